//! What the contextual detector finds and what it wrongly marks, by threshold.

use crate::model;
use rayon::prelude::*;
use std::path::Path;
use zhubi::typo::tier::{CLASSES, LIKELY};
use zhubi::typo::{DocumentContext, Suspicion};

const THRESHOLDS: [f32; 9] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// Prints for each file of pairs (wrong, tab, right) strict precision, recall, F1 and the share of clean
/// sentences changed; for each other file, of clean lines, the share of lines with alarms and the alarms per
/// 10,000 characters. At one threshold for all classes and, last, at the shipped ones.
pub fn run(model: &Path, files: &[String]) {
    let mut d = model::detector(model);
    d.thresholds = [THRESHOLDS[0]; CLASSES];
    print!("{:<12}", "threshold");
    THRESHOLDS.iter().for_each(|t| print!("{t:>21}"));
    println!("{:>21}", "as shipped");
    for file in files {
        let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = text(file);
        let lines: Vec<&str> = text.lines().collect();
        let found: Vec<Vec<Suspicion>> = lines
            .par_iter()
            .map(|l| d.detect(l.split('\t').next().unwrap_or(""), &DocumentContext::empty()))
            .collect();
        print!("{name:<12}");
        let of = if text.contains('\t') { pairs } else { alarms };
        THRESHOLDS.iter().for_each(|&t| print!("{:>21}", of(&lines, &found, &[t; CLASSES])));
        println!("{:>21}", of(&lines, &found, &LIKELY));
    }
}

/// The text of a file, or of all files of a folder.
pub fn text(file: &str) -> String {
    if !Path::new(file).is_dir() {
        return std::fs::read_to_string(file).expect("text");
    }
    let mut of: Vec<_> = std::fs::read_dir(file).expect("folder").map(|e| e.unwrap().path()).collect();
    of.sort();
    of.iter().map(|p| std::fs::read_to_string(p).expect("text") + "\n").collect()
}

/// Is a suspicion reported?
fn is_reported(s: &Suspicion, least: &[f32; CLASSES]) -> bool {
    s.confidence >= least[s.class as usize]
}

/// The share of clean lines with alarms, and the alarms per 10,000 characters.
fn alarms(lines: &[&str], found: &[Vec<Suspicion>], least: &[f32; CLASSES]) -> String {
    let each: Vec<usize> = found.iter().map(|f| f.iter().filter(|s| is_reported(s, least)).count()).collect();
    let alarmed = each.iter().filter(|&&n| n > 0).count();
    let characters = lines.iter().flat_map(|l| l.chars()).filter(|c| !c.is_whitespace()).count();
    format!(
        "{:.2} % {:.2}",
        100.0 * alarmed as f32 / lines.len() as f32,
        1e4 * each.iter().sum::<usize>() as f32 / characters as f32
    )
}

/// Strict precision, recall and F1, and the share of clean sentences changed.
fn pairs(lines: &[&str], found: &[Vec<Suspicion>], least: &[f32; CLASSES]) -> String {
    let (mut right, mut changed, mut wrong, mut clean, mut harmed) = (0, 0, 0, 0, 0);
    for (line, found) in lines.iter().zip(found) {
        let Some((source, target)) = line.split_once('\t') else { continue };
        let mut out = source.to_string();
        for s in found.iter().rev().filter(|s| is_reported(s, least)) {
            out.replace_range(s.range.clone(), s.replacements.first().map_or("", String::as_str));
        }
        changed += (out != source) as usize;
        if source == target {
            clean += 1;
            harmed += (out != source) as usize;
        } else {
            wrong += 1;
            right += (out == target) as usize;
        }
    }
    let part = |n: usize, of: usize| 100.0 * n as f32 / of.max(1) as f32;
    let (p, r) = (part(right, changed), part(right, wrong));
    format!("{p:.1}/{r:.1}/{:.1} {:.2}", 2.0 * p * r / (p + r).max(1e-9), part(harmed, clean))
}
