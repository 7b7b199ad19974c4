//! What is written for machines and stands in plain text without a fence: lines of programs, of a shell, of
//! SQL, JSON and logs, and inside prose the names and paths of files and calls of functions.

use std::ops::Range;
use std::sync::LazyLock;

use regex_lite::Regex;

/// A line that is nothing but code, by a sign that no sentence has.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    let signs = [
        // JSON, YAML in quotes.
        r#"^[\[{]?\s*"[^"]*"\s*:\s*(?:["\[{\d-]|true|false|null)"#,
        // SQL.
        r"(?i)^(?:SELECT\s.+\sFROM|UPDATE\s.+\sSET|INSERT\s+INTO|DELETE\s+FROM|(?:CREATE|ALTER|DROP)\s+(?:TABLE|INDEX|VIEW|DATABASE))\s",
        // A shell.
        r"^(?:\$\s+|PS [A-Z]:\\[^>]*>\s*|[A-Z]:\\[^>]*>\s*)[a-zA-Z./]",
        r"^(?:sudo|git|cd|cp|mv|rm|mkdir|scp|ssh|tar|curl|wget|chmod|chown|docker|kubectl|npm|yarn|pip3?|cargo|mvn|systemctl|apt(?:-get)?|yum|echo|export|grep|sed|awk|cat|ls|ping|ipconfig|netsh)\s+\S",
        // A log.
        r"^\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d\S*\s+\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL)\b",
        // Programs.
        r#"^(?:#include\s*[<"]|import\s+[\w.{*]+|from\s+[\w.]+\s+import\s|def\s+\w+\(|class\s+\w+[:({ ]|function\s+\w+\(|(?:const|let|var)\s+\w+\s*=|return\b.*;|</?[a-z][\w-]*(?:\s+[\w:-]+=|\s*/?>)|<!--|//\s)"#,
        r"^[A-Za-z_][\w.]*\(.*\);?$",
        r"^[A-Za-z_][\w.]*\s*=\s*\S.*$",
        r"(?:[{};]|\)\s*:|=>|&&|\|\||==|!=|->)",
    ];
    Regex::new(&signs.join("|")).expect("the pattern is a constant")
});

/// What code says in words: strings and comments. What is left of a line of code is hardly Chinese.
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#""[^"]*"|'[^']*'|(?:^|\s)//.*$|\s#\s.*$|/\*.*?\*/|<!--.*?-->"#;
    Regex::new(pattern).expect("the pattern is a constant")
});

/// Marks that prose in Chinese has and code has not.
const OF_PROSE: [char; 12] = ['，', '。', '、', '；', '：', '？', '！', '“', '”', '《', '》', '…'];

/// Is a line of plain text code from end to end? `print("你好, 世界!")` is, 执行 ping 127.0.0.1 命令 is not.
pub(super) fn is_code(line: &str) -> bool {
    let begins = line.chars().next().is_some_and(|c| c.is_ascii() && !c.is_ascii_digit());
    let begins = begins || line.starts_with(|c: char| c.is_ascii_digit()) && line.get(4..5) == Some("-");
    if !begins || !line.bytes().any(|b| b"(){}=:\"'; ".contains(&b)) {
        return false;
    }
    // Most lines are prose, which shows before any pattern is tried.
    let says_nothing = !line.bytes().any(|b| b"\"'/#<".contains(&b));
    if says_nothing && !is_bare_code(line) || !LINE.is_match(line) {
        return false;
    }
    is_bare_code(&WORDS.replace_all(line, " "))
}

/// May a line be code, whose words have been left out?
fn is_bare_code(line: &str) -> bool {
    if line.contains(OF_PROSE) {
        return false;
    }
    let wide = line.chars().filter(|c| !c.is_ascii()).count();
    let narrow = line.chars().filter(|c| c.is_ascii_graphic()).count();
    narrow >= 2 && wide * 3 <= narrow
}

/// The name of a file, with what stands before its extension as far as no mark of prose ends it.
static FILE: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"(?i)[^\s，。；：、！？“”‘’《》（）【】"'<>|*?:,;\x{FFFC}]{1,80}\.(?:docx?|xlsx?|pptx?|pdf|ofd|wps|et|dps|txt|csv|md|zip|rar|7z|jpe?g|png|gif|bmp|mp[34]|mov|exe|msi|apk|json|ya?ml|xml|html?|py|js|ts|java|go|rs|sql|sh|bat|log|ini|conf|bak|dwg|psd)\b"#;
    Regex::new(pattern).expect("the pattern is a constant")
});

/// D:\\资料\\总结(1).docx
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r#"\b[A-Za-z]:\\[^\s，。；、！？“”‘’《》（）"'<>|*?]+"#;
    Regex::new(pattern).expect("the pattern is a constant")
});

