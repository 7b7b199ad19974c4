//! 动宾搭配不当：提高力度、加强效率、增强水平，动词和名词各有固定的搭档。
//!
//! 只查词表里有的搭配，一对一对地核对。名词须是宾语的中心语（在小句末尾），中间没有别的动词、
//! 顿号和引号，动词须在谓语位置，才报；中间有“和”的，只作提示。
//!
//! ## 例
//! - 进一步〔提高工作力度→加大工作力度〕。
//! - 不断〔增强服务水平→提高服务水平〕，赢得好评。
//! - 切实〔加强行政审批效率→提高行政审批效率〕，方便群众。
//!
//! ## 不报
//! - 要加强质量管理，提高水平较低地区的覆盖率。 （“水平”不是“提高”的宾语中心）
//! - 增强服务意识和提升业务水平。 （“水平”另有动词）
//! - 加大保障和改善民生力度。 （“保障和改善”作定语，动词是“加大”）
//! - 居民收入提高幅度较大。 （“提高”作定语）
//!
//! ## 依据
//! 《现代汉语》（黄伯荣、廖序东主编）病句类型：搭配不当（动词与宾语）。词表为本项目所集。

use std::ops::Range;
use std::sync::LazyLock;

use crate::finding::{Applicability, Finding, Severity};
use crate::rule::literals::{Hit, LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::sentence::clauses;

/// The rule.
pub static RULE: Rule = Rule {
    id: "grammar/collocation",
    summary: "动宾搭配不当",
    severity: Severity::Warning,
    fix: Some(Applicability::Suggested),
    doc: module_doc!("collocation.rs"),
    needs: &[Needs::Literal(&NOUNS)],
    scope: Scope::Paragraph(check),
};

static TABLE: &str = include_str!("../../../data/collocation.tsv");

struct Row {
    verb: &'static str,
    noun: &'static str,
    better: &'static str,
}

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| rows(TABLE).map(|[verb, noun, better]| Row { verb, noun, better }).collect());

/// The nouns of the rows, one after the other.
static NOUNS: LiteralList = LiteralList::words(|| ROWS.iter().map(|row| row.noun).collect());

/// The verbs of the rows: the one that stands nearest to a noun is the one that governs it.
static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut verbs: Vec<&str> = ROWS.iter().map(|row| row.verb).collect();
    verbs.dedup();
    verbs
});

/// Attributes between the verb and its noun are no longer than this many characters.
const MAX_BETWEEN: usize = 12;

/// What stands before a verb that is a predicate. A verb after anything else may be a noun or an attribute.
const BEFORE: &[&str] = &[
    "不断",
    "进一步",
    "着力",
    "切实",
    "持续",
    "全面",
    "大力",
    "努力",
    "积极",
    "以",
    "来",
    "可",
    "会",
    "要",
    "将",
    "应",
    "并",
    "有效",
    "显著",
    "大幅",
    "稳步",
    "继续",
    "更好",
    "深入",
    "充分",
    "必须",
    "就能",
    "需",
    "全力",
    "逐步",
    "明显",
    "快速",
    "有力",
    "地",
    "也",
    "还",
    "坚持",
    "我们",
    "更加",
    "是",
    "二是",
    "能够",
];

