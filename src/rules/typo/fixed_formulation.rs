//! 固定表述写错：“绿水青山就是金山银山”“铸牢中华民族共同体意识”，一字不能动。
//!
//! 重要提法有固定的用字、次序和搭配：增强“四个意识”、坚定“四个自信”、做到“两个维护”；统筹推进“五位一体”总体布局、协调推进“四个全面”战略布局。
//! 法律、机构、国家、会议的名称也一样。提法和名称都有出处。
//! 只错音近、形近的字，或者颠倒了成员的次序，报错误；漏了字的，可能是简称，一串里换了一个成员的，可能是有意，只问一声。
//!
//! ## 例
//! - 牢固树立〔青山绿水就是金山银山→绿水青山就是金山银山〕的理念。
//! - 以〔筑牢中华民族共同体意识→铸牢中华民族共同体意识〕为主线。
//! - 学习党的〔二十大三中全会→二十届三中全会〕精神，〔坚定“四个意识”→增强“四个意识”〕。
//! - 贯彻〔创新、绿色、开放、协调、共享→创新、协调、绿色、开放、共享〕的理念。
//! - 学习十九届五〔中全汇→中全会〕精神，宣传《〔反电信网络诈片法→反电信网络诈骗法〕》。
//! - 中国共产党是〔中国工人的先锋队→中国工人阶级的先锋队〕。
//! - 坚持人民至上、自信自立、守正创新、问题导向、〔系统思维→系统观念〕、胸怀天下。
//!
//! ## 不报
//! - 这里青山绿水，景色宜人。 （普通用语）
//! - 增强“四个意识”、坚定“四个自信”、做到“两个维护”。 （写对的）
//! - 党的二十届三中全会召开，是党的二十大以来的第三次全会。 （写对的）
//! - 县委十四届八次全会强调，要管行业、管业务。 （别的会议、别的话）
//!
//! ## 依据
//! 《中国共产党章程》、党的历次全国代表大会报告和中央全会公报中的原文；宪法、法律和机构的正式名称。

mod series;

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::wording::{FORMULATIONS, Slip};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::rules::typo::misquotation;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/fixed-formulation",
    summary: "固定表述写错",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("fixed_formulation.rs"),
    needs: &[Needs::Optional(&WRONG)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/fixed-formulation.tsv");

static ROWS: LazyLock<Vec<[&str; 2]>> = LazyLock::new(|| rows(TABLE).collect());

static WRONG: LiteralList = LiteralList::words(|| ROWS.iter().map(|[wrong, _]| *wrong).collect());

/// The general secretary's name with a character missing or wrong, or its 习 merged with that of 学习.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:^|[^学练复预实见补自讲研演积])(?P<m>习(?:[近平进金今晋劲尽评萍]|[进金今晋劲尽]平|近[评萍凭瓶])(?P<title>总书记|主席))|(?:^|[^习])(?P<learn>学习近平)";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.may_contain_any("习") {
        for found in NAME.captures_iter(text) {
            let (range, right) = match (found.name("m"), found.name("title"), found.name("learn")) {
                (Some(name), Some(title), _) => (name.range(), format!("习近平{}", title.as_str())),
                (_, _, Some(learn)) => (learn.range(), "学习习近平".to_owned()),
                _ => continue,
            };
            let message = format!("固定表述应为“{right}”，不写“{}”", &text[range.clone()]);
            out.push(Finding::new(range, message).replace(right, Applicability::Suggested));
        }
    }
    for found in paragraph.hits().longest() {
        let [wrong, right] = ROWS[found.literal()];
        // 120届三中全会 has another number in it.
        let before = text[..found.start()].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || c == '第') && !wrong.starts_with('第') {
            continue;
        }
        // 增强“两个维护”的政治自觉 strengthens something else.
        if wrong.ends_with(['”', '"', '护']) && text[found.end()..].starts_with('的') {
            continue;
        }
        let message = format!("固定表述应为“{right}”，不写“{wrong}”");
        out.push(Finding::new(found.range(), message).replace(right, Applicability::Suggested));
    }
    out.sort_by_key(|finding| finding.range.start);
    let known = out.len();
    for (range, right) in series::disordered(text) {
        if misquotation::is_free(&out[..known], &range) {
            let message = format!("固定表述的次序是“{right}”");
            out.push(Finding::new(range, message).replace(right, Applicability::Suggested));
        }
    }
    out.sort_by_key(|finding| finding.range.start);
    let known = out.len();
    for slip in FORMULATIONS.slips(text) {
        let Some(severity) = severity(&slip) else { continue };
        if misquotation::is_free(&out[..known], &slip.range) {
            let source = slip.row[2];
            out.push(misquotation::finding(slip, severity, text, "固定表述是", source));
        }
    }
    out.sort_by_key(|finding| finding.range.start);
    let known = out.len();
    for (range, line, right) in series::altered(text) {
        if misquotation::is_free(&out[..known], &range) {
            let message = format!("固定表述是“{line}”，这里的“{}”是有意改动吗", &text[range.clone()]);
            let finding = Finding::new(range, message).with_severity(Severity::Info);
            out.push(finding.replace(right, Applicability::Suggested));
        }
    }
    out.sort_by_key(|finding| finding.range.start);
}

