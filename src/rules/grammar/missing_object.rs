//! 宾语中心语残缺：动词后面的定语很长，写到句末却丢了它要搭配的名词。
//!
//! 词表 `data/missing-object.tsv` 收“发挥…作用”“掀起…热潮”“营造…氛围”“取得…成效”“克服…思想”等必须带名词的框架，
//! 只在小句末尾缺了名词时报。
//!
//! ## 例
//! - 党员要〔发挥先锋模范〕。（作用）
//! - 〔取得了显著的〕，受到好评。（成效）
//! - 要〔克服麻痹大意〕。（思想）
//!
//! ## 不报
//! - 中心语在：发挥先锋模范作用，召开动员会。
//! - 并列、引号里的内容。
//! - 名词就是宾语的：取得了好成绩，克服了困难。
//!
//! ## 依据
//! 《现代汉语》病句类型：成分残缺（宾语中心语残缺）。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/missing-object",
    summary: "宾语中心语残缺",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_object.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/missing-object.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "党员要〔发挥先锋模范〕。");
        check(&RULE, "去年各项工作〔取得了显著的〕，受到好评。");
        check(&RULE, "全体干部要〔克服麻痹大意〕。");
        check(&RULE, "全镇〔掀起了招商→掀起了招商热潮〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "党员要发挥先锋模范作用。");
        check_clean(&RULE, "去年各项工作取得了显著成效，取得的成果是显著的。");
        check_clean(&RULE, "全镇召开动员会，掀起了招商热潮。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
