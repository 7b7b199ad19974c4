//! 分项与合计不符：总投资186万元，其中甲92万元、乙58万元、丙26万元；洒水车2辆、垃圾车4辆，共7辆。
//!
//! 单位可以换算的（万元和元、公顷和亩、公里和米）先换算再加。分项能穷尽的，加起来必须等于合计：男和女、合格和不合格，写明“其余”的，
//! 末尾用“共”“合计”总计的。只写“其中”的，不一定列全，所以只在相加的结果和合计非常接近、
//! 像是抄错或算错一个数时才问一句。算式写在说明里；哪个数错了，由人核对。
//!
//! ## 例
//! - 全站共有职工〔30人，其中男18人、女13人〕。
//! - 抽查餐饮门店〔50家，合格43家，不合格6家〕。
//! - 全村共〔120户，其中低保12户，五保8户，其余90户〕。
//! - 工程预算〔286万元，其中桥面修复158万元、引道整治118万元〕。
//! - 〔采购台式电脑12台、打印机3台，共16台〕。
//!
//! ## 不报
//! - 全站共有职工30人，其中党员12人、女性8人。 （可以交叉，也没有穷尽）
//! - 参加活动的共300余人，其中男180人、女130人。 （约数）
//! - 落实资金1.4亿元，其中上半年0.82亿元，下半年0.55亿元。 （四舍五入的出入）
//! - 全县建成水库36座，其中中型水库3座、小型水库12座等。 （没有列全）
//!
//! ## 依据
//! 算术；《党政机关公文处理工作条例》第二十条：签发前审核数字是否准确。

mod account;

use crate::chinese::listing::{self, Item, Piece};
use crate::chinese::quantity::Quantity;
use crate::finding::{Finding, Severity};
use crate::rule::literals::{LiteralList, Needs};
use crate::rule::table::rows;
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::position::boundary;
use account::Account;

/// The rule.
pub static RULE: Rule = Rule {
    id: "consistency/arithmetic",
    summary: "分项与合计不符",
    severity: Severity::Error,
    fix: None,
    doc: module_doc!("arithmetic.rs"),
    needs: &[Needs::Digit, Needs::Literal(&WORDS)],
    scope: Scope::Paragraph(check),
};

static PARTITIONS: &str = include_str!("../../../data/partition.tsv");

const AMONG: &str = "其中";
/// What begins the parts of a total as well.
const BEGIN: [&str; 5] = [AMONG, "包括", "分别为", "分别是", "包含"];
/// What tells the sum of what was listed before it.
const TOTALS: [&str; 6] = ["共", "共计", "合计", "总计", "一共", "总共"];

/// One of these stands in all that adds up.
static WORDS: LiteralList = LiteralList::words(|| {
    let named = rows(PARTITIONS).flat_map(|[parts]| {
        // The last part of a partition is looked for: it stands wherever all of them do.
        parts.rsplit('；').next().unwrap_or_default().split('/')
    });
    named.chain(BEGIN).chain(["共", "合计", "总计"]).collect()
});

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    if paragraph.hits().all().next().is_none() {
        return;
    }
    let text = paragraph.text;
    let mut found = Vec::new();
    for word in BEGIN {
        for (at, word) in text.match_indices(word) {
            among(text, at, at + word.len(), &mut found);
        }
    }
    for range in paragraph.sentences() {
        let pieces = listing::pieces(text, range.clone());
        parted(&pieces, &mut found);
        totalled(&pieces, &mut found);
    }
    // The same figures may be told in two ways at once: 共30人，其中男18人、女13人.
    found.sort_by_key(|account: &Account<'_>| (account.range().start, account.range().end));
    let mut done = 0;
    for account in found {
        if account.range().start >= done
            && let Some(finding) = account.finding(text)
        {
            done = account.range().end;
            out.push(finding);
        }
    }
}

/// More pieces than these before 其中 are not looked through for the total.
const PIECES_BACK: usize = 4;
/// A partition has no more parts, a list that is totalled no more items.
const MOST_PARTS: usize = 8;
const MOST_ITEMS: usize = 40;
/// Bytes of a text that are read on either side of 其中.
const REACH: usize = 600;

/// 总投资186万元，其中…
fn among<'a>(text: &'a str, at: usize, after: usize, found: &mut Vec<Account<'a>>) {
    let head = text[..at].trim_end_matches(['，', ',', '；', '：', ':', '。', '（', '(', ' ']);
    let from = boundary(head, head.len().saturating_sub(REACH));
    let before = listing::pieces(text, after_open_bracket(head, from)..head.len());
    let counted = before.iter().rev().take(PIECES_BACK).find(|piece| !piece.is_attribute());
    let Some(total) = counted.and_then(|piece| piece.quantities.last()).cloned() else { return };
    let Some(label) = counted.map(|piece| account::label_before(piece, &total)) else { return };
    let to = boundary(text, after + REACH);
    let (items, is_open) = list(&listing::pieces(text, after..to), total.measure().0);
    if items.len() >= 2 && !is_open && !total.hedged && !account::is_of_one_part(&items) {
        found.push(Account::among(label, total, items));
    }
}

