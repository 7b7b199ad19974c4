//! Breaks the lines of a help text where Chinese may be broken: clap breaks at blanks, and a sentence has none.

use unicode_width::UnicodeWidthStr as _;

/// Wider than this is hard to read; what is no terminal has as much.
const MOST: usize = 100;
/// What is narrower is no column of text.
const LEAST: usize = 24;

/// The columns of standard output.
pub(super) fn columns() -> usize {
    let size = terminal_size::terminal_size_of(std::io::stdout());
    size.map_or(MOST, |(columns, _)| usize::from(columns.0).min(MOST))
}

/// A text with its lines broken; what is broken off stands below the column where the explanation begins.
pub(super) fn wrapped(text: &str, columns: usize) -> String {
    text.split_inclusive('\n').map(|line| wrapped_line(line, columns)).collect()
}

fn wrapped_line(line: &str, columns: usize) -> String {
    let (term, explanation) = line.split_at(explanation_start(line));
    let mut column = width(term);
    if column + LEAST > columns {
        column = line.len() - line.trim_start().len();
    }
    let mut wrapped = term.to_owned();
    let (mut at, mut begin) = (width(term), 0);
    for (end, _) in unicode_linebreak::linebreaks(explanation) {
        let piece = &explanation[begin..end];
        // Names of flags and rules stay whole.
        if piece.ends_with(['-', '/']) {
            continue;
        }
        if at > column && at + width(piece.trim_end()) > columns.max(column + LEAST) {
            wrapped.truncate(wrapped.trim_end().len());
            wrapped.push('\n');
            wrapped += &" ".repeat(column);
            at = column;
        }
        wrapped += piece;
        at += width(piece);
        begin = end;
    }
    wrapped
}

/// Where an explanation begins, behind two blanks; where there is none, where the text does.
fn explanation_start(line: &str) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    match line[indent..].find("  ").filter(|_| indent > 0) {
        Some(gap) => line.len() - line[indent + gap..].trim_start().len(),
        None => indent,
    }
}

/// The columns that a text takes, whatever its style.
fn width(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn what_is_broken_off_stands_below_the_explanation_and_begins_with_no_mark() {
        let line = "  -q, \u{1b}[1m--quiet\u{1b}[0m  不输出汇总和说明，只输出问题（见 --format）\n";
        let broken =
            "  -q, \u{1b}[1m--quiet\u{1b}[0m  不输出汇总和说明，只输出\n               问题（见 --format）\n";
        assert_eq!(wrapped(line, 40), broken);
        assert_eq!(wrapped(line, 100), line);
        let flag = "  -x  名称里的连字符不拆开 --fail-on\n";
        assert_eq!(wrapped(flag, 35), "  -x  名称里的连字符不拆开\n      --fail-on\n");
        let text = "  -h  帮助\n\n一句话没有空格也要换行，标点不在行首。\n";
        assert_eq!(wrapped(text, 24), "  -h  帮助\n\n一句话没有空格也要换行，\n标点不在行首。\n");
    }
}
