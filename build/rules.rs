//! Makes the one list of rules: those in Rust as they stand in `src/rules`, and those whose knowledge is a list of
//! patterns (`src/rules/**/*.toml`) as static rows, checked and with their literals, so that nothing is read at run time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use crate::finding::Applicability;
use crate::rule_file::RuleFile;

const FOLDER: &str = "src/rules";
/// What a file holds that is a rule in Rust.
const RUST_RULE: &str = "pub static RULE: Rule";

/// Writes `rules.rs`.
pub(crate) fn generate() {
    println!("cargo::rerun-if-changed={FOLDER}");
    println!("cargo::rerun-if-changed=src/rule/pattern");
    let mut names = BTreeMap::new();
    let mut code = String::new();
    let mut faults = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).expect("it was listed");
        let place = path.strip_prefix(FOLDER).expect("it lies there").with_extension("");
        let place = place.to_str().expect("names of files are ASCII").replace(std::path::MAIN_SEPARATOR, "/");
        let id = place.replace('_', "-");
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = place.replace('/', "_").to_uppercase();
            match pattern_rule(&id, &name, &text) {
                Ok(rule) => code += &rule,
                Err(fault) => faults.push(format!("{}: {fault}", path.display())),
            }
            names.insert(id, name);
        } else if text.contains(RUST_RULE) {
            if !text.contains(&format!("id: \"{id}\"")) {
                faults.push(format!("{}: the rule has to be called {id}, as its file is", path.display()));
            }
            names.insert(id, format!("crate::rules::{}::RULE", place.replace('/', "::")));
        }
    }
    for fault in &faults {
        println!("cargo::error={fault}");
    }
    code += "/// All rules, by group and name.\npub static RULES: &[&Rule] = &[\n";
    for name in names.values() {
        let _ = writeln!(code, "    &{name},");
    }
    code += "];\n";
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("rules.rs"), code).expect("cargo made the folder");
}

/// The files of the rules, group by group.
fn files() -> Vec<PathBuf> {
    let list = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("the folder of the rules and those of its groups");
        entries.map(|entry| entry.expect("it was listed").path()).collect::<Vec<_>>()
    };
    let groups = list(Path::new(FOLDER)).into_iter().filter(|path| path.is_dir());
    let mut files: Vec<PathBuf> = groups.flat_map(|group| list(&group)).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// The code of a pattern rule; or what is wrong with its file.
fn pattern_rule(id: &str, name: &str, text: &str) -> Result<String, String> {
    let file: RuleFile = toml::from_str(text).map_err(|error| error.to_string().replace('\n', " "))?;
    let mut rows = String::new();
    let (mut literals, mut uses) = (Vec::new(), String::new());
    for (index, row) in file.rows.iter().enumerate() {
        let line = text.match_indices("[[rule]]").nth(index).map_or(0, |(at, _)| text[..at].lines().count());
        let fault = |fault: String| format!("line {}: the row {fault}", line + 1);
        let message = row.message.as_ref().or(file.message.as_ref()).ok_or("has no message".to_owned());
        let message = message.map_err(fault)?;
        let compiled = row.compile(message).map_err(fault)?;
        let severity = row.severity.unwrap_or(file.severity);
        let wanting = [
            (severity > file.severity, "asks for a higher severity than its file"),
            (compiled.required.is_empty(), "holds no characters to look for: write some, or take Rust"),
            (!row.bad.iter().all(|bad| bad.contains('〔')), "wants 〔〕 in bad, about what it marks"),
            (row.bad.is_empty() || row.good.is_empty(), "wants a sentence in bad and one in good"),
            (row.fix.is_some() && row.replace.is_none(), "has a fix, but nothing to replace with"),
        ];
        if let Some((_, wanting)) = wanting.iter().find(|(is_wanting, _)| *is_wanting) {
            return Err(fault((*wanting).to_owned()));
        }
        for (set, needed) in compiled.required.iter().enumerate() {
            for literal in needed {
                literals.push(literal.clone());
                uses.extend([index % 256, index / 256, set].map(|byte| format!("\\x{byte:02x}")));
            }
        }
        let applicability = row.fix.unwrap_or(Applicability::Suggested);
        let replacement = compiled.replacement.map_or("None".to_owned(), |text| {
            format!("Some((Cow::Borrowed({text:?}), Applicability::{applicability:?}))")
        });
        let _ = writeln!(
            rows,
            "    Row {{ regex: Cow::Borrowed({:?}), marked: {}, replacement: {replacement}, \
             message: Cow::Borrowed({:?}), severity: Severity::{severity:?}, unless: Cow::Borrowed({:?}), \
             reads: Reads::{:?}, is_bare: {}, sets: {}, compiled: OnceLock::new() }},",
            compiled.regex,
            compiled.marked,
            compiled.message,
            row.unless.join("\n"),
            row.reads,
            row.is_bare(),
            (1 << compiled.required.len()) - 1,
        );
    }
    if file.bad.len() < 3 || file.good.len() < 3 {
        return Err("its page wants three sentences in bad and three in good".to_owned());
    }
    let replacing = file.rows.iter().filter(|row| row.replace.is_some());
    let fix = replacing.map(|row| row.fix.unwrap_or(Applicability::Suggested)).max();
    let fix = fix.map_or("None".to_owned(), |fix| format!("Some(Applicability::{fix:?})"));
    Ok(format!(
        "static {name}_ROWS: [Row; {}] = [\n{rows}];\n\
         static {name}_PATTERNS: Patterns = Patterns {{\n    rows: &{name}_ROWS,\n    \
         literals: LiteralList::lines({:?}),\n    uses: b\"{uses}\",\n    once: {},\n}};\n\
         static {name}: Rule = Rule {{\n    id: {id:?},\n    summary: {:?},\n    \
         severity: Severity::{:?},\n    fix: {fix},\n    doc: {:?},\n    \
         needs: &[Needs::Literal(&{name}_PATTERNS.literals)],\n    \
         scope: Scope::Paragraph(|paragraph, out| {name}_PATTERNS.check(paragraph, out)),\n}};\n",
        file.rows.len(),
        literals.join("\n"),
        file.once,
        file.summary,
        file.severity,
        file.page(),
    ))
}
