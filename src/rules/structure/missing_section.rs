//! 缺必备部分：工作总结没有“存在的问题”或“下一步打算”，调研报告没有“对策建议”，整改报告没有“整改措施”。
//!
//! 方案看有没有任务和步骤、组织保障，会议纪要看有没有议定事项，实习总结看有没有收获；情况报告写了困难、问题的，看有没有下一步打算。
//!
//! 先按标题末尾的词判断文种，再看各级标题、段首和正文里有没有这一部分的线索，都没有才报。
//! 标记放在标题上；快速修复在该写的地方插入一个小标题和待写的提示，编号接着上一节，后面的跟着改；没有合适的地方，就放在文末、落款之前。
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
//! 指出了问题，没有写怎么改：
//!
//! ```text
//! 〔关于消防检查问题的整改报告〕
//! 一、检查发现的隐患
//! 药库的纸箱占用了疏散通道。
//! ……
//! 二、原因分析
//! 平时管理松懈，日常巡查流于形式。今后引以为戒。
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
use crate::doctype::{self, DocumentType, Part};
use crate::finding::{Applicability, Finding, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};
use crate::text::block::BlockKind;
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

/// Shorter parts are notes or extracts.
const MIN_CHARS: usize = 300;

/// A text with fewer headings may well tell its parts in words that no list holds.
const MIN_HEADINGS: usize = 2;

/// Titles with one of these are about a single event; accounts of an outing or a
/// contest often stop there.
const EVENTS: [&str; 12] =
    ["活动", "比赛", "竞赛", "大赛", "会议", "培训", "实践", "读书", "军训", "演练", "晚会", "运动会"];

/// By the index of a part, the paragraphs that tell of it.
static TOLD: LazyLock<Vec<Extract<()>>> =
    LazyLock::new(|| (0..doctype::PARTS.len()).map(|part| Extract::numbered(part, told)).collect());

fn told(part: usize, text: &str) -> Vec<()> {
    flag(EXPECTED[part].is_told(text))
}

/// By the index of a kind of document, the paragraphs with a word that says that it is one.
static EVIDENCE: LazyLock<Vec<Extract<()>>> =
    LazyLock::new(|| (0..doctype::ALL.len()).map(|kind| Extract::numbered(kind, bears_out)).collect());

fn bears_out(kind: usize, text: &str) -> Vec<()> {
    flag(doctype::ALL[kind].evidence.iter().any(|word| text.contains(word)))
}

/// The years in which something is meant to be done.
static PLANNED: Extract<u32> = Extract::new(planned);

fn planned(text: &str, _: BlockKind) -> Vec<u32> {
    PLANS.captures_iter(text).filter_map(|found| found[1].parse().ok()).collect()
}

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type.filter(|kind| !kind.parts.is_empty()) else { continue };
        let body = title.body..part.end;
        if view.length(body.clone()) < MIN_CHARS {
            continue;
        }
        let borne_out = || {
            let index = doctype::ALL.iter().position(|it| std::ptr::eq(it, kind));
            index.is_some_and(|index| !view.extract(&EVIDENCE[index]).filled(body.clone()).is_empty())
        };
        if !title.is_declared && !kind.evidence.is_empty() && !borne_out() {
            continue;
        }
        let nodes = document.outline().nodes();
        let from = nodes.partition_point(|node| node.block < body.start);
        let headings: Vec<&Node> =
            nodes[from..].iter().copied().take_while(|node| node.block < body.end).collect();
        // What stands above the sections brings them in, and is none of them.
        let mut alone = headings.iter().filter(|node| node.kind == NodeKind::Heading);
        let first = alone.next().filter(|_| alone.next().is_some()).map_or(body.start, |node| node.block);
        let tells = |part: usize| !view.extract(&TOLD[part]).filled(first..body.end).is_empty();
        let block = &document.blocks()[title.block];
        let name = &title.name;
        let year = years(name).last();
        let ahead = || view.extract(&PLANNED).within(body.clone()).any(|(_, of)| Some(*of) > year);
        for &index in kind.parts {
            let (expected, wanted) = (&EXPECTED[index], &doctype::PARTS[index]);
            let stands_in = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
            let is_wanted = (wanted.titles.is_empty() || stands_in(wanted.titles, name))
                && (wanted.beside.is_empty()
                    || headings.iter().any(|node| stands_in(wanted.beside, &node.title)));
            if !is_wanted {
                continue;
            }
            let found = headings.iter().any(|node| expected.is_heading(&node.title))
                || tells(index)
                || wanted.plans && year.is_some() && ahead();
            if found {
                continue;
            }
            let message = format!(
                "{}通常要写“{}”，这一篇没有找到；可补一节“{}”",
                called(kind, wanted, name),
                wanted.name,
                wanted.heading
            );
            let text = document.outline().text_at(part.start);
            let fix = text.map(|text| skeleton::insertion(document, text, &headings, wanted));
            let mut finding = Finding::new(block.to_source(title.range.clone()), message);
            finding.fixes.extend(fix);
            let is_of_event = EVENTS.iter().any(|event| name.contains(event));
            let is_certain = !is_of_event && !wanted.quiet && headings.len() >= MIN_HEADINGS;
            out.push(if is_certain { finding } else { finding.with_severity(Severity::Info) });
        }
    }
}

