//! 游离符号：词中间多出来的撇号、引号，网页和 Word 粘贴带来的残渣。
//!
//! 输入法误按或从网页复制，会在词中间留下孤零零的 `'`、`"`，或 `&nbsp;`、`<br>`、零宽字符、乱码方块。
//!
//! ## 例
//! - 认真贯彻落〔'→〕实上级部署。
//! - 全面推〔"→〕进各项工作。
//!
//! ```text
//! 工作总结〔&nbsp;→〕如下：提高效率〔<br>→〕改进作风。
//! ```
//!
//! ## 不报
//! - 坚持"质量第一"的理念。 （成对的引号）
//! - 选用55"电视机，位于东经116°20'。 （英寸、分）
//! - 外教 O'Brien 介绍了 It's OK 项目。 （英文的撇号）
//!
//! Markdown 里有效的 HTML：
//!
//! ```md
//! 第一行<br>第二行&nbsp;完
//! ```
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.8：引号成对使用，标号中没有撇号。

use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::is_hanzi;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::format::Format;
use crate::typo::words;

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/stray-mark",
    summary: "游离符号",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("stray_mark.rs"),
    needs: &[Needs::AnyOf(&[
        Needs::Literal(&GARBLED),
        Needs::AnyChar("&<'\""),
        Needs::AnyChar(INVISIBLE),
        Needs::Control,
    ])],
    scope: Scope::Paragraph(check),
};

static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?i)&(?:nbsp|lt|gt|amp|quot|ldquo|rdquo|emsp|ensp);|</?(?:br|p|span|div|font|strong|b|td|tr)(?:\s[^<>]{0,80})?/?>|锟斤拷|烫烫烫";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// What a wrong encoding makes of empty memory and of lost characters.
static GARBLED: LiteralList = LiteralList::words(|| vec!["锟斤拷", "烫烫烫"]);

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let garbled = || paragraph.hits().all().next().is_some();
    if paragraph.format == Format::Plain && (paragraph.may_contain_any("&<") || garbled()) {
        out.extend(DEBRIS.find_iter(text).map(|found| {
            let message = format!("“{}”是粘贴留下的残渣，应删去", found.as_str());
            let finding = Finding::new(found.range(), message);
            // What stands between two words may have stood for a space or a line break.
            finding.replace("", Applicability::Suggested)
        }));
    }
    for mark in ['\'', '"'] {
        if paragraph.may_contain_any(mark.encode_utf8(&mut [0; 4])) {
            lone_marks(text, mark, out);
        }
    }
    if !paragraph.literals.has_control() && !paragraph.may_contain_any(INVISIBLE) {
        return;
    }
    for (at, c) in text.char_indices().filter(|(_, c)| is_invisible(*c)) {
        let message = match c {
            '\u{FFFD}' => "“\u{FFFD}”是解码失败留下的乱码，请对照原稿改正".to_owned(),
            '\u{B}' | '\u{C}' => "这里藏着一个分页或换行的控制符，应改为换行".to_owned(),
            _ => format!("这里藏着一个看不见的字符（U+{:04X}），应删去", c as u32),
        };
        let finding = Finding::new(at..at + c.len_utf8(), message);
        out.push(match c {
            '\u{FFFD}' => finding,
            // A page or a line may end there.
            '\u{B}' | '\u{C}' => finding.replace("\n", Applicability::Suggested),
            // At the start of a line it may be what keeps Markdown from reading the rest as markup.
            _ if at == 0 => finding.replace("", Applicability::Suggested),
            _ => finding.replace("", Applicability::Safe),
        });
    }
}

/// A straight quote with Chinese characters on both sides and no partner in the paragraph.
fn lone_marks(text: &str, mark: char, out: &mut Vec<Finding>) {
    let mut places = text.char_indices().filter(|(_, c)| *c == mark).map(|(at, _)| at).filter(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        // Inches, minutes of arc, apostrophes.
        let attached = before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(is_hanzi);
        let apostrophe = after.is_some_and(|c| c.is_ascii_alphanumeric())
            && before.is_some_and(|c| c.is_ascii_alphanumeric());
        !attached && !apostrophe
    });
    let (Some(at), None) = (places.next(), places.next()) else { return };
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    if before.is_some_and(is_hanzi) && after.is_some_and(is_hanzi) && !has_curly_partner(text, mark) {
        // Inside a word it is a slip of the finger; between words it may be one half of a pair: 又说"工作。
        let joined = format!("{}{}", &text[..at], &text[at + 1..]);
        let (message, applicability) = if words::is_boundary(&joined, at) {
            (format!("“{mark}”没有配对，请补上另一半或删去"), Applicability::Suggested)
        } else {
            (format!("词中间多出一个“{mark}”，应删去"), Applicability::Safe)
        };
        out.push(Finding::new(at..at + 1, message).replace("", applicability));
    }
}

/// Half of a pair may be straight and the other half curly: that is for `punctuation/unpaired`.
fn has_curly_partner(text: &str, mark: char) -> bool {
    let (open, close) = if mark == '"' { ('“', '”') } else { ('‘', '’') };
    text.matches(open).count() != text.matches(close).count()
}

/// What is invisible besides control characters.
const INVISIBLE: &str = "\u{AD}\u{200B}\u{200E}\u{200F}\u{2060}\u{FEFF}\u{FFFD}";

/// Control characters, zero-width characters, soft hyphens and the mark of a failed decoding.
fn is_invisible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_fix, check_in};
    use crate::text::format::Format;

    #[test]
    fn stray_marks() {
        check(&RULE, "政治\u{3014}".trim_end_matches('\u{3014}'));
        check_fix(&RULE, "政\u{200B}治", "政治");
        check_fix(&RULE, "第一页完。\u{C}第二页开始。", "第一页完。\u{C}第二页开始。");
        check_fix(&RULE, "又说\"工作。", "又说\"工作。");
        check_fix(&RULE, "a\0b", "ab");
    }

    #[test]
    fn marks_that_belong() {
        check_clean(&RULE, "坚持\"质量第一\"的理念，It's 'fine' for O'Brien。");
        check_clean(&RULE, "他说“好\"。");
        check_in(&RULE, Format::Markdown, "第一行<br>第二行&nbsp;完");
    }
}
