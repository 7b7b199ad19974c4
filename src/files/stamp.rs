//! By what files that were read are known to be the same still.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// File systems note the time of a change in steps of up to two seconds.
const GRAIN: Duration = Duration::from_secs(2);

/// The length of a file and when it was changed, if it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    state: Option<(u64, Option<SystemTime>)>,
    /// Was the file at rest when it was looked at? Otherwise it may change and bear the same stamp.
    is_settled: bool,
}

impl Stamp {
    /// The stamp of a file as it is now.
    fn of(file: &Path) -> Self {
        let state = file.metadata().ok().map(|it| (it.len(), it.modified().ok()));
        let at_rest = |time: SystemTime| time.elapsed().is_ok_and(|age| age > GRAIN);
        let is_settled = state.is_none_or(|(_, changed)| changed.is_some_and(at_rest));
        Self { state, is_settled }
    }

    /// Is a file as it was?
    fn holds(&self, file: &Path) -> bool {
        self.is_settled && Self::of(file).state == self.state
    }
}

/// Files that are read together: as they were, and in which round it was last asked whether they are so
/// still.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stamps {
    files: Vec<(PathBuf, Stamp)>,
    round: Option<u64>,
}

impl Stamps {
    /// Are the files to be read, for the first time or as they have changed? A round looks at them once.
    pub(crate) fn are_due(&mut self, round: u64) -> bool {
        let is_new_round = self.round.replace(round) != Some(round);
        let has_changed = |(file, stamp): &(PathBuf, Stamp)| !stamp.holds(file);
        self.files.is_empty() || is_new_round && self.files.iter().any(has_changed)
    }

    /// Notes files that are about to be read: what is written from here on is read again.
    pub(crate) fn note(&mut self, files: impl IntoIterator<Item = PathBuf>) {
        self.files = files.into_iter().map(|file| (file.clone(), Stamp::of(&file))).collect();
    }
}
