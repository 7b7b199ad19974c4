//! Emoticons such as :) ;-) :( :D, whose brackets are unpaired by design.

/// Does a face begin here?
pub(super) fn begins(mut chars: impl Iterator<Item = char>) -> bool {
    if !chars.next().is_some_and(|eyes| matches!(eyes, ':' | ';' | '=' | '：' | '；')) {
        return false;
    }
    let Some(next) = chars.next() else { return false };
    let nose = matches!(next, '-' | '^' | '\'' | 'o');
    let mouth = if nose { chars.next() } else { Some(next) };
    let after = chars.next();
    match mouth {
        Some(')' | '）') => true,
        // 如下:(一)总则 opens a bracket, and :D might be a label.
        Some('(' | '（' | 'D' | 'P') => after.is_none_or(|c| c.is_whitespace() || "，。！~～)".contains(c)),
        _ => false,
    }
}

/// Is the bracket at `at` the mouth of a face?
pub(super) fn is_mouth(text: &str, at: usize) -> bool {
    let mut before = text[..at].char_indices().rev();
    let eyes = before.find(|(_, c)| !matches!(c, '-' | '^' | '\'' | 'o'));
    eyes.is_some_and(|(from, _)| at - from <= 4 && begins(text[from..].chars()))
}
