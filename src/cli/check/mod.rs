//! `zhubi check`: the lint for people and for CI.

mod checked;
mod targets;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use rayon::prelude::*;

use super::settings::{Selection, Settings};
use super::{FAILED, Failure, Outcome, OutputFormat, say};
use crate::files::exclude::exclusion;
use crate::finding::Severity;
use crate::lint::Linter;
use crate::report::{Counts, FileReport, FixReport, diff, json, text};
use crate::rules::style::copied_document;
use crate::text::charset::Charset;
use checked::Checked;
use targets::{Target, Targets, targets};

/// Arguments of `zhubi check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文件、文件夹、通配符（如 '*.txt'），或“-”（标准输入）；不写就是当前文件夹
    #[arg(value_name = "路径", default_value = ".")]
    paths: Vec<PathBuf>,
    /// 输出格式：text 给人看（默认），json 给程序用
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "格式")]
    format: OutputFormat,
    #[command(flatten)]
    selection: Selection,
    /// 只显示、只改正这一级及以上的问题：错误 error、警告 warning、提示 info、参考 hint（默认，全部）
    #[arg(long, value_name = "级别", default_value = "hint")]
    min_severity: Severity,
    /// 有这一级及以上的问题时，退出状态为 1（默认 错误 error）
    #[arg(long, value_name = "级别", default_value = "error")]
    fail_on: Severity,
    /// 就地改正可以放心自动改的问题，列出改了什么；“-”的改好以后写到标准输出
    #[arg(long)]
    fix: bool,
    /// 不写入，只显示 --fix 会改什么（统一差异格式）；有要改的，退出状态为1
    #[arg(long)]
    diff: bool,
    /// 走文件夹时不看这些文件、文件夹，写法同 .gitignore；可以写几次，加在 zhubi.toml 的 exclude 上
    #[arg(long, value_name = "通配符")]
    exclude: Vec<String>,
    /// 走文件夹时不理会 .gitignore、.ignore，名称以点开头的也看
    #[arg(long)]
    no_ignore: bool,
    /// 不检查，只列出会检查哪些文件、略过哪些、为什么
    #[arg(long)]
    show_files: bool,
    /// 没有可检查的文件、文件都是空的，也算成功（不写则退出状态为 2）
    #[arg(long)]
    allow_empty: bool,
    /// 只输出问题，不输出汇总和说明
    #[arg(short, long)]
    quiet: bool,
    /// 标准输入的文件名，用来判断格式、寻找配置、显示位置
    #[arg(long, value_name = "文件名")]
    stdin_filename: Option<PathBuf>,
}

impl Arguments {
    fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path == Path::new("-"))
    }

    /// Arguments that do not go together.
    fn check(&self) -> Result<(), Failure> {
        if self.stdin_filename.is_some() && !self.reads_stdin() {
            return Err(Failure::say("--stdin-filename 只用于标准输入，请把路径写成“-”"));
        }
        if self.diff && self.format == OutputFormat::Json {
            return Err(Failure::say(
                "--diff 只有文本格式，不能和 --format json 一起用；要看改了什么，用 --fix --format json",
            ));
        }
        for pattern in &self.exclude {
            if pattern.trim().is_empty() {
                return Err(Failure::say("--exclude 的值是空的，请写文件、文件夹或通配符"));
            }
            exclusion(pattern).map_err(|message| Failure::say(format!("--{message}")))?;
        }
        Ok(())
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    arguments.check()?;
    let outcome = look(arguments);
    // Whoever reads JSON reads some, whatever became of the run.
    if matches!(outcome, Err(Failure::Said)) && arguments.format == OutputFormat::Json {
        writeln!(io::stdout(), "[]")?;
    }
    outcome
}

fn look(arguments: &Arguments) -> Outcome {
    let mut settings = Settings::new(&arguments.selection)?;
    let targets = targets(arguments, &mut settings)?;
    let failed = targets.unread > 0;
    if arguments.show_files {
        targets.list(arguments.format, &mut anstream::stdout().lock())?;
        return Ok(ExitCode::from(if failed { FAILED } else { 0 }));
    }
    if targets.all.is_empty() && !failed && !arguments.allow_empty {
        return Err(Failure::say(format!("没有可检查的稿子（.txt、.md）：{}", targets.why_none())));
    }
    let mut run = Run::new(arguments, &targets);
    // In portions, so that a folder of any size takes the memory of a few hundred files; in order.
    for portion in targets.all.chunks(256) {
        let checked: Vec<Result<Checked, String>> =
            portion.par_iter().map(|(target, linter)| checked::check(target, linter, arguments)).collect();
        for (result, (_, linter)) in checked.into_iter().zip(portion) {
            match result {
                Ok(mut checked) => {
                    run.compare(&mut checked, linter);
                    match run.report(checked) {
                        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                            // Whoever reads our output has read enough: `zhubi check | head`. What was found until then is the result; what
                            // is to be written to files is written to all of them.
                            if !arguments.fix || arguments.diff {
                                return Ok(run.status());
                            }
                            run.out = Box::new(io::sink());
                        }
                        done => done?,
                    }
                }
                Err(message) => {
                    say(message);
                    run.counts.unread += 1;
                }
            }
        }
    }
    let status = run.status();
    match run.end() {
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(status),
        ended => ended,
    }
}

