//! 拼音没有转换：两个汉字中间夹着一个音节的小写拼音，多半是输入法漏选了字。
//!
//! ## 例
//! - 安排〔bu〕署安全生产工作。
//! - 认真〔zong〕结经验，狠抓〔luo〕实。
//! - 要加〔qiang〕领导。
//!
//! ## 不报
//! - 用wifi上网，填pin码，采用man工艺。 （英文词）
//! - 安装app后登录，长5km的公路执行GB标准。 （与数字相连、大写）
//! - 字母“bu”的读音，见音节表（zong）。 （引号、括号里）
//!
//! ## 依据
//! 《汉语拼音方案》：音节由声母和韵母拼成；正文里的词用汉字写。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Finding, Severity};
use crate::rule::literals::Needs;
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "typo/pinyin-residue",
    summary: "拼音没有转换成汉字",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("pinyin_residue.rs"),
    needs: &[Needs::Letter],
    scope: Scope::Paragraph(check),
};

/// One syllable with an initial between Chinese characters.
static SYLLABLE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "[一-龥](?P<m>(?:zh|ch|sh|r)(?:i|a|e|u|ai|ei|ao|ou|an|en|ang|eng|ong|ua|uo|uai|ui|uan|un|uang)|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|[bpmfdtnlgkhzcsyw](?:i|a|o|e|u|ai|ei|ao|ou|an|en|ang|eng|ong|ia|ie|iao|iu|ian|in|iang|ing|uo|ui|uan|un|ua|uai|uang|ue))[一-龥]";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Syllables that are words of other languages, abbreviations or units as well.
const WORDS: &[&str] = &[
    "ban", "can", "die", "du", "fan", "ga", "ge", "go", "gun", "he", "hi", "ka", "la", "lan", "lie", "ma",
    "man", "me", "men", "mi", "mu", "nan", "no", "pa", "pan", "pe", "pi", "pie", "pin", "po", "run", "she",
    "shi", "si", "song", "sun", "ta", "tan", "tang", "ten", "ti", "to", "wan", "wang", "we", "wo", "xi",
    "ya", "yi", "yo", "you", "zan",
];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let hanzi = |c: char| ('一'..='龥').contains(&c);
    let small = |c: char| c.is_ascii_lowercase();
    let inside = |(at, _): (usize, &str)| {
        text[..at].ends_with(hanzi) && text[at..].trim_start_matches(small).starts_with(hanzi)
    };
    if !text.match_indices(small).any(inside) {
        return;
    }
    for found in SYLLABLE.captures_iter(paragraph.text) {
        let Some(syllable) = found.name("m").filter(|m| !WORDS.contains(&m.as_str())) else { continue };
        let message = format!("“{}”像是没有转换成汉字的拼音，请选字", syllable.as_str());
        out.push(Finding::new(syllable.range(), message));
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, WORDS};
    use crate::rules::testing::check_clean;

    #[test]
    fn words_and_names() {
        check_clean(&RULE, "字母“bu”，音节（zong），bu 署。");
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(WORDS.is_sorted());
    }
}
