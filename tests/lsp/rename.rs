//! Renaming: numbers and names with everything that refers to them, and what is refused.

use serde_json::{Value, json};

use crate::client::{Client, capabilities};
use crate::model::{Model, Unit};
use crate::report::{Report, VERSION};

const PLAIN: &str = "file:///tmp/zhubi-test/rename.txt";
const MARKDOWN: &str = "file:///tmp/zhubi-test/rename.md";

impl Report {
    fn answer(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.client.request(method, params);
        let answer = self.client.answer(id);
        if answer["error"].is_null() {
            return Ok(answer["result"].clone());
        }
        assert_eq!(answer["error"]["code"], -32803, "{answer}");
        Err(answer["error"]["message"].as_str().unwrap().to_owned())
    }

    /// What the editor offers to change.
    fn prepare(&mut self, shown: &str, nth: usize) -> Result<String, String> {
        let params = self.inside(shown, nth);
        let offered = self.answer("textDocument/prepareRename", params)?;
        assert_eq!(self.model.slice(&offered["range"]), offered["placeholder"]);
        Ok(offered["placeholder"].as_str().unwrap().to_owned())
    }

    /// The text after a renaming.
    fn rename(&mut self, shown: &str, nth: usize, new: &str) -> Result<String, String> {
        let mut params = self.inside(shown, nth);
        params["newName"] = json!(new);
        let edit = self.answer("textDocument/rename", params)?;
        let document = &edit["documentChanges"][0];
        assert_eq!(document["textDocument"], json!({ "uri": self.uri, "version": VERSION }));
        let mut after = Model { text: self.model.text.clone(), unit: self.model.unit };
        after.apply(&document["edits"]);
        Ok(after.text)
    }
}

const NOTICE: &str = "关于报送材料的通知\n\
请填写登记表（附件２），名单见附件1，另见附件二，《办法》附件2除外。附件1、2一并报送。\n\
附件：1.人员名单\n\
2.登记表\n\
县农业农村局\n\
2026年3月1日\n\
附件1\n\
人员名单\n\
附件2\n\
登记表\n";

#[test]
fn an_attachment_with_everything_that_refers_to_it() {
    let expected = "关于报送材料的通知\n\
请填写登记表（附件３），名单见附件1，另见附件三，《办法》附件2除外。附件1、3一并报送。\n\
附件：1.人员名单\n\
3.登记表\n\
县农业农村局\n\
2026年3月1日\n\
附件1\n\
人员名单\n\
附件3\n\
登记表\n";
    for (unit, end) in [(Unit::Utf8, "\n"), (Unit::Utf16, "\r\n"), (Unit::Utf32, "\r")] {
        let mut report = Report::open(PLAIN, unit, &NOTICE.replace('\n', end));
        assert_eq!(report.prepare("附件２", 0).unwrap(), "２");
        for new in ["3", "附件3", "三", " ３ "] {
            assert_eq!(
                report.rename("附件２", 0, new).unwrap(),
                expected.replace('\n', end),
                "{unit:?} {new}"
            );
        }
        assert_eq!(report.rename("附件２", 0, "2").unwrap(), report.model.text);
    }
}

#[test]
fn a_number_that_is_taken_is_refused() {
    let mut report = Report::open(PLAIN, Unit::Utf16, NOTICE);
    let refusal = report.rename("附件２", 0, "1").unwrap_err();
    assert!(refusal.contains("已经有附件1") && refusal.contains("对调"), "{refusal}");
    let refusal = report.rename("附件２", 0, "登记表").unwrap_err();
    assert!(refusal.contains("请写编号"), "{refusal}");
    // The attachment of another paper, the name in the list, prose.
    for (shown, nth) in [("附件2除", 0), ("登记表\n县", 0), ("材料", 0)] {
        let refusal = report.prepare(shown, nth).unwrap_err();
        assert!(refusal.contains("不是可以统一改的"), "{shown}: {refusal}");
        assert!(report.rename(shown, nth, "9").is_err(), "{shown}");
    }
}