/// What to call the kind in a message: a part that only some titles want is not of all that the kind is.
fn called(kind: &DocumentType, wanted: &Part, title: &str) -> String {
    let word = wanted.titles.iter().find(|word| title.contains(**word));
    let ending = kind.endings.iter().filter(|ending| title.contains(**ending)).max_by_key(|it| it.len());
    match (word, ending) {
        (Some(word), Some(ending)) if ending.contains(word) => (*ending).to_owned(),
        (Some(word), Some(ending)) => format!("{word}{ending}"),
        _ => kind.name.to_owned(),
    }
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

    /// What is said of a summary without headings that ends so.
    fn said_in_summary(end: &str) -> Vec<String> {
        messages(&RULE, &format!("农技站2026年度工作总结\n{}\n{end}", filler("粮食生产")))
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
    fn problems_go_before_plans_and_the_rest_counts_on() {
        let body = filler("粮食生产");
        check_suggestion(
            &RULE,
            &format!(
                "农技站工作总结\n\n1.主要工作\n\n　　{body}\n\n2.下一步打算\n\n　　抓好春耕。\n\n农技站\n2026年12月1日\n"
            ),
            &format!(
                "农技站工作总结\n\n1.主要工作\n\n　　{body}\n\n2.存在的问题和不足\n\n　　（此处请填写存在的问题）\n\n3.下一步打算\n\n　　抓好春耕。\n\n农技站\n2026年12月1日\n"
            ),
        );
        check_suggestion(
            &RULE,
            &format!(
                "关于农村养老的调研报告\n第一部分 现状\n{body}\n今年开展了调研。\n第二部分 建议\n增加投入。"
            ),
            &format!(
                "关于农村养老的调研报告\n第一部分 现状\n{body}\n今年开展了调研。\n第二部分 存在的主要问题\n（此处请填写存在的问题）\n第三部分 建议\n增加投入。"
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
            ["工作总结通常要写“存在的问题”，这一篇没有找到；可补一节“存在的问题和不足”"]
        );
    }

    #[test]
    fn other_kinds_of_documents() {
        let body = filler("粮食生产");
        check_clean(&RULE, &format!("农业生产管理办法\n{body}"));
    }

    const PROBLEMS: &str = "工作总结通常要写“存在的问题”，这一篇没有找到；可补一节“存在的问题和不足”";
    const PLANS: &str = "工作总结通常要写“下一步打算”，这一篇没有找到；可补一节“下一步打算”";

    #[test]
    fn problems_are_told_in_many_ways() {
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
            assert_eq!(said_in_summary(&format!("{way}\n下一步将迎头赶上。")), [""; 0], "{way}");
        }
    }

    #[test]
    fn problems_are_told_in_plain_words() {
        let ways = [
            "夜班排得太满，站里的人忙不过来。",
            "账上还是薄，年轻人留不住。",
            "巡查时紧时松，收效甚微。",
            "平时读文献太少，条文说不清。",
            "回过头看，我管得太细。",
            "底子薄，有时顾此失彼。",
            "下村的次数少，和农户通气慢。",
            "没有跟上形势，叫我很惭愧。",
        ];
        for way in ways {
            assert_eq!(said_in_summary(&format!("{way}\n下一步将迎头赶上。")), [""; 0], "{way}");
        }
    }

    #[test]
    fn those_who_are_helped_are_no_problems() {
        let ways = [
            "为三名家庭有困难的学生申请了助学金。",
            "对九名基础薄弱的学生利用午休补课。",
            "针对场地不足的情况，租用了体育馆。",
            "为了解养老服务中存在的问题，走访了五个村。",
            "全年没有发生一起安全问题。",
            "起初人手不足，六月起配齐了人员。",
        ];
        for way in ways {
            assert_eq!(said_in_summary(&format!("{way}\n下一步继续努力。")), [PROBLEMS], "{way}");
        }
    }

    #[test]
    fn what_came_after_is_no_plan() {
        let ways = [
            "入秋以后又清理了两遍。",
            "六名队员取得证书，以后办案有了底气。",
            "按计划开展了培训。",
            "别人十分钟，我要二十分钟。",
        ];
        for way in ways {
            assert_eq!(said_in_summary(&format!("还存在不足。\n{way}")), [PLANS], "{way}");
        }
    }

    #[test]
    fn parts_of_further_kinds() {
        let body = "各科室的同志都来了，大家看了材料，听了介绍，谈了看法。".repeat(14);
        let said = |title: &str, rest: &str| messages(&RULE, &format!("{title}\n{body}\n{rest}")).len();
        assert_eq!(said("护理质量分析会纪要", "会议于下午四点结束。"), 1);
        assert_eq!(said("护理质量分析会纪要", "会议决定增配床栏二十副。"), 0);
        assert_eq!(said("读书会实施方案", "一、指导思想\n以学促干。\n二、组织领导\n由工会负责。"), 1);
        assert_eq!(said("读书会实施方案", "一、实施步骤\n先报名。\n二、组织领导\n由工会负责。"), 0);
        assert_eq!(said("关于消防检查的整改报告", "检查组指出两处隐患。已全部整改到位。"), 0);
        assert_eq!(said("关于防汛的情况报告", "一、措施\n转移群众。\n二、困难\n沙袋不足。"), 1);
        assert_eq!(said("关于防汛的情况报告", "一、措施\n转移群众。\n二、成效\n没有伤亡。"), 0);
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
            assert_eq!(said_in_summary(&format!("{way}\n下一步继续努力。")), [PROBLEMS], "{way}");
        }
        let heading =
            format!("农技站2026年度工作总结\n一、着力解决突出问题\n{body}\n二、下一步打算\n继续抓好。");
        assert_eq!(messages(&RULE, &heading), [PROBLEMS]);
    }

    #[test]
    fn plans_are_told_in_many_ways() {
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
            assert_eq!(said_in_summary(&format!("还存在不足。\n{way}")), [""; 0], "{way}");
        }
        assert_eq!(said_in_summary("2026年重点抓好了三件事，技术力量薄弱。"), [PLANS]);
    }
}
