//! 引号、括号、书名号不成对：有前无后、有后无前、方向反了。
//!
//! 标在有的那一半上；看得出缺的一半该在哪里时，快速修复补上。
//!
//! ## 例
//! - 落实〔“〕双减政策，减轻负担。
//! - 会议传达了〔《〕关于加强作风建设的通知。
//! - 各单位〔）〕要高度重视。
//! - 坚决做到〔”〕两个维护“。
//!
//! ## 不报
//! - 1）加强学习；2）改进作风。 （编号的半边括号）
//! - 首页》新闻》通知公告 （网页的层级）
//! - 采购“55"电视机”一台。 （英寸）
//!
//! 引文跨段，每段开头有前引号，最后一段才有后引号：
//!
//! ```text
//! 他说：“第一，要抓早抓小。
//! “第二，要抓常抓长。
//! “第三，要抓细抓实。”
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.8（引号）、4.9（括号）、4.15（书名号）：各由前后两半组成。

use std::ops::Range;

use crate::chinese::is_hanzi;
use crate::chinese::numeral;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::{Block, BlockKind, OBJECT};

use super::smiley;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/unpaired",
    summary: "引号、括号、书名号不成对",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("unpaired.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A half without its partner: its place in the source, and in which paragraph.
#[derive(Clone)]
struct Lone {
    mark: char,
    range: Range<usize>,
    block: usize,
    /// Does it begin its paragraph, as each paragraph of a long quotation does?
    leads: bool,
}

/// A quotation that runs over paragraphs is looked for in this many after the one that opens it.
const REACH: usize = 12;
/// More halves than this in one paragraph are one finding: a drawing, a formula, noise.
const MAX_LONE: usize = 12;

static UNMATCHED: Extract<Lone> = Extract::new(unmatched);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&UNMATCHED);
    let mut lone: Vec<Lone> = Vec::new();
    for (index, halves) in noted.filled(0..document.blocks().len()) {
        let block = &document.blocks()[*index];
        let mut halves = halves.to_vec();
        if let Some(turned) = take_wrong_way_round(document.text(block), &mut halves) {
            out.push(turned.finding(block));
        }
        let in_document = |half: Lone| Lone { range: block.to_source(half.range), block: *index, ..half };
        let halves: Vec<Lone> = halves.into_iter().map(in_document).collect();
        if halves.len() > MAX_LONE {
            let message = format!("本段有{}处引号、括号没有配对，请检查", halves.len());
            out.push(Finding::new(halves[0].range.clone(), message));
        } else {
            lone.extend(halves);
        }
    }
    let mut settled = vec![false; lone.len()];
    let mut open: Vec<usize> = Vec::new();
    for i in 0..lone.len() {
        open.retain(|&j| lone[i].block - lone[j].block <= REACH);
        if partner(lone[i].mark).is_some() {
            // “… and the next paragraph begins with “ again: a quotation of several paragraphs.
            let next = document.blocks().get(lone[i].block + 1);
            settled[i] = next.is_some_and(|block| document.text(block).starts_with(lone[i].mark));
            open.extend((!settled[i]).then_some(i));
        } else if let Some(at) = open.iter().rposition(|&j| partner(lone[j].mark) == Some(lone[i].mark)) {
            settled[open.remove(at)] = true;
            settled[i] = true;
        }
    }
    for (half, _) in lone.iter().zip(settled).filter(|(half, settled)| !settled && !half.leads) {
        let missing = counterpart(half.mark);
        let message = if partner(half.mark).is_some() {
            format!("“{}”没有配对，后面缺“{missing}”", half.mark)
        } else {
            format!("“{}”没有配对，前面缺“{missing}”", half.mark)
        };
        out.push(Finding::new(half.range.clone(), message));
    }
}

