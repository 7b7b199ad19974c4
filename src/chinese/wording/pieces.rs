//! How a line that stands fixed is taken apart, so that it is found although something in it is wrong. The
//! build script makes the index of these pieces.

use std::ops::Range;

/// Characters of a unit, at least and at most.
pub const LEAST: usize = 5;
pub const MOST: usize = 40;

/// What may stand between the characters of a line, one way or another.
#[must_use]
pub fn is_gap(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | ','
            | ';'
            | ':'
            | '?'
            | '!'
            | ' '
            | '　'
            | '“'
            | '”'
            | '‘'
            | '’'
            | '"'
    )
}

/// The bytes of the parts of a line that are recognised by themselves: its clauses, with those that are too
/// short joined to the next.
#[must_use]
pub fn units(line: &str) -> Vec<Range<usize>> {
    let mut units: Vec<(Range<usize>, usize)> = Vec::new();
    let mut is_open = false;
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        match units.last_mut() {
            _ if is_gap(c) => is_open &= units.last().is_some_and(|(_, length)| *length < LEAST),
            Some((unit, length)) if is_open => {
                unit.end = end;
                *length += 1;
            }
            _ => {
                units.push((at..end, 1));
                is_open = true;
            }
        }
    }
    if let [.., (before, _), (last, length)] = &mut units[..]
        && *length < LEAST
    {
        before.end = last.end;
        units.pop();
    }
    units.into_iter().map(|(unit, _)| unit).collect()
}

/// How many slips a unit of so many characters is recognised with.
#[must_use]
pub const fn slips(length: usize) -> usize {
    if length < 8 { 1 } else { 2 }
}

/// The pieces of `length` characters, one of which so many slips leave whole.
pub fn pieces(length: usize) -> impl Iterator<Item = Range<usize>> {
    let count = slips(length) + 1;
    (0..count).map(move |piece| piece * length / count..(piece + 1) * length / count)
}

/// Characters of a piece by which it is looked for, at most.
pub const GRAM: usize = 3;

/// FNV-1a, over characters.
#[must_use]
pub fn hash(chars: impl IntoIterator<Item = char>) -> u32 {
    let mixed =
        chars.into_iter().fold(0x811C_9DC5_u32, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193));
    mixed ^ mixed >> 15
}
