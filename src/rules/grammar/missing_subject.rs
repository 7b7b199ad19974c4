//! 主语残缺：“通过……”“在……下”作了状语，后面又用“使”，全句就没有主语。
//!
//! ## 例
//! 快速修复删去“使”“让”；也可以改为删去“通过”“在……下”。
//!
//! - 会议结束了。通过这次培训，〔使→〕全体干部提高了认识。
//! - 在各级领导的关心下，〔让→〕我们克服了困难。
//! - 二是随着改革的推进，〔使得→〕办事效率明显提高。
//!
//! ## 不报
//! - 我局通过这次培训，使全体干部提高了认识。 （主语是“我局”）
//! - 通过改革，新机制使成本下降。 （“使”的主语是“新机制”）
//! - 通过线上平台，使用电子证照的企业增多。 （“使用”是另一个词）
//!
//! ## 依据
//! 《现代汉语》（黄伯荣、廖序东主编）病句类型：成分残缺（滥用介词造成主语残缺）。

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/missing-subject",
    summary: "主语残缺",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_subject.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// A sentence that begins with a preposition and its object, and goes on with 使 after the comma.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:[0-9一二三四五六七八九十]{1,2}[、.．]|（[0-9一二三四五六七八九十]{1,2}）|[一二三四五六七八九]是|(?:同时|因此|此外|其次|首先|另外)[，,])?(?:(通过|经过|由于|随着|经由)[^，。；：！？,;\n]{2,40}|(在)[^，。；：！？,;\n]{2,36}(?:下|中|上))[，,](使得|使|让)(.)",
    )
    .expect("the pattern is a constant")
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !paragraph.may_contain_any("使让")
        || !["，使", ",使", "，让", ",让"].iter().any(|cue| text.contains(cue))
    {
        return;
    }
    for sentence in paragraph.sentences() {
        let Some(found) = OPENING.captures(&text[sentence.clone()]) else { continue };
        let (Some(preposition), Some(verb)) = (found.get(1).or(found.get(2)), found.get(3)) else { continue };
        // 使用, 使命, 让步: another word.
        if found.get(4).is_some_and(|next| "用命馆节者步利渡座位".contains(next.as_str())) {
            continue;
        }
        let message = format!(
            "主语残缺：“{}…”与“{}”连用，全句没有主语；删去“{1}”，或删去“{0}”",
            preposition.as_str(),
            verb.as_str()
        );
        let at = |m: regex_lite::Match<'_>| sentence.start + m.start()..sentence.start + m.end();
        out.push(
            Finding::new(at(verb), message)
                .replace("", Applicability::Suggested)
                .related(at(preposition), "状语从这里开始"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_suggestion};

    #[test]
    fn no_subject() {
        check_suggestion(&RULE, "经过整治，使街面更整洁。", "经过整治，街面更整洁。");
    }

    #[test]
    fn a_subject_before_or_after() {
        check_clean(&RULE, "这次培训使干部提高了认识。随着改革推进，效率提高，使群众受益。");
    }
}