/// A verb in between may govern the noun instead; a coordination may contain a noun that fits.
const BETWEEN: &[&str] = &[
    "提高",
    "提升",
    "加大",
    "加强",
    "加快",
    "增强",
    "改善",
    "扩大",
    "缩小",
    "推进",
    "推动",
    "促进",
    "降低",
    "减少",
    "保持",
    "达到",
    "影响",
    "制约",
    "缓解",
    "解决",
    "破解",
    "形成",
    "提供",
    "发挥",
    "实现",
    "完善",
    "优化",
    "强化",
    "深化",
    "完成",
    "取得",
    "增加",
    "提出",
    "确保",
    "健全",
    "开展",
    "建设",
    "打造",
    "树立",
    "缩短",
    "减轻",
    "创造",
    "拓展",
    "开创",
    "迈出",
    "听取",
    "留下",
    "中的",
    "方面的",
    "作出",
    "所作",
    "为",
    "有",
    "成",
    "不",
    "能",
    "使",
    "让",
    "是",
    "或",
    "并",
    "、",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "(",
    ")",
    "战",
    "改进",
    "贯彻",
    "抓好",
    "做好",
    "搞好",
    "抓实",
    "做实",
    "压实",
    "反映",
    "体现",
    "展示",
    "展现",
    "掌握",
    "了解",
    "适应",
    "检验",
    "衡量",
    "考察",
    "带动",
    "拉动",
    "引领",
    "突破",
    "超过",
    "高于",
    "低于",
    "保证",
    "维持",
    "压缩",
    "调整",
    "助力",
    "赢得",
    "从而",
    "进而",
    "而",
    "把",
];

/// The one noun may go with the verb and the other not (加强管理和力度): less sure.
const COORDINATION: [char; 3] = ['和', '与', '及'];

/// What may stand at the end of a clause.
const END: [char; 12] = ['，', ',', '。', '；', ';', '！', '!', '？', '?', '\n', '”', '）'];

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    let ends_clause = |hit: &Hit| hit.end() == text.len() || text[hit.end()..].starts_with(END);
    let mut hits = paragraph.hits().all().filter(ends_clause).peekable();
    if hits.peek().is_none() {
        return;
    }
    for sentence in paragraph.sentences() {
        let nouns: Vec<Hit> = std::iter::from_fn(|| hits.next_if(|hit| hit.start() < sentence.end)).collect();
        if !nouns.is_empty() {
            mismatches(text, sentence, &nouns, out);
        }
    }
}

/// The verbs that do not go with the nouns at the ends of the clauses of a sentence.
fn mismatches(text: &str, sentence: &Range<usize>, nouns: &[Hit], out: &mut Vec<Finding>) {
    for clause in clauses(&text[sentence.clone()]) {
        let clause = sentence.start + clause.start..sentence.start + clause.end;
        let whole = &text[clause.clone()];
        let body = whole.trim_end_matches(END);
        if whole.ends_with(['：', ':']) || (body.len() == whole.len() && clause.end != text.len()) {
            continue;
        }
        let end = clause.start + body.len();
        let own: Vec<&Hit> = within(nouns, &clause).iter().filter(|noun| noun.end() == end).collect();
        // 力度 and 工作力度: what goes with the one may not go with the other.
        let is_new_fault = |better: &str| own.iter().any(|noun| ROWS[noun.literal()].verb == better);
        // The pair whose verb is nearest to the noun is the one.
        let found = own
            .iter()
            .map(|noun| &ROWS[noun.literal()])
            .filter_map(|row| Some((row, verb_before(&body[..body.len() - row.noun.len()], row.verb)?)))
            .filter(|(row, _)| !is_new_fault(row.better))
            .max_by_key(|(row, at)| (*at, row.noun.len()));
        if let Some((row, at)) = found {
            let range = clause.start + at..clause.start + body.len();
            let rest = &body[at + row.verb.len()..];
            let message =
                format!("搭配不当：“{}”与“{}”不搭配，宜作“{}{rest}”", row.verb, row.noun, row.better);
            let severity = if rest.contains(COORDINATION) { Severity::Info } else { Severity::Warning };
            out.push(
                Finding::new(range, message)
                    .with_severity(severity)
                    .replace(format!("{}{rest}", row.better), Applicability::Suggested),
            );
        }
    }
}

/// Those that begin in a clause; they are in the order of their starts.
fn within<'a>(nouns: &'a [Hit], clause: &Range<usize>) -> &'a [Hit] {
    let place = |at| nouns.partition_point(|noun| noun.start() < at);
    &nouns[place(clause.start)..place(clause.end)]
}

