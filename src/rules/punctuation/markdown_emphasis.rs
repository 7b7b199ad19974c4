//! Markdown 加粗失效：`**标题：**正文` 里，收尾的 `**` 夹在标点和汉字之间，CommonMark 不认，星号会原样显示。
//!
//! ## 例
//! - 〔**工作目标：**〕年底完成。（改为 **工作目标**：）
//! - 〔**“三会一课”**〕制度
//! - 〔**整改情况：**〕已完成12项。（改为 **整改情况**：）
//!
//! ## 不报
//! - 正常显示的加粗：**工作目标**：年底完成。
//! - 代码里的星号。
//! - 纯文本里的星号（见 `leftover/stray-mark`）。
//!
//! ## 依据
//! CommonMark 规范 6.2（Emphasis and strong emphasis）：右侧定界符前面是标点时，后面须是空白或标点。

use std::sync::LazyLock;

use regex::Regex;

use crate::lint::diagnostic::{Applicability, Severity};
use crate::rules::{Finding, Paragraph, Rule, Scope, module_doc};
use crate::text::format::Format;

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/markdown-emphasis",
    summary: "Markdown 加粗失效",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("markdown_emphasis.rs"),
    scope: Scope::Paragraph(check),
};

/// What the format made of the stars: they are still there, so they do not show as emphasis.
static STARS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"\*\*(?P<open>[“《（【]?)(?P<body>[^*\n]{1,60}?)(?P<close>[：，。；！？、”》）】:]*)\*\*";
    Regex::new(pattern).expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    if paragraph.format != Format::Markdown || !paragraph.text.contains("**") {
        return;
    }
    for found in STARS.captures_iter(paragraph.text) {
        let (Some(whole), open, body, close) =
            (found.get(0), &found["open"], &found["body"], &found["close"])
        else {
            continue;
        };
        if close.is_empty() && open.is_empty() {
            continue;
        }
        let message = "这里的“**”夹在标点和汉字之间，不会显示为加粗，把标点移到“**”外面";
        let right = format!("{open}**{body}**{close}");
        out.push(Finding::new(whole.range(), message).replace(right, Applicability::Suggested));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_in};
    use crate::text::format::Format;

    #[test]
    fn stars_that_show() {
        check_in(&RULE, Format::Markdown, "〔**工作目标：**→**工作目标**：〕年底完成。");
        check_in(&RULE, Format::Markdown, "落实〔**“三会一课”**→“**三会一课**”〕制度。");
        check_in(&RULE, Format::Markdown, "一是〔**加强领导。**→**加强领导**。〕成立专班。");
    }

    #[test]
    fn stars_that_work() {
        check_in(&RULE, Format::Markdown, "**工作目标**：年底完成。");
        check_in(&RULE, Format::Markdown, "**工作目标：** 年底完成。");
        check_in(&RULE, Format::Markdown, "运行 `**标题：**正文` 即可。");
        check_clean(&RULE, "纯文本**标题：**正文。");
    }

    #[test]
    fn emphasis_that_works_and_code() {
        check_in(&RULE, Format::Markdown, "**工作目标**：年底完成。");
        check_in(&RULE, Format::Markdown, "`**工作目标：**年底`完成。");
        check_in(&RULE, Format::Markdown, "共计**42件**，办结率100%。");
    }
}
