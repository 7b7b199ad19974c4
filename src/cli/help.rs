//! The help and the errors of the command line, wholly in Chinese: clap's own words are English.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Args, Command, Error};

use super::wrap::{columns, wrapped};

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The exit statuses, below the help of a command that finds things.
const STATUS: &str = "退出状态：
  0  没有错误一级的问题（级别由 --fail-on 决定；--diff 时为没有要改的）
  1  有
  2  没能检查，或没能全部检查：参数、配置、文件有误，或没有可检查的文件";

/// More values than these stand below each other in the help of an argument.
const MOST_IN_LINE: usize = 5;

/// The headings above the flags of `check`.
pub(super) const SOURCES: &str = "检查什么";
pub(super) const FINDINGS: &str = "报哪些问题";
pub(super) const REPORT: &str = "怎样报告";
pub(super) const FIXES: &str = "改正";

const CHECK: &str = "例：
  zhubi check 总结.txt 材料/              检查一个文件和一个文件夹
  zhubi check 总结.docx --annotate 新.docx 另存一份带批注的 Word 文档
  zhubi check --diff 总结.txt             先看 --fix 会改什么
  zhubi check --fix --min-severity 错误 . 只改错误一级的
  zhubi check --select 错别字,标点 .      只查这两组
  zhubi check --fix - < 原稿 > 改稿       当过滤器用；Markdown 的加 --stdin-filename 原稿.md
  zhubi check --format json .             给程序用
  zhubi check --statistics .              只看各规则、各级别、各文件有几处
  zhubi check --group-by 级别 .           错误排在前面
  zhubi check --watch 总结.txt            一边改，一边看
  zhubi check -f full -f sarif=z.sarif .  屏幕上看，另存一份 SARIF
  zhubi check --changed-since origin/main 只报这个分支改动过的行
  zhubi check --baseline 旧.json          只报基线（zhubi baseline）里没有的

级别：错误 error、警告 warning、提示 info、参考 hint；中英文都可以写，\
zhubi.toml 和编辑器里也一样（另有 关 off）。

配置：稿子所在文件夹或上级文件夹里的 zhubi.toml，最近的一个起作用，可以用 extend 继承别的，\
用 overrides 给一部分文件另定；哪些设置在起作用，见 zhubi config show。\
命令行写了 --select，就只看命令行的选择；--ignore、--exclude 加在配置上。\
--exclude 从当前文件夹或要检查的文件夹算起，zhubi.toml 的 exclude 从它所在的文件夹算起；没有排除任何文件的，会说明。

--fix 只改选中的规则里、会显示的级别。检查期间又存过的文件、只读的文件，不改，并说明，退出状态为 2。\
属主、权限（含访问控制列表）、扩展属性、链接不变。

空文件、空的标准输入算略过；一个文件最多 64 兆字节。接收输出的程序先退出（如 | head）时，\
退出状态按到那时为止查出的问题。";

const BASELINE: &str =
    "旧稿多的单位先记一次基线，以后只有新的问题算失败。一处问题按规则和前后文字来认，段落挪动、\
稿子改名都认得。改好的自动从基线里去掉（在 CI 里只说明，不写文件）。

例：
  zhubi baseline                          记下当前文件夹的问题，写进 zhubi-baseline.json
  zhubi check --baseline zhubi-baseline.json   只报新的
  zhubi baseline --prune                  列出并去掉已经改好的

退出状态：0 完成，2 有稿子没能检查，或基线不能读写";

const IGNORED: &str = "在编辑器里忽略的地方记在 zhubi.toml 旁边的 zhubi.ignore.toml 里，检查时不报，文稿不改。\
前面的字：忽略，仍在起作用；落空，那里已经改好，或者改得认不出了；没查，这次没有检查那份稿子，或没有用那条规则。

例：
  zhubi ignored                           列出当前文件夹里忽略过的地方
  zhubi ignored --prune                   去掉落空的
  zhubi check --show-ignored .            忽略过的也报

退出状态：0 完成，2 有稿子没能检查，或 zhubi.ignore.toml 有误、不能写";

const LEARN: &str = "一个词要同时够 --least 次、见于 --drafts 份稿子，在多数地方首尾都是词的边界，而且前后搭配自由，才列出来；\
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

退出状态：0 没有问题，1 有问题，2 没能做完";

const INIT: &str = "例：
  zhubi init                              写进当前文件夹的 zhubi.toml
  zhubi init --stdout 材料/               只看看会写什么

