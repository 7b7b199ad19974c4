//! How reports name files: with `/` on every system, from the root of the repository where a host wants that.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// A path as it was named or found, without `./` before it.
pub(super) fn shown(path: &Path) -> String {
    let text = slashed(path);
    text.strip_prefix("./").map_or(text.as_str(), |rest| rest.trim_start_matches('/')).to_owned()
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// The repository that the run is in.
pub(super) struct Repository {
    /// The folder from which relative paths count.
    current: PathBuf,
    root: PathBuf,
}

/// The variables in which jobs of GitHub and GitLab find the folder that the repository is in.
const WORKSPACES: [&str; 2] = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];

impl Default for Repository {
    /// The repository about the current folder: the nearest with a `.git`, or the workspace of the job, or
    /// else the current folder itself.
    fn default() -> Self {
        let current = std::env::current_dir().unwrap_or_default();
        let holds_git = |folder: &&Path| folder.join(".git").exists();
        let workspace = || {
            let named = WORKSPACES.into_iter().filter_map(std::env::var_os).map(PathBuf::from);
            named.into_iter().find(|folder| folder.is_absolute() && current.starts_with(folder))
        };
        let root = current.ancestors().find(holds_git).map(Path::to_owned);
        let root = root.or_else(workspace).unwrap_or_else(|| current.clone());
        Self { current, root }
    }
}

impl Repository {
    /// The file's path from the root; the whole path of a file outside.
    pub(super) fn path(&self, file: &Path) -> String {
        match self.inside(file) {
            Ok(relative) => slashed(&relative),
            Err(absolute) => slashed(&absolute),
        }
    }

    /// The file's URI, relative to that of the root; or the whole URI of a file outside.
    pub(super) fn uri(&self, file: &Path) -> Result<String, String> {
        match self.inside(file) {
            Ok(relative) => Ok(encoded(relative.as_os_str())),
            Err(absolute) => Err(file_uri(&absolute)),
        }
    }

    /// The URI of the root, with the `/` at its end that makes it a base.
    pub(super) fn root_uri(&self) -> String {
        let uri = file_uri(&self.root);
        if uri.ends_with('/') { uri } else { uri + "/" }
    }

    /// The path from the root; or the whole path of a file outside.
    fn inside(&self, file: &Path) -> Result<PathBuf, PathBuf> {
        let absolute = without_dots(&self.current.join(file));
        let relative = |path: &Path| path.strip_prefix(&self.root).ok().map(Path::to_owned);
        // The root itself may have been reached through a link.
        let inside = relative(&absolute).or_else(|| relative(&absolute.canonicalize().ok()?));
        inside.filter(|path| !path.as_os_str().is_empty()).ok_or(absolute)
    }
}

/// The path without `.` and `..`. Links are not followed: a host knows a file by its name in the repository.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(plain.pop()),
            other => plain.push(other),
        }
    }
    plain
}

/// What stands in the path of a URI as it is (RFC 3986): the unreserved characters, and what parts the names.
const AS_IT_IS: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn file_uri(absolute: &Path) -> String {
    let path = encoded(absolute.as_os_str());
    match path.strip_prefix("//") {
        // A share of Windows: its server is the authority.
        Some(share) if cfg!(windows) => format!("file://{share}"),
        _ if path.starts_with('/') => format!("file://{path}"),
        _ => format!("file:///{path}"),
    }
}

/// The bytes of a name, which need not be UTF-8.
fn encoded(path: &OsStr) -> String {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path);
    #[cfg(not(unix))]
    let text = slashed(Path::new(path));
    #[cfg(not(unix))]
    let bytes = text.as_bytes();
    percent_encode(bytes, &AS_IT_IS).to_string()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn repository() -> Repository {
        Repository { current: "/work/某 单位/稿".into(), root: "/work/某 单位".into() }
    }

    #[test]
    fn paths_are_from_the_root_of_the_repository() {
        let path = |file: &str| repository().path(Path::new(file));
        for file in ["a.txt", "./a.txt", "../稿/a.txt", "x/../a.txt", "/work/某 单位/稿/a.txt"] {
            assert_eq!(path(file), "稿/a.txt", "{file}");
        }
        assert_eq!(path("../b.txt"), "b.txt");
        assert_eq!(path("../../b.txt"), "/work/b.txt");
        assert_eq!(path("/tmp/b.txt"), "/tmp/b.txt");
        assert_eq!(path("<标准输入>"), "稿/<标准输入>");
    }

    #[test]
    fn uris_are_ascii_and_decode_to_the_name() {
        let uri = |file: &str| repository().uri(Path::new(file));
        let decoded =
            |uri: &str| percent_encoding::percent_decode_str(uri).decode_utf8().unwrap().into_owned();
        for name in ["稿 1#2.txt", "100%.md", "a:b?c.txt", "“引”'\"&<>.txt", "😀.txt", "a\\b\n.txt"] {
            let uri = uri(name).unwrap();
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
            assert!(uri.chars().all(is_plain), "{uri}");
            assert_eq!(decoded(&uri), format!("稿/{name}"));
        }
        assert_eq!(uri("../稿.txt").unwrap(), "%E7%A8%BF.txt");
        assert_eq!(uri("/tmp/a b.txt").unwrap_err(), "file:///tmp/a%20b.txt");
        assert_eq!(repository().root_uri(), "file:///work/%E6%9F%90%20%E5%8D%95%E4%BD%8D/");
    }

    #[test]
    fn a_name_that_is_no_utf8_keeps_its_bytes_in_a_uri() {
        use std::os::unix::ffi::OsStrExt as _;
        let name = Path::new(OsStr::from_bytes(b"\xB8\xE5.txt"));
        assert_eq!(repository().uri(name).unwrap(), "%E7%A8%BF/%B8%E5.txt");
        assert_eq!(shown(name), "\u{FFFD}\u{FFFD}.txt");
    }

    #[test]
    fn paths_are_shown_without_a_dot() {
        for (path, expected) in [("./a.txt", "a.txt"), (".//a.txt", "a.txt"), ("../a.txt", "../a.txt")] {
            assert_eq!(shown(Path::new(path)), expected);
        }
    }
}
