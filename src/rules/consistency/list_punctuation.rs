//! 同一组列项的末尾标点不一：前面都用分号，中间一项用了句号。
//!
//! 三项以上、每项一句的编号列项，除最后一项外，末尾标点应当一致。
//!
//! ## 例
//! ```text
//! 今年重点做好以下工作：
//! 1.制定实施方案；
//! 2.组织业务培训〔。→；〕
//! 3.开展专项检查；
//! 4.做好总结验收。
//! ```
//!
//! ```text
//! 申请人提交下列材料：
//! （1）身份证明复印件；
//! （2）房屋权属证明〔，→；〕
//! （3）近一年缴费记录；
//! （4）书面申请。
//! ```
//!
//! ```md
//! 责任分工：
//!
//! - 办公室负责会务；
//! - 财务科负责经费；
//! - 宣传科负责报道〔。→；〕
//! - 后勤科负责保障。
//! ```
//!
//! ## 不报
//! 最后一项用句号：
//!
//! ```text
//! 1.制定实施方案；
//! 2.组织业务培训；
//! 3.开展专项检查。
//! ```
//!
//! 有的项不止一句：
//!
//! ```text
//! 1.制定实施方案。方案报县政府备案。
//! 2.组织业务培训；
//! 3.开展专项检查。检查结果通报全县。
//! 4.做好总结验收。
//! ```
//!
//! 分号、句号一样多，看不出以哪个为准：
//!
//! ```text
//! 1.制定实施方案；
//! 2.组织业务培训。
//! 3.开展专项检查。
//! 4.做好总结验收；
//! 5.整理归档。
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.6.3.3：分号用于分项列举的各项之间。同一组列项前后一致，是通行的排法。

use std::collections::HashMap;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::{Block, BlockKind};
use crate::text::document::Document;
use crate::text::numbering::{self, Marker, NumberForm};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/list-punctuation",
    summary: "列项末尾标点不一",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("list_punctuation.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static MARKERS: Extract<Marker> = Extract::new(|text, _| numbering::parse(text).into_iter().collect());

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let mut run: Vec<&Block> = Vec::new();
    let mut form: Option<(Option<NumberForm>, u32)> = None;
    let noted = view.extract(&MARKERS);
    let mut markers = noted.within(0..document.blocks().len()).peekable();
    for (index, block) in document.blocks().iter().enumerate() {
        let marker = markers.next_if(|(at, _)| *at == index).map(|(_, marker)| marker);
        let this = match (block.kind, marker) {
            (BlockKind::ListItem, _) => Some((None, 0)),
            (BlockKind::Paragraph, Some(m)) if m.style != NumberForm::Chinese => {
                Some((Some(m.style), m.value))
            }
            _ => None,
        };
        let continues = match (form, this) {
            (Some((None, _)), Some((None, _))) => true,
            (Some((Some(a), before)), Some((Some(b), value))) => a == b && value == before + 1,
            _ => false,
        };
        if !continues {
            judge(document, &run, out);
            run.clear();
        }
        if this.is_some() {
            run.push(block);
        }
        form = this;
    }
    judge(document, &run, out);
}

fn ending(text: &str) -> Option<char> {
    text.chars().next_back().filter(|c| matches!(c, '。' | '；' | ';' | '，' | ','))
}

fn judge(document: &Document, run: &[&Block], out: &mut Vec<Finding>) {
    let Some((_, items)) = run.split_last().filter(|(_, items)| items.len() >= 3) else { return };
    let text = |block: &Block| document.text(block).trim_end().to_owned();
    // An item of several sentences ends as sentences do.
    if run.iter().any(|block| {
        let text = text(block);
        let body = text.strip_suffix(['。', '；', ';', '，', ',']).unwrap_or(&text);
        body.contains(['。', '；', '\n'])
    }) {
        return;
    }
    let ends: Vec<Option<char>> = items.iter().map(|block| ending(&text(block))).collect();
    let mut counts: HashMap<Option<char>, usize> = HashMap::new();
    for end in &ends {
        *counts.entry(*end).or_default() += 1;
    }
    let count = |mark: Option<char>| counts.get(&mark).copied().unwrap_or_default();
    let Some(usual) = ends.iter().copied().max_by_key(|end| count(*end)) else { return };
    let (Some(usual), odd) = (usual, ends.len() - count(usual)) else { return };
    if odd != 1 || !matches!(usual, '。' | '；') {
        return;
    }
    let Some(at) = ends.iter().position(|end| *end != Some(usual)) else { return };
    let Some(mark) = ends[at] else { return };
    let block = items[at];
    let end = document.text(block).trim_end().len();
    let range = block.to_source(end - mark.len_utf8()..end);
    let message = format!("列项末尾的标点不一：其他各项用“{usual}”，这里用“{mark}”");
    out.push(Finding::new(range, message).replace(usual.to_string(), Applicability::Suggested));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn odd_ones() {
        check(
            &RULE,
            "（1）报名时间不变。\n（2）考试地点不变〔；→。〕\n（3）评分办法不变。\n（4）公示期不变。",
        );
    }

    #[test]
    fn same_or_many_sentences() {
        check_clean(&RULE, "一、制定方案\n二、组织培训\n三、开展检查");
    }
}
