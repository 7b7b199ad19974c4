//! Writes a file atomically, without losing what somebody else saved meanwhile.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{folder_of, reason};

/// Writes a temporary file and renames it, whatever the file holds now. A pipe or a device takes the bytes
/// and stays what it is.
///
/// # Errors
/// A message in Chinese; the file is then as it was.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if !is_stream(path) {
        return write(path, None, bytes);
    }
    let sent = OpenOptions::new().append(true).open(path).and_then(|mut stream| stream.write_all(bytes));
    sent.map_err(|error| format!("{}：没有写入：{}", path.display(), reason(&error)))
}

/// Is it a pipe, a device, or a name for what is open already, which may be a file: /dev/stderr?
fn is_stream(path: &Path) -> bool {
    let is_special = |it: Metadata| !it.is_file() && !it.is_dir();
    std::fs::metadata(path).is_ok_and(is_special)
        || cfg!(unix) && ["/dev/stderr", "/dev/fd", "/proc"].iter().any(|open| path.starts_with(open))
}

/// The same where the file still holds `before`.
///
/// # Errors
/// A message in Chinese: it is read-only, cannot be written, or has been saved meanwhile. It is then as it
/// was.
pub(crate) fn exchange(path: &Path, before: &[u8], bytes: &[u8]) -> Result<(), String> {
    write(path, Some(before), bytes)
}

/// Writes a file that is not there yet.
///
/// # Errors
/// A message in Chinese: there is one by now, or it cannot be written.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let failed = |error: io::Error| format!("{}：没有写入：{}", path.display(), reason(&error));
    let folder = folder_of(path);
    let new = aside(folder, bytes).map_err(failed)?;
    make_ordinary(&new, folder).map_err(failed)?;
    new.persist_noclobber(path).map(drop).map_err(|error| failed(error.error))
}

/// Writes a file that held `before`, or was not there.
///
/// # Errors
/// A message in Chinese, as of [`exchange`] and [`create`].
pub(crate) fn put(path: &Path, before: Option<&[u8]>, bytes: &[u8]) -> Result<(), String> {
    match before {
        Some(before) => exchange(path, before, bytes),
        // A link may lead to where it is to be.
        None if path.is_symlink() => replace(path, bytes),
        None => create(path, bytes),
    }
}

/// Waits until no other run writes in a folder: between comparing a file and replacing it another could.
/// Where a system locks no folders, the comparison has to do.
pub(crate) fn alone(folder: &Path) -> Option<File> {
    File::open(folder).ok().filter(|folder| folder.lock().is_ok())
}

/// A new file beside the one that it is to become.
fn aside(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix(".zhubi-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Permissions and owner are kept, and a link is followed: its target is replaced, not the link. Where a new
/// file could not be like the old one (hard links, an owner that we cannot set, extended attributes or an
/// access control list) the old one is overwritten, with a copy kept aside until that is done.
fn write(path: &Path, before: Option<&[u8]>, bytes: &[u8]) -> Result<(), String> {
    let named = |why: &str| format!("{}：没有写入，原文未动：{why}", path.display());
    let failed = |error: io::Error| named(&reason(&error));
    let target =
        if path.exists() { std::fs::canonicalize(path).map_err(failed)? } else { end_of_links(path) };
    let folder = folder_of(&target);
    let metadata = std::fs::metadata(&target).ok();
    if metadata.as_ref().is_some_and(|it| it.permissions().readonly()) {
        return Err(named("文件是只读的"));
    }
    if metadata.is_some() {
        // Renaming needs no permission to write the file itself, so check for it.
        OpenOptions::new().write(true).open(&target).map_err(failed)?;
    }
    let unchanged = || match before.map(|before| std::fs::read(&target).map(|now| now == before)) {
        Some(Ok(false)) => Err(named("检查期间文件又有改动，请再运行一次")),
        Some(Err(error)) => Err(failed(error)),
        None | Some(Ok(true)) => Ok(()),
    };
    let new = aside(folder, bytes).map_err(failed)?;
    let is_alike = match &metadata {
        Some(old) => make_alike(&new, &target, old).map_err(failed)?,
        None => make_ordinary(&new, folder).map(|()| true).map_err(failed)?,
    };
    if is_alike {
        unchanged()?;
        return new.persist(&target).map(drop).map_err(|error| failed(error.error));
    }
    let old = std::fs::read(&target).and_then(|old| aside(folder, &old)).map_err(failed)?;
    unchanged()?;
    write_over(&target, bytes, old).map_err(|message| format!("{}：{message}", path.display()))
}

/// As many links as systems follow.
const MAX_LINKS: usize = 40;

/// The target of a link whose file does not exist yet: the link itself stays.
fn end_of_links(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(next) = path.read_link() else { break };
        path = path.parent().unwrap_or(Path::new("")).join(next);
    }
    path
}

/// Overwrites a file. If that fails half-way, the copy `old` is kept and named in the message.
fn write_over(target: &Path, bytes: &[u8], old: NamedTempFile) -> Result<(), String> {
    let written = OpenOptions::new().write(true).truncate(true).open(target).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| {
        let kept = old.keep().map_or_else(|_| PathBuf::new(), |(_, path)| path);
        format!("没有写完（{}），原文另存在 {}", reason(&error), kept.display())
    })
}

