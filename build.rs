//! What is written as data and compiled into the program, so that nothing is parsed at start-up.

#[path = "build/doctype.rs"]
mod doctype;

fn main() {
    doctype::generate();
}
