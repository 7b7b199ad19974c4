//! 语境里的错别字：单看是字是词，放在这句话里不对。
//!
//! 输入法按音选词，错出来的也是词：“发挥主题作用”（主体）、“新形冠状病毒”（新型）。词表管不了，要看上下文。
//! 本条用字的五元语言模型和词典比较原文与音近、形近的候选，候选明显更通时才标出，并给出把握（0 到 1）。
//! 稿子里反复出现的说法、配置中 `[dictionary]` 的词，不当作错字。
//!
//! ## 例
//! - 坚持以人〔名〕为中心的发展思想。（民）
//! - 按照上级的〔世纪〕要求抓好落实。（实际）
//! - 开展〔正〕策宣讲，走村入户。（政）
//!
//! ## 不报
//! - 把握不到门槛的。很可能写错的是警告；拿不准的只作参考，问一句“是否应为”，用 `[typo]` 的 `possible = false` 关掉。
//! - 人名、地名等本稿多次使用的说法。
//! - 两可的：制订和制定、做出和作出。
//! - 引用的诗文、外文、繁体段落。
//!
//! ## 依据
//! 《通用规范汉字表》（2013）、《现代汉语词典》；模型的来历见 docs/typos.md。

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

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn characters_and_words_that_sound_alike() {
        check(&RULE, "医院收治了多名新〔形→型〕冠状病毒肺炎患者。");
        check(&RULE, "我们要始终坚持以人〔名→民〕为中心的发展思想。");
        check(&RULE, "各级党组织要切实负起主体〔则→责〕任。");
    }

    #[test]
    fn clean_sentences() {
        check_clean(&RULE, "要充分发挥人民群众的主体作用，切实解决实际问题。");
        check_clean(&RULE, "石佛寺镇党委书记走访了清渭楼社区。");
        check_clean(&RULE, "床前明月光，疑是地上霜。");
    }
}
