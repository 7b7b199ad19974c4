//! `zhubi rules`: the table of rules.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Failure, Outcome};
use crate::finding::{Applicability, Severity, group_of};
use crate::rule::Rule;
use crate::rules::selector::{selector, selects};
use crate::rules::{GROUPS, RULES};

/// Arguments of `zhubi rules`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 只列这些规则或规则组，如 typo、错别字；不写就列全部
    #[arg(value_name = "规则组")]
    names: Vec<String>,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = RulesFormat::Text, value_name = "格式")]
    format: RulesFormat,
}

/// The formats that the rules are listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RulesFormat {
    /// 给人看（默认）
    Text,
    /// 给程序用
    Json,
}

#[derive(Serialize)]
struct Entry {
    rule: &'static str,
    summary: &'static str,
    severity: Severity,
    fix: Option<Applicability>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let names = arguments.names.iter().map(|name| selector(name)).collect::<Result<Vec<_>, _>>();
    let names = names.map_err(Failure::say)?;
    let listed = |rule: &&&Rule| names.is_empty() || names.iter().any(|name| selects(name, rule));
    let mut out = anstream::stdout().lock();
    if arguments.format == RulesFormat::Json {
        let entries: Vec<Entry> = RULES
            .iter()
            .filter(listed)
            .map(|r| Entry { rule: r.id, summary: r.summary, severity: r.default_severity(), fix: r.fix })
            .collect();
        serde_json::to_writer_pretty(&mut out, &entries).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for (group, name) in GROUPS {
        let mut rules = RULES.iter().filter(listed).filter(|rule| group_of(rule.id) == group).peekable();
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
            let level = rule.default_severity();
            let other = if level == rule.severity { "" } else { "，级别在规则包里可以另写" };
            writeln!(out, "  {:width$}  {}  {}{other}{fix}", rule.id, level.chinese(), rule.summary)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
