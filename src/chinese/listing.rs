//! Lists of quantities as prose tells them: 屋面防水32万元，外墙修缮28.5万元、水电改造30万元.

use std::ops::Range;

use super::quantity::{self, Quantity};

/// What stands between two marks of a text: 外墙修缮28.5万元.
#[derive(Debug, Clone)]
pub struct Piece<'a> {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its prose; what stands in brackets is left out of it by blanks.
    pub text: String,
    /// The mark before it; a space where there is none.
    pub mark: char,
    /// What is counted in it, with ranges in the text.
    pub quantities: Vec<Quantity<'a>>,
}

impl Piece<'_> {
    /// Does it only say more of what was counted before it: 占60%, 同比增长5%?
    #[must_use]
    pub fn is_attribute(&self) -> bool {
        const HEADS: [&str; 22] = [
            "占",
            "同比",
            "环比",
            "增长",
            "增加",
            "增幅",
            "下降",
            "减少",
            "降低",
            "提高",
            "较",
            "比",
            "平均",
            "人均",
            "户均",
            "亩均",
            "每",
            "完成率",
            "分别占",
            "增速",
            "上升",
            "约占",
        ];
        let text = self.text.trim();
        HEADS.iter().any(|head| text.starts_with(head))
            || !self.quantities.is_empty()
                && self.quantities.iter().all(|q| matches!(q.unit, "%" | "个百分点" | "百分点" | "倍" | "‰"))
    }
}

/// Is `c` at `at` of `text` a mark that parts pieces? A point or a comma within a number does not.
fn parts(text: &str, at: usize, c: char) -> bool {
    match c {
        '，' | '、' | '；' | ';' | '：' | ':' | '。' | '！' | '？' | '\n' => true,
        ',' | '.' => !text[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// The pieces of a range of `text`, in order, up to a bracket that is closed and not opened there.
#[must_use]
pub fn pieces(text: &str, range: Range<usize>) -> Vec<Piece<'_>> {
    let mut found: Vec<Piece<'_>> = Vec::new();
    let (mut start, mut mark, mut depth) = (range.start, ' ', 0usize);
    let mut prose = String::new();
    let mut end = range.end;
    for (offset, c) in text[range.clone()].char_indices() {
        let at = range.start + offset;
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' if depth == 0 => {
                end = at;
                break;
            }
            '）' | ')' => {
                depth -= 1;
                prose.push_str(&" ".repeat(c.len_utf8()));
                continue;
            }
            _ if depth == 0 && parts(text, at, c) => {
                push(text, start..at, std::mem::take(&mut prose), mark, &mut found);
                (start, mark) = (at + c.len_utf8(), c);
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            prose.push(c);
        } else {
            prose.push_str(&" ".repeat(c.len_utf8()));
        }
    }
    push(text, start..end, prose, mark, &mut found);
    found
}

/// Adds a piece, or two where 和 joins what is counted in it: 男18人和女13人.
fn push<'a>(text: &'a str, range: Range<usize>, prose: String, mark: char, found: &mut Vec<Piece<'a>>) {
    let quantities: Vec<Quantity<'a>> = quantity::find(&text[range.clone()])
        .filter(|q| !prose.get(q.range.clone()).is_none_or(|text| text.trim().is_empty()))
        .map(|q| Quantity { range: q.range.start + range.start..q.range.end + range.start, ..q })
        .collect();
    let joint = quantities.windows(2).find_map(|pair| {
        let between = &text[pair[0].range.end..pair[1].range.start];
        let word = ["以及", "和", "及", "与"].into_iter().find(|word| between.starts_with(word))?;
        Some((pair[0].range.end, pair[0].range.end + word.len()))
    });
    if let Some((end, next)) = joint {
        let (first, second) = (prose[..end - range.start].to_owned(), prose[next - range.start..].to_owned());
        let (before, after) = quantities.into_iter().partition(|q| q.range.end <= end);
        found.push(Piece { range: range.start..end, text: first, mark, quantities: before });
        found.push(Piece { range: next..range.end, text: second, mark: '、', quantities: after });
    } else {
        found.push(Piece { range, text: prose, mark, quantities });
    }
}

/// Something that is counted, with what it is called.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// Its name: what stands before the quantity, or else behind it.
    pub label: String,
    /// How much.
    pub quantity: Quantity<'a>,
    /// The mark before it.
    pub mark: char,
}

/// What a piece counts of what `measure` names, if that is one quantity only.
#[must_use]
pub fn item<'a>(piece: &Piece<'a>, measure: &str) -> Option<Item<'a>> {
    let mut same = piece.quantities.iter().filter(|q| q.measure().0 == measure);
    let (quantity, None) = (same.next()?, same.next()) else { return None };
    let at = quantity.range.start - piece.range.start;
    let end = quantity.range.end - piece.range.start;
    let (before, after) = (piece.text.get(..at)?.trim(), piece.text.get(end..)?.trim());
    let label = if before.is_empty() { after } else { before };
    Some(Item { label: label.to_owned(), quantity: quantity.clone(), mark: piece.mark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_of_a_sentence() {
        let text = "购置8吨洒水车2辆（旧的3辆）、垃圾车1,200辆和拖车5辆，共7辆.其余不变";
        let read = pieces(text, 0..text.len());
        let items: Vec<_> = read.iter().filter_map(|p| item(p, "辆")).collect();
        let shown: Vec<_> = items.iter().map(|i| (i.label.as_str(), i.quantity.value, i.mark)).collect();
        assert_eq!(
            shown,
            [("购置8吨洒水车", 2.0, ' '), ("垃圾车", 1200.0, '、'), ("拖车", 5.0, '、'), ("共", 7.0, '，')]
        );
        assert_eq!(read.len(), 5);
    }
}
