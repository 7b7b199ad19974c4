//! Definition, references and highlights: what a report refers to, and what it does not.

use serde_json::{Value, json};

use crate::client::{Client, capabilities, range};
use crate::model::Unit;
use crate::report::Report;

const PLAIN: &str = "file:///tmp/zhubi-test/references.txt";
const MARKDOWN: &str = "file:///tmp/zhubi-test/references.md";

impl Report {
    /// What stands at the place that a definition names, and its line.
    fn definition(&mut self, shown: &str, nth: usize) -> Option<(String, u64)> {
        let params = self.inside(shown, nth);
        let place = self.client.call("textDocument/definition", params);
        let range = place.get("range")?;
        Some((self.model.slice(range).to_owned(), range["start"]["line"].as_u64().unwrap()))
    }

    /// What stands at the references, each with its line.
    fn references(&mut self, shown: &str, nth: usize, with_itself: bool) -> Vec<String> {
        let mut params = self.inside(shown, nth);
        params["context"] = json!({ "includeDeclaration": with_itself });
        let found = self.client.call("textDocument/references", params);
        let show =
            |it: &Value| format!("{}:{}", it["range"]["start"]["line"], self.model.slice(&it["range"]));
        found.as_array().map(|all| all.iter().map(show).collect()).unwrap_or_default()
    }
}

const NOTICE: &str = "关于报送材料的通知\n\
各乡镇：\n\
请填写登记表（附件２），名单见附件1，《管理办法》附件1另有规定。附件1、2一并报送。\n\
附件：1.人员名单\n\
2.登记表\n\
县农业农村局\n\
2026年3月1日\n\
附件1\n\
人员名单\n\
张三等人。\n\
附件2\n\
登记表\n\
填写要求见附件1。\n";

#[test]
fn an_attachment_its_entry_and_what_refers_to_it() {
    for (unit, end) in [(Unit::Utf8, "\n"), (Unit::Utf16, "\r\n"), (Unit::Utf32, "\n")] {
        let mut report = Report::open(PLAIN, unit, &NOTICE.replace('\n', end));
        assert_eq!(report.definition("附件２", 0), Some(("附件2".to_owned(), 10)));
        assert_eq!(report.definition("1.人员名单", 0), Some(("附件1".to_owned(), 7)));
        let first = ["2:附件1", "2:附件1", "3:1.人员名单", "7:附件1", "12:附件1"];
        assert_eq!(report.references("附件1", 0, true), first);
        // What is not in the list is the attachment of another paper.
        assert!(report.references("附件1", 1, true).is_empty());
        assert_eq!(report.references("登记表", 1, false), ["2:附件２", "2:2", "4:2.登记表"]);
    }
}

#[test]
fn attachments_in_markdown() {
    let text = "# 通知\n\n请按**附件2**填报，名单见附件1。\n\n附件：\n\n1. 人员名单\n2. 登记表\n\n县农业农村局\n\n2026年3月1日\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    assert_eq!(report.definition("附件2", 0), Some(("2. 登记表".to_owned(), 7)));
    assert_eq!(report.references("人员名单", 0, true), ["2:附件1", "6:1. 人员名单"]);
}

#[test]
fn the_only_attachment_needs_no_number() {
    let text = "通知\n名单见附件，按要求报送（附件）。附件要写清楚。\n附件：人员名单\n县农业农村局\n2026年3月1日\n附件\n人员名单\n张三等人。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(report.definition("附件，", 0), Some(("附件".to_owned(), 5)));
    assert_eq!(report.references("附件，", 0, false), ["1:附件", "1:附件", "2:人员名单"]);
}

#[test]
fn tables_and_figures_and_what_only_looks_so() {
    let text = "# 报告\n\n各乡镇情况见表2-1，流程如图１所示。表现很好，图书3本，报表2份，3月发表1篇，见表3月。\n\n表2-1 各乡镇户数\n\n| 序号 | 说明 |\n| --- | --- |\n| 表2-1 | 见图1 |\n\n由表2-1可知，户数增加，表示满意。\n\n图1 流程图\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    assert_eq!(report.definition("表2-1，", 0), Some(("表2-1".to_owned(), 4)));
    assert_eq!(report.references("表2-1", 0, true), ["2:表2-1", "4:表2-1", "10:表2-1"]);
    assert_eq!(report.references("图１", 0, true), ["2:图１", "8:图1", "12:图1"]);
    for other in ["表现", "图书", "报表2", "表1篇", "表3月", "表示"] {
        assert!(report.references(other, 0, true).is_empty(), "{other}");
    }
}

