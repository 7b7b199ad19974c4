//! `zhubi learn`: terms that an archive uses and the lexicon lacks, for a person to review.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use aho_corasick::AhoCorasick;
use clap::Args;
use jieba_rs::Jieba;
use rayon::prelude::*;

use super::{FAILED, Failure, Outcome, say};
use crate::chinese::terms::{Least, Term, terms};
use crate::config::{Config, words_of};
use crate::files::walk::Walk;
use crate::files::{self, replace};
use crate::finding::Diagnostic;
use crate::lint::Linter;
use crate::text::charset::{self, Charset};
use crate::text::document::Document;
use crate::typo::detector;
use crate::typo::words;

/// Arguments of `zhubi learn`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 本单位的旧稿：文件、文件夹，或“-”（标准输入）
    #[arg(value_name = "路径", required = true)]
    paths: Vec<PathBuf>,
    /// 至少出现这么多次才算（默认 5）
    #[arg(long, value_name = "次数", default_value_t = 5)]
    least: u32,
    /// 至少见于这么多份稿子才算（默认 2；稿子不够就按稿子数）
    #[arg(long, value_name = "份数", default_value_t = 2)]
    drafts: u32,
    /// 写入这个词表；已有的词和说明保留，新词接在后面。不写则输出到屏幕
    #[arg(long, value_name = "文件")]
    output: Option<PathBuf>,
}

const HEAD: &str = "\
# 词表：一行一个词，制表符后面是说明。\
请读一遍，删去不是词的，再写进 zhubi.toml 的 [dictionary] files。\n";

/// The share of its uses in which a term begins and ends at word boundaries.
const WHOLE: f64 = 0.7;
/// The share of its uses that may lie in a typo.
const WRONG: f64 = 0.5;

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let (documents, failed) = read(&arguments.paths)?;
    let prose: Vec<String> = documents.iter().map(prose).collect();
    let least = Least { count: arguments.least, documents: arguments.drafts };
    let found = terms(&prose, least, |text| detector().is_word(text));
    drop(prose);
    let found = whole_terms(found, &documents);
    let code = ExitCode::from(if failed { FAILED } else { 0 });
    let drafts = documents.len();
    let Some(file) = &arguments.output else {
        let mut out = anstream::stdout().lock();
        write!(out, "{HEAD}{}", lines(&found, &HashSet::new()))?;
        out.flush()?;
        say(format!("读了{drafts}份稿子，找到{}个词{}", found.len(), remedy(arguments, &found)));
        return Ok(code);
    };
    let (before, charset) = if file.exists() {
        let source = files::read_own(file).map_err(Failure::say)?;
        if source.unread > 0 {
            return Err(Failure::say(format!("{}：有无法识别的字节，请用 UTF-8 编码另存", file.display())));
        }
        (source.text, source.charset)
    } else {
        (HEAD.to_owned(), Charset::Utf8)
    };
    let known: HashSet<&str> = words_of(&before).collect();
    let new = lines(&found, &known);
    let count = new.lines().count();
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    replace::replace(file, &charset::encode(&format!("{before}{gap}{new}"), charset))
        .map_err(Failure::say)?;
    let read_it = if count > 0 { "，请读一遍再用" } else { "" };
    let remedy = remedy(arguments, &found);
    say(format!("读了{drafts}份稿子，{}新增{count}个词{read_it}{remedy}", file.display()));
    Ok(code)
}

/// What to try if nothing was found.
fn remedy(arguments: &Arguments, found: &[Term]) -> String {
    if !found.is_empty() {
        return String::new();
    }
    let (least, drafts) = (arguments.least, arguments.drafts);
    format!("（要出现{least}次、见于{drafts}份稿子；可用 --least、--drafts 放宽，或多给一些旧稿）")
}

/// The documents, and whether some path could not be read, which is reported at once.
fn read(paths: &[PathBuf]) -> Result<(Vec<Document>, bool), Failure> {
    let mut files = Vec::new();
    let mut faults = Vec::new();
    let mut documents = Vec::new();
    if paths.iter().any(|path| path == Path::new("-")) {
        match files::read_stdin(None).and_then(|input| input.document()) {
            Ok(document) => documents.push(document),
            Err(message) => faults.push(message),
        }
    }
    for path in paths.iter().filter(|path| *path != Path::new("-")) {
        match files::expand(path) {
            Ok(paths) => {
                for path in paths {
                    let walk = Walk::over(&path, &[], false);
                    files.extend(walk.files);
                    faults.extend(walk.faults);
                }
            }
            Err(message) => faults.push(message),
        }
    }
    let mut known = HashSet::new();
    files.retain(|file| known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())));
    let read: Vec<Result<Document, String>> =
        files.par_iter().map(|file| files::read(file)?.document()).collect();
    for read in read {
        match read {
            Ok(document) => documents.push(document),
            Err(message) => faults.push(message),
        }
    }
    faults.iter().for_each(say);
    if documents.is_empty() {
        return Err(Failure::say(format!("没有读到稿子（{}）", files::usual_extensions())));
    }
    Ok((documents, !faults.is_empty()))
}