#[test]
fn attachments_in_a_markdown_list() {
    let text = "# 通知\n\n请按附件2填报。\n\n附件：\n\n1. 名单\n2. 登记表\n\n县农业农村局\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    assert_eq!(
        report.rename("附件2", 0, "3").unwrap(),
        text.replace("附件2", "附件3").replace("2. 登", "3. 登")
    );
}

#[test]
fn tables_by_chapters() {
    let text = "情况见表2-1、表2－2，又见表2—1。\n表2-1 户数\n表2-2 人数\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(
        report.rename("表2-1 ", 0, "表2-3").unwrap(),
        "情况见表2-3、表2－2，又见表2—3。\n表2-3 户数\n表2-2 人数\n"
    );
    assert!(report.rename("表2-1 ", 0, "2-2").unwrap_err().contains("已经有表2-2"));
}

#[test]
fn a_heading_with_what_refers_to_it() {
    let text = "工作总结\n一、主要工作\n（一）加强领导\n做法见三、（二），问题见本报告第二部分。\n（二）抓好落实\n逐项落实。\n二、存在问题\n不足不少。\n三、下一步打算\n（一）加强学习\n认真学习。\n（二）改进作风\n认真改进。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let after = report.rename("三、下", 0, "四").unwrap();
    assert_eq!(after, text.replace("见三、", "见四、").replace("三、下", "四、下"));
    let after = report.rename("（二）改", 0, "（三）").unwrap();
    assert_eq!(after, text.replace("三、（二）", "三、（三）").replace("（二）改", "（三）改"));
    let after = report.rename("第二部分", 0, "5").unwrap();
    assert_eq!(after, text.replace("第二部分", "第五部分").replace("二、存", "五、存"));
    assert!(report.rename("二、存", 0, "三").unwrap_err().contains("已经有“三、”"));
}

#[test]
fn articles_and_the_table_of_contents() {
    let text = "管理办法\n目录\n第一章 总则……1\n第二章 罚则……2\n第一章 总则\n第一条 本办法适用于全县，罚则见第二章。\n第二章 罚则\n第二条 违反本办法第一条的，依照《处罚法》第二条处理。\n";
    let mut report = Report::open(PLAIN, Unit::Utf8, text);
    assert_eq!(report.rename("第二章 罚则\n", 0, "第三章").unwrap(), text.replace("第二章", "第三章"));
    let after = report.rename("第一条 ", 0, "3").unwrap();
    assert_eq!(after, text.replace("第一条", "第三条"));
}

#[test]
fn a_decimal_number_with_numbers_below_it() {
    let text =
        "# 预案\n\n## 1 总则\n\n### 1.1 目的\n\n#### 1.1.1 概述\n\n依据见1.2。\n\n### 1.2 依据\n\n略。\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    assert_eq!(report.rename("1.2 依", 0, "3").unwrap(), text.replace("1.2", "1.3"));
    assert_eq!(report.rename("1.2 依", 0, "1.3").unwrap(), text.replace("1.2", "1.3"));
    let below = text.replace("1.1 目", "1.3 目").replace("1.1.1", "1.3.1");
    assert_eq!(report.rename("1.1 目", 0, "3").unwrap(), below);
    assert!(report.rename("1.1 目", 0, "2").unwrap_err().contains("已经有“1.2”"));
    assert!(report.rename("1.2 依", 0, "2.2").unwrap_err().contains("只能改这一级"));
}

