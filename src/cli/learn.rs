//! `zhubi learn`: the terms that an archive uses steadily and the lexicon lacks, for a person to read and to keep.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{FAILED, Failure, Outcome, input, output, say};
use crate::chinese::terms::{Term, terms};
use crate::chinese::typo::detector;
use crate::config::words_of;
use crate::text::document::Document;
use crate::text::format::Format;

/// Arguments of `zhubi learn`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 本单位的旧稿：文件或文件夹
    #[arg(value_name = "路径", required = true)]
    paths: Vec<PathBuf>,
    /// 至少出现这么多次才算
    #[arg(long, value_name = "次数", default_value_t = 5)]
    least: u32,
    /// 写入这个词表；已有的词和说明保留，新词接在后面。不写则输出到屏幕
    #[arg(long, value_name = "文件")]
    output: Option<PathBuf>,
}

const HEAD: &str = "# 词表：一行一个词，制表符后面是说明。请读一遍，删去不是词的，再写进 zhubi.toml 的 [dictionary] files。\n";

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let (documents, failed) = read(&arguments.paths);
    let found = terms(&documents, arguments.least, |text| detector().is_word(text));
    let code = ExitCode::from(if failed { FAILED } else { 0 });
    let Some(file) = &arguments.output else {
        let mut out = anstream::stdout().lock();
        write!(out, "{HEAD}{}", lines(&found, &HashSet::new()))?;
        return Ok(code);
    };
    let fail = |message: String| {
        say(message);
        Failure::Said
    };
    let before = if file.exists() { input::read(file).map_err(fail)?.text } else { HEAD.to_owned() };
    let known: HashSet<&str> = words_of(&before).collect();
    let new = lines(&found, &known);
    let count = new.lines().count();
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    output::replace(file, format!("{before}{gap}{new}").as_bytes()).map_err(fail)?;
    say(format!("读了{}份稿子，{}新增{count}个词，请读一遍再用", documents.len(), file.display()));
    Ok(code)
}

/// The prose of the documents; and whether one could not be read, which is said at once.
fn read(paths: &[PathBuf]) -> (Vec<String>, bool) {
    let mut documents = Vec::new();
    let mut failed = false;
    let mut fail = |message: String| {
        say(message);
        failed = true;
    };
    for path in paths {
        let files = input::files(path, &[]).unwrap_or_else(|messages| {
            messages.into_iter().for_each(&mut fail);
            Vec::new()
        });
        for file in files {
            match input::read(&file) {
                Ok(source) => {
                    let document = Document::new(source.text, Format::of_path(&file));
                    let blocks = document.blocks().iter().map(|block| document.text(block));
                    documents.push(blocks.collect::<Vec<_>>().join("\n"));
                }
                Err(message) => fail(message),
            }
        }
    }
    (documents, failed)
}

/// The lines of a list of words for the terms that it does not have yet.
fn lines(found: &[Term], known: &HashSet<&str>) -> String {
    let mut lines = String::new();
    for term in found.iter().filter(|term| !known.contains(term.text.as_str())) {
        let _ = writeln!(lines, "{}\t{}次，{}份稿子", term.text, term.count, term.documents);
    }
    lines
}
