//! The file on disk: found, read, and written without losing what others write.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[cfg(feature = "cli")]
use super::without;
use super::{Ignored, IgnoredHere, parse, with};
use crate::config::load::{place, sound};
use crate::config::{ConfigError, FILE_NAME};
use crate::files::{self, IGNORE_FILE, folder_of, name, replace};

/// The file that is in force in a folder: beside the nearest zhubi.toml, or nearer.
#[must_use]
pub(crate) fn locate(folder: &Path) -> Option<PathBuf> {
    let is_there = |file: &Path| file.symlink_metadata().is_ok();
    for above in folder.ancestors() {
        let file = above.join(IGNORE_FILE);
        if is_there(&file) {
            return Some(file);
        }
        if is_there(&above.join(FILE_NAME)) {
            return None;
        }
    }
    None
}

/// A file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IgnoreFile {
    pub(crate) path: PathBuf,
    /// Its folder, without links: the names in it are relative to it.
    root: PathBuf,
    pub(crate) places: Vec<Ignored>,
    /// The names of drafts that are no longer there: they may be others, renamed.
    gone: BTreeSet<String>,
}

/// Where several write one file at a time, each tries so often.
const TRIES: usize = 20;

impl IgnoreFile {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let file = Some(path.to_owned());
        let text = sound(path).map_err(|message| ConfigError { message, range: None, file: file.clone() })?;
        let root = files::real(path);
        let root = folder_of(&root).to_owned();
        let places = places(&text, &root).map_err(|error| ConfigError { file, ..error })?;
        let names: BTreeSet<&String> = places.iter().map(|place| &place.file).collect();
        let gone = names.into_iter().filter(|draft| !root.join(name::path(draft)).exists());
        let gone = gone.cloned().collect();
        Ok(Self { path: path.to_owned(), root, places, gone })
    }

    /// Its folder, without links.
    #[cfg(feature = "cli")]
    pub(crate) fn folder(&self) -> &Path {
        &self.root
    }

    /// What a draft is called in it.
    #[cfg(feature = "cli")]
    pub(crate) fn name_of(&self, draft: &Path) -> String {
        name::of(draft, &self.root)
    }

    /// Is the draft of a place no longer there?
    #[cfg(feature = "cli")]
    pub(crate) fn is_gone(&self, place: &Ignored) -> bool {
        self.gone.contains(&place.file)
    }

    /// What is passed over in a draft.
    pub(crate) fn here(&self, draft: &Path) -> IgnoredHere {
        let draft = name::of(draft, &self.root);
        let is_renamed = |place: &Ignored| place.is_pinned() && self.gone.contains(&place.file);
        let is_here = |(_, place): &(usize, &Ignored)| place.file == draft || is_renamed(place);
        let places = self.places.iter().enumerate().filter(is_here);
        IgnoredHere(places.map(|(number, place)| (number, place.clone())).collect())
    }

    /// Adds a place of a draft to a file, which is made where there is none.
    ///
    /// # Errors
    /// A message: the file has a fault, or cannot be written.
    pub(crate) fn add(path: &Path, draft: &Path, place: Ignored) -> Result<(), String> {
        let root = files::real(path);
        let place = Ignored { file: name::of(draft, folder_of(&root)), ..place };
        edit(path, |text| with(text, &place))
    }

    /// Takes places out of the file, by their numbers, if it is as it was read.
    ///
    /// # Errors
    /// A message: the file has been changed, or cannot be written.
    #[cfg(feature = "cli")]
    pub(crate) fn remove(&self, numbers: &[usize]) -> Result<(), String> {
        edit(&self.path, |text| match places(text, &self.root) {
            Ok(places) if places == self.places => without(text, numbers),
            Ok(_) => Err(ConfigError::new("刚在别处改过，没有写入，请再运行一次".to_owned(), None)),
            Err(error) => Err(error),
        })
    }
}

/// The places in the text of a file, with the drafts as we call them: who writes by hand may write `./a.txt`.
fn places(text: &str, root: &Path) -> Result<Vec<Ignored>, ConfigError> {
    let mut places = parse(text)?;
    for place in &mut places {
        place.file = name::of(&root.join(name::path(&place.file)), root);
    }
    Ok(places)
}

