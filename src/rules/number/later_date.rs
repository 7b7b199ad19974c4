//! 已经办的事，日期却晚于落款：落款是3月12日，正文说“4月10日召开了动员会”。
//!
//! 文稿的日期取自落款。正文用“召开了”“已完成”“收到”这样的话说过去的事，日期却在落款之后，不是日期错就是年份错。
//!
//! ## 例
//! ```text
//! 〔2025年4月10日〕，我镇召开了动员会，会后组建了专班。
//! 某镇人民政府
//! 2025年3月12日
//! ```
//!
//! ```text
//! 我公司于〔2024年12月〕完成了整改。
//! 某公司
//! 2024年6月30日
//! ```
//!
//! ```text
//! 〔今年9月20日〕，检查组对我站进行了检查。
//! 某县农技站
//! 2025年9月2日
//! ```
//!
//! ## 不报
//! 说的是以后的事：
//!
//! ```text
//! 计划2025年4月10日召开动员会，2025年6月底前完成整改。
//! 某镇人民政府
//! 2025年3月12日
//! ```
//!
//! 日期在落款之前：
//!
//! ```text
//! 2025年3月10日，我镇召开了动员会。
//! 某镇人民政府
//! 2025年3月12日
//! ```
//!
//! 没有落款的：
//!
//! ```text
//! 2025年4月10日，我镇召开了动员会。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：签发前审核时间是否准确。

use std::ops::Range;

use crate::chinese::date;
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::own_date::own_date;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::sentence;

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/later-date",
    summary: "已办的事晚于落款",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("later_date.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A date at which something was done: its year, unless that is this year, its month and day, and its place.
struct Done {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
    range: Range<usize>,
}

static DONE: Extract<Done> = Extract::new(read);

/// What tells of something done.
const PAST: [&str; 22] = [
    "召开了",
    "开展了",
    "完成了",
    "进行了",
    "举行了",
    "举办了",
    "组织了",
    "印发了",
    "下发了",
    "收到",
    "接到",
    "印发",
    "已完成",
    "已经",
    "已于",
    "发生了",
    "通过了",
    "检查了",
    "签订了",
    "成立了",
    "启动了",
    "参加了",
];

/// What tells of something to come.
const FUTURE: [&str; 19] = [
    "将",
    "拟",
    "计划",
    "预计",
    "力争",
    "确保",
    "争取",
    "请",
    "前完成",
    "前报",
    "前将",
    "之前",
    "应当",
    "务必",
    "要",
    "届时",
    "到期",
    "截止",
    "有效",
];

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&DONE);
    for part in document.parts() {
        if noted.filled(part.clone()).is_empty() {
            continue;
        }
        let Some(own) = own_date(view, &part) else { continue };
        let Some((month, day)) = own.day else { continue };
        for (index, done) in noted.within(part) {
            let then = (done.year.unwrap_or(own.year), done.month, done.day.unwrap_or(0));
            if then > (own.year, month, day)
                && then.0 <= own.year + 1
                && (done.day.is_some() || done.month > month || then.0 > own.year)
            {
                let block = &document.blocks()[index];
                let message =
                    format!("说的是已经办的事，日期却在落款{}年{month}月{day}日之后，请核对", own.year);
                out.push(Finding::new(block.to_source(done.range.clone()), message));
            }
        }
    }
}

/// The dates of a paragraph at which something was done.
fn read(text: &str, _: BlockKind) -> Vec<Done> {
    if !PAST.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let dates = date::find(text);
    let mut found = Vec::new();
    for range in sentence::sentences(text) {
        let sentence = &text[range.clone()];
        let told = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
        if told(&FUTURE, sentence) {
            continue;
        }
        for date in dates.iter().filter(|date| range.contains(&date.range.start)) {
            let year = ["今年", "本年"].into_iter().find(|word| text[..date.range.start].ends_with(word));
            let next = dates.iter().map(|date| date.range.start).find(|start| *start > date.range.start);
            let clause = &text[date.range.end..next.unwrap_or(range.end).min(range.end)];
            if (date.year.is_some() || year.is_some()) && told(&PAST, clause) {
                let start = date.range.start - year.map_or(0, str::len);
                found.push(Done {
                    year: date.year,
                    month: date.month,
                    day: date.day,
                    range: start..date.range.end,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn done_before_it_could_be() {
        check(&RULE, "〔2025年6月18日〕，县局对我站进行了检查，当天反馈了意见。\n某站\n2025年6月8日");
        check(&RULE, "我站于〔2026年2月〕收到整改通知书。\n某站\n2025年3月8日");
        check_clean(&RULE, "2025年6月1日，县局对我站进行了检查，2025年9月1日复查。\n某站\n2025年6月8日");
        check_clean(&RULE, "2025年6月，县局对我站进行了检查。\n某站\n2025年6月8日");
        check_clean(&RULE, "合同2028年6月18日到期，已经备案。\n某站\n2025年6月8日");
    }
}
