//! SARIF 2.1.0, which code scanning (GitHub, Azure DevOps) and viewers in editors read: one run.
//!
//! Results are written as they come; what they refer to by its index, rules and files, stands behind them. Rules
//! are those of the results. What `--fix` has settled is no result any more.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::{Value, json};

use super::paths::Repository;
use super::{Elements, FileReport, Places, Reporter, RunReport};
use crate::finding::{self, Applicability, Diagnostic, Severity, group_of};
use crate::lint::fingerprint::fingerprints;
use crate::rules::{self, REPOSITORY};
use crate::text::charset::Charset;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// What relative URIs are relative to, as other tools call it.
const ROOT: &str = "%SRCROOT%";
/// The name of our fingerprints, with the version of how they are made.
const FINGERPRINT: &str = "zhubi/v1";
const LANGUAGE: &str = "zh-CN";

/// The log, whose results are written as they come.
#[derive(Default)]
pub(super) struct Sarif {
    repository: Repository,
    results: Elements,
    /// The rules that results refer to, by their index here.
    rules: Vec<&'static str>,
    /// The files of the run, likewise.
    artifacts: Vec<Artifact>,
}

#[derive(Serialize)]
struct Artifact {
    location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    roles: [&'static str; 1],
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    index: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultObject<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    properties: ResultProperties,
}

/// What SARIF has no name for.
#[derive(Serialize)]
struct ResultProperties {
    severity: Severity,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f32>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation<'a> {
    artifact_location: &'a ArtifactLocation,
    region: Region,
}

/// The last column is behind the last character; equal columns are an insertion point.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Message,
    artifact_changes: [ArtifactChange<'a>; 1],
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    applicability: Applicability,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: &'a ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Content<'a>,
}

#[derive(Serialize)]
struct Content<'a> {
    text: &'a str,
}

impl Reporter for Sarif {
    fn is_for_programs(&self) -> bool {
        true
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{")?;
        write!(out, "\"columnKind\":\"unicodeCodePoints\",\"language\":\"{LANGUAGE}\",\"results\":[")
    }

    fn file(&mut self, report: &FileReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        let file = self.add_artifact(report);
        let places = Places::new(report.document);
        let state = |state| report.has_baseline.then_some(state);
        for (findings, state) in [(report.findings, state("new")), (report.known, state("unchanged"))] {
            let fingerprints = fingerprints(report.document, findings);
            for (finding, fingerprint) in findings.iter().zip(fingerprints) {
                let mut result = result(finding, &file, &places);
                result.rule_index = self.index_of(finding.rule);
                result.partial_fingerprints.insert(FINGERPRINT, fingerprint.to_string());
                result.baseline_state = state;
                self.results.write(&result, out)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, run: &RunReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.results.end(out)?;
        write!(out, "]")?;
        let rules: Vec<Value> = self.rules.iter().map(|id| descriptor(id)).collect();
        let version = env!("CARGO_PKG_VERSION");
        let mut driver = json!({
            "name": "zhubi", "version": version, "semanticVersion": version, "language": LANGUAGE, "rules": rules,
        });
        if !REPOSITORY.is_empty() {
            driver["informationUri"] = REPOSITORY.into();
        }
        let notifications: Vec<Value> = run
            .faults()
            .map(|fault| json!({ "level": "error", "message": { "text": escaped(fault) } }))
            .collect();
        let invocation =
            json!({ "executionSuccessful": !run.failed, "toolExecutionNotifications": notifications });
        member("tool", &json!({ "driver": driver }), out)?;
        member("artifacts", &self.artifacts, out)?;
        member("originalUriBaseIds", &json!({ ROOT: { "uri": self.repository.root_uri() } }), out)?;
        member("invocations", &[invocation], out)?;
        writeln!(out, "\n}}]}}")
    }
}

/// Writes a member of an object behind another.
fn member(name: &str, value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, ",\n\"{name}\":")?;
    Ok(serde_json::to_writer(out, value)?)
}

impl Sarif {
    fn add_artifact(&mut self, report: &FileReport<'_>) -> ArtifactLocation {
        let (uri, uri_base_id) = match self.repository.uri(report.path) {
            Ok(relative) => (relative, Some(ROOT)),
            Err(absolute) => (absolute, None),
        };
        let location = ArtifactLocation { uri, uri_base_id, index: self.artifacts.len() };
        // By its IANA name.
        let encoding = report.document.charset().map(|charset| match charset {
            Charset::Utf8Bom => Charset::Utf8.to_string(),
            other => other.to_string(),
        });
        self.artifacts.push(Artifact { location: location.clone(), encoding, roles: ["analysisTarget"] });
        location
    }

    fn index_of(&mut self, rule: &'static str) -> usize {
        self.rules.iter().position(|id| *id == rule).unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        })
    }
}