/// Where a bracket begins that is open at the end, or `from`.
fn after_open_bracket(head: &str, from: usize) -> usize {
    let mut depth = 0;
    for (at, c) in head[from..].char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth == 0 => return from + at + c.len_utf8(),
            '（' | '(' => depth -= 1,
            _ => {}
        }
    }
    from
}

/// The items of a list, and whether it goes on: 等.
fn list<'a>(pieces: &[Piece<'a>], measure: &str) -> (Vec<Item<'a>>, bool) {
    let mut items: Vec<Item<'a>> = Vec::new();
    for piece in pieces {
        if piece.text.trim().is_empty() && items.is_empty() {
            continue; // 其中：
        }
        if piece.mark == '。' || piece.text.contains(AMONG) {
            break;
        }
        // What is parted by commas ends at a semicolon.
        if piece.mark == '；' && items.len() >= 2 && items.iter().skip(1).any(|item| item.mark != '；') {
            break;
        }
        if piece.is_attribute() {
            continue;
        }
        let Some(item) = listing::item(piece, measure) else { break };
        if account::is_beside(&item.label) {
            break;
        }
        let tail = &piece.text[item.quantity.range.end - piece.range.start..];
        if item.quantity.hedged || tail.starts_with('等') || account::is_otherwise(&item.label) {
            return (items, true);
        }
        items.push(item);
    }
    (items, false)
}

/// 抽检210批次，合格207批次，不合格4批次
fn parted<'a>(pieces: &[Piece<'a>], found: &mut Vec<Account<'a>>) {
    for (at, piece) in pieces.iter().enumerate() {
        let Some(total) = piece.quantities.last().filter(|total| !total.unit.is_empty()) else { continue };
        let rest = pieces[at + 1..].iter().filter(|piece| !piece.is_attribute());
        let items: Vec<Item<'a>> = rest
            .take(MOST_PARTS)
            .take_while(|piece| piece.mark != '。')
            .map_while(|piece| listing::item(piece, total.measure().0))
            .take_while(|item| !item.quantity.hedged && !account::is_otherwise(&item.label))
            .collect();
        let label = account::label_before(piece, total);
        let is_length = total.measure().0 == "长度"; // 200米、男子500米
        if total.hedged || is_length || piece.text.contains(AMONG) {
            continue;
        }
        found.extend(Account::parted(label, total.clone(), items));
    }
}

/// 洒水车2辆、垃圾车4辆，共7辆
fn totalled<'a>(pieces: &[Piece<'a>], found: &mut Vec<Account<'a>>) {
    for (at, piece) in pieces.iter().enumerate() {
        let [total] = &piece.quantities[..] else { continue };
        let label = account::label_before(piece, total);
        let is_total = TOTALS.iter().any(|word| {
            label.strip_prefix(word).is_some_and(|rest| rest.chars().count() <= 4)
                || label.ends_with("项合计")
        });
        let after = piece.text[total.range.end - piece.range.start..].trim();
        if !is_total || total.hedged || after.chars().count() > 6 {
            continue;
        }
        let mut items: Vec<Item<'a>> = Vec::new();
        for piece in pieces[..at].iter().rev().take(MOST_ITEMS) {
            let Some(item) = listing::item(piece, total.measure().0) else { break };
            if item.quantity.hedged || piece.text.contains(AMONG) || account::is_otherwise(&item.label) {
                items.clear();
                break;
            }
            let begins = piece.mark == '：' || piece.mark == ':';
            items.push(item);
            if begins {
                break;
            }
        }
        items.reverse();
        if items.len() >= 2 {
            found.push(Account::totalled(total.clone(), items));
        }
    }
}

/// A quantity as it is written.
fn written<'t>(text: &'t str, quantity: &Quantity<'_>) -> &'t str {
    text[quantity.range.clone()].trim_end()
}

#[cfg(test)]
mod tests {
    use super::{PARTITIONS, RULE, rows};
    use crate::rules::testing::{check, check_clean, messages};

    #[test]
    fn every_partition() {
        for [parts] in rows(PARTITIONS) {
            let names: Vec<&str> = parts.split('；').map(|names| names.split('/').next().unwrap()).collect();
            let list: Vec<String> = names.iter().map(|name| format!("{name}10件")).collect();
            check(&RULE, &format!("全年〔99件，{}〕。", list.join("，")));
            check_clean(&RULE, &format!("全年{}0件，其中{}。", names.len(), list.join("，")));
        }
    }

