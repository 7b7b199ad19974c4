//! 目录与正文的标题对不上：目录写“三、保障措施”，正文是“三、组织保障”；目录有，正文没有；正文有，目录没有。
//!
//! 页码和引导点不管，空格、全角半角不算不同。目录没有列到的层级不查。
//!
//! ## 例
//! ```text
//! 智慧停车建设方案
//! 目录
//! 一、停车现状……………………………1
//! 〔二、工作措施→二、主要措施〕……………………………2
//! 三、保障机制……………………………5
//! 一、停车现状
//! 泊位供需矛盾突出。
//! 二、主要措施
//! 错时共享车位。
//! 三、保障机制
//! 成立工作专班。
//! ```
//!
//! 正文没有这一节：
//!
//! ```text
//! 目录
//! 一、停车现状
//! 二、主要措施
//! 〔三、保障机制〕
//! 一、停车现状
//! 泊位供需矛盾突出。
//! 二、主要措施
//! 错时共享车位。
//! ```
//!
//! 目录漏了一节：
//!
//! ```text
//! 目录
//! 一、停车现状
//! 二、主要措施
//! 一、停车现状
//! 泊位供需矛盾突出。
//! 二、主要措施
//! 错时共享车位。
//! 〔三、保障机制〕
//! 成立工作专班。
//! ```
//!
//! ## 不报
//! 只差空格和标点的宽窄：
//!
//! ```text
//! 目录
//! 一、停车现状
//! 二、主要措施（试行）
//! 一、 停车现状
//! 泊位供需矛盾突出。
//! 二、主要措施(试行)
//! 错时共享车位。
//! ```
//!
//! 目录只列到第一级：
//!
//! ```text
//! 目录
//! 一、停车现状
//! 二、主要措施
//! 一、停车现状
//! （一）供给
//! 泊位不足。
//! （二）需求
//! 车辆增多。
//! 二、主要措施
//! 错时共享车位。
//! ```
//!
//! 节选的稿子，正文没有标题：
//!
//! ```text
//! 目录
//! 一、停车现状
//! 二、主要措施
//! 泊位供需矛盾突出，错时共享车位。
//! ```
//!
//! ## 依据
//! 前后照应：目录与正文的标题应当一致。《图书编校质量差错率计算方法》：目录与正文标题不一致，按差错计。

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::document::Document;
use crate::text::numbering::{self, Marker, NumberForm};
use crate::text::outline::{Entry, Node, NodeKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/contents",
    summary: "目录与正文标题不一致",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("contents.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A heading or an entry, as the two are compared.
struct Named<'a> {
    number: Option<(NumberForm, u32)>,
    name: String,
    shown: &'a str,
}

/// The characters of a line that are compared, without those of its number.
fn compared<'t>(line: &'t str, marker: Option<&Marker>) -> impl Iterator<Item = char> + use<'t> {
    let from = marker.map_or(0, |marker| marker.range.end);
    line[from..].chars().filter(|c| !c.is_whitespace()).map(narrow)
}

impl<'a> Named<'a> {
    fn new(text: &'a str) -> Self {
        let marker = numbering::parse(text);
        let name = compared(text, marker.as_ref()).collect();
        let number = marker.map(|marker| (marker.style, marker.value));
        Self { number, name, shown: text.trim() }
    }

    fn is(&self, other: &Self) -> bool {
        self.name == other.name && self.number == other.number
    }

    /// Are they one heading in two wordings: of one number, or of one name?
    fn resembles(&self, other: &Self) -> bool {
        self.number.is_some() && self.number == other.number || self.name == other.name
    }
}

