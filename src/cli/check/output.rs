//! Where the reports of a run go: one to standard output, any number to files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, Command, ValueEnum as _};

use super::Arguments;
use super::targets::Targets;
use crate::cli::{Failure, say};
use crate::files::walk::is_draft;
use crate::files::{CONFIG_FILE, Identity, replace};
use crate::report::group::Grouped;
use crate::report::screen::Screen;
use crate::report::statistics::Statistics;
use crate::report::{OutputFormat, Reporter, diff};

/// A format and the file that its report goes to; none for standard output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) format: OutputFormat,
    pub(super) file: Option<PathBuf>,
}

/// Reads `FORMAT` and `FORMAT=FILE`.
#[derive(Debug, Clone)]
pub(super) struct OutputParser;

impl TypedValueParser for OutputParser {
    type Value = Output;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<Output, clap::Error> {
        let text = value.to_str();
        let (name, file) = match text.and_then(|text| text.split_once('=')) {
            Some((name, file)) => (std::ffi::OsStr::new(name), Some(PathBuf::from(file))),
            None => (value, None),
        };
        let file = file.filter(|file| !file.as_os_str().is_empty() && !is_stdout(file));
        let format = EnumValueParser::<OutputFormat>::new().parse_ref(command, argument, name)?;
        Ok(Output { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(OutputFormat::value_variants().iter().filter_map(OutputFormat::to_possible_value)))
    }
}

/// Is it a name for standard output?
fn is_stdout(file: &Path) -> bool {
    file == Path::new("-")
        || cfg!(unix) && ["/dev/stdout", "/dev/fd/1"].iter().any(|name| file == Path::new(name))
}

/// The file name that GitLab's documentation uses for a Code Quality report.
const GITLAB_REPORT: &str = "gl-code-quality-report.json";

/// The reports that are asked for; without any, what suits the place: annotations in a job of GitHub, a Code
/// Quality report beside the text in a job of GitLab.
///
/// # Errors
/// Two of them are to go to one place.
pub(super) fn outputs(arguments: &Arguments) -> Result<Vec<Output>, Failure> {
    let mut outputs = arguments.format.clone();
    if outputs.is_empty() {
        outputs = usual(arguments);
    }
    require_fitting(&outputs, arguments)?;
    if let Some(file) = arguments.output_file.as_ref().filter(|file| !is_stdout(file)) {
        match outputs.iter_mut().find(|output| output.file.is_none()) {
            Some(output) => output.file = Some(file.clone()),
            None => {
                return Err(Failure::say(
                    "--format 都写明了文件，--output-file 没有用处；请去掉它，或写一个不带文件的 --format",
                ));
            }
        }
    }
    for (at, output) in outputs.iter().enumerate() {
        let place = |output: &Output| output.file.as_deref().map(Identity::of);
        if outputs[..at].iter().any(|other| place(other) == place(output)) {
            let place = match &output.file {
                Some(file) => format!("写到 {}", file.display()),
                None => "写到标准输出".to_owned(),
            };
            return Err(Failure::say(format!(
                "两个 --format 都{place}；请给其中一个写明文件，如 --format sarif=zhubi.sarif"
            )));
        }
    }
    Ok(outputs)
}

/// Refuses reports that would take the place of what a run reads: `-o *.txt`.
///
/// # Errors
/// One would.
pub(super) fn require_harmless(
    outputs: &[Output],
    targets: Option<&Targets>,
    arguments: &Arguments,
) -> Result<(), Failure> {
    let own = [arguments.baseline.as_deref(), arguments.sources.selection.config_file()];
    for file in outputs.iter().filter_map(|output| output.file.as_deref()).filter(|file| file.exists()) {
        let identity = Identity::of(file);
        let is_own = file.file_name().is_some_and(|name| name == CONFIG_FILE)
            || own.iter().flatten().any(|own| Identity::of(own) == identity);
        // What is to be checked may not be known for a fault of the configuration.
        if is_own || targets.map_or_else(|| is_draft(file), |targets| targets.have(&identity)) {
            return Err(Failure::say(format!(
                "报告会盖掉{}的 {}；请给报告换一个名字，如 zhubi.log",
                if is_own { "这次要用" } else { "要检查" },
                file.display()
            )));
        }
    }
    Ok(())
}

/// Refuses formats that have no way to show what is asked for.
fn require_fitting(outputs: &[Output], arguments: &Arguments) -> Result<(), Failure> {
    let other = outputs.iter().find(|it| Statistics::of_format(it.format).is_none());
    if let Some(other) = other.filter(|_| arguments.statistics) {
        let format = other.format.name();
        return Err(Failure::say(format!(
            "--statistics 不能和 --format {format} 一起用，只有 full、concise、json 能列统计"
        )));
    }
    if arguments.group_by.is_some() && !outputs.iter().any(|it| it.format.is_for_people()) {
        return Err(Failure::say("--group-by 只用于给人看的格式；请用 --format full 或 concise"));
    }
    Ok(())
}

fn usual(arguments: &Arguments) -> Vec<Output> {
    let to_stdout = |format| Output { format, file: None };
    let is_job = |name| std::env::var_os(name).is_some_and(|value| value == "true");
    let is_for_people = arguments.statistics || arguments.group_by.is_some();
    if arguments.is_filter() || arguments.diff || is_for_people {
        return vec![to_stdout(OutputFormat::Full)];
    }
    if is_job("GITHUB_ACTIONS") {
        return vec![to_stdout(OutputFormat::Github)];
    }
    if is_job("GITLAB_CI") {
        let report = Output { format: OutputFormat::Gitlab, file: Some(PathBuf::from(GITLAB_REPORT)) };
        return vec![to_stdout(OutputFormat::Full), report];
    }
    vec![to_stdout(OutputFormat::Full)]
}

/// A report under way.
struct Sink {
    reporter: Box<dyn Reporter>,
    out: Out,
}

enum Out {
    /// Standard output, or standard error where that is the text; flushed behind every file.
    Stream(io::BufWriter<Box<dyn Write>>),
    /// A file, which is written when the report is whole.
    File { path: PathBuf, bytes: Vec<u8> },
    /// Nobody reads it any more: `zhubi check | head`.
    Closed,
}

/// The reports of a run.
pub(super) struct Reports(Vec<Sink>);

impl Reports {
    pub(super) fn new(outputs: &[Output], arguments: &Arguments) -> Self {
        // A filter's standard output is the text.
        let stream = |is_for_programs| -> Box<dyn Write> {
            match (arguments.is_filter(), is_for_programs) {
                (true, true) => Box::new(io::stderr()),
                (true, false) => Box::new(anstream::stderr()),
                (false, true) => Box::new(io::stdout().lock()),
                (false, false) => Box::new(anstream::stdout().lock()),
            }
        };
        let sink = |output: &Output| {
            let reporter = reporter(output, arguments);
            let out = match &output.file {
                Some(path) => Out::File { path: path.clone(), bytes: Vec::new() },
                None => Out::Stream(io::BufWriter::new(stream(reporter.is_for_programs()))),
            };
            Sink { reporter, out }
        };
        Self(outputs.iter().map(sink).collect())
    }

