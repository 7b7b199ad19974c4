//! 近似句：同一篇里两句话几乎一样，多是复制粘贴留下的，或同一意思写了两遍。
//!
//! 比较每句的三字串，有四分之三相同即报，标在后一句，并指出前一句在哪里。
//!
//! ## 例
//! 只改了数字：
//!
//! ```text
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。
//! 工作有序推进。
//! 〔全年共组织党员干部集中学习二十四次，撰写心得体会六十二篇。〕
//! ```
//!
//! 换了一个词：
//!
//! ```text
//! 一、主要工作
//! 走访企业四十二家，帮助解决用工、融资等方面的问题三十一个。
//! 二、主要成效
//! 〔走访企业四十二家，帮助解决用工、融资等方面的难题三十一个。〕
//! ```
//!
//! 一字不差：
//!
//! ```text
//! 深入开展安全生产大检查，逐项建立台账，逐项抓好整改销号。
//! 〔深入开展安全生产大检查，逐项建立台账，逐项抓好整改销号。〕
//! ```
//!
//! ## 不报
//! 二十字以内的短句：
//!
//! ```text
//! 工作有序推进。
//! 工作有序推进。
//! ```
//!
//! 说的是两件事：
//!
//! ```text
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。
//! 全年共组织志愿服务活动十八次，走访慰问困难群众三十二户。
//! ```
//!
//! 不同的篇：
//!
//! ```text
//! 总结 篇一：
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。
//! 总结 篇二：
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：内容简洁、文字精练。

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::chinese::is_letter;
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::sentence::sentences;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/near-duplicate-sentence",
    summary: "近似句",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("near_duplicate_sentence.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Shorter sentences say the same by accident.
const MIN_CHARS: usize = 20;
/// This share of the trigrams of both is common to both.
const ALIKE: f64 = 0.75;
/// Rows of the sketch of a sentence; two that are alike share one of them almost always.
const ROWS: usize = 4;
/// Bounds comparisons per row when one sentence is repeated thousands of times.
const MAX_BUCKET: usize = 4;

struct Sentence {
    /// Bytes of its paragraph's prose.
    range: Range<usize>,
    /// Hashes of its trigrams, sorted, each once.
    grams: Box<[u32]>,
    /// Its MinHash sketch; each row is salted.
    sketch: [u64; ROWS],
    bits: Bits,
}

/// A sentence in short.
#[derive(Clone, Copy)]
struct Bits {
    /// A bit for each trigram, by its hash; several may share one.
    set: [u64; 4],
    /// How many trigrams there are.
    len: usize,
}

/// The first sentences of one row, by their indices.
#[derive(Default)]
struct Bucket {
    held: [u32; MAX_BUCKET],
    len: u8,
}

/// Takes a hash for what it is.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

static SENTENCES: Extract<Sentence> = Extract::new(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&SENTENCES);
    for part in document.parts() {
        let all: Vec<(usize, &Sentence)> = noted.within(part).collect();
        let all = candidates(&all);
        let place = |(block, sentence): &(usize, &Sentence)| {
            document.blocks()[*block].to_source(sentence.range.clone())
        };
        // Contiguous, as they are read over and over.
        let bits: Vec<Bits> = all.iter().map(|(_, sentence)| sentence.bits).collect();
        let mut buckets: HashMap<u64, Bucket, BuildHasherDefault<AsIs>> =
            HashMap::with_capacity_and_hasher(all.len(), BuildHasherDefault::default());
        for (index, (_, sentence)) in all.iter().enumerate() {
            let mut first: Option<usize> = None;
            for row in 0..ROWS {
                let bucket = buckets.entry(sentence.sketch[row]).or_default();
                let held = usize::from(bucket.len);
                let mut others = bucket.held[..held].iter().map(|other| *other as usize);
                first = first.or_else(|| {
                    others.find(|&other| {
                        may_be_alike(bits[other], sentence.bits)
                            && similarity(&all[other].1.grams, &sentence.grams) >= ALIKE
                    })
                });
                if held < MAX_BUCKET {
                    bucket.held[held] = index as u32;
                    bucket.len += 1;
                }
            }
            if let Some(first) = first {
                let message = "这一句与前面的一句几乎相同，宜合并或删去";
                out.push(Finding::new(place(&all[index]), message).related(place(&all[first]), "前面的一句"));
            }
        }
    }
}

