//! 标点叠用：同一个点号打了两遍，或两个点号挤在一起。
//!
//! ## 例
//! - 会议指出〔，，→，〕要加强领导〔。。→。〕
//! - 天气转凉〔，。→。〕注意保暖。
//! - 学习不够深入〔，,→，〕水平有待提高。
//!
//! ## 不报
//! - 真的吗？！太好了！！！ （问号、叹号叠用，三个以内）
//! - 他说：“好。”，然后走了。 （引号内外各一个，见 `punctuation/quote-period`）
//! - 如此等等。。。 （当作省略号，见 `punctuation/ellipsis`）
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》4.1至4.7：一处停顿用一个点号；4.2、4.3：问号、叹号叠用最多三个。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/duplicate",
    summary: "标点叠用",
    severity: Severity::Error,
    fix: Some(Applicability::Safe),
    doc: module_doc!("duplicate.rs"),
    needs: &[Needs::Literal(&PAIRS)],
    scope: Scope::Paragraph(check),
};

static RUNS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[，。、；：！？,;:!?]{2,}").expect("the pattern is a constant"));

static WIDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("[，。、；：！？]{2,}").expect("the pattern is a constant"));

/// Two marks side by side.
static PAIRS: LiteralList = LiteralList::words(|| {
    let pairs = "，，|，。|，、|，；|，：|，！|，？|。，|。。|。、|。；|。：|。！|。？|、，|、。|、、|、；|、：|、！|、？|；，|；。|；、|；；|；：|；！|；？|：，|：。|：、|：；|：：|：！|：？|！，|！。|！、|！；|！：|！！|！？|？，|？。|？、|？；|？：|？！|？？|，,|,，|；;|;；|：:|:：|！!|!！|？?|?？";
    pairs.split('|').collect()
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    for run in RUNS.find_iter(paragraph.text) {
        let shown = run.as_str();
        let first = shown.chars().next().map(full);
        if shown.chars().all(|mark| Some(full(mark)) == first) && !shown.is_ascii() {
            stacked(run.range(), shown, out);
            continue;
        }
        // Half-width marks are left to `punctuation/halfwidth`.
        for wide in WIDE.find_iter(shown) {
            stacked(run.start() + wide.start()..run.start() + wide.end(), wide.as_str(), out);
        }
    }
}

/// Marks that stand side by side.
fn stacked(range: Range<usize>, shown: &str, out: &mut Vec<Finding>) {
    let marks: Vec<char> = shown.chars().map(full).collect();
    let same = marks.iter().all(|mark| *mark == marks[0]);
    let tone = marks.iter().all(|mark| matches!(mark, '！' | '？'));
    match marks[..] {
        // An ellipsis typed as full stops or commas is another rule's, and so are three marks of tone.
        [first, ..] if same && matches!(first, '。' | '、' | '，') && marks.len() > 2 => {}
        _ if tone && marks.len() <= 3 => {}
        [first, ..] if same => {
            let keep = if tone { first.to_string().repeat(3) } else { first.to_string() };
            let message = format!("标点叠用：“{shown}”应为“{keep}”");
            out.push(Finding::new(range, message).replace(keep, Applicability::Safe));
        }
        _ => {
            // 。， and ，。: the mark that ends more says what the writer may have meant; a person decides.
            let last = marks[marks.len() - 1];
            let message = format!("标点叠用：“{shown}”只能留一个");
            let finding = Finding::new(range, message).with_severity(Severity::Warning);
            out.push(finding.replace(last.to_string(), Applicability::Suggested));
        }
    }
}

/// The full-width form of a mark.
fn full(mark: char) -> char {
    match mark {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '!' => '！',
        '?' => '？',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_fix};

    #[test]
    fn half_of_them_narrow() {
        check_clean(&RULE, "Really?! 他问：“真的？！”");
    }

    #[test]
    fn twice() {
        check(&RULE, "天气转凉〔，。→。〕注意保暖〔；。→。〕");
        check_fix(&RULE, "太好了！！！！！任务完成：：共三项。。", "太好了！！！任务完成：共三项。");
    }
}
