//! 定语过长：一个小句里用了五个以上“的”，修饰套修饰，宜拆成两句。
//!
//! ## 例
//! - 〔这是我们面临的新的复杂的严峻的形势的要求〕。
//! - 走访中，〔群众反映的突出的长期的没有解决的出行的问题列入了清单〕。
//! - 去年以来，〔单位制定的新的严格的规范的可行的制度陆续出台〕。
//!
//! ## 不报
//! - 这是新的形势对我们提出的新的更高的要求。 （四个）
//! - 老的、旧的、坏的、破的、废的设备全部更换。 （顿号隔开的并列）
//! - 培训的目的，的确是有的放矢，有的同志的有的想法值得重视。 （“目的”“的确”“有的”不算）
//!
//! ## 依据
//! 《现代汉语》（黄伯荣、廖序东主编）病句类型：语序不当（多层定语）；《党政机关公文处理工作条例》第十九条：文字精练。

use crate::finding::{Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::sentence::clauses;

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/long-attributive",
    summary: "定语过长",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("long_attributive.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// This many 的 in one clause are reported.
const MAX_DE: usize = 5;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if paragraph.kind == BlockKind::TableCell || text.match_indices('的').nth(MAX_DE - 1).is_none() {
        return;
    }
    for clause in clauses(text) {
        let shown = &text[clause.clone()];
        let body = shown.trim_end_matches(['，', '。', '；', '：', '！', '？', ',', ';', '\n']);
        if body.contains(['、', '《', '“']) {
            continue;
        }
        // 目的, 的确, 有的: another word.
        let words = ["目的", "的确", "有的", "的士", "标的"]
            .iter()
            .map(|word| body.matches(word).count())
            .sum::<usize>();
        let count = body.matches('的').count().saturating_sub(words);
        if count >= MAX_DE {
            let message = format!("这一小句有{count}个“的”，修饰过长，宜拆成两句");
            out.push(Finding::new(clause.start..clause.start + body.len(), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn many() {
        check(&RULE, "会上，〔他介绍了本村的去年的新建的大棚的种植的品种〕。");
        check(&RULE, "〔我的同事的孩子的老师的建议的内容很好〕！");
    }

    #[test]
    fn few() {
        check_clean(&RULE, "这是新形势对我们的要求，也是群众的期盼。");
    }
}
