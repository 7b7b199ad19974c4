//! Crosses and the like where a figure or a name belongs: XX%, 20XX年, X月X日, ××局, 电话：XXXXXXXX.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Blank;
use crate::chinese::is_hanzi;
use crate::chinese::names::is_surname;
use crate::finding::Severity;
use crate::rule::Paragraph;
use crate::typo::words;

/// What a run is made of: the characters of one sort only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// X
    Letter,
    /// × is also the sign for a hidden name (GB/T 15834, 隐讳号), and for "times".
    Times,
    /// * is also Markdown.
    Star,
    /// ○ is also a sign for a hidden name.
    Shape,
    /// ??
    Question,
}

impl Sign {
    fn of(c: char) -> Option<Self> {
        match c {
            'x' | 'X' | 'ｘ' | 'Ｘ' => Some(Self::Letter),
            '×' => Some(Self::Times),
            '*' | '＊' => Some(Self::Star),
            '○' | '△' | '□' | '◯' | '●' | '▲' | '■' | '◆' | '◇' => Some(Self::Shape),
            '?' | '？' => Some(Self::Question),
            _ => None,
        }
    }
}

pub(super) const SIGNS: &str = "xXｘＸ×*＊○△□◯●▲■◆◇?？";

/// A run of one sign; X.X is one run.
struct Run {
    sign: Sign,
    /// How many signs.
    length: usize,
    range: Range<usize>,
}

/// After a number.
static NUMBER_UNIT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:个?百分点|[%％‰]|人次|[万亿千百]?(?:人次|[元人户吨亩字册])|公[里斤顷]|平方|立方|千[米克瓦]|小时|分钟|[万亿次个项名份篇场期批台套辆米天周年月日岁届倍成座栋间包箱盒本起宗例笔轮类种株])";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// After a number, or after a name that is hidden: 李××家, 粤B×××号.
static EITHER_UNIT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[家号件条张位片组头只章节页度层级]").expect("the pattern is a constant"));

/// After the name of an organisation or a place.
static NAME_UNIT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^(?:市|省|县|区|镇|乡|村|局|处|科室|科|院|校|部门|部|公司|集团|单位|学校|大学|中学|小学|医院|同志|书记|主任|会议|活动|项目|工程|街道|社区|等)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Number of a telephone, an account …, with crosses in it.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:电话|手机号?码?|传真|热线|联系方式|座机|账号|帐号|邮编|信用代码)(?:号码)?\s*[:：]?\s*(?P<number>[0-9xXＸｘ×*＊（）()\-－—]{5,})";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// XX is no blank before one of these.
const NO_BLANK: [&str; 6] = ["染色体", "综合征", "光", "射线", "轴", "形"];

/// A date all of crosses: X月X日, ×年×月.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?:(?:19|20|二[〇○零0])?(?:[0-9][xXＸ×*＊]|[xXＸｘ×*＊○]{1,4})年)?[xXＸｘ×*＊○]{1,4}月(?:[xXＸｘ×*＊○]{1,4}[日号])?|(?:19|20|二[〇○零0]|一九)(?:[0-9][xXＸ×*＊]|[xXＸｘ×*＊○]{1,2})(?:年|[〕\]］])";
    Regex::new(pattern).expect("the pattern is a constant")
});

pub(super) fn find(paragraph: &Paragraph<'_>, blanks: &mut Vec<Blank>) {
    if !paragraph.may_contain_any(SIGNS) {
        return;
    }
    let text = paragraph.text;
    let from = blanks.len();
    for found in LABELLED.captures_iter(text) {
        let Some(number) = found.name("number") else { continue };
        let shown = number.as_str().trim_end_matches(|c: char| !c.is_ascii_digit() && Sign::of(c).is_none());
        let range = number.start()..number.start() + shown.len();
        blanks.extend(labelled(shown).map(|severity| Blank { range, severity }));
    }
    let dates = DATE.find_iter(text).filter(|m| {
        let before = text[..m.start()].chars().next_back();
        let full = m.as_str().ends_with(['日', '号', '年']) || m.as_str().contains('年');
        // 1979年×月×日出生: hidden on purpose.
        let is_hidden = m.as_str().contains('×')
            && (text[m.end()..].starts_with(['出', '生']) || text[..m.start()].ends_with('年'));
        (full || m.as_str().ends_with(['〕', ']', '］']) || run_length(m.as_str()) > 1)
            && !is_hidden
            && !before.is_some_and(|c| c.is_ascii_alphanumeric() || Sign::of(c).is_some())
    });
    blanks.extend(dates.map(|m| {
        let shown = m.as_str().trim_end_matches(['〕', ']', '］']);
        Blank { range: m.start()..m.start() + shown.len(), severity: Severity::Error }
    }));
    let taken: Vec<Range<usize>> = blanks[from..].iter().map(|blank| blank.range.clone()).collect();
    let stars_are_blanks = stars_are_blanks(text);
    for run in runs(text) {
        let overlaps = |range: &Range<usize>| range.start < run.range.end && run.range.start < range.end;
        if taken.iter().any(overlaps) || (run.sign == Sign::Star && !stars_are_blanks) {
            continue;
        }
        blanks.extend(blank(text, &run));
    }
}

/// How many crosses a text holds.
fn run_length(text: &str) -> usize {
    text.chars().filter(|c| Sign::of(*c).is_some()).count()
}

