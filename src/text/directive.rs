//! What a draft says to the program: `zhubi: ignore typo/idiom`, `zhubi: type=请示`. The only parser of it.
//!
//! A directive is a comment (`<!-- … -->`) or a line of its own, in brackets or not; in plain text it may also end a line of text. What stands in
//! code, or in the middle of a sentence, only speaks of directives.
//!
//! - `zhubi: ignore RULE …` is about the findings on its line; alone on its line, about those of the next line.
//! - `zhubi: ignore-next-line RULE …` is about those of the next line that holds anything.
//! - `zhubi: ignore-file RULE …` is about those of the whole file.
//! - `zhubi: ignore-begin RULE …` is about those up to `zhubi: ignore-end`.
//! - `zhubi: type=请示` says what kind of document this is.

use std::ops::Range;

use super::format::Markup;

/// A directive, or what was meant for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its bytes; with those of its comment, where that holds nothing else.
    pub range: Range<usize>,
    /// What it says.
    pub command: Command,
}

/// What a directive says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Findings are passed over.
    Ignore {
        /// How far it reaches.
        reach: Reach,
        /// The bytes whose findings are meant.
        covers: Range<usize>,
        /// The bytes of the names of the rules and groups that are meant; none for all.
        names: Vec<Range<usize>>,
    },
    /// A region ends whose findings are passed over.
    End,
    /// A region that is none.
    Unpaired(Unpaired),
    /// The kind of document: the bytes of its name.
    Type(Range<usize>),
    /// Nothing that is understood.
    Unknown {
        /// The bytes that are not understood.
        range: Range<usize>,
        /// What was meant, where that can be told.
        meant: Option<&'static str>,
    },
}

/// How far a directive reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the end of a line.
    Line,
    /// To where a region ends.
    Region,
    /// To the end of the file.
    File,
}

/// Why the beginning or end of a region has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpaired {
    /// It does not end.
    Endless,
    /// It has not begun.
    NotBegun,
    /// It begins within another.
    Nested,
}

/// What a directive begins with.
pub const ADDRESS: &str = "zhubi:";

/// The words of a directive, and what each does, for a writer.
pub const WORDS: [(&str, &str); 6] = [
    ("ignore", "忽略本行；独占一行时忽略下一行"),
    ("ignore-next-line", "忽略下一行"),
    ("ignore-begin", "从这里起忽略，到 ignore-end 为止"),
    ("ignore-end", "忽略到这里为止"),
    ("ignore-file", "忽略全文"),
    ("type=", "写明文种"),
];

/// What was typed of a directive in a line up to the caret, after its address.
#[must_use]
pub fn begun(line: &str) -> Option<&str> {
    line.rfind(ADDRESS).map(|at| line[at + ADDRESS.len()..].trim_start())
}

/// May a text hold a directive, however it is spelt? Most do not, and nobody need look for one.
#[must_use]
pub fn may_hold(source: &str) -> bool {
    addresses(source).next().is_some()
}

/// Where the program is named.
fn addresses(source: &str) -> impl Iterator<Item = usize> + '_ {
    const NAME: &[u8] = b"zhubi";
    let bytes = source.as_bytes();
    memchr::memchr2_iter(b'z', b'Z', bytes)
        .filter(|&at| bytes.get(at..at + NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME)))
        .filter(|&at| at == 0 || !bytes[at - 1].is_ascii_alphanumeric())
}

/// The directives of a source, in order.
#[must_use]
pub fn parse(source: &str, markup: &Markup) -> Vec<Directive> {
    let comments = comments(source, markup);
    let mut found: Vec<Directive> = Vec::new();
    let mut line = 0..0;
    for at in addresses(source) {
        if found.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        if at >= line.end {
            let start = source[line.end..at].rfind('\n').map_or(line.end, |end| line.end + end + 1);
            line = start..source[at..].find('\n').map_or(source.len(), |end| at + end);
        }
        let place = match holding(&comments, at) {
            Some(comment) => in_comment(source, comment, at),
            None if markup.is_silent(at) => None,
            None => in_line(source, &line, at, markup),
        };
        found.extend(place.and_then(|place| read(source, &line, &place)));
    }
    pair(&mut found);
    found
}

