//! Plain text: every line that holds anything is a paragraph, and a line of code is none.

use crate::text::block::{Block, BlockBuilder, BlockKind};

use super::{code, url};

pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let ends = memchr::memchr2_iter(b'\n', b'\r', source.as_bytes()).map(|at| at + 1);
    for end in ends.chain([source.len()]) {
        let line = &source[start..end];
        let content = line.trim();
        if !content.is_empty() {
            let at = start + (line.len() - line.trim_start().len());
            if code::is_code(content) {
                let mut builder = BlockBuilder::default();
                builder.push_object(at..at + content.len());
                blocks.extend(builder.finish(BlockKind::Paragraph));
                start = end;
                continue;
            }
            let mut urls = url::find(content).peekable();
            if urls.peek().is_none() {
                blocks.push(Block::verbatim(BlockKind::Paragraph, at..at + content.len()));
            } else {
                let mut builder = BlockBuilder::default();
                url::push_text(&mut builder, content, at);
                blocks.extend(builder.finish(BlockKind::Paragraph));
            }
        }
        start = end;
    }
    blocks
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
