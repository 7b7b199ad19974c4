//! 比喻套语过密：“组合拳”“最后一公里”“牛鼻子”“压舱石”，一篇里用了五种以上。
//!
//! 报一条，标在第一处，附其余各处。篇幅很长、平均每五百字不到一处的，不报。
//!
//! ## 例
//! - 打好〔组合拳〕，牵住牛鼻子，打通最后一公里，筑牢压舱石，当好排头兵。
//! - 列出〔任务书〕、时间表、路线图、施工图，啃下硬骨头。
//! - 当好〔领头雁〕、主心骨、主力军、生力军、排头兵。
//!
//! ## 不报
//! - 打好组合拳，牵住牛鼻子，打通最后一公里，筑牢压舱石。 （四种）
//! - 打好组合拳，再打组合拳，牵住牛鼻子，再牵牛鼻子，打通最后一公里。 （三种，用了五次）
//!
//! 两篇各算各的：
//!
//! ```text
//! 总结 篇一：
//! 打好组合拳，牵住牛鼻子，筑牢压舱石。
//! 总结 篇二：
//! 当好排头兵，做好主心骨。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：文字精练；中央八项规定精神“切实改进文风”。

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/metaphor-density",
    summary: "比喻套语过密",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("metaphor_density.rs"),
    needs: &[Needs::Literal(&METAPHORS)],
    scope: Scope::Document(check),
};

const WORDS: &[&str] = &[
    "组合拳",
    "最后一公里",
    "牛鼻子",
    "压舱石",
    "排头兵",
    "主心骨",
    "领头雁",
    "金钥匙",
    "硬骨头",
    "先手棋",
    "突破口",
    "指挥棒",
    "风向标",
    "紧箍咒",
    "高压线",
    "防火墙",
    "总开关",
    "定盘星",
    "任务书",
    "路线图",
    "时间表",
    "施工图",
    "加速度",
    "新引擎",
    "主引擎",
    "动力源",
    "助推器",
    "催化剂",
    "试金石",
    "晴雨表",
    "稳定器",
    "蓄水池",
    "传声筒",
    "千里眼",
    "顺风耳",
    "绊脚石",
    "拦路虎",
    "责任田",
    "同心圆",
    "连心桥",
    "聚宝盆",
    "摇钱树",
    "强心针",
    "定心丸",
    "及时雨",
    "桥头堡",
    "主力军",
    "生力军",
    "战斗堡垒",
    "主阵地",
    "重头戏",
];
const MIN_KINDS: usize = 5;
/// Below one per this many characters a long part is fine.
const SPREAD: usize = 500;

static METAPHORS: LiteralList = LiteralList::words(|| WORDS.to_vec());

static USES: Extract<(usize, Range<usize>)> =
    Extract::with_literals(|_, hits| hits.longest().map(|hit| (hit.literal(), hit.range())).collect());

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&USES);
    for part in document.parts() {
        let (mut kinds, mut places) = (Vec::new(), Vec::<Range<usize>>::new());
        for (index, (kind, range)) in noted.within(part.clone()) {
            places.push(document.blocks()[index].to_source(range.clone()));
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        if kinds.len() < MIN_KINDS {
            continue;
        }
        let bytes: usize = document.blocks()[part].iter().map(|block| document.text(block).len()).sum();
        if places.len() * SPREAD < bytes / 3 {
            continue;
        }
        let message = format!("本篇用了{}种比喻套语，共{}处，宜换成具体的事", kinds.len(), places.len());
        out.push(Finding::at_places(&places, message, "比喻套语"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn dense() {
        check(&RULE, "列出〔任务书〕、时间表、路线图、施工图。\n啃下硬骨头。");
        check(&RULE, "总结 篇一：\n甲。\n总结 篇二：\n当好〔领头雁〕、主心骨、主力军、生力军、排头兵。");
    }

    #[test]
    fn sparse() {
        let filler = "全年共走访企业三十家，办结事项二十件，群众满意率逐月上升。".repeat(120);
        check_clean(&RULE, &format!("{filler}组合拳，牛鼻子，压舱石，排头兵，主心骨。"));
    }
}
