//! How the suspicions of the contextual detector are said to a writer.

use std::ops::Range;

use crate::chinese::numeral::is_chinese_digit;
use crate::chinese::{is_hanzi, is_ideograph, names};
use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::typo::words;
use crate::typo::{Suspicion, Tier, detector};

/// Words of two characters that mean nearly the same, of which the one that is rarer here is no error.
const EITHER: [[&str; 2]; 7] = [
    ["制订", "制定"],
    ["做出", "作出"],
    ["惟有", "唯有"],
    ["决不", "绝不"],
    ["遏止", "遏制"],
    ["炼就", "练就"],
    ["有其", "尤其"],
];

/// 须 and 需 are both right before a verb (须注意, 需注意); 需 alone is in these words …
const NEED: [&str; 8] = ["所", "急", "亟", "必", "供", "军", "刚", "特"];
/// … and 须 alone in these.
const MUST: [&str; 3] = ["必", "务", "莫"];

/// One or more characters stand for others.
pub(super) fn replaced(text: &str, suspicion: &Suspicion) -> Option<Finding> {
    let wrong = &text[suspicion.range.clone()];
    let right = suspicion.replacements.first()?;
    let before = &text[..suspicion.range.start];
    let either = match (wrong, right.as_str()) {
        ("须", "需") => {
            !NEED.iter().any(|word| before.ends_with(word)) && !text[suspicion.range.end..].starts_with('求')
        }
        ("需", "须") => !MUST.iter().any(|word| before.ends_with(word)),
        _ => EITHER
            .iter()
            .any(|[a, b]| makes(text, suspicion, right, [a, b]) || makes(text, suspicion, right, [b, a])),
    };
    let is_figure = is_in_figure(text, &suspicion.range);
    // 准确的判断是: what stands before 是 is a noun, and takes 的.
    let is_subject =
        wrong == "的" && right == "地" && text[suspicion.range.end..].chars().nth(2) == Some('是');
    let is_capital = wrong.chars().all(|c| "壹贰叁肆伍陆柒捌玖拾佰仟萬".contains(c));
    // 致全体家长的一封信: the heading of a letter.
    let is_address = wrong == "致" && (before.is_empty() || before.ends_with(['《', '“', '\n']));
    if either
        || is_figure
        || is_subject
        || is_capital
        || is_address
        || follows_a_date(text, &suspicion.range)
        || is_comparison(text, &suspicion.range)
        || !names::keeps_leaders(text, &suspicion.range, right)
        || names::is_in_name(text, &suspicion.range)
    {
        return None;
    }
    let is_doubtful =
        loses_a_neighbour(text, &suspicion.range, right) || names::is_before_place(text, &suspicion.range, 1);
    let tier = if is_doubtful { Tier::Possible } else { suspicion.tier };
    let corrected = corrected(text, suspicion)?;
    let message = match tier {
        Tier::Likely => format!("“{wrong}”似应为“{right}”，即{corrected}"),
        Tier::Possible => format!("“{wrong}”是否应为“{right}”，即{corrected}？"),
    };
    Some(finding(message, suspicion, tier))
}

/// 5月8日报到: behind a date stands a whole word, which 日报 is no part of.
fn follows_a_date(text: &str, range: &Range<usize>) -> bool {
    let before = &text[..range.start];
    let Some(first) = before.chars().next_back() else { return false };
    let date = before[..before.len() - first.len_utf8()].strip_suffix(['日', '号']);
    date.is_some_and(|date| date.ends_with(|c: char| c.is_ascii_digit() || is_chinese_digit(c) || c == '十'))
        && detector().is_word(&format!("{first}{}", &text[range.clone()]))
}

/// 二〇三〇年: a figure among figures is a number, which no sentence knows.
fn is_in_figure(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let beside = before.into_iter().chain(after).any(is_chinese_digit);
    beside && text[range.clone()].chars().all(is_chinese_digit)
}

