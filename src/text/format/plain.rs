//! Plain text: every line that holds anything is a paragraph, and a line of code is none.

use std::ops::Range;

use crate::text::block::{Block, BlockBuilder, BlockKind};

use super::{InputFormat, code, url};

pub(super) struct Plain;

impl InputFormat for Plain {
    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn language_ids(&self) -> &'static [&'static str] {
        &["plaintext", "text", "plain", ""]
    }

    fn blocks(&self, text: &str) -> Vec<Block> {
        let ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes()).map(|at| at + 1);
        let mut start = 0;
        let lines = ends.chain([text.len()]).map(|end| std::mem::replace(&mut start, end)..end);
        lines.filter_map(|line| block(text, line)).collect()
    }
}

/// The paragraph that a line is.
pub(super) fn block(text: &str, line: Range<usize>) -> Option<Block> {
    let at = line.end - text[line.clone()].trim_start().len();
    let content = text[line].trim();
    if content.is_empty() {
        return None;
    }
    let mut builder = BlockBuilder::default();
    if code::is_code(content) {
        builder.push_object(at..at + content.len());
    } else if url::find(content).next().is_some() {
        url::push_text(&mut builder, content, at);
    } else {
        return Some(Block::verbatim(BlockKind::Paragraph, at..at + content.len()));
    }
    builder.finish(BlockKind::Paragraph)
}

#[cfg(test)]
mod tests {
    use crate::text::document::Document;
    use crate::text::format::Format;

    #[test]
    fn lines_are_paragraphs_without_their_indent() {
        let document = Document::new("　　一、学习\r\n\r\n见 https://a.cn/x?y=1。\n\0", Format::Plain);
        let texts: Vec<_> = document.blocks().iter().map(|b| document.text(b)).collect();
        assert_eq!(texts, ["一、学习", "见 \u{FFFC}。", "\0"]);
        let link = &document.blocks()[1];
        let source = link.to_source("见 ".len().."见 \u{FFFC}".len());
        assert_eq!(&document.source()[source], "https://a.cn/x?y=1");
    }

    #[test]
    fn lines_of_code_are_not_read() {
        let source = "返回结果如下：\n    {\"msg\": \"操作成功,请返回\"}\n文件为“总结(1).docx”。\n";
        let document = Document::new(source, Format::Plain);
        let texts: Vec<_> = document.blocks().iter().map(|b| document.text(b)).collect();
        assert_eq!(texts, ["返回结果如下：", "\u{FFFC}", "文件为“\u{FFFC}”。"]);
    }
}
