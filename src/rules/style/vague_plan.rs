//! 打算没有抓手：写下一步、今后打算的一节，没有一个时限、责任人或指标。
//!
//! 一节一百二十字以上才报，标在标题上。
//!
//! ## 例
//! ```text
//! 工作总结
//! 一、主要工作
//! 开展了安全检查。
//! 〔二、下一步打算〕
//! 我们将继续加强学习，不断提高服务水平，进一步转变工作作风，把群众的冷暖放在心上，把各项工作抓紧抓实。
//! 我们将继续完善制度，堵塞管理漏洞，规范办事程序，改进服务态度，让群众办事更顺心。
//! 我们将继续深入基层，倾听群众意见，化解矛盾纠纷，维护社会和谐稳定，努力开创新局面。
//! ```
//!
//! ```text
//! 述职报告
//! 一、履职情况
//! 分管信访和档案。
//! 〔二、今后努力方向〕
//! 我将继续加强学习，不断提高业务水平，进一步转变工作作风，把群众的冷暖放在心上，把各项工作抓紧抓实。
//! 我将继续严格要求自己，遵守廉洁纪律，管好身边的人，自觉接受监督，树立良好形象。
//! 我将继续深入基层，倾听群众意见，化解矛盾纠纷，维护社会和谐稳定，为全局发展多作贡献。
//! ```
//!
//! ```text
//! 工作总结
//! 一、回顾
//! 开展了安全检查。
//! 二、其他
//! 〔（一）工作计划〕
//! 继续加强学习，不断提高服务水平，进一步转变工作作风，把群众的冷暖放在心上，把各项工作抓紧抓实。
//! 继续完善制度，堵塞管理漏洞，规范办事程序，改进服务态度，让群众办事更顺心。
//! 继续深入基层，倾听群众意见，化解矛盾纠纷，维护社会和谐稳定，努力开创新局面。
//! （二）建议
//! 请上级增加编制。
//! ```
//!
//! ## 不报
//! 有时限：
//!
//! ```text
//! 工作总结
//! 一、主要工作
//! 开展了安全检查。
//! 二、下一步打算
//! 我们将继续加强学习，不断提高服务水平，进一步转变工作作风，把群众的冷暖放在心上，把各项工作抓紧抓实。
//! 我们将继续完善制度，堵塞管理漏洞，规范办事程序，改进服务态度，年底前汇编成册。
//! 我们将继续深入基层，倾听群众意见，化解矛盾纠纷，维护社会和谐稳定，努力开创新局面。
//! ```
//!
//! 有责任主体：
//!
//! ```text
//! 工作总结
//! 一、主要工作
//! 开展了安全检查。
//! 二、下一步打算
//! 我们将继续加强学习，不断提高服务水平，进一步转变工作作风，把群众的冷暖放在心上，把各项工作抓紧抓实。
//! 我们将继续完善制度，由办公室牵头，堵塞管理漏洞，规范办事程序，改进服务态度。
//! 我们将继续深入基层，倾听群众意见，化解矛盾纠纷，维护社会和谐稳定，努力开创新局面。
//! ```
//!
//! 不足一百二十字：
//!
//! ```text
//! 工作总结
//! 一、主要工作
//! 开展了安全检查。
//! 二、下一步打算
//! 我们将继续加强学习，不断提高服务水平。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：所提政策措施和办法切实可行。计划写明任务、措施、时限和责任。

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

use super::section::sections;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/vague-plan",
    summary: "打算没有时限、责任和指标",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("vague_plan.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

const HEADINGS: [&str; 7] = ["下一步", "下步", "打算", "努力方向", "工作计划", "今后", "明年"];
const MIN_CHARS: usize = 120;

static HOLD: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "[一二三四五六七八九十]月|年底|月底|季度|上半年|下半年|周内|日前|每[年季月周日]|牵头|责任单位|责任人|专人|负责";
    Regex::new(pattern).expect("the pattern is a constant")
});

static HOLDS: Extract<()> = Extract::new(|text, _| flag(HOLD.is_match(text)));

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    for section in sections(view.document, &HEADINGS) {
        let holds = view.extract(&HOLDS);
        let has_hold = !holds.filled(section.blocks.clone()).is_empty();
        if section.is_longer(view, MIN_CHARS) && !section.has_figure(view) && !has_hold {
            let message = "这一节没有一个时限、责任人或指标，宜写明什么时候、谁来做、做到什么程度";
            out.push(Finding::new(section.heading.selection.clone(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn a_figure() {
        let vague = "我们将继续加强学习，不断提高服务水平，进一步转变作风，认真做好各项工作。".repeat(5);
        check_clean(
            &RULE,
            &format!("工作总结\n一、主要工作\n做了检查。\n二、下一步打算\n{vague}覆盖率达到90%。"),
        );
    }
}
