//! The regular expressions of rows. regex-lite compiles at a tenth of the cost, and zhubi's own patterns ask for no more
//! than it knows; those of packs may ask for the classes of Unicode.

use std::ops::Range;

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) enum Expression {
    Own(regex_lite::Regex),
    Pack(regex::Regex),
}

/// A match with its groups.
pub(super) trait Captures {
    /// The place of a group.
    fn place(&self, group: usize) -> Option<Range<usize>>;
    /// A template with the groups put in.
    fn expanded(&self, template: &str) -> String;
}

macro_rules! captures {
    ($engine:ident) => {
        impl Captures for $engine::Captures<'_> {
            fn place(&self, group: usize) -> Option<Range<usize>> {
                self.get(group).map(|found| found.range())
            }

            fn expanded(&self, template: &str) -> String {
                let mut text = String::new();
                self.expand(template, &mut text);
                text
            }
        }
    };
}
captures!(regex);
captures!(regex_lite);

impl Expression {
    pub(super) fn for_each(&self, text: &str, mut take: impl FnMut(&dyn Captures)) {
        match self {
            Self::Own(regex) => regex.captures_iter(text).for_each(|found| take(&found)),
            Self::Pack(regex) => regex.captures_iter(text).for_each(|found| take(&found)),
        }
    }
}
