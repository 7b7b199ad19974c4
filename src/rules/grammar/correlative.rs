//! 关联词不配对：只有配“才”，只要配“就”，无论配“都”，不仅配“而且”，配错了，关系就说反了。
//!
//! 只查词表里有的关联词：前项、可配的后项、常见的错配。前项须在小句开头或主语之后，错配的后项须在
//! 后面小句的开头，中间没有出现可配的后项，才报。
//!
//! ## 例
//! - 只有加强管理，〔就能→才能〕提高效率。
//! - 只有坚持调研，摸清底数，理清思路，我们〔就能→才能〕找准办法。
//! - 无论困难多大，〔但→都〕我们坚持到底。
//! - 我们不仅抓生产，〔但是→而且〕要抓安全。
//! - 与其等待观望，〔而是→不如〕主动出击。
//!
//! ## 不报
//! - 无论多难都要做，但要量力而行。 （“都”已经配上）
//! - 今天到会的只有三个人，就先开会吧。 （“只有”说的是数量）
//! - 不仅要抓生产，而且要抓安全，但是不能搞一刀切。 （后项已经配上）
//!
//! ## 依据
//! 《现代汉语》（黄伯荣、廖序东主编）病句类型：关联词语搭配不当。

use std::sync::LazyLock;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::sentence::clauses;

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/correlative",
    summary: "关联词不配对",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("correlative.rs"),
    needs: &[Needs::Literal(&FIRSTS)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/correlative.tsv");

struct Row {
    first: &'static str,
    /// The words that answer it; where one of them stands after it, the pair is right.
    answers: Vec<&'static str>,
    wrong: Vec<&'static str>,
    right: &'static str,
}

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let row = |[first, answers, wrong, right]: [&'static str; 4]| Row {
        first,
        answers: answers.split('|').collect(),
        wrong: wrong.split('|').collect(),
        right,
    };
    rows(TABLE).map(row).collect()
});

static FIRSTS: LiteralList = LiteralList::words(|| ROWS.iter().map(|row| row.first).collect());

/// The wrong answer is looked for in this many clauses after the first half.
const REACH: usize = 2;
/// … and further where the conditions or the merits may be several.
const FAR_REACH: usize = 4;
/// A subject before the first half, or before what answers it, is no longer than this many characters.
const MAX_SUBJECT: usize = 6;

/// What follows 只有 where it is a condition, not a quantity (只有部分居民到场).
const CONDITIONS: &[&str] = &[
    "坚持",
    "加强",
    "不断",
    "把",
    "将",
    "让",
    "通过",
    "依靠",
    "做到",
    "抓",
    "认真",
    "始终",
    "深入",
    "真正",
    "心中",
    "牢记",
    "树立",
    "扎根",
    "努力",
    "敢于",
    "善于",
    "勤于",
    "脚踏实地",
    "学习",
    "学会",
    "学好",
    "提高",
    "增强",
    "解决",
    "保持",
    "立足",
    "充分",
    "严格",
    "全面",
    "切实",
    "持续",
    "进一步",
    "转变",
    "紧紧",
    "积极",
    "掌握",
    "了解",
    "深刻",
    "自觉",
    "时刻",
    "永远",
    "经常",
    "强化",
    "完善",
    "落实",
    "扩大",
    "牢牢",
    "动员",
    "发挥",
    "尊重",
    "贴近",
    "走进",
    "走近",
    "改革",
    "创新",
    "沉下",
    "俯下",
    "用心",
    "尽心",
    "虚心",
    "全心",
    "带着",
    "怀着",
    "摸清",
    "弄清",
    "吃透",
    "练好",
    "打好",
    "守住",
    "用好",
    "干好",
    "管好",
];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let mut hits = paragraph.hits().longest().peekable();
    if hits.peek().is_none() {
        return;
    }
    for sentence in paragraph.sentences() {
        if hits.peek().is_none_or(|hit| hit.start() >= sentence.end) {
            continue;
        }
        let shown = &text[sentence.clone()];
        let parts: Vec<_> = clauses(shown).collect();
        for (index, part) in parts.iter().enumerate() {
            let clause = &shown[part.clone()];
            let first = sentence.start + part.start;
            // The first of the clause; others in it say nothing more.
            let Some(hit) = hits.next_if(|hit| hit.start() < first + part.len()) else { continue };
            while hits.next_if(|hit| hit.start() < first + part.len()).is_some() {}
            let row = &ROWS[hit.literal()];
            let (before, after) = (&clause[..hit.start() - first], &clause[hit.end() - first..]);
            if before.chars().count() > MAX_SUBJECT || before.contains(['“', '《', '（']) || is_amount(after)
            {
                continue;
            }
            if !clause.trim_end().ends_with(['，', ',']) || is_answered(row, after) {
                continue;
            }
            let reach = if matches!(row.first, "只有" | "不仅" | "不但") { FAR_REACH } else { REACH };
            for next in parts[index + 1..].iter().take(reach) {
                let answer = &shown[next.clone()];
                let may_have_subject = row.first == "只有" && is_condition(after);
                let place =
                    |wrong: &&'static str| Some((*wrong, place_of(row, answer, wrong, may_have_subject)?));
                if let Some((wrong, at)) = row.wrong.iter().find_map(place) {
                    let start = sentence.start + next.start + at;
                    let message = format!(
                        "关联词不配对：“{}”与“{wrong}”不相配，“{wrong}”应为“{}”",
                        row.first, row.right
                    );
                    let finding = Finding::new(start..start + wrong.len(), message)
                        .replace(row.right, Applicability::Suggested)
                        .related(hit.range(), "与它相配的前项");
                    out.push(finding);
                    break;
                }
                if is_answered(row, answer) {
                    break;
                }
            }
        }
    }
}

