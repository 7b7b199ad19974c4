//! 报告夹带请示：报告里写“请批示”“请予批准”。
//!
//! 报告不得夹带请示事项。要上级答复的，另文用“请示”；只是报告情况的，结语改用“特此报告”。
//!
//! ## 例
//! ```text
//! 关于防汛物资情况的报告
//! 县政府：
//! 现有沙袋三千只。
//! 〔妥否，请批示→特此报告〕。
//! ```
//!
//! ```text
//! 2026年整改情况报告
//! 县委：
//! 整改已完成。
//! 〔以上请示，请批准→特此报告〕。
//! ```
//!
//! ```text
//! 关于校舍安全的报告
//! 县政府：
//! 恳请拨付维修资金50万元，〔请予批准〕。
//! ```
//!
//! ## 不报
//! 请审阅，不是请批准：
//!
//! ```text
//! 关于防汛物资情况的报告
//! 县政府：
//! 现有沙袋三千只。
//! 以上报告，请审阅。
//! ```
//!
//! 叙述请示的经过：
//!
//! ```text
//! 关于校舍安全的报告
//! 县教育局：
//! 维修方案已于5月报县政府请予批准，现已开工。
//! ```
//!
//! 标题不是报告：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 妥否，请批示。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十五条（四）：不得在报告等非请示性公文中夹带请示事项。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/report-with-request",
    summary: "报告夹带请示",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("report_with_request.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A request that ends its sentence and its paragraph.
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?P<closing>(?:以上)?(?:请示)?[妥当][否，]+请(?:予)?(?:批示|批复|批准|审批)|以上请示，请(?:予)?(?:批准|批复|批示))[。！]?$|[，。；](?P<plain>请(?:领导)?予?以?(?:批示|批复|批准|审批))[。！]?$";
    Regex::new(pattern).expect("the pattern is a constant")
});

static REQUESTS: Extract<(bool, Range<usize>)> = Extract::new(requests);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type.filter(|kind| kind.must_not_ask) else { continue };
        let Some(usual) = kind.closings.first() else { continue };
        for (index, (closes, range)) in view.extract(&REQUESTS).within(title.body..part.end) {
            let message = format!("{}不得夹带请示事项：需要批复的另文请示，否则结语改为“{usual}”", kind.name);
            let finding = Finding::new(document.blocks()[index].to_source(range.clone()), message);
            out.push(match closes {
                true => finding.replace(*usual, Applicability::Suggested),
                false => finding,
            });
        }
    }
}

/// The first request of a paragraph, and whether it is one that closes a document.
fn requests(text: &str, _: BlockKind) -> Vec<(bool, Range<usize>)> {
    let captures = text.contains('请').then(|| REQUEST.captures(text)).flatten();
    let request = captures.and_then(|found| {
        let closing = found.name("closing").map(|closing| (true, closing.range()));
        closing.or_else(|| Some((false, found.name("plain")?.range())))
    });
    request.into_iter().collect()
}
