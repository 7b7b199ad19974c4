//! `zhubi serve`: the page in a browser of this machine, for those who have no editor. The drafts of a folder, and
//! drafts that are dropped onto the page, which are kept in memory alone.
//!
//! The only place that opens the network, and it opens the loopback address alone. Who comes in is decided in
//! `gate.rs`, how much of it at a time in `listener.rs`; `routes.rs` says what is where, `desk.rs` holds the drafts.

mod answer;
mod body;
mod browser;
mod desk;
mod downloads;
mod draft;
mod events;
mod gate;
mod history;
mod listener;
mod pages;
mod reading;
mod routes;
mod token;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::{collections::HashSet, thread};

use clap::Args;

use super::check::{Sources, Watcher};
use super::help::SOURCES;
use super::settings::Selection;
use super::{FAILED, Failure, Outcome, say};
use crate::files;
use desk::Desk;
use listener::Listener;
use routes::Routes;
use token::Token;

/// Arguments of `zhubi serve`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文件、文件夹、通配符（如 '*.txt'）；不写就是当前文件夹
    #[arg(value_name = "路径", default_value = ".")]
    paths: Vec<PathBuf>,
    /// 走文件夹时不看这些文件、文件夹，写法同 .gitignore；可以写几次，加在 zhubi.toml 的 exclude 上
    #[arg(long, value_name = "通配符", help_heading = SOURCES)]
    exclude: Vec<String>,
    /// 走文件夹时不理会 .gitignore、.ignore，名称以点开头的也看
    #[arg(long, help_heading = SOURCES)]
    no_ignore: bool,
    /// 用这个端口；不写就由系统挑一个空着的
    #[arg(long, value_name = "端口", default_value = "0", value_parser = port)]
    port: u16,
    /// 顺便在浏览器里打开
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    selection: Selection,
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "端口是 0 到 65535 的整数，0 是任意一个空着的".to_owned())
}

/// Serves until Ctrl-C ends the program, which the shell calls 130.
pub(super) fn run(arguments: Arguments) -> Outcome {
    let Arguments { paths, exclude, no_ignore, port, open, selection } = arguments;
    if paths.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::say("serve 不读标准输入；请写文件或文件夹，或者把稿子拖到网页上"));
    }
    let sources = Sources {
        paths,
        exclude,
        no_ignore,
        selection,
        allow_empty: true,
        quiet: false,
        stdin_filename: None,
    };
    // Few threads are enough for one reader: what is checked uses all cores by itself.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .worker_threads(2)
        .max_blocking_threads(8)
        .build()
        .map_err(|error| Failure::say(format!("无法启动：{}", files::reason(&error))))?;
    let listener = runtime.block_on(Listener::bind(port)).map_err(|error| {
        Failure::say(match error.kind() {
            io::ErrorKind::AddrInUse => format!("端口 {port} 已被别的程序占用，请换一个，或不写 --port"),
            _ => format!("端口 {port} 不能用：{}", files::reason(&error)),
        })
    })?;
    let token = Token::new().map_err(|error| Failure::say(format!("系统给不出随机数：{error}")))?;
    let desk = Arc::new(Desk::open(sources)?);
    let address = format!("http://127.0.0.1:{}/{token}/", listener.port());
    writeln!(anstream::stdout().lock(), "{address}")?;
    say("请在这台电脑的浏览器里打开上面的地址，用完按 Ctrl-C 结束；地址里的一长串是口令，不要给别人");
    follow(&desk);
    if open {
        browser::open(&address);
    }
    let routes = Arc::new(Routes::new(desk, token, listener.port()));
    let error = runtime.block_on(listener.serve(routes));
    say(format!("不能再接受连接：{}", files::reason(&error)));
    Ok(ExitCode::from(FAILED))
}

/// Reads the drafts again whenever one of them changes. Where the system does not tell, a page is fresh when
/// it is loaded.
fn follow(desk: &Arc<Desk>) {
    let desk = desk.clone();
    thread::spawn(move || {
        let mut watcher = match Watcher::new(HashSet::new()) {
            Ok(watcher) => watcher,
            Err(why) => return say(format!("网页不会自己更新，请刷新：{why}")),
        };
        loop {
            if let Err(why) = watcher.follow(desk.sources()) {
                say(format!("网页不会自己更新，请刷新：{why}"));
            }
            desk.refresh();
            if let Err(why) = watcher.wait() {
                return say(why);
            }
        }
    });
}