/// 说的比唱的还好听, 挣的没有花的多, 看的看: what is compared ends with 的 on both sides.
fn is_comparison(text: &str, range: &Range<usize>) -> bool {
    if &text[range.clone()] != "的" {
        return false;
    }
    const WORDS: [&str; 3] = ["比", "没有", "不如"];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let ahead: String = after.chars().take(6).collect();
    let behind: String = before.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    WORDS.iter().any(|word| {
        ahead.strip_prefix(word).is_some_and(|rest| rest.contains('的'))
            || behind.contains(&format!("的{word}"))
    }) || before.chars().next_back() == after.chars().next()
}

/// Does a neighbour collocate with the original character but not with the proposed one? 残积层 contains 积层 as
/// in 沉积层, while 疾层 does not exist: typical of a technical term unknown to the model.
fn loses_a_neighbour(text: &str, range: &Range<usize>, right: &str) -> bool {
    let (mut old, mut new) = (text[range.clone()].chars(), right.chars());
    let (Some(old), Some(new), None, None) = (old.next(), new.next(), old.next(), new.next()) else {
        return false;
    };
    let before = text[..range.start].chars().next_back().filter(|c| is_hanzi(*c));
    let after = text[range.end..].chars().next().filter(|c| is_hanzi(*c));
    let pair = |a, b| detector().knows_pair(detector().symbols().of(a), detector().symbols().of(b));
    before.is_some_and(|c| pair(c, old) && !pair(c, new))
        || after.is_some_and(|c| pair(old, c) && !pair(new, c))
}

/// Does the replacement make `to` of a `from` that it is the one changed character of?
fn makes(text: &str, suspicion: &Suspicion, right: &str, [from, to]: [&str; 2]) -> bool {
    let (wrong, range) = (&text[suspicion.range.clone()], &suspicion.range);
    let ends = from.strip_suffix(wrong).zip(to.strip_suffix(right));
    let begins = from.strip_prefix(wrong).zip(to.strip_prefix(right));
    ends.is_some_and(|(a, b)| a == b && text[..range.start].ends_with(a))
        || begins.is_some_and(|(a, b)| a == b && text[range.end..].starts_with(a))
}

/// Places that headlines and papers name by their first character: 驻陕部队, 对伊制裁.
const SHORT_FORMS: [&str; 30] = [
    "陕西", "甘肃", "青海", "宁夏", "新疆", "云南", "贵州", "浙江", "辽宁", "吉林", "海南", "川西", "台湾",
    "香港", "澳门", "美国", "英国", "法国", "德国", "俄国", "日本", "韩国", "朝鲜", "印度", "伊朗", "伊拉",
    "泰国", "越南", "缅甸", "苏联",
];

/// A character is missing: the range is the character before the gap, and the replacement holds it too.
pub(super) fn missing(text: &str, suspicion: &Suspicion) -> Option<Finding> {
    let before = &text[suspicion.range.clone()];
    let right = suspicion.replacements.first()?;
    if !names::keeps_leaders(text, &suspicion.range, right) {
        return None;
    }
    let missing = right.strip_prefix(before)?;
    let is_short_form = SHORT_FORMS.contains(&right.as_str())
        || (right == "产业" && text[..suspicion.range.start].ends_with(['一', '二', '三']));
    if is_short_form
        || names::is_before_place(text, &suspicion.range, 0)
        || names::is_in_name(text, &suspicion.range)
    {
        return None;
    }
    let corrected = corrected(text, suspicion)?;
    let message = match suspicion.tier {
        Tier::Likely => format!("“{before}”后面似缺“{missing}”，即{corrected}"),
        Tier::Possible => format!("“{before}”后面是否缺“{missing}”，即{corrected}？"),
    };
    Some(finding(message, suspicion, suspicion.tier))
}