#[test]
fn headings_by_their_numbers() {
    let text = "工作总结\n一、主要工作\n（一）加强领导\n成立领导小组，做法见三、（二）。\n（二）抓好落实\n逐项落实，问题见本报告第二部分。\n二、存在问题\n不足不少。\n三、下一步打算\n（一）加强学习\n认真学习。\n（二）改进作风\n按照《条例》第二条、第三条执行，第二条生产线投产。\n";
    let mut report = Report::open(PLAIN, Unit::Utf32, text);
    assert_eq!(report.definition("三、（二）", 0), Some(("三、".to_owned(), 8)));
    assert_eq!(report.definition("（二）。", 0), Some(("（二）".to_owned(), 11)));
    assert_eq!(report.definition("第二部分", 0), Some(("二、".to_owned(), 6)));
    assert_eq!(report.references("二、存", 0, true), ["5:第二部分", "6:二、"]);
    assert_eq!(report.references("（二）抓", 0, true), ["4:（二）"]);
    assert_eq!(report.definition("第二条、", 0), None);
}

#[test]
fn articles_chapters_and_the_table_of_contents() {
    let text = "管理办法\n目录\n第一章 总则……1\n第二章 罚则……2\n第一章 总则\n第一条 为规范管理，制定本办法。\n第二条 本办法适用于全县，罚则见第二章，另见第3.2节。\n第二章 罚则\n第三条 违反第二条规定的，依照本办法第一条、第二条处理。\n第四条 《处罚法》第二条另有规定的除外。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(report.references("第二章", 0, true), ["3:第二章", "6:第二章", "7:第二章"]);
    assert_eq!(report.references("第二条 ", 0, false), ["8:第二条", "8:第二条"]);
    assert_eq!(report.definition("第一条、", 0), Some(("第一条".to_owned(), 5)));
    assert_eq!(report.definition("第二条另", 0), None);
}

#[test]
fn sections_with_decimal_numbers() {
    let text = "# 应急预案\n\n## 1 总则\n\n### 1.1 编制目的\n\n为处置事故，依据见1.2，组织体系按第2.1节执行。\n\n### 1.2 编制依据\n\n增长1.2倍。\n\n## 2 组织体系\n\n### 2.1 领导机构\n\n由局长任组长。\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    assert_eq!(report.references("1.2", 0, true), ["6:1.2", "8:1.2"]);
    assert_eq!(report.definition("2.1节", 0), Some(("2.1".to_owned(), 14)));
    assert_eq!(report.definition("1.2倍", 0), None);
}

#[test]
fn texts_of_a_collection() {
    let text = "工作总结 篇一：\n一、学习\n认真学习，做法同篇二。\n工作总结 篇二：\n一、学习\n第一篇的写法不变，今年发表2篇。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(report.definition("篇二。", 0).unwrap().1, 3);
    assert_eq!(report.definition("第一篇", 0).unwrap().1, 0);
    assert_eq!(report.definition("表2篇", 0), None);
}

const PLAN: &str = "实施方案\n县农业农村局（以下简称“县农局”）牵头，依照《河道管理办法》（以下简称《办法》）执行。\n县农局负责检查，各办法由县农局解释，《办法》自印发之日起施行。\n县农业农村局盖章。\n";

#[test]
fn an_abbreviation_and_its_uses() {
    let mut report = Report::open(PLAIN, Unit::Utf16, PLAN);
    assert_eq!(report.definition("县农局", 1), Some(("县农局".to_owned(), 1)));
    assert_eq!(report.references("县农局", 0, true), ["1:县农局", "2:县农局", "2:县农局"]);
    assert_eq!(report.references("办法》（", 0, true), Vec::<String>::new());
    assert_eq!(report.references("办法》）", 0, true), ["1:办法", "2:办法"]);
}

