//! One attachment by two names: 《隐患排查表》（附件1） in the text, 1.隐患排查登记表 in the list.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::numeral;
use crate::finding::{Applicability, Finding};
use crate::text::document::Document;
use crate::text::references::attachment::Entry;

/// 《隐患排查表》（附件1）, 《隐患排查表》见附件1, 附件1《隐患排查表》, “隐患排查表”（附件1）
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let value = "(?:[0-9]{1,2}|[一二三四五六七八九十])";
    let number = format!("附件[ 　]?{value}?");
    let before = format!(r"《(?P<name>[^《》]{{2,40}})》\s?(?:[（(](?:详?见)?|，?详?见)(?P<number>{number})");
    let after = format!("(?P<number2>{number})[：:“]?《(?P<name2>[^《》]{{2,40}})》");
    // What is quoted need be no name: its number has to stand there, by itself.
    let quoted = format!(r"“(?P<name3>[^《》“”]{{3,40}})”\s?[（(](?:详?见)?(?P<number3>附件\s?{value})[）)]");
    Regex::new(&format!("{before}|{after}|{quoted}")).expect("the pattern is a constant")
});

pub(super) fn check(
    document: &Document,
    mentions: &[usize],
    entries: &[Entry],
    bodies: &[(u32, usize)],
    out: &mut Vec<Finding>,
) {
    for &index in mentions {
        let block = &document.blocks()[index];
        let text = document.text(block);
        if !text.contains(['《', '“']) {
            continue;
        }
        for found in NAMED.captures_iter(text) {
            let group = |groups: [&str; 3]| groups.into_iter().find_map(|group| found.name(group));
            let name = group(["name", "name2", "name3"]);
            let (Some(name), Some(place)) = (name, group(["number", "number2", "number3"])) else { continue };
            let digits = place.as_str()["附件".len()..].trim();
            let number =
                if digits.is_empty() && entries.len() == 1 { Some(1) } else { numeral::parse(digits) };
            let Some(entry) = number.and_then(|number| entry(entries, number)) else { continue };
            let Some(difference) = differ(document, entry, entries, name.as_str()) else { continue };
            out.push(match difference {
                Difference::Number(right) => {
                    let name = name.as_str();
                    let message = format!("“{name}”在附件说明里是附件{right}，请核对附件号");
                    let written = place.as_str();
                    let head = &written[..written.len() - digits.len()];
                    let listed = document.blocks()[entry.block].to_source(entry.name.clone());
                    Finding::new(block.to_source(place.range()), message)
                        .related(listed, "附件说明里的这个号")
                        .replace(format!("{head}{right}"), Applicability::Suggested)
                }
                Difference::Name(finding) => {
                    finding.related(block.to_source(name.range()), "正文里的名称在这里")
                }
            });
        }
    }
    for (number, block) in bodies {
        // The title of its text, in one line.
        let Some(text) = document.outline().text_at(*block).filter(|text| text.title.len() == 1) else {
            continue;
        };
        let title = &document.blocks()[text.title.start];
        let Some(entry) = entry(entries, *number) else { continue };
        let name = document.text(title);
        let Some(difference) = differ(document, entry, entries, name) else { continue };
        let finding = match difference {
            Difference::Number(right) => {
                let (range, shown) = shown(document, entry);
                let message =
                    format!("“{name}”在附件说明里是附件{right}，这一个是“{shown}”，编号对不上，请核对");
                Finding::new(range, message)
            }
            Difference::Name(finding) => finding,
        };
        out.push(finding.related(title.range.clone(), "附件的标题在这里"));
    }
}

fn entry(entries: &[Entry], number: u32) -> Option<&Entry> {
    let is =
        |entry: &&Entry| entry.number.as_ref().map_or(entries.len() == 1 && number == 1, |it| it.0 == number);
    entries.iter().find(is)
}

/// In what an entry of the list and what is said elsewhere under its number differ.
enum Difference {
    /// Another entry has this name: its number.
    Number(u32),
    /// The names are two.
    Name(Finding),
}

/// Are the names in the list and elsewhere two, of which none is short for the other?
fn differ(document: &Document, entry: &Entry, entries: &[Entry], name: &str) -> Option<Difference> {
    let (one, other) = (plain(listed(document, entry)), plain(name));
    if one.chars().count() < 2 || one.contains(&other) || other.contains(&one) {
        return None;
    }
    // The number of another: 报名表 is 附件2.
    let is_other = |it: &&Entry| plain(listed(document, it)) == other;
    if let Some(it) = entries.iter().find(is_other).and_then(|it| it.number.as_ref()) {
        return Some(Difference::Number(it.0));
    }
    // With nothing in common they are two things, and one number may be of another paper.
    let (range, shown) = shown(document, entry);
    let message = format!("同一个附件，附件说明写“{shown}”，别处写“{name}”，请用同一个名称");
    let finding = || Finding::new(range, message).replace(name, Applicability::Suggested);
    alike(&one, &other).then(|| Difference::Name(finding()))
}

/// The name of an entry.
fn listed<'d>(document: &'d Document, entry: &Entry) -> &'d str {
    &document.text(&document.blocks()[entry.block])[entry.name.clone()]
}

