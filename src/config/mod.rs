//! `zhubi.toml`: typed, with unknown keys refused.

mod error;
#[cfg(feature = "files")]
pub(crate) mod ignored;
#[cfg(feature = "schema")]
pub mod keys;
#[cfg(feature = "files")]
mod load;
#[cfg(feature = "files")]
mod merge;
#[cfg(feature = "cli")]
pub(crate) mod origin;
pub mod pack;
mod parse;
#[cfg(feature = "files")]
mod project;
#[cfg(feature = "schema")]
mod schema;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use error::ConfigError;
pub(crate) use error::{in_chinese, key, refusal};
#[cfg(feature = "files")]
pub(crate) use load::{files, place};
pub(crate) use parse::is_probability;
pub use parse::words_of;
#[cfg(feature = "files")]
pub(crate) use project::{Layer, Project};

use crate::config::pack::PacksConfig;
use crate::doctype::DocumentType;
use crate::finding::{Severity, group_of};
use crate::rule::Rule;
use crate::rules::selector::selects;

/// What a project says about how it wants to be checked.
// Of each field, `x-zh` is what a writer reads of it, in docs/config.zh-CN.md and in the schema.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct Config {
    /// Another zhubi.toml, relative to this one's folder, whose settings apply where this one says nothing.
    /// Its paths and patterns stay relative to its own folder.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "继承另一个 zhubi.toml，路径从本文件所在的文件夹算起。本文件没有写的，照它的；它写的路径、通配符，从它自己的文件夹算起。"),
        example = "../zhubi.toml",
    ))]
    pub extend: Option<String>,
    /// The rules or groups to run, such as `typo` or `style/stock-phrase`; all of them where it is absent.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "只用这些规则或规则组，如 typo（错别字）、style/stock-phrase；不写就是全部。"),
        example = serde_json::json!(["错别字", "标点"]),
    ))]
    pub select: Option<Vec<String>>,
    /// The rules or groups not to run, taken away from the selected ones.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "不用这些规则或规则组，从选用的里面减去。"),
        example = serde_json::json!(["style/stock-phrase"]),
    ))]
    pub ignore: Vec<String>,
    /// The severity of a rule, a group or `all`, or `off`. A rule's own entry goes before that of its group,
    /// and that before `all`.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "一条规则、一组规则或全部（all）算哪一级，或者关掉（off）。规则自己的先于它那一组的，组的先于 all 的。"),
        example = serde_json::json!({ "typo": "error", "style/stock-phrase": "off" }),
    ))]
    pub severity: BTreeMap<String, Level>,
    /// Files and folders that a walk leaves out, as in .gitignore, relative to the folder of the file that
    /// says so.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "检查文件夹时不看的文件、文件夹，写法同 .gitignore，从写它的 zhubi.toml 所在的文件夹算起。"),
        example = serde_json::json!(["归档/", "*.bak.txt"]),
    ))]
    pub exclude: Vec<String>,
    /// The project's own words.
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "本单位的词语。")))]
    pub dictionary: DictionaryConfig,
    /// How typos are looked for that only context shows.
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "要看上下文才知道的错别字怎样查。")))]
    pub typo: TypoConfig,
    /// Rules of style that the organisation adds.
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "本单位自定的用语规则。")))]
    pub packs: PacksConfig,
    /// The kind of all documents, where it is not to be told from their titles. A comment `zhubi: type=请示` in
    /// a draft goes before it.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "全部稿子的文种；不写就从标题判断。稿子里的注释“zhubi: type=请示”先于它。"),
        example = &"请示",
    ))]
    pub document_type: Option<&'static DocumentType>,
    /// How long a draft is to be.
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "稿子要写多长。")))]
    pub length: LengthConfig,
    /// What is different for some files. Of several that apply to a file, the later goes before the earlier,
    /// and all of them go before what is said for all files.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "一部分文件另有要求的。一个文件合用几段的，后面的先于前面的，都先于对全部文件写的。"),
        example = serde_json::json!([{ "files": ["归档/**", "*.md"], "severity": { "style": "off" } }]),
    ))]
    pub overrides: Vec<Override>,
}