/// Changes the text of a file, in its own line ends; what others write meanwhile stays.
fn edit(path: &Path, change: impl Fn(&str) -> Result<String, ConfigError>) -> Result<(), String> {
    let _alone = replace::alone(folder_of(path));
    let mut tried = 0;
    loop {
        let (before, text) = if path.symlink_metadata().is_ok() {
            files::read_written(path).map(|(bytes, text)| (Some(bytes), text))?
        } else {
            (None, String::new())
        };
        let after = change(&text).map_err(|error| match &error.range {
            Some(range) => format!("{}：{error}，请先改正", place(path, &text, range.start)),
            None => format!("{}：{error}", path.display()),
        })?;
        let after = files::with_line_ends_of(&text, &after);
        if before.is_some() && after == text {
            return Ok(());
        }
        tried += 1;
        match replace::put(path, before.as_deref(), after.as_bytes()) {
            Err(message) if tried == TRIES => return Err(message),
            // Who else writes has won; where nobody has, it would go wrong again.
            Err(message) if std::fs::read(path).ok() == before => return Err(message),
            Err(_) => {}
            Ok(()) => return Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Ignored {
        Ignored { text: Some(text.to_owned()), ..Ignored::all_of(String::new(), "typo/idiom") }
    }

    #[test]
    fn places_are_added_and_taken_out_and_the_rest_stays_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let (path, draft) = (folder.path().join(IGNORE_FILE), folder.path().join("稿/总结.txt"));
        IgnoreFile::add(&path, &draft, place("甲")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# 朱笔") && text.ends_with("text = \"甲\"\n"), "{text}");
        let noted = format!("{text}note = \"原文如此\" # 老李说的\n");
        std::fs::write(&path, &noted).unwrap();
        IgnoreFile::add(&path, &draft, place("乙")).unwrap();
        IgnoreFile::add(&path, &draft, place("乙")).unwrap();
        let file = IgnoreFile::read(&path).unwrap();
        assert_eq!(file.places.len(), 2);
        assert_eq!(file.places[0].file, "稿/总结.txt");
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(&noted));
        file.remove(&[1]).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), noted);
        assert!(file.remove(&[0]).is_err(), "the file is no longer as it was read");
    }

    #[test]
    fn comments_and_line_ends_stay() {
        let folder = tempfile::tempdir().unwrap();
        let (path, draft) = (folder.path().join(IGNORE_FILE), folder.path().join("a.txt"));
        let mut text =
            "# 老李定的\r\n\r\n[[ignore]]\r\nfile = \"./b.txt\"\r\nrule = \"成语误写\"\r\n# 完".to_owned();
        for word in ["甲", "乙"] {
            std::fs::write(&path, &text).unwrap();
            IgnoreFile::add(&path, &draft, place(word)).unwrap();
            let after = std::fs::read_to_string(&path).unwrap();
            text += "\r\n";
            text +=
                &format!("\r\n[[ignore]]\r\nfile = \"a.txt\"\r\nrule = \"typo/idiom\"\r\ntext = \"{word}\"");
            assert_eq!(after, format!("{text}\r\n"));
        }
        let file = IgnoreFile::read(&path).unwrap();
        assert_eq!((&*file.places[0].file, &*file.places[0].rule), ("b.txt", "typo/idiom"));
        file.remove(&[1, 2]).unwrap();
        let after = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(after.trim_end()) && after.contains("成语误写\"\r\n"), "{after}");
    }

    #[test]
    fn what_follows_a_list_without_places_is_above_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(IGNORE_FILE);
        std::fs::write(&path, "# 朱笔\n").unwrap();
        IgnoreFile::add(&path, &folder.path().join("a.txt"), place("甲")).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("# 朱笔\n\n[[ignore]]\n"));
        std::fs::write(&path, "ignore = [{ file = \"a\", rule = \"typo/idiom\" }] # 旧\n").unwrap();
        IgnoreFile::add(&path, &folder.path().join("a.txt"), place("甲")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(
            text.contains("rule = \"typo/idiom\" }, { file = \"a.txt\"") && text.ends_with("] # 旧\n"),
            "{text}"
        );
    }

    #[test]
    fn many_at_a_time_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, draft) = (folder.path().join(IGNORE_FILE), folder.path().join("a.txt"));
        std::thread::scope(|scope| {
            for number in 0..12 {
                let (path, draft) = (&path, &draft);
                scope.spawn(move || IgnoreFile::add(path, draft, place(&number.to_string())).unwrap());
            }
        });
        assert_eq!(IgnoreFile::read(&path).unwrap().places.len(), 12);
    }

    #[test]
    fn a_fault_is_told_with_its_place_and_the_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(IGNORE_FILE);
        for (text, line, said) in [
            ("[[ignore]]\nfile = \"a\"\nrul = \"typo\"\n", 3, "rul"),
            ("[[ignore]]\nrule = \"typo\"\n", 1, "file"),
            ("[[ignore]]\nfile = \"a\"\nrule = \"typo\"\n", 3, "规则组"),
            ("ignore = [{ file = \"a\", rule = \"typo/idoim\" }]\n", 1, "是否指“typo/idiom”"),
            ("[[ignore]]\nfile = \"a\"\nrule = \"\"\n", 3, "规则名是空的"),
            ("\n[[ignore]\n", 2, "TOML"),
            ("# 注\n<<<<<<< HEAD\n", 2, "合并冲突"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = IgnoreFile::read(&path).unwrap_err();
            assert!(error.message.contains(said), "{error}");
            let message = IgnoreFile::add(&path, &folder.path().join("a"), place("甲")).unwrap_err();
            assert!(message.contains(&format!("{IGNORE_FILE}:{line}:")), "{message}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn the_nearest_file_up_to_the_project_is_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        std::fs::write(root.join(IGNORE_FILE), "").unwrap();
        assert_eq!(locate(&root.join("a/b")), Some(root.join(IGNORE_FILE)));
        std::fs::write(root.join("a").join(FILE_NAME), "").unwrap();
        assert_eq!(locate(&root.join("a/b")), None);
    }
}
