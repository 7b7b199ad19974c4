//! Work grows linearly with the text: findings, the edits in their fixes, bytes allocated, bytes of JSON. No
//! clock.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::alloc::System;
use std::path::Path;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use zhubi::internal::{FileReport, OutputFormat, Screen, fix};
use zhubi::{Applicability, Config, Document, Format, Linter};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Texts that rules do most for, each of the unit that is repeated.
const PLAIN: &[(&str, &str)] = &[
    ("one number again and again", "二、存在的问题\n"),
    ("headings that skip a level", "一、甲\n（一）乙\n1.丙\n"),
    ("headings that skip levels in turns", "一、甲\n1.丙\n2.丁\n（1）戊\n（一）乙\n（二）丙\n1.丁\n"),
    ("numbers within a line", "①甲②乙④丙⑥丁，"),
    ("ordinals that skip", "一是抓学习，三是抓落实，五是抓整改。"),
    ("verbs and nouns in one sentence", "提高水平，加强力度，"),
    ("quotations in one line", "“认真学习”、"),
    ("what opens", "（甲“乙《丙"),
    ("what closes", "丙》乙”甲）"),
    ("half-width marks in one line", "甲(乙)丙,丁\"戊\"。"),
    ("typos in one line", "我们认真学习政冶理论,布署工作...抓好落实。"),
    ("typos in many lines", "我们认真学习政冶理论。\n"),
    ("ignores", "zhubi: ignore typo\n认真学习政冶理论。\n"),
    ("ignores that are none", "zhubi: ignroe typo\nzhubi：ignore\n"),
    ("comments in one line", "<!-- zhubi: ignore typo -->"),
    ("comments that never end", "<!-- zhubi: ignore "),
    ("one sentence", "认真贯彻落实会议精神，进一步推动经济社会发展。"),
    ("figures", "投资100万元，其中财政50万元，自筹60万元，占比30%。"),
    ("references", "如图9所示，见附件3，详见第二章。\n"),
    ("parts", "总结 篇一：\n一、甲\n三、乙\n"),
    ("blanks of a form", "[姓名]于20__年X月X日完成____元。"),
];

const MARKDOWN: &[(&str, &str)] = &[
    ("bold that needs its space", "**改革提速。** 截至10月底,办结。"),
    ("bold that does not show", "推进**“一件事”改革。**截至"),
    ("stars", "**甲*_"),
    ("tables", "| 甲 | 乙 |\n|---|---|\n| 政冶,学习 | 12.5% |\n\n"),
    ("headings", "# 一、甲\n\n内容,说明。\n\n## （二）乙\n\n"),
    ("links", "[甲,乙][丙]，见[丁:戊](a.md)。\n"),
    ("lists", "- 甲,乙；\n  1. 丙,丁。\n"),
    ("quotes", "> 会议,指出。\n>\n> > 会上,强调。\n\n"),
    ("comments", "认真学习政冶理论。 <!-- zhubi: ignore typo -->\n\n"),
];

/// What a text costs.
#[derive(Debug)]
struct Work {
    findings: usize,
    edits: usize,
    allocated: usize,
    json: usize,
}

fn work(text: &str, format: Format) -> Work {
    let linter = Linter::new(&Config::default());
    let region = Region::new(ALLOCATOR);
    let document = Document::new(text, format);
    let findings = linter.check(&document);
    let applied = fix::edits(&findings, Applicability::Suggested).len();
    let allocated = region.change().bytes_allocated;
    let edits: usize = findings.iter().flat_map(|d| &d.fixes).map(|fix| fix.edits.len()).sum();
    assert!(applied <= edits);
    let report = FileReport {
        path: Path::new("a"),
        document: &document,
        findings: &findings,
        before: &document,
        fixed: &[],
        edits: &[],
        known: &[],
        has_baseline: false,
    };
    let mut json = Vec::new();
    OutputFormat::Json.reporter(Screen::default()).file(&report, &mut json).unwrap();
    Work { findings: findings.len(), edits, allocated, json: json.len() }
}

/// One test, for others would allocate beside it.
#[test]
fn work_grows_as_the_text() {
    const BYTES: usize = 4_000;
    // What is made once.
    work("我们认真学习政冶理论,布署工作。\n", Format::Markdown);
    work("我们认真学习政冶理论,布署工作。\n", Format::Plain);
    let all =
        PLAIN.iter().map(|it| (it, Format::Plain)).chain(MARKDOWN.iter().map(|it| (it, Format::Markdown)));
    for ((name, unit), format) in all {
        let of = |times: usize| work(&unit.repeat(times * BYTES / unit.len()), format);
        let (one, two, four) = (of(1), of(2), of(4));
        let told = format!("{name}:\n{one:?}\n{two:?}\n{four:?}");
        // Four times the text is to cost four times the work, with something for vectors that double.
        for of in [|w: &Work| w.findings, |w: &Work| w.edits, |w: &Work| w.allocated, |w: &Work| w.json] {
            let (one, two, four) = (of(&one), of(&two), of(&four));
            assert!(two <= one * 5 / 2 + 4_000, "{told}");
            assert!(four <= two * 5 / 2 + 4_000, "{told}");
        }
    }
}
