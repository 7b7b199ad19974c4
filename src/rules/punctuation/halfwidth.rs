//! 半角标点：汉字旁边用了英文的逗号、冒号、分号、括号、引号。
//!
//! 中文行文用全角标点。同一段里同一种半角标点合为一条，标在第一处，一次改完；直引号成对改为弯引号。
//! 全文都这样的（有三段以上，而且这种标点至少一半是半角），全文合为一条，可以一次改完，也可以只改一段；
//! 逗号、句号等一条，括号、引号一条。
//! 括号和引号只作提示：形状不同，意思不变，排版、转换时常常整篇都是这样。
//!
//! ## 例
//! - 会议指出〔,→，〕要加强领导。
//! - 会后〔,〕各组分头讨论,形成了意见。
//! - 秉承〔"〕质量第一"的理念。
//! - 〔(〕一)加强学习
//!
//! ## 不报
//! - 共1,234人，比例1:500，10:30开会，占3.5%。 （数字里的）
//! - Hello, world! It's (very) good; isn't it? （英文句子）
//! - 1.加强学习 a)甲 2)乙 （编号后面的）
//! - [1] 陈明远, 刘晓岚. 县域物流研究[J]. 农村经济, 2024(9): 26-28. （参考文献）
//! - 今晚十点前发给你:) 好的 ;-) （表情符号）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》第5章“标点符号的位置和书写形式”；4.8.2：引号的形式。

mod kinds;
mod throughout;

use std::ops::Range;

use crate::chinese::characters::is_chinese_or_mark;
use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

use super::reference::is_reference;
use super::smiley;
use kinds::{KINDS, Kind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/halfwidth",
    summary: "中文里的半角标点",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("halfwidth.rs"),
    needs: &[],
    scope: Scope::Habit(check, throughout::merge),
};

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    // A full stop is marked at the end only.
    if !paragraph.may_contain_any(",;:?!()\"'") && !text.ends_with('.') {
        return;
    }
    if is_reference(text) || is_mostly_latin(text) {
        return;
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: [Vec<Edit>; KINDS.len()] = Default::default();
    for (i, &(at, c)) in chars.iter().enumerate() {
        let kind = match c {
            ',' => 0,
            ';' => 1,
            ':' => 2,
            '?' => 3,
            '!' => 4,
            '.' => 5,
            _ => continue,
        };
        if is_chinese_mark(&chars, i) {
            found[kind].push(Edit { range: at..after_space(&chars, i), text: KINDS[kind].full.to_owned() });
        }
    }
    pairs_of_brackets(&chars, &mut found[6]);
    pairs_of_quotes(&chars, '"', ('“', '”'), &mut found[7]);
    pairs_of_quotes(&chars, '\'', ('‘', '’'), &mut found[8]);
    for (kind, edits) in KINDS.iter().zip(found) {
        out.extend(finding(kind, edits));
    }
}

/// An English sentence keeps its own marks, whatever Chinese words stand in it.
fn is_mostly_latin(text: &str) -> bool {
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    letters > 2 * text.chars().filter(|c| is_hanzi(*c)).count()
}

fn finding(kind: &Kind, edits: Vec<Edit>) -> Option<Finding> {
    let Kind { half, full, name } = kind;
    let first = edits.first()?.range.clone();
    let places = kind.places(edits.len());
    let count = if places > 1 { format!("（本段共{places}{}）", kind.unit()) } else { String::new() };
    // A quote between quotes cannot be read.
    let (wrong, right) = if kind.is_quote() {
        (format!("直{name}"), format!("弯{name}"))
    } else {
        (format!("半角{name}“{half}”"), format!("全角“{full}”"))
    };
    let all = if places > 1 { "本段全部" } else { "" };
    let finding = Finding::new(first.start..first.start + 1, format!("{wrong}应改为{right}{count}"));
    let finding = if kind.is_pair() { finding.with_severity(Severity::Info) } else { finding };
    Some(finding.fix(Fix { title: format!("{all}改为{right}"), edits, applicability: Applicability::Safe }))
}

