//! 颠倒：相邻的两个字打反了。
//!
//! ## 例
//! - 切实〔决解〕群众的困难。（解决）
//! - 〔织组〕开展培训。（组织）
//! - 加强对重点领域的〔管监〕。（监管）
//!
//! ## 不报
//! - 正反都是词的：议会与会议、生产与产生。
//! - 人名、地名。
//! - 把握不到门槛的。
//!
//! ## 依据
//! 校对通例：颠倒属“倒文”。模型的来历见 docs/typos.md。

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
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn two_characters_the_wrong_way_round() {
        check(&RULE, "要着力〔决解→解决〕群众最关心的问题。");
        check(&RULE, "不断满足人民群众日益增长的美好〔活生→生活〕需要。");
        check(&RULE, "要进一步加强〔导领→领导〕，明确责任。");
    }

    #[test]
    fn words_both_ways() {
        check_clean(&RULE, "会议指出，议会选举产生了新的领导，安全生产形势平稳。");
        check_clean(&RULE, "语言和言语、展开和开展各有用法。");
        check_clean(&RULE, "工作开展顺利，情感真挚。");
    }
}
