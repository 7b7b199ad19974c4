//! 的、地、得用错。
//!
//! 定语后用“的”，状语后用“地”，补语前用“得”。只标词性没有两可的地方。
//!
//! ## 例
//! - 取得了显著〔地〕成绩。（的）
//! - 这是一项长期〔地〕任务。（的）
//! - “他说的很轻松”“不断的把”一类有固定格式的，见 `typo/confusable-in-context`。
//!
//! ## 不报
//! - 中心语可以是名词的：认真的学习态度、科学的管理。
//! - 目的地、的确、得到等词里的字。
//! - 把握不到门槛的。
//!
//! ## 依据
//! 《现代汉语词典》“的”“地”“得”条。模型的来历见 docs/typos.md。

use crate::chinese::typo::Kind;
use crate::lint::diagnostic::{Applicability, Severity};
use crate::rules::{Rule, Scope, module_doc};

use super::suspicion;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/de-di-de",
    summary: "的、地、得用错",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("de_di_de.rs"),
    scope: Scope::Suspicion(&[Kind::DeDiDe], suspicion::replaced),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn wrong() {
        check(&RULE, "取得了显著〔地→的〕成绩。");
        check(&RULE, "提出了明确〔地→的〕要求。");
        check(&RULE, "这是一项长期〔地→的〕任务。");
    }

    #[test]
    fn right() {
        check_clean(&RULE, "认真的学习态度、科学的管理方法，的确得到了肯定。");
        check_clean(&RULE, "认真地贯彻落实会议精神，取得了显著的成绩。");
        check_clean(&RULE, "目的地已经到达，工作完成得很好。");
    }
}
