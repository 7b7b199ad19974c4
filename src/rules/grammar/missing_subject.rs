//! 主语残缺：“通过……”“在……下”作了状语，后面又用“使”，全句就没有主语。
//!
//! 状语前面可以另有时间状语，状语也可以不止一个。“在……后”“从……中”“看了……”后面的“使”“让”，带“我”“我们”才报。
//!
//! ## 例
//! 快速修复删去“使”“让”；也可以改为删去“通过”“在……下”。
//!
//! - 会议结束了。通过这次培训，〔使→〕全体干部提高了认识。
//! - 在各级领导的关心下，〔让→〕我们克服了困难。
//! - 二是随着改革的推进，〔使得→〕办事效率明显提高。
//! - 在这一个月的日子里，〔让→〕我明白了责任的分量。
//! - 实习期间，通过师傅的指点，〔使→〕我很快上了手。
//!
//! ## 不报
//! - 我局通过这次培训，使全体干部提高了认识。 （主语是“我局”）
//! - 通过改革，新机制使成本下降。 （“使”的主语是“新机制”）
//! - 通过线上平台，使用电子证照的企业增多。 （“使用”是另一个词）
//! - 一个月的实习，让我明白了责任的分量。 （主语是“实习”）
//!
//! ## 依据
//! 《现代汉语》（黄伯荣、廖序东主编）病句类型：成分残缺（滥用介词造成主语残缺）。

use std::sync::LazyLock;

use regex_lite::{Captures, Regex};

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/missing-subject",
    summary: "主语残缺",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("missing_subject.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

/// What is in no clause but at its ends.
const WITHIN: &str = "[^，。；：！？,;\\n]";

/// What may stand before the adverbial without being the subject: a number, a conjunction, a time. A time in
/// which an office may be named (我局自去年以来) is none.
const LEAD: &str = "(?:[0-9一二三四五六七八九十]{1,2}[、.．]|（[0-9一二三四五六七八九十]{1,2}）|[一二三四五六七八九]是|(?:同时|因此|此外|其次|首先|另外|总之)[，,])?\
    (?:(?:自|在|从)?[^，。；：！？,;\\n自在从于我你他们局县市镇乡院校厂司区委部省村]{1,12}(?:来|期间|后|里|中|时|间|[年月日天])[，,])?";

/// An adverbial that cannot be the subject of what follows.
fn adverbial() -> String {
    format!("(?:(?:通过|经过|由于|随着|经由|借助|依靠){WITHIN}{{2,40}}|在{WITHIN}{{2,36}}(?:下|中|上))")
}

/// A sentence that begins with adverbials and goes on with 使 after the comma.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "^{LEAD}(?P<adverbial>{0})(?:[，,]{0})?[，,](?P<verb>使得|使|让)(?P<next>.)",
        adverbial()
    ))
});

/// Other openings may leave out a subject that the reader knows, in a list of measures for one; but not
/// before 使我.
static PERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "^{LEAD}(?P<adverbial>在{WITHIN}{{2,36}}(?:里|期间|后|时|内|以来|之际)|从{WITHIN}{{2,30}}[中里上]|(?:(?:看|听|读|学习|参观|参加|看完|听完|读完|学完)了|看到|听到|想到|目睹|面对|经历){WITHIN}{{2,30}}|(?:看|听|读|学)完{WITHIN}{{2,30}}|(?:对于|作为){WITHIN}{{2,24}}|{WITHIN}{{1,12}}(?:期间|以来))[，,](?P<verb>使得|使|让)(?P<next>我|大家|自己)"
    ))
});

/// The same in a later clause of a run-on sentence. Whoever acts may stand in an earlier one.
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!("[，,；;](?P<adverbial>{})[，,](?P<verb>使得|使|让)(?P<next>.)", adverbial()))
});

/// The same without the comma: 通过学习使我认识到.
static JOINED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        "^{LEAD}(?P<adverbial>(?:通过|经过|随着)[^，。；：！？,;\\n使让]{{2,30}})(?P<verb>使得|使|让)(?P<next>我|大家|自己)"
    ))
});

/// 使他感到温暖的，是那份体贴: what 使 begins is the subject.
static NOMINAL: LazyLock<Regex> =
    LazyLock::new(|| pattern("^[^，。；：！？,;]{1,16}的[，,]?(?:正|就|也|还|恰|更|最|往往|不)?是"));

fn pattern(regex: &str) -> Regex {
    Regex::new(regex).expect("the pattern is a constant")
}

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if !paragraph.may_contain_any("使让") {
        return;
    }
    for sentence in paragraph.sentences() {
        let shown = &text[sentence.clone()];
        if !shown.contains(['使', '让']) {
            continue;
        }
        let opening =
            || [&*OPENING, &*PERSONAL, &*JOINED].into_iter().find_map(|regex| regex.captures(shown));
        if let Some(found) = opening() {
            if !is_appeal(shown, &found) {
                out.extend(finding(sentence.start, shown, &found, Severity::Warning));
            }
            continue;
        }
        for found in LATER.captures_iter(shown) {
            let severity = match (&found["adverbial"], &found["verb"], &found["next"]) {
                (_, "使" | "使得", "我") => Severity::Warning,
                (adverbial, ..) if adverbial.starts_with("通过") => continue,
                _ => Severity::Info,
            };
            out.extend(finding(sentence.start, shown, &found, severity));
        }
    }
}

