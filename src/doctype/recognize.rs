//! What kind of document a draft is, by its title, its closing phrase, and what it declares.

use std::ops::Range;

use super::{ALL, DocumentType};
use crate::chinese::document_name;
use crate::text::directive::{Command, Directive};
use crate::text::document::Document;
use crate::text::outline::is_part_title;

/// What a draft declares for all of it stands within this many blocks from the top.
const TOP_BLOCKS: usize = 4;

/// The phrase that brings in the text stands within this many blocks from the top.
const OPENING_BLOCKS: usize = 8;

/// A closing phrase stands within this many blocks from the end: signature, date
/// and attachments follow it.
const CLOSING_BLOCKS: usize = 8;

/// The title of a text, and what kind of document it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its words, of all its lines; empty where the text has no title.
    pub name: String,
    /// The index of its last block; without a title, the first block of the text.
    pub block: usize,
    /// The bytes of its last line in the block's prose; nothing without a title.
    pub range: Range<usize>,
    /// The index of the block below it.
    pub body: usize,
    /// The kind that it names, that the draft's wording tells, or that is declared.
    pub document_type: Option<&'static DocumentType>,
    /// Was the kind declared, and not recognised?
    pub is_declared: bool,
}

/// The kind that a draft declares for one of its parts: in that part, or at its top for all of them.
fn declared(document: &Document, part: &Range<usize>) -> Option<&'static DocumentType> {
    if document.directives().is_empty() {
        return None;
    }
    let (source, blocks) = (document.source(), document.blocks());
    let start = blocks.get(part.start).map_or(0, |block| block.range.start);
    let end = blocks.get(part.end).map_or(source.len(), |block| block.range.start);
    declared_within(document, start..end).or_else(|| declared_within(document, 0..top(document)))
}

/// The last kind that is declared in a range of bytes.
fn declared_within(document: &Document, range: Range<usize>) -> Option<&'static DocumentType> {
    let all = document.directives();
    let within = all.partition_point(|directive| directive.range.start < range.start)
        ..all.partition_point(|directive| directive.range.start < range.end);
    let kind = |directive: &Directive| match &directive.command {
        Command::Type(name) => Some(name.clone()),
        Command::Ignore { .. } | Command::End | Command::Unpaired(_) | Command::Unknown { .. } => None,
    };
    let name = all.get(within)?.iter().rev().find_map(kind)?;
    DocumentType::named(&document.source()[name])
}

/// Where the first line of prose begins. Looks at a few blocks only, as it is asked once per part.
fn top(document: &Document) -> usize {
    let prose = document.blocks().iter().take(TOP_BLOCKS).find(|block| !document.is_directive(block));
    prose.map_or(0, |block| block.range.start)
}

/// The title of a part, with the kind that the draft declares, or else `usual`, or else the one that the
/// title names.
#[must_use]
pub fn title_or(
    document: &Document,
    part: Range<usize>,
    usual: Option<&'static DocumentType>,
) -> Option<Title> {
    let Some(kind) = declared(document, &part).or(usual) else { return title(document, part) };
    let found = named(document, &part).or_else(|| unnamed(document, part))?;
    Some(Title { document_type: Some(kind), is_declared: true, ..found })
}

/// The title of a text with the kind that it names; failing that, with the kind that the wording tells.
#[must_use]
pub fn title(document: &Document, part: Range<usize>) -> Option<Title> {
    let found = named(document, &part);
    if found
        .as_ref()
        .is_some_and(|title| title.document_type.is_some() || document_name::ends_with_one(&title.name))
    {
        return found;
    }
    let Some(kind) = by_wording(document, part.clone()) else { return found };
    let found = found.or_else(|| unnamed(document, part))?;
    Some(Title { document_type: Some(kind), ..found })
}

/// The title that stands above a text.
fn named(document: &Document, part: &Range<usize>) -> Option<Title> {
    let text = document.outline().text_at(part.start)?;
    let block = text.title.clone().next_back()?;
    let line = |block: usize| document.text(&document.blocks()[block]);
    let own = if is_part_title(line(block)) { without_part_number(line(block)) } else { line(block) };
    let start = line(block).find(own).unwrap_or(0);
    let above = text.title.clone().take_while(|&above| above < block).map(line);
    let name = above.chain([own]).map(document_name::closed_up).collect::<String>();
    Some(Title {
        document_type: by_title(&name),
        name,
        block,
        range: start..start + own.len(),
        body: text.title.end,
        is_declared: false,
    })
}

/// A text without a title.
fn unnamed(document: &Document, part: Range<usize>) -> Option<Title> {
    let block = part.clone().find(|&block| !document.is_directive(&document.blocks()[block]))?;
    let (name, range) = (String::new(), 0..document.text(&document.blocks()[block]).len());
    Some(Title { name, block, range, body: block, document_type: None, is_declared: false })
}

/// 疫情防控工作总结 篇一： without 篇一：.
fn without_part_number(line: &str) -> &str {
    let body = line.trim_end_matches(['：', ':', ' ', '】']);
    let cut = ["篇", "范文", "第"].iter().filter_map(|word| body.rfind(word)).filter(|&at| at > 0).min();
    let name = cut.map_or(body, |at| &body[..at]);
    name.trim_matches([' ', '　', '【', '（', '(', '-', '—', '_'])
}

/// The kind that a text says that it is, where it begins or where it ends.
fn by_wording(document: &Document, part: Range<usize>) -> Option<&'static DocumentType> {
    let opens = |block: usize| {
        let text = document.text(&document.blocks()[block]).trim_end_matches(['：', ':', '。', '，']);
        ALL.iter().find(|kind| kind.openings.iter().any(|phrase| text.ends_with(phrase)))
    };
    let fixed = || closing(document, part.clone()).map(|(kind, ..)| kind).filter(|kind| kind.fixed_closing);
    part.clone().take(OPENING_BLOCKS).find_map(opens).or_else(fixed)
}

