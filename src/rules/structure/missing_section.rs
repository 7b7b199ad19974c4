//! 缺必备部分：工作总结没有“存在的问题”或“下一步打算”，调研报告没有“对策建议”。
//!
//! 先按标题末尾的词判断文种，再看各级标题、段首和正文里有没有这一部分的线索，都没有才报。
//! 标记放在标题上；快速修复在文末（落款之前）插入一个小标题和待写的提示，编号顺着上一节。
//! 一个文件里有几篇（篇一、篇二……），逐篇判断。文种也可以自己写明：稿子里写注释 `<!-- zhubi: type=工作总结 -->`
//! （写在最前面管全文，写在某一篇里管那一篇），或在 `zhubi.toml` 里写 `document-type = "工作总结"`。
//!
//! ## 例
//! - 《〔2026年度工作总结〕》通篇只有成绩，没有写存在的问题。
//! - 《〔关于农村养老服务的调研报告〕》写了现状和问题，没有写对策建议。
//! - 《〔个人述职报告〕》没有今后的打算。
//!
//! ## 不报
//! - 三百字以内的短稿、节选。
//! - 用别的说法写了的：“对照先进还有差距”“还存在三块短板”。
//! - 标题看不出文种的。
//!
//! ## 依据
//! 各文种的通行体例；部分和线索见 `data/genre-part.tsv`。

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::chinese::numeral;
use crate::lint::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::rules::{DocumentView, Finding, Rule, Scope, module_doc};
use crate::text::document::{BlockKind, Document};
use crate::text::genre::Genre;
use crate::text::numbering::{self, Style};
use crate::text::outline::{Node, NodeKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/missing-section",
    summary: "缺必备部分",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_section.rs"),
    scope: Scope::Document(check),
};

static PARTS: &str = include_str!("../../../data/genre-part.tsv");

/// A part that readers of a kind of document expect.
struct Expected {
    name: &'static str,
    heading_cues: Vec<&'static str>,
    cues: Vec<&'static str>,
    heading: &'static str,
}

fn expected(genre: Genre) -> impl Iterator<Item = Expected> {
    PARTS.lines().skip(1).filter_map(move |line| {
        let mut cells = line.split('\t');
        let words = |cell: Option<&'static str>| cell.unwrap_or_default().split('；').collect();
        (cells.next()? == genre.key()).then_some(())?;
        Some(Expected {
            name: cells.next()?,
            heading_cues: words(cells.next()),
            cues: words(cells.next()),
            heading: cells.next()?,
        })
    })
}

/// Shorter parts are notes or extracts.
const MIN_CHARS: usize = 300;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let nodes = document.outline().nodes();
    for part in document.outline().parts(document.blocks().len()) {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(genre) = title.genre else { continue };
        let body = title.block + 1..part.end;
        if view.length(body.clone()) < MIN_CHARS {
            continue;
        }
        let noted = view.note(cues);
        let says = |wanted: &[&str]| noted.within(body.clone()).any(|(_, cue)| wanted.contains(cue));
        if !title.declared && !speaks_as(genre).is_empty() && !says(speaks_as(genre)) {
            continue;
        }
        let from = nodes.partition_point(|node| node.block < body.start);
        let headings: Vec<&Node> =
            nodes[from..].iter().copied().take_while(|node| node.block < body.end).collect();
        for expected in expected(genre) {
            let has = |text: &str, cues: &[&str]| cues.iter().any(|cue| text.contains(cue));
            let found =
                headings.iter().any(|node| has(&node.title, &expected.heading_cues)) || says(&expected.cues);
            if found {
                continue;
            }
            let block = &document.blocks()[title.block];
            let message = format!(
                "{}通常要写“{}”，这一篇没有找到；可在文末补一节“{}”",
                genre.chinese(),
                expected.name,
                expected.heading
            );
            let fix = skeleton(document, &part, &headings, &expected);
            out.push(Finding::new(block.to_source(title.range.clone()), message).fix(fix));
        }
    }
}

/// Does the body bear out what the title says? A collection files anything under one title.
/// No words where nothing need be borne out.
fn speaks_as(genre: Genre) -> &'static [&'static str] {
    match genre {
        Genre::Summary => {
            &["总结", "一年来", "今年以来", "本年度", "半年来", "一年中", "回顾", "完成了", "取得了"]
        }
        Genre::DutyReport => &["述职", "任职", "分管", "履职", "负责", "岗位"],
        Genre::Survey => &["调研", "调查", "走访", "座谈", "问卷"],
        _ => &[],
    }
}

