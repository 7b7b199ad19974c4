//! URLs, e-mail addresses, names of files and calls of functions inside prose: they become objects, so that
//! no rule reads them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::text::block::BlockBuilder;

use super::code;

static URL: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)(?:(?:https?|ftp)://|www\.)[\x21-\x7E]+(?:[/=#?&_-]\p{Han}+[\x21-\x7E]*[A-Za-z0-9/])*|[a-z0-9_.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The byte ranges of what is no prose in `text`, in order.
pub(super) fn find(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let code = code::inline(text);
    let apart = |url: &Range<usize>| !code.iter().any(|code| url.start < code.end && code.start < url.end);
    let mut found: Vec<_> = addresses(text).filter(apart).chain(code.iter().cloned()).collect();
    found.sort_by_key(|range| range.start);
    found.into_iter()
}

/// The byte ranges of URLs and e-mail addresses.
fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let bytes = text.as_bytes();
    let likely = memchr::memchr3_iter(b':', b'@', b'w', bytes).any(|at| match bytes[at] {
        b':' => bytes[at..].starts_with(b"://"),
        b'w' => bytes[at..].starts_with(b"www."),
        _ => true,
    });
    likely.then(|| URL.find_iter(text)).into_iter().flatten().map(|found| {
        let trimmed = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '"', '>']);
        found.start()..found.start() + trimmed.len()
    })
}

/// Adds `text`, which the source writes the same at `at`, with its URLs as objects.
pub(super) fn push_text(builder: &mut BlockBuilder, text: &str, at: usize) {
    let mut done = 0;
    for url in find(text) {
        builder.push(&text[done..url.start], at + done..at + url.start);
        builder.push_object(at + url.start..at + url.end);
        done = url.end;
    }
    builder.push(&text[done..], at + done..at + text.len());
}
