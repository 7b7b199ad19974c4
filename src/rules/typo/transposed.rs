//! 颠倒：相邻的两个字打反了。
//!
//! ## 例
//! - 要着力〔决解→解决〕群众最关心的问题。
//! - 要进一步加强〔导领→领导〕，明确责任。
//! - 不断满足人民群众日益增长的美好〔活生→生活〕需要。
//!
//! ## 不报
//! - 会议指出，议会选举产生了新的领导，安全生产形势平稳。 （“会议”“议会”，“产生”“生产”都是词）
//! - 展开调查，开展培训。 （正反都是词）
//! - 村民万家和、和家万参加了会议。 （人名）
//!
//! ## 依据
//! 校对通例：颠倒属“倒文”。

use crate::finding::{Applicability, Severity};
use crate::rule::{Rule, Scope, module_doc};
use crate::typo::TypoKind;

use super::suspicion;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/transposed",
    summary: "相邻两字颠倒",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("transposed.rs"),
    needs: &[],
    scope: Scope::Suspicion(&[TypoKind::Transposed], suspicion::replaced),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn words_both_ways() {
        check_clean(&RULE, "语言和言语、展开和开展各有用法。");
        check_clean(&RULE, "工作开展顺利，情感真挚。");
    }
}
