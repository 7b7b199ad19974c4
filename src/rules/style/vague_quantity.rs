//! 模糊量过多：一段里“一定”“一些”“部分”“多次”“大量”用了四处以上，却没有一个数字。
//!
//! 标在第一处，附其余各处。
//!
//! ## 例
//! - 开展了〔多次〕检查，发现一些问题，部分单位整改不力，取得一定成效。
//! - 群众反映〔较多〕，个别干部作风不实，不少问题有所反弹。
//! - 走访了〔许多〕企业，解决了一些困难，收到大量来信，取得较好效果。
//!
//! ## 不报
//! - 开展了12次检查，发现一些问题，部分单位整改不力，少数人员松懈，取得一定成效。 （有阿拉伯数字）
//! - 发现一些问题，部分单位整改不力，少数人员松懈。 （三处）
//! - 一定要抓好落实，一定要守住底线，一定要让群众满意，一定要见成效。 （“一定要”不是数量）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：表述准确、文字精练。

use crate::chinese::numeral;
use crate::finding::{Finding, Severity};
use crate::rule::literals::{Hit, LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/vague-quantity",
    summary: "模糊量过多",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("vague_quantity.rs"),
    needs: &[Needs::Literal(&LISTED)],
    scope: Scope::Paragraph(check),
};

const WORDS: &[&str] = &[
    "一定的",
    "一定成",
    "一定程度",
    "一些",
    "部分",
    "多次",
    "大量",
    "若干",
    "较多",
    "有所",
    "基本上",
    "许多",
    "不少",
    "少数",
    "个别",
    "广大",
    "较大",
    "较好",
    "一系列",
    "各种",
];
const MIN_TIMES: usize = 4;

static LISTED: LiteralList = LiteralList::words(|| WORDS.to_vec());

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let places: Vec<_> = paragraph.hits().longest().map(Hit::range).collect();
    if places.len() < MIN_TIMES || text.contains(|c: char| numeral::arabic_digit(c).is_some()) {
        return;
    }
    let message = format!("本段有{}处模糊的量，却没有一个数字，能写数的地方宜写数", places.len());
    out.push(Finding::at_places(&places, message, "又一处"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn exact() {
        check_clean(&RULE, "全部完成整改，群众满意。");
    }
}
