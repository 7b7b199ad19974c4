//! The date of a draft: the one below its text, or the year of its title.

use std::ops::Range;

use crate::chinese::date;
use crate::rule::DocumentView;
use crate::rule::facts::Extract;
use crate::text::block::BlockKind;

/// When a draft was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnDate {
    pub(crate) year: u32,
    /// Month and day, where they are written.
    pub(crate) day: Option<(u32, u32)>,
}

static DATES: Extract<OwnDate> = Extract::new(alone);

/// The date of a part of the document.
pub(crate) fn own_date(view: &DocumentView<'_>, part: &Range<usize>) -> Option<OwnDate> {
    let title = view.title(part.clone());
    let below = title.as_ref().map_or(part.start, |title| title.block + 1);
    let signed = view.extract(&DATES).within(below..part.end).last().map(|(_, date)| *date);
    signed.or_else(|| {
        let block = &view.document.blocks()[title?.block];
        let text = view.document.text(block);
        let at = text.find('年')?;
        let year = text[..at].get(at.checked_sub(4)?..)?.parse().ok()?;
        (1900..2100).contains(&year).then_some(OwnDate { year, day: None })
    })
}

/// The date of a line that is a date and nothing else.
fn alone(text: &str, _: BlockKind) -> Vec<OwnDate> {
    let line = text.trim();
    let is_alone = |date: &date::Date| date.day.is_some() && line.len() <= date.range.len() + 6;
    let own = |date: date::Date| Some(OwnDate { year: date.year?, day: Some((date.month, date.day?)) });
    date::find(line).into_iter().filter(is_alone).filter_map(own).collect()
}