/// 让我们携手并进: an appeal. What has come about says so: 让我们明白了, 让我们深受触动.
fn is_appeal(sentence: &str, found: &Captures<'_>) -> bool {
    let rest = found.name("verb").map_or("", |verb| &sentence[verb.start()..]);
    let come_about = ["久久", "了", "到", "受", "感", "有", "懂", "明白", "更"];
    rest.starts_with("让我们") && !come_about.iter().any(|word| rest.contains(word))
}

/// What is wrong with an adverbial and its verb; nothing where 使 begins another word (使用, 让步).
fn finding(start: usize, sentence: &str, found: &Captures<'_>, severity: Severity) -> Option<Finding> {
    let (adverbial, verb) = (found.name("adverbial")?, found.name("verb")?);
    if "用命馆节者步利渡座位".contains(&found["next"]) || NOMINAL.is_match(&sentence[verb.end()..])
    {
        return None;
    }
    let opening: String = ["通过", "经过", "由于", "随着", "经由", "借助", "依靠", "对于", "作为"]
        .into_iter()
        .find(|word| adverbial.as_str().starts_with(word))
        .map_or_else(|| adverbial.as_str().chars().take(1).collect(), str::to_owned);
    let message = format!(
        "主语残缺：“{opening}…”与“{verb}”连用，全句没有主语；删去“{verb}”，或删去“{opening}”",
        verb = verb.as_str()
    );
    let comma = found.get(0)?.as_str()[..verb.start() - found.get(0)?.start()].ends_with(['，', ',']);
    let replacement = if comma { "" } else { "，" };
    Some(
        Finding::new(start + verb.start()..start + verb.end(), message)
            .with_severity(severity)
            .replace(replacement, Applicability::Suggested)
            .related(start + adverbial.start()..start + adverbial.start() + opening.len(), "状语从这里开始"),
    )
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean, check_suggestion};

    #[test]
    fn no_subject() {
        check_suggestion(&RULE, "经过整治，使街面更整洁。", "经过整治，街面更整洁。");
        check_suggestion(&RULE, "通过这次学习使我认识到不足。", "通过这次学习，我认识到不足。");
    }

    #[test]
    fn other_openings() {
        for wrong in [
            "在这四十多天的日子里，〔让→〕我明白了会计工作不容马虎。",
            "在部队的这段时间里，〔使→〕我养成了守时的习惯。",
            "从这件小事中，〔让→〕我看到了差距。",
            "看了这部纪录片，〔使→〕我深受触动。",
            "听完老支书的讲述后，〔让→〕我们久久不能平静。",
            "学习了他的事迹，〔使→〕大家备受鼓舞。",
            "看到乡亲们的笑脸，〔让→〕我觉得再苦也值得。",
            "作为一名新党员，〔让→〕我更加懂得肩上的责任。",
            "实习期间，〔使→〕我熟悉了出纳的流程。",
            "半年来，在同事的帮助下，〔使→〕我逐渐进入角色。",
            "去年，通过技术改造，〔使→〕能耗明显下降。",
            "经过培训，在师傅的带领下，〔让→〕新员工独立上岗。",
            "借助这个平台，〔使→〕农产品卖出了好价钱。",
        ] {
            check(&RULE, wrong);
        }
    }

    #[test]
    fn in_a_later_clause() {
        check(&RULE, "每个环节都有专人盯着，经过全科同志的共同努力，〔使→〕会务水平得到了认可。");
        check(&RULE, "工作千头万绪，在领导的支持下，〔使→〕各项任务顺利完成。");
        check(&RULE, "我们走访了二十户，通过面对面交流，〔使→〕我们摸清了底数。");
        check(&RULE, "项目多、任务重，随着专班的成立，〔使得→〕进度明显加快。");
        check_clean(&RULE, "我局狠抓落实，通过集中整治，使街面秩序好转。");
    }

    #[test]
    fn a_subject_before_or_after() {
        check_clean(&RULE, "这次培训使干部提高了认识。随着改革推进，效率提高，使群众受益。");
        check_clean(&RULE, "我局自去年以来，通过培训，使干部提高了认识。");
        check_clean(&RULE, "这四十多天的日子，让我明白了会计工作不容马虎。");
        check_clean(&RULE, "在老师的帮助下，使他感到温暖的，是那份不动声色的体贴。");
        check_clean(&RULE, "从他的话里，使我吃惊的不是内容，而是语气。");
        check(&RULE, "通过这次培训，〔使→〕我们的工作有了方向。");
        check_clean(&RULE, "在完成整改后，让第三方进行复核。");
        check_clean(&RULE, "在新的一年里，让我们携手并肩，再创佳绩！");
        check_clean(&RULE, "看了展览，大家深受触动，使命感更强了。");
        check_clean(&RULE, "他在会上的发言，让我深受触动；从容的讲述，使我印象深刻。");
    }
}