#[test]
fn a_number_takes_those_below_it_along() {
    let markdown = "# 预案\n\n## 1 总则\n\n### 1.1 目的\n\n## 3 措施\n\n### 3.2 检查\n\n#### 3.2.1 自查\n\n自查见3.2.1，检查见第3.2节，目的见1.1。\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, markdown);
    let expected = markdown.replace("3 措", "4 措").replace("3.2", "4.2");
    assert_eq!(report.rename("3 措施", 0, "4").unwrap(), expected);
    assert_eq!(report.rename("3.2 检", 0, "5").unwrap(), markdown.replace("3.2", "3.5"));
    assert!(report.rename("3 措施", 0, "1").unwrap_err().contains("已经有"));
    let plain = "预案\n1.总则\n1.1 目的\n目的见1.1。\n2.措施\n2.1 检查\n按2.1节检查，见2.1.1。\n2.1.1 自查\n先自查。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, plain);
    let expected = plain.replace("2.措", "5.措").replace("2.1", "5.1");
    assert_eq!(report.rename("2.措", 0, "5").unwrap(), expected);
}

#[test]
fn spans_of_numbers() {
    let text = "关于报送材料的通知\n填好附件1—3（附件2-1除外），见附件1至3、附件１－３。\n附件：1.名单\n2.说明\n3.登记表\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text
        .replace("1—3", "1—4")
        .replace("1至3", "1至4")
        .replace("１－３", "１－４")
        .replace("3.登", "4.登");
    assert_eq!(report.rename("3.登", 0, "4").unwrap(), expected);
    let text = "各乡镇情况见表1－2，明细见表1-1。\n表1 户数\n表2 人数\n表1-1 明细\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text.replace("表1－2", "表1－5").replace("表2 ", "表5 ");
    assert_eq!(report.rename("表2 ", 0, "5").unwrap(), expected);
    assert_eq!(report.rename("表1-1 ", 0, "1-3").unwrap(), text.replace("表1-1", "表1-3"));
}

#[test]
fn a_name_that_is_in_use_or_would_say_something_twice_is_refused() {
    let text = "会议纪要\n局长刘志强主持，李明副局长参加。\n刘志强局长讲话，要求领导小组落实，云石村参加。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    for (shown, new, why) in [
        ("刘志强主", "李明", "第2行已经有“李明”"),
        ("刘志强主", "刘志刚局长", "第3行的“刘志强”旁边已经有“局长”"),
        ("刘志强主", "局长刘志刚", "第2行的“刘志强”旁边已经有“局长”"),
        ("云石村", "领导小组", "第3行已经有“领导小组”"),
    ] {
        let refusal = report.rename(shown, 0, new).unwrap_err();
        assert!(refusal.contains(why), "{new}: {refusal}");
    }
    assert_eq!(report.rename("刘志强主", 0, "刘志强").unwrap(), text);
    assert_eq!(report.rename("刘志强主", 0, "刘志").unwrap(), text.replace("刘志强", "刘志"));
}

#[test]
fn a_name_leaves_people_and_words_alone_that_begin_with_it() {
    let text = "会议纪要\n张伟局长主持，张伟达副局长参加，联系人：张伟达。\n会上张伟要求落实。\n高峰局长讲话，用电高峰期间加强值守。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text.replace("张伟", "张卫").replace("张卫达", "张伟达");
    assert_eq!(report.rename("张伟局", 0, "张卫").unwrap(), expected);
    assert!(report.rename("张伟局", 0, "张伟达").unwrap_err().contains("已经有“张伟达”"));
    assert_eq!(report.rename("高峰局", 0, "高山").unwrap(), text.replace("高峰局", "高山局"));
    let text = "简报\n青山中学参加比赛，青山中学校长讲话，青山中学教师获奖，来了五名青山中学生。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text.replace("青山中学参", "绿水中学参").replace("青山中学校长", "绿水中学校长");
    let expected = expected.replace("青山中学教", "绿水中学教");
    assert_eq!(report.rename("青山中学参", 0, "绿水中学").unwrap(), expected);
}

#[test]
fn a_title_in_brackets_is_in_use_only_in_brackets() {
    let text = "通知\n依照《河道管理办法》（以下简称《办法》）和有关规定执行，《办法》自印发之日起施行。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text.replace("简称《办法》", "简称《规定》").replace("，《办法》", "，《规定》");
    assert_eq!(report.rename("办法》）和", 0, "规定").unwrap(), expected);
}

