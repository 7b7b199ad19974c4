//! Automatic numbering (ECMA-376 part 1, 17.9): what Word writes before a paragraph, as it shows it.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::{attributes, for_each_event};
use super::styles::is_on;
use crate::chinese::numeral;
use crate::text::read_error::ReadError;

/// Levels of a list.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// The definitions by their ids.
    abstracts: HashMap<String, [Level; LEVELS]>,
    /// The lists by their ids.
    lists: HashMap<String, List>,
    /// The numbers of the lists of a definition; those of one definition count together.
    counters: HashMap<String, [Option<u32>; LEVELS]>,
}

#[derive(Debug, Default, Clone)]
struct List {
    definition: String,
    /// What differs from the definition: a start, or a whole level.
    starts: [Option<u32>; LEVELS],
    levels: HashMap<usize, Level>,
    is_begun: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    start: u32,
    format: String,
    /// What is written, with %1 to %9 for the numbers of the levels.
    text: String,
    /// The level after which it begins again, from 1; 0 for never, none for any above it.
    restart: Option<u8>,
    /// All numbers are written in Arabic figures.
    is_legal: bool,
    /// The style whose paragraphs are numbered so.
    style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".into(),
            text: String::new(),
            restart: None,
            is_legal: false,
            style: None,
        }
    }
}

/// What stands before a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// A number.
    Number(String),
    /// A bullet.
    Bullet,
}

impl Numbering {
    pub(super) fn read(xml: &str) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        let mut definition: Option<(String, [Level; LEVELS])> = None;
        let mut list: Option<(String, List)> = None;
        let mut level: Option<(usize, Level)> = None;
        let mut overridden = 0;
        for_each_event(xml, |place, event| {
            match &event {
                Event::Start(tag) if place.is_word(tag.name()) => {
                    let own = attributes(tag);
                    let value = || own.get("val").cloned();
                    let at = || own.get("ilvl").and_then(|it| it.parse().ok()).unwrap_or(LEVELS);
                    match tag.local_name().as_ref() {
                        "abstractNum" => {
                            let id = own.get("abstractNumId").cloned().unwrap_or_default();
                            definition = Some((id, Default::default()));
                        }
                        "num" => {
                            list = Some((own.get("numId").cloned().unwrap_or_default(), List::default()))
                        }
                        "abstractNumId" => {
                            if let Some((_, list)) = &mut list {
                                list.definition = value().unwrap_or_default();
                            }
                        }
                        "lvlOverride" => overridden = at(),
                        "startOverride" => {
                            let start = value().and_then(|it| it.parse().ok());
                            if let Some((_, list)) = &mut list
                                && overridden < LEVELS
                            {
                                list.starts[overridden] = start;
                            }
                        }
                        "lvl" => level = Some((at(), Level::default())),
                        name => {
                            if let Some((_, level)) = &mut level {
                                level.take(name, value());
                            }
                        }
                    }
                }
                Event::End(tag) if place.is_word(tag.name()) => match tag.local_name().as_ref() {
                    "lvl" => match (level.take(), &mut list, &mut definition) {
                        (Some((at, level)), Some((_, list)), _) if at < LEVELS => {
                            list.levels.insert(at, level);
                        }
                        (Some((at, level)), None, Some((_, levels))) if at < LEVELS => levels[at] = level,
                        _ => {}
                    },
                    "abstractNum" => numbering.abstracts.extend(definition.take()),
                    "num" => numbering.lists.extend(list.take()),
                    _ => {}
                },
                _ => {}
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// The level of a list that paragraphs of one of these styles are numbered at, the nearest first.
    pub(super) fn level_of_style<'s>(&self, list: &str, styles: impl Iterator<Item = &'s str>) -> Option<u8> {
        let list = self.lists.get(list)?;
        let levels = self.abstracts.get(&list.definition)?;
        let mut found = styles.filter_map(|id| levels.iter().position(|it| it.style.as_deref() == Some(id)));
        found.next().and_then(|at| u8::try_from(at).ok())
    }

    /// Counts a paragraph of a list, and says what stands before it; nothing where nothing does.
    pub(super) fn next(&mut self, id: &str, level: u8) -> Option<Label> {
        let at = usize::from(level).min(LEVELS - 1);
        let list = self.lists.get_mut(id)?;
        let definition = list.definition.clone();
        let defined = self.abstracts.get(&definition)?;
        let levels: Vec<Level> =
            (0..LEVELS).map(|it| list.levels.get(&it).unwrap_or(&defined[it]).clone()).collect();
        let counters = self.counters.entry(definition).or_default();
        if !std::mem::replace(&mut list.is_begun, true) {
            // A list with a start of its own begins there, though another of its definition has gone on.
            for (counter, _) in counters.iter_mut().zip(&list.starts).filter(|(_, start)| start.is_some()) {
                *counter = None;
            }
        }
        let start = |it: usize| list.starts[it].unwrap_or(levels[it].start);
        // A level above that has not begun counts as begun.
        for (above, counter) in counters.iter_mut().enumerate().take(at) {
            counter.get_or_insert_with(|| start(above));
        }
        counters[at] = Some(counters[at].map_or_else(|| start(at), |it| it.saturating_add(1)));
        for below in at + 1..LEVELS {
            if levels[below].restart.is_none_or(|after| after > 0 && at < usize::from(after)) {
                counters[below] = None;
            }
        }
        let own = &levels[at];
        if own.format == "bullet" {
            return Some(Label::Bullet);
        }
        let mut label = String::new();
        let mut rest = own.text.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, rest.peek().and_then(|next| next.to_digit(10)).filter(|it| *it > 0)) {
                ('%', Some(number)) => {
                    rest.next();
                    let it = number as usize - 1;
                    let format = if own.is_legal { "decimal" } else { &levels[it].format };
                    label += &written(counters[it].unwrap_or_else(|| start(it)), format);
                }
                _ => label.push(c),
            }
        }
        (!label.trim().is_empty()).then_some(Label::Number(label))
    }
}

