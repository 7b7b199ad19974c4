//! What the rules that read the whole document have noted of each paragraph, kept from run to run: after an edit they read
//! the paragraphs that are new, and judge by the notes of all.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::rule::literals::{Hit, Hits};
use crate::text::block::BlockKind;
use crate::text::document::Document;

/// The notes on all paragraphs of one document, by the function that makes them.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    paragraphs: usize,
    columns: Mutex<HashMap<TypeId, Arc<Mutex<Column>>>>,
}

/// What one function has noted: a [`Sheet`] of a type that only it knows.
#[derive(Debug)]
struct Column {
    sheet: Arc<dyn Any + Send + Sync>,
    exchange: fn(&mut Self, Range<usize>, usize),
}

/// The notes on the paragraphs that have any, in order. Most rules have something to note on few paragraphs, and what they
/// judge by is passed over at every keystroke: the others take no room and no time.
#[derive(Debug)]
struct Sheet<T> {
    filled: Vec<(usize, Box<[T]>)>,
    /// What was not read yet, and maybe some that was.
    unread: Range<usize>,
}

/// The notes that one function made on each paragraph.
#[derive(Debug)]
pub(crate) struct Noted<T>(Arc<Sheet<T>>);

impl<T> Noted<T> {
    /// All of a range of paragraphs, each with the index of its own.
    pub(crate) fn within(&self, blocks: Range<usize>) -> impl Iterator<Item = (usize, &T)> {
        self.filled(blocks).iter().flat_map(|(block, notes)| notes.iter().map(move |note| (*block, note)))
    }

    /// The paragraphs of a range that have notes, with all of them.
    pub(crate) fn filled(&self, blocks: Range<usize>) -> &[(usize, Box<[T]>)] {
        &self.0.filled[self.0.places(&blocks)]
    }
}

impl<T> Sheet<T> {
    fn blank(paragraphs: usize) -> Self {
        Self { filled: Vec::new(), unread: 0..paragraphs }
    }

    /// Where the notes of a range of paragraphs stand.
    fn places(&self, blocks: &Range<usize>) -> Range<usize> {
        let place = |block| self.filled.partition_point(|(index, _)| *index < block);
        place(blocks.start)..place(blocks.end)
    }

    fn read(&mut self, paragraphs: usize, note: impl Fn(usize) -> Vec<T>) {
        let blocks = self.unread.start..self.unread.end.min(paragraphs);
        let new = blocks.clone().filter_map(|index| {
            let notes = note(index);
            (!notes.is_empty()).then(|| (index, notes.into_boxed_slice()))
        });
        let new: Vec<_> = new.collect();
        let old = self.places(&blocks);
        self.filled.splice(old, new);
        self.unread = 0..0;
    }

    fn exchange(&mut self, old: &Range<usize>, new: usize) {
        let places = self.places(old);
        let from = places.start;
        self.filled.drain(places);
        for (index, _) in &mut self.filled[from..] {
            *index = *index - old.len() + new;
        }
        let unread = if self.unread.is_empty() { old.clone() } else { self.unread.clone() };
        self.unread = unread.start.min(old.start)..unread.end.max(old.end) - old.len() + new;
    }
}

impl Notes {
    /// Forgets the paragraphs of a range, and takes up `new` others in their place.
    pub(crate) fn exchange(&mut self, old: Range<usize>, new: usize) {
        self.paragraphs = self.paragraphs - old.len() + new;
        let columns = self.columns.get_mut().unwrap_or_else(PoisonError::into_inner);
        // One that was left in the middle, by a panic, is not trusted any more.
        columns.retain(|_, column| match column.lock() {
            Ok(mut column) => {
                let exchange = column.exchange;
                exchange(&mut column, old.clone(), new);
                true
            }
            Err(_) => false,
        });
    }

    /// What `note` makes of each paragraph of the document, which is read where it is new.
    pub(crate) fn read<T, F>(&self, document: &Document, note: F) -> Noted<T>
    where
        T: Send + Sync + 'static,
        F: Fn(&str, BlockKind) -> Vec<T> + 'static,
    {
        let blocks = document.blocks();
        self.made::<T, F>(blocks.len(), |index| note(document.text(&blocks[index]), blocks[index].kind))
    }

    /// What `note` makes of each paragraph and what `hits` has of it, a note itself.
    pub(crate) fn read_hits<T, F>(
        &self,
        document: &Document,
        hits: &Noted<Hit>,
        first: u8,
        note: F,
    ) -> Noted<T>
    where
        T: Send + Sync + 'static,
        F: Fn(&str, Hits<'_>) -> Vec<T> + 'static,
    {
        let blocks = document.blocks();
        self.made::<T, F>(blocks.len(), |index| {
            let hits = hits.filled(index..index + 1).first().map_or(&[][..], |(_, hits)| hits);
            note(document.text(&blocks[index]), Hits::new(hits, first))
        })
    }

    /// The notes of which `F` is the key, made where they are missing.
    fn made<T, F>(&self, paragraphs: usize, note: impl Fn(usize) -> Vec<T>) -> Noted<T>
    where
        T: Send + Sync + 'static,
        F: 'static,
    {
        const { assert!(size_of::<F>() == 0, "a note may depend on the paragraph alone") };
        let column = {
            let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
            columns.entry(TypeId::of::<F>()).or_insert_with(|| Arc::new(Mutex::new(Column::blank()))).clone()
        };
        let mut column = column.lock().unwrap_or_else(PoisonError::into_inner);
        let blank = std::mem::replace(&mut column.sheet, Arc::new(()));
        let sheet = blank.downcast::<Sheet<T>>().unwrap_or_else(|_| Arc::new(Sheet::blank(self.paragraphs)));
        let sheet = if sheet.unread.is_empty() {
            sheet
        } else {
            // It is shared with nobody before it is whole.
            let mut sheet = Arc::into_inner(sheet).unwrap_or_else(|| Sheet::blank(self.paragraphs));
            sheet.read(paragraphs, note);
            Arc::new(sheet)
        };
        *column = Column { sheet: sheet.clone(), exchange: exchange::<T> };
        Noted(sheet)
    }
}

impl Column {
    fn blank() -> Self {
        Self { sheet: Arc::new(()), exchange: exchange::<()> }
    }
}

fn exchange<T: Send + Sync + 'static>(column: &mut Column, old: Range<usize>, new: usize) {
    let blank = std::mem::replace(&mut column.sheet, Arc::new(()));
    // Nobody reads between two runs.
    if let Some(mut sheet) = blank.downcast::<Sheet<T>>().ok().and_then(Arc::into_inner) {
        sheet.exchange(&old, new);
        column.sheet = Arc::new(sheet);
    }
}
