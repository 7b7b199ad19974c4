//! What kind of document a draft is: a summary, a request, a notice …, by its title and its closing phrase.

use std::ops::Range;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use crate::text::block::BlockKind;
use crate::text::directive::{Command, Directive};
use crate::text::document::Document;
use crate::text::outline::is_part_title;

/// A kind of document; in a configuration and in a comment it is called as its readers call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Genre {
    /// 述职报告
    #[serde(rename = "述职报告", alias = "duty-report", alias = "述职述廉报告")]
    DutyReport,
    /// 函
    #[serde(rename = "函", alias = "letter")]
    Letter,
    /// 会议纪要
    #[serde(rename = "会议纪要", alias = "minutes", alias = "纪要")]
    Minutes,
    /// 通知
    #[serde(rename = "通知", alias = "notice")]
    Notice,
    /// 方案、计划
    #[serde(rename = "方案", alias = "plan", alias = "计划", alias = "工作方案", alias = "工作计划")]
    Plan,
    /// 批复
    #[serde(rename = "批复", alias = "reply")]
    Reply,
    /// 请示
    #[serde(rename = "请示", alias = "request")]
    Request,
    /// 情况报告
    #[serde(rename = "报告", alias = "situation-report", alias = "情况报告")]
    SituationReport,
    /// 讲话
    #[serde(rename = "讲话稿", alias = "speech", alias = "讲话")]
    Speech,
    /// 工作总结
    #[serde(rename = "工作总结", alias = "summary", alias = "总结")]
    Summary,
    /// 调研报告
    #[serde(rename = "调研报告", alias = "survey", alias = "调查报告")]
    Survey,
}

impl Genre {
    /// All kinds, in the order of the table.
    pub const ALL: [Self; 11] = [
        Self::DutyReport,
        Self::Letter,
        Self::Minutes,
        Self::Notice,
        Self::Plan,
        Self::Reply,
        Self::Request,
        Self::SituationReport,
        Self::Speech,
        Self::Summary,
        Self::Survey,
    ];

    /// Its name in the tables.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::DutyReport => "duty-report",
            Self::Letter => "letter",
            Self::Minutes => "minutes",
            Self::Notice => "notice",
            Self::Plan => "plan",
            Self::Reply => "reply",
            Self::Request => "request",
            Self::SituationReport => "situation-report",
            Self::Speech => "speech",
            Self::Summary => "summary",
            Self::Survey => "survey",
        }
    }

    /// Its name for a writer.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::DutyReport => "述职报告",
            Self::Letter => "函",
            Self::Minutes => "会议纪要",
            Self::Notice => "通知",
            Self::Plan => "方案、计划",
            Self::Reply => "批复",
            Self::Request => "请示",
            Self::SituationReport => "报告",
            Self::Speech => "讲话稿",
            Self::Summary => "工作总结",
            Self::Survey => "调研报告",
        }
    }

    /// The kind of this name: 请示, 总结, request.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name: StrDeserializer<'_, Error> = name.into_deserializer();
        Self::deserialize(name).ok()
    }

    /// The phrases with which it closes, the usual one first.
    pub fn closings(self) -> impl Iterator<Item = &'static str> {
        column(self, 2)
    }
}

static TABLE: &str = include_str!("../../data/genre.tsv");

fn column(genre: Genre, at: usize) -> impl Iterator<Item = &'static str> {
    let row = TABLE.lines().skip(1).find(|line| line.split('\t').next() == Some(genre.key()));
    let cell = row.and_then(|row| row.split('\t').nth(at)).unwrap_or_default();
    cell.split('；').filter(|entry| !entry.is_empty())
}

/// The title of a document or a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The index of its block.
    pub block: usize,
    /// Its bytes in the block's prose.
    pub range: Range<usize>,
    /// The kind that its last word names, or that is declared.
    pub genre: Option<Genre>,
    /// Was the kind declared, and not recognised?
    pub declared: bool,
}

/// The kind that a draft declares for one of its parts: in that part, or at its top for all of them.
fn declared(document: &Document, part: &Range<usize>) -> Option<Genre> {
    if document.directives().is_empty() {
        return None;
    }
    let (source, blocks) = (document.source(), document.blocks());
    let start = blocks.get(part.start).map_or(0, |block| block.range.start);
    let end = blocks.get(part.end).map_or(source.len(), |block| block.range.start);
    declared_within(document, start..end).or_else(|| declared_within(document, 0..top(document)))
}

