//! Series that are counted inside prose: 一是…二是…, 第一，…第二，…, ①…②…, （1）…（2）….

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::document::Document;
use super::numbering::NumberForm;
use crate::chinese::numeral;

/// How a series counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeriesForm {
    /// 一是, 一要, 一靠: the character after the number.
    Word(char),
    /// 第一，
    Ordinal,
    /// ①
    Circled,
    /// （1）
    Bracketed,
}

/// A number of a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its block in the document.
    pub block: usize,
    /// Its bytes in the block's prose.
    pub range: Range<usize>,
    /// The bytes of the number itself.
    pub number: Range<usize>,
    /// How it counts.
    pub form: SeriesForm,
    /// Its value.
    pub value: u32,
}

/// Numbers that belong together, as far as one can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Its numbers in the order of the text; the first is 1, the others are as the draft has them.
    pub marks: Vec<Mark>,
}

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?P<word>[一二三四五六七八九十]{1,2})(?P<verb>[是要靠抓看])|第(?P<nth>[一二三四五六七八九十]{1,2})[，,：:是]|(?P<circled>[①-⑳])|[（(](?P<digits>[0-9]{1,2})[）)]";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The numbers in a text that stand where a clause begins; to which block they belong is not said.
pub fn marks(text: &str) -> Vec<Mark> {
    if !text.contains(['是', '要', '靠', '抓', '看', '第', '）', ')']) && !text.contains('①') {
        return Vec::new();
    }
    // ③₁, ②a: the numbers of layers and steps have parts of their own, and do not count on.
    let has_parts = text.char_indices().any(|(at, c)| {
        numeral::circled(c).is_some()
            && text[at + c.len_utf8()..]
                .starts_with(|c: char| c.is_ascii_lowercase() || ('₀'..='₉').contains(&c))
    });
    MARK.captures_iter(text)
        .filter(|found| !has_parts || found.name("circled").is_none())
        .filter_map(|found| {
            let range = found.get_match().range();
            let starts_clause = text[..range.start].chars().next_back().is_none_or(|c| {
                matches!(c, '。' | '；' | ';' | '：' | ':' | '，' | ',' | '！' | '？' | '\n' | ' ' | '　')
            });
            // 一是一，二是二 counts nothing.
            let itself = found.name("word").is_some_and(|word| text[range.end..].starts_with(word.as_str()));
            if !starts_clause || itself {
                return None;
            }
            let (number, form) = if let Some(word) = found.name("word") {
                (word, SeriesForm::Word(found.name("verb")?.as_str().chars().next()?))
            } else if let Some(nth) = found.name("nth") {
                (nth, SeriesForm::Ordinal)
            } else if let Some(circled) = found.name("circled") {
                (circled, SeriesForm::Circled)
            } else {
                (found.name("digits")?, SeriesForm::Bracketed)
            };
            let shown = number.as_str();
            let value = shown.chars().next().and_then(numeral::circled).or_else(|| numeral::parse(shown))?;
            Some(Mark { block: 0, range, number: number.range(), form, value })
        })
        .collect()
}

/// A series goes on over at most this many paragraphs without a number of its own.
const REACH: usize = 3;

/// So many series may be open one inside the other.
const DEPTH: usize = 8;

/// The series of each part of a document, by their first numbers, given the
/// [`marks`] in a range of blocks. A
/// heading closes all that are open, and so does an article of a law.
#[must_use]
pub fn by_part<'a, I: Iterator<Item = (usize, &'a Mark)>>(
    document: &Document,
    marks: impl Fn(Range<usize>) -> I,
) -> Vec<(Range<usize>, Vec<Series>)> {
    let outline = document.outline();
    let articles = outline.numbered().iter().filter(|item| item.marker.style == NumberForm::Article);
    let mut headings: Vec<usize> =
        articles.map(|item| item.block).chain(outline.nodes().iter().map(|it| it.block)).collect();
    headings.sort_unstable();
    let parts = document.parts();
    parts.into_iter().map(|part| (part.clone(), of_part(&headings, marks(part)))).collect()
}

fn of_part<'a>(headings: &[usize], marks: impl Iterator<Item = (usize, &'a Mark)>) -> Vec<Series> {
    let mut done: Vec<Series> = Vec::new();
    let mut open: Vec<Series> = Vec::new();
    let mut passed = 0;
    for (block, mark) in marks {
        let above = headings.partition_point(|&heading| heading <= block);
        if std::mem::replace(&mut passed, above) != above {
            done.append(&mut open);
        }
        let mark = Mark { block, ..mark.clone() };
        let reaches = |series: &Series| {
            series.marks.last().is_some_and(|last| {
                let inline = matches!(mark.form, SeriesForm::Circled | SeriesForm::Bracketed);
                last.form == mark.form && mark.block - last.block <= if inline { 0 } else { REACH }
            })
        };
        let last_value = |series: &Series| series.marks.last().map_or(0, |last| last.value);
        if mark.value == 1 {
            if open.len() == DEPTH {
                done.push(open.remove(0));
            }
            open.push(Series { marks: vec![mark] });
            continue;
        }
        let goes_on = open.iter().rposition(|s| reaches(s) && last_value(s) + 1 == mark.value);
        let Some(at) = goes_on.or_else(|| open.iter().rposition(reaches)) else { continue };
        done.extend(open.drain(at + 1..));
        open[at].marks.push(mark);
    }
    done.append(&mut open);
    done.sort_by_key(|series| series.marks.first().map(|mark| (mark.block, mark.range.start)));
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format::Format;

    fn values(text: &str) -> Vec<Vec<u32>> {
        let document = Document::new(text, Format::Plain);
        let all: Vec<_> = document.blocks().iter().map(|block| marks(document.text(block))).collect();
        let within =
            |blocks: Range<usize>| blocks.flat_map(|block| all[block].iter().map(move |mark| (block, mark)));
        let parts = by_part(&document, within);
        let all = parts.iter().flat_map(|(_, all)| all);
        all.map(|series| series.marks.iter().map(|mark| mark.value).collect()).collect()
    }

    #[test]
    fn series_nest_and_run_over_paragraphs() {
        assert_eq!(values("做法：一是抓学习。一要读，二要写。二是抓落实。"), [vec![1, 2], vec![1, 2]]);
        assert_eq!(values("一是抓学习，措施：一是读；二是写。二是抓落实。"), [vec![1, 2], vec![1, 2]]);
        assert_eq!(values("一是抓学习。\n二是抓落实。\n四是抓总结。"), [[1, 2, 4]]);
        assert!(values("一是一，二是二。唯一是他。").is_empty());
        assert_eq!(values("第一，抓学习；第二，抓落实。第一时间到场。"), [[1, 2]]);
    }
}
