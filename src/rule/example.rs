//! Examples read as prose: 〔wrong→right〕 stands where a mark is expected, 〔wrong〕 where it has no single replacement.
//! Brackets within a mark are text, and so is a bare year in brackets: 国发〔2024〕5号.

use crate::finding::Diagnostic;

/// Does an example say what is marked in it?
pub(crate) fn is_marked(example: &str) -> bool {
    unmarked(example) != example
}

/// The text of an example, without what says what is marked in it.
pub(crate) fn unmarked(example: &str) -> String {
    let mut text = String::new();
    let mut rest = example;
    while let Some((before, after)) = rest.split_once('〔') {
        text += before;
        let Some(end) = closing(after) else { return text + "〔" + after };
        let (mark, after) = (&after[..end], &after[end + '〕'.len_utf8()..]);
        if mark.len() == 4 && mark.starts_with("20") && mark.bytes().all(|byte| byte.is_ascii_digit()) {
            text += &format!("〔{mark}〕");
        } else {
            text += mark.split_once('→').map_or(mark, |(wrong, _)| wrong);
        }
        rest = after;
    }
    text + rest
}

/// Where the mark ends whose bracket has just opened.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    text.char_indices().find_map(|(at, c)| {
        depth += i32::from(c == '〔') - i32::from(c == '〕');
        (depth == 0).then_some(at)
    })
}

/// An example, taken apart at its first mark.
#[cfg(feature = "lsp")]
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Marked<'a> {
    pub(crate) before: &'a str,
    pub(crate) wrong: &'a str,
    /// None where nothing is offered in its place.
    pub(crate) right: Option<&'a str>,
    /// Without what says what else is marked.
    pub(crate) behind: String,
}

/// The shortest example on a rule's page of what it marks, one with a correction if there is any.
#[cfg(feature = "lsp")]
pub(crate) fn shortest(page: &str) -> Option<Marked<'_>> {
    let lines =
        page.lines().skip_while(|line| *line != "## 例").skip(1).take_while(|line| !line.starts_with("## "));
    let marked = lines.filter_map(|line| {
        let line = line.strip_prefix("- ").unwrap_or(line);
        let line = line.split(" （").next().unwrap_or(line);
        let (before, rest) = line.split_once('〔')?;
        let end = closing(rest)?;
        let (mark, behind) = (&rest[..end], &rest[end + '〕'.len_utf8()..]);
        let (wrong, right) = mark.split_once('→').map_or((mark, None), |(wrong, right)| (wrong, Some(right)));
        // A heading alone does not show what is wrong with it.
        let says_something = right.is_some() || !before.trim().is_empty() || !behind.trim().is_empty();
        (says_something && !wrong.is_empty()).then(|| Marked {
            before,
            wrong,
            right,
            behind: unmarked(behind),
        })
    });
    marked.min_by_key(|it| (it.right.is_none(), it.before.len() + it.wrong.len() + it.behind.len()))
}

/// A text with what was found in it, as an example says it.
pub(crate) fn marked(text: &str, found: &[Diagnostic]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for d in found {
        // Of findings that overlap, the first is shown.
        let Some(before) = text.get(done..d.range.start) else { continue };
        let right = d.replacements().next().map_or(String::new(), |right| format!("→{right}"));
        out += &format!("{before}〔{}{right}〕", &text[d.range.clone()]);
        done = d.range.end;
    }
    out + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::{is_marked, unmarked};

    #[test]
    fn marks_and_years() {
        assert_eq!(unmarked("〔政冶→政治〕和〔了→〕，〔约50人左右〕"), "政冶和了，约50人左右");
        assert!(!is_marked("国发〔2024〕5号"));
        assert_eq!(unmarked("国发〔2024〕〔05→5〕号"), "国发〔2024〕05号");
        assert_eq!(unmarked("国发〔【2024】5号→〔2024〕5号〕"), "国发【2024】5号");
    }
}
