//! 诗文、名句、俗语引错：错一两个字，多字、少字，或者颠倒了次序。
//!
//! 只查报告里常引的诗句、古文、格言、俗语和论断，都有出处；有几种通行写法的，写哪一种都对。
//! 音近、形近的字和颠倒的字，报错误；别的改动可能是有意的仿写，只问一声。
//!
//! ## 例
//! - 〔明月即时有→明月几时有〕，把酒问青天。
//! - 要有〔踏石留痕、抓铁有印→踏石留印、抓铁有痕〕的劲头。
//! - 要牢记〔空谈误国，实干新邦→空谈误国，实干兴邦〕。
//! - 孔子说，温故而知新，〔可以为师亦→可以为师矣〕。
//! - 急得像〔热锅的蚂蚁→热锅上的蚂蚁〕。
//!
//! ## 不报
//! - 打铁还需自身硬，打铁必须自身硬。 （都通行）
//! - 空谈误国、实干兴邦。 （只是标点不同）
//! - 学而不思则罔，学习要多思考。 （只引半句）
//! - 党员干部任重道远，要润物无声。 （单说半句的成语）
//! - 像蚂蚁搬家一样，锅上的水开了。 （不是那句话）
//!
//! ## 依据
//! 各句的通行文本，出处见词表。词表在一亿七千万字公开文本上核过：所收的句子有人引，句外的近似说法逐条看过。

use crate::chinese::wording::{SAYINGS, Slip};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::rules::typo::misquotation;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/saying",
    summary: "名句、俗语引错",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("saying.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    for slip in SAYINGS.slips(text) {
        let Some(severity) = severity(&slip) else { continue };
        let source = match slip.row[2] {
            "俗语" | "谚语" | "古语" | "通行文本" => "",
            source => source,
        };
        out.push(misquotation::finding(slip, severity, text, "通行的说法是", source));
    }
}

/// What differs otherwise than by sound or shape may be meant, and a part of a line may stand by itself as
/// something else, unless the rest of the line stands beside it.
fn severity(slip: &Slip) -> Option<Severity> {
    if misquotation::is_typed_wrong(slip) {
        return misquotation::severity_of_typing(slip);
    }
    match slip.slips {
        _ if slip.is_open => None,
        1 if slip.is_continued => Some(Severity::Warning),
        1 if slip.is_line && slip.length >= 6 => Some(Severity::Info),
        2 if slip.length >= 10 && (slip.is_continued || slip.is_line && slip.is_clause) => {
            Some(Severity::Info)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::chinese::wording::SAYINGS;
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn one_character_for_another() {
        check(&RULE, "古人说：“〔千里之行、始于脚下→千里之行、始于足下〕。”");
        check(&RULE, "〔千磨万击还坚经→千磨万击还坚劲〕，任尔东西南北风。");
        check(&RULE, "古人云：“但愿人长久，〔千里共蝉娟→千里共婵娟〕。”");
        check(&RULE, "我们坚信，〔乘风破浪会有时→长风破浪会有时〕，直挂云帆济沧海。");
        check(&RULE, "〔冬天来了，春天开会远吗→冬天来了，春天还会远吗〕？");
        check(&RULE, "〔宝剑锋从磨励出→宝剑锋从磨砺出〕，梅花香自苦寒来。");
        check(&RULE, "要做到〔己所不欲、勿施与人→己所不欲、勿施于人〕。");
        check(&RULE, "常言道，〔磨刀不误砍材工→磨刀不误砍柴工〕。");
        check(&RULE, "〔苟利国家生死矣→苟利国家生死以〕，岂因祸福避趋之。");
        check(&RULE, "前辈教导我们：〔授人以鱼不如授之以鱼→授人以鱼不如授人以渔〕。");
    }

    #[test]
    fn too_few_too_many_or_in_the_wrong_order() {
        check(&RULE, "纸上得来终觉浅，〔绝知此事躬行→绝知此事要躬行〕。");
        check(&RULE, "欲穷千里目，〔更上一层的楼→更上一层楼〕。");
        check(&RULE, "〔春蚕到死方丝尽→春蚕到死丝方尽〕，蜡炬成灰泪始干。");
        check(&RULE, "〔海内知存己→海内存知己〕，天涯若比邻。");
        check(&RULE, "“〔位卑未敢忘国忧→位卑未敢忘忧国〕”是我的座右铭。");
    }

    #[test]
    fn well_quoted_or_only_alike() {
        check_clean(&RULE, "千里之行，始于足下；千里之外，也要赶到。");
        check_clean(&RULE, "授人以鱼不如授人以渔，授之以鱼不如授之以渔。");
        check_clean(&RULE, "党员干部带头，群众看在眼里。");
        check_clean(&RULE, "大家后来居上，干得出色，防患未然。");
        check_clean(&RULE, "明月几时有？把酒问青天。今晚的月亮几时有，问问气象台。");
        check_clean(&RULE, "他把“苟利国家生死以，岂因祸福避趋之”写在扉页上。");
        check_clean(&RULE, "人民群众对美好生活的需要日益增长。");
        check_clean(&RULE, "路漫漫其修远兮，吾将上下而求索，我们都要求索。");
        check_clean(&RULE, "绿水青山、金山银山都要。");
        check_clean(&RULE, "山重水复，柳暗花明，前途光明，道路曲折。");
    }

    #[test]
    fn every_line_is_right_and_a_slip_in_it_is_not() {
        let mut missed = Vec::new();
        for line in SAYINGS.lines() {
            check_clean(&RULE, line);
            let chars: Vec<char> = line.chars().filter(|c| c.is_alphabetic()).collect();
            let mut slipped = chars.clone();
            slipped[1] = '囗';
            let slipped: String = slipped.into_iter().collect();
            if SAYINGS.slips(&slipped).is_empty() {
                missed.push(slipped);
            }
        }
        // What is left is a line in its own right.
        assert!(missed.len() < 30, "{missed:?}");
        assert!(messages(&RULE, "学而不思则罔，思而不学则怠。")[0].contains("《论语·为政》"));
    }
}
