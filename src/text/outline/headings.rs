//! The headings of a text. Numbered lines are judged by families: what one is, its brothers are; one heading among
//! sentences is none, and one longer heading among headings is one.

use std::ops::Range;

use super::line::{self, Line, MAX_HEADING};
use super::node::NodeKind;
use crate::text::block::BlockKind;
use crate::text::numbering::NumberForm;

/// The first sentence of a paragraph is its heading up to so many characters.
const MAX_RUN_IN: usize = 30;

/// And each of its clauses, where it has several, up to so many.
const MAX_CLAUSE: usize = 20;

/// 会议时间：9月12日
const MAX_LABEL: usize = 12;

/// A heading that was found.
pub(super) struct Heading {
    pub(super) block: usize,
    pub(super) kind: NodeKind,
    pub(super) level: u8,
    /// The end of its title, in bytes of the block's prose.
    pub(super) end: usize,
}

/// Numbers of one form under one number.
pub(super) struct Family {
    pub(super) form: NumberForm,
    parent: Option<(usize, usize)>,
    pub(super) items: Vec<Item>,
}

/// A number of a family.
pub(super) struct Item {
    pub(super) block: usize,
    pub(super) value: u32,
    look: Look,
    /// Does anything stand between it and the next number of its family?
    has_content: bool,
}

/// What a numbered line looks like by itself.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    /// Short and alone.
    Alone,
    /// A short first sentence, which ends there, and more.
    RunIn(usize),
    /// A short sentence alone, which ends before its full stop.
    Stopped(usize),
    /// 会议时间：9月12日, which ends before the colon.
    Labelled(usize),
    /// To be answered or filled in.
    Question,
    /// Anything else.
    Sentence,
}

