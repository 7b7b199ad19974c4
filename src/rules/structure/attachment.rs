//! 附件对不上：正文提到“附件3”，附件说明里只有两个；说明里有名目，编号不连；同一个附件，两处名称不同。
//!
//! 把三处放在一起对账：正文的引用（见附件2）、文末的附件说明（附件：1.……2.……）、后面的附件正文（附件1）。
//!
//! ## 例
//! 附件说明只有两个：
//!
//! ```text
//! 请按〔附件3〕填报，名单见附件1。
//! 附件：1.人员名单
//! 2.登记表
//! 某县农技站
//! ```
//!
//! 编号不连：
//!
//! ```text
//! 请认真填报。
//! 附件：1.人员名单
//! 〔3→2〕.登记表
//! ```
//!
//! 附件名称后不加标点：
//!
//! ```text
//! 请认真填报。
//! 附件：1.人员名单〔。→〕
//! 2.登记表
//! ```
//!
//! 说明列了，后面却没有：
//!
//! ```text
//! 请认真填报。
//! 附件：1.人员名单
//! 2.〔登记表〕
//! 附件1
//! 人员名单
//! ```
//!
//! 正文和附件说明里的名称不同：
//!
//! ```text
//! 请如实填写《隐患排查表》（附件1）。
//! 附件：1.〔隐患排查登记表→隐患排查表〕
//! 2.分工表
//! ```
//!
//! 名称对，号不对：
//!
//! ```text
//! 请填写《参会回执》（〔附件1→附件2〕）。
//! 附件：1.会议议程
//! 2.参会回执
//! ```
//!
//! ## 不报
//! 正文里用简称：
//!
//! ```text
//! 请填写报名表（附件1），分工见附件2。
//! 附件：1.2026年职工技能大赛报名表
//! 2.工作人员分工表
//! ```
//!
//! 没有附件说明，也没有附件正文，附件随文另发：
//!
//! ```text
//! 请按附件3填报。
//! 某县农技站
//! ```
//!
//! 引用别的文件的附件：
//!
//! ```text
//! 依照《管理办法》附件3执行。
//! 附件：登记表
//! 附件
//! 登记表
//! ```
//!
//! 对得上的：
//!
//! ```text
//! 请按附件2填报。
//! 附件：1.人员名单
//! 2.登记表
//! 附件1
//! 人员名单
//! 附件2
//! 登记表
//! ```
//!
//! ## 依据
//! GB/T 9704-2012《党政机关公文格式》7.3.4：附件说明标注附件顺序号，附件名称后不加标点符号。

mod name;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::document::Document;
use crate::text::references::attachment::{Entry, WORD, begins_list, head, list, mentions};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/attachment",
    summary: "附件引用、说明、正文对不上",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    doc: module_doc!("attachment.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// Of each paragraph that mentions an attachment, whether it begins the note of them.
static MENTIONS: Extract<bool> =
    Extract::new(|text, _| text.contains(WORD).then(|| begins_list(text)).into_iter().collect());

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    // Does a line that names attachments begin the list of them?
    let noted = view.extract(&MENTIONS);
    for part in document.parts() {
        let begins = noted.filled(part.clone()).iter().rev().find(|(_, begins)| begins[0]);
        let Some((start, _)) = begins else { continue };
        let Some(entries) = list(document, &part, *start) else { continue };
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { continue };
        gaps(document, &entries, out);
        for entry in &entries {
            punctuation(document, entry, out);
        }
        let bodies: Vec<(u32, usize)> = noted
            .within(last.block + 1..part.end)
            .filter_map(|(block, _)| Some((head(document.text(&document.blocks()[block]))?.0, block)))
            .collect();
        let known = entries.len().max(bodies.iter().map(|b| b.0).max().unwrap_or(0) as usize) as u32;
        let above: Vec<usize> = noted.within(part.start..first.block).map(|(block, _)| block).collect();
        name::check(document, &above, &entries, &bodies, out);
        unlisted(document, &entries, &bodies, out);
        absent(document, &entries, &bodies, out);
        for index in above {
            references(document, index, known, entries.len(), out);
        }
    }
}

fn gaps(document: &Document, entries: &[Entry], out: &mut Vec<Finding>) {
    for (entry, should) in entries.iter().zip(1..) {
        let Some((value, range)) = &entry.number else { continue };
        if *value != should {
            let range = document.blocks()[entry.block].to_source(range.clone());
            let message = format!("附件说明的编号不连：这里应为“{should}”，请补上缺的附件或改号");
            out.push(Finding::new(range, message).replace(should.to_string(), Applicability::Suggested));
            return;
        }
    }
}

/// An attachment that is there and that the note does not name.
fn unlisted(document: &Document, entries: &[Entry], bodies: &[(u32, usize)], out: &mut Vec<Finding>) {
    let Some((number, block)) = bodies.iter().find(|(number, _)| *number as usize > entries.len()) else {
        return;
    };
    let block = &document.blocks()[*block];
    let message = format!("附件说明里没有列出“附件{number}”，请补入附件说明");
    out.push(Finding::new(block.to_source(0..document.text(block).len()), message));
}

/// An attachment that the note names and that is not there, where the others are.
fn absent(document: &Document, entries: &[Entry], bodies: &[(u32, usize)], out: &mut Vec<Finding>) {
    if bodies.is_empty() {
        return; // They go out as files of their own.
    }
    for entry in entries {
        let Some((number, _)) = &entry.number else { continue };
        if !bodies.iter().any(|(body, _)| body == number) {
            let range = document.blocks()[entry.block].to_source(entry.name.clone());
            let message = format!("别的附件都在后面，没有附件{number}，请补上或另附");
            out.push(Finding::new(range, message).with_severity(Severity::Info));
            return;
        }
    }
}

/// 附件：1.名单。
fn punctuation(document: &Document, entry: &Entry, out: &mut Vec<Finding>) {
    let block = &document.blocks()[entry.block];
    let name = &document.text(block)[entry.name.clone()];
    let Some(mark) = name.chars().next_back().filter(|c| matches!(c, '。' | '；' | ';' | '，' | '、'))
    else {
        return;
    };
    if name.contains(['。', '；']) && name.matches(['。', '；']).count() > 1 {
        return;
    }
    let range = block.to_source(entry.name.end - mark.len_utf8()..entry.name.end);
    let finding = Finding::new(range, "附件名称后不加标点符号，应删去").with_severity(Severity::Info);
    out.push(finding.replace("", Applicability::Safe));
}

fn references(document: &Document, index: usize, known: u32, listed: usize, out: &mut Vec<Finding>) {
    let block = &document.blocks()[index];
    let text = document.text(block);
    for found in mentions(text).filter(|found| !found.is_foreign) {
        if found.number.parts[0] > known {
            let shown = &text[found.range.clone()];
            let message = format!("提到“{shown}”，附件说明里只有{listed}个附件，请补上或改号");
            out.push(Finding::new(block.to_source(found.range), message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_fix};

    #[test]
    fn attachments_that_do_not_add_up() {
        check(&RULE, "请按〔附件2〕填报。\n附件：人员名单");
        check(&RULE, "请按附件3填报。\n附件：1.名单\n2.登记表\n附件1\n名单\n附件2\n登记表\n〔附件3〕\n说明");
        check_fix(
            &RULE,
            "请认真填报。\n附件：1.人员名单。\n2.登记表",
            "请认真填报。\n附件：1.人员名单\n2.登记表",
        );
    }

    #[test]
    fn attachments_that_add_up() {
        check_clean(&RULE, "请按附件2填报，名单见附件1。\n附件：1.人员名单\n2.登记表\n某县农技站");
    }
}
