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

pub mod chinese;
#[cfg(feature = "cli")]
pub mod cli;
pub mod config;
pub mod doctype;
#[cfg(feature = "files")]
mod files;
pub mod finding;
pub mod lint;
#[cfg(feature = "cli")]
pub mod report;
pub mod rule;
pub mod rules;
#[cfg(feature = "lsp")]
pub mod server;
pub mod text;
pub mod typo;

pub use config::Config;
pub use finding::{Applicability, Diagnostic, Edit, Fix, Severity};
pub use lint::Linter;
pub use text::document::Document;
pub use text::format::Format;