impl Level {
    fn take(&mut self, element: &str, value: Option<String>) {
        match element {
            "start" => self.start = value.and_then(|it| it.parse().ok()).unwrap_or(1),
            "numFmt" => self.format = value.unwrap_or_default(),
            "lvlText" => self.text = value.unwrap_or_default(),
            "lvlRestart" => self.restart = value.and_then(|it| it.parse().ok()),
            "isLgl" => self.is_legal = is_on(value),
            "pStyle" => self.style = value,
            _ => {}
        }
    }
}

/// A number as a format of ST_NumberFormat (ECMA-376 part 1, 17.18.59) writes it; in Arabic figures where it
/// is one of another language.
fn written(number: u32, format: &str) -> String {
    let one_of = |characters: &str| {
        let nth = (number as usize).checked_sub(1).and_then(|at| characters.chars().nth(at));
        nth.map_or_else(|| number.to_string(), String::from)
    };
    let shifted = |first: char, last: u32| match number {
        1.. if number <= last => char::from_u32(first as u32 + number - 1).map(String::from),
        _ => None,
    };
    let own = match format {
        "none" => return String::new(),
        "decimalZero" => return format!("{number:02}"),
        "chineseCounting"
        | "chineseCountingThousand"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseCounting" => Some(numeral::to_chinese(number)),
        "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => {
            Some(digits(number, "〇一二三四五六七八九"))
        }
        "chineseLegalSimplified" => Some(legal(&numeral::to_chinese(number))),
        "ideographTraditional" => Some(one_of("甲乙丙丁戊己庚辛壬癸")),
        "ideographZodiac" => Some(one_of("子丑寅卯辰巳午未申酉戌亥")),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, "０１２３４５６７８９")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            numeral::to_circled(number).map(String::from)
        }
        "decimalEnclosedParen" => shifted('⑴', 20),
        "decimalEnclosedFullstop" => shifted('⒈', 20),
        "ideographEnclosedCircle" => shifted('㊀', 10),
        "upperLetter" => Some(letters(number, b'A')),
        "lowerLetter" => Some(letters(number, b'a')),
        "upperRoman" => Some(roman(number)),
        "lowerRoman" => Some(roman(number).to_lowercase()),
        _ => None,
    };
    own.unwrap_or_else(|| number.to_string())
}

fn digits(number: u32, characters: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|it| characters.chars().nth(it as usize)).unwrap_or(c);
    number.to_string().chars().map(digit).collect()
}

fn legal(chinese: &str) -> String {
    const LEGAL: [(char, char); 13] = [
        ('〇', '零'),
        ('一', '壹'),
        ('二', '贰'),
        ('三', '叁'),
        ('四', '肆'),
        ('五', '伍'),
        ('六', '陆'),
        ('七', '柒'),
        ('八', '捌'),
        ('九', '玖'),
        ('十', '拾'),
        ('百', '佰'),
        ('千', '仟'),
    ];
    chinese.chars().map(|c| LEGAL.iter().find(|(it, _)| *it == c).map_or(c, |(_, legal)| *legal)).collect()
}

/// A to Z, then AA to ZZ, as Word does.
fn letters(number: u32, first: u8) -> String {
    let Some(before) = number.checked_sub(1) else { return number.to_string() };
    let (letter, times) = (before % 26, before / 26 + 1);
    char::from(first + letter as u8).to_string().repeat(times.min(100) as usize)
}

fn roman(number: u32) -> String {
    const FIGURES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number.min(100_000);
    let mut out = String::new();
    for (value, figure) in FIGURES {
        while left >= value {
            out += figure;
            left -= value;
        }
    }
    out
}
