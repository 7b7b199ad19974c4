//! Answers, with the headers that all of them have: nothing is kept, framed, guessed or told to others.

use std::convert::Infallible;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::report::html::served::Page;

pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;
pub(super) type Answer = Response<Body>;

/// Why something is not done: what the reader is told.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) why: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, why: impl Into<String>) -> Self {
        Self { status, why: why.into() }
    }

    /// There is nothing at an address.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "没有这一页；稿子可能已经改名或删去，请回到全部稿子")
    }
}

/// What holds for every answer but a page, which says itself what may run in it.
const POLICY: &str = "default-src 'none'; sandbox";

const FOR_ALL: [(HeaderName, &str); 6] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// An answer with a body of some type.
pub(super) fn answer(status: StatusCode, kind: &'static str, policy: &str, body: Body) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let policy = format!("{policy}; frame-ancestors 'none'");
    let strictest = HeaderValue::from_static("default-src 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::try_from(policy).unwrap_or(strictest));
    for (name, value) in FOR_ALL {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed_unsync()
}

pub(super) fn page(status: StatusCode, page: Page) -> Answer {
    answer(status, "text/html; charset=utf-8", &page.policy, whole(page.html))
}

pub(super) fn icon(svg: &'static str) -> Answer {
    answer(StatusCode::OK, "image/svg+xml", POLICY, whole(svg))
}

/// What has become of something: for the script of the page.
pub(super) fn json(value: &impl Serialize) -> Answer {
    let text = serde_json::to_vec(value).unwrap_or_default();
    answer(StatusCode::OK, "application/json", POLICY, whole(text))
}

/// A stream of events, as the script hears them.
pub(super) fn events(body: Body) -> Answer {
    answer(StatusCode::OK, "text/event-stream", POLICY, body)
}

/// A file to be saved by a name.
pub(super) fn file(name: &str, bytes: Vec<u8>) -> Answer {
    let mut answer = answer(StatusCode::OK, "application/octet-stream", POLICY, whole(bytes));
    let name = format!("attachment; filename*=UTF-8''{}", utf8_percent_encode(name, NON_ALPHANUMERIC));
    let unnamed = HeaderValue::from_static("attachment");
    let name = HeaderValue::try_from(name).unwrap_or(unnamed);
    answer.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    answer
}

/// A refusal, in words.
pub(super) fn refusal(refusal: &Refusal) -> Answer {
    let mut answer =
        answer(refusal.status, "text/plain; charset=utf-8", POLICY, whole(format!("{}\n", refusal.why)));
    // What is still to come of the request is not read.
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

/// The way to another address.
pub(super) fn redirect(to: &str) -> Answer {
    let mut answer = answer(StatusCode::PERMANENT_REDIRECT, "text/plain; charset=utf-8", POLICY, whole(""));
    if let Ok(to) = HeaderValue::try_from(to) {
        answer.headers_mut().insert(header::LOCATION, to);
    }
    answer
}