/// The halves of a paragraph that have no partner in it, in bytes of its prose.
fn unmatched(text: &str, _: BlockKind) -> Vec<Lone> {
    let lone = |at: usize, mark: char| Lone {
        mark,
        range: at..at + mark.len_utf8(),
        block: 0,
        leads: at == 0 && partner(mark).is_some(),
    };
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut unmatched = Vec::new();
    for (at, mark) in text.char_indices() {
        if partner(mark).is_some() {
            open.push((at, mark));
        } else if mark == '"' && open.last().is_some_and(|(_, half)| *half == '“') {
            // “…": closed by the wrong mark, left to `punctuation/halfwidth`. In “55"电视机” it means inches.
            let inches = text[..at].ends_with(|c: char| c.is_ascii_digit());
            let rest = &text[at + 1..];
            let closes = |rest: &str| rest.find('”').is_some_and(|at| !rest[..at].contains('“'));
            // “"” names the mark.
            let named = text[..at].ends_with('“') && rest.starts_with('”');
            if !named && (!inches || !closes(rest)) {
                open.pop();
            }
        } else if is_closing(mark) {
            let fits = |&(_, half): &(usize, char)| same_pair(half, mark);
            match open.iter().rposition(fits) {
                // Everything opened inside and not closed is unmatched.
                Some(position) => {
                    unmatched.extend(open.drain(position + 1..).map(|(at, mark)| lone(at, mark)));
                    open.pop();
                }
                // ’ is an apostrophe as well, in names and in English.
                None if mark == '’' || is_list_mark(text, at, mark) || smiley::is_mouth(text, at) => {}
                None => unmatched.push(lone(at, mark)),
            }
        }
    }
    unmatched.extend(open.into_iter().map(|(at, mark)| lone(at, mark)));
    // ‘90s, :( and 首页》新闻》通知.
    let year =
        |half: &Lone| half.mark == '‘' && text[half.range.end..].starts_with(|c: char| c.is_ascii_digit());
    let face = |half: &Lone| matches!(half.mark, '(' | '（') && smiley::is_mouth(text, half.range.start);
    let trail = text.matches('》').count() > 1 && !text.contains('《');
    unmatched.retain(|half| !(year(half) || face(half) || trail && half.mark == '》'));
    unmatched.sort_by_key(|half| half.range.start);
    unmatched
}

/// Unpaired halves that are reversed quotes: ”两个维护“, “两个维护“. Quotes should alternate between opening and
/// closing; those that do not are fixed together.
fn take_wrong_way_round(text: &str, unmatched: &mut Vec<Lone>) -> Option<Turned> {
    let is_quote = |mark: char| matches!(mark, '“' | '”');
    if !unmatched.iter().any(|half| is_quote(half.mark)) {
        return None;
    }
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_quote(*c)).collect();
    if !marks.len().is_multiple_of(2) {
        return None;
    }
    let mut turned = Vec::new();
    for pair in marks.chunks(2) {
        let [(open, first), (close, second)] = pair else { return None };
        if (*first, *second) == ('“', '”') {
            continue;
        }
        // What stands between is one thing, or two halves lack their partners.
        let inside = &text[open + '“'.len_utf8()..*close];
        if inside.chars().count() > LONGEST_TURNED || inside.contains(['。', '；']) && unmatched.len() > 2 {
            return None;
        }
        turned.extend((*first == '”').then_some((*open, '“')));
        turned.extend((*second == '“').then_some((*close, '”')));
    }
    if turned.is_empty() {
        return None;
    }
    unmatched.retain(|half| !is_quote(half.mark));
    Some(Turned(turned))
}

/// More than this between two marks is no quotation by which the marks are judged.
const LONGEST_TURNED: usize = 60;

/// Quotation marks of a paragraph that are turned: their places, and what they should be.
struct Turned(Vec<(usize, char)>);

impl Turned {
    fn finding(&self, block: &Block) -> Finding {
        let place = |at: usize| block.to_source(at..at + '“'.len_utf8());
        let edits: Vec<_> =
            self.0.iter().map(|(at, right)| Edit { range: place(*at), text: right.to_string() }).collect();
        let range = edits[0].range.clone();
        let message = match &self.0[..] {
            [(_, right)] => format!("引号方向反了，“{}”应为“{right}”", counterpart(*right)),
            all => format!("引号方向反了（本段共{}处），前引号应为“，后引号应为”", all.len()),
        };
        let title = match &self.0[..] {
            [(_, right)] => format!("改为“{right}”"),
            _ => "本段引号全部改正方向".to_owned(),
        };
        Finding::new(range, message).fix(Fix { title, edits, applicability: Applicability::Suggested })
    }
}

