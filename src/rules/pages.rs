//! The examples on the rules' pages, run as they stand. CONTRIBUTING.md has the form of a page.

use super::leftover::unused_ignore;
use super::testing::{marked, unmarked};
use super::{RULES, Rule};
use crate::config::{Config, FILE_NAME};
use crate::finding::Diagnostic;
use crate::lint::Linter;
use crate::lint::collection::Collection;
use crate::rule::pack::Pack;
use crate::text::document::Document;
use crate::text::format::Format;

/// What a line of `……` in a fence stands for: a few hundred characters of plain narrative.
const OMITTED: &str = "\
工作人员分成小组，到村到户走访。每到一户，先说明来意，再了解家里有几口人、靠什么生活，逐项登记在表上，请户主签字。\
回到办公室，当天整理，当天录入，隔天交换核对。各村把登记的情况张榜公布，听取群众意见，再按程序上报。\
镇里把各村报来的材料归类装订，放进档案柜，由专人保管。
每周例会上，各小组介绍走访的情况，互相学习做法。镇里还请老党员、老教师、退伍军人参加评议，请他们说说看法。\
村里的广播早晚播放，宣传栏定期更换，微信群里有问必答。到了年底，各小组把材料交到办公室，由办公室归档。\
档案室按年度、按村排列，查阅的人先登记，再由管理员陪同查看。阅览室里备有桌椅、茶水和老花镜，来的人坐下慢慢看，\
看完放回原处。";

const SECTIONS: [&str; 3] = ["例", "不报", "依据"];
const MARKED: usize = 0;
/// Fewer do not show where the border is.
const MIN_EXAMPLES: usize = 3;

/// A text with its marks, or one file of several that are checked in one run.
struct Draft {
    /// Empty where it is no file among others.
    name: String,
    format: Format,
    text: String,
}

/// What the test of a page needs of it.
#[derive(Default)]
struct Page {
    titles: Vec<String>,
    /// The files that a user writes to get these findings.
    configuration: Vec<(String, String)>,
    /// The examples of the first two sections, each one text or several files.
    examples: [Vec<Vec<Draft>>; 2],
}

impl Page {
    fn parse(page: &str) -> Result<Self, String> {
        let mut parsed = Self::default();
        let (mut section, mut is_explained, mut goes_on) = (None, false, false);
        let mut lines = page.lines().peekable();
        while let Some(line) = lines.next() {
            if let Some(title) = line.strip_prefix("## ") {
                section = SECTIONS[..2].iter().position(|name| *name == title);
                parsed.titles.push(title.to_owned());
                (is_explained, goes_on) = (false, false);
            } else if let Some(info) = line.strip_prefix("```") {
                let text = lines.by_ref().take_while(|line| *line != "```").collect::<Vec<_>>().join("\n");
                let (language, name) = info.split_once(' ').unwrap_or((info, ""));
                let (section, format) = match (section, language) {
                    (None, "toml") => {
                        let name = if name.is_empty() { FILE_NAME } else { name };
                        parsed.configuration.push((name.to_owned(), text));
                        continue;
                    }
                    (Some(section), "text") => (section, Format::Plain),
                    (Some(section), "md") => (section, Format::Markdown),
                    _ => return Err(format!("a fence of `{info}` has no place here")),
                };
                if section != MARKED && !is_explained {
                    return Err(format!("a line above should say why nothing is marked: {text}"));
                }
                let draft = Draft { name: name.to_owned(), format, text };
                let examples = &mut parsed.examples[section];
                match examples.last_mut().filter(|_| goes_on && !name.is_empty()) {
                    Some(files) => files.push(draft),
                    None => examples.push(vec![draft]),
                }
                goes_on = !name.is_empty();
            } else if let Some((section, item)) = section.zip(line.strip_prefix("- ")) {
                let mut item = item.to_owned();
                while let Some(more) = lines.next_if(|line| line.starts_with("  ")) {
                    item += more.trim_start();
                }
                let explained = item.strip_suffix('）').and_then(|item| item.rsplit_once(" （"));
                if section != MARKED && explained.is_none() {
                    return Err(format!("` （…）` should say why nothing is marked: {item}"));
                }
                let text = explained.map_or(&*item, |(text, _)| text).to_owned();
                parsed.examples[section].push(vec![Draft {
                    name: String::new(),
                    format: Format::Plain,
                    text,
                }]);
            } else if !line.is_empty() {
                if section.is_some() && line.contains(['〔', '〕']) {
                    return Err(format!("an example stands in a list or a fence: {line}"));
                }
                (is_explained, goes_on) = (true, false);
            }
        }
        Ok(parsed)
    }

