//! 自称不一：同一篇里“本人”“我”“笔者”混用，“我局”“本局”混用。
//!
//! 各出现三次以上才报，标在用得少的那一种的第一处，说明各有几次。
//!
//! ## 例
//! - 我分管财务，我坚持学习，我按时办结，我服从安排。〔本人〕参加培训，本人办结信访三件，本人接受监督。
//! - 我走访三村，我查阅台账，我认为可行，我建议推广。〔笔者〕看到，笔者以为，笔者建议再观察一年。
//! - 我局牵头，我局协调，我局督办，我局落实。〔本局〕负责解释，本局负责答复，本局负责归档。
//!
//! ## 不报
//! - 现将本人一年来的工作报告如下。我坚持学习，我按时办结，我服从安排。 （“本人”只有一次）
//! - 我坚持学习，我按时办结，我服从安排。申请人须本人签字、本人领取、本人到场。 （不是自称）
//! - 群众说：“我满意，我放心，我支持。”本人走访三村，本人查阅台账，本人撰写报告。 （引号里是原话）
//!
//! ## 依据
//! 全文人称一致，是通行的行文要求。

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/person-voice",
    summary: "自称不一",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("person_voice.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Ways to speak of oneself that exclude each other; the first character of the second kind tells 我局 from 本局.
const WAYS: [&[&str]; 3] = [&["我", "本人", "笔者"], &["我局", "本局"], &["我院", "本院"]];
/// So often each of them is used.
const MIN_TIMES: usize = 3;

/// What makes 我 and 本人 something else by standing after or before it.
const AFTER_I: &str = "们国省市县区州镇乡村局院校部厅委办站处科所行社队司党军方系馆街公单中";
const BEFORE_I: &str = "自忘大小本真敌";
const BEFORE_SELF: &str = "日基根资其他她经由须需凭持者员属人业的或";

static WAYS_USED: Extract<(usize, usize, Range<usize>)> = Extract::new(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&WAYS_USED);
    for part in document.parts() {
        let mut places: [Vec<Vec<Range<usize>>>; WAYS.len()] = WAYS.map(|ways| vec![Vec::new(); ways.len()]);
        for (index, (way, form, range)) in noted.within(part) {
            places[*way][*form].push(document.blocks()[index].to_source(range.clone()));
        }
        for (ways, places) in WAYS.iter().zip(&places) {
            let mut often: Vec<usize> =
                (0..ways.len()).filter(|&form| places[form].len() >= MIN_TIMES).collect();
            often.sort_by_key(|&form| std::cmp::Reverse(places[form].len()));
            let [usual, rare, ..] = often[..] else { continue };
            let message = format!(
                "自称不一：“{}”{}次，“{}”{}次，宜统一用一种",
                ways[usual],
                places[usual].len(),
                ways[rare],
                places[rare].len()
            );
            let finding = Finding::new(places[rare][0].clone(), message);
            out.push(finding.related(places[usual][0].clone(), "另一种自称"));
        }
    }
}

/// The words for oneself in a paragraph: the way, the form, the place.
fn read(text: &str, _: BlockKind) -> Vec<(usize, usize, Range<usize>)> {
    let mut found = Vec::new();
    let (mut quotes, mut before) = (0i32, None);
    for (at, c) in text.char_indices() {
        match c {
            '“' => quotes += 1,
            '”' => quotes -= 1,
            '我' | '本' | '笔' if quotes <= 0 => {
                for (way, forms) in WAYS.iter().enumerate() {
                    for (form, word) in forms.iter().enumerate() {
                        let Some(rest) = text[at..].strip_prefix(word) else { continue };
                        if speaks_of_oneself(word, before, rest.chars().next()) {
                            found.push((way, form, at..at + word.len()));
                        }
                    }
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    found
}

/// Is the word no part of another, and not somebody else's?
fn speaks_of_oneself(word: &str, before: Option<char>, after: Option<char>) -> bool {
    let is = |c: Option<char>, chars: &str| c.is_some_and(|c| chars.contains(c));
    match word {
        "我" => !is(before, BEFORE_I) && !is(after, AFTER_I),
        "本人" => !is(before, BEFORE_SELF) && after != Some('签'),
        "本局" | "本院" => !is(after, "部限域"),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn mixed() {
        check(
            &RULE,
            "我认真学习，我扎实工作，我廉洁自律，我服从安排。\n〔本人〕分管财务，本人参加培训，本人办结三件。",
        );
    }

    #[test]
    fn one_way() {
        check_clean(&RULE, "现将本人一年来的工作报告如下。我认真学习，我扎实工作，我廉洁自律。");
        check_clean(
            &RULE,
            "我们学习，我国发展，我县推进，我省实施。本人签字，其本人申请，须本人办理，本人到场。",
        );
        check_clean(&RULE, "群众说：“我满意，我放心，我支持。”本人走访，本人记录，本人办理。");
    }
}
