//! The page, read as a browser reads it. How it looks and works is tested in one: `tests/page.sh`.

use std::collections::HashSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

use crate::drafts::{bare_reports, check, drafts, fixed_report, report};
use crate::support::folder;

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// A page of which the parser has nothing to mend, and in which every link leads somewhere.
#[track_caller]
fn checked(text: &str) -> Html {
    let page = Html::parse_document(text);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let mut ids = HashSet::new();
    for element in select(&page, "[id]") {
        assert!(ids.insert(element.attr("id").unwrap()), "{} twice", element.html());
    }
    for element in select(&page, "a, [aria-describedby], [aria-labelledby]") {
        let own = element.value();
        let link = own.attr("href").map(|link| link.strip_prefix('#').expect("leads out of the page"));
        for id in [link, own.attr("aria-describedby"), own.attr("aria-labelledby")].into_iter().flatten() {
            assert!(ids.contains(id), "{} leads nowhere", element.html());
        }
    }
    page
}

/// The text of a draft as the page has it, without what an editor has written into it, and without blanks.
fn draft_text(draft: ElementRef<'_>) -> String {
    let added = |element: &ElementRef<'_>| {
        let value = element.value();
        matches!(value.name(), "rt" | "ins")
            || value.attr("class").is_some_and(|it| it.starts_with("ref ") || it == "caret")
    };
    let mut shown = String::new();
    for node in draft.descendants() {
        let Some(piece) = node.value().as_text() else { continue };
        if !node.ancestors().filter_map(ElementRef::wrap).any(|element| added(&element)) {
            shown.extend(piece.chars().filter(|c| !c.is_whitespace()));
        }
    }
    shown
}

#[test]
fn the_page_is_well_formed_and_has_every_finding_and_every_draft() {
    let page = checked(report("html"));
    let found: serde_json::Value = serde_json::from_str(report("json")).unwrap();
    assert_eq!(select(&page, ".note").len(), found.as_array().unwrap().len());
    assert_eq!(select(&page, ".text .ref").len(), select(&page, ".note").len());
    let folder = drafts();
    let texts = select(&page, ".draft");
    assert_eq!(select(&page, "#index tbody tr").len(), texts.len());
    for draft in texts {
        let heading = text(draft.select(&Selector::parse("h2").unwrap()).next().unwrap());
        // What is not in UTF-8 or cannot be seen is shown in another way.
        if heading.starts_with("gb18030") || heading.starts_with("control") || heading.ends_with(".md") {
            continue;
        }
        let source = std::fs::read_to_string(folder.path().join(&heading)).unwrap();
        let source: String = source.chars().filter(|c| !c.is_whitespace() && *c != '\u{FEFF}').collect();
        assert_eq!(draft_text(draft.select(&Selector::parse(".text").unwrap()).next().unwrap()), source);
    }
}

#[test]
fn nothing_runs_but_what_the_policy_names() {
    let page = checked(report("html"));
    let [policy] = &select(&page, "meta[http-equiv=Content-Security-Policy]")[..] else { panic!() };
    let hash = |name: &str| {
        let [only] = &select(&page, name)[..] else { panic!("not one {name}") };
        format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text(*only))))
    };
    let (style, script) = (hash("style"), hash("script"));
    let expected = format!(
        "default-src 'none'; style-src {style}; script-src {script}; base-uri 'none'; form-action 'none'"
    );
    assert_eq!(policy.attr("content"), Some(&*expected));
    for element in select(&page, "*") {
        for (name, _) in element.value().attrs() {
            assert!(
                !name.starts_with("on") && !["src", "style", "srcset"].contains(&name),
                "{}",
                element.html()
            );
        }
    }
}

#[test]
fn a_draft_cannot_break_out_of_the_page() {
    let evil = "<script>alert(1)</script>\"><img src=x onerror='alert(1)'></style></title><!--&lt;]]>";
    let text =
        format!("{evil}\n一、学习政冶{evil}\n政冶\u{202E}理论\u{2028}、\u{7}再接再励{evil}。\u{FFFE}\n");
    let drafts = folder(&[
        ("a.txt", text.as_bytes()),
        ("a\"'&amp;<b>.txt", text.as_bytes()),
        ("b.md", format!("# {evil}\n\n学习政冶[{evil}](javascript:alert(1))。\n").as_bytes()),
    ]);
    let out = check(drafts.path(), "html", &["."]).out;
    let page = checked(&out);
    assert_eq!(
        select(&page, "script").len() + select(&page, "style").len() + select(&page, "title").len(),
        3
    );
    assert!(select(&page, "img, b b, [onerror]").is_empty());
    for unseen in ['\u{202E}', '\u{2028}', '\u{7}', '\u{FFFE}'] {
        assert!(!out.contains(unseen) && out.contains(&format!("⟨U+{:04X}⟩", unseen as u32)), "{unseen:?}");
    }
    let names: Vec<String> = select(&page, "h2 bdi").into_iter().map(self::text).collect();
    assert!(names.contains(&"a\"'&amp;<b>.txt".to_owned()), "{names:?}");
}

