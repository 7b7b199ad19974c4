//! 句子过长、一逗到底：一句话二百字以上还没有句号、分号，层次看不清。
//!
//! 二百字以上，逗号十处以上，没有分号、冒号，才报，标在句子开头。
//!
//! ## 例
//! - 〔为了落实县委关于改进作风的部署〕，我们先后召开动员会、座谈会，学习了上级文件，查摆了自身的不足，随后组成六个小组分头进村入户，走访了四百多户群众，收集意见一百二十多条，
//!   又用一个月的时间逐条研究，能马上办的当天就办，一时办不了的列入清单，还邀请人大代表、政协委员和群众代表参加评议，对评议中提出来的看法逐一作出说明，回过头来完善了首问负责、
//!   限时办结等制度，把制度印成手册发到每个窗口，到年底群众满意率比上年提高了五个百分点，得到了上级的肯定，也为明年的工作打下了基础。
//! - 〔去年以来〕，县里把老旧小区改造作为头号民生工程，从摸清底数入手，先由街道和社区逐栋登记，再请设计单位逐户征求意见，方案改了四遍才定下来，开工以后又遇到雨季，施工队白天抢工期，
//!   晚上抽积水，社区干部轮流到现场值守，帮居民搬东西、看车位，有的居民起初不理解，工作人员上门解释了七八次，有的管线年代久远，图纸找不到，只好一段一段挖开来看，直到十月底全部完工，
//!   共改造小区二十三个，惠及居民六千多户，换了水管、修了路面、装了路灯，群众的反映总的来说是好的。
//! - 〔今年春季〕，全镇早谋划、早动手，正月初八就开了春耕生产会，把任务分到各村，农技人员提前下到田头，测土配方、指导育秧，供销社备足了化肥、农药、薄膜，农机站检修了三百多台机具，
//!   水利站清了十二条渠道，信用社上门办了小额贷款，到四月中旬，早稻插秧比上年快了五天，玉米、大豆也都种了下去，虽然中间有过一次倒春寒，由于预报得早，群众盖了膜、灌了水，
//!   秧苗基本没有受损，镇里又组织干部到缺劳力的农户帮工，抢回了农时，全镇没有一亩田抛荒。
//!
//! ## 不报
//! - 为了落实县委关于改进作风的部署，我们先后召开动员会、座谈会，学习了上级文件，查摆了自身的不足，随后组成六个小组分头进村入户，走访了四百多户群众，收集意见一百二十多条；
//!   又用一个月的时间逐条研究，能马上办的当天就办，一时办不了的列入清单，还邀请人大代表、政协委员和群众代表参加评议，对评议中提出来的看法逐一作出说明，回过头来完善了首问负责、
//!   限时办结等制度，把制度印成手册发到每个窗口，到年底群众满意率比上年提高了五个百分点，得到了上级的肯定，也为明年的工作打下了基础。 （有分号）
//! - 参加评审的有县教育局、财政局、水利局、农业农村局、自然资源局、住房和城乡建设局、交通运输局、文化和旅游局、卫生健康局、应急管理局、市场监督管理局、统计局、医疗保障局、
//!   乡村振兴局、林业局、信访局、城市管理局、行政审批服务局、大数据发展局、退役军人事务局、生态环境分局、气象局、供电公司、自来水公司、燃气公司、电信公司、移动公司、联通公司、
//!   邮政公司、农业银行、工商银行、建设银行、农村商业银行等单位的负责同志，以及各乡镇、各街道的代表。 （名单用顿号隔开，逗号不多）
//! - 为了落实县委关于改进作风的部署，我们先后召开动员会、座谈会，学习了上级文件，查摆了自身的不足，随后组成六个小组分头进村入户，走访了四百多户群众，收集意见一百二十多条，
//!   又用一个月的时间逐条研究，能马上办的当天就办，一时办不了的列入清单，还邀请人大代表参加评议。 （逗号虽多，不足二百字）
//!
//! ## 依据
//! 《党政机关公文处理工作条例》第十九条：结构严谨、文字精练；GB/T 15834-2011《标点符号用法》4.1：一句说完用句号。

use crate::finding::{Finding, Severity};
use crate::rule::{Paragraph, Rule, Scope, module_doc};
use crate::text::block::BlockKind;

/// The rule.
pub static RULE: Rule = Rule {
    id: "style/long-sentence",
    summary: "句子过长、一逗到底",
    severity: Severity::Hint,
    fix: None,
    doc: module_doc!("long_sentence.rs"),
    needs: &[],
    scope: Scope::Paragraph(check),
};

const MAX_CHARS: usize = 200;
const MIN_COMMAS: usize = 10;

fn check(paragraph: &Paragraph<'_>, out: &mut Vec<Finding>) {
    let text = paragraph.text;
    if text.len() < MAX_CHARS * 3 || paragraph.kind == BlockKind::TableCell {
        return;
    }
    for sentence in paragraph.sentences() {
        let shown = &text[sentence.clone()];
        if shown.len() < MAX_CHARS * 2 || shown.contains(['；', ';', '：', ':']) {
            continue;
        }
        let chars = shown.chars().count();
        let commas = shown.matches(['，', ',']).count();
        if chars >= MAX_CHARS && commas >= MIN_COMMAS {
            let message = format!("这一句有{chars}字、{commas}个逗号，宜在主语变换处断开，或用分号划开层次");
            let first = shown.find(['，', ',']).unwrap_or(shown.len());
            out.push(Finding::new(sentence.start..sentence.start + first, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_clean};

    const CLAUSE: &str = "我们走访企业了解情况解决实际困难二十余件，";

    #[test]
    fn long() {
        check(&RULE, &format!("短句在前。〔今年〕，{}完成了任务。", CLAUSE.repeat(12)));
        check(&RULE, &format!("〔春季〕，{}完成了任务。短句在后。", CLAUSE.repeat(20)));
    }

    #[test]
    fn short_or_divided() {
        check_clean(&RULE, &format!("去年：{}；{}完成。", CLAUSE.repeat(7), CLAUSE.repeat(7)));
    }
}
