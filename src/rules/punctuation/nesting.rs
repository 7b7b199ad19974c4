//! 标号套用：书名号里用书名号，引号里用引号，内层换成单的；括号里再用括号，换一种形式。
//!
//! 标在内层的前一半上，快速修复两半一起改。
//!
//! ## 例
//! - 印发《关于贯彻〔《〕安全生产法》的通知》。
//! - 他说：“要牢记〔“〕实干兴邦”的道理。”
//! - 全市（含三县〔（〕不含市区））共有学校42所。
//!
//! ## 不报
//! - 印发《关于印发〈管理办法〉的通知》。 （内层已经用单书名号）
//! - 编制“‘十四五’规划”。 （内层已经用单引号）
//! - 坚持“四个意识”和“四个自信（见附件）”。 （并列，没有套用）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.8.3（引号内再用引号，外双内单）、4.9（尽量避免套用括号）、4.15.3（书名号内再用书名号，里面用单书名号）。

use std::ops::Range;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/nesting",
    summary: "标号套用",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("nesting.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// A pair of marks, the pair to use inside it, and how it is called.
struct Kind {
    open: char,
    close: char,
    inner: Option<(&'static str, &'static str)>,
    name: &'static str,
}

const KINDS: [Kind; 3] = [
    Kind { open: '《', close: '》', inner: Some(("〈", "〉")), name: "书名号" },
    Kind { open: '“', close: '”', inner: Some(("‘", "’")), name: "引号" },
    Kind { open: '（', close: '）', inner: None, name: "括号" },
];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    for Kind { open, close, inner, name } in KINDS {
        if !paragraph.may_contain_any(open.encode_utf8(&mut [0; 4])) {
            continue;
        }
        for (first, last) in nested(paragraph.text, open, close) {
            let range = first.clone();
            match inner {
                Some((left, right)) => {
                    let edits = vec![
                        Edit { range: first, text: left.to_owned() },
                        Edit { range: last, text: right.to_owned() },
                    ];
                    let title = format!("内层改为“{left}{right}”");
                    let message = format!("{name}里再用{name}，内层应为“{left}{right}”");
                    let fix = Fix { title, edits, applicability: Applicability::Suggested };
                    out.push(Finding::new(range, message).fix(fix));
                }
                None => {
                    let message = "括号里再套括号，宜改写，或内外用不同形式的括号";
                    out.push(Finding::new(range, message).with_severity(Severity::Hint));
                }
            }
        }
    }
}

/// The pairs that stand directly in another pair of the same marks, where all marks of the paragraph pair.
fn nested(text: &str, open: char, close: char) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut found, mut stack) = (Vec::new(), Vec::new());
    if !text.contains(open) {
        return found;
    }
    for (at, c) in text.char_indices() {
        if c == open {
            stack.push(at);
        } else if c == close {
            let Some(start) = stack.pop() else { return Vec::new() };
            if stack.len() == 1 {
                found.push((start..start + open.len_utf8(), at..at + close.len_utf8()));
            }
        }
    }
    if stack.is_empty() { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check_clean, check_suggestion};

    #[test]
    fn the_same_inside() {
        check_suggestion(&RULE, "《关于印发《办法》的通知》", "《关于印发〈办法〉的通知》");
    }

    #[test]
    fn others_inside() {
        check_clean(&RULE, "“甲”“乙”和“丙，（丁）（戊）。");
    }
}
