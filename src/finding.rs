//! A finding, as every way out shows it.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How much a finding matters. Ordered: a hint is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth a look, when the writer has time.
    #[serde(alias = "参考")]
    Hint,
    /// A matter of convention or style.
    #[serde(alias = "提示")]
    Info,
    /// Most proofreaders would mark it.
    #[serde(alias = "警告")]
    Warning,
    /// Every professional proofreader would mark it.
    #[serde(alias = "错误")]
    Error,
}

impl Severity {
    /// All severities, the gravest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Info, Self::Hint];

    /// Its name in configuration, on the command line and in machine-readable output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Hint => "hint",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Its name for a writer.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Hint => "参考",
            Self::Info => "提示",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Severity {
    type Err = ParseSeverityError;

    fn from_str(name: &str) -> Result<Self, ParseSeverityError> {
        let named = |severity: &Self| severity.name() == name || severity.chinese() == name;
        let found = Self::ALL.into_iter().find(named);
        found.ok_or(ParseSeverityError)
    }
}

/// A name that no severity has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseSeverityError;

impl fmt::Display for ParseSeverityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = Severity::ALL.map(|severity| format!("{}（{}）", severity.chinese(), severity.name()));
        write!(f, "级别只有{}", known.join("、"))
    }
}

impl std::error::Error for ParseSeverityError {}

/// May a fix be applied unseen?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// A person picks it.
    Suggested,
    /// It may be applied unseen: the meaning cannot change.
    Safe,
}

/// A replacement of a byte range of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes to replace; empty for an insertion.
    pub range: Range<usize>,
    /// What to put there; empty for a deletion.
    pub text: String,
}

impl Edit {
    /// The same edit of `source`, without what it does not change at its two ends.
    #[must_use]
    pub fn trimmed(self, source: &str) -> Self {
        let old = &source[self.range.clone()];
        let prefix: usize =
            old.chars().zip(self.text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let (old, new) = (&old[prefix..], &self.text[prefix..]);
        let suffix: usize = old
            .chars()
            .rev()
            .zip(new.chars().rev())
            .take_while(|(a, b)| a == b)
            .map(|(a, _)| a.len_utf8())
            .sum();
        Self {
            range: self.range.start + prefix..self.range.end - suffix,
            text: new[..new.len() - suffix].to_owned(),
        }
    }
}

/// `source` after `edits`, which are in order and do not overlap.
#[must_use]
pub fn apply<E: Borrow<Edit>>(source: &str, edits: &[E]) -> String {
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for edit in edits.iter().map(Borrow::borrow) {
        text.push_str(&source[done..edit.range.start]);
        text.push_str(&edit.text);
        done = edit.range.end;
    }
    text + &source[done..]
}

/// A way to settle a finding: edits that are applied together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What it does, for a menu: 改为“政治”.
    pub title: String,
    /// The edits, in order, without overlap.
    pub edits: Vec<Edit>,
    /// May it be applied unseen?
    pub applicability: Applicability,
}

/// Another place that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Related {
    /// Its bytes in the source.
    pub range: Range<usize>,
    /// What is there.
    pub message: String,
}

/// A finding of a rule in a document.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule, such as `typo/confusable-word`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Its bytes in the source.
    pub range: Range<usize>,
    /// The fault and the remedy, in one line of Chinese.
    pub message: String,
    /// Ways to settle it, the best first.
    pub fixes: Vec<Fix>,
    /// Other places that it is about.
    pub related: Vec<Related>,
    /// For typos: the probability that it is one, from 0 to 1.
    pub confidence: Option<f32>,
}

impl Diagnostic {
    /// What may stand in the place of exactly this range, the best first.
    pub fn replacements(&self) -> impl Iterator<Item = &str> {
        self.fixes.iter().filter_map(|fix| match &fix.edits[..] {
            [only] if only.range == self.range => Some(only.text.as_str()),
            _ => None,
        })
    }

    /// The fix that may be applied unseen, if there is one.
    #[must_use]
    pub fn safe_fix(&self) -> Option<&Fix> {
        self.fixes.first().filter(|fix| fix.applicability == Applicability::Safe)
    }

    /// The message without its numbers, which may be those of a line or a count.
    #[must_use]
    pub fn gist(&self) -> String {
        let mut depth = 0_usize;
        let mut is_kept = |c: &char| {
            match c {
                '（' => depth += 1,
                '）' => depth = depth.saturating_sub(1),
                c => return depth == 0 && !c.is_ascii_digit(),
            }
            false
        };
        self.message.chars().filter(|c| is_kept(c)).collect()
    }

    /// The applicability of its best fix.
    #[must_use]
    pub fn applicability(&self) -> Option<Applicability> {
        self.fixes.first().map(|fix| fix.applicability)
    }
}

/// A finding points to so many other places at most; the reader of a longer list has stopped reading.
pub(crate) const MAX_RELATED: usize = 12;

/// What a rule found.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its bytes, in the paragraph's prose or in the document's source, as the rule's scope has it.
    pub range: Range<usize>,
    /// The fault and the remedy, in one line of Chinese.
    pub message: String,
    /// A lower severity than the rule's.
    pub severity: Option<Severity>,
    /// Ways to settle it, the best first.
    pub fixes: Vec<Fix>,
    /// Other places that it is about.
    pub related: Vec<Related>,
    /// For typos: the probability that it is one.
    pub confidence: Option<f32>,
}

impl Finding {
    /// A finding without a fix.
    #[must_use]
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            severity: None,
            fixes: Vec::new(),
            related: Vec::new(),
            confidence: None,
        }
    }

    /// A finding at the first of several places, which points to the others. `other` says what is there.
    ///
    /// # Panics
    /// Where there is no place.
    #[must_use]
    pub fn at_places(places: &[Range<usize>], message: impl Into<String>, other: &str) -> Self {
        Self::new(places[0].clone(), message).related_places(places[1..].iter().cloned(), other)
    }

    /// Offers to put `text` in the place of the range.
    #[must_use]
    pub fn replace(self, text: impl Into<String>, applicability: Applicability) -> Self {
        let text = text.into();
        let title = if text.is_empty() { "删去".to_owned() } else { format!("改为“{text}”") };
        let edits = vec![Edit { range: self.range.clone(), text }];
        self.fix(Fix { title, edits, applicability })
    }

    /// Offers a fix of several edits.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Says how much it matters, where that is less than the rule's severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Points to other places that it is about, as far as a reader would follow.
    #[must_use]
    pub fn related_places(self, places: impl IntoIterator<Item = Range<usize>>, message: &str) -> Self {
        places.into_iter().take(MAX_RELATED).fold(self, |finding, place| finding.related(place, message))
    }

    /// Points to another place that it is about.
    #[must_use]
    pub fn related(mut self, range: Range<usize>, message: impl Into<String>) -> Self {
        self.related.push(Related { range, message: message.into() });
        self
    }
}

/// The group of a rule: `typo` of `typo/idiom`.
#[must_use]
pub fn group_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(group, _)| group)
}
