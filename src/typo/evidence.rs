//! How often the document itself uses a string.
//!
//! All pairs and triples of characters are counted in a count-min sketch (Cormode and Muthukrishnan 2005) of
//! two rows that share their counters. One string in a hundred is counted too high; memory is bounded
//! whatever the length.

use crate::typo::model::fuse::mix;
use std::collections::HashSet;

/// The evidence of a document. Paragraphs can be added and removed again without a trace.
#[derive(Debug)]
pub struct DocumentContext {
    counts: Vec<u16>,
    mask: u64,
    words: HashSet<String>,
    bytes: usize,
    /// No counter is saturated, so that each can be lowered again.
    exact: bool,
}

impl DocumentContext {
    /// No evidence beyond the paragraph.
    pub fn empty() -> Self {
        DocumentContext { counts: vec![0; 2], mask: 0, words: HashSet::new(), bytes: 0, exact: true }
    }

    /// Counts the pairs and triples of its paragraphs.
    pub fn from_paragraphs<'t>(paragraphs: impl Iterator<Item = &'t str> + Clone) -> Self {
        let bytes = paragraphs.clone().map(str::len).sum();
        let size = size(bytes);
        let mut c = DocumentContext { counts: vec![0; size], mask: size as u64 - 1, bytes, ..Self::empty() };
        for p in paragraphs {
            each(p, |key| c.add(key));
        }
        c
    }

    /// Removes paragraphs and adds others. False where the sketch must be made anew: a counter is saturated,
    /// or the document has outgrown its size.
    #[must_use]
    pub fn exchange<'o, 'n>(
        &mut self,
        old: impl Iterator<Item = &'o str>,
        new: impl Iterator<Item = &'n str>,
    ) -> bool {
        for p in old {
            self.bytes -= p.len();
            each(p, |key| {
                for s in self.slots(key) {
                    self.counts[s] = self.counts[s].saturating_sub(1);
                }
            });
        }
        for p in new {
            self.bytes += p.len();
            each(p, |key| self.add(key));
        }
        self.exact && size(self.bytes) == self.counts.len()
    }

    /// Adds the words of the user's dictionary, in which nothing is suspected.
    pub fn with_words(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.words = words.into_iter().collect();
        self
    }

    /// Whether the characters `from..to` lie in a word of the user's dictionary.
    pub fn protects(&self, characters: &[char], from: usize, to: usize) -> bool {
        !self.words.is_empty()
            && (0..=from).any(|a| {
                (to.max(a + 1)..=characters.len())
                    .any(|b| self.words.contains(&characters[a..b].iter().collect::<String>()))
            })
    }

    fn slots(&self, key: &[u32]) -> [usize; 2] {
        let hash = mix(key.iter().fold(key.len() as u64, |k, &c| (k << 20) ^ (k >> 44) ^ c as u64), 11);
        let first = hash & self.mask;
        // Two different counters, or the string would count twice.
        let second = (hash >> 32) & self.mask;
        [first as usize, (if second == first { first ^ 1 } else { second }) as usize]
    }

    fn add(&mut self, key: &[u32]) {
        for s in self.slots(key) {
            self.counts[s] = self.counts[s].saturating_add(1);
            self.exact &= self.counts[s] < u16::MAX;
        }
    }

    /// How often two or three characters in a row occur in the document, 255 at most.
    pub fn count(&self, characters: &[char]) -> u8 {
        if self.mask == 0 {
            return 0;
        }
        let mut key = [0u32; 3];
        for (k, c) in key.iter_mut().zip(characters) {
            *k = *c as u32;
        }
        let counts = self.slots(&key[..characters.len().min(3)]).map(|s| self.counts[s]);
        counts[0].min(counts[1]).min(255) as u8
    }
}

/// The number of counters for a document of so many bytes.
fn size(bytes: usize) -> usize {
    (bytes * 12).next_power_of_two().clamp(1 << 12, 1 << 22)
}

/// Visits every pair and triple of a paragraph.
fn each(paragraph: &str, mut count: impl FnMut(&[u32])) {
    let (mut a, mut b) = (0u32, 0u32);
    for ch in paragraph.chars() {
        let d = ch as u32;
        if d >= 0x3400 {
            if b != 0 {
                count(&[b, d]);
            }
            if a != 0 && b != 0 {
                count(&[a, b, d]);
            }
            (a, b) = (b, d);
        } else {
            (a, b) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_pairs_and_triples() {
        let d = DocumentContext::from_paragraphs(["专精特新企业", "专精特新，专精"].into_iter());
        assert_eq!(d.count(&['专', '精', '特']), 2);
        assert_eq!(d.count(&['专', '精']), 3);
        assert_eq!(d.count(&['企', '业', '家']), 0);
        assert_eq!(DocumentContext::empty().count(&['专', '精']), 0);
    }

    #[test]
    fn hardly_a_string_seems_to_stand_there_that_does_not() {
        // A paragraph of 400 characters, none twice.
        let text: String = (0..400).map(|k| char::from_u32(0x4E00 + k * 7).unwrap()).collect();
        let d = DocumentContext::from_paragraphs([text.as_str()].into_iter());
        let characters: Vec<char> = text.chars().collect();
        let twice = characters.windows(3).filter(|w| d.count(w) > 1).count();
        assert!(twice <= 8, "{twice} of {}", characters.len());
    }

    #[test]
    fn what_is_taken_away_leaves_no_trace() {
        let (a, b) = ("专精特新企业", "专精特新，专精");
        let mut d = DocumentContext::from_paragraphs([a, b].into_iter());
        assert!(d.exchange([a].into_iter(), ["企业家"].into_iter()));
        assert_eq!(d.counts, DocumentContext::from_paragraphs([b, "企业家"].into_iter()).counts);
    }
}