/// 1）加强学习, a) and 一）: the closing half belongs to a number.
fn is_list_mark(text: &str, at: usize, mark: char) -> bool {
    if !matches!(mark, '）' | ')') {
        return false;
    }
    let head = text[..at].trim_end_matches(|c: char| {
        c.is_ascii_alphanumeric() || numeral::is_one_to_ten(c) || c.is_numeric() || c == OBJECT
    });
    let number = &text[head.len()..at];
    let after = text[at + mark.len_utf8()..].trim_start().chars().next();
    let is_short = |longest: usize| (1..=longest).contains(&number.chars().count());
    // 步骤1)打开: what it numbers follows.
    let stands_before =
        number.bytes().all(|b| b.is_ascii_digit()) && is_short(2) && after.is_some_and(is_hanzi);
    is_short(3)
        && head
            .chars()
            .next_back()
            .is_none_or(|c| (!c.is_alphanumeric() || stands_before) && !matches!(c, '（' | '('))
}

const PAIRS: [(char, char); 10] = [
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('「', '」'),
    ('『', '』'),
    ('〔', '〕'),
];

/// The closing half of an opening one.
fn partner(mark: char) -> Option<char> {
    PAIRS.iter().find(|(open, _)| *open == mark).map(|(_, close)| *close)
}

/// The other half, whichever this one is.
fn counterpart(mark: char) -> char {
    let of = |(open, close): &(char, char)| if *open == mark { *close } else { *open };
    PAIRS.iter().find(|(open, close)| *open == mark || *close == mark).map_or(mark, of)
}

fn is_closing(mark: char) -> bool {
    PAIRS.iter().any(|(_, close)| *close == mark)
}

/// Brackets pair across widths: （1) is `punctuation/halfwidth`'s matter.
fn same_pair(open: char, close: char) -> bool {
    let narrow = |c| match c {
        '（' => '(',
        '）' => ')',
        other => other,
    };
    partner(open).map(narrow) == Some(narrow(close))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_in, check_suggestion, messages};
    use crate::text::format::Format;

    #[test]
    fn halves() {
        check(&RULE, "全市〔（〕含三县，共计30万人。");
    }

    #[test]
    fn wrong_way_round() {
        check_suggestion(&RULE, "坚决做到”两个维护“。", "坚决做到“两个维护”。");
        check(&RULE, "坚决做到“两个维护〔“→”〕。");
    }

    #[test]
    fn turned_marks_of_a_paragraph_are_one_finding_with_one_fix() {
        check_suggestion(
            &RULE,
            "坚持”四个意识“，做到”两个维护“，坚定“四个自信”，开展”回头看“。",
            "坚持“四个意识”，做到“两个维护”，坚定“四个自信”，开展“回头看”。",
        );
        check_suggestion(
            &RULE,
            "坚持“四个意识“，做到“两个维护“。全市（含三县）开展“回头看“。",
            "坚持“四个意识”，做到“两个维护”。全市（含三县）开展“回头看”。",
        );
        assert_eq!(
            messages(&RULE, "”甲项“”乙项“，（含三县"),
            ["引号方向反了（本段共4处），前引号应为“，后引号应为”", "“（”没有配对，后面缺“）”"]
        );
    }

    #[test]
    fn pairs_over_paragraphs_and_numbers() {
        check_clean(&RULE, "他说：“第一段。\n“第二段。\n“第三段。”");
        check_clean(&RULE, "他说：“第一段。\n中间。\n最后。”");
        check_clean(&RULE, "1）加强学习；2）改进作风。a)甲\n一）总则");
        check_clean(&RULE, "“不忘初心”（见《通知》）‘好’，rock ’n’ roll，（1)加强");
        check(&RULE, "他说：〔“〕要做到‘四个意识’。");
    }

    #[test]
    fn marks_that_are_no_brackets() {
        check_clean(&RULE, "谢谢 ;-)\n收到:)\n不去了 :(\n第1)项工作，步骤1)打开，步骤2)关闭。");
        check_clean(&RULE, "键入“\"”或“'”。");
        check(&RULE, "开展“甲项\"，乙项〔”〕，“丙项”。");
        check_clean(&RULE, "采购“55\"电视机”一台，‘90后干部。");
        check_clean(&RULE, "主要措施（一是加强领导；\n二是强化考核；\n三是严格奖惩）。");
        check(&RULE, "关于印发实施方案〔》〕的通知");
        check(&RULE, "见附件1〔）〕。");
    }

    #[test]
    fn cells_of_a_table_pair() {
        check_in(&RULE, Format::Markdown, "| 项目 | 备注 |\n|---|---|\n| 甲（含 | 乙）|\n| “好 | 的” |\n");
    }
}
