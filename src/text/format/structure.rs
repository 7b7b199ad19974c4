//! The structure of a Markdown text: what it renders as, but for the words.

use std::collections::HashSet;
use std::fmt::Write as _;

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use super::markdown::OPTIONS;

/// The names of links that are defined in a document.
pub(crate) type Labels = HashSet<String>;

/// The names that a source defines, `[name]: address`.
pub(crate) fn labels(source: &str) -> Labels {
    source.lines().filter_map(|line| Some(label(line.split_once("]:")?.0.rsplit_once('[')?.1))).collect()
}

fn label(name: &str) -> String {
    name.trim().to_lowercase()
}

/// Tells the structure of a text, token by token. `labels` are the names of links that are defined outside
/// it.
pub(crate) fn of(text: &str, labels: &Labels, mut tell: impl FnMut(&str)) {
    let link = |broken: BrokenLink<'_>| {
        labels.contains(&label(&broken.reference)).then_some((CowStr::Borrowed("-"), CowStr::Borrowed("")))
    };
    let mut token = String::new();
    let mut in_text = false;
    for event in Parser::new_with_broken_link_callback(text, OPTIONS, Some(link)) {
        // Words that follow each other are one text however they are cut.
        if matches!(event, Event::Text(_)) && in_text {
            continue;
        }
        in_text = matches!(event, Event::Text(_));
        token.clear();
        // Writing to a string cannot fail.
        let _ = match &event {
            Event::Text(_) => write!(token, "text"),
            event => write!(token, "{event:?}"),
        };
        tell(&token);
    }
}

/// Does a text show `strong` in bold, and all its words as `shown`?
pub(crate) fn shows_strong(text: &str, strong: &str, shown: &str) -> bool {
    let (mut all, mut bold, mut depth) = (String::new(), String::new(), 0usize);
    for event in Parser::new_ext(text, OPTIONS) {
        match event {
            Event::Start(Tag::Strong) => depth += 1,
            Event::End(TagEnd::Strong) => depth -= 1,
            Event::Text(text) => {
                all.push_str(&text);
                if depth > 0 {
                    bold.push_str(&text);
                }
            }
            _ => {}
        }
    }
    bold == strong && all == shown
}
