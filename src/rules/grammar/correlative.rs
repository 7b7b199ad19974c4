//! 关联词不配对：只有配“才”，只要配“就”，无论配“都”，不仅配“而且”，配错了，关系就说反了。
//!
//! 词表 `data/correlative.tsv` 列出前项、可配的后项、常见的错配和改法。前项须在小句开头或主语之后，错配的后项须在
//! 后面小句的开头，中间没有出现可配的后项，才报。
//!
//! ## 例
//! - 只有加强管理，〔就能→才能〕提高效率。
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
/// A subject before the first half is no longer than this many characters.
const MAX_SUBJECT: usize = 6;

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
            for next in parts[index + 1..].iter().take(REACH) {
                let answer = &shown[next.clone()];
                if let Some(wrong) = row.wrong.iter().find(|wrong| answer.starts_with(**wrong)) {
                    let start = sentence.start + next.start;
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
    use crate::rules::testing::{check_clean, messages};

    #[test]
    fn right_pairs() {
        check_clean(&RULE, "今天只有三个人，就先开会。");
        check_clean(&RULE, "虽然任务重，但是按期完成。");
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
