//! The lines of the corpus without duplicates, in folds.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::path::Path;

/// The classifier is trained on each fold with the n-grams of the others, so that all of its text is unseen.
pub const FOLDS: usize = 4;

/// Larger sources, in bytes, are spread over all folds in blocks. A smaller one goes to one fold as a whole,
/// so that it is as new to the n-grams of the others as a draft is.
const LARGE: usize = 30_000_000;
/// Lines of a block.
const BLOCK: usize = 100;

/// A line with its fold and the number of its source.
pub struct Line {
    pub text: String,
    pub fold: usize,
    pub source: usize,
}

/// Reads every file of a folder in the order of their names (`.xz` with the xz program).
pub fn read(folder: &Path) -> Vec<Line> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("corpus folder").map(|e| e.unwrap().path()).collect();
    names.retain(|p| p.to_string_lossy().contains(".txt"));
    names.sort();
    let mut seen = HashSet::new();
    let mut lines = Vec::new();
    // Each source goes to the fold that has least text so far.
    let mut filled = [0usize; FOLDS];
    for (source, name) in names.into_iter().enumerate() {
        let text = if name.extension().is_some_and(|e| e == "xz") {
            let out = std::process::Command::new("xz").arg("-dc").arg(&name).output().expect("xz");
            String::from_utf8(out.stdout).expect("utf-8")
        } else {
            std::fs::read_to_string(&name).expect("utf-8")
        };
        let emptiest = (0..FOLDS).min_by_key(|&f| filled[f]).unwrap_or(0);
        if text.len() < LARGE {
            filled[emptiest] += text.len();
        }
        for (i, line) in text.lines().enumerate() {
            let line = line.trim();
            let mut hasher = std::collections::hash_map::DefaultHasher::new();
            line.hash(&mut hasher);
            if line.is_empty() || !seen.insert(hasher.finish()) {
                continue;
            }
            let fold = if text.len() < LARGE { emptiest } else { i / BLOCK % FOLDS };
            lines.push(Line { text: line.to_string(), fold, source });
        }
    }
    lines
}
