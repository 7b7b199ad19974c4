//! 句首重复：一连几句用同一个词开头，读来单调。
//!
//! 一连四句才报，标在第一句。
//!
//! ## 例
//! - 〔我们〕走访了企业。我们召开了座谈会。我们整理了问题清单。我们逐项销号。
//! - 今年任务重。〔通过〕学习提高认识。通过培训提高技能。通过督查改进作风。通过考核激发干劲。
//! - 〔同时〕抓好生产。同时抓好安全。同时抓好环保。同时抓好民生。
//!
//! ## 不报
//! - 我们走访了企业。我们召开了座谈会。我们整理了问题清单。 （三句）
//! - 会议指出，形势很好。会议强调，任务很重。会议要求，抓紧落实。会议号召，再接再厉。 （会议纪要体）
//! - 强化领导。强化协调。强化督查。强化考核。 （并列的祈使句）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：文字精练；通行的文风要求。

use crate::chinese::is_hanzi;
use crate::finding::{Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/repeated-opener",
    summary: "句首重复",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("repeated_opener.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// Shorter runs are not reported.
const MIN_RUN: usize = 4;
/// What is compared: two characters, three bytes each.
const OPENER: usize = 6;

/// Openers that are repeated on purpose.
const ON_PURPOSE: &[&str] = &[
    "会议", "坚持", "必须", "加强", "推进", "推动", "完善", "建立", "支持", "鼓励", "健全", "开展", "深化",
    "强化", "实施", "加快", "优化", "提升", "构建", "打造", "落实", "做好", "抓好", "严格", "研究", "制定",
    "组织", "培育", "建强", "要把",
];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if text.matches('。').nth(MIN_RUN - 2).is_none() {
        return;
    }
    let mut run: Vec<usize> = Vec::new();
    let mut before = "";
    let mut report = |run: &[usize], opener: &str| {
        if run.len() >= MIN_RUN && !ON_PURPOSE.contains(&opener) {
            let message = format!("句首重复：一连{}句以“{opener}”开头，宜换个说法或合并", run.len());
            let places: Vec<_> = run.iter().map(|at| *at..at + OPENER).collect();
            out.push(Finding::at_places(&places, message, "又以它开头"));
        }
    };
    for sentence in paragraph.sentences() {
        let opener = text[sentence.clone()].get(..OPENER).unwrap_or_default();
        let words = opener.chars().all(is_hanzi);
        if opener != before || !words || opener.is_empty() {
            report(&run, before);
            run.clear();
        }
        run.push(sentence.start);
        before = opener;
    }
    report(&run, before);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn not_alike() {
        check_clean(&RULE, "我们走访了企业。我们召开了座谈会。会后整理了清单。");
        check_clean(&RULE, "会议指出甲。会议强调乙。会议要求丙。会议号召丁。");
        check_clean(&RULE, "坚持党的领导。坚持人民至上。坚持守正创新。坚持问题导向。");
    }
}
