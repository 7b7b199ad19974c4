//! 漏字：词或固定说法里少了一个字。
//!
//! ## 例
//! - 要〔充→充分〕发动群众，依靠群众。
//! - 要全面〔贯→贯彻〕落实会议精神。
//! - 安全〔生→生产〕形势持续稳定向好。
//!
//! ## 不报
//! - 市委、市政府高度重视安全生产工作，两会期间加强值守。 （简称）
//! - 促进一二三产融合发展。 （“三产”是简称）
//! - 要充分发动群众，依靠群众。 （写全了）
//!
//! ## 依据
//! 校对通例：漏字属“脱文”。

use crate::finding::{Applicability, Severity};
use crate::rule::{Rule, Scope, module_doc};
use crate::typo::TypoKind;

use super::suspicion;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/missing-character",
    summary: "漏字",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_character.rs"),
    needs: &[],
    scope: Scope::Suspicion(&[TypoKind::Missing], suspicion::missing),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn words_that_lack_a_character() {
        check(&RULE, "各级党组织要充〔分→分发〕挥战斗堡垒作用。");
    }

    #[test]
    fn whole_words() {
        check_clean(&RULE, "两会期间，代表委员积极建言。");
    }
}