#[test]
fn persons_and_places_as_whole_words() {
    let text = "会议纪要\n局长刘志强主持会议，望桥镇、云石村作了发言。\n刘志强指出，要学习望桥镇的经验。刘志强大会上讲话。\n云石村云石中学参加，到云石村民小组走访。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(report.references("刘志强指", 0, true), ["1:刘志强", "2:刘志强", "2:刘志强"]);
    assert_eq!(report.definition("刘志强指", 0), None);
    assert_eq!(report.references("望桥镇", 1, true), ["1:望桥镇", "2:望桥镇"]);
    assert!(report.references("会议", 0, true).is_empty() && report.references("发言", 0, true).is_empty());
}

#[test]
fn what_a_finding_is_related_to_is_highlighted() {
    let text = "依照《河道管理办法》（以下简称《办法》）执行。\n".to_owned()
        + &"各乡镇要压实责任，认真组织排查，建立工作台账，逐项抓好整改。\n".repeat(12)
        + "《办法》（以下简称《办法》）自印发之日起施行。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, &text);
    let params = report.inside("以下简称", 1);
    let found = report.client.call("textDocument/documentHighlight", params);
    let shown: Vec<_> = found.as_array().unwrap().iter().map(|it| report.model.slice(&it["range"])).collect();
    assert_eq!(shown, ["（以下简称《办法》）", "（以下简称《办法》）"]);
    let params = report.inside("印发", 0);
    assert!(report.client.call("textDocument/documentHighlight", params).is_null());
    let params = report.inside("《办法》（", 0);
    let found = report.client.call("textDocument/documentHighlight", params);
    let kinds: Vec<_> = found.as_array().unwrap().iter().map(|it| it["kind"].as_u64().unwrap()).collect();
    assert_eq!(kinds, [3, 2, 2]);
}

/// Positions are counted in what is shown, and nothing is shown but the places themselves.
#[test]
fn a_draft_of_a_megabyte() {
    let paragraph =
        "各乡镇要压实责任，认真组织排查，建立工作台账，逐项抓好整改，情况见表1和附件1，由县农局负责。\n";
    let mut text = "实施方案\n县农业农村局（以下简称“县农局”）牵头。\n表1 各乡镇户数\n".to_owned();
    let count = 1_000_000 / paragraph.len();
    text.extend(std::iter::repeat_n(paragraph, count));
    text += "附件：1.名单\n县农业农村局\n2026年3月1日\n";
    // Not checked, which takes its time in a build for tests.
    let mut client = Client::start();
    let options = json!({ "enable": false });
    let params = json!({ "capabilities": capabilities("utf-16"), "initializationOptions": options });
    client.call("initialize", params);
    client.notify("initialized", json!({}));
    let mut report = Report::open_with(client, PLAIN, Unit::Utf16, &text);
    let mut params = report.inside("县农局", 3);
    params["context"] = json!({ "includeDeclaration": true });
    let found = report.client.call("textDocument/references", params);
    assert_eq!(found.as_array().unwrap().len(), count + 1);
    assert_eq!(report.definition("表1和", 7), Some(("表1".to_owned(), 2)));
    assert_eq!(report.definition("附件1", 9).unwrap().0, "1.名单");
    // An edit later the answer is the new text's.
    report.client.change(PLAIN, 2, json!([{ "range": range((2, 0), (2, 0)), "text": "另起。\n" }]));
    report.model.text = text.replacen("表1 各", "另起。\n表1 各", 1);
    assert_eq!(report.definition("表1和", 7), Some(("表1".to_owned(), 3)));
}

#[test]
fn what_the_server_says_it_can_do() {
    let (_, answer) = Client::with(capabilities("utf-16"), None);
    let can = &answer["capabilities"];
    for provider in ["definition", "references", "documentHighlight", "documentRangeFormatting"] {
        assert_eq!(can[format!("{provider}Provider")], true, "{provider}");
    }
    assert_eq!(can["renameProvider"], true);
    let mut prepares = capabilities("utf-16");
    prepares["textDocument"]["rename"] = json!({ "prepareSupport": true });
    let (_, answer) = Client::with(prepares, None);
    assert_eq!(answer["capabilities"]["renameProvider"], json!({ "prepareProvider": true }));
}