/// Omitting one of these inverts the meaning (引不进) or breaks an official formula (现批复如下, 特此函复).
const KEPT: &str = "不没未无非否勿莫别现兹特谨敬予";

/// Characters are too many.
pub(super) fn extra(text: &str, suspicion: &Suspicion) -> Option<Finding> {
    let wrong = &text[suspicion.range.clone()];
    let right = suspicion.replacements.first()?;
    // 对对方, 在在建项目: a preposition before a word that begins with the same character.
    if "对在把向为从给和与被将由到以".contains(wrong) || !names::keeps_leaders(text, &suspicion.range, right)
    {
        return None;
    }
    // 上学期|期末: the end of a word and the beginning of the next.
    let (before, after) = (&text[..suspicion.range.start], &text[suspicion.range.end..]);
    let joins_words = |at: &str, on: &str| {
        let word = |a: Option<char>, b: Option<char>| a.zip(b).is_some_and(|(a, b)| words::is_pair(a, b));
        let c = wrong.chars().next();
        wrong.chars().nth(1).is_none() && word(at.chars().next_back(), c) && word(c, on.chars().next())
    };
    if after.strip_prefix(wrong).is_some_and(|on| joins_words(before, on))
        || before.strip_suffix(wrong).is_some_and(|at| joins_words(at, after))
    {
        return None;
    }
    // 市|市场监管局: the short name of an authority before a word that begins with it.
    let on = after.strip_prefix(wrong).unwrap_or(after).chars().next();
    if "市县省区州镇乡村院部局国校厅".contains(wrong)
        && on.is_some_and(|next| detector().is_word(&format!("{wrong}{next}")))
    {
        return None;
    }
    let is_repeated = before.ends_with(wrong) || after.starts_with(wrong);
    let is_meant = if is_repeated {
        invites(text, &suspicion.range)
            || is_clause(text, &suspicion.range)
            || wrong.len() > "的".len() && wrong.ends_with('的')
    } else {
        wrong.contains(|c| KEPT.contains(c))
    };
    if is_meant {
        return None;
    }
    let corrected = corrected(text, suspicion)?;
    let fault = match right.as_str() {
        "" if is_repeated => "重复了".to_owned(),
        "" => "多余".to_owned(),
        right => format!("应为“{right}”"),
    };
    // A character that is not doubled is rarely extra: of those the model would omit, one in four is.
    let tier = if is_repeated { suspicion.tier } else { Tier::Possible };
    let message = match tier {
        Tier::Likely => format!("“{wrong}”似{fault}，即{corrected}"),
        Tier::Possible => format!("“{wrong}”是否{fault}，即{corrected}？"),
    };
    Some(finding(message, suspicion, tier))
}

/// 幸会幸会, 里边请里边请: what is said twice is all of the clause.
fn is_clause(text: &str, range: &Range<usize>) -> bool {
    let wrong = &text[range.clone()];
    let is_edge = |c: Option<char>| c.is_none_or(|c| !is_hanzi(c) && !c.is_alphanumeric());
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let (before, after) = match (before.strip_suffix(wrong), after.strip_prefix(wrong)) {
        (Some(before), _) => (before, after),
        (None, Some(after)) => (before, after),
        (None, None) => return false,
    };
    wrong.chars().nth(1).is_some() && is_edge(before.chars().next_back()) && is_edge(after.chars().next())
}

/// 拿出来漂流漂流, 好好清理清理: a reduplicated verb at the end of a clause, after a word that invites to try it.
fn invites(text: &str, range: &Range<usize>) -> bool {
    const BEFORE: [&str; 12] =
        ["来", "去", "好好", "多", "常", "先", "再", "一起", "可以", "也要", "互相", "相互"];
    let (wrong, before) = (&text[range.clone()], &text[..range.start]);
    let ends_clause = text[range.end..].chars().next().is_none_or(|c| "，。、；：！？,.;:!?".contains(c));
    let first = before.strip_suffix(wrong);
    wrong.chars().count() == 2
        && ends_clause
        && first.is_some_and(|before| BEFORE.iter().any(|word| before.ends_with(word)))
}

