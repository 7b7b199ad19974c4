//! The answers to the client's requests: one file a request. Each is a function of a snapshot and the request's parameters.

pub(crate) mod code_action;
pub(crate) mod document_symbol;
pub(crate) mod fix_all;
pub(crate) mod folding_range;
pub(crate) mod hover;
pub(crate) mod initialize;
pub(crate) mod text;
