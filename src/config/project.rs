//! A zhubi.toml with those that it extends, and what it says for each file.

use std::path::{Path, PathBuf};

use super::{Config, ConfigError, error};
use crate::files;
use crate::files::pattern::{Pattern, Picker};

/// A zhubi.toml with those that it extends.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The files, each before the one that it extends.
    pub(crate) layers: Vec<Layer>,
    /// What holds for all files, with whole paths, without what counts from a folder.
    config: Config,
    /// The parts for some files, the strongest last.
    pub(crate) overrides: Vec<Part>,
    /// What walks leave out, each from the folder of the file that says so.
    pub(crate) exclude: Vec<Pattern>,
    /// The same, compiled.
    excluded: Vec<Picker>,
}

/// One of the files.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// As the file has it.
    pub(crate) config: Config,
}

/// A part for some files.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The file that it stands in, by its place among the layers, and its place there.
    pub(crate) layer: usize,
    pub(crate) index: usize,
    config: Config,
    pub(crate) files: Picker,
}

impl Project {
    /// Reads a configuration, what it extends, and the files of words and packs that these name.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub(crate) fn read(path: &Path) -> Result<Self, ConfigError> {
        let layers = Layer::chain(path)?;
        let mut project = Self {
            layers: Vec::new(),
            config: Config::default(),
            overrides: Vec::new(),
            exclude: Vec::new(),
            excluded: Vec::new(),
        };
        for (place, layer) in layers.iter().enumerate().rev() {
            let mut config = layer.load()?;
            config.packs.drop_known(&project.config.packs);
            let patterns = config.exclude.iter().map(|text| Pattern::of_file(text, &layer.path));
            project.exclude.extend(patterns);
            let excluded = Picker::new(&config.exclude, &layer.path)
                .map_err(|why| layer.fault(why, error::value(&layer.text, &["exclude"])))?;
            project.excluded.push(excluded);
            for (index, part) in config.overrides.iter().enumerate() {
                let files = Picker::new(&part.files, &layer.path).map_err(|why| {
                    let place = error::value(&layer.text, &["overrides", &index.to_string(), "files"]);
                    layer.fault(why, place)
                })?;
                project.overrides.push(Part { layer: place, index, config: part.clone().into(), files });
            }
            let own = Config { extend: None, exclude: Vec::new(), overrides: Vec::new(), ..config };
            project.config = own.over(project.config);
        }
        Ok(Self { layers, ..project })
    }

    /// Does a walk leave out a file, by itself or by a folder that it is in?
    pub(crate) fn excludes(&self, file: &Path) -> bool {
        let file = files::absolute(file);
        self.excluded.iter().any(|patterns| patterns.picks(&file))
    }

    /// The lists of words that it names.
    #[cfg(feature = "cli")]
    pub(crate) fn word_lists(&self) -> impl Iterator<Item = PathBuf> {
        let of_layer = |layer: &Layer| -> Vec<PathBuf> {
            layer.config.dictionary.files.iter().map(|name| layer.beside(name)).collect()
        };
        self.layers.iter().flat_map(of_layer)
    }

    /// The overrides that apply to a file, by their places.
    pub(crate) fn overrides_of(&self, file: &Path) -> Vec<usize> {
        if self.overrides.is_empty() {
            return Vec::new();
        }
        let file = files::absolute(file);
        let picks = |(place, part): (usize, &Part)| part.files.picks(&file).then_some(place);
        self.overrides.iter().enumerate().filter_map(picks).collect()
    }

    /// The configuration of files to which these overrides apply.
    pub(crate) fn config(&self, overrides: &[usize]) -> Config {
        let parts = overrides.iter().map(|place| self.overrides[*place].config.clone());
        parts.fold(self.config.clone(), |below, part| part.over(below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Level;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn three_files_in_a_chain_say_one_thing() {
        let folder = folder(&[
            (
                "zhubi.toml",
                "select = [\"typo\", \"style\"]\nignore = [\"typo/idiom\"]\nexclude = [\"old/\"]\n\
                 document-type = \"通知\"\n[severity]\ntypo = \"hint\"\nstyle = \"hint\"\n\
                 [dictionary]\nwords = [\"甲\"]\nfiles = [\"words.txt\"]\nforbidden = { \"老百姓\" = \"群众\", \"搞\" = \"做\" }\n\
                 [typo]\nmin-confidence = 0.5\npossible = false\n[length]\ndocument = 100\nsections = { \"问题\" = 1, \"打算\" = 2 }\n",
            ),
            ("words.txt", "乙\n"),
            (
                "a/base.toml",
                "extend = \"../zhubi.toml\"\nignore = [\"style/stock-phrase\"]\nexclude = [\"tmp/\"]\n\
                 [severity]\ntypo = \"info\"\nall = \"warning\"\n[dictionary]\nfiles = [\"words.txt\"]\n",
            ),
            ("a/words.txt", "丙\n"),
            (
                "a/b/zhubi.toml",
                "extend = \"../base.toml\"\nselect = [\"typo\"]\nexclude = [\"x\"]\ndocument-type = \"请示\"\n\
                 [severity]\nstyle = \"off\"\n[dictionary]\nforbidden = { \"搞\" = \"办\" }\n\
                 [typo]\npossible = true\n[length]\nsections = { \"打算\" = 3 }\n",
            ),
        ]);
        let root = files::absolute(folder.path());
        let project = Project::read(&root.join("a/b/zhubi.toml")).unwrap();
        let paths: Vec<_> =
            project.layers.iter().map(|layer| layer.path.strip_prefix(&root).unwrap()).collect();
        assert_eq!(paths, ["a/b/zhubi.toml", "a/base.toml", "zhubi.toml"].map(Path::new));
        let config = project.config(&[]);
        assert_eq!(config.select, Some(vec!["typo".to_owned()]));
        assert_eq!(config.ignore, ["typo/idiom", "style/stock-phrase"]);
        let levels = [("all", Level::Warning), ("style", Level::Off), ("typo", Level::Info)];
        assert_eq!(config.severity, levels.map(|(name, level)| (name.to_owned(), level)).into());
        assert_eq!(config.dictionary.words, ["甲", "乙", "丙"]);
        assert_eq!(config.dictionary.files.len(), 2);
        assert!(Path::new(&config.dictionary.files[0]).is_absolute());
        let words = [("搞", "办"), ("老百姓", "群众")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(config.dictionary.forbidden, words.into());
        assert_eq!((config.typo.min_confidence, config.typo.possible), (Some(0.5), Some(true)));
        assert_eq!(config.document_type.map(|kind| kind.key), Some("request"));
        assert_eq!(config.length.document, Some(100));
        assert_eq!(config.length.sections, [("问题".to_owned(), 1), ("打算".to_owned(), 3)].into());
        let exclude: Vec<_> = project.exclude.iter().map(|it| (it.text.as_str(), it.root.clone())).collect();
        assert_eq!(exclude, [("old/", root.clone()), ("tmp/", root.join("a")), ("x", root.join("a/b"))]);
        let read = Config::read(&root.join("a/b/zhubi.toml")).unwrap();
        assert_eq!((read.exclude, read.select), (vec!["x".to_owned()], config.select));
    }

    #[test]
    fn a_pack_that_several_name_is_loaded_once() {
        let pack = "name = \"用语\"\n[[rule]]\nname = \"甲\"\nfind = \"甲乙\"\nbad = \"甲乙。\"\n";
        let folder = folder(&[
            ("zhubi.toml", "[packs]\nfiles = [\"a/pack.toml\"]\n"),
            ("a/pack.toml", pack),
            ("a/own.toml", pack),
            (
                "a/zhubi.toml",
                "extend = \"../zhubi.toml\"\n[packs]\nfiles = [\"pack.toml\", \"own.toml\", \"../a/own.toml\"]\n",
            ),
        ]);
        let packs = Project::read(&folder.path().join("a/zhubi.toml")).unwrap().config(&[]).packs;
        assert_eq!((packs.files.len(), packs.loaded.len()), (2, 2), "{:?}", packs.files);
    }

    #[test]
    fn a_circle_and_a_file_that_is_missing_are_told_where_they_are_written() {
        let folder = folder(&[
            ("a.toml", "\nextend = \"b.toml\"\n"),
            ("b.toml", "# 圈\n\nextend = \"./sub/../a.toml\"\n"),
            ("self.toml", "extend = \"self.toml\"\n"),
            ("missing.toml", "extend = \"none/zhubi.toml\"\n"),
            ("folder.toml", "extend = \".\"\n"),
            ("bad.toml", "ignore = []\nselct = []\n"),
            ("of-bad.toml", "extend = \"bad.toml\"\n"),
            ("no-words.toml", "[dictionary]\nfiles = [\"none.txt\"]\n"),
            ("of-no-words.toml", "extend = \"no-words.toml\"\n"),
            ("sub/x", ""),
        ]);
        let refused = |name: &str| {
            let error = Project::read(&folder.path().join(name)).unwrap_err();
            let file = error.file.unwrap();
            let text = std::fs::read_to_string(&file).unwrap();
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            (name, text[error.range.unwrap()].to_owned(), error.message)
        };
        let (file, place, message) = refused("a.toml");
        assert_eq!((file.as_str(), place.as_str()), ("b.toml", "\"./sub/../a.toml\""));
        assert!(message.contains("绕成了圈") && message.matches("a.toml").count() == 2, "{message}");
        assert!(refused("self.toml").2.contains("圈"));
        let (file, place, message) = refused("missing.toml");
        assert_eq!((file.as_str(), place.as_str()), ("missing.toml", "\"none/zhubi.toml\""));
        assert!(message.contains("没有这个文件") && message.contains("extend"), "{message}");
        assert!(refused("folder.toml").2.contains("是文件夹"));
        let (file, place, _) = refused("of-bad.toml");
        assert_eq!((file.as_str(), place.as_str()), ("bad.toml", "selct"));
        let (file, place, _) = refused("of-no-words.toml");
        assert_eq!((file.as_str(), place.as_str()), ("no-words.toml", "none.txt"));
    }

    #[test]
    fn a_later_override_goes_before_an_earlier_one_and_all_before_the_rest() {
        let folder = folder(&[
            (
                "zhubi.toml",
                "document-type = \"通知\"\nignore = [\"style\"]\n[length]\ndocument = 100\n\
                 [[overrides]]\nfiles = [\"归档/**\", \"*.md\", \"!归档/留/**\"]\nselect = [\"typo\"]\nignore = [\"number\"]\n\
                 document-type = \"总结\"\n[overrides.length]\ndocument = 200\n[overrides.severity]\ntypo = \"hint\"\n",
            ),
            (
                "sub/zhubi.toml",
                "extend = \"../zhubi.toml\"\ndocument-type = \"函\"\n\
                 [[overrides]]\nfiles = [\"甲.md\"]\ndocument-type = \"请示\"\n[overrides.typo]\npossible = false\n",
            ),
        ]);
        let root = files::absolute(folder.path());
        let project = Project::read(&root.join("zhubi.toml")).unwrap();
        let picks = |path: &str| !project.overrides_of(&root.join(path)).is_empty();
        for (path, is_picked) in [
            ("归档/2020/甲.txt", true),
            ("甲.md", true),
            ("sub/甲.md", true),
            ("甲.txt", false),
            ("归档.txt", false),
            ("归档/留/甲.txt", false),
            ("../归档/甲.txt", false),
        ] {
            assert_eq!(picks(path), is_picked, "{path}");
        }
        let project = Project::read(&root.join("sub/zhubi.toml")).unwrap();
        let of = |path: &str| project.config(&project.overrides_of(&root.join(path)));
        let kind = |config: &Config| config.document_type.map(|kind| kind.key);
        let plain = of("sub/甲.txt");
        assert_eq!(
            (kind(&plain), &plain.select, &plain.ignore[..]),
            (Some("letter"), &None, &["style".to_owned()][..])
        );
        let one = of("sub/乙.md");
        assert_eq!((kind(&one), one.length.document), (Some("summary"), Some(200)));
        assert_eq!(one.ignore, ["style", "number"]);
        let both = of("sub/甲.md");
        assert_eq!(
            (kind(&both), both.typo.possible, both.select),
            (Some("request"), Some(false), one.select)
        );
    }
}
