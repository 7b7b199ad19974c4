//! A retrieval structure read in place: from a 64-bit key to a small code, for a fixed set of keys.
//!
//! A binary fuse filter (Graf and Lemire 2022) whose cells are `bits` wide. The exclusive or of a key's three
//! cells and its fingerprint is the raw code; below `values` it is the key's code, otherwise the key is not
//! in the set. A key outside the set passes for a member with probability `values / 2^bits`: wider cells hold
//! more codes and give fewer false positives.

use super::file::u32_le;

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

/// The fingerprint of a hash, before masking.
#[inline]
pub fn fingerprint(hash: u64) -> u32 {
    (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as u32
}

/// How cells are laid out, in segments of a power of two.
#[derive(Clone, Copy)]
pub struct Layout {
    /// Cells that may be a key's first.
    first: u64,
    /// Cells of a segment.
    segment: u64,
}

impl Layout {
    /// A layout of `segments` segments that may hold a key's first cell, of `2^segment_bits` cells each.
    pub fn new(segment_bits: u32, segments: u64) -> Self {
        Layout { first: segments << segment_bits, segment: 1 << segment_bits }
    }

    /// Where a hash's three cells lie.
    #[inline]
    pub fn cells(&self, hash: u64) -> [u64; 3] {
        let first = ((hash as u128 * self.first as u128) >> 64) as u64;
        let within = self.segment - 1;
        let second = (first + self.segment) ^ ((hash >> 18) & within);
        let third = (first + 2 * self.segment) ^ (hash & within);
        [first, second, third]
    }
}

/// The structure, read in place.
#[derive(Clone, Copy)]
pub struct Fuse<'a> {
    data: &'a [u8],
    seed: u64,
    layout: Layout,
    bits: u32,
    mask: u32,
    values: u32,
}

impl<'a> Fuse<'a> {
    /// Header: seed u64, segments u32, values u32, segment bits u8, cell bits u8, six bytes unused; then the
    /// packed cells and 4 bytes of padding. An empty section is an empty set.
    pub fn new(section: &'a [u8]) -> Self {
        if section.len() < HEADER {
            let layout = Layout { first: 0, segment: 1 };
            return Fuse { data: &[0; 4], seed: 0, layout, bits: 0, mask: 0, values: 0 };
        }
        let u32_at = |i: usize| u32_le(section, i);
        let bits = section[17] as u32;
        Fuse {
            seed: u64::from(u32_at(4)) << 32 | u64::from(u32_at(0)),
            layout: Layout::new(section[16] as u32, u32_at(8) as u64),
            values: u32_at(12),
            bits,
            mask: (1 << bits) - 1,
            data: &section[HEADER..],
        }
    }

    #[inline]
    fn cell(&self, i: u64) -> u32 {
        let bit = i * self.bits as u64;
        u32_le(self.data, (bit >> 3) as usize) >> (bit & 7)
    }

    /// The code stored for a key. For a key outside the set None, but for the false positives.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        self.decode(self.raw(key))
    }

    /// The code in a raw code; None where the key is not in the set.
    #[inline]
    pub fn decode(&self, raw: u32) -> Option<u32> {
        (raw < self.values).then_some(raw)
    }

    /// The raw code of a key, for [`Fuse::decode`].
    #[inline(always)]
    pub fn raw(&self, key: u64) -> u32 {
        let hash = mix(key, self.seed);
        let [a, b, c] = self.layout.cells(hash);
        (self.cell(a) ^ self.cell(b) ^ self.cell(c) ^ fingerprint(hash)) & self.mask
    }
}
