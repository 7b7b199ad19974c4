//! Names of places, firms and institutions: the words for what they are, with which they end.

/// The words with which names end, as alternatives of an expression.
pub const KINDS: &str = "村|社区|镇|乡|街道|公司|集团|学校|小学|中学|幼儿园|医院|卫生院|大桥|桥|水库|合作社|厂|林场|小区|工业园|\
    设计院|研究院|研究所|酒店|宾馆|商场|支行|事务所|养老院|福利院|敬老院|物业|牧场|超市|饭店|药店|诊所|大学|学院|职校|花园|广场|公园|景区|茶场|渔场|山庄|基金会|商城|大厦|示范区|开发区|产业园|科技园|纪念馆|博物馆|文化馆|书院|剧团|渠|水闸|泵站|电站|煤矿|港|码头";

/// Characters that are part of no name, or that part what is beside each other.
pub const NOT_IN_NAMES: &str =
    "的了和在是等各个全本我每该此这那两几第某到对与及由从把被为有不无所将至名家座条所新";

/// What ends like a name and is only a kind of thing.
const KINDS_OF_KINDS: [&str; 31] = [
    "农村",
    "山村",
    "乡村",
    "新村",
    "村村",
    "行政村",
    "自然村",
    "城乡",
    "家乡",
    "下乡",
    "返乡",
    "还乡",
    "故乡",
    "工厂",
    "水厂",
    "电厂",
    "建厂",
    "乡镇",
    "城镇",
    "集镇",
    "村镇",
    "古镇",
    "架桥",
    "修桥",
    "建桥",
    "天桥",
    "沟渠",
    "水渠",
    "海港",
    "香港",
    "空港",
];

/// Does a text end in a word that is only a kind of thing: 农村, 乡镇?
#[must_use]
pub fn is_only_a_kind(text: &str) -> bool {
    KINDS_OF_KINDS.iter().any(|word| text.ends_with(word))
}