    /// The linter that its user has, with this rule alone.
    fn linter(&self, rule: &Rule) -> Linter {
        let mut config = Config::default();
        for (name, text) in &self.configuration {
            if name == FILE_NAME {
                config = Config::parse(text).unwrap();
            } else {
                config.packs.loaded.push(Pack::parse(text).unwrap());
            }
        }
        // That a directive holds nothing back is only known where all rules ran.
        if rule.id != unused_ignore::RULE.id {
            config.select = Some(vec![rule.id.to_owned()]);
        }
        Linter::new(&config)
    }
}

/// What a rule does otherwise than its page says.
fn faults(rule: &Rule) -> Result<(), String> {
    let page = Page::parse(&rule.documentation())?;
    if page.titles != SECTIONS {
        return Err(format!("the sections are {SECTIONS:?}, not {:?}", page.titles));
    }
    let linter = page.linter(rule);
    for (section, examples) in page.examples.iter().enumerate() {
        if examples.len() < MIN_EXAMPLES {
            return Err(format!("{} examples below {}", examples.len(), SECTIONS[section]));
        }
        for drafts in examples {
            let mut collection = Collection::default();
            let mut has_mark = false;
            for Draft { name, format, text } in drafts {
                let expected: Vec<&str> =
                    text.lines().map(|line| if line == "……" { OMITTED } else { line }).collect();
                let expected = expected.join("\n");
                let text = if section == MARKED { unmarked(&expected) } else { expected.clone() };
                has_mark |= text != expected;
                let document = Document::new(&*text, *format);
                let mut found: Vec<Diagnostic> = linter.check(&document);
                found.retain(|d| d.rule == rule.id);
                if !name.is_empty() {
                    collection.add(&document, name, None, &linter, &mut found);
                }
                let shown = marked(&text, &found).replace(OMITTED, "……");
                if shown != expected.replace(OMITTED, "……") {
                    return Err(format!("what is marked is\n{shown}\nand not\n{expected}"));
                }
            }
            if section == MARKED && !has_mark {
                return Err(format!("nothing is marked: {}", drafts[0].text));
            }
        }
    }
    Ok(())
}

#[test]
fn every_rule_does_what_its_page_says() {
    let rules = RULES.iter();
    let faults: Vec<String> =
        rules.filter_map(|rule| Some(format!("{}: {}", rule.id, faults(rule).err()?))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_page_of_another_form_is_refused() {
    for (page, fault) in [
        ("## 例\n```rust\n甲\n```", "has no place here"),
        ("```text\n甲\n```", "has no place here"),
        ("## 不报\n- 四个以内。", "should say why"),
        ("## 不报\n```text\n甲\n```", "should say why"),
        ("## 例\n〔甲〕乙。", "in a list or a fence"),
    ] {
        let refused = Page::parse(page).err().unwrap_or_default();
        assert!(refused.contains(fault), "{page}: {refused}");
    }
    let page = Page::parse(
        "## 例\n- 〔甲→乙〕，\n  丙（丁）。 （戊）\n\n```text a.txt\n己\n```\n\n```text b.txt\n庚\n```",
    )
    .unwrap();
    let texts: Vec<Vec<&str>> = page.examples[MARKED]
        .iter()
        .map(|drafts| drafts.iter().map(|draft| &*draft.text).collect())
        .collect();
    assert_eq!(texts, [vec!["〔甲→乙〕，丙（丁）。"], vec!["己", "庚"]]);
}
