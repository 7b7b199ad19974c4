//! 语境里的错别字：单看是字是词，放在这句话里不对。
//!
//! 输入法按音选词，错出来的也是词：“发挥主题作用”（主体）、“新形冠状病毒”（新型）。词表管不了，要看上下文。
//! 本条比较原文与音近、形近的字，换了明显更通才标出。
//! 很可能写错的是警告；拿不准的只作参考，问一句“是否应为”，用 `[typo]` 的 `possible = false` 关掉。
//! 稿子里反复出现的说法、配置中 `[dictionary]` 的词，不当作错字。
//!
//! ## 例
//! - 我们要始终坚持以人〔名→民〕为中心的发展思想。
//! - 医院收治了多名新〔形→型〕冠状病毒肺炎患者。
//! - 各级党组织要切实负起主体〔则→责〕任。
//!
//! ## 不报
//! 繁体、外文的段落不看。
//!
//! - 要充分发挥人民群众的主体作用，切实解决实际问题。 （写对的）
//! - 石佛寺镇党委书记走访了清渭楼社区。 （地名）
//! - 县里制订了规划，作出了部署。 （“制订”和“制定”两可）
//! - 床前明月光，疑是地上霜。 （引用的诗文）
//!
//! ## 依据
//! 《通用规范汉字表》（2013）、《现代汉语词典》。

use crate::finding::{Applicability, Severity};
use crate::rule::{Rule, Scope, module_doc};
use crate::typo::TypoKind;

use super::suspicion;

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/contextual",
    summary: "语境里的错别字",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("contextual.rs"),
    needs: &[],
    scope: Scope::Suspicion(&[TypoKind::Contextual], suspicion::replaced),
};
