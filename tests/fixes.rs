//! What safe fixes may be trusted with: over all samples they settle, and they break nothing that was whole.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;
use std::path::Path;

use zhubi::lint::fix;
use zhubi::{Applicability, Config, Diagnostic, Document, Format, Linter, Severity};

/// The samples, and a draft with every fault that has a safe fix and is not in them.
fn drafts() -> Vec<(String, String, Format)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut drafts: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "md"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path.display().to_string(), text, Format::of_path(&path))
        })
        .collect();
    drafts.sort_by(|a, b| a.0.cmp(&b.0));
    let faults = [
        "县政办发[2026]012号、县政办发(2026)13号文件,要求“加强领导'，",
        "一.总体要求\n二、主要任务\n（一）、抓培训\n1、开展宣讲\n第一、摸清底数;",
        "会议指出，，要加强领导。。各地要落实...不得拖延、等等……等。",
        "学习《甲》、《乙》，做到“快”、“准”，走访了三、四个村。",
        "２０２６年全县生产总值1，234.5亿元,增长５％，二○二六年目标不变。",
        "认 真 学 习 政冶理论 ，布暑安排工作--落实到人—到岗。",
        "他说:\"要\"安全第一\"\",(见附件)。长10KM,重5KG,耗电30KWH。",
        "**注意：**各单位要按期上报\u{200B}，不得迟报&nbsp;。",
    ];
    drafts.push(("plain faults".into(), faults.join("\n"), Format::Plain));
    drafts.push(("Markdown faults".into(), faults.join("\n\n"), Format::Markdown));
    drafts
}

fn linter() -> Linter {
    Linter::new(&Config::default())
}

fn safe(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    let is_safe = |d: &&Diagnostic| d.fixes.first().is_some_and(|f| f.applicability == Applicability::Safe);
    found.iter().filter(is_safe).collect()
}

fn applied(text: &str, finding: &Diagnostic) -> String {
    fix::apply(text, &finding.fixes[0].edits.iter().collect::<Vec<_>>())
}

fn count(found: &[Diagnostic]) -> BTreeMap<&'static str, (usize, Severity)> {
    let mut counts = BTreeMap::new();
    for d in found {
        let entry = counts.entry(d.rule).or_insert((0, d.severity));
        *entry = (entry.0 + 1, entry.1.max(d.severity));
    }
    counts
}

#[test]
fn each_safe_fix_settles_its_finding() {
    let linter = linter();
    for (name, text, format) in drafts() {
        let found = linter.check(&Document::new(text.as_str(), format));
        for finding in safe(&found) {
            let once = applied(&text, finding);
            let after = linter.check(&Document::new(once.as_str(), format));
            let (start, rule) = (finding.fixes[0].edits[0].range.start, finding.rule);
            let place = |d: &&Diagnostic| d.rule == rule && d.range.start <= start && start < d.range.end;
            let again = safe(&after).into_iter().find(place);
            let twice = again.map(|d| applied(&once, d));
            assert!(
                twice.as_ref().is_none_or(|twice| *twice != text && *twice != once),
                "{name}: {rule} goes to and fro: {finding:#?}"
            );
            let left = safe(&after).iter().filter(|d| d.rule == rule).count();
            let before = safe(&found).iter().filter(|d| d.rule == rule).count();
            assert!(left < before, "{name}: {rule} is not settled by its fix: {finding:#?}");
        }
    }
}

#[test]
fn all_safe_fixes_together_settle_and_break_nothing() {
    let linter = linter();
    for (name, text, format) in drafts() {
        let mut document = Document::new(text.as_str(), format);
        let before = linter.check(&document);
        let mut found = before.clone();
        let mut rounds = 0;
        while !safe(&found).is_empty() {
            let edits = fix::edits(&found, Applicability::Safe);
            document = Document::new(fix::apply(document.source(), &edits), format);
            found = linter.check(&document);
            rounds += 1;
            assert!(rounds < 6, "{name} does not settle:\n{}", document.source());
        }
        let least = safe(&before).iter().map(|d| d.severity).min();
        let counts = count(&before);
        for (rule, (after, severity)) in count(&found) {
            let had = counts.get(rule).map_or(0, |(count, _)| *count);
            assert!(
                after <= had || least.is_some_and(|least| severity < least),
                "{name}: {rule} found {had} before and {after} after the fixes:\n{}",
                document.source()
            );
        }
    }
}
