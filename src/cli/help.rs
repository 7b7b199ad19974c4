//! The help and the errors of the command line, wholly in Chinese: clap's own words are English.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Args, Command, Error};

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The exit statuses, below the help of a command that finds things.
const STATUS: &str = "退出状态：
  0  没有错误一级的问题（级别由 --fail-on 决定；--diff 时为没有要改的）
  1  有
  2  没能检查，或没能全部检查：参数、配置、文件有误，或没有可检查的文件";

const CHECK: &str = "例：
  zhubi check 总结.txt 材料/              检查一个文件和一个文件夹
  zhubi check --diff 总结.txt             先看 --fix 会改什么
  zhubi check --fix --min-severity 错误 . 只改错误一级的
  zhubi check --select 错别字,标点 .      只查这两组
  zhubi check --fix - < 原稿 > 改稿       当过滤器用
  zhubi check --format json .             给程序用

级别：错误 error、警告 warning、提示 info、参考 hint；中英文都可以写。
zhubi.toml 和编辑器里也一样（另有 关 off）。

配置：稿子所在文件夹或上级文件夹里的 zhubi.toml。
命令行写了 --select，就只看命令行的选择；--ignore、--exclude 加在配置上。
--exclude 从当前文件夹或要检查的文件夹算起，zhubi.toml 的 exclude 从它所在的文件夹算起；没有排除任何文件的，会说明。

--fix 只改选中的规则里、会显示的级别。检查期间又存过的文件、只读的文件，不改，并说明，退出状态为 2。
属主、权限（含访问控制列表）、扩展属性、链接不变。

空文件、空的标准输入算略过；一个文件最多 64 兆字节。接收输出的程序先退出（如 | head）时，
退出状态按到那时为止查出的问题。";

const LEARN: &str = "一个词要同时够 --least 次、见于 --drafts 份稿子，在多数地方首尾都是词的边界，而且前后搭配自由，才列出来；
多数地方被查出是错别字的，不列。

例：
  zhubi learn 旧稿/                       输出到屏幕
  zhubi learn --output words.txt 旧稿/    写进词表，再写进 zhubi.toml 的 [dictionary] files

退出状态：0 完成，2 有文件没能读";

const BATCH: &str = "每行输入 {\"id\": 任意, \"text\": \"稿子\"}，每行输出 {\"id\", \"diagnostics\"}，次序相同；位置按字数从 0 算起。
写完一行就能读到这一行的结果。读不懂的行输出 {\"id\", \"error\"}，其余照常。

退出状态：0 完成，2 有读不懂的行";

const PACK: &str = "例：
  zhubi pack test                         验证 zhubi.toml 里的规则包
  zhubi pack test packs/wording.toml      验证一个规则包

退出状态：0 全部通过，1 有例子不对，2 规则包或配置有误";

const MAIN: &str = "例：
  zhubi check 总结.txt                    检查
  zhubi check --fix 总结.txt              检查，并改正可以放心自动改的
  zhubi explain 成语误写                  说明一条规则
  zhubi help check                        一个命令的帮助

退出状态：0 没有问题，1 有问题，2 没能运行";

/// Arguments of `zhubi help`, for its own help: it is rewritten to `--help` before parsing.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 要看哪个命令的帮助；不写就是总的帮助
    #[arg(value_name = "命令")]
    commands: Vec<String>,
}

impl Arguments {
    /// The message where it was parsed after all, as behind `--`.
    pub(super) fn refusal(&self) -> String {
        format!("帮助请用 zhubi {} --help", self.commands.join(" "))
    }
}

/// The command line with all of clap's words in Chinese.
pub(super) fn in_chinese(command: Command) -> Command {
    let after = match command.get_name() {
        "zhubi" => MAIN.to_owned(),
        "check" => format!("{CHECK}\n\n{STATUS}"),
        "learn" => LEARN.to_owned(),
        "batch" => BATCH.to_owned(),
        "pack" | "test" => PACK.to_owned(),
        _ => String::new(),
    };
    let is_main = command.get_name() == "zhubi";
    let mut command = command
        .help_template(TEMPLATE)
        .after_help(StyledStr::from(after))
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .mut_args(|arg| {
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            let takes_values = arg.get_action().takes_values();
            let arg = with_values(arg).help_heading(heading);
            if takes_values { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
        })
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("显示帮助")
                .help_heading("选项"),
        );
    if is_main {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.arg(version.help("显示版本").help_heading("选项"));
    }
    let usage = usage(&command);
    command.override_usage(usage).mut_subcommands(in_chinese)
}

/// An argument whose help lists its values, where these are explained.
fn with_values(arg: Arg) -> Arg {
    let values: Vec<String> = arg
        .get_possible_values()
        .iter()
        .filter_map(|value| Some(format!("{} {}", value.get_name(), value.get_help()?)))
        .collect();
    match arg.get_help() {
        Some(help) if !values.is_empty() => {
            let help = format!("{help}：{}", values.join("，"));
            arg.help(help)
        }
        _ => arg,
    }
}

/// The arguments that a command takes, after its name.
fn usage(command: &Command) -> String {
    let mut usage = match command.get_name() {
        "zhubi" => "zhubi".to_owned(),
        "test" => "zhubi pack test".to_owned(),
        name => format!("zhubi {name}"),
    };
    if command.has_subcommands() {
        usage += " <命令>";
    } else {
        usage += " [选项]";
    }
    for argument in command.get_positionals() {
        let name = argument.get_value_names().and_then(|names| names.first()).map_or("值", |it| it.as_str());
        let many = matches!(argument.get_action(), ArgAction::Append);
        let (open, close) = if argument.is_required_set() { ('<', '>') } else { ('[', ']') };
        usage += &format!(" {open}{name}{close}{}", if many { "..." } else { "" });
    }
    usage
}

