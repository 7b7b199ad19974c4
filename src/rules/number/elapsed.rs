//! 年数、年龄与文稿日期不符：1987年建成，至今近三十年（写于2025年，应为近四十年）。
//!
//! 文稿的日期取自落款或标题。文中写明哪一年建成、成立、出生、参加工作，又写至今多少年、现年多少岁的，按文稿的年份计算，前后一年的出入
//! 不算；“近三十年”是将满三十年，“三十多年”是过了三十年。
//!
//! ## 例
//! ```text
//! 关于维修水闸的请示
//! 水闸建于1987年，〔至今已近三十年〕。
//! 某县农技站
//! 2025年3月12日
//! ```
//!
//! ```text
//! 2024年述职报告
//! 本人1985年5月出生，〔现年49岁〕。
//! ```
//!
//! ```text
//! 整改报告
//! 该生产线自2019年投运以来〔已连续运行9年〕。
//! 某公司
//! 2025年6月30日
//! ```
//!
//! ## 不报
//! 算得对的：
//!
//! ```text
//! 关于维修水闸的请示
//! 水闸建于1987年，至今已近四十年。
//! 某县农技站
//! 2025年3月12日
//! ```
//!
//! 说的是过去某一年：
//!
//! ```text
//! 2024年述职报告
//! 水闸建于1987年，到2007年大修时已运行20年。
//! ```
//!
//! 看不出文稿日期的：
//!
//! ```text
//! 水闸建于1987年，至今已近三十年。
//! ```
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核时间、数字是否准确。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::{date, numeral};
use crate::finding::{Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::own_date::own_date;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "number/elapsed",
    summary: "年数、年龄与文稿日期不符",
    severity: Severity::Warning,
    fix: None,
    doc: module_doc!("elapsed.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A year from which is counted, and what is said to have passed since.
struct Elapsed {
    since: u32,
    said: u32,
    about: About,
    range: Range<usize>,
}

#[derive(Clone, Copy)]
enum About {
    Exactly,
    /// 近三十年
    Nearly,
    /// 三十多年
    MoreThan,
}

static SINCE: LazyLock<Regex> = LazyLock::new(|| {
    let year = "((?:19|20)[0-9]{2})年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?";
    let began = "建成|建|始建|兴建|修建|成立|投运|投用|投产|投入使用|投入运行|创办|创建|组建|设立|通车|竣工|开业|出生|生|参加工作|入职|入党|从教|任教|从事|任职|到任|启用|安装|购置|运行|使用|上任|建校|改造|参军|入伍";
    let pattern = format!("(?:({began})[于在成自]{{0,2}}{year}|{year}[^，。；0-9]{{0,10}}?({began}))");
    Regex::new(&pattern).expect("the pattern is a constant")
});

static LENGTH: LazyLock<Regex> = LazyLock::new(|| {
    let head = "至今|迄今|距今|到现在|已使用|已运行|已连续运行|已经使用|已经运行|连续运行|连续使用|已服役|工龄|教龄|党龄|现年|今年|现已|已有|已经有|走过|年仅";
    let pattern = format!(
        r"(?:{head})[^，。；0-9一二三四五六七八九十]{{0,8}}?(?P<nearly>近|将近|快)?(?P<n>[0-9]{{1,3}}|[一二两三四五六七八九十]{{1,3}})(?:个)?(?P<more>多|余|来)?(?P<unit>年|岁|周年|个年头)"
    );
    Regex::new(&pattern).expect("the pattern is a constant")
});

static ELAPSED: Extract<Elapsed> = Extract::new(read);

/// Bytes between the year and what is said to have passed.
const NEAR: usize = 330;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&ELAPSED);
    for part in document.parts() {
        if noted.filled(part.clone()).is_empty() {
            continue;
        }
        let Some(now) = own_date(view, &part).map(|date| date.year) else { continue };
        for (index, elapsed) in noted.within(part) {
            let Some(passed) = now.checked_sub(elapsed.since) else { continue };
            let said = elapsed.said;
            let round = if said >= 10 && said.is_multiple_of(10) { 10 } else { 2 };
            let fits = match elapsed.about {
                About::Exactly => passed.abs_diff(said) <= 1,
                About::Nearly => passed <= said && passed + round / 2 >= said,
                About::MoreThan => passed + 1 >= said && passed <= said + round,
            };
            if !fits {
                let range = document.blocks()[index].to_source(elapsed.range.clone());
                let message =
                    format!("从{}年到文稿的{now}年是{passed}年，与这里写的不符，请核对", elapsed.since);
                out.push(Finding::new(range, message));
            }
        }
    }
}

