//! Names of persons.

/// The surnames of nine in ten people, the most frequent first (户籍人口姓氏, 公安部《全国姓名报告》).
pub const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Is it a character with which names begin?
#[must_use]
pub fn is_surname(c: char) -> bool {
    SURNAMES.contains(c)
}
