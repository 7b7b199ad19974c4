//! 引号写法不一：同一篇里弯引号“”、直角引号「」、直引号混用。
//!
//! 全篇以多数为准，少数的一种在第一处标出，一次改完。
//!
//! ## 例
//! - 落实“四个意识”，坚定“四个自信”，做到〔「〕两个维护」。
//! - 落实“四个意识”，坚定“四个自信”，做到〔"〕两个维护"。
//! - 推进「放管服」改革，落实「双减」政策，办好〔“〕十件实事”。
//!
//! ## 不报
//! - 落实「四个意识」，坚定「四个自信」。 （全篇一种）
//! - 他说：“要牢记‘实干兴邦’的道理。” （引号里再用引号，外双内单）
//! - 坚持“质量第一”，运行 print("ok")。 （英文里的直引号）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.8.2：引号的形式有双引号“”和单引号‘’；横排文稿用这一种。

use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/quote-style",
    summary: "引号写法不一",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    doc: module_doc!("quote_style.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// The ways to quote: opening and closing halves.
const WAYS: [(char, char); 3] = [('“', '”'), ('「', '」'), ('"', '"')];

static ALL_PAIRS: Extract<(usize, [usize; 2])> = Extract::new(all_pairs);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&ALL_PAIRS);
    for part in document.parts() {
        let mut pairs: [Vec<[Edit; 2]>; WAYS.len()] = Default::default();
        for (index, (way, places)) in noted.within(part) {
            let block = &document.blocks()[index];
            let text = document.text(block);
            pairs[*way].push(places.map(|at| {
                let mark = text[at..].chars().next().map_or(0, char::len_utf8);
                Edit { range: block.to_source(at..at + mark), text: String::new() }
            }));
        }
        let usual = (0..WAYS.len()).max_by_key(|&way| (pairs[way].len(), WAYS.len() - way)).unwrap_or(0);
        for (way, found) in pairs.iter().enumerate().filter(|(way, found)| *way != usual && !found.is_empty())
        {
            out.push(finding(WAYS[way], WAYS[usual], found));
        }
    }
}

/// The pairs in a paragraph, each with the index of its way.
fn all_pairs(text: &str, _: BlockKind) -> Vec<(usize, [usize; 2])> {
    let ways = WAYS.iter().enumerate();
    ways.flat_map(|(way, marks)| pairs_in(text, *marks).into_iter().map(move |places| (way, places)))
        .collect()
}

/// The places of the pairs of a way to quote around Chinese text.
fn pairs_in(text: &str, (open, close): (char, char)) -> Vec<[usize; 2]> {
    let mut places = Vec::new();
    if !text.contains(open) {
        return places;
    }
    let mut start = None;
    for (at, c) in text.char_indices() {
        match start {
            None if c == open => start = Some(at),
            Some(from) if c == close => {
                let chinese = text[from..at].chars().any(is_hanzi);
                places.extend(chinese.then_some([from, at]));
                start = None;
            }
            _ => {}
        }
    }
    places
}

fn finding(way: (char, char), usual: (char, char), found: &[[Edit; 2]]) -> Finding {
    let edits = found
        .iter()
        .flat_map(|[open, close]| {
            [(open, usual.0), (close, usual.1)]
                .map(|(edit, mark)| Edit { range: edit.range.clone(), text: mark.to_string() })
        })
        .collect();
    let message = format!(
        "引号写法不一：这里用“{}{}”（{}对），本篇多数用“{}{}”",
        way.0,
        way.1,
        found.len(),
        usual.0,
        usual.1
    );
    // Straight quotes say no direction: where they are the majority, a person decides.
    let applicability = if usual.0 == usual.1 { Applicability::Suggested } else { Applicability::Safe };
    let title = format!("全部改为“{}{}”", usual.0, usual.1);
    Finding::new(found[0][0].range.clone(), message).fix(Fix { title, edits, applicability })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_fix};

    #[test]
    fn mixed() {
        check(&RULE, "〔「〕三会一课」要落实，“主题党日”要经常，“组织生活会”要开好。");
        check_fix(
            &RULE,
            "落实“意识”、“自信”。\n做到「维护」和\"看齐\"。",
            "落实“意识”、“自信”。\n做到“维护”和“看齐”。",
        );
    }

    #[test]
    fn one_way() {
        check_clean(&RULE, "落实“四个‘意识’”，坚定“四个自信”。");
        check_clean(&RULE, "总结 篇一：\n坚持\"质量第一\"。\n总结 篇二：\n坚持“质量第一”。");
    }

    #[test]
    fn one_among_others() {
        check(&RULE, "落实“甲项”，推进“乙项”，做好〔「〕丙项」。");
        check(&RULE, "落实「甲项」，推进「乙项」，做好〔“〕丙项”。");
    }
}
