//! Names of persons.

use std::ops::Range;

use super::{is_hanzi, surroundings};

/// The surnames of nine in ten people, the most frequent first (户籍人口姓氏, 公安部《全国姓名报告》).
pub const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Is it a character with which names begin?
#[must_use]
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Does `range` of `text`, in bytes, lie in what looks like a person's name: one of a list of names, or a surname and two characters before a
/// form of address?
#[must_use]
pub fn is_in_name(text: &str, range: &Range<usize>) -> bool {
    let edge = |c: char| !is_hanzi(c);
    let start = text[..range.start]
        .rfind(edge)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let run = &text[start..range.end + text[range.end..].find(edge).unwrap_or(text.len() - range.end)];
    let looks_like_name = |run: &str| {
        let mut chars = run.chars();
        chars.next().is_some_and(is_surname) && matches!(chars.count(), 1 | 2)
    };
    let addressed = |run: &str| {
        run.char_indices().nth(3).is_some_and(|(at, _)| {
            looks_like_name(&run[..at])
                && start + at >= range.end
                && ADDRESSES.iter().any(|word| run[at..].starts_with(word))
        })
    };
    if !looks_like_name(run) {
        return addressed(run);
    }
    let end = start + run.len();
    let separator = |c: char| matches!(c, '、' | ' ' | '　' | '\t' | '|' | '\n');
    let before = text[..start]
        .strip_suffix(separator)
        .map(|text| text.trim_end().rsplit(edge).next().unwrap_or_default());
    let after = text[end..]
        .strip_prefix(separator)
        .map(|text| text.trim_start().split(edge).next().unwrap_or_default());
    let neighbours = [before, after].into_iter().flatten().filter(|run| looks_like_name(run)).count();
    // A name of two characters looks like many a word: its neighbours on both sides have to be names.
    neighbours >= if run.chars().count() == 2 { 2 } else { 1 }
}

/// How a person is addressed, after the name.
const ADDRESSES: [&str; 12] =
    ["同志", "书记", "主任", "局长", "院长", "校长", "科长", "处长", "老师", "医生", "先生", "女士"];

/// Those who lead or have led party and state, as the standard forms name them.
pub const LEADERS: [&str; 12] = [
    "习近平",
    "毛泽东",
    "邓小平",
    "江泽民",
    "胡锦涛",
    "周恩来",
    "刘少奇",
    "李强",
    "赵乐际",
    "王沪宁",
    "蔡奇",
    "李希",
];

/// The titles that stand behind such a name.
const TITLES: [&str; 7] = ["总书记", "主席", "总理", "委员长", "同志", "新时代", "思想"];

/// May `range` of `text`, in bytes, become `right`, as far as it touches the name or title of a leader? Only where that makes a standard
/// form: 习进总书记 may become 习近平总书记, never 习总书记.
#[must_use]
pub fn keeps_leaders(text: &str, range: &Range<usize>, right: &str) -> bool {
    const ABOUT: usize = 6;
    let (old, place) = surroundings(text, range, ABOUT);
    let new = format!("{}{right}{}", &old[..place.start], &old[place.end..]);
    let new_place = place.start..place.start + right.len();
    let touches = |at: &Range<usize>, place: &Range<usize>| {
        at.start < place.end.max(place.start + 1) && place.start < at.end
    };
    let spans = |text: &str| {
        let names = LEADERS
            .iter()
            .flat_map(|name| text.match_indices(name).map(|(at, name)| at..at + name.len()))
            .collect::<Vec<_>>();
        let titled = text.match_indices("总书记").map(|(at, title)| {
            // 习进总书记: up to three characters before the title may be a name gone wrong.
            let name = text[..at].rfind('习').filter(|from| text[*from..at].chars().count() <= 3);
            name.unwrap_or(at)..at + title.len()
        });
        titled.chain(names).collect::<Vec<_>>()
    };
    if !spans(old).iter().any(|span| touches(span, &place)) {
        return true;
    }
    LEADERS.iter().any(|name| {
        TITLES.iter().any(|title| {
            let form = format!("{name}{title}");
            new.match_indices(&form).any(|(at, _)| touches(&(at..at + form.len()), &new_place))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_lists_and_before_forms_of_address() {
        let is = |text: &str, part: &str| {
            let at = text.find(part).expect("it stands there");
            is_in_name(text, &(at..at + part.len()))
        };
        assert!(is("参加人员：邓启棠、张旂康、龙安祥、萧桦", "安祥"));
        assert!(is("龙安祥同志主持会议", "安祥"));
        assert!(!is("贯彻方针、政冶、路线", "政冶"));
        assert!(!is("神态安祥的老人", "安祥"));
    }

    #[test]
    fn a_leaders_name_becomes_a_standard_form_or_nothing() {
        let may = |text: &str, wrong: &str, right: &str| {
            let at = text.find(wrong).expect("it stands there");
            keeps_leaders(text, &(at..at + wrong.len()), right)
        };
        assert!(!may("学习习进总书记在大会上的讲话", "进", ""));
        assert!(!may("学习习近平总书记讲话", "近平", ""));
        assert!(!may("认真学习邓小平理论", "平", "评"));
        assert!(may("学习习进总书记在大会上的讲话", "进", "近平"));
        assert!(may("认真学习习近平总书记重要讲话精身", "身", "神"));
        assert!(may("学习习近平总书记记在大会上的讲话", "记在", "在"));
        assert!(may("加强学习近期政策", "近", "进"));
    }
}
