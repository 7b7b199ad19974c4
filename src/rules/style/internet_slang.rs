//! 网络用语：YYDS、绝绝子、内卷、躺平等不宜进入公文。
//!
//! 已经进入正式文件的说法（整治“内卷式”竞争）加引号使用，不报。
//!
//! ## 例
//! - 我们的团队〔YYDS〕！
//! - 个别干部〔躺平〕了。
//! - 效果〔绝绝子〕。
//!
//! ## 不报
//! - 加引号的：整治“内卷式”竞争、防止“躺平”。
//! - 植树种草、凡尔赛宫、突破防线等偶合。
//! - 书面语：个别干部不作为，效果很好。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条；《国家通用语言文字法》第九条：国家机关以规范汉字为公务用语用字。

use crate::finding::Severity;
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/internet-slang",
    summary: "网络用语",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("internet_slang.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/internet-slang.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "我们的团队〔YYDS〕！");
        check(&RULE, "个别干部〔躺平〕了，部门之间〔内卷〕严重。");
        check(&RULE, "效果〔绝绝子〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "整治“内卷式”竞争，防止“躺平”。");
        check_clean(&RULE, "植树种草三万亩，参观凡尔赛宫。");
        check_clean(&RULE, "突破防线，实现目标。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
