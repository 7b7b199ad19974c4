//! What a draft is called in a file of ours that knows it: its path from there, so that the name holds on any
//! machine.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};

use super::real;

/// The name of a draft in a file of a folder, which has no links.
pub(crate) fn of(draft: &Path, folder: &Path) -> String {
    name(&relative(&real(draft), folder))
}

/// The way from a folder to a path, over their common folder; the path itself where they have none.
fn relative(path: &Path, folder: &Path) -> PathBuf {
    let shared = path.components().zip(folder.components()).take_while(|(one, other)| one == other);
    let shared: Vec<Component<'_>> = shared.map(|(component, _)| component).collect();
    if !shared.iter().any(|component| matches!(component, Component::Normal(_))) {
        return path.to_owned();
    }
    let up = folder.components().skip(shared.len()).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared.len())).collect()
}

/// A path as text: with `/` on every system, and with `%B8` for a byte that is no UTF-8.
fn name(path: &Path) -> String {
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str());
    #[cfg(not(unix))]
    let text = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    #[cfg(not(unix))]
    let bytes = text.as_bytes();
    let mut name = String::new();
    for chunk in bytes.utf8_chunks() {
        name += &chunk.valid().replace('%', "%25");
        name.extend(percent_encode(chunk.invalid(), NON_ALPHANUMERIC));
    }
    name
}

/// The path of such a text.
pub(crate) fn path(name: &str) -> PathBuf {
    let bytes: Vec<u8> = percent_decode_str(name).collect();
    #[cfg(unix)]
    let path = <OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(&bytes).into();
    #[cfg(not(unix))]
    let path = String::from_utf8_lossy(&bytes).into_owned().into();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_back_to_its_path() {
        for it in ["a.txt", "../稿/a b.txt", "100%.md", "a%25.txt", "/tmp/a\\b\n.txt"] {
            assert_eq!(path(&name(Path::new(it))), Path::new(it));
        }
        #[cfg(unix)]
        {
            let strange: &OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"\xB8\xE5%.txt");
            assert_eq!(name(Path::new(strange)), "%B8%E5%25.txt");
            assert_eq!(path("%B8%E5%25.txt"), Path::new(strange));
        }
    }

    #[test]
    fn names_are_from_the_folder_of_the_baseline() {
        for (file, way) in
            [("/w/ci/a.txt", "a.txt"), ("/w/稿/a.txt", "../稿/a.txt"), ("/tmp/a.txt", "/tmp/a.txt")]
        {
            assert_eq!(relative(Path::new(file), Path::new("/w/ci")), Path::new(way));
        }
    }
}