/// The name of an entry without what stands about it, and where that is in the source.
fn shown<'d>(document: &'d Document, entry: &Entry) -> (Range<usize>, &'d str) {
    let listed = listed(document, entry);
    let start = entry.name.start + listed.len() - listed.trim_start().len();
    let shown = listed.trim().trim_end_matches(['。', '；', '，']);
    (document.blocks()[entry.block].to_source(start..start + shown.len()), shown)
}

/// A name without brackets, spaces and what is said of it: 《报名表》（样表）.
fn plain(name: &str) -> String {
    let name = crate::chinese::document_name::bare(name.trim().trim_end_matches(['。', '；', '，', '、']));
    name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '《' | '》' | '“' | '”')).collect()
}

/// Have they more in common than not?
fn alike(one: &str, other: &str) -> bool {
    let common = one.chars().filter(|c| other.contains(*c)).count();
    common * 2 > one.chars().count().max(other.chars().count())
}

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn one_attachment_by_two_names() {
        for (text, name, listed) in [
            ("请填写《安全隐患排查表》（附件1）。", "安全隐患排查表", "安全隐患排查登记表"),
            ("《2026年培训计划表》见附件1。", "2026年培训计划表", "2025年培训计划表"),
            ("详见附件1《采购需求清单》。", "采购需求清单", "采购清单"),
            ("按《考核评分细则》（见附件1）打分。", "考核评分细则", "考核评分办法"),
            ("附件1：《参会人员名单》由各单位填写。", "参会人员名单", "参会人员登记表"),
            ("请于月底前报送《困难职工申请表》(附件1)。", "困难职工申请表", "困难职工登记表"),
            ("《活动安全应急预案》（附件 1）要人手一份。", "活动安全应急预案", "活动安全工作预案"),
            ("如实填写《设备台账》（附件一）。", "设备台账", "设备登记台账"),
            ("《任务分解表》（附件1）已经印发。", "任务分解表", "任务分工表"),
            ("请对照《自查清单》（附件1）逐项检查。", "自查清单", "自查问题清单"),
        ] {
            check(&RULE, &format!("{text}\n附件：1.〔{listed}→{name}〕\n2.联系表"));
        }
        for (text, listed) in [
            ("请填写《报名表》（附件1）。", "2026年职工技能大赛报名表"),
            ("请填写《报名表》（附件1）。", "报名表（样表）"),
            ("请填写《报名表》（附件1）。", "《报名表》"),
            ("请填写《县教育局安全隐患排查表》（附件1）。", "安全隐患排查表"),
            ("请填写《报名表》和《承诺书》。", "活动方案"),
            ("根据《档案管理办法》，请按附件1填报。", "档案目录"),
            ("执行《关于加强管理的通知》附件3的规定。", "档案目录"),
            ("请填写报名登记表（附件1）。", "报名表"),
            ("《会计法》见附件2所附的学习材料。", "学习资料"),
        ] {
            check_clean(&RULE, &format!("{text}\n附件：1.{listed}\n2.《会计法》\n3.其他"));
        }
    }

    #[test]
    fn two_names_and_numbers_of_others() {
        for text in [
            "请填写《安全隐患排查表》（附件1），月底前报送。\n附件：1.〔安全隐患排查登记表→安全隐患排查表〕\n2.人员分工表",
            "请填写“暑期培训报名表”（见附件2）。\n附件：1.培训日程安排\n2.〔暑期培训报名回执表→暑期培训报名表〕",
            "请填写《参会回执》（〔附件1→附件2〕）。\n附件：1.会议议程\n2.参会回执",
            "填写《志愿者登记表》（见附件）和《物资领用表》（附件2）。\n附件：1.志愿者登记表\n2.〔物资领用登记表→物资领用表〕",
            "按《整改任务清单》（附件一）落实。\n附件：〔整改工作清单→整改任务清单〕",
        ] {
            check(&RULE, text);
        }
        for text in [
            "填写《志愿者登记表》（附件1）。\n附件：1.会议日程\n2.交通图",
            "填写《志愿者登记表》（附件1）。\n附件：1.《志愿者登记表》\n2.交通图",
            "请填写《安全隐患排查表》（附件1）。\n附件：1.澄溪县安全隐患排查表",
            "请填写《安全隐患排查表》。\n附件：1.安全隐患登记台账",
            "按照《安全生产办法》附件1的要求检查。\n附件：1.安全隐患登记台账",
        ] {
            check_clean(&RULE, text);
        }
    }

    #[test]
    fn titles_of_attachments() {
        let draft = |listed: &str, title: &str| {
            format!(
                "请认真填报。\n附件：1.{listed}\n2.分工表\n某某局\n2026年3月1日\n附件1\n{title}\n一、说明\n认真填写，不要遗漏。\n附件2\n分工表\n一、组长\n由局长担任组长，负责全面工作。"
            )
        };
        check(&RULE, &draft("〔报名登记表→报名表〕", "报名表"));
        check_clean(&RULE, &draft("报名表", "2026年技能大赛报名表"));
        check_clean(&RULE, &draft("报名表", "报名表"));
    }
}
