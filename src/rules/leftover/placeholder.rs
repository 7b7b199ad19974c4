//! 占位符未填：模板里留给人填写的空位，成稿时还在。
//!
//! 范文和模板用 `20__年`、`__市`、`××局`、`某某单位`、`【请填写】`、`TODO` 留空。交稿时还留着，读者一眼就会看见。
//!
//! ## 例
//! - 〔20__年〕参加工作，7月当选为〔__市〕医学会委员。
//! - 请于〔X月X日〕前报送〔××局〕办公室。
//! - 联系人：〔【请填写】〕
//!
//! ## 不报
//! - 尺寸、倍数里的乘号：3×5米。
//! - 判决书和报道里隐去姓名的“张某”“李某某”。
//! - Markdown 里有效的加粗、斜体和代码。
//!
//! ## 依据
//! 公文定稿要求内容完整（《党政机关公文处理工作条例》第二十条：公文文稿签发前的审核）。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::is_hanzi;
use crate::lint::diagnostic::Severity;
use crate::rules::cues::Listed;
use crate::rules::{Finding, Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/placeholder",
    summary: "占位符未填",
    severity: Severity::Error,
    fix: None,
    doc: module_doc!("placeholder.rs"),
    scope: Scope::Paragraph(check),
};

/// Blanks of underscores, with the digits before them (20__) and one unit after them (年, 市, 研讨会).
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:19|20)?(?:_+|＿+)(?:年度|年|月|日|市委|市政府|市|省|县|区|镇|乡|村|局|处|科|院|校|部|公司|单位|学校|医院|同志|人|次|个|万元|元|名|家|期|班|培训班|研讨会|会议|活动)?",
    )
});

/// ×× and XX for a name or a number, X月X日.
static CROSSES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"20(?:[xX×ＸＸ*＊]{1,2}|[0-9][xX×Ｘ*＊])年|[xX×Ｘ]{1,4}月[xX×Ｘ]{1,4}日|(?:×{2,}|Ｘ{2,}|[xX]{2,}|○{2,}|\*{2,}|＊{2,}|△{2,})(?:年|月|日|市|省|县|区|镇|乡|村|局|处|科室|科|院|校|部门|部|公司|单位|学校|医院|同志|书记|主任|会议|活动|项目|工程|街道|社区|等)",
    )
});

/// Brackets with an instruction inside, and marks of unfinished work.
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"[【〔\[（(][^】〕\]）)]{0,20}(?:请填写|待填写|填写|待补充|待补|此处|请输入|请删除|单位名称|姓名|可根据实际|根据实际情况(?:修改|填写|调整)|选填|示例)[^】〕\]）)]{0,20}[】〕\]）)]|\{\{[^{}\n]{1,40}\}\}|\b(?:TODO|FIXME|TBD|XXX)\b",
    )
});

/// 某某 before a kind of organisation or place, where no name is hidden on purpose.
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"某{2,}(?:市|省|县|区|镇|乡|村|局|处|科|院|校|部|公司|单位|学校|医院|街道|社区)")
});

/// One of these stands in every match of the two patterns above.
pub(in crate::rules) static SIGNS: Listed = Listed::words(|| {
    let notes = ["填写", "待补", "此处", "请输入", "请删除", "单位名称", "姓名", "根据实际", "选填", "示例"];
    [&notes[..], &["{{", "TODO", "FIXME", "TBD", "XXX", "某某"]].concat()
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.cues.may_hold("_＿") {
        out.extend(
            BLANK.find_iter(text).filter(|m| is_blank(text, m.range())).map(|m| finding(text, m.range())),
        );
    }
    let crosses = paragraph.cues.may_hold("xX×ＸＸ*＊○△").then_some(&CROSSES);
    let noted = paragraph.cues.has(&SIGNS);
    for pattern in crosses.into_iter().chain(noted.then_some(&NOTE)) {
        out.extend(
            pattern
                .find_iter(text)
                .filter(|m| stands_free(text, m.range()))
                .map(|m| finding(text, m.range())),
        );
    }
    if !noted {
        return;
    }
    let somebody = SOMEBODY.find_iter(text).filter(|m| !follows_surname(text, m.start()));
    out.extend(somebody.map(|m| finding(text, m.range())));
}

fn finding(text: &str, range: Range<usize>) -> Finding {
    let shown = &text[range.clone()];
    Finding::new(range, format!("占位符“{shown}”还没有填写，请补上内容或删去"))
}

/// An underscore is a blank beside Chinese text, and no part of a file name or an identifier. A long line of them,
/// alone or after a colon, is a form's line to be signed on paper.
fn is_blank(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let identifier = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/');
    let shown = &text[range.clone()];
    let bare = shown.trim_matches(['_', '＿']).is_empty();
    if identifier(before) || (bare && identifier(after)) {
        return false;
    }
    let long = shown.chars().filter(|c| matches!(c, '_' | '＿')).count() > 8;
    !(bare && (long || (before.is_none() && after.is_none())))
}

/// 3×5 and names of products are no blanks.
fn stands_free(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    !before.is_some_and(|c| {
        c.is_ascii_alphanumeric() && text[range.clone()].starts_with(|c: char| !c.is_ascii_digit())
    })
}

/// 张某某公司职员: a person whose name is hidden, before a word for an organisation.
fn follows_surname(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_some_and(|c| is_hanzi(c) && !"在由向与和经对从至到为的是".contains(c))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_in};
    use crate::text::format::Format;

    #[test]
    fn blanks() {
        check(&RULE, "〔20__年〕参加工作，一直在检验科。");
        check(
            &RULE,
            "〔20__年〕参加〔__研讨会〕；〔20__年〕5月参加〔__培训班〕。7月当选为〔__市〕医学会委员。",
        );
        check(&RULE, "刚刚过去的〔_年〕，是极不平凡的一年。");
        check(&RULE, "请于〔X月X日〕前报送〔××局〕办公室，〔20XX年〕以来共办结〔××单位〕来信。");
        check(&RULE, "联系人：〔【请填写】〕，〔(此处填写单位名称)〕，〔TODO〕 补数据，〔{{name}}〕。");
        check(&RULE, "〔某某市〕人民政府");
    }

    #[test]
    fn not_blanks() {
        check_clean(&RULE, "展板尺寸为3×5米，共20×30平方米。");
        check_clean(&RULE, "被害人张某与李某某发生争执，张某某公司职员。");
        check_clean(&RULE, "附件见 data_2024.xlsx 与 my__file 两个文件。");
        check_clean(&RULE, "经办人签字：____________");
        check_clean(&RULE, "XXL码工作服50套，XX染色体。");
        check_in(&RULE, Format::Markdown, "__重点__ 是 __工作__，`20__年` 是模板写法。");
    }
}
