//! 缺必备部分：工作总结没有“存在的问题”或“下一步打算”，调研报告没有“对策建议”。
//!
//! 先按标题末尾的词判断文种，再看各级标题、段首和正文里有没有这一部分的线索，都没有才报。
//! 标记放在标题上；快速修复在文末（落款之前）插入一个小标题和待写的提示，编号顺着上一节。
//! 不分节的短文和活动、会议一类的总结，只作提示。一个文件里有几篇（篇一、篇二……），逐篇判断。
//! 文种也可以自己写明：稿子里写注释 `<!-- zhubi: type=工作总结 -->`
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
//! 各文种的通行体例；部分和线索见 `src/doctype/` 里的各个文件。

mod expected;
mod fault;
mod skeleton;

use std::sync::LazyLock;

use regex::Regex;

use self::expected::EXPECTED;
use crate::doctype::{self, DocumentType};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::Extract;
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
use crate::text::outline::Node;

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

/// Shorter parts are notes or extracts.
const MIN_CHARS: usize = 300;

/// A text with fewer headings may well tell its parts in words that no list holds.
const MIN_HEADINGS: usize = 2;

/// Titles with one of these are about a single event; accounts of an outing or a contest often stop there.
const EVENTS: [&str; 12] =
    ["活动", "比赛", "竞赛", "大赛", "会议", "培训", "实践", "读书", "军训", "演练", "晚会", "运动会"];

static TOLD: Extract<Told> = Extract::new(told);

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    let nodes = document.outline().nodes();
    for part in document.parts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type.filter(|kind| !kind.parts.is_empty()) else { continue };
        let body = title.block + 1..part.end;
        if view.length(body.clone()) < MIN_CHARS {
            continue;
        }
        let noted = view.extract(&TOLD);
        let says = |wanted: Told| noted.within(body.clone()).any(|(_, told)| *told == wanted);
        if !title.declared && !kind.evidence.is_empty() && !says(Told::Evidence(kind)) {
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
        for &index in kind.parts {
            let (expected, wanted) = (&EXPECTED[index], &doctype::PARTS[index]);
            let found = headings.iter().any(|node| expected.is_heading(&node.title))
                || says(Told::Part(index))
                || wanted.plans && year.is_some() && ahead();
            if found {
                continue;
            }
            let message = format!(
                "{}通常要写“{}”，这一篇没有找到；可在文末补一节“{}”",
                kind.name, wanted.name, wanted.heading
            );
            let fix = skeleton::insertion(document, &part, &headings, wanted);
            let finding = Finding::new(block.to_source(title.range.clone()), message).fix(fix);
            let is_of_event = EVENTS.iter().any(|event| name.contains(event));
            let is_certain = !is_of_event && headings.len() >= MIN_HEADINGS;
            out.push(if is_certain { finding } else { finding.with_severity(Severity::Info) });
        }
    }
}

/// What a paragraph tells of the parts of a document.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    /// A part, by its index.
    Part(usize),
    /// What is meant to be done in a year.
    Plans(u32),
    /// That the document is of the kind that its title says.
    Evidence(&'static DocumentType),
}

fn told(text: &str, _: BlockKind) -> Vec<Told> {
    let parts = EXPECTED.iter().enumerate().filter(|(_, expected)| expected.is_told(text));
    let parts = parts.map(|(index, _)| Told::Part(index));
    let kinds = doctype::ALL.iter().filter(|kind| kind.evidence.iter().any(|word| text.contains(word)));
    let years = PLANS.captures_iter(text).filter_map(|found| found[1].parse().ok()).map(Told::Plans);
    parts.chain(kinds.map(Told::Evidence)).chain(years).collect()
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

#[cfg(test)]
mod tests {
    use super::RULE;
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
}
