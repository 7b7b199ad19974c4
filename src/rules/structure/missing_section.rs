//! 缺必备部分：工作总结没有“存在的问题”或“下一步打算”，调研报告没有“对策建议”。
//!
//! 先按标题末尾的词判断文种，再看各级标题、段首和正文里有没有这一部分的线索，都没有才报。
//! 标记放在标题上；快速修复在文末（落款之前）插入一个小标题和待写的提示，编号顺着上一节。
//! 不分节的短文和活动、会议一类的总结，只作提示。一个文件里有几篇（篇一、篇二……），逐篇判断。文种也可以自己写明：稿子里写注释 `<!-- zhubi: type=工作总结 -->`
//! （写在最前面管全文，写在某一篇里管那一篇），或在 `zhubi.toml` 里写 `document-type = "工作总结"`。
//!
//! ## 例
//! 通篇只有做了什么，没有写存在的问题：
//!
//! ```text
//! 〔2026年度工作总结〕
//! 一、主要工作
//! 今年以来，我站围绕粮食生产抓了三件事。
//! ……
//! 二、下一步打算
//! 继续抓好春耕。
//! ```
//!
//! 没有今后的打算：
//!
//! ```text
//! 〔农技站工作总结〕
//! 一、主要工作
//! 今年以来，我站围绕粮食生产抓了三件事。
//! ……
//! 二、存在的问题
//! 人手紧张。
//! ```
//!
//! 写了现状和问题，没有写对策建议：
//!
//! ```text
//! 〔关于农村养老服务的调研报告〕
//! 一、基本情况
//! 今年三月，县民政局到六个乡镇开展了调研。
//! ……
//! 二、存在的问题
//! 护理人员紧缺。
//! ```
//!
//! ## 不报
//! 三百字以内的短稿、节选不查：
//!
//! ```text
//! 2026年度工作总结
//! 今年完成了任务。
//! ```
//!
//! 用别的说法写了（已经解决的问题不算）：
//!
//! ```text
//! 2026年度工作总结
//! 今年以来，我站围绕粮食生产抓了三件事。
//! ……
//! 对照先进，业务学得还不够深。2027年，我站将开春就下村办班。
//! ```
//!
//! 标题的文种不要求这一部分：
//!
//! ```text
//! 关于做好春耕工作的通知
//! ……
//! ```
//!
//! ## 依据
//! 各文种的通行体例；部分和线索见 `data/genre-part.tsv`。

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::chinese::numeral;
use crate::doctype::Genre;
use crate::finding::Finding;
use crate::finding::{Applicability, Edit, Fix, Severity};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::document::Document;
use crate::text::numbering::{self, Style};
use crate::text::outline::{Node, NodeKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/missing-section",
    summary: "缺必备部分",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_section.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

static PARTS: &str = include_str!("../../../data/genre-part.tsv");

/// A part that readers of a kind of document expect.
struct Expected {
    /// The kinds of documents, by their keys.
    genres: &'static str,
    name: &'static str,
    /// What a heading of the part says.
    heading_cues: Regex,
    /// What its sentences say.
    cues: Regex,
    /// What its sentences say too, and others where it is a fault overcome: see [`OVERCOME`].
    bare: Option<Regex>,
    /// Is it the plans? A year to come says so as well.
    looks_ahead: bool,
    heading: &'static str,
}

static EXPECTED: LazyLock<Vec<Expected>> = LazyLock::new(|| {
    let pattern = |cell: &str| Regex::new(&cell.replace('；', "|")).expect("tested with the table");
    let expected = |line: &'static str| {
        let mut cells = line.split('\t');
        let (genres, name) = (cells.next()?, cells.next()?);
        Some(Expected {
            genres,
            name,
            looks_ahead: name.ends_with("打算"),
            heading_cues: pattern(cells.next()?),
            cues: pattern(cells.next()?),
            bare: cells.next().filter(|cell| !cell.is_empty()).map(pattern),
            heading: cells.next()?,
        })
    };
    PARTS.lines().skip(1).filter_map(expected).collect()
});

/// A clause that says one of these tells of a fault that is gone, and of nothing that is left to do.
const OVERCOME: [&str; 30] = [
    "解决",
    "克服",
    "化解",
    "破解",
    "破除",
    "消除",
    "攻克",
    "战胜",
    "突破",
    "排除",
    "扭转",
    "弥补",
    "补齐",
    "补上",
    "补短板",
    "补强",
    "纾解",
    "排忧",
    "慰问",
    "没有出现",
    "未出现",
    "杜绝",
    "缩小",
    "整改到位",
    "整改完成",
    "已整改",
    "全部整改",
    "打通",
    "摆脱",
    "解除",
];

/// 问题得到解决, but not 问题及解决办法.
const DONE: [&str; 9] = ["得到", "已", "全部", "均", "有效", "基本", "彻底", "成功", "了"];

