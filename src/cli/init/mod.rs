//! `zhubi init`: writes a zhubi.toml that suits a folder.

mod survey;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::Value;
use toml_edit::Key;

use super::{Failure, Outcome, say};
use crate::config::keys::KEYS;
use crate::config::{Config, FILE_NAME};
use crate::files::{self, replace};
use survey::{Survey, survey};

/// Arguments of `zhubi init`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 写在哪个文件夹里；不写就是当前文件夹
    #[arg(value_name = "文件夹", default_value = ".")]
    folder: PathBuf,
    /// 已经有 zhubi.toml 的，也覆盖
    #[arg(long)]
    force: bool,
    /// 输出到屏幕，不写文件
    #[arg(long)]
    stdout: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let (folder, file) = (&arguments.folder, arguments.folder.join(FILE_NAME));
    let metadata = std::fs::metadata(folder);
    match metadata {
        Err(error) => return Err(Failure::say(format!("{}：{}", folder.display(), files::reason(&error)))),
        Ok(metadata) if !metadata.is_dir() => {
            return Err(Failure::say(format!(
                "{}：不是文件夹，请写放 zhubi.toml 的文件夹",
                folder.display()
            )));
        }
        Ok(_) => {}
    }
    let is_there = file.symlink_metadata().is_ok();
    if is_there && !arguments.force && !arguments.stdout {
        return Err(Failure::say(format!(
            "{}：已经有了，没有改动；要重写，用 --force；只看看会写什么，用 --stdout",
            file.display()
        )));
    }
    let survey = survey(folder);
    let text = text(&survey);
    survey.faults.iter().for_each(say);
    if arguments.stdout {
        anstream::stdout().lock().write_all(text.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let written = if is_there { replace::replace } else { replace::create };
    written(&file, text.as_bytes()).map_err(Failure::say)?;
    say(format!("写好了 {}（{}）；改好以后，用 zhubi check 检查", file.display(), counted(&survey)));
    Ok(ExitCode::SUCCESS)
}

/// What a key is proposed to be.
struct Proposal {
    value: Value,
    /// Is it in force at once?
    is_set: bool,
    /// Why it is proposed.
    reason: String,
}

/// How many drafts there are.
fn counted(survey: &Survey) -> String {
    let all: usize = survey.drafts.values().sum();
    let mut each = survey.drafts.iter().map(|(extension, count)| (format!(".{extension}"), count));
    match (survey.drafts.len(), each.next()) {
        (_, None) => "还没有稿子".to_owned(),
        (1, Some((extension, _))) => format!("有{all}份稿子，都是 {extension}"),
        (_, Some(first)) => {
            let each =
                [first].into_iter().chain(each).map(|(extension, count)| format!("{extension} {count}份"));
            format!("有{all}份稿子：{}", each.collect::<Vec<_>>().join("，"))
        }
    }
}

/// The text of the configuration: every key with what it is for, and an example where it is not set.
fn text(survey: &Survey) -> String {
    let schema = Config::json_schema();
    let mut text = format!(
        "# 朱笔的配置，由 zhubi init 写成。这里{}。\n\
         # “#”后面紧接着写的，是没有起作用的例子，去掉“#”就起作用；“#”后面有空格的，是说明。\n\
         # 正在起作用的设置：zhubi config show；全部规则：zhubi rules。\n",
        counted(survey)
    );
    let mut table = "";
    for key in KEYS {
        let property = key.property(&schema);
        let about = property["description"].as_str().unwrap_or_default();
        let (name, tables) = key.path.split_last().map_or(("", &[][..]), |(name, tables)| (*name, tables));
        if let Some(first) = tables.first().filter(|first| **first != table) {
            let about = schema["properties"][*first]["description"].as_str().unwrap_or_default();
            let _ = write!(text, "\n# {about}\n[{first}]\n");
            table = first;
        }
        let proposal = proposal(key.path, survey);
        let reason = proposal.as_ref().map(|it| it.reason.as_str()).unwrap_or_default();
        let is_set = proposal.as_ref().is_some_and(|it| it.is_set);
        let value = proposal.as_ref().map_or(&property["examples"][0], |it| &it.value);
        let _ = write!(text, "\n# {about}{reason}\n");
        let mark = if is_set { "" } else { "#" };
        if name == "overrides" {
            let _ = writeln!(text, "# 几行一起去掉“#”。");
            for part in value.as_array().into_iter().flatten() {
                let _ = writeln!(text, "{mark}[[{name}]]");
                lines(part, mark, &mut text);
            }
        } else if key.is_table() {
            let _ = writeln!(text, "[{name}]");
            lines(value, mark, &mut text);
        } else {
            let _ = writeln!(text, "{mark}{name} = {}", toml(value));
        }
    }
    text
}

/// The entries of a table, a line each.
fn lines(table: &Value, mark: &str, text: &mut String) {
    for (name, value) in table.as_object().into_iter().flatten() {
        let _ = writeln!(text, "{mark}{} = {}", Key::new(name), toml(value));
    }
}

fn toml(value: &Value) -> String {
    toml::Value::try_from(value).map(|value| value.to_string()).unwrap_or_default()
}

/// What a folder says of a key.
fn proposal(key: &[&str], survey: &Survey) -> Option<Proposal> {
    let list = |values: &[String], is_set, reason: &str| {
        let proposal = Proposal { value: values.into(), is_set, reason: reason.to_owned() };
        (!values.is_empty()).then_some(proposal)
    };
    match key {
        ["extend"] => survey.parent.as_ref().map(|parent| Proposal {
            value: parent.as_str().into(),
            is_set: true,
            reason: "现在起作用的就是这一个，所以继承它。".to_owned(),
        }),
        ["exclude"] => list(&survey.left_out, false, "这里像是不必检查的有："),
        ["document-type"] => survey.usual.map(|(kind, count)| Proposal {
            value: kind.names().next().into(),
            is_set: false,
            reason: format!("这里有{count}份标题是这一种。"),
        }),
        ["dictionary", "files"] => list(&survey.word_lists, true, ""),
        ["packs", "files"] => list(&survey.packs, true, ""),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with these commented examples in force.
    fn in_force(text: &str, is_taken: impl Fn(usize) -> bool) -> String {
        let line = |(number, line): (usize, &str)| match line.strip_prefix('#') {
            Some(example) if !example.starts_with(' ') && is_taken(number) => format!("{example}\n"),
            _ => format!("{line}\n"),
        };
        text.lines().enumerate().map(line).collect()
    }

    #[test]
    fn what_is_written_is_a_configuration_and_so_is_every_example_in_it() {
        let full = Survey {
            usual: crate::doctype::DocumentType::named("请示").map(|kind| (kind, 3)),
            word_lists: vec!["words.txt".to_owned()],
            packs: vec!["packs/甲.toml".to_owned()],
            left_out: vec!["/归档/".to_owned()],
            parent: Some("../zhubi.toml".to_owned()),
            ..Survey::default()
        };
        for survey in [Survey::default(), full] {
            let text = text(&survey);
            let config = Config::parse(&text).unwrap();
            assert_eq!((config.dictionary.files, config.packs.files), (survey.word_lists, survey.packs));
            assert_eq!((config.extend, config.select, config.exclude), (survey.parent, None, vec![]));
            let all = Config::parse(&in_force(&text, |_| true)).unwrap();
            assert!(all.select.is_some() && !all.overrides.is_empty() && !all.severity.is_empty(), "{text}");
            // One at a time, but for the last block.
            let block = text.lines().position(|line| line == "#[[overrides]]").unwrap();
            for number in 0..block {
                let one = in_force(&text, |it| it == number);
                assert!(Config::parse(&one).is_ok(), "{one}");
            }
        }
    }
}
