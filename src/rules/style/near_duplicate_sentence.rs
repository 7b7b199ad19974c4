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
use crate::parallel;
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
/// Rows of the sketch of a sentence; two that are alike share one of them almost always.
const ROWS: usize = 4;
/// Bounds comparisons per row when one sentence is repeated thousands of times.
const MAX_BUCKET: usize = 4;
/// Fewer are compared by one thread.
const SENTENCES_PER_THREAD: usize = 1024;

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

impl Bucket {
    fn push(&mut self, sentence: u32) {
        if let Some(free) = self.held.get_mut(usize::from(self.len)) {
            *free = sentence;
            self.len += 1;
        }
    }
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
        let buckets = Buckets::new(&all);
        let first = |index, _: &_| Some((index, buckets.first_alike(&all, index)?));
        for (index, first) in parallel::flat_map(&all, SENTENCES_PER_THREAD, first) {
            let message = "这一句与前面的一句几乎相同，宜合并或删去";
            let first = place(&all[first].sentence);
            out.push(Finding::new(place(&all[index].sentence), message).related(first, "前面的一句"));
        }
    }
}

/// The sentences that share a row of their sketches.
struct Buckets {
    all: Vec<Bucket>,
    /// The buckets of each sentence, for the rows that it shares.
    of: Vec<[Option<u32>; ROWS]>,
    /// Contiguous, as they are read over and over.
    bits: Vec<Bits>,
}

impl Buckets {
    fn new(sentences: &[Candidate<'_>]) -> Self {
        let mut all: Vec<Bucket> = Vec::new();
        let mut by_row: HashMap<u64, u32, BuildHasherDefault<AsIs>> = HashMap::default();
        let mut enter = |index: usize, row: u64| {
            let new = all.len() as u32;
            let bucket = *by_row.entry(row).or_insert(new);
            if bucket == new {
                all.push(Bucket::default());
            }
            all[bucket as usize].push(index as u32);
            bucket
        };
        let of = |(index, Candidate { sentence: (_, sentence), shared }): (usize, &Candidate<'_>)| {
            std::array::from_fn(|row| shared[row].then(|| enter(index, sentence.sketch[row])))
        };
        let of = sentences.iter().enumerate().map(of).collect();
        Self { all, of, bits: sentences.iter().map(|it| it.sentence.1.bits).collect() }
    }

    /// The first sentence before one that shares a row with it and is alike.
    fn first_alike(&self, sentences: &[Candidate<'_>], index: usize) -> Option<usize> {
        // Two that are not alike may share several rows.
        let mut refused = [0; ROWS * MAX_BUCKET];
        let mut refusals = 0;
        for bucket in self.of[index].into_iter().flatten() {
            let bucket = &self.all[bucket as usize];
            for other in bucket.held[..usize::from(bucket.len)].iter().map(|other| *other as usize) {
                if other >= index {
                    break;
                }
                if refused[..refusals].contains(&other) {
                    continue;
                }
                let [own, its] = [index, other].map(|at| &sentences[at].sentence.1.grams);
                if may_be_alike(self.bits[other], self.bits[index]) && are_alike(its, own) {
                    return Some(other);
                }
                refused[refusals] = other;
                refusals += 1;
            }
        }
        None
    }
}

/// A sentence that may share some rows of its sketch with others.
struct Candidate<'a> {
    /// With its block.
    sentence: (usize, &'a Sentence),
    shared: [bool; ROWS],
}

/// Sentences that may share a row of their sketch with another, by a small counting table.
fn candidates<'a>(all: &[(usize, &'a Sentence)]) -> Vec<Candidate<'a>> {
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
    let candidate = |(sentence, slots): (&(usize, &'a Sentence), &[u32; ROWS])| {
        let shared = slots.map(|slot| seen[slot as usize] > 1);
        shared.contains(&true).then_some(Candidate { sentence: *sentence, shared })
    };
    all.iter().zip(&slots).filter_map(candidate).collect()
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

/// May two sentences be alike? A bit set in only one of them is a trigram of only that one, so that what is
/// common to both is at most half of what is left without these.
fn may_be_alike(a: Bits, b: Bits) -> bool {
    let apart: usize = a.set.iter().zip(b.set).map(|(a, b)| (a ^ b).count_ones() as usize).sum();
    let all = a.len + b.len;
    is_share(all.saturating_sub(apart), 2 * all)
}

/// Is the Jaccard similarity high enough of two sets that have so many of all their elements in common?
/// `common / (all - common) >= 3 / 4`, with both counted in the same unit.
fn is_share(common: usize, all: usize) -> bool {
    7 * common >= 3 * all
}

fn are_alike(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    is_share(common, a.len() + b.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::check;

    const LEARNT: &str = "全年共组织党员干部集中学习二十四次，撰写心得体会六十余篇。";

    /// The bound on the share of common trigrams is never below the share.
    #[test]
    fn the_bound_holds() {
        let sentence = |number: usize| {
            let text = format!(
                "全年共走访企业{number}家，帮助解决用工、融资等方面的问题{}个，涉及{}人。",
                number * 7 % 97,
                number * 13 % 89
            );
            read(&text, BlockKind::Paragraph).remove(0)
        };
        let all: Vec<_> = (10..90).map(sentence).collect();
        let mut alike = 0;
        for (a, b) in all.iter().flat_map(|a| all.iter().map(move |b| (a, b))) {
            let are = are_alike(&a.grams, &b.grams);
            assert!(!are || may_be_alike(a.bits, b.bits));
            alike += usize::from(are);
        }
        assert!((all.len()..all.len() * all.len()).contains(&alike), "{alike}");
    }

    #[test]
    fn twice() {
        check(&RULE, &format!("总结 篇一：\n{LEARNT}\n〔{LEARNT}〕\n总结 篇二：\n{LEARNT}"));
    }
}
