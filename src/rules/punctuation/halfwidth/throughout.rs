//! A draft whose marks are half-width from end to end: its writer has typed so, or a program has made it so. That
//! is one fault, with one fix.

use std::array;

use memchr::memmem;

use super::kinds::KINDS;
use crate::finding::{Applicability, Diagnostic, Edit, Fix, MAX_RELATED, Related};
use crate::text::document::Document;

/// In fewer paragraphs it is a slip of each.
const MIN_PARAGRAPHS: usize = 3;

/// One finding for all marks where they are half-width by habit, and one for the pairs, which matter less.
pub(super) fn merge(document: &Document, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for are_pairs in [false, true] {
        let is_own = |d: &mut Diagnostic| KINDS[kind(document, d)].is_pair() == are_pairs;
        let own: Vec<Diagnostic> = found.extract_if(.., is_own).collect();
        if own.len() < MIN_PARAGRAPHS {
            found.extend(own);
            continue;
        }
        let census = Census::of(document, &own);
        let is_habit = |d: &&Diagnostic| census.is_habit(kind(document, d));
        let mut paragraphs: Vec<usize> =
            own.iter().filter(is_habit).map(|d| paragraph(document, d)).collect();
        paragraphs.dedup();
        if paragraphs.len() < MIN_PARAGRAPHS {
            found.extend(own);
        } else {
            found.extend(whole(document, &census, own));
        }
    }
    found
}

/// The one finding for all of these.
fn whole(document: &Document, census: &Census, all: Vec<Diagnostic>) -> Option<Diagnostic> {
    let first = all.first()?.clone();
    let place = paragraph(document, &first);
    let related = |d: &Diagnostic| Related { range: d.range.clone(), message: "这里也是".to_owned() };
    let related = all.iter().skip(1).take(MAX_RELATED).map(related).collect();
    let beside =
        all.iter().take_while(|d| paragraph(document, d) == place).flat_map(edits).cloned().collect();
    let all = all.into_iter().filter_map(|d| d.fixes.into_iter().next()).flat_map(|fix| fix.edits).collect();
    let (names, wrong, right) = census.words();
    Some(Diagnostic {
        message: format!("全文的{names}{wrong}，应改为{right}（{}）", census.total()),
        fixes: vec![
            fix(format!("全文的{names}改为{right}"), all),
            fix(format!("只把本段的改为{right}"), beside),
        ],
        related,
        ..first
    })
}

fn fix(title: String, mut edits: Vec<Edit>) -> Fix {
    edits.sort_by_key(|edit| edit.range.start);
    Fix { title, edits, applicability: Applicability::Safe }
}

/// How many marks of each kind a document has.
struct Census {
    half: [usize; KINDS.len()],
    /// None of kinds that are not half-width anywhere.
    full: [usize; KINDS.len()],
}

impl Census {
    fn of(document: &Document, found: &[Diagnostic]) -> Self {
        let mut half = [0; KINDS.len()];
        for d in found {
            let kind = kind(document, d);
            half[kind] += KINDS[kind].places(edits(d).count());
        }
        let count = |mark: &str| memmem::find_iter(document.source().as_bytes(), mark).count();
        let full = array::from_fn(|kind| match (half[kind], KINDS[kind].full.chars().next()) {
            (1.., Some(mark)) => count(&KINDS[kind].full[..mark.len_utf8()]),
            _ => 0,
        });
        Self { half, full }
    }

    /// Is a kind mostly half-width?
    fn is_habit(&self, kind: usize) -> bool {
        self.half[kind] > 0 && self.half[kind] >= self.full[kind]
    }

    /// What is wrong, how, and what would be right.
    fn words(&self) -> (String, String, &'static str) {
        let found: Vec<usize> = (0..KINDS.len()).filter(|kind| self.half[*kind] > 0).collect();
        let habits: Vec<usize> = found.iter().copied().filter(|kind| self.is_habit(*kind)).collect();
        let mut names: Vec<&str> = habits.iter().map(|kind| KINDS[*kind].name).collect();
        names.truncate(MAX_NAMES);
        let more = if found.len() > names.len() { "等" } else { "" };
        let are_quotes = found.iter().all(|kind| KINDS[*kind].is_quote());
        let (wrong, right) = if are_quotes { ("直的", "弯引号") } else { ("半角的", "全角") };
        let most = if habits.iter().any(|kind| self.full[*kind] > 0) { "大多" } else { "" };
        (names.join("、") + more, format!("{most}是{wrong}"), right)
    }

    /// All that are half-width.
    fn total(&self) -> String {
        let found = KINDS.iter().zip(self.half).find(|(_, places)| *places > 0);
        let unit = found.map_or("", |(kind, _)| kind.unit());
        format!("共{}{unit}", self.half.iter().sum::<usize>())
    }
}

/// Kinds of marks that are named.
const MAX_NAMES: usize = 3;

/// The place of its kind in [`KINDS`].
fn kind(document: &Document, d: &Diagnostic) -> usize {
    let mark = &document.source()[d.range.clone()];
    KINDS.iter().position(|kind| kind.half.contains(mark)).unwrap_or_default()
}

fn edits(d: &Diagnostic) -> impl Iterator<Item = &Edit> {
    d.safe_fix().into_iter().flat_map(|fix| &fix.edits)
}

fn paragraph(document: &Document, d: &Diagnostic) -> usize {
    document.blocks().partition_point(|block| block.range.end <= d.range.start)
}