/// `zhubi help check` is `zhubi check --help`.
pub(super) fn arguments(given: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut given: Vec<OsString> = given.collect();
    if given.get(1).is_some_and(|word| word == "help" || word == "帮助") {
        given.remove(1);
        if let Some(word) = given.get_mut(1).filter(|word| *word == "帮助") {
            *word = "help".into();
        }
        given.push("--help".into());
    }
    given
}

/// A help text as it is shown: clap writes an English colon behind each heading.
pub(super) fn rendered(error: &Error) -> String {
    let text = error.render().ansi().to_string();
    let headings = ["命令", "参数", "选项"];
    let lines = text.split_inclusive('\n').map(|line| {
        let is_heading = headings.iter().any(|heading| line.contains(heading))
            && strip_style(line)
                .trim_end()
                .strip_suffix(':')
                .is_some_and(|heading| headings.contains(&heading));
        if is_heading { line.replacen(':', "：", 1) } else { line.to_owned() }
    });
    let mut text: String = lines.collect();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn strip_style(line: &str) -> String {
    anstream::adapter::strip_str(line).to_string()
}

/// What is wrong with a command line, and where to read on.
pub(super) fn refusal(error: &Error) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join("、")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::StyledStrs(texts)) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let known = text(ContextKind::ValidValue).filter(|known| !known.is_empty());
    let known = known.map(|known| format!("，可以写：{known}")).unwrap_or_default();
    let near = |kind| text(kind).map(|near| format!("，是否指“{near}”？")).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() && argument.starts_with('-') => {
            format!("{argument} 后面缺少值，或值是空的{known}")
        }
        // Mostly an unset shell variable.
        ErrorKind::InvalidValue if value.is_empty() => {
            let name = argument.trim_matches(['[', ']', '<', '>', '.']);
            format!("参数“{name}”的值是空的，请写明{known}")
        }
        ErrorKind::ValueValidation if value.is_empty() => format!("{argument} 的值是空的"),
        ErrorKind::InvalidValue => format!("{argument} 不能写“{value}”{known}"),
        ErrorKind::UnknownArgument if !argument.starts_with('-') => format!("多出了“{argument}”"),
        ErrorKind::UnknownArgument => {
            format!("没有“{argument}”这个选项{}", near(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let name = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("没有“{name}”这个命令{}", near(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::NoEquals => format!("{argument} 和值之间要有等号"),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            // A number's error is the standard library's.
            let why = if why.is_ascii() { "应当是不小于 0 的整数".to_owned() } else { why };
            format!("{argument} 不能写“{value}”：{why}")
        }
        ErrorKind::TooManyValues => format!("{argument} 的值太多，多出了“{value}”"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => format!("{argument} 的值不够"),
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            if other.is_empty() || other == argument {
                format!("{argument} 只能写一次")
            } else {
                format!("{argument} 不能和 {other} 一起用")
            }
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::InvalidUtf8 => "参数里有无法识别的字节".to_owned(),
        _ => "参数有误".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Arguments;

    fn refused(line: &str) -> String {
        let error = in_chinese(Arguments::command()).try_get_matches_from(line.split(' ')).unwrap_err();
        refusal(&error)
    }

    #[test]
    fn mistakes_are_named_in_chinese() {
        for (line, said) in [
            ("zhubi check --exclud", "没有“--exclud”这个选项，是否指“--exclude”？"),
            ("zhubi chek", "没有“chek”这个命令，是否指“check”？"),
            ("zhubi check --format xml", "--format <格式> 不能写“xml”，可以写：text、concise、json"),
            ("zhubi rules --format", "--format <格式> 后面缺少值，或值是空的，可以写：text、json"),
            ("zhubi check a.txt --config", "--config <文件> 后面缺少值，或值是空的"),
            ("zhubi check ", "参数“路径”的值是空的，请写明"),
            ("zhubi outline ", "参数“文件”的值是空的，请写明"),
            ("zhubi explain", "缺少 <规则>"),
            ("zhubi explain a b", "多出了“b”"),
            ("zhubi learn --least x a", "--least <次数> 不能写“x”：应当是不小于 0 的整数"),
            ("zhubi check --fix --fix", "--fix 只能写一次"),
        ] {
            assert_eq!(refused(line), said, "{line}");
        }
        let level = refused("zhubi check --min-severity fatal");
        assert!(level.contains("“fatal”") && level.contains("错误（error）"), "{level}");
    }

    #[test]
    fn no_help_has_a_word_of_claps_own() {
        fn all(command: &mut Command, check: &impl Fn(&str, &str)) {
            let name = command.get_name().to_owned();
            check(&name, &command.render_help().to_string());
            check(&name, &command.render_long_help().to_string());
            for sub in command.get_subcommands_mut() {
                all(sub, check);
            }
        }
        let mut command = in_chinese(Arguments::command());
        command.build();
        all(&mut command, &|name, help| {
            for english in [
                "Usage",
                "Options",
                "Arguments",
                "Commands",
                "Print",
                "[default",
                "[possible",
                "OPTIONS",
                "COMMAND",
            ] {
                assert!(!help.contains(english), "{name}: {english} in {help}");
            }
            assert!(help.contains("用法："), "{help}");
        });
    }
}
