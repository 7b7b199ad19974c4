//! What is where. A draft is asked for by its number in our own list, never by a path.

use std::path::Path;
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request, StatusCode};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use super::answer::{self, Answer, Refusal};
use super::desk::{Change, Desk};
use super::downloads::Download;
use super::token::Token;
use super::{body, events, gate, pages};
use crate::files::MAX_BYTES;

/// What the script says of a change, and no more, fits in.
const MOST_TOLD: usize = 4 << 10;
/// The name of a draft may be so long.
const MOST_NAME: usize = 120;
/// So many drafts come in at a time; they are in memory while they do.
const MOST_COMING: usize = 2;

pub(super) struct Routes {
    desk: Arc<Desk>,
    token: Token,
    port: u16,
    coming: Semaphore,
}

/// What the script of a page asks to be done.
#[derive(Deserialize)]
struct Told {
    /// Of what the reader has seen.
    stamp: String,
    #[serde(default)]
    finding: usize,
    #[serde(default)]
    fix: usize,
}

/// The draft that has come in.
#[derive(Serialize)]
struct Taken {
    id: u64,
}

#[derive(Serialize)]
struct Done {}

impl Routes {
    pub(super) fn new(desk: Arc<Desk>, token: Token, port: u16) -> Self {
        Self { desk, token, port, coming: Semaphore::new(MOST_COMING) }
    }

    /// The answer to a request.
    pub(super) async fn answer(&self, request: Request<Incoming>) -> Answer {
        let (head, body) = request.into_parts();
        let done = match gate::admit(&head, &self.token, self.port) {
            Ok(path) => self.admitted(&head, path, body).await,
            Err(refusal) => Err(refusal),
        };
        done.unwrap_or_else(|refusal| answer::refusal(&refusal))
    }

    async fn admitted(&self, head: &Parts, path: &str, body: Incoming) -> Result<Answer, Refusal> {
        let parts: Vec<&str> = path.split('/').collect();
        match (&head.method, &parts[..]) {
            // Without the slash at its end links would lead elsewhere.
            (&Method::GET, [""]) if !head.uri.path().ends_with('/') => {
                Ok(answer::redirect(&format!("/{}/", self.token)))
            }
            (&Method::GET, [""]) => self.list().await,
            (&Method::GET, ["icon.svg"]) => Ok(answer::icon(pages::ICON)),
            (&Method::GET, ["events"]) => Ok(self.list_events()),
            (&Method::POST, ["drafts"]) => self.take(head, body).await,
            (&Method::GET, ["drafts", id, ""]) => self.page(number(id)?).await,
            (&Method::GET, ["drafts", id, "events"]) => Ok(self.draft_events(number(id)?)),
            (&Method::GET, ["drafts", id, name]) => self.download(number(id)?, Download::named(name)?).await,
            (&Method::POST, ["drafts", id, "discard"]) => {
                self.desk.discard(number(id)?)?;
                Ok(answer::json(&Done {}))
            }
            (&Method::POST, ["drafts", id, what]) => self.change(number(id)?, what, body).await,
            (&Method::GET | &Method::POST, _) => Err(Refusal::not_found()),
            _ => Err(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "不能这样用")),
        }
    }

    async fn list(&self) -> Result<Answer, Refusal> {
        let desk = self.desk.clone();
        let page = apart(move || {
            desk.refresh();
            pages::list(&desk.view())
        });
        Ok(answer::page(StatusCode::OK, page.await?))
    }

    async fn page(&self, id: u64) -> Result<Answer, Refusal> {
        let desk = self.desk.clone();
        apart(move || {
            // The system may not have told of a change, or told of it while the file was being written.
            if desk.draft(id).is_none_or(|draft| draft.bytes().is_err()) {
                desk.refresh();
            }
            match desk.draft(id) {
                Some(draft) => answer::page(StatusCode::OK, pages::draft(&draft, desk.can_undo(&draft))),
                None => answer::page(StatusCode::NOT_FOUND, pages::gone()),
            }
        })
        .await
    }

    fn list_events(&self) -> Answer {
        let desk = self.desk.clone();
        events::events(self.desk.changes(), move || desk.view().stamp.clone())
    }

    /// Of a draft that is gone, too: its page is to say so.
    fn draft_events(&self, id: u64) -> Answer {
        let desk = self.desk.clone();
        let stamp = move || desk.draft(id).map_or_else(|| "gone".to_owned(), |draft| draft.stamp.clone());
        events::events(self.desk.changes(), stamp)
    }

    async fn take(&self, head: &Parts, body: Incoming) -> Result<Answer, Refusal> {
        let name = name(head.uri.query().unwrap_or_default())?;
        let closed = |_| Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "正要结束");
        let _place = self.coming.acquire().await.map_err(closed)?;
        let bytes = body::read(body, MAX_BYTES as usize).await?;
        let desk = self.desk.clone();
        let id = apart(move || desk.take(&name, bytes)).await??;
        Ok(answer::json(&Taken { id }))
    }

    async fn change(&self, id: u64, what: &str, body: Incoming) -> Result<Answer, Refusal> {
        let bytes = body::read(body, MOST_TOLD).await?;
        let unclear = |_| Refusal::new(StatusCode::BAD_REQUEST, "看不懂要做什么");
        let Told { stamp, finding, fix } = serde_json::from_slice(&bytes).map_err(unclear)?;
        let change = match what {
            "accept" => Change::Fix { finding, fix },
            "accept-safe" => Change::Safe,
            "undo" => Change::Undo,
            _ => return Err(Refusal::not_found()),
        };
        let desk = self.desk.clone();
        apart(move || desk.change(id, &stamp, &change)).await??;
        Ok(answer::json(&Done {}))
    }

    async fn download(&self, id: u64, download: Download) -> Result<Answer, Refusal> {
        let draft = self.desk.draft(id).ok_or_else(Refusal::not_found)?;
        apart(move || download.of(&draft)).await?
    }
}

/// Does what takes time where nobody waits for it.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let failed = |_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "程序出错了，请刷新再试");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

fn number(id: &str) -> Result<u64, Refusal> {
    id.parse().map_err(|_| Refusal::not_found())
}

/// The name of a draft that comes in: what stands behind the last slash, without what cannot be seen.
fn name(query: &str) -> Result<String, Refusal> {
    let unnamed = || Refusal::new(StatusCode::BAD_REQUEST, "稿子没有名字");
    let given = query.strip_prefix("name=").ok_or_else(unnamed)?;
    let given = percent_decode_str(given).decode_utf8().map_err(|_| unnamed())?;
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).collect();
    // The end says what format it is.
    let long = name.chars().count().saturating_sub(MOST_NAME);
    let name: String = name.chars().skip(long).collect();
    if Path::new(&name).file_name().is_none() { Err(unnamed()) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path() {
        let named = |query| name(query).ok();
        assert_eq!(named("name=%E6%80%BB%E7%BB%93.docx").as_deref(), Some("总结.docx"));
        assert_eq!(named("name=..%2F..%2Fetc%2Fa.txt").as_deref(), Some("a.txt"));
        assert_eq!(named("name=C%3A%5Cx%5Ca%00.md").as_deref(), Some("a.md"));
        for query in ["", "name=", "name=..", "name=a%2F", "name=%FF", "path=a.txt"] {
            assert_eq!(named(query), None, "{query}");
        }
        let long = format!("name={}.docx", "a".repeat(500));
        assert!(named(&long).is_some_and(|name| name.len() == MOST_NAME && name.ends_with(".docx")));
    }
}
