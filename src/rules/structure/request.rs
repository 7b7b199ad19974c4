//! 请示的体例：只写一个主送机关，一文一事，有请示的结语。
//!
//! ## 例
//! 只留一个主送机关，其他用抄送：
//!
//! ```text
//! 关于购置水泵的请示
//! 〔县财政局、县水利局〕：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! 妥否，请批示。
//! ```
//!
//! 没有“妥否，请批示”一类结语：
//!
//! ```text
//! 〔关于购置水泵的请示〕
//! 县财政局：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! 某县农技站
//! ```
//!
//! 一文一事，另行请示：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 我站拟购置水泵两台，需资金十二万元。〔另，请一并批准增加编制两名〕。
//! ……
//! 妥否，请批示。
//! ```
//!
//! ## 不报
//! 结语有多种写法：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! 以上请求，恳请研究批准为盼。
//! ```
//!
//! 不足百字的提纲：
//!
//! ```text
//! 关于购置水泵的请示
//! 县财政局：
//! 拟购置水泵两台。
//! ```
//!
//! 标题不是请示：
//!
//! ```text
//! 关于购置水泵的通知
//! 县财政局、县水利局：
//! 我站拟购置水泵两台，需资金十二万元。
//! ……
//! ```
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十五条：原则上主送一个上级机关；请示应当一文一事。

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::rule::facts::{Extract, flag};
use crate::rule::{DocumentView, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "structure/request",
    summary: "请示的体例",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("request.rs"),
    needs: &[],
    scope: Scope::Document(check),
};

/// A sentence that asks for something else as well: 另，…恳请…, 此外…请…一并…. What is asked for is in
/// `matter`.
static SECOND_MATTER: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:^|[，。！；\n])(?P<all>(?:另外|此外|另|同时|还有)(?:[，,、:：]|[^，。；]{0,30}，)?(?P<between>[^。；]{0,80}?)(?P<asks>恳请|请求|申请|特请|请|希望)(?P<matter>[^，。；]{2,40}))";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// What an office asks its superior for.
const ASKED_FOR: [&str; 34] = [
    "解决", "安排", "拨付", "拨给", "拨款", "增加", "核增", "增设", "增配", "核定", "批准", "同意", "审批",
    "配备", "划拨", "调剂", "给予", "追加", "新增", "减免", "支持", "补助", "补充", "调配", "调整", "设立",
    "落实", "免除", "延长", "下拨", "购置", "更换", "招聘", "协调",
];

/// Is a second matter asked for that the title does not name?
fn is_other_matter(title: &str, found: &Captures<'_>) -> bool {
    let group = |name| found.name(name).map_or("", |part| part.as_str());
    let (all, matter) = (group("all"), group("matter"));
    let is_closing = [
        "批示",
        "批复",
        "指示",
        "审阅",
        "指正",
        "函复",
        "联系",
        "知悉",
        "予以说明",
        "按时",
        "各单位",
        "各部门",
    ]
    .iter()
    .any(|word| matter.contains(word));
    let joined =
        ["一并", "同时"].iter().any(|word| matter.contains(word) || group("between").ends_with(word));
    let asks = ASKED_FOR.iter().any(|word| matter.contains(word));
    // 同时 goes on with the same matter, unless it says 一并.
    let begins = !all.starts_with("同时") || joined;
    let named = title.find("关于").map_or(title, |at| &title[at + "关于".len()..]);
    let chars: Vec<char> = named.chars().collect();
    let stock = [
        "关于", "请示", "解决", "资金", "经费", "问题", "有关", "工作", "建设", "项目", "工程", "人民",
        "政府", "我镇", "增加",
    ];
    let names = |pair: &&[char]| {
        let word: String = pair.iter().collect();
        !stock.contains(&word.as_str())
            && pair.iter().all(|c| !"的于关和与及".contains(*c))
            && all.contains(&word)
    };
    let same = chars.windows(2).any(|pair| names(&pair));
    begins && asks && !is_closing && !same
}

static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"请(?:予|予以|领导|审核)?(?:批示|批复|批准|审批|审定|指示|核准)|[妥当]否|可否，请|特此请示|(?:请|望)[^，。；]{0,14}(?:批示|批复|批准|审批|审定|审议|研究|答复|支持|同意|解决)(?:为盼|为感|为荷)?[。！]?$";
    Regex::new(pattern).expect("the pattern is a constant")
});

static SECOND_MATTERS: Extract<()> = Extract::new(|text, _| {
    let begins = ["另", "此外", "同时", "还有"].iter().any(|word| text.contains(word));
    flag(text.len() < 2_000 && begins && SECOND_MATTER.is_match(text))
});

/// 县财政局和县水利局, 县政府并市水利局, but not 和浦市人民政府.
static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:局|委|府|院|厅|部|公司|中心|处)(?:和|与|及|并报|并|暨)[^和与及并]{1,20}(?:局|委|府|院|厅|部|公司|中心|处)")
        .expect("the pattern is a constant")
});

static ASKING: Extract<()> = Extract::new(|text, _| flag(ASKS.is_match(text)));
/// A longer line is no addressee.
const MAX_ADDRESSEE_CHARS: usize = 60;

/// Shorter texts are outlines.
const MIN_CHARS: usize = 60;

