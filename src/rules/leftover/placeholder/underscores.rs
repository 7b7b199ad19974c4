//! Blanks of underscores: 20__年, __市.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Blank;
use crate::chinese::is_hanzi;
use crate::finding::Severity;
use crate::rule::Paragraph;

/// The underscores, with the digits before them (20__) and one unit after them (年, 市, 研讨会).
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:19|20)?(?:_+|＿+)(?:年度|年|月|日|市委|市政府|市|省|县|区|镇|乡|村|局|处|科|院|校|部|公司|单位|学校|医院|同志|人|次|个|万元|元|名|家|期|班|培训班|研讨会|会议|活动)?";
    Regex::new(pattern).expect("the pattern is a constant")
});

pub(super) fn find(paragraph: &Paragraph<'_>, blanks: &mut Vec<Blank>) {
    if !paragraph.may_contain_any("_＿") {
        return;
    }
    let text = paragraph.text;
    let found: Vec<Range<usize>> = BLANK.find_iter(text).map(|m| m.range()).collect();
    // With one line to write on, all of them are: ____年__月. Of several, nobody means to type over any.
    let lines = found.iter().filter(|range| strokes(&text[(*range).clone()]) >= LINE).count();
    if lines > 0 && found.len() > 1 {
        return;
    }
    let found = found.into_iter();
    blanks.extend(found.filter_map(|range| {
        let severity = severity(text, &range)?;
        Some(Blank { range, severity })
    }));
}

/// A template leaves a stroke or two (20__年); a form draws a line to write on.
const LINE: usize = 3;
/// Beside a line that nobody expects to be typed over.
const FORM: [&str; 12] =
    ["签字", "签名", "签章", "盖章", "甲方", "乙方", "填空", "姓名", "班级", "学号", "得分", "本人"];

fn strokes(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '_' | '＿')).count()
}

/// Underscores beside Chinese text are a blank, unless part of a file name or identifier. A run that is
/// alone, after a colon or one of several belongs to a form.
fn severity(text: &str, range: &Range<usize>) -> Option<Severity> {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let identifier = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/');
    let shown = &text[range.clone()];
    let unit = shown.trim_matches(|c: char| c.is_ascii_digit()).trim_matches(['_', '＿']);
    let bare = unit.is_empty();
    if identifier(before) || (bare && (identifier(after) || (before.is_none() && after.is_none()))) {
        return None;
    }
    // 日期_单位_标题: a stroke between two words joins them.
    let joins =
        before.is_some_and(is_hanzi) && !["年", "月", "日", "人", "次", "个", "元", "万元"].contains(&unit);
    if strokes(shown) == 1 && joins {
        return None;
    }
    if strokes(shown) < LINE {
        return Some(Severity::Error);
    }
    let is_form = before.is_none_or(|c| matches!(c, '：' | ':' | '（' | '(' | ' ' | '　'))
        || bare && strokes(shown) > 2 * LINE
        || FORM.iter().any(|word| text.contains(word));
    (!is_form).then_some(Severity::Info)
}
