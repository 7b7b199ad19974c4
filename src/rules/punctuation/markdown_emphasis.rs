//! Markdown 加粗失效：`**标题：**正文` 里，收尾的 `**` 夹在标点和汉字之间，CommonMark 不认，星号会原样显示。
//!
//! ## 例
//! ```md
//! 〔**工作目标：**→**工作目标**：〕年底完成。
//! ```
//!
//! ```md
//! 落实〔**“三会一课”**→“**三会一课**”〕制度。
//! ```
//!
//! ```md
//! 一是〔**加强领导。**→**加强领导**。〕成立专班。
//! ```
//!
//! ## 不报
//! 正常显示的加粗：
//!
//! ```md
//! **工作目标**：年底完成。
//! ```
//!
//! 后面有空格，也正常：
//!
//! ```md
//! **工作目标：** 年底完成，共计**42件**。
//! ```
//!
//! 代码里的星号：
//!
//! ```md
//! 运行 `**标题：**正文` 即可。
//! ```
//!
//! 纯文本里的星号（见 `leftover/stray-mark`）：
//!
//! ```text
//! **工作目标：**年底完成。
//! ```
//!
//! ## 依据
//! CommonMark 规范 6.2（Emphasis and strong emphasis）：右侧定界符前面是标点时，后面须是空白或标点。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::OBJECT;
use crate::text::format::{Format, structure};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/markdown-emphasis",
    summary: "Markdown 加粗失效",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("markdown_emphasis.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// What the format made of the stars: they are still there, so they do not show as emphasis.
static STARS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\*\*([^*\n]{1,60}?)\*\*").expect("the pattern is a constant"));

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.format != Format::Markdown || !text.contains("**") {
        return;
    }
    let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && c != OBJECT;
    for found in STARS.captures_iter(text) {
        let (Some(whole), Some(inner)) = (found.get(0), found.get(1)) else { continue };
        if !inner.as_str().ends_with(is_mark) && !inner.as_str().starts_with(is_mark) {
            continue;
        }
        let finding = |range: Range<usize>, way: &str| {
            Finding::new(range, format!("这里的“**”夹在标点和汉字之间，不会显示为加粗{way}"))
        };
        // With markup between them they are no pair.
        if paragraph.meets_markup(&(whole.start() + 1..whole.end() - 1)) {
            out.push(finding(inner.end()..whole.end(), ""));
            continue;
        }
        out.push(match mended(text, whole.range(), inner.as_str()) {
            Some((right, way)) => finding(whole.range(), way).replace(right, Applicability::Suggested),
            None => finding(whole.range(), ""),
        });
    }
}

/// Marks that can do without bold. Brackets and quotes can only together.
const MARKS: [char; 14] = ['：', '，', '。', '；', '！', '？', '、', '…', ':', ',', '.', ';', '!', '?'];
const PAIRS: [(char, char); 6] =
    [('“', '”'), ('《', '》'), ('（', '）'), ('【', '】'), ('(', ')'), ('"', '"')];

/// Text that renders as bold instead, and how: with trailing marks moved out, or with spaces added.
fn mended(text: &str, range: Range<usize>, inner: &str) -> Option<(String, &'static str)> {
    let core = inner.trim_end_matches(MARKS);
    let marks = &inner[core.len()..];
    let mut ways = vec![("", core, marks)];
    for (open, close) in PAIRS {
        let body = core.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(body) = body.filter(|body| !body.contains([open, close])) {
            ways.push((&core[..open.len_utf8()], body, &inner[open.len_utf8() + body.len()..]));
        }
    }
    const OUTSIDE: &str = "，把标点移到“**”外面";
    const BLANK: &str = "，在“**”外面加一个空格";
    let outside = ways.iter().map(|(head, bold, tail)| (*head, *bold, *tail, OUTSIDE));
    let blanks = [(" ", core, marks, BLANK), ("", inner, " ", BLANK), (" ", inner, " ", BLANK)];
    let before = text[..range.start].chars().next_back().map_or(String::new(), |c| format!("甲{c}"));
    let after = text[range.end..].chars().next().map_or(String::new(), |c| format!("{c}甲"));
    outside.chain(blanks).find_map(|(head, bold, tail, way)| {
        let right = format!("{head}**{bold}**{tail}");
        let shown = format!("{before}{head}{bold}{tail}{after}");
        structure::shows_strong(&format!("{before}{right}{after}"), bold, shown.trim())
            .then_some((right, way))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::text::format::Format;

    #[test]
    fn what_is_put_in_their_place_shows() {
        for (wrong, right) in [
            ("**“一件事”改革。**截至10月底", "**“一件事”改革**。截至10月底"),
            ("推进**“一件事”改革。**截至10月底", "推进 **“一件事”改革**。截至10月底"),
            ("推进**“一件事”**改革", "推进“**一件事**”改革"),
            ("**（一）末端成本偏高。**山区", "**（一）末端成本偏高**。山区"),
            ("**落实“四早”**要求", "**落实“四早”** 要求"),
            ("抓**“四早”和“四查”**落实", "抓 **“四早”和“四查”** 落实"),
            ("**《办法》：**已印发", "**《办法》**：已印发"),
            ("学习**《办法》。**要求", "学习“**办法**”。要求"),
        ] {
            let found = crate::rules::testing::suggestion(&RULE, Format::Markdown, wrong);
            let right = right.replace("“**办法**”", "《**办法**》");
            assert_eq!(found, right, "{wrong}");
            assert_eq!(crate::rules::testing::suggestion(&RULE, Format::Markdown, &right), right);
        }
    }
}
