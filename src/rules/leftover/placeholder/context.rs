//! What stands about a blank and says that it is none: an example, a format to follow, a quotation.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// Before an example, in its sentence.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    let cues = "例[：:]|例如|比如|譬如|诸如|[（(，、]如|如[：:“‘《]|形如|举例|示例|样例|范例|具体到|精确到|细化到|命名|格式|样式|\
        写成|写作|写为|填为|填写为|填写成|填写说明|填表说明|填报说明|填写要求|标注为|注明为|统一为|统一写|代替|隐去";
    Regex::new(cues).expect("the pattern is a constant")
});

/// After an example: the rest of what is quoted, and what is said of it.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    let cues = "^[^。！？；，]{0,12}(?:[”’》」][^。！？；，]{0,3}(?:格式|样式|形式|字样|命名|代替|表示|为题|方式|为例)|填写|填报|标注)";
    Regex::new(cues).expect("the pattern is a constant")
});

/// Ends an example and what is listed with it.
pub(super) const BREAKS: [char; 6] = ['，', '。', '！', '？', '；', '\n'];

/// An example is introduced at most this many bytes before it.
const REACH: usize = 150;

/// Is it part of an example, or of a format that is asked for?
pub(super) fn is_example(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let sentence = before.rfind(['。', '！', '？', '；', '\n']).map_or(0, |at| at + 1);
    let mut start = sentence.max(range.start.saturating_sub(REACH));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    before.ends_with('如') || BEFORE.is_match(&before[start..]) || AFTER.is_match(&text[range.end..])
}

/// Does it stand between quotation marks, whole or with a few characters more?
pub(super) fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let open = text[..range.start].rfind(['“', '”', '‘', '’', '「', '」', '。', '\n']);
    open.is_some_and(|at| text[at..].starts_with(['“', '‘', '「']))
        && text[range.end..]
            .find(['”', '’', '」', '。', '\n'])
            .is_some_and(|at| text[range.end + at..].starts_with(['”', '’', '」']))
}
