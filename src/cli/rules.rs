//! `zhubi rules`: the table of rules.

use std::io::{self, Write};
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
    /// Markdown 的表格，贴进文档用
    Markdown,
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
    let is_listed = |rule: &&Rule| names.is_empty() || names.iter().any(|name| selects(name, rule));
    let rules: Vec<&Rule> = RULES.iter().copied().filter(is_listed).collect();
    let mut out = anstream::stdout().lock();
    match arguments.format {
        RulesFormat::Text => write_text(&rules, &mut out)?,
        RulesFormat::Json => write_json(&rules, &mut out)?,
        RulesFormat::Markdown => write_markdown(&rules, &mut out)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The groups that have some of the rules, with these.
fn groups<'a>(rules: &'a [&Rule]) -> impl Iterator<Item = (&'static str, &'static str, Vec<&'a Rule>)> {
    let of_group = |group| rules.iter().copied().filter(|rule| group_of(rule.id) == group).collect();
    let groups = GROUPS.iter().map(move |(group, name)| (*group, *name, of_group(*group)));
    groups.filter(|(.., rules): &(_, _, Vec<_>)| !rules.is_empty())
}

fn write_text(rules: &[&Rule], out: &mut impl Write) -> io::Result<()> {
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for (group, name, rules) in groups(rules) {
        writeln!(out, "{name}（{group}）")?;
        for rule in rules {
            let fix = fix(rule).map(|fix| format!("，{fix}")).unwrap_or_default();
            let level = rule.default_severity();
            let other = if level == rule.severity { "" } else { "，级别在规则包里可以另写" };
            writeln!(out, "  {:width$}  {}  {}{other}{fix}", rule.id, level.chinese(), rule.summary)?;
        }
    }
    Ok(())
}

fn write_json(rules: &[&Rule], out: &mut impl Write) -> io::Result<()> {
    let entry = |rule: &&Rule| Entry {
        rule: rule.id,
        summary: rule.summary,
        severity: rule.default_severity(),
        fix: rule.fix,
    };
    let entries: Vec<Entry> = rules.iter().map(entry).collect();
    serde_json::to_writer_pretty(&mut *out, &entries)?;
    writeln!(out)
}

fn write_markdown(rules: &[&Rule], out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "| 规则 | 组 | 说明 | 级别 | 修复 |\n| --- | --- | --- | --- | --- |")?;
    for (_, name, rules) in groups(rules) {
        for rule in rules {
            let (summary, level) = (rule.summary.replace('|', "\\|"), rule.default_severity().chinese());
            writeln!(
                out,
                "| `{}` | {name} | {summary} | {level} | {} |",
                rule.id,
                fix(rule).unwrap_or("只提示")
            )?;
        }
    }
    Ok(())
}

/// What is done about what a rule finds, if anything.
fn fix(rule: &Rule) -> Option<&'static str> {
    rule.fix.map(|fix| match fix {
        Applicability::Safe => "可自动改正",
        Applicability::Suggested => "有修改建议",
    })
}
