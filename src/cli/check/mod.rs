//! `zhubi check`: the lint for people and for CI.

mod changes;
mod checked;
mod ci;
mod color;
mod fail_on;
mod ignored;
mod known;
mod output;
mod progress;
mod result_cache;
mod review;
mod run;
mod scope;
mod sources;
mod targets;
mod watch;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::help::{FINDINGS, FIXES, REPORT, SOURCES};
use super::{FAILED, Failure, Outcome};
use crate::files::{CACHE_FOLDER, Identity};
use crate::finding::Severity;
use crate::report::group::GroupBy;
use crate::report::{OutputFormat, RunReport};
use changes::Changes;
use color::Color;
use fail_on::FailOn;
use output::{Output, OutputParser, Reports};
use progress::Progress;
use result_cache::ResultCache;
use review::Review;

pub(super) use checked::{Check, Checked};
pub(super) use ignored::IgnoreFiles;
pub(super) use known::{BaselineFile, outlasts};
pub(super) use run::empty_note;
pub(super) use scope::{Fate, Scope};
pub(super) use sources::Sources;
pub(super) use targets::{Listed, Target, Targets};
#[cfg(feature = "serve")]
pub(super) use {
    review::{with_comments, with_suggestions},
    watch::Watcher,
};

/// Arguments of `zhubi check`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    sources: Sources,

    /// 只报、只改正这一级及以上的问题：错误 error、警告 warning、提示 info、参考 hint（默认，全部）
    #[arg(long, value_name = "级别", default_value = "hint", help_heading = FINDINGS)]
    min_severity: Severity,
    /// 只报基线里没有的问题；基线由 zhubi baseline 生成
    #[arg(long, value_name = "文件", env = "ZHUBI_BASELINE", help_heading = FINDINGS)]
    baseline: Option<PathBuf>,
    /// 只报与 git 的这个版本（如 origin/main）相比改动过的行上的问题
    #[arg(long, value_name = "版本", env = "ZHUBI_CHANGED_SINCE", help_heading = FINDINGS)]
    changed_since: Option<String>,
    /// 忽略过的地方（记在 zhubi.ignore.toml 里）也报
    #[arg(long, help_heading = FINDINGS)]
    show_ignored: bool,
    /// 没有改过的稿子不重查，用上次的结果
    #[arg(long, help_heading = SOURCES)]
    cache: bool,
    /// 缓存放在这个文件夹（默认 .zhubi-cache），同时打开 --cache
    #[arg(long, value_name = "文件夹", env = "ZHUBI_CACHE_DIR", help_heading = SOURCES)]
    cache_dir: Option<PathBuf>,
    /// 不检查，只列出会检查哪些文件、略过哪些、为什么
    #[arg(long, help_heading = SOURCES)]
    show_files: bool,
    /// 查完不退出，稿子、配置、词表一有改动就重新检查；按 Ctrl-C 结束
    #[arg(long, short, conflicts_with = "show_files", help_heading = SOURCES)]
    watch: bool,

    /// 就地改正可以放心自动改的问题，列出改了什么；“-”的改好以后写到标准输出
    #[arg(long, help_heading = FIXES)]
    fix: bool,
    /// 不写入，只显示 --fix 会改什么（统一差异格式）；有要改的，退出状态为 1
    #[arg(long, help_heading = FIXES)]
    diff: bool,
    #[command(flatten)]
    review: Review,

    /// 输出格式，可以写几个；后面加“=文件”就写进文件，如 sarif=zhubi.sarif
    #[arg(
        long,
        short,
        alias = "output-format",
        value_parser = OutputParser,
        value_name = "格式[=文件]",
        value_delimiter = ',',
        env = "ZHUBI_FORMAT",
        help_heading = REPORT
    )]
    format: Vec<Output>,
    /// 报告写进这个文件，不写到标准输出
    #[arg(long, short, conflicts_with = "show_files", value_name = "文件", help_heading = REPORT)]
    output_file: Option<PathBuf>,
    /// 分组列出（只用于给人看的格式）
    #[arg(long, value_name = "分组", help_heading = REPORT)]
    group_by: Option<GroupBy>,
    /// 不列问题，只按规则、级别、文件统计处数；-f json 也可以
    #[arg(long, conflicts_with_all = ["group_by", "max_findings", "diff"], help_heading = REPORT)]
    statistics: bool,
    /// 最多列出这么多处，其余只计数；退出状态、--fix 不受影响
    #[arg(long, value_name = "处数", help_heading = REPORT)]
    max_findings: Option<usize>,
    /// 用不用颜色
    #[arg(long, value_name = "时机", default_value = "auto", help_heading = REPORT)]
    color: Color,
    /// 有这一级及以上的问题时，退出状态为 1（默认 错误 error）；从不 never 则总是 0
    #[arg(long, value_name = "级别", default_value = "error", env = "ZHUBI_FAIL_ON", help_heading = REPORT)]
    fail_on: FailOn,
    /// 查出问题也不算失败，同 --fail-on never；写了它，--fail-on 不算
    #[arg(long, help_heading = REPORT)]
    exit_zero: bool,
}

impl Arguments {
    /// Does the run turn standard input into its fixed text on standard output?
    fn is_filter(&self) -> bool {
        self.fix && !self.diff && self.sources.reads_stdin()
    }

