//! 统计词与列举数不符：说“以下三个方面”，下面只有两个；说《甲》《乙》“三个文件”。
//!
//! 数后面的编号（一、（一）1.（1））、“一是……二是……”，数前面并列的书名号、引号；固定说法（“四早”“四个意识”）按成员核对。
//! 快速修复把统计词改成实际数目；缺了一项的，请补一项。
//!
//! ## 例
//! ```text
//! 主要做了以下〔三→两〕个方面的工作：
//! （一）强化学习
//! 组织集中学习。
//! （二）转变作风
//! 深入基层。
//! ```
//!
//! - 重点抓好〔四→三〕项工作：一是建机制；二是补短板；三是强队伍。
//! - 印发《管理办法》《实施细则》〔三→两〕个文件。
//! - 落实“〔四早〕”（早发现、早报告、早隔离）要求。 （缺“早治疗”）
//!
//! - 检查发现〔5→3〕个问题：一是台账不全；二是标识缺失；三是人员脱岗。
//! - 报名需要〔五→四〕步：扫码关注，填写信息，选择场次，现场签到。
//!
//! ## 不报
//! - 从三个方面作了说明。一是有人问，二是有人答。 （“三个方面”后面没有列举）
//! - 印发《办法》《细则》等五个文件。 （以“等”收尾）
//! - 坚持“四早”：早调研、早谋划、早部署。 （另一套“四早”）
//!
//! 列举里又分小项：
//!
//! ```text
//! 主要做了以下三项工作：
//! 1.抓培训。
//! （1）办班。
//! （2）送教。
//! 2.抓检查。
//! 3.抓整改。
//! ```
//!
//! ## 依据
//! 前后照应：总说与分说的数目一致。固定说法的成员按它的出处。

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

use super::ordinal_series::MARKS;
use crate::chinese::numeral;
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::literals::{Hits, LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::document::Document;
use crate::text::numbering::NumberForm;
use crate::text::outline::Numbered;
use crate::text::series::{self, Series};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/count-mismatch",
    summary: "统计词与列举数不符",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("count_mismatch.rs"),
    needs: &[Needs::Literal(&CUES)],
    scope: Scope::Document(check),
};

/// 以下三个方面： and 三项工作：, with the number and the mark after which the list begins.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:(?P<cue>以下|如下|下列|下面)的?(?P<n>[二两三四五六七八九十]{1,2}|[2-9])(?:个|项|点|条|种|类|大|方面)|(?P<m>[二两三四五六七八九十]{1,2}|[2-9])(?:个|方面|项|点|条|大|种|类|件|处|名|家|起|道|步|次|批))[^，。；：:、！？\n（）“”]{0,12}(?P<end>[：:。，]|$)",
    )
});

/// 需要五步：, 分为三个环节：, and the steps one after the other.
static STEPS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<n>[二两三四五六七八九十]|[2-9])(?:个?步(?:骤)?|个?环节|道工序|道程序|个?阶段|道手续)(?:走|进行|完成|办理)?[：:](?P<list>[^。；：:\n]{4,120})(?:。|$)",
    )
});

/// A step in more characters is a clause with commas of its own, as likely as not.
const MAX_STEP: usize = 12;

/// 《甲》《乙》三个文件, “甲”“乙”两项活动.
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?P<list>(?:《[^《》]{1,40}》[、和及与]?){2,12}|(?:“[^“”]{1,20}”[、和及与]?){2,12})(?P<n>[二两三四五六七八九十]{1,2}|[2-9])(?:个|项|部|大|份|种|类|件|篇|本|门|期|场)",
    )
});

/// 四早（…）, “四早”即…：
static FIXED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"“?(?P<name>[一-龥]{2,7})”?(?:[（(]|，?即|：|:|，?是指)(?P<list>[一-龥、和“”]{4,90})")
});

/// The names of fixed sets, with their members.
static SETS: &str = include_str!("../../../data/fixed-set.tsv");

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

