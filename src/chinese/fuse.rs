//! A retrieval structure read in place: from a 64-bit key to a small code, for a fixed set of keys.
//!
//! A binary fuse filter (Graf and Lemire 2022) whose cells are `bits` wide. The exclusive or of a key's three
//! cells and its fingerprint gives a number; below `values` it is the code, else the key is not of the set. A strange key is taken for a
//! member with probability `values / 2^bits`: so the width buys both the code and the trust in it.

use super::model_file::u32_le;

/// Bytes before the cells.
pub const HEADER: usize = 24;

/// Mixes 64 bits (the finaliser of SplitMix64).
#[inline]
pub fn mix(key: u64, seed: u64) -> u64 {
    let mut h = key.wrapping_add(seed);
    h = (h ^ (h >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    h = (h ^ (h >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^ (h >> 33)
}

/// Where a hash's three cells lie, and its fingerprint before masking.
#[inline]
pub fn cells(hash: u64, segment_bits: u32, segments: u64) -> ([usize; 3], u32) {
    let mask = (1u64 << segment_bits) - 1;
    let first = ((hash as u128 * ((segments << segment_bits) as u128)) >> 64) as u64;
    let second = (first + mask + 1) ^ ((hash >> 18) & mask);
    let third = (first + 2 * (mask + 1)) ^ (hash & mask);
    let print = (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u32;
    ([first as usize, second as usize, third as usize], print)
}

/// The structure, read in place.
#[derive(Clone, Copy)]
pub struct Fuse<'a> {
    data: &'a [u8],
    seed: u64,
    segments: u64,
    segment_bits: u32,
    bits: u32,
    /// How many codes there are; from here on a number says that a key is not of the set.
    pub values: u32,
}

impl<'a> Fuse<'a> {
    /// Header: seed u64, segments u32, values u32, segment bits u8, cell bits u8, six bytes unused; then the cells, packed, and 4 bytes of padding.
    /// An empty section is an empty set.
    pub fn new(section: &'a [u8]) -> Self {
        if section.len() < HEADER {
            return Fuse { seed: 0, segments: 0, values: 0, segment_bits: 0, bits: 1, data: &[] };
        }
        let u32_at = |i: usize| u32_le(section, i);
        Fuse {
            seed: u64::from(u32_at(4)) << 32 | u64::from(u32_at(0)),
            segments: u32_at(8) as u64,
            values: u32_at(12),
            segment_bits: section[16] as u32,
            bits: section[17] as u32,
            data: &section[HEADER..],
        }
    }

    #[inline]
    fn cell(&self, i: usize) -> u32 {
        let bit = i * self.bits as usize;
        let at = bit >> 3;
        u32_le(self.data, at) >> (bit & 7)
    }

    /// The value stored for a key; for a key that was never stored, None but for one in a hundred.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let code = self.number(key);
        (code < self.values).then_some(code)
    }

    /// The number of a key, a code below `values`. Where many keys are asked for at once without a look at the answers in between, the
    /// processor waits for all their cells together.
    #[inline]
    pub fn number(&self, key: u64) -> u32 {
        if self.segments == 0 {
            return self.values;
        }
        let ([a, b, c], print) = cells(mix(key, self.seed), self.segment_bits, self.segments);
        let mask = (1u32 << self.bits) - 1;
        (self.cell(a) ^ self.cell(b) ^ self.cell(c) ^ print) & mask
    }
}