/// The headings of a text whose blocks these are; `is_other` are those that are no part
/// of its prose: a table of
/// contents, a list of attachments.
pub(super) fn find(
    lines: &[Line<'_>],
    blocks: Range<usize>,
    is_other: impl Fn(usize) -> bool,
) -> (Vec<Heading>, Vec<Family>) {
    let families = families(lines, blocks.clone(), &is_other);
    let mut found: Vec<Heading> = blocks
        .clone()
        .filter_map(|block| match lines[block].kind {
            BlockKind::Heading(level) if !is_other(block) => {
                Some(Heading { block, kind: NodeKind::Heading, level, end: lines[block].text.len() })
            }
            _ => None,
        })
        .collect();
    let mut are_headings: Vec<bool> = Vec::new();
    for family in &families {
        let under_items = family.parent.is_some_and(|(parent, _)| {
            !are_headings[parent]
                && !matches!(families[parent].form, NumberForm::Chinese | NumberForm::ChineseParen)
        });
        let is_heading = !under_items && family.is_of_headings(lines);
        are_headings.push(is_heading);
        if is_heading {
            found.extend(family.items.iter().filter_map(|item| family.heading(lines, item)));
        }
    }
    found.sort_by_key(|heading| heading.block);
    (found, families)
}

/// Groups numbers into families, each after that of its parent.
fn families(lines: &[Line<'_>], blocks: Range<usize>, is_other: &impl Fn(usize) -> bool) -> Vec<Family> {
    let mut all: Vec<Family> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let end = blocks.end;
    for block in blocks {
        let line = &lines[block];
        if let BlockKind::Heading(_) = line.kind {
            open.clear();
        }
        let Some(marker) = line.marker.as_ref().filter(|_| line.is_plain() && !is_other(block)) else {
            continue;
        };
        // A chapter ends all articles and items, and 一、 all items.
        open.retain(|&family| {
            let (form, new) = (all[family].form, marker.style);
            form == new || level(new) > 3 || is_above(form, new)
        });
        let at = open.iter().rposition(|&family| all[family].form == marker.style);
        if let Some(at) = at {
            open.truncate(at + 1);
            if marker.value == 1 {
                open.pop();
            }
        }
        let family = match open.last() {
            Some(&last) if all[last].form == marker.style => last,
            parent => {
                let parent = parent.map(|&parent| (parent, all[parent].items.len() - 1));
                all.push(Family { form: marker.style, parent, items: Vec::new() });
                open.push(all.len() - 1);
                all.len() - 1
            }
        };
        all[family].items.push(Item { block, value: marker.value, look: look(line), has_content: false });
    }
    // The block after an item belongs to it, unless it is the next of its family or of one above.
    let firsts: Vec<(usize, Option<usize>)> = all
        .iter()
        .filter_map(|family| Some((family.items.first()?.block, family.parent.map(|(parent, _)| parent))))
        .collect();
    // Families are in the order of their first items.
    let parent_of = |block: usize| {
        firsts.binary_search_by_key(&block, |first| first.0).ok().and_then(|index| firsts[index].1)
    };
    for (index, family) in all.iter_mut().enumerate() {
        for item in &mut family.items {
            let next = item.block + 1;
            let ends = next >= end
                || is_other(next)
                || matches!(lines[next].kind, BlockKind::Heading(_))
                || lines[next].marker.is_some() && parent_of(next) != Some(index);
            item.has_content = !ends;
        }
    }
    all
}

/// Can numbers of one form have those of another below them, which is a chapter's, an article's or 一、?
pub(crate) fn is_above(form: NumberForm, below: NumberForm) -> bool {
    level(form) < level(below) || form == NumberForm::Article && below == NumberForm::Chinese
}

fn look(line: &Line<'_>) -> Look {
    let (text, body) = (line.text, line.body());
    if line::is_question(body) || line::is_option(body) {
        return Look::Question;
    }
    if body.is_empty() {
        return Look::Sentence;
    }
    let from = text.len() - body.len();
    if line::is_short(body) {
        let colon = body.find(['：', ':']).filter(|&at| at + 3 < body.len());
        return match colon {
            Some(at) if !line::is_longer(&body[..at], MAX_LABEL) => Look::Labelled(from + at),
            _ => Look::Alone,
        };
    }
    let Some(end) = body.find(['。', '：', ':', '；']) else { return Look::Sentence };
    let first = &body[..end];
    if body[end..].starts_with(['：', ':']) {
        return if line::is_longer(first, MAX_LABEL) { Look::Sentence } else { Look::Labelled(from + end) };
    }
    if !body[end..].starts_with('。') || line::is_longer(first, MAX_RUN_IN) || first.contains('\n') {
        return Look::Sentence;
    }
    let is_stopped = body.len() == end + '。'.len_utf8();
    let is_heading = !is_stopped && (!first.contains(['，', ',']) || is_in_clauses(first));
    if is_heading {
        Look::RunIn(from + end)
    } else if is_stopped {
        Look::Stopped(from + end)
    } else {
        Look::Sentence
    }
}

/// 强化政治学习，队伍素质有了新提升
fn is_in_clauses(first: &str) -> bool {
    first.split(['，', ',']).all(|clause| !line::is_longer(clause, MAX_CLAUSE))
        && first.matches(['，', ',']).count() <= 2
}

impl Family {
    fn count(&self, is: impl Fn(&Item) -> bool) -> usize {
        self.items.iter().filter(|item| is(item)).count()
    }

    fn is_of_headings(&self, lines: &[Line<'_>]) -> bool {
        let all = self.items.len();
        match self.form {
            NumberForm::Division | NumberForm::Chapter | NumberForm::Section => return true,
            NumberForm::Article => return false,
            _ => {}
        }
        // （一）…。（二）…。 in one paragraph
        let is_shared =
            |text: &str| ["（二）", "(二)", "（2）", "(2)"].iter().any(|second| text.contains(second));
        if all == 1 && self.items[0].value == 1 && is_shared(lines[self.items[0].block].text) {
            return false;
        }
        let alone = self.count(|item| item.look == Look::Alone);
        let run_in = self.count(|item| matches!(item.look, Look::RunIn(_)));
        let labelled = self.count(|item| matches!(item.look, Look::Labelled(_)));
        let questions = self.count(|item| item.look == Look::Question);
        let content = self.count(|item| item.has_content);
        let is_uppermost = matches!(self.form, NumberForm::Chinese);
        let has_options =
            |item: &Item| lines.get(item.block + 1).is_some_and(|next| line::is_option(next.text));
        let options = self.count(has_options);
        let asks = questions * 2 >= all && !(is_uppermost && content == all);
        if asks || options > 0 && (options + questions) * 2 >= all {
            return false;
        }
        let questions = if is_uppermost { questions } else { 0 };
        // 加强组织领导。 with a text below it
        let stopped = self.count(|item| matches!(item.look, Look::Stopped(_)));
        let (alone, stopped) = if stopped == all && content == all { (all, 0) } else { (alone, stopped) };
        let headings = alone + run_in + questions + if alone > 0 { stopped } else { 0 };
        // With commas a first sentence may be any: all have to be so.
        let plain = |item: &Item| match item.look {
            Look::RunIn(end) => !lines[item.block].text[..end].contains(['，', ',']),
            _ => true,
        };
        let sentences = all - headings - labelled;
        if alone == 0 && run_in > 0 {
            let commas = self.count(|item| matches!(item.look, Look::RunIn(_)) && !plain(item));
            return match self.form {
                NumberForm::Chinese | NumberForm::ChineseParen => {
                    run_in * 3 >= all * 2 && (commas == 0 || all > 1)
                }
                _ => {
                    run_in * 5 >= all * 4
                        && (commas == 0 || all > 1 && run_in == all)
                        && self.is_noun_like(lines)
                }
            };
        }
        // Short lines with nothing below: a list of things, of names, of steps.
        let is_list = content * 2 < all && run_in * 2 < all;
        match self.form {
            NumberForm::Chinese => {
                let introduced = self.items.first().is_some_and(|item| {
                    item.block > 0 && lines[item.block - 1].text.ends_with(['：', ':', '；'])
                });
                let listed = content == 0 && run_in == 0 && all > 1 && introduced;
                headings > 0 && sentences * 2 <= all && !listed && (headings * 3 >= all || content * 2 > all)
            }
            _ => !is_list && sentences * 3 <= all && headings * 3 >= all * 2 && labelled * 3 <= all,
        }
    }

    /// 校长负责全面工作 says what somebody does; a heading names something, or says what is to be done.
    fn is_noun_like(&self, lines: &[Line<'_>]) -> bool {
        let says = [
            "负责", "应当", "应在", "不得", "必须", "须", "可以", "采用", "实行", "是", "由", "将", "已",
            "了",
        ];
        let sentences = self.count(|item| match item.look {
            Look::RunIn(end) => says.iter().any(|word| lines[item.block].text[..end].contains(word)),
            _ => false,
        });
        sentences * 2 < self.items.len()
    }

    fn heading(&self, lines: &[Line<'_>], item: &Item) -> Option<Heading> {
        let text = lines[item.block].text;
        let (kind, end) = match item.look {
            Look::Alone => (NodeKind::Heading, text.len()),
            Look::RunIn(end) => (NodeKind::RunIn, end),
            Look::Stopped(end) => (NodeKind::Heading, end),
            Look::Labelled(end) if text.len() > end + 3 => (NodeKind::RunIn, end),
            Look::Labelled(_) | Look::Question => (NodeKind::Heading, text.len()),
            // Its brothers are headings: up to its first mark.
            Look::Sentence => {
                let body = lines[item.block].body();
                let from = text.len() - body.len();
                let end = body.find('。').filter(|&end| !line::is_longer(&body[..end], MAX_HEADING))?;
                let is_whole = end + '。'.len_utf8() >= body.len();
                (if is_whole { NodeKind::Heading } else { NodeKind::RunIn }, from + end)
            }
        };
        Some(Heading { block: item.block, kind, level: level(self.form), end })
    }
}

/// The level of a number's form, as the official documents order them; chapters and sections stand above.
pub(super) fn level(form: NumberForm) -> u8 {
    match form {
        NumberForm::Division => 0,
        NumberForm::Chapter => 1,
        NumberForm::Section => 2,
        NumberForm::Article | NumberForm::Chinese => 3,
        NumberForm::ChineseParen => 4,
        NumberForm::Arabic => 5,
        NumberForm::Decimal(dots) => 5 + dots,
        NumberForm::ArabicParen => 6,
        NumberForm::Circled => 7,
    }
}
