//! Writes a file so that it is whole at any moment.

use std::path::{Path, PathBuf};

use super::input;

/// Writes aside and renames. Permissions are kept, and a link is followed: what it points to is replaced, not the link.
///
/// # Errors
/// A message in Chinese; the file is then as it was.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed =
        |error: std::io::Error| format!("{}：没有写入，原文未动：{}", path.display(), input::reason(&error));
    let path = if path.exists() { std::fs::canonicalize(path).map_err(failed)? } else { path.to_owned() };
    let mut aside = path.clone().into_os_string();
    aside.push(format!(".zhubi-{}", std::process::id()));
    let aside = PathBuf::from(aside);
    let permissions = std::fs::metadata(&path).map(|metadata| metadata.permissions()).ok();
    std::fs::write(&aside, bytes)
        .and_then(|()| permissions.map_or(Ok(()), |kept| std::fs::set_permissions(&aside, kept)))
        .and_then(|()| std::fs::rename(&aside, &path))
        .map_err(|error| {
            let _ = std::fs::remove_file(&aside);
            failed(error)
        })
}
