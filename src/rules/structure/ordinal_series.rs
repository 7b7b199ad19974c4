//! “一是……二是……”断链：段落里的“一是、二是”“一要、二要”“第一，第二，”“①②”跳号、重号。
//!
//! 同一段或相邻几段里的序次语接着数；后面顺着错的不再重复报，快速修复一并顺改。编号独立成行的，由 `structure/numbering` 管。
//!
//! ## 例
//! - 主要做法：一是抓学习，二是抓作风，〔四→三〕是抓落实。
//! - 一要严格标准，二要压实责任，〔二→三〕要强化督查。
//! - 第一，提高认识；第〔三→二〕，完善制度。
//! - 材料包括：①申请书；②证明；〔④→③〕照片。
//!
//! ## 不报
//! - 一是抓学习，一要读、二要写，二是抓落实，三是抓总结。 （一段里分两层数）
//! - 第一，提高认识。其次，完善制度。第三，强化督查。 （换一种说法接下去）
//! - 干工作一是一，二是二，险情发生后第一时间到场。 （固定说法）
//!
//! ## 依据
//! 序次语依次相承；写法见 GB/T 15834-2011《标点符号用法》附录B.3“序次语之后的标点用法”。

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::document::Document;
use crate::text::series::{self, Mark, Series, SeriesForm};

use crate::chinese::numeral;

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/ordinal-series",
    summary: "“一是、二是”跳号、重号",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("ordinal_series.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// The numbers of a paragraph that may belong to a series.
pub(super) static MARKS: Extract<Mark> = Extract::new(|text, _| series::marks(text));

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let marks = view.extract(&MARKS);
    let parts = series::by_part(document, |blocks| marks.within(blocks));
    out.extend(parts.iter().flat_map(|(_, all)| all).filter_map(|series| judge(document, series)));
}

/// The first break of a series.
fn judge(document: &Document, series: &Series) -> Option<Finding> {
    let marks = &series.marks;
    let at = (1..marks.len()).find(|&i| marks[i].value != marks[i - 1].value + 1)?;
    let (before, this) = (&marks[at - 1], &marks[at]);
    let should = before.value + 1;
    if this.value > should + 1 && marks.len() == 2 || is_told_otherwise(document, before, this, should) {
        return None;
    }
    // The same number twice in two paragraphs may be two series without a first.
    if this.value <= before.value && (this.block != before.block || this.value < before.value) {
        return None;
    }
    let shown = |mark: &Mark| document.text(&document.blocks()[mark.block])[mark.range.clone()].to_owned();
    let wanted = with_value(document, this, should)?;
    let message = if this.value == before.value {
        format!("“{}”重复，接着应是“{wanted}”", shown(this))
    } else {
        format!("从“{}”跳到“{}”，缺“{wanted}”，请补上或改号", shown(before), shown(this))
    };
    // 1 2 2 3: what follows counts on from the error, and is moved as well.
    let alone = marks.get(at + 1).is_some_and(|next| next.value == should + 1);
    let last = if alone { at } else { marks.len() - 1 };
    let mut edits = Vec::new();
    for (value, mark) in (should..).zip(&marks[at..=last]) {
        let block = &document.blocks()[mark.block];
        if mark.value != value {
            let range = block.to_source(mark.number.clone());
            edits.push(Edit { range, text: number(mark.form, value)? });
        }
    }
    let place = |mark: &Mark| document.blocks()[mark.block].to_source(mark.number.clone());
    let mut title = format!("改为“{wanted}”");
    if edits.len() > 1 {
        title += "，后面顺改";
    }
    Some(Finding::new(place(this), message).related(place(before), "前一个在这里").fix(Fix {
        title,
        edits,
        applicability: Applicability::Suggested,
    }))
}

fn number(form: SeriesForm, value: u32) -> Option<String> {
    match form {
        SeriesForm::Word(_) | SeriesForm::Ordinal => Some(numeral::to_chinese(value)),
        SeriesForm::Circled => numeral::to_circled(value).map(String::from),
        SeriesForm::Bracketed => Some(value.to_string()),
    }
}

fn with_value(document: &Document, mark: &Mark, value: u32) -> Option<String> {
    let text = document.text(&document.blocks()[mark.block]);
    let (range, own) = (&mark.range, &mark.number);
    let after = text[own.end..range.end].trim_end_matches(['，', ',', '：', ':']);
    Some(format!("{}{}{after}", &text[range.start..own.start], number(mark.form, value)?))
}

/// Is the number that is missing there in another form: 其次, 第二, （二）, 二要?
fn is_told_otherwise(document: &Document, before: &Mark, this: &Mark, should: u32) -> bool {
    let value = numeral::to_chinese(should);
    let others = ["其次", "再次", "再者", "此外", "另外", "还有", "同时", "也是", "也要"];
    (before.block..=this.block).any(|index| {
        let text = document.text(&document.blocks()[index]);
        let from = if index == before.block { before.range.end } else { 0 };
        let to = if index == this.block { this.range.start } else { text.len() };
        let between = &text[from.min(to)..to];
        others.iter().any(|word| between.contains(word))
            || ["是", "要", "、", "，", "靠", "抓", "看", "者", "）", ")"]
                .iter()
                .any(|word| between.contains(&format!("{value}{word}")))
            || between.contains(&format!("第{value}"))
            || (this.form == SeriesForm::Bracketed && between.contains(&should.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_suggestion, messages};

    #[test]
    fn broken_series() {
        check(&RULE, "主要做法：一是抓学习，提素质；二是抓作风，树形象；〔四→三〕是抓落实，见成效。");
        check(&RULE, "一是走访农户。\n二是建立台账。\n〔四→三〕是逐户销号。");
        check_suggestion(
            &RULE,
            "一是抓学习，二是抓作风，四是抓落实，五是抓总结。",
            "一是抓学习，二是抓作风，三是抓落实，四是抓总结。",
        );
        assert_eq!(
            messages(&RULE, "一是甲，二是乙，四是丙。"),
            ["从“二是”跳到“四是”，缺“三是”，请补上或改号"]
        );
    }

    #[test]
    fn whole_series() {
        check_clean(&RULE, "一是一，二是二，第一时间到场，四是虚数。");
        check_clean(&RULE, "一、学习\n一是读书。\n二、工作\n一是走访；二是调研；三是总结。");
        check_clean(&RULE, "一是甲。一是乙。一是丙。");
        check_clean(&RULE, "图中①③为新建，②为改建。");
    }
}
