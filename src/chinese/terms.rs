//! New-word discovery: strings that an archive uses repeatedly and the lexicon lacks, by cohesion (pointwise
//! mutual information of the weakest split) and freedom (entropy of the neighbours on both sides).

use std::collections::{HashMap, HashSet};

use super::is_ideograph;

/// A string that an archive uses as a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The string, of two to six Chinese characters.
    pub text: String,
    /// Its occurrences in the archive.
    pub count: u32,
    /// The number of documents that have it.
    pub documents: u32,
}

/// The length of the longest terms, in characters.
const LONGEST: usize = 6;
/// The least pointwise mutual information of the weakest split, in nats.
const COHESION: f64 = 4.0;
/// The least entropy of the characters before a term, and of those after it, in nats.
const FREEDOM: f64 = 1.0;
/// The share of its occurrences in a longer term that makes a string no term of its own.
const MOSTLY: f64 = 0.8;
/// Stand-ins for a neighbour at the edge of a clause begin here.
const PRIVATE_USE: u32 = 0xE000;
/// Characters that a term neither begins nor ends with.
const FUNCTION: &str = "\
的了和在是等为与及把将对从到以其之也而并被由于或要有不个该各这那我你他们上下中内\
外前后时年月日第一二三四五六七八九十两几多某";

#[derive(Default)]
struct Count {
    count: u32,
    documents: u32,
    last_document: u32,
}

#[derive(Default)]
struct Neighbours {
    left: HashMap<char, u32>,
    right: HashMap<char, u32>,
}

/// How much a term must be used at least.
#[derive(Debug, Clone, Copy)]
pub struct Least {
    /// Occurrences in all documents.
    pub count: u32,
    /// Documents that have it, or all if there are fewer.
    pub documents: u32,
}

/// The terms of `documents`, the most frequent first. `is_word` tells whether the lexicon has a string.
pub fn terms(documents: &[String], least: Least, is_word: impl Fn(&str) -> bool) -> Vec<Term> {
    let mut counts: HashMap<&str, Count> = HashMap::new();
    let mut total = 0u64;
    for (number, document) in (1..).zip(documents) {
        for_each_string(document, |text, _, _| {
            total += u64::from(text.chars().nth(1).is_none());
            let count = counts.entry(text).or_default();
            count.count += 1;
            if count.last_document != number {
                count.last_document = number;
                count.documents += 1;
            }
        });
    }
    let least_documents = least.documents.min(u32::try_from(documents.len()).unwrap_or(u32::MAX));
    let candidates: HashSet<&str> = counts
        .iter()
        .filter(|(text, count)| {
            count.count >= least.count && count.documents >= least_documents && text.chars().count() > 1
        })
        .map(|(text, _)| *text)
        .filter(|text| !touches_function_character(text) && !is_made_of_words(text, &is_word))
        .filter(|text| cohesion(text, &counts, total) >= COHESION)
        .collect();
    let mut neighbours: HashMap<&str, Neighbours> = HashMap::new();
    for document in documents {
        for_each_string(document, |text, left, right| {
            if let Some(text) = candidates.get(text) {
                let found = neighbours.entry(text).or_default();
                // At the edge of a clause anything might stand: each counts as another neighbour.
                let edge = |n: usize| char::from_u32(PRIVATE_USE + (n as u32 & 0xFFF)).unwrap_or(' ');
                *found.left.entry(left.unwrap_or_else(|| edge(found.left.len()))).or_default() += 1;
                *found.right.entry(right.unwrap_or_else(|| edge(found.right.len()))).or_default() += 1;
            }
        });
    }
    let free = |text: &&str| {
        neighbours.get(text).is_some_and(|n| entropy(&n.left) >= FREEDOM && entropy(&n.right) >= FREEDOM)
    };
    let mut found: Vec<Term> = candidates
        .iter()
        .filter(|text| free(text))
        .map(|text| Term {
            text: (*text).to_owned(),
            count: counts[text].count,
            documents: counts[text].documents,
        })
        .collect();
    let shorter: HashSet<String> = found.iter().map(|term| term.text.clone()).collect();
    // 感谢石佛寺 is a word and a term.
    found.retain(|term| {
        !is_made_of_words(&term.text, &|part| part != term.text && (is_word(part) || shorter.contains(part)))
    });
    found.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    without_parts(found)
}

