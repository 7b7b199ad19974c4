//! What safe fixes may be trusted with: over all samples they settle, and they break nothing that was whole.

#![allow(clippy::unwrap_used, reason = "a test may fail by panic")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use zhubi::internal::{fix, fix_all};
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

fn linter() -> Arc<Linter> {
    Arc::new(Linter::new(&Config::default()))
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
            document = document.edited(&edits);
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

/// Markdown with faults beside all kinds of markup.
const MARKUP: &[&str] = &[
    "**改革提速扩面。** 截至10月底,全县累计上线28项。",
    "**“一件事”改革。** 截至10月底，办结率达到５％。",
    "推进 **“一件事”改革** ，抓好 *落实* 。会议指出,要加强 领导。",
    "**注意：** 各单位要按期上报\u{200B}，不得迟报&nbsp;。",
    "目标是*学习 政冶理论* ，要求是~~布署~~ 落实。",
    "__加强领导。__ 会议指出，，要抓好落实。。",
    "看`政冶,理论` ，以及 `code` 。再看[链接,一](a.md \"甲,乙\") ，见[政冶][ref] 。\n\n[ref]: b.md\n",
    "见[政冶] 一文，学习[政冶,理论]。\n\n[政冶]: a.md \"政冶\"\n",
    "见 <https://a.cn/x,y> ，联系a@b.cn ，布署工作。",
    "图：![政冶,理论](a.png) ，如下。",
    "| 项目,名 | 数 |\n|---|---:|\n| 政冶 学习 | 5％ |\n| a\\|b,丙 | 1，234元 |\n",
    "1. 学习,理论。\n2. 布署,工作；\n   - 抓好 落实 。\n   - **要点：** 会议指出,要加强。\n",
    "- [ ] 学习政冶,理论。\n- [x] 布署 工作。\n",
    "1、做好政冶学习,\n2、抓好落实.\n3、总结.\n",
    "> 会议指出,要学习 政冶理论。\n> **一、加强领导。** 各单位要落实。\n>\n> > 再布署,再落实.\n",
    "<!-- 政冶,理论 -->\n会议指出,要加强 领导。 <!-- 布署 -->\n",
    "第一行,布署工作。  \n第二行,抓好落实。\\\n第三行，政冶学习。\n",
    "乘号\\*政冶,理论\\* ，井号\\# 布署。价格\\$5,共\\$6。",
    "政冶学习[^1],抓好落实[^注] 。\n\n[^1]: 布署,工作。\n[^注]: 见 政冶 一书。\n",
    "!!! note \"提示,一\"\n    会议指出,要学习政冶理论。\n",
    "::: tip 提示\n会议指出,要学习政冶理论。\n:::\n",
    "---\ntitle: 政冶,学习\n---\n# 一.总体要求\n\n会议指出,要加强领导。\n",
    "工作总结\n========\n\n一.总体,要求\n--------\n\n会议指出,要布署.\n",
    "## 一、 学习 政冶理论 ##\n\n会议指出,要落实...不得拖延。\n",
    "会议指出,$a,b$ 要落实，$$x,y$$ ，布署。",
    "```\n政冶,理论\n```\n会议指出,要加强.\n\n    政冶,理论\n",
    "<div>\n政冶,理论\n</div>\n\n会议<b>指出,</b> 要布署<br>落实,好。",
    "他说:\"要\"安全第一\"\",(见附件)。**\"政冶\"** ，'甲'。",
    "学习**《甲》、《乙》** ，做到**“快”、“准”** ，走访了三、四个村。",
    "2024年1-9月,增长5%-8%,共1，234.5亿元。二○二六年__月。",
    "A,B;C:D,会议指出,要学习 AI 技术 。长10KM,重5KG.",
    "会议 * 指出,要 _ 加强 领导 。3*4=12,5_6_7。",
    "+ 学习,\n+ 落实.\n\n* * *\n\n会议指出,要布署。",
    "http://a.cn/政冶,理论 会议指出,要布署 。",
    "甲&amp;乙,丙&lt;丁&gt;,会议&nbsp;指出。",
    "术语\n: 解释,说明。\n\n会议指出,要布署。",
    "**全县累计上线28项.**会议指出,要布署。**“四早”**要求,落实.",
    "#学习政冶,理论\n会议指出,要布署。\n-甲,乙\n",
    "会议指出,\n要学习政冶,理论.\n布署工作 ，\n抓好落实 。",
    "　　会议指出,要学习 政冶理论。\n　　**一、要点。** 布署.\n",
];

/// What a text shows, but for the words: the kinds of events and how they nest.
fn structure(text: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser};
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut events: Vec<String> = Vec::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Text(_) if events.last().is_some_and(|last| last == "text") => {}
            Event::Text(_) => events.push("text".to_owned()),
            event => events.push(format!("{event:?}")),
        }
    }
    events
}