/// All cues of all kinds, each once, and what finds them.
static CUES: LazyLock<(Vec<&str>, AhoCorasick)> = LazyLock::new(|| {
    let expected = Genre::ALL.into_iter().flat_map(expected).flat_map(|expected| expected.cues);
    let mut all: Vec<&str> = expected.chain(Genre::ALL.into_iter().flat_map(speaks_as).copied()).collect();
    all.sort_unstable();
    all.dedup();
    let find = AhoCorasick::new(&all).expect("the table is small");
    (all, find)
});

/// The cues that stand in a paragraph, each once.
fn cues(text: &str, _: BlockKind) -> Vec<&'static str> {
    let (all, find) = &*CUES;
    let mut found: Vec<&str> = find.find_overlapping_iter(text).map(|hit| all[hit.pattern()]).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A heading with a line to be filled in, before the signature.
fn skeleton(document: &Document, part: &Range<usize>, headings: &[&Node], expected: &Expected) -> Fix {
    let mut end = part.end;
    while end > part.start + 1 && is_signature(document.text(&document.blocks()[end - 1])) {
        end -= 1;
    }
    let at = document.blocks()[end - 1].range.end;
    let last = headings
        .iter()
        .rev()
        .filter(|node| node.kind == NodeKind::Heading)
        .find(|node| numbering::parse(&node.title).is_some_and(|marker| marker.style == Style::Chinese));
    let number = last
        .and_then(|node| numbering::parse(&node.title))
        .map_or_else(String::new, |marker| format!("{}、", numeral::to_chinese(marker.value + 1)));
    let level = last.or(headings.first()).map(|node| document.blocks()[node.block].kind);
    let (hashes, gap) = match level {
        Some(BlockKind::Heading(level)) => (format!("{} ", "#".repeat(usize::from(level))), "\n\n"),
        _ => (String::new(), "\n"),
    };
    let text = format!("{gap}{hashes}{number}{}{gap}（此处请填写{}）", expected.heading, expected.name);
    Fix {
        title: format!("在文末插入“{number}{}”", expected.heading),
        edits: vec![Edit { range: at..at, text }],
        applicability: Applicability::Suggested,
    }
}

/// A short line at the end without a full stop: a name, an office, a date.
fn is_signature(text: &str) -> bool {
    text.chars().count() <= 24
        && !text.contains(['。', '，', '；', '：', '、'])
        && numbering::parse(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::{PARTS, RULE};
    use crate::rules::testing::{check, check_clean, check_suggestion, messages};
    use crate::text::genre::Genre;

    fn filler(topic: &str) -> String {
        format!("今年以来，我站围绕{topic}，组织培训、开展巡查、登门服务，完成了年度任务。").repeat(10)
    }

    #[test]
    fn summaries_without_problems_or_plans() {
        let body = filler("粮食生产");
        check(&RULE, &format!("〔2026年度工作总结〕\n一、主要工作\n{body}\n二、下一步打算\n继续抓好春耕。"));
        check(&RULE, &format!("〔农技站工作总结〕\n一、主要工作\n{body}\n二、存在的问题\n人手紧张。"));
        check(&RULE, &format!("〔关于粮食生产的调研报告〕\n经过调研，{body}\n目前还存在一些困难。"));
        check_suggestion(
            &RULE,
            &format!(
                "农技站工作总结\n一、主要工作\n{body}\n二、存在的问题\n人手紧张。\n某县农技站\n2026年12月1日"
            ),
            &format!(
                "农技站工作总结\n一、主要工作\n{body}\n二、存在的问题\n人手紧张。\n三、下一步打算\n（此处请填写下一步打算）\n某县农技站\n2026年12月1日"
            ),
        );
    }

    #[test]
    fn parts_are_judged_one_by_one() {
        let body = filler("防汛");
        let whole = format!("{body}\n还存在短板，今后将加以改进。");
        let text = format!("防汛工作总结 篇一：\n{whole}\n防汛工作总结 篇二：\n{body}\n今后继续努力。");
        assert_eq!(
            messages(&RULE, &text),
            ["工作总结通常要写“存在的问题”，这一篇没有找到；可在文末补一节“存在的问题和不足”"]
        );
    }

    #[test]
    fn whole_short_or_unknown() {
        let body = filler("粮食生产");
        check_clean(&RULE, &format!("2026年度工作总结\n{body}\n对照先进还存在差距，下一步将迎头赶上。"));
        check_clean(&RULE, "2026年度工作总结\n今年完成了任务。");
        check_clean(&RULE, &format!("农业生产管理办法\n{body}"));
        check_clean(&RULE, &format!("关于做好春耕工作的通知\n{body}"));
    }

    #[test]
    fn the_table_is_sorted_and_names_genres() {
        let rows: Vec<&str> = PARTS.lines().skip(1).collect();
        assert!(rows.is_sorted());
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 5, "{row}");
            assert!(Genre::ALL.iter().any(|genre| genre.key() == cells[0]), "{row}");
        }
    }
}