/// The last kind that is declared in a range of bytes.
fn declared_within(document: &Document, range: Range<usize>) -> Option<Genre> {
    let all = document.directives();
    let within = all.partition_point(|directive| directive.range.start < range.start)
        ..all.partition_point(|directive| directive.range.start < range.end);
    let kind = |directive: &Directive| match &directive.command {
        Command::Type(name) => Some(name.clone()),
        Command::Ignore { .. } | Command::Unknown { .. } => None,
    };
    let name = all.get(within)?.iter().rev().find_map(kind)?;
    Genre::named(&document.source()[name])
}

/// Where the first line of prose begins, as far as one need look: each of many parts asks.
fn top(document: &Document) -> usize {
    let prose = document.blocks().iter().take(TOP).find(|block| !document.is_directive(block));
    prose.map_or(0, |block| block.range.start)
}

/// The title of a part, of the kind that the draft declares, or else `usual`, or else that the title names.
#[must_use]
pub fn title_or(document: &Document, part: Range<usize>, usual: Option<Genre>) -> Option<Title> {
    let Some(genre) = declared(document, &part).or(usual) else { return title(document, part) };
    let found = title(document, part.clone()).or_else(|| {
        let block = part.clone().find(|&block| !document.is_directive(&document.blocks()[block]))?;
        let range = 0..document.text(&document.blocks()[block]).len();
        Some(Title { block, range, genre: None, declared: true })
    })?;
    Some(Title { genre: Some(genre), declared: true, ..found })
}

/// A title stands among this many lines from the top.
const TOP: usize = 4;

/// The title of a part: the line at its top, or the second or third where it runs over several, that names a kind; or
/// else the first line, where that is short.
#[must_use]
pub fn title(document: &Document, part: Range<usize>) -> Option<Title> {
    let mut first = None;
    for block in part.clone().take(TOP) {
        if document.is_directive(&document.blocks()[block]) {
            continue;
        }
        let line = document.text(&document.blocks()[block]);
        let kind = document.blocks()[block].kind;
        let is_part = is_part_title(line);
        let address = line.ends_with(['：', ':']) && !is_part;
        let prose = line.contains(['。', '；', '！']) || line.chars().count() > 60;
        if address || prose || matches!(kind, BlockKind::ListItem | BlockKind::TableCell) {
            break;
        }
        let name = if is_part { without_part_number(line) } else { line };
        let genre = by_title(name);
        let start = line.find(name).unwrap_or(0);
        let title = Title { block, range: start..start + name.len(), genre, declared: false };
        if genre.is_some() {
            return Some(title);
        }
        if crate::text::numbering::parse(line).is_some() {
            break;
        }
        first.get_or_insert(title);
    }
    first
}

/// 疫情防控工作总结 篇一： without 篇一：.
fn without_part_number(line: &str) -> &str {
    let body = line.trim_end_matches(['：', ':', ' ', '】']);
    let cut = ["篇", "范文", "第"].iter().filter_map(|word| body.rfind(word)).filter(|&at| at > 0).min();
    let name = cut.map_or(body, |at| &body[..at]);
    name.trim_matches([' ', '　', '【', '（', '(', '-', '—', '_'])
}

/// The kind that a title names with its last word.
#[must_use]
pub fn by_title(title: &str) -> Option<Genre> {
    let mut name = title.trim_end_matches(['》', '”', '*', ' ', '　']);
    // （试行）, （2026年）, (征求意见稿)
    while let Some(at) = name.strip_suffix(['）', ')']).and_then(|rest| rest.rfind(['（', '('])) {
        name = name[..at].trim_end();
    }
    let endings = |genre: Genre| {
        column(genre, 1).filter(|ending| name.ends_with(ending)).map(|ending| ending.len()).max()
    };
    let best = Genre::ALL.into_iter().filter_map(|genre| Some((endings(genre)?, genre))).max();
    let (length, genre) = match best {
        Some(best) => best,
        // 关于……的报告
        None if name.contains("关于") && name.ends_with("的报告") => {
            ("报告".len(), Genre::SituationReport)
        }
        None => return None,
    };
    // 政府工作报告 is made to an assembly and has its own shape; 公函, 信函 and 总结 alone are names of things.
    let long = name.len() > length || genre == Genre::Notice;
    let letter = genre != Genre::Letter || name.ends_with("的函") || name.ends_with("复函") || length > 3;
    (long && letter && !name.ends_with("政府工作报告")).then_some(genre)
}

