//! What is shown of a line with its findings. A paragraph is a line, and may be long: what stands about a place is
//! cut out of it. Places near each other share one excerpt, as long as it stays readable.

use std::ops::Range;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::screen::Screen;
use crate::text::position::LineIndex;

/// A place longer than this, or than the places of an excerpt together, is marked to here.
const MAX_MARKED: usize = 60;
/// More places than this in one excerpt, with their labels below each other, are hard to tell apart.
const MAX_PLACES: usize = 4;
/// What stands about a place that fills the excerpt alone.
const MIN_CONTEXT: usize = 16;
/// A line number and the border beside an excerpt.
const BORDER: usize = 10;

/// How much is shown, in columns; a Chinese character takes two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Before the first place and after the last.
    context: usize,
    /// From the first place to the last.
    places: usize,
}

impl Layout {
    /// As much as a terminal has room for; elsewhere always the same.
    pub(super) fn new(screen: Screen) -> Self {
        match screen.columns {
            None => Self { context: 44, places: 88 },
            Some(columns) => {
                let room = columns.saturating_sub(BORDER);
                let context = (room * 2 / 5).max(MIN_CONTEXT);
                Self { context, places: room.saturating_sub(2 * MIN_CONTEXT).max(MIN_CONTEXT) }
            }
        }
    }

    /// The columns that an excerpt may take.
    fn most(self) -> usize {
        self.places + 2 * MIN_CONTEXT
    }

    /// Parts places, which are in order, into those that share an excerpt.
    pub(super) fn share<T>(
        self,
        source: &str,
        lines: &LineIndex,
        all: Vec<T>,
        range: impl Fn(&T) -> &Range<usize>,
    ) -> Vec<Vec<T>> {
        let mut shared: Vec<Vec<T>> = Vec::new();
        for one in all {
            let joins = |group: &Vec<T>| {
                let (Some(first), Some(last)) = (group.first(), group.last()) else { return false };
                let (first, last, next) = (range(first), range(last), range(&one));
                group.len() < MAX_PLACES
                    && lines.line(first.start) == lines.line(next.start)
                    && first.start < last.end
                    && last.end <= next.start
                    && last.end < next.end
                    && next.end <= lines.line_range(source, lines.line(first.start)).end
                    && source[first.start..next.end].width() <= self.places
            };
            match shared.last_mut().filter(|group| joins(group)) {
                Some(group) => group.push(one),
                None => shared.push(vec![one]),
            }
        }
        shared
    }

    /// The excerpt of a line that some places in it share.
    pub(super) fn excerpt(self, source: &str, lines: &LineIndex, places: &[&Range<usize>]) -> Excerpt {
        let (Some(first), Some(last)) = (places.first(), places.last()) else { return Excerpt::default() };
        let line = lines.line_range(source, lines.line(first.start));
        let end_of = |range: &Range<usize>| {
            let start = range.start.min(line.end);
            after(source, start, range.end.min(line.end), self.places.min(MAX_MARKED))
        };
        let (start, end) = (first.start.min(line.end), end_of(last));
        let room = self.most().saturating_sub(source[start..end].width()) / 2;
        let context = self.context.min(room.max(MIN_CONTEXT));
        let from = before(source, line.start, start, context);
        let to = after(source, end, line.end, context);
        let lead = if from > line.start { "…" } else { "" };
        let tail = if to < line.end { "…" } else { "" };
        let shift = |at: usize| at - from + lead.len();
        let marked = places.iter().map(|range| shift(range.start.min(line.end))..shift(end_of(range)));
        Excerpt { marked: marked.collect(), text: format!("{lead}{}{tail}", &source[from..to]) }
    }
}

/// A part of a line.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    pub(super) text: String,
    /// The bytes of `text` to mark, for each place.
    pub(super) marked: Vec<Range<usize>>,
}

/// The offset so many columns before `at`, but not before `least`.
fn before(source: &str, least: usize, at: usize, columns: usize) -> usize {
    let mut left = columns;
    let fits = |(_, c): &(usize, char)| take(&mut left, *c);
    let last = source[least..at].char_indices().rev().take_while(fits).last();
    last.map_or(at, |(offset, _)| least + offset)
}

/// The offset so many columns after `at`, but not after `most`.
fn after(source: &str, at: usize, most: usize, columns: usize) -> usize {
    let mut left = columns;
    let fits = |(_, c): &(usize, char)| take(&mut left, *c);
    let last = source[at..most].char_indices().take_while(fits).last();
    last.map_or(at, |(offset, c)| at + offset + c.len_utf8())
}

/// Takes the columns of a character from those that are left, if there are enough.
fn take(left: &mut usize, c: char) -> bool {
    left.checked_sub(c.width().unwrap_or(0)).map(|rest| *left = rest).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpts(source: &str, words: &[&str], columns: Option<usize>) -> Vec<(String, usize)> {
        let lines = LineIndex::new(source);
        let layout = Layout::new(Screen { columns, has_links: false });
        let mut at = 0;
        let places: Vec<Range<usize>> = words
            .iter()
            .map(|word| {
                let start = at + source[at..].find(word).unwrap();
                at = start + word.len();
                start..at
            })
            .collect();
        let shared = layout.share(source, &lines, places, |range| range);
        let shown = |group: &Vec<Range<usize>>| {
            let group: Vec<&Range<usize>> = group.iter().collect();
            let excerpt = layout.excerpt(source, &lines, &group);
            for (marked, place) in excerpt.marked.iter().zip(&group) {
                assert_eq!(excerpt.text[marked.clone()], source[(*place).clone()]);
            }
            (excerpt.text, group.len())
        };
        shared.iter().map(shown).collect()
    }

    #[test]
    fn a_terminal_shows_as_much_as_it_has_room_for() {
        let source = format!("{}政冶{}", "甲".repeat(200), "a".repeat(400));
        for columns in [20, 60, 80, 120, 200] {
            let [(text, 1)] = &excerpts(&source, &["政冶"], Some(columns))[..] else { panic!() };
            let most = columns.max(20 + BORDER + 2 * MIN_CONTEXT);
            assert!(text.width() <= most && text.width() > columns / 2, "{columns}: {}", text.width());
        }
        let [(text, 1)] = &excerpts(&source, &["政冶"], None)[..] else { panic!() };
        assert_eq!(*text, format!("…{}政冶{}…", "甲".repeat(22), "a".repeat(44)));
    }

    #[test]
    fn places_near_each_other_share_an_excerpt() {
        let near = "认真学习政冶理论，安排布署工作。";
        assert_eq!(excerpts(near, &["政冶", "布署"], None), [(near.to_owned(), 2)]);
        let far = format!("政冶{}布署", "甲".repeat(60));
        assert_eq!(excerpts(&far, &["政冶", "布署"], None).len(), 2);
        assert_eq!(excerpts(&far, &["政冶", "布署"], Some(200)).len(), 1);
        assert_eq!(excerpts("政冶\n布署", &["政冶", "布署"], None).len(), 2);
        let many = "政冶甲".repeat(10);
        let shown = excerpts(&many, &["政冶"; 10], None);
        assert_eq!(shown.iter().map(|(_, places)| *places).collect::<Vec<_>>(), [4, 4, 2]);
    }
}
