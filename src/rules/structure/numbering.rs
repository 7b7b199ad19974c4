//! 编号有误：跳号、重号、倒号，层级越级，同级编号写法不一。
//!
//! 编号以“篇”为界，每一篇、每个附件从头编起；下一级编号在上一级换号时从头编起。一处错只报一次，
//! 后面顺着错的不再重复报；快速修复把本级后面的编号一并顺改。
//!
//! ## 例
//! 缺“三、”：
//!
//! ```text
//! 一、加强学习
//! 二、改进作风
//! 〔四→三〕、严明纪律
//! ```
//!
//! 重号：
//!
//! ```text
//! （一）加强学习
//! （二）改进作风
//! （〔二→三〕）严明纪律
//! ```
//!
//! 两个“一、”：
//!
//! ```text
//! 一、加强学习
//! 每周集中学习一次。
//! 〔一→二〕、改进作风
//! 每月走访一次。
//! 三、严明纪律
//! 每季通报一次。
//! ```
//!
//! 写法不一：
//!
//! ```text
//! 1.加强学习
//! 〔2、→2.〕改进作风
//! 3.严明纪律
//! ```
//!
//! 越级，“一、”下面直接到“1.”，别处有“（一）”：
//!
//! ```text
//! 一、总体要求
//! （一）指导思想
//! （二）基本原则
//! 二、重点任务
//! 〔1.〕改造管网
//! 2.修缮校舍
//! ```
//!
//! ## 不报
//! 换篇、换附件后从“一”编起：
//!
//! ```text
//! 一、加强学习
//! 二、改进作风
//! 附件1
//! 一、学习书目
//! 二、学习安排
//! ```
//!
//! 摘录从中间的号起编；“1.5倍”“2024.1.5”不是编号：
//!
//! ```text
//! 三、改进作风
//! 四、严明纪律
//! 1.5倍的增长是今年的目标。
//! 2024.1.5发布的办法同时废止。
//! ```
//!
//! Markdown 的有序列表，显示时自动编号：
//!
//! ```md
//! 1. 加强学习
//! 1. 改进作风
//! 1. 严明纪律
//! ```
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.3.3：结构层次序数依次用“一、”“（一）”“1.”“（1）”标注。

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::{Bound, Range};

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::{Block, BlockKind};
use crate::text::document::Document;
use crate::text::numbering::{Marker, NumberForm};
use crate::text::outline::Numbered;

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/numbering",
    summary: "编号跳号、重号、越级、写法不一",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("numbering.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Numbers of one form under one parent, in order.
struct Series<'a> {
    style: NumberForm,
    /// The Markdown level of its headings; `None` for plain lines.
    level: Option<u8>,
    parent: Option<NumberForm>,
    items: Vec<&'a Numbered>,
}

static RESTARTS: Extract<()> = Extract::new(|text, _| flag(restarts(text)));

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let restarts = view.extract(&RESTARTS);
    let restarts = restarts.within(0..document.blocks().len()).map(|(index, ())| index);
    let all = all_series(document, restarts);
    let levels = levels(&all);
    let mut said = HashSet::new();
    across(document, &all, out);
    for series in &all {
        order(document, series, out);
        punctuation(document, series, out);
        // A habit of the whole part is one finding.
        let habit = (series.items[0].text, series.parent, series.style);
        if !said.contains(&habit) {
            let before = out.len();
            level(document, series, &all, &levels, out);
            if out.len() > before {
                said.insert(habit);
            }
        }
    }
}

