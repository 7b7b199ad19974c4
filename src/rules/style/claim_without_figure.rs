//! 成绩没有数字：写成绩、成效的一节，处处“显著”“圆满”，没有一个数。
//!
//! 一节一百五十字以上，有两处以上这样的断语，才报，标在标题上。
//!
//! ## 例
//! ```text
//! 工作总结
//! 〔一、主要成绩〕
//! 服务水平明显提升，各项任务圆满完成。
//! ……
//! 二、存在的问题
//! 人手不足。
//! ```
//!
//! ```text
//! 工作总结
//! 一、基本情况
//! 全站设技术、推广、后勤三个组。
//! 〔二、工作开展情况〕
//! ……
//! 粮食生产取得了长足进步，群众满意度大幅提高。
//! ```
//!
//! ```text
//! 工作总结
//! 一、回顾
//! 〔（一）工作成效〕
//! 作风建设成效显著，干部精神面貌明显改变。
//! ……
//! （二）体会
//! 要抓早抓小。
//! ```
//!
//! ## 不报
//! 有数字，汉字数字也算：
//!
//! ```text
//! 工作总结
//! 一、主要成绩
//! 服务水平明显提升，培训三百人次，各项任务圆满完成。
//! ……
//! ```
//!
//! 没有断语，只叙述做了什么：
//!
//! ```text
//! 工作总结
//! 一、主要工作
//! ……
//! 二、下一步打算
//! 继续抓好培训。
//! ```
//!
//! 不足一百五十字：
//!
//! ```text
//! 工作总结
//! 一、主要成绩
//! 服务水平明显提升，各项任务圆满完成。
//! 二、下一步打算
//! 继续抓好培训。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：一切从实际出发，表述准确。总结、报告用事实和数据说话，可补：数量、同比、完成率、覆盖率、满意度、典型事例。

use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

use super::section::sections;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/claim-without-figure",
    summary: "成绩没有数字",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("claim_without_figure.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

const HEADINGS: [&str; 8] =
    ["成绩", "成效", "主要工作", "工作开展", "完成情况", "工作情况", "工作亮点", "主要做法"];
const CLAIMS: [&str; 12] = [
    "显著",
    "明显",
    "大幅",
    "圆满",
    "全面完成",
    "长足",
    "有效提升",
    "有效提高",
    "稳步提升",
    "取得了",
    "新台阶",
    "新突破",
];
/// Sections with fewer claims or characters are not reported.
const MIN_CLAIMS: usize = 2;
const MIN_CHARS: usize = 150;

static COUNTS: Extract<usize> = Extract::new(claims);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    for section in sections(view.document, &HEADINGS) {
        let claims: usize =
            view.extract(&COUNTS).within(section.blocks.clone()).map(|(_, claims)| claims).sum();
        if claims >= MIN_CLAIMS && section.is_longer(view, MIN_CHARS) && !section.has_figure(view) {
            let message = format!(
                "这一节有{claims}处“显著”“圆满”一类的断语，没有一个数字，可补数量、同比、完成率或事例"
            );
            out.push(Finding::new(section.heading.selection.clone(), message));
        }
    }
}

/// The number of claims in a paragraph, where there are any.
fn claims(text: &str, _: BlockKind) -> Vec<usize> {
    let claims = CLAIMS.iter().map(|claim| text.matches(claim).count()).sum();
    Some(claims).filter(|&claims| claims > 0).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn a_percentage() {
        let boast = "我们狠抓作风建设，服务水平明显提升，各项任务圆满完成，干部精神面貌焕然向上。".repeat(5);
        check_clean(&RULE, &format!("工作总结\n一、主要成绩\n{boast}投诉下降12%。\n二、打算\n再努力。"));
    }
}
