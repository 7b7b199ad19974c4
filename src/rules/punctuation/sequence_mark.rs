//! 序次语后的标点：“第一”“首先”后用逗号，带括号的序号后不用点号，“一是”后直接接正文。
//!
//! ## 例
//! - 〔第一、→第一，〕要加强学习。〔第二、→第二，〕要改进作风。
//! - （一）〔、→〕加强领导
//! - 工作中，一是〔：→〕加强学习；二是〔，→〕改进作风。
//!
//! ## 不报
//! - 第一、二、三产业协调发展，第一、第二批任务已经下达。 （并列的序数）
//! - 第一，要加强学习；首先，要提高认识。 （已经用逗号）
//! - 一、总体要求 （“一、”的顿号是序号的一部分）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》附录B.3“序次语之后的标点用法”：“第”字头序次语和“首先”“其次”等后用逗号；加括号的序次语后不用点号。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/sequence-mark",
    summary: "序次语后的标点",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("sequence_mark.rs"),
    needs: &[Needs::AnyOf(&[
        Needs::Literal(&ORDINALS),
        Needs::Literal(&SERIALS),
        Needs::AnyChar("（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    ])],
    scope: Scope::Paragraph(check),
};

/// 第一、 at the start of a sentence, and what follows it.
static ORDINAL: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?:^|[。；！？])(?P<m>(?P<w>第[一二三四五六七八九十]|首先|其次|再次|最后)[、：])(?P<n>.)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// （一）、 at the start of a line.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "^(?P<w>[（(][一二三四五六七八九十0-9]{1,3}[）)]|[①-⑳])(?P<m>[、，.．])";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// 一是： and 一是，.
static SERIES: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(?:^|[，。；：、])(?P<w>[一二三四五六七八九]是)(?P<m>[：，])";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// One of these stands in every match of the first pattern.
static ORDINALS: LiteralList = LiteralList::words(|| {
    let ordinals = "第一、|第二、|第三、|第四、|第五、|第六、|第七、|第八、|第九、|第十、|首先、|其次、|再次、|最后、|第一：|第二：|第三：|第四：|第五：|第六：|第七：|第八：|第九：|第十：|首先：|其次：|再次：|最后：";
    ordinals.split('|').collect()
});

/// One of these stands in every match of the last.
static SERIALS: LiteralList = LiteralList::words(|| {
    let serials = "一是：|二是：|三是：|四是：|五是：|六是：|七是：|八是：|九是：|一是，|二是，|三是，|四是，|五是，|六是，|七是，|八是，|九是，";
    serials.split('|').collect()
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.hits().of(0).next().is_some() {
        for found in ORDINAL.captures_iter(text) {
            let next = &found["n"];
            if "第一二三四五六七八九十、".contains(next) {
                continue;
            }
            if let Some(m) = found.name("m") {
                let message = format!("“{}”后用逗号", &found["w"]);
                let right = format!("{}，", &found["w"]);
                out.push(Finding::new(m.range(), message).replace(right, Applicability::Safe));
            }
        }
    }
    if text.starts_with(|c: char| matches!(c, '（' | '(' | '①'..='⑳'))
        && let Some(found) = BRACKETED.captures(text)
        && let Some(m) = found.name("m")
    {
        let message = format!("带括号的序号“{}”后不用“{}”", &found["w"], m.as_str());
        out.push(Finding::new(m.range(), message).replace("", Applicability::Safe));
    }
    if paragraph.hits().of(1).next().is_some() {
        for found in SERIES.captures_iter(text) {
            if let Some(m) = found.name("m") {
                let message = format!("“{}”后直接接正文，不用“{}”", &found["w"], m.as_str());
                out.push(
                    Finding::new(m.range(), message)
                        .with_severity(Severity::Info)
                        .replace("", Applicability::Suggested),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_fix};

    #[test]
    fn wrong_marks() {
        check_fix(&RULE, "首先、统一思想。其次、落实责任。", "首先，统一思想。其次，落实责任。");
    }

    #[test]
    fn right_marks() {
        check_clean(&RULE, "第一，加强学习。首先，统一思想。一是加强学习。");
        check_clean(&RULE, "（一）加强领导");
    }
}
