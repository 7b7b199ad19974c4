//! The marks that are looked for, what is right in their place, and what they are called.

/// All of them; the marks first, then the pairs.
pub(super) const KINDS: [Kind; 9] = [
    Kind { half: ",", full: "，", name: "逗号" },
    Kind { half: ";", full: "；", name: "分号" },
    Kind { half: ":", full: "：", name: "冒号" },
    Kind { half: "?", full: "？", name: "问号" },
    Kind { half: "!", full: "！", name: "叹号" },
    Kind { half: ".", full: "。", name: "句号" },
    Kind { half: "()", full: "（）", name: "括号" },
    Kind { half: "\"", full: "“”", name: "引号" },
    Kind { half: "'", full: "‘’", name: "单引号" },
];

/// A kind of mark.
pub(super) struct Kind {
    pub(super) half: &'static str,
    pub(super) full: &'static str,
    pub(super) name: &'static str,
}

impl Kind {
    pub(super) fn is_pair(&self) -> bool {
        self.full.chars().count() == 2
    }

    pub(super) fn is_quote(&self) -> bool {
        self.full.starts_with(['“', '‘'])
    }

    /// How many marks, or pairs of them, so many edits are.
    pub(super) fn places(&self, edits: usize) -> usize {
        if self.is_pair() { edits.div_ceil(2) } else { edits }
    }

    pub(super) fn unit(&self) -> &'static str {
        if self.is_pair() { "对" } else { "处" }
    }
}
