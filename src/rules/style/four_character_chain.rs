//! 四字格堆砌：一连五个以上四字格，读来响亮，说的是一件事。
//!
//! ## 例
//! - 要做到：〔统筹兼顾、突出重点、分类指导、压茬推进、久久为功〕。
//! - 〔站位不高，学习不深，担当不够，作风不实，纪律不严〕。
//! - 一年来，〔踏踏实实、勤勤恳恳、任劳任怨、兢兢业业、默默奉献〕。
//!
//! ## 不报
//! - 统筹兼顾、突出重点、分类指导、压茬推进。 （四个）
//! - 发展科技金融、绿色金融、普惠金融、养老金融、数字金融。 （同类的名称）
//! - 走访企业、召开座谈会、发放问卷、开展培训、完成整改。 （中间有别的字数）
//! - 巩固“三农”地位，要做到粮食增产、农业增效、农民增收、12个村增绿、农村增美。 （中间有数字）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：内容简洁、文字精练；中央八项规定精神“切实改进文风”。

use crate::chinese::is_hanzi;
use crate::finding::{Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/four-character-chain",
    summary: "四字格堆砌",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("four_character_chain.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// This many in a row are reported.
const MIN_CHAIN: usize = 5;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let mut chain = (0, 0, 0);
    let mut start = 0;
    let mut report = |(from, to, count): (usize, usize, usize)| {
        if count >= MIN_CHAIN && !is_list(&text[from..to]) {
            let message = format!("四字格堆砌：一连{count}个四字格，宜留一两个，其余换成具体的事");
            out.push(Finding::new(from..to, message));
        }
    };
    let ends = text.char_indices().filter(|(_, c)| !is_hanzi(*c));
    for (end, mark) in ends.chain([(text.len(), '\n')]) {
        // Four characters of three bytes each.
        let four = end - start == 12;
        chain = match (four, chain) {
            (true, (_, _, 0)) => (start, end, 1),
            (true, (from, _, count)) => (from, end, count + 1),
            (false, _) => (0, 0, 0),
        };
        if !matches!(mark, '、' | '，') || !four {
            report(chain);
            chain = (0, 0, 0);
        }
        start = end + if end < text.len() { mark.len_utf8() } else { 0 };
    }
}

/// 科技金融、绿色金融、普惠金融: names of a kind end alike.
fn is_list(chain: &str) -> bool {
    let tail = |part: &str| part.char_indices().nth(2).map(|(at, _)| part[at..].to_owned());
    let mut tails: Vec<_> = chain.split(['、', '，']).filter_map(tail).collect();
    let all = tails.len();
    tails.sort();
    tails.dedup();
    tails.len() * 2 <= all + 1
}
