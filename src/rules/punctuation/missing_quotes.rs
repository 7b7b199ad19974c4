//! 提法缺引号：“十四五”规划、“三会一课”制度这类缩略的提法，公文里通常加引号。
//!
//! 一种提法一篇只报一次，标在第一处没有加的地方，一次可以全部加上。只收公开文稿里十有九处以上加引号的提法。
//!
//! ## 例
//! ```text
//! 〔十四五→“十四五”〕期间，全县共新建学校八所。
//! ```
//!
//! ```text
//! 严格落实〔三会一课→“三会一课”〕制度，开展〔两学一做→“两学一做”〕学习教育。
//! ```
//!
//! ```text
//! 增强“四个意识”，做到〔两个维护→“两个维护”〕。
//! ```
//!
//! ## 不报
//! - 落实“三会一课”制度，编制“十四五”规划。 （加了的）
//! - 参加的都是十四五岁的孩子。 （不是提法）
//! - 依据《县教育事业十四五规划》。 （书名号里照原名写）
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》4.8.3.2、4.8.3.3：语段中需要着重论述或强调的内容、具有特殊含义而需要特别指出的成分，用引号标示。
//! 各条提法加引号的比例按5500万字公开的新闻、法规、政策文件统计。

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::chinese::{is_open, numeral};
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::Extract;
use crate::rule::literals::{Hits, LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/missing-quotes",
    summary: "提法缺引号",
    severity: Severity::Info,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_quotes.rs"),
    needs: &[Needs::Literal(&TERMS)],
    scope: Scope::Document(check),
};

static TABLE: &str = include_str!("../../../data/quoted-term.tsv");

/// The term, what one of has to follow it (or nothing), and the words in which it is none.
static ROWS: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| rows(TABLE).collect());

static TERMS: LiteralList = LiteralList::words(|| ROWS.iter().map(|[term, ..]| *term).collect());

static BARE: Extract<(usize, Range<usize>)> = Extract::with_literals(bare);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&BARE);
    for part in document.parts() {
        let mut by_term: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for (block, (row, range)) in noted.within(part) {
            by_term.entry(*row).or_default().push(document.blocks()[block].to_source(range.clone()));
        }
        out.extend(by_term.into_iter().map(|(row, places)| finding(ROWS[row][0], places)));
    }
}

fn finding(term: &str, places: Vec<Range<usize>>) -> Finding {
    let (first, count) = (places[0].clone(), places.len());
    let shown = if count == 1 { String::new() } else { format!("，全篇有{count}处没有加") };
    let title = format!("加引号：“{term}”{}", if count == 1 { "" } else { "（全篇）" });
    let quoted = |range: Range<usize>| Edit { range, text: format!("“{term}”") };
    let edits = places.into_iter().map(quoted).collect();
    let fix = Fix { title, edits, applicability: Applicability::Suggested };
    Finding::new(first, format!("“{term}”这样的提法通常加引号{shown}")).fix(fix)
}

/// The terms in a paragraph that have no quotation marks, by their rows.
fn bare(text: &str, hits: Hits<'_>) -> Vec<(usize, Range<usize>)> {
    let is_bare = |(row, range): &(usize, Range<usize>)| {
        let [_, followed, unless] = ROWS[*row];
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let counts =
            |c: char| numeral::is_chinese_digit(c) || numeral::arabic_digit(c).is_some() || c == '第';
        let is_other =
            unless.split('|').any(|word| !word.is_empty() && text[range.start..].starts_with(word));
        !before.ends_with(counts)
            && !is_other
            && (followed.is_empty() || followed.split('|').any(|word| after.starts_with(word)))
            && !is_marked(before)
    };
    hits.longest().map(|found| (found.literal(), found.range())).filter(is_bare).collect()
}

/// Is a mark open that quotes, or names a text?
fn is_marked(before: &str) -> bool {
    [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('《', '》'), ('〈', '〉'), ('【', '】')]
        .into_iter()
        .any(|marks| is_open(before, marks))
        || before.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::{ROWS, RULE};
    use crate::config::Config;
    use crate::lint::Linter;
    use crate::rules::testing::{check, check_clean, messages};
    use crate::text::document::Document;
    use crate::text::format::Format;

    #[test]
    fn once_a_term() {
        let text = "落实三会一课制度。\n坚持三会一课，编制“十四五”规划。\n按时开展三会一课。";
        assert_eq!(messages(&RULE, text), ["“三会一课”这样的提法通常加引号，全篇有3处没有加"]);
        let config = Config { select: Some(vec![RULE.id.to_owned()]), ..Config::default() };
        let found = Linter::new(&config).check(&Document::new(text, Format::Plain));
        assert_eq!(found[0].fixes[0].edits.len(), 3);
    }

    #[test]
    fn marked_or_another_word() {
        check_clean(&RULE, "推进\"一带一路\"建设，落实「六保」任务，贯彻‘六稳’要求。");
        check_clean(&RULE, "【一带一路·共建】企业减税和农药化肥双减，形成四种形态。");
        check_clean(&RULE, "他说：“十四五时期，要抓住一带一路的机遇。”");
        check_clean(&RULE, "第六保险公司、双减速器、四风格各异、二十四五年、六保险箱。");
        check_clean(&RULE, "十四五个人，十三五户，三十四五里路。");
        check(&RULE, "整治〔四风→“四风”〕问题，防止反弹。");
    }

    #[test]
    fn every_row() {
        for [term, followed, _] in ROWS.iter() {
            let after = followed.split('|').next().unwrap_or_default();
            check(&RULE, &format!("坚持〔{term}→“{term}”〕{after}。"));
            check_clean(&RULE, &format!("坚持“{term}”{after}。"));
        }
    }
}
