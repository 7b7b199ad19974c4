//! A total with its parts: whether they have to make it up, and whether they do.

use std::ops::Range;

use crate::chinese::listing::{Item, Piece};
use crate::chinese::quantity::{self, Quantity};
use crate::finding::{Finding, Severity};
use crate::rule::table::rows;
use crate::text::position::boundary;

use super::{PARTITIONS, written};

/// A total with its parts.
pub(super) struct Account<'a> {
    /// What the total is called.
    label: String,
    total: Quantity<'a>,
    items: Vec<Item<'a>>,
    kind: Kind,
}

#[derive(PartialEq)]
enum Kind {
    /// Parts that exhaust the total by their names.
    Parted,
    /// Parts that may be all.
    Among,
    /// A total that is told after its parts.
    Totalled,
}

/// What is beside the parts, not one of them.
const BESIDE: [&str; 6] = ["另", "此外", "还有", "同时", "累计", "新增"];

/// What makes an item no part of its own: it is one of several, or of another time.
const OTHERWISE: [&str; 12] =
    ["各", "每", "均", "包括", "含", "除", "上年", "去年", "同期", "由", "从", "至少"];

/// Names of groups that overlap with those of other families: 党员 may be 女性. Within a family they do not.
const FAMILIES: [&[&str]; 7] = [
    &["党员", "团员", "群众", "积极分子"],
    &["男", "女"],
    &["学历", "专科", "本科", "大专", "中专", "硕士", "博士", "研究生"],
    &["岁", "青年", "老年"],
    &["职称", "正高", "副高", "高级", "中级", "初级"],
    &["低保", "五保", "特困", "残疾", "脱贫", "贫困", "监测", "困难"],
    &["民族", "汉族", "代表", "委员", "骨干", "重点", "规模", "民营", "国有", "外资"],
];

impl<'a> Account<'a> {
    /// 共30人，其中…: exhaustive by the names of the parts, or perhaps.
    pub(super) fn among(label: String, total: Quantity<'a>, mut items: Vec<Item<'a>>) -> Self {
        let count = exhausts(&items);
        if let Some(count) = count {
            items.truncate(best_prefix(&total, &items, count));
        }
        let kind = if count.is_some() { Kind::Parted } else { Kind::Among };
        Self { label, total, items, kind }
    }

    /// 抽检210批次，合格207批次，不合格4批次: exhaustive by the names of the parts, or nothing. What is itself a
    /// part is no total.
    pub(super) fn parted(label: String, total: Quantity<'a>, mut items: Vec<Item<'a>>) -> Option<Self> {
        let count = partition(&items).filter(|_| !names_a_part(&label))?;
        items.truncate(best_prefix(&total, &items, count));
        Some(Self { label, total, items, kind: Kind::Parted })
    }

    /// 洒水车2辆、垃圾车4辆，共7辆: what is added may begin with any of the items.
    pub(super) fn totalled(total: Quantity<'a>, items: Vec<Item<'a>>) -> Self {
        Self { label: String::new(), total, items, kind: Kind::Totalled }
    }

    /// From the first figure to the last.
    pub(super) fn range(&self) -> Range<usize> {
        let all = || self.items.iter().map(|item| &item.quantity).chain([&self.total]);
        let start = all().map(|q| q.range.start).min().unwrap_or(0);
        start..all().map(|q| q.range.end).max().unwrap_or(start)
    }

    /// Says that the parts do not make up the total, unless they do or need not.
    pub(super) fn finding(&self, text: &str) -> Option<Finding> {
        let severity = match self.kind {
            _ if self.is_right() || self.is_of_another_total(text) => return None,
            Kind::Parted => Severity::Error,
            Kind::Among => self.severity_of_slip()?,
            Kind::Totalled => self.severity_of_total()?,
        };
        let sum = sum(&self.items) / self.total.measure().1 / self.total.factor();
        let total = self.total.value / self.total.factor();
        let unit = self.total.scaled_unit();
        let terms: Vec<String> = self.items.iter().map(|item| self.term(&item.quantity)).collect();
        let end = match severity {
            Severity::Info if sum < total => "是否没有列全？请核对",
            Severity::Info => "是否有重复计算的？请核对",
            _ => "请核对",
        };
        let message = format!(
            "分项相加是{}{unit}（{}），与“{}{}”差{}{unit}，{end}",
            quantity::show(sum),
            terms.join("＋"),
            self.label,
            written(text, &self.total),
            quantity::show((sum - total).abs()),
        );
        let mut range = self.range();
        if self.kind == Kind::Totalled {
            range.start -= self.items.first().map_or(0, |item| item.label.len());
        }
        Some(Finding::new(range, message).with_severity(severity))
    }

