//! Names of persons that what stands beside them shows to be names: a title, a role, other names.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::is_hanzi;
use super::names::{is_surname, may_be_surname};

/// Knows whether something is a word of the language.
pub type IsWord = fn(&str) -> bool;

const TITLES: &str = "同志|书记|副书记|主任|副主任|局长|副局长|院长|校长|科长|处长|镇长|乡长|县长|区长|市长|所长|站长|部长|厂长|队长|\
    班长|组长|副组长|委员|主席|经理|总经理|董事长|医生|护士长|护士|老师|教师|教授|工程师|律师|法官|村民|居民|学生|同学|先生|女士|\
    村长|会长|馆长|园长|社长|行长|庭长|总监|主管|会计|出纳|干事|秘书|民警|教导员|指导员|辅导员|班主任|网格员|技术员|大夫|师傅|村支书|支书";
const ROLES: &str =
    "联系人|责任人|负责人|主持人|记录人|述职人|汇报人|经办人|审核人|起草人|主持|记录|法定代表人";

/// What stands before a name or behind one; only literals, so that a text without any is passed over at once.
static TITLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!("{ROLES}|{TITLES}")).expect("the pattern is a constant"));

/// The three characters of Chinese that end at a place.
fn three_before(text: &str, end: usize) -> Option<Range<usize>> {
    let (start, _) = text[..end].char_indices().rev().take_while(|(_, c)| is_hanzi(*c)).nth(2)?;
    Some(start..end)
}

/// Those that begin behind a title: 部长逯兆炜, 联系人：逄春淼.
fn three_after(text: &str, title: usize) -> Option<Range<usize>> {
    let rest = &text[title..];
    let rest = rest.strip_prefix(['为', '由', '是']).unwrap_or(rest);
    let rest = rest.strip_prefix(['：', ':', ' ', '　']).unwrap_or(rest);
    let start = text.len() - rest.len();
    let (last, c) = rest.char_indices().take_while(|(_, c)| is_hanzi(*c)).nth(2)?;
    Some(start..start + last + c.len_utf8())
}

/// Names that are told one after the other.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:^|[^一-龥])((?:[一-龥]{2,3}[、 　]){2,}[一-龥]{2,3})(?:[^一-龥]|等|$)")
        .expect("the pattern is a constant")
});

/// With these what is said of a person goes on.
const GOES_ON: &str = "任等同主出带介说表指强讲汇在对为与和参作到率陪做宣通要";
/// No name ends with these.
const NO_END: &str = "的了是在为有不与及和等要会就都被把将从到说也又还能应向对请";

/// Does a name of three end here: at a mark, before what is said of the person, or where no word goes across?
fn ends_name(name: &str, rest: &str, is_word: IsWord) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let [first, second, third] = chars[..] else { return false };
    let make_word = |a: char, b: char| is_word(&String::from_iter([a, b]));
    if NO_END.contains(third) {
        return false;
    }
    let mut after = rest.chars().take_while(|c| is_hanzi(*c));
    let (Some(next), over) = (after.next(), after.next()) else { return true };
    // 吴志平分片: 平分 is a word, but so is 分片.
    let is_free = || !make_word(third, next) || over.is_some_and(|over| make_word(next, over));
    GOES_ON.contains(next) || !make_word(first, second) && is_free()
}

/// Surnames that are more often a word: 于, 广, 边.
const ALSO_WORDS: &str = "于广边向成安时明经全应从查党包车单计支路水农游都项连常习能管司口";

/// Is what may be a name only words, 广东省, 于社区, or a form of address, 丁先生?
fn is_of_words(name: &str, is_word: IsWord) -> bool {
    let (Some(surname), Some(last)) = (name.chars().next(), name.chars().next_back()) else { return true };
    let (given, head) = (&name[surname.len_utf8()..], &name[..name.len() - last.len_utf8()]);
    TITLES.split('|').any(|title| title == given)
        || ALSO_WORDS.contains(surname) && is_word(given)
        || !is_surname(surname) && is_word(head)
}

/// The names of three characters in a text that are names beyond doubt. `is_word` knows the words that are no
/// names.
#[must_use]
pub fn named(text: &str, is_word: IsWord) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut add = |range: Range<usize>| {
        let name = &text[range.clone()];
        if name.starts_with(may_be_surname) && !is_of_words(name, is_word) && !found.contains(&range) {
            found.push(range);
        }
    };
    for title in TITLE.find_iter(text) {
        // 刘志强局长, but not 刘志强负责人.
        let is_role = ROLES.split('|').any(|role| role == title.as_str());
        three_before(text, title.start()).filter(|_| !is_role).into_iter().for_each(&mut add);
        let after = three_after(text, title.end());
        after
            .filter(|name| ends_name(&text[name.clone()], &text[name.end..], is_word))
            .into_iter()
            .for_each(&mut add);
    }
    let whole = |found: regex::Captures<'_>| found.get(1).map(|name| name.range());
    let listed = text.contains(['、', ' ', '　']).then(|| LIST.captures_iter(text));
    for list in listed.into_iter().flatten().filter_map(whole) {
        let mut start = list.start;
        for name in text[list.clone()].split(['、', ' ', '　']) {
            if name.chars().count() == 3 {
                add(start..start + name.len());
            }
            start += name.len() + text[start + name.len()..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}

/// Is a range of a text, of two characters, a person's name beyond doubt: 李明局长 where a clause begins,
/// 联系人：李明?
#[cfg_attr(not(feature = "lsp"), allow(dead_code, reason = "only the server follows references"))]
#[must_use]
pub fn is_short_name(text: &str, range: &Range<usize>) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!("(?:{ROLES})(?:为|由|是)?[：: 　]?$")).expect("the pattern is a constant")
    });
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!("^(?:{TITLES})")).expect("the pattern is a constant"));
    let name = &text[range.clone()];
    if name.chars().count() != 2 || !name.starts_with(is_surname) {
        return false;
    }
    let (before, after) = super::surroundings(text, range, 8);
    let (before, after) = (&before[..after.start], &before[after.end..]);
    let begins = before.chars().next_back().is_none_or(|c| !is_hanzi(c) || "由和与及请".contains(c));
    let ends = after.chars().next().is_none_or(|c| !is_hanzi(c));
    begins && AFTER.is_match(after) || ends && BEFORE.is_match(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_two_characters() {
        let is = |text: &str, name: &str| {
            let at = text.find(name).unwrap();
            is_short_name(text, &(at..at + name.len()))
        };
        assert!(
            is("李明局长主持会议", "李明") && is("联系人：李明", "李明") && is("会议由李明主任主持", "李明")
        );
        assert!(!is("高科主任", "科主") && !is("说李明局长", "明局") && !is("向来老师", "来老"));
    }
}
