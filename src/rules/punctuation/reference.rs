//! Bibliography entries, which follow GB/T 7714 and use half-width punctuation.

use std::sync::LazyLock;

use regex_lite::Regex;

use crate::text::block::OBJECT;

/// [J], ［M］, [EB/OL]: what a work is and what it lies on.
static KIND: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"[\[［]\s?(?:[JMDCNRSPZGK]|DB|CP|EB|CM|DS)(?:/(?:OL|CD|DK|MT))?\s?[\]］]\s*(?:[.．,，:：。/(（\d]|$)";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Where no kind is given: a publisher with a place and a year, or a volume and pages.
static SOURCE: LazyLock<Regex> = LazyLock::new(|| {
    let publisher = "(?:^|[:：])\\s*[^,，:：。]{2,20}(?:出版社|出版集团|书局|书店|印书馆|Press)\\s*[,，]\\s*(?:19|20)[0-9]{2}";
    let pages = r"(?:19|20)[0-9]{2}\s*[,，]?\s*[0-9]*\s*[（(][0-9]{1,3}[）)]\s*[:：]\s*[0-9]+";
    let author = r"^[A-Z][\w.,& -]{1,60}\((?:19|20)[0-9]{2}\)\.";
    Regex::new(&format!("{publisher}|{pages}|{author}")).expect("the pattern is a constant")
});

/// [1], ［1］ at the beginning of a note that names a work.
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"^\s*[\[［〔][0-9]{1,3}[\]］〕].*(?:出版社|书局|印书馆|学报|杂志|期刊|论文|Press|Journal|(?i:doi)|第\s?[0-9]+\s?[期页卷]|[:：]\s?[0-9]+\s?[-–—~～][0-9]+|\x{FFFC})";
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Is a paragraph an entry of a bibliography?
pub(super) fn is_reference(text: &str) -> bool {
    let bracket = text.contains(['[', '［', '〔']);
    let dated = || text.contains("19") || text.contains("20");
    bracket && (KIND.is_match(text) || text.contains(OBJECT) && NOTE.is_match(text))
        || dated() && (SOURCE.is_match(text) || bracket && NOTE.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::is_reference;

    #[test]
    fn entries_of_a_bibliography() {
        let entries = [
            "[1] 陈明远, 刘晓岚. 县域物流研究[J]. 农村经济与管理, 2024(9): 26-28.",
            "［2］ 王树林. 乡村公共服务[M]. 北京:中国农业出版社,2021:115-132.",
            "1. 王树林. 乡村公共服务［M］. 北京: 中国农业出版社, 2021.",
            "李文博. 农村寄递网络研究[D]. 武汉: 华中农业大学, 2023.",
            "国家统计局. 统计公报[EB/OL]. (2024-02-29)[2024-07-01]. \u{FFFC}.",
            "费孝通. 乡土中国. 北京: 北京大学出版社, 2012.",
            "中国标准出版社, 2023.",
            "Wang X., Li Y. (2021). 数字乡村: 理论与实践. Journal of Rural Studies, 12(3), 45-60.",
            "周敏. 农村电商的影响. 农业技术经济, 2024, 42(3): 301-322.",
            "[8] 费孝通. 乡土中国. 北京大学出版社, 2012年, 第25页.",
            "[9] 国家统计局. 统计公报. \u{FFFC}.",
        ];
        for entry in entries {
            assert!(is_reference(entry), "{entry}");
        }
    }

    #[test]
    fn other_paragraphs() {
        let others = [
            "会议指出,要加强领导[1]。",
            "[重要] 2024年的任务,请抓紧完成.",
            "发文字号为商流通函[2014]790号,请查收.",
            "选项[A]为正确,选项[B]为错误.",
            "比例为3:1,2024年增长(5)个百分点.",
        ];
        for other in others {
            assert!(!is_reference(other), "{other}");
        }
    }
}
