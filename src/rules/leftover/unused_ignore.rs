//! 多余的忽略指令：写了“zhubi: ignore”，却没有可忽略的问题，或者指令、规则名、文种名写错了，没有生效。
//!
//! 写法：`zhubi: ignore 规则名` 管本行（独占一行时管下一行），`zhubi: ignore-next-line 规则名` 管下一行，
//! `zhubi: ignore-file 规则名` 管全文；`zhubi: ignore-begin 规则名` 管到 `zhubi: ignore-end` 为止，不能套着写。指令写成一条注释 `<!-- -->`，或者独占一行；纯文本里也可以写在一行正文的后面。
//! 规则名可以写几个，用空格或逗号隔开，规则、规则组的中文名也可以；不写规则名，就是全部规则。
//! 写在代码里、句子中间的不算指令。问题改好以后，指令留着会把以后的错也放过，应删去。
//!
//! ## 例
//! 下一行并没有错别字；全文没有数字问题：
//!
//! ```text
//! 〔zhubi: ignore typo→〕
//! 今天下午开会。
//! ```
//!
//! ```text
//! 今天下午开会。
//! 〔zhubi: ignore-file number→〕
//! ```
//!
//! 没有这条规则，没有这个文种：
//!
//! ```text
//! zhubi: ignore 〔typo/idioms〕
//! 今天下午开会。
//! ```
//!
//! ```text
//! zhubi: type=〔报告书〕
//! 今天下午开会。
//! ```
//!
//! 拼错了，冒号不是半角，都没有生效：
//!
//! ```text
//! zhubi: 〔ignroe→ignore〕 typo
//! 今天下午开会。
//! ```
//!
//! ```text
//! 〔zhubi：→zhubi: 〕ignore typo
//! 今天下午开会。
//! ```
//!
//! 有头没有尾，没有生效：
//!
//! ```text
//! 〔zhubi: ignore-begin number〕
//! 今天下午开会。
//! ```
//!
//! ## 不报
//! 确实挡住了问题：
//!
//! ```text
//! zhubi: ignore number
//! 材料于2月30日前报送。
//! ```
//!
//! ```md
//! 材料于2月30日前报送。<!-- zhubi: ignore -->
//! ```
//!
//! ```text
//! zhubi: ignore-begin number
//! 材料于2月30日前报送。
//! 表格于2月31日前报送。
//! zhubi: ignore-end
//! ```
//!
//! 正文里提到 zhubi：
//!
//! ```text
//! 用zhubi检查报告，zhubi:见说明。
//! ```
//!
//! ## 依据
//! 朱笔自己的约定。

use std::ops::Range;

use crate::doctype::{self, DocumentType};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::rules::{GROUPS, RULES, selector};
use crate::text::directive::{self, ADDRESS, Command, Unpaired};

