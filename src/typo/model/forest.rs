//! Boosted trees over the features of an edit (Friedman 2001), which judge again what the networks hold
//! possible.
//!
//! Little-endian, read in place: the number of features; the number of thresholds of each; the thresholds;
//! then for each forest the number of its trees, where each begins, the number of nodes, and the nodes in
//! preorder. A node has four bytes: a feature, the index of a threshold, and the distance in nodes to its
//! right child (the left one comes next); or `LEAF`, an unused byte, and the value.

use crate::typo::model::file::{f32_row, u32_le};

/// In the place of a feature: this node is a leaf.
pub const LEAF: u8 = 255;
/// The unit of a leaf's value.
pub const STEP: f32 = 1.0 / 4096.0;
/// Forests in the section.
pub const FORESTS: usize = 2;

/// The bin of a value: how many of its feature's thresholds it exceeds.
pub fn bin(thresholds: &[f32], value: f32) -> u8 {
    thresholds.partition_point(|t| *t < value) as u8
}

/// Forests over `N` features.
pub struct Forests<'a, const N: usize> {
    thresholds: Vec<Vec<f32>>,
    /// Where the trees begin, in nodes, and the nodes.
    forests: [(&'a [u8], &'a [u8]); FORESTS],
}

impl<'a, const N: usize> Forests<'a, N> {
    /// Reads the section; None before the first training, or where it is of another number of features.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        if bytes.is_empty() || u32_le(bytes, 0) as usize != N {
            return None;
        }
        let mut at = 4;
        let mut number = || {
            at += 4;
            u32_le(bytes, at - 4) as usize
        };
        let counts: Vec<usize> = (0..N).map(|_| number()).collect();
        let mut values = f32_row(&bytes[at..]);
        let thresholds: Vec<Vec<f32>> = counts.iter().map(|&n| values.by_ref().take(n).collect()).collect();
        at += 4 * counts.iter().sum::<usize>();
        let forests = std::array::from_fn(|_| {
            let mut part = |size: usize| {
                let from = at + 4;
                at = from + size * u32_le(bytes, at) as usize;
                &bytes[from..at]
            };
            (part(4), part(4))
        });
        Some(Forests { thresholds, forests })
    }

    /// The bin of each value.
    pub fn bins(&self, x: &[f32; N]) -> [u8; N] {
        std::array::from_fn(|i| bin(&self.thresholds[i], x[i]))
    }

    /// The log-odds of a forest.
    pub fn logit(&self, forest: usize, bins: &[u8; N]) -> f32 {
        let (roots, nodes) = self.forests[forest];
        let value = |root: usize| {
            let mut n = root;
            loop {
                let node = &nodes[4 * n..4 * n + 4];
                let word = [node[2], node[3]];
                if node[0] == LEAF {
                    return i32::from(i16::from_le_bytes(word));
                }
                n += if bins[node[0] as usize] <= node[1] { 1 } else { u16::from_le_bytes(word) as usize };
            }
        };
        let sum: i32 = (0..roots.len() / 4).map(|t| value(u32_le(roots, 4 * t) as usize)).sum();
        sum as f32 * STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEATURES: usize = 5;

    #[test]
    fn a_value_at_its_threshold_goes_left() {
        let mut section: Vec<u32> = vec![FEATURES as u32];
        section.extend((0..FEATURES).map(|f| 2 * (f == 3) as u32));
        section.extend([1.0f32.to_bits(), 2.0f32.to_bits()]);
        // The first forest has one tree: feature 3 gives -1 up to its second threshold, 2 beyond it. The
        // second forest is empty.
        let node = |a: u8, b: u8, c: i16| {
            let [c, d] = c.to_le_bytes();
            u32::from_le_bytes([a, b, c, d])
        };
        section.extend([1, 0, 3, node(3, 1, 2), node(LEAF, 0, -4096), node(LEAF, 0, 8192), 0, 0]);
        let bytes: Vec<u8> = section.iter().flat_map(|w| w.to_le_bytes()).collect();
        let forests = Forests::<FEATURES>::new(&bytes).unwrap();
        for (value, logit) in [(0.5, -1.0), (2.0, -1.0), (2.5, 2.0)] {
            let mut x = [0.0; FEATURES];
            x[3] = value;
            let bins = forests.bins(&x);
            assert_eq!((forests.logit(0, &bins), forests.logit(1, &bins)), (logit, 0.0));
        }
    }

    #[test]
    fn without_a_section_there_are_no_forests() {
        assert!(Forests::<FEATURES>::new(&[]).is_none());
    }
}