/// Finds where each region ends. One within another has no effect, but an end of its own.
fn pair(directives: &mut [Directive]) {
    let (mut begun, mut nested) = (None, 0_usize);
    for at in 0..directives.len() {
        match &directives[at].command {
            Command::Ignore { reach: Reach::Region, .. } if begun.is_some() => {
                directives[at].command = Command::Unpaired(Unpaired::Nested);
                nested += 1;
            }
            Command::Ignore { reach: Reach::Region, .. } => begun = Some(at),
            Command::End if nested > 0 => nested -= 1,
            Command::End => {
                let ends_at = directives[at].range.start;
                match begun.take().map(|begun: usize| &mut directives[begun].command) {
                    Some(Command::Ignore { covers, .. }) => covers.end = ends_at,
                    _ => directives[at].command = Command::Unpaired(Unpaired::NotBegun),
                }
            }
            _ => {}
        }
    }
    if let Some(begun) = begun {
        directives[begun].command = Command::Unpaired(Unpaired::Endless);
    }
}

/// Where a directive may stand.
struct Place {
    /// With its comment.
    shown: Range<usize>,
    /// From its address to where it has to end.
    text: Range<usize>,
    kind: PlaceKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceKind {
    Comment,
    Line,
    /// Behind a text; is that a sentence that has ended?
    Tail(bool),
}

/// The last range that begins before a place, where it holds it.
fn holding(ranges: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = ranges.partition_point(|range| range.start <= at).checked_sub(1)?;
    Some(&ranges[before]).filter(|range| at < range.end)
}

const OPEN: &str = "<!--";
const CLOSE: &str = "-->";

/// The comments of a source. In plain text nothing but another comment stands after one on its line: `<!--`
/// in the middle of a sentence is quoted.
fn comments(source: &str, markup: &Markup) -> Vec<Range<usize>> {
    let Markup::Html { html, .. } = markup else {
        let mut all = closed(source, 0..source.len());
        all.retain(|comment| !source[comment.clone()].contains('\n'));
        // From the end, so that each knows the one behind it.
        let mut kept: Vec<Range<usize>> = Vec::new();
        let mut next: Option<(usize, bool)> = None;
        for comment in all.into_iter().rev() {
            let between = &source[comment.end..next.map_or(source.len(), |(start, _)| start)];
            let is_last = match between.find('\n') {
                Some(end) => between[..end].trim().is_empty(),
                None => between.trim().is_empty() && next.is_none_or(|(_, is_last)| is_last),
            };
            next = Some((comment.start, is_last));
            kept.extend(is_last.then_some(comment));
        }
        kept.reverse();
        return kept;
    };
    html.iter().flat_map(|range| closed(source, range.clone())).collect()
}

/// The comments within a part of the source.
fn closed(source: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = part.start;
    while let Some(open) = source[at..part.end].find(OPEN).map(|open| at + open) {
        let inside = open + OPEN.len();
        let Some(close) = source[inside..part.end].find(CLOSE) else { break };
        at = inside + close + CLOSE.len();
        // What opens again was not closed before.
        let open = source[..at - CLOSE.len()][inside..].rfind(OPEN).map_or(open, |again| inside + again);
        all.push(open..at);
    }
    all
}

/// A directive begins a comment, or a line in it.
fn in_comment(source: &str, comment: &Range<usize>, at: usize) -> Option<Place> {
    let inside = comment.start + OPEN.len()..comment.end - CLOSE.len();
    let start =
        source[inside.start.min(at)..at].rfind('\n').map_or(inside.start, |end| inside.start + end + 1);
    let end = source[at..inside.end].find('\n').map_or(inside.end, |end| at + end);
    if !source[start..at].trim().is_empty() {
        return None;
    }
    let text = trimmed(source, at..end);
    let is_all = source[inside].trim() == &source[text.clone()];
    let shown = if is_all { comment.clone() } else { text.clone() };
    Some(Place { shown, text, kind: PlaceKind::Comment })
}

/// What a writer may put round a directive that is a line, as is done with notes.
const BRACKETS: [(&str, &str); 4] = [("（", "）"), ("(", ")"), ("【", "】"), ("[", "]")];

/// A directive is a line, or in plain text the end of one.
fn in_line(source: &str, line: &Range<usize>, at: usize, markup: &Markup) -> Option<Place> {
    let before = source[line.start..at].trim();
    let whole = source[line.clone()].trim();
    let closes = |&&(open, close): &&(&str, &str)| {
        before == open && whole.find(close) == whole.len().checked_sub(close.len())
    };
    if let Some((_, close)) = BRACKETS.iter().find(closes) {
        let end = trimmed(source, at..line.end).end;
        let start = line.start + source[line.clone()].len() - source[line.clone()].trim_start().len();
        let text = trimmed(source, at..end - close.len());
        return Some(Place { shown: start..end, text, kind: PlaceKind::Line });
    }
    let kind = if before.is_empty() {
        PlaceKind::Line
    } else if *markup == Markup::None {
        PlaceKind::Tail(before.ends_with([
            '。', '！', '？', '；', '：', '，', '…', '”', '）', '》', '】', '.', '!', '?', ';', ':', ')', '|',
        ]))
    } else {
        return None;
    };
    let text = trimmed(source, at..line.end);
    Some(Place { shown: text.clone(), text, kind })
}

fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + source[range].trim_end().len()
}

