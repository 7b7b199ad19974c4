//! How the suspicions of the contextual detector are said to a writer.

use crate::chinese::typo::Suspicion;
use crate::lint::diagnostic::{Applicability, Edit, Fix};
use crate::rules::Finding;

/// Words of two characters that mean nearly the same, of which the one that is rarer here is no error.
const EITHER: [[&str; 2]; 3] = [["制订", "制定"], ["做出", "作出"], ["惟有", "唯有"]];

/// One or more characters stand for others.
pub(super) fn replaced(text: &str, suspicion: &Suspicion) -> Option<Finding> {
    let wrong = &text[suspicion.range.clone()];
    let right = suspicion.replacements.first()?;
    if EITHER
        .iter()
        .any(|[a, b]| makes(text, suspicion, right, [a, b]) || makes(text, suspicion, right, [b, a]))
    {
        return None;
    }
    let message = format!("“{wrong}”似应为“{right}”，即{}", corrected(text, suspicion)?);
    Some(finding(message, suspicion))
}

/// Does the replacement make `to` of a `from` that it is the one changed character of?
fn makes(text: &str, suspicion: &Suspicion, right: &str, [from, to]: [&str; 2]) -> bool {
    let (wrong, range) = (&text[suspicion.range.clone()], &suspicion.range);
    let ends = from.strip_suffix(wrong).zip(to.strip_suffix(right));
    let begins = from.strip_prefix(wrong).zip(to.strip_prefix(right));
    ends.is_some_and(|(a, b)| a == b && text[..range.start].ends_with(a))
        || begins.is_some_and(|(a, b)| a == b && text[range.end..].starts_with(a))
}

/// A character is missing: the range is the character before the gap, and the replacement holds it too.
pub(super) fn missing(text: &str, suspicion: &Suspicion) -> Option<Finding> {
    let before = &text[suspicion.range.clone()];
    let missing = suspicion.replacements.first()?.strip_prefix(before)?;
    let message = format!("“{before}”后面似缺“{missing}”，即{}", corrected(text, suspicion)?);
    Some(finding(message, suspicion))
}

/// Characters are too many.
pub(super) fn extra(text: &str, suspicion: &Suspicion) -> Option<Finding> {
    let wrong = &text[suspicion.range.clone()];
    // 对对方, 在在建项目: a preposition before a word that begins with the same character.
    if "对在把向为从给和与被将由到以".contains(wrong) {
        return None;
    }
    let message = match suspicion.replacements.first()?.as_str() {
        "" => format!("“{wrong}”似为多余，应为{}", corrected(text, suspicion)?),
        right => format!("“{wrong}”似应为“{right}”，即{}", corrected(text, suspicion)?),
    };
    Some(finding(message, suspicion))
}

/// What would stand there, with a few characters about it, in quotes.
fn corrected(text: &str, suspicion: &Suspicion) -> Option<String> {
    const ABOUT: usize = 4;
    let is_hanzi = |c: &char| ('\u{3400}'..='\u{9FFF}').contains(c);
    let before: String =
        text[..suspicion.range.start].chars().rev().take(ABOUT).take_while(is_hanzi).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text[suspicion.range.end..].chars().take(ABOUT).take_while(is_hanzi).collect();
    Some(format!("“{before}{}{after}”", suspicion.replacements.first()?))
}

fn finding(message: String, suspicion: &Suspicion) -> Finding {
    let mut finding = Finding::new(suspicion.range.clone(), message);
    finding.confidence = Some(suspicion.confidence);
    for right in &suspicion.replacements {
        let title = if right.is_empty() { "删去".to_owned() } else { format!("改为“{right}”") };
        let edits = vec![Edit { range: suspicion.range.clone(), text: right.clone() }];
        finding = finding.fix(Fix { title, edits, applicability: Applicability::Suggested });
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chinese::typo::Kind;

    fn said(text: &str, wrong: &str, right: &str) -> bool {
        let from = text.find(wrong).expect("it stands there");
        let range = from..from + wrong.len();
        let replacements = vec![right.to_owned()];
        replaced(text, &Suspicion { range, replacements, kind: Kind::Contextual, confidence: 0.9 }).is_some()
    }

    #[test]
    fn of_two_right_words_either_may_stand() {
        assert!(!said("研究、制订和推广物流技术", "订", "定"));
        assert!(!said("研究、制定和推广物流技术", "定", "订"));
        assert!(!said("他作出了贡献", "作", "做"));
        assert!(said("双方签定了合同", "定", "订"));
        assert!(said("他作了一桌饭", "作", "做"));
    }
}
