//! Whether a word like 困难 or 不足 tells of a fault, and of one that is still there.

use std::ops::Range;

use crate::chinese::numeral;

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

/// A clause that says one of these tells of what is left to do, whatever else it
/// says: 尚未解决, 难以破解.
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

/// 困难企业, 薄弱学校: words that begin like a fault and are none.
const NO_FAULT: [&str; 4] = ["困难企", "困难地", "薄弱学校", "薄弱村"];

/// 困难群众, 有困难的学生, 基础薄弱的九名学生: those who are helped. What they lack is no fault of the work.
const HELPED: [&str; 31] = [
    "群众",
    "家庭",
    "职工",
    "学生",
    "户",
    "党员",
    "老人",
    "儿童",
    "人员",
    "人群",
    "残疾",
    "居民",
    "孩子",
    "幼儿",
    "农户",
    "同学",
    "对象",
    "妇女",
    "病人",
    "患者",
    "员工",
    "师生",
    "村民",
    "学员",
    "教职工",
    "青年",
    "新生",
    "老年",
    "男生",
    "女生",
    "学子",
];

/// A clause that begins so names a fault only to say what was done about it, or what was to be found out.
const AIMED: [&str; 9] = ["针对", "为了解", "为摸清", "为掌握", "为查清", "为解决", "为了", "为破解", "围绕"];

/// A clause that says one of these tells of a fault that was there once.
const ONCE: [&str; 12] =
    ["起初", "原先", "原来", "以前", "当初", "刚来", "刚到", "刚开始", "一开始", "刚接手", "往年", "历年"];

/// 没有问题, 无困难, 没有发生…问题.
const NOT_THERE: [&str; 10] =
    ["不", "没有", "没有发生", "没有发现", "未发生", "未发现", "未见", "无", "不存在", "没"];

/// 事故少, 投诉少: what is better the less there is of it.
const BETTER_LESS: [&str; 12] =
    ["事故", "投诉", "纠纷", "差错", "发案", "浪费", "能耗", "失误", "上访", "污染", "病害", "噪声"];

/// Does the word tell of a fault that is still there?
pub(super) fn is_fault(text: &str, word: Range<usize>) -> bool {
    let ends = ['，', '。', '；', '！', '？', '\n', ',', ';'];
    let (before, after) = (&text[..word.start], &text[word.end..]);
    let before = before.rsplit(ends).next().unwrap_or_default();
    let rest = after.split(ends).next().unwrap_or_default();
    let said = &text[word.clone()];
    let number = |c: char| numeral::arabic_digit(c).is_some() || "一两二三四五六七八九十百千万半".contains(c);
    let who = if said.ends_with("困难") {
        Some(rest.trim_start_matches('的'))
    } else {
        rest.strip_prefix('的')
    };
    let who = who.map(|who| who.trim_start_matches(number).trim_start_matches(['名', '位', '个', '户']));
    if said.ends_with("不足") && after.starts_with(number)
        || NO_FAULT.iter().any(|noun| text[word.start..].starts_with(noun))
        || who.is_some_and(|who| HELPED.iter().any(|noun| who.starts_with(noun)))
    {
        return false;
    }
    let any = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word));
    let is_gone = ONCE.iter().any(|word| before.contains(word) || said.contains(word))
        || NOT_THERE.iter().any(|word| before.ends_with(word))
        || any(&BETTER_LESS, said) && said.contains('少');
    if is_gone {
        return false;
    }
    let aimed = |word: &&str| {
        before.match_indices(*word).any(|(at, word)| !before[at + word.len()..].starts_with('性'))
    };
    let is_left = any(&LEFT, before) || any(&LEFT, said) || any(&LEFT, rest);
    // 解决问题的能力不足 says so of the ability.
    let overcomes = OVERCOME
        .iter()
        .filter_map(|verb| Some(&before[before.rfind(verb)?..]))
        .any(|verb| !any(&MEANS, verb));
    is_left || !(overcomes || AIMED.iter().any(aimed) || any(&OVERCOME, rest) && any(&DONE, rest))
}