/// A document after all its safe fixes, and what is found then.
fn fixed(linter: &Arc<Linter>, text: &str, format: Format) -> (String, Vec<Diagnostic>) {
    let document = Document::new(text, format);
    let all = fix_all(&document, &linter.check(&document), linter, Applicability::Safe, |_, found| {
        vec![true; found.len()]
    });
    (all.document.source().to_owned(), all.findings)
}

/// The rules that find more after all safe fixes than before.
fn new_findings(linter: &Arc<Linter>, text: &str, format: Format) -> Vec<String> {
    let before = count(&linter.check(&Document::new(text, format)));
    let (after, found) = fixed(linter, text, format);
    let more = |(rule, (now, _)): (&'static str, (usize, Severity))| {
        let had = before.get(rule).map_or(0, |(count, _)| *count);
        let shown = || found.iter().filter(|d| d.rule == rule).map(|d| d.message.clone()).collect::<Vec<_>>();
        (now > had).then(|| format!("{rule}: {had} → {now}: {:?}\n  {text}\n  {after}", shown()))
    };
    count(&found).into_iter().filter_map(more).collect()
}

/// Faults of all kinds, to stand beside markup.
const FAULTS: &[&str] = &[
    "会议指出,要加强领导",
    "学习政冶理论",
    "布署工作 ，抓好落实",
    "他说:\"好\"",
    "“一件事”改革。",
    "加强 领导。",
    "落实...好",
    "（一）要点：",
    "(见附件)",
    "５％",
    "加强领导。。各地落实",
    "学习、、落实",
];

const FRAMES: &[&str] = &[
    "**{}**",
    "**{}** 截至",
    "推进**{}**截至",
    "*{}* 截至",
    "~~{}~~ 等",
    "__{}__ 截至",
    "[{}](a.md) 等",
    "`甲` {} `乙`",
    "- {}\n- 乙",
    "1. {}\n\n   {}",
    "> {}\n> {}",
    "| {} | 乙 |\n|---|---|\n| 丙 | {} |",
    "# {}\n\n{}",
    "{}  \n{}",
    "甲[^1] {}\n\n[^1]: {}",
    "{} <!-- 注 --> {}",
    "<b>{}</b> {}",
    "{}\\\n{}",
    "***{}*** 截至",
    "**甲**{}**乙**",
];

#[test]
fn a_safe_fix_changes_no_rendering() {
    let linter = linter();
    let framed = FRAMES.iter().flat_map(|frame| FAULTS.iter().map(|fault| frame.replace("{}", fault) + "\n"));
    for text in MARKUP.iter().map(|text| (*text).to_owned()).chain(framed) {
        let (after, _) = fixed(&linter, &text, Format::Markdown);
        assert_eq!(structure(&text), structure(&after), "{text}\n→\n{after}");
    }
}

#[test]
fn a_safe_fix_makes_no_new_finding() {
    let linter = linter();
    let framed = FRAMES.iter().flat_map(|frame| FAULTS.iter().map(|fault| frame.replace("{}", fault) + "\n"));
    let markup =
        MARKUP.iter().map(|text| (*text).to_owned()).chain(framed).map(|text| (text, Format::Markdown));
    let drafts = drafts().into_iter().map(|(_, text, format)| (text, format));
    let new: Vec<String> =
        markup.chain(drafts).flat_map(|(text, format)| new_findings(&linter, &text, format)).collect();
    assert!(new.is_empty(), "{} new:\n{}", new.len(), new.join("\n"));
}

/// By hand, over drafts of one's own: `ZHUBI_DRAFTS=folder cargo test --test fixes -- --ignored`.
#[test]
#[ignore = "reads drafts from ZHUBI_DRAFTS"]
fn drafts_of_a_folder_get_no_new_finding() {
    let Some(folder) = std::env::var_os("ZHUBI_DRAFTS") else { return };
    let linter = linter();
    let mut new = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for found in new_findings(&linter, &text, Format::of_path(&path)) {
            new.push(format!("{}: {}", path.display(), found.lines().next().unwrap_or_default()));
        }
    }
    assert!(new.is_empty(), "{}", new.join("\n"));
}
