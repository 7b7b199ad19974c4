//! Blanks in brackets: [部门名称], 【职务】, （此处填写…）; and marks of unfinished work.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Blank;
use crate::chinese::{is_hanzi, is_open};
use crate::finding::Severity;
use crate::rule::Paragraph;

/// One of these stands in every instruction.
pub(super) const INSTRUCTIONS: &[&str] = &[
    "此处",
    "这里",
    "在此",
    "待补",
    "待填",
    "请填",
    "填写",
    "请输入",
    "请插入",
    "请替换",
    "请删除",
    "根据",
    "插入",
];

/// What a template or a chatbot tells its writer to do, in any bracket.
static INSTRUCTION: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:(?:请)?(?:在)?(?:此处|这里)(?:可以?|需要?|请)?(?:填|写|补|插|加|放|输)|请在此|待补充?$|待填写?$|待补充[：:]|请(?:输入|插入|替换)|(?:请删除|填写后删除)|插入(?:图片?|照片|表格?|数据|案例)|(?:可|请)?根据(?:实际|自身|单位|本单位|具体|个人)(?:情况|需要)?(?:修改|填写|调整|补充|替换|增减))";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The same, where the bracket itself says that it is a blank: 【请填写】.
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:请)?(?:填写|填入|补充|输入)|^(?:待定|选填)$|(?:填写|填入|补充|修改|替换)$")
        .expect("the pattern is a constant")
});

/// What a blank is for: 您的姓名, 部门名称, 具体数字, 时间段.
static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:您的|你的|贵|本|某|我的|具体|相关|所在|对应|实际)?\p{Han}{0,6}(?:姓名|名字|名称|单位|部门|科室|职务|职位|岗位|职称|公司|学校|学院|院系|专业|班级|年份|月份|日期|时间|时间段|地点|地址|电话|联系方式|邮箱|手机号码?|金额|数量|数字|数值|数据|百分比|比例|人数|次数|文号|编号|负责人|联系人)$";
    Regex::new(pattern).expect("the pattern is a constant")
});

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{[^{}\n]{1,40}\}\}|\b(?:TODO|FIXME|TBD)\b").expect("the pattern is a constant")
});

/// 某某 before a kind of organisation or place.
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"某{2,}(?:市|省|县|区|镇|乡|村|局|处|科|院|校|部|公司|单位|学校|医院|街道|社区)";
    Regex::new(pattern).expect("the pattern is a constant")
});

pub(super) const OPENING: &str = "[［【{｛〈<＜〔（(";
const CLOSING: &str = "]］】}｝〉>＞〕）)";
/// No instruction is longer, in characters.
const LONGEST: usize = 24;

pub(super) fn find(paragraph: &Paragraph<'_>, blanks: &mut Vec<Blank>) {
    let text = paragraph.text;
    let signed = paragraph.hits().all().next().is_some();
    if signed {
        blanks.extend(MARK.find_iter(text).map(|m| Blank { range: m.range(), severity: Severity::Error }));
        // Whether a name is hidden or left out cannot be told.
        let somebody = SOMEBODY.find_iter(text).filter(|m| !follows_surname(text, m.start()));
        blanks.extend(somebody.map(|m| Blank { range: m.range(), severity: Severity::Info }));
    }
    let angular = paragraph.may_contain_any("[［【{｛〈<＜〔");
    if !(angular || signed && paragraph.may_contain_any("（(")) {
        return;
    }
    for (at, open) in text.char_indices() {
        let Some(kind) = OPENING.chars().position(|c| c == open) else { continue };
        let is_round = matches!(open, '（' | '(');
        if is_round && !signed {
            continue;
        }
        let inside = at + open.len_utf8();
        let mut ahead = text[inside..].char_indices().take(LONGEST + 1);
        let end = ahead.find(|(_, c)| OPENING.contains(*c) || CLOSING.contains(*c));
        let Some((length, close)) = end.filter(|(_, c)| CLOSING.chars().nth(kind) == Some(*c)) else {
            continue;
        };
        let content = text[inside..inside + length].trim();
        let range = at..inside + length + close.len_utf8();
        let severity = if INSTRUCTION.is_match(content) {
            let tailored = content.contains("根据");
            Some(if tailored { Severity::Warning } else { Severity::Error })
        } else if !is_round && !is_label(text, &range, open) && !is_named_control(text, &range) {
            (REQUEST.is_match(content) || FIELD.is_match(content)).then_some(Severity::Error)
        } else {
            None
        };
        blanks.extend(severity.map(|severity| Blank { range, severity }));
    }
}

/// 【时间】3月5日, [姓名]：张三: a label, and what it is for. On the command line, <规则> stands for an argument.
fn is_label(text: &str, range: &Range<usize>, open: char) -> bool {
    let (before, after) = (text[..range.start].trim_end(), &text[range.end..]);
    let last = before.chars().next_back();
    let starts_line = last.is_none_or(|c| matches!(c, '\n' | '。' | '；' | '】'));
    after.trim_start().starts_with(['：', ':'])
        || last.is_some_and(|c| c.is_ascii() && !c.is_ascii_digit())
        || (open == '〈' && is_open(before, ('《', '》')))
        || (open == '【' && starts_line && !after.trim().is_empty())
}

/// 点击【姓名】按钮, 在[部门]栏填写: the name of something on a screen or a form.
fn is_named_control(text: &str, range: &Range<usize>) -> bool {
    const BEFORE: [&str; 9] = ["点击", "单击", "双击", "选择", "打开", "进入", "勾选", "点", "按"];
    const AFTER: [&str; 12] =
        ["栏", "列", "按钮", "字段", "菜单", "选项", "页", "一栏", "一列", "框", "处填", "项"];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    BEFORE.iter().any(|cue| before.ends_with(cue)) || AFTER.iter().any(|cue| after.starts_with(cue))
}

/// 张某某公司职员: a person whose name is hidden, before a word for an organisation.
fn follows_surname(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(|c| is_hanzi(c) && !"在由向与和经对从至到为的是".contains(c))
}
