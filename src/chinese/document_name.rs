//! What documents are called: the words with which titles end.

use std::borrow::Cow;

/// The kinds of documents and papers that offices, schools and companies write, as titles name them.
const NAMES: [&str; 105] = [
    "通知",
    "通报",
    "通告",
    "公告",
    "公报",
    "公示",
    "启事",
    "简报",
    "决定",
    "决议",
    "命令",
    "议案",
    "提案",
    "议程",
    "意见",
    "建议",
    "建议书",
    "批复",
    "答复",
    "复函",
    "公函",
    "请示",
    "报告",
    "报告书",
    "汇报",
    "汇报材料",
    "总结",
    "小结",
    "纪要",
    "记录",
    "方案",
    "计划",
    "规划",
    "纲要",
    "要点",
    "安排",
    "预案",
    "设想",
    "打算",
    "清单",
    "台账",
    "办法",
    "规定",
    "细则",
    "条例",
    "制度",
    "章程",
    "规则",
    "守则",
    "规范",
    "规程",
    "准则",
    "公约",
    "协议",
    "合同",
    "倡议书",
    "承诺书",
    "责任书",
    "申请书",
    "申请",
    "邀请函",
    "邀请书",
    "感谢信",
    "慰问信",
    "表扬信",
    "公开信",
    "检讨书",
    "保证书",
    "告知书",
    "家长书",
    "说明",
    "说明书",
    "指南",
    "手册",
    "讲话",
    "讲话稿",
    "发言",
    "发言稿",
    "致辞",
    "主持词",
    "演讲稿",
    "心得体会",
    "心得",
    "体会",
    "思考",
    "研究",
    "问卷",
    "调查表",
    "登记表",
    "事迹材料",
    "情况",
    "教案",
    "材料",
    "简章",
    "须知",
    "一封信",
    "秩序册",
    "备忘录",
    "意向书",
    "周报",
    "月报",
    "年报",
    "简历",
    "名册",
    "合同书",
];

/// The kinds that end in 函: alone it is as well the end of 信函, 来函.
const LETTERS: [&str; 2] = ["的函", "商洽函"];

/// 关于开展…的通知, 倡议书, 2025年工作总结（征求意见稿）.
#[must_use]
pub fn ends_with_one(title: &str) -> bool {
    let title = closed_up(title);
    let name = bare(&title);
    NAMES.iter().chain(&LETTERS).any(|kind| name.ends_with(kind))
}

/// Is the title nothing but the name of a kind: 倡议书, 述职报告?
#[must_use]
pub fn is_one(title: &str) -> bool {
    NAMES.contains(&bare(&closed_up(title)))
}

/// 工　作　总　结 without the spaces that fill the line.
#[must_use]
pub fn closed_up(title: &str) -> Cow<'_, str> {
    let is_spaced = || title.split_whitespace().all(|word| word.chars().count() == 1);
    if title.contains(char::is_whitespace) && is_spaced() {
        return title.split_whitespace().collect::<String>().into();
    }
    title.into()
}

/// A title without the marks at its end: （试行）, (2026年), 》.
#[must_use]
pub fn bare(title: &str) -> &str {
    let mut name = title.trim_end_matches(['》', '”', '*', ' ', '　', '：', ':']);
    while let Some(at) = name.strip_suffix(['）', ')']).and_then(|rest| rest.rfind(['（', '('])) {
        name = name[..at].trim_end();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_end_with_a_name() {
        for title in [
            "关于开展安全检查的通知",
            "倡议书",
            "2025年工作总结（征求意见稿）",
            "致全县学生家长的公开信",
            "工　作　总　结",
        ] {
            assert!(ends_with_one(title), "{title}");
        }
        for title in ["基本情况介绍", "春耕见闻", "澄溪县云石中学", "信函"] {
            assert!(!ends_with_one(title), "{title}");
        }
        assert!(is_one("倡议书") && !is_one("节水倡议书"));
    }
}
