//! 占位符未填：模板里留给人填写的空位，成稿时还在。
//!
//! 范文、模板和智能写作工具用 `20__年`、`__市`、`XX%`、`X月X日`、`[部门名称]`、`【请填写】`、`TODO` 留空。交稿时还留着，读者一眼就会看见。
//! 数字和日期的空位是错误；可能是隐去的名称（××公司、某某市）和等着手填的日期，只作提示。
//!
//! ## 例
//! ```text
//! 〔20__年〕参加工作，7月当选为〔__市〕医学会委员。
//! ```
//!
//! - 请于〔X月X日〕前报送〔××局〕办公室，同比增长〔X.X%〕，培训〔XX人次〕。
//! - 我在〔[部门名称]〕担任〔【职务】〕，联系人：〔【请填写】〕。
//! - 按照县教发[2026]〔XX号〕文件要求，联系电话：〔138XXXXXXXX〕。
//! - 全年办结信访：〔TODO〕 补数据。成效见下图〔（这里补一张去年活动的照片）〕。
//!
//! ## 不报
//! - 展板尺寸为3×5米，总价=数量×单价。 （乘号）
//! - 被害人张××与李某某发生争执。 （隐去的人名）
//! - 参训人员名单（姓名、单位、职务）于7月10日前报办公室。 （要求写什么，不是空位）
//! - “学校”栏填写规范全称（例：××省××市××中学）。 （举例）
//! - 联系人：逄春淼，电话：138****2046。 （隐去中间几位）
//!
//! 留着手写、盖章的：
//!
//! ```text
//! 经办人签字：____________
//! （盖章）  年  月  日
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：公文文稿签发前的审核，要看内容是否符合起草的要求。

mod brackets;
mod context;
mod crosses;
mod dates;
mod underscores;

use std::ops::Range;

use crate::finding::{Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/placeholder",
    summary: "占位符未填",
    severity: Severity::Error,
    fix: None,
    doc: module_doc!("placeholder.rs"),
    needs: &[Needs::AnyOf(&[
        Needs::Literal(&SIGNS),
        Needs::AnyChar("_＿月"),
        Needs::AnyChar(brackets::OPENING),
        Needs::AnyChar(crosses::SIGNS),
    ])],
    scope: Scope::Paragraph(check),
};

/// Words of which one stands in every instruction to the writer, and marks of unfinished work.
static SIGNS: LiteralList =
    LiteralList::words(|| [brackets::INSTRUCTIONS, &["{{", "TODO", "FIXME", "TBD", "某某"]].concat());

