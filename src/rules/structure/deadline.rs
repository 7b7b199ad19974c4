//! 截止日期晚于活动：会议6月18日开，却要6月20日前报参会名单。
//!
//! 只看报名、回执、参会人员名单、请假一类必须在活动之前办的事，和写明了的活动时间（会议时间：……、定于……召开）。
//!
//! ## 例
//! - 会议时间：2026年6月18日上午9:00。请于〔6月20日前〕将参会回执报送办公室。
//!
//! ```text
//! 关于举办职工运动会的通知
//! 各科室：
//! 运动会定于5月10日举行。请各科室于〔5月12日前〕报送报名表。
//! ```
//!
//! ```text
//! 关于召开表彰大会的通知
//! 一、会议时间
//! 2026年3月5日上午9:00。
//! 二、有关要求
//! 请于〔3月6日17:00前〕将参会人员名单发至邮箱。
//! ```
//!
//! ```text
//! 培训时间：9月1日至3日。
//! 请参训人员于〔9月5日之前〕完成报名。
//! ```
//!
//! ## 不报
//! - 会议时间：2026年6月18日。请于6月16日前将参会回执报送办公室。 （先报名，后开会）
//! - 检查时间：9月15日至19日。请于9月22日前报送排查表。 （活动之后报结果）
//! - 比赛时间：5月20日。获奖作品请于5月25日前领回。 （不是报名）
//!
//! ## 依据
//! 前后照应：准备工作的期限应在活动之前。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::date::{self, Date};
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/deadline",
    summary: "报名等截止日期晚于活动日期",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("deadline.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// What a paragraph says of the time of an event, or of the last day for what goes before it.
enum Told {
    /// 会议时间 alone, as a heading: the date is in the next paragraph.
    Heads,
    /// A date at the beginning of a paragraph.
    Begins(Date),
    /// 会议时间：6月18日, 定于6月18日召开
    Event(Date),
    /// 6月20日前…报名
    Deadline(Date),
}

static TOLD: Extract<Told> = Extract::new(told);

/// 会议时间, 二、培训时间
const TIMES: [&str; 14] = [
    "会议时间",
    "培训时间",
    "比赛时间",
    "活动时间",
    "开会时间",
    "考试时间",
    "竞赛时间",
    "举办时间",
    "召开时间",
    "参观时间",
    "讲座时间",
    "评审时间",
    "出发时间",
    "开幕时间",
];

static FIXED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?:定于|决定于|拟于|将于)[^。；，]{0,4}$";
    Regex::new(pattern).expect("the pattern is a constant")
});

static HELD: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "^[^。；，]{0,24}?(?:召开|举行|举办|开展|组织|进行)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// What is to be done before an event.
static PREPARES: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "报名|回执|(?:参会|参训|参赛|参加|与会|参展|参演|出席)(?:人员|选手|代表|单位|队员)?(?:的)?(?:名单|信息|情况表|登记)|请假(?:条|手续)?|参会单位";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn told(text: &str, _: BlockKind) -> Vec<Told> {
    if !text.contains(['月', '时']) {
        return Vec::new();
    }
    let named = TIMES.iter().find_map(|name| Some(text.find(name)? + name.len()));
    if !text.contains('月') {
        let is_heading = named.is_some_and(|end| text[end..].trim_matches(['：', ':', ' ']).is_empty());
        return if is_heading { vec![Told::Heads] } else { Vec::new() };
    }
    let mut found = Vec::new();
    for date in date::find(text).into_iter().filter(|date| date.day.is_some()) {
        let (before, after) = (&text[..date.range.start], &text[date.range.end..]);
        let clause = before.rsplit(['。', '；']).next().unwrap_or_default();
        let fixed = FIXED.is_match(clause) && HELD.is_match(after);
        let field = named.is_some_and(|end| {
            before.get(end..).is_some_and(|between| {
                between.trim_matches(['：', ':', ' ', '　', '定', '为', '于', '是', '在']).is_empty()
            })
        });
        if field || fixed {
            found.push(Told::Event(date));
        } else if let Some(end) = before_which(after) {
            let rest = after[end..].split(['。', '；']).next().unwrap_or_default();
            if PREPARES.is_match(rest) || PREPARES.is_match(clause) {
                let range = date.range.start..date.range.end + end;
                found.push(Told::Deadline(Date { range, ..date }));
            }
        } else if before.trim().is_empty() {
            found.push(Told::Begins(date));
        }
    }
    found
}

