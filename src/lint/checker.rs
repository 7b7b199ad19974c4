//! A linter with a cache of one document.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::Linter;
use super::cache::Cache;
use crate::finding::Diagnostic;
use crate::text::document::Document;

/// Checks one document again and again, as it is edited.
#[derive(Debug)]
pub struct Checker {
    linter: Arc<Linter>,
    cache: Cache,
}

impl Checker {
    /// A checker with an empty cache.
    #[must_use]
    pub fn new(linter: Arc<Linter>) -> Self {
        Self { linter, cache: Cache::default() }
    }

    /// What [`Linter::check`] finds in the document. `None` where `cancelled` was raised before the end; what
    /// was read until then is kept.
    pub fn check(&mut self, document: &Document, cancelled: &AtomicBool) -> Option<Vec<Diagnostic>> {
        let mut found = self.check_by_place(document, cancelled)?;
        self.linter.merge_habits(document, &mut found);
        Some(found)
    }

    /// The same, each place by itself.
    pub(crate) fn check_by_place(
        &mut self,
        document: &Document,
        cancelled: &AtomicBool,
    ) -> Option<Vec<Diagnostic>> {
        // Taken out, so that a cache that a panic left half written is not used again.
        let mut cache = std::mem::take(&mut self.cache);
        let found = self.linter.run(document, &mut cache, cancelled);
        self.cache = cache;
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::config::Config;
    use crate::text::format::Format;

    /// What makes rules speak, across paragraphs above all, and what makes paragraphs.
    const FRAGMENTS: [&str; 52] = [
        "\n",
        "\n\n",
        "\r\n",
        "一、学习情况\n",
        "（一）加强领导。\n",
        "三、下步打算\n",
        "# 工作总结\n",
        "篇一：\n",
        "范文二\n",
        "一是抓学习，",
        "三是抓落实。",
        "第一，",
        "（2）",
        "做好以下三方面工作：",
        "认真学习贯彻党的各项方针正策，切实做好本职工作。",
        "认真学习贯彻党的各项方针政策，切实做好本职工作。\n",
        "安排布署",
        "“",
        "”",
        "\"平安建设\"",
        "《",
        "王建国同志",
        "王健国同志",
        "5千米，3公里，8公里",
        "（以下简称市局）",
        "2026年2月30日",
        "2019年3月",
        "国家工商总局",
        "如图9所示",
        "图1 流程\n",
        "齐心协力，攻坚克难，砥砺前行，再创佳绩，",
        "zhubi: ignore typo\n",
        "<!-- zhubi: ignore-file structure -->\n",
        "| 项目 | 数 |\n|---|---|\n| 丁 | 2 |\n",
        "- 甲；\n- 乙；\n- 丙。\n- 丁；\n",
        "2026年工作总结\n",
        "关于购置水泵的请示\n",
        "关于春耕生产情况的报告\n",
        "县财政局、县水利局：\n",
        "zhubi: type=请示\n",
        "妥否，请批示。\n",
        "另，请一并批准增加编制两名。",
        "附件：1.名单。\n",
        "附件2\n",
        "详见附件3。",
        "今年以来，完成了各项工作，存在的问题是人手不足。",
        "一、主要成绩\n服务水平明显提升，各项任务圆满完成，干部作风显著好转。\n",
        "二、下一步打算\n年底前完成，由办公室牵头。\n",
        "齐心协力把工作推上新台阶以及",
        "落实“四早”（早发现、早报告、早隔离）要求。",
        "截至2025年底，2025年全市经济快速发展",
        "，",
    ];

    #[derive(Debug, Clone)]
    enum Step {
        /// Puts a fragment in the place of some characters.
        Replace(prop::sample::Index, usize, usize),
        /// Puts a fragment in at two places at once.
        Scatter(prop::sample::Index, prop::sample::Index, usize),
        /// Puts a copy of a line at another place.
        Copy(prop::sample::Index, prop::sample::Index),
        /// Goes back to the text of before.
        Undo,
        /// A run that is abandoned at once.
        Abandon,
    }

    fn step() -> impl Strategy<Value = Step> {
        use prop::sample::Index;
        prop_oneof![
            8 => (any::<Index>(), 0usize..12, 0..FRAGMENTS.len()).prop_map(|(at, cut, put)| Step::Replace(at, cut, put)),
            2 => (any::<Index>(), any::<Index>(), 0..FRAGMENTS.len()).prop_map(|(a, b, put)| Step::Scatter(a, b, put)),
            2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Step::Copy(from, to)),
            1 => Just(Step::Undo),
            1 => Just(Step::Abandon),
        ]
    }

    fn boundary(text: &str, mut at: usize) -> usize {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    }

    fn edited(text: &str, step: &Step) -> String {
        let mut after = text.to_owned();
        match step {
            Step::Replace(at, cut, put) => {
                let start = boundary(text, at.index(text.len() + 1));
                let end = text[start..].char_indices().nth(*cut).map_or(text.len(), |(at, _)| start + at);
                after.replace_range(start..end, FRAGMENTS[*put]);
            }
            Step::Scatter(a, b, put) => {
                for at in [a, b] {
                    let place = boundary(&after, at.index(after.len() + 1));
                    after.insert_str(place, FRAGMENTS[*put]);
                }
            }
            Step::Copy(from, to) => {
                let lines: Vec<&str> = text.split_inclusive('\n').collect();
                let line = lines.get(from.index(lines.len().max(1))).copied().unwrap_or_default();
                after.insert_str(boundary(text, to.index(text.len() + 1)), line);
            }
            Step::Undo | Step::Abandon => {}
        }
        after
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

        #[test]
        fn a_run_after_edits_finds_what_a_run_from_scratch_finds(
            start in prop::collection::vec(0..FRAGMENTS.len(), 0..40),
            steps in prop::collection::vec(step(), 1..25),
            markdown in any::<bool>(),
        ) {
            let format = if markdown { Format::Markdown } else { Format::Plain };
            let mut config = Config::default();
            config.dictionary.words = vec!["方针正".into()];
            let linter = Arc::new(Linter::new(&config));
            let mut checker = Checker::new(linter.clone());
            let mut texts = vec![start.into_iter().map(|at| FRAGMENTS[at]).collect::<String>()];
            for step in &steps {
                let text = match step {
                    Step::Undo if texts.len() > 1 => texts[texts.len() - 2].clone(),
                    step => edited(&texts[texts.len() - 1], step),
                };
                let document = Document::new(text.clone(), format);
                texts.push(text);
                if matches!(step, Step::Abandon) {
                    prop_assert!(checker.check(&document, &AtomicBool::new(true)).is_none());
                }
                let found = checker.check(&document, &AtomicBool::new(false));
                prop_assert_eq!(found, Some(linter.check(&document)), "{:?}", document.source());
            }
        }
    }
}
