//! 敬谦错位：敬辞用在自己身上，谦辞用在对方身上。
//!
//! ## 例
//! - 〔我公司将鼎力支持〕本次活动。（大力支持）
//! - 〔请各位专家抛砖引玉〕。（请各位专家指正）
//! - 感谢〔您们〕的支持。（各位，提示）
//!
//! ## 不报
//! - 敬请光临、感谢贵方鼎力支持。
//! - 我先抛砖引玉。
//! - 转述对方的话：他说“我一定鼎力支持”。
//!
//! ## 依据
//! 《现代汉语》病句类型：用词不当（敬辞、谦辞误用）；《现代汉语词典》相应词条。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/honorific",
    summary: "敬谦错位",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("honorific.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/honorific.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "〔我公司将鼎力支持〕本次活动。");
        check(&RULE, "〔请各位专家抛砖引玉〕。");
        check(&RULE, "感谢〔您们→各位〕的支持。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "感谢贵公司鼎力支持。");
        check_clean(&RULE, "我先抛砖引玉，请各位专家指正。");
        check_clean(&RULE, "敬请光临，感谢各位的支持。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
