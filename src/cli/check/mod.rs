//! `zhubi check`: the lint for people and for CI.

mod checked;
mod targets;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum as _};
use rayon::prelude::*;

use super::settings::{Selection, Settings};
use super::{FAILED, Failure, Outcome, say};
use crate::files;
use crate::files::exclude::exclusion;
use crate::finding::Severity;
use crate::lint::Linter;
use crate::lint::collection::Collection;
use crate::report::{Counts, FileReport, OutputFormat, Reporter, RunReport, diff};
use crate::text::charset::Charset;
use checked::Checked;
use targets::{Target, Targets, targets};

/// Arguments of `zhubi check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文件、文件夹、通配符（如 '*.txt'），或“-”（标准输入）；不写就是当前文件夹
    #[arg(value_name = "路径", default_value = ".")]
    paths: Vec<PathBuf>,
    /// 输出格式
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

    /// Does the run turn standard input into its fixed text on standard output?
    fn is_filter(&self) -> bool {
        self.fix && !self.diff && self.reads_stdin()
    }

    fn reporter(&self) -> Box<dyn Reporter> {
        if self.diff { Box::new(diff::Diff) } else { self.format.reporter() }
    }

    /// Refuses arguments that do not go together.
    fn validate(&self) -> Result<(), Failure> {
        if self.stdin_filename.is_some() && !self.reads_stdin() {
            return Err(Failure::say("--stdin-filename 只用于标准输入，请把路径写成“-”"));
        }
        if self.diff && self.format != OutputFormat::Text {
            let format = self.format.to_possible_value();
            let format = format.as_ref().map_or("", |value| value.get_name());
            return Err(Failure::say(format!(
                "--diff 只有文本格式，不能和 --format {format} 一起用；要看改了什么，用 --fix --format {format}"
            )));
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
    arguments.validate()?;
    let outcome = check(arguments);
    // A program reads a whole report, whatever became of the run.
    if matches!(outcome, Err(Failure::AlreadyReported)) {
        let (mut reporter, mut out) = (arguments.reporter(), io::stdout());
        reporter.begin(&mut out)?;
        reporter.end(&RunReport { is_quiet: true, ..RunReport::default() }, &mut out)?;
    }
    outcome
}

/// Files that are in memory at a time: checked in parallel, then reported in order.
const BATCH: usize = 256;

fn check(arguments: &Arguments) -> Outcome {
    let mut settings = Settings::new(&arguments.selection)?;
    let targets = targets(arguments, &mut settings)?;
    let failed = targets.unread > 0;
    if arguments.show_files {
        targets.list(arguments.format, &mut anstream::stdout().lock())?;
        return Ok(ExitCode::from(if failed { FAILED } else { 0 }));
    }
    if targets.all.is_empty() && !failed && !arguments.allow_empty {
        let extensions = files::usual_extensions();
        return Err(Failure::say(format!("没有可检查的稿子（{extensions}）：{}", targets.why_none())));
    }
    let mut run = Run::new(arguments, &targets);
    run.write(|reporter, out| reporter.begin(out))?;
    for batch in targets.all.chunks(BATCH) {
        let checked: Vec<Result<Checked, String>> =
            batch.par_iter().map(|(target, linter)| checked::check(target, linter, arguments)).collect();
        for (result, (_, linter)) in checked.into_iter().zip(batch) {
            match result {
                Ok(mut checked) => {
                    run.compare(&mut checked, linter);
                    run.report(checked)?;
                }
                Err(message) => {
                    say(message);
                    run.counts.unread += 1;
                }
            }
            // What was found until then decides the status; files to be fixed are all fixed.
            if run.is_closed && (!arguments.fix || arguments.diff) {
                return Ok(run.status());
            }
        }
    }
    run.end()
}

/// A run: what it has reported, and what it came to.
struct Run<'a> {
    arguments: &'a Arguments,
    targets: &'a Targets,
    reporter: Box<dyn Reporter>,
    out: Box<dyn Write>,
    /// Nobody reads the report any more: `zhubi check | head`.
    is_closed: bool,
    counts: Counts,
    charsets: BTreeMap<Charset, Vec<PathBuf>>,
    collection: Collection,
    /// Files with nothing in them.
    empty: Vec<PathBuf>,
    failing: bool,
    failed: bool,
}

