//! What the pattern files say is so: their examples are tests.

use std::fs;
use std::path::Path;

use super::{find, testing};
use crate::rule::Rule;
use crate::rule::example::unmarked;
use crate::rule::pattern::rule_file::RuleFile;

/// All pattern files, each with the rule that the build script made of it.
fn files() -> Vec<(&'static Rule, RuleFile)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules");
    let groups = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let files = groups.filter(|path| path.is_dir()).flat_map(|group| fs::read_dir(group).unwrap());
    let files = files.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
    let files = files.map(|path| {
        let id = path.strip_prefix(&folder).unwrap().with_extension("").to_str().unwrap().replace('_', "-");
        let rule = find(&id).unwrap_or_else(|| panic!("{id} stands in the list"));
        (rule, toml::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    });
    files.collect()
}

#[test]
fn examples_are_marked_as_they_say() {
    for (rule, file) in files() {
        for bad in file.bad.iter().chain(file.rows.iter().flat_map(|row| &row.bad)) {
            testing::check(rule, bad);
        }
        let on_page = file.good.iter().map(|good| good.split_once(" （").map_or(&**good, |(text, _)| text));
        for good in on_page.chain(file.rows.iter().flat_map(|row| &row.good).map(|good| &**good)) {
            testing::check_clean(rule, good);
        }
    }
}

#[test]
fn a_row_matches_its_own_examples_and_its_literals_stand_in_them() {
    for (rule, file) in files() {
        for row in &file.rows {
            let compiled = row.compile("").unwrap();
            let regex = regex_lite::Regex::new(&compiled.regex).unwrap();
            for text in row.bad.iter().map(|bad| unmarked(bad)) {
                let found = regex.find(&text);
                let found = found.unwrap_or_else(|| panic!("{}: {} is not in {text}", rule.id, regex));
                let holds = |set: &Vec<String>| set.iter().any(|literal| found.as_str().contains(&**literal));
                assert!(compiled.required.iter().all(holds), "{}: {:?}, {text}", rule.id, compiled.required);
            }
        }
    }
}
