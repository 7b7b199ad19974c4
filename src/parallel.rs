//! Work over paragraphs and rules, on all cores with the feature `parallel`. Results come in the order of the items,
//! so that output is deterministic.

#[cfg(feature = "parallel")]
use rayon::prelude::*;

/// Both results.
#[cfg(feature = "parallel")]
pub(crate) fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// Calls `work` for each item; a thread takes at least `at_once` of them.
#[cfg(feature = "parallel")]
pub(crate) fn for_each<T: Send>(items: &mut [T], at_once: usize, work: impl Fn(&mut T) + Sync + Send) {
    items.par_iter_mut().with_min_len(at_once).for_each(work);
}

/// What `work` makes of each item and its index; a thread takes at least `at_once` of them.
#[cfg(feature = "parallel")]
pub(crate) fn flat_map<'t, T: Sync, I: IntoIterator<Item: Send>>(
    items: &'t [T],
    at_once: usize,
    work: impl Fn(usize, &'t T) -> I + Sync + Send,
) -> Vec<I::Item> {
    let items = items.par_iter().enumerate().with_min_len(at_once);
    items.flat_map_iter(|(index, item)| work(index, item)).collect()
}

#[cfg(not(feature = "parallel"))]
pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}

#[cfg(not(feature = "parallel"))]
pub(crate) fn for_each<T>(items: &mut [T], _: usize, work: impl Fn(&mut T)) {
    items.iter_mut().for_each(work);
}

#[cfg(not(feature = "parallel"))]
pub(crate) fn flat_map<'t, T, I: IntoIterator>(
    items: &'t [T],
    _: usize,
    work: impl Fn(usize, &'t T) -> I,
) -> Vec<I::Item> {
    items.iter().enumerate().flat_map(|(index, item)| work(index, item)).collect()
}
