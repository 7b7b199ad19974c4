//! The answers to the client's requests: one file a request. Each is a function of a snapshot and the request's parameters.

pub(crate) mod code_action;
pub(crate) mod command;
pub(crate) mod completion;
pub(crate) mod diagnostic;
pub(crate) mod document_symbol;
pub(crate) mod fix_all;
pub(crate) mod folding_range;
pub(crate) mod formatting;
pub(crate) mod hover;
pub(crate) mod initialize;
pub(crate) mod inlay_hint;
pub(crate) mod selection_range;
pub(crate) mod status;
mod suppress;
pub(crate) mod text;
pub(crate) mod workspace;
