//! What the client can do, read from its capabilities and never from its name.

use tower_lsp_server::ls_types::{ClientCapabilities, MarkupKind, PositionEncodingKind};

use crate::text::position::Encoding;

/// What was agreed with the client at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Abilities {
    /// The unit in which columns are counted.
    pub(crate) encoding: Encoding,
    /// Takes edits that name the version of the document they are for.
    pub(crate) document_changes: bool,
    /// Takes symbols as a tree.
    pub(crate) nested_symbols: bool,
    /// Shows Markdown in a hover.
    pub(crate) markdown: bool,
    /// Shows other places that a diagnostic is about.
    pub(crate) related_information: bool,
    /// Tells the server when files change, where it is asked to.
    pub(crate) watches_files: bool,
    /// Answers questions for its settings.
    pub(crate) configuration: bool,
    /// Tells the server when its settings change, where it is asked to.
    pub(crate) registers_configuration: bool,
    /// Asks for diagnostics itself.
    pub(crate) pulls: bool,
    /// Asks for diagnostics again, where it is told to.
    pub(crate) refreshes_diagnostics: bool,
    /// Asks for the edit of an action when it is picked.
    pub(crate) resolves_edits: bool,
    /// Shows how far a work of ours has come.
    pub(crate) progress: bool,
    /// Wants to be told the status of documents.
    pub(crate) shows_status: bool,
}

impl Default for Abilities {
    fn default() -> Self {
        Self::of(&ClientCapabilities::default())
    }
}

impl Abilities {
    /// Reads the client's capabilities; what is not said cannot be done.
    pub(crate) fn of(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let formats = text.and_then(|text| text.hover.as_ref()?.content_format.as_deref());
        Self {
            encoding: encoding(
                client.general.as_ref().and_then(|general| general.position_encodings.as_deref()),
            ),
            document_changes: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)
                .unwrap_or(false),
            nested_symbols: text
                .and_then(|text| text.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            markdown: formats.is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            related_information: text
                .and_then(|text| text.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or(false),
            watches_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            registers_configuration: workspace
                .and_then(|workspace| workspace.did_change_configuration.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            pulls: text.is_some_and(|text| text.diagnostic.is_some()),
            refreshes_diagnostics: workspace
                .and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support)
                .unwrap_or(false),
            resolves_edits: text
                .and_then(|text| text.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|support| support.properties.iter().any(|name| name == "edit")),
            progress: client.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            shows_status: false,
        }
    }

    /// The protocol's name of the encoding.
    pub(crate) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// UTF-8 where the client offers it, for it costs nothing here; else the first offered that is known; UTF-16 where
/// nothing is offered, as the protocol has it.
fn encoding(offered: Option<&[PositionEncodingKind]>) -> Encoding {
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    let offered: Vec<_> = offered.unwrap_or_default().iter().filter_map(known).collect();
    let preferred = offered.iter().find(|encoding| **encoding == Encoding::Utf8).or(offered.first());
    preferred.copied().unwrap_or(Encoding::Utf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_chosen_from_what_is_offered() {
        let kinds = |names: &[&'static str]| {
            names.iter().map(|name| PositionEncodingKind::new(name)).collect::<Vec<_>>()
        };
        assert_eq!(encoding(None), Encoding::Utf16);
        assert_eq!(encoding(Some(&[])), Encoding::Utf16);
        assert_eq!(encoding(Some(&kinds(&["utf-16", "utf-8"]))), Encoding::Utf8);
        assert_eq!(encoding(Some(&kinds(&["utf-32", "utf-16"]))), Encoding::Utf32);
        assert_eq!(encoding(Some(&kinds(&["utf-7"]))), Encoding::Utf16);
    }
}
