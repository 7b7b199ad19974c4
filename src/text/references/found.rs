//! What a pass over a document has found so far to refer to, and the places that do.

use std::collections::HashMap;

use super::{Kind, Place, Referent, Scope};

/// A key under which something is found again.
type Key = (Kind, Scope, Vec<u32>);

/// What was found so far.
#[derive(Default)]
pub(super) struct Found {
    referents: Vec<Referent>,
    by_key: HashMap<Key, usize>,
}

impl Found {
    /// Adds something itself, or its entry in a list. A number that is there twice is two things, and what
    /// refers to it means the first.
    pub(super) fn define(&mut self, key: Key, place: Place) -> usize {
        let known = self.by_key.get(&key).copied();
        let is_there = |index: &usize| self.referents[*index].places.iter().all(|it| it.role != place.role);
        if let Some(index) = known.filter(is_there) {
            self.referents[index].places.push(place);
            return index;
        }
        let index = self.referents.len();
        let (kind, scope, number) = key.clone();
        self.referents.push(Referent { kind, number, scope, places: vec![place] });
        self.by_key.entry(key).or_insert(index);
        index
    }

    /// Adds a place that refers to something.
    pub(super) fn refer(&mut self, index: usize, place: Place) {
        self.referents[index].places.push(place);
    }

    pub(super) fn get(&self, key: &Key) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Adds a place that refers to something that may be elsewhere, as in a file of its own.
    pub(super) fn mention(&mut self, key: Key, place: Place) {
        match self.get(&key) {
            Some(index) => self.refer(index, place),
            None => _ = self.define(key, place),
        }
    }

    pub(super) fn into_referents(self) -> Vec<Referent> {
        self.referents
    }
}
