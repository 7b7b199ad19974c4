//! What the rules that read the whole document have noted of each paragraph, kept from run to run: after an edit they read
//! the paragraphs that are new, and judge by the notes of all.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::text::document::{BlockKind, Document};

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

/// The notes on each paragraph; none yet where it was not read.
type Sheet<T> = Vec<Option<Box<[T]>>>;

/// The notes that one function made on each paragraph.
#[derive(Debug)]
pub(crate) struct Noted<T>(Arc<Sheet<T>>);

impl<T> Noted<T> {
    /// Those on the paragraph of this index.
    pub(crate) fn of(&self, block: usize) -> &[T] {
        self.0.get(block).and_then(Option::as_deref).unwrap_or_default()
    }

    /// All of a range of paragraphs, each with the index of its own.
    pub(crate) fn within(&self, blocks: Range<usize>) -> impl Iterator<Item = (usize, &T)> {
        blocks.flat_map(|block| self.of(block).iter().map(move |note| (block, note)))
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
        const { assert!(size_of::<F>() == 0, "a note may depend on the paragraph alone") };
        let column = {
            let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
            columns.entry(TypeId::of::<F>()).or_insert_with(|| Arc::new(Mutex::new(Column::blank()))).clone()
        };
        let mut column = column.lock().unwrap_or_else(PoisonError::into_inner);
        let blank = std::mem::replace(&mut column.sheet, Arc::new(()));
        let sheet = blank.downcast::<Sheet<T>>().unwrap_or_default();
        let is_whole = sheet.len() == self.paragraphs && sheet.iter().all(Option::is_some);
        let sheet = if is_whole {
            sheet
        } else {
            let mut sheet = Arc::into_inner(sheet).unwrap_or_default();
            sheet.resize_with(self.paragraphs, || None);
            for (notes, block) in sheet.iter_mut().zip(document.blocks()) {
                notes.get_or_insert_with(|| note(document.text(block), block.kind).into());
            }
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
    if let Some(mut sheet) = blank.downcast::<Sheet<T>>().ok().and_then(Arc::into_inner)
        && sheet.len() >= old.end
    {
        sheet.splice(old, std::iter::repeat_with(|| None).take(new));
        column.sheet = Arc::new(sheet);
    }
}
