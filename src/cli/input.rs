//! Standard input and the paths of the command line → what is to be read.

use std::io;
use std::path::{Path, PathBuf};

use crate::files::within_bounds;
pub(crate) use crate::files::{Source, bytes, read, read_own, reason};

use super::exclude::Pattern;
use super::walk::Walk;

/// Reads the bytes of standard input.
///
/// # Errors
/// A message in Chinese.
pub(super) fn stdin_bytes() -> Result<Vec<u8>, String> {
    within_bounds(io::stdin().lock()).map_err(|why| format!("标准输入：{why}"))
}

/// Reads standard input.
///
/// # Errors
/// As [`read`].
pub(super) fn read_stdin() -> Result<Source, String> {
    Source::decode(&stdin_bytes()?).map_err(|error| format!("标准输入：{error}"))
}

/// The files that a path stands for: itself, or the drafts in a folder, without what .gitignore and `exclude` leave
/// out, in the order of their paths.
///
/// # Errors
/// A message in Chinese for each place that cannot be read.
pub(crate) fn files(path: &Path, exclude: &[String]) -> Result<Vec<PathBuf>, Vec<String>> {
    let patterns: Vec<Pattern> = exclude.iter().map(|text| Pattern::new(text, path, false)).collect();
    let walk = Walk::over(path, &patterns, false);
    if walk.faults.is_empty() || !walk.files.is_empty() { Ok(walk.files) } else { Err(walk.faults) }
}

/// What an argument stands for: itself, or the files that fit it where it is a pattern that the shell has left alone, as those of
/// Windows do.
///
/// # Errors
/// A message in Chinese: no file fits the pattern.
pub(super) fn expand(argument: &Path) -> Result<Vec<PathBuf>, String> {
    let text = argument.to_str().filter(|text| text.contains(['*', '?', '[']) && !argument.exists());
    let Some(text) = text else { return Ok(vec![argument.to_owned()]) };
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let found = glob::glob_with(text, options)
        .map_err(|_| format!("“{text}”不合通配符的写法，请检查方括号是否成对"))?;
    let mut found: Vec<PathBuf> = found.filter_map(Result::ok).collect();
    found.sort();
    if found.is_empty() { Err(format!("没有符合“{text}”的文件")) } else { Ok(found) }
}