/// 解决问题的能力, 破解难题的办法: means, which may be wanting.
const MEANS: [&str; 12] =
    ["能力", "本领", "办法", "水平", "意识", "力度", "机制", "方法", "效率", "成效", "进度", "渠道"];

/// Any of these means the problem remains, whatever else the clause says: 尚未解决, 难以破解.
const LEFT: [&str; 14] = [
    "未",
    "待",
    "难以",
    "仍",
    "还",
    "无法",
    "没有得到",
    "没能",
    "不够",
    "依然",
    "尚",
    "不彻底",
    "不力",
    "不到位",
];

/// 困难群众, 不足1公里: words that begin like a fault and are none.
const NO_FAULT: [&str; 14] = [
    "困难群",
    "困难家",
    "困难职",
    "困难学",
    "困难户",
    "困难党",
    "困难老",
    "困难儿",
    "困难企",
    "困难人",
    "困难残",
    "困难居",
    "薄弱学校",
    "薄弱村",
];

/// Shorter parts are notes or extracts.
const MIN_CHARS: usize = 300;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let nodes = document.outline().nodes();
    for part in document.outline().parts(document.blocks().len()) {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(genre) = title.genre else { continue };
        let body = title.block + 1..part.end;
        if view.length(body.clone()) < MIN_CHARS {
            continue;
        }
        let wanted = || {
            EXPECTED
                .iter()
                .enumerate()
                .filter(|(_, expected)| expected.genres.split('；').any(|key| key == genre.key()))
        };
        if wanted().next().is_none() {
            continue;
        }
        let noted = view.note(told);
        let says = |wanted: Told| noted.within(body.clone()).any(|(_, told)| *told == wanted);
        if !title.declared && !speaks_as(genre).is_empty() && !says(Told::Speaks(genre)) {
            continue;
        }
        let from = nodes.partition_point(|node| node.block < body.start);
        let headings: Vec<&Node> =
            nodes[from..].iter().copied().take_while(|node| node.block < body.end).collect();
        let block = &document.blocks()[title.block];
        let name = &document.text(block)[title.range.clone()];
        let year = years(name).last();
        let ahead = || {
            noted.within(body.clone()).any(|(_, told)| matches!(*told, Told::Plans(of) if Some(of) > year))
        };
        for (index, expected) in wanted() {
            let found = headings.iter().any(|node| expected.is_heading(&node.title))
                || says(Told::Part(index))
                || expected.looks_ahead && year.is_some() && ahead();
            if found {
                continue;
            }
            let message = format!(
                "{}通常要写“{}”，这一篇没有找到；可在文末补一节“{}”",
                genre.chinese(),
                expected.name,
                expected.heading
            );
            let fix = skeleton(document, &part, &headings, expected);
            let finding = Finding::new(block.to_source(title.range.clone()), message).fix(fix);
            // Summaries of events often omit these parts, and without headings wording varies too much.
            let of_an_event = EVENTS.iter().any(|event| name.contains(event));
            let is_told_only = headings.len() < 2;
            out.push(if of_an_event || is_told_only { finding.at(Severity::Info) } else { finding });
        }
    }
}

/// A title with one of these tells of a thing that happened once.
const EVENTS: [&str; 12] =
    ["活动", "比赛", "竞赛", "大赛", "会议", "培训", "实践", "读书", "军训", "演练", "晚会", "运动会"];

impl Expected {
    fn is_heading(&self, title: &str) -> bool {
        self.is_said(&self.heading_cues, title)
    }

    fn is_told(&self, text: &str) -> bool {
        self.is_said(&self.cues, text) || self.bare.as_ref().is_some_and(|bare| self.is_said(bare, text))
    }

    /// Is a cue in the text? One of faults counts where the fault is still there.
    fn is_said(&self, cues: &Regex, text: &str) -> bool {
        match self.bare {
            Some(_) => cues.find_iter(text).any(|found| is_fault(text, found.range())),
            None => cues.is_match(text),
        }
    }
}

/// Does the word tell of a fault that is still there?
fn is_fault(text: &str, word: Range<usize>) -> bool {
    let ends = ['，', '。', '；', '！', '？', '\n', ',', ';'];
    let (before, after) = (&text[..word.start], &text[word.end..]);
    let before = before.rsplit(ends).next().unwrap_or_default();
    let rest = after.split(ends).next().unwrap_or_default();
    let said = &text[word.clone()];
    let number = |c: char| numeral::arabic_digit(c).is_some() || "一两二三四五六七八九十百千万半".contains(c);
    if said.ends_with("不足") && after.starts_with(number)
        || NO_FAULT.iter().any(|noun| text[word.start..].starts_with(noun))
    {
        return false;
    }
    let any = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let is_left = any(&LEFT, before) || any(&LEFT, said) || any(&LEFT, rest);
    // 解决问题的能力不足 says so of the ability.
    let overcomes = OVERCOME
        .iter()
        .filter_map(|verb| Some(&before[before.rfind(verb)?..]))
        .any(|verb| !any(&MEANS, verb));
    is_left || !(overcomes || any(&OVERCOME, rest) && any(&DONE, rest))
}

