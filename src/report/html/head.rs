//! What stands before the drafts and behind them: the head, with the style and the policy that lets nothing else run
//! or load, and the script.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// What a server adds to the page.
#[cfg_attr(not(feature = "serve"), allow(dead_code, reason = "there is no server"))]
pub(crate) struct Additions {
    /// Stands in the header, below the name of the page.
    pub(crate) header: Markup,
    /// Where its icon is.
    pub(crate) icon: String,
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
}

/// What the page is called where nothing else is known of it.
pub(super) const NAME: &str = "朱笔审读报告";

/// The beginning of the page, with what a server adds to it. What is left open is closed by [`tail`].
pub(super) fn head(title: &str, additions: Option<&Additions>) -> Markup {
    html! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"zh-CN\">"))
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(additions));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="generator" content={ "zhubi " (env!("CARGO_PKG_VERSION")) };
            title { (title) }
            @if let Some(added) = additions { link rel="icon" href=(added.icon); }
            style { (PreEscaped(STYLE)) }
            @if let Some(added) = additions { style { (PreEscaped(added.style)) } }
        }
        (PreEscaped("<body>"))
        header.page {
            h1 { span.seal aria-hidden="true" { "朱笔" } "审读报告" }
            @if let Some(added) = additions { (added.header) }
        }
        (PreEscaped("<main>\n"))
    }
}

/// The end of the page.
pub(super) fn tail(additions: Option<&Additions>) -> Markup {
    html! {
        (PreEscaped("</main>"))
        script { (PreEscaped(SCRIPT)) }
        @if let Some(added) = additions { script { (PreEscaped(added.script)) } }
        (PreEscaped("</body></html>\n"))
    }
}

/// What may run and be loaded: what stands in the page, and of a page that is served its icon and what its
/// script asks the server for.
pub(super) fn policy(additions: Option<&Additions>) -> String {
    let sources = |own: &str, added: Option<&str>| {
        let all: Vec<String> = [Some(own), added].into_iter().flatten().map(source).collect();
        all.join(" ")
    };
    let style = sources(STYLE, additions.map(|it| it.style));
    let script = sources(SCRIPT, additions.map(|it| it.script));
    let served = if additions.is_some() { "; connect-src 'self'; img-src 'self'" } else { "" };
    format!(
        "default-src 'none'; style-src {style}; script-src {script}{served}; base-uri 'none'; form-action 'none'"
    )
}

/// What stands for an inline text in the policy.
fn source(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}
