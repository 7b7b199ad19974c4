//! A new number or a new name for something, at all places that name it. It never takes one that is taken.

use std::ops::Range;

use super::number;
use super::{Kind, References, Referent, Role};
use crate::chinese::numeral;
use crate::finding::Edit;
use crate::text::document::Document;
use crate::text::numbering::NumberForm;

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
    ) -> Result<Vec<Edit>, Refusal> {
        match referent.kind {
            Kind::Abbreviation | Kind::Name => self.new_name(document, referent, new.trim()),
            _ => self.new_number(document, referent, new),
        }
    }

    fn new_name(&self, document: &Document, referent: &Referent, new: &str) -> Result<Vec<Edit>, Refusal> {
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
        for label in labels {
            if &source[label.clone()] != old {
                return Err(marked(source, label));
            }
            edits.push(Edit { range: label.clone(), text: new.to_owned() });
        }
        Ok(edits)
    }

    fn new_number(&self, document: &Document, referent: &Referent, new: &str) -> Result<Vec<Edit>, Refusal> {
        let number = referent.number_from(new)?;
        if number == referent.number {
            return Ok(Vec::new());
        }
        self.is_free(referent, &number)?;
        let source = document.source();
        let edit = |label: &Range<usize>| {
            let old = &source[label.clone()];
            if read(old).as_ref() != Some(&referent.number) {
                return Err(marked(source, label));
            }
            let text = number::written_like(old, &number);
            let text = text.ok_or_else(|| Refusal("带圈的编号只到⑳，请写小一些的数".to_owned()))?;
            Ok(Edit { range: label.clone(), text })
        };
        referent.places.iter().filter_map(|place| place.label.as_ref()).map(edit).collect()
    }

    /// Has nothing this number already, and does nothing below depend on the old one?
    fn is_free(&self, referent: &Referent, number: &[u32]) -> Result<(), Refusal> {
        let has_it =
            |it: &Referent| it.kind == referent.kind && it.scope == referent.scope && it.number == number;
        if self.referents.iter().any(has_it) {
            let taken = name(referent.kind, number);
            return Err(Refusal(format!(
                "已经有{taken}，改了会重号；要对调，先把{taken}改为一个没有用过的号，再来改这一个"
            )));
        }
        let is_decimal = |it: &Referent| matches!(it.kind, Kind::Heading(NumberForm::Decimal(_)));
        let is_below = |it: &Referent| {
            is_decimal(it)
                && it.scope.text == referent.scope.text
                && it.number.len() > referent.number.len()
                && it.number.starts_with(&referent.number)
        };
        if is_decimal(referent) && self.referents.iter().any(is_below) {
            let own = name(referent.kind, &referent.number);
            return Err(Refusal(format!("{own}下面还有下一级的编号，要一起改；请用“重排全文的标题和序号”")));
        }
        Ok(())
    }
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

/// A place that is written with markup inside.
fn marked(source: &str, label: &Range<usize>) -> Refusal {
    let line = source[..label.start].lines().count().max(1);
    let shown = &source[label.clone()];
    Refusal(format!("第{line}行的“{shown}”里夹着标记或写法不同，改不了；请先去掉标记，或逐处手工改"))
}
