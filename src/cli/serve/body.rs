//! The body of a request, as far as it is read at all.

use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::StatusCode;
use hyper::body::{Body as _, Incoming};
use tokio::time::timeout;

use super::answer::Refusal;

/// From this machine a body comes at once; one that takes longer is given up, so that others get their turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a body of at most so many bytes. One that says that it is longer is not begun.
///
/// # Errors
/// It is too long, or does not come.
pub(super) async fn read(body: Incoming, most: usize) -> Result<Vec<u8>, Refusal> {
    if body.size_hint().lower() > most as u64 {
        return Err(too_long(most));
    }
    let late = |_| Refusal::new(StatusCode::REQUEST_TIMEOUT, "等得太久，请再试一次");
    timeout(PATIENCE, read_through(body, most)).await.map_err(late)?
}

async fn read_through(mut body: Incoming, most: usize) -> Result<Vec<u8>, Refusal> {
    let broken = |_| Refusal::new(StatusCode::BAD_REQUEST, "没有收全，请再试一次");
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        if bytes.len() + data.len() > most {
            return Err(too_long(most));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn too_long(most: usize) -> Refusal {
    let most = match most >> 20 {
        0 => format!("{most}字节"),
        megabytes => format!("{megabytes}兆字节"),
    };
    Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, format!("超过{most}，不像一篇稿子；请拆成几个文件"))
}
