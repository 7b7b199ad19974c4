//! A new number or a new name for something, at all places that name it. It never takes one that is taken.

use std::ops::Range;

use super::number;
use super::{Kind, References, Referent, Role, Words};
use crate::chinese::numeral;
use crate::finding::Edit;
use crate::text::document::Document;
use crate::text::numbering::NumberForm;
use crate::text::position::LineIndex;

/// Why something cannot be renamed, for a writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) String);

/// Names have at most so many characters.
const MAX_NAME: usize = 20;

impl Referent {
    /// What a writer who stands at a place of it may change: a number or a name, by its bytes.
    pub(crate) fn label_at(&self, at: usize) -> Result<Range<usize>, Refusal> {
        let Some(place) = self.place_at(at) else { return Err(nothing()) };
        let Some(label) = &place.label else {
            return Err(Refusal("附件只有一个，没有编号，不必改号".to_owned()));
        };
        // Behind the number of an entry stands what is no number.
        if at > label.end && place.role == Role::Listing { Err(nothing()) } else { Ok(label.clone()) }
    }

    /// The whole number that a writer means. A heading keeps the numbers above its own: 1.2 becomes 1.3 by 3.
    fn number_from(&self, typed: &str) -> Result<Vec<u32>, Refusal> {
        let refusal = || Refusal("请写编号，如“3”或“三”，图、表还可以写“2-1”".to_owned());
        let wanted = parse(typed).ok_or_else(refusal)?;
        if matches!(self.kind, Kind::Attachment | Kind::Table | Kind::Figure) {
            return Ok(wanted);
        }
        let above = self.number.split_last().map_or(&[][..], |(_, above)| above);
        match wanted.split_last() {
            Some((own, [])) => Ok([above, &[*own]].concat()),
            Some((_, named)) if named == above => Ok(wanted),
            _ => Err(Refusal("只能改这一级的编号，请写一个数，如“3”或“三”".to_owned())),
        }
    }
}

/// Nothing here has a name or number that is known.
pub(crate) fn nothing() -> Refusal {
    Refusal(
        "光标处不是可以统一改的名称或编号：可以改简称、人名、地名和单位名，标题、附件、图、表的编号"
            .to_owned(),
    )
}

impl References {
    /// The edits that give a new number or name to something.
    pub(crate) fn rename(
        &self,
        document: &Document,
        referent: &Referent,
        new: &str,
        words: Words,
    ) -> Result<Vec<Edit>, Refusal> {
        match referent.kind {
            Kind::Abbreviation | Kind::Name => self.new_name(document, referent, new.trim(), words),
            _ => self.new_number(document, referent, new),
        }
    }

    fn new_name(
        &self,
        document: &Document,
        referent: &Referent,
        new: &str,
        words: Words,
    ) -> Result<Vec<Edit>, Refusal> {
        if new.is_empty() || new.chars().nth(MAX_NAME).is_some() {
            return Err(Refusal(format!("新名称要有字，最多{MAX_NAME}个")));
        }
        if let Some(mark) =
            new.chars().find(|c| c.is_control() || "“”\"《》‘’（）()，。；、：！？".contains(*c))
        {
            let shown = if mark.is_control() { "换行".to_owned() } else { format!("“{mark}”") };
            return Err(Refusal(format!("新名称里不能有{shown}，请只写名称")));
        }
        let part = referent.scope.text;
        let is_other = |old: &str| {
            referent.kind == Kind::Abbreviation
                && new != old
                && self.abbreviations.iter().any(|it| it.part == part && it.name == new)
        };
        let mut edits = Vec::new();
        let source = document.source();
        let labels: Vec<&Range<usize>> = referent.places.iter().filter_map(|it| it.label.as_ref()).collect();
        // The shortest has no markup in it.
        let old =
            labels.iter().map(|it| &source[(*it).clone()]).min_by_key(|old| old.len()).unwrap_or_default();
        if is_other(old) {
            return Err(Refusal(format!("“{new}”已经是另一个简称，请换一个")));
        }
        if new == old {
            return Ok(edits);
        }
        for label in labels {
            if &source[label.clone()] != old {
                return Err(marked(source, label));
            }
            if let Some(twice) = repeated(source, label, new) {
                let line = line_of(source, label.start);
                return Err(Refusal(format!(
                    "第{line}行的“{old}”旁边已经有“{twice}”，改了会重复，请只写名称本身"
                )));
            }
            edits.push(Edit { range: label.clone(), text: new.to_owned() });
        }
        let all = 0..document.blocks().len();
        let part = document.parts().into_iter().find(|it| it.start == part);
        let blocks = part.filter(|_| referent.kind == Kind::Abbreviation).unwrap_or(all);
        match in_use(document, blocks, &edits, new, words) {
            Some(at) => {
                let line = line_of(source, at);
                Err(Refusal(format!("第{line}行已经有“{new}”，改了就分不清是哪一个，请换一个")))
            }
            None => Ok(edits),
        }
    }

