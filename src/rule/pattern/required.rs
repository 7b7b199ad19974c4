//! The literals without which a regular expression matches nowhere, so that it is run only where they stand.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Literals of which one stands in every match.
type Set = Vec<String>;

/// A larger class of characters says nothing.
const MAX_CLASS: usize = 20;
/// So many literals in a set, where parts that follow each other are multiplied out.
const MAX_PRODUCT: usize = 100;
/// So many sets a pattern.
const MAX_SETS: usize = 3;
/// What turns up less often than this, by [`frequency`], needs no further set beside it.
const RARE: f64 = 1e-9;
/// What turns up more often needs one, and is no help itself to another.
const COMMON: f64 = 1e-2;

/// What is known of a part of a pattern.
struct Part {
    /// All that it matches, where that is a short list.
    exact: Option<Set>,
    /// Of each of these sets something stands in every match.
    sets: Vec<Set>,
}

impl Part {
    fn exact(set: Set) -> Self {
        Self { exact: Some(set), sets: Vec::new() }
    }

    fn unknown() -> Self {
        Self { exact: None, sets: Vec::new() }
    }

    /// The sets, of which what it matches is one.
    fn all(self) -> Vec<Set> {
        let exact = self.exact.filter(|set| !set.iter().any(String::is_empty));
        self.sets.into_iter().chain(exact).map(reduced).collect()
    }
}

/// The most telling sets of literals of which one each stands in every match; none where there is nothing to
/// look for.
pub(crate) fn sets(pattern: &Hir) -> Vec<Vec<String>> {
    let mut sets = part(pattern).all();
    sets.sort_by(|a, b| frequency(a).total_cmp(&frequency(b)));
    sets.dedup();
    let mut together = 1.0;
    let mut chosen = Vec::new();
    for set in sets {
        let frequency = frequency(&set);
        let is_telling = together > COMMON || (together > RARE && frequency < COMMON);
        if chosen.len() == MAX_SETS || !is_telling {
            break;
        }
        together *= frequency;
        chosen.push(set);
    }
    chosen
}

fn part(hir: &Hir) -> Part {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Part::exact(vec![String::new()]),
        HirKind::Literal(literal) => match String::from_utf8(literal.0.to_vec()) {
            Ok(text) => Part::exact(vec![text]),
            Err(_) => Part::unknown(),
        },
        HirKind::Class(Class::Unicode(class)) => {
            let chars = class.iter().flat_map(|range| range.start()..=range.end());
            let few: Set = chars.take(MAX_CLASS + 1).map(String::from).collect();
            if few.len() <= MAX_CLASS { Part::exact(few) } else { Part::unknown() }
        }
        HirKind::Class(Class::Bytes(_)) => Part::unknown(),
        HirKind::Repetition(repetition) => {
            let sub = part(&repetition.sub);
            match (repetition.min, repetition.max, &sub.exact) {
                (1, Some(1), _) => sub,
                (0, Some(1), Some(set)) => Part::exact([set.clone(), vec![String::new()]].concat()),
                (0, ..) => Part::unknown(),
                _ => Part { exact: None, sets: sub.all() },
            }
        }
        HirKind::Capture(_) | HirKind::Concat(_) => sequence(pieces(hir).into_iter().map(part)),
        HirKind::Alternation(parts) => alternation(parts.iter().map(part).collect()),
    }
}

/// The parts that follow each other in a pattern, those in groups among them.
fn pieces(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Capture(capture) => pieces(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(pieces).collect(),
        _ => vec![hir],
    }
}

/// Parts that follow each other: what any of them needs, and what they make together as far as that is a
/// short list.
fn sequence(parts: impl Iterator<Item = Part>) -> Part {
    let mut sets: Vec<Set> = Vec::new();
    let mut run = vec![String::new()];
    let mut last = run.clone();
    let mut is_exact = true;
    let mut end = |run: &mut Set| {
        let run = std::mem::replace(run, vec![String::new()]);
        if !run.iter().any(String::is_empty) {
            sets.push(reduced(run));
        }
    };
    let mut needed = Vec::new();
    for part in parts {
        let Some(set) = part.exact else {
            is_exact = false;
            end(&mut run);
            needed.extend(part.sets);
            last = run.clone();
            continue;
        };
        if run.len() * set.len() > MAX_PRODUCT {
            is_exact = false;
            end(&mut run);
            // The next run begins with the last part, so that what stands side by side is looked for
            // together.
            if last.len() * set.len() <= MAX_PRODUCT {
                run.clone_from(&last);
            }
        }
        run = product(&run, &set);
        last = set;
    }
    if is_exact {
        return Part::exact(run);
    }
    end(&mut run);
    sets.extend(needed);
    Part { exact: None, sets }
}

fn product(firsts: &[String], seconds: &[String]) -> Set {
    firsts.iter().flat_map(|first| seconds.iter().map(move |second| format!("{first}{second}"))).collect()
}

/// Parts of which one stands there: the best set of each, if each has one.
fn alternation(parts: Vec<Part>) -> Part {
    if parts.iter().all(|part| part.exact.is_some()) {
        return Part::exact(parts.into_iter().flat_map(|part| part.exact).flatten().collect());
    }
    let best = |part: Part| part.all().into_iter().min_by(|a, b| frequency(a).total_cmp(&frequency(b)));
    let all: Option<Vec<Set>> = parts.into_iter().map(best).collect();
    Part { exact: None, sets: all.map(|sets| vec![reduced(sets.concat())]).unwrap_or_default() }
}

/// A set without what holds another of its literals, sorted.
fn reduced(mut set: Set) -> Set {
    set.sort();
    set.dedup();
    let holds_another = |literal: &String| set.iter().any(|it| it != literal && literal.contains(&**it));
    set.iter().filter(|literal| !holds_another(literal)).cloned().collect()
}

/// How often one of the literals turns up in a text, roughly: a character in some three hundred places.
fn frequency(set: &[String]) -> f64 {
    set.iter().map(|literal| 300_f64.powi(-(literal.chars().count() as i32))).sum()
}

#[cfg(test)]
mod tests {
    use super::sets;

    fn required(pattern: &str) -> Vec<Vec<String>> {
        sets(&regex_syntax::parse(pattern).unwrap())
    }

    #[test]
    fn what_stands_side_by_side_is_looked_for_together() {
        assert_eq!(
            required("对(政治|经济)(工作)?(形势)"),
            [["对政治工作形势", "对政治形势", "对经济工作形势", "对经济形势"]]
        );
        assert_eq!(required("严[励历](?:打击|查处)").len(), 1);
        assert_eq!(required("(?:^|[，。])一至(?:，|$)"), [["一至"]]);
    }

    #[test]
    fn a_gap_parts_what_is_looked_for() {
        assert_eq!(required("以[^，]{1,20}?为抓手"), [["为抓手"], ["以"]]);
        assert_eq!(required("目前[^，]{1,20}?将于"), [["目前"], ["将于"]]);
    }

    #[test]
    fn a_branch_that_may_be_anything_needs_nothing() {
        assert!(required("(?:甲乙|.*)").is_empty());
        assert_eq!(required("(?:甲乙|丙.*丁戊)"), [["丁戊", "甲乙"]]);
        assert!(required(r"\d+-\d+").is_empty() || required(r"\d+-\d+") == [["-"]]);
    }
}
