//! Headings and articles by their numbers, and what refers to them: 第三章, 见三、（二）, 3.2节, the table of
//! contents.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::found::Found;
use super::number;
use super::ordinal::{self, Owner, Unit};
use super::{Kind, Place, Role, Scope};
use crate::chinese::numeral;
use crate::text::document::Document;
use crate::text::numbering::{self, Marker, NumberForm};
use crate::text::outline::is_above;

/// 3.2.1、3.2.2和3.2.3, 3.1—3.2
static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "^(?:[、和及与至到或～~—–－-]|以及)(?P<next>[0-9]{1,2}(?:\\.[0-9]{1,2}){1,3})";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Numbers from the uppermost down.
type Path = Vec<(NumberForm, u32)>;

/// A heading or an article.
struct Heading {
    block: usize,
    /// Its number and those above it.
    path: Path,
    referent: usize,
}

/// Those of a document, in order.
pub(super) struct Headings {
    all: Vec<Heading>,
    /// By the block with which their text begins, their form and their number.
    by_number: HashMap<(usize, NumberForm, Vec<u32>), Vec<usize>>,
    has_decimals: bool,
}

/// 见三、（二）, 见（二）
static LEVELS: LazyLock<Regex> = LazyLock::new(|| {
    let numeral = "[一二三四五六七八九十]{1,3}";
    let pattern = format!(
        "(?:见|本文|本报告|上述|前述|前文|上文)[“\"]?(?:第?(?P<one>{numeral})、?)?第?[（(](?P<two>{numeral})[）)]"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

/// 第三条第（二）项, 第二部分（三）
static BELOW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^第?[（(](?P<two>[一二三四五六七八九十]{1,3})[）)]").expect("the pattern is a constant")
});

/// 见3.2, 第3.2节, 3.2.1条
static DECIMAL: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?:见|第|如|按|照|据)\\s?(?P<cued>[0-9]{1,2}(?:\\.[0-9]{1,2}){1,3})|(?P<named>[0-9]{1,2}(?:\\.[0-9]{1,2}){1,3})\\s?[节条]";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The numbers that are open above the next, as one reads down a text.
#[derive(Default)]
struct Above(Path);

impl Above {
    /// The path of a number. Articles and decimal numbers are counted throughout.
    fn enter(&mut self, form: NumberForm, value: u32) -> Path {
        self.0.retain(|(above, _)| is_above(*above, form));
        let mut path = self.0.clone();
        self.0.push((form, value));
        if matches!(form, NumberForm::Article | NumberForm::Decimal(_)) {
            path.clear();
        }
        path.push((form, value));
        path
    }
}

/// The whole number of a marker: 1.2 for a decimal one.
fn parts(text: &str, marker: &Marker) -> Vec<u32> {
    match marker.style {
        NumberForm::Decimal(_) => {
            text[marker.number.clone()].split('.').filter_map(|part| part.parse().ok()).collect()
        }
        _ => vec![marker.value],
    }
}

impl Headings {
    /// Finds them, and adds them to what can be referred to.
    pub(super) fn new(document: &Document, found: &mut Found) -> Self {
        let outline = document.outline();
        let mut headings = Self { all: Vec::new(), by_number: HashMap::new(), has_decimals: false };
        let (mut above, mut last) = (Above::default(), None);
        for item in outline.numbered() {
            let form = item.marker.style;
            let counts = matches!(form, NumberForm::Article | NumberForm::Chinese | NumberForm::ChineseParen);
            if !item.is_heading && !counts {
                continue;
            }
            if last.replace(item.text) != Some(item.text) {
                above = Above::default();
            }
            let text = outline.texts()[item.text].blocks.start;
            let block = &document.blocks()[item.block];
            let number = parts(document.text(block), &item.marker);
            let path = above.enter(form, item.marker.value);
            let scope = Scope { text, above: path[..path.len() - 1].to_vec() };
            let place = Place {
                range: block.to_source(item.marker.range.clone()),
                label: Some(block.to_source(item.marker.number.clone())),
                role: Role::Definition,
            };
            let referent = found.define((Kind::Heading(form), scope, number.clone()), place);
            headings.has_decimals |= number.len() > 1;
            headings.by_number.entry((text, form, number)).or_default().push(headings.all.len());
            headings.all.push(Heading { block: item.block, path, referent });
        }
        headings
    }

    /// The one with a number that those who read at a block would take: below the numbers that are named, or
    /// else the nearest above.
    fn find(
        &self,
        text: usize,
        form: NumberForm,
        number: &[u32],
        named: &[(NumberForm, u32)],
        near: &[(NumberForm, u32)],
    ) -> Option<&Heading> {
        let all = self.by_number.get(&(text, form, number.to_vec()))?;
        let shared = |it: &Heading| it.path.iter().zip(near).take_while(|(a, b)| a == b).count();
        let fits = |it: &&Heading| named.iter().all(|number| it.path.contains(number));
        // Of several alike the first.
        all.iter().rev().map(|&index| &self.all[index]).filter(fits).max_by_key(|it| shared(it))
    }

