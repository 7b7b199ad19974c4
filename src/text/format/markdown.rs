//! Markdown: headings, paragraphs, list items and table cells are prose; code, HTML, front matter, formulas,
//! images, link targets and the markers of admonitions (`!!! note "标题"`, `:::tip`, `> [!NOTE]`) are not.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use regex::Regex;

use crate::text::block::{Block, BlockBuilder, BlockKind};
use crate::text::numbering;

use super::{InputFormat, Markup, url};

/// Extensions of CommonMark that are read.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
    .union(Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS);

pub(super) struct Markdown;

impl InputFormat for Markdown {
    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn language_ids(&self) -> &'static [&'static str] {
        &["markdown"]
    }

    fn blocks(&self, text: &str) -> Vec<Block> {
        let mut reader = Reader::default();
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            reader.read(text, event, range);
        }
        reader.end_block();
        reader.blocks
    }

    fn markup(&self, text: &str) -> Markup {
        let (mut html, mut code): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
        for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
            match event {
                Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => html.push(range),
                Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_))
                | Event::Code(_)
                | Event::InlineMath(_)
                | Event::DisplayMath(_) => code.push(range),
                _ => {}
            }
        }
        Markup::Html { html, code }
    }
}

/// The marker of an admonition or a tab in MkDocs, Docusaurus, VuePress, up to the title.
static ADMONITION: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"^(?:(?:!!!|\?\?\?\+?)[ \t]+[A-Za-z][\w-]*(?:[ \t]+inline(?:[ \t]+end)?)?|===[!+]?|:{3,}[ \t]*\{?[A-Za-z-]*\}?)(?:[ \t]+|"|$)"?"#;
    Regex::new(pattern).expect("the pattern is a constant")
});

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    builder: BlockBuilder,
    kind: Option<BlockKind>,
    /// Depth of lists, and of things whose text is no prose (code blocks, images, front matter).
    lists: usize,
    silent: usize,
    /// Does the line that is being read open or close an admonition?
    admonition: bool,
}

