//! The way in: a paragraph and its document's evidence go in, suspicions come out.

use super::candidates::Proposer;
use super::classify::Classifier;
use super::edit::{Edit, Way};
use super::evidence::DocumentContext;
use super::features::{FEATURES, WORD_AFTER, WORD_BEFORE, features, quick};
use super::particle::Particles;
use super::priors::{ALARMS, Habits};
use super::rate::ErrorRate;
use super::reading::{Change, Reading};
use super::repeats::Repeats;
use super::screen::Screen;
use super::tier::{CLASSES, Class, Kind, LIKELY, POSSIBLE, Tier};
use crate::typo::model::confusion::{Confusion, Likeness};
use crate::typo::model::file::{ModelError, ModelFile, Section};
use crate::typo::model::lexicon::{Lexicon, u16_at};
use crate::typo::model::ngrams::{Ngram, Score};
use crate::typo::model::symbols::{HANZI, OTHER, Symbols};
use std::ops::Range;

/// A place that looks wrong, and what would mend it.
#[derive(Clone, Debug)]
pub struct Suspicion {
    /// Bytes of the paragraph.
    pub range: Range<usize>,
    /// Best first.
    pub replacements: Vec<String>,
    /// What it looks like.
    pub class: Class,
    /// The probability that it is one, from 0 to 1, as calibrated on held-out text.
    pub confidence: f32,
    /// Is it likely enough to be said, or only possible, and to be asked about?
    pub tier: Tier,
}

/// An edit with its features and its classifier's logit.
pub struct Judged {
    /// The edit.
    pub edit: Edit,
    /// What was measured of it.
    pub features: [f32; FEATURES],
    /// Under which keys its false alarms are counted.
    pub alarms: [u64; ALARMS],
    /// The log-odds that it mends the text.
    pub logit: f32,
}

/// What is known of a paragraph before its document is heard.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    candidates: Vec<Candidate>,
    symbols: usize,
}

impl Weighed {
    /// With what the document says for and against the edits.
    pub fn heard(&self, context: &DocumentContext) -> Heard<'_> {
        Heard::new(self, context)
    }
}

/// An edit that may be a suspicion.
#[derive(Clone, Debug)]
struct Candidate {
    /// Without its confidence.
    suspicion: Suspicion,
    logit: f32,
    /// The symbols that no other suspicion may have.
    cover: Range<usize>,
    context: Window,
}

/// The characters about an edit, for which a document is searched; the places are the edit's in them.
#[derive(Clone, Debug)]
struct Window {
    around: Vec<char>,
    place: Range<usize>,
    old: Vec<char>,
    old_place: Range<usize>,
    new: Vec<char>,
    new_place: Range<usize>,
}

/// The most that a document can say for an edit.
const FOR: f32 = 1.0;

impl Window {
    /// What the document says for (positive) or against an edit. A string that it repeats is a term of its own; one that it uses in
    /// the corrected form only is likely a slip.
    fn evidence(&self, context: &DocumentContext, kind: Kind) -> f32 {
        if context.protects(&self.around, self.place.start, self.place.end) {
            return -100.0;
        }
        // 认真的 is right in one sentence and wrong in the next; 飞地 is a term.
        if kind == Kind::DeDiDe && self.around[self.place.start] == '的' {
            return 0.0;
        }
        let often = |w: &[char], at: &Range<usize>, least: u8| {
            let near = |k: usize| k + 3 > at.start && k < at.end;
            w.windows(3).enumerate().filter(|(k, w)| near(*k) && context.count(w) >= least).count()
        };
        // Twice may be one slip copied; three times is a usage.
        let repeated = often(&self.old, &self.old_place, 2) + often(&self.old, &self.old_place, 3);
        let known = often(&self.new, &self.new_place, 3);
        if repeated > 0 {
            -1.5 * repeated as f32
        } else if known > 1 {
            FOR
        } else {
            0.0
        }
    }
}

/// The probability of a log-odds.
pub fn confidence(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// What is known of a paragraph once its document has been heard: the candidates with their log-odds, of those that touch one another the strongest
/// only, and no more than a text that errs holds.
#[derive(Debug)]
pub struct Heard<'w> {
    candidates: Vec<(f32, &'w Candidate)>,
    symbols: usize,
}

impl<'w> Heard<'w> {
    fn new(weighed: &'w Weighed, context: &DocumentContext) -> Self {
        // For an edit that is not likely by itself the document cannot speak, only against it.
        let at_most = |c: &Candidate| if c.logit > 0.0 { FOR } else { 0.0 };
        let evidence = |c: &Candidate| c.context.evidence(context, c.suspicion.class.kind()).min(at_most(c));
        let mut candidates: Vec<(f32, &Candidate)> =
            weighed.candidates.iter().map(|c| (c.logit + evidence(c), c)).collect();
        candidates.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cover.start.cmp(&y.cover.start)));
        let mut taken = vec![false; if candidates.is_empty() { 0 } else { weighed.symbols + 2 }];
        let mut room = 2 + weighed.symbols / 40;
        candidates.retain(|(_, candidate)| {
            let cover = candidate.cover.clone();
            let free = room > 0 && !taken[cover.clone()].contains(&true);
            if free {
                taken[cover].fill(true);
                room -= 1;
            }
            free
        });
        Heard { candidates, symbols: weighed.symbols }
    }

    /// Is there nothing that could be suspected?
    pub fn is_empty(&self) -> bool {
        self.candidates.is_empty()
    }

    /// What is suspected in it in all.
    pub fn rate(&self) -> ErrorRate {
        let errors = self.candidates.iter().map(|(logit, _)| confidence(*logit)).sum();
        ErrorRate { errors, symbols: self.symbols }
    }
}

