//! 同一种单位两种叫法：一处“公里”，一处“千米”；一处“公斤”，一处“千克”。
//!
//! 两种叫法都不错，同一篇里应当统一。少的一种在第一处标出，一次改完。
//!
//! ## 例
//! - 新修公路12公里、改建8公里，安装护栏3〔千米→公里〕。
//! - 收购水果500千克、蔬菜300千克、菌菇200〔公斤→千克〕。
//! - 项目区面积5平方公里，影响区6平方公里，绿化2〔平方千米→平方公里〕。
//!
//! ## 不报
//! - 新修公路12公里、改建8公里，安装护栏3公里。 （一种叫法）
//! - 新修公路12公里（合12千米）。 （括号里的换算）
//! - 新修公路12公里，安装护栏3千米。 （一比一，看不出以哪个为准）
//! - 收购水果500千克、蔬菜300千克，添置公斤秤三台。 （不跟在数字后面）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第二十条：签发前审核计量单位用法是否规范；同一篇文稿用语一致。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::Extract;
use crate::rule::literals::whole;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/unit-style",
    summary: "同一种单位两种叫法",
    severity: Severity::Hint,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("unit_style.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

const PAIRS: [[&str; 2]; 3] = [["平方公里", "平方千米"], ["公里", "千米"], ["公斤", "千克"]];

static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[0-9][万亿余多]?[\s\u{A0}\u{3000}]?(平方公里|平方千米|公里|千米|公斤|千克)")
        .expect("the pattern is a constant")
});

/// The number with its unit, and the unit alone.
type Place = (Range<usize>, Range<usize>);

static UNITS: Extract<(Range<usize>, Range<usize>)> = Extract::new(units);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let noted = view.extract(&UNITS);
    for part in document.parts() {
        let mut found: [[Vec<Place>; 2]; 3] = Default::default();
        for (index, (whole, unit)) in noted.within(part) {
            let block = &document.blocks()[index];
            let name = &document.text(block)[unit.clone()];
            for (pair, places) in PAIRS.iter().zip(&mut found) {
                if let Some(way) = pair.iter().position(|other| *other == name) {
                    places[way].push((block.to_source(whole.clone()), block.to_source(unit.clone())));
                }
            }
        }
        for (pair, places) in PAIRS.iter().zip(&found) {
            let few = usize::from(places[1].len() <= places[0].len());
            let (rare, usual) = (&places[few], &places[1 - few]);
            if rare.is_empty() || usual.len() < 2 || rare.len() == usual.len() {
                continue;
            }
            let wanted = pair[1 - few];
            let message = format!("这里用“{}”，别处{}次用“{wanted}”，宜统一", pair[few], usual.len());
            let edits = rare.iter().map(|(_, unit)| Edit { range: unit.clone(), text: wanted.to_owned() });
            let title = format!("都改为“{wanted}”");
            let fix = Fix { title, edits: edits.collect(), applicability: Applicability::Suggested };
            out.push(
                Finding::new(rare[0].1.clone(), message).related(usual[0].0.clone(), "别处的叫法").fix(fix),
            );
        }
    }
}

/// The units of a paragraph: each with its number, and alone.
fn units(text: &str, _: BlockKind) -> Vec<(Range<usize>, Range<usize>)> {
    let has_unit = ["公里", "千米", "公斤", "千克"].iter().any(|unit| text.contains(unit));
    let units = UNIT.captures_iter(if has_unit { text } else { "" });
    units
        .filter_map(|found| Some((whole(&found).start()..found.get(1)?.end(), found.get(1)?.range())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_clean;

    #[test]
    fn one_way() {
        check_clean(&RULE, "收购水果500千克，公斤秤三台，面积5平方公里，长8千米、9千米。");
    }
}