/// Visits every string of up to `LONGEST` Chinese characters in a row, with the characters before and after
/// it.
fn for_each_string<'a>(text: &'a str, mut visit: impl FnMut(&'a str, Option<char>, Option<char>)) {
    for run in text.split(|c| !is_ideograph(c)).filter(|run| !run.is_empty()) {
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for from in 0..starts.len() - 1 {
            for to in from + 1..starts.len().min(from + 1 + LONGEST) {
                let (start, end) = (starts[from], starts[to]);
                visit(&run[start..end], run[..start].chars().next_back(), run[end..].chars().next());
            }
        }
    }
}

fn touches_function_character(text: &str) -> bool {
    let ends = [text.chars().next(), text.chars().next_back()];
    ends.into_iter().flatten().any(|c| FUNCTION.contains(c)) || text.contains(['的', '了'])
}

/// Is it one word of the lexicon or several? Such a string needs no protection.
fn is_made_of_words(text: &str, is_word: &dyn Fn(&str) -> bool) -> bool {
    is_word(text)
        || text.char_indices().skip(2).any(|(at, _)| {
            let (head, tail) = text.split_at(at);
            tail.chars().nth(1).is_some() && is_word(head) && is_made_of_words(tail, is_word)
        })
}

/// The pointwise mutual information of the weakest split of `text`, in nats.
fn cohesion(text: &str, counts: &HashMap<&str, Count>, total: u64) -> f64 {
    let count = |part: &str| f64::from(counts.get(part).map_or(1, |c| c.count));
    text.char_indices()
        .skip(1)
        .map(|(at, _)| (count(text) * total as f64 / (count(&text[..at]) * count(&text[at..]))).ln())
        .fold(f64::INFINITY, f64::min)
}

fn entropy(counts: &HashMap<char, u32>) -> f64 {
    let total: f64 = counts.values().map(|n| f64::from(*n)).sum();
    counts.values().map(|n| f64::from(*n) / total).map(|p| -p * p.ln()).sum()
}

/// Drops the terms that are nearly always part of a longer one.
fn without_parts(found: Vec<Term>) -> Vec<Term> {
    let part = |term: &Term| {
        found.iter().any(|other| {
            other.text.len() > term.text.len()
                && other.text.contains(&term.text)
                && f64::from(other.count) >= MOSTLY * f64::from(term.count)
        })
    };
    let keep: Vec<bool> = found.iter().map(|term| !part(term)).collect();
    found.into_iter().zip(keep).filter_map(|(term, keep)| keep.then_some(term)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_used_steadily_is_a_term() {
        let documents: Vec<String> = ["镇政府在", "组织", "走访了", "干部到", "检查", "支持"]
            .iter()
            .map(|verb| format!("{verb}石佛寺开展活动。{verb}石佛寺的群众，感谢石佛寺！"))
            // An archive is large beside a term: other text, of characters that occur once.
            .chain([('\u{5000}'..'\u{5800}').collect()])
            .collect();
        let words = ["开展", "活动", "群众", "感谢", "镇政府", "组织", "走访", "干部", "检查", "支持"];
        let found = terms(&documents, Least { count: 5, documents: 2 }, |text| words.contains(&text));
        assert_eq!(found, [Term { text: "石佛寺".into(), count: 18, documents: 6 }]);
    }

    #[test]
    fn what_the_lexicon_has_is_none() {
        let documents = vec!["开展活动，开展活动。认真开展活动；全面开展活动！开展活动".to_owned()];
        let least = Least { count: 3, documents: 2 };
        assert_eq!(terms(&documents, least, |text| ["开展", "活动", "认真", "全面"].contains(&text)), []);
        assert_eq!(terms(&[], least, |_| false), []);
    }
}