/// Does a condition follow 只有?
pub(super) fn is_condition(after: &str) -> bool {
    CONDITIONS.iter().any(|verb| after.starts_with(verb))
}

/// Where a wrong answer stands in a clause: at its beginning, or after a short subject.
fn place_of(row: &Row, clause: &str, wrong: &str, may_have_subject: bool) -> Option<usize> {
    let at = clause.find(wrong)?;
    let subject = &clause[..at];
    let is_subject = || subject.chars().count() <= MAX_SUBJECT && !is_answered(row, subject);
    (at == 0 || may_have_subject && is_subject()).then_some(at)
}

fn is_answered(row: &Row, clause: &str) -> bool {
    row.answers.iter().any(|answer| clause.contains(answer))
}

/// 只有3人, 只有一个: not a condition. 只有当…的时候 goes on for more than the clauses that are looked at.
fn is_amount(after: &str) -> bool {
    after.starts_with(|c: char| c.is_ascii_digit() || "当一二两三四五六七八九十几半少很".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{ROWS, RULE, Row};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn right_pairs() {
        check_clean(&RULE, "今天只有三个人，就先开会。");
        check_clean(&RULE, "虽然任务重，但是按期完成。");
        check_clean(&RULE, "只有部分居民到场，会议就能开得起来吗，大家心里没底。");
        check_clean(&RULE, "只有抓好落实，工作才就会有成效。");
    }

    #[test]
    fn across_clauses_and_after_a_subject() {
        for wrong in [
            "只有深入群众，倾听呼声，解决难题，〔就能→才能〕赢得信任。",
            "只有不断学习，我们〔就能→才能〕跟上形势。",
            "只有把安全放在首位，企业〔就会→才能〕走得远。",
            "不仅要看数量，看进度，看规模，〔但→而且〕要看质量。",
            "无论遇到风雨，〔但→都〕我们坚持到底。",
        ] {
            check(&RULE, wrong);
        }
    }

    #[test]
    fn every_row_of_the_table() {
        for Row { first, wrong, right, .. } in ROWS.iter() {
            for wrong in wrong {
                let text = format!("{first}条件具备，{wrong}推进工作。");
                assert_eq!(messages(&RULE, &text).len(), 1, "{text}");
                let text = format!("{first}条件具备，{right}推进工作。");
                assert!(messages(&RULE, &text).is_empty(), "{text}");
            }
        }
    }
}
