//! Where a report for people is read: how wide that is, and whether links can be followed there.

use std::io::IsTerminal as _;

use supports_hyperlinks::Stream;

/// A terminal, or what takes its place. By default a file or a pipe, which looks the same everywhere.
#[derive(Debug, Clone, Copy, Default)]
pub struct Screen {
    /// The columns of a terminal.
    pub(super) columns: Option<usize>,
    /// Does it show links?
    pub(super) has_links: bool,
}

impl Screen {
    /// That of standard output.
    #[must_use]
    pub fn of_stdout() -> Self {
        let out = std::io::stdout();
        Self::new(out.is_terminal(), terminal_size::terminal_size_of(out), Stream::Stdout)
    }

    /// That of standard error.
    #[must_use]
    pub fn of_stderr() -> Self {
        let err = std::io::stderr();
        Self::new(err.is_terminal(), terminal_size::terminal_size_of(err), Stream::Stderr)
    }

    fn new(
        is_terminal: bool,
        size: Option<(terminal_size::Width, terminal_size::Height)>,
        stream: Stream,
    ) -> Self {
        if !is_terminal {
            return Self::default();
        }
        let columns = size.map(|(width, _)| usize::from(width.0)).filter(|columns| *columns > 0);
        Self { columns, has_links: supports_hyperlinks::on(stream) }
    }

    /// A text that links to a page, where there is one.
    pub(super) fn link(self, text: &str, page: Option<String>) -> String {
        match page {
            // OSC 8.
            Some(page) if self.has_links => format!("\x1b]8;;{page}\x1b\\{text}\x1b]8;;\x1b\\"),
            _ => text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_links_where_there_is_a_page_and_a_terminal_that_can() {
        let page = || Some("https://a/typo/idiom.md".to_owned());
        let screen = Screen { columns: None, has_links: true };
        assert_eq!(screen.link("甲", page()), "\x1b]8;;https://a/typo/idiom.md\x1b\\甲\x1b]8;;\x1b\\");
        assert_eq!(screen.link("甲", None), "甲");
        assert_eq!(Screen::default().link("甲", page()), "甲");
    }
}
