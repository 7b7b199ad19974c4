//! 审稿的记号没有去掉：（待核实）、？？？、批注[1]。
//!
//! ## 例
//! - 全年接待群众3200人次〔（待核实）〕。
//! - 到会〔？？？〕人，完成投资2亿元〔【数据待更新】〕。
//! - 新建校舍三栋〔批注[2]〕。
//!
//! ## 不报
//! - 对待核实的线索逐条登记。 （“待核实”是正文）
//! - 钱从哪里来？人往哪里去？？ （一两个问号）
//! - 你知道吗？？？ （句末的语气）
//! - 会议地点待定，时间另行通知。 （通知里可以待定）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：公文文稿签发前应当审核时间、数字、引文等是否准确。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/review-note",
    summary: "审稿的记号没有去掉",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("review_note.rs"),
    needs: &[Needs::Literal(&SIGNS)],
    scope: Scope::Paragraph(check),
};

static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[（(【\[](?:数据|数字|此数|时间|人数)?(?:待核实?|待确认|待完善|待更新|待修改|待查|需核实|需确认|请核实|请确认|请核对|存疑|存疑待查|有疑问|再核一下|核一下|删去?[？?]|批注[^）)】\]]{0,12})[）)】\]]|[？?]{3,}|批注\s?\[[0-9A-Za-z]{1,6}\]";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// One of these stands in every match.
static SIGNS: LiteralList = LiteralList::words(|| {
    let signs = "待核|待确认|待完善|待更新|待修改|待查|需核实|需确认|请核实|请确认|请核对|存疑|有疑问|核一下|批注|删去?|删去？|删?|删？|？？|??|？?|?？";
    signs.split('|').collect()
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for found in NOTE.find_iter(text) {
        // What could not be decoded is another matter.
        if found.as_str().starts_with('?') && found.len() > 8 {
            continue;
        }
        if found.as_str().starts_with(['?', '？']) && asks(&text[..found.start()]) {
            continue;
        }
        let message = format!("“{}”是审稿的记号，核定以后应删去", found.as_str());
        out.push(Finding::new(found.range(), message));
    }
}

/// 你知道吗？？？: a question in earnest, whose marks are many.
fn asks(before: &str) -> bool {
    let sentence = before.rsplit(['。', '！', '？', '；', '\n']).next().unwrap_or_default();
    let words = [
        "吗",
        "呢",
        "吧",
        "什么",
        "怎",
        "为何",
        "哪",
        "谁",
        "多少",
        "如何",
        "是不是",
        "能不能",
        "有没有",
        "难道",
    ];
    words.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn prose() {
        check_clean(&RULE, "你知道吗？？？到底怎么回事???");
        check_clean(&RULE, "会议地点待定，时间另行通知（请相互转告）。");
    }
}
