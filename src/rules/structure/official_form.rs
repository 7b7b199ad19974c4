//! 公文缺主送机关、成文日期或联系人，会议纪要缺出席人员。
//!
//! 通知、请示、报告、函、批复，标题之下顶格写主送机关，后面用全角冒号；正文之后署名、标成文日期。
//! 通知要求报送、报名、反馈的，写明联系人和电话。会议纪要写明出席（参加）人员，有列席的一并写明。快速修复在应有的位置插入一行，由作者填写。
//!
//! ## 例
//! 没有主送机关：
//!
//! ```text
//! 〔关于开展安全检查的通知〕
//! 经研究，决定开展一次安全检查。
//! ……
//! 某县安委会
//! 2026年6月1日
//! ```
//!
//! 没有成文日期：
//!
//! ```text
//! 〔关于购置水泵的请示〕
//! 县财政局：
//! 我站拟购置水泵两台。
//! ……
//! 妥否，请批示。
//! 某县农技站
//! ```
//!
//! 要求报送，却没有联系人、电话：
//!
//! ```text
//! 〔关于开展安全检查的通知〕
//! 各乡镇：
//! 请于6月20日前报送自查报告。
//! ……
//! 某县安委会
//! 2026年6月1日
//! ```
//!
//! 会议纪要没有写谁出席：
//!
//! ```text
//! 〔局长办公会议纪要〕
//! 时间：2026年6月1日
//! 地点：三楼会议室
//! 主持人：李明
//! 会议研究了防汛工作。
//! ……
//! ```
//!
//! ## 不报
//! 一百字以内的提纲：
//!
//! ```text
//! 关于开展安全检查的通知
//! 请各单位自查。
//! ```
//!
//! 不写主送机关的文种：
//!
//! ```text
//! 安全生产工作方案
//! ……
//! ```
//!
//! 写全了的：
//!
//! ```text
//! 关于开展安全检查的通知
//! 各乡镇：
//! 请于6月20日前报送自查报告。
//! ……
//! 联系人：李明，电话：6612345
//! 某县安委会
//! 2026年6月1日
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第九条：公文一般由主送机关、发文机关署名、成文日期等组成。

