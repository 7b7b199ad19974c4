//! `zhubi rules`: the table of rules.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Outcome, OutputFormat};
use crate::lint::diagnostic::{Applicability, Severity};
use crate::rules::{GROUPS, RULES, group_of};

/// Arguments of `zhubi rules`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 输出格式
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "格式")]
    format: OutputFormat,
}

#[derive(Serialize)]
struct Entry {
    rule: &'static str,
    summary: &'static str,
    severity: Severity,
    fix: Option<Applicability>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut out = anstream::stdout().lock();
    if arguments.format == OutputFormat::Json {
        let entries: Vec<Entry> = RULES
            .iter()
            .map(|r| Entry { rule: r.id, summary: r.summary, severity: r.severity, fix: r.fix })
            .collect();
        serde_json::to_writer_pretty(&mut out, &entries).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for (group, name) in GROUPS {
        let mut rules = RULES.iter().filter(|rule| group_of(rule.id) == group).peekable();
        if rules.peek().is_none() {
            continue;
        }
        writeln!(out, "{name}（{group}）")?;
        for rule in rules {
            let fix = match rule.fix {
                Some(Applicability::Safe) => "，可自动改正",
                Some(Applicability::Suggested) => "，有修改建议",
                None => "",
            };
            writeln!(out, "  {:width$}  {}  {}{fix}", rule.id, rule.severity.chinese(), rule.summary)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
