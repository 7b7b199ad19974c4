//! What was found in a draft, kept on disk: `--cache`.
//!
//! An entry is known by a hash of all that its findings depend on: the bytes of the draft, its format, the
//! configuration with its packs and words, and the build of zhubi. So an entry can be unused, but not stale.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::files::{Input, folder_of, reason};
use crate::finding::{Diagnostic, Fix, Related, Severity};
use crate::lint::Linter;
use crate::rules;

/// Entries that nobody has asked for so long are removed.
const KEPT: Duration = Duration::from_secs(30 * DAY);
const DAY: u64 = 24 * 60 * 60;

/// By this file a folder is known to be a cache.
const TAG: &str = "CACHEDIR.TAG";

/// A folder of entries.
#[derive(Debug)]
pub(super) struct ResultCache {
    folder: PathBuf,
    /// A hash of this build, to which the parts of an entry's key are added.
    build: blake3::Hasher,
}

/// A finding as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    #[serde(borrow)]
    rule: std::borrow::Cow<'a, str>,
    severity: Severity,
    start: usize,
    end: usize,
    message: String,
    fixes: Vec<Fix>,
    related: Vec<Related>,
    confidence: Option<f32>,
}

impl ResultCache {
    /// Opens a folder, and makes it where there is none; one that git passes over.
    ///
    /// # Errors
    /// A message: it cannot be made or written.
    pub(super) fn open(folder: &Path) -> Result<Self, String> {
        // Among drafts, our .gitignore would hide them.
        let is_empty = || fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none());
        if folder.is_dir() && !folder.join(TAG).exists() && !is_empty() {
            return Err(format!(
                "{}：里面有别的东西，不能用作缓存；请用 --cache-dir 另选一个空的或还没有的文件夹",
                folder.display()
            ));
        }
        let made = || -> io::Result<()> {
            fs::create_dir_all(folder)?;
            let make = |name, text: &str| {
                let file = folder.join(name);
                // An empty one was cut short by a full disk.
                let is_there = |it: fs::Metadata| !it.is_file() || it.len() > 0;
                if file.symlink_metadata().is_ok_and(is_there) { Ok(()) } else { put(&file, text.as_bytes()) }
            };
            // <https://bford.info/cachedir/>: programs that make copies pass over it. It comes first: we know
            // our own by it.
            make(TAG, "Signature: 8a477f597d28d172789f06886806bc55\n# zhubi check --cache\n")?;
            make(".gitignore", "*\n")
        };
        made().map_err(|error| {
            format!("{}：不能用作缓存：{}；请用 --cache-dir 另选一个文件夹", folder.display(), reason(&error))
        })?;
        let mut build = blake3::Hasher::new();
        build.update(env!("ZHUBI_BUILD").as_bytes());
        for part in zhubi_model::FILES {
            build.update(part);
        }
        Ok(Self { folder: folder.to_owned(), build })
    }

    /// The file of a draft's entry.
    pub(super) fn entry(&self, input: &Input, linter: &Linter) -> PathBuf {
        // All but the last have one length.
        let mut hasher = self.build.clone();
        hasher.update(linter.digest()).update(&[input.format as u8]).update(&input.bytes);
        let key = hasher.finalize().to_hex();
        self.folder.join(&key[..2]).join(&key[2..])
    }
}

/// What an entry holds for a text; none where there is none that can be used.
pub(super) fn load(entry: &Path, source: &str) -> Option<Vec<Diagnostic>> {
    // Whatever is no file of ours is let alone: a pipe would never end.
    let bytes =
        entry.symlink_metadata().ok().filter(fs::Metadata::is_file).and_then(|_| fs::read(entry).ok())?;
    let stored: Vec<Stored<'_>> = serde_json::from_slice(&bytes).ok()?;
    let is_place = |start, end| start <= end && source.get(start..end).is_some();
    let diagnostic = |it: Stored<'_>| {
        let edits = it.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.range);
        let related = it.related.iter().map(|related| &related.range);
        let all_fit = edits.chain(related).all(|range| is_place(range.start, range.end));
        (all_fit && is_place(it.start, it.end)).then_some(())?;
        Some(Diagnostic {
            rule: rules::find(&it.rule)?.id,
            severity: it.severity,
            range: it.start..it.end,
            message: it.message,
            fixes: it.fixes,
            related: it.related,
            confidence: it.confidence,
        })
    };
    let findings = stored.into_iter().map(diagnostic).collect();
    touch(entry);
    findings
}

/// Keeps what was found. What cannot be kept is found again next time.
pub(super) fn store(entry: &Path, findings: &[Diagnostic]) {
    let stored: Vec<Stored<'_>> = findings
        .iter()
        .map(|d| Stored {
            rule: d.rule.into(),
            severity: d.severity,
            start: d.range.start,
            end: d.range.end,
            message: d.message.clone(),
            fixes: d.fixes.clone(),
            related: d.related.clone(),
            confidence: d.confidence,
        })
        .collect();
    let written = || -> io::Result<()> {
        fs::create_dir_all(folder_of(entry))?;
        put(entry, &serde_json::to_vec(&stored)?)
    };
    if let Err(error) = written() {
        tracing::warn!(entry = %entry.display(), %error, "the findings are not cached");
    }
}

/// Writes a file whole, so that nobody reads half of it, and in the place of whatever is there: a link is not
/// followed.
fn put(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut new = tempfile::Builder::new();
    // As any other file: what is in it is no secret, and git has to read its own.
    #[cfg(unix)]
    new.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    let mut new = new.tempfile_in(folder_of(file))?;
    new.write_all(bytes)?;
    new.persist(file)?;
    Ok(())
}

/// Marks an entry as used today.
fn touch(entry: &Path) {
    if age(entry).is_some_and(|age| age > Duration::from_secs(DAY)) {
        let file = fs::File::options().append(true).open(entry);
        let _ = file.and_then(|file| file.set_modified(SystemTime::now()));
    }
}

fn age(file: &Path) -> Option<Duration> {
    fs::metadata(file).ok()?.modified().ok()?.elapsed().ok()
}

impl ResultCache {
    /// Removes what has not been used for long, once a day.
    pub(super) fn sweep(&self) {
        let stamp = self.folder.join("swept");
        if age(&stamp).is_some_and(|age| age < Duration::from_secs(DAY)) {
            return;
        }
        if put(&stamp, b"").is_err() {
            return;
        }
        let files = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
        // Only what looks like our own: the folder may have been chosen badly.
        let is_ours = |folder: &PathBuf| {
            let name = folder.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        for entry in files(&self.folder).filter(is_ours).flat_map(|folder| files(&folder).collect::<Vec<_>>())
        {
            let has_name = entry.file_name().is_some_and(|name| name.len() == blake3::OUT_LEN * 2 - 2);
            if has_name && age(&entry).is_some_and(|age| age > KEPT) {
                let _ = fs::remove_file(entry);
            }
        }
    }
}