/// What is different for some files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[non_exhaustive]
pub struct Override {
    /// The files, as patterns of .gitignore, relative to the folder of the configuration.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "哪些文件，写法同 .gitignore，从 zhubi.toml 所在的文件夹算起。"),
        example = serde_json::json!(["归档/**", "*.md"]),
    ))]
    pub files: Vec<String>,
    /// As [`Config::select`]; it takes the place of that.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "同上面的 select，代替它。"),
        example = serde_json::json!(["typo"]),
    ))]
    pub select: Option<Vec<String>>,
    /// As [`Config::ignore`]; it is added to that.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "同上面的 ignore，加在它上面。"),
        example = serde_json::json!(["structure"]),
    ))]
    #[serde(default)]
    pub ignore: Vec<String>,
    /// As [`Config::severity`]; it goes before that key by key.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "同上面的 severity，逐条先于它。"),
        example = serde_json::json!({ "style": "hint" }),
    ))]
    #[serde(default)]
    pub severity: BTreeMap<String, Level>,
    /// As [`Config::document_type`].
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "这些文件的文种。"),
        example = &"会议纪要",
    ))]
    pub document_type: Option<&'static DocumentType>,
    /// As [`Config::typo`].
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "这些文件里的错别字怎样查。")))]
    #[serde(default)]
    pub typo: TypoConfig,
    /// As [`Config::length`].
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "这些文件要写多长。")))]
    #[serde(default)]
    pub length: LengthConfig,
}

/// How long a draft is to be, in characters as word processors count them (字数).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct LengthConfig {
    /// The whole of it.
    #[cfg_attr(feature = "schema", schemars(extend("x-zh" = "全文的字数；不写就不管。"), example = 3000))]
    pub document: Option<usize>,
    /// Its sections, by a word of their headings.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "各节的字数，按标题里的词。"),
        example = serde_json::json!({ "存在的问题": 500 }),
    ))]
    pub sections: BTreeMap<String, usize>,
}

/// How typos are looked for that only context shows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct TypoConfig {
    /// The least probability, from 0 to 1, at which one is said to be one. Each kind of typo has a floor of
    /// its own, which this can raise but not lower.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "把握多大才说，0 到 1。每类错别字有自己的下限，这里只能提高，不能降低。"),
        example = 0.9,
    ))]
    pub min_confidence: Option<f32>,
    /// Whether to ask about what is only possible, too (as hints); it is asked where this is absent.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "只是可能写错的问不问（算参考一级）；不写就问。"),
        example = false,
    ))]
    pub possible: Option<bool>,
}

/// Words that a project uses, and words that it does not want.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[non_exhaustive]
pub struct DictionaryConfig {
    /// Words that are right: names, terms, short forms. No typo is seen in them.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "没有写错的词：人名、术语、简称。其中不查错别字。"),
        example = serde_json::json!(["驻村工作专班"]),
    ))]
    pub words: Vec<String>,
    /// Files of such words, beside the configuration: one a line; what follows a tab is a comment, and so is
    /// a line that begins with #. `zhubi learn` writes such a file.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "词表文件，放在 zhubi.toml 旁边：一行一个词，制表符后面是说明，# 开头的行也是。zhubi learn 会写出这样的文件。"),
        example = serde_json::json!(["words.txt"]),
    ))]
    pub files: Vec<String>,
    /// Words that are not wanted, each with what is to be written instead, or with an empty text.
    #[cfg_attr(feature = "schema", schemars(
        extend("x-zh" = "不要用的词，后面写改用什么；没有改用的写空文字。"),
        example = serde_json::json!({ "老百姓": "群众" }),
    ))]
    pub forbidden: BTreeMap<String, String>,
}

/// A severity in a configuration, where a rule can be off as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The rule does not run.
    #[serde(alias = "关")]
    Off,
    /// See [`Severity::Hint`].
    #[serde(alias = "参考")]
    Hint,
    /// See [`Severity::Info`].
    #[serde(alias = "提示")]
    Info,
    /// See [`Severity::Warning`].
    #[serde(alias = "警告")]
    Warning,
    /// See [`Severity::Error`].
    #[serde(alias = "错误")]
    Error,
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Hint => Some(Severity::Hint),
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

#[cfg(feature = "files")]
pub use crate::files::CONFIG_FILE as FILE_NAME;

impl Config {
    /// The severity at which a rule runs; `None` where it does not.
    #[must_use]
    pub fn severity(&self, rule: &Rule) -> Option<Severity> {
        let matches = |name: &String| selects(name, rule);
        let selected = self.select.as_ref().is_none_or(|names| names.iter().any(matches));
        if !selected || self.ignore.iter().any(matches) {
            return None;
        }
        self.level(rule).map_or(Some(rule.severity), |(_, level)| level.severity())
    }

    /// What `severity` says of a rule, and by which name.
    fn level(&self, rule: &Rule) -> Option<(&str, Level)> {
        let names = [rule.id, group_of(rule.id), "all"];
        let entry = names.iter().find_map(|name| self.severity.get_key_value(*name));
        entry.map(|(name, level)| (name.as_str(), *level))
    }
}
