//! A page for readers who have neither a terminal nor an editor: each draft with the marks that an editor would make,
//! its outline, where its faults gather, and the remarks by number. One file that fetches nothing.
//!
//! It is written as files are checked. What stands above them and is known only behind the last, the totals and the
//! list of files, is written last and stands first by its order in the style.

mod article;
mod corrections;
mod draft;
mod head;
mod marks;
mod notes;
mod paragraphs;
mod sections;
#[cfg(feature = "serve")]
pub(crate) mod served;
mod strip;
mod summary;
mod visible;

use std::io::{self, Write};

use super::{FileReport, Reporter, RunReport};
use draft::Draft;
use summary::{Row, Summary};

/// The page as far as it is written.
#[derive(Default)]
pub(super) struct Html {
    summary: Summary,
    /// The first draft, until it is known whether it is the only one: the page is called by it.
    first: Option<First>,
}

struct First {
    name: String,
    article: String,
}

impl First {
    /// Writes the beginning of the page and the draft.
    fn write(self, is_only: bool, out: &mut dyn Write) -> io::Result<()> {
        let title = format!("{}{}－{}", self.name, if is_only { "" } else { "等" }, head::NAME);
        out.write_all(head::head(&title, None).into_string().as_bytes())?;
        out.write_all(self.article.as_bytes())
    }
}

impl Reporter for Html {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let is_first = self.summary.is_empty();
        let draft = Draft::new(self.summary.files() + 1, report);
        self.summary.add(format!("#{}", draft.id()), Row::new(&draft));
        let article = article::article(&draft).into_string();
        if is_first {
            self.first = Some(First { name: draft.name(), article });
            return Ok(());
        }
        if let Some(first) = self.first.take() {
            first.write(false, out)?;
        }
        out.write_all(article.as_bytes())
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self.first.take() {
            Some(first) => first.write(true, out)?,
            None if self.summary.is_empty() => {
                out.write_all(head::head(head::NAME, None).into_string().as_bytes())?;
            }
            None => {}
        }
        out.write_all(self.summary.sections(run).into_string().as_bytes())?;
        out.write_all(head::tail(None).into_string().as_bytes())
    }
}
