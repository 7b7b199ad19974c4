//! Reports of any length, put together from sentences written for this purpose, with numbers that change, so that no two
//! paragraphs are the same.

const SENTENCES: [&str; 24] = [
    "全年共接诊门诊病人{}人次，比上年增长{}%。",
    "组织开展业务培训{}期，参加人员{}人次，考核合格率稳步提高。",
    "严格执行查对制度，及时向临床科室反馈检验结果。",
    "针对群众反映的停车难问题，协调交管部门新增车位{}个。",
    "完成老旧小区改造{}个，惠及居民{}户。",
    "镇政府与{}家企业签订了用工协议，带动就业{}人。",
    "加强财务管理，压减一般性支出{}万元。",
    "学校食堂实行明厨亮灶，家长委员会每月抽查{}次。",
    "对照检查发现，工作中还有一些薄弱环节，主要是调查研究不够深入。",
    "个别同志学习不够自觉，运用理论指导实践的能力有待提高。",
    "下一步，要把责任落实到岗位，把措施细化到环节。",
    "选派{}名骨干到上级医院进修，引进新技术{}项。",
    "农业农村部门指导农户科学种植，粮食总产量达到{}万吨。",
    "扎实做好防汛准备，储备编织袋{}条、救生衣{}件。",
    "图书馆全年开放{}天，接待读者{}人次。",
    "推进政务服务改革，{}项业务实现一次办结。",
    "工会组织职工开展健步走、读书分享等活动{}场。",
    "项目部克服工期紧的困难，提前{}天完成主体工程。",
    "审计发现的{}个问题已整改{}个，其余问题明确了完成时限。",
    "社区网格员走访独居老人{}人，帮助解决生活困难{}件。",
    "坚持每周召开例会，研究解决存在的困难。",
    "实验室通过了年度质量评审，仪器完好率保持在{}%以上。",
    "修订完善规章制度{}项，规范了采购、验收和付款流程。",
    "围绕年度目标，各科室按季度汇报进展情况。",
];

/// A report of about so many characters.
pub(crate) fn report(chars: usize) -> String {
    let (mut text, mut written, mut number) = (String::from("年度工作总结\n"), 6, 0usize);
    let mut next = move || {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        number >> 33
    };
    while written < chars {
        for _ in 0..4 {
            let mut sentence = SENTENCES[next() % SENTENCES.len()].to_owned();
            while sentence.contains("{}") {
                sentence = sentence.replacen("{}", &(next() % 890 + 10).to_string(), 1);
            }
            written += sentence.chars().count();
            text += &sentence;
        }
        text.push('\n');
        written += 1;
    }
    text
}
