//! What one configuration says over what another says.

use super::pack::PacksConfig;
use super::{Config, DictionaryConfig, LengthConfig, Override, TypoConfig};

impl Config {
    /// This configuration over another: values take the place of those below, lists are added to them, tables
    /// are put together key by key. What counts from a folder (`extend`, `exclude`, `overrides`) stays as it
    /// is: [`Project`](super::Project) knows the folders.
    #[must_use]
    pub(crate) fn over(self, below: Self) -> Self {
        Self {
            extend: self.extend,
            select: self.select.or(below.select),
            ignore: added(below.ignore, self.ignore),
            severity: added(below.severity, self.severity),
            exclude: self.exclude,
            dictionary: DictionaryConfig {
                words: added(below.dictionary.words, self.dictionary.words),
                files: added(below.dictionary.files, self.dictionary.files),
                forbidden: added(below.dictionary.forbidden, self.dictionary.forbidden),
            },
            typo: TypoConfig {
                min_confidence: self.typo.min_confidence.or(below.typo.min_confidence),
                possible: self.typo.possible.or(below.typo.possible),
            },
            packs: PacksConfig {
                files: added(below.packs.files, self.packs.files),
                loaded: added(below.packs.loaded, self.packs.loaded),
            },
            document_type: self.document_type.or(below.document_type),
            length: LengthConfig {
                document: self.length.document.or(below.length.document),
                sections: added(below.length.sections, self.length.sections),
            },
            overrides: self.overrides,
        }
    }
}

impl From<Override> for Config {
    /// What it says for its files, as if for all.
    fn from(part: Override) -> Self {
        let Override { files: _, select, ignore, severity, document_type, typo, length } = part;
        Self { select, ignore, severity, document_type, typo, length, ..Self::default() }
    }
}

/// What stands below, and then what stands above: of two entries with one key, the latter stays.
fn added<T: IntoIterator + Extend<T::Item>>(mut below: T, above: T) -> T {
    below.extend(above);
    below
}
