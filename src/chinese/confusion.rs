//! Which characters are mistaken for which: by the same toneless pinyin, by a similar one (zh/z, n/l, n/ng …), by shape.

/// Sorted by character, one line each, read where it lies.
static TABLE: &str = include_str!("../../data/confusable-character.tsv");

/// How two characters are confusable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// They are read alike but for the tone.
    SamePinyin,
    /// They are read alike to an ear that does not part zh from z, n from l, or n from ng.
    FuzzyPinyin,
    /// They look alike.
    Shape,
}

/// How `a` may be mistaken for `b`, if it may.
#[must_use]
pub fn kind(a: char, b: char) -> Option<Kind> {
    one_way(a, b).or_else(|| one_way(b, a))
}

fn one_way(a: char, b: char) -> Option<Kind> {
    let columns = row(a)?.splitn(3, '\t');
    columns
        .zip([Kind::SamePinyin, Kind::FuzzyPinyin, Kind::Shape])
        .find(|(column, _)| column.contains(b))
        .map(|(_, k)| k)
}

/// The columns after the character of its row.
fn row(c: char) -> Option<&'static str> {
    let mut key = [0; 4];
    let key: &str = c.encode_utf8(&mut key);
    let bytes = TABLE.as_bytes();
    let line_start =
        |at: usize| bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |newline| newline + 1);
    // Lines whose start is before `low` sort before the key; those from `high` on do not.
    let (mut low, mut high) = (TABLE.find('\n')? + 1, TABLE.len());
    while low < high {
        let start = line_start((low + high) / 2).max(low);
        let end = start + bytes[start..].iter().position(|b| *b == b'\n').unwrap_or(bytes.len() - start);
        let line = &TABLE[start..end];
        let first = line.split('\t').next().unwrap_or_default();
        match first.cmp(key) {
            std::cmp::Ordering::Equal => return line.split_once('\t').map(|(_, rest)| rest),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_and_shapes() {
        assert_eq!(kind('题', '体'), Some(Kind::SamePinyin));
        assert_eq!(kind('冶', '治'), Some(Kind::Shape));
        assert_eq!(kind('政', '学'), None);
        assert_eq!(kind('a', '一'), None);
    }

    #[test]
    fn every_row_is_found() {
        let rows: Vec<&str> = TABLE.lines().skip(1).collect();
        assert!(rows.is_sorted_by_key(|line| line.split('\t').next()));
        for line in rows {
            let (c, rest) = line.split_once('\t').unwrap();
            assert_eq!(row(c.chars().next().unwrap()), Some(rest));
        }
    }
}
