//! What the client can do, read from its capabilities and never from its name, and what the server therefore
//! asks it to report.

use serde::Serialize;
use tower_lsp_server::ls_types::{
    DiagnosticTag, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern,
    InitializeParams, MarkupKind, PositionEncodingKind, Registration,
};

use super::settings::SECTION;
use crate::config::FILE_NAME;
use crate::text::position::PositionEncoding;

/// What matters here of the capabilities that the client has declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientCapabilities {
    /// The unit in which columns are counted.
    pub(crate) encoding: PositionEncoding,
    /// Takes edits that name the version of their document.
    pub(crate) document_changes: bool,
    /// Takes document symbols as a tree.
    pub(crate) nested_symbols: bool,
    /// Shows Markdown in a hover.
    pub(crate) markdown: bool,
    /// Shows the related places of a diagnostic.
    pub(crate) related_information: bool,
    /// Shows diagnostics with these tags apart.
    pub(crate) diagnostic_tags: Vec<DiagnosticTag>,
    /// Asks whether something may be renamed before it asks for the new name.
    pub(crate) prepares_rename: bool,
    /// Reports changed files, if asked to.
    pub(crate) watches_files: bool,
    /// Answers `workspace/configuration`.
    pub(crate) configuration: bool,
    /// Reports changed settings, if asked to.
    pub(crate) registers_configuration: bool,
    /// Pulls diagnostics, and does so again when told to. One that cannot be told is pushed them: it would
    /// not learn of a change of settings before the next edit.
    pub(crate) pulls: bool,
    /// Asks for inlay hints again when told to.
    pub(crate) refreshes_hints: bool,
    /// Resolves the edit of a code action when it is picked.
    pub(crate) resolves_edits: bool,
    /// Shows progress that the server reports.
    pub(crate) progress: bool,
    /// Wants `zhubi/status` notifications; it says so in `initializationOptions`.
    pub(crate) shows_status: bool,
    /// Shows the message of a diagnostic beside what hover says; it says so in `initializationOptions`.
    pub(crate) shows_messages: bool,
    /// Its command that opens a rule's page; from the same place.
    pub(crate) open_rule: Option<String>,
}

impl Default for ClientCapabilities {
    fn default() -> Self {
        Self::of(&InitializeParams::default())
    }
}

impl ClientCapabilities {
    /// Reads the client's capabilities; what it does not declare it cannot do.
    pub(crate) fn of(params: &InitializeParams) -> Self {
        let client = &params.capabilities;
        let text = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let option = |name: &str| params.initialization_options.as_ref()?.get(name);
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
            diagnostic_tags: text
                .and_then(|text| {
                    Some(text.publish_diagnostics.as_ref()?.tag_support.as_ref()?.value_set.clone())
                })
                .unwrap_or_default(),
            prepares_rename: text.and_then(|text| text.rename.as_ref()?.prepare_support).unwrap_or(false),
            watches_files: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            registers_configuration: workspace
                .and_then(|workspace| workspace.did_change_configuration.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            pulls: text.is_some_and(|text| text.diagnostic.is_some())
                && workspace
                    .and_then(|workspace| workspace.diagnostics.as_ref()?.refresh_support)
                    .unwrap_or(false),
            refreshes_hints: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or(false),
            resolves_edits: text
                .and_then(|text| text.code_action.as_ref()?.resolve_support.as_ref())
                .is_some_and(|support| support.properties.iter().any(|name| name == "edit")),
            progress: client.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            shows_status: option("status") == Some(&true.into()),
            shows_messages: option("showsMessages") == Some(&true.into()),
            open_rule: option("openRule").and_then(|command| command.as_str()).map(str::to_owned),
        }
    }

    /// The protocol's name of the encoding.
    pub(crate) fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            PositionEncoding::Utf8 => PositionEncodingKind::UTF8,
            PositionEncoding::Utf16 => PositionEncodingKind::UTF16,
            PositionEncoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// What the client is to report: files that it can watch, and settings that it can be asked for.
    pub(crate) fn registrations(&self) -> Vec<Registration> {
        let watcher =
            |glob: String| FileSystemWatcher { glob_pattern: GlobPattern::String(glob), kind: None };
        // zhubi.toml, and what it may name: dictionaries and packs of rules.
        let watchers = vec![watcher(format!("**/{FILE_NAME}")), watcher("**/*.{toml,txt}".to_owned())];
        let files = DidChangeWatchedFilesRegistrationOptions { watchers };
        let settings = serde_json::json!({ "section": SECTION });
        let wanted = [
            self.watches_files
                .then(|| registration("zhubi-configuration", "workspace/didChangeWatchedFiles", &files)),
            (self.configuration && self.registers_configuration)
                .then(|| registration("zhubi-settings", "workspace/didChangeConfiguration", &settings)),
        ];
        wanted.into_iter().flatten().collect()
    }
}

fn registration(id: &str, method: &str, options: &impl Serialize) -> Registration {
    let register_options = serde_json::to_value(options).ok();
    Registration { id: id.to_owned(), method: method.to_owned(), register_options }
}

/// UTF-8 where the client offers it, as it costs nothing here; else the first known one that it offers;
/// UTF-16 where it offers none, by the protocol.
fn encoding(offered: Option<&[PositionEncodingKind]>) -> PositionEncoding {
    let known = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(PositionEncoding::Utf8),
        "utf-16" => Some(PositionEncoding::Utf16),
        "utf-32" => Some(PositionEncoding::Utf32),
        _ => None,
    };
    let offered: Vec<_> = offered.unwrap_or_default().iter().filter_map(known).collect();
    let preferred = offered.iter().find(|encoding| **encoding == PositionEncoding::Utf8).or(offered.first());
    preferred.copied().unwrap_or(PositionEncoding::Utf16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_chosen_from_what_is_offered() {
        let kinds = |names: &[&'static str]| {
            names.iter().map(|name| PositionEncodingKind::new(name)).collect::<Vec<_>>()
        };
        assert_eq!(encoding(None), PositionEncoding::Utf16);
        assert_eq!(encoding(Some(&[])), PositionEncoding::Utf16);
        assert_eq!(encoding(Some(&kinds(&["utf-16", "utf-8"]))), PositionEncoding::Utf8);
        assert_eq!(encoding(Some(&kinds(&["utf-32", "utf-16"]))), PositionEncoding::Utf32);
        assert_eq!(encoding(Some(&kinds(&["utf-7"]))), PositionEncoding::Utf16);
    }
}
