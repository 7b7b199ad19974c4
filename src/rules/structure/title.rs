//! 公文标题：介词、文种重复，两种文种并用，没有文种，或者“关于请求……的请示”。
//!
//! ## 例
//! ```text
//! 〔关于关于〕开展检查的通知
//! 各乡镇：
//! 请做好准备。
//! ```
//!
//! ```text
//! 关于转发《县政府关于防汛工作的通知》〔的通知的通知〕
//! 各乡镇：
//! 请做好准备。
//! ```
//!
//! 两种文种只用一种：
//!
//! ```text
//! 关于购置水泵的〔请示报告〕
//! 县财政局：
//! 拟购置水泵两台。
//! ```
//!
//! 没有文种，下面是主送机关：
//!
//! ```text
//! 〔关于调整领导小组成员〕
//! 各乡镇：
//! 现将名单公布如下。
//! ```
//!
//! “请示”就是请求：
//!
//! ```text
//! 某县农技站关于〔请求→〕解决水泵购置资金的请示
//! 县财政局：
//! 拟购置水泵两台。
//! ```
//!
//! ## 不报
//! 文章的标题：
//!
//! ```text
//! 关于乡村治理的几点思考
//! 乡村治理是基层治理的基础。
//! ```
//!
//! 转发的标题，两个“通知”各有所属：
//!
//! ```text
//! 关于转发《县政府关于防汛工作的通知》的通知
//! 各乡镇：
//! 请做好准备。
//! ```
//!
//! “请示报告”是制度的名称：
//!
//! ```text
//! 关于落实重大事项请示报告制度的报告
//! 县委：
//! 现报告如下。
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第九条（七）：标题由发文机关名称、事由和文种组成。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::document_name;
use crate::doctype;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/title",
    summary: "公文标题重复用词、缺文种",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("title.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static REPEATED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "关于关于|的的(?:通知|报告|请示|函|意见|批复)|的(?:通知的通知|报告的报告|请示的请示|意见的意见)$|(?:通知通知|报告报告|请示请示)$";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Two kinds in one name, and what tells them apart.
const MIXED: [(&str, &str, &str, &str); 4] = [
    ("请示报告", "请示", "报告", "要上级答复的用“请示”，只汇报情况的用“报告”"),
    ("报告请示", "请示", "报告", "要上级答复的用“请示”，只汇报情况的用“报告”"),
    ("请示函", "请示", "函", "对上级用“请示”，对不相隶属的机关用“函”"),
    ("通知函", "通知", "函", "对下级用“通知”，对不相隶属的机关用“函”"),
];

/// A longer line is no addressee.
const MAX_ADDRESSEE_CHARS: usize = 40;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let block = &document.blocks()[title.block];
        if title.name.is_empty() {
            continue;
        }
        let name = &document.text(block)[title.range.clone()];
        let at = title.range.start;
        if let Some(found) = REPEATED.find(name) {
            let message = format!("标题里“{}”重复，请删去一处", found.as_str());
            out.push(Finding::new(block.to_source(at + found.start()..at + found.end()), message));
            continue;
        }
        let mixed =
            MIXED.iter().find(|(two, ..)| name.strip_suffix(two).is_some_and(|rest| rest.ends_with('的')));
        if let Some((two, first, second, advice)) = mixed.filter(|_| title.name.contains("关于")) {
            let from = at + name.len() - two.len();
            let message = format!("“{first}”与“{second}”是两种公文，标题只用一种：{advice}");
            out.push(Finding::new(block.to_source(from..from + two.len()), message));
            continue;
        }
        let twice =
            title.document_type.filter(|kind| kind.asks).and_then(|kind| Some((kind, asks_twice(name)?)));
        if let Some((kind, asks)) = twice {
            let message = format!("“{}”就是请求，标题里不再写“{}”", kind.name, &name[asks.clone()]);
            let place = block.to_source(at + asks.start..at + asks.end);
            out.push(Finding::new(place, message).replace("", Applicability::Suggested));
            continue;
        }
        let bare = title.name.trim_end_matches(['）', ')', '》', '”']);
        let mut known = doctype::ALL.iter().flat_map(|kind| kind.names().chain(kind.aliases.iter().copied()));
        let named = title.document_type.is_some()
            || known.any(|kind| bare.ends_with(kind))
            || document_name::ends_with_one(bare)
            || bare.ends_with('令')
            || bare.ends_with("名单")
            || bare.len() < title.name.len();
        let next = document.blocks()[title.body..part.end].first().map(|next| document.text(next));
        let addressed = next.is_some_and(|next| {
            next.ends_with(['：', ':'])
                && next.chars().count() <= MAX_ADDRESSEE_CHARS
                && !next.starts_with(['一', '（', '(', '1'])
        });
        if title.name.starts_with("关于") && !named && addressed {
            out.push(Finding::new(
                block.to_source(title.range.clone()),
                "标题没有文种，应以“的通知”“的请示”“的报告”一类收尾",
            ));
        }
    }
}

/// 关于请求…的请示, but not 关于请求权…
fn asks_twice(name: &str) -> Option<Range<usize>> {
    let start = name.find("关于")? + "关于".len();
    let word =
        ["请求", "恳请", "申请", "要求", "请示"].into_iter().find(|word| name[start..].starts_with(word))?;
    // 关于申请书格式, 关于申请人资格, 关于请示事项: a noun.
    let noun =
        ["书", "人", "表", "者", "权", "材料", "事项", "条件", "资格", "工作", "报告", "的", "项目", "流程"];
    let rest = &name[start + word.len()..];
    (!noun.iter().any(|end| rest.starts_with(end))).then_some(start..start + word.len())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn two_kinds_in_one() {
        check(&RULE, "关于商请支持的〔通知函〕\n县水利局：\n请予支持。");
    }

    #[test]
    fn a_request_that_asks_to_ask() {
        for title in [
            "关于〔请求→〕解决维修经费的请示",
            "清源县云石中学关于〔请求→〕拨付食堂改造资金的请示",
            "柏坪镇人民政府关于〔恳请→〕支持松塘桥重建的请示",
            "关于〔申请→〕追加2026年度办公经费的请示",
            "关于〔申请→〕增加事业编制的请示",
            "关于〔请求→〕批准举办运动会的请示",
            "县水利局关于〔请求→〕划拨防汛物资的请示",
            "关于〔要求→〕调整工程概算的请示",
            "关于〔请求→〕减免土地出让金的请示",
            "关于〔恳请→〕协调解决办公用房的请示（送审稿）",
        ] {
            check(&RULE, &format!("{title}\n县财政局：\n请予支持。"));
        }
        for title in [
            "关于解决维修经费的请示",
            "关于申请书格式调整的请示",
            "关于申请人资格审查问题的请示",
            "关于请求支援防汛物资的函",
            "关于申请加入县作家协会的报告",
            "县法院关于请求权竞合问题的请示",
            "关于申请项目资金使用范围的请示",
            "关于要求的落实情况的请示",
            "关于申请材料真实性认定的请示",
            "关于要求各单位报送计划的通知",
        ] {
            check_clean(&RULE, &format!("{title}\n县财政局：\n请予支持。"));
        }
    }

    #[test]
    fn whole_titles() {
        check_clean(&RULE, "关于印发《管理办法（试行）》的通知\n各乡镇：\n关于关于的用法。");
    }
}
