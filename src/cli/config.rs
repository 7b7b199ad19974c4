//! `zhubi config show`: the settings in force for a path, and where each is written.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use toml_edit::Key;

use super::settings::{NamedConfig, read};
use super::{Failure, Outcome};
use crate::config::Project;
use crate::config::origin::{Origin, Setting, settings};
use crate::files;
use crate::rules;
use crate::text::position::LineIndex;

/// Arguments of `zhubi config`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 列出一个文件或文件夹适用的全部设置，各写在哪个文件的哪一行
    Show(Show),
}

/// Arguments of `zhubi config show`.
#[derive(Debug, Args)]
struct Show {
    /// 文件或文件夹；不写就是当前文件夹
    #[arg(value_name = "路径", default_value = ".")]
    path: PathBuf,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = ShowFormat::Text, value_name = "格式")]
    format: ShowFormat,
    #[command(flatten)]
    named: NamedConfig,
}

/// The formats that settings are shown in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// 带注释的 TOML，给人看（默认）
    Text,
    /// 给程序用
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Command::Show(show) = &arguments.command;
    let path = &show.path;
    let metadata = std::fs::metadata(path);
    let metadata =
        metadata.map_err(|error| Failure::say(format!("{}：{}", path.display(), files::reason(&error))))?;
    let whole = files::absolute(path);
    let folder = if metadata.is_dir() { Some(&*whole) } else { whole.parent() };
    let file = folder.and_then(|folder| show.named.locate(folder));
    let project = file.map(|file| read(&files::absolute(&file))).transpose()?;
    let overrides = match &project {
        Some(project) if !metadata.is_dir() => project.overrides_of(&whole),
        _ => Vec::new(),
    };
    let settings = settings(project.as_ref(), &overrides);
    let mut out = anstream::stdout().lock();
    match show.format {
        ShowFormat::Json => {
            let entries: Vec<Entry> = settings.into_iter().map(Entry::from).collect();
            serde_json::to_writer_pretty(&mut out, &entries).map_err(io::Error::from)?;
            writeln!(out)?;
        }
        ShowFormat::Text => {
            write_head(path, metadata.is_dir(), project.as_ref(), &overrides, &mut out)?;
            writeln!(out)?;
            write_settings(&settings, &mut out)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What a program is told of a setting.
#[derive(Serialize)]
struct Entry {
    key: String,
    value: Option<toml::Value>,
    file: Option<PathBuf>,
    line: Option<usize>,
    /// Of a list, whose elements may come from several places.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elements: Vec<Element>,
}

#[derive(Serialize)]
struct Element {
    value: toml::Value,
    file: PathBuf,
    line: usize,
}

impl From<Setting> for Entry {
    fn from(setting: Setting) -> Self {
        let element = |(value, Origin { file, line })| Element { value, file, line };
        let (file, line) = setting.origin.map(|origin| (origin.file, origin.line)).unzip();
        let elements = setting.elements.into_iter().map(element).collect();
        Self { key: dotted(&setting.key), value: setting.value, file, line, elements }
    }
}

/// Keys as TOML has them: `severity."typo/idiom"`.
fn dotted(key: &[String]) -> String {
    key.iter().map(|part| Key::new(part).to_string()).collect::<Vec<_>>().join(".")
}

/// Says where the settings come from.
fn write_head(
    path: &Path,
    is_folder: bool,
    project: Option<&Project>,
    overrides: &[usize],
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "# {} 适用的设置", path.display())?;
    let Some(project) = project else {
        return writeln!(out, "# 这里和上级文件夹里都没有 zhubi.toml，全部是默认值");
    };
    let files: Vec<String> = project.layers.iter().map(|layer| shown(&layer.path)).collect();
    writeln!(out, "# 配置文件：{}", files.join("，继承 "))?;
    if is_folder && !project.overrides.is_empty() {
        writeln!(out, "# overrides 看文件名而定，这里没有算；写明文件就算")?;
    }
    for part in overrides.iter().map(|place| &project.overrides[*place]) {
        let layer = &project.layers[part.layer];
        let document = toml_edit::Document::parse(layer.text.as_str()).ok();
        let parts = document.as_ref().and_then(|document| document.as_table().get("overrides"));
        let span = parts.and_then(|parts| parts.get(part.index)?.span());
        let line = LineIndex::new(&layer.text).line(span.map_or(0, |span| span.start)) + 1;
        let files = toml::Value::from(layer.config.overrides[part.index].files.clone());
        writeln!(out, "# 适用的 overrides：{}:{line}，files = {files}", shown(&layer.path))?;
    }
    Ok(())
}

fn write_settings(settings: &[Setting], out: &mut impl Write) -> io::Result<()> {
    let mut table: &[String] = &[];
    for setting in settings {
        let Some((name, tables)) = setting.key.split_last() else { continue };
        if tables != table {
            writeln!(out, "\n[{}]", dotted(tables))?;
            table = tables;
        }
        let name = Key::new(name);
        match &setting.value {
            None => writeln!(out, "# {name} 没有设（默认值）")?,
            Some(_) if !setting.elements.is_empty() => {
                writeln!(out, "{name} = [")?;
                for (element, origin) in &setting.elements {
                    writeln!(out, "  {element}, # {}", place(origin))?;
                }
                writeln!(out, "]")?;
            }
            Some(value) => writeln!(out, "{name} = {value} # {}", whence(setting))?,
        }
    }
    Ok(())
}

/// Where a setting comes from; of a rule's severity also what it is by default.
fn whence(setting: &Setting) -> String {
    let Some(origin) = &setting.origin else { return "默认值".to_owned() };
    let by = setting.by.as_ref().map(|by| format!("（由 {by} 而定）")).unwrap_or_default();
    let rule = match &setting.key[..] {
        [table, rule] if table == "severity" => rules::find(rule),
        _ => None,
    };
    let usual = rule.map(|rule| format!("，默认 {}", rule.default_severity().name())).unwrap_or_default();
    format!("{}{by}{usual}", place(origin))
}

fn place(origin: &Origin) -> String {
    format!("{}:{}", shown(&origin.file), origin.line)
}

/// A path as it is shown: from the current folder, where it is in there.
fn shown(path: &Path) -> String {
    let here = files::absolute(Path::new("."));
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}
