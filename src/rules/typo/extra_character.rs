//! 多字：一个字或一个词打了两遍，或者多出一个字。
//!
//! ## 例
//! - 我们的〔的→〕工作得到了上级的肯定。
//! - 要全面落实〔落实→〕各项防控措施。
//! - 各级各部门要〔要→〕高度重视安全生产工作。
//!
//! ## 不报
//! - 大家高高兴兴地看看展览，一步一步往前走。 （重叠）
//! - 请大家讨论讨论这个方案，回去研究研究再定。 （动词重叠）
//! - 发展全过程人民民主，尊重对对方的承诺。 （前后两词相接）
//!
//! ## 依据
//! 校对通例：多字属“衍文”。

use crate::finding::{Applicability, Severity};
use crate::rule::{Rule, Scope, module_doc};
use crate::typo::TypoKind;

use super::suspicion;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/extra-character",
    summary: "多字、重字",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("extra_character.rs"),
    needs: &[],
    scope: Scope::Suspicion(&[TypoKind::Extra], suspicion::extra),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn repeated_on_purpose() {
        check_clean(&RULE, "常常想想群众，天天走走基层。");
    }

    #[test]
    fn verbs_repeated_to_say_a_little() {
        check_clean(&RULE, "我们先商量商量，再向领导汇报汇报。");
        check_clean(&RULE, "周末到公园散散步，锻炼锻炼身体，晒晒太阳。");
        check_clean(&RULE, "他每天都要给花浇浇水、松松土。");
        check_clean(&RULE, "要经常洗洗澡、理理发，注意个人卫生。");
        check_clean(&RULE, "大家一起聊聊天，谈谈心，交流交流经验。");
    }
}
