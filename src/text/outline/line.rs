//! What a line is by its look: short, a date, an organisation's name, a label, a field of a form, a question.

use crate::chinese::{date, is_hanzi};
use crate::text::block::BlockKind;
use crate::text::numbering::{self, Marker, NumberForm};

/// A title or heading is no longer than this many characters.
pub(super) const MAX_HEADING: usize = 45;

/// Has it more characters than this? Most paragraphs are so much longer that nobody need count.
pub(super) fn is_longer(text: &str, chars: usize) -> bool {
    text.len() > chars * 4 || text.chars().count() > chars
}

/// A line that no sentence ends: short, without a final full stop or semicolon, and without one inside.
pub(super) fn is_short(text: &str) -> bool {
    let body = text.trim_end_matches(['：', ':']);
    !is_longer(body, MAX_HEADING)
        && !body.contains(['。', '；', ';', '\n'])
        && !body.ends_with(['，', ',', '、', '！', '!', '…'])
}

/// 各位领导： is an address, not a title.
pub(super) fn is_address(text: &str) -> bool {
    text.ends_with(['：', ':'])
}

/// Running text: a sentence ends in it, or it is too long for a line of its own.
pub(super) fn is_prose(text: &str) -> bool {
    is_longer(text, MAX_HEADING) || text.contains(['。', '；', '！', '？'])
}

/// 2025年3月1日, 二〇二五年三月一日, 2025.3.1, （2025年3月）, with nothing else.
pub(super) fn is_date(text: &str) -> bool {
    if is_longer(text, 24) {
        return false;
    }
    let body = text.trim_matches(['（', '）', '(', ')', ' ', '　']);
    let rest: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let numbers =
        |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九十０１２３４５６７８９_×xXＸ".contains(c);
    let words = rest.trim_start_matches(numbers);
    let chinese = rest.contains('月')
        && (rest.starts_with(numbers) || rest.starts_with('年'))
        && rest.chars().all(|c| numbers(c) || matches!(c, '年' | '月' | '日' | '号'));
    let numeric = words.len() < rest.len()
        && date::has_numeric(&rest)
        && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
    chinese || numeric
}

/// 县教发〔2026〕12号, 第3期, (总第15期): the number of a document or an issue.
pub(super) fn is_document_number(text: &str) -> bool {
    if is_longer(text, 60) {
        return false;
    }
    // 清水发〔2026〕7号    签发人：何以宁
    let text = text.split_once("签发人").map_or(text, |(number, _)| number.trim_end());
    let body = text.trim_matches(['（', '）', '(', ')', ' ', '　']);
    let year = |open: char, close: char| {
        body.find(open).is_some_and(|at| {
            let inner = &body[at + open.len_utf8()..];
            inner.find(close).is_some_and(|end| {
                inner[..end].chars().count() == 4 && inner[..end].chars().all(|c| c.is_numeric() || c == '×')
            })
        })
    };
    let numbered = body.ends_with('号') || body.ends_with('期');
    let bracketed = [('〔', '〕'), ('[', ']'), ('［', '］'), ('【', '】'), ('（', '）'), ('(', ')')];
    numbered
        && (body.starts_with('第') || body.starts_with("总第") || bracketed.iter().any(|(a, b)| year(*a, *b)))
}

/// What stands above a title and is none: 【内部资料】, 特急, 机密★1年, 000012.
pub(super) fn is_label(text: &str) -> bool {
    let body = text.trim();
    let in_brackets = body.starts_with(['【', '[', '［']) && body.ends_with(['】', ']', '］']);
    let bare = body.trim_matches(['【', '】', ' ', '　']);
    let grade = ["特急", "加急", "平急", "急件", "绝密", "机密", "秘密", "内部资料", "内部文件", "内部使用"];
    let note = ["送审稿", "征求意见稿", "讨论稿", "初稿", "草案", "草稿", "试行", "代拟稿", "样稿"];
    let wrapped = body.starts_with(['（', '(']) && body.ends_with(['）', ')']);
    in_brackets
        || wrapped
        || (!is_longer(bare, 10) && grade.iter().any(|word| bare.starts_with(word)))
        || note.contains(&bare)
        || !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())
}

/// The names of organisations end so.
const ORGANISATIONS: [&str; 68] = [
    "学校",
    "中学",
    "小学",
    "大学",
    "学院",
    "幼儿园",
    "教研室",
    "教研组",
    "年级组",
    "公司",
    "集团",
    "工厂",
    "分厂",
    "商会",
    "协会",
    "学会",
    "联合会",
    "委员会",
    "居委会",
    "村委会",
    "工委",
    "党委",
    "党支部",
    "总支",
    "支部",
    "团委",
    "工会",
    "妇联",
    "政府",
    "办公室",
    "管理局",
    "教育局",
    "财政局",
    "水利局",
    "公安局",
    "民政局",
    "应急局",
    "税务局",
    "林业局",
    "分局",
    "总局",
    "支队",
    "大队",
    "中队",
    "厅",
    "法院",
    "检察院",
    "医院",
    "卫生院",
    "卫生室",
    "中心",
    "研究院",
    "研究所",
    "事务所",
    "银行",
    "支行",
    "合作社",
    "社区",
    "街道办事处",
    "办事处",
    "派出所",
    "服务站",
    "管理所",
    "领导小组",
    "调研组",
    "专班",
    "党组",
    "工作组",
];

