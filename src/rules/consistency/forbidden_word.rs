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

use crate::finding::{Applicability, Finding, Severity};
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

    #[test]
    fn each_place_is_marked_and_words_of_the_project_are_no_typos_either() {
        let toml = "select = [\"consistency\", \"typo\"]\n[dictionary]\nwords = [\"政冶\"]\n\
                    [dictionary.forbidden]\n\"驻村帮扶队\" = \"驻村工作队\"\n";
        let linter = Linter::new(&Config::parse(toml).unwrap());
        let count = |text: &str| linter.check(&Document::new(text, Format::Plain)).len();
        assert_eq!(count("驻村帮扶队进村，驻村帮扶队入户。"), 2);
        assert_eq!(count("驻村工作队学习政冶。"), 0);
    }
}
