//! 第三章, 第二部分, 第十条: parts of a text by their numbers, and whose they are.

use std::ops::Range;

use super::number;
use crate::text::numbering::{NumberForm, ORDINALS};

/// What is numbered so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unit {
    /// 第二篇, 篇二: a text of the file.
    Text,
    /// A part of a text, by the form of its number.
    Of(NumberForm),
}

/// Whose part it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// 本办法第三条, 见第三章
    Own,
    /// 《条例》第九十条
    Foreign,
    /// Nothing says so.
    Unsaid,
}

/// A part of some text by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ordinal {
    /// Its bytes: 第三章.
    pub(crate) range: Range<usize>,
    /// Those of the number.
    pub(crate) number: Range<usize>,
    pub(crate) value: u32,
    pub(crate) unit: Unit,
    pub(crate) owner: Owner,
    /// The one before belongs to it: 第二章第三节.
    pub(crate) is_below_last: bool,
}

/// What stands behind a number, and what it says is numbered.
fn units() -> impl Iterator<Item = (&'static str, Unit)> {
    ORDINALS.into_iter().map(|(name, form)| (name, Unit::Of(form))).chain([("篇", Unit::Text)])
}

/// The parts that a text names by number, in order.
pub(crate) fn ordinals(text: &str) -> Vec<Ordinal> {
    let mut found: Vec<Ordinal> = Vec::new();
    for (start, word) in text.match_indices('第') {
        let from = start + word.len();
        let Some(number) = number::at(text, from).filter(|number| number.parts.len() == 1) else { continue };
        let rest = &text[number.range.end..];
        let Some((name, unit)) = units().find(|(name, _)| rest.starts_with(name)) else { continue };
        let end = number.range.end + name.len();
        let last = found.last().map(|last| (last.range.end, last.owner));
        let between = last.map(|(end, _)| &text[end..start]);
        let is_below_last = between == Some("");
        let goes_on = between
            .is_some_and(|between| ["", "、", "和", "及", "或", "至", "到", "与", "，"].contains(&between));
        let owner = match last {
            Some((_, owner)) if goes_on => owner,
            _ => owner(&text[..start]),
        };
        if owner != Owner::Own && !goes_on && !is_whole(unit, &text[end..]) {
            continue;
        }
        found.push(Ordinal {
            range: start..end,
            number: number.range,
            value: number.parts[0],
            unit,
            owner,
            is_below_last,
        });
    }
    found
}

/// What papers are called that have such parts.
const PAPERS: [&str; 16] = [
    "办法", "规定", "条例", "细则", "章程", "规则", "制度", "方案", "意见", "通知", "合同", "协议", "标准",
    "规范", "公约", "准则",
];

/// How a text calls itself: 本办法, 本报告.
fn own_name(before: &str) -> Option<&str> {
    let names = PAPERS.iter().chain(&["报告", "文", "总结", "计划"]);
    let mut rests = names.filter_map(|name| before.strip_suffix(name)?.strip_suffix('本'));
    rests.next()
}

fn owner(before: &str) -> Owner {
    let before = before.trim_end_matches(['“', '"', ' ', '　']);
    if before.ends_with('见') || own_name(before).is_some() {
        Owner::Own
    } else if PAPERS.iter().chain(&["报告", "总结"]).any(|name| before.ends_with(name))
        || before.ends_with(['》', '”', '〉', '法', '典'])
        || ends_with_document_number(before)
    {
        Owner::Foreign
    } else {
        Owner::Unsaid
    }
}

/// 《关于……的通知》（县发〔2024〕3号）
fn ends_with_document_number(before: &str) -> bool {
    let inner = before.strip_suffix(['）', ')']).and_then(|before| {
        let at = before.rfind(['（', '('])?;
        Some((before[..at].ends_with('》'), &before[at..]))
    });
    inner.is_some_and(|(is_titled, inner)| is_titled || inner.ends_with('号'))
}

/// 第一节课, 第二条生产线, 第三篇文章 count; nothing says of what the text has that it is part 3.
fn is_whole(unit: Unit, after: &str) -> bool {
    let next = after.chars().next();
    match unit {
        Unit::Of(NumberForm::Section) => next != Some('课'),
        Unit::Of(NumberForm::Article) | Unit::Text => {
            next.is_none_or(|c| !c.is_alphanumeric() || "规的所第款项和及或与至到中之".contains(c))
        }
        Unit::Of(_) => true,
    }
}

/// The texts of the file that a text names by number, in the other order: 篇二.
pub(crate) fn texts(text: &str) -> impl Iterator<Item = Ordinal> + '_ {
    text.match_indices('篇').filter_map(|(start, word)| {
        let number = number::at(text, start + word.len()).filter(|number| number.parts.len() == 1)?;
        let begins = text[..start].chars().next_back();
        let begins = begins.is_none_or(|c| !c.is_alphanumeric() || "见在与和同从如由及".contains(c));
        let after = &text[number.range.end..];
        let ends = after.chars().next().is_none_or(|c| !c.is_alphanumeric() || "的中里和与及所".contains(c));
        (begins && ends && !number::is_count(after)).then(|| Ordinal {
            range: start..number.range.end,
            value: number.parts[0],
            number: number.range,
            unit: Unit::Text,
            owner: Owner::Unsaid,
            is_below_last: false,
        })
    })
}

/// Where what names the text itself begins, before a place: 本办法 in 依照本办法第三条.
pub(crate) fn own_name_start(text: &str, at: usize) -> Option<usize> {
    own_name(&text[..at]).map(|rest| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Owner)> {
        ordinals(text).into_iter().map(|it| (&text[it.range], it.owner)).collect()
    }

    #[test]
    fn whose_part_it_is() {
        assert_eq!(found("依照本办法第三条、第五条办理"), [("第三条", Owner::Own), ("第五条", Owner::Own)]);
        assert_eq!(found("详见第六章。"), [("第六章", Owner::Own)]);
        assert_eq!(found("本报告第二部分说的"), [("第二部分", Owner::Own)]);
        assert_eq!(
            found("《条例》第九十条和第九十一条规定"),
            [("第九十条", Owner::Foreign), ("第九十一条", Owner::Foreign)]
        );
        assert_eq!(found("《通知》（县发〔2024〕3号）第二条"), [("第二条", Owner::Foreign)]);
        assert_eq!(found("第二章第三节"), [("第二章", Owner::Unsaid), ("第三节", Owner::Unsaid)]);
        assert!(ordinals("第二章第三节")[1].is_below_last);
    }

    #[test]
    fn what_is_only_counted() {
        for text in ["第一节课", "第二条生产线", "第三篇文章", "第2名", "第2024条"] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn texts_of_a_file() {
        let found = |text: &str| texts(text).map(|it| it.value).collect::<Vec<_>>();
        assert_eq!(found("见篇二和篇三的说法。"), [2, 3]);
        assert!(found("发表2篇3次，长篇一部").is_empty());
    }
}
