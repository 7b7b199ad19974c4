//! Who is let in: a browser of this machine that was given the whole address.
//!
//! The port is open to every program and to every page that a browser of this machine shows. A name that leads to
//! 127.0.0.1 (DNS rebinding) is refused by `Host`, a page of another origin by `Origin` and `Sec-Fetch-Site`, and
//! everybody else by the token.

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};

use super::answer::Refusal;
use super::token::Token;

/// Lets a request in: the path behind the token, without the slash before it.
///
/// # Errors
/// It is refused.
pub(super) fn admit<'a>(request: &'a Parts, token: &Token, port: u16) -> Result<&'a str, Refusal> {
    let host = host(request, port)?;
    require_own_origin(request, host)?;
    let path = request.uri.path().strip_prefix('/').unwrap_or_default();
    let (given, rest) = path.split_once('/').unwrap_or((path, ""));
    if !token.is(given) {
        return Err(refused("地址不完整：请打开 zhubi serve 显示的整个地址，包括里面的一长串口令"));
    }
    Ok(rest)
}

/// The names that this machine has for itself; with none other can a request be meant for us.
fn host(request: &Parts, port: u16) -> Result<&str, Refusal> {
    let is_own = |host: &str| {
        ["127.0.0.1", "localhost", "[::1]"].iter().any(|name| match host.strip_prefix(name) {
            Some("") => port == 80,
            Some(rest) => rest.strip_prefix(':').is_some_and(|given| given == port.to_string()),
            None => false,
        })
    };
    let host = only(&request.headers, &header::HOST)?;
    let named = request.uri.authority().map(|it| it.as_str());
    match host {
        Some(host) if is_own(host) && named.is_none_or(|named| named == host) => Ok(host),
        _ => Err(refused("只能用 127.0.0.1 或 localhost 打开")),
    }
}

/// Refuses what a page of another origin asks for. Such a page may lead here, as any bookmark may, and sees
/// nothing of what it leads to.
fn require_own_origin(request: &Parts, host: &str) -> Result<(), Refusal> {
    let changes = !matches!(request.method, Method::GET | Method::HEAD);
    match only(&request.headers, &header::ORIGIN)? {
        Some(origin) if origin.strip_prefix("http://") != Some(host) => return Err(refused(FOREIGN)),
        None if changes => return Err(refused(FOREIGN)),
        _ => {}
    }
    let fetch = |name: &'static str| only(&request.headers, &HeaderName::from_static(name));
    let is_own = matches!(fetch("sec-fetch-site")?, None | Some("same-origin" | "none"));
    let leads_here =
        fetch("sec-fetch-mode")? == Some("navigate") && fetch("sec-fetch-dest")? == Some("document");
    if is_own || leads_here && !changes { Ok(()) } else { Err(refused(FOREIGN)) }
}

const FOREIGN: &str = "别的网页不能用这里的内容";

fn refused(why: &str) -> Refusal {
    Refusal::new(StatusCode::FORBIDDEN, why)
}

/// The value of a header; one that comes twice or is no text is refused.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Refusal> {
    let all: Vec<&HeaderValue> = headers.get_all(name).iter().collect();
    match all[..] {
        [] => Ok(None),
        [value] => value.to_str().map(Some).map_err(|_| refused(FOREIGN)),
        _ => Err(refused(FOREIGN)),
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;

    use super::*;

    const PORT: u16 = 4321;

    /// Is a request let in? `{t}` in its path is the token.
    fn is_let_in(method: &str, path: &str, headers: &[(&str, &str)]) -> bool {
        let token = Token::new().unwrap();
        let mut request = Request::builder().method(method).uri(path.replace("{t}", &token.to_string()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        admit(&parts, &token, PORT).is_ok()
    }

    #[test]
    fn only_a_browser_of_this_machine_with_the_token_is_let_in() {
        let own = ("host", "127.0.0.1:4321");
        assert!(is_let_in("GET", "/{t}/", &[own]));
        assert!(is_let_in("GET", "/{t}", &[("host", "localhost:4321")]));
        assert!(is_let_in("GET", "/{t}/", &[("host", "[::1]:4321"), ("sec-fetch-site", "none")]));
        for path in ["/", "/x/", "//{t}/", "/{t}x/", "/%7Bt%7D/", "/drafts/1/"] {
            assert!(!is_let_in("GET", path, &[own]), "{path}");
        }
        for host in
            ["evil.example:4321", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:4321", "localhost", ""]
        {
            assert!(!is_let_in("GET", "/{t}/", &[("host", host)]), "{host}");
        }
        assert!(!is_let_in("GET", "/{t}/", &[]), "no host");
        assert!(!is_let_in("GET", "/{t}/", &[own, ("host", "localhost:4321")]), "two hosts");
        assert!(!is_let_in("GET", "http://evil.example/{t}/", &[own]), "another in the address");
    }

    #[test]
    fn no_page_of_another_origin_is_let_in() {
        let own = ("host", "127.0.0.1:4321");
        let origin = ("origin", "http://127.0.0.1:4321");
        assert!(is_let_in("POST", "/{t}/", &[own, origin, ("sec-fetch-site", "same-origin")]));
        assert!(!is_let_in("POST", "/{t}/", &[own]), "a page says where it is from");
        for foreign in [
            "null",
            "https://evil.example",
            "http://localhost:4321",
            "https://127.0.0.1:4321",
            "http://127.0.0.1:1",
        ] {
            for method in ["GET", "POST"] {
                assert!(!is_let_in(method, "/{t}/", &[own, ("origin", foreign)]), "{method} {foreign}");
            }
        }
        let link = [own, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
        let with = |more: &[(&'static str, &'static str)]| [&link[..], more].concat();
        assert!(is_let_in("GET", "/{t}/", &with(&[("sec-fetch-dest", "document")])), "a link leads here");
        assert!(!is_let_in("GET", "/{t}/", &with(&[("sec-fetch-dest", "iframe")])));
        assert!(!is_let_in("POST", "/{t}/", &with(&[("sec-fetch-dest", "document"), origin])));
        assert!(!is_let_in("GET", "/{t}/", &[own, ("sec-fetch-site", "same-site")]), "another port");
    }
}
