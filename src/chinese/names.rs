//! Names of persons.

use std::ops::Range;
use std::sync::LazyLock;

use super::{is_hanzi, surroundings};

/// The surnames of nine in ten people, the most frequent first (户籍人口姓氏, 公安部《全国姓名报告》).
pub const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Is it a character with which names begin?
#[must_use]
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}

/// Does `range` of `text`, in bytes, lie in what looks like a person's name: one of a list of names, or a
/// surname and two characters before a form of address?
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

/// Surnames of most others (《百家姓》), but for those that are more often a word.
const RARER_SURNAMES: &str = "\
荣粟栗湛冼褚辛俞柳鲍费岑倪滕殷毕邬傅卞康伍元卜穆萧祁禹狄贝臧伏庞纪舒屈项祝阮蓝闵席季麻娄危童颜梅盛刁丘骆樊凌霍虞柯昝房裘缪\
宗宣郁杭洪诸吉钮嵇邢裴翁荀羊惠甄曲封芮储靳汲邴糜松井富巫乌焦巴弓牧隗谷车宓蓬郗班仰仲伊宫宁仇栾暴甘厉戎祖符詹束幸司韶郜蓟\
薄印宿怀蒲邰鄂索咸籍赖卓蔺屠蒙乔阴翟贡姬申扶堵冉宰郦雍桑桂濮牛寿边扈燕冀郏浦农温庄晏柴瞿阎慕连茹习艾鱼古慎戈庾终暨居衡耿\
弘匡寇广禄阙殳沃蔚夔隆巩厍聂晁敖融冷訾阚那简饶沙养鞠须丰巢蒯查荆游竺权逯盖益桓苟敬漆佟仝郎牟楚晋芦占麦揭練肇亓昝逄";

/// Is it a character with which some names begin, be they rare?
#[must_use]
pub fn may_be_surname(c: char) -> bool {
    /// A bit for each character of the Basic Multilingual Plane: it is asked of every character of a text.
    static BITS: LazyLock<Box<[u64]>> = LazyLock::new(|| {
        let mut bits = vec![0; 1 << 10].into_boxed_slice();
        for c in SURNAMES.chars().chain(RARER_SURNAMES.chars()) {
            bits[c as usize >> 6] |= 1 << (c as usize & 63);
        }
        bits
    });
    BITS.get(c as usize >> 6).is_some_and(|word| word >> (c as usize & 63) & 1 == 1)
}

/// What stands before a name in a sentence.
const BEFORE_NAME: &str = "由和与及给是叫请经让被跟同";
/// No name ends with these.
const NEVER_IN_NAME: &str = "的了是在为有不与及等要会就都被把将从到上下者们我你他她它";

/// Is it a character that stands beside a name and makes no word with it: 由县农局解释, 县农局在会上?
#[must_use]
pub fn stands_beside_names(c: char) -> bool {
    !is_hanzi(c)
        || BEFORE_NAME.contains(c)
        || "在把向对将从以按为的了已应要可也都会就又还并或不未均等各".contains(c)
}

/// How much two characters look like part of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Naming {
    /// There is no surname where it would have to stand.
    No,
    /// A surname begins what would be a name, but what follows may go on.
    Maybe,
    /// What would be a name stands alone.
    Likely,
}

/// How much the two characters in `range` of `text`, in bytes, look like part of a name of three: 锦秀 in 许锦秀,
/// 荣玉 in 荣玉梅.
#[must_use]
pub fn naming(text: &str, range: &Range<usize>) -> Naming {
    let hit: Vec<char> = text[range.clone()].chars().collect();
    let before: Vec<char> = text[..range.start].chars().rev().take(2).collect();
    let mut after = text[range.end..].chars();
    let (next, over) = (after.next(), after.next());
    let [first, second] = hit[..] else { return Naming::No };
    let begins = |c: Option<&char>| c.is_none_or(|c| !is_hanzi(*c) || BEFORE_NAME.contains(*c));
    let ends = |c: Option<char>, rest: &str| {
        c.is_none_or(|c| !is_hanzi(c) || "和与及等".contains(c))
            || ADDRESSES.iter().any(|word| rest.starts_with(word))
    };
    let naming = |surname: char, last: char, begins: bool, ends: bool| {
        let is_name = begins && is_hanzi(last) && !NEVER_IN_NAME.contains(last) && may_be_surname(surname);
        match (is_name, ends) {
            (false, _) => Naming::No,
            (true, false) => Naming::Maybe,
            (true, true) => Naming::Likely,
        }
    };
    let rest = &text[range.end..];
    let given = before.first().map(|c| naming(*c, second, begins(before.get(1)), ends(next, rest)));
    let headed = next.map(|c| naming(first, c, begins(before.first()), ends(over, &rest[c.len_utf8()..])));
    given.into_iter().chain(headed).max().unwrap_or(Naming::No)
}

/// Does what stands there end, at most `within` characters on, in the word for a place or a firm? Their names
/// are written as they please.
#[must_use]
pub fn is_before_place(text: &str, range: &Range<usize>, within: usize) -> bool {
    const PLACES: [&str; 19] = [
        "县",
        "镇",
        "乡",
        "村",
        "街道",
        "社区",
        "小区",
        "屯",
        "寨",
        "水库",
        "有限公司",
        "集团",
        "股份",
        "旗",
        "花园",
        "宾馆",
        "酒店",
        "大厦",
        "公寓",
    ];
    let after = &text[range.end..];
    let mut ends = after.char_indices().map(|(at, _)| at).take(within + 1);
    ends.any(|at| PLACES.iter().any(|word| after[at..].starts_with(word)))
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

/// May `range` of `text`, in bytes, become `right`, as far as it touches the name or title of a leader? Only
/// where that makes a standard form: 习进总书记 may become 习近平总书记, never 习总书记.
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
    fn two_characters_of_a_name_of_three() {
        let of = |text: &str, part: &str| {
            let at = text.find(part).expect("it stands there");
            naming(text, &(at..at + part.len()))
        };
        for (text, part) in [
            ("荣玉梅", "荣玉"),
            ("联系人：王先峰", "先峰"),
            ("由张圆林、许锦秀负责", "圆林"),
            ("王先峰同志", "先峰"),
            ("| 粟子涵 | 女 |", "粟子"),
        ] {
            assert_eq!(of(text, part), Naming::Likely, "{text}");
        }
        assert_eq!(of("由荣玉梅负责", "荣玉"), Naming::Maybe);
        for (text, part) in [
            ("开展检则工作", "检则"),
            ("先峰模范作用", "先峰"),
            ("获得的荣玉很多", "荣玉"),
            ("荣玉的获得", "荣玉"),
        ] {
            assert_eq!(of(text, part), Naming::No, "{text}");
        }
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