/// A place left blank, and how sure it is that nothing else is meant.
struct Blank {
    range: Range<usize>,
    severity: Severity,
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let mut blanks = Vec::new();
    underscores::find(paragraph, &mut blanks);
    crosses::find(paragraph, &mut blanks);
    brackets::find(paragraph, &mut blanks);
    dates::find(paragraph, &mut blanks);
    let text = paragraph.text;
    blanks.sort_by_key(|blank| (blank.range.start, std::cmp::Reverse(blank.range.end)));
    let mut done = 0;
    let mut last_example = None;
    for Blank { range, severity } in blanks {
        if range.start < done {
            continue;
        }
        done = range.end;
        // 如××局、××中心等: what is listed with an example is one.
        let is_listed =
            last_example.is_some_and(|end: usize| !text[end..range.start].contains(context::BREAKS));
        if is_listed || context::is_example(text, &range) {
            last_example = Some(range.end);
            continue;
        }
        let severity =
            if context::is_quoted(text, &range) { severity.min(Severity::Warning) } else { severity };
        let shown = text[range.clone()].trim();
        let message = match severity {
            Severity::Error | Severity::Warning => format!("占位符“{shown}”还没有填写，请补上内容或删去"),
            Severity::Info | Severity::Hint => format!("“{shown}”是否还没有填写？"),
        };
        out.push(Finding::new(range, message).with_severity(severity));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::config::Config;
    use crate::finding::Severity;
    use crate::lint::Linter;
    use crate::rules::testing::{check, check_clean, check_in};
    use crate::text::document::Document;
    use crate::text::format::Format;

    /// The gravest severity at which something of a text is marked.
    fn gravest(text: &str) -> Option<Severity> {
        let config = Config { select: Some(vec![RULE.id.to_owned()]), ..Config::default() };
        let found = Linter::new(&config).check(&Document::new(text, Format::Plain));
        found.iter().map(|d| d.severity).max()
    }

    #[test]
    fn underscores() {
        check(
            &RULE,
            "〔20__年〕参加〔__研讨会〕；〔20__年〕5月参加〔__培训班〕。7月当选为〔__市〕医学会委员。",
        );
        check(&RULE, "刚刚过去的〔_年〕，是极不平凡的一年。");
    }

    #[test]
    fn crosses_for_figures_and_names() {
        check(&RULE, "请于〔X月X日〕前报送〔××局〕办公室，〔20XX年〕以来共办结〔××单位〕来信。");
        check(&RULE, "全年完成〔X个〕项目，效率提升〔XX%〕，共计〔XX元〕。");
        check(&RULE, "完成投资〔XXX万元〕，同比增长〔X.X%〕，开展活动〔XX次〕，培训〔XX人次〕。");
        check(&RULE, "购买A4纸〔XX包〕，销售总额达〔xxx万元〕，接待〔xxxx人〕，合格率〔××.×%〕。");
        check(&RULE, "〔二0xx年〕五月，〔202X年〕，〔20**年〕，〔二〇××年〕，〔*月*日〕。");
        check(&RULE, "联系电话：〔XXXXXXXX〕，手机：〔138XXXXXXXX〕，传真：〔0XXX-XXXXXXX〕");
        check(&RULE, "联系人：〔XX〕，会议主题为《〔XXX〕》，在〔XX医院〕实习，增长了〔？？%〕。");
        assert_eq!(gravest("完成投资XXX万元。"), Some(Severity::Error));
        assert_eq!(gravest("请报送XX局办公室。"), Some(Severity::Warning));
        assert_eq!(gravest("请报送××局办公室。"), Some(Severity::Info));
        assert_eq!(gravest("完成了X个项目。"), Some(Severity::Warning));
    }

    #[test]
    fn document_numbers_and_dates() {
        for text in [
            "泉丰教[]16号文件",
            "县教发〔〕16号",
            "县教发〔 〕号",
            "县教发〔2026〕 号",
            "县教发〔2026〕XX号",
            "县教发〔20XX〕3号",
        ] {
            assert!(gravest(text) >= Some(Severity::Warning), "{text}");
        }
        assert_eq!(gravest("    年  月  日"), Some(Severity::Info));
        assert_eq!(gravest("2026年  月  日"), Some(Severity::Info));
        assert_eq!(gravest("会议定于2026年  月  日召开。"), Some(Severity::Warning));
        for text in [
            "（盖章）  年  月  日",
            "签字：        年   月   日",
            "出生年月日：",
            "甲方：   年 月 日  乙方：   年 月 日",
            "2026年3月5日",
        ] {
            assert_eq!(gravest(text), None, "{text}");
        }
    }

    #[test]
    fn brackets() {
        check(&RULE, "联系人：〔【请填写】〕，〔(此处填写单位名称)〕，〔TODO〕 补数据，〔{{name}}〕。");
        check(&RULE, "我在〔[部门名称]〕担任〔[职位]〕，在〔【部门】〕担任〔【职务】〕。");
        check(&RULE, "在〔[公司名称]〕工作的〔[时间段]〕里，〔{姓名}〕、〔<部门名称>〕、〔〈单位〉〕。");
        check(&RULE, "〔[您的姓名]〕");
        check(&RULE, "成效见下图〔（这里补一张去年活动的照片）〕，数据〔（待补充）〕。");
        check(&RULE, "〔某某市〕人民政府");
    }

    #[test]
    fn instructions_and_lists_are_no_blanks() {
        for text in [
            "参训人员名单（姓名、单位、职务、联系电话）于7月10日前报办公室。",
            "确定陈小红等20名同志为拟表彰对象（以姓名笔画为序），现予以公示。",
            "报名表附后（填写说明附后），请真实填写（姓名须与身份证一致）。",
            "（请填写真实信息）（格式参照示例）（按姓名首字母排序）（含单位名称、联系电话等字段）（单位名称栏请盖章）（含姓名、电话）",
            "附件：1.报名表（示例）  2.填写说明（选填项可不填）",
            "请点击【姓名】按钮，在[部门名称]栏填写所在部门。",
            "【时间】2026年3月5日上午9时",
            "【职务】：主任",
            "[姓名]：张三",
            "用法：zhubi explain <规则> [选项]",
            "会议时间（待定），参会人员（另行通知）。",
        ] {
            check_clean(&RULE, text);
        }
    }

    #[test]
    fn examples_and_hidden_names_are_no_blanks() {
        for text in [
            "例：湖南省××市××区××乡××村。实践地点须具体到××省××市××县。",
            "“学校”栏填写规范全称（例：××省××市××中学）；“整改时限”栏按“××月××日”的格式填写。",
            "邮件主题写成“XX单位+姓名”，文件以“XX街道报名表”命名。",
            "如××局、××中心等，均应使用规范化简称。",
            "被害人张××与李XX发生争执，王××同志已作出说明。",
            "被害人张某与李某某发生争执，张某某公司职员。",
            "（联系人：逄春淼，联系电话：138****2046）",
            "电话：138****5678，身份证号：4201**********1234。",
            "从XX染色体的组成说起。",
        ] {
            check_clean(&RULE, text);
        }
    }

    #[test]
    fn not_blanks() {
        check_clean(&RULE, "展板尺寸为3×5米，共20×30平方米，总价=数量×单价。");
        check_clean(&RULE, "附件见 data_2024.xlsx 与 my__file 两个文件，邮箱 xxx@example.com。");
        check_clean(&RULE, "XXL码工作服50套，XX染色体，X光片、X射线，第X条。");
        check_clean(&RULE, "这是**项目**的**公司简介**，为什么？？人们都在问。");
        check_in(&RULE, Format::Markdown, "__重点__ 是 __工作__，`20__年` 是模板写法。");
    }
}
