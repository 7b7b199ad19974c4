//! 汉字之间的空格：正文里两个汉字之间、全角标点旁边不留空格。
//!
//! 同一段合为一条，标在第一处，一次改完。只查有句号的正文段落。
//!
//! ## 例
//! - 认真贯彻〔 →〕落实上级部署。
//! - 会议指出，〔 →〕要加强领导。
//! - 全年完成投资任务〔 →〕，同比增长。
//!
//! ## 不报
//! - 年度 工作 总结 （没有句号的短行）
//! - 出席：张 三、李 四。 （单名隔空）
//! - 第一条 为规范管理，制定本办法。 （序号后面的空格）
//! - 引进 AI 平台 3 个。 （汉字与字母、数字之间）
//!
//! Markdown 标记旁边的空格，去掉就不显示为加粗：
//!
//! ```md
//! **改革提速扩面。** 截至10月底，全县累计上线28项。
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》第5章“标点符号的位置和书写形式”；横排文稿的通行排法。

use crate::chinese::is_hanzi;
use crate::chinese::numeral;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::typo::words;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/spacing",
    summary: "汉字之间的空格",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    doc: module_doc!("spacing.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// Where there are more, the spaces are the layout of a form or a table.
const MAX_SPACES: usize = 12;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let prose = text.contains('。') && !paragraph.is_heading && paragraph.kind != BlockKind::TableCell;
    if !prose || !text.contains(' ') {
        return;
    }
    let mut edits: Vec<Edit> = Vec::new();
    // Between two words a space may part what the writer wants parted: 副局长 步惊天.
    let mut is_certain = true;
    for (at, _) in text.match_indices(' ') {
        let (head, tail) = (&text[..at], &text[at + 1..]);
        let (Some(before), Some(after)) = (head.chars().next_back(), tail.chars().next()) else { continue };
        let inside = is_hanzi(before) && is_hanzi(after) && !is_name(head, tail) && !is_number(head);
        let beside = is_mark(before) && is_hanzi(after) || is_hanzi(before) && is_mark(after);
        // A space beside `**` may be what makes it show as bold.
        if (inside || beside) && !ends_mention(head) && !paragraph.meets_markup(&(at..at + 1)) {
            is_certain &= beside || !words::is_boundary(&format!("{head}{tail}"), at);
            edits.push(Edit { range: at..at + 1, text: String::new() });
        }
    }
    if edits.len() > MAX_SPACES {
        return;
    }
    let Some(first) = edits.first() else { return };
    let range = first.range.clone();
    let count = if edits.len() > 1 { format!("（本段共{}处）", edits.len()) } else { String::new() };
    let message = format!("汉字之间、标点旁边不留空格{count}");
    let title = "删去空格".to_owned();
    let applicability = if is_certain { Applicability::Safe } else { Applicability::Suggested };
    out.push(Finding::new(range, message).fix(Fix { title, edits, applicability }));
}

/// @张三 提的建议: the space ends the name.
fn ends_mention(head: &str) -> bool {
    let last = head.rsplit(|c: char| c.is_whitespace() || "，。、；：！？（“".contains(c)).next();
    last.is_some_and(|word| word.contains(['@', '#', '＠', '＃']))
}

/// 张 三: one character on each side, before a mark or an end.
fn is_name(head: &str, tail: &str) -> bool {
    let mut before = head.chars().rev();
    let mut after = tail.chars();
    let (_, second) = (before.next(), before.next());
    let (_, next) = (after.next(), after.next());
    !second.is_some_and(is_hanzi) || !next.is_some_and(is_hanzi)
}

/// 第一条 总则, 一 总则: the space after a number of a heading that runs into its paragraph.
fn is_number(head: &str) -> bool {
    head.chars().nth(8).is_none() && (head.starts_with('第') || head.chars().all(numeral::is_one_to_ten))
}

fn is_mark(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_fix, check_in};
    use crate::text::format::Format;

    #[test]
    fn spaces() {
        check(&RULE, "全体干部〔 →〕职工参加了会议，会后进行了讨论。");
        check_fix(&RULE, "会议指出， 要加强领导， 抓好组 织实施 。", "会议指出，要加强领导，抓好组织实施。");
        check_clean(&RULE, "感谢 @张三 提的建议，请 @财务小李 核对。");
    }

    #[test]
    fn a_space_that_lets_bold_show() {
        let check = |text| check_in(&RULE, Format::Markdown, text);
        check("**改革提速扩面。** 截至10月底，全县累计上线28项。");
        check("目标是 **“一件事”改革。** 会议要求，〔 →〕抓好落实。");
        check("改革 *提速* 扩面，[链接] 在此，见[链接](a.md) 一文。");
    }
}