static NOTES: Extract<Note> = Extract::with_literals(read);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let marks = view.extract(&MARKS);
    let noted = view.extract(&NOTES);
    if noted.filled(0..document.blocks().len()).is_empty() {
        return;
    }
    for (part, all) in series::by_part(document, |blocks| marks.within(blocks)) {
        for (index, note) in noted.within(part.clone()) {
            let block = &document.blocks()[index];
            let finding = match note {
                Note::Announces(announced) => announced.judge(document, index, &all, &part),
                Note::Found(finding) => Some(finding.clone()),
            };
            let Some(mut finding) = finding else { continue };
            finding.range = block.to_source(finding.range);
            for edit in finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits) {
                edit.range = block.to_source(edit.range.clone());
            }
            out.push(finding);
        }
    }
}

/// What a paragraph alone says, in bytes of its prose.
enum Note {
    /// It announces how many things follow.
    Announces(Announced),
    /// It miscounts what it holds itself.
    Found(Finding),
}

/// Cues of an announced list, its counters, and the names of fixed sets: one occurs in every match.
static CUES: LiteralList = LiteralList::words(|| {
    let names = rows(SETS).map(|[name, _]| name);
    POINTERS.into_iter().chain(UNITS).chain(names).collect()
});
const POINTERS: [&str; 4] = ["以下", "如下", "下列", "下面"];
const UNITS: [&str; 17] =
    ["个", "方面", "项", "点", "条", "大", "种", "类", "件", "处", "名", "家", "起", "道", "步", "次", "批"];

fn is_number(c: char) -> bool {
    matches!(c, '2'..='9') || "二两三四五六七八九十".contains(c)
}

/// Does a number follow a title or a quotation?
fn counts_quoted(text: &str) -> bool {
    text.match_indices(['》', '”']).any(|(at, mark)| {
        let after = &text[at + mark.len()..];
        after.strip_prefix(['、', '和', '及', '与']).unwrap_or(after).starts_with(is_number)
    })
}

/// 以下三个方面：
struct Announced {
    range: Range<usize>,
    /// The number as it is written, and its value.
    number: Range<usize>,
    said: u32,
    /// Does the paragraph end with it?
    is_last: bool,
}

fn read(text: &str, hits: Hits<'_>) -> Vec<Note> {
    let mut found = Vec::new();
    if counts_quoted(text) {
        quoted(text, &mut found);
    }
    steps(text, &mut found);
    let (mut announces, mut names_a_set) = (false, false);
    // Asked for once: a paragraph without an end may hold a promise at every step.
    let mut has_colon = None;
    for hit in hits.all() {
        let (before, after) = (&text[..hit.start()], &text[hit.end()..]);
        if hit.literal() < POINTERS.len() {
            announces |= after.strip_prefix('的').unwrap_or(after).starts_with(is_number);
        } else if hit.literal() < POINTERS.len() + UNITS.len() {
            announces |=
                before.ends_with(is_number) && *has_colon.get_or_insert_with(|| text.contains(['：', ':']));
        } else {
            names_a_set |=
                after.trim_start_matches('”').starts_with(['（', '(', '，', '即', '：', ':', '是']);
        }
    }
    if names_a_set {
        fixed(text, &mut found);
    }
    let announced = if announces { announced(text) } else { Vec::new() };
    announced.into_iter().map(Note::Announces).chain(found.into_iter().map(Note::Found)).collect()
}

fn announced(text: &str) -> Vec<Announced> {
    let announced = ANNOUNCED.captures_iter(text).filter_map(|found| {
        let number = found.name("n").or_else(|| found.name("m"))?;
        let end = found.name("end")?;
        let said = numeral::parse(number.as_str())?;
        // 第三方面, 二十三项, “十项”: no count of what follows.
        let before = text[..number.start()].chars().next_back();
        if before.is_some_and(|c| numeral::is_chinese_digit(c) || c.is_ascii_digit() || "第.“几".contains(c))
        {
            return None;
        }
        let announces = found.name("cue").is_some() || matches!(end.as_str(), "：" | ":");
        let is_last = text[end.end()..].trim().is_empty();
        announces.then(|| Announced {
            range: found.get(0).map_or(0..0, |m| m.range()),
            number: number.range(),
            said,
            is_last,
        })
    });
    announced.collect()
}