fn check(view: &DocumentView<'_>, out: &mut Vec<Finding>) {
    let document = view.document;
    for part in document.texts() {
        let Some(title) = view.title(part.clone()) else { continue };
        let Some(kind) = title.document_type.filter(|kind| kind.asks) else { continue };
        let Some(usual) = kind.closings.first() else { continue };
        let body = &document.blocks()[title.body..part.end];
        if let Some(address) = body.first() {
            let text = document.text(address);
            let name = text.trim_end_matches(['：', ':']);
            if name.len() < text.len()
                && (name.contains(['、', '，', ',', ';', '；']) || SEVERAL.is_match(name))
                && name.chars().count() <= MAX_ADDRESSEE_CHARS
            {
                let message = format!("{}只主送一个上级机关，其他需要知道的用抄送", kind.name);
                out.push(Finding::new(address.to_source(0..name.len()), message));
            }
        }
        let second = view.extract(&SECOND_MATTERS);
        for (index, ()) in second.within(title.body..part.end) {
            let block = &document.blocks()[index];
            let text = document.text(block);
            let found = SECOND_MATTER.captures_iter(text).find(|it| is_other_matter(&title.name, it));
            let Some(all) = found.as_ref().and_then(|found| found.name("all")) else { continue };
            let message = format!("{0}应当一文一事：这是另一件事，请另行{0}", kind.name);
            out.push(Finding::new(block.to_source(all.range()), message));
        }
        let asks = view.extract(&ASKING);
        let blocks = title.body..part.end;
        if view.length(blocks.clone()) >= MIN_CHARS && asks.filled(blocks).is_empty() {
            let last = body.iter().rev().find(|block| document.text(block).ends_with(['。', '；', '！']));
            let block = &document.blocks()[title.block];
            let message = format!("{}没有结语，应以“{usual}。”一类的话收尾", kind.name);
            let mut finding = Finding::new(block.to_source(title.range.clone()), message);
            if let Some(last) = last {
                let edits =
                    vec![Edit { range: last.range.end..last.range.end, text: format!("\n{usual}。") }];
                let title = format!("在正文之后加“{usual}。”");
                finding = finding.fix(Fix { title, edits, applicability: Applicability::Suggested });
            }
            out.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_suggestion};

    const BODY: &str = "为保障今年防汛排涝，我站拟购置大功率水泵两台，预计需要资金十二万元，其中自筹四万元，其余八万元请县财政予以安排，设备由我站负责管理和维护。";

    #[test]
    fn a_request_closes_in_many_ways() {
        let ways = [
            "特此请示。",
            "恳请县财政局研究批准为盼。",
            "可否，请示。",
            "以上请求，望县局领导审批。",
            "请予审议。",
            "请县局给予支持为感。",
            "妥否？请批示。",
        ];
        for way in ways {
            check_clean(&RULE, &format!("关于购置水泵的请示\n县财政局：\n{BODY}\n{way}\n农技站"));
        }
    }

    #[test]
    fn a_closing_goes_before_the_signature() {
        check_suggestion(
            &RULE,
            &format!("关于购置水泵的请示\n县财政局：\n{BODY}\n农技站"),
            &format!("关于购置水泵的请示\n县财政局：\n{BODY}\n妥否，请批示。\n农技站"),
        );
    }

    #[test]
    fn a_second_matter() {
        let body = BODY.replace("设备由", "〔另外，请解决我站用房紧张的问题〕，设备由");
        check(&RULE, &format!("关于购置水泵的请示\n县财政局：\n{body}\n妥否，请批示。"));
    }

    #[test]
    fn second_matters_in_many_words() {
        let request = |title: &str, matter: &str| {
            format!("关于{title}的请示\n县人民政府：\n{BODY}\n{matter}\n妥否，请批示。\n某某站\n2026年3月1日")
        };
        for matter in [
            "〔另外，我镇应急管理办公室仅有工作人员1名，人手严重不足，恳请一并核增事业编制2名〕。",
            "〔另，恳请县政府解决我站办公用房120平方米〕。",
            "〔此外，我校食堂设备陈旧，恳请安排改造资金30万元〕。",
            "〔此外，为缓解人员紧张状况，请求增加编制3名〕。",
            "〔另，请一并批准我站招聘合同制人员2名〕。",
            "〔同时，请一并解决值班车辆1辆〕。",
            "〔另外，我局档案室面积不足，申请调剂库房两间〕。",
            "〔此外，恳请减免我公司本年度场地租金〕。",
            "〔另，我院救护车已到报废年限，恳请配备新车1辆〕。",
            "〔还有，我乡敬老院围墙倒塌，请给予补助5万元〕。",
        ] {
            check(&RULE, &request("购置大功率水泵", matter));
        }
        for matter in [
            "另，水泵的购置由县政府统一安排招标，请予支持。",
            "此外，恳请协调供电部门为水泵接通电源。",
            "同时，我站将加强设备管理，请县政府放心。",
            "另外，我站已安排专人管理设备。",
            "另，联系人：李明，请与其联系。",
            "此外，请各单位做好配合。",
            "另，具体方案见附件，请审阅。",
            "同时，恳请安排八万元补助资金。",
            "此外，去年我站曾申请更换水泵配件，已经解决。",
            "另有水泵一台需要维修，费用由我站自行解决。",
        ] {
            check_clean(&RULE, &request("购置大功率水泵", matter));
        }
    }

    #[test]
    fn several_addressees() {
        let to = |address: &str| format!("关于购置水泵的请示\n{address}：\n{BODY}\n妥否，请批示。");
        for address in [
            "〔县财政局、县水利局〕",
            "〔县财政局和县水利局〕",
            "〔县人民政府，县财政局〕",
            "〔县人民政府并报市水利局〕",
            "〔集团公司及物资部〕",
        ] {
            check(&RULE, &to(address));
        }
        for address in
            ["县人民政府", "和浦市人民政府", "县发展和改革局", "市住房和城乡建设局", "省农业农村厅"]
        {
            check_clean(&RULE, &to(address));
        }
    }

    #[test]
    fn an_outline() {
        check_clean(&RULE, "关于购置水泵的请示\n县财政局：\n请予批准。");
    }
}