/// The rule. That a directive passes over nothing is found by the engine, which alone knows.
pub static RULE: Rule = Rule {
    id: "leftover/unused-ignore",
    summary: "多余的忽略指令",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("unused_ignore.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let source = view.document.source();
    for directive in view.document.directives() {
        match &directive.command {
            Command::Ignore { names, .. } => {
                let (_, unknown) = selector::selectors(source, names);
                out.extend(unknown.into_iter().map(|name| {
                    let message = no_rule(&source[name.clone()]);
                    Finding::new(name, message)
                }));
            }
            Command::End => {}
            Command::Unpaired(why) => out.push(unpaired(&directive.range, *why)),
            Command::Type(name) => {
                let kind = &source[name.clone()];
                if DocumentType::named(kind).is_none() {
                    let known: Vec<&str> = doctype::ALL.iter().map(|kind| kind.name).collect();
                    let known = known.join("、");
                    let message = format!("没有名为“{kind}”的文种，可以写的有：{known}");
                    out.push(Finding::new(name.clone(), message));
                }
            }
            Command::Unknown { range, meant } => out.push(not_understood(source, range, *meant)),
        }
    }
}

/// The beginning or end of a region that has no effect.
fn unpaired(range: &Range<usize>, why: Unpaired) -> Finding {
    let said = |message: &str| Finding::new(range.clone(), message);
    match why {
        Unpaired::Endless => {
            said("“zhubi: ignore-begin”没有生效：后面没有“zhubi: ignore-end”，请写在这一段的末尾")
        }
        Unpaired::NotBegun => said("“zhubi: ignore-end”前面没有“zhubi: ignore-begin”，可以删去")
            .replace("", Applicability::Suggested),
        Unpaired::Nested => {
            said("“zhubi: ignore-begin”没有生效：套在另一对里面；请先用“zhubi: ignore-end”结束前一对")
        }
    }
}

/// A word of a directive that is none.
fn not_understood(source: &str, range: &Range<usize>, meant: Option<&str>) -> Finding {
    let shown = &source[range.clone()];
    let Some(meant) = meant else {
        let words: Vec<String> =
            directive::WORDS.iter().map(|(word, _)| format!("“{ADDRESS} {word}”")).collect();
        let words = words.join("、");
        let message = if shown.is_empty() || shown.starts_with("zhubi") {
            format!("“zhubi:”后面没有写指令，可以写的有：{words}")
        } else {
            format!("看不懂指令“{shown}”，没有生效；可以写的有：{words}")
        };
        return Finding::new(range.clone(), message);
    };
    let message = format!("指令没有生效：“{shown}”应写作“{meant}”");
    let finding = Finding::new(range.clone(), message);
    // type：请示: what is right is more than the word.
    if meant.ends_with('=') && shown.len() > "type".len() {
        return finding;
    }
    // zhubi：ignore, ignore：typo: a blank parts the words.
    let touches = source[range.end..].starts_with(|c: char| !c.is_whitespace());
    let is_parted = if meant == ADDRESS { !touches } else { !shown.ends_with(['：', ':']) };
    let behind = if is_parted { "" } else { " " };
    finding.replace(format!("{meant}{behind}"), Applicability::Suggested)
}

/// What to say of a name that no rule and no group has.
fn no_rule(name: &str) -> String {
    if name.is_ascii() {
        return match crate::rules::selector::check_selector(name) {
            Err(message) => message,
            Ok(()) => format!("没有名为“{name}”的规则或规则组"),
        };
    }
    let known = RULES.iter().map(|rule| rule.summary).chain(GROUPS.iter().map(|(_, chinese)| *chinese));
    let nearest = known.map(|known| (common(known, name), known)).max_by_key(|(common, _)| *common);
    let hint = match nearest {
        Some((common, known)) if common >= 600 => format!("，是否指“{known}”？"),
        _ => "，这个名字没有起作用；".to_owned(),
    };
    format!("没有名为“{name}”的规则或规则组{hint}全部规则见 zhubi rules")
}

/// How many of their characters two names have in common, in thousandths.
fn common(a: &str, b: &str) -> usize {
    let shared = a.chars().filter(|c| b.contains(*c)).count();
    2000 * shared / (a.chars().count() + b.chars().count()).max(1)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::config::Config;
    use crate::lint::Linter;
    use crate::rules::testing::{check, check_clean, messages};
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
        check(&RULE, "zhubi: ignore-file number, 〔nothing〕");
        check(&RULE, "zhubi: ignore-begin number, 〔nothing〕\n今天开会。\nzhubi: ignore-end");
        check(&RULE, "今天开会。\n〔zhubi: ignore-end→〕\n");
        let nested = "zhubi: ignore-begin\n〔zhubi: ignore-begin typo〕\n今天开会。\nzhubi: ignore-end\nzhubi: ignore-end\n";
        check(&RULE, nested);
    }

    #[test]
    fn what_is_not_understood() {
        check(&RULE, "〔ZHUBI:→zhubi:〕 ignore typo\n今天开会。");
        check(&RULE, "zhubi: 〔ignore：→ignore 〕typo\n今天开会。");
        check(&RULE, "zhubi: 〔disable〕 typo\n今天开会。");
        check(&RULE, "今天开会。 <!-- zhubi: 〔忽略〕 -->");
        check(&RULE, "zhubi: ignore-next-line 〔错别子〕\n今天开会。");
        let said = |text: &str| messages(&RULE, text).join("\n");
        assert!(said("zhubi: ignore 错别子\n今天开会。").contains("是否指“错别字”？"));
        assert!(said("zhubi: ignore 甲乙丙\n今天开会。").ends_with("全部规则见 zhubi rules"));
        assert!(said("<!-- zhubi: -->").contains("可以写的有"));
    }

    #[test]
    fn useful_directives() {
        assert!(unused("zhubi: ignore number\n于2月30日完成。").is_empty());
        assert!(unused("于2月30日完成。 <!-- zhubi: ignore -->").is_empty());
        check_clean(&RULE, "zhubi: type=请示\n今天开会。");
    }
}