/// What a paragraph tells of the parts of a document.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// A part, by its row.
    Part(usize),
    /// What is meant to be done in a year.
    Plans(u32),
    /// The words of a kind of document.
    Speaks(Genre),
}

fn told(text: &str, _: BlockKind) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    let parts = EXPECTED.iter().enumerate().filter(|(_, expected)| expected.is_told(text));
    all.extend(parts.map(|(index, _)| Told::Part(index)));
    let speaking = [Genre::Summary, Genre::DutyReport, Genre::Survey].into_iter();
    let speaking = speaking.filter(|genre| speaks_as(*genre).iter().any(|word| text.contains(word)));
    all.extend(speaking.map(Told::Speaks));
    all.extend(PLANS.captures_iter(text).filter_map(|found| found[1].parse().ok()).map(Told::Plans));
    all
}

/// 2026年，我科将…; 2026年工作重点
static PLANS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = "(20[0-9]{2})年[^。；]{0,14}(?:将|要|打算|计划|思路|安排|重点|目标|设想|任务|展望|规划|争取|努力|继续)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The years that a title names.
fn years(title: &str) -> impl Iterator<Item = u32> + '_ {
    static YEAR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("20[0-9]{2}").expect("the pattern is a constant"));
    YEAR.find_iter(title).filter_map(|year| year.as_str().parse().ok())
}

/// Does the body bear out what the title says? A collection files anything under one title.
/// No words where nothing need be borne out.
fn speaks_as(genre: Genre) -> &'static [&'static str] {
    match genre {
        Genre::Summary => {
            &["总结", "一年来", "今年以来", "本年度", "半年来", "一年中", "回顾", "完成了", "取得了"]
        }
        Genre::DutyReport => &["述职", "任职", "分管", "履职", "负责", "岗位"],
        Genre::Survey => &["调研", "调查", "走访", "座谈", "问卷"],
        _ => &[],
    }
}

/// A heading with a line to be filled in, before the signature.
fn skeleton(document: &Document, part: &Range<usize>, headings: &[&Node], expected: &Expected) -> Fix {
    let mut end = part.end;
    while end > part.start + 1 && is_signature(document.text(&document.blocks()[end - 1])) {
        end -= 1;
    }
    let at = document.blocks()[end - 1].range.end;
    let last = headings
        .iter()
        .rev()
        .filter(|node| node.kind == NodeKind::Heading)
        .find(|node| numbering::parse(&node.title).is_some_and(|marker| marker.style == Style::Chinese));
    let number = last
        .and_then(|node| numbering::parse(&node.title))
        .map_or_else(String::new, |marker| format!("{}、", numeral::to_chinese(marker.value + 1)));
    let level = last.or(headings.first()).map(|node| document.blocks()[node.block].kind);
    let (hashes, gap) = match level {
        Some(BlockKind::Heading(level)) => (format!("{} ", "#".repeat(usize::from(level))), "\n\n"),
        _ => (String::new(), "\n"),
    };
    let text = format!("{gap}{hashes}{number}{}{gap}（此处请填写{}）", expected.heading, expected.name);
    Fix {
        title: format!("在文末插入“{number}{}”", expected.heading),
        edits: vec![Edit { range: at..at, text }],
        applicability: Applicability::Suggested,
    }
}

