//! 照抄别的稿子：和同一次检查的另一份稿子有好几句相同，最多只换了数字。
//!
//! `zhubi check` 一次检查几份稿子、编辑器里检查整个工作区时才比较：常见的是拿去年的总结改了年份和数字就交。标在相同的第一句上，说明是哪一份、第几行、共几句。
//! 几乎整篇一样的，多半是同一份稿子的前后两稿，只作参考。
//!
//! ## 例
//! 拿去年的总结改了数字：
//!
//! ```text 2025年总结.txt
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。
//! 走访企业四十二家，帮助解决用工、融资等问题三十一个。
//! 举办技能培训班六期，培训农村实用人才四百五十人次。
//! ```
//!
//! ```text 2026年总结.txt
//! 〔全年共组织党员干部集中学习二十六次，撰写心得体会八十篇。〕
//! 走访企业五十家，帮助解决用工、融资等问题三十三个。
//! 举办技能培训班七期，培训农村实用人才五百二十人次。
//! ```
//!
//! 两个科室抄同一段，各写各的开头：
//!
//! ```text 甲科室.txt
//! 甲科室负责信访。
//! 严格落实首问负责制，来访群众由第一位接待的干部负责到底。
//! 严格落实限时办结制，一般事项在五个工作日以内答复群众。
//! 严格落实责任追究制，推诿扯皮的在全局通报并取消评优资格。
//! ```
//!
//! ```text 乙科室.txt
//! 乙科室负责审批。全年办件提速三成，群众少跑了路。
//! 〔严格落实首问负责制，来访群众由第一位接待的干部负责到底。〕
//! 严格落实限时办结制，一般事项在五个工作日以内答复群众。
//! 严格落实责任追究制，推诿扯皮的在全局通报并取消评优资格。
//! ```
//!
//! 同一份稿子留着前后两稿：
//!
//! ```text 初稿.txt
//! 县里成立了防汛工作领导小组，由分管副县长担任组长。
//! 各乡镇备足沙袋、水泵和救生衣，明确了转移路线和安置点。
//! 入汛以来启动应急响应两次，转移低洼地带群众一百二十人。
//! ```
//!
//! ```text 定稿.txt
//! 〔县里成立了防汛工作领导小组，由分管副县长担任组长。〕
//! 各乡镇备足沙袋、水泵和救生衣，明确了转移路线和安置点。
//! 入汛以来启动应急响应两次，转移低洼地带群众一百二十人。
//! ```
//!
//! ## 不报
//! 只检查一份稿子，或者同一个文件有两个名字的，不比较。
//!
//! 不足三句相同：
//!
//! ```text 2025年总结.txt
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。
//! 走访企业四十二家，帮助解决用工、融资等问题三十一个。
//! ```
//!
//! ```text 2026年总结.txt
//! 全年共组织党员干部集中学习二十六次，撰写心得体会八十篇。
//! 走访企业五十家，帮助解决用工、融资等问题三十三个。
//! ```
//!
//! 二十字以内的短句：
//!
//! ```text 2025年总结.txt
//! 加强了学习。改进了作风。完成了任务。
//! ```
//!
//! ```text 2026年总结.txt
//! 加强了学习。改进了作风。完成了任务。
//! ```
//!
//! 句子改写了：
//!
//! ```text 2025年总结.txt
//! 全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。
//! 走访企业四十二家，帮助解决用工、融资等问题三十一个。
//! 举办技能培训班六期，培训农村实用人才四百五十人次。
//! ```
//!
//! ```text 2026年总结.txt
//! 每月逢五集中学习，全年二十六次，交上来的心得体会有八十篇。
//! 用工难、融资难是企业反映最多的，我们跑了五十家，办成三十三件。
//! 全年办了七期技能培训班，有五百二十名乡土人才参加。
//! ```
//!
//! ## 依据
//! 总结、报告写本年、本单位的事。

use crate::chinese::is_hanzi;
use crate::chinese::numeral::is_chinese_digit;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use crate::chinese::is_letter;
use crate::finding::{Finding, Severity};
use crate::rule::{Comparison, Rule, Scope, module_doc};
use crate::text::document::Document;
use crate::text::position::LineIndex;
use crate::text::sentence::sentences;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/copied-document",
    summary: "与另一份稿子句子相同",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("copied_document.rs"),
    needs: &[],
    scope: Scope::Collection(|| Box::new(Sentences::default())),
};

/// Shorter sentences are formulas.
const MIN_CHARS: usize = 20;
/// Fewer of them may be chance, or the name of a campaign.
const MIN_SENTENCES: usize = 3;

/// So large a part of the sentences of both is word for word the same in two states of one text.
const SAME_TEXT: f64 = 0.8;

/// The sentences of the documents of a run, each by its hash: the document, and its line, that had it first.
#[derive(Debug, Default)]
struct Sentences {
    drafts: Vec<Draft>,
    known: HashMap<u64, First>,
}