/// Words that end no phrase, and begin none.
const LOOSE: [&str; 32] = [
    "的", "了", "着", "和", "与", "及", "或", "在", "是", "最", "很", "更", "也", "都", "就", "还", "又",
    "对", "把", "被", "从", "为", "将", "而", "各", "各项", "各类", "各种", "这", "该", "其", "所",
];

/// What would stand there, with the words about it, in quotes. Words are those of the text as it should be.
fn corrected(text: &str, suspicion: &Suspicion) -> Option<String> {
    const ABOUT: usize = 4;
    const REACH: usize = 24;
    let Range { start, end } = suspicion.range;
    let right = suspicion.replacements.first()?;
    // As far as words may reach; a paragraph may be long.
    let from = text[..start].char_indices().rev().take(REACH).last().map_or(start, |(at, _)| at);
    let to = text[end..].char_indices().nth(REACH).map_or(text.len(), |(at, _)| end + at);
    let meant = format!("{}{right}{}", &text[from..start], &text[end..to]);
    let start = start - from;
    let core = words::around(&meant, &(start..start + right.len()));
    let before = meant[..core.start].char_indices().rev().take_while(|(_, c)| is_ideograph(*c)).take(ABOUT);
    let after = meant[core.end..].char_indices().take_while(|(_, c)| is_ideograph(*c)).take(ABOUT);
    let is_edge = |at: &usize| words::is_boundary(&meant, *at);
    let starts = std::iter::once(core.start).chain(before.map(|(at, _)| at).filter(is_edge));
    let ends =
        std::iter::once(core.end).chain(after.map(|(at, c)| core.end + at + c.len_utf8()).filter(is_edge));
    // The farthest words that are more than a particle.
    let (starts, ends): (Vec<usize>, Vec<usize>) = (starts.collect(), ends.collect());
    let firm = |pair: &[usize]| !LOOSE.contains(&&meant[pair[0].min(pair[1])..pair[0].max(pair[1])]);
    let farthest =
        |edges: &[usize]| edges.windows(2).rev().find(|pair| firm(pair)).map_or(edges[0], |pair| pair[1]);
    Some(format!("“{}”", &meant[farthest(&starts)..farthest(&ends)]))
}