数一数稿子，认一认文种，把词表（words.txt）、规则包写进去，归档的文件夹列作排除的建议；上级文件夹里有 zhubi.toml 的，继承它。
已经有 zhubi.toml 的，不覆盖。

退出状态：0 写好了，2 没有写";

const CONFIG: &str = "例：
  zhubi config show 材料/总结.txt         这个文件适用的设置
  zhubi config show --format json .       给程序用

从稿子所在的文件夹向上，最近的 zhubi.toml 起作用；它用 extend 继承的，逐项补上；overrides 里对这个文件写的，先于其余。";

const SERVE: &str = "例：
  zhubi serve                             当前文件夹里的稿子
  zhubi serve --open 材料/ 总结.docx      一个文件夹和一个文件，顺便打开浏览器

把显示的地址粘贴到浏览器里：稿子上有红笔批注，一处一处采纳改法，直接写进文件（编码、换行、格式不变），可以撤销；\
也可以把别处的 .docx、.txt、.md 拖到网页上，改好以后下载；Word 文档可以下载带批注、带修订的副本。\
稿子、配置在别处一改，网页就更新。

只有这台电脑能连（127.0.0.1），地址里有一次一换的口令，别的网页、别的用户看不到；稿子不出本机。按 Ctrl-C 结束。

退出状态：2 没能开始";

const SCHEMA: &str = "例：
  zhubi schema > zhubi.schema.json        编辑器照它补全 zhubi.toml";

const COMPLETIONS: &str = "例：
  zhubi completions bash > ~/.local/share/bash-completion/completions/zhubi
  zhubi completions zsh > ~/.zfunc/_zhubi     （~/.zfunc 要在 fpath 里）
  zhubi completions fish > ~/.config/fish/completions/zhubi.fish";

const MAN_PAGES: &str = "例：
  zhubi man check | man -l -              看 check 一页
  zhubi man --dir ~/.local/share/man/man1 全部安装，以后用 man zhubi、man zhubi-check 看";

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
    let name = command.get_name().to_owned();
    translated(command, &name)
}

/// A command, which is called by `path`.
fn translated(command: Command, path: &str) -> Command {
    let after = match path {
        "zhubi" => MAIN.to_owned(),
        "zhubi check" => format!("{CHECK}\n\n{STATUS}"),
        "zhubi baseline" => BASELINE.to_owned(),
        "zhubi ignored" => IGNORED.to_owned(),
        "zhubi learn" => LEARN.to_owned(),
        "zhubi batch" => BATCH.to_owned(),
        "zhubi pack" | "zhubi pack test" => PACK.to_owned(),
        "zhubi init" => INIT.to_owned(),
        "zhubi config" | "zhubi config show" => CONFIG.to_owned(),
        "zhubi serve" => SERVE.to_owned(),
        "zhubi schema" => SCHEMA.to_owned(),
        "zhubi completions" => COMPLETIONS.to_owned(),
        "zhubi man" => MAN_PAGES.to_owned(),
        _ => String::new(),
    };
    let is_main = path == "zhubi";
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
            let arg = with_values(arg);
            let has_own = !arg.is_positional() && arg.get_help_heading().is_some();
            let arg = if has_own { arg } else { arg.help_heading(heading) };
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
    let usage = usage(&command, path);
    command.override_usage(usage).mut_subcommands(|below| {
        let path = format!("{path} {}", below.get_name());
        translated(below, &path)
    })
}

/// An argument whose help lists its values, where these are explained, and the environment variable that
/// stands for it. One that is empty counts as not set.
fn with_values(arg: Arg) -> Arg {
    let possible = arg.get_possible_values();
    let is_list = possible.len() > MOST_IN_LINE;
    let values: Vec<String> = possible
        .iter()
        .filter_map(|value| {
            let (name, help) = (value.get_name(), value.get_help()?);
            // roff keeps a line that begins with a blank.
            Some(if is_list { format!(" {name:<12}{help}") } else { format!("{name} {help}") })
        })
        .collect();
    let variable = arg.get_env().map(ToOwned::to_owned);
    let Some(mut help) = arg.get_help().map(ToString::to_string) else { return arg };
    if let Some(variable) = &variable {
        help += &format!("（环境变量 {}）", variable.display());
    }
    if !values.is_empty() {
        let (colon, comma) = if is_list { ("：\n", "\n") } else { ("：", "，") };
        help += &format!("{colon}{}", values.join(comma));
    }
    let Some(variable) = variable else { return arg.help(help) };
    let arg = arg.help(help).hide_env(true);
    if std::env::var_os(&variable).is_some_and(|value| value.is_empty()) {
        arg.env(None::<&str>)
    } else {
        arg
    }
}

