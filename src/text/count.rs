//! The length of a text as word processors count it.

use crate::chinese::characters::is_wide;

use std::ops::AddAssign;

use super::block::OBJECT;
use super::document::Document;

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

    /// Counts the prose of some blocks of a document.
    #[must_use]
    pub fn of_blocks(document: &Document, blocks: std::ops::Range<usize>) -> Self {
        let mut count = Self::default();
        for block in document.blocks().get(blocks).unwrap_or_default() {
            count += Self::of(document.text(block));
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
}
