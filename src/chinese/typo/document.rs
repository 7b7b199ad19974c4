//! What the document itself says: how often it uses a string.
//!
//! Counts of all pairs and triples of characters in a sketch of fixed size: a few false counts are harmless here, and a document of any
//! length costs no more than its sketch.

use crate::chinese::fuse::mix;
use std::collections::HashSet;

/// The evidence of a document.
pub struct DocumentContext {
    counts: Vec<u8>,
    mask: u64,
    words: HashSet<String>,
}

impl DocumentContext {
    /// No evidence beyond the paragraph.
    pub fn empty() -> Self {
        DocumentContext { counts: vec![0; 2], mask: 0, words: HashSet::new() }
    }

    /// Counts the pairs and triples of its paragraphs.
    pub fn from_paragraphs<'t>(paragraphs: impl Iterator<Item = &'t str> + Clone) -> Self {
        let bytes: usize = paragraphs.clone().map(str::len).sum();
        let size = (bytes * 4).next_power_of_two().clamp(1 << 10, 1 << 22);
        let mut c = DocumentContext { counts: vec![0; size], mask: size as u64 - 1, words: HashSet::new() };
        for p in paragraphs {
            let (mut a, mut b) = (0u32, 0u32);
            for ch in p.chars() {
                let d = ch as u32;
                if d >= 0x3400 {
                    if b != 0 {
                        c.add(&[b, d]);
                    }
                    if a != 0 && b != 0 {
                        c.add(&[a, b, d]);
                    }
                    (a, b) = (b, d);
                } else {
                    (a, b) = (0, 0);
                }
            }
        }
        c
    }

    /// Words of the user's dictionary: nothing in them is suspected.
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

    fn slot(&self, key: &[u32]) -> usize {
        (mix(key.iter().fold(key.len() as u64, |k, &c| (k << 20) ^ (k >> 44) ^ c as u64), 11) & self.mask)
            as usize
    }

    fn add(&mut self, key: &[u32]) {
        let s = self.slot(key);
        self.counts[s] = self.counts[s].saturating_add(1);
    }

    /// How often two or three characters in a row stand in the document, 255 at most.
    pub fn count(&self, characters: &[char]) -> u8 {
        if self.mask == 0 {
            return 0;
        }
        let mut key = [0u32; 3];
        for (k, c) in key.iter_mut().zip(characters) {
            *k = *c as u32;
        }
        self.counts[self.slot(&key[..characters.len().min(3)])]
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
}
