//! 语境易混词：两个都是词，用在这里的是另一个。
//!
//! “截止/截至”“权利/权力”“反应/反映”“度过/渡过”“形式/形势”“物质/物资”“的/得”……单看都不算错，要看前后搭配。
//! 词表 `data/confusable-in-context.tsv` 一行一种搭配，只收能断定的，拿不准的不报。
//!
//! ## 例
//! - 〔截止〕6月底，共排查隐患120处。（截至）
//! - 加强对〔权利〕运行的制约和监督。（权力）
//! - 他说〔的〕很轻松。（得）
//!
//! ## 不报
//! - 用得对的：报名6月底截止；保障劳动者的权利；应急反应迅速。
//! - 两可的：度过难关、制订计划、做贡献。
//! - 前后没有可以断定的搭配。
//!
//! ## 依据
//! 《现代汉语词典》各词条的释义和用例。词表为本项目所集，逐条在七千万字公开文本上读过命中。

use crate::finding::{Applicability, Severity};
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/confusable-in-context",
    summary: "语境易混词",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("confusable_in_context.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/confusable-in-context.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn the_word_that_the_context_asks_for() {
        check(&RULE, "〔截止→截至〕6月底，共排查隐患120处。");
        check(&RULE, "加强对〔权利→权力〕运行的制约和监督，认真解决群众〔反应→反映〕的突出问题。");
        check(&RULE, "他说〔的→得〕很轻松。");
    }

    #[test]
    fn what_is_wrong_in_some_places_only() {
        check(&RULE, "老人激动得〔不能自己→不能自已〕。");
        check(&RULE, "山上建有〔了望→瞭望〕塔，横幅上写着春满〔九洲→九州〕大地。");
        check_clean(
            &RULE,
            "这些事能不能自己办，病人不能自己进食；为了望见山顶，他抬头望了望；九洲集团参展。",
        );
    }

    #[test]
    fn right_in_their_place() {
        check_clean(&RULE, "报名6月底截止，截止时间不再延后。");
        check_clean(&RULE, "保障劳动者的权利，依法行使权力；应急反应迅速，情况已向上级反映。");
        check_clean(&RULE, "企业度过了难关，部队渡过了黄河；这一形式灵活，当前形势严峻。");
        check_clean(&RULE, "他说的很多话都有道理，做好的方案不多。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
