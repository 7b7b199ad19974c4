//! The entry point: takes a paragraph and the evidence of its document, returns suspicions.

use super::candidates::Proposer;
use super::classify::Classifier;
use super::edit::{Edit, Operation};
use super::evidence::DocumentContext;
use super::features::{FEATURES, Feature, features, quick};
use super::particle::Particles;
use super::priors::{ALARMS, Priors};
use super::rate::ErrorRate;
use super::reading::{Change, MAX_SCORES, Reading};
use super::repeats::Repeats;
use super::scored::{
    Candidate, MAX_DOCUMENT_BOOST, RescoredParagraph, ScoredParagraph, Suspicion, Window, confidence,
};
use super::screen::{GROUPS, Screen};
use super::tier::{CLASSES, Class, LIKELY, POSSIBLE, Tier};
use crate::typo::model::confusion::{Confusion, Likeness};
use crate::typo::model::file::{ModelError, ModelFile, Section};
use crate::typo::model::lexicon::{Lexicon, u16_at};
use crate::typo::model::ngrams::{Ngram, Score};
use crate::typo::model::symbols::{HANZI, OTHER, Symbols};
use std::ops::Range;

/// An edit with its features and the classifier's logit.
pub struct ScoredEdit {
    /// The edit.
    pub edit: Edit,
    /// Its features.
    pub features: [f32; FEATURES],
    /// The keys under which its false alarms are counted.
    pub alarms: [u64; ALARMS],
    /// The log-odds that it is right.
    pub logit: f32,
}

/// The model and what is derived from it.
pub struct Detector<'a> {
    symbols: Symbols<'a>,
    characters: &'a [u8],
    model: Ngram<'a>,
    lexicon: Lexicon<'a>,
    confusion: Confusion<'a>,
    classifier: Classifier<'a>,
    /// Which places are worth a second look.
    pub screen: Screen,
    particles: Particles<'a>,
    repeats: Repeats,
    priors: Priors<'a>,
    /// The least confidence of a suspicion, by class.
    pub thresholds: [f32; CLASSES],
}

/// Symbols in a block. A block is judged or let alone as a whole.
const BLOCK: usize = 128;
/// The largest share of unknown symbols in a block of prose, and the lowest mean log-probability of one that
/// is long enough to tell.
const MAX_UNKNOWN: f32 = 0.25;
const LEAST_MEAN_LOGP: f32 = -7.5;
const LONG_ENOUGH: f32 = 20.0;
/// Suspicious places that a block may have: half of its symbols, and these.
const ALWAYS_SUSPICIOUS: usize = 16;
/// Characters on either side of an edit in which the user's dictionary may protect it, and those in which the
/// document is asked for it.
const DICTIONARY_REACH: usize = 8;
const EVIDENCE_REACH: usize = 2;

impl<'a> Detector<'a> {
    /// Reads a model in one file.
    pub fn new(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Self::of_files(&[bytes])
    }

    /// Reads a model in several files.
    pub fn of_files(files: &[&'a [u8]]) -> Result<Self, ModelError> {
        let file = ModelFile::new(files)?;
        let symbols = Symbols::new(file.section(Section::Symbols));
        Ok(Detector {
            particles: Particles::new(&symbols, file.section(Section::Particles)),
            repeats: Repeats::new(&symbols),
            priors: Priors::new(&file),
            symbols,
            characters: file.section(Section::Characters),
            model: Ngram::new(&file),
            lexicon: Lexicon::new(&file),
            confusion: Confusion::new(&file),
            classifier: Classifier::new(file.section(Section::Classifier), file.section(Section::Forests)),
            screen: Screen::new(file.section(Section::Screen)),
            thresholds: POSSIBLE,
        })
    }

    /// The log-probability, in nats, that a paragraph gains when `range`, in bytes, becomes `right`. None
    /// where the range cuts through a symbol, or the change makes bigrams with neither neighbour.
    pub fn gain(&self, paragraph: &str, range: &Range<usize>, right: &str) -> Option<f32> {
        let reading = self.read(paragraph);
        let from = reading.tokens.iter().position(|token| token.start as usize == range.start)?;
        let to = reading.tokens.iter().position(|token| token.end as usize == range.end)? + 1;
        let new: Vec<u16> = right.chars().map(|c| self.symbols.of(c)).collect();
        let mut scores = [Score::default(); MAX_SCORES];
        let (gain, _) =
            reading.gain(&self.model, &Change::new(from, to, &new), f32::NEG_INFINITY, &mut scores)?;
        Some(gain)
    }

    /// Are the two symbols a bigram that the model keeps?
    pub fn knows_pair(&self, first: u16, second: u16) -> bool {
        self.model.bigram_logp(self.model.pair(first, second)).is_some()
    }

    /// Is this a word of the lexicon?
    pub fn is_word(&self, text: &str) -> bool {
        self.frequency(text).is_some()
    }

    /// ln of a word's frequency among some six billion words, where it is one of two characters or more.
    pub fn frequency(&self, text: &str) -> Option<f32> {
        let word: Vec<u16> = text.chars().map(|c| self.symbols.of(c)).collect();
        self.lexicon.frequency(&word).filter(|_| word.len() > 1)
    }

    /// In what respect `a` is like `b`.
    pub fn likeness(&self, a: char, b: char) -> Likeness {
        self.confusion.likeness(self.symbols.of(a), self.symbols.of(b))
    }

    /// The words.
    pub fn lexicon(&self) -> &Lexicon<'a> {
        &self.lexicon
    }

