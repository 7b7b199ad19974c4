//! Files that are made of a draft, to be saved.

use hyper::StatusCode;

use super::answer::{self, Answer, Refusal};
use super::draft::Draft;
use crate::cli::check::{with_comments, with_suggestions};
use crate::report::screen::Screen;
use crate::report::{OutputFormat, RunReport};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Download {
    /// The draft itself.
    Text,
    /// With a comment for each finding.
    Annotated,
    /// With a tracked change for each fix.
    Suggested,
    /// The page as `check` writes it.
    Report,
}

impl Download {
    /// What an address means.
    ///
    /// # Errors
    /// Nothing.
    pub(super) fn named(name: &str) -> Result<Self, Refusal> {
        match name {
            "text" => Ok(Self::Text),
            "annotated" => Ok(Self::Annotated),
            "suggested" => Ok(Self::Suggested),
            "report" => Ok(Self::Report),
            _ => Err(Refusal::not_found()),
        }
    }

    /// The file.
    ///
    /// # Errors
    /// The draft cannot be read, or is none in which comments can be.
    pub(super) fn of(self, draft: &Draft) -> Result<Answer, Refusal> {
        let unmade = |why| Refusal::new(StatusCode::CONFLICT, format!("没有做成：原稿{why}"));
        let bytes = match self {
            Self::Text => draft.bytes()?.into_owned(),
            Self::Annotated => with_comments(&draft.bytes()?, &draft.findings).map_err(unmade)?,
            Self::Suggested => with_suggestions(&draft.bytes()?, &draft.findings).map_err(unmade)?,
            Self::Report => report(draft),
        };
        Ok(answer::file(&self.file_name(draft), bytes))
    }

    fn file_name(self, draft: &Draft) -> String {
        let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let (stem, extension) = (part(draft.name.file_stem()), part(draft.name.extension()));
        match self {
            Self::Text => format!("{stem}.{extension}"),
            Self::Annotated => format!("{stem}（批注）.{extension}"),
            Self::Suggested => format!("{stem}（修订）.{extension}"),
            Self::Report => format!("{stem}（审读报告）.html"),
        }
    }
}

/// The page of a draft, which anybody can open without a server.
fn report(draft: &Draft) -> Vec<u8> {
    let mut out = Vec::new();
    let mut reporter = OutputFormat::Html.reporter(Screen::default());
    let mut run = RunReport::default();
    run.counts.add(&draft.findings, &[], draft.takes_fixes());
    // Memory takes what is written to it.
    let _ = reporter
        .begin(&mut out)
        .and_then(|()| reporter.file(&draft.report(), &mut out))
        .and_then(|()| reporter.end(&run, &mut out));
    out
}
