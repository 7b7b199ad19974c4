//! 动词虚化：“进行检查”“加以落实”“予以解决”，一段里用得多了，动作反而不清楚，可以直说“检查”“落实”“解决”。
//!
//! 一段里有四处以上才报，标在第一处，附其余各处。
//!
//! ## 例
//! - 对隐患〔进行排查〕，对问题予以解决，对责任人进行约谈，对整改情况加以核实。
//! - 会议对全年工作〔进行了总结〕，对明年任务作出部署，对存在的不足进行了分析，要求对台账加以完善。
//! - 对符合条件的〔给予指导〕，对进度慢的进行督促，对做法好的予以推广，年底统一进行考核。
//!
//! ## 不报
//! - 对隐患进行排查，对问题予以解决，对责任人进行约谈。 （三处）
//! - 进行了为期三天的检查，进行新一轮培训，对违规的予以处罚，对失职的给予行政处分。 （带时间、次数的，法律用语）
//! - 排查隐患，解决问题，约谈责任人，核实整改情况。 （已经直说）
//!
//! ## 依据
//! 吕叔湘《现代汉语八百词》“进行”“加以”条；《党政机关公文处理工作条例》第十九条：文字精练。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/light-verb",
    summary: "动词虚化过多",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("light_verb.rs"),
    needs: &[Needs::Literal(&VERBS)],
    scope: Scope::Paragraph(check),
};

static LIGHT: LazyLock<Regex> = LazyLock::new(|| {
    let verbs = "检查|排查|整改|落实|解决|处理|研究|分析|讨论|学习|宣传|培训|指导|监督|管理|改造|调整|核实|约谈|安排|部署|总结|汇总|梳理|登记|统计|审核|清理|整治|改进|完善|克服|纠正|推进|推广|督促|考核|评估|调查|走访|慰问";
    Regex::new(&format!(
        "(?:进行|加以|予以|给予|作出|做出)了?(?:认真|全面|深入|及时|逐一|统一|集中)?(?:{verbs})"
    ))
    .expect("the pattern is a constant")
});

static VERBS: LiteralList = LiteralList::words(|| vec!["进行", "加以", "予以", "给予", "作出", "做出"]);

/// Fewer per paragraph are not reported.
const MIN_TIMES: usize = 4;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.hits().all().nth(MIN_TIMES - 1).is_none() {
        return;
    }
    let places: Vec<_> = LIGHT.find_iter(text).map(|found| found.range()).collect();
    if places.len() < MIN_TIMES {
        return;
    }
    let message = format!("本段用了{}处“进行、加以、予以＋动词”，宜直接用动词", places.len());
    out.push(Finding::at_places(&places, message, "又一处"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn many() {
        check(&RULE, "会议对工作〔进行了总结〕，对任务进行了部署，对问题进行分析，对措施进行完善。");
        check(&RULE, "要〔加以落实〕，予以推广，进行考核，给予指导。");
    }
}