    /// What proposes edits.
    pub fn proposer(&self) -> Proposer<'_, 'a> {
        Proposer {
            priors: &self.priors,
            particles: &self.particles,
            repeats: &self.repeats,
            model: &self.model,
            lexicon: &self.lexicon,
            confusion: &self.confusion,
        }
    }

    /// The mapping from characters to symbols.
    pub fn symbols(&self) -> Symbols<'a> {
        self.symbols
    }

    /// The character of a symbol.
    pub fn character(&self, symbol: u16) -> char {
        char::from_u32(u16_at(self.characters, symbol as usize) as u32).unwrap_or('\u{fffd}')
    }

    /// Reads a paragraph.
    pub fn read(&self, paragraph: &str) -> Reading {
        let mut r = Reading::default();
        self.symbols.tokens(paragraph, &mut r.tokens);
        r.read(&self.model);
        r
    }

    /// All edits that pass the small network, with their logits. A block in which every other place is
    /// suspicious is no faulty prose but something else (another language, verse, noise), and is let alone.
    pub fn classify(&self, r: &Reading) -> Vec<ScoredEdit> {
        let p = self.proposer();
        let (mut found, mut kept) = (Vec::new(), Vec::new());
        let mut places: Vec<(usize, [bool; GROUPS])> = Vec::new();
        for block in self.in_domain_blocks(r) {
            places.clear();
            let screened = block.clone().map(|i| (i, self.screen.pass(&p, r, i)));
            places.extend(screened.filter(|(_, groups)| *groups != [false; GROUPS]));
            let flood = self.screen.trained() && places.len() > ALWAYS_SUSPICIOUS + block.len() / 2;
            for i in block.start.max(1)..block.end.min(r.len()) {
                if r.symbols[i - 1] >= HANZI {
                    p.doubled(r, i, &mut kept);
                }
            }
            if !flood {
                places.iter().for_each(|&(i, groups)| p.at(r, i, groups, &mut found, &mut kept));
            }
        }
        let score = |edit: Edit| {
            let quick = quick(&p, r, &edit);
            if !self.classifier.passes(&quick, edit.kind) {
                return None;
            }
            let (features, alarms) = features(&p, r, &edit, &quick);
            let logit = self.classifier.logit(&features, edit.kind);
            Some(ScoredEdit { edit, features, alarms, logit })
        };
        kept.into_iter().filter_map(score).collect()
    }

    /// Every 的, 地 and 得 that may stand for another, with the log-odds that it does.
    pub fn particles(&self, r: &Reading) -> Vec<(Edit, f32)> {
        let p = self.proposer();
        let mut room = Vec::new();
        self.in_domain_blocks(r)
            .flatten()
            .filter_map(|i| self.particles.at(p.model, p.lexicon, r, i, &mut room))
            .collect()
    }

    /// The blocks of prose, of the symbols and their boundary.
    fn in_domain_blocks(&self, r: &Reading) -> impl Iterator<Item = Range<usize>> {
        let blocks = (0..=r.len()).step_by(BLOCK).map(|from| from..(from + BLOCK).min(r.len() + 1));
        blocks.filter(|block| !self.is_out_of_domain(r, block.start, block.end))
    }

    /// Is a block no prose that the model knows: mostly unknown symbols, or as improbable as random
    /// characters?
    fn is_out_of_domain(&self, r: &Reading, from: usize, to: usize) -> bool {
        let n = (to - from) as f32;
        let unknown = r.symbols[from..to].iter().filter(|&&s| s == OTHER).count() as f32;
        unknown > n * MAX_UNKNOWN || (n > LONG_ENOUGH && r.sum(from, to) / n < LEAST_MEAN_LOGP)
    }

    fn class(&self, r: &Reading, scored: &ScoredEdit) -> Class {
        let e = &scored.edit;
        let is_particle = |s: u16| self.particles.which(s).is_some();
        let is_word = |length: Feature| scored.features[length as usize] > 1.0;
        match e.kind.operation() {
            Operation::Insert => Class::Missing,
            Operation::Delete | Operation::Deduplicate => Class::Extra,
            Operation::Transpose => Class::Transposed,
            Operation::Replace
                if e.to == e.from + 1
                    && is_particle(r.symbols[e.from])
                    && is_particle(e.new_symbols()[0]) =>
            {
                Class::DeDiDe
            }
            Operation::Replace if !is_word(Feature::ProposedLength) => Class::NoWord,
            Operation::Replace if is_word(Feature::WrittenLength) => Class::WordForWord,
            Operation::Replace => Class::MakesWord,
        }
    }

    /// The suspicions of a paragraph, in the order of the text, none overlapping another.
    pub fn detect(&self, paragraph: &str, context: &DocumentContext) -> Vec<Suspicion> {
        let scored = self.score(paragraph);
        let rescored = scored.apply_evidence(context);
        self.resolve(&rescored, rescored.rate())
    }

    /// The edits of a paragraph that the evidence of the document can still make suspicions.
    pub fn score(&self, paragraph: &str) -> ScoredParagraph {
        let r = self.read(paragraph);
        let candidate = |(e, logit, class): (&Edit, f32, Class)| {
            let best = if logit > 0.0 { logit + MAX_DOCUMENT_BOOST } else { logit };
            // One that cannot become a suspicion takes no place from one that can: the stronger come first.
            (confidence(best + ErrorRate::MOST) >= self.thresholds[class as usize]).then(|| Candidate {
                suspicion: self.suspicion(paragraph, &r, e, class),
                logit,
                // With a free place on both sides: two neighbours are rarely wrong independently.
                cover: e.from..e.to + 1,
                window: self.window(paragraph, &r, e),
            })
        };
        let (scored, particles) = (self.classify(&r), self.particles(&r));
        let scored = scored.iter().map(|s| (&s.edit, s.logit, self.class(&r, s)));
        let edits = scored.chain(particles.iter().map(|(e, l)| (e, *l, Class::DeDiDe)));
        ScoredParagraph { candidates: edits.filter_map(candidate).collect(), symbols: r.len() }
    }

    /// The suspicions of a paragraph in a document with this error rate.
    pub fn resolve(&self, rescored: &RescoredParagraph<'_>, rate: ErrorRate) -> Vec<Suspicion> {
        let shift = rate.shift();
        let suspicion = |&(logit, candidate): &(f32, &Candidate)| {
            let of = candidate.suspicion.class as usize;
            let tier = if confidence(logit) >= LIKELY[of] { Tier::Likely } else { Tier::Possible };
            let is_reported = tier == Tier::Likely || confidence(logit + shift) >= self.thresholds[of];
            let confidence = confidence(logit);
            is_reported.then(|| Suspicion { confidence, tier, ..candidate.suspicion.clone() })
        };
        let mut out: Vec<Suspicion> = rescored.candidates.iter().filter_map(suspicion).collect();
        out.sort_by_key(|s| s.range.start);
        out
    }

    /// The characters about an edit, before and after it.
    fn window(&self, text: &str, r: &Reading, e: &Edit) -> Window {
        let character = |k: usize| text[r.tokens[k].start as usize..].chars().next().unwrap_or(' ');
        let (from, to) = (e.from.saturating_sub(EVIDENCE_REACH), (e.to + EVIDENCE_REACH).min(r.len()));
        let wide = e.from.saturating_sub(DICTIONARY_REACH);
        let mut new: Vec<char> = (from..e.from).map(character).collect();
        new.extend(e.new_symbols().iter().map(|&s| self.character(s)));
        let new_end = new.len();
        new.extend((e.to..to).map(character));
        Window {
            around: (wide..(e.to + DICTIONARY_REACH).min(r.len())).map(character).collect(),
            place: e.from - wide..e.to - wide,
            old: (from..to).map(character).collect(),
            old_place: e.from - from..e.to - from,
            new_place: e.from - from..new_end,
            new,
        }
    }

    /// The suspicion of an edit, without its confidence.
    fn suspicion(&self, text: &str, r: &Reading, e: &Edit, class: Class) -> Suspicion {
        let new: String = e.new_symbols().iter().map(|&s| self.character(s)).collect();
        let (range, new) = if e.from < e.to {
            (r.tokens[e.from].start as usize..r.tokens[e.to - 1].end as usize, new)
        } else {
            // An insertion is shown on the character before, so that there is something to underline.
            let t = r.tokens[e.from - 1];
            let at = t.start as usize..t.end as usize;
            (at.clone(), format!("{}{new}", &text[at]))
        };
        let replacements = vec![new];
        Suspicion { range, replacements, class, confidence: 0.0, tier: Tier::Possible }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typo::detector;

    fn marked(text: &str, context: &DocumentContext) -> String {
        let d = detector();
        let mut out = text.to_string();
        for s in d.detect(text, context).into_iter().rev() {
            out.replace_range(
                s.range.clone(),
                &format!("〔{}→{}〕", &text[s.range.clone()], s.replacements[0]),
            );
        }
        out
    }

    /// The text with the expected marks in it: what stands before each arrow is the draft.
    fn check(expected: &str) {
        let mut text = String::new();
        let mut rest = expected;
        while let Some((before, after)) = rest.split_once('〔') {
            let (wrong, after) = after.split_once('→').unwrap();
            text += before;
            text += wrong;
            rest = after.split_once('〕').unwrap().1;
        }
        text += rest;
        assert_eq!(marked(&text, &DocumentContext::empty()), expected);
    }

    #[test]
    fn finds_wrong_characters_and_words() {
        check("我们要认真学习贯彻党的各项方针〔正→政〕策，切实做好本职工作。");
        check("全体干部职工要进一步提高思想认〔时→识〕，增强责任感。");
    }

    #[test]
    fn a_fault_weighs_the_same_wherever_its_clause_stands() {
        let before = "一年来，我们坚持问题导向，扎实推进各项重点工作，取得了明显成效。\
                      各部门密切配合，按时完成了年度任务。";
        let after = "会后，各单位迅速传达学习，研究制定了具体的实施方案，\
                     确保各项措施落到实处，群众满意度进一步提高。";
        let d = detector();
        for (text, wrong) in [
            ("各单位要认真贯切落实会议精神。", "切"),
            ("医院收治了多名新形冠状病毒肺炎患者。", "形"),
            ("我们要进一步提高思想认时，增强责任感。", "时"),
        ] {
            let confidence = |text: &str, from: usize| {
                let at = from + text[from..].find(wrong).unwrap();
                let found = d.detect(text, &DocumentContext::empty());
                let found = found.into_iter().find(|s| s.range.start <= at && at < s.range.end + wrong.len());
                found.unwrap_or_else(|| panic!("{wrong} in {text}")).confidence
            };
            let alone = confidence(text, 0);
            let before = before.repeat(3);
            let within = confidence(&format!("{before}{text}{after}{after}"), before.len());
            assert!((alone - within).abs() <= 0.05, "{text} {alone} {within}");
        }
    }

    #[test]
    fn finds_a_doubled_word() {
        check("各部门要认真组织实施〔实施→〕好年度培训工作。");
    }

    #[test]
    fn leaves_clean_text_alone() {
        check("一年来，我们坚持问题导向，扎实推进各项重点工作，取得了明显成效。");
        check("他一步一步走完了这段山路。");
        check("巡察组长点人点事，队伍一年年壮大，千防万防，家贼难防。");
        check("全年编发工作简报12期，报送信息30条。");
        check("共编发简报6期，参加人员30人次。");
    }

    #[test]
    fn the_users_words_are_protected() {
        let wrong = "我们要认真学习贯彻党的各项方针正策，切实做好本职工作。";
        let context =
            DocumentContext::from_paragraphs([wrong].into_iter()).with_words(["方针正策".to_string()]);
        assert_eq!(marked(wrong, &context), wrong);
    }

    #[test]
    fn a_string_the_document_repeats_is_a_term() {
        let text = "我们要认真学习贯彻党的各项方针正策，切实做好本职工作。";
        let context = DocumentContext::from_paragraphs([text; 4].into_iter());
        assert_eq!(marked(text, &context), text);
    }

    #[test]
    fn foreign_and_hostile_text_is_let_alone() {
        let repeated = "的".repeat(20_000);
        let kana = "これは日本語の文章です。".repeat(500);
        let latin = "ni hao zhong guo ".repeat(2_000);
        let emoji = "😀🎉".repeat(3_000);
        let mut seed = 9u64;
        let random: String = (0..20_000)
            .map(|_| {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                char::from_u32(0x4E00 + (seed >> 40) as u32 % 20_000).unwrap()
            })
            .collect();
        let d = detector();
        for text in [repeated, kana, latin, emoji, random] {
            let found = d.detect(&text, &DocumentContext::from_paragraphs([text.as_str()].into_iter()));
            assert!(
                found.len() <= 2,
                "{} findings in {}",
                found.len(),
                text.chars().take(10).collect::<String>()
            );
        }
    }

    #[test]
    fn every_range_lies_on_character_boundaries() {
        let d = detector();
        for text in ["", "。", "一", "  空格 ", "a的b得c", "1,000.5元", "认真贯切落实　中央精神"]
        {
            for s in d.detect(text, &DocumentContext::empty()) {
                assert!(text.get(s.range).is_some());
            }
        }
    }
}
