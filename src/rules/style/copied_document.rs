//! 照抄别的稿子：和同一次检查的另一份稿子有好几句相同，最多只换了数字。
//!
//! `zhubi check` 一次检查几份稿子、编辑器里检查整个工作区时才比较：常见的是拿去年的总结改了年份和数字就交。标在相同的第一句上，说明是哪一份、第几行、共几句。
//!
//! ## 例
//! - 2026年总结里〔全年共组织集中学习二十六次，撰写心得体会八十篇。〕与2025年总结第12行只差数字，这样的句子共5句。
//! - 甲科室的总结与乙科室的有四段相同。
//! - 同一份稿子存了两个名字。
//!
//! ## 不报
//! - 不足三句相同的。
//! - 二十字以内的短句、标题。
//! - 只检查一份稿子的。
//!
//! ## 依据
//! 总结、报告写本年、本单位的事。

use crate::chinese::is_hanzi;
use crate::chinese::numeral::is_chinese_digit;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::lint::diagnostic::Severity;
use crate::rules::cues::is_letter;
use crate::rules::{Finding, Rule, Scope, module_doc};
use crate::text::document::Document;
use crate::text::position::LineIndex;
use crate::text::sentence::sentences;

/// The rule. What documents have in common is found by the run, which alone sees more than one.
pub static RULE: Rule = Rule {
    id: "style/copied-document",
    summary: "与另一份稿子句子相同",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("copied_document.rs"),
    scope: Scope::Document(|_, _| {}),
};

/// Shorter sentences are formulas.
const MIN_CHARS: usize = 20;
/// Fewer of them may be chance, or the name of a campaign.
const MIN_SENTENCES: usize = 3;

/// The sentences of the documents of a run, each by its hash: the document, and its line, that had it first.
#[derive(Debug, Default)]
pub struct Run {
    names: Vec<String>,
    known: HashMap<u64, (usize, usize)>,
}

impl Run {
    /// What a document has in common with those before it, one finding for each of these.
    pub fn next(&mut self, name: &str, document: &Document) -> Vec<Finding> {
        let lines = LineIndex::new(document.source());
        let mut shared: HashMap<usize, Vec<(std::ops::Range<usize>, usize)>> = HashMap::new();
        let this = self.names.len();
        self.names.push(name.to_owned());
        for block in document.blocks() {
            let text = document.text(block);
            for sentence in sentences(text) {
                let Some(hash) = hash(&text[sentence.clone()]) else { continue };
                let range = block.to_source(sentence);
                let (other, line) = *self.known.entry(hash).or_insert((this, lines.line(range.start)));
                if other != this {
                    shared.entry(other).or_default().push((range, line));
                }
            }
        }
        let mut found: Vec<Finding> = shared
            .into_iter()
            .filter(|(_, places)| places.len() >= MIN_SENTENCES)
            .map(|(other, places)| {
                let (first, line) = places[0].clone();
                let (name, line, count) = (&self.names[other], line + 1, places.len());
                let message = format!(
                    "与“{name}”第{line}行相同，最多只换了数字；这样的句子共{count}句，请改写成本篇的事"
                );
                let finding = Finding::new(first, message);
                places[1..].iter().take(20).fold(finding, |f, (range, _)| f.related(range.clone(), "又一句"))
            })
            .collect();
        found.sort_by_key(|finding| finding.range.start);
        found
    }
}

/// A digit or a numeral, Chinese ones too. Unicode's own table, which is slow to ask, takes the Chinese ones for
/// letters; 零 counts as one here too.
fn is_numeral(c: char) -> bool {
    c != '零' && is_chinese_digit(c) || matches!(c, '万' | '亿') || !is_hanzi(c) && c.is_numeric()
}

/// A sentence without punctuation, with one number as good as another.
fn hash(sentence: &str) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let (mut chars, mut in_number) = (0, false);
    for c in sentence.chars().filter(|c| is_letter(*c)) {
        let number = is_numeral(c);
        if !(number && in_number) {
            (if number { '#' } else { c }).hash(&mut hasher);
        }
        in_number = number;
        chars += 1;
    }
    (chars >= MIN_CHARS).then(|| hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::Run;
    use crate::text::document::Document;
    use crate::text::format::Format;

    const LAST: &str = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";

    fn found(drafts: &[&str]) -> Vec<String> {
        let mut run = Run::default();
        let mut messages = Vec::new();
        for (index, draft) in drafts.iter().enumerate() {
            let document = Document::new(*draft, Format::Plain);
            messages = run.next(&format!("{index}.txt"), &document).into_iter().map(|f| f.message).collect();
        }
        messages
    }

    #[test]
    fn last_years_report_with_other_figures() {
        let this = LAST.replace("二十四", "二十六").replace("四十二", "51").replace("六期", "七期");
        let message = "与“0.txt”第2行相同，最多只换了数字；这样的句子共3句，请改写成本篇的事";
        assert_eq!(found(&[&format!("2025年总结\n{LAST}"), &format!("2026年总结\n{this}")]), [message]);
        assert_eq!(found(&["今天开会。", LAST, LAST]).len(), 1);
        assert_eq!(found(&[LAST, "今天开会。", &format!("今天开会。\n{this}")]).len(), 1);
    }

    #[test]
    fn few_short_or_alone() {
        assert!(found(&[LAST]).is_empty());
        assert!(found(&[&format!("{LAST}{LAST}")]).is_empty());
        assert!(found(&["今天开会。明天开会。后天开会。", "今天开会。明天开会。后天开会。"]).is_empty());
        let one = LAST.split_once('。').map_or("", |(first, _)| first);
        assert!(found(&[LAST, one]).is_empty());
    }
}