/// A run: what it has said, and what it came to.
struct Run<'a> {
    arguments: &'a Arguments,
    targets: &'a Targets,
    /// Where findings go: aside, where a mended text goes to standard output.
    out: Box<dyn Write>,
    array: json::Array,
    counts: Counts,
    charsets: BTreeMap<Charset, Vec<PathBuf>>,
    documents: copied_document::Run,
    /// Files with nothing in them.
    empty: Vec<PathBuf>,
    failing: bool,
    failed: bool,
}

impl<'a> Run<'a> {
    fn new(arguments: &'a Arguments, targets: &'a Targets) -> Self {
        let filters = arguments.fix && !arguments.diff && arguments.reads_stdin();
        let out: Box<dyn Write> =
            if filters { Box::new(anstream::stderr()) } else { Box::new(anstream::stdout().lock()) };
        let mut counts = Counts::default();
        counts.unread = targets.unread;
        Self {
            arguments,
            targets,
            out,
            array: json::Array::default(),
            counts,
            charsets: BTreeMap::new(),
            documents: copied_document::Run::default(),
            empty: Vec::new(),
            failing: false,
            failed: false,
        }
    }

    /// Adds what a document has in common with those before it.
    fn compare(&mut self, checked: &mut Checked, linter: &Linter) {
        // One document has nothing to be copied from.
        if self.targets.all.len() > 1 {
            let copied = self.documents.next(
                &checked.path.display().to_string(),
                checked.path.canonicalize().ok(),
                &checked.document,
            );
            checked.findings.extend(linter.report(&checked.document, &copied_document::RULE, copied));
            checked.findings.sort_by_key(|d| d.range.start);
        }
    }

    fn report(&mut self, mut checked: Checked) -> io::Result<()> {
        let arguments = self.arguments;
        if checked.charset.is_guessed() {
            self.charsets.entry(checked.charset).or_default().push(checked.path.clone());
        }
        if checked.is_empty() {
            self.empty.push(checked.path.clone());
            self.counts.empty += 1;
            return Ok(());
        }
        checked.notes.iter().for_each(say);
        self.failed |= checked.failed;
        self.failing |= if arguments.diff {
            !checked.fixed.is_empty()
        } else {
            checked.findings.iter().any(|d| d.severity >= arguments.fail_on)
        };
        let least = arguments.min_severity;
        let hidden: Vec<_> = checked.findings.extract_if(.., |d| d.severity < least).collect();
        self.counts.add(&checked.findings, &hidden, checked.can_be_written);
        let path = &checked.path;
        let report = FileReport { path, document: &checked.document, findings: &checked.findings };
        let before = checked.before.as_ref().unwrap_or(&checked.document);
        let fixed = FixReport { path, before, after: &checked.document, fixed: &checked.fixed };
        self.counts.add_fixed(&checked.fixed);
        match arguments.format {
            _ if arguments.diff => {
                diff::note(&fixed, checked.charset).iter().for_each(say);
                write!(self.out, "{}", diff::render(&fixed, checked.charset))?;
            }
            OutputFormat::Text => {
                write!(self.out, "{}{}", text::render_fixed(&fixed), text::render(&report))?
            }
            OutputFormat::Json => {
                self.array.write(&mut self.out, &json::fixed(&fixed))?;
                self.array.write(&mut self.out, &json::findings(&report))?;
            }
        }
        if let Some(bytes) = &checked.mended {
            let mut out = io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
        }
        Ok(())
    }

    fn end(mut self) -> Outcome {
        let quiet = self.arguments.quiet;
        if self.is_all_empty() && !self.arguments.allow_empty {
            say(format!("没有可检查的文字：{}", told_empty(&self.empty)));
        } else if !self.empty.is_empty() && !quiet {
            say(told_empty(&self.empty));
        }
        for (charset, paths) in self.charsets.iter().filter(|_| !quiet) {
            match &paths[..] {
                [only] => say(format!("{}：按 {charset} 编码读取", only.display())),
                several => say(format!("{}个文件按 {charset} 编码读取", several.len())),
            }
        }
        let passed_over = self.targets.passed_over(self.empty.len());
        match self.arguments.format {
            _ if self.arguments.diff && !quiet => say(text::diff_summary(&self.counts)),
            OutputFormat::Text if !quiet && !self.arguments.diff => {
                writeln!(self.out, "{}", text::summary(&self.counts, passed_over.as_deref()))?;
            }
            OutputFormat::Text => {}
            OutputFormat::Json => self.array.end(&mut self.out)?,
        }
        self.out.flush()?;
        Ok(self.status())
    }

    /// Was there nothing in anything that was to be checked?
    fn is_all_empty(&self) -> bool {
        self.counts.files == 0 && self.counts.unread == 0 && !self.empty.is_empty()
    }

    /// The exit status by what is known up to now.
    fn status(&self) -> ExitCode {
        let nothing = self.is_all_empty() && !self.arguments.allow_empty;
        if self.failed || self.counts.unread > 0 || nothing {
            return ExitCode::from(FAILED);
        }
        ExitCode::from(u8::from(self.failing))
    }
}

/// What is to be said of files with nothing in them.
fn told_empty(files: &[PathBuf]) -> String {
    match files {
        [only] => format!("{}：是空的", only.display()),
        several => format!("{}个文件是空的", several.len()),
    }
}