#[test]
fn what_is_said_of_decimal_numbers() {
    let text = "# 预案\n\n## 3 措施\n\n### 3.1 检查\n\n#### 3.2.1 自查\n\n#### 3.2.2 互查\n\n见3.2.1、3.2.2和3.1，如3.1所述，按3.2.1执行，详见第3章，见3.1—3.2.2，同比增长3.1%，按3.1亿元计。\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    let expected = text.replace("3.1", "4.1").replace("3.2.", "4.2.").replace("## 3 ", "## 4 ");
    let expected = expected.replace("第3章", "第4章").replace("4.1%", "3.1%").replace("4.1亿", "3.1亿");
    assert_eq!(report.rename("3 措施", 0, "4").unwrap(), expected);
    let text = "办法\n第三章 检查\n3.1 自查\n自查见3.1。\n第四章 附则\n4.1 施行\n略。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(
        report.rename("第三章", 0, "5").unwrap(),
        text.replace("第三章", "第五章").replace("3.1", "5.1")
    );
}

#[test]
fn what_is_another_papers_stays() {
    let text =
        "报告\n表2 人数\n第一部分 概况\n数据见表2和《年鉴》表2，概况见第一部分，上级报告第一部分也有。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text.replace("表2 ", "表5 ").replace("见表2", "见表5");
    assert_eq!(report.rename("表2 ", 0, "5").unwrap(), expected);
    let expected = text.replace("第一部分 ", "第三部分 ").replace("见第一", "见第三");
    assert_eq!(report.rename("第一部分 ", 0, "3").unwrap(), expected);
}

#[test]
fn articles_that_go_on() {
    let text =
        "办法\n第三条 检查。\n第四条 处罚。\n第五条 依照本办法第三条至第五条处理，按第三条、第五条执行。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let after = report.rename("第五条 ", 0, "十").unwrap();
    assert_eq!(after, text.replace("第五条", "第十条"));
}

/// Each text of a file has abbreviations of its own.
#[test]
fn an_abbreviation_may_be_in_use_in_another_text() {
    let text = "总结 篇一：\n县农业农村局（以下简称“县农局”）牵头，县农局负责。\n总结 篇二：\n县农业农村局（以下简称“农业局”）牵头，农业局负责。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    assert_eq!(report.rename("县农局", 1, "农业局").unwrap(), text.replace("县农局", "农业局"));
    assert!(report.rename("县农局", 1, "县农业农村局").unwrap_err().contains("已经有"));
}

#[test]
fn a_longer_name_is_another() {
    let text = "会议纪要\n主任李明主持，张李明也参加。\n李明主任要求，由李明负责。\n云石村、上云石村参加，以上云石村负责。\n";
    let mut report = Report::open(PLAIN, Unit::Utf16, text);
    let expected = text.replace("李明", "李强").replace("张李强", "张李明");
    assert_eq!(report.rename("李明主持", 0, "李强").unwrap(), expected);
    let expected = text.replace("云石", "青石").replace("上青石村参", "上云石村参");
    assert_eq!(report.rename("云石村、", 0, "青石村").unwrap(), expected);
}

