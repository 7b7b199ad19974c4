//! What has changed since a revision of git: `--changed-since`.
//!
//! The git program is asked, not a library: it is there wherever a merge request is checked, knows every kind of
//! repository, and says what a library of some hundred crates would say. It names the files; their lines are
//! compared here, as text: git takes UTF-16 for binary.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::files::{self, folder_of, real};
use crate::text::position::LineIndex;

/// The changes in every repository of a run.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<PathBuf, Repository>);

/// The changes in one.
#[derive(Debug)]
struct Repository {
    root: PathBuf,
    /// The commit that is compared with.
    base: String,
    /// The files that differ by their names now, each with its name then; none for a new file.
    changed: HashMap<PathBuf, Option<PathBuf>>,
    /// The files that git knows, each with whether it looks for changes in it: one may be told not to.
    tracked: HashMap<PathBuf, bool>,
}

/// What a file was at the revision.
#[derive(Debug)]
pub(super) enum Before {
    /// As it is now.
    Same,
    /// Not there.
    Absent,
    /// These bytes.
    Bytes(Vec<u8>),
}

impl Changes {
    /// Asks git what has changed, in the working tree, since `revision` and the current branch parted.
    ///
    /// # Errors
    /// A message: a file is in no repository, or git does not know the revision.
    pub(super) fn since<'a>(
        revision: &str,
        files: impl IntoIterator<Item = &'a Path>,
    ) -> Result<Self, String> {
        let mut changes = Self::default();
        let mut seen = HashSet::new();
        for file in files {
            let folder = folder_of(&real(file)).to_owned();
            if seen.contains(&folder) {
                continue;
            }
            let root = root(&folder);
            seen.insert(folder);
            let Some(root) = root else {
                return Err(format!("--changed-since：{} 不在 git 仓库里，没有可比的版本", file.display()));
            };
            if let Entry::Vacant(entry) = changes.0.entry(root) {
                let repository = Repository::open(entry.key(), revision)?;
                entry.insert(repository);
            }
        }
        Ok(changes)
    }

    /// What a file was. What `is_saved` is as git sees it in the working tree.
    ///
    /// # Errors
    /// A message: git cannot say.
    pub(super) fn before(&self, file: &Path, is_saved: bool) -> Result<Before, String> {
        let path = real(file);
        let found = self.0.iter().rev().find_map(|(root, it)| Some((it, path.strip_prefix(root).ok()?)));
        let Some((repository, name)) = found else { return Ok(Before::Absent) };
        match repository.changed.get(name) {
            Some(Some(old)) => repository.bytes(old).map(Before::Bytes),
            Some(None) => Ok(Before::Absent),
            None => match repository.tracked.get(name) {
                Some(true) if is_saved => Ok(Before::Same),
                Some(_) => repository.bytes(name).map(Before::Bytes),
                None => Ok(Before::Absent),
            },
        }
    }
}

/// The root of the working tree that a folder is in. Whatever else is called `.git` is nothing to git.
fn root(folder: &Path) -> Option<PathBuf> {
    let is_root = |folder: &&Path| {
        let git = folder.join(".git");
        git.is_file() || git.join("HEAD").symlink_metadata().is_ok()
    };
    folder.ancestors().find(is_root).map(Path::to_owned)
}

impl Repository {
    fn open(root: &Path, revision: &str) -> Result<Self, String> {
        let commit = format!("{revision}^{{commit}}");
        let remedy = "；在 CI 里请取全历史（GitHub：fetch-depth: 0；GitLab：GIT_DEPTH: 0）";
        let known = git(root, ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
        let Some(tip) = known.map(|out| text(&out).trim().to_owned()) else {
            return Err(format!("--changed-since：{} 里没有“{revision}”这个版本{remedy}", root.display()));
        };
        let Some(base) = git(root, ["merge-base", &tip, "HEAD"])? else {
            return Err(format!("--changed-since：“{revision}”和当前版本没有共同的历史{remedy}"));
        };
        let mut repository = Self {
            root: root.to_owned(),
            base: text(&base).trim().to_owned(),
            changed: HashMap::new(),
            tracked: HashMap::new(),
        };
        let arguments =
            ["diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", &repository.base, "--"];
        let out = expect(git(root, arguments)?)?;
        let mut fields = out.split(|byte| *byte == 0).filter(|field| !field.is_empty());
        while let (Some(status), Some(name)) = (fields.next(), fields.next()) {
            let name = path(name);
            match status[0] {
                b'R' | b'C' => {
                    let Some(new) = fields.next() else { break };
                    repository.changed.insert(path(new), Some(name));
                }
                b'A' => drop(repository.changed.insert(name, None)),
                b'D' => {}
                _ => drop(repository.changed.insert(name.clone(), Some(name))),
            }
        }
        // `H name`; by another letter git says that it does not look: assume-unchanged, skip-worktree.
        let tracked = expect(git(root, ["ls-files", "-v", "-z"])?)?;
        let tracked = tracked.split(|byte| *byte == 0).filter_map(|line| line.split_at_checked(2));
        let tracked = tracked.map(|(tag, name)| (path(name), tag[0].is_ascii_uppercase() && tag[0] != b'S'));
        repository.tracked = tracked.collect();
        Ok(repository)
    }

    /// The bytes of a file at the base, with the line ends of a working tree.
    fn bytes(&self, name: &Path) -> Result<Vec<u8>, String> {
        let mut object = std::ffi::OsString::from(format!("{}:", self.base));
        object.push(name);
        expect(git(&self.root, [OsStr::new("cat-file"), OsStr::new("--filters"), &object])?)
    }
}

/// By these a hook of git says which repository it is for; ours is the one that the draft is in.
const OF_A_HOOK: [&str; 6] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"];

/// What git writes; none where it fails.
fn git<S: AsRef<OsStr>>(
    root: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> Result<Option<Vec<u8>>, String> {
    let mut command = Command::new("git");
    for variable in OF_A_HOOK {
        command.env_remove(variable);
    }
    let run = command.arg("-C").arg(root).args(arguments).output();
    let output = run.map_err(|error| {
        format!("--changed-since 要用 git，但 git 不能运行：{}；请先安装 git", files::reason(&error))
    })?;
    if !output.status.success() && !output.stderr.is_empty() {
        return Err(format!("--changed-since：git 没有做成：{}", text(&output.stderr).trim()));
    }
    Ok(output.status.success().then_some(output.stdout))
}

fn expect(out: Option<Vec<u8>>) -> Result<Vec<u8>, String> {
    out.ok_or_else(|| "--changed-since：git 没有做成".to_owned())
}

fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(text(bytes).into_owned())
}

/// The lines of `after`, from 0, that `before` has not.
pub(super) fn changed_lines(before: &str, after: &str) -> Vec<Range<usize>> {
    let mut input = InternedInput::default();
    input.update_before(lines(before));
    input.update_after(lines(after));
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let after = diff.hunks().map(|hunk| hunk.after.start as usize..hunk.after.end as usize);
    after.filter(|lines| !lines.is_empty()).collect()
}

/// The lines of a text without their ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let index = LineIndex::new(text);
    (0..index.count()).map(move |line| &text[index.line_range(text, line)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_added_or_changed_are_told() {
        assert_eq!(changed_lines("甲\n乙\n丙\n", "甲\r\n乙乙\r\n丙\r\n丁\r\n"), [1..2, 3..4]);
        assert!(changed_lines("甲\n乙\n", "乙\n").is_empty());
        assert_eq!(changed_lines("", "甲\n乙\n").len(), 1);
    }
}
