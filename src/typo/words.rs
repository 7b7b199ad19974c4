//! Word boundaries: does a string stand on them, or does it cut through words? 题高 is a slip for 提高 in
//! 我们题高质量, and an accident in 开放题高频词.

use std::ops::Range;

use super::detector;
use super::segment::{self, WINDOW};

/// How a string lies among the words of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It cuts through a word.
    Across,
    /// The likeliest words cut it, but so narrowly that it may be a word after all.
    Doubtful,
    /// It begins and ends at word boundaries.
    Whole,
}

/// Characters read on either side; the edges of a window have no influence further in.
const AROUND: usize = 6;
/// The cost of taking a string for a slip, in nats: one word in some two thousand is.
const PRICE_OF_A_SLIP: f32 = 7.5;
/// How far the likeliest words with boundaries at the string's ends may lie below the likeliest of all, in
/// nats.
const NARROWLY: f32 = 3.0;

/// The symbols about a place, segmented.
struct Window {
    before: Vec<u16>,
    hit: Vec<u16>,
    after: Vec<u16>,
    cuts: [u8; WINDOW + 1],
    count: usize,
}

fn symbols(text: impl Iterator<Item = char>) -> Vec<u16> {
    let symbols = detector().symbols();
    text.map(|c| symbols.of(c)).collect()
}

/// ln of a word's frequency. A few strings pass for words that are none (see [`super::model::fuse`]): they
/// hold characters that the corpus never has side by side.
fn frequency(word: &[u16]) -> Option<f32> {
    let found = detector().lexicon().frequency(word)?;
    let known = |pair: &[u16]| detector().knows_pair(pair[0], pair[1]);
    word.windows(2).all(known).then_some(found)
}

impl Window {
    /// None where the range is too long.
    fn new(text: &str, range: &Range<usize>) -> Option<Self> {
        let hit = symbols(text[range.clone()].chars());
        let reach = AROUND.min(WINDOW.checked_sub(hit.len())? / 2);
        let mut before = symbols(text[..range.start].chars().rev().take(reach));
        before.reverse();
        let after = symbols(text[range.end..].chars().take(reach));
        let mut cuts = [0; WINDOW + 1];
        let count = segment::words(frequency, &[&before[..], &hit, &after].concat(), &mut cuts);
        Some(Self { before, hit, after, cuts, count })
    }

    fn is_cut(&self, at: usize) -> bool {
        self.cuts[..=self.count].contains(&(at as u8))
    }

    fn is_whole(&self) -> bool {
        self.is_cut(self.before.len()) && self.is_cut(self.before.len() + self.hit.len())
    }
}

/// Is it a word of the lexicon?
#[must_use]
pub fn is_word(text: &str) -> bool {
    detector().is_word(text)
}

/// Do two characters make a word?
#[must_use]
pub fn is_pair(first: char, second: char) -> bool {
    is_word(&format!("{first}{second}"))
}

/// Is this byte of a text a word boundary?
#[must_use]
pub fn is_boundary(text: &str, at: usize) -> bool {
    Window::new(text, &(at..at)).is_none_or(|window| window.is_cut(window.before.len()))
}

/// The whole words of a text that a range of it touches, in bytes.
#[must_use]
pub fn around(text: &str, range: &Range<usize>) -> Range<usize> {
    let before = text[..range.start].char_indices().rev().map(|(at, _)| at);
    let after = text[range.end..].char_indices().map(|(at, c)| range.end + at + c.len_utf8());
    let is_edge = |at: &usize| is_boundary(text, *at);
    let start = std::iter::once(range.start).chain(before.take(AROUND)).find(is_edge);
    let end = std::iter::once(range.end).chain(after.take(AROUND)).find(is_edge);
    start.unwrap_or(range.start)..end.unwrap_or(range.end)
}

/// Does a range of a text, in bytes, begin and end at word boundaries?
#[must_use]
pub fn is_whole(text: &str, range: &Range<usize>) -> bool {
    Window::new(text, range).is_none_or(|window| window.is_whole())
}

/// How `range` of `text`, in bytes, lies among the words about it, if `right` may have been meant. Decided by
/// the word frequencies of what is written and of what was meant.
#[must_use]
pub fn fit(text: &str, range: &Range<usize>, right: &str) -> Fit {
    // So long a string does not occur by accident.
    let Some(window) = Window::new(text, range) else { return Fit::Whole };
    let Window { before, hit, after, .. } = &window;
    if window.is_whole() {
        return Fit::Whole;
    }
    let logp = |symbols: &[u16]| segment::logp(frequency, symbols);
    let sides = logp(before) + logp(after);
    let written = logp(&[&before[..], hit, after].concat());
    let meant = sides + logp(&symbols(right.chars())) - PRICE_OF_A_SLIP;
    let cut = sides + logp(hit) + NARROWLY;
    if meant.max(cut) > written { Fit::Doubtful } else { Fit::Across }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(text: &str, hit: &str, right: &str) -> Fit {
        let at = text.find(hit).expect("it stands there");
        fit(text, &(at..at + hit.len()), right)
    }

    #[test]
    fn a_slip_stands_between_words_and_an_accident_across_them() {
        assert_eq!(fits("我们要认真学习政冶理论", "政冶", "政治"), Fit::Whole);
        assert_eq!(fits("会上布署了工作", "布署", "部署"), Fit::Whole);
        assert_eq!(fits("问卷开放题高频主题依次为", "题高", "提高"), Fit::Across);
        assert_eq!(fits("字里行间却充斥着作者的情感", "着作", "著作"), Fit::Across);
        assert_eq!(fits("在发布署名文章时", "布署", "部署"), Fit::Across);
        assert_eq!(fits("，开设报刊拦目。", "拦目", "栏目"), Fit::Whole);
    }

    #[test]
    fn boundaries() {
        let text = "被害人张某";
        let cuts: Vec<usize> =
            (0..=text.len()).filter(|at| text.is_char_boundary(*at) && is_boundary(text, *at)).collect();
        assert!(cuts.contains(&0) && cuts.contains(&9) && !cuts.contains(&3), "{cuts:?}");
        assert!(!is_boundary("提高了效率", 3) && is_boundary("提高了效率", 6));
    }

    #[test]
    fn a_piece_of_a_word_is_not_whole() {
        let whole = |text: &str, part: &str| {
            let at = text.find(part).expect("it stands there");
            is_whole(text, &(at..at + part.len()))
        };
        let text = "全市规模以上工业增加值增长百分之五，渭清坨镇群众满意度明显提升。";
        for part in ["工业", "渭清坨", "渭清坨镇", "群众", "明显提升"] {
            assert!(whole(text, part), "{part}");
        }
        for part in ["业增加值", "显提升", "众满意"] {
            assert!(!whole(text, part), "{part}");
        }
    }
}
