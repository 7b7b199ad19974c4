//! Lines that stand fixed (verses, sayings, formulations), and what differs from one of them in a slip or
//! two.
//!
//! A line with few slips has a piece that is whole. The build script indexes the pieces, and the index is
//! read in place: a text is passed over once, whatever the number of lines.

#[allow(dead_code, reason = "the build script uses the rest")]
mod pieces;

use std::ops::Range;

use self::pieces::{GRAM, MOST, hash, is_gap, slips};
use crate::chinese::is_hanzi;

include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// Characters of a unit that may differ at an end where no clause ends, at least.
const LEAST_OPEN: usize = 7;

/// A table of lines, with its index.
#[derive(Debug)]
pub(crate) struct Table {
    text: &'static str,
    units: &'static [[u8; 10]],
    /// The first gram of each bucket.
    heads: &'static [[u8; 2]],
    grams: &'static [[u8; 6]],
}

/// A part of a line that is recognised by itself: its bytes in the table, and the number of the line.
#[derive(Debug)]
struct Unit {
    start: usize,
    end: usize,
    form: u16,
}

impl Unit {
    fn read([a, b, c, d, e, f, g, h, low, high]: [u8; 10]) -> Self {
        let (start, end) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        Self { start: start as usize, end: end as usize, form: u16::from_le_bytes([low, high]) }
    }
}

/// What a piece of a unit is looked for by: characters of the unit.
#[derive(Debug)]
struct Gram {
    key: u16,
    unit: u16,
    start: u8,
    end: u8,
}

impl Gram {
    fn read([a, b, c, d, start, end]: [u8; 6]) -> Self {
        Self { key: u16::from_le_bytes([a, b]), unit: u16::from_le_bytes([c, d]), start, end }
    }
}

/// A unit that stands in a text, but for some slips.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The bytes of the text.
    pub(crate) range: Range<usize>,
    /// What should stand there, with the text's own punctuation where that can be.
    pub(crate) right: String,
    /// The cells of its row.
    pub(crate) row: Vec<&'static str>,
    /// Characters of the unit.
    pub(crate) length: usize,
    /// Characters that are wrong, missing or too many; two that changed places count as one.
    pub(crate) slips: usize,
    /// What stands in the text where the two differ, and what should.
    pub(crate) differs: (String, String),
    /// Does the part of the line before or behind it stand beside it?
    pub(crate) is_continued: bool,
    /// Does it differ at an end, where no clause ends? What stands there may be another word.
    pub(crate) is_open: bool,
    /// Is it all of the line?
    pub(crate) is_line: bool,
    /// Does punctuation, or nothing, stand on either side?
    pub(crate) is_clause: bool,
}

/// A place at which a unit stands: characters of the bare text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    unit: u16,
    range: Range<usize>,
    slips: usize,
    /// Where it differs.
    differs: Range<usize>,
    /// Does it differ at an end, where no clause ends?
    is_open: bool,
}

/// The characters of a text that are no gaps, and where they begin.
struct Bare {
    chars: Vec<char>,
    starts: Vec<u32>,
}

impl Bare {
    fn of(text: &str) -> Self {
        let mut bare =
            Self { chars: Vec::with_capacity(text.len() / 3), starts: Vec::with_capacity(text.len() / 3) };
        for (at, c) in text.char_indices().filter(|(_, c)| !is_gap(*c)) {
            bare.chars.push(c);
            bare.starts.push(at as u32);
        }
        bare
    }

    fn start(&self, at: usize) -> usize {
        self.starts[at] as usize
    }

    fn end(&self, last: usize) -> usize {
        self.start(last) + self.chars[last].len_utf8()
    }

    fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        self.start(range.start)..self.end(range.end - 1)
    }

    /// Does a clause end before this character?
    fn is_edge(&self, at: usize) -> bool {
        let is_hanzi_at = |at: usize| self.chars.get(at).is_some_and(|c| is_hanzi(*c));
        at == 0 || !is_hanzi_at(at) || !is_hanzi_at(at - 1) || self.end(at - 1) != self.start(at)
    }
}

/// How far the text on one side of a gram goes along with the unit: the slips, the characters of the text,
/// whether the last character of the unit is among them, and how many of either agree before the first slip.
#[derive(Debug, Clone, Copy)]
struct Reach {
    slips: usize,
    length: usize,
    is_whole: bool,
    agrees: usize,
    /// Of the unit and of the text: characters behind the last slip.
    rest: usize,
}