fn result<'a>(finding: &'a Diagnostic, file: &'a ArtifactLocation, places: &Places<'_>) -> ResultObject<'a> {
    let place = |range| PhysicalLocation { artifact_location: file, region: region(range, places) };
    let related = finding.related.iter().enumerate().map(|(index, related)| Location {
        id: Some(index + 1),
        physical_location: place(&related.range),
        message: Some(message(&related.message)),
    });
    ResultObject {
        rule_id: finding.rule,
        rule_index: 0,
        level: level(finding.severity),
        message: message(&finding.message),
        locations: [Location { id: None, physical_location: place(&finding.range), message: None }],
        related_locations: related.collect(),
        partial_fingerprints: BTreeMap::new(),
        fixes: finding.fixes.iter().filter_map(|it| fix(it, file, places)).collect(),
        baseline_state: None,
        properties: ResultProperties { severity: finding.severity, confidence: finding.confidence },
    }
}

fn fix<'a>(fix: &'a finding::Fix, file: &'a ArtifactLocation, places: &Places<'_>) -> Option<Fix<'a>> {
    let replacement = |edit: &'a finding::Edit| Replacement {
        deleted_region: region(&edit.range, places),
        inserted_content: Content { text: &edit.text },
    };
    let change =
        ArtifactChange { artifact_location: file, replacements: fix.edits.iter().map(replacement).collect() };
    (!fix.edits.is_empty()).then(|| Fix {
        description: message(&fix.title),
        artifact_changes: [change],
        properties: FixProperties { applicability: fix.applicability },
    })
}

fn region(range: &Range<usize>, places: &Places<'_>) -> Region {
    let (start, end) = (places.at(range.start), places.at(range.end));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

fn message(text: &str) -> Message {
    Message { text: escaped(text) }
}

/// A message quotes the draft: what would be a link (`[…](…)`) or the place of an argument (`{0}`) is none.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', ']']) {
        let (before, from) = rest.split_at(at);
        escaped.push_str(before);
        let digits = from[1..].trim_start_matches(|c: char| c.is_ascii_digit());
        let length = from.len() - digits.len();
        if from.starts_with("](") {
            escaped.push_str("\\]");
            rest = &from[1..];
        } else if length > 1 && from.starts_with('{') && digits.starts_with('}') {
            escaped.extend(["{", &from[..length], "}}"]);
            rest = &digits[1..];
        } else {
            escaped.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    escaped + rest
}

/// What is said of a rule: GitHub shows its help beside each alert.
fn descriptor(id: &str) -> Value {
    let Some(rule) = rules::find(id) else { return json!({ "id": id }) };
    let documentation = rule.documentation();
    let first_paragraph: Vec<&str> =
        documentation.lines().take_while(|line| !line.trim().is_empty()).collect();
    let severity = rule.default_severity();
    let mut descriptor = json!({
        "id": rule.id,
        "name": rule.summary,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": first_paragraph.concat() },
        "help": { "text": documentation.trim(), "markdown": rule.page() },
        "defaultConfiguration": { "level": level(severity) },
        "properties": { "tags": [group_of(rule.id)], "problem.severity": problem_severity(severity) },
    });
    if let Some(url) = rules::page_url(id) {
        descriptor["helpUri"] = url.into();
    }
    descriptor
}

/// The severity of a rule as GitHub sorts alerts by it.
fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "recommendation",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::text::document::Document;
    use crate::{Config, Format, Linter};

    /// The results of two findings, the second of which is in the baseline if there is one.
    fn states(has_baseline: bool) -> Vec<Value> {
        let document = Document::new("学习政冶。\n安排布署。\n", Format::Plain);
        let found = Linter::new(&Config::default()).check(&document);
        let errors: Vec<Diagnostic> = found.into_iter().filter(|d| d.severity == Severity::Error).collect();
        let (findings, known) = errors.split_at(1);
        let report = FileReport {
            path: Path::new("a.txt"),
            document: &document,
            findings,
            before: &document,
            fixed: &[],
            edits: &[],
            known,
            has_baseline,
        };
        let (mut sarif, mut out) = (Sarif::default(), Vec::new());
        sarif.begin(&mut out).unwrap();
        sarif.file(&report, &mut out).unwrap();
        sarif.end(&RunReport::default(), &mut out).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|result| result["baselineState"].clone()).collect()
    }

    #[test]
    fn what_is_in_the_baseline_is_unchanged_and_the_rest_is_new() {
        assert_eq!(states(true), ["new", "unchanged"]);
        assert_eq!(states(false), [Value::Null, Value::Null]);
    }

    #[test]
    fn what_a_message_quotes_is_no_link_and_no_argument() {
        for (text, expected) in [
            ("“政冶”是错词", "“政冶”是错词"),
            ("“[标题](1)”", "“[标题\\](1)”"),
            ("{0}、{姓名}、{}", "{{0}}、{姓名}、{}"),
            ("[1] {12} ]{3", "[1] {{12}} ]{3"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
