//! 同段重复用词：“进一步”“切实”“不断”一类空泛的词，一段里用了四次以上。
//!
//! 标在第一处，附其余各处。
//!
//! ## 例
//! - 〔进一步〕加强领导，进一步压实责任，进一步完善机制，进一步严明纪律。
//! - 〔切实〕改进作风，切实转变职能，切实服务群众，切实抓好落实。
//! - 要〔不断〕学习，不断提高，不断总结，不断改进。
//!
//! ## 不报
//! - 进一步加强领导，进一步压实责任，进一步严明纪律。 （三次）
//! - 坚持党的领导，坚持人民至上，坚持守正创新，坚持问题导向。 （有意的排比）
//! - 认真学习，积极工作，努力提高，扎实推进。 （各用一次）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：文字精练。

use crate::finding::{Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/phrase-repeat",
    summary: "同段重复用词",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("phrase_repeat.rs"),
    needs: &[Needs::Literal(&LISTED)],
    scope: Scope::Paragraph(check),
};

const WORDS: &[&str] = &[
    "进一步",
    "切实",
    "不断",
    "积极",
    "认真",
    "扎实",
    "大力",
    "着力",
    "充分",
    "努力",
    "深刻",
    "深入",
    "全面",
    "高度重视",
];
/// Fewer uses per paragraph are not reported.
const MIN_TIMES: usize = 4;
/// A long paragraph may have one per this many bytes (a hundred characters).
const SPREAD: usize = 300;

static LISTED: LiteralList = LiteralList::words(|| WORDS.to_vec());

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let mut places: [Vec<std::ops::Range<usize>>; WORDS.len()] = Default::default();
    for hit in paragraph.hits().longest() {
        places[hit.literal()].push(hit.range());
    }
    for (word, places) in WORDS.iter().zip(&places) {
        if places.len() < MIN_TIMES || places.len() * SPREAD < paragraph.text.len() {
            continue;
        }
        let message = format!("“{word}”本段用了{}次，宜只留一两处", places.len());
        out.push(Finding::at_places(places, message, "又用一次"));
    }
}
