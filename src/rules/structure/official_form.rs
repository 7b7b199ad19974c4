//! 公文缺主送机关或成文日期。
//!
//! 通知、请示、报告、函、批复，标题之下顶格写主送机关，后面用全角冒号；正文之后署名、标成文日期。
//!
//! ## 例
//! - 《〔关于开展安全检查的通知〕》标题下面直接是正文，没有主送机关。
//! - 《〔关于购置水泵的请示〕》文末没有成文日期。
//! - 《〔关于商请提供数据的函〕》两样都没有。
//!
//! ## 不报
//! - 一百字以内的提纲；标题看不出文种的。
//! - 公告、通告、纪要、方案、总结：不写主送机关。
//! - 日期写在标题下面的（会议通过的文件）。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第九条：公文一般由主送机关、发文机关署名、成文日期等组成。

use crate::chinese::date;
use crate::lint::diagnostic::Severity;
use crate::rules::{DocumentView, Finding, Rule, Scope, module_doc};
use crate::text::genre::{self, Genre};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/official-form",
    summary: "公文缺主送机关、成文日期",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("official_form.rs"),
    scope: Scope::Document(check),
};

const FORMAL: [Genre; 5] =
    [Genre::Letter, Genre::Notice, Genre::Reply, Genre::Request, Genre::SituationReport];

/// Shorter texts are outlines.
const MIN_CHARS: usize = 100;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.outline().parts(document.blocks().len()) {
        let Some(title) = genre::title(document, part.clone()) else { continue };
        let name = &document.text(&document.blocks()[title.block])[title.range.clone()];
        if !title.genre.is_some_and(|genre| FORMAL.contains(&genre)) || !name.contains("关于") {
            continue;
        }
        let body = &document.blocks()[title.block + 1..part.end];
        let texts = || body.iter().map(|block| document.text(block));
        if texts().map(|text| text.chars().count()).sum::<usize>() < MIN_CHARS {
            continue;
        }
        let addressed = texts().take(4).any(|text| text.trim_end().ends_with(['：', ':']));
        let is_date = |text: &str| {
            date::find(text).iter().any(|date| date.day.is_some())
                || (text.contains('年') && text.contains('月') && text.ends_with('日'))
        };
        let short = |text: &&str| text.chars().count() <= 40;
        let dated = texts().take(3).filter(short).any(is_date) || texts().rev().filter(short).any(is_date);
        let missing = match (addressed, dated) {
            (true, true) => continue,
            (false, true) => "主送机关",
            (true, false) => "成文日期",
            (false, false) => "主送机关和成文日期",
        };
        let message = format!("这一篇{}没有{missing}，请补上", title.genre.map_or("公文", Genre::chinese));
        out.push(Finding::new(document.blocks()[title.block].to_source(title.range), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, messages};

    const BODY: &str = "为切实做好汛期安全生产工作，经研究，决定在全县范围内开展一次安全检查，重点检查水库、河堤、校舍、工地等部位，请各单位认真组织自查，逐项建立台账，逐项落实整改，按时报送情况，不得走过场，不得瞒报漏报，确保检查取得实效。";

    #[test]
    fn parts_that_lack() {
        check(&RULE, &format!("〔关于开展安全检查的通知〕\n{BODY}\n某县安委会\n2026年6月1日"));
        check(&RULE, &format!("〔关于开展安全检查的请示〕\n县政府：\n{BODY}\n某县安委会"));
        check(&RULE, &format!("〔关于商请提供数据的函〕\n{BODY}"));
        assert_eq!(
            messages(&RULE, &format!("关于商请提供数据的函\n{BODY}")),
            ["这一篇函没有主送机关和成文日期，请补上"]
        );
    }

    #[test]
    fn whole_or_of_another_kind() {
        check_clean(&RULE, &format!("关于开展安全检查的通知\n各乡镇：\n{BODY}\n某县安委会\n2026年6月1日"));
        check_clean(&RULE, &format!("安全生产工作总结\n{BODY}"));
        check_clean(&RULE, "关于开展安全检查的通知\n请各单位自查。");
        check_clean(&RULE, &format!("关于开展安全检查的通知\n各乡镇：\n{BODY}\n二〇二六年六月一日"));
    }
}