    fn new_number(&self, document: &Document, referent: &Referent, new: &str) -> Result<Vec<Edit>, Refusal> {
        let number = referent.number_from(new)?;
        if number == referent.number {
            return Ok(Vec::new());
        }
        let source = document.source();
        let is_chinese =
            |label: &Range<usize>| !source[label.clone()].contains(|c| numeral::arabic_digit(c).is_some());
        let mut labels = referent.places.iter().filter_map(|place| place.label.as_ref());
        if number.len() > referent.number.len() && labels.any(is_chinese) {
            return Err(Refusal("有的地方是用汉字写的编号，不能改成两级的，请写一个数".to_owned()));
        }
        let below = self.below(referent);
        self.is_free(referent, &below, &number)?;
        let mut edits = Vec::new();
        for it in below.into_iter().chain([referent]) {
            let number = [&number, &it.number[referent.number.len()..]].concat();
            for label in it.places.iter().filter_map(|place| place.label.as_ref()) {
                let old = &source[label.clone()];
                if read(old).as_ref() != Some(&it.number) {
                    return Err(marked(source, label));
                }
                let text = number::written_like(old, &number);
                let text = text.ok_or_else(|| Refusal("带圈的编号只到⑳，请写小一些的数".to_owned()))?;
                edits.push(Edit { range: label.clone(), text });
            }
        }
        edits.sort_by_key(|edit| edit.range.start);
        Ok(edits)
    }

    /// The decimal headings whose numbers begin with that of a heading: 3.2 and 3.2.1 for 3.
    fn below(&self, referent: &Referent) -> Vec<&Referent> {
        let Kind::Heading(form) = referent.kind else { return Vec::new() };
        let start = referent.definition().map_or(0, |place| place.range.start);
        // Decimal numbers are counted throughout a text; 1. begins anew below each 一、.
        let end = match form {
            NumberForm::Decimal(_) => None,
            NumberForm::Arabic | NumberForm::Chinese | NumberForm::Chapter | NumberForm::Division => {
                let others = self.referents.iter().filter(|it| it.kind == referent.kind);
                let starts = others.filter_map(|it| Some(it.definition()?.range.start));
                Some(start..starts.filter(|at| *at > start).min().unwrap_or(usize::MAX))
            }
            _ => return Vec::new(),
        };
        let is_below = |it: &&Referent| {
            is_decimal(it)
                && it.scope.text == referent.scope.text
                && it.number.len() > referent.number.len()
                && it.number.starts_with(&referent.number)
                && end.as_ref().is_none_or(|within| {
                    it.definition().is_some_and(|place| within.contains(&place.range.start))
                })
        };
        self.referents.iter().filter(is_below).collect()
    }

    /// Has nothing this number already, nor what would be below it?
    fn is_free(&self, referent: &Referent, below: &[&Referent], number: &[u32]) -> Result<(), Refusal> {
        let has_it = |it: &&Referent| {
            it.kind == referent.kind && it.scope == referent.scope && it.number == number
                || !below.is_empty()
                    && is_decimal(it)
                    && it.scope.text == referent.scope.text
                    && it.number.starts_with(number)
                    && !below.contains(it)
        };
        match self.referents.iter().find(has_it) {
            Some(it) => Err(Refusal(format!(
                "已经有{taken}，改了会重号；要对调，先把{taken}改为一个没有用过的号，再来改这一个",
                taken = name(it.kind, &it.number)
            ))),
            None => Ok(()),
        }
    }
}

fn is_decimal(it: &Referent) -> bool {
    matches!(it.kind, Kind::Heading(NumberForm::Decimal(_)))
}

