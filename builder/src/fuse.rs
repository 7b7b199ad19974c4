//! Builds a binary fuse filter (see the library's `typo::model::fuse`).

use zhubi::typo::model::fuse::{HEADER, Layout, fingerprint, mix};

pub fn build(keys: &[u64], codes: &[u32], values: u32, bits: u32) -> Vec<u8> {
    let n = keys.len();
    let segment_bits = if n < 10 { 4 } else { (((n as f64).ln() / 3.33f64.ln() + 2.25) as u32).clamp(4, 18) };
    let factor = if n < 2 { 2.0 } else { (0.875 + 0.25 * 1e6f64.ln() / (n as f64).ln()).max(1.125) };
    let segment = 1u64 << segment_bits;
    let segments = (((n as f64 * factor) as u64).div_ceil(segment)).saturating_sub(2).max(1);
    let size = ((segments + 2) << segment_bits) as usize;
    let layout = Layout::new(segment_bits, segments);
    let cells = |hash: u64| layout.cells(hash).map(|c| c as usize);
    let mask = (1u32 << bits) - 1;
    for attempt in 0u64.. {
        let seed = 0x5eed_0000 + attempt * 7919;
        let hashes: Vec<u64> = keys.iter().map(|&k| mix(k, seed)).collect();
        let mut count = vec![0u8; size];
        let mut folded = vec![0u32; size];
        let mut overflow = false;
        for (i, &h) in hashes.iter().enumerate() {
            for c in cells(h) {
                overflow |= count[c] == 255;
                count[c] = count[c].wrapping_add(1);
                folded[c] ^= i as u32;
            }
        }
        if overflow {
            continue;
        }
        let mut queue: Vec<u32> = (0..size as u32).filter(|&c| count[c as usize] == 1).collect();
        let mut stack: Vec<(u32, u32)> = Vec::with_capacity(n);
        while let Some(c) = queue.pop() {
            if count[c as usize] != 1 {
                continue;
            }
            let i = folded[c as usize];
            stack.push((i, c));
            for d in cells(hashes[i as usize]) {
                count[d] -= 1;
                folded[d] ^= i;
                if count[d] == 1 {
                    queue.push(d as u32);
                }
            }
        }
        if stack.len() < n {
            assert!(attempt < 50, "keys must differ");
            continue;
        }
        let mut cell = vec![0u32; size];
        for &(i, c) in stack.iter().rev() {
            let hash = hashes[i as usize];
            let others = cells(hash).iter().filter(|&&d| d != c as usize).fold(0, |x, &d| x ^ cell[d]);
            cell[c as usize] = (codes[i as usize] ^ fingerprint(hash) ^ others) & mask;
        }
        let mut out = Vec::with_capacity(HEADER + size * bits as usize / 8 + 8);
        out.extend(seed.to_le_bytes());
        out.extend((segments as u32).to_le_bytes());
        out.extend(values.to_le_bytes());
        out.extend([segment_bits as u8, bits as u8, 0, 0, 0, 0, 0, 0]);
        let mut buffer = 0u64;
        let mut filled = 0;
        for v in cell {
            buffer |= (v as u64) << filled;
            filled += bits;
            while filled >= 8 {
                out.push(buffer as u8);
                buffer >>= 8;
                filled -= 8;
            }
        }
        out.extend(buffer.to_le_bytes());
        return out;
    }
    unreachable!()
}

#[cfg(test)]
mod tests {
    use zhubi::typo::model::fuse::Fuse;

    #[test]
    fn members_are_found_and_few_strangers_are() {
        let keys: Vec<u64> = (0..20_000u64).map(|k| k * 977).collect();
        let codes: Vec<u32> = keys.iter().map(|k| (k % 48) as u32).collect();
        let bytes = super::build(&keys, &codes, 48, 12);
        let f = Fuse::new(&bytes);
        assert!(keys.iter().zip(&codes).all(|(&k, &c)| f.get(k) == Some(c)));
        let strangers = (0..20_000u64).filter(|k| f.get(k * 977 + 5).is_some()).count();
        assert!(strangers < 20_000 * 48 / 4096 * 2, "{strangers}");
    }
}
