//! 整段重复：同一篇里有两段一字不差，或者只有标点不同。
//!
//! 拼接、改写时常把一段贴了两遍。第二次出现的地方标出，指向第一次；快速修复删去后一段。
//!
//! ## 例
//! ```text
//! 全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。
//! 各村要备足沙袋、水泵。
//! 〔全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。→〕
//! ```
//!
//! 只有标点不同：
//!
//! ```text
//! 全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。
//! 〔全镇上下要提高认识，加强领导；把防汛抗旱的各项任务落到实处。确保安全度汛。→〕
//! ```
//!
//! Markdown 的列表项一样看：
//!
//! ```md
//! - 组织党员干部进村入户，宣讲惠民政策，收集群众的意见建议。
//! - 整理台账。
//! - 〔组织党员干部进村入户，宣讲惠民政策，收集群众的意见建议。→〕
//! ```
//!
//! ## 不报
//! 差一个词，就不是同一段（见 `style/near-duplicate-sentence`）：
//!
//! ```text
//! 全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。
//! 全镇上下要提高认识、加强领导，把防火防灾的各项任务落到实处，确保安全过冬。
//! ```
//!
//! 不同的篇：
//!
//! ```text
//! 防汛总结 篇一：
//! 全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。
//! 防汛总结 篇二：
//! 全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。
//! ```
//!
//! 栏目名开头的行，以及二十五字以内的短行：
//!
//! ```text
//! 责任单位：县农业农村局、县水利局、县应急管理局、县财政局、各乡镇人民政府
//! 单位负责人签字：
//! 责任单位：县农业农村局、县水利局、县应急管理局、县财政局、各乡镇人民政府
//! 单位负责人签字：
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：文字精练。同一内容不重复出现。

use crate::chinese::is_letter;
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "leftover/duplicate-paragraph",
    summary: "整段重复",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("duplicate_paragraph.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A shorter paragraph may well come back: a form's line, a unit in charge.
const MIN_CHARS: usize = 25;

static DIGESTS: Extract<u64> = Extract::new(digest);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&DIGESTS);
    let text = |index: usize| document.text(&document.blocks()[index]);
    for part in document.parts() {
        let mut digests: Vec<(u64, usize)> =
            noted.within(part).map(|(index, digest)| (*digest, index)).collect();
        digests.sort_unstable();
        let alike = digests.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1);
        let pairs = alike.flat_map(|alike| alike[1..].iter().map(|again| (again.1, alike[0].1)));
        let mut pairs: Vec<(usize, usize)> = pairs.collect();
        pairs.sort_unstable();
        for (index, first) in pairs {
            let (here, there) = (text(index), text(first));
            if here != there && !bare(here).eq(bare(there)) {
                continue;
            }
            let block = &document.blocks()[index];
            let range = block.range.clone();
            let edits = vec![Edit { range: range.clone(), text: String::new() }];
            let how = if here == there { "完全相同" } else { "只有标点不同" };
            out.push(
                Finding::new(range, format!("这一段与前面一段{how}，应删去一处"))
                    .related(document.blocks()[first].range.clone(), "第一次出现在这里")
                    .fix(Fix {
                        title: "删去这一段".to_owned(),
                        edits,
                        applicability: Applicability::Suggested,
                    }),
            );
        }
    }
}

/// The letters and digits of a text.
fn bare(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_letter(*c))
}

/// A hash of the letters and digits of a paragraph, where it is one to compare.
fn digest(text: &str, kind: BlockKind) -> Vec<u64> {
    // Three bytes a character: cheaper than to count them.
    if kind == BlockKind::TableCell || text.len() < MIN_CHARS * 3 || text.contains('\t') {
        return Vec::new();
    }
    // A weak hash will do: what it calls the same is compared.
    let (mut chars, mut hash) = (0, 0u64);
    for c in bare(text) {
        hash = (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        chars += 1;
    }
    if chars < MIN_CHARS || is_label(text) { Vec::new() } else { vec![hash] }
}

/// 责任单位：…, （牵头单位：…）: form fields, repeated by design.
fn is_label(text: &str) -> bool {
    let text = text.trim_start_matches(['（', '(', '【', '［', '[']);
    let head = text.find(['：', ':']).map_or(usize::MAX, |at| text[..at].chars().count());
    head <= 8
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::messages;

    const LONG: &str = "全镇上下要提高认识、加强领导，把防汛抗旱的各项任务落到实处，确保安全度汛。";

    #[test]
    fn the_same_but_for_its_marks_is_not_called_the_same() {
        let said = messages(&RULE, &format!("{LONG}\n{}", LONG.replace('、', "，")));
        assert_eq!(said, ["这一段与前面一段只有标点不同，应删去一处"]);
    }
}