/// The years from which a paragraph counts, each with what it says has passed.
fn read(text: &str, _: BlockKind) -> Vec<Elapsed> {
    if !text.contains("年") || !text.contains("19") && !text.contains("20") {
        return Vec::new();
    }
    // Few paragraphs say how long it is: the other expression is not even compiled for the rest.
    let mut lengths = LENGTH.captures_iter(text).peekable();
    if lengths.peek().is_none() {
        return Vec::new();
    }
    let begun: Vec<_> = SINCE.captures_iter(text).collect();
    let elapsed = lengths.filter_map(|found| {
        let whole = found.get_match().range();
        let before = begun.iter().rev().find(|since| since.get_match().end() <= whole.start)?;
        let between = &text[before.get_match().end()..whole.start];
        let either = |a, b| before.get(a).or_else(|| before.get(b)).map(|m| m.as_str());
        let since = either(2, 3)?.parse().ok()?;
        let verb = either(1, 4)?;
        let is_age = found.name("unit")?.as_str() == "岁";
        let is_birth = verb.ends_with('生');
        // Another year between them is another beginning, or another end.
        let is_other = date::has_year(between) || between.len() > NEAR || is_age != is_birth;
        let number = found.name("n")?;
        let about = match (found.name("nearly"), found.name("more")) {
            (Some(_), _) => About::Nearly,
            (_, Some(_)) => About::MoreThan,
            _ => About::Exactly,
        };
        let said = numeral::parse(number.as_str())?;
        (!is_other).then_some(Elapsed { since, said, about, range: whole })
    });
    elapsed.collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    fn dated(text: &str) -> String {
        format!("关于维修水闸的请示\n县水利局：\n{text}\n某县农技站\n2025年3月12日")
    }

    #[test]
    fn years_that_passed() {
        check(
            &RULE,
            &dated(
                "水闸位于村口，建于1978年，全长42米，是两村浇地的要道，当年修闸全靠肩挑。该闸建成〔至今已使用近三十年〕。",
            ),
        );
        check(&RULE, &dated("我校创办于1965年9月，〔至今已有40多年〕的历史。"));
        check(&RULE, &dated("泵站2008年建成投用，〔已运行十二年〕，设备老化。"));
        check(&RULE, &dated("该同志1998年参加工作，〔工龄17年〕。"));
        check(&RULE, &dated("公司成立于2003年，〔走过了12年〕的历程。"));
        check(&RULE, &dated("逄某，1966年出生，〔今年69岁〕，独居。"));
        check(&RULE, &dated("电梯2001年安装，〔距今已有14年〕。"));
    }

    #[test]
    fn years_that_fit() {
        check_clean(&RULE, &dated("水闸建于1978年，该闸建成至今已使用近五十年。"));
        check_clean(&RULE, &dated("泵站2008年建成投用，已运行十七年；电梯2001年安装，距今已有24年。"));
        check_clean(&RULE, &dated("我校创办于1965年，至今已有60年的历史，公司成立于2003年，至今二十余年。"));
        check_clean(&RULE, &dated("泵站建于1990年，2010年大修，至今已15年。"));
        check_clean(&RULE, &dated("逄某，1966年出生，已退休，在水站工作至今30年。"));
    }
}
