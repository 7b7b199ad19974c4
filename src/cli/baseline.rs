//! `zhubi baseline`: takes up what an archive has, so that only new faults fail.

use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::check::{BaselineFile, Check, Checked, Fate, IgnoreFiles, Scope, Sources, empty_note, outlasts};
use super::{FAILED, Failure, Outcome, say};
use crate::files::BASELINE_FILE;
use crate::lint::baseline::Known;

/// Arguments of `zhubi baseline`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    sources: Sources,
    /// 基线的文件（默认 zhubi-baseline.json）
    #[arg(long, short, help_heading = "选项", value_name = "文件", default_value = BASELINE_FILE)]
    output: PathBuf,
    /// 只从基线里去掉已经改好的，逐个列出；不记新的
    #[arg(long, help_heading = "选项")]
    prune: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let sources = &arguments.sources;
    let path = &arguments.output;
    if sources.reads_stdin() && !sources.has_stdin_filename() {
        return Err(Failure::say("标准输入没有文件名，不能记进基线；请用 --stdin-filename 写明"));
    }
    let targets = sources.targets()?;
    sources.require_some(&targets)?;
    let file = match arguments.prune || path.exists() {
        true => BaselineFile::read(path).map_err(Failure::say)?,
        false => BaselineFile::new(path),
    };
    let mut next = file.baseline.clone();
    let (mut failed, mut empty, mut has_text) = (!targets.failures.is_empty(), Vec::new(), false);
    let ignored = IgnoreFiles::read(sources, &targets).map_err(Failure::say)?;
    let check = Check::only(Scope::of_baseline(&file, ignored));
    check.run(&targets, |result, linter| {
        match result {
            Ok(checked) => {
                let is_empty = checked.is_empty();
                let Checked { path, document, mut findings, scope, .. } = checked;
                let mut fates = scope.fates(&document, &findings).into_iter();
                // What is passed over elsewhere has no need of the baseline.
                let is_kept = |fate: Fate| {
                    if arguments.prune { fate == Fate::Known } else { fate != Fate::Ignored }
                };
                findings.retain(|_| fates.next().is_some_and(is_kept));
                next.record(&file.name_of(&path), &document, &findings, outlasts(linter));
                has_text |= !is_empty;
                if is_empty {
                    empty.push(path);
                }
            }
            Err(message) => {
                say(message);
                failed = true;
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if !has_text && !failed && !empty.is_empty() && !sources.allow_empty {
        say(format!("没有可检查的文字：{}", empty_note(&empty)));
        failed = true;
    } else if !empty.is_empty() && !sources.quiet {
        say(empty_note(&empty));
    }
    if !failed && sources.exclude.is_empty() {
        file.forget_gone(&mut next, &targets);
    }
    file.write(&next).map_err(Failure::say)?;
    let count = |all: &[(&str, Known)]| -> usize { all.iter().map(|(_, known)| known.count as usize).sum() };
    let (gone, new) = (file.baseline.without(&next), next.without(&file.baseline));
    let mut out = anstream::stdout().lock();
    if arguments.prune {
        for (draft, known) in &gone {
            let times = if known.count > 1 { format!("（{}处）", known.count) } else { String::new() };
            writeln!(out, "去掉  {draft}  “{}”[{}]{times}", one_line(&known.text), known.rule)?;
        }
    }
    if !sources.quiet {
        let (total, path) = (next.len(), path.display());
        let (gone, new) = (count(&gone), count(&new));
        writeln!(out, "{path}：记有{total}处（新记{new}处，去掉{gone}处）")?;
        if !arguments.prune && total > 0 {
            writeln!(out, "以后用 zhubi check --baseline {path} 检查，只报新的问题")?;
        }
    }
    Ok(ExitCode::from(if failed { FAILED } else { 0 }))
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}