impl Table {
    /// The lines of which something in the text is wrong, in its order.
    pub(crate) fn slips(&self, text: &str) -> Vec<Slip> {
        let bare = Bare::of(text);
        let mut places = self.places(&bare);
        if places.iter().all(|place| place.slips == 0) {
            return Vec::new();
        }
        places.sort_by_key(|place| place.range.start);
        let is_explained = |place: &Place| {
            let is_variant =
                |right: &Place| meets(right, place) && self.row(right.unit) == self.row(place.unit);
            let mut right = near(&places, place).filter(|right| right.slips == 0);
            right.any(|right| explains(right, place) || is_variant(right))
        };
        let mut wrong: Vec<&Place> =
            places.iter().filter(|place| place.slips > 0 && !is_explained(place)).collect();
        wrong.sort_by_key(|place| (place.slips, std::cmp::Reverse(place.range.len()), place.range.start));
        let mut is_taken = vec![false; bare.chars.len()];
        let mut taken: Vec<&Place> = Vec::new();
        for place in wrong {
            if is_taken[place.range.clone()].contains(&true) {
                continue;
            }
            is_taken[place.range.clone()].fill(true);
            // The first way to write a line is the usual one: it is offered where it is as near.
            let usual = near(&places, place).find(|other| {
                other.range == place.range
                    && other.slips > 0
                    && self.is_first(other.unit)
                    && self.row(other.unit) == self.row(place.unit)
            });
            taken.push(usual.unwrap_or(place));
        }
        taken.sort_by_key(|place| place.range.start);
        taken.iter().filter_map(|place| self.slip(text, &bare, place, &places)).collect()
    }

    /// All lines, in every way to write them.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        let text: &'static str = self.text;
        let rows = text.lines().skip(1).map(|row| row.split('\t'));
        rows.flat_map(|row| row.take(2).flat_map(|cell| cell.split('|')).filter(|line| !line.is_empty()))
    }

    /// Where units stand, right or with slips.
    fn places(&self, bare: &Bare) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        for at in 0..bare.chars.len() {
            for size in 2..=GRAM {
                let Some(gram) = bare.chars.get(at..at + size) else { continue };
                let hash = hash(gram.iter().copied());
                let bucket = hash as usize & (self.heads.len() - 2);
                let head = |bucket: usize| usize::from(u16::from_le_bytes(self.heads[bucket]));
                for found in self.grams[head(bucket)..head(bucket + 1)].iter().map(|gram| Gram::read(*gram)) {
                    if u32::from(found.key) == hash >> 16 && usize::from(found.end - found.start) == size {
                        let Some(place) = self.place(bare, at, &found) else { continue };
                        let mut last = places.iter().rev().take_while(|last| last.range.end + MOST > at);
                        if !last.any(|last| *last == place) {
                            places.push(place);
                        }
                    }
                }
            }
        }
        places
    }

    fn unit(&self, number: u16) -> Unit {
        Unit::read(self.units[usize::from(number)])
    }

    /// Does a unit belong to the first line of its row?
    fn is_first(&self, unit: u16) -> bool {
        let before = &self.text[..self.unit(unit).start];
        before.rfind('\n') > before.rfind('\t')
    }

    /// The row of a unit.
    fn row(&self, unit: u16) -> &'static str {
        let start = self.unit(unit).start;
        let row = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let text: &'static str = self.text;
        text[row..].lines().next().unwrap_or_default()
    }

    fn chars(&self, unit: u16) -> impl Iterator<Item = char> + Clone + use<> {
        let Unit { start, end, .. } = self.unit(unit);
        let text: &'static str = self.text;
        text[start..end].chars().filter(|c| !is_gap(*c))
    }

    /// The unit of a gram about the place where the gram stands, with as few slips as can be.
    fn place(&self, bare: &Bare, at: usize, gram: &Gram) -> Option<Place> {
        let mut chars = ['\0'; MOST];
        let mut length = 0;
        for c in self.chars(gram.unit) {
            chars[length] = c;
            length += 1;
        }
        let (head, tail) = (usize::from(gram.start), usize::from(gram.end));
        let end = at + tail - head;
        if bare.chars[at..end] != chars[head..tail] {
            return None;
        }
        let budget = slips(length);
        let before =
            reaches(chars[..head].iter().rev().copied(), bare.chars[..at].iter().rev().copied(), budget);
        if before.is_empty() {
            return None;
        }
        let after = reaches(chars[tail..length].iter().copied(), bare.chars[end..].iter().copied(), budget);
        let mut best: Option<(usize, Place)> = None;
        for left in &before {
            for right in &after {
                let range = at - left.length..end + right.length;
                let slips = left.slips + right.slips;
                let edges = usize::from(!left.is_whole) + usize::from(!right.is_whole);
                let is_open = !left.is_whole && !bare.is_edge(range.start)
                    || !right.is_whole && !bare.is_edge(range.end);
                let may_be = slips <= budget && (!is_open || length >= LEAST_OPEN);
                let cost = 6 * slips + 2 * edges + usize::from(range.len() != length);
                if !may_be || best.as_ref().is_some_and(|(least, _)| *least <= cost) {
                    continue;
                }
                let differs = match (left.slips, right.slips) {
                    (0, 0) => end..end,
                    (0, _) => end + right.agrees..range.end - right.rest,
                    (_, 0) => range.start + left.rest..at - left.agrees,
                    _ => range.start + left.rest..range.end - right.rest,
                };
                best = Some((cost, Place { unit: gram.unit, range, slips, differs, is_open }));
            }
        }
        best.map(|(_, place)| place)
    }

    fn slip(&self, text: &str, bare: &Bare, place: &Place, places: &[Place]) -> Option<Slip> {
        let unit = self.unit(place.unit);
        let chars: Vec<char> = self.chars(place.unit).collect();
        let head = place.differs.start - place.range.start;
        let tail = place.range.end - place.differs.end;
        let wrong = place.differs.clone();
        let mut written: String = chars[head..chars.len() - tail].iter().collect();
        let range = bare.bytes(&place.range);
        let between = if head == 0 { range.start } else { bare.end(wrong.start - 1) }..if tail == 0 {
            range.end
        } else {
            bare.start(wrong.end)
        };
        let differs = (bare.chars[wrong].iter().collect(), written.clone());
        let line = &self.text[unit.start..unit.end];
        let gaps = |text: &str| text.chars().filter(|c| is_gap(*c)).count();
        let right = if gaps(&text[between.clone()]) > 0 {
            if gaps(&text[range.clone()]) > gaps(line) + 1 || gaps(line) == 0 {
                return None;
            }
            line.to_owned()
        } else {
            written.insert_str(0, &text[range.start..between.start]);
            written + &text[between.end..range.end]
        };
        let continues = |other: &Place| {
            let number = |unit: u16| self.unit(unit).form;
            number(other.unit) == unit.form
                && (other.unit + 1 == place.unit && other.range.end == place.range.start
                    || place.unit + 1 == other.unit && place.range.end == other.range.start)
        };
        let is_of_line = |number: Option<usize>| {
            let other = number.and_then(|number| self.units.get(number));
            other.is_some_and(|other| Unit::read(*other).form == unit.form)
        };
        let number = usize::from(place.unit);
        let is_line = !is_of_line(number.checked_sub(1)) && !is_of_line(Some(number + 1));
        Some(Slip {
            right,
            row: self.row(place.unit).split('\t').collect(),
            length: chars.len(),
            slips: place.slips,
            differs,
            is_continued: near(places, place).any(continues),
            is_open: place.is_open,
            is_line,
            is_clause: bare.is_edge(place.range.start) && bare.is_edge(place.range.end),
            range,
        })
    }
}