impl<'a> Run<'a> {
    fn new(arguments: &'a Arguments, targets: &'a Targets) -> Self {
        // A filter's standard output is the text.
        let out: Box<dyn Write> = if arguments.is_filter() {
            Box::new(anstream::stderr())
        } else {
            Box::new(anstream::stdout().lock())
        };
        let mut counts = Counts::default();
        counts.unread = targets.unread;
        Self {
            arguments,
            targets,
            reporter: arguments.reporter(),
            out,
            is_closed: false,
            counts,
            charsets: BTreeMap::new(),
            collection: Collection::default(),
            empty: Vec::new(),
            failing: false,
            failed: false,
        }
    }

    /// Writes a part of the report, while somebody reads it.
    fn write(
        &mut self,
        part: impl FnOnce(&mut dyn Reporter, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        match part(&mut *self.reporter, &mut *self.out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                self.out = Box::new(io::sink());
                Ok(())
            }
            done => done,
        }
    }

    /// Adds what a document has in common with those before it.
    fn compare(&mut self, checked: &mut Checked, linter: &Linter) {
        // One document has nothing to be compared with.
        if self.targets.all.len() > 1 {
            let Checked { path, document, findings, .. } = checked;
            let name = path.display().to_string();
            self.collection.add(document, &name, path.canonicalize().ok(), linter, findings);
        }
    }

    fn report(&mut self, mut checked: Checked) -> io::Result<()> {
        let arguments = self.arguments;
        if let Some(charset) = checked.document.charset().filter(|charset| charset.is_guessed()) {
            self.charsets.entry(charset).or_default().push(checked.path.clone());
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
        self.counts.add_fixed(&checked.fixed);
        let report = FileReport {
            path: &checked.path,
            document: &checked.document,
            findings: &checked.findings,
            before: checked.before.as_ref().unwrap_or(&checked.document),
            fixed: &checked.fixed,
            edits: &checked.edits,
        };
        if arguments.diff {
            diff::note(&report).iter().for_each(say);
        }
        self.write(|reporter, out| {
            reporter.file(&report, out)?;
            if let Some(bytes) = &checked.filtered {
                let mut out = io::stdout().lock();
                out.write_all(bytes)?;
                out.flush()?;
            }
            Ok(())
        })
    }

    fn end(mut self) -> Outcome {
        let quiet = self.arguments.quiet;
        if self.is_all_empty() && !self.arguments.allow_empty {
            say(format!("没有可检查的文字：{}", empty_note(&self.empty)));
        } else if !self.empty.is_empty() && !quiet {
            say(empty_note(&self.empty));
        }
        for (charset, paths) in self.charsets.iter().filter(|_| !quiet) {
            match &paths[..] {
                [only] => say(format!("{}：按 {charset} 编码读取", only.display())),
                several => say(format!("{}个文件按 {charset} 编码读取", several.len())),
            }
        }
        if self.arguments.diff && !quiet {
            say(diff::summary(&self.counts));
        }
        let skipped = self.targets.skipped_summary(self.empty.len());
        let run = RunReport { counts: self.counts, skipped: skipped.as_deref(), is_quiet: quiet };
        self.write(|reporter, out| {
            reporter.end(&run, out)?;
            out.flush()
        })?;
        Ok(self.status())
    }

    /// Was everything that was to be checked empty?
    fn is_all_empty(&self) -> bool {
        self.counts.files == 0 && self.counts.unread == 0 && !self.empty.is_empty()
    }

    /// The exit status as far as the run has come.
    fn status(&self) -> ExitCode {
        let nothing = self.is_all_empty() && !self.arguments.allow_empty;
        if self.failed || self.counts.unread > 0 || nothing {
            return ExitCode::from(FAILED);
        }
        ExitCode::from(u8::from(self.failing))
    }
}

/// The message for files with nothing in them.
fn empty_note(files: &[PathBuf]) -> String {
    match files {
        [only] => format!("{}：是空的", only.display()),
        several => format!("{}个文件是空的", several.len()),
    }
}
