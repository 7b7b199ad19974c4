//! Facts: what document rules extract from each paragraph, kept from run to run. After an edit only new paragraphs are
//! read; rules judge by the facts of all.

use std::any::Any;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::rule::literals::{Hit, Hits};
use crate::text::block::BlockKind;
use crate::text::document::Document;

/// What is extracted from a paragraph. It depends on that paragraph alone; a static, whose address identifies
/// its facts.
#[derive(Debug)]
pub(crate) struct Extract<T: 'static> {
    read: Read<T>,
}

#[derive(Debug)]
enum Read<T> {
    Prose(fn(&str, BlockKind) -> Vec<T>),
    Numbered(usize, fn(usize, &str) -> Vec<T>),
    Literals(fn(&str, Hits<'_>) -> Vec<T>),
}

impl<T: Send + Sync + 'static> Extract<T> {
    /// From the prose and its kind.
    pub(crate) const fn new(read: fn(&str, BlockKind) -> Vec<T>) -> Self {
        Self { read: Read::Prose(read) }
    }

    /// From the prose, as one of several that differ by a number.
    pub(crate) const fn numbered(number: usize, read: fn(usize, &str) -> Vec<T>) -> Self {
        Self { read: Read::Numbered(number, read) }
    }

    /// From the prose and where the literals stand that the rule needs.
    pub(crate) const fn with_literals(read: fn(&str, Hits<'_>) -> Vec<T>) -> Self {
        Self { read: Read::Literals(read) }
    }
}

/// A fact that holds or does not, as an [`Extract`] returns it.
pub(crate) fn flag(holds: bool) -> Vec<()> {
    vec![(); usize::from(holds)]
}

/// All facts of one document, by the address of their [`Extract`].
#[derive(Debug, Default)]
pub(crate) struct Facts {
    paragraphs: usize,
    columns: Mutex<HashMap<usize, Arc<Mutex<Column>>>>,
}

/// The facts of one [`Extract`], with their type erased.
#[derive(Debug)]
struct Column {
    /// A [`Table`].
    table: Arc<dyn Any + Send + Sync>,
    splice: fn(&mut Self, Range<usize>, usize),
}

/// The paragraphs that have facts, in order. Most rules extract something from few paragraphs; the others
/// take no room and no time at a keystroke.
#[derive(Debug)]
struct Table<T> {
    filled: Vec<(usize, Box<[T]>)>,
    /// What is yet to be read; may include what was read already.
    dirty: Range<usize>,
}

/// The facts of one [`Extract`].
#[derive(Debug)]
pub(crate) struct Extracted<T>(Arc<Table<T>>);

impl<T> Extracted<T> {
    /// All facts of a range of paragraphs, each with the index of its paragraph.
    pub(crate) fn within(&self, blocks: Range<usize>) -> impl Iterator<Item = (usize, &T)> {
        self.filled(blocks).iter().flat_map(|(block, facts)| facts.iter().map(move |fact| (*block, fact)))
    }

    /// The paragraphs of a range that have facts, with all of them.
    pub(crate) fn filled(&self, blocks: Range<usize>) -> &[(usize, Box<[T]>)] {
        &self.0.filled[self.0.indices(&blocks)]
    }
}

impl<T> Table<T> {
    fn new(paragraphs: usize) -> Self {
        Self { filled: Vec::new(), dirty: 0..paragraphs }
    }

    /// The entries of a range of paragraphs.
    fn indices(&self, blocks: &Range<usize>) -> Range<usize> {
        let index = |block| self.filled.partition_point(|(index, _)| *index < block);
        index(blocks.start)..index(blocks.end)
    }

    fn fill(&mut self, paragraphs: usize, extract: impl Fn(usize) -> Vec<T>) {
        let blocks = self.dirty.start..self.dirty.end.min(paragraphs);
        let new = blocks.clone().filter_map(|index| {
            let facts = extract(index);
            (!facts.is_empty()).then(|| (index, facts.into_boxed_slice()))
        });
        let new: Vec<_> = new.collect();
        let old = self.indices(&blocks);
        self.filled.splice(old, new);
        self.dirty = 0..0;
    }

    fn splice(&mut self, old: &Range<usize>, new: usize) {
        let indices = self.indices(old);
        let from = indices.start;
        self.filled.drain(indices);
        for (index, _) in &mut self.filled[from..] {
            *index = *index - old.len() + new;
        }
        let dirty = if self.dirty.is_empty() { old.clone() } else { self.dirty.clone() };
        self.dirty = dirty.start.min(old.start)..dirty.end.max(old.end) - old.len() + new;
    }
}

impl Facts {
    /// Forgets a range of paragraphs and makes room for `new` others in their place.
    pub(crate) fn splice(&mut self, old: Range<usize>, new: usize) {
        self.paragraphs = self.paragraphs - old.len() + new;
        let columns = self.columns.get_mut().unwrap_or_else(PoisonError::into_inner);
        // A column that a panic left half written is dropped.
        columns.retain(|_, column| match column.lock() {
            Ok(mut column) => {
                let splice = column.splice;
                splice(&mut column, old.clone(), new);
                true
            }
            Err(_) => false,
        });
    }

    /// The facts of the document, of which those of new paragraphs are extracted now. `hits` are the literals
    /// of all document rules, `first_list` is the number of this rule's first list among them.
    pub(crate) fn of<T: Send + Sync + 'static>(
        &self,
        document: &Document,
        extract: &'static Extract<T>,
        hits: Option<&Extracted<Hit>>,
        first_list: u8,
    ) -> Extracted<T> {
        let blocks = document.blocks();
        let read = |index: usize| {
            let text = document.text(&blocks[index]);
            match extract.read {
                Read::Prose(read) => read(text, blocks[index].kind),
                Read::Numbered(number, read) => read(number, text),
                Read::Literals(read) => {
                    let own = hits.and_then(|hits| hits.filled(index..index + 1).first());
                    read(text, Hits::new(own.map_or(&[][..], |(_, hits)| hits), first_list))
                }
            }
        };
        let column = {
            let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
            let address = std::ptr::from_ref(extract).addr();
            columns.entry(address).or_insert_with(|| Arc::new(Mutex::new(Column::new()))).clone()
        };
        let mut column = column.lock().unwrap_or_else(PoisonError::into_inner);
        let erased = std::mem::replace(&mut column.table, Arc::new(()));
        let table = erased.downcast::<Table<T>>().unwrap_or_else(|_| Arc::new(Table::new(self.paragraphs)));
        let table = if table.dirty.is_empty() {
            table
        } else {
            // It is shared with nobody until it is whole.
            let mut table = Arc::into_inner(table).unwrap_or_else(|| Table::new(self.paragraphs));
            table.fill(blocks.len(), read);
            Arc::new(table)
        };
        *column = Column { table: table.clone(), splice: splice::<T> };
        Extracted(table)
    }
}

impl Column {
    fn new() -> Self {
        Self { table: Arc::new(()), splice: splice::<()> }
    }
}

fn splice<T: Send + Sync + 'static>(column: &mut Column, old: Range<usize>, new: usize) {
    let erased = std::mem::replace(&mut column.table, Arc::new(()));
    // Nobody reads between two runs.
    if let Some(mut table) = erased.downcast::<Table<T>>().ok().and_then(Arc::into_inner) {
        table.splice(&old, new);
        column.table = Arc::new(table);
    }
}
