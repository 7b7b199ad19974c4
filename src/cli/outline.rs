//! `zhubi outline`: the parts and headings of a draft.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Failure, Outcome};
use crate::files;
use crate::text::count::Count;
use crate::text::document::Document;
use crate::text::outline::{Node, NodeKind};
use crate::text::position::LineIndex;

/// Arguments of `zhubi outline`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文件，或“-”（标准输入）
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 输出格式
    #[arg(long, value_enum, default_value_t = OutlineFormat::Text, value_name = "格式")]
    format: OutlineFormat,
    /// 标准输入的文件名，用来判断格式
    #[arg(long, value_name = "文件名")]
    stdin_filename: Option<PathBuf>,
}

/// The formats that an outline is listed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OutlineFormat {
    /// 给人看（默认）
    Text,
    /// 给程序用
    Json,
}

/// A part or heading as JSON. Lines count from 1; `characters` is the 字数 of the whole section.
#[derive(Serialize)]
struct Entry<'a> {
    kind: &'static str,
    level: u8,
    title: &'a str,
    line: usize,
    end_line: usize,
    characters: usize,
    children: Vec<Entry<'a>>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let is_stdin = arguments.file == Path::new("-");
    if arguments.stdin_filename.is_some() && !is_stdin {
        return Err(Failure::say("--stdin-filename 只用于标准输入，请把文件写成“-”"));
    }
    let name = arguments.stdin_filename.as_deref();
    let input = if is_stdin { files::read_stdin(name) } else { files::read(&arguments.file) };
    let document = input.and_then(|input| input.document()).map_err(Failure::say)?;
    let lines = LineIndex::new(document.source());
    let entries = entries(document.outline().roots(), &document, &lines);
    let mut out = anstream::stdout().lock();
    match arguments.format {
        OutlineFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &entries).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        OutlineFormat::Text => write(&entries, 0, &mut out)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn entries<'a>(nodes: &'a [Node], document: &Document, lines: &LineIndex) -> Vec<Entry<'a>> {
    nodes
        .iter()
        .map(|node| Entry {
            kind: match node.kind {
                NodeKind::Part => "part",
                NodeKind::Title => "title",
                NodeKind::Heading => "heading",
                NodeKind::RunIn => "run-in",
            },
            level: node.level,
            title: &node.title,
            line: lines.line(node.selection.start) + 1,
            end_line: lines.line(node.range.end) + 1,
            characters: Count::of_blocks(document, node.block..node.end_block).words,
            children: entries(&node.children, document, lines),
        })
        .collect()
}

fn write(entries: &[Entry<'_>], depth: usize, out: &mut impl std::io::Write) -> std::io::Result<()> {
    for entry in entries {
        let indent = "  ".repeat(depth);
        writeln!(out, "{indent}{}  （第{}行，{}字）", entry.title, entry.line, entry.characters)?;
        write(&entry.children, depth + 1, out)?;
    }
    Ok(())
}
