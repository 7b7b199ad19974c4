//! From which severity on a run fails.

use std::fmt;
use std::str::FromStr;

use crate::finding::{ParseSeverityError, Severity};

/// A severity, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FailOn(Option<Severity>);

impl FailOn {
    pub(super) const NEVER: Self = Self(None);

    /// Does a finding of this severity fail the run?
    pub(super) fn is_reached_by(self, severity: Severity) -> bool {
        self.0.is_some_and(|least| severity >= least)
    }
}

impl FromStr for FailOn {
    type Err = ParseFailOnError;

    fn from_str(name: &str) -> Result<Self, ParseFailOnError> {
        match name {
            "never" | "从不" => Ok(Self::NEVER),
            _ => name.parse().map(|severity| Self(Some(severity))).map_err(ParseFailOnError),
        }
    }
}

/// Neither a severity nor “never”.
#[derive(Debug)]
pub(super) struct ParseFailOnError(ParseSeverityError);

impl fmt::Display for ParseFailOnError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}，或从不（never）", self.0)
    }
}

impl std::error::Error for ParseFailOnError {}
