//! `zhubi man`: the pages of the manual, of the one table of commands.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use super::wrap::wrapped;
use super::{Failure, Outcome, say};
use crate::files::{self, replace};

/// Arguments of `zhubi man`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 哪个命令的，如 check、pack test；不写就是总的一页
    #[arg(value_name = "命令", conflicts_with = "dir")]
    commands: Vec<String>,
    /// 把全部手册页写进这个文件夹，一个命令一个文件
    #[arg(long, value_name = "文件夹")]
    dir: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let mut all = super::command();
    all.build();
    if let Some(folder) = &arguments.dir {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::say(format!("{}：{}", folder.display(), files::reason(&error))))?;
        let count = write_all(&all, folder)?;
        say(format!(
            "写好了{count}页手册，在 {}；看一页：man -l {}",
            folder.display(),
            folder.join("zhubi.1").display()
        ));
        return Ok(ExitCode::SUCCESS);
    }
    let mut command = &all;
    for name in &arguments.commands {
        let below = command.find_subcommand(name);
        command =
            below.ok_or_else(|| Failure::say(format!("没有“{name}”这个命令；全部命令见 zhubi help")))?;
    }
    let page = page(command)?;
    io::stdout().lock().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the pages of a command and of those below it; returns how many.
fn write_all(command: &Command, folder: &Path) -> Result<usize, Failure> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    replace::replace(&folder.join(format!("{name}.1")), &page(command)?).map_err(Failure::say)?;
    command.get_subcommands().try_fold(1, |count, below| Ok(count + write_all(below, folder)?))
}

/// What the library begins each of its sections with: how an apostrophe is written.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// What a page shown in 80 columns has room for in its sections.
const COLUMNS: usize = 72;

/// How Chinese is set: no blanks are stretched, and lines end between any two characters.
const CHINESE: &str = ".ad l\n.if \\n(.g .mso zh.tmac\n";

/// The page of a command.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let name = command.get_display_name().unwrap_or(command.get_name()).to_uppercase();
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    // The library leaves out the empty date, so that what follows takes its place.
    let title = format!(".TH {name} 1 \"\" \"zhubi {}\" 朱笔手册\n", env!("CARGO_PKG_VERSION"));
    write!(page, "{PREAMBLE}{title}{CHINESE}")?;
    section(Some("名称"), |out| man.render_name_section(out), &mut page)?;
    section(Some("概要"), |out| man.render_synopsis_section(out), &mut page)?;
    section(None, |out| man.render_options_section(out), &mut page)?;
    if command.has_subcommands() {
        section(None, |out| man.render_subcommands_section(out), &mut page)?;
    }
    if let Some(text) = command.get_after_help().map(ToString::to_string).filter(|text| !text.is_empty()) {
        let mut roff = Roff::new();
        roff.control("SH", ["说明"]).control("nf", []);
        for line in wrapped(&text, COLUMNS).lines() {
            roff.text([roman(line)]);
        }
        section(None, |mut out| roff.control("fi", []).to_writer(&mut out), &mut page)?;
    }
    Ok(page)
}

/// Writes a section, under another heading than the library's where that is English.
fn section(
    heading: Option<&str>,
    render: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    let mut text = Vec::new();
    render(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let text = text.strip_prefix(PREAMBLE).unwrap_or(&text);
    match heading.zip(text.split_once('\n')) {
        Some((heading, (_, below))) => write!(page, ".SH {heading}\n{below}"),
        None => write!(page, "{text}"),
    }
}