/// What stands at a place, if it speaks to the program and not of it.
fn read(source: &str, line: &Range<usize>, place: &Place) -> Option<Directive> {
    let text = &source[place.text.clone()];
    let at = |offset: usize| place.text.start + offset;
    let name_end = "zhubi".len();
    let colon = text[name_end..].trim_start_matches([' ', '\t']);
    let after = colon.strip_prefix([':', '：']);
    let rest = after.unwrap_or(colon).trim_start_matches([' ', '\t']);
    let word_start = text.len() - rest.len();
    let word_len =
        rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-' && c != '_').unwrap_or(rest.len());
    let (word, rest) = rest.split_at(word_len);
    let is_exact = text.starts_with(ADDRESS);
    let tail = |known: bool| match place.kind {
        PlaceKind::Tail(ended) => known && is_tail(rest, ended),
        PlaceKind::Comment | PlaceKind::Line => known,
    };
    let unknown = |range: Range<usize>, meant: Option<&'static str>| {
        let range = at(range.start)..at(range.end);
        Some(Directive { range: place.shown.clone(), command: Command::Unknown { range, meant } })
    };
    let nearest = nearest(word);
    let is_word = nearest.is_some_and(|near| near.trim_end_matches('=') == word);
    if !is_exact {
        // Without a colon only the very words tell that the program was meant.
        let meant =
            if after.is_some() { nearest.is_some() } else { is_word && place.kind != PlaceKind::Tail(false) };
        let end = word_start.min(text[..word_start].trim_end().len());
        return if tail(meant) { unknown(0..end, Some(ADDRESS)) } else { None };
    }
    if !is_word {
        let is_addressed = match place.kind {
            PlaceKind::Comment => true,
            PlaceKind::Line => nearest.is_some() || !word.is_empty() && text.is_ascii(),
            PlaceKind::Tail(_) => tail(nearest.is_some()),
        };
        let end = if word.is_empty() { text.len() } else { word_start + word_len };
        return if is_addressed { unknown(word_start.min(end)..end, nearest) } else { None };
    }
    let rest_start = text.len() - rest.len();
    if word == "type" {
        let Some(named) = rest.trim_start_matches([' ', '\t']).strip_prefix('=') else {
            return if tail(true) { unknown(word_start..text.len(), Some("type=")) } else { None };
        };
        let named = named.trim_start_matches([' ', '\t']);
        let start = text.len() - named.len();
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | ';' | '；' | '>' | '。' | '-');
        let end = named.find(ends).map_or(text.len(), |end| start + end);
        let is_meant = !matches!(place.kind, PlaceKind::Tail(_)) || end == text.len();
        let command = Command::Type(at(start)..at(end));
        return is_meant.then(|| Directive { range: place.shown.clone(), command });
    }
    if !tail(true) {
        return None;
    }
    if let Some(c) = rest.chars().next().filter(|c| !is_separator(*c)) {
        return unknown(word_start..rest_start + c.len_utf8(), nearest);
    }
    let alone = source[line.start.min(place.shown.start)..place.shown.start].trim().is_empty()
        && source[place.shown.end..line.end.max(place.shown.end)].trim().is_empty();
    let (reach, covers) = match word {
        "ignore-end" => return Some(Directive { range: place.shown.clone(), command: Command::End }),
        "ignore-begin" => (Reach::Region, place.shown.end..source.len()),
        "ignore-file" => (Reach::File, 0..source.len()),
        "ignore" if !alone => (Reach::Line, line.clone()),
        _ => (Reach::Line, next_line(source, line.end.max(place.shown.end))),
    };
    let names = names(rest).map(|name| at(rest_start + name.start)..at(rest_start + name.end)).collect();
    Some(Directive { range: place.shown.clone(), command: Command::Ignore { reach, covers, names } })
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\t' | ',' | '，')
}

/// The names in what follows the word; `--`, `#` and brackets begin a remark.
fn names(rest: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += rest[at..].len() - rest[at..].trim_start_matches(is_separator).len();
        let name = rest[at..].split(is_separator).next().filter(|name| !name.is_empty())?;
        if name.starts_with("--") || name.starts_with(['#', '（', '(']) {
            return None;
        }
        let range = at..at + name.len();
        at = range.end;
        Some(range)
    })
}

