//! 关联词缺后项：说了“只有”没有“才”，说了“不但”没有“而且”，一句话只说了一半。
//!
//! 整句都没有可配的词才报。“只有”后面是动作、条件的才报，说数量的不报；别的关联词后项常常省去，只作提示。
//!
//! ## 例
//! - 只有把心贴近群众，〔不→才能不〕辜负组织的培养。
//! - 〔只有〕坚持调查研究，摸清底数，理清思路，找到解决问题的办法。
//! - 〔不但〕提高了效率，节约了成本。
//! - 〔无论〕任务多重，我们坚持到底。
//!
//! ## 不报
//! - 只有把心贴近群众，才能不辜负组织的培养。 （有“才”）
//! - 到会的只有部分代表，会议改期。 （“只有”说的是数量）
//! - 不仅如此，公司还建了食堂。 （“不仅如此”承上文）
//! - 无论如何，要按时完工。 （“无论如何”是固定说法）
//!
//! ## 依据
//! 《现代汉语》（黄伯荣、廖序东主编）病句类型：成分残缺（关联词语残缺）。

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::sentence::clauses;

use super::correlative::is_condition;

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/unanswered",
    summary: "关联词缺后项",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("unanswered.rs"),
    needs: &[Needs::Literal(&FIRSTS)],
    scope: Scope::Paragraph(check),
};

/// The first half of a pair, what may answer it anywhere in the sentence, and the usual answer.
struct Pair {
    first: &'static str,
    answers: &'static [&'static str],
    usual: &'static str,
    severity: Severity,
    /// What makes another phrase of the first half, where it stands before it or after it.
    before: &'static [&'static str],
    after: &'static [&'static str],
}

const MORE: &[&str] = &[
    "还", "也", "而", "更", "并", "又", "同时", "甚至", "反", "且", "都", "亦", "乃至", "连", "就", "同样",
    "仅", "尤其", "即使", "再", "另", "关键", "最", "其", "才", "却", "从而", "使", "，是", "，有",
];
const ALL: &[&str] = &[
    "都", "也", "总", "均", "还是", "皆", "始终", "一律", "一概", "全", "各", "必", "仍", "没有", "就", "从",
    "不", "要", "应", "依然", "一直", "一定", "终", "方", "才", "只", "越", "是", "可", "能",
];

const PAIRS: [Pair; 5] = [
    Pair {
        first: "只有",
        answers: &[
            "才",
            "方",
            "否则",
            "不然",
            "要不",
            "非",
            "不可",
            "吗",
            "？",
            "就能",
            "就会",
            "就可",
            "便能",
            "就一定",
        ],
        usual: "才能",
        severity: Severity::Warning,
        before: &[],
        after: &[],
    },
    Pair {
        first: "不但",
        answers: MORE,
        usual: "而且",
        severity: Severity::Warning,
        before: &[],
        after: &["如此"],
    },
    Pair {
        first: "不仅",
        answers: MORE,
        usual: "而且",
        severity: Severity::Info,
        before: &[],
        after: &["如此", "是", "有", "只", "限", "仅"],
    },
    Pair {
        first: "无论",
        answers: ALL,
        usual: "都",
        severity: Severity::Info,
        before: &[],
        after: &["如何", "何", "怎", "在"],
    },
    Pair {
        first: "即使",
        answers: &[
            "也", "还", "仍", "都", "亦", "就", "又", "却", "依", "总", "照样", "不", "但", "只", "可", "反",
            "更", "才", "始终",
        ],
        usual: "也",
        severity: Severity::Info,
        before: &["立", "随", "许可", "批准", "同意", "当"],
        after: &["用", "馆", "命", "者", "是", "按"],
    },
];

/// 只有通过验收的项目, 只有坚持学习的人: a condition no more, but who or what is meant.
const NOUNS: &[&str] = &[
    "人", "者", "项目", "单位", "企业", "干部", "党员", "学生", "产品", "代表", "职工", "人员", "部门",
    "地方", "时候",
];

