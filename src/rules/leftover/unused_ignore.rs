//! 多余的忽略指令：写了“zhubi: ignore”，却没有可忽略的问题，或者写错了规则名、文种名。
//!
//! 三种写法：`zhubi: ignore 规则名` 管本行（独占一行时管下一行），`zhubi: ignore-next-line 规则名` 管下一行，
//! `zhubi: ignore-file 规则名` 管全文。Markdown 里放在注释 `<!-- -->` 中；不写规则名，就是全部规则。
//! 问题改好以后，指令留着会把以后的错也放过，应删去。
//!
//! ## 例
//! - 〔`zhubi: ignore typo`〕下一行并没有错别字。
//! - `zhubi: ignore 〔typo/idioms〕`：没有这条规则。
//! - 〔`zhubi: ignore-file number`〕全文没有数字问题。
//!
//! ## 不报
//! - 确实挡住了问题的指令。
//! - 所指的规则这一次没有运行的。
//! - 正文里提到 zhubi 的名字。
//!
//! ## 依据
//! 朱笔自己的约定。

use crate::lint::diagnostic::Severity;
use crate::lint::suppress;
use crate::rules::{DocumentView, Finding, Rule, Scope, module_doc};
use crate::text::genre::{self, Genre};

/// The rule. That a directive passes over nothing is found by the engine, which alone knows.
pub static RULE: Rule = Rule {
    id: "leftover/unused-ignore",
    summary: "多余的忽略指令",
    severity: Severity::Info,
    fix: Some(crate::lint::diagnostic::Applicability::Suggested),
    doc: module_doc!("unused_ignore.rs"),
    scope: Scope::Document(check),
};

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    if !view.document.addresses_us() {
        return;
    }
    let source = view.document.source();
    for directive in suppress::directives(source) {
        for name in directive.names {
            if let Err(message) = crate::config::check_selector(&source[name.clone()]) {
                out.push(Finding::new(name, message));
            }
        }
    }
    for name in genre::declarations(source) {
        let kind = &source[name.clone()];
        if Genre::named(kind).is_none() {
            let known = Genre::ALL.map(Genre::chinese).join("、");
            out.push(Finding::new(name, format!("没有名为“{kind}”的文种，可以写的有：{known}")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::config::Config;
    use crate::lint::Linter;
    use crate::rules::testing::{check, check_clean};
    use crate::text::document::Document;
    use crate::text::format::Format;

    fn unused(source: &str) -> Vec<String> {
        let found = Linter::new(&Config::default()).check(&Document::new(source, Format::Plain));
        found.into_iter().filter(|d| d.rule == RULE.id).map(|d| source[d.range].to_owned()).collect()
    }

    #[test]
    fn useless_directives() {
        assert_eq!(unused("zhubi: ignore typo\n今天开会。"), ["zhubi: ignore typo"]);
        assert_eq!(unused("今天开会。\nzhubi: ignore-file number"), ["zhubi: ignore-file number"]);
        assert_eq!(unused("今天开会。zhubi: ignore"), ["zhubi: ignore"]);
        check(&RULE, "zhubi: ignore 〔typo/idioms〕\n今天开会。");
        check(&RULE, "zhubi: ignore-file number, 〔nothing〕");
        check(&RULE, "zhubi: type=〔报告书〕\n今天开会。");
    }

    #[test]
    fn useful_directives() {
        assert!(unused("zhubi: ignore number\n于2月30日完成。").is_empty());
        assert!(unused("于2月30日完成。 <!-- zhubi: ignore -->").is_empty());
        check_clean(&RULE, "zhubi: type=请示\n今天开会。");
        check_clean(&RULE, "用zhubi检查报告，zhubi:见说明。");
    }
}