/// Numbers that count on from section to section (the questions of a survey, （一） to （十九） of a
/// plan), where one
/// section does not begin with the next.
fn across(document: &Document, all: &[Series<'_>], out: &mut Vec<Finding>) {
    // Of each form: its last number so far, whether all series have counted on, and how many there were.
    let mut before: HashMap<_, (&Numbered, bool, usize)> = HashMap::new();
    for series in all.iter().filter(|series| series.parent.is_some()) {
        let (Some(first), Some(last)) = (series.items.first(), series.items.last()) else { continue };
        let key = (first.text, series.parent, series.style, series.level);
        let Some((end, counted_on, count)) = before.get(&key).copied() else {
            before.insert(key, (last, true, 1));
            continue;
        };
        let (value, should) = (first.marker.value, end.marker.value + 1);
        before.insert(key, (last, counted_on && value == should, count + 1));
        let is_off = value == should + 1 || value + 1 == should && count > 1;
        if value == 1 || !counted_on || !is_off || series.style > NumberForm::ArabicParen {
            continue;
        }
        let text = document.text(&document.blocks()[first.block]);
        let Some(wanted) = first.marker.number_as(text, should) else { continue };
        let shown = &text[first.marker.number.clone()];
        let message = format!("编号接着上一节往下数，这里应是“{wanted}”，不是“{shown}”");
        let place = source_range(document, first, &first.marker.number);
        let elsewhere = source_range(document, end, &end.marker.range);
        let finding = Finding::new(place, message).related(elsewhere, "上一节到这里");
        out.push(finding.replace(wanted, Applicability::Suggested));
    }
}

/// By part, the form above and their own: the first series of several items.
type Levels = BTreeMap<(usize, NumberForm, NumberForm), usize>;

fn levels(all: &[Series<'_>]) -> Levels {
    let mut levels = Levels::new();
    for (index, series) in all.iter().enumerate().filter(|(_, series)| series.items.len() > 1) {
        if let Some(parent) = series.parent {
            levels.entry((series.items[0].text, parent, series.style)).or_insert(index);
        }
    }
    levels
}

/// 一、 and then （1）, where the same part goes from 一、 to （一） elsewhere.
fn level(
    document: &Document,
    series: &Series<'_>,
    all: &[Series<'_>],
    levels: &Levels,
    out: &mut Vec<Finding>,
) {
    let Some(parent) = series.parent.filter(|parent| *parent < series.style) else { return };
    if series.style > NumberForm::Circled {
        return;
    }
    let first = series.items[0];
    let (from, to) = ((first.text, parent, parent), (first.text, parent, series.style));
    let between = levels.range((Bound::Excluded(from), Bound::Excluded(to)));
    let Some(skipped) = between.map(|(_, &index)| index).min().map(|index| &all[index]) else { return };
    let marker = |item: &Numbered| {
        let text = document.text(&document.blocks()[item.block]);
        text[item.marker.range.clone()].to_owned()
    };
    let message = format!(
        "层级越级：上一级之下直接用“{}”，而别处先用“{}”一级",
        marker(first),
        marker(skipped.items[0])
    );
    let elsewhere = source_range(document, skipped.items[0], &skipped.items[0].marker.range);
    let range = source_range(document, first, &first.marker.range);
    out.push(Finding::new(range, message).with_severity(Severity::Info).related(elsewhere, "别处用的一级"));
}

/// Groups numbered lines into series: a number continues the nearest open series of its form and closes
/// deeper ones.
fn all_series(document: &Document, restarts: impl Iterator<Item = usize>) -> Vec<Series<'_>> {
    let mut restarts = restarts.peekable();
    let mut done = Vec::new();
    let mut open: Vec<Series<'_>> = Vec::new();
    let mut numbered = document.outline().numbered().iter().peekable();
    let mut part = 0;
    for (index, block) in document.blocks().iter().enumerate() {
        let is_restart = restarts.next_if_eq(&index).is_some();
        let level = match block.kind {
            BlockKind::Heading(level) => Some(level),
            _ => None,
        };
        let Some(item) = numbered.next_if(|item| item.block == index) else {
            if is_restart {
                done.append(&mut open);
            } else if let Some(level) = level {
                let keep = open.iter().position(|s| s.level.is_none_or(|l| l >= level)).unwrap_or(open.len());
                done.extend(open.drain(keep..));
            }
            continue;
        };
        if item.text != part {
            part = item.text;
            done.append(&mut open);
        }
        let style = item.marker.style;
        match open.iter().rposition(|series| series.style == style && series.level == level) {
            Some(at) => {
                done.extend(open.drain(at + 1..));
                if item.marker.value == 1 && !is_slip(document, &open[at], item) {
                    let parent = open.get(at.wrapping_sub(1)).map(|series| series.style);
                    done.extend(open.pop());
                    open.push(Series { style, level, parent, items: vec![item] });
                } else {
                    open[at].items.push(item);
                }
            }
            None => {
                let parent = open.last().map(|series| series.style);
                open.push(Series { style, level, parent, items: vec![item] });
            }
        }
    }
    done.append(&mut open);
    done.sort_by_key(|series| series.items[0].block);
    done
}

/// A longer line is no heading without a number.
const MAX_SHORT: usize = 20;

/// Is a second 一、 the number of the heading before it once more, and not the first of another list?
/// The next of
/// its form tells: it counts on from the heading before, or there is none but this.
fn is_slip(document: &Document, series: &Series<'_>, item: &Numbered) -> bool {
    let is_heading = |item: &Numbered| {
        item.is_heading && matches!(item.marker.style, NumberForm::Chinese | NumberForm::ChineseParen)
    };
    let (Some(last), true) = (series.items.last(), is_heading(item)) else { return false };
    let numbered = document.outline().numbered();
    // A short line without a number between them may be the heading of another list.
    let is_short = |block: &Block| {
        let text = document.text(block);
        text.chars().nth(MAX_SHORT).is_none() && !text.ends_with(['。', '；', '！', '？'])
    };
    let is_numbered = |block: usize| numbered.binary_search_by_key(&block, |item| item.block).is_ok();
    let goes_on = (last.block + 1..item.block).all(|at| is_numbered(at) || !is_short(&document.blocks()[at]));
    let after = numbered.partition_point(|other| other.block <= item.block);
    let ends = |other: &&Numbered| other.text == item.text && other.marker.style >= series.style;
    let next = numbered[after..].iter().take_while(ends).find(|other| other.marker.style == series.style);
    let counts_on = next.map_or(last.marker.value == 1 && series.items.len() == 1, |next| {
        next.marker.value == last.marker.value + 2 || last.marker.value == 1 && next.marker.value == 2
    });
    is_heading(last) && goes_on && counts_on
}

/// 附件1, 附：, and a line that announces another document, begin all numbering again.
fn restarts(text: &str) -> bool {
    ["附件", "附：", "附录", "附表"].iter().any(|head| text.starts_with(head))
        && text.chars().nth(40).is_none()
}

/// Does a line in between start with the missing number, read as something else (3.5G基站建设,
/// 2、3号楼加固)?
fn stands_unread(document: &Document, between: Range<usize>, number: u32) -> bool {
    let number = number.to_string();
    document.blocks()[between].iter().skip(1).any(|block| {
        document.text(block).strip_prefix(&number).is_some_and(|rest| rest.starts_with(['.', '．', '、']))
    })
}

/// Budget of edits per series, on top of one per item.
const SPARE_EDITS: usize = 256;

/// Gaps, repeats and steps back. The numbers after an error that go on from it are right.
fn order(document: &Document, series: &Series<'_>, out: &mut Vec<Finding>) {
    let values: Vec<u32> = series.items.iter().map(|item| item.marker.value).collect();
    // The first error renumbers the whole rest of the series. If every error did,
    // thousands of errors would
    // produce quadratically many edits: beyond the budget an error fixes only itself.
    let mut spare = values.len() + SPARE_EDITS;
    let mut i = 1;
    while i < values.len() {
        let (before, this) = (values[i - 1], values[i]);
        if this == before + 1 {
            i += 1;
            continue;
        }
        let should = before + 1;
        if this > should && stands_unread(document, series.items[i - 1].block..series.items[i].block, should)
        {
            i += 1;
            continue;
        }
        // 1 3 3 4 or 1 2 9 4: only this one is wrong.
        let alone = values.get(i + 1) == Some(&(should + 1));
        let message = message(document, series, i, should, alone);
        let rest = if alone || values.len() - i > spare { i + 1 } else { values.len() };
        spare = spare.saturating_sub(rest - i);
        let edits = renumbered(document, series, i..rest, should);
        let item = series.items[i];
        let mut finding = Finding::new(source_range(document, item, &item.marker.number), message);
        if let Some(previous) = series.items.get(i - 1) {
            let range = source_range(document, previous, &previous.marker.range);
            finding = finding.related(range, "前一个编号在这里");
        }
        if let Some(edits) = edits {
            let title = if edits.len() > 1 {
                format!("改为“{}”，后面的编号顺改", edits[0].text)
            } else {
                format!("改为“{}”", edits[0].text)
            };
            finding = finding.fix(Fix { title, edits, applicability: Applicability::Suggested });
        }
        out.push(finding);
        i += if alone { 2 } else { 1 };
    }
}

fn message(document: &Document, series: &Series<'_>, i: usize, should: u32, alone: bool) -> String {
    let shown = |item: &Numbered, value: u32| -> String {
        let text = document.text(&document.blocks()[item.block]);
        item.marker.renumbered(text, value).unwrap_or_else(|| value.to_string())
    };
    let item = series.items[i];
    let (value, before) = (item.marker.value, series.items[i - 1].marker.value);
    let (this, expected) = (shown(item, value), shown(item, should));
    if value == before {
        format!("编号“{this}”重复，按顺序应为“{expected}”")
    } else if value > before && !alone {
        format!("编号从“{}”跳到“{this}”，缺“{expected}”", shown(series.items[i - 1], before))
    } else {
        format!("编号“{this}”次序不对，按顺序应为“{expected}”")
    }
}

/// The edits that make `range` of a series count on from `first`, keeping its own later order.
fn renumbered(
    document: &Document,
    series: &Series<'_>,
    range: Range<usize>,
    first: u32,
) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    for (value, item) in (first..).zip(&series.items[range]) {
        let text = document.text(&document.blocks()[item.block]);
        if item.marker.value != value {
            let range = source_range(document, item, &item.marker.number);
            edits.push(Edit { range, text: item.marker.number_as(text, value)? });
        }
    }
    (!edits.is_empty()).then_some(edits)
}

/// 1. among 2、 3、: the way of the majority is the way.
fn punctuation(document: &Document, series: &Series<'_>, out: &mut Vec<Finding>) {
    let forms = [NumberForm::Chinese, NumberForm::Arabic, NumberForm::ChineseParen, NumberForm::ArabicParen];
    if !forms.contains(&series.style) || series.items.len() < 3 {
        return;
    }
    let ways = |marker: &Marker| marker.punctuation.replace('．', ".");
    let mut counts: Vec<(String, usize)> = Vec::new();
    for item in &series.items {
        let way = ways(&item.marker);
        match counts.iter_mut().find(|(known, _)| *known == way) {
            Some((_, count)) => *count += 1,
            None => counts.push((way, 1)),
        }
    }
    let Some((usual, count)) = counts.iter().max_by_key(|(_, count)| *count) else { return };
    if counts.len() < 2 || count * 2 <= series.items.len() {
        return;
    }
    for item in series.items.iter().filter(|item| ways(&item.marker) != *usual) {
        let text = document.text(&document.blocks()[item.block]);
        let marker = &item.marker;
        let range = source_range(document, item, &marker.range);
        let number = &text[marker.number.clone()];
        // （） stand on both sides.
        let mut marks = usual.chars();
        let wanted = match (marks.next(), marks.next()) {
            (Some(open), Some(close)) => format!("{open}{number}{close}"),
            _ => format!("{number}{usual}"),
        };
        let message =
            format!("同级编号写法不一：这里是“{}”，多数是“{wanted}”一类", &text[marker.range.clone()]);
        out.push(
            Finding::new(range, message)
                .with_severity(Severity::Info)
                .replace(wanted, Applicability::Suggested),
        );
    }
}

fn source_range(document: &Document, item: &Numbered, range: &Range<usize>) -> Range<usize> {
    let block: &Block = &document.blocks()[item.block];
    block.to_source(range.clone())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_in, check_suggestion, messages};
    use crate::text::format::Format;

    #[test]
    fn gaps_and_repeats() {
        check(&RULE, "一、学习\n甲。\n二、工作\n乙。\n〔四→三〕、打算\n丙。");
        check(&RULE, "1.甲\n2.乙\n〔2→3〕.丙\n4.丁");
        assert_eq!(
            messages(&RULE, "一、学习\n二、工作\n四、打算\n五、结语"),
            ["编号从“二、”跳到“四、”，缺“三、”"]
        );
        check_suggestion(
            &RULE,
            "一、学习\n二、工作\n四、打算\n五、结语",
            "一、学习\n二、工作\n三、打算\n四、结语",
        );
    }

    #[test]
    fn edits_grow_with_the_text_and_the_first_fix_still_takes_all_along() {
        let edits = |lines: usize| {
            let found = crate::rules::testing::findings(&RULE, &"二、存在的问题\n".repeat(lines));
            assert!(found.len() >= lines - 2);
            assert!(found[0].fixes[0].edits.len() >= lines - 2, "the whole series");
            found.iter().flat_map(|d| &d.fixes).map(|fix| fix.edits.len()).sum::<usize>()
        };
        let (one, two, four) = (edits(1_000), edits(2_000), edits(4_000));
        assert!(two <= 2 * one + 8 && four <= 2 * two + 8 && four < 4 * 4_000, "{one} {two} {four}");
        // In a series of the usual length every fault takes the rest along.
        let found = crate::rules::testing::findings(&RULE, "一、甲\n三、乙\n四、丙\n六、丁\n七、戊\n");
        let edits: Vec<usize> = found.iter().map(|d| d.fixes[0].edits.len()).collect();
        assert_eq!(edits, [4, 2]);
    }

    #[test]
    fn levels() {
        check(&RULE, "一、甲\n（一）子\n（二）丑\n二、乙\n〔1.〕寅\n2.卯");
        check_clean(&RULE, "一、甲\n1.子\n2.丑\n二、乙\n1.寅\n（1）卯");
    }

    #[test]
    fn ways_of_writing() {
        check(&RULE, "1.甲\n〔2、→2.〕乙\n3.丙");
        check(&RULE, "一、甲\n〔二，→二、〕乙\n三、丙");
    }

    #[test]
    fn one_number_twice() {
        check(&RULE, "一、学习\n甲很多。\n〔一→二〕、工作\n乙很多。");
        check(&RULE, "一、学习\n甲很多。\n〔一〕、工作\n乙很多。\n二、打算\n丙很多。");
        check(&RULE, "一、学习\n甲很多。\n二、工作\n乙很多。\n〔一→三〕、问题\n丙很多。\n四、打算\n丁很多。");
        check(
            &RULE,
            "一、学习\n（一）读书\n甲很多。\n〔（一）→（二）〕培训\n乙很多。\n二、工作\n丙很多。"
                .replace("〔（一）→（二）〕", "（〔一→二〕）")
                .as_str(),
        );
        for right in [
            "一、学习\n甲很多。\n二、工作\n乙很多。\n一、读书\n丙很多。\n二、调研\n丁很多。",
            "一、学习\n（一）读书\n甲。\n（二）听课\n乙。\n二、工作\n（一）值班\n丙。\n（二）巡查\n丁。",
            "春季\n一、育苗\n今年育苗三千株，长势良好。\n秋季\n一、采收\n今年采收五吨，全部售出。",
            "一、学习\n甲很多。\n附件1\n一、书目\n乙很多。",
            "1.学习\n甲很多。\n1.工作\n乙很多。",
        ] {
            check_clean(&RULE, right);
        }
    }

    #[test]
    fn numbers_that_count_on_over_sections() {
        check(
            &RULE,
            "问卷\n一、基本信息\n1.您的性别？\n2.您的年龄？\n二、阅读\n〔4→3〕.您常读书吗？\n5.您常借书吗？",
        );
        check(
            &RULE,
            "一、甲\n（一）子。\n（二）丑。\n二、乙\n（三）寅。\n三、丙\n（〔五→四〕）卯。\n（六）辰。",
        );
        check_clean(&RULE, "一、甲\n（一）子。\n（二）丑。\n二、乙\n（三）寅。\n三、丙\n（四）卯。");
        check_clean(&RULE, "一、甲\n1.子。\n2.丑。\n二、乙\n1.寅。\n2.卯。");
        check_clean(&RULE, "一、甲\n1.子。\n2.丑。\n二、乙\n6.寅。\n7.卯。");
    }

    #[test]
    fn brackets_of_one_width() {
        check(&RULE, "（一）甲\n〔(二)→（二）〕乙\n（三）丙");
        check_clean(&RULE, "(一)甲\n(二)乙\n(三)丙");
    }

    #[test]
    fn right_numbers() {
        check_clean(&RULE, "总结 篇一：\n一、甲\n二、乙\n总结 篇二：\n一、丙\n二、丁");
        check_clean(&RULE, "一、甲\n（一）乙\n1.丙\n2.丁\n（二）戊\n1.己\n二、庚\n（一）辛");
        check_clean(&RULE, "一、甲\n二、乙\n附件1\n一、丙\n二、丁");
        check_clean(&RULE, "三、甲\n四、乙\n1.5倍的增长\n2024.1.5发布\n一、二年级学生");
        check_in(&RULE, Format::Markdown, "1. 甲\n1. 乙\n1. 丙\n\n# 一、甲\n## 背景\n# 二、乙\n");
    }
}
