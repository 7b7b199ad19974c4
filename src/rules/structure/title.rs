//! 公文标题：介词、文种重复，两种文种并用，或者没有文种。
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

use std::sync::LazyLock;

use regex::Regex;

use crate::doctype;
use crate::finding::{Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/title",
    summary: "公文标题重复用词、缺文种",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("title.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static REPEATED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "关于关于|的的(?:通知|报告|请示|函|意见|批复)|的(?:通知的通知|报告的报告|请示的请示|意见的意见)$|(?:通知通知|报告报告|请示请示)$";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Words that name what a document is, beside the kinds of documents that are known.
const OTHER_KINDS: [&str; 30] = [
    "通报",
    "通告",
    "公告",
    "公报",
    "意见",
    "决定",
    "决议",
    "命令",
    "令",
    "议案",
    "办法",
    "规定",
    "细则",
    "规划",
    "说明",
    "建议",
    "提案",
    "答复",
    "汇报",
    "思考",
    "研究",
    "要点",
    "安排",
    "倡议书",
    "协议",
    "合同",
    "启事",
    "情况",
    "制度",
    "名单",
];

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
    for part in document.parts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let block = &document.blocks()[title.block];
        let name = &document.text(block)[title.range.clone()];
        let at = title.range.start;
        if let Some(found) = REPEATED.find(name) {
            let message = format!("标题里“{}”重复，请删去一处", found.as_str());
            out.push(Finding::new(block.to_source(at + found.start()..at + found.end()), message));
            continue;
        }
        let mixed =
            MIXED.iter().find(|(two, ..)| name.strip_suffix(two).is_some_and(|rest| rest.ends_with('的')));
        if let Some((two, first, second, advice)) = mixed.filter(|_| name.contains("关于")) {
            let from = at + name.len() - two.len();
            let message = format!("“{first}”与“{second}”是两种公文，标题只用一种：{advice}");
            out.push(Finding::new(block.to_source(from..from + two.len()), message));
            continue;
        }
        let bare = name.trim_end_matches(['）', ')', '》', '”']);
        let known = doctype::ALL.iter().flat_map(|kind| kind.names().chain(kind.aliases.iter().copied()));
        let named = title.document_type.is_some()
            || known.chain(OTHER_KINDS).any(|kind| bare.ends_with(kind))
            || bare.len() < name.len();
        let next = document.blocks()[title.block + 1..part.end].first().map(|next| document.text(next));
        let addressed = next.is_some_and(|next| {
            next.ends_with(['：', ':'])
                && next.chars().count() <= MAX_ADDRESSEE_CHARS
                && !next.starts_with(['一', '（', '(', '1'])
        });
        if name.starts_with("关于") && !named && addressed {
            out.push(Finding::new(
                block.to_source(title.range.clone()),
                "标题没有文种，应以“的通知”“的请示”“的报告”一类收尾",
            ));
        }
    }
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
    fn whole_titles() {
        check_clean(&RULE, "关于印发《管理办法（试行）》的通知\n各乡镇：\n关于关于的用法。");
    }
}