    /// Do the parts, or the first of them, make up the total, or is it no amount that has parts?
    fn is_right(&self) -> bool {
        const AVERAGES: [&str; 12] = ["", "%", "岁", "分", "度", "倍", "年", "月", "日", "时", "号", "‰"];
        AVERAGES.contains(&self.total.unit)
            || (2..=self.items.len()).any(|count| balances(&self.total, &self.items[..count]))
    }

    /// Is the sum told before, alone or as a list: 高中590名，初中512名，其中男生708名，女生394名?
    fn is_of_another_total(&self, text: &str) -> bool {
        let start = self.range().start;
        let from = boundary(text, start.saturating_sub(300));
        let (measure, sum) = (self.total.measure().0, sum(&self.items));
        let same = |q: &Quantity<'_>| q.measure().0 == measure;
        let earlier: Vec<f64> = quantity::find(&text[from..start]).filter(same).map(|q| q.amount()).collect();
        let total = self.total.amount();
        // What is added, and what it would have to be.
        let (mut run, wanted) = if self.kind == Kind::Totalled { (sum, total) } else { (total, sum) };
        earlier.iter().rev().any(|value| {
            run += value;
            (value - wanted).abs() < 1e-6 || (run - wanted).abs() < 1e-6
        })
    }

    /// A part as it is written, with what differs from the total's scale and unit.
    fn term(&self, part: &Quantity<'_>) -> String {
        let scale = if part.scale == self.total.scale { "" } else { part.scale };
        let unit = if part.measure().1 == self.total.measure().1 { "" } else { part.unit };
        format!("{}{scale}{unit}", part.digits)
    }

    /// Parts that need not be all, and come so near to the total that one of the figures may be wrong.
    fn severity_of_slip(&self) -> Option<Severity> {
        let mixed = |family: &&[&str]| {
            let is_of = |item: &&Item<'_>| family.iter().any(|word| item.label.contains(word));
            (1..self.items.len()).contains(&self.items.iter().filter(is_of).count())
        };
        let (sum, total) = (sum(&self.items), self.total.amount());
        let off = (sum - total).abs() / total;
        if FAMILIES.iter().any(mixed) {
            return None;
        }
        // Money and land are in one part only; persons and things may be in two.
        let is_whole = matches!(self.total.measure().0, "元" | "面积" | "重量");
        let digits = self.total.digits.chars().filter(char::is_ascii_digit).count();
        let is_slip = is_one_digit_off(&self.total, sum) && (digits >= 3 || off <= 0.1);
        match () {
            () if is_whole && sum > total && off <= 0.3 => Some(Severity::Warning),
            () if off <= 0.1 || is_slip && off <= 0.15 => Some(Severity::Info),
            () => None,
        }
    }

    /// A total that comes after its parts is theirs, if they are a plain list.
    fn severity_of_total(&self) -> Option<Severity> {
        let later = (1..self.items.len() - 1).any(|from| balances(&self.total, &self.items[from..]));
        let listed = self.items.iter().skip(1).all(|item| item.mark == '、');
        let sum = sum(&self.items) / self.total.measure().1;
        let off = (sum - self.total.value).abs() / self.total.value;
        match (later, listed) {
            (true, _) => None,
            (false, true) if off <= 0.5 => Some(Severity::Error),
            (false, false) if off <= 0.2 => Some(Severity::Warning),
            _ => None,
        }
    }
}