/// Offset of the verb before the noun, if it is a predicate followed by attributes only.
fn verb_before(text: &str, verb: &str) -> Option<usize> {
    let at = text.rfind(verb)?;
    let between = &text[at + verb.len()..];
    // Three bytes a character, at the most four: a clause may be the whole text.
    if between.len() > 4 * MAX_BETWEEN || between.chars().count() > MAX_BETWEEN {
        return None;
    }
    if BETWEEN.iter().chain(VERBS.iter()).any(|word| between.contains(word)) {
        return None;
    }
    let before = text[..at].trim_start();
    // 提高了…: a predicate, whatever stands before it.
    let predicate =
        before.is_empty() || between.starts_with('了') || BEFORE.iter().any(|word| before.ends_with(word));
    predicate.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::{ROWS, RULE, Row};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn wrong_pairs() {
        check(&RULE, "〔加强办事效率→提高办事效率〕；着力〔提高责任心→增强责任心〕。");
    }

    #[test]
    fn right_pairs() {
        check_clean(&RULE, "加强质量管理，提高范围内的覆盖率。");
        check_clean(&RULE, "提高质量和效益，加大工作力度。");
        check_clean(&RULE, "加大保障和改善民生力度，推动共同富裕迈出坚实步伐。");
        check_clean(&RULE, "居民收入提高幅度较大，增强解决问题的能力，提高水平。");
    }

    #[test]
    fn one_verb_and_its_noun() {
        for wrong in [
            "进一步〔加强对企业的监管力度→加大对企业的监管力度〕。",
            "要〔增强干部队伍的整体水平→提高干部队伍的整体水平〕。",
            "切实〔加强行政审批效率→提高行政审批效率〕，方便群众。",
            "改进作风，〔加强服务水平→提高服务水平〕。",
            "抓好培训并〔增强业务水平→提高业务水平〕。",
            "不断〔提高安全生产检查力度→加大安全生产检查力度〕；",
            "着力〔加强工作效率→提高工作效率〕。",
            "持续〔提高政策宣传力度→加大政策宣传力度〕。",
            "努力〔提高自身责任心→增强自身责任心〕。",
            "我们〔增强工作效率→提高工作效率〕。",
            "这次参观〔丰富了我的视野→开阔了我的视野〕。",
            "结对活动〔提高了两校的友谊→增进了两校的友谊〕。",
            "流程再造大大〔增加了办事效率→提高了办事效率〕。",
            "支部〔召开了主题活动→开展了主题活动〕。",
            "班组〔克服了三处隐患→消除了三处隐患〕。",
            "进一步〔加强宣传引导和整治力度→加大宣传引导和整治力度〕。",
        ] {
            check(&RULE, wrong);
        }
        for right in [
            "加强管理提高服务水平。",
            "加强学习改进工作水平。",
            "增强服务意识和提升业务水平。",
            "加强业务培训并提高工作水平。",
            "提高认识加大工作力度。",
            "加强调度从而提高工作效率。",
            "提高思想认识压实工作力度。",
            "加强考核检验工作水平。",
            "增强本领适应发展水平。",
            "加强统筹带动整体水平。",
            "提高站位把握工作力度。",
            "增强信心而提高效率。",
        ] {
            check_clean(&RULE, right);
        }
    }

    #[test]
    fn clauses_and_nouns_are_not_multiplied() {
        let text = "提高水平，加强力度，".repeat(400);
        let set = crate::rules::paragraph_literals();
        let literals = crate::rule::literals::LiteralHits::of(&text, set);
        let nouns: Vec<_> = literals.of_rule(crate::rules::requirements(&RULE).first_list).all().collect();
        let looked_at = |clause| super::within(&nouns, &clause).len();
        assert!(nouns.len() >= 800);
        assert_eq!(crate::text::sentence::clauses(&text).map(looked_at).sum::<usize>(), nouns.len());
    }

    #[test]
    fn every_row_of_the_table() {
        for Row { verb, noun, better } in ROWS.iter() {
            assert_eq!(messages(&RULE, &format!("要{verb}{noun}。")).len(), 1, "{verb}{noun}");
            assert!(!ROWS.iter().any(|other| (other.verb, other.noun) == (*better, *noun)), "{better}{noun}");
        }
    }
}