/// A mark of a Chinese sentence: beside Chinese text, and not inside a number, a time or an English phrase.
fn is_chinese_mark(chars: &[(usize, char)], i: usize) -> bool {
    let c = chars[i].1;
    let before = i.checked_sub(1).map(|i| chars[i].1);
    let after = chars.get(i + 1).map(|c| c.1);
    let beyond = chars[i + 1..].iter().map(|c| c.1).find(|c| *c != ' ');
    // ，, is one mark too many, which `punctuation/duplicate` says.
    let own = KINDS.iter().find(|kind| kind.half.starts_with(c)).and_then(|kind| kind.full.chars().next());
    if c != '.' && (before == own || after == own) || smiley::begins(chars[i..].iter().map(|c| c.1)) {
        return false;
    }
    match (before, c) {
        (None, _) => false,
        // Latin names and abbreviations contain full stops: only the end of a paragraph counts.
        (Some(_), '.') => {
            let word = chars[..i].iter().rev().map(|c| c.1).find(|c| !matches!(c, '"' | ')'));
            word.is_some_and(|c| is_chinese_or_mark(c) && !is_opening(c)) && after.is_none() && i > 4
        }
        (Some(b), _) if is_chinese_or_mark(b) && !is_opening(b) => true,
        (Some(b), ',' | ';') => {
            (b.is_alphanumeric() || "%)‰".contains(b)) && beyond.is_some_and(is_chinese_or_mark)
        }
        (Some(b), ':') => b == ')' && beyond.is_some_and(is_chinese_or_mark),
        (Some(b), '?' | '!') => {
            b.is_alphanumeric() && after.is_some_and(is_chinese_or_mark) && !ends_english(&chars[..i])
        }
        _ => false,
    }
}

/// “Hello, world!”: a phrase in Latin letters that begins where its quotation does.
fn ends_english(before: &[(usize, char)]) -> bool {
    let latin = before.iter().rev().take_while(|c| c.1.is_ascii()).count();
    let phrase = &before[before.len() - latin..];
    phrase.iter().any(|c| c.1.is_ascii_alphabetic())
        && before[..before.len() - latin].last().is_none_or(|c| is_opening(c.1))
}

/// A space typed after a half-width mark goes with it, between Chinese texts.
fn after_space(chars: &[(usize, char)], i: usize) -> usize {
    let end = chars[i].0 + 1;
    match (chars.get(i + 1), chars.get(i + 2)) {
        (Some((_, ' ')), Some((_, c))) if is_chinese_or_mark(*c) => end + 1,
        _ => end,
    }
}

fn pairs_of_brackets(chars: &[(usize, char)], edits: &mut Vec<Edit>) {
    let mut open = Vec::new();
    for (i, &(at, c)) in chars.iter().enumerate() {
        match c {
            '(' | '（' => open.push(i),
            ')' | '）' => {
                let Some(start) = open.last().copied() else { continue };
                let is_mixed = (chars[start].1 == '（') != (c == '）');
                if is_mixed && is_list_mark(chars, start, i) {
                    continue;
                }
                open.pop();
                if is_mixed {
                    let (half, full) = if c == ')' { (i, "）") } else { (start, "（") };
                    let half = chars[half].0;
                    edits.push(Edit { range: half..half + 1, text: full.to_owned() });
                    continue;
                }
                if c == '）' {
                    continue;
                }
                let inner = &chars[start + 1..i];
                let before = start.checked_sub(1).map(|i| chars[i].1);
                let after = chars.get(i + 1).map(|c| c.1);
                let chinese_inside = inner.iter().any(|c| is_chinese_or_mark(c.1));
                let number = !inner.is_empty() && inner.iter().all(|c| c.1.is_ascii_digit());
                if is_year_of_document(chars, start, i)
                    || is_point(inner)
                    || is_key(inner, after)
                    || is_formula(inner, after)
                {
                    continue;
                }
                let heads_chinese = before.is_none() && number && after.is_some_and(is_chinese_or_mark);
                if !inner.is_empty()
                    && (chinese_inside || before.is_some_and(is_chinese_or_mark) || heads_chinese)
                {
                    let start = chars[start].0;
                    edits.push(Edit { range: start..start + 1, text: "（".to_owned() });
                    edits.push(Edit { range: at..at + 1, text: "）".to_owned() });
                }
            }
            _ => {}
        }
    }
    edits.sort_by_key(|edit| edit.range.start);
}

/// （包括1)甲、2)乙）: the closing half belongs to a number and not to the bracket.
fn is_list_mark(chars: &[(usize, char)], open: usize, close: usize) -> bool {
    let number = chars[open + 1..close].iter().rev().take_while(|c| c.1.is_ascii_alphanumeric()).count();
    chars[close].1 == ')' && (1..=2).contains(&number) && open + 1 + number < close
}