    /// The path at a block.
    fn near(&self, block: usize) -> &[(NumberForm, u32)] {
        let after = self.all.partition_point(|it| it.block <= block);
        after.checked_sub(1).map_or(&[], |index| &self.all[index].path)
    }

    /// Adds the entries of the tables of contents. Returns their blocks.
    pub(super) fn define_contents(&self, document: &Document, found: &mut Found) -> HashSet<usize> {
        let outline = document.outline();
        let mut above = Above::default();
        for entry in outline.contents() {
            let block = &document.blocks()[entry.block];
            let title = &document.text(block)[entry.title.clone()];
            let Some(marker) = numbering::parse(title.trim_start()) else { continue };
            let path = above.enter(marker.style, marker.value);
            let after = outline.texts().partition_point(|text| text.blocks.start <= entry.block);
            let Some(text) = after.checked_sub(1).map(|index| outline.texts()[index].blocks.start) else {
                continue;
            };
            let title = title.trim_start();
            let start = entry.title.end - title.len();
            let at = |range: Range<usize>| block.to_source(start + range.start..start + range.end);
            let number = parts(title, &marker);
            if let Some(heading) = self.find(text, marker.style, &number, &path, &path) {
                let (range, label) = (at(marker.range), Some(at(marker.number)));
                found.refer(heading.referent, Place { range, label, role: Role::Listing });
            }
        }
        outline.contents().iter().map(|entry| entry.block).collect()
    }

    /// Adds what a block refers to.
    pub(super) fn mention(&self, document: &Document, index: usize, text: usize, found: &mut Found) {
        if self.all.is_empty() {
            return;
        }
        let block = &document.blocks()[index];
        let prose = document.text(block);
        let own = self.all.binary_search_by_key(&index, |it| it.block).is_ok();
        let own = own.then(|| numbering::parse(prose)).flatten().map_or(0, |marker| marker.range.end);
        let mut add = |heading: &Heading, range: Range<usize>, label: Range<usize>| {
            let (range, label) = (block.to_source(range), Some(block.to_source(label)));
            found.refer(heading.referent, Place { range, label, role: Role::Mention });
        };
        let near = self.near(index);
        if prose.contains('第') {
            let mut named: Path = Vec::new();
            for it in ordinal::ordinals(prose) {
                if !it.is_below_last {
                    named.clear();
                }
                let Unit::Of(form) = it.unit else { continue };
                if it.owner == Owner::Foreign || it.range.start < own {
                    continue;
                }
                // A report calls 二、 its second part.
                let is_loose =
                    form == NumberForm::Division || form == NumberForm::Article && it.owner == Owner::Own;
                let is_counted =
                    matches!(form, NumberForm::Division | NumberForm::Chapter | NumberForm::Section);
                let forms = [
                    Some(form),
                    is_loose.then_some(NumberForm::Chinese),
                    is_counted.then_some(NumberForm::Decimal(0)),
                ];
                let heading = forms
                    .into_iter()
                    .flatten()
                    .find_map(|form| self.find(text, form, &[it.value], &named, near));
                let Some(heading) = heading else { continue };
                let end = it.range.end;
                add(heading, it.range, it.number);
                named.extend(heading.path.last());
                let below =
                    BELOW.captures(&prose[end..]).and_then(|it| Some((it.get(0)?.end(), it.name("two")?)));
                if let Some((len, number)) = below {
                    let value = numeral::parse(number.as_str()).unwrap_or(0);
                    if let Some(heading) = self.find(text, NumberForm::ChineseParen, &[value], &named, near) {
                        add(heading, end..end + len, end + number.start()..end + number.end());
                    }
                }
            }
        }
        if prose.contains(['（', '(']) && prose.contains(['见', '本', '述', '文']) {
            for levels in LEVELS.captures_iter(prose) {
                let mut named: Path = Vec::new();
                let forms = [("one", NumberForm::Chinese), ("two", NumberForm::ChineseParen)];
                for (group, form) in forms {
                    let Some(number) = levels.name(group) else { continue };
                    let value = numeral::parse(number.as_str()).unwrap_or(0);
                    let Some(heading) = self.find(text, form, &[value], &named, near) else { break };
                    add(heading, number.range(), number.range());
                    named.push((form, value));
                }
            }
        }
        if self.has_decimals && prose.contains('.') {
            for decimal in DECIMAL.captures_iter(prose) {
                let Some(shown) = decimal.name("cued").or(decimal.name("named")) else { continue };
                let mut range = shown.range();
                while let Some(number) = number::at(&prose[..range.end], range.start) {
                    let form = NumberForm::Decimal((number.parts.len() - 1) as u8);
                    // 见1.2倍
                    let counts = number::is_count(&prose[range.end..]);
                    let heading = self.find(text, form, &number.parts, &[], near);
                    let Some(heading) = heading.filter(|_| range.start >= own && !counts) else { break };
                    add(heading, range.clone(), range.clone());
                    let next = GOES_ON.captures(&prose[range.end..]).and_then(|it| it.name("next"));
                    let Some(next) = next else { break };
                    range = range.end + next.start()..range.end + next.end();
                }
            }
        }
    }
}