    /// Refuses arguments that do not go together.
    fn validate(&self) -> Result<(), Failure> {
        if self.diff
            && let Some(other) = self.format.iter().find(|it| it.format != OutputFormat::Full)
        {
            let format = other.format.name();
            return Err(Failure::say(format!(
                "--diff 只有文本格式，不能和 --format {format} 一起用；要看改了什么，用 --fix --format {format}"
            )));
        }
        if self.watch && self.fix {
            return Err(Failure::say(
                "--watch 不能和 --fix 一起用：稿子正开着，改了会和编辑器里的冲突；请停下来再用 --fix，或在编辑器里改",
            ));
        }
        if self.watch && self.sources.reads_stdin() {
            return Err(Failure::say("--watch 看不到标准输入的改动，请写文件或文件夹"));
        }
        Ok(())
    }

    fn fixes(&self) -> checked::Fixes {
        match (self.diff, self.fix) {
            (true, _) => checked::Fixes::Shown,
            (false, true) => checked::Fixes::Written,
            (false, false) => checked::Fixes::None,
        }
    }

    fn cache(&self) -> Result<Option<ResultCache>, Failure> {
        let folder = match &self.cache_dir {
            Some(folder) => folder.clone(),
            None if self.cache => PathBuf::from(CACHE_FOLDER),
            None => return Ok(None),
        };
        ResultCache::open(&folder).map(Some).map_err(Failure::say)
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    arguments.color.choose();
    arguments.validate()?;
    let outputs = output::outputs(arguments)?;
    // What is there from now on by these names are our reports.
    let ours: Vec<&Path> =
        outputs.iter().filter_map(|it| it.file.as_deref()).filter(|file| !file.exists()).collect();
    if arguments.watch {
        return watch::watch(arguments, &outputs, || once(arguments, &outputs, &ours));
    }
    let (ControlFlow::Continue(status) | ControlFlow::Break(status)) = once(arguments, &outputs, &ours)?;
    Ok(status)
}

/// The status of a run; it breaks where nobody reads its reports any more.
type Ended = Result<ControlFlow<ExitCode, ExitCode>, Failure>;

fn once(arguments: &Arguments, outputs: &[Output], ours: &[&Path]) -> Ended {
    let mut targets = arguments.sources.targets();
    if let Ok(targets) = &mut targets {
        ours.iter().for_each(|report| targets.leave_out(&Identity::of(report)));
    }
    output::require_harmless(outputs, targets.as_ref().ok(), arguments)?;
    let outcome = targets.and_then(|targets| check(arguments, outputs, &targets));
    // A program reads a whole report, whatever became of the run.
    if matches!(outcome, Err(Failure::AlreadyReported)) {
        let mut reports = Reports::new(outputs, arguments);
        reports.write(|reporter, out| {
            reporter.begin(out)?;
            reporter.end(&RunReport { failed: true, is_quiet: true, ..RunReport::default() }, out)
        })?;
        reports.finish()?;
    }
    outcome
}

fn check(arguments: &Arguments, outputs: &[Output], targets: &Targets) -> Ended {
    let sources = &arguments.sources;
    if arguments.show_files {
        let as_json = outputs.iter().any(|it| it.format == OutputFormat::Json);
        targets.list(as_json, &mut anstream::stdout().lock())?;
        return Ok(ControlFlow::Continue(ExitCode::from(if targets.failures.is_empty() {
            0
        } else {
            FAILED
        })));
    }
    sources.require_some(targets)?;
    let baseline = arguments.baseline.as_deref().map(BaselineFile::read).transpose().map_err(Failure::say)?;
    let files = targets.all.iter().filter_map(|(target, _)| match target {
        Target::File(path) => Some(path.as_path()),
        Target::Stdin => sources.stdin_filename.as_deref(),
    });
    let since = |revision: &String| Changes::since(revision, files);
    let changes = arguments.changed_since.as_ref().map(since).transpose().map_err(Failure::say)?;
    let ignored = match arguments.show_ignored {
        true => IgnoreFiles::default(),
        false => IgnoreFiles::read(sources, targets).map_err(Failure::say)?,
    };
    let scope = Scope { baseline: baseline.as_ref(), changes, min_severity: arguments.min_severity, ignored };
    let drafts = targets.all.iter().map(|(target, _)| match target {
        Target::File(path) => Some(path.as_path()),
        Target::Stdin => None,
    });
    if let Some(refusal) = arguments.review.refusal(drafts) {
        return Err(Failure::say(refusal));
    }
    let check = Check {
        stdin_filename: sources.stdin_filename.as_deref(),
        scope,
        fixes: arguments.fixes(),
        cache: arguments.cache()?,
        keeps_bytes: arguments.review.is_wanted(),
        progress: Progress::of(targets.all.len(), sources.quiet),
    };
    let mut run = run::Run::begin(arguments, targets, outputs, baseline.as_ref())?;
    check.run(targets, |result, linter| {
        match result {
            Ok(checked) => run.report(checked, linter)?,
            Err(message) => run.fail(message),
        }
        // What was found until then decides the status; files to be fixed are all fixed.
        let is_over = run.is_closed() && check.fixes != checked::Fixes::Written;
        Ok(if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    if let Some(cache) = &check.cache {
        cache.sweep();
    }
    if run.is_closed() {
        let goes_on = check.fixes == checked::Fixes::Written;
        return Ok(ControlFlow::Break(if goes_on { run.end()? } else { run.status() }));
    }
    Ok(ControlFlow::Continue(run.end()?))
}