    #[test]
    fn both_values_are_told() {
        assert_eq!(
            messages(&RULE, "共有职工30人，其中男职工18人，女职工13人。"),
            ["分项相加是31人（18＋13），与“共有职工30人”差1人，请核对"]
        );
        assert_eq!(
            messages(&RULE, "工程总投资1260万元，其中土建费760万元、设备费0.04亿元。"),
            ["分项相加是1160万元（760＋0.04亿），与“工程总投资1260万元”差100万元，是否没有列全？请核对"]
        );
    }

    /// What follows 其中 may tell of one part alone, and account for that.
    #[test]
    fn of_one_part() {
        for text in [
            "排查隐患6218项，已整改6103项，整改率为98.2%；其中重大事故隐患47项，已整改45项，其余2项已落实措施。",
            "受理620件，已办结598件，其中重点件30件，已办结28件，其余2件正在办理。",
            "全年招生620人，报到598人，其中本科生300人，报到290人，其余10人延期报到。",
        ] {
            check_clean(&RULE, text);
        }
        check(&RULE, "全村共〔120户，其中低保12户，五保8户，其余90户〕。");
    }

    #[test]
    fn among() {
        check(&RULE, "全年检查企业〔50家，其中：合格43家，不合格6家〕。");
        check(&RULE, "落实资金〔1.50亿元，其中上半年0.85亿元，下半年0.55亿元〕。");
        check(&RULE, "共有党员〔30名，其中男18名、女13名〕，其中退休党员5名。");
        check(&RULE, "项目总投资〔1500万元，其中：财政资金900万元，自筹资金500万元〕。");
        check(&RULE, "需资金〔86.5万元（其中屋面32万元、外墙28.5万元、水电30万元〕）。");
        check(&RULE, "全年接收来文〔1326件，其中县级以上来文884件、部门来文432件〕，件件有回音。");
        check(&RULE, "全年植树〔3450株，同比增长8%，其中香樟1800株，占52%；桂花1600株〕，占46%。");
        check(&RULE, "全镇退耕〔1550亩，其中坡地60公顷、滩地50公顷〕。");
        check(&RULE, "硬化道路〔12.6公里。其中，村道8.4公里，户道4600米〕。");
    }

    #[test]
    fn parts_and_totals() {
        check(&RULE, "今年受理投诉〔126件，已办结115件，未办结12件〕。");
        check(&RULE, "抽检样品〔210批次，合格207批次，不合格4批次〕。");
        check(&RULE, "会议应到〔45人，实到42人，请假4人〕。");
        check(&RULE, "应到代表〔120人，实到108人，因事请假11人〕。");
        check(&RULE, "〔购置8吨洒水车2辆、3吨压缩式垃圾车4辆，共7辆〕，费用自理。");
        check(&RULE, "分三批进行，〔第一批20人，第二批25人，第三批30人，共85人〕。");
        check(&RULE, "发放〔棉被40床、大衣35件、棉鞋20双〕。".replace(['〔', '〕'], "").as_str());
        check(&RULE, "收到〔感谢信14封、锦旗9面〕。".replace(['〔', '〕'], "").as_str());
    }

    #[test]
    fn what_adds_up() {
        check_clean(&RULE, "抽检样品210批次，合格207批次，不合格3批次。");
        check_clean(&RULE, "共需资金90.5万元，其中屋面防水32万元，外墙修缮28.5万元，水电改造30万元。");
        check_clean(&RULE, "全镇退耕1650亩，其中坡地60公顷、滩地50公顷。");
        check_clean(&RULE, "购置洒水车2辆、垃圾车4辆，共6辆。去年5辆，今年洒水车2辆、垃圾车4辆，共6辆。");
        check_clean(&RULE, "落实资金2.4亿元，其中上半年1.25亿元，下半年1.15亿元。");
    }

    #[test]
    fn what_may_overlap_or_is_not_whole() {
        check_clean(&RULE, "共有职工31人，其中男18人、女13人，党员12人。");
        check_clean(&RULE, "培训班120人，其中党员108人、本科以上学历104人。");
        check_clean(&RULE, "投入资金300万元，其中用于道路建设180万元、绿化80万元等。");
        check_clean(&RULE, "全县有学校120所，其中高中5所、初中18所。");
        check_clean(&RULE, "全年培训360人次，其中线上120人次，约占三成，下乡30人次。");
        check_clean(&RULE, "获奖12项，其中一等奖3项，二等奖5项，另有3项获提名。");
        check_clean(&RULE, "上半年新增3家，下半年新增4家，累计共27家。");
    }
}