/// Sentences that may share a row of their sketch with another, by a small counting table.
fn candidates<'a>(all: &[(usize, &'a Sentence)]) -> Vec<(usize, &'a Sentence)> {
    let size = (all.len() * ROWS * 8).next_power_of_two();
    let mut seen = vec![0u8; size];
    // Looked at twice, and a sentence is far from the next.
    let slots: Vec<[u32; ROWS]> = all
        .iter()
        .map(|(_, sentence)| sentence.sketch.map(|row| (row as usize & (size - 1)) as u32))
        .collect();
    for &slot in slots.as_flattened() {
        let count = &mut seen[slot as usize];
        *count = count.saturating_add(1);
    }
    let shares = |slots: &[u32; ROWS]| slots.iter().any(|&slot| seen[slot as usize] > 1);
    all.iter().zip(&slots).filter(|(_, slots)| shares(slots)).map(|(sentence, _)| *sentence).collect()
}

fn read(text: &str, kind: BlockKind) -> Vec<Sentence> {
    let mut all = Vec::new();
    if !matches!(kind, BlockKind::Paragraph | BlockKind::ListItem) || text.len() < MIN_CHARS * 3 {
        return all;
    }
    for range in sentences(text) {
        let shown = &text[range.clone()];
        if shown.len() < MIN_CHARS || !shown.contains('。') {
            continue;
        }
        let (mut letters, mut last) = (0, 0);
        let mut grams: Vec<u64> = Vec::with_capacity(shown.len() / 3);
        for c in shown.chars().filter(|c| is_letter(*c)) {
            letters += 1;
            // Three characters of 21 bits each.
            last = (last << 21 | u64::from(c)) & (u64::MAX >> 1);
            if letters > 2 {
                grams.push(mix(last));
            }
        }
        if letters < MIN_CHARS {
            continue;
        }
        grams.sort_unstable();
        grams.dedup();
        let sketch = std::array::from_fn(|row| mix(sketch(&grams, row) ^ row as u64));
        // Half a hash tells the few trigrams of two sentences apart.
        let mut grams: Vec<u32> = grams.into_iter().map(|gram| (gram >> 32) as u32).collect();
        grams.dedup();
        let mut bits = Bits { set: [0; 4], len: grams.len() };
        grams.iter().for_each(|gram| bits.set[(gram >> 30) as usize] |= 1 << (gram & 63));
        all.push(Sentence { range, grams: grams.into(), sketch, bits });
    }
    all
}

/// The finaliser of splitmix64: the same on every machine.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The least of the trigrams' hashes in the order of one row.
fn sketch(grams: &[u64], row: usize) -> u64 {
    let salt = mix(row as u64 + 1);
    grams.iter().map(|gram| (gram ^ salt).wrapping_mul(0x9E37_79B9_7F4A_7C15)).min().unwrap_or_default()
}

/// Cheap upper bound on the similarity: a bit set in only one of the two is a trigram of only that one.
fn may_be_alike(a: Bits, b: Bits) -> bool {
    let only = |a: Bits, b: Bits| -> usize {
        a.set.iter().zip(b.set).map(|(a, b)| (a & !b).count_ones() as usize).sum()
    };
    let common = (a.len - only(a, b)).min(b.len - only(b, a));
    share(common, a.len, b.len) >= ALIKE
}

/// Jaccard similarity from the sizes of the intersection and of both sets.
fn share(common: usize, a: usize, b: usize) -> f64 {
    common as f64 / (a + b - common).max(1) as f64
}

fn similarity(a: &[u32], b: &[u32]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    share(common, a.len(), b.len())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    const LEARNT: &str = "全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。";

    #[test]
    fn twice() {
        check(&RULE, &format!("总结 篇一：\n{LEARNT}\n〔{LEARNT}〕\n总结 篇二：\n{LEARNT}"));
    }
}
