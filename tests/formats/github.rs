use std::collections::{BTreeMap, BTreeSet};

use crate::drafts::{ODD_NAME, bare_reports, check, report};
use crate::support::folder;

/// A command as the runner reads it.
#[derive(Debug)]
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    data: String,
}

/// As the runner does: escapes are undone in this order, `%25` last.
fn unescaped(text: &str, escapes: &[(&str, &str)]) -> String {
    escapes.iter().fold(text.to_owned(), |text, (escape, token)| text.replace(escape, token))
}

const DATA: [(&str, &str); 3] = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
const PROPERTY: [(&str, &str); 5] = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];

/// The command of a line, by the rules of the runner: `::name key=value,key=value::data`.
fn command(line: &str) -> Option<Command> {
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.trim().split(',').filter_map(|property| property.split_once('='));
    Some(Command {
        name: name.to_owned(),
        properties: properties.map(|(key, value)| (key.to_owned(), unescaped(value, &PROPERTY))).collect(),
        data: unescaped(data, &DATA),
    })
}

pub(crate) fn annotation(line: &str) -> Option<(String, BTreeMap<String, String>)> {
    command(line).map(|command| (command.data, command.properties))
}

#[test]
fn every_finding_is_an_annotation_of_its_lines() {
    let text = report("github");
    let commands: Vec<Command> = text.lines().filter_map(command).collect();
    let names: BTreeSet<&str> = commands.iter().map(|it| &*it.name).collect();
    assert_eq!(names, BTreeSet::from(["error", "notice", "warning"]));
    let (annotations, failures): (Vec<_>, Vec<_>) =
        commands.iter().partition(|it| it.properties.contains_key("file"));
    assert!(failures.iter().any(|it| it.data.contains("unreadable.txt")));
    assert!(annotations.iter().any(|it| it.properties["file"] == ODD_NAME));
    let mut of_several_lines = 0;
    for Command { properties, data, .. } in annotations {
        let number = |key: &str| properties[key].parse::<usize>().unwrap();
        assert!(properties["title"].contains('/') && !data.is_empty());
        assert!(number("line") <= number("endLine"));
        // The runner drops the columns of a range of several lines, and columns that go back.
        let is_of_one_line = number("line") == number("endLine");
        of_several_lines += usize::from(!is_of_one_line);
        assert_eq!(properties.contains_key("col"), is_of_one_line);
        assert!(!is_of_one_line || number("col") <= number("endColumn"));
    }
    assert!(of_several_lines > 0);
    let message = commands.iter().find(|it| it.data.contains("非字符")).unwrap();
    assert!(message.data.contains("[链](1)、{0}、换\n行、100%"), "{message:?}");
}

#[test]
fn paths_are_those_of_the_repository() {
    let text = "认真学习政冶理论。".as_bytes();
    let repository = folder(&[(".git/HEAD", b""), ("部门/稿/a.txt", text)]);
    let outside = folder(&[("c.txt", text)]);
    let outside = outside.path().join("c.txt");
    let arguments = ["./a.txt", outside.to_str().unwrap()];
    let run = check(&repository.path().join("部门/稿"), "github", &arguments);
    let files: Vec<String> =
        run.out.lines().filter_map(command).map(|it| it.properties["file"].clone()).collect();
    assert_eq!(files, ["部门/稿/a.txt", outside.to_str().unwrap()]);
}

#[test]
fn a_run_that_fails_has_an_annotation() {
    for (status, report) in bare_reports("github") {
        let errors = report.lines().filter_map(command).filter(|it| it.name == "error").count();
        assert_eq!(errors > 0, status == 2, "{report}");
    }
}