/// The number in what was typed: 3, 三, 附件3, 第三章, （三）, 表2-1.
fn parse(typed: &str) -> Option<Vec<u32>> {
    let affixes = [
        "附件", "部分", "表", "图", "篇", "编", "章", "节", "条", "第", "（", "）", "(", ")", "、", "．",
        ".", "：", ":",
    ];
    let mut bare = typed.trim();
    while let Some(rest) =
        affixes.iter().find_map(|it| bare.strip_prefix(it).or_else(|| bare.strip_suffix(it)))
    {
        bare = rest.trim();
    }
    read(bare)
}

/// The number that is all of a text.
fn read(text: &str) -> Option<Vec<u32>> {
    let mut chars = text.chars();
    if let (Some(value), None) = (chars.next().and_then(numeral::circled), chars.next()) {
        return Some(vec![value]);
    }
    number::at(text, 0).filter(|number| number.range.end == text.len()).map(|number| number.parts)
}

/// How a writer calls something by its number.
fn name(kind: Kind, number: &[u32]) -> String {
    let joined = |by: &str| number.iter().map(u32::to_string).collect::<Vec<_>>().join(by);
    let chinese = || number.last().map(|value| numeral::to_chinese(*value)).unwrap_or_default();
    match kind {
        Kind::Attachment => format!("附件{}", joined("-")),
        Kind::Table => format!("表{}", joined("-")),
        Kind::Figure => format!("图{}", joined("-")),
        Kind::Text => format!("第{}篇", chinese()),
        Kind::Heading(form) => match form {
            NumberForm::Chinese => format!("“{}、”", chinese()),
            NumberForm::ChineseParen => format!("“（{}）”", chinese()),
            NumberForm::Arabic => format!("“{}.”", joined(".")),
            NumberForm::ArabicParen => format!("“（{}）”", joined(".")),
            NumberForm::Circled | NumberForm::Decimal(_) => format!("“{}”", joined(".")),
            NumberForm::Division => format!("第{}部分", chinese()),
            NumberForm::Chapter => format!("第{}章", chinese()),
            NumberForm::Section => format!("第{}节", chinese()),
            NumberForm::Article => format!("第{}条", chinese()),
        },
        Kind::Abbreviation | Kind::Name => String::new(),
    }
}

/// What a new name would say twice: 局长 of 刘志强局长, before 局长.
fn repeated<'n>(source: &str, label: &Range<usize>, new: &'n str) -> Option<&'n str> {
    let cuts = || new.char_indices().map(|(at, _)| at).skip(1);
    let is_long = |part: &&str| part.chars().nth(1).is_some();
    let after = cuts().map(|at| &new[at..]).filter(is_long).find(|end| source[label.end..].starts_with(end));
    let before =
        || cuts().map(|at| &new[..at]).filter(is_long).find(|start| source[..label.start].ends_with(start));
    after.or_else(before)
}

/// Where a new name stands already, as a word, and not for what is renamed; a byte of the source.
fn in_use(
    document: &Document,
    blocks: Range<usize>,
    edits: &[Edit],
    new: &str,
    words: Words,
) -> Option<usize> {
    let source = document.source();
    // 《办法》 is in use only as 《规定》.
    let is_title = edits.iter().all(|edit| source[..edit.range.start].ends_with('《'));
    let is_named = |at: &Range<usize>| !is_title || source[..at.start].ends_with('《');
    let is_renamed =
        |at: &Range<usize>| edits.iter().any(|edit| edit.range.start < at.end && at.start < edit.range.end);
    document.blocks()[blocks].iter().filter(|block| !document.is_directive(block)).find_map(|block| {
        let text = document.text(block);
        let all = text.match_indices(new).map(|(at, found)| at..at + found.len());
        let used = all.filter(|range| (words.is_word)(text, range)).map(|range| block.to_source(range));
        used.filter(|range| !is_renamed(range) && is_named(range)).map(|range| range.start).next()
    })
}

/// The line of a byte, from 1.
fn line_of(source: &str, at: usize) -> usize {
    LineIndex::new(source).line(at) + 1
}

/// A place that is written with markup inside.
fn marked(source: &str, label: &Range<usize>) -> Refusal {
    let line = line_of(source, label.start);
    let shown = &source[label.clone()];
    Refusal(format!("第{line}行的“{shown}”里夹着标记或写法不同，改不了；请先去掉标记，或逐处手工改"))
}