/// (3,4), (1, 0.5): the place of a point, a range.
fn is_point(inner: &[(usize, char)]) -> bool {
    inner.iter().any(|c| c.1 == ',') && inner.iter().all(|c| c.1.is_ascii_digit() || ",.- ".contains(c.1))
}

/// (x+3)²=25: a bracket that is reckoned with.
fn is_formula(inner: &[(usize, char)], after: Option<char>) -> bool {
    after.is_some_and(|c| "²³⁴=+*^×÷".contains(c))
        && inner.iter().any(|c| c.1.is_ascii_alphanumeric())
        && inner.iter().all(|c| !is_hanzi(c.1))
}

/// “文件(F)”: the key of a menu.
fn is_key(inner: &[(usize, char)], after: Option<char>) -> bool {
    matches!(inner, [(_, 'A'..='Z')]) && after.is_some_and(|c| "”】」》]→".contains(c))
}

/// 国发(2024)5号: the brackets are `number/document-number`'s, which knows the right ones.
fn is_year_of_document(chars: &[(usize, char)], open: usize, close: usize) -> bool {
    let digit = |c: &(usize, char)| c.1.is_ascii_digit();
    let after = &chars[close + 1..];
    let number = after.iter().take_while(|c| digit(c) || c.1 == '第').count();
    close == open + 5
        && chars[open + 1..close].iter().all(digit)
        && number > 0
        && after.get(number).is_some_and(|c| c.1 == '号')
}

