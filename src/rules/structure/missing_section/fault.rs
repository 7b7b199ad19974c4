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

/// A clause that says one of these tells of what is left to do, whatever else it says: 尚未解决, 难以破解.
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

/// Does the word tell of a fault that is still there?
pub(super) fn is_fault(text: &str, word: Range<usize>) -> bool {
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
