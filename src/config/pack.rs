//! Reads packs: a TOML file each.

use std::collections::HashSet;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{ConfigError, in_chinese};
use crate::rule::pack::Pack;

/// Rules of style that an organisation adds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PacksConfig {
    /// Files of packs, beside the configuration. `zhubi pack test` proves their examples.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "规则包文件，放在 zhubi.toml 旁边。zhubi pack test 验证其中的例子。"),
        example = serde_json::json!(["packs/wording.toml"]),
    ))]
    pub files: Vec<String>,
    /// What the files hold.
    #[serde(skip)]
    pub loaded: Vec<Pack>,
}

impl PacksConfig {
    /// Drops the files that others name already, or that it names twice: what they mark is marked once.
    #[cfg(feature = "files")]
    pub(super) fn drop_known(&mut self, others: &Self) {
        let mut known: HashSet<String> = others.files.iter().cloned().collect();
        let both = std::mem::take(&mut self.files).into_iter().zip(std::mem::take(&mut self.loaded));
        (self.files, self.loaded) = both.filter(|(file, _)| known.insert(file.clone())).unzip();
    }
}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// Where the text is no TOML, or a rule cannot be used, with the place and the remedy.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let pack: Self = toml::from_str(text).map_err(|error| in_chinese(&error))?;
        let mut names = HashSet::new();
        for rule in &pack.rules {
            let fault = match rule.compile(&pack.message(rule)) {
                Err(fault) => Some(fault),
                Ok(_) if rule.name.trim().is_empty() => Some("没有名称，请在 name 里写明管什么".to_owned()),
                Ok(_) if !names.insert(&rule.name) => Some("名称与前面的规则重复，请换一个名称".to_owned()),
                Ok(_) if rule.bad.is_empty() => {
                    Some("没有反例，请在 bad 里至少写一句应当标出的话".to_owned())
                }
                Ok(compiled) if Regex::new(&compiled.regex).is_err() => {
                    Some("的 pattern 展开来太大，请少写次数".to_owned())
                }
                Ok(_) if rule.fix.is_some() => Some("不能写 fix：规则包的改法都由人选定，请删去".to_owned()),
                Ok(_) => None,
            };
            if let Some(fault) = fault {
                let quoted = format!("\"{}\"", rule.name);
                let range = text.rfind(&quoted).map(|at| at..at + quoted.len());
                return Err(ConfigError::new(format!("规则“{}”{fault}", rule.name), range));
            }
        }
        Ok(pack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    const RULE: &str = "name = \"用语\"\n[[rule]]\nname = \"驻村\"\nfind = [\"驻村帮扶队\"]\nreplace = \"驻村工作队\"\nunless = [\"驻村帮扶队之家\"]\nbad = [\"驻村帮扶队走访。\"]\n";

    #[test]
    fn faults_are_named_with_their_place_and_remedy() {
        let fault = |text: &str| Pack::parse(text).unwrap_err();
        let none = fault("name = \"a\"\n[[rule]]\nname = \"空\"\nbad = [\"x\"]\n");
        assert_eq!(none.message, "规则“空”没有 find，请写要找的词语");
        assert_eq!(none.range, Some(27..32));
        assert!(
            fault(&RULE.replace("bad = [\"驻村帮扶队走访。\"]", "bad = []")).message.contains("没有反例")
        );
        assert!(fault(&RULE.replace("find = [\"驻村帮扶队\"]", "pattern = \"(\"")).message.contains("正则"));
        assert!(fault(&RULE.replace("unless", "except")).message.contains("没有名为“except”的项"));
        assert!(fault(&RULE.replace("bad", "good")).message.contains("缺少“bad”"));
        let twice = format!("{RULE}{}", RULE.replace("name = \"用语\"\n", ""));
        assert!(fault(&twice).message.contains("重复"));
    }

    #[test]
    fn a_template_names_only_groups_that_there_are() {
        let rule = |find: &str, replace: &str| {
            let text = format!(
                "name = \"用语\"\n[[rule]]\nname = \"试\"\n{find}\nreplace = \"{replace}\"\nbad = [\"x\"]\n"
            );
            Pack::parse(&text).map(drop).map_err(|error| {
                assert!(error.range.is_some());
                error.message
            })
        };
        let two = "pattern = \"(.)打造(?<what>.)\"";
        for good in ["$1民$2", "${what}", "$$5", "$0", "$", "建设", "50$ "] {
            assert_eq!(rule(two, good), Ok(()), "{good}");
        }
        for bad in ["$3", "$2民$9", "${where}", "$1x"] {
            assert!(rule(two, bad).unwrap_err().contains("有2对括号"), "{bad}");
        }
        assert!(rule("pattern = \"老(百)姓\"", "$2民").unwrap_err().contains("写了“$2”"));
        assert!(rule("find = [\"老百姓\"]", "$1").unwrap_err().contains("find 里没有括号"));
        assert!(rule("find = [\"老百姓\"]", "老百姓").unwrap_err().contains("相同"));
        assert!(rule("find = [\"老百姓\"]\nunless = [\"\"]", "群众").unwrap_err().contains("unless"));
    }
}