/// Pairs straight quotes in order, with each other or with a curly half; unpaired ones are left to
/// `leftover/stray-mark` and `punctuation/unpaired`.
fn pairs_of_quotes(chars: &[(usize, char)], mark: char, full: (char, char), edits: &mut Vec<Edit>) {
    let neighbour =
        |i: usize, step: isize| i.checked_add_signed(step).and_then(|i| chars.get(i)).map(|c| c.1);
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let mut open: Option<usize> = None;
    for i in 0..chars.len() {
        let c = chars[i].1;
        if c == full.0 {
            open = Some(i);
            continue;
        }
        // An apostrophe, inches or minutes after a number.
        let attached =
            latin(neighbour(i, -1)) && (mark == '\'' || !neighbour(i, 1).is_some_and(is_chinese_or_mark));
        let inches = open.is_none() && neighbour(i, -1).is_some_and(|c| c.is_ascii_digit());
        // “"” names the mark.
        let named = neighbour(i, -1) == Some(full.0) && neighbour(i, 1) == Some(full.1);
        if c != full.1 && (c != mark || attached || inches || named) {
            continue;
        }
        let Some(start) = open.take() else {
            open = (c == mark).then_some(i);
            continue;
        };
        // A pair half straight and half curly is mended whatever it holds.
        let mixed = (chars[start].1 == mark) != (c == mark);
        if i - start < 2 || !mixed && !chars[start + 1..i].iter().any(|c| is_chinese_or_mark(c.1)) {
            continue;
        }
        for (i, half) in [(start, full.0), (i, full.1)] {
            let range: Range<usize> = chars[i].0..chars[i].0 + chars[i].1.len_utf8();
            if chars[i].1 == mark {
                edits.push(Edit { range, text: half.to_string() });
            }
        }
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '（' | '《' | '〈' | '【' | '「' | '『' | '〔')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fix;
    use crate::rules::testing::{check, check_clean, check_fix, findings, messages};

    #[test]
    fn half_of_a_pair() {
        check(&RULE, "〔(→（〕一）学习不够深入，（见附件1〔)→）〕。".replace("〔)→）〕", ")").as_str());
        check_clean(&RULE, "（包括1)甲、2)乙）两项。");
        check_clean(&RULE, "学习不够深入，,水平有待提高；;方法单一。");
    }

    #[test]
    fn one_mark_for_each_kind_in_a_paragraph() {
        assert_eq!(
            messages(&RULE, "参加工作,一直在一线,勤奋;努力:好"),
            [
                "半角逗号“,”应改为全角“，”（本段共2处）",
                "半角分号“;”应改为全角“；”",
                "半角冒号“:”应改为全角“：”"
            ]
        );
    }

    #[test]
    fn a_draft_typed_in_half_width_marks_is_one_finding() {
        let text =
            "参加工作,一直在一线,勤奋;努力.\n会议指出,要加强领导。\n分三步:学习,讨论,整改。\n一、如何改?\n";
        assert_eq!(messages(&RULE, text), ["全文的逗号、分号、冒号等是半角的，应改为全角（共9处）"]);
        check_fix(
            &RULE,
            text,
            "参加工作，一直在一线，勤奋；努力.\n会议指出，要加强领导。\n分三步：学习，讨论，整改。\n一、如何改？\n"
                .replace("努力.", "努力。")
                .as_str(),
        );
        let found = findings(&RULE, text);
        assert_eq!(found[0].related.len(), 6, "{found:#?}");
        assert_eq!(
            fix::apply(text, &found[0].fixes[1].edits),
            text.replacen(",", "，", 2).replacen(';', "；", 1).replacen("努力.", "努力。", 1)
        );
    }

    #[test]
    fn pairs_are_one_finding_of_their_own() {
        let text = "一、\"学\"字(上),甲组。\n二、\"干\"字(上),乙组。\n三、“评”字（上）,丙组。\n四、\"改\"字,丁组。\n";
        assert_eq!(
            messages(&RULE, text),
            ["全文的括号、引号大多是半角的，应改为全角（共5对）", "全文的逗号是半角的，应改为全角（共4处）",]
        );
        let quotes = "上好\"学\"字课。\n上好\"干\"字课。\n上好\"评\"字课。\n";
        assert_eq!(messages(&RULE, quotes), ["全文的引号是直的，应改为弯引号（共3对）"]);
    }

    #[test]
    fn what_is_half_width_here_and_there_is_a_finding_a_paragraph() {
        let right = "会议指出，要加强领导，狠抓落实。\n".repeat(20);
        let text = format!("参加工作,一直在一线。\n{right}会议强调,要抓落实。\n会议要求,要开好会。\n");
        assert_eq!(messages(&RULE, &text).len(), 3);
        assert_eq!(messages(&RULE, "参加工作,一直在一线。\n会议强调,要抓落实。\n").len(), 2);
    }

    #[test]
    fn what_a_directive_lets_be_is_not_changed_with_the_rest() {
        let ignored = "会议要求,要开好会。 zhubi: ignore 半角标点";
        let ignored = ignored.replace("半角标点", RULE.id);
        let text = format!("{ignored}\n参加工作,一直在一线。\n会议强调,要抓落实。\n会议决定,开始整改。\n");
        check_fix(&RULE, &text, &text.replace(',', "，").replacen("，", ",", 1));
        assert_eq!(messages(&RULE, &text), ["全文的逗号是半角的，应改为全角（共3处）"]);
    }

    #[test]
    fn fixes() {
        check_fix(
            &RULE,
            "秉承\"质量第一、服务临床\"的理念, 坚持\"以人为本\".",
            "秉承“质量第一、服务临床”的理念，坚持“以人为本”。",
        );
        check_fix(
            &RULE,
            "开展“攻坚\"行动，\"聚英”行动，“揭榜挂帅\"“赛马\"",
            "开展“攻坚”行动，“聚英”行动，“揭榜挂帅”“赛马”",
        );
        check_fix(&RULE, "(一)有吃苦耐劳的精神", "（一）有吃苦耐劳的精神");
        check_fix(&RULE, "增长率(%)为5.2%,其中(1)工业", "增长率（%）为5.2%，其中（1）工业");
        check_fix(
            &RULE,
            "通过ISO15189,通过了;《检验医学》;好吗?",
            "通过ISO15189，通过了；《检验医学》；好吗？",
        );
    }

    #[test]
    fn numbers_english_and_lists() {
        check_clean(&RULE, "他身高6'2\"，用55\"电视。");
        check_clean(&RULE, "阿·A.托尔斯泰");
        check_clean(&RULE, "输出“Hello, world!”，表示成功；坐标(3,4)，菜单“文件(F)”。");
        check_clean(&RULE, "解方程：(x+3)²=25，即(x－4)²=15。");
    }

    #[test]
    fn references_are_punctuated_in_their_own_way() {
        check_clean(&RULE, "[1] 陈明远, 刘晓岚. 打通\"最后一公里\"(上)[J]. 农村经济, 2024(9): 26-28.");
        check_clean(&RULE, "王树林. 乡村公共服务[M]. 北京: 中国农业出版社, 2021.");
        check(&RULE, "会议指出〔,→，〕要加强领导[1]。");
    }

    #[test]
    fn both_halves_of_a_pair_or_neither() {
        check_fix(&RULE, "（2024年)和（征求意见稿)已印发。", "（2024年）和（征求意见稿）已印发。");
        check_fix(&RULE, "使用“OA\"系统。", "使用“OA”系统。");
        check_clean(&RULE, "键入“\"”一次。");
    }
}
