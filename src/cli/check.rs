//! `zhubi check`: the lint for people and for CI.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;
use rayon::prelude::*;

use super::settings::{Selection, Settings};
use super::{FAILED, Failure, Outcome, OutputFormat, input, output, say};
use crate::lint::diagnostic::{Applicability, Diagnostic, Severity};
use crate::lint::{Linter, fix};
use crate::report::{Counts, FileReport, json, text};
use crate::rules::style::copied_document;
use crate::text::document::Document;
use crate::text::encoding::{self, Charset};
use crate::text::format::Format;

/// Arguments of `zhubi check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文件、文件夹，或“-”（标准输入）
    #[arg(value_name = "路径", default_value = ".")]
    paths: Vec<PathBuf>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "格式")]
    format: OutputFormat,
    #[command(flatten)]
    selection: Selection,
    /// 只显示这一级及以上的问题：error、warning、info、hint
    #[arg(long, value_name = "级别", default_value = "hint")]
    min_severity: Severity,
    /// 有这一级及以上的问题时，退出状态为 1
    #[arg(long, value_name = "级别", default_value = "error")]
    fail_on: Severity,
    /// 就地改正可以放心自动改的问题
    #[arg(long)]
    fix: bool,
    /// 标准输入的文件名，用来判断格式、寻找配置、显示位置
    #[arg(long, value_name = "文件名")]
    stdin_filename: Option<PathBuf>,
}

/// A thing to check.
enum Target {
    Stdin,
    File(PathBuf),
}

/// What came of a target.
struct Checked {
    path: PathBuf,
    document: Document,
    findings: Vec<Diagnostic>,
    charset: Charset,
    fixed: usize,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut settings = Settings::new(&arguments.selection)?;
    let (targets, mut failed) = targets(arguments, &mut settings)?;
    let mut counts = Counts::default();
    let mut failing = false;
    let mut out = anstream::stdout().lock();
    let mut array = JsonArray::default();
    let mut documents = copied_document::Run::default();
    // In portions, so that a folder of any size takes the memory of a few hundred files; in order.
    for portion in targets.chunks(256) {
        let checked: Vec<Result<Checked, String>> =
            portion.par_iter().map(|(target, linter)| check(target, linter, arguments)).collect();
        for (result, (_, linter)) in checked.into_iter().zip(portion) {
            let mut checked = match result {
                Ok(checked) => checked,
                Err(message) => {
                    say(message);
                    failed = true;
                    continue;
                }
            };
            // One document has nothing to be copied from.
            if targets.len() > 1 {
                let copied = documents.next(
                    &checked.path.display().to_string(),
                    checked.path.canonicalize().ok(),
                    &checked.document,
                );
                checked.findings.extend(linter.report(&checked.document, &copied_document::RULE, copied));
                checked.findings.sort_by_key(|d| d.range.start);
            }
            failing |= checked.findings.iter().any(|d| d.severity >= arguments.fail_on);
            checked.findings.retain(|d| d.severity >= arguments.min_severity);
            counts.add(&checked.findings);
            comment(&checked);
            let report =
                FileReport { path: &checked.path, document: &checked.document, findings: &checked.findings };
            match arguments.format {
                OutputFormat::Text => write!(out, "{}", text::render(&report))?,
                OutputFormat::Json => array.write(&mut out, &json::findings(&report))?,
            }
        }
    }
    match arguments.format {
        OutputFormat::Text => writeln!(out, "{}", text::summary(&counts))?,
        OutputFormat::Json => array.end(&mut out)?,
    }
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::from(u8::from(failing)) })
}

type Targets = Vec<(Target, Arc<Linter>)>;

/// What to check, each with the linter of its folder; and whether a path failed, which is said at once.
fn targets(arguments: &Arguments, settings: &mut Settings<'_>) -> Result<(Targets, bool), Failure> {
    let mut targets = Vec::new();
    let mut failed = false;
    for path in &arguments.paths {
        if path == Path::new("-") {
            let folder = arguments.stdin_filename.as_deref().and_then(Path::parent).unwrap_or(Path::new("."));
            targets.push((Target::Stdin, settings.linter(folder)?));
            continue;
        }
        let exclude = settings.config(path)?.exclude;
        match input::files(path, &exclude) {
            Ok(files) => {
                for file in files {
                    let linter = settings.linter(file.parent().unwrap_or(Path::new(".")))?;
                    targets.push((Target::File(file), linter));
                }
            }
            Err(messages) => {
                messages.iter().for_each(say);
                failed = true;
            }
        }
    }
    Ok((targets, failed))
}

fn check(target: &Target, linter: &Linter, arguments: &Arguments) -> Result<Checked, String> {
    let (source, path) = match target {
        Target::Stdin => {
            let name = arguments.stdin_filename.clone();
            (input::read_stdin()?, name.unwrap_or_else(|| PathBuf::from("<标准输入>")))
        }
        Target::File(path) => (input::read(path)?, path.clone()),
    };
    let format = Format::of_path(&path);
    let mut document = Document::new(source.text, format);
    let mut findings = linter.check(&document);
    let mut fixed = 0;
    if arguments.fix && matches!(target, Target::File(_)) {
        (document, findings, fixed) = fix(document, findings, linter);
        if fixed > 0 {
            output::replace(&path, &encoding::encode(document.source(), source.charset))?;
        }
    }
    Ok(Checked { path, document, findings, charset: source.charset, fixed })
}

/// Applies safe fixes until there are none, or until a few rounds have shown that they do not settle.
fn fix(
    mut document: Document,
    mut findings: Vec<Diagnostic>,
    linter: &Linter,
) -> (Document, Vec<Diagnostic>, usize) {
    let mut fixed = 0;
    for _ in 0..10 {
        let edits = fix::edits(&findings, Applicability::Safe);
        if edits.is_empty() {
            break;
        }
        fixed += edits.len();
        document = Document::new(fix::apply(document.source(), &edits), document.format());
        findings = linter.check(&document);
    }
    (document, findings, fixed)
}

/// What is to be said of a file beside its findings.
fn comment(checked: &Checked) {
    let path = checked.path.display();
    if checked.charset != Charset::Utf8 {
        say(format!("{path}：按 {} 编码读取", checked.charset));
    }
    if checked.fixed > 0 {
        say(format!("{path}：改正{}处", checked.fixed));
    }
}

/// One JSON array over all files, written as it comes.
#[derive(Default)]
struct JsonArray {
    begun: bool,
}

impl JsonArray {
    fn write(&mut self, out: &mut impl std::io::Write, findings: &[json::Finding]) -> std::io::Result<()> {
        for finding in findings {
            write!(out, "{}", if self.begun { ",\n" } else { "[\n" })?;
            self.begun = true;
            serde_json::to_writer(&mut *out, finding)?;
        }
        Ok(())
    }

    fn end(&self, out: &mut impl std::io::Write) -> std::io::Result<()> {
        writeln!(out, "{}", if self.begun { "\n]" } else { "[]" })
    }
}
