//! The whole draft as a strip, from left to right: above, what was found in each part of it, below, its stock phrases.

use maud::{Markup, html};

use super::draft::Draft;
use crate::finding::Severity;

/// The parts that a draft is divided into, by its bytes.
const PARTS: usize = 100;
/// The height of the strip, and where its two halves meet.
const HEIGHT: usize = 40;
const MIDDLE: usize = 30;
/// The width of a part.
const WIDTH: usize = 10;

struct Part {
    from: usize,
    to: usize,
    hard: usize,
    soft: usize,
    stock: usize,
}

/// The strip of a draft; none for one in which there is nothing to show.
pub(super) fn strip(draft: &Draft<'_>) -> Markup {
    if draft.findings().is_empty() && draft.stock().is_empty() {
        return html! {};
    }
    let parts = parts(draft);
    let most = parts.iter().map(|part| part.hard + part.soft).max().unwrap_or(0).max(1);
    let most_stock = parts.iter().map(|part| part.stock).max().unwrap_or(0).max(1);
    let at = |offset: usize| offset * PARTS * WIDTH / draft.source().len().max(1);
    html! {
        figure.strip {
            svg viewBox={ "0 0 " (PARTS * WIDTH) " " (HEIGHT) } preserveAspectRatio="none" role="img"
                aria-label="全文的问题和套话分布图" data-most=(most) {
                @for node in draft.outline() {
                    rect.section x=(at(node.range.start)) y="0" width="1" height=(HEIGHT) {}
                }
                @for (index, part) in parts.iter().enumerate() {
                    @let x = index * WIDTH + 1;
                    @let (hard, soft) = (part.hard * MIDDLE / most, part.soft * MIDDLE / most);
                    @if part.hard + part.soft > 0 {
                        g data-from=(part.from) data-to=(part.to) {
                            rect.soft x=(x) y=(MIDDLE - hard - soft) width=(WIDTH - 2) height=(soft) {}
                            rect.hard x=(x) y=(MIDDLE - hard) width=(WIDTH - 2) height=(hard) {}
                        }
                    }
                    @if part.stock > 0 {
                        rect.stock x=(x) y=(MIDDLE + 1) width=(WIDTH - 2)
                            height=((part.stock * (HEIGHT - MIDDLE - 1) / most_stock).max(1)) {}
                    }
                }
                rect.axis x="0" y=(MIDDLE) width=(PARTS * WIDTH) height="1" {}
            }
            figcaption {
                span.key.hard { "错误、警告" } " " span.key.soft { "提示、参考" } " " span.key.stock { "套话" }
                " 从左到右是全文，竖线分节"
            }
        }
    }
}

fn parts(draft: &Draft<'_>) -> Vec<Part> {
    let length = draft.source().len().max(1);
    let start = |index: usize| (index * length).div_ceil(PARTS);
    let mut parts = Vec::with_capacity(PARTS);
    for index in 0..PARTS {
        let end = if index + 1 == PARTS { usize::MAX } else { start(index + 1) };
        let range = start(index)..end;
        let found = draft.findings_in(&range);
        let hard: usize =
            [Severity::Error, Severity::Warning].map(|it| draft.count(found.clone(), it)).iter().sum();
        let stock = draft.stock().iter().filter(|it| range.contains(&it.start)).count();
        parts.push(Part { from: found.start, to: found.end, hard, soft: found.len() - hard, stock });
    }
    parts
}
