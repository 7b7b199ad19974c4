//! What drafts were before what was done to them here, so that it can be undone.

use std::collections::VecDeque;

use super::reading::Digest;

/// So many bytes are kept; the oldest go first.
const MOST_BYTES: usize = 64 << 20;

/// The steps, the last at the end.
#[derive(Default)]
pub(super) struct History {
    steps: VecDeque<Step>,
}

struct Step {
    draft: u64,
    before: Vec<u8>,
    after: Digest,
}

impl History {
    /// Takes up a step.
    pub(super) fn push(&mut self, draft: u64, before: Vec<u8>, after: Digest) {
        self.steps.push_back(Step { draft, before, after });
        let mut kept: usize = self.steps.iter().map(|step| step.before.len()).sum();
        while kept > MOST_BYTES && self.steps.len() > 1 {
            kept -= self.steps.pop_front().map_or(0, |step| step.before.len());
        }
    }

    /// What a draft was before the last step, if it is still what that step made of it.
    pub(super) fn before(&self, draft: u64, now: &Digest) -> Option<&[u8]> {
        let last = self.steps.iter().rfind(|step| step.draft == draft)?;
        (last.after == *now).then_some(&last.before[..])
    }

    /// Forgets the last step of a draft.
    pub(super) fn forget_last(&mut self, draft: u64) {
        if let Some(at) = self.steps.iter().rposition(|step| step.draft == draft) {
            self.steps.remove(at);
        }
    }

    /// Forgets a draft.
    pub(super) fn forget(&mut self, draft: u64) {
        self.steps.retain(|step| step.draft != draft);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_undone_from_the_last_unless_another_has_changed_the_draft() {
        let digest = |bytes: &[u8]| Digest::of(bytes);
        let mut history = History::default();
        history.push(1, b"a".to_vec(), digest(b"b"));
        history.push(2, b"x".to_vec(), digest(b"y"));
        history.push(1, b"b".to_vec(), digest(b"c"));
        assert_eq!(history.before(1, &digest(b"d")), None);
        assert_eq!(history.before(1, &digest(b"c")), Some(&b"b"[..]));
        history.forget_last(1);
        assert_eq!(history.before(1, &digest(b"b")), Some(&b"a"[..]));
        history.forget(1);
        assert_eq!(history.before(1, &digest(b"b")), None);
        assert_eq!(history.before(2, &digest(b"y")), Some(&b"x"[..]));
    }

    #[test]
    fn the_oldest_go_where_they_are_too_much() {
        let mut history = History::default();
        for _ in 0..3 {
            history.push(1, vec![0; MOST_BYTES / 2], Digest::of(b""));
        }
        assert_eq!(history.steps.len(), 2);
        history.push(1, vec![0; MOST_BYTES * 2], Digest::of(b""));
        assert_eq!(history.steps.len(), 1);
    }
}