/// 前, （星期五）17:00之前: the length of what makes a date the last day.
fn before_which(after: &str) -> Option<usize> {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = "^(?:[（(][^（）()]{1,6}[）)])?(?:上午|下午|中午|晚上)?(?:[0-9]{1,2}[:：时点](?:[0-9]{2}分?)?)?(?:之前|以前|前)";
        Regex::new(pattern).expect("the pattern is a constant")
    });
    BEFORE.find(after).map(|found| found.end())
}

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&TOLD);
    for part in document.texts() {
        let mut events: Vec<(usize, &Date)> = Vec::new();
        let mut heads = None;
        for (block, told) in noted.within(part.clone()) {
            match told {
                Told::Heads => heads = Some(block),
                Told::Begins(date) if heads.is_some_and(|head| head + 1 == block) => {
                    events.push((block, date))
                }
                Told::Event(date) => events.push((block, date)),
                Told::Begins(_) | Told::Deadline(_) => {}
            }
        }
        events.dedup_by_key(|(_, date)| (date.month, date.day));
        // Two events have two lists of names.
        let [(at, event)] = events[..] else { continue };
        for (block, told) in noted.within(part.clone()) {
            let Told::Deadline(last) = told else { continue };
            let same_year = event.year.is_none() || last.year.is_none() || event.year == last.year;
            let later = (last.month, last.day) > (event.month, event.day) && last.month - event.month < 6;
            if !same_year || !later {
                continue;
            }
            let shown = |date: &Date| format!("{}月{}日", date.month, date.day.unwrap_or_default());
            let message =
                format!("活动在{}，这里的期限却是{}前，期限晚于活动，请核对", shown(event), shown(last));
            let place = document.blocks()[block].to_source(last.range.clone());
            let related = document.blocks()[at].to_source(event.range.clone());
            out.push(Finding::new(place, message).related(related, "活动的时间在这里"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn deadlines_after_the_event() {
        for (event, deadline) in [
            ("会议时间：6月18日上午9:00。", "请于〔6月20日前〕将参会人员名单报办公室。"),
            ("会议定于6月18日召开。", "请于〔6月19日17:00前〕将回执发至邮箱。"),
            ("比赛定于11月5日上午在体育馆举行。", "各队于〔11月8日前〕报名。"),
            ("一、培训时间：2026年4月12日至14日", "参训人员名单请于〔4月15日（星期三）前〕报送。"),
            ("一、考试时间\n2026年5月9日。", "请于〔5月10日之前〕登录系统完成报名。"),
            ("兹定于3月2日召开例会。", "因故不能参加的，于〔3月3日前〕办理请假手续。"),
            ("活动时间：7月1日", "报名截止时间：请于〔7月3日前〕交报名表。"),
            ("竞赛时间定于10月20日。", "各单位请于〔10月25日以前〕报送参赛选手名单。"),
            ("讲座时间：12月3日下午2:30。", "请于〔12月4日12:00前〕反馈参会人员名单。"),
            (
                "公司定于1月23日召开大会。\n一、会议时间\n1月23日上午9:00。",
                "参会人员名单请于〔1月26日前〕报送办公室。",
            ),
            ("拟于9月28日举办文艺晚会。", "请各班于〔9月30日前〕将报名表交团委。"),
        ] {
            check(&RULE, &format!("关于有关事项的通知\n{event}\n{deadline}"));
        }
    }

    #[test]
    fn deadlines_before_it_or_of_something_else() {
        for (event, deadline) in [
            ("会议时间：6月18日上午9:00。", "请于6月16日前将参会人员名单报办公室。"),
            ("会议时间：6月18日上午9:00。", "请于6月25日前报送贯彻落实情况。"),
            ("会议时间：1月8日。", "请于12月30日前将参会人员名单报办公室。"),
            ("培训时间：4月12日。", "请于4月20日前提交学习心得。"),
            ("比赛时间：5月20日。", "参赛作品于5月25日前领回。"),
            ("第一期培训时间：4月12日。\n第二期培训时间：4月26日。", "第二期请于4月20日前报名。"),
            ("会议定于2025年12月18日召开。", "请于2026年1月5日前报名参加下一期。"),
            ("活动时间：5月1日至10月31日。", "请于4月20日前报名。"),
            ("检查时间：9月15日至19日。", "请于9月22日前报送自查表。"),
            ("会议时间：6月18日。", "报名工作已经结束。6月30日前完成工作总结。"),
        ] {
            check_clean(&RULE, &format!("关于有关事项的通知\n{event}\n{deadline}"));
        }
    }
}
