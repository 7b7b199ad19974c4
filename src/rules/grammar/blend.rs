//! 句式杂糅：两种说法混成一句，前半用一种，后半用另一种。
//!
//! 词表 `data/blend.tsv` 收常见的框架：本着…为原则、围绕以…为中心、原因是…造成的、经过…下、
//! 在…为前提下、根据…显示、向…为榜样、借助…为契机。每条都可以拆成两种说法，只用一种。
//!
//! ## 例
//! - 〔本着以质取胜为原则〕组织评审。（本着…的原则 / 以…为原则）
//! - 进度滞后的〔原因是征地受阻造成的〕。（原因是… / 是…造成的）
//! - 经过大家的共同努力〔下〕，任务完成。（经过… / 在…下）
//!
//! ## 不报
//! - 引出的名称里自带框架的：围绕以“安全”为主题的宣传月活动。
//! - “由…造成的损失”一类作定语的。
//! - 书名号里的原名。
//!
//! ## 依据
//! 《现代汉语》病句类型：结构混乱（句式杂糅）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/blend",
    summary: "句式杂糅",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("blend.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/blend.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "我们〔本着公开透明为原则→本着公开透明的原则〕组织招标。");
        check(&RULE, "滞后的〔原因是图纸变更造成的〕。");
        check(&RULE, "在上级支持下，〔围绕以服务群众为中心→围绕服务群众这一中心〕，办成十件实事。");
        check(&RULE, "经过全体职工的共同努力〔下→〕，工程提前完工。");
        check(&RULE, "〔根据台账显示〕，问题已全部销号。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "我们本着公开透明的原则组织招标。");
        check_clean(&RULE, "滞后的原因是图纸变更，由此造成的损失已经核定。");
        check_clean(&RULE, "在全体职工的共同努力下，工程提前完工。");
        check_clean(&RULE, "根据台账，问题已全部销号。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
