use std::collections::BTreeSet;

use roxmltree::Document;

use crate::drafts::{ODD_NAME, bare_reports, report};
use crate::{assert_valid_xml, schema};

fn checked(text: &str) -> Document<'_> {
    assert_valid_xml(&schema("checkstyle.xsd"), text);
    Document::parse(text).unwrap()
}

#[test]
fn it_is_valid_and_tells_files_severities_and_rules() {
    let text = report("checkstyle");
    let document = checked(text);
    let all = |name: &'static str, attribute: &'static str| -> BTreeSet<String> {
        let nodes = document.descendants().filter(|it| it.has_tag_name(name));
        nodes.map(|it| it.attribute(attribute).unwrap().to_owned()).collect()
    };
    assert!(all("file", "name").contains(ODD_NAME) && all("file", "name").contains("clean.txt"));
    assert_eq!(all("error", "severity").into_iter().collect::<Vec<_>>(), ["error", "info", "warning"]);
    assert!(all("error", "source").contains("zhubi.typo/confusable-word"));
    assert!(all("error", "message").iter().any(|it| it.contains("]]>、\"双\"、'单'、<b>&amp;")));
}

#[test]
fn it_is_whole_whatever_became_of_the_run() {
    for (_, report) in bare_reports("checkstyle") {
        let document = checked(&report);
        assert_eq!(document.descendants().filter(|it| it.has_tag_name("error")).count(), 0);
    }
}
