//! The corpus as lines, without duplicates, split into what is counted and what is held out.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::path::Path;

pub struct Corpus {
    pub counted: Vec<String>,
    pub held: Vec<String>,
}

/// Reads every file of a folder in the order of names (`.xz` through the xz program). Whole blocks of 100 lines are held out, so that what is
/// held out is as strange to the counts as another document is.
pub fn read(folder: &Path) -> Corpus {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).expect("corpus folder").map(|e| e.unwrap().path()).collect();
    names.retain(|p| p.to_string_lossy().contains(".txt"));
    names.sort();
    let mut seen = HashSet::new();
    let (mut counted, mut held) = (Vec::new(), Vec::new());
    for name in names {
        let text = if name.extension().is_some_and(|e| e == "xz") {
            let out = std::process::Command::new("xz").arg("-dc").arg(&name).output().expect("xz");
            String::from_utf8(out.stdout).expect("utf-8")
        } else {
            std::fs::read_to_string(&name).expect("utf-8")
        };
        for (i, line) in text.lines().enumerate() {
            let line = line.trim();
            let mut hasher = std::collections::hash_map::DefaultHasher::new();
            line.hash(&mut hasher);
            if line.is_empty() || !seen.insert(hasher.finish()) {
                continue;
            }
            if (i / 100) % 28 == 7 { held.push(line.to_string()) } else { counted.push(line.to_string()) }
        }
    }
    Corpus { counted, held }
}
