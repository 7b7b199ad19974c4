//! `zhubi outline`: the parts and headings of a draft.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Failure, Outcome, OutputFormat};
use crate::files;
use crate::text::document::Document;
use crate::text::format::Format;
use crate::text::outline::{Node, NodeKind};
use crate::text::position::LineIndex;

/// Arguments of `zhubi outline`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 文件，或“-”（标准输入）
    #[arg(value_name = "文件")]
    file: PathBuf,
    /// 输出格式：text 给人看（默认），json 给程序用
    #[arg(long, value_enum, default_value_t = OutputFormat::Text, value_name = "格式")]
    format: OutputFormat,
    /// 标准输入的文件名，用来判断格式
    #[arg(long, value_name = "文件名")]
    stdin_filename: Option<PathBuf>,
}

/// A part or heading as JSON. Lines count from 1; characters are those of the whole section but for white space.
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
    let source = if is_stdin { files::read_stdin() } else { files::read(&arguments.file) };
    let source = source.map_err(Failure::say)?;
    let name = arguments.stdin_filename.as_deref().unwrap_or(&arguments.file);
    let document = Document::new(source.text, Format::of_path(name));
    let lines = LineIndex::new(document.source());
    let entries = entries(document.outline().roots(), &document, &lines);
    let mut out = anstream::stdout().lock();
    match arguments.format {
        OutputFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &entries).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        OutputFormat::Text => write(&entries, 0, &mut out)?,
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
            characters: node.characters(document.source()),
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
