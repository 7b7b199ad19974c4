//! The length of a text as word processors count it. 字数 means this wherever it is shown.

use std::ops::{AddAssign, Range};

use super::block::OBJECT;
use super::document::Document;
use crate::chinese::characters::is_wide;

/// Two counts of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// 字数: each Chinese character and mark, and each run of others between spaces.
    pub words: usize,
    /// 字符数（不计空格）: every character that is no white space.
    pub characters: usize,
}

impl Count {
    /// Counts a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut in_word = false;
        for c in text.chars().filter(|c| *c != OBJECT) {
            if c.is_whitespace() {
                in_word = false;
                continue;
            }
            count.characters += 1;
            let wide = is_wide(c);
            count.words += usize::from(wide || !in_word);
            in_word = !wide;
        }
        count
    }

    /// Counts the prose of some blocks of a document. Markup and directives are no text.
    #[must_use]
    pub fn of_blocks(document: &Document, blocks: Range<usize>) -> Self {
        let mut count = Self::default();
        for block in document.blocks().get(blocks).unwrap_or_default() {
            for text in document.undirected(block) {
                count += Self::of(text);
            }
        }
        count
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.words += other.words;
        self.characters += other.characters;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format::Format;

    #[test]
    fn as_word_processors_count() {
        let count = |text| {
            let Count { words, characters } = Count::of(text);
            (words, characters)
        };
        assert_eq!(count("全年完成38.5%，比上年好。"), (11, 15));
        assert_eq!(count("GDP 增长 5.2%"), (4, 9));
        assert_eq!(count(" 　\n"), (0, 0));
        assert_eq!(count("“十四五”——"), (7, 7));
    }

    #[test]
    fn markup_and_directives_are_no_text() {
        let words = |source: &str, format| {
            let document = Document::new(source, format);
            Count::of_blocks(&document, 0..document.blocks().len()).words
        };
        assert_eq!(words("zhubi: type=函\n今天**开会**。 zhubi: ignore typo\n", Format::Plain), 7);
        let source =
            "<!-- zhubi: ignore-file typo -->\n\n今天**开会**。\nzhubi: ignore typo\n见[甲](a.md)。\n";
        assert_eq!(words(source, Format::Markdown), 8);
    }
}
