//! Tables and figures: their captions (表2-1 各乡镇户数), and what refers to them (见表2-1).

use std::ops::Range;

use super::number::{self, Number};
use crate::text::block::BlockKind;

/// A longer line is no caption.
const MAX_CAPTION: usize = 40;

/// What has a caption.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Captioned {
    /// 表
    Table,
    /// 图
    Figure,
}

impl Captioned {
    fn of(c: char) -> Option<Self> {
        match c {
            '表' => Some(Self::Table),
            '图' => Some(Self::Figure),
            _ => None,
        }
    }
}

/// A table or a figure by its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) what: Captioned,
    /// Its bytes: 表2-1.
    pub(crate) range: Range<usize>,
    pub(crate) number: Number,
}

/// The label with which a caption begins.
pub(crate) fn caption(text: &str, kind: BlockKind) -> Option<Label> {
    let what = Captioned::of(text.chars().next()?)?;
    if kind == BlockKind::TableCell || text.chars().nth(MAX_CAPTION).is_some() {
        return None;
    }
    let label = label(text, 0, what)?;
    let after = text[label.range.end..].trim_start();
    // 表1显示，…。 is a sentence about one.
    let says = ["显示", "可知", "可见", "所示", "表明", "反映", "中", "是", "为", "和", "、", "的"];
    let is_sentence = text.ends_with('。') || says.iter().any(|word| after.starts_with(word));
    // 表3份 counts, 表3 户数 does not.
    (!is_sentence && !number::is_count(&text[label.range.end..])).then_some(label)
}

fn label(text: &str, start: usize, what: Captioned) -> Option<Label> {
    let from = start + text[start..].chars().next().map_or(0, char::len_utf8);
    let number = number::behind(text, from)?;
    Some(Label { what, range: start..number.range.end, number })
}

/// The tables and figures that a text refers to by number.
pub(crate) fn mentions(text: &str, kind: BlockKind) -> impl Iterator<Item = Label> + '_ {
    text.char_indices().filter_map(move |(start, c)| {
        let what = Captioned::of(c)?;
        let label = label(text, start, what)?;
        // 报表3份, 试图2次: the end of another word. A cell holds 图3 for anything.
        let is_cued = text[..start].ends_with(['见', '如']);
        let begins = text[..start]
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() || "由从据按在与和及对将照看以到至或即是".contains(c));
        let after = &text[label.range.end..];
        let next = after.chars().next();
        // 如图一般, 图1a
        let ends = if text[label.number.range.clone()].is_ascii() {
            next.is_none_or(|c| !c.is_ascii_alphanumeric())
        } else {
            next.is_none_or(|c| !c.is_alphanumeric() || "所中的显可和与及列示".contains(c))
        };
        // 《年鉴》表2
        let is_foreign = text[..start].ends_with(['》', '〉']);
        let belongs = !is_foreign && (is_cued || begins && kind != BlockKind::TableCell);
        (belongs && ends && !number::is_count(after)).then_some(label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        mentions(text, BlockKind::Paragraph).map(|label| &text[label.range]).collect()
    }

    #[test]
    fn what_refers_to_tables_and_figures() {
        assert_eq!(found("各乡镇情况见表3，流程如图 2-1所示（表１）。"), ["表3", "图 2-1", "表１"]);
        assert_eq!(found("由表一可知，从图5看。"), ["表一", "图5"]);
        for text in [
            "报表3份",
            "表现2次",
            "图书5本",
            "代表3名",
            "试图1次",
            "表3月",
            "如图一般",
            "发表2篇",
            "表示一致",
            "见表2024年",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
        assert!(mentions("图3", BlockKind::TableCell).next().is_none());
    }

    #[test]
    fn captions() {
        let is = |text: &str| caption(text, BlockKind::Paragraph).is_some();
        assert!(is("表1 户数") && is("表1 各乡镇户数") && is("图２－１　流程图") && is("表二：人数"));
        assert!(!is("表1显示，户数增加。") && !is("表彰1次") && !is("图书3本") && !is("表3份"));
        assert!(caption("表1 户数", BlockKind::TableCell).is_none());
    }
}