/// The arguments that a command takes, after its name.
fn usage(command: &Command, path: &str) -> String {
    let mut usage = path.to_owned();
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
    let headings = ["命令", "参数", "选项", SOURCES, FINDINGS, REPORT, FIXES];
    let lines = text.split_inclusive('\n').map(|line| {
        let is_heading = headings.iter().any(|heading| line.contains(heading))
            && strip_style(line)
                .trim_end()
                .strip_suffix(':')
                .is_some_and(|heading| headings.contains(&heading));
        if is_heading { line.replacen(':', "：", 1) } else { line.to_owned() }
    });
    let mut text = wrapped(&lines.collect::<String>(), columns());
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn strip_style(line: &str) -> String {
    anstream::adapter::strip_str(line).to_string()
}

/// What is wrong with a command line, and where to read on.
pub(super) fn refusal(error: &Error, command: &mut Command, given: &[OsString]) -> String {
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
    command.build();
    let argument = variable(command, &argument, given).unwrap_or(argument);
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let known = text(ContextKind::ValidValue).filter(|known| !known.is_empty());
    let known = known.map(|known| format!("，可以写：{known}")).unwrap_or_default();
    // Of several that are near the nearest comes last.
    let nearest = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.last().cloned(),
        _ => text(kind),
    };
    let near = |kind| nearest(kind).map(|near| format!("，是否指“{near}”？")).unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() && argument.starts_with('-') => {
            format!("{argument} 后面缺少值，或值是空的{known}")
        }
        ErrorKind::InvalidValue if value.is_empty() && argument.starts_with(VARIABLE) => {
            format!("{argument} 里有一个值是空的{known}")
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

/// What the name of a variable follows in a message.
const VARIABLE: &str = "环境变量";

/// The environment variable that gave an argument its value, where the command line does not.
fn variable(command: &Command, argument: &str, given: &[OsString]) -> Option<String> {
    let is_given = |arg: &Arg| {
        let names = arg.get_long().into_iter().chain(arg.get_all_aliases().unwrap_or_default());
        let names: Vec<&str> = names.collect();
        given.iter().map(|word| word.to_string_lossy()).any(|word| match word.strip_prefix("--") {
            Some(word) => names.iter().any(|name| word.starts_with(name)),
            None => word.starts_with('-') && arg.get_short().is_some_and(|short| word.contains(short)),
        })
    };
    let is_meant = |arg: &&Arg| arg.to_string() == argument && !is_given(arg);
    let variable = command.get_arguments().find(is_meant).and_then(Arg::get_env);
    let variable = variable.map(|name| format!("{VARIABLE} {}", name.display()));
    variable.or_else(|| command.get_subcommands().find_map(|below| self::variable(below, argument, given)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Arguments;

    fn refused(line: &str) -> String {
        let mut command = in_chinese(Arguments::command());
        let error = command.try_get_matches_from_mut(line.split(' ')).unwrap_err();
        refusal(&error, &mut command, &line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn mistakes_are_named_in_chinese() {
        for (line, said) in [
            ("zhubi check --exclud", "没有“--exclud”这个选项，是否指“--exclude”？"),
            ("zhubi chek", "没有“chek”这个命令，是否指“check”？"),
            ("zhubi rules --format xml", "--format <格式> 不能写“xml”，可以写：text、json、markdown"),
            ("zhubi rules --format", "--format <格式> 后面缺少值，或值是空的，可以写：text、json、markdown"),
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
    fn what_the_line_gives_is_not_told_by_its_variable() {
        for line in ["zhubi check -f xml .", "zhubi check -qfxml .", "zhubi check --output-format xml ."] {
            let refusal = refused(line);
            assert!(refusal.starts_with("--format <格式[=文件]> 不能写“xml”"), "{line}: {refusal}");
        }
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
                "[env",
                "OPTIONS",
                "COMMAND",
            ] {
                assert!(!help.contains(english), "{name}: {english} in {help}");
            }
            assert!(help.contains("用法："), "{help}");
        });
    }
}