impl Announced {
    fn judge(
        &self,
        document: &Document,
        index: usize,
        all: &[Series],
        part: &Range<usize>,
    ) -> Option<Finding> {
        let text = document.text(&document.blocks()[index]);
        let listed = if self.is_last {
            listed_below(document, index, all, part)
        } else {
            listed_inline(index, text, self.range.end, all)
        };
        // A much longer list may be a different one: only near misses are reported.
        let listed = listed.filter(|&n| n >= 2 && n != self.said && n.abs_diff(self.said) <= 3)?;
        let number = self.number.clone();
        Some(mismatch(number.clone(), &text[number], self.said, listed, &text[self.range.clone()]))
    }
}

/// The numbers of the series that begins right after `at`.
fn listed_inline(block: usize, text: &str, at: usize, all: &[Series]) -> Option<u32> {
    let series = all.get(all.partition_point(|series| starts(series) < (block, at)))?;
    let (in_block, start) = starts(series);
    (in_block == block && text[at..start].trim().is_empty()).then(|| length(series)).flatten()
}

/// The block and the byte where a series begins.
fn starts(series: &Series) -> (usize, usize) {
    series.marks.first().map_or((0, 0), |first| (first.block, first.range.start))
}

/// The numbers of a series without a break.
fn length(series: &Series) -> Option<u32> {
    let counts = series.marks.iter().zip(1..).all(|(mark, value)| mark.value == value);
    counts.then_some(series.marks.len() as u32)
}

/// The items of the list that begins in the next block.
fn listed_below(document: &Document, index: usize, all: &[Series], part: &Range<usize>) -> Option<u32> {
    let next = index + 1;
    if !part.contains(&next) {
        return None;
    }
    let series = all.get(all.partition_point(|series| starts(series) < (next, 0)));
    if let Some(series) = series.filter(|series| starts(series) == (next, 0)) {
        return length(series);
    }
    let numbered = document.outline().numbered();
    let start = numbered.partition_point(|item| item.block < next);
    let first = numbered.get(start).filter(|item| item.block == next && item.marker.value == 1)?;
    let own = numbered[..start].last().filter(|item| item.block == index).map(|item| item.marker.style);
    if own.is_some_and(|own| own >= first.marker.style) {
        return None;
    }
    let style = first.marker.style;
    let mut last = 1;
    for item in &numbered[start + 1..] {
        if item.block >= part.end || closes(item, style, last, numbered, start) {
            break;
        }
        if item.marker.style == style {
            if item.marker.value != last + 1 {
                return None; // `structure/numbering` speaks of that.
            }
            last = item.marker.value;
        }
    }
    Some(last)
}

/// Does `item` stand above the list, or begin another?
fn closes(item: &Numbered, style: NumberForm, last: u32, numbered: &[Numbered], start: usize) -> bool {
    let above = |other: &Numbered| other.marker.style == item.marker.style;
    (item.marker.style == style && item.marker.value == 1 && last >= 1)
        || (item.marker.style != style && numbered[..start].iter().rev().take(40).any(above))
        || (item.marker.style < style && item.marker.style <= NumberForm::Circled)
}

