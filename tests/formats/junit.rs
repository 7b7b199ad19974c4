use std::collections::BTreeSet;

use roxmltree::{Document, Node};

use crate::drafts::{ODD_NAME, bare_reports, report};
use crate::{assert_valid_xml, schema};

fn checked(text: &str) -> Document<'_> {
    assert_valid_xml(&schema("junit-10.xsd"), text);
    Document::parse(text).unwrap()
}

fn named<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants().filter(move |it| it.has_tag_name(name))
}

#[test]
fn it_is_valid_and_its_numbers_hold() {
    let text = report("junit");
    let document = checked(text);
    let mut suites = BTreeSet::new();
    for suite in named(document.root(), "testsuite") {
        assert!(suites.insert(suite.attribute("name").unwrap()));
        let count = |name| named(suite, name).count().to_string();
        assert_eq!(suite.attribute("tests").unwrap(), count("testcase"));
        assert_eq!(suite.attribute("failures").unwrap(), count("failure"));
        assert_eq!(suite.attribute("errors").unwrap(), count("error"));
        let names: BTreeSet<_> = named(suite, "testcase").map(|it| it.attribute("name").unwrap()).collect();
        assert_eq!(names.len(), named(suite, "testcase").count(), "{names:?}");
    }
    assert!(suites.contains(ODD_NAME) && suites.contains("clean.txt"), "{suites:?}");
}

#[test]
fn errors_and_warnings_fail_and_the_rest_passes_with_a_note() {
    let text = report("junit");
    let document = checked(text);
    let kinds: BTreeSet<_> =
        named(document.root(), "failure").map(|it| it.attribute("type").unwrap()).collect();
    assert_eq!(kinds, BTreeSet::from(["error", "warning"]));
    let notes: Vec<_> = named(document.root(), "system-out").map(|it| it.text().unwrap()).collect();
    assert!(notes.iter().all(|it| it.contains(": 提示 ") || it.contains(": 参考 ")) && notes.len() > 5);
    let clean = named(document.root(), "testsuite").find(|it| it.attribute("name") == Some("clean.txt"));
    assert_eq!(clean.unwrap().attribute("failures"), Some("0"));
}

#[test]
fn what_xml_cannot_hold_is_replaced_and_the_rest_comes_back() {
    let text = report("junit");
    let is_allowed = |c| matches!(c, '\n' | ' '..='\u{FFFD}' | '\u{10000}'..);
    assert!(text.chars().all(is_allowed));
    let document = checked(text);
    let message = named(document.root(), "failure")
        .filter_map(|it| it.attribute("message"))
        .find(|it| it.contains("非字符"))
        .unwrap();
    let expected = "空\u{FFFD}、转义\u{FFFD}[31m、非字符\u{FFFD}、]]>、\"双\"、'单'、<b>&amp;、[链](1)、{0}、换\n行、100%";
    assert!(message.contains(expected), "{message:?}");
}

#[test]
fn what_failed_is_an_error() {
    let text = report("junit");
    let document = checked(text);
    let error = named(document.root(), "error").find(|it| it.text().unwrap().contains("unreadable.txt"));
    assert!(error.is_some());
    for (status, report) in bare_reports("junit") {
        let document = checked(&report);
        assert_eq!(named(document.root(), "error").count() > 0, status == 2, "{report}");
        assert_eq!(named(document.root(), "failure").count(), 0);
    }
}