/// An abbreviation that is an ordinary word is a part of other names, too.
#[test]
fn an_abbreviation_leaves_other_names_alone() {
    for (name, new, text, expected) in [
        (
            "医院",
            "本院",
            "市人民医院（以下简称“医院”）是三级医院。\n医院有床位，与其他医院合作，全市医院第一，乡镇医院、中医院对口，由医院负责。\n",
            "市人民医院（以下简称“本院”）是三级医院。\n本院有床位，与其他医院合作，全市医院第一，乡镇医院、中医院对口，由本院负责。\n",
        ),
        (
            "水利局",
            "水务局",
            "县水利局（以下简称“水利局”）和市水利局检查。\n水利局报告省水利局，《水利局管理办法》规定，由水利局落实。\n",
            "县水利局（以下简称“水务局”）和市水利局检查。\n水务局报告省水利局，《水利局管理办法》规定，由水务局落实。\n",
        ),
        (
            "指挥部",
            "专班",
            "县防汛抗旱指挥部（以下简称“指挥部”）成立。\n指挥部向省防汛抗旱指挥部、市指挥部报告，设前线指挥部。\n",
            "县防汛抗旱指挥部（以下简称“专班”）成立。\n专班向省防汛抗旱指挥部、市指挥部报告，设前线指挥部。\n",
        ),
    ] {
        let mut report = Report::open(PLAIN, Unit::Utf16, text);
        let quoted = format!("“{name}”");
        assert!(report.prepare(&quoted, 0).is_ok());
        assert_eq!(report.rename(&quoted, 0, new).unwrap(), expected);
    }
}

#[test]
fn abbreviations_and_names() {
    let text = "实施方案\n县农业农村局（以下简称“县农局”）牵头，依照《河道管理办法》（以下简称《办法》）执行。\n县农局负责检查，各办法由县农局解释，《办法》自印发之日起施行。\n局长刘志强主持，刘志强讲话。\n望桥镇、云石村参加，望桥镇负责，云石村民小组配合。\n";
    for unit in Unit::ALL {
        let mut report = Report::open(PLAIN, unit, text);
        assert_eq!(report.prepare("县农局", 1).unwrap(), "县农局");
        assert_eq!(report.rename("县农局", 1, "农业局").unwrap(), text.replace("县农局", "农业局"));
        let after = report.rename("办法》）", 0, "规定").unwrap();
        assert_eq!(after, text.replace("《办法》", "《规定》"));
        assert!(report.rename("县农局", 1, "办法").unwrap_err().contains("另一个简称"));
        assert!(report.rename("县农局", 1, "“县局”").unwrap_err().contains("不能有"));
        assert!(report.rename("县农局", 1, " ").is_err());
        assert_eq!(report.rename("刘志强讲", 0, "刘志刚").unwrap(), text.replace("刘志强", "刘志刚"));
        assert_eq!(report.rename("望桥镇", 0, "新桥镇").unwrap(), text.replace("望桥镇", "新桥镇"));
        let after = report.rename("云石村参", 0, "青石村").unwrap();
        assert_eq!(after, text.replace("云石村参", "青石村参"));
        assert!(report.prepare("负责检查", 0).is_err());
    }
}

#[test]
fn markup_inside_is_refused_and_markup_around_stays() {
    let text = "# 方案\n\n县农业农村局（以下简称“县农局”）牵头，**县农局**负责。\n\n由县**农局**解释。\n";
    let mut report = Report::open(MARKDOWN, Unit::Utf16, text);
    let refusal = report.rename("县农局", 0, "农业局").unwrap_err();
    assert!(refusal.contains("第5行") && refusal.contains("标记"), "{refusal}");
    let text = text.replace("县**农局**", "县农局");
    let mut report = Report::open(MARKDOWN, Unit::Utf16, &text);
    assert_eq!(report.rename("县农局", 0, "农业局").unwrap(), text.replace("县农局", "农业局"));
}

#[test]
fn a_client_without_versions_gets_plain_changes() {
    let mut bare = capabilities("utf-16");
    bare["workspace"] = json!({});
    let (mut client, _) = Client::with(bare, None);
    client.open(PLAIN, "plaintext", 1, "见附件1。\n附件：1.名单\n2.表\n");
    let position = json!({ "line": 0, "character": 2 });
    let params = json!({ "textDocument": { "uri": PLAIN }, "position": position, "newName": "3" });
    let edit = client.call("textDocument/rename", params);
    assert_eq!(edit["changes"][PLAIN].as_array().unwrap().len(), 2, "{edit}");
}
