//! How confident a suspicion must be to be reported, and as what.

/// How confident a suspicion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// It may be right as it stands: a question to the writer.
    Possible,
    /// A proofreader would mark it.
    Likely,
}

/// Kinds of typos, one for each rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypoKind {
    /// One or more characters for others.
    Contextual,
    /// A character too few.
    Missing,
    /// Characters too many.
    Extra,
    /// Two neighbours exchanged.
    Transposed,
    /// 的, 地 and 得.
    DeDiDe,
}

/// What the thresholds depend on: the kind of error and, for replacements, the dictionary. Errors that a
/// reader sees at a glance (检则, 附建) are more frequent in drafts than in the training data, and such
/// suspicions are seldom wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// What is written is in no word, and what is proposed is.
    MakesWord,
    /// Both are.
    WordForWord,
    /// What is proposed is in no word.
    NoWord,
    /// A character too few.
    Missing,
    /// Characters too many.
    Extra,
    /// Two neighbours exchanged.
    Transposed,
    /// 的, 地 and 得.
    DeDiDe,
}

/// The number of classes.
pub const CLASSES: usize = 7;

/// The least confidence of what is likely, by class, set by the false alarms on edited text …
pub const LIKELY: [f32; CLASSES] = [0.75, 0.85, 0.90, 0.60, 0.80, 0.50, 0.90];
/// … and of what is possible.
pub const POSSIBLE: [f32; CLASSES] = [0.20, 0.28, 0.60, 0.45, 0.35, 0.30, 0.28];

impl Class {
    /// The kind of error.
    pub fn kind(self) -> TypoKind {
        match self {
            Class::MakesWord | Class::WordForWord | Class::NoWord => TypoKind::Contextual,
            Class::Missing => TypoKind::Missing,
            Class::Extra => TypoKind::Extra,
            Class::Transposed => TypoKind::Transposed,
            Class::DeDiDe => TypoKind::DeDiDe,
        }
    }
}
