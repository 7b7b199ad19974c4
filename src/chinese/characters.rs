//! What kind of character is it? The one file that knows code points.

/// Is it an ideograph of the main block or of Extension A (CJK Unified Ideographs, with the rare ones before
/// them)?
#[must_use]
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}')
}

/// Is it an ideograph of any plane, a Chinese mark, or a full-width form? Only Chinese text holds many of
/// these.
#[must_use]
pub fn is_chinese(c: char) -> bool {
    is_ideograph(c)
        || matches!(c, '\u{20000}'..='\u{3FFFF}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

/// Is it a Chinese character of the main block (CJK Unified Ideographs)?
#[inline]
#[must_use]
pub fn is_hanzi(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

/// Is it a letter, an ideograph or a digit? Nearly all are ideographs, for which Unicode's table is slow.
#[must_use]
pub fn is_letter(c: char) -> bool {
    is_hanzi(c) || c.is_alphanumeric()
}

/// Does it count as a word by itself, as word processors count: a Chinese character, or a mark as Chinese
/// texts have it?
#[must_use]
pub fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}' | '—' | '…' | '‘' | '’' | '“' | '”' | '·')
}

/// Is it an ideograph or a full-width mark of punctuation, but no full-width letter or digit?
#[must_use]
pub fn is_chinese_or_mark(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{3001}'..='\u{3011}' | '\u{3014}'..='\u{3017}' | '“' | '”' | '‘' | '’' | '…'
        | '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}