/// Steps that commas part, all alike, without a word that may join two of them.
fn steps(text: &str, out: &mut Vec<Finding>) {
    if !text.contains(['：', ':']) || !text.contains(['步', '序', '段', '续', '节']) {
        return;
    }
    for found in STEPS.captures_iter(text) {
        let (Some(number), Some(list)) = (found.name("n"), found.name("list")) else { continue };
        let Some(said) = numeral::parse(number.as_str()) else { continue };
        // 第三步：, 十二步：
        let before = text[..number.start()].chars().next_back();
        if before
            .is_some_and(|c| numeral::is_chinese_digit(c) || c.is_ascii_digit() || "第几前后上下".contains(c))
        {
            continue;
        }
        let marks = [('，', "、"), ('、', "，")];
        let Some((mark, _)) = marks
            .into_iter()
            .find(|(mark, other)| list.as_str().contains(*mark) && !list.as_str().contains(other))
        else {
            continue;
        };
        let items: Vec<&str> = list.as_str().split(mark).collect();
        let is_plain = |item: &&str| {
            let joined = [
                "和", "及", "与", "并", "或", "等", "一是", "首先", "第一", "然后", "再", "即", "（", "(",
                "①", "其中", "每",
            ];
            let is_numbered = item.contains(|c: char| numeral::circled(c).is_some() || c.is_ascii_digit());
            !is_numbered
                && (2..=MAX_STEP).contains(&item.chars().count())
                && !joined.iter().any(|word| item.contains(word))
        };
        let listed = items.len() as u32;
        if items.iter().all(is_plain) && listed >= 2 && listed != said && listed.abs_diff(said) <= 2 {
            let shown = &text[found.get(0).map_or(number.start(), |all| all.start())..list.start()];
            out.push(mismatch(number.range(), number.as_str(), said, listed, shown));
        }
    }
}

fn quoted(text: &str, out: &mut Vec<Finding>) {
    for found in QUOTED.captures_iter(text) {
        let (Some(list), Some(number)) = (found.name("list"), found.name("n")) else { continue };
        let Some(said) = numeral::parse(number.as_str()) else { continue };
        let open = if list.as_str().starts_with('《') { '《' } else { '“' };
        let listed = list.as_str().matches(open).count() as u32;
        // “甲”、乙、“丙”三项: what stands before may belong to the list.
        let before = text[..list.start()].chars().next_back();
        let more = before.is_some_and(|c| matches!(c, '、' | '和' | '及' | '与' | '）' | '》' | '”'));
        if !more && listed != said {
            out.push(mismatch(
                number.range(),
                number.as_str(),
                said,
                listed,
                found.get(0).map_or("", |m| m.as_str()),
            ));
        }
    }
}

fn mismatch(range: Range<usize>, written: &str, said: u32, listed: u32, shown: &str) -> Finding {
    let wanted = match listed {
        _ if written.chars().all(|c| c.is_ascii_digit()) => listed.to_string(),
        2 => "两".to_owned(),
        _ => numeral::to_chinese(listed),
    };
    let shown: String = if shown.chars().count() > 24 {
        let tail: Vec<char> = shown.chars().rev().take(12).collect();
        tail.into_iter().rev().collect()
    } else {
        shown.trim_end_matches(['：', ':', '。', '，']).to_owned()
    };
    let message = if listed < said {
        format!("“{shown}”说的是{said}，只列出{listed}，缺{}项：请补全或改数", said - listed)
    } else {
        format!("“{shown}”说的是{said}，却列出{listed}：请改数或核对")
    };
    Finding::new(range, message).replace(wanted, Applicability::Suggested)
}