/// Another number is another congress, and what is put otherwise is often meant so: only what is typed wrong
/// is a fault. What is left out may be.
fn severity(slip: &Slip) -> Option<Severity> {
    let (wrong, right) = (&slip.differs.0, &slip.differs.1);
    let is_number = |text: &str| text.chars().any(|c| "一二三四五六七八九十".contains(c));
    if is_number(wrong) || is_number(right) || slip.is_open && !misquotation::is_disordered(slip) {
        return None;
    }
    if misquotation::is_typed_wrong(slip) {
        return misquotation::severity_of_typing(slip);
    }
    // What is joined otherwise, or denied, is no slip.
    let is_word =
        ![wrong, right].iter().any(|it| it.contains(['的', '和', '与', '及', '之', '、', '不', '未']));
    let is_left_out = wrong.is_empty() && slip.is_line && slip.length >= 9 && is_word;
    (is_left_out || slip.is_continued && slip.slips == 1 && is_word).then_some(Severity::Info)
}

#[cfg(test)]
mod tests {
    use super::{FORMULATIONS, ROWS, RULE};
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn names_of_leaders() {
        check(&RULE, "学习〔习进总书记→习近平总书记〕在庆祝大会上的讲话，〔习近总书记→习近平总书记〕强调。");
        check(&RULE, "认真贯彻〔学习近平→学习习近平〕总书记重要讲话精神。");
        check_clean(
            &RULE,
            "深入学习习近平总书记重要讲话，习近平主席出席，习总书记指出，学习和平主席团的经验。",
        );
        check_clean(&RULE, "学习近期政策，复习进度表，实习主席致辞。");
    }

    #[test]
    fn names_and_formulations() {
        check(&RULE, "依据《〔中华人民共合国→中华人民共和国〕安全生产法》。");
        check(&RULE, "向〔哈萨克司坦→哈萨克斯坦〕出口，〔联合国科教文组织→联合国教科文组织〕来访。");
        check(&RULE, "报〔国家发展和改格委员会→国家发展和改革委员会〕审批。");
        check(&RULE, "宣传《〔消费者权益保护发→消费者权益保护法〕》。");
        check(&RULE, "实现〔中华名族伟大复兴→中华民族伟大复兴〕。");
        check(&RULE, "坚持〔安全第一、预防为住、综合治理→安全第一、预防为主、综合治理〕。");
        check(&RULE, "弘扬〔奉献、有爱、互助、进步→奉献、友爱、互助、进步〕的志愿精神。");
        check(&RULE, "学史明理、学史增信、〔学史重德、学史力行→学史崇德、学史力行〕。");
        check(&RULE, "做到〔踏石留痕、抓铁有印→踏石留印、抓铁有痕〕。");
        check(&RULE, "党是〔中国工人的先锋队→中国工人阶级的先锋队〕，同时是中国人民和中华民族的先锋队。");
        check_clean(&RULE, "民建十一届五中全会，第十二届全国人民代表大会第五次会议，县人民代表大会。");
        check_clean(&RULE, "国家发展改革委员会、省卫生健康委员会、市残疾人联合会、区市场监督管理局。");
        check_clean(&RULE, "驶向中华民族伟大复兴的光辉彼岸，促进人与自然和谐共存。");
        check_clean(&RULE, "坚持以人民为中心的导向，让群众有更多的获得感。");
    }

    #[test]
    fn order_of_members() {
        check(&RULE, "坚持〔创新、协调、开放、绿色、共享→创新、协调、绿色、开放、共享〕的理念。");
        check(&RULE, "提高〔政治判断力、政治执行力、政治领悟力→政治判断力、政治领悟力、政治执行力〕。");
        check(&RULE, "做到〔早报告、早发现、早隔离、早治疗→早发现、早报告、早隔离、早治疗〕。");
        check(
            &RULE,
            "〔生态宜居、产业兴旺、乡风文明、治理有效、生活富裕→产业兴旺、生态宜居、乡风文明、治理有效、生活富裕〕。",
        );
        check(
            &RULE,
            "〔摘帽不摘责任、摘帽不摘帮扶、摘帽不摘政策、摘帽不摘监管→摘帽不摘责任、摘帽不摘政策、摘帽不摘帮扶、摘帽不摘监管〕。",
        );
        check_clean(&RULE, "坚持绿色、共享、创新的理念，公正、公开、公平地评审。");
        check_clean(&RULE, "幸福感、获得感、安全感更足。");
    }

    #[test]
    fn another_member() {
        check(&RULE, "坚持人民至上、自信自立、守正创新、问题导向、〔系统思维→系统观念〕、胸怀天下。");
        check(&RULE, "做到前瞻性思考、全局性谋划、战略性布局、〔整体性实施→整体性推进〕。");
        check(&RULE, "推进〔产业发展→产业兴旺〕、生态宜居、乡风文明、治理有效、生活富裕。");
        check_clean(&RULE, "增强“两个维护”的政治自觉，坚定“两个维护”的信念。");
        check_clean(&RULE, "做到简政放权、放管结合、优化服务，治理有效、乡风文明、生活富裕起来。");
        check_clean(&RULE, "不发通知、不打招呼、不听汇报、不用陪同、直奔基层、直插现场。");
    }

    #[test]
    fn every_line_is_right() {
        for line in FORMULATIONS.lines() {
            check_clean(&RULE, line);
        }
    }

    #[test]
    fn every_row() {
        for [wrong, right] in ROWS.iter() {
            check(&RULE, &format!("坚持〔{wrong}→{right}〕。"));
            check_clean(&RULE, &format!("坚持{right}。"));
        }
    }
}
