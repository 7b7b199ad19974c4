//! A model of a text to compare the server's with, as simple as can be: it is split anew for each question.

use serde_json::{Value, json};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Unit {
    Utf8,
    Utf16,
    Utf32,
}

impl Unit {
    pub(crate) const ALL: [Self; 3] = [Self::Utf8, Self::Utf16, Self::Utf32];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
            Self::Utf32 => 1,
        }
    }
}

pub(crate) struct Model {
    pub(crate) text: String,
    pub(crate) unit: Unit,
}

impl Model {
    /// The lines without their endings, each with its byte offset.
    pub(crate) fn lines(&self) -> Vec<(usize, &str)> {
        let mut lines = Vec::new();
        let mut start = 0;
        let mut rest = self.text.as_str();
        while let Some(end) = rest.find(['\r', '\n']) {
            lines.push((start, &rest[..end]));
            let ending = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
            rest = &rest[end + ending..];
            start += end + ending;
        }
        lines.push((start, rest));
        lines
    }

    /// The byte offset of a place, clamped to its line, to the text, and to the start of a character.
    pub(crate) fn byte(&self, line: usize, column: usize) -> usize {
        let Some(&(start, content)) = self.lines().get(line).as_ref().copied() else {
            return self.text.len();
        };
        let mut units = 0;
        let mut byte = start;
        for c in content.chars() {
            units += self.unit.of(c);
            if units > column {
                break;
            }
            byte += c.len_utf8();
        }
        byte
    }

    /// The place of a byte offset at the start of a character.
    pub(crate) fn place(&self, byte: usize) -> (usize, usize) {
        let lines = self.lines();
        let line = lines.iter().rposition(|(start, _)| *start <= byte).unwrap();
        let (start, content) = lines[line];
        let before = &self.text[start..byte.min(start + content.len())];
        (line, before.chars().map(|c| self.unit.of(c)).sum())
    }

    /// The text of a range that the server sent; the range has to lie in the text.
    pub(crate) fn slice(&self, range: &Value) -> &str {
        let byte = |end: &str| {
            let at = |field: &str| usize::try_from(range[end][field].as_u64().unwrap()).unwrap();
            let place = (at("line"), at("character"));
            let byte = self.byte(place.0, place.1);
            assert_eq!(self.place(byte), place, "{range} is not a place of the text");
            byte
        };
        &self.text[byte("start")..byte("end")]
    }

    /// Replaces the text between two places, in either order.
    pub(crate) fn replace(&mut self, a: (usize, usize), b: (usize, usize), text: &str) {
        let (a, b) = (self.byte(a.0, a.1), self.byte(b.0, b.1));
        self.text.replace_range(a.min(b)..a.max(b), text);
    }

    /// Applies the text edits of a server, which all refer to the current text.
    pub(crate) fn apply(&mut self, edits: &Value) {
        let mut edits = edits.as_array().unwrap().clone();
        let start = |edit: &Value| {
            let start = &edit["range"]["start"];
            (start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap())
        };
        edits.sort_by_key(start);
        for edit in edits.iter().rev() {
            self.slice(&edit["range"]);
            let at = |end: &str, field: &str| {
                usize::try_from(edit["range"][end][field].as_u64().unwrap()).unwrap()
            };
            let (from, to) = (
                (at("start", "line"), at("start", "character")),
                (at("end", "line"), at("end", "character")),
            );
            self.replace(from, to, edit["newText"].as_str().unwrap());
        }
    }

    /// A place as a position of the protocol.
    pub(crate) fn position(place: (usize, usize)) -> Value {
        json!({ "line": place.0, "character": place.1 })
    }
}

/// Random numbers that are the same in every run (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % n.max(1)
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// What a writer types, and what is hard to count in code units.
const FRAGMENTS: &[&str] = &[
    "政",
    "20__年",
    "认真学习",
    "。",
    "，",
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "😀",
    "👨‍👩‍👧",
    "𠀀",
    "e\u{301}",
    "\u{301}",
    "\u{2028}",
    "\u{85}",
    "\u{b}",
    "\u{feff}",
    "\0",
    "一、",
    "\t",
    "参加\r\n某某市",
    "",
    "",
];

/// Applies a random edit to a model, often at an invalid place, and returns it.
pub(crate) fn random_edit(model: &mut Model, dice: &mut Dice) -> Value {
    let boundaries: Vec<usize> =
        model.text.char_indices().map(|(at, _)| at).chain([model.text.len()]).collect();
    let first = dice.below(boundaries.len());
    let reach = if model.text.len() > 6000 { 400 } else { 6 };
    let last = (first + dice.below(reach)).min(boundaries.len() - 1);
    let (mut a, mut b) = (model.place(boundaries[first]), model.place(boundaries[last]));
    match dice.below(12) {
        0 => a.1 += 1 + dice.below(3),
        1 => b.1 += dice.below(1000),
        2 => b.0 += dice.below(3),
        3 => (a, b) = (b, a),
        4 => b = (a.0 + 1 + dice.below(100_000), 0),
        _ => {}
    }
    // Large deletions would soon leave little to work with.
    let cut = model.byte(a.0, a.1).abs_diff(model.byte(b.0, b.1));
    if cut > 12 && model.text.len() < 3000 && dice.below(50) > 0 {
        b = a;
    }
    let text: String = (0..dice.below(6)).map(|_| *dice.pick(FRAGMENTS)).collect();
    model.replace(a, b, &text);
    json!({ "range": { "start": Model::position(a), "end": Model::position(b) }, "text": text })
}
