//! 的、地、得用错。
//!
//! 定语后用“的”，状语后用“地”，补语前用“得”。看前后的词和整个分句：前面有没有主语、能愿动词，后面有没有宾语、补语。
//! 把握小一些的，以提示询问。“不断的把”一类有固定格式的，见 `typo/confusable-in-context`。
//!
//! ## 例
//! - 这项工作充分〔的→地〕调动了群众的积极性。
//! - 会议开〔的→得〕很成功，把工作做〔的→得〕更细更实。
//! - 全年取得了显著〔地→的〕成绩。
//! - 让更多〔得→的〕居民走进书屋。
//!
//! ## 不报
//! - 认真的学习态度、科学的管理方法得到了肯定。 （后面是名词）
//! - 他说的很多话都有道理，走的是一条新路。 （“的”后面省了中心语）
//! - 目的地已经到达，的确来之不易。 （“目的地”“的确”是词）
//! - 经过不断的努力，有效的解决办法越来越多。 （“努力”“解决办法”作名词用）
//!
//! ## 依据
//! 《现代汉语词典》“的”“地”“得”条。

use crate::finding::{Applicability, Severity};
use crate::rule::{Rule, Scope, module_doc};
use crate::typo::TypoKind;

use super::suspicion;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/de-di-de",
    summary: "的、地、得用错",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("de_di_de.rs"),
    needs: &[],
    scope: Scope::Suspicion(&[TypoKind::DeDiDe], suspicion::replaced),
};

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn an_adverbial_takes_di() {
        check(&RULE, "通过学习，使我深刻〔的→地〕认识到自身的不足，我清楚〔的→地〕知道差距在哪里。");
        check(&RULE, "专班人员不停〔的→地〕奔波在各个村组之间，充分〔的→地〕调动了群众的积极性。");
        check(&RULE, "新系统能够清楚〔的→地〕看到每一笔资金的去向。");
    }

    #[test]
    fn a_complement_takes_de() {
        check(&RULE, "今年的任务更重，大家干〔的→得〕热火朝天；这种做法值〔的→得〕推广。");
    }

    #[test]
    fn an_attributive_takes_de() {
        check(&RULE, "提出了明确〔地→的〕要求。");
        check(&RULE, "这是一项长期〔地→的〕任务。");
    }

    #[test]
    fn each_of_the_three_for_each_other() {
        check(&RULE, "让更多〔得→的〕居民走进书屋，我那颗悬着〔得→的〕心才放了下来。");
        check(&RULE, "一时不能整改〔得→的〕，要先落实防范措施。");
        check(&RULE, "两岸的梯田一层层〔得→地〕铺到山腰。");
    }

    #[test]
    fn repeated_and_fourfold_adverbials_take_di() {
        check(&RULE, "我被深深〔的→地〕打动了，大家要踏踏实实〔的→地〕做好每一件事。");
    }

    #[test]
    fn a_word_with_one_of_them_in_it_is_let_alone() {
        check_clean(&RULE, "体育场地人均面积较快增长，根据地建设得到加强，目的地管理取得进展。");
        check_clean(&RULE, "从量血压这些基本功教起,-个动作一个动作地抠。");
        check_clean(&RULE, "他一个动作一个动作地抠，一遍一遍地练，一步一步地走了过来。");
        check_clean(&RULE, "值得一提的是，他觉得这件事难得，不得不说，来得及时。");
    }

    #[test]
    fn what_a_writer_does_every_time_is_a_habit_and_no_term() {
        check(
            &RULE,
            "全体干部要认真〔的→地〕学习会议精神。\n\n各支部进行了认真的总结。\n\n要认真的态度，更要认真的精神。",
        );
    }

    #[test]
    fn right() {
        check_clean(&RULE, "认真地贯彻落实会议精神，取得了显著的成绩。");
        check_clean(&RULE, "目的地已经到达，工作完成得很好。");
        check_clean(&RULE, "经过不断的努力，有效的解决办法越来越多，群众最关心的是什么时候动工。");
        check_clean(&RULE, "他说的很多话都有道理，做的事也不少，走的是一条新路。");
        check_clean(&RULE, "全面的分析、准确的判断是做好工作的前提，科学的决策来自深入的调查。");
        check_clean(&RULE, "群众反映的比较强烈的问题得到解决，取得的成绩有目共睹。");
        check_clean(&RULE, "有的负责登记，有的负责搬运，好的要表扬，差的要批评。");
    }
}