/// The places, of all by their beginning, that may meet one or stand beside it.
fn near<'p>(places: &'p [Place], place: &Place) -> impl Iterator<Item = &'p Place> + use<'p> {
    let end = place.range.end;
    let first = places.partition_point(|other| other.range.start + 2 * MOST < place.range.start);
    places[first..].iter().take_while(move |other| other.range.start <= end)
}

fn meets(a: &Place, b: &Place) -> bool {
    a.range.start < b.range.end && b.range.start < a.range.end
}

/// Is what differs part of another line that stands there as it should?
fn explains(right: &Place, wrong: &Place) -> bool {
    let meets = if wrong.differs.is_empty() {
        right.range.start < wrong.differs.start && wrong.differs.start < right.range.end
    } else {
        right.range.start < wrong.differs.end && wrong.differs.start < right.range.end
    };
    meets || right.range.start <= wrong.range.start && wrong.range.end <= right.range.end
}

/// How far a text goes along with a unit, the characters of both given from the gram outward.
fn reaches(
    unit: impl Iterator<Item = char> + Clone,
    text: impl Iterator<Item = char> + Clone,
    budget: usize,
) -> Vec<Reach> {
    let mut found = Vec::new();
    let start = Reach { slips: 0, length: 0, is_whole: true, agrees: 0, rest: 0 };
    reach(unit, text, budget, start, &mut found);
    found
}

fn reach(
    mut unit: impl Iterator<Item = char> + Clone,
    mut text: impl Iterator<Item = char> + Clone,
    budget: usize,
    so_far: Reach,
    found: &mut Vec<Reach>,
) {
    let mut here = so_far;
    let agree = |here: &mut Reach| {
        here.length += 1;
        here.rest += 1;
        here.is_whole = true;
        here.agrees += usize::from(here.slips == 0);
    };
    loop {
        let (unit_before, text_before) = (unit.clone(), text.clone());
        let Some(wanted) = unit.next() else {
            found.push(here);
            return;
        };
        let given = text.next();
        if given == Some(wanted) {
            agree(&mut here);
            continue;
        }
        if here.slips == budget {
            return;
        }
        let slip = |length: usize| Reach {
            slips: here.slips + 1,
            length: here.length + length,
            is_whole: false,
            rest: 0,
            ..here
        };
        // Missing; not the first or last of all, without which a line is only quoted in part.
        if unit.clone().next().is_some() {
            reach(unit.clone(), text_before, budget, slip(0), found);
        }
        if let Some(given) = given.filter(|c| is_hanzi(*c)) {
            reach(unit.clone(), text.clone(), budget, slip(1), found);
            reach(unit_before, text.clone(), budget, slip(1), found);
            let (mut unit, mut text) = (unit.clone(), text.clone());
            if unit.next() == Some(given) && text.next() == Some(wanted) {
                reach(unit, text, budget, Reach { is_whole: true, ..slip(2) }, found);
            }
        }
        return;
    }
}
