//! Blanks of underscores: 20__年, __市.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Blank;
use crate::lint::diagnostic::Severity;
use crate::rules::Paragraph;

/// The underscores, with the digits before them (20__) and one unit after them (年, 市, 研讨会).
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:19|20)?(?:_+|＿+)(?:年度|年|月|日|市委|市政府|市|省|县|区|镇|乡|村|局|处|科|院|校|部|公司|单位|学校|医院|同志|人|次|个|万元|元|名|家|期|班|培训班|研讨会|会议|活动)?";
    Regex::new(pattern).expect("the pattern is a constant")
});

pub(super) fn find(paragraph: &Paragraph<'_>, blanks: &mut Vec<Blank>) {
    if !paragraph.cues.may_hold("_＿") {
        return;
    }
    let text = paragraph.text;
    let found = BLANK.find_iter(text).map(|m| m.range()).filter(|range| is_blank(text, range));
    blanks.extend(found.map(|range| Blank { range, severity: Severity::Error }));
}

/// An underscore is a blank beside Chinese text, and no part of a file name or an identifier. A long line of them,
/// alone or after a colon, is a form's line to be signed on paper.
fn is_blank(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let identifier = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/');
    let shown = &text[range.clone()];
    let bare = shown.trim_matches(['_', '＿']).is_empty();
    if identifier(before) || (bare && identifier(after)) {
        return false;
    }
    let long = shown.chars().filter(|c| matches!(c, '_' | '＿')).count() > 8;
    !(bare && (long || (before.is_none() && after.is_none())))
}