/// A fixed set of which all listed items are members, and one is missing.
fn fixed(text: &str, out: &mut Vec<Finding>) {
    for found in FIXED.captures_iter(text) {
        let (Some(name), Some(list)) = (found.name("name"), found.name("list")) else { continue };
        let row = rows(SETS).find(|[set, _]| name.as_str().ends_with(set));
        let Some([set, members]) = row else { continue };
        let members: Vec<&str> = members.split('；').collect();
        let listed = list.as_str();
        if listed.contains('等') || !listed.contains('、') {
            continue;
        }
        let items = listed.split(['、', '和']).map(|item| item.trim_matches(['“', '”']));
        let known = |item: &str| members.iter().position(|m| m.split('/').any(|way| item == way));
        let Some(places) = items.map(known).collect::<Option<Vec<_>>>() else { continue };
        let missing: Vec<&str> = (0..members.len())
            .filter(|i| !places.contains(i))
            .map(|i| members[i].split('/').next().unwrap_or_default())
            .collect();
        if !missing.is_empty() && places.len() >= 2 {
            let range = name.end() - set.len()..name.end();
            let message = format!(
                "“{set}”应有{}项，这里只列出{}项，缺“{}”",
                members.len(),
                places.len(),
                missing.join("”“")
            );
            out.push(Finding::new(range, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, SETS, rows};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn fewer_or_more_than_promised() {
        check(&RULE, "存在以下〔三→两〕个问题。一是人手不足；二是经费紧张。");
        check(
            &RULE,
            "一、总体情况\n今年突出抓好以下〔两→三〕项工作。\n1.抓项目。\n2.抓环境。\n3.抓民生。\n二、打算\n1.甲。",
        );
        check(&RULE, "开展“送温暖”“送清凉”“送健康”〔两→三〕项活动。");
        assert_eq!(
            messages(&RULE, "有以下三点体会：一是要学；二是要干。"),
            ["“以下三点体会”说的是3，只列出2，缺1项：请补全或改数"]
        );
    }

    #[test]
    fn any_noun_may_be_promised() {
        for text in [
            "自查发现〔5→3〕个问题：一是进度缓慢；二是报销不及时；三是登记不完整。",
            "主要有〔四→三〕个原因：一是认识不足；二是投入不够；三是管理不严。",
            "今年办成〔6→5〕件实事：一是修路；二是通水；三是建校；四是改厕；五是植树。",
            "全年发生〔四→三〕起事故：一是触电；二是坠落；三是车祸。",
            "表彰〔三→两〕个集体：一是综合科；二是业务科。",
            "经过〔五→四〕道工序：一是清洗；二是切片；三是烘干；四是包装。",
            "工作中把好〔三→四〕个关口：一是入口关；二是过程关；三是出口关；四是监督关。",
            "走访中听到〔四→三〕种声音：一是支持；二是观望；三是反对。",
            "办理流程共〔五→四〕步：提交申请，现场核验，窗口缴费，领取证件。",
            "整个活动分〔四→三〕个阶段：宣传发动、组织实施、总结表彰。",
            "施工须经〔三→四〕道工序：放线，开挖，铺管，回填。",
        ] {
            check(&RULE, text);
        }
        for text in [
            "自查发现3个问题：一是进度缓慢；二是报销不及时；三是登记不完整。",
            "报名需要四步：扫码关注，填写信息，选择场次，现场签到。",
            "第三步：扫码关注，填写信息，选择场次，现场签到。",
            "分三个阶段：宣传发动，组织学习；检查整改；总结提高。",
            "分三步走：到2027年，建成示范区，形成经验。",
            "需要三步：打开页面并登录，填写信息，提交。",
            "全县共有12个乡镇：一是山区多，二是平原少，三是丘陵广。",
            "分两个阶段：6月至8月，集中学习，个人自学。",
            "经过三道工序：清洗、切片和烘干、包装。",
            "共四步：①登录，②填写，③提交，④打印。",
        ] {
            check_clean(&RULE, text);
        }
    }

    #[test]
    fn fixed_sets() {
        check(&RULE, "要增强“〔四个意识〕”，即政治意识、大局意识和看齐意识。");
        check_clean(&RULE, "落实“四早”（早发现、早报告、早隔离、早治疗）要求。");
    }

    #[test]
    fn every_row_lists_its_members() {
        for [name, members] in rows(SETS) {
            let members: Vec<&str> = members.split('；').map(|m| m.split('/').next().unwrap()).collect();
            check_clean(&RULE, &format!("“{name}”（{}）", members.join("、")));
            check(&RULE, &format!("“〔{name}〕”（{}）", members[1..].join("、")));
        }
    }

    #[test]
    fn promises_kept_or_not_counted() {
        check_clean(&RULE, "以下三个方面：一是甲；二是乙。\n三是丙。");
        check_clean(&RULE, "印发《办法》《细则》等五个文件，第三方面：一是甲，二是乙。");
        check_clean(&RULE, "落实四项制度：例会、督查、通报、考核。");
    }
}
