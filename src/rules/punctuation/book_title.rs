//! 书名号误用：证照、会议、活动、课程、奖项、机构不是作品，不用书名号。
//!
//! ## 例
//! - 举办了〔《安全生产专题讲座》〕。
//! - 请携带〔《营业执照》〕。（参考：法规、表单中常见）
//! - 获得〔《五一劳动奖》〕。
//!
//! ## 不报
//! - 书、报、刊、文件、法规、歌曲、影视、栏目的名称。
//! - 以“办法”“条例”“通知”“教程”等收尾的。
//! - 没有用书名号的：举办安全生产专题讲座，请携带营业执照。
//!
//! ## 依据
//! GB/T 15834-2011《标点符号用法》附录A“书名号用法补充规则”：不能视为作品的课程、课题、奖品奖状、商标、证照、组织机构、会议、活动等名称，不应用书名号。

use crate::finding::Severity;
use crate::rule::literals::Needs;
use crate::rule::pattern::Patterns;
use crate::rule::{Rule, Scope, module_doc};

/// The rule.
pub static RULE: Rule = Rule {
    id: "punctuation/book-title",
    summary: "书名号误用",
    severity: Severity::Info,
    fix: None,
    doc: module_doc!("book_title.rs"),
    needs: &[Needs::Literal(PATTERNS.literals())],
    scope: Scope::Paragraph(|paragraph, out| PATTERNS.check(paragraph, out)),
};

static TABLE: &str = include_str!("../../../data/book-title.tsv");

static PATTERNS: Patterns = Patterns::new(TABLE);

#[cfg(test)]
mod tests {
    use super::{RULE, TABLE};
    use crate::rule::pattern::test_table;
    use crate::rules::testing::{check, check_clean};

    #[test]
    fn marked() {
        check(&RULE, "举办了〔《安全生产专题讲座》〕。");
        check(&RULE, "请携带〔《营业执照》〕到窗口办理。");
        check(&RULE, "获得〔《五一劳动奖》〕。");
    }

    #[test]
    fn silent() {
        check_clean(&RULE, "印发《安全生产培训班管理办法》。");
        check_clean(&RULE, "学习《中华人民共和国安全生产法》和《人民日报》评论。");
        check_clean(&RULE, "收看《新闻联播》，使用《公文写作课教程》。");
    }

    #[test]
    fn every_row_of_the_table() {
        test_table(&RULE, TABLE);
    }
}
