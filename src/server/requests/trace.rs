//! `zhubi/trace`: what was computed of a document and how long it took, to go with a report of a fault. Nothing
//! of the draft's text is in it.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use crate::server::convert;
use crate::server::document::CheckRecord;
use crate::server::snapshot::Snapshot;

/// The trace as Markdown. All rules run once more, each by itself: it takes a while.
pub(crate) fn answer(snapshot: &Snapshot, checks: &[CheckRecord]) -> String {
    let Snapshot { state, document, .. } = snapshot;
    let status = convert::status(snapshot);
    let config = state.linter().config();
    let mut text = String::from("# 朱笔运行记录\n\n里面没有文稿的内容，可以附在问题反馈里。\n\n");
    let mut line = |name: &str, value: String| {
        // A text takes whatever is written.
        let _ = writeln!(text, "- {name}：{value}");
    };
    let threads = std::thread::available_parallelism().map_or(0, usize::from);
    let (version, os, arch) = (env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    line("版本", format!("{version}（{os} {arch}，{threads}个处理器）"));
    let (bytes, blocks) = (document.source().len(), document.blocks().len());
    line("文稿", format!("{:?}，{bytes}字节，{}字，{blocks}段", state.format, status.words));
    line("状态", format!("{:?}，版本{}", status.state, state.version));
    line("文种", status.document_type.map_or("没有认出".to_owned(), |kind| kind.name));
    line("只用的规则", format!("{:?}", config.select));
    line("不用的规则", format!("{:?}", config.ignore));
    line("另定的级别", format!("{:?}", config.severity));
    let (words, packs) = (config.dictionary.words.len(), config.packs.files.len());
    line("词库、规则包", format!("{words}个词，{packs}个包"));
    line("编辑器的能力", format!("{:?}", state.capabilities));
    text += "\n## 最近几次检查\n\n| 版本 | 字节 | 毫秒 | 发现 |\n| ---: | ---: | ---: | ---: |\n";
    for check in checks {
        let CheckRecord { version, bytes, elapsed, findings } = check;
        let _ = writeln!(text, "| {version} | {bytes} | {} | {findings} |", milliseconds(*elapsed));
    }
    text += "\n## 每条规则单独检查全文\n\n| 规则 | 毫秒 | 发现 |\n| --- | ---: | ---: |\n";
    let mut rules: Vec<_> = state
        .linter()
        .each()
        .map(|(rule, linter)| {
            let begun = Instant::now();
            let findings = linter.check(document).len();
            (rule, begun.elapsed(), findings)
        })
        .collect();
    rules.sort_by_key(|(_, elapsed, _)| std::cmp::Reverse(*elapsed));
    for (rule, elapsed, findings) in rules {
        let _ = writeln!(text, "| {rule} | {} | {findings} |", milliseconds(elapsed));
    }
    text
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}
