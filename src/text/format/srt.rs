//! Subtitles (SubRip): what is spoken is prose; the numbers and times above it are not.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::text::block::{Block, BlockKind};

use super::{InputFormat, plain};

pub(super) struct Srt;

/// The number of a subtitle, or its time.
static CUE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\d+$|^\d+:\d\d:\d\d,\d{3} --> ").expect("the pattern is a constant"));

impl InputFormat for Srt {
    fn extensions(&self) -> &'static [&'static str] {
        &["srt"]
    }

    fn blocks(&self, text: &str) -> Vec<Block> {
        let mut blocks = plain::Plain.blocks(text);
        blocks.retain(|block| block.kind != BlockKind::Paragraph || !CUE.is_match(block.text(text)));
        blocks
    }
}

#[cfg(test)]
mod tests {
    use crate::text::document::Document;
    use crate::text::format::Format;

    #[test]
    fn what_is_spoken_is_read() {
        let source = "1\r\n00:00:01,000 --> 00:00:04,200\r\n认真学习政冶理论\r\n\r\n2\r\n";
        let document = Document::new(source, Format::Srt);
        let texts: Vec<_> = document.blocks().iter().map(|block| document.text(block)).collect();
        assert_eq!(texts, ["认真学习政冶理论"]);
    }
}