/// A short line at the end without a full stop: a name, an office, a date.
fn is_signature(text: &str) -> bool {
    text.chars().count() <= 24
        && !text.contains(['。', '，', '；', '：', '、'])
        && numbering::parse(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::{PARTS, RULE};
    use crate::doctype::Genre;
    use crate::rules::testing::{check_clean, check_suggestion, messages};

    fn filler(topic: &str) -> String {
        format!("今年以来，我站围绕{topic}，组织培训、开展巡查、登门服务，完成了年度任务。").repeat(10)
    }

    #[test]
    fn a_heading_to_fill_in_goes_before_the_signature() {
        let body = filler("粮食生产");
        check_suggestion(
            &RULE,
            &format!(
                "农技站工作总结\n一、主要工作\n{body}\n二、存在的问题\n人手紧张。\n某县农技站\n2026年12月1日"
            ),
            &format!(
                "农技站工作总结\n一、主要工作\n{body}\n二、存在的问题\n人手紧张。\n三、下一步打算\n（此处请填写下一步打算）\n某县农技站\n2026年12月1日"
            ),
        );
    }

    #[test]
    fn parts_are_judged_one_by_one() {
        let body = filler("防汛");
        let whole = format!("{body}\n还存在短板，今后将加以改进。");
        let text = format!("防汛工作总结 篇一：\n{whole}\n防汛工作总结 篇二：\n{body}\n今后继续努力。");
        assert_eq!(
            messages(&RULE, &text),
            ["工作总结通常要写“存在的问题”，这一篇没有找到；可在文末补一节“存在的问题和不足”"]
        );
    }

    #[test]
    fn other_kinds_of_documents() {
        let body = filler("粮食生产");
        check_clean(&RULE, &format!("农业生产管理办法\n{body}"));
    }

    const PROBLEMS: &str = "工作总结通常要写“存在的问题”，这一篇没有找到；可在文末补一节“存在的问题和不足”";
    const PLANS: &str = "工作总结通常要写“下一步打算”，这一篇没有找到；可在文末补一节“下一步打算”";

    #[test]
    fn problems_are_told_in_many_ways() {
        let body = filler("粮食生产");
        let ways = [
            "回顾全年，业务学得还不够深，调查研究做得不多。",
            "当然，我们也清醒地看到，技术力量薄弱，设备陈旧。",
            "由于人手紧张，个别村的巡查未能做到全覆盖。",
            "工作中也碰到一些困难，主要是经费不足。",
            "对照先进，服务水平有待提高。",
            "推广进度不尽如人意，值得反思。",
            "育秧环节这个瓶颈至今难以突破。",
            "农户培训的针对性不强，形式单一。",
            "总的看，还有不少地方需要改进提升。",
            "统防统治覆盖面偏小、问题主要是机具老化。",
            "最大的教训是对天气估计得过于乐观。",
            "宣传上跟不上形势，群众知晓率偏低。",
            "遗憾的是，示范片没能按期建成。",
            "仍存在重建设、轻管护的现象。",
            "水利设施欠账较多，抗旱能力弱。",
            "解决实际问题的能力不足，基层治理力量薄弱。",
            "存在问题及解决办法：人手少，拟增加两人。",
        ];
        for way in ways {
            assert_eq!(
                messages(&RULE, &format!("农技站2026年度工作总结\n{body}\n{way}\n下一步将迎头赶上。")),
                [""; 0],
                "{way}"
            );
        }
    }

    #[test]
    fn faults_overcome_are_no_problems() {
        let body = filler("粮食生产");
        let ways = [
            "解决了群众反映的浇地困难问题12个。",
            "破解了技术服务最后一公里难题，补齐了设施短板。",
            "走访慰问困难群众36户，往返不足10公里。",
            "攻克了育秧瓶颈，全年没有出现安全问题。",
        ];
        for way in ways {
            assert_eq!(
                messages(&RULE, &format!("农技站2026年度工作总结\n{body}\n{way}\n下一步继续努力。")),
                [PROBLEMS],
                "{way}"
            );
        }
        let heading =
            format!("农技站2026年度工作总结\n一、着力解决突出问题\n{body}\n二、下一步打算\n继续抓好。");
        assert_eq!(messages(&RULE, &heading), [PROBLEMS]);
    }

    #[test]
    fn plans_are_told_in_many_ways() {
        let body = filler("粮食生产");
        let ways = [
            "新的一年，全站上下团结一心。",
            "2027年，重点抓好三件事。",
            "二是改进措施：充实人员。",
            "我站将以更高的标准要求自己。",
            "下个季度把仓库修好。",
            "今后要多下村、多请教。",
            "后续工作由分管领导牵头推进。",
            "努力方向：一是学习，二是实践。",
            "打算从三个方面入手。",
            "我会更加努力。",
            "成绩只说明过去，我们要再接再厉。",
            "接下来抓好秋粮收储。",
            "对明年的工作有如下设想。",
            "力争亩产再上台阶。",
        ];
        for way in ways {
            assert_eq!(
                messages(&RULE, &format!("农技站2026年度工作总结\n{body}\n还存在不足。\n{way}")),
                [""; 0],
                "{way}"
            );
        }
        let without = format!("农技站2026年度工作总结\n{body}\n2026年重点抓好了三件事，技术力量薄弱。");
        assert_eq!(messages(&RULE, &without), [PLANS]);
    }

    #[test]
    fn the_table_is_sorted_and_names_genres() {
        let rows: Vec<&str> = PARTS.lines().skip(1).collect();
        assert!(rows.is_sorted());
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 6, "{row}");
            for cell in &cells[2..5] {
                assert!(regex::Regex::new(&cell.replace('；', "|")).is_ok(), "{cell}");
            }
            for key in cells[0].split('；') {
                assert!(Genre::ALL.iter().any(|genre| genre.key() == key), "{row}");
            }
        }
    }
}
