//! 本单位文风：规则包里写明的用语要求。
//!
//! 规则包是 TOML 文件，写在 `zhubi.toml` 的 `[packs]` 里，一个单位可以有几个：
//!
//! ```toml zhubi.toml
//! [packs]
//! files = ["packs/用语.toml"]
//! ```
//!
//! 包里一条规则一个 `[[rule]]`，例子写在规则里，`zhubi pack test` 逐条验证：
//!
//! ```toml packs/用语.toml
//! name = "县政府办用语"
//!
//! [[rule]]
//! name = "驻村工作队"                # 这一条管什么
//! find = ["驻村帮扶队", "扶贫工作队"]   # 要找的词语；“…”代表同一小句里的一到二十个字
//! replace = "驻村工作队"             # 改成什么；不写就只提示，空着就是删去
//! unless = ["驻村帮扶队旧址"]          # 在这些词语里不标
//! message = "2021年起统一用这个名称"
//! severity = "warning"            # 不写是 info（提示）
//! bad = ["驻村帮扶队全年走访300户。"]   # 应当标出的
//! good = ["驻村工作队全年走访300户。"]  # 不应标出的
//!
//! [[rule]]
//! name = "高地"
//! pattern = "打造(.{2,8})高地"       # 复杂的写法用正则表达式
//! replace = "建设$1中心"
//! bad = ["着力打造人才高地。"]
//!
//! [[rule]]
//! name = "抓手"
//! find = ["以…为抓手"]
//! bad = ["以项目建设为抓手。"]
//! ```
//!
//! `find`、`unless`、`bad`、`good` 只有一个时不必写方括号。例子里用〔〕写明标哪里、改成什么，就连这一点也验证：
//! `bad = "〔驻村帮扶队→驻村工作队〕全年走访300户。"`。
//!
//! 复杂的写法用正则表达式：`pattern = "打造(.{2,8})高地"`，`replace` 里用 `$1`，`message` 里也可以用。前后要有什么才算，写在
//! `before`、`after` 里（也是正则表达式，本身不标），`¦` 代表小句的开头或末尾：`find = "为抓手"`、`after = "¦"`。
//!
//! 一条规则在一句之内找；要跨句，或者要用 `^`、`$` 代表段首段末，写 `reads = "paragraph"`。书名号里的名称照录原文，不标；要标，把《写进
//! `find`。三个字以内的词语要独立成词才标，不会把“开放题高频”里的“题高”当成词。
//!
//! ## 例
//! - 〔驻村帮扶队→驻村工作队〕全年走访群众300户。
//! - 着力〔打造人才高地→建设人才中心〕。
//! - 〔以项目建设为抓手〕，推动产业升级。
//!
//! ## 不报
//! - 参观驻村帮扶队旧址。 （写在 `unless` 里）
//! - 驻村工作队全年走访群众300户。 （已经用了规定的名称）
//! - 以项目建设，为全县的发展提供抓手。 （“…”不跨小句）
//!
//! ## 依据
//! 本单位的用语规定。

use crate::finding::{Applicability, Severity};
use crate::rule::{Rule, Scope, module_doc};

/// The rule. A rule of a pack may ask for any severity.
pub static RULE: Rule = Rule {
    id: "style/house-style",
    summary: "本单位文风",
    severity: Severity::Error,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("house_style.rs"),
    needs: &[],
    scope: Scope::Paragraph(|paragraph, out| paragraph.packs.check(paragraph, out)),
};

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::lint::Linter;
    use crate::rule::pack::Pack;
    use crate::text::document::Document;
    use crate::text::format::Format;

    const PACK: &str = r#"
name = "用语"
[[rule]]
name = "驻村工作队"
find = ["驻村帮扶队"]
replace = "驻村工作队"
unless = ["驻村帮扶队旧址"]
bad = ["驻村帮扶队走访。"]
[[rule]]
name = "高地"
pattern = "打造(.{2,8})高地"
replace = "建设$1中心"
message = "“高地”宜少用"
severity = "warning"
bad = ["打造人才高地。"]
[[rule]]
name = "空话"
find = ["以…为抓手"]
bad = ["以项目为抓手。"]
"#;

    fn found(text: &str) -> Vec<String> {
        found_by(Pack::parse(PACK).unwrap(), text)
    }

    fn found_by(pack: Pack, text: &str) -> Vec<String> {
        let mut config = Config { select: Some(vec!["style/house-style".into()]), ..Config::default() };
        config.packs.loaded.push(pack);
        let found = Linter::new(&config).check(&Document::new(text, Format::Plain));
        let shown = |d: &crate::Diagnostic| {
            format!("{}→{} {}", &text[d.range.clone()], d.replacements().next().unwrap_or("-"), d.message)
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn what_the_packs_ask_for() {
        assert_eq!(
            found("驻村帮扶队走访。"),
            ["驻村帮扶队→驻村工作队 不用“驻村帮扶队”，改用“驻村工作队”（用语：驻村工作队）"]
        );
        assert_eq!(found("着力打造人才高地。"), ["打造人才高地→建设人才中心 “高地”宜少用（用语：高地）"]);
        assert_eq!(found("以项目建设为抓手。"), ["以项目建设为抓手→- 不用“以项目建设为抓手”（用语：空话）"]);
    }

    #[test]
    fn what_stands_about_it() {
        let pack = |rule: &str| {
            let head = "name = \"用语\"\n[[rule]]\nname = \"试\"\nbad = \"x\"\n";
            Pack::parse(&format!("{head}{rule}")).unwrap()
        };
        let clause = pack("find = \"为抓手\"\nafter = \"¦\"\nmessage = \"不说$0\"\n");
        assert_eq!(found_by(clause.clone(), "以此为抓手，推进"), ["为抓手→- 不说为抓手（用语：试）"]);
        assert!(found_by(clause, "以此为抓手推进").is_empty());
        let across = pack("pattern = \"办结。(特此)\"\nreads = \"paragraph\"\n");
        assert_eq!(found_by(across, "已办结。特此报告。").len(), 1);
        let no_literal = pack(r"pattern = '\d{4}-\d{7}'");
        assert_eq!(found_by(no_literal, "电话：0312-6612345。").len(), 1);
    }

    #[test]
    fn what_they_let_alone() {
        assert!(found("参观驻村帮扶队旧址。").is_empty());
        assert!(found("驻村工作队走访。").is_empty());
        assert!(found("印发《驻村帮扶队管理办法》。").is_empty());
        assert!(found("以项目建设，为全县作贡献的抓手。").is_empty());
    }
}