fn narrow(c: char) -> char {
    match c {
        '（' => '(',
        '）' => ')',
        '：' => ':',
        '，' => ',',
        '“' | '”' => '"',
        _ => c,
    }
}

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let entries = document.outline().contents();
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return };
    if first.block == last.block {
        return;
    }
    let nodes = document.outline().nodes();
    let is_heading =
        |node: &&&Node| node.block > last.block && matches!(node.kind, NodeKind::Heading | NodeKind::RunIn);
    let nodes: Vec<&Node> = nodes.iter().filter(is_heading).copied().collect();
    let headings: Vec<Named<'_>> = nodes.iter().map(|node| Named::new(&node.title)).collect();
    let named: Vec<Named<'_>> = entries.iter().map(|entry| Named::new(title(document, entry))).collect();
    let pairs = pair(&named, &headings);
    // An extract, or headings that are not recognised: nothing can be said.
    let matched = pairs.iter().filter(|pair| pair.is_some()).count();
    if matched * 2 < named.len() {
        return;
    }
    for (index, (entry, named)) in entries.iter().zip(&named).enumerate() {
        let range = document.blocks()[entry.block].to_source(entry.title.clone());
        match pairs[index] {
            Some(heading) if named.is(&headings[heading]) => {}
            Some(heading) => {
                let found = &headings[heading];
                let message = format!("目录写“{}”，正文的标题是“{}”，请改成一致", named.shown, found.shown);
                let place = nodes[heading].selection.clone();
                out.push(
                    Finding::new(range, message)
                        .related(place, "正文的标题在这里")
                        .replace(found.shown, Applicability::Suggested),
                );
            }
            None if named.number.is_none() || stands_in_text(document, last.block, named) => {}
            None => {
                let message = format!("目录里的“{}”，正文没有这个标题，请核对", named.shown);
                out.push(Finding::new(range, message));
            }
        }
    }
    // Of the uppermost level that is listed; of lower ones some may be left out with reason.
    let uppermost = named.iter().filter_map(|entry| Some(entry.number?.0)).min();
    for (index, heading) in headings.iter().enumerate() {
        let listed = pairs.contains(&Some(index));
        let form = heading.number.map(|(form, _)| form).filter(|form| Some(*form) == uppermost);
        if !listed && form.is_some() && nodes[index].kind == NodeKind::Heading {
            let message = format!("标题“{}”目录里没有，请补入目录", heading.shown);
            out.push(Finding::new(nodes[index].selection.clone(), message));
        }
    }
}

fn title<'a>(document: &'a Document, entry: &Entry) -> &'a str {
    &document.text(&document.blocks()[entry.block])[entry.title.clone()]
}

/// The heading of each entry: the next that is the same; then, between those, the next that resembles it.
fn pair(entries: &[Named<'_>], headings: &[Named<'_>]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; entries.len()];
    let mut from = 0;
    for (index, entry) in entries.iter().enumerate() {
        if let Some(at) = (from..headings.len()).find(|&at| entry.is(&headings[at])) {
            pairs[index] = Some(at);
            from = at + 1;
        }
    }
    for index in 0..entries.len() {
        if pairs[index].is_none() {
            let after = pairs[..index].iter().rev().flatten().next().map_or(0, |at| at + 1);
            let before = pairs[index..].iter().flatten().next().copied().unwrap_or(headings.len());
            pairs[index] = (after..before).find(|&at| entries[index].resembles(&headings[at]));
        }
    }
    pairs
}

/// Does a line of the text begin with it, though it is no heading?
fn stands_in_text(document: &Document, after: usize, entry: &Named<'_>) -> bool {
    document.blocks()[after + 1..].iter().any(|block| {
        let text = document.text(block);
        let mut line = compared(text, numbering::parse(text).as_ref());
        entry.name.chars().all(|c| line.next() == Some(c))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    fn draft(contents: &[&str], headings: &[&str]) -> String {
        let contents = contents.join("\n");
        let text: Vec<String> =
            headings.iter().map(|heading| format!("{heading}\n这一节的内容写在这里，不止一句。")).collect();
        format!("工作方案\n目　录\n{contents}\n{}", text.join("\n"))
    }

    #[test]
    fn entries_and_headings_that_differ() {
        let headings = ["一、现状", "二、措施", "三、保障"];
        check(&RULE, &draft(&["一、现状\t1", "〔二、办法→二、措施〕\t2", "三、保障\t3"], &headings));
        check(
            &RULE,
            &draft(&["一、现状....1", "二、措施....2", "〔三、组织保障→三、保障〕....3"], &headings),
        );
        check(&RULE, &draft(&["一、现状……1", "二、措施……2", "三、保障……3", "〔四、附则〕……4"], &headings));
        check(&RULE, &draft(&["一、现状", "三、保障"], &["一、现状", "〔二、措施〕", "三、保障"]));
        check(
            &RULE,
            &draft(
                &["第一章 总则", "〔第二章 职责分工→第二章 职责〕", "第三章 附则"],
                &["第一章 总则", "第二章 职责", "第三章 附则"],
            ),
        );
        assert_eq!(
            messages(&RULE, &draft(&["一、现状", "二、办法", "三、保障"], &headings)),
            ["目录写“二、办法”，正文的标题是“二、措施”，请改成一致"]
        );
    }

    #[test]
    fn entries_and_headings_that_agree() {
        let headings = ["一、现状", "二、措施", "三、保障"];
        for contents in [
            ["一、现状\t1", "二、措施\t2", "三、保障\t3"],
            ["一、现状 ........ 1", "二、措施 ........ 2", "三、保障 ........ 3"],
            ["一、现状", "二、措施", "三、保障"],
            ["一、 现状……（1）", "二、 措施……（2）", "三、 保障……（5）"],
        ] {
            check_clean(&RULE, &draft(&contents, &headings));
        }
        check_clean(&RULE, "目录\n一、现状\n二、措施\n本刊收录上述文章，欢迎阅读。");
    }
}
