//! Sentences and clauses of a paragraph.

use std::ops::Range;

/// The byte ranges of the sentences of `text`, each with its final punctuation and closing quotes. GB/T
/// 15834-2011 §4.1 to 4.3: 。？！ end a sentence; a line break and …… before a capital start do so here as well;
/// a semicolon does not.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    pieces(text, ends_sentence)
}

/// Does a character end a sentence?
#[must_use]
pub fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '？' | '！' | '?' | '!' | '\n')
}

/// The byte ranges of the clauses of `text`: what commas, semicolons, colons and sentence ends part. The
/// enumeration comma 、 does not part clauses.
pub fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    pieces(text, |c| ends_sentence(c) || matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '…' | '—'))
}

fn pieces<'a>(text: &'a str, ends: impl Fn(char) -> bool + 'a) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= text.len() {
            return None;
        }
        let rest = &text[start..];
        let mut end = rest.len();
        let mut ended = false;
        for (at, c) in rest.char_indices() {
            if ended && !ends(c) && !matches!(c, '”' | '’' | '」' | '』' | '）' | ')') {
                end = at;
                break;
            }
            ended |= ends(c);
        }
        let piece = start..start + end;
        start = piece.end;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Vec<&str> {
        ranges.map(|range| &text[range]).collect()
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        let text = "他说：“行。”我们走！好";
        assert_eq!(split(text, sentences(text)), ["他说：“行。”", "我们走！", "好"]);
    }

    #[test]
    fn clauses_end_at_commas_but_not_at_enumeration_commas() {
        let text = "一、二，三；四。";
        assert_eq!(split(text, clauses(text)), ["一、二，", "三；", "四。"]);
        assert_eq!(clauses("").count(), 0);
    }
}
