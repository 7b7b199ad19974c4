//! How far a long run has come, for whoever waits at a terminal.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::ci::is_in_ci;

/// A run over more files than this is taken for long from the beginning.
const MANY: usize = 200;
/// Any other is once it has taken so long.
const LONG: Duration = Duration::from_secs(1);

/// A bar on standard error, below what is reported.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    may_be_shown: bool,
}

impl Progress {
    /// One that nobody wants to see.
    pub(super) fn none() -> Self {
        Self { bar: ProgressBar::hidden(), begun: Instant::now(), may_be_shown: false }
    }

    /// That of a run over so many files.
    pub(super) fn of(files: usize, is_quiet: bool) -> Self {
        let style = ProgressStyle::with_template("检查 {bar:30} {pos}/{len}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        let may_be_shown = !is_quiet && !is_in_ci() && std::io::stderr().is_terminal();
        let progress = Self { bar: bar.with_style(style), begun: Instant::now(), may_be_shown };
        if files > MANY {
            progress.show();
        }
        progress
    }

    fn show(&self) {
        if self.may_be_shown && self.bar.is_hidden() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// One more file is checked.
    pub(super) fn advance(&self) {
        if self.begun.elapsed() > LONG {
            self.show();
        }
        self.bar.inc(1);
    }

    /// Clears the bar while something is written.
    pub(super) fn aside<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bar.suspend(write)
    }

    /// Clears it for good.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