/// The name of a function and its opening bracket.
static CALL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z_][A-Za-z0-9_.]*\(").expect("the pattern is a constant"));

/// The longest call that is looked for, in bytes.
const LONGEST_CALL: usize = 400;

/// The byte ranges of names of files, of paths and of calls in a line of prose, in order.
pub(super) fn inline(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<Range<usize>> = Vec::new();
    if memchr::memchr(b'\\', bytes).is_some() {
        found.extend(PATH.find_iter(text).map(|path| path.range()));
    }
    // 5.2% is no file, and every report is full of such.
    let may_name = |dot: usize| bytes.get(dot + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'7');
    if memchr::memchr_iter(b'.', bytes).any(may_name) && bytes.iter().any(|b| b"(_[{".contains(b)) {
        // 通知.docx is as good as any word; only what looks like punctuation or a blank is hidden.
        let names = FILE.find_iter(text).filter(|name| name.as_str().contains(['(', '_', '[', '{']));
        found.extend(names.map(|name| name.range()));
    }
    if memchr::memchr(b'(', bytes).is_some() && memchr::memchr2(b'"', b'\'', bytes).is_some() {
        found.extend(CALL.find_iter(text).filter_map(|name| call(text, name.range())));
    }
    found.sort_by_key(|range| (range.start, usize::MAX - range.end));
    let mut end = 0;
    found.retain(|range| {
        range.start >= end && {
            end = range.end;
            true
        }
    });
    found
}

/// IF(A1>60,"及格","不及格"): the whole call, if a string is among its arguments.
fn call(text: &str, name: Range<usize>) -> Option<Range<usize>> {
    let (mut depth, mut quote, mut strings) = (1, None, 0);
    for (at, c) in text[name.end..].char_indices().take_while(|(at, _)| *at < LONGEST_CALL) {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => {
                // ISO(国际"标准化"组织): a quotation in prose, no argument.
                let before = text[..name.end + at].trim_end().chars().next_back();
                if !before.is_some_and(|c| "(,=<>&+".contains(c)) {
                    return None;
                }
                (quote, strings) = (Some(c), strings + 1);
            }
            (None, '(') => depth += 1,
            (None, ')') if depth == 1 => return (strings > 0).then_some(name.start..name.end + at + 1),
            (None, ')') => depth -= 1,
            (None, c) if OF_PROSE.contains(&c) => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{inline, is_code};

    #[test]
    fn lines_of_code() {
        let code = [
            r#"print("你好, 世界!")"#,
            r#"if (状态 == "完成") { return "好"; }  // 判断,返回"#,
            "SELECT name, dept FROM log WHERE name='张三', dept='办公室';",
            "UPDATE user SET status='正常' WHERE id IN (3,5,8);",
            r#"{"code": 200, "msg": "操作成功", "data": [{"name": "张三"}, {"name": "李四"}]}"#,
            r#""单位": "办公室","#,
            r#"git commit -m "修复: 登录页报错""#,
            r#"mkdir "工作总结(2024)" && cd "工作总结(2024)""#,
            "cp 总结(1).docx 总结(2).docx",
            "$ python3 run.py --name 张三",
            "x = 张三(1, 2)",
            "2025-06-12 10:23:45 [ERROR] connect failed: 超时, 请重试",
            "<div class=\"box\">标题</div>",
        ];
        for line in code {
            assert!(is_code(line), "{line}");
        }
        let prose = [
            "执行 ping 192.168.1.1 -t 命令,查看结果。",
            "Excel公式=IF(A1>60,\"及格\",\"不及格\")，向下填充。",
            "会议指出,要加强领导;要抓好落实.",
            "\"三会一课\"制度要坚持,主题党日要经常.",
            "2025-06-12 上午召开了党组会议,研究部署下一步工作.",
            "A组负责会务,B组负责宣传;C组负责后勤.",
            "GDP增长5%,税收增长3%;",
            "[1] 陈明远. 县域物流研究[J]. 农村经济, 2024(9): 26-28.",
            "cd 盘要归还,不得遗失;",
            "(一)加强学习;",
        ];
        for line in prose {
            assert!(!is_code(line), "{line}");
        }
    }

    #[test]
    fn code_in_prose() {
        let shown =
            |text: &'static str| inline(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(shown("见“总结(1).docx”，另有“名单(终稿).xlsx”。"), ["总结(1).docx", "名单(终稿).xlsx"]);
        assert_eq!(
            shown("例如：20250612_县水务局_总结(修订版).docx；"),
            ["20250612_县水务局_总结(修订版).docx"]
        );
        assert_eq!(shown("请各单位下载报名表.docx并填写(必填)。"), [""; 0]);
        assert_eq!(
            shown("路径：D:\\资料\\2024年(下)\\总结.docx，请查收。"),
            ["D:\\资料\\2024年(下)\\总结.docx"]
        );
        assert_eq!(
            shown(r#"公式=IF(A1>90,"优",IF(A1>60,"及格","差"))，向下填充(见图)。"#),
            [r#"IF(A1>90,"优",IF(A1>60,"及格","差"))"#]
        );
        assert_eq!(shown(r#"ISO(国际"标准化"组织)"#), [""; 0]);
    }
}
