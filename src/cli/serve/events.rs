//! What changes is announced as server-sent events, which the browser asks for again by itself. The event is the
//! stamp of what is shown: a page with another is stale, however many events it has missed.

use std::time::Duration;

use futures_util::stream;
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Bytes, Frame};
use tokio::sync::watch;
use tokio::time::timeout;

use super::answer::{self, Answer};

/// So often something is sent, whether anything has changed or not: else one who has gone is never missed.
const BEAT: Duration = Duration::from_secs(15);

/// The stamp as it is now, and whenever it changes.
pub(super) fn events(changes: watch::Receiver<u64>, stamp: impl Fn() -> String + Send + 'static) -> Answer {
    let begin = (changes, stamp, String::new());
    let stream = stream::unfold(begin, |(mut changes, stamp, last)| async move {
        loop {
            changes.mark_unchanged();
            let now = stamp();
            if now != last {
                let event = format!("data: {now}\n\n");
                return Some((Ok(Frame::data(Bytes::from(event))), (changes, stamp, now)));
            }
            match timeout(BEAT, changes.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => {
                    return Some((Ok(Frame::data(Bytes::from_static(b":\n\n"))), (changes, stamp, last)));
                }
            }
        }
    });
    answer::events(StreamBody::new(stream).boxed_unsync())
}