/// A document of the run.
#[derive(Debug)]
struct Draft {
    name: String,
    sentences: usize,
}

/// Where a sentence stood first, and what it was with its numbers.
#[derive(Debug, Clone, Copy)]
struct First {
    draft: usize,
    line: usize,
    exact: u64,
}

/// What a document shares with one before it.
#[derive(Debug, Default)]
struct Shared {
    places: Vec<(Range<usize>, usize)>,
    /// How many are the same with their numbers.
    exact: usize,
}

impl Comparison for Sentences {
    /// One finding for each earlier document that shares sentences with this one.
    fn add(&mut self, name: &str, document: &Document) -> Vec<Finding> {
        let lines = LineIndex::new(document.source());
        let mut shared: HashMap<usize, Shared> = HashMap::new();
        let this = self.drafts.len();
        let mut count = 0;
        for block in document.blocks() {
            let text = document.text(block);
            for sentence in sentences(text) {
                let Some((hash, exact)) = hashes(&text[sentence.clone()]) else { continue };
                count += 1;
                let range = block.to_source(sentence);
                let new = || First { draft: this, line: lines.line(range.start), exact };
                let first = *self.known.entry(hash).or_insert_with(new);
                if first.draft != this {
                    let shared = shared.entry(first.draft).or_default();
                    shared.exact += usize::from(first.exact == exact);
                    shared.places.push((range, first.line));
                }
            }
        }
        self.drafts.push(Draft { name: name.to_owned(), sentences: count });
        let mut found: Vec<Finding> = shared
            .into_iter()
            .filter(|(_, shared)| shared.places.len() >= MIN_SENTENCES)
            .map(|(other, shared)| self.finding(&self.drafts[other], count, &shared))
            .collect();
        found.sort_by_key(|finding| finding.range.start);
        found
    }
}

impl Sentences {
    fn finding(&self, other: &Draft, sentences: usize, shared: &Shared) -> Finding {
        let (first, line) = shared.places[0].clone();
        let (name, line, count) = (&other.name, line + 1, shared.places.len());
        if shared.exact as f64 >= SAME_TEXT * sentences.max(other.sentences) as f64 {
            let message = format!("与“{name}”几乎相同，若是同一份稿子的前后两稿，可不必理会");
            return Finding::new(first, message).with_severity(Severity::Hint);
        }
        let message =
            format!("与“{name}”第{line}行相同，最多只换了数字；这样的句子共{count}句，请改写成本篇的事");
        let places: Vec<_> = shared.places.iter().map(|(range, _)| range.clone()).collect();
        Finding::at_places(&places, message, "又一句")
    }
}

/// A digit or numeral, Chinese ones included (letters to Unicode, whose table is slow). 零 counts as a letter.
fn is_numeral(c: char) -> bool {
    c != '零' && is_chinese_digit(c) || matches!(c, '万' | '亿') || !is_hanzi(c) && c.is_numeric()
}

/// A sentence without punctuation: with one number as good as another, and with its own.
fn hashes(sentence: &str) -> Option<(u64, u64)> {
    let (mut hasher, mut exact) = (DefaultHasher::new(), DefaultHasher::new());
    let (mut chars, mut in_number) = (0, false);
    for c in sentence.chars().filter(|c| is_letter(*c)) {
        let number = is_numeral(c);
        if !(number && in_number) {
            (if number { '#' } else { c }).hash(&mut hasher);
        }
        if number {
            c.hash(&mut exact);
        }
        in_number = number;
        chars += 1;
    }
    let hash = hasher.finish();
    hash.hash(&mut exact);
    (chars >= MIN_CHARS).then(|| (hash, exact.finish()))
}

#[cfg(test)]
mod tests {
    use super::Sentences;
    use crate::rule::Comparison;
    use crate::text::document::Document;
    use crate::text::format::Format;

    const LAST: &str = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇。走访企业四十二家，帮助解决用工、融资等问题三十一个。举办技能培训班六期，培训农村实用人才四百五十人次。";

    fn found(drafts: &[&str]) -> Vec<String> {
        let mut run = Sentences::default();
        let mut messages = Vec::new();
        for (index, draft) in drafts.iter().enumerate() {
            let document = Document::new(*draft, Format::Plain);
            messages = run.add(&format!("{index}.txt"), &document).into_iter().map(|f| f.message).collect();
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
    fn two_states_of_one_text_are_one_hint() {
        let first = format!("{LAST}{}", LAST.replace("企业", "农户").replace("党员", "全体"));
        let last = first.replace("六十篇。走访企业", "六十余篇。走访企业");
        for (a, b) in [(&first, &first), (&first, &last)] {
            let found = found(&[a, b]);
            assert_eq!(found.len(), 1);
            assert!(found[0].contains("几乎相同"), "{found:?}");
        }
        // Last year's text with the year's figures is no other state of it.
        let this = LAST.replace("二十四", "二十六").replace("四十二", "51").replace("六期", "七期");
        assert!(!found(&[LAST, &this])[0].contains("几乎相同"));
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