/// The kind that a title names with its last word.
#[must_use]
pub fn by_title(title: &str) -> Option<&'static DocumentType> {
    let name = document_name::bare(title);
    let length = |kind: &DocumentType| kind.endings.iter().filter_map(|ending| ends_with(name, ending)).max();
    let (length, kind) =
        ALL.iter().filter_map(|kind| Some((length(kind)?, kind))).max_by_key(|(length, _)| *length)?;
    let is_whole = name.len() > length || kind.bare_title;
    (is_whole && !kind.other_endings.iter().any(|ending| name.ends_with(ending))).then_some(kind)
}

/// The length of an ending that a name has; `关于…的报告` wants 关于 before it.
fn ends_with(name: &str, ending: &str) -> Option<usize> {
    let (needed, ending) = ending.split_once('…').unwrap_or(("", ending));
    name.strip_suffix(ending).filter(|rest| rest.contains(needed)).map(|_| ending.len())
}

/// The closing phrase in the last lines of a part: the kind it belongs to, its
/// block, and its bytes there.
#[must_use]
pub fn closing(
    document: &Document,
    part: Range<usize>,
) -> Option<(&'static DocumentType, usize, Range<usize>)> {
    part.rev().take(CLOSING_BLOCKS).find_map(|block| {
        let text = document.text(&document.blocks()[block]);
        ALL.iter().find_map(|kind| {
            let present = kind.closings.iter().filter(|phrase| text.contains(**phrase));
            let phrase = present.max_by_key(|phrase| phrase.len())?;
            let at = text.rfind(phrase)?;
            // It ends its paragraph.
            let rest = text[at + phrase.len()..].trim_end_matches(['。', '！', '.', ' ']);
            (rest.is_empty() && text[..at].chars().next_back().is_none_or(|c| "。！；，,（ 　".contains(c)))
                .then(|| (kind, block, at..at + phrase.len()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format::Format;

    fn key(title: &Title) -> Option<&'static str> {
        title.document_type.map(|kind| kind.key)
    }

    #[test]
    fn titles_name_kinds() {
        for (title, kind) in [
            ("2026年度工作总结", Some("summary")),
            ("关于购置执法车辆的请示", Some("request")),
            ("关于印发《管理办法》的通知", Some("notice")),
            ("通知", Some("notice")),
            ("总结", None),
            ("关于春耕生产情况的报告", Some("situation-report")),
            ("春耕生产情况的简要报告", None),
            ("个人述职述廉报告（2026年）", Some("duty-report")),
            ("关于商请协助调查的函", Some("letter")),
            ("信函", None),
            ("2026年某省政府工作报告", None),
            ("财政管理办法", None),
        ] {
            assert_eq!(by_title(title).map(|kind| kind.key), kind, "{title}");
        }
    }

    #[test]
    fn every_ending_and_every_closing_tells_its_kind() {
        for kind in ALL {
            for ending in kind.endings {
                let title = format!("关于防汛工作{}", ending.trim_start_matches("关于…"));
                assert_eq!(by_title(&title), Some(kind), "{title}");
            }
            for phrase in kind.closings {
                let document = Document::new(format!("今年雨水多。\n{phrase}。\n防汛办"), Format::Plain);
                let found = closing(&document, 0..document.blocks().len()).map(|(kind, ..)| kind);
                assert_eq!(found, Some(kind), "{phrase}");
            }
        }
    }

    #[test]
    fn a_declared_kind_goes_before_the_recognised_one() {
        let kinds = |source: &str, usual: Option<&str>| {
            let document = Document::new(source, Format::Plain);
            let parts = document.parts();
            let usual = usual.and_then(DocumentType::named);
            let titles = parts.into_iter().map(|part| title_or(&document, part, usual));
            titles.map(|title| title.map(|title| (title.block, key(&title)))).collect::<Vec<_>>()
        };
        let request = "zhubi: type=请示\n关于购置水泵的报告\n县财政局：";
        assert_eq!(kinds(request, None), [Some((1, Some("request")))]);
        assert_eq!(kinds("汇报材料", Some("summary")), [Some((0, Some("summary")))]);
        assert_eq!(kinds("2026年工作总结", None), [Some((0, Some("summary")))]);
        let two = "材料 篇一：\n今年以来很忙。\n材料 篇二：\n<!-- zhubi: type=总结 -->\n今年以来很忙。";
        assert_eq!(kinds(two, None)[1], Some((2, Some("summary"))));
        assert_eq!(kinds("<!-- zhubi: type=请示 -->\n材料 篇一：\n忙。\n材料 篇二：\n忙。", None).len(), 2);
        let document = Document::new("<!-- zhubi: type=请示 -->\n\n# 材料\n\n忙。", Format::Markdown);
        let titled = title_or(&document, 0..document.blocks().len(), DocumentType::named("通知"));
        assert_eq!(titled.as_ref().and_then(key), Some("request"));
    }

    #[test]
    fn titles_and_closings_of_parts() {
        let source = "防汛工作总结 篇一：\n今年以来，全镇上下齐心。\n防汛工作总结 篇二：\n关于购置水泵的请示\n县财政局：\n妥否，请批示。";
        let document = Document::new(source, Format::Plain);
        let parts = document.parts();
        let found = title(&document, parts[0].clone()).unwrap();
        assert_eq!((found.block, found.range.clone()), (0, 0.."防汛工作总结".len()));
        assert_eq!(key(&found), Some("summary"));
        let closing = closing(&document, parts[1].clone()).unwrap();
        assert_eq!((closing.0.key, closing.1), ("request", 5));
    }
}