/// The closing phrase in the last lines of a part: the kind that it belongs to, its block, and its bytes there.
#[must_use]
pub fn closing(document: &Document, part: Range<usize>) -> Option<(Genre, usize, Range<usize>)> {
    part.clone().rev().take(8).find_map(|block| {
        let text = document.text(&document.blocks()[block]);
        Genre::ALL.into_iter().find_map(|genre| {
            let phrase = genre.closings().filter(|phrase| text.contains(phrase)).max_by_key(|p| p.len())?;
            let at = text.rfind(phrase)?;
            // It ends its paragraph.
            let rest = text[at + phrase.len()..].trim_end_matches(['。', '！', '.', ' ']);
            (rest.is_empty() && text[..at].chars().next_back().is_none_or(|c| "。！；，,（ 　".contains(c)))
                .then(|| (genre, block, at..at + phrase.len()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::format::Format;

    #[test]
    fn titles_name_kinds() {
        for (title, genre) in [
            ("2026年度工作总结", Some(Genre::Summary)),
            ("关于购置执法车辆的请示", Some(Genre::Request)),
            ("关于印发《管理办法》的通知", Some(Genre::Notice)),
            ("关于春耕生产情况的报告", Some(Genre::SituationReport)),
            ("个人述职述廉报告（2026年）", Some(Genre::DutyReport)),
            ("关于商请协助调查的函", Some(Genre::Letter)),
            ("信函", None),
            ("2026年某省政府工作报告", None),
            ("财政管理办法", None),
        ] {
            assert_eq!(by_title(title), genre, "{title}");
        }
    }

    #[test]
    fn a_declared_kind_goes_before_the_recognised_one() {
        let kinds = |source: &str, usual| {
            let document = Document::new(source, Format::Plain);
            let parts = document.parts();
            let titles = parts.into_iter().map(|part| title_or(&document, part, usual));
            titles.map(|title| title.map(|title| (title.block, title.genre))).collect::<Vec<_>>()
        };
        let request = "zhubi: type=请示\n关于购置水泵的报告\n县财政局：";
        assert_eq!(kinds(request, None), [Some((1, Some(Genre::Request)))]);
        assert_eq!(kinds("汇报材料", Some(Genre::Summary)), [Some((0, Some(Genre::Summary)))]);
        assert_eq!(kinds("2026年工作总结", None), [Some((0, Some(Genre::Summary)))]);
        let two = "材料 篇一：\n今年以来很忙。\n材料 篇二：\n<!-- zhubi: type=总结 -->\n今年以来很忙。";
        assert_eq!(kinds(two, None)[1], Some((2, Some(Genre::Summary))));
        assert_eq!(kinds("<!-- zhubi: type=请示 -->\n材料 篇一：\n忙。\n材料 篇二：\n忙。", None).len(), 2);
        let document = Document::new("<!-- zhubi: type=请示 -->\n\n# 材料\n\n忙。", Format::Markdown);
        let titled = title_or(&document, 0..document.blocks().len(), Some(Genre::Notice));
        assert_eq!(titled.and_then(|title| title.genre), Some(Genre::Request));
        assert_eq!(Genre::named("报告书"), None);
    }

    #[test]
    fn the_table_is_sorted_and_complete() {
        let keys: Vec<_> = TABLE.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert!(keys.is_sorted());
        assert_eq!(keys, Genre::ALL.map(Genre::key));
    }

    #[test]
    fn titles_and_closings_of_parts() {
        let source = "防汛工作总结 篇一：\n今年以来，全镇上下齐心。\n防汛工作总结 篇二：\n关于购置水泵的请示\n县财政局：\n妥否，请批示。";
        let document = Document::new(source, Format::Plain);
        let parts = document.parts();
        let found = title(&document, parts[0].clone()).unwrap();
        assert_eq!(
            (found.block, found.range, found.genre),
            (0, 0.."防汛工作总结".len(), Some(Genre::Summary))
        );
        let closing = closing(&document, parts[1].clone()).unwrap();
        assert_eq!((closing.0, closing.1), (Genre::Request, 5));
    }
}