use crate::chinese::date;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/official-form",
    summary: "公文缺主送机关、成文日期、联系人、出席人员",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("official_form.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A document that says one of these wants an answer, and one of [`CONTACT`] says whom to reach.
const ANSWER: [&str; 7] = ["报送", "报至", "报名", "反馈至", "反馈到", "回执", "发送至"];
const CONTACT: [&str; 8] = ["联系人", "联系电话", "联系方式", "电话", "邮箱", "手机", "联系单位", "咨询"];

/// Minutes name those who were there in a field, or say who came.
fn says_who_was_there(text: &str) -> bool {
    const HEADS: [&str; 6] = ["出席", "列席", "参会", "参加", "与会", "到会"];
    const SAYS: [&str; 10] = [
        "出席会议",
        "出席了会议",
        "参加会议",
        "参加了会议",
        "列席会议",
        "列席了会议",
        "出席人员",
        "参会人员",
        "参加人员",
        "列席人员",
    ];
    let start: String = text.chars().take(12).filter(|c| !c.is_whitespace()).collect();
    HEADS.iter().any(|head| start.starts_with(head)) || SAYS.iter().any(|says| text.contains(says))
}

/// What minutes begin with.
const FIELDS: [&str; 10] =
    ["时间", "会议时间", "地点", "会议地点", "主持", "会议主持", "召集人", "记录", "会议议题", "议题"];

/// Shorter texts are outlines.
const MIN_CHARS: usize = 100;

/// The addressee stands within this many blocks below the title.
const ADDRESSEE_BLOCKS: usize = 4;

/// A document passed by a meeting bears its date within this many blocks below the title.
const DATE_BLOCKS: usize = 3;

/// A date in a longer line is part of a sentence.
const MAX_DATE_CHARS: usize = 40;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type else { continue };
        if !title.is_declared && !title.name.contains("关于") && !kind.attended {
            continue;
        }
        let body = &document.blocks()[title.body..part.end];
        let texts = || body.iter().map(|block| document.text(block));
        if view.length(title.body..part.end) < MIN_CHARS {
            continue;
        }
        let addressed = !kind.addressed
            || texts().take(ADDRESSEE_BLOCKS).any(|text| text.trim_end().ends_with(['：', ':']));
        let is_date = |text: &str| {
            date::find(text).iter().any(|date| date.day.is_some())
                || (text.contains('年') && text.contains('月') && text.ends_with('日'))
        };
        let short = |text: &&str| text.chars().count() <= MAX_DATE_CHARS;
        let dated = !kind.dated
            || texts().take(DATE_BLOCKS).filter(short).any(is_date)
            || texts().rev().filter(short).any(is_date);
        let wants_answer = kind.contact && texts().any(|text| ANSWER.iter().any(|word| text.contains(word)));
        let reachable = !wants_answer || texts().any(|text| CONTACT.iter().any(|word| text.contains(word)));
        let attended = !kind.attended || texts().any(says_who_was_there);
        let heading = &document.blocks()[title.block];
        // Time, place and chair stand above those who came.
        let is_field = |text: &&str| FIELDS.iter().any(|field| text.starts_with(field));
        let fields = texts().take_while(is_field).count();
        let below_fields = match fields {
            0 => heading.range.end,
            _ => document.blocks()[title.body + fields - 1].range.end,
        };
        let end = document.blocks()[part.end - 1].range.end;
        let parts = [
            (attended, "出席人员", below_fields, "\n出席：（此处请填写出席人员；有列席的另写一行）"),
            (addressed, "主送机关", heading.range.end, "\n（此处请填写主送机关）："),
            (reachable, "联系人和电话", end, "\n联系人：（此处请填写联系人和电话）"),
            (dated, "成文日期", end, "\n（此处请填写成文日期）"),
        ];
        let missing: Vec<_> = parts.into_iter().filter(|(present, ..)| !present).collect();
        if missing.is_empty() {
            continue;
        }
        let names = missing.iter().map(|(_, name, ..)| *name).collect::<Vec<_>>().join("、");
        let message = format!("这一篇{}没有{names}，请补上", kind.name);
        let mut edits: Vec<Edit> = Vec::new();
        for (_, _, at, line) in missing {
            match edits.last_mut() {
                Some(last) if last.range.start == at => last.text += line,
                _ => edits.push(Edit { range: at..at, text: line.to_owned() }),
            }
        }
        let fix = Fix { title: format!("插入{names}"), edits, applicability: Applicability::Suggested };
        out.push(Finding::new(heading.to_source(title.range), message).fix(fix));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_suggestion, messages};

    const BODY: &str = "为切实做好汛期安全生产工作，经研究，决定在全县范围内开展一次安全检查，重点检查水库、河堤、校舍、工地等部位，请各单位认真组织自查，逐项建立台账，逐项落实整改，按时报送情况，不得走过场，不得瞒报漏报，确保检查取得实效。";

    #[test]
    fn parts_that_lack() {
        check(&RULE, &format!("〔关于商请提供数据的函〕\n{BODY}"));
        assert_eq!(
            messages(&RULE, &format!("关于商请提供数据的函\n{BODY}")),
            ["这一篇函没有主送机关、成文日期，请补上"]
        );
    }

    #[test]
    fn a_line_to_fill_in_is_put_where_the_part_belongs() {
        check_suggestion(
            &RULE,
            &format!("关于开展安全检查的通知\n{BODY}\n联系人：李明\n某县安委会\n2026年6月1日"),
            &format!(
                "关于开展安全检查的通知\n（此处请填写主送机关）：\n{BODY}\n联系人：李明\n某县安委会\n2026年6月1日"
            ),
        );
    }

    #[test]
    fn minutes_say_who_was_there() {
        let body = BODY.replace("请各单位", "会议要求各单位");
        let minutes = |who: &str| format!("党组会议纪要\n时间：2026年3月5日\n地点：二楼会议室\n{who}{body}");
        assert_eq!(messages(&RULE, &minutes("")), ["这一篇会议纪要没有出席人员，请补上"]);
        for who in [
            "出席：何以宁、柴立群\n",
            "参会人员：全体班子成员\n",
            "列席：各科室负责人\n",
            "何以宁主持会议，全体党组成员参加了会议。\n",
            "参加人员名单附后。\n",
        ] {
            check_clean(&RULE, &minutes(who));
        }
    }

    #[test]
    fn a_date_in_chinese_numerals() {
        let body = BODY.replace("按时报送情况，", "");
        check_clean(&RULE, &format!("关于开展安全检查的通知\n各乡镇：\n{body}\n二〇二六年六月一日"));
    }
}