fn finding(message: String, suspicion: &Suspicion, tier: Tier) -> Finding {
    let mut finding = Finding::new(suspicion.range.clone(), message);
    finding.confidence = Some(suspicion.confidence);
    if tier == Tier::Possible {
        finding.severity = Some(Severity::Hint);
    }
    for right in &suspicion.replacements {
        let title = if right.is_empty() { "删去".to_owned() } else { format!("改为“{right}”") };
        let edits = vec![Edit { range: suspicion.range.clone(), text: right.clone() }];
        finding = finding.fix(Fix { title, edits, applicability: Applicability::Suggested });
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typo::tier::Class;

    fn said(text: &str, wrong: &str, right: &str) -> bool {
        let from = text.find(wrong).expect("it stands there");
        let range = from..from + wrong.len();
        let replacements = vec![right.to_owned()];
        replaced(
            text,
            &Suspicion { range, replacements, class: Class::MakesWord, confidence: 0.9, tier: Tier::Likely },
        )
        .is_some()
    }

    #[test]
    fn of_two_right_words_either_may_stand() {
        assert!(!said("研究、制订和推广物流技术", "订", "定"));
        assert!(!said("研究、制定和推广物流技术", "定", "订"));
        assert!(!said("他作出了贡献", "作", "做"));
        assert!(!said("我们决不放弃", "决", "绝") && !said("坚决遏止新增债务", "止", "制"));
        assert!(said("双方签定了合同", "定", "订"));
        assert!(!said("准确的判断是前提", "的", "地"));
        assert!(!said("落实二〇三〇年可持续发展议程", "三", "二"));
        assert!(said("他作了一桌饭", "作", "做"));
        assert!(!said("参观时须注意言行", "须", "需") && !said("此事需注意", "需", "须"));
        assert!(said("所须经费由财政承担", "须", "需"));
        assert!(!said("新生5月8日报到，逾期不候", "到", "道"));
        assert!(said("今日报到了此事", "到", "道"));
    }

    #[test]
    fn a_term_whose_neighbours_know_it_is_only_asked_about() {
        let severity = |text: &str, wrong: &str, right: &str| {
            let from = text.find(wrong).expect("it stands there");
            let (range, replacements) = (from..from + wrong.len(), vec![right.to_owned()]);
            let suspicion = Suspicion {
                range,
                replacements,
                class: Class::MakesWord,
                confidence: 0.7,
                tier: Tier::Likely,
            };
            replaced(text, &suspicion).and_then(|finding| finding.severity)
        };
        assert_eq!(severity("填土层、残积层和强风化层", "积", "疾"), Some(Severity::Hint));
        assert_eq!(severity("认真学习政冶理论", "冶", "治"), None);
    }

    #[test]
    fn messages_quote_whole_words() {
        for (text, wrong, right, quoted) in [
            ("我市大力引近高层次人才。", "近", "进", "“我市大力引进高层次”"),
            ("全市部份企业的完成情况较好。", "份", "分", "“全市部分企业”"),
            ("及时安排部暑各项工作。", "暑", "署", "“及时安排部署各项工作”"),
            ("全面贯落实会议精神。", "贯", "贯彻", "“全面贯彻落实会议精神”"),
            ("历年不人才引进工作成效明显。", "不", "", "“历年人才引进”"),
            ("把安全生产工作抓的很紧。", "的", "得", "“生产工作抓得很紧”"),
            ("认真学习政冶理论和业务知识。", "冶", "治", "“认真学习政治理论”"),
            ("好。", "好", "号", "“号”"),
        ] {
            let from = text.find(wrong).expect("it stands there");
            let (range, replacements) = (from..from + wrong.len(), vec![right.to_owned()]);
            let (class, tier) = (Class::MakesWord, Tier::Likely);
            let suspicion = Suspicion { range, replacements, class, confidence: 0.9, tier };
            assert_eq!(corrected(text, &suspicion).as_deref(), Some(quoted), "{text}");
        }
    }

    #[test]
    fn short_forms_of_names_miss_nothing() {
        let said = |text: &str, before: &str, right: &str| {
            let from = text.find(before).expect("it stands there");
            let (range, replacements) = (from..from + before.len(), vec![right.to_owned()]);
            missing(
                text,
                &Suspicion {
                    range,
                    replacements,
                    class: Class::Missing,
                    confidence: 0.9,
                    tier: Tier::Likely,
                },
            )
            .is_some()
        };
        assert!(!said("驻陕部队和武警官兵", "陕", "陕西") && !said("促进一二三产融合", "产", "产业"));
        assert!(said("全体干部职要提高认识", "职", "职工"));
    }

    #[test]
    fn what_turns_the_sense_round_is_never_left_out() {
        let left_out = |text: &str, wrong: &str| {
            let from = text.rfind(wrong).expect("it stands there");
            let (range, replacements) = (from..from + wrong.len(), vec![String::new()]);
            extra(
                text,
                &Suspicion { range, replacements, class: Class::Extra, confidence: 0.9, tier: Tier::Likely },
            )
        };
        assert!(left_out("人才引不进、留不住", "不").is_none());
        assert!(left_out("经研究，现批复如下：", "现").is_none());
        assert!(left_out("看完的书拿出来漂流漂流。", "漂流").is_none());
        assert!(left_out("全面落实落实各项措施", "落实").is_some_and(|f| f.severity.is_none()));
    }
}