/// Gives a new file the owner and permissions of the old one; false where it cannot be made like it.
#[cfg(unix)]
fn make_alike(new: &NamedTempFile, target: &Path, old: &Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    // An access control list, which the new file may inherit, changes what group permissions mean.
    if old.nlink() > 1 || has_attributes(target) || has_attributes(new.path()) {
        return Ok(false);
    }
    let own = new.as_file().metadata()?;
    if (own.uid(), own.gid()) != (old.uid(), old.gid())
        && fchown(new.as_file(), Some(old.uid()), Some(old.gid())).is_err()
    {
        return Ok(false);
    }
    new.as_file().set_permissions(old.permissions())?;
    Ok(true)
}

/// Has a file extended attributes, such as an access control list? The security label that a system gives to
/// every file does not count.
#[cfg(unix)]
fn has_attributes(path: &Path) -> bool {
    xattr::list(path).is_ok_and(|mut names| names.any(|name| name != "security.selinux"))
}

#[cfg(not(unix))]
fn make_alike(new: &NamedTempFile, _: &Path, old: &Metadata) -> io::Result<bool> {
    new.as_file().set_permissions(old.permissions())?;
    Ok(true)
}

/// Gives a file that did not exist the usual permissions: temporary files are private to their owner.
#[cfg(unix)]
fn make_ordinary(new: &NamedTempFile, folder: &Path) -> io::Result<()> {
    let probe = tempfile::Builder::new()
        .prefix(".zhubi-")
        .make_in(folder, |path| OpenOptions::new().write(true).create_new(true).open(path))?;
    new.as_file().set_permissions(probe.as_file().metadata()?.permissions())
}

#[cfg(not(unix))]
fn make_ordinary(_: &NamedTempFile, _: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_meanwhile_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "甲又乙").unwrap();
        let refused = exchange(&file, "甲".as_bytes(), "丙".as_bytes());
        assert!(matches!(&refused, Err(why) if why.contains("又有改动")), "{refused:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "甲又乙");
        exchange(&file, "甲又乙".as_bytes(), "丙".as_bytes()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "丙");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside");
    }

    #[test]
    fn a_file_with_another_name_is_not_changed_over_a_save_either() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.txt"), folder.path().join("b.txt"));
        std::fs::write(&a, "甲又乙").unwrap();
        std::fs::hard_link(&a, &b).unwrap();
        assert!(exchange(&a, "甲".as_bytes(), "丙".as_bytes()).is_err());
        assert_eq!(std::fs::read_to_string(&b).unwrap(), "甲又乙");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_with_attributes_keeps_them_and_is_written_itself() {
        use std::os::unix::fs::MetadataExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "甲").unwrap();
        let inode = std::fs::metadata(&file).unwrap().ino();
        // Not every disk has them.
        if xattr::set(&file, "user.origin", "县局".as_bytes()).is_err() {
            return;
        }
        exchange(&file, "甲".as_bytes(), "乙".as_bytes()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "乙");
        assert_eq!(xattr::get(&file, "user.origin").unwrap().as_deref(), Some("县局".as_bytes()));
        assert_eq!(std::fs::metadata(&file).unwrap().ino(), inode);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_that_is_not_there_yet_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (link, file) = (folder.path().join("link"), folder.path().join("a.txt"));
        std::os::unix::fs::symlink("a.txt", &link).unwrap();
        replace(&link, "甲".as_bytes()).unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "甲");
    }

    #[test]
    fn a_file_that_is_gone_stays_gone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        assert!(exchange(&file, "甲".as_bytes(), "丙".as_bytes()).is_err());
        assert!(!file.exists());
        replace(&file, "丙".as_bytes()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "丙");
    }
}