/// A line that is the name of an organisation and nothing else; 县教育局文件 as well.
pub(super) fn is_organisation(text: &str) -> bool {
    let body = text.trim().trim_end_matches("文件");
    let body = body.trim_end_matches(['）', ')']);
    !is_longer(body, 25)
        && !["关于", "工作", "总结", "建设", "情况"].iter().any(|word| body.contains(word))
        && (ORGANISATIONS.iter().any(|end| body.ends_with(end))
            || body.ends_with(['局', '科', '处', '部', '镇', '乡', '村', '厂']) && body.chars().count() >= 4
            || text.trim().ends_with("文件") && body.len() < text.trim().len() && !is_longer(text, 25))
}

/// 时间：3月1日, 联系人：李明: a field of a form, or of minutes.
pub(super) fn is_field(text: &str) -> bool {
    let Some(colon) = text.find(['：', ':']) else { return false };
    !is_longer(&text[..colon], 12) && !text[..colon].contains(['，', '。', '；'])
}

/// What stands below a text, beside its signature and date: contacts and copies.
pub(super) fn is_imprint(text: &str) -> bool {
    let body = text.trim_start_matches(['（', '(']);
    let heads = [
        "联系人",
        "联系电话",
        "联系方式",
        "抄送",
        "抄报",
        "主送",
        "报送",
        "发送",
        "印发",
        "电话",
        "邮箱",
        "电子邮箱",
        "（此件",
        "此件",
        "主题词",
        "共印",
        "校对",
        "签发",
        "审核人",
        "咨询电话",
        "报：",
        "送：",
        "发：",
        "附注",
        "地址",
        "通信地址",
        "单位（盖章）",
        "（盖章）",
        "（公章）",
        "盖章",
    ];
    !is_longer(text, 80) && heads.iter().any(|head| body.starts_with(head))
        || text.ends_with("印发") && !is_longer(text, 40)
}

/// A name at the end of a text: short, without a mark of prose.
pub(super) fn is_signature(text: &str) -> bool {
    !is_longer(text, 24) && !text.contains(['。', '，', '；', '、', '！', '？']) && !is_address(text)
}

/// A question to be answered, or a line to be filled in.
pub(super) fn is_question(text: &str) -> bool {
    let body = text.trim_end();
    if !body.contains(['？', '?', '（', '(', '[', '【', '_', '＿', '…', '□']) {
        return false;
    }
    let blanks =
        ["（ ）", "（　）", "( )", "（  ）", "（　　）", "(  )", "()", "（）", "____", "＿＿", "……………", "□"];
    let kinds = ["单选", "多选", "可多选", "必答", "填空", "简答", "可不填"];
    let is_kind = |at: usize| kinds.iter().any(|kind| body[at..].starts_with(kind));
    body.ends_with(['？', '?'])
        || body.trim_end_matches(['：', ':', '。']).ends_with(['？', '?'])
        || blanks.iter().any(|blank| body.contains(blank))
        || body.match_indices(['（', '(', '[', '【']).any(|(at, open)| is_kind(at + open.len()))
        || body.contains(['？', '?']) && body.ends_with(['）', ')', ']', '】'])
}

/// A. 经常, □是, ○不了解: what can be chosen.
pub(super) fn is_option(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('□' | '○' | '◯' | '☐' | '☑' | '■') => true,
        Some('A'..='H' | 'Ａ'..='Ｈ' | 'a'..='d') => {
            chars.next().is_some_and(|c| ".．、)） 　：:".contains(c))
        }
        _ => false,
    }
}

/// A row of a table that is typed with spaces or tabs.
pub(super) fn is_row(text: &str) -> bool {
    let gaps = text.matches('\t').count();
    let mut runs = 0;
    let mut blank = 0;
    for c in text.chars() {
        match c {
            ' ' => blank += 1,
            '　' => blank += 2,
            _ => {
                runs += usize::from(blank >= 2);
                blank = 0;
            }
        }
    }
    gaps >= 1 || runs >= 2
}

/// A block as the outline reads it.
pub(super) struct Line<'t> {
    /// Its prose.
    pub(super) text: &'t str,
    /// What it is in its format.
    pub(super) kind: BlockKind,
    /// The number that it begins with, if that may number a heading or an item.
    pub(super) marker: Option<Marker>,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str, kind: BlockKind) -> Self {
        let marker = match kind {
            BlockKind::Paragraph | BlockKind::Heading(_) => numbering::parse(text),
            BlockKind::ListItem | BlockKind::TableCell => None,
        };
        Self { text, kind, marker }
    }

    /// 1 总则, in a text that has 1.1 编制目的: a number that only a space parts from its title.
    pub(super) fn spaced(&self) -> Option<Marker> {
        let may_be_numbered = matches!(self.kind, BlockKind::Paragraph | BlockKind::Heading(_));
        if !may_be_numbered || self.marker.is_some() || is_longer(self.text, 24) || is_row(self.text) {
            return None;
        }
        let digits = self.text.find(|c: char| !c.is_ascii_digit())?;
        let rest = &self.text[digits..];
        let title = rest.trim_start();
        let is_title = (1..=2).contains(&digits)
            && title.len() < rest.len()
            && title.starts_with(is_hanzi)
            && !title.contains(['。', '，', '；', '：'])
            && !is_date(self.text);
        let value = self.text[..digits].parse().ok().filter(|value| *value > 0 && is_title)?;
        let range = 0..digits;
        Some(Marker {
            style: NumberForm::Decimal(0),
            value,
            number: range.clone(),
            range,
            punctuation: String::new(),
        })
    }

    /// What follows its number.
    pub(super) fn body(&self) -> &'t str {
        self.text[self.marker.as_ref().map_or(0, |marker| marker.range.end)..].trim_start()
    }

    /// Is it a paragraph by its format, and so may be anything by its look?
    pub(super) fn is_plain(&self) -> bool {
        self.kind == BlockKind::Paragraph
    }
}
