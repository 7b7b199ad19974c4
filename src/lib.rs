//! zhubi 朱笔 proofreads Chinese reports: typos, punctuation, numbers, structure, style.
//!
//! ```
//! use zhubi::{Config, Document, Format, Linter};
//!
//! let linter = Linter::new(&Config::default());
//! let document = Document::new("认真学习政冶理论。", Format::Plain);
//! let findings = linter.check(&document);
//! assert_eq!(&document.source()[findings[0].range.clone()], "政冶");
//! assert_eq!(findings[0].fixes[0].edits[0].text, "政治");
//! ```

mod chinese;
#[cfg(feature = "cli")]
mod cli;
mod config;
mod doctype;
#[cfg(feature = "files")]
mod files;
mod finding;
mod lint;
mod parallel;
#[cfg(feature = "cli")]
mod report;
mod rule;
#[allow(rustdoc::invalid_codeblock_attributes, reason = "the comments of rules are pages for writers")]
mod rules;
#[cfg(feature = "lsp")]
mod server;
mod text;
#[doc(hidden)] // For the builder of the model, which goes with this very version.
pub mod typo;

pub use config::pack::PacksConfig;
pub use config::{Config, ConfigError, DictionaryConfig, LengthConfig, Level, Override, TypoConfig};
pub use doctype::DocumentType;
pub use finding::{Applicability, Diagnostic, Edit, Fix, ParseSeverityError, Related, Severity};
pub use lint::{Checker, Linter};
pub use rule::Rule;
pub use rule::pack::Pack;
pub use rules::rules;
pub use text::document::Document;
pub use text::format::Format;
pub use text::read_error::ReadError;

/// Runs the command line of this process.
#[cfg(feature = "cli")]
#[doc(hidden)]
#[must_use]
pub fn main() -> std::process::ExitCode {
    cli::main()
}

/// What the tests and benches of this repository use besides; nothing of it is promised.
#[doc(hidden)]
pub mod internal {
    #[cfg(feature = "cli")]
    pub use crate::cli::output_schema::output_schema;
    #[cfg(feature = "schema")]
    pub use crate::config::keys as config_keys;
    pub use crate::doctype::{ALL as DOCUMENT_TYPES, DocumentType};
    pub use crate::finding::group_of;
    pub use crate::lint::fix;
    pub use crate::lint::fix_all::fix_all;
    #[cfg(feature = "cli")]
    pub use crate::report::{FileReport, OutputFormat, screen::Screen};
    pub use crate::rules::GROUPS;
}