/// Findings in one another, across one another, in one place, over lines, and of no characters.
#[test]
fn findings_that_overlap_are_all_marked_and_the_text_stays_whole() {
    let row = |find: &str, replace: &str| {
        format!(
            "[[rule]]\nname = \"{find}\"\nfind = \"{find}\"\nreplace = \"{replace}\"\nmessage = \"试{find}\"\nseverity = \"warning\"\nbad = \"{find}\"\ngood = \"会议。\"\n"
        )
    };
    let rows = [
        row("驻村帮扶工作队", "驻村工作队"),
        row("帮扶", "援助"),
        row("工作队员", "队员"),
        row("队员", "队员们"),
        row("员走", "员走访走访走访走访走访"),
    ];
    let pack = format!("name = \"试\"\n{}", rows.concat());
    let repeated = "全年共组织党员干部集中学习二十四次，撰写心得体会六十篇，\n走访企业四十二家，帮助解决用工、融资等问题三十一个。\n举办技能培训班六期，培训农村实用人才四百五十人次。";
    let plain = "总结\n驻村帮扶工作队员走访群众,学习政冶。\n\n    　 驻村帮扶工作队员\n再接再励";
    let drafts = folder(&[
        ("zhubi.toml", b"[packs]\nfiles = [\"pack.toml\"]\n"),
        ("pack.toml", pack.as_bytes()),
        ("a.txt", plain.as_bytes()),
        ("b.md", format!("# 总结\n\n{repeated}\n\n中间一段，工作有序推进。\n\n{repeated}\n").as_bytes()),
    ]);
    let page = checked(&check(drafts.path(), "html", &["a.txt", "b.md"]).out);
    let found = check(drafts.path(), "json", &["a.txt", "b.md"]).out;
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(select(&page, ".ref").len(), found.as_array().unwrap().len());
    let texts = select(&page, ".text");
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    assert_eq!(draft_text(texts[0]), bare(plain));
    assert!(draft_text(texts[1]).contains(&bare(repeated)));
    let nested = select(&page, "mark").into_iter().any(|mark| mark.attr("data-f").unwrap().contains(' '));
    assert!(nested, "no two findings overlap");
}

#[test]
fn what_could_not_be_checked_is_said() {
    let page = checked(report("html"));
    assert!(text(select(&page, ".failures")[0]).contains("unreadable.txt"));
    for (status, report) in bare_reports("html") {
        let page = checked(&report);
        assert_eq!(!select(&page, ".failures").is_empty(), status == 2, "{report}");
        assert!(select(&page, ".note").is_empty());
    }
}

#[test]
fn what_was_fixed_is_told() {
    let page = checked(&fixed_report("html"));
    let fixed = select(&page, ".fixed li").into_iter().map(text).collect::<String>();
    assert!(fixed.contains("冶治") || fixed.contains("政冶政治"), "{fixed}");
}

#[test]
fn the_page_is_called_by_its_draft_lists_are_lists_and_a_long_outline_is_folded() {
    let section = |n| format!("## 第{n}项\n\n### 情况\n\n正常。\n\n### 打算\n\n- 甲；\n- 乙。\n\n");
    let sections: String = (1..=12).map(section).collect();
    let table = "| 项目 | 数 |\n|:---|---:|\n| 甲 | 2 |\n";
    let drafts = folder(&[("a.md", format!("# 总结\n\n{sections}{table}").as_bytes())]);
    let page = checked(&check(drafts.path(), "html", &["a.md"]).out);
    assert_eq!(text(select(&page, "title")[0]), "a.md－朱笔审读报告");
    let items = select(&page, ".text .item");
    assert_eq!((items.len(), text(items[0]).as_str()), (24, "•甲；"));
    assert!(!text(select(&page, ".text")[0]).contains("---"));
    assert_eq!(select(&page, ".outline li").len(), 37);
    assert_eq!(select(&page, ".outline details").len(), 12);
    assert_eq!(select(&page, ".outline details li").len(), 24);
}
