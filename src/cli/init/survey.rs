//! What a folder holds that its configuration should know of.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use crate::config::{Config, FILE_NAME, Project};
use crate::doctype::{self, DocumentType};
use crate::files::walk::Walk;
use crate::files::{self, absolute};
use crate::rule::pack::Pack;

/// What a folder holds. Paths are relative to it, with slashes.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// How many drafts there are, by their extension.
    pub(super) drafts: BTreeMap<String, usize>,
    /// The kind of document that most of them are, and how many are.
    pub(super) usual: Option<(&'static DocumentType, usize)>,
    pub(super) word_lists: Vec<String>,
    pub(super) packs: Vec<String>,
    /// What is hardly meant to be checked: folders of old drafts, files about the folder.
    pub(super) left_out: Vec<String>,
    /// The configuration that is in force here so far.
    pub(super) parent: Option<String>,
    /// What seems to be meant for us and cannot be used, each with why.
    pub(super) faults: Vec<String>,
}

/// What lists of words are called.
const WORD_LISTS: [&str; 4] = ["words.txt", "词表.txt", "词库.txt", "词典.txt"];
/// Where packs lie.
const PACK_FOLDERS: [&str; 3] = ["", "packs", "规则包"];
/// What folders of old drafts are called, or the Chinese words in their names.
const ARCHIVES: [&str; 5] = ["archive", "archives", "history", "backup", "old"];
const ARCHIVE_WORDS: [&str; 5] = ["归档", "存档", "历史", "旧稿", "备份"];
/// Files about a folder, not drafts in it.
const ABOUT: [&str; 3] = ["README", "CHANGELOG", "LICENSE"];

/// Looks at a folder.
pub(super) fn survey(folder: &Path) -> Survey {
    let mut survey = Survey::default();
    survey.find_word_lists(folder);
    survey.find_packs(folder);
    survey.find_parent(folder);
    let walk = Walk::over(folder, &[], false);
    survey.faults.extend(walk.faults);
    let lists: Vec<PathBuf> = survey.word_lists.iter().map(|name| folder.join(name)).collect();
    let drafts: Vec<PathBuf> = walk.files.into_iter().filter(|file| !lists.contains(file)).collect();
    for draft in &drafts {
        let name = draft.strip_prefix(folder).unwrap_or(draft);
        survey.left_out.extend(left_out(name));
        let extension = draft.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        *survey.drafts.entry(extension).or_default() += 1;
    }
    survey.left_out.sort();
    survey.left_out.dedup();
    survey.usual = usual(&drafts);
    survey
}

impl Survey {
    fn find_word_lists(&mut self, folder: &Path) {
        for name in WORD_LISTS.into_iter().filter(|name| folder.join(name).is_file()) {
            match files::read_own(&folder.join(name)) {
                Ok(list) if list.unread == 0 => self.word_lists.push(name.to_owned()),
                Ok(_) => {
                    self.faults.push(format!("{name}：有无法识别的字节，没有写进去；请用 UTF-8 编码另存"))
                }
                Err(why) => self.faults.push(format!("{why}；没有写进去")),
            }
        }
    }

    fn find_packs(&mut self, folder: &Path) {
        for place in PACK_FOLDERS {
            let entries = std::fs::read_dir(folder.join(place)).into_iter().flatten().flatten();
            let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
            files.sort();
            for file in files.iter().filter(|file| file.extension().is_some_and(|it| it == "toml")) {
                let Ok(text) = files::read_own(file) else { continue };
                if file.ends_with(FILE_NAME) || !text.text.contains("[[rule]]") {
                    continue;
                }
                let name = slashed(file.strip_prefix(folder).unwrap_or(file));
                match Pack::parse(&text.text) {
                    Ok(_) => self.packs.push(name),
                    Err(why) => self.faults.push(format!("{name}：规则包有误，没有写进去：{why}")),
                }
            }
        }
    }

    fn find_parent(&mut self, folder: &Path) {
        let folder = absolute(folder);
        let Some(file) = folder.parent().and_then(Config::locate) else { return };
        match Project::read(&file) {
            Ok(_) => {
                let above = folder.ancestors().skip(1).take_while(|it| Some(*it) != file.parent()).count();
                self.parent = Some(format!("{}{FILE_NAME}", "../".repeat(above + 1)));
            }
            Err(why) => self.faults.push(format!("{}：有误，没有继承它：{why}", file.display())),
        }
    }
}

/// The pattern that leaves a draft out, if it is hardly meant to be checked.
fn left_out(name: &Path) -> Option<String> {
    let mut folders = name.components().rev().skip(1).collect::<Vec<_>>();
    folders.reverse();
    let is_old = |part: &Component| {
        let part = part.as_os_str().to_string_lossy().to_lowercase();
        ARCHIVES.contains(&&*part) || ARCHIVE_WORDS.iter().any(|word| part.contains(word))
    };
    if let Some(at) = folders.iter().position(is_old) {
        let folder: PathBuf = folders[..=at].iter().collect();
        return Some(format!("/{}/", literal(&slashed(&folder))));
    }
    let stem = name.file_stem()?.to_string_lossy().to_uppercase();
    ABOUT.contains(&&*stem).then(|| name.file_name().map(|name| name.to_string_lossy().into_owned()))?
}

/// A pattern that stands for nothing but this path.
fn literal(path: &str) -> String {
    let is_special = |c: char| "*?[]{}\\".contains(c);
    path.chars().flat_map(|c| is_special(c).then_some('\\').into_iter().chain([c])).collect()
}

/// The kind of document that more than half of the drafts are.
fn usual(drafts: &[PathBuf]) -> Option<(&'static DocumentType, usize)> {
    let kinds = drafts.par_iter().filter_map(|draft| {
        let document = files::read(draft).and_then(|input| input.document()).ok()?;
        doctype::title(&document, document.parts().into_iter().next()?)?.document_type
    });
    let mut counts: BTreeMap<&str, (&'static DocumentType, usize)> = BTreeMap::new();
    for kind in kinds.collect::<Vec<_>>() {
        counts.entry(kind.key).or_insert((kind, 0)).1 += 1;
    }
    counts.into_values().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > drafts.len())
}

/// A relative path as it is written in a configuration.
fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
