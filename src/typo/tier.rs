//! How sure a suspicion must be to be said, and how it is said.

/// How sure a suspicion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// It may be right as it stands: a question to the writer.
    Possible,
    /// A proofreader would mark it.
    Likely,
}

/// Each kind is one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
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

/// What the least confidence hangs on: what kind of error it would be and, where something stands for something else, what the dictionary says. What
/// a reader sees at a glance (检则, 附建) is what writers oftener miswrite than training puts in, and is seldom right.
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

/// How many classes there are.
pub const CLASSES: usize = 7;

/// Least confidence by class (in the order of `Class`) of what is likely, set by the false alarms on edited text …
pub const LIKELY: [f32; CLASSES] = [0.75, 0.85, 0.90, 0.60, 0.80, 0.50, 0.90];
/// … and of what is possible.
pub const POSSIBLE: [f32; CLASSES] = [0.20, 0.28, 0.60, 0.45, 0.35, 0.30, 0.28];

impl Class {
    /// The kind of error.
    pub fn kind(self) -> Kind {
        match self {
            Class::MakesWord | Class::WordForWord | Class::NoWord => Kind::Contextual,
            Class::Missing => Kind::Missing,
            Class::Extra => Kind::Extra,
            Class::Transposed => Kind::Transposed,
            Class::DeDiDe => Kind::DeDiDe,
        }
    }
}