static FIRSTS: LiteralList = LiteralList::words(|| PAIRS.iter().map(|pair| pair.first).collect());

/// A subject before the first half is no longer than this many characters.
const MAX_SUBJECT: usize = 6;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let mut hits = paragraph.hits().longest().peekable();
    for sentence in paragraph.sentences() {
        if hits.peek().is_none_or(|hit| hit.start() >= sentence.end) {
            continue;
        }
        let shown = &text[sentence.clone()];
        let all: Vec<_> = clauses(shown).collect();
        while let Some(hit) = hits.next_if(|hit| hit.start() < sentence.end) {
            // A heading, an item that goes on in the next line: not all is said.
            if !shown.ends_with(['。', '！', '；']) {
                continue;
            }
            let pair = &PAIRS[hit.literal()];
            let (from, to) = (hit.start() - sentence.start, hit.end() - sentence.start);
            let Some(at) = all.iter().position(|clause| clause.contains(&from)) else { continue };
            let clause = &all[at];
            let (before, after) = (&shown[clause.start..from], &shown[to..]);
            let is_first_half = before.chars().count() <= MAX_SUBJECT
                && !before.contains(['“', '《', '（', '、'])
                && !pair.before.iter().any(|word| before.ends_with(word))
                && !pair.after.iter().any(|word| after.starts_with(word))
                && (pair.first != "只有" || is_condition(after) && !names_something(&shown[to..clause.end]));
            let [second, rest @ ..] = &all[at + 1..] else { continue };
            if !is_first_half
                || !shown[clause.clone()].ends_with(['，', ','])
                || pair.answers.iter().any(|answer| after.contains(answer))
            {
                continue;
            }
            let message = format!("关联词缺后项：“{}…”后面缺“{}”", pair.first, pair.usual);
            // Where the second half is one clause, it is there that the answer is missing.
            let next = shown[second.clone()].chars().next();
            let finding = match next.filter(|_| rest.is_empty() && pair.usual == "才能") {
                Some(next) => {
                    let start = sentence.start + second.start;
                    Finding::new(start..start + next.len_utf8(), message)
                        .replace(format!("{}{next}", pair.usual), Applicability::Suggested)
                        .related(hit.range(), "前项在这里")
                }
                None => Finding::new(hit.range(), message),
            };
            out.push(finding.with_severity(pair.severity));
        }
    }
}

fn names_something(condition: &str) -> bool {
    let condition = condition.trim_end_matches(['，', ',']);
    condition.contains('的') && NOUNS.iter().any(|noun| condition.ends_with(noun))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn only_half_is_said() {
        for wrong in [
            "只有不断加强学习，〔适→才能适〕应新形势。",
            "只有严格执行制度，〔堵→才能堵〕住漏洞。",
            "干部只有深入基层，〔了→才能了〕解真实情况。",
            "〔只有〕带着感情做事，群众满意，组织放心。",
            "〔即使〕条件艰苦，队员们坚守岗位。",
            "〔不仅〕改善了环境，带来了收入。",
            "活动〔不但〕丰富了生活，增进了友谊。",
            "〔无论〕刮风下雨，他坚持巡查。",
        ] {
            check(&RULE, wrong);
        }
    }

    #[test]
    fn both_halves_or_no_pair() {
        for right in [
            "只有不断加强学习，才能适应新形势。",
            "全村只有三户没有搬，工作组逐户做工作。",
            "只有通过验收的项目，列入补助范围。",
            "只有坚持下去，否则前功尽弃。",
            "不但提高了效率，而且节约了成本。",
            "不仅如此，公司建了食堂。",
            "无论刮风下雨，他都坚持巡查。",
            "无论何时，安全第一。",
            "立即使用清水冲洗，尽快就医。",
        ] {
            check_clean(&RULE, right);
        }
    }
}