fn sum(items: &[Item<'_>]) -> f64 {
    items.iter().map(|item| item.quantity.amount()).sum()
}

/// Do the parts make up the total, but for rounding?
fn balances(total: &Quantity<'_>, items: &[Item<'_>]) -> bool {
    let whole = total.measure().1;
    let rounding = |q: &Quantity<'_>| q.rounding * q.measure().1;
    let rounded: f64 = items.iter().map(|item| rounding(&item.quantity)).sum();
    let converted = items.iter().any(|item| item.quantity.measure().1 != whole);
    // A total may be cut where it is not rounded.
    let slack = rounded + 2.0 * rounding(total) + if converted { total.amount() * 0.005 } else { 0.0 };
    (sum(items) - total.amount()).abs() <= slack + total.amount() * 1e-9 + 1e-6
}

/// How many of the items make up the total; as many as the partition has where none do.
fn best_prefix(total: &Quantity<'_>, items: &[Item<'_>], least: usize) -> usize {
    (least..=items.len()).find(|count| balances(total, &items[..*count])).unwrap_or(least)
}

/// Do the total and the sum differ in one digit, or are two neighbours exchanged?
fn is_one_digit_off(total: &Quantity<'_>, sum: f64) -> bool {
    let shown = |value: f64| format!("{value:.*}", total.places()).replace('.', "").into_bytes();
    let whole = total.value / total.factor();
    let (a, b) = (shown(whole), shown(sum / total.measure().1 / total.factor()));
    if a.len() != b.len() {
        return false;
    }
    let different: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).collect();
    match different[..] {
        [_] => true,
        [i, j] => j == i + 1 && a[i] == b[j] && a[j] == b[i],
        _ => false,
    }
}

/// What a quantity is called in its piece.
pub(super) fn label_before(piece: &Piece<'_>, quantity: &Quantity<'_>) -> String {
    let before = &piece.text[..quantity.range.start - piece.range.start];
    let chars: Vec<char> = before.trim().chars().collect();
    chars[chars.len().saturating_sub(10)..].iter().collect()
}

/// Does a label say that what it names stands beside the list?
pub(super) fn is_beside(label: &str) -> bool {
    BESIDE.iter().any(|word| label.starts_with(word))
}

/// Is what a label names no part that can be added?
pub(super) fn is_otherwise(label: &str) -> bool {
    OTHERWISE.iter().any(|word| label.contains(word))
}

/// Is a label one of the parts of a partition?
fn names_a_part(label: &str) -> bool {
    rows(PARTITIONS).any(|[parts]| parts.split('；').any(|names| is(label, names)))
}

/// Is a label one of these names, 已 or 其中 before it and a word behind it or not?
fn is(label: &str, names: &str) -> bool {
    const BEFORE: [&str; 9] = ["其中", "因事", "因故", "因病", "实际", "有", "已", "共", "为"];
    let bare = BEFORE.iter().fold(label, |label, word| label.trim_start_matches(word));
    names.split('/').any(|name| {
        [label, bare]
            .iter()
            .any(|label| label.starts_with(name) && label.chars().count() <= name.chars().count() + 3)
    })
}

/// Do the others part the first? 已整改6103项，其中重大隐患47项，已整改45项，其余2项 says nothing of the 6103.
pub(super) fn is_of_one_part(items: &[Item<'_>]) -> bool {
    items.split_first().is_some_and(|(first, rest)| rest.len() >= 2 && balances(&first.quantity, rest))
}

/// How many leading items make up the whole; `None` if they are not exhaustive or may overlap.
fn exhausts(items: &[Item<'_>]) -> Option<usize> {
    let rest = |item: &Item<'_>| ["其余", "剩余"].iter().any(|word| item.label.starts_with(word));
    partition(items).or_else(|| items.last().is_some_and(rest).then_some(items.len()))
}

/// How many leading items are the parts of a partition.
fn partition(items: &[Item<'_>]) -> Option<usize> {
    if items.len() < 2 {
        return None;
    }
    let counts = rows(PARTITIONS).filter_map(|[parts]| {
        let names: Vec<&str> = parts.split('；').collect();
        let own = items.get(..names.len())?;
        let found = |names: &&str| own.iter().filter(|item| is(&item.label, names)).count() == 1;
        // 男18人、女13人、党员12人: the rest is of another kind; 男、女、其他 is not.
        names.iter().all(found).then_some(names.len())
    });
    counts.max()
}
