//! Text as the n-gram model sees it: a sequence of symbols.
//!
//! There are some seven thousand: one for each common Chinese character, one for each punctuation mark, full
//! width and half width alike, and one each for a run of digits, of Latin letters, of spaces, and for
//! anything else. Runs are one symbol, so that a year or a unit does not use up the context.

/// Radix in which n-grams are packed: five symbols fit in 64 bits.
pub const RADIX: u64 = 7100;
/// The beginning or end of a paragraph.
pub const BOUNDARY: u16 = 0;
/// Anything without a symbol of its own.
pub const OTHER: u16 = 1;
/// A number in Arabic digits.
pub const DIGITS: u16 = 2;
/// A run of Latin letters.
pub const LATIN: u16 = 3;
/// White space.
pub const SPACE: u16 = 4;
/// The first symbol of punctuation.
pub const PUNCTUATION: u16 = 5;
/// The first symbol of Chinese characters, most frequent first.
pub const HANZI: u16 = 40;

/// The first code point of the main block.
pub const FIRST_HANZI: u32 = 0x4E00;
/// Code points in the main block.
pub const HANZI_SPAN: usize = 0x9FFF - 0x4E00 + 1;

const MARKS: [char; 24] = [
    '，', '。', '、', '；', '：', '？', '！', '“', '”', '‘', '’', '（', '）', '《', '》', '—', '…', '·',
    '％', '【', '】', '〈', '〉', '／',
];

/// A symbol of a text and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The symbol.
    pub symbol: u16,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
}

impl Token {
    /// Is it a Chinese character?
    pub fn is_hanzi(&self) -> bool {
        self.symbol >= HANZI
    }
}

/// The mapping from characters to symbols, read in place.
#[derive(Clone, Copy)]
pub struct Symbols<'a> {
    table: &'a [u8],
}

impl<'a> Symbols<'a> {
    /// `table`: one little-endian u16 for each code point of the main block of Chinese characters.
    pub fn new(table: &'a [u8]) -> Self {
        assert_eq!(table.len(), HANZI_SPAN * 2);
        Symbols { table }
    }

    /// The symbol of a character.
    #[inline]
    pub fn of(&self, c: char) -> u16 {
        let code = c as u32;
        let i = code.wrapping_sub(FIRST_HANZI) as usize;
        if i < HANZI_SPAN {
            return u16::from_le_bytes([self.table[2 * i], self.table[2 * i + 1]]);
        }
        other_symbol(c)
    }

    /// Splits a text into symbols, without the spaces at both ends.
    pub fn tokens(&self, text: &str, out: &mut Vec<Token>) {
        out.clear();
        for (at, c) in text.char_indices() {
            let end = (at + c.len_utf8()) as u32;
            let symbol = self.of(c);
            if let Some(last) = out.last_mut() {
                if symbol == last.symbol
                    && matches!(symbol, DIGITS | LATIN | SPACE | OTHER)
                    && last.end as usize == at
                {
                    last.end = end;
                    continue;
                }
            } else if symbol == SPACE {
                continue;
            }
            out.push(Token { symbol, start: at as u32, end });
        }
        while out.last().is_some_and(|t| t.symbol == SPACE) {
            out.pop();
        }
        fold_decimals(out);
    }
}

/// Makes `3.5` and `1,000` one symbol.
fn fold_decimals(tokens: &mut Vec<Token>) {
    let mut kept = 0;
    let mut i = 0;
    while i < tokens.len() {
        let t = tokens[i];
        if kept > 0
            && i + 1 < tokens.len()
            && t.end - t.start == 1
            && (t.symbol == PUNCTUATION || t.symbol == PUNCTUATION + 1)
        {
            let (before, after) = (tokens[kept - 1], tokens[i + 1]);
            if before.symbol == DIGITS && after.symbol == DIGITS {
                tokens[kept - 1].end = after.end;
                i += 2;
                continue;
            }
        }
        tokens[kept] = t;
        kept += 1;
        i += 1;
    }
    tokens.truncate(kept);
}

#[cold]
fn cold_mark(c: char) -> u16 {
    MARKS.iter().position(|&m| m == c).map_or(OTHER, |i| PUNCTUATION + i as u16)
}

#[inline]
fn other_symbol(c: char) -> u16 {
    let mark = |i: u16| PUNCTUATION + i;
    match c {
        '0'..='9' | '０'..='９' => DIGITS,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => LATIN,
        ' ' | '\t' | '\u{3000}' | '\u{a0}' => SPACE,
        '，' | ',' => mark(0),
        '。' | '.' | '．' => mark(1),
        '、' => mark(2),
        '；' | ';' => mark(3),
        '：' | ':' => mark(4),
        '？' | '?' => mark(5),
        '！' | '!' => mark(6),
        '“' => mark(7),
        '”' | '"' => mark(8),
        '（' | '(' => mark(11),
        '）' | ')' => mark(12),
        '《' => mark(13),
        '》' => mark(14),
        '—' | '-' | '－' | '–' | '~' | '～' => mark(15),
        '…' => mark(16),
        '·' | '•' | '・' => mark(17),
        '％' | '%' | '‰' => mark(18),
        '\'' => mark(10),
        '/' => mark(23),
        '[' | '［' | '〔' | '﹝' => mark(19),
        ']' | '］' | '〕' | '﹞' => mark(20),
        '「' | '『' => mark(7),
        '」' | '』' => mark(8),
        _ => cold_mark(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_and_decimals_are_one_symbol() {
        let table = vec![0xFF; HANZI_SPAN * 2];
        let mut tokens = Vec::new();
        Symbols::new(&table).tokens("  3.5%增长，abc 1,000. ", &mut tokens);
        let symbols: Vec<u16> = tokens.iter().map(|t| t.symbol).collect();
        assert_eq!(
            symbols,
            [DIGITS, PUNCTUATION + 18, 0xFFFF, 0xFFFF, PUNCTUATION, LATIN, SPACE, DIGITS, PUNCTUATION + 1]
        );
        assert_eq!((tokens[0].start, tokens[0].end), (2, 5));
    }

    #[test]
    fn half_width_marks_are_as_full_width() {
        for (a, b) in [(',', '，'), (';', '；'), ('?', '？'), ('(', '（')] {
            assert_eq!(other_symbol(a), other_symbol(b));
        }
    }
}