/// The model with all that is made of it.
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
    habits: Habits<'a>,
    /// Least confidence, by class, of what is suspected at all.
    pub thresholds: [f32; CLASSES],
}

/// Symbols judged together.
const BLOCK: usize = 128;

impl<'a> Detector<'a> {
    /// Of a model in one file.
    pub fn new(bytes: &'a [u8]) -> Result<Self, ModelError> {
        Self::of_files(&[bytes])
    }

    /// Of a model dealt out to several files.
    pub fn of_files(files: &[&'a [u8]]) -> Result<Self, ModelError> {
        let file = ModelFile::new(files)?;
        let symbols = Symbols::new(file.section(Section::Symbols));
        Ok(Detector {
            particles: Particles::new(&symbols, file.section(Section::Particles)),
            repeats: Repeats::new(&symbols),
            habits: Habits::new(&file),
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

    /// The log-probability, in nats, that a paragraph gains where `range`, in bytes of it, becomes `right`. None where the range
    /// does not lie at symbols of the model, or the change makes no sense to it.
    pub fn gain(&self, paragraph: &str, range: &Range<usize>, right: &str) -> Option<f32> {
        let reading = self.read(paragraph);
        let from = reading.tokens.iter().position(|token| token.start as usize == range.start)?;
        let to = reading.tokens.iter().position(|token| token.end as usize == range.end)? + 1;
        let new: Vec<u16> = right.chars().map(|c| self.symbols.of(c)).collect();
        let mut scores = [Score::default(); 16];
        let (gain, _) =
            reading.gain(&self.model, &Change::new(from, to, &new), f32::NEG_INFINITY, &mut scores)?;
        Some(gain)
    }

    /// Does the corpus have the two symbols in a row more than hardly ever?
    pub fn knows_pair(&self, first: u16, second: u16) -> bool {
        self.model.pair_said(self.model.pair(first, second)).is_some()
    }

    /// Is this a word of the lexicon?
    pub fn is_word(&self, text: &str) -> bool {
        let word: Vec<u16> = text.chars().map(|c| self.symbols.of(c)).collect();
        word.len() > 1 && self.lexicon.frequency(&word).is_some()
    }

    /// How `a` may be mistaken for `b`.
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
            habits: &self.habits,
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

    /// Every edit that reaches the classifier, judged. Text is taken in blocks: one in which every fourth place is suspicious is not
    /// faulty prose but something else (another language, verse, noise), and is let alone.
    pub fn judge(&self, r: &Reading) -> Vec<Judged> {
        let p = self.proposer();
        let (mut found, mut kept) = (Vec::new(), Vec::new());
        let mut places: Vec<(usize, [bool; 3])> = Vec::new();
        for block in self.prose(r) {
            places.clear();
            places
                .extend(block.clone().map(|i| (i, self.screen.pass(&p, r, i))).filter(|x| x.1 != [false; 3]));
            let flood = self.screen.trained() && places.len() > 16 + block.len() / 2;
            for i in block.start.max(1)..block.end.min(r.len()) {
                if r.symbols[i - 1] >= HANZI {
                    p.doubled(r, i, &mut kept);
                }
            }
            if !flood {
                places.iter().for_each(|&(i, groups)| p.at(r, i, groups, &mut found, &mut kept));
            }
        }
        let judge = |edit: Edit| {
            let quick = quick(&p, r, &edit);
            if !self.classifier.passes(&quick, edit.way) {
                return None;
            }
            let (features, alarms) = features(&p, r, &edit, &quick);
            let logit = self.classifier.logit(&features, edit.way);
            Some(Judged { edit, features, alarms, logit })
        };
        kept.into_iter().filter_map(judge).collect()
    }

    /// Every 的, 地 and 得 for which another may be meant, with the log-odds that it is.
    pub fn particles(&self, r: &Reading) -> Vec<(Edit, f32)> {
        let p = self.proposer();
        let mut room = Vec::new();
        self.prose(r)
            .flatten()
            .filter_map(|i| self.particles.at(p.model, p.lexicon, r, i, &mut room))
            .collect()
    }

    /// The blocks of the symbols and their boundary that are not strange.
    fn prose(&self, r: &Reading) -> impl Iterator<Item = Range<usize>> {
        let blocks = (0..=r.len()).step_by(BLOCK).map(|from| from..(from + BLOCK).min(r.len() + 1));
        blocks.filter(|block| !self.strange(r, block.start, block.end))
    }

    /// Whether a block is no prose the model knows: mostly foreign symbols, or as improbable as characters drawn by lot.
    fn strange(&self, r: &Reading, from: usize, to: usize) -> bool {
        let n = (to - from) as f32;
        let foreign = r.symbols[from..to].iter().filter(|&&s| s == OTHER).count() as f32;
        foreign > n * 0.25 || (n > 20.0 && r.sum(from, to) / n < -7.5)
    }

    fn class(&self, r: &Reading, judged: &Judged) -> Class {
        let e = &judged.edit;
        let de = |s: u16| self.particles.which(s).is_some();
        let is_word = |feature: usize| judged.features[feature] > 1.0;
        match e.way {
            Way::Insert | Way::Complete => Class::Missing,
            Way::Undouble | Way::Delete => Class::Extra,
            Way::Transpose => Class::Transposed,
            _ if e.to == e.from + 1 && de(r.symbols[e.from]) && de(e.new_symbols()[0]) => Class::DeDiDe,
            _ if !is_word(WORD_AFTER) => Class::NoWord,
            _ if is_word(WORD_BEFORE) => Class::WordForWord,
            _ => Class::MakesWord,
        }
    }

    /// What looks wrong in a paragraph, in the order of the text, none overlapping another.
    pub fn detect(&self, paragraph: &str, context: &DocumentContext) -> Vec<Suspicion> {
        let weighed = self.weigh(paragraph);
        let heard = weighed.heard(context);
        self.decide(&heard, heard.rate())
    }

    /// What the paragraph alone says: the edits that the document's evidence can still make suspicions.
    pub fn weigh(&self, paragraph: &str) -> Weighed {
        let r = self.read(paragraph);
        let candidate = |(e, logit, class): (&Edit, f32, Class)| {
            let best = if logit > 0.0 { logit + FOR } else { logit };
            // One that cannot be said cannot take the place of another that can: the stronger go first.
            (confidence(best + ErrorRate::MOST) >= self.thresholds[class as usize]).then(|| Candidate {
                suspicion: self.suspicion(paragraph, &r, e, class),
                logit,
                // One place free on both sides: neighbours are rarely both wrong apart from each other.
                cover: e.from..e.to + 1,
                context: self.window(paragraph, &r, e),
            })
        };
        let (judged, particles) = (self.judge(&r), self.particles(&r));
        let judged = judged.iter().map(|j| (&j.edit, j.logit, self.class(&r, j)));
        let edits = judged.chain(particles.iter().map(|(e, l)| (e, *l, Class::DeDiDe)));
        Weighed { candidates: edits.filter_map(candidate).collect(), symbols: r.len() }
    }

    /// What looks wrong in a paragraph of a document that errs so often.
    pub fn decide(&self, heard: &Heard<'_>, rate: ErrorRate) -> Vec<Suspicion> {
        let shift = rate.shift();
        let said = |&(logit, candidate): &(f32, &Candidate)| {
            let of = candidate.suspicion.class as usize;
            let tier = if confidence(logit) >= LIKELY[of] { Tier::Likely } else { Tier::Possible };
            let is_said = tier == Tier::Likely || confidence(logit + shift) >= self.thresholds[of];
            let confidence = confidence(logit);
            is_said.then(|| Suspicion { confidence, tier, ..candidate.suspicion.clone() })
        };
        let mut out: Vec<Suspicion> = heard.candidates.iter().filter_map(said).collect();
        out.sort_by_key(|s| s.range.start);
        out
    }

    /// The characters about an edit, before and after it.
    fn window(&self, text: &str, r: &Reading, e: &Edit) -> Window {
        let character = |k: usize| text[r.tokens[k].start as usize..].chars().next().unwrap_or(' ');
        let (from, to) = (e.from.saturating_sub(2), (e.to + 2).min(r.len()));
        let wide = e.from.saturating_sub(8);
        let mut new: Vec<char> = (from..e.from).map(character).collect();
        new.extend(e.new_symbols().iter().map(|&s| self.character(s)));
        let new_end = new.len();
        new.extend((e.to..to).map(character));
        Window {
            around: (wide..(e.to + 8).min(r.len())).map(character).collect(),
            place: e.from - wide..e.to - wide,
            old: (from..to).map(character).collect(),
            old_place: e.from - from..e.to - from,
            new_place: e.from - from..new_end,
            new,
        }
    }

    /// Without its confidence.
    fn suspicion(&self, text: &str, r: &Reading, e: &Edit, class: Class) -> Suspicion {
        let new: String = e.new_symbols().iter().map(|&s| self.character(s)).collect();
        let (range, new) = if e.from < e.to {
            (r.tokens[e.from].start as usize..r.tokens[e.to - 1].end as usize, new)
        } else {
            // An insertion is shown on the character before it, so that there is something to underline.
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
        let before = "一年来，我们坚持问题导向，扎实推进各项重点工作，取得了明显成效。各部门密切配合，按时完成了年度任务。";
        let after = "会后，各单位迅速传达学习，研究制定了具体的实施方案，确保各项措施落到实处，群众满意度进一步提高。";
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