fn prose(document: &Document) -> String {
    document.blocks().iter().map(|block| document.text(block)).collect::<Vec<_>>().join("\n")
}

/// The uses of a term.
#[derive(Clone, Copy, Default)]
struct Uses {
    all: usize,
    /// Those that begin and end at word boundaries.
    whole: usize,
    /// Those in which there is a typo.
    wrong: usize,
}

/// The terms that are mostly whole words, mostly right, and no phrases.
fn whole_terms(mut found: Vec<Term>, documents: &[Document]) -> Vec<Term> {
    // Only here: it takes 33 MB and 0.1 s.
    let jieba = Jieba::new();
    found.retain(|term| !is_phrase(&jieba, &term.text));
    let Ok(search) = AhoCorasick::new(found.iter().map(|term| &term.text)) else { return Vec::new() };
    let config = Config { select: Some(vec!["typo".to_owned()]), ..Config::default() };
    let linter = Linter::new(&config);
    let none = || vec![Uses::default(); found.len()];
    let uses = documents.par_iter().map(|document| {
        let mut uses = none();
        tally(document, &linter.check(document), &search, &jieba, &mut uses);
        uses
    });
    let uses = uses.reduce(none, |mut a, b| {
        for (a, b) in a.iter_mut().zip(b) {
            (a.all, a.whole, a.wrong) = (a.all + b.all, a.whole + b.whole, a.wrong + b.wrong);
        }
        a
    });
    let is_term = |uses: &Uses| {
        uses.whole as f64 >= WHOLE * uses.all as f64 && uses.wrong as f64 <= WRONG * uses.all as f64
    };
    found.into_iter().zip(uses).filter_map(|(term, uses)| is_term(&uses).then_some(term)).collect()
}

/// Does a term begin as phrases do: with a verb and its object (实现新突破), or with a word that needs one
/// before or after it (向各民主党派, 级智能工厂)? Verbs of one character are also prefixes (跨区域), and
/// others may have a suffix (集聚区).
fn is_phrase(jieba: &Jieba, term: &str) -> bool {
    let words = jieba.tag(term, false);
    let [first, second, ..] = &words[..] else { return false };
    let is_single = |word: &str| word.chars().nth(1).is_none();
    match first.tag {
        "v" => !is_single(first.word) && (words.len() > 2 || !is_single(second.word)),
        tag => DEPENDENT.contains(&tag),
    }
}

/// jieba's tags of conjunctions, adverbs, prepositions, measure words and pronouns.
const DEPENDENT: [&str; 5] = ["c", "d", "p", "q", "r"];

/// How many typos before a place are looked at: a long one may begin before several others.
const NEAR: usize = 8;

fn tally(document: &Document, typos: &[Diagnostic], search: &AhoCorasick, jieba: &Jieba, uses: &mut [Uses]) {
    for block in document.blocks() {
        let text = document.text(block);
        let words = jieba.cut(text, false);
        let ends_word = |at: usize| at == 0 || words.binary_search_by_key(&at, |word| word.byte_end).is_ok();
        for hit in search.find_overlapping_iter(text) {
            let place = block.to_source(hit.range());
            let uses = &mut uses[hit.pattern().as_usize()];
            // They are in order.
            let before = typos.partition_point(|d| d.range.start < place.end);
            let is_wrong = typos[..before].iter().rev().take(NEAR).any(|d| place.start < d.range.end);
            uses.all += 1;
            let is_whole =
                ends_word(hit.start()) && ends_word(hit.end()) && words::is_whole(text, &hit.range());
            uses.whole += usize::from(is_whole);
            uses.wrong += usize::from(is_wrong);
        }
    }
}

/// The lines that a word list needs for the terms it does not have.
fn lines(found: &[Term], known: &HashSet<&str>) -> String {
    let mut lines = String::new();
    for term in found.iter().filter(|term| !known.contains(term.text.as_str())) {
        let _ = writeln!(lines, "{}\t{}次，{}份稿子", term.text, term.count, term.documents);
    }
    lines
}