/// May this be the end of a directive behind a text? Chinese words are names only behind a sentence that has
/// ended: 用 zhubi: ignore 忽略本行 is prose.
fn is_tail(rest: &str, ended: bool) -> bool {
    let is_selector =
        |c: char| c.is_ascii_alphanumeric() || is_separator(c) || matches!(c, '/' | '-' | '_' | '=');
    rest.chars().all(is_selector) || ended && !rest.contains(['。', '，', '！', '？', '；'])
}

/// The word that was meant by one that may be misspelt.
fn nearest(word: &str) -> Option<&'static str> {
    let word = word.to_ascii_lowercase().replace('_', "-").replace("ignore-start", "ignore-begin");
    let begins = |known: &str| word.len() >= 4 && known.starts_with("ignore") && word.starts_with("ignore");
    let far = |known: &str| {
        let is_cut = word.len() > "ignore".len() && known.starts_with(&word);
        if is_cut { 0 } else { distance(&word, known.trim_end_matches('=')) }
    };
    // ignore-line is about a line.
    let fits = |known: &&str| !word.ends_with("line") || known.ends_with("line") || !known.contains('-');
    let known = WORDS.iter().map(|(known, _)| *known).filter(fits).map(|known| (far(known), known));
    let is_edge = |known: &str| matches!(known, "ignore-begin" | "ignore-end");
    let near = known.filter(|(far, known)| *far <= 2.min(word.len() / 3) || begins(known) && !is_edge(known));
    near.min_by_key(|(far, _)| *far).map(|(_, known)| known)
}

