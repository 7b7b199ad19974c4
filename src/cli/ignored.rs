//! `zhubi ignored`: what has been passed over, and which of it is no longer there.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::check::{Check, Checked, IgnoreFiles, Scope, Sources, outlasts};
use super::{FAILED, Failure, Outcome, say};

/// Arguments of `zhubi ignored`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    sources: Sources,
    /// 从 zhubi.ignore.toml 里去掉落空的：那里已经改好，或者改得认不出了
    #[arg(long, help_heading = "选项")]
    prune: bool,
}

/// What a run has seen of a list.
#[derive(Default)]
struct Seen {
    /// The names of the drafts that were read.
    drafts: HashSet<String>,
    /// The numbers of places that a finding is at.
    found: BTreeSet<usize>,
    /// Rules that did not run on some draft.
    idle: HashSet<String>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let sources = &arguments.sources;
    let targets = sources.targets()?;
    let lists = IgnoreFiles::read(sources, &targets).map_err(Failure::say)?;
    let mut failed = !targets.failures.is_empty();
    let mut seen: HashMap<PathBuf, Seen> = HashMap::new();
    let check = Check::only(Scope::of_ignored(lists.clone()));
    check.run(&targets, |result, linter| {
        match result {
            Ok(Checked { path, document, findings, scope, .. }) => {
                if let Some(list) = lists.of(&path) {
                    let seen = seen.entry(list.path.clone()).or_default();
                    seen.drafts.insert(list.name_of(&path));
                    seen.found.extend(scope.ignored.places(&document, &findings).into_iter().flatten());
                    let is_idle = |rule: &&String| outlasts(linter)(rule);
                    seen.idle.extend(list.places.iter().map(|place| &place.rule).filter(is_idle).cloned());
                }
            }
            Err(message) => {
                say(message);
                failed = true;
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut out = anstream::stdout().lock();
    for list in lists.all() {
        let seen = seen.remove(&list.path).unwrap_or_default();
        let is_whole = !failed && sources.exclude.is_empty() && targets.walked(list.folder());
        let mut void = Vec::new();
        for (number, place) in list.places.iter().enumerate() {
            let is_read = seen.drafts.contains(&place.file) || is_whole && list.is_gone(place);
            let is_void = is_read && !seen.found.contains(&number) && !seen.idle.contains(&place.rule);
            let state = match (is_void, seen.found.contains(&number)) {
                (true, _) if arguments.prune => "去掉",
                (true, _) => "落空",
                (false, true) => "忽略",
                (false, false) => "没查",
            };
            void.extend(is_void.then_some(number));
            if !(sources.quiet || arguments.prune && !is_void) {
                let text = place.text.as_ref().map(|text| format!("“{text}”")).unwrap_or_default();
                writeln!(out, "{state}  {}  {text}[{}]", place.file, place.rule)?;
            }
        }
        if arguments.prune && !void.is_empty() {
            list.remove(&void).map_err(Failure::say)?;
        }
        if !sources.quiet {
            let (path, total, void) = (list.path.display(), list.places.len(), void.len());
            match arguments.prune {
                true => writeln!(out, "{path}：记有{}处（去掉{void}处）", total - void)?,
                false if void > 0 => {
                    writeln!(out, "{path}：记有{total}处，其中{void}处落空；用 --prune 去掉")?;
                }
                false => writeln!(out, "{path}：记有{total}处")?,
            }
        }
    }
    if lists.all().is_empty() && !sources.quiet {
        writeln!(out, "没有忽略过的地方（没有 zhubi.ignore.toml）")?;
    }
    Ok(ExitCode::from(if failed { FAILED } else { 0 }))
}
