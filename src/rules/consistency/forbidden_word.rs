//! 单位不用的词：配置里写明不用、并给出替换的词。
//!
//! 在 `zhubi.toml` 里写，右边空着就是只提示、不替换：
//!
//! ```toml
//! [dictionary]
//! words = ["村官论坛"]
//!
//! [dictionary.forbidden]
//! "驻村帮扶队" = "驻村工作队"
//! "村官" = "大学生村干部"
//! "老百姓" = ""
//! ```
//!
//! ## 例
//! - 〔驻村帮扶队→驻村工作队〕全年走访群众300户。
//! - 选聘〔村官→大学生村干部〕12名。
//! - 倾听〔老百姓〕的呼声。
//!
//! ## 不报
//! - 驻村工作队全年走访群众300户。 （已经用了替换的词）
//! - 县里举办第三届村官论坛。 （整个词写在 `words` 里）
//! - 驻村帮扶工作取得进展。 （不是那个词）
//!
//! ## 依据
//! 本单位的用语规定。

use crate::finding::Finding;
use crate::finding::{Applicability, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/forbidden-word",
    summary: "单位规定不用的词",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("forbidden_word.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let protected = paragraph.dictionary.protected(text);
    let inside = |range: &std::ops::Range<usize>| {
        protected.iter().any(|word| word.start <= range.start && range.end <= word.end)
    };
    for (range, right) in paragraph.dictionary.forbidden(text).filter(|(range, _)| !inside(range)) {
        let wrong = &text[range.clone()];
        out.push(if right.is_empty() {
            Finding::new(range, format!("本单位规定不用“{wrong}”"))
        } else {
            let message = format!("本单位规定不用“{wrong}”，改用“{right}”");
            Finding::new(range, message).replace(right, Applicability::Suggested)
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::lint::Linter;
    use crate::text::document::Document;
    use crate::text::format::Format;

    fn found(toml: &str, text: &str) -> Vec<(String, String)> {
        let config = Config::parse(toml).unwrap();
        let document = Document::new(text, Format::Plain);
        let found = Linter::new(&config).check(&document);
        let shown = |d: &crate::Diagnostic| {
            let replacement = d.replacements().next().unwrap_or_default().to_owned();
            (text[d.range.clone()].to_owned(), replacement)
        };
        found.iter().map(shown).collect()
    }

    const TOML: &str = "select = [\"consistency\", \"typo\"]\n[dictionary]\nwords = [\"驻村帮扶队之家\", \"政冶\"]\n[dictionary.forbidden]\n\"驻村帮扶队\" = \"驻村工作队\"\n\"老百姓\" = \"\"\n";

    #[test]
    fn forbidden_words_and_their_replacements() {
        let expected =
            [("驻村帮扶队".to_owned(), "驻村工作队".to_owned()), ("老百姓".to_owned(), String::new())];
        assert_eq!(found(TOML, "驻村帮扶队走访老百姓300户。"), expected);
    }

    #[test]
    fn each_place_is_marked() {
        assert_eq!(found(TOML, "驻村帮扶队进村，驻村帮扶队入户。").len(), 2);
        assert_eq!(found(TOML, "老百姓满意。").len(), 1);
    }

    #[test]
    fn words_of_the_project_are_let_alone() {
        assert_eq!(found(TOML, "走访驻村帮扶队之家，学习政冶。"), []);
        assert_eq!(found(TOML, "驻村工作队走访群众300户。"), []);
        assert_eq!(found("", "驻村帮扶队走访老百姓300户。"), []);
    }
}