/// How many letters have to be put in, left out, changed, or exchanged with the next (optimal string
/// alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 16 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// The next line after `end` that holds anything.
fn next_line(source: &str, end: usize) -> Range<usize> {
    let rest = &source[end..];
    let start = end + (rest.len() - rest.trim_start().len());
    start..source[start..].find('\n').map_or(source.len(), |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::document::Document;
    use crate::text::format::Format;

    /// What each directive says: its word or names, or what is not understood.
    fn said(source: &str, format: Format) -> Vec<String> {
        let document = Document::new(source, format);
        let shown = |directive: &Directive| match &directive.command {
            Command::Ignore { names, .. } => {
                let names: Vec<&str> = names.iter().map(|name| &source[name.clone()]).collect();
                format!("ignore {}", names.join("+"))
            }
            Command::End => "end".to_owned(),
            Command::Unpaired(why) => format!("{why:?}"),
            Command::Type(name) => format!("type {}", &source[name.clone()]),
            Command::Unknown { range, meant } => {
                format!("{} → {}", &source[range.clone()], meant.unwrap_or("?"))
            }
        };
        document.directives().iter().map(shown).collect()
    }

    #[test]
    fn comments_and_lines_count() {
        for format in [Format::Plain, Format::Markdown] {
            for (source, expected) in [
                ("zhubi: ignore typo\n今天开会。", "ignore typo"),
                ("<!-- zhubi: ignore typo/idiom, number -->\n\n今天开会。", "ignore typo/idiom+number"),
                ("今天开会。 <!-- zhubi: ignore -->", "ignore "),
                ("<!--zhubi:ignore-file-->", "ignore "),
                ("zhubi: ignore-next-line 错别字 -- 原文如此\n今天开会。", "ignore 错别字"),
                ("<!-- zhubi: type=请示 -->\n\n今天开会。", "type 请示"),
                ("zhubi: type = 工作总结\r\n\r\n今天开会。", "type 工作总结"),
                ("（zhubi: ignore 错别字）\n今天开会。", "ignore 错别字"),
                ("  【 zhubi: type=请示 】 \r\n\r\n今天开会。", "type 请示"),
                ("(zhubi: ignore-fiel)\n\n今天开会。", "ignore-fiel → ignore-file"),
            ] {
                assert_eq!(said(source, format), [expected], "{source} {format:?}");
            }
        }
        assert_eq!(said("今天开会。 zhubi: ignore typo", Format::Plain), ["ignore typo"]);
        assert_eq!(said("今天开会。zhubi: ignore 错别字", Format::Plain), ["ignore 错别字"]);
        let two =
            "开会。<!-- zhubi: ignore typo --> <!-- zhubi: ignore number -->\n<!--\nzhubi: type=函\n-->\n";
        assert_eq!(said(two, Format::Markdown), ["ignore typo", "ignore number", "type 函"]);
    }

    #[test]
    fn regions_begin_and_end() {
        for format in [Format::Plain, Format::Markdown] {
            for (source, expected) in [
                (
                    "zhubi: ignore-begin typo\n\n甲。\n\nzhubi: ignore-end\n",
                    ["ignore typo", "end"].as_slice(),
                ),
                ("<!-- zhubi: ignore-begin -->\n\n甲。\n\n<!-- zhubi: ignore-end -->\n", &["ignore ", "end"]),
                ("zhubi: ignore-begin\n\n甲。\n", &["Endless"]),
                ("甲。\n\nzhubi: ignore-end\n", &["NotBegun"]),
                (
                    "zhubi: ignore-begin\n\nzhubi: ignore-begin typo\n\n甲。\n\nzhubi: ignore-end\n\nzhubi: ignore-end\n",
                    &["ignore ", "Nested", "end", "end"],
                ),
            ] {
                assert_eq!(said(source, format), expected, "{source} {format:?}");
            }
        }
        let source = "甲。\nzhubi: ignore-begin\n乙。\nzhubi: ignore-end\n丙。\n";
        let document = Document::new(source, Format::Plain);
        let Command::Ignore { covers, .. } = &document.directives()[0].command else { panic!("a region") };
        assert_eq!(&source[covers.clone()], "\n乙。\n");
    }

    #[test]
    fn what_speaks_of_directives_is_none() {
        for source in [
            "写注释 `<!-- zhubi: ignore-file -->` 就忽略全文。",
            "写一行 `zhubi: ignore typo` 就可以。",
            "```\nzhubi: ignore-file\n<!-- zhubi: type=请示 -->\n```\n",
            "    zhubi: ignore-file\n",
            "~~~html\n<!-- zhubi: ignore-file -->\n~~~\n",
            "可以用 zhubi: ignore-file 忽略全文。",
            "---\nzhubi: ignore-file\n---\n今天开会。",
            "<span title=\"zhubi: ignore-file\">今天</span>开会。",
            "\\<!-- zhubi: ignore-file -->。",
            "<!-- 说明：zhubi: ignore-file -->",
            "zhubi: 是一个校对工具。",
            "用zhubi检查报告，zhubi:见说明。",
            "Zhubi：朱笔的名字。",
            "zhubi 检查报告。",
            "（zhubi: 是一个校对工具）",
            "（zhubi: ignore 忽略本行），见说明（二）",
        ] {
            assert_eq!(said(source, Format::Markdown), [""; 0], "{source}");
        }
        for source in [
            "写注释 `<!-- zhubi: ignore-file -->` 就忽略全文。",
            "可以用 zhubi: ignore-file 忽略全文。",
            "可以用 zhubi: ignore 忽略本行",
            "用zhubi检查报告，zhubi:见说明。",
            "ZHUBI：朱笔的名字。",
        ] {
            assert_eq!(said(source, Format::Plain), [""; 0], "{source}");
        }
    }

    #[test]
    fn what_was_meant_for_one_is_told() {
        for (source, expected) in [
            ("zhubi: ignroe typo", "ignroe → ignore"),
            ("zhubi: Ignore typo", "Ignore → ignore"),
            ("zhubi: ignore_file", "ignore_file → ignore-file"),
            ("zhubi: ignore-line", "ignore-line → ignore"),
            ("zhubi: ignore-nextline", "ignore-nextline → ignore-next-line"),
            ("zhubi: ignore-beginn", "ignore-beginn → ignore-begin"),
            ("zhubi: ignore-start typo", "ignore-start → ignore-begin"),
            ("zhubi: ignore-edn", "ignore-edn → ignore-end"),
            ("zhubi: ignore-all", "ignore-all → ignore-file"),
            ("zhubi: ignore：typo", "ignore： → ignore"),
            ("zhubi: disable typo", "disable → ?"),
            ("ZHUBI: ignore typo", "ZHUBI: → zhubi:"),
            ("zhubi：ignore-file", "zhubi： → zhubi:"),
            ("zhubi ignore typo", "zhubi → zhubi:"),
            ("zhubi : ignore typo", "zhubi : → zhubi:"),
            ("zhubi: type＝请示", "type＝请示 → type="),
            ("zhubi: tpye=请示", "tpye → type="),
        ] {
            for source in [source.to_owned(), format!("<!-- {source} -->")] {
                for format in [Format::Plain, Format::Markdown] {
                    assert_eq!(said(&source, format), [expected], "{source} {format:?}");
                }
            }
        }
        assert_eq!(said("今天开会。 zhubi: ignroe typo", Format::Plain), ["ignroe → ignore"]);
        assert_eq!(said("<!-- zhubi: 忽略 -->", Format::Markdown), ["忽略 → ?"]);
    }
}
