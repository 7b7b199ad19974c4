//! Series whose members stand in a certain order: 创新、协调、绿色、开放、共享.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::chinese::is_hanzi;
use crate::chinese::wording::FORMULATIONS;

/// A series that is known by all of its members but one has so many of them, or so many characters.
const LEAST_MEMBERS: usize = 4;
const LEAST_SERIES: usize = 16;

/// What stands before a series.
const VERBS: [&str; 16] = [
    "坚持", "做到", "推进", "实现", "按照", "落实", "践行", "弘扬", "发扬", "贯彻", "树立", "提高", "增强",
    "坚定", "加强", "以",
];

/// Members that stand in a certain order, and the lines that have them: several where the table knows
/// several orders.
struct Series {
    members: Vec<&'static str>,
    lines: Vec<&'static str>,
}

/// Lines of three members or more.
static SERIES: LazyLock<Vec<Series>> = LazyLock::new(|| {
    let mut all: Vec<Series> = Vec::new();
    let mut by_members: HashMap<Vec<&str>, usize> = HashMap::new();
    for line in FORMULATIONS.lines() {
        let members: Vec<&str> = line.split('、').collect();
        if members.len() < 3 {
            continue;
        }
        let mut sorted = members.clone();
        sorted.sort_unstable();
        let number = *by_members.entry(sorted).or_insert(all.len());
        match all.get_mut(number) {
            Some(series) => series.lines.push(line),
            None => all.push(Series { members, lines: vec![line] }),
        }
    }
    all
});

/// The series by what a member of it ends with.
static BY_END: LazyLock<HashMap<char, Vec<usize>>> = LazyLock::new(|| {
    let mut by_end: HashMap<char, Vec<usize>> = HashMap::new();
    for (number, series) in SERIES.iter().enumerate() {
        for end in series.members.iter().filter_map(|member| member.chars().next_back()) {
            let numbers = by_end.entry(end).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }
    by_end
});

/// Where all members of a series stand one after the other in another order, and the order they should have.
pub(super) fn disordered(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
    for (comma, _) in text.match_indices('、') {
        if found.last().is_some_and(|(range, _)| comma < range.end) {
            continue;
        }
        let series = text[..comma].chars().next_back().and_then(|end| BY_END.get(&end));
        found.extend(series.into_iter().flatten().find_map(|number| {
            let series = &SERIES[*number];
            let first = series.members.iter().filter(|member| text[..comma].ends_with(**member));
            let start = comma - first.max_by_key(|member| member.len())?.len();
            let mut rest = &text[start..];
            let mut left = series.members.clone();
            while !left.is_empty() {
                let next = left.iter().position(|member| rest.starts_with(member))?;
                rest = &rest[left.remove(next).len()..];
                rest = if left.is_empty() { rest } else { rest.strip_prefix('、')? };
            }
            let range = start..text.len() - rest.len();
            (!series.lines.contains(&&text[range.clone()])).then_some((range, series.lines[0]))
        }));
    }
    found
}

/// Where all members of a series but one stand in their order, and in its place another with which it shares
/// half of its characters: the range of that, the line, and the member.
pub(super) fn altered(text: &str) -> Vec<(Range<usize>, &'static str, &'static str)> {
    let mut found: Vec<(Range<usize>, &'static str, &'static str)> = Vec::new();
    if text.matches('、').nth(1).is_none() {
        return found;
    }
    let mut done = 0;
    for clause in text.split_inclusive(|c: char| !is_hanzi(c) && c != '、') {
        let start = done;
        done += clause.len();
        let mut at = start;
        let members = clause.trim_end_matches(|c: char| !is_hanzi(c)).split('、').map(|member| {
            let range = at..at + member.len();
            at = range.end + '、'.len_utf8();
            range
        });
        let members: Vec<Range<usize>> = members.collect();
        if members.len() < 3 {
            continue;
        }
        for first in 0..members.len() - 2 {
            let ends = text[members[first + 1].clone()].chars().next_back();
            let all = ends.and_then(|end| BY_END.get(&end)).into_iter().flatten();
            let mut one = all.filter_map(|number| SERIES[*number].altered(text, &members[first..]));
            found.extend(one.next().filter(|(range, ..)| found.iter().all(|it| it.0 != *range)));
        }
    }
    found
}

impl Series {
    /// The member that stands otherwise in a run of members, the first of which something may stand before
    /// and the last behind.
    fn altered(
        &self,
        text: &str,
        run: &[Range<usize>],
    ) -> Option<(Range<usize>, &'static str, &'static str)> {
        if run.len() < self.members.len() {
            return None;
        }
        let last = self.members.len() - 1;
        let mut other = None;
        for (number, (range, member)) in run.iter().zip(&self.members).enumerate() {
            let written = &text[range.clone()];
            let is_same = match number {
                0 => written.ends_with(member),
                _ if number == last => written.starts_with(member),
                _ => written == *member,
            };
            if !is_same && other.replace((number, range.clone(), *member)).is_some() {
                return None;
            }
        }
        let (number, range, right) = other?;
        let length: usize = self.members.iter().map(|member| member.chars().count()).sum();
        if self.members.len() < LEAST_MEMBERS && length < LEAST_SERIES {
            return None;
        }
        // At an end the other member has to be as long, as nobody knows where it ends.
        let written = &text[range.clone()];
        let count = right.chars().count();
        let range = match number {
            0 => {
                let (start, _) = written.char_indices().nth_back(count - 1)?;
                let before = &text[..range.start + start];
                let begins = !before.ends_with(is_hanzi) || VERBS.iter().any(|verb| before.ends_with(verb));
                if !begins {
                    return None;
                }
                range.start + start..range.end
            }
            _ if number == last => {
                let end = written.char_indices().nth(count).map_or(written.len(), |(at, _)| at);
                let ends = written[end..].is_empty() || written[end..].starts_with(['的', '等', '总', '要']);
                if !ends {
                    return None;
                }
                range.start..range.start + end
            }
            _ => range,
        };
        let written = &text[range.clone()];
        let shared = written.chars().filter(|c| right.contains(*c)).count();
        let is_known = self.members.contains(&written);
        let is_near = written.chars().count().abs_diff(count) <= 1 && 2 * shared >= count && !is_known;
        let start = run[0].end - self.members[0].len().min(run[0].len());
        let mut whole = self.members.clone();
        whole[number] = written;
        let whole = whole.join("、");
        // A shorter line may end here: 优化服务 and 优化服务改革.
        let is_line = FORMULATIONS.lines().any(|line| {
            line.contains(&whole) || line.matches('、').count() == last && text[start..].starts_with(line)
        });
        (is_near && !is_line).then_some((range, self.lines[0], right))
    }
}
