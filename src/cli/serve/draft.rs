//! A draft as a page shows it: what was found, and by which stamp the page says what it has seen.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use hyper::StatusCode;

use super::answer::Refusal;
use super::reading::{Digest, Reading};
use crate::config::ignored::IgnoredHere;
use crate::files;
use crate::finding::{Applicability, Diagnostic, Edit};
use crate::lint::fix_all::fix_all;
use crate::report::FileReport;
use crate::report::html::served::{self, Row};
use crate::text::document::Document;
use crate::text::format::Format;

/// Where a draft is kept.
pub(super) enum Place {
    /// In a file.
    File(PathBuf),
    /// Here, as it was dropped onto the page and changed since.
    Memory(Vec<u8>),
}

pub(super) struct Draft {
    pub(super) id: u64,
    /// As it is shown; nothing is opened by it.
    pub(super) name: PathBuf,
    pub(super) place: Place,
    pub(super) reading: Arc<Reading>,
    /// Each place by itself, with what it has in common with other drafts.
    pub(super) by_place: Vec<Diagnostic>,
    /// What is shown, in the order of the page.
    pub(super) findings: Vec<Diagnostic>,
    pub(super) ignored: IgnoredHere,
    /// Another text or other findings have another.
    pub(super) stamp: String,
    pub(super) row: Row,
}

impl Draft {
    pub(super) fn new(
        id: u64,
        name: PathBuf,
        place: Place,
        reading: Arc<Reading>,
        by_place: Vec<Diagnostic>,
        ignored: IgnoredHere,
    ) -> Self {
        let mut findings = by_place.clone();
        ignored.drop_from(&reading.document, &mut findings);
        reading.linter.merge_habits(&reading.document, &mut findings);
        findings.sort_by_key(|it| (it.range.start, it.range.end));
        let mut stamp = blake3::Hasher::new();
        stamp.update(reading.digest.as_bytes()).update(format!("{findings:?}").as_bytes());
        let stamp = stamp.finalize().to_hex()[..32].to_owned();
        let row = served::row(&report(&name, &reading, &findings));
        Self { id, name, place, reading, by_place, findings, ignored, stamp, row }
    }

    pub(super) fn report(&self) -> FileReport<'_> {
        report(&self.name, &self.reading, &self.findings)
    }

    pub(super) fn format(&self) -> Format {
        self.reading.document.format()
    }

    pub(super) fn is_file(&self) -> bool {
        matches!(self.place, Place::File(_))
    }

    /// Can a fix be written? Not where some of it could not be read.
    pub(super) fn takes_fixes(&self) -> bool {
        self.reading.document.unread() == 0
    }

    /// How many findings could be settled unseen.
    pub(super) fn safe_fixes(&self) -> usize {
        self.findings.iter().filter(|it| it.safe_fix().is_some()).count()
    }

    /// Its bytes: those that were checked, and no others.
    ///
    /// # Errors
    /// Its file cannot be read, or has been changed since.
    pub(super) fn bytes(&self) -> Result<Cow<'_, [u8]>, Refusal> {
        match &self.place {
            Place::Memory(bytes) => Ok(bytes.into()),
            Place::File(path) => {
                let bytes = files::read(path).map_err(|why| Refusal::new(StatusCode::CONFLICT, why))?.bytes;
                if Digest::of(&bytes) == self.reading.digest { Ok(bytes.into()) } else { Err(stale()) }
            }
        }
    }

    /// The edits of a fix, by the numbers of finding and fix on the page.
    pub(super) fn edits_of(&self, finding: usize, fix: usize) -> Option<Vec<Edit>> {
        Some(self.findings.get(finding)?.fixes.get(fix)?.edits.clone())
    }

    /// The edits of all that may be settled unseen.
    pub(super) fn safe_edits(&self) -> Vec<Edit> {
        let Reading { document, linter, .. } = &*self.reading;
        let all = |now: &Document, found: &[Diagnostic]| {
            let changed = now.source() != document.source();
            found.iter().map(|it| self.ignored.lets_fix(now, it, changed)).collect()
        };
        fix_all(document, &self.by_place, linter, Applicability::Safe, all).edits
    }
}

/// What the reader has seen is no more what is there.
pub(super) fn stale() -> Refusal {
    Refusal::new(StatusCode::CONFLICT, "没有改：稿子刚在别处改过。页面已经换成新的，请再看一看")
}

fn report<'a>(name: &'a PathBuf, reading: &'a Reading, findings: &'a [Diagnostic]) -> FileReport<'a> {
    FileReport {
        path: name,
        document: &reading.document,
        findings,
        before: &reading.document,
        fixed: &[],
        edits: &[],
        known: &[],
        has_baseline: false,
    }
}