    /// Writes a part of every report that somebody reads.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub(super) fn write(
        &mut self,
        part: impl Fn(&mut dyn Reporter, &mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        for Sink { reporter, out } in &mut self.0 {
            let written = match out {
                Out::Stream(stream) => part(&mut **reporter, stream).and_then(|()| stream.flush()),
                Out::File { bytes, .. } if reporter.is_for_programs() => part(&mut **reporter, bytes),
                Out::File { bytes, .. } => part(&mut **reporter, &mut anstream::StripStream::new(bytes)),
                Out::Closed => Ok(()),
            };
            match written {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => *out = Out::Closed,
                done => done?,
            }
        }
        Ok(())
    }

    /// Has the reader of the only report gone?
    pub(super) fn is_closed(&self) -> bool {
        self.0.iter().all(|sink| matches!(sink.out, Out::Closed))
    }

    /// Puts the files in their places; false where one cannot be written, as is said.
    ///
    /// # Errors
    /// Standard output cannot be written.
    pub(super) fn finish(self) -> io::Result<bool> {
        let mut all_written = true;
        for sink in self.0 {
            match sink.out {
                Out::Stream(mut stream) => match stream.flush() {
                    Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error),
                    _ => {}
                },
                Out::File { path, bytes } => {
                    if let Err(message) = write_file(&path, &bytes) {
                        say(message);
                        all_written = false;
                    }
                }
                Out::Closed => {}
            }
        }
        Ok(all_written)
    }
}

fn reporter(output: &Output, arguments: &Arguments) -> Box<dyn Reporter> {
    if arguments.diff {
        return Box::new(diff::Diff);
    }
    if arguments.statistics
        && let Some(statistics) = Statistics::of_format(output.format)
    {
        return Box::new(statistics);
    }
    let screen = match output.file {
        Some(_) => Screen::default(),
        None if arguments.is_filter() => Screen::of_stderr(),
        None => Screen::of_stdout(),
    };
    let reporter = output.format.reporter(screen);
    match arguments.group_by.filter(|_| output.format.is_for_people()) {
        Some(by) => Box::new(Grouped::new(by, reporter)),
        None => reporter,
    }
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
        return Err(format!("{}：没有 {} 这个文件夹，请先建好", path.display(), folder.display()));
    }
    replace::replace(path, bytes)
}
