//! An open report, and places in it by what stands there.

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::{Model, Unit};

/// The client's number for the text.
pub(crate) const VERSION: i64 = 4;

pub(crate) struct Report {
    pub(crate) client: Client,
    pub(crate) model: Model,
    pub(crate) uri: &'static str,
}

impl Report {
    pub(crate) fn open(uri: &'static str, unit: Unit, text: &str) -> Self {
        Self::open_with(Client::ready(unit.name()), uri, unit, text)
    }

    pub(crate) fn open_with(mut client: Client, uri: &'static str, unit: Unit, text: &str) -> Self {
        let language = if uri.ends_with(".md") { "markdown" } else { "plaintext" };
        client.open(uri, language, VERSION, text);
        Self { client, model: Model { text: text.to_owned(), unit }, uri }
    }

    /// One character into the nth place where this stands, as parameters of a request.
    pub(crate) fn inside(&self, shown: &str, nth: usize) -> Value {
        let text = &self.model.text;
        let at = text.match_indices(shown).nth(nth).unwrap_or_else(|| panic!("{shown} {nth}")).0;
        let inside = at + text[at..].chars().next().map_or(0, char::len_utf8);
        let (line, character) = self.model.place(inside);
        json!({ "textDocument": { "uri": self.uri }, "position": { "line": line, "character": character } })
    }
}
