//! A draft's text as a page may show it. Escaping is the template's; here is what no escape helps with.

use std::borrow::Cow;

/// The text with what cannot be seen, what turns the line about, and what a page may not hold by its code
/// point: `⟨U+202E⟩`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unseen(c) {
            shown.push_str(&format!("⟨U+{:04X}⟩", c as u32));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The joiners are let be: emoji and some scripts are written with them.
fn is_unseen(c: char) -> bool {
    let is_noncharacter = c as u32 & 0xFFFE == 0xFFFE || matches!(c, '\u{FDD0}'..='\u{FDEF}');
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || is_noncharacter
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_is_told_by_its_code() {
        assert_eq!(visible("甲\u{202E}乙\0丙\u{2028}"), "甲⟨U+202E⟩乙⟨U+0000⟩丙⟨U+2028⟩");
        assert_eq!(visible("甲\t乙\n\u{FFFE}"), "甲\t乙\n⟨U+FFFE⟩");
        assert_eq!(visible("👨\u{200D}👩，<b>&"), "👨\u{200D}👩，<b>&");
    }
}
