//! Makes the index of the lines that stand fixed, for `src/chinese/wording` to read where it lies.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::{env, fs};

use crate::pieces::{GRAM, MOST, hash, is_gap, pieces, units};

/// The tables: the name of the static, and the file. The first column is a line, the second other ways to
/// write it.
const TABLES: [(&str, &str); 2] = [("SAYINGS", "data/saying.tsv"), ("FORMULATIONS", "data/formulation.tsv")];

struct Gram {
    hash: u32,
    unit: usize,
    at: Range<usize>,
}

/// Writes the tables for `src/chinese/wording` to include.
pub(crate) fn generate() {
    let code: String = TABLES.iter().map(|(name, file)| table(name, file)).collect();
    let out = env::var_os("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("wording.rs"), code).expect("the folder is writable");
}

fn table(name: &str, file: &str) -> String {
    let text = fs::read_to_string(file).expect("the table is part of the sources");
    let (mut all, mut form, mut row) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let mut at = row;
        row += line.len();
        for cell in line.trim_end().split('\t').take(if at == 0 { 0 } else { 2 }) {
            for written in cell.split('|') {
                all.extend(units(written).into_iter().map(|unit| (at + unit.start..at + unit.end, form)));
                at += written.len() + 1;
                form += 1;
            }
        }
    }
    let bare: Vec<Vec<char>> =
        all.iter().map(|(unit, _)| text[unit.clone()].chars().filter(|c| !is_gap(*c)).collect()).collect();
    let mut grams = grams(&bare);
    let buckets = grams.len().next_power_of_two();
    let bucket = |gram: &Gram| gram.hash as usize & (buckets - 1);
    grams.sort_by_key(|gram| (bucket(gram), gram.unit, gram.at.start));
    let mut code = format!(
        "pub(crate) static {name}: Table = Table {{\n    text: include_str!({:?}),\n",
        fs::canonicalize(file).expect("it was read")
    );
    // Bytes, the lower first: a list of thousands of values is a minute for the compiler.
    let mut bytes = Vec::new();
    for ((unit, form), chars) in all.iter().zip(&bare) {
        assert!((5..=MOST).contains(&chars.len()), "{file}: {}", &text[unit.clone()]);
        bytes.extend(number(unit.start, 4).chain(number(unit.end, 4)).chain(number(*form, 2)));
    }
    list(&mut code, "units", &mut bytes);
    let mut head = 0;
    for at in 0..=buckets {
        head += grams[head..].iter().take_while(|gram| bucket(gram) < at).count();
        bytes.extend(number(head, 2));
    }
    list(&mut code, "heads", &mut bytes);
    for gram in &grams {
        let at = number(gram.at.start, 1).chain(number(gram.at.end, 1));
        bytes.extend(number(gram.hash as usize >> 16, 2).chain(number(gram.unit, 2)).chain(at));
    }
    list(&mut code, "grams", &mut bytes);
    code.push_str("};\n");
    code
}

/// The lower bytes of a number, the lowest first.
fn number(value: usize, size: usize) -> impl Iterator<Item = u8> {
    assert!(value >> (8 * size) == 0, "{value} takes more than {size} bytes");
    value.to_le_bytes().into_iter().take(size)
}

/// Writes a field, and empties the bytes.
fn list(code: &mut String, name: &str, bytes: &mut Vec<u8>) {
    let written: String = bytes.drain(..).map(|byte| format!("\\x{byte:02x}")).collect();
    let _ = writeln!(code, "    {name}: b\"{written}\".as_chunks().0,");
}

/// The rarest gram of each piece of each unit.
fn grams(units: &[Vec<char>]) -> Vec<Gram> {
    let grams_of = |piece: Range<usize>| {
        let size = piece.len().min(GRAM);
        (piece.start..=piece.end - size).map(move |at| at..at + size)
    };
    let mut seen: HashMap<&[char], usize> = HashMap::new();
    for unit in units {
        for gram in pieces(unit.len()).flat_map(grams_of) {
            *seen.entry(&unit[gram]).or_default() += 1;
        }
    }
    let mut all = Vec::new();
    for (number, unit) in units.iter().enumerate() {
        for piece in pieces(unit.len()) {
            let rarest = grams_of(piece).min_by_key(|gram| seen[&unit[gram.clone()]]);
            let at = rarest.expect("a piece has two characters");
            all.push(Gram { hash: hash(unit[at.clone()].iter().copied()), unit: number, at });
        }
    }
    all
}