impl Reader {
    fn read(&mut self, source: &str, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if self.silent == 0 => {
                if source.get(range.clone()) == Some(&*text) {
                    self.text(&text, range.start);
                } else {
                    self.builder.push(&text, range);
                }
            }
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) if self.silent == 0 => {
                self.builder.push_object(range);
            }
            Event::SoftBreak | Event::HardBreak if self.silent == 0 => self.line_break(source, range),
            _ => {}
        }
    }

    /// Adds text that the source writes the same at `at`.
    fn text(&mut self, text: &str, at: usize) {
        let begins_line = self.builder.is_empty() || self.builder.text().ends_with('\n');
        let mark = if begins_line { ADMONITION.find(text) } else { None };
        let Some(mark) = mark else { return url::push_text(&mut self.builder, text, at) };
        // Its title is a paragraph of its own, without its quotes, for they are syntax.
        self.end_block();
        self.admonition = true;
        let title = &text[mark.end()..];
        let title = if mark.as_str().ends_with('"') { title.trim_end().trim_end_matches('"') } else { title };
        url::push_text(&mut self.builder, title, at + mark.end());
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(*level as u8)),
            Tag::Paragraph => {
                self.begin(if self.lists > 0 { BlockKind::ListItem } else { BlockKind::Paragraph });
            }
            Tag::Item => self.begin(BlockKind::ListItem),
            Tag::TableCell => self.begin(BlockKind::TableCell),
            Tag::List(_) => {
                self.end_block();
                self.lists += 1;
            }
            Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::HtmlBlock | Tag::Image { .. } => {
                self.silent += 1
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::List(_) => {
                self.end_block();
                self.lists -= 1;
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell => self.end_block(),
            TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock => self.silent -= 1,
            TagEnd::Image => {
                self.silent -= 1;
                if self.silent == 0 {
                    self.builder.push_object(range);
                }
            }
            _ => {}
        }
    }

    fn begin(&mut self, kind: BlockKind) {
        self.end_block();
        self.kind = Some(kind);
    }

    fn end_block(&mut self) {
        self.admonition = false;
        let builder = std::mem::take(&mut self.builder);
        let kind = self.kind.unwrap_or(BlockKind::Paragraph);
        self.blocks.extend(builder.finish(kind));
    }

    /// A line break inside a paragraph only wraps it, unless the next line is numbered: reports are typed
    /// with a line for each heading and no empty lines between.
    fn line_break(&mut self, source: &str, range: Range<usize>) {
        let next = source[range.end..].trim_start_matches([' ', '\t', '\u{3000}']);
        let numbered = self.kind == Some(BlockKind::Paragraph) && numbering::parse(next).is_some();
        let closes = ADMONITION.is_match(next.lines().next().unwrap_or_default());
        if numbered || closes || self.admonition {
            self.end_block();
        } else {
            self.builder.push("\n", range);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::block::BlockKind;
    use crate::text::document::Document;
    use crate::text::format::Format;

    fn prose(source: &str) -> Vec<(BlockKind, String)> {
        let document = Document::new(source, Format::Markdown);
        document.blocks().iter().map(|b| (b.kind, document.text(b).to_owned())).collect()
    }

    #[test]
    fn only_prose_is_prose() {
        let source = "---\ntitle: 政冶\n---\n# 总结\n\n看`政冶`和[链接](http://政冶.cn)&amp;<b>粗</b>![图](a.png)。\n\n```\n政冶\n```\n\n<div>政冶</div>\n";
        assert_eq!(
            prose(source),
            [
                (BlockKind::Heading(1), "总结".into()),
                (BlockKind::Paragraph, "看\u{FFFC}和链接&粗\u{FFFC}。".into())
            ]
        );
    }

    #[test]
    fn lists_and_tables() {
        let source = "1. 甲\n2. 乙\n   - 丙\n\n| 项目 | 数 |\n|---|---|\n| 丁 | 2 |\n";
        let kinds: Vec<_> = prose(source);
        assert_eq!(
            kinds.iter().map(|(_, t)| t.as_str()).collect::<Vec<_>>(),
            ["甲", "乙", "丙", "项目", "数", "丁", "2"]
        );
        assert_eq!(kinds[2].0, BlockKind::ListItem);
        assert_eq!(kinds[5].0, BlockKind::TableCell);
    }

    #[test]
    fn numbered_lines_of_a_paragraph_stand_alone() {
        let texts: Vec<_> =
            prose("一、学习\n认真学习\n理论。\n（二）工作\n").into_iter().map(|(_, t)| t).collect();
        assert_eq!(texts, ["一、学习\n认真学习\n理论。", "（二）工作"]);
    }

    #[test]
    fn admonitions_are_their_titles_and_texts() {
        let texts = |source: &str| prose(source).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
        assert_eq!(
            texts(
                "!!! note \"部署之前\"\n    请先确认。\n\n???+ warning \"端口\"\n    请修改。\n\n!!! tip\n    提示。\n"
            ),
            ["部署之前", "请先确认。", "端口", "请修改。", "提示。"]
        );
        assert_eq!(
            texts(":::tip 小提示\n请备份。\n:::\n\n::: warning\n注意。\n:::\n"),
            ["小提示", "请备份。", "注意。"]
        );
        assert_eq!(texts("> [!NOTE]\n> 请备份。\n\n=== \"甲系统\"\n"), ["请备份。", "甲系统"]);
        assert_eq!(texts("真的吗???\n\n!!! 太好了\n"), ["真的吗???", "!!! 太好了"]);
    }

    #[test]
    fn underscores_of_a_placeholder_stay() {
        assert_eq!(prose("20__年参加__培训班。\n")[0].1, "20__年参加__培训班。");
    }
}
