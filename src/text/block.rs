//! Blocks of prose, and where each character of prose stands in the source.

use std::ops::Range;

/// What a block is in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A heading by the syntax of the format (Markdown `#`), with its level from 1.
    Heading(u8),
    /// A paragraph, and every line of plain text.
    Paragraph,
    /// A paragraph of a Markdown list.
    ListItem,
    /// A cell of a Markdown table.
    TableCell,
}

/// OBJECT REPLACEMENT CHARACTER: stands in prose for what is no prose, such as code, a URL, an image, a
/// formula.
pub const OBJECT: char = '\u{FFFC}';

/// A run of prose: a line of plain text, or a paragraph, heading, item or cell of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the source, markup included.
    pub range: Range<usize>,
    prose: Prose,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Prose {
    /// The prose is the source, byte by byte.
    Verbatim,
    /// The prose leaves markup out; the spans say where its pieces stand.
    Mapped { text: Box<str>, spans: Box<[Span]> },
}

/// A piece of prose and its place: `prose` and `source` have the same length, unless the source writes the
/// piece in another way (an object, an entity); such a piece is only mapped as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    prose: Range<usize>,
    source: Range<usize>,
}

impl Block {
    /// A block whose prose is the source itself.
    #[must_use]
    pub fn verbatim(kind: BlockKind, range: Range<usize>) -> Self {
        Self { kind, range, prose: Prose::Verbatim }
    }

    /// The same as another kind of block.
    #[must_use]
    pub fn with_kind(self, kind: BlockKind) -> Self {
        Self { kind, ..self }
    }

    /// Its prose, given the document's source.
    #[must_use]
    pub fn text<'a>(&'a self, source: &'a str) -> &'a str {
        match &self.prose {
            Prose::Verbatim => &source[self.range.clone()],
            Prose::Mapped { text, .. } => text,
        }
    }

    /// The bytes of the source from the first to the last character of a range of the prose, with any markup
    /// between. An empty range maps to an empty one.
    #[must_use]
    pub fn to_source(&self, range: Range<usize>) -> Range<usize> {
        match &self.prose {
            Prose::Verbatim => self.range.start + range.start..self.range.start + range.end,
            Prose::Mapped { text, spans } => {
                if range.is_empty() {
                    let at = self.start_in_source(spans, range.start, text.len());
                    return at..at;
                }
                let start = self.start_in_source(spans, range.start, text.len());
                let last = &spans[spans.partition_point(|span| span.prose.start < range.end) - 1];
                let end = if last.is_verbatim() {
                    last.source.start + (range.end - last.prose.start)
                } else {
                    last.source.end
                };
                start..end.max(start)
            }
        }
    }

    /// The bytes of the prose that a range of the source holds; empty where it holds none.
    pub(super) fn to_prose(&self, range: &Range<usize>) -> Range<usize> {
        let at = |offset: usize| match &self.prose {
            Prose::Verbatim => offset.clamp(self.range.start, self.range.end) - self.range.start,
            Prose::Mapped { text, spans } => {
                let next = spans.get(spans.partition_point(|span| span.source.end <= offset));
                next.map_or(text.len(), |span| match offset.checked_sub(span.source.start) {
                    Some(within) if span.is_verbatim() => span.prose.start + within,
                    _ => span.prose.start,
                })
            }
        };
        at(range.start)..at(range.end)
    }

    /// Does a range of the prose stand in the source unbroken, so that replacing the one replaces the other?
    #[must_use]
    pub fn is_unbroken(&self, range: &Range<usize>) -> bool {
        match &self.prose {
            Prose::Verbatim => true,
            Prose::Mapped { spans, .. } => {
                let first = spans.partition_point(|span| span.prose.end <= range.start);
                let mut end = None;
                for span in spans[first.min(spans.len())..].iter() {
                    if span.prose.start >= range.end {
                        break;
                    }
                    if !span.is_verbatim() || end.is_some_and(|end| end != span.source.start) {
                        return false;
                    }
                    end = Some(span.source.end);
                }
                true
            }
        }
    }

    /// The places in the prose where markup was left out, in order.
    pub(crate) fn seams(&self) -> impl Iterator<Item = usize> + '_ {
        let spans = match &self.prose {
            Prose::Verbatim => &[][..],
            Prose::Mapped { spans, .. } => spans,
        };
        spans
            .windows(2)
            .filter(|pair| pair[0].source.end != pair[1].source.start)
            .map(|pair| pair[1].prose.start)
    }

    fn start_in_source(&self, spans: &[Span], at: usize, prose_len: usize) -> usize {
        let index = spans.partition_point(|span| span.prose.end <= at);
        match spans.get(index) {
            Some(span) if span.is_verbatim() => span.source.start + (at - span.prose.start),
            Some(span) => span.source.start,
            None if at >= prose_len => spans.last().map_or(self.range.end, |span| span.source.end),
            None => self.range.end,
        }
    }
}

impl Span {
    fn is_verbatim(&self) -> bool {
        self.prose.len() == self.source.len()
    }
}

/// Builds a block piece by piece, in the order of the source.
#[derive(Debug, Default)]
pub struct BlockBuilder {
    text: String,
    spans: Vec<Span>,
}

impl BlockBuilder {
    /// Adds prose that the source writes at `source`, possibly in another way (an entity).
    pub fn push(&mut self, text: &str, source: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let prose = self.text.len()..self.text.len() + text.len();
        self.text.push_str(text);
        match self.spans.last_mut() {
            Some(last)
                if last.is_verbatim() && prose.len() == source.len() && last.source.end == source.start =>
            {
                last.prose.end = prose.end;
                last.source.end = source.end;
            }
            _ => self.spans.push(Span { prose, source }),
        }
    }

    /// Adds [`OBJECT`] for something at `source` that is no prose.
    pub fn push_object(&mut self, source: Range<usize>) {
        self.push(OBJECT.encode_utf8(&mut [0; 4]), source);
    }

    /// Has nothing been added?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The prose so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The block of all that was added; its range is that of its prose.
    #[must_use]
    pub fn finish(self, kind: BlockKind) -> Option<Block> {
        let range = self.spans.first()?.source.start..self.spans.last()?.source.end;
        let prose = match &self.spans[..] {
            [only] if only.is_verbatim() && !self.text.contains(OBJECT) => Prose::Verbatim,
            _ => Prose::Mapped { text: self.text.into(), spans: self.spans.into() },
        };
        Some(Block { kind, range, prose })
    }
}
