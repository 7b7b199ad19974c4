//! What stands on either side of a place, to know it again when lines move and marks are mended.

/// So many letters on either side count; marks and spaces do not, as they are what is mended most.
const LETTERS: usize = 8;

/// The nearest letters of what stands on one side of a place, the nearest first, as far as its line goes.
#[must_use]
pub fn letters(side: impl Iterator<Item = char>) -> String {
    side.take_while(|c| !is_line_end(*c)).filter(|c| c.is_alphanumeric()).take(LETTERS).collect()
}

/// The stretch before a place that holds these letters.
#[must_use]
pub fn before(source: &str, at: usize) -> &str {
    &source[reach(source[..at].char_indices().rev()).unwrap_or(at)..at]
}

/// The stretch behind a place that holds these letters.
#[must_use]
pub fn behind(source: &str, at: usize) -> &str {
    let side = source[at..].char_indices().map(|(from, c)| (from + c.len_utf8(), c));
    &source[at..at + reach(side).unwrap_or(0)]
}

/// Where the last of the letters is that count.
fn reach(side: impl Iterator<Item = (usize, char)>) -> Option<usize> {
    let on_line = side.take_while(|(_, c)| !is_line_end(*c));
    on_line.filter(|(_, c)| c.is_alphanumeric()).take(LETTERS).last().map(|(at, _)| at)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_has_the_letters_that_count_and_ends_with_the_line() {
        let source = "会议要求，各级各部门认真学习“政冶”理论。\n第二行";
        let (start, end) = (source.find("政冶").unwrap(), source.find("”理").unwrap());
        assert_eq!(before(source, start), "级各部门认真学习“");
        assert_eq!(behind(source, end), "”理论");
        assert_eq!(letters(behind(source, end).chars()), letters(source[end..].chars()));
        assert_eq!(letters(before(source, start).chars().rev()), letters(source[..start].chars().rev()));
        assert_eq!((before(source, 0), behind(source, source.len())), ("", ""));
    }
}
