//! What is written as data and compiled into the program, so that nothing is parsed at start-up.

#![allow(clippy::print_stdout, reason = "so a build script speaks with cargo")]

#[path = "build/doctype.rs"]
mod doctype;
#[allow(dead_code, unreachable_pub, reason = "shared with the crate")]
#[path = "src/finding.rs"]
mod finding;
#[allow(unreachable_pub, reason = "shared with the crate")]
#[path = "src/rule/pattern/required.rs"]
mod required;
#[path = "src/rule/pattern/rule_file.rs"]
mod rule_file;
#[path = "build/rules.rs"]
mod rules;
#[allow(unreachable_pub, reason = "shared with the crate")]
#[path = "src/rule/pattern/source.rs"]
mod source;

fn main() {
    doctype::generate();
    rules::generate();
}
