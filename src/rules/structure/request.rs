//! 请示的体例：只写一个主送机关，一文一事，有请示的结语。
//!
//! ## 例
//! 只留一个主送机关，其他用抄送：
//!
//! ```text
//! 关于购置水泵的请示
//! 〔县财政局、县水利局〕：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! 妥否，请批示。
//! ```
//!
//! 没有“妥否，请批示”一类结语：
//!
//! ```text
//! 〔关于购置水泵的请示〕
//! 县财政局：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! 某县农技站
//! ```
//!
//! 一文一事，另行请示：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 我站拟购置水泵两台，需资金十二万元。〔另，请一并批准增加编制两名〕。
//! ……
//! 妥否，请批示。
//! ```
//!
//! ## 不报
//! 结语有多种写法：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! 以上请求，恳请研究批准为盼。
//! ```
//!
//! 不足百字的提纲：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 拟购置水泵两台。
//! ```
//!
//! 标题不是请示：
//!
//! ```text
//! 关于购置水泵的通知
//! 县财政局、县水利局：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十五条：原则上主送一个上级机关；请示应当一文一事。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/request",
    summary: "请示的体例",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("request.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static SECOND_MATTER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:另外?|此外)，?(?:恳|还)?请(?:求)?(?:(?:一并|同时)(?:批准|解决|审批|研究|拨付)|(?:帮助|协调)?解决)[^，。；]{0,20}|同时，?一并(?:请示|申请|请求)[^，。；]{0,20}";
    Regex::new(pattern).expect("the pattern is a constant")
});

static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"请(?:予|予以|领导|审核)?(?:批示|批复|批准|审批|审定|指示|核准)|[妥当]否|可否，请|特此请示|(?:请|望)[^，。；]{0,14}(?:批示|批复|批准|审批|审定|审议|研究|答复|支持|同意|解决)(?:为盼|为感|为荷)?[。！]?$";
    Regex::new(pattern).expect("the pattern is a constant")
});

static SECOND_MATTERS: Extract<Range<usize>> =
    Extract::new(|text, _| SECOND_MATTER.find(text).map(|it| it.range()).into_iter().collect());

static ASKING: Extract<()> = Extract::new(|text, _| flag(ASKS.is_match(text)));
/// A longer line is no addressee.
const MAX_ADDRESSEE_CHARS: usize = 60;

/// Shorter texts are outlines.
const MIN_CHARS: usize = 60;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.parts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type.filter(|kind| kind.asks) else { continue };
        let Some(usual) = kind.closings.first() else { continue };
        let body = &document.blocks()[title.block + 1..part.end];
        if let Some(address) = body.first() {
            let text = document.text(address);
            let name = text.trim_end_matches(['：', ':']);
            if name.len() < text.len()
                && name.contains(['、', '，', ','])
                && name.chars().count() <= MAX_ADDRESSEE_CHARS
            {
                let message = format!("{}只主送一个上级机关，其他需要知道的用抄送", kind.name);
                out.push(Finding::new(address.to_source(0..name.len()), message));
            }
        }
        let second = view.extract(&SECOND_MATTERS);
        for (index, range) in second.within(title.block + 1..part.end) {
            let message = format!("{0}应当一文一事，另一件事请另行{0}", kind.name);
            let place = document.blocks()[index].to_source(range.clone());
            out.push(Finding::new(place, message).with_severity(Severity::Info));
        }
        let asks = view.extract(&ASKING);
        let blocks = title.block + 1..part.end;
        if view.length(blocks.clone()) >= MIN_CHARS && asks.filled(blocks).is_empty() {
            let last = body.iter().rev().find(|block| document.text(block).ends_with(['。', '；', '！']));
            let block = &document.blocks()[title.block];
            let message = format!("{}没有结语，应以“{usual}。”一类的话收尾", kind.name);
            let mut finding = Finding::new(block.to_source(title.range.clone()), message);
            if let Some(last) = last {
                let edits =
                    vec![Edit { range: last.range.end..last.range.end, text: format!("\n{usual}。") }];
                let title = format!("在正文之后加“{usual}。”");
                finding = finding.fix(Fix { title, edits, applicability: Applicability::Suggested });
            }
            out.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_suggestion};

    const BODY: &str = "为保障今年防汛排涝，我站拟购置大功率水泵两台，预计需要资金十二万元，其中自筹四万元，其余八万元请县财政予以安排，设备由我站负责管理和维护。";

    #[test]
    fn a_request_closes_in_many_ways() {
        let ways = [
            "特此请示。",
            "恳请县财政局研究批准为盼。",
            "可否，请示。",
            "以上请求，望县局领导审批。",
            "请予审议。",
            "请县局给予支持为感。",
            "妥否？请批示。",
        ];
        for way in ways {
            check_clean(&RULE, &format!("关于购置水泵的请示\n县财政局：\n{BODY}\n{way}\n农技站"));
        }
    }

    #[test]
    fn a_closing_goes_before_the_signature() {
        check_suggestion(
            &RULE,
            &format!("关于购置水泵的请示\n县财政局：\n{BODY}\n农技站"),
            &format!("关于购置水泵的请示\n县财政局：\n{BODY}\n妥否，请批示。\n农技站"),
        );
    }

    #[test]
    fn a_second_matter() {
        let body = BODY.replace("设备由", "〔另外，请解决我站用房紧张的问题〕，设备由");
        check(&RULE, &format!("关于购置水泵的请示\n县财政局：\n{body}\n妥否，请批示。"));
    }

    #[test]
    fn an_outline() {
        check_clean(&RULE, "关于购置水泵的请示\n县财政局：\n请予批准。");
    }
}
