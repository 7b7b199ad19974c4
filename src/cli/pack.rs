//! `zhubi pack test`: proves the examples of packs.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::settings::{NamedConfig, has_idle_packs, house_style_is_off, refusal};
use super::{Failure, Outcome, say};
use crate::config::pack::PacksConfig;
use crate::config::{Config, Layer, Project, place};
use crate::files;
use crate::lint::Linter;
use crate::rule::example::{is_marked, marked, unmarked};
use crate::rule::pack::{Pack, Row};
use crate::rules::style::house_style;
use crate::text::document::Document;
use crate::text::format::Format;

/// Arguments of `zhubi pack`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 验证规则包里的例子：bad 要标出，good 不能标
    Test {
        /// 规则包文件；不写则验证当前配置 [packs] 里的
        #[arg(value_name = "文件")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        named: NamedConfig,
    },
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Command::Test { files, named } = &arguments.command;
    let files = if files.is_empty() { configured(named)? } else { files.clone() };
    let mut out = anstream::stdout().lock();
    let mut failed = false;
    for file in &files {
        let (pack, text) = read(file)?;
        let faults = faults(&pack);
        for (example, message) in &faults {
            let at = text.find(&toml_string(example)).unwrap_or(0);
            writeln!(out, "{}：{message}", place(file, &text, at))?;
        }
        let examples: usize = pack.rules.iter().map(|rule| rule.bad.len() + rule.good.len()).sum();
        let verdict = match faults.len() {
            0 => "全部通过".to_owned(),
            count => format!("{count}个不对"),
        };
        let rules = pack.rules.len();
        writeln!(out, "{}：“{}”{rules}条规则，{examples}个例子，{verdict}", file.display(), pack.name)?;
        failed |= !faults.is_empty();
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// The packs of the configuration in force here.
fn configured(named: &NamedConfig) -> Result<Vec<PathBuf>, Failure> {
    let none = || Failure::say("没有规则包：请在 zhubi.toml 里写 [packs] files，或者在命令后写文件名");
    let here = std::path::absolute(Path::new("."))?;
    let file = named.locate(&here).ok_or_else(none)?;
    let layers = Layer::chain(&file).map_err(refusal)?;
    let of_layer = |layer: &Layer| {
        let files = layer.config.packs.files.iter().map(|name| layer.beside(name));
        files.map(|file| file.strip_prefix(&here).map(Path::to_owned).unwrap_or(file)).collect::<Vec<_>>()
    };
    let files: Vec<PathBuf> = layers.iter().rev().flat_map(of_layer).collect();
    if files.is_empty() {
        return Err(none());
    }
    if let Ok(project) = Project::read(&file)
        && has_idle_packs(&project)
    {
        say(house_style_is_off(&file));
    }
    Ok(files)
}

fn read(file: &Path) -> Result<(Pack, String), Failure> {
    let text = files::read_own(file).map_err(Failure::say)?.text;
    let pack = Pack::parse(&text).map_err(|error| {
        let at = error.range.as_ref().map_or(0, |range| range.start);
        Failure::say(format!("{}：规则包有误：{error}", place(file, &text, at)))
    })?;
    Ok((pack, text))
}

/// The examples that a pack does not bear out, each with what is wrong.
fn faults(pack: &Pack) -> Vec<(&str, String)> {
    let mut faults = Vec::new();
    for rule in &pack.rules {
        let name = &rule.name;
        let marks = marks(pack, rule);
        for example in &rule.bad {
            let marked = marks(&unmarked(example));
            if !is_marked(&marked) {
                let message = format!(
                    "规则“{name}”没有标出反例“{example}”，请改 find、pattern 或 unless（书名号里的不标）"
                );
                faults.push((example.as_str(), message));
            } else if is_marked(example) && *example != marked {
                let message = format!("规则“{name}”的反例写作“{example}”，标出来是“{marked}”，请改一致");
                faults.push((example.as_str(), message));
            }
        }
        for example in rule.good.iter().filter(|example| marks(example) != **example) {
            let message = format!("规则“{name}”误标了正例“{example}”，请把 find 写得具体些，或加 unless");
            faults.push((example.as_str(), message));
        }
    }
    faults
}

/// A text with what one rule marks in it, in a run of nothing else.
fn marks(pack: &Pack, rule: &Row) -> impl Fn(&str) -> String {
    let alone = Pack { name: pack.name.clone(), rules: vec![rule.clone()] };
    let packs = PacksConfig { files: Vec::new(), loaded: vec![alone] };
    let select = Some(vec![house_style::RULE.id.to_owned()]);
    let linter = Linter::new(&Config { select, packs, ..Config::default() });
    move |text| marked(text, &linter.check(&Document::new(text, Format::Plain)))
}

/// An example as it most likely stands in its file.
fn toml_string(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