/// A number with crosses: all of it is blank; with digits at its end it is masked (138****5678).
fn labelled(number: &str) -> Option<Severity> {
    let crosses = run_length(number);
    let ends_in_digit = number.trim_end_matches(['X', 'x']).ends_with(|c: char| c.is_ascii_digit());
    if crosses < 4 || number.ends_with(|c: char| c.is_ascii_digit()) || number.contains('×') && ends_in_digit
    {
        return None;
    }
    let digits = number.chars().filter(char::is_ascii_digit).count();
    Some(match digits {
        0 | 1 => Severity::Error,
        // 0718-62×××××: hidden on purpose, as like as not.
        _ if number.contains('×') => Severity::Info,
        _ => Severity::Warning,
    })
}

/// The runs of signs of a text.
fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, sign) = chars.find_map(|(at, c)| Some((at, Sign::of(c)?)))?;
        let mut length = 1;
        let mut end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        let figure = matches!(sign, Sign::Letter | Sign::Times);
        while let Some(&(at, c)) = chars.peek() {
            let goes_on = Sign::of(c) == Some(sign);
            let is_point = figure
                && matches!(c, '.' | '．')
                && text[at + c.len_utf8()..].chars().next().and_then(Sign::of) == Some(sign);
            if !goes_on && !is_point {
                break;
            }
            length += usize::from(goes_on);
            end = at + c.len_utf8();
            chars.next();
        }
        Some(Run { sign, length, range: start..end })
    })
}

/// Where ** marks bold text, some of them stand before no unit.
fn stars_are_blanks(text: &str) -> bool {
    runs(text).filter(|run| run.sign == Sign::Star).all(|run| {
        let after = &text[run.range.end..];
        number_unit(after).is_some() || name_unit(after).is_some()
    })
}

fn blank(text: &str, run: &Run) -> Option<Blank> {
    let (before, after) = (&text[..run.range.start], &text[run.range.end..]);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    // A part of a word, a formula, a path, a dimension.
    let joins = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '/' | '-' | '=' | '\\' | '+' | '<' | '>')
    };
    let goes_on = next == Some('.') && after[1..].starts_with(|c: char| c.is_ascii_alphanumeric());
    if last.is_some_and(|c| joins(c) || c == '.') || next.is_some_and(joins) || goes_on {
        return None;
    }
    let with = |unit: Option<usize>, severity| {
        unit.map(|unit| Blank { range: run.range.start..run.range.end + unit, severity })
    };
    let figure = |severity| with(number_unit(after), severity);
    // ×× is the sign for a name that is hidden on purpose (隐讳号), too.
    let doubt = |severity: Severity| if run.sign == Sign::Letter { severity } else { Severity::Info };
    let named = |severity| with(name_unit(after), doubt(severity));
    match run.sign {
        // X光, 第X条: a single one stands for a figure before a plain measure word only.
        Sign::Letter if run.length == 1 => {
            let follows_prose =
                last.is_none_or(|c| is_hanzi(c) && !"第每级".contains(c) || "，。、；：（".contains(c));
            let is_plain = after.starts_with(|c: char| "个项次名家件份场期%％万亿元".contains(c));
            if follows_prose && is_plain { figure(Severity::Warning) } else { None }
        }
        Sign::Letter if NO_BLANK.iter().any(|word| after.starts_with(word)) => None,
        Sign::Letter | Sign::Times if run.length > 1 => figure(Severity::Error).or_else(|| {
            let chinese =
                |c: Option<char>| c.is_some_and(|c| is_hanzi(c) || "，。、；：（）《》“”【】".contains(c));
            let stands_in_prose = chinese(last) || chinese(next);
            let free = || with(stands_in_prose.then_some(0), doubt(Severity::Warning));
            let either = || with(EITHER_UNIT.find(after).map(|unit| unit.end()), doubt(Severity::Warning));
            if is_after_surname(before) {
                None
            } else {
                named(Severity::Warning).or_else(either).or_else(free)
            }
        }),
        Sign::Star | Sign::Shape if run.length > 1 && !is_after_surname(before) => {
            figure(Severity::Error).or_else(|| named(Severity::Warning))
        }
        Sign::Question if run.length > 1 => {
            let expects_figure = last.is_some_and(|c| "了为达到共约近超长降额率".contains(c));
            expects_figure.then(|| figure(Severity::Warning)).flatten()
        }
        _ => None,
    }
}

/// The length of the word for an organisation or a place with which a text begins.
fn name_unit(text: &str) -> Option<usize> {
    let unit = NAME_UNIT.find(text)?.end();
    // ××科技有限公司
    let is_name = &text[..unit] == "科" && text[unit..].starts_with(['技', '贸', '普', '研', '创']);
    (!is_name).then_some(unit)
}

/// The length of the unit with which a text begins.
fn number_unit(text: &str) -> Option<usize> {
    let unit = NUMBER_UNIT.find(text)?.end();
    // XX人民医院, XX人事局
    let is_name = text[..unit].ends_with('人') && text[unit..].starts_with(['民', '才', '事', '大']);
    (!is_name).then_some(unit)
}

/// 张××: a person whose name is hidden; not 提高××, not 在于××.
fn is_after_surname(before: &str) -> bool {
    let last = before.chars().next_back().filter(|c| is_surname(*c) && !"于和同向".contains(*c));
    last.is_some_and(|c| words::is_boundary(before, before.len() - c.len_utf8()))
}
