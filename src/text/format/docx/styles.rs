//! Styles of paragraphs and characters (ECMA-376 part 1, 17.7): what a paragraph takes from its style and
//! from those that the style is based on.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::package::{attributes, for_each_event};
use crate::text::read_error::ReadError;

/// The styles of a document by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// That of paragraphs that name none.
    default_paragraph: Option<String>,
}

/// What of a style matters here.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    /// Its name in lower case, which is English for those that are built in.
    name: String,
    based_on: Option<String>,
    properties: Properties,
}

/// Properties of a paragraph, or of its style; none where they are not said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Properties {
    /// From 0 for the highest; 9 is running text.
    pub(super) outline_level: Option<u8>,
    /// The list it is numbered in, and the level of it from 0.
    pub(super) numbering: Option<String>,
    pub(super) numbering_level: Option<u8>,
    /// Its text is not shown.
    pub(super) is_hidden: Option<bool>,
}

/// Styles based on each other without end are none of Word's.
const MAX_CHAIN: usize = 50;

impl Styles {
    pub(super) fn read(xml: &str) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        for_each_event(xml, |place, event| {
            match &event {
                Event::Start(tag) if place.is_word(tag.name()) => {
                    let own = attributes(tag);
                    let value = own.get("val").cloned();
                    match (tag.local_name().as_ref(), &mut open) {
                        ("style", _) => {
                            let id = own.get("styleId").cloned().unwrap_or_default();
                            let is_default = own.get("default").is_some_and(|it| is_on(Some(it)));
                            if is_default && own.get("type").is_some_and(|it| it == "paragraph") {
                                styles.default_paragraph = Some(id.clone());
                            }
                            open = Some((id, Style::default()));
                        }
                        ("name", Some((_, style))) => style.name = value.unwrap_or_default().to_lowercase(),
                        ("basedOn", Some((_, style))) => style.based_on = value,
                        (name, Some((_, style))) => style.properties.take(name, value.as_deref()),
                        _ => {}
                    }
                }
                Event::End(tag) if tag.local_name().as_ref() == "style" => {
                    if let Some((id, style)) = open.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// What a style says, with what it is based on; of paragraphs without one where the id is none.
    pub(super) fn properties(&self, id: Option<&str>) -> Properties {
        let mut properties = Properties::default();
        for (_, style) in self.chain(id) {
            properties.complete(&style.properties);
        }
        properties
    }

    /// Is a style, or one that it is based on, a level of a table of contents?
    pub(super) fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id).any(|(_, style)| style.name.starts_with("toc ") || style.name == "table of figures")
    }

    /// A style and those that it is based on, the nearest first.
    pub(super) fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = id.or(self.default_paragraph.as_deref());
        let get = |id: &'a str| self.by_id.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        std::iter::successors(first.and_then(get), move |(_, style)| style.based_on.as_deref().and_then(get))
            .take(MAX_CHAIN)
    }
}

impl Properties {
    /// Takes up what an element of properties says.
    pub(super) fn take(&mut self, element: &str, value: Option<&str>) {
        match element {
            "outlineLvl" => self.outline_level = value.and_then(|it| it.parse().ok()),
            "numId" => self.numbering = value.map(str::to_owned),
            "ilvl" => self.numbering_level = value.and_then(|it| it.parse().ok()),
            "vanish" => self.is_hidden = Some(is_on(value)),
            _ => {}
        }
    }

    /// Takes what is not said from another.
    pub(super) fn complete(&mut self, other: &Self) {
        self.outline_level = self.outline_level.or(other.outline_level);
        if self.numbering.is_none() {
            self.numbering.clone_from(&other.numbering);
            self.numbering_level = self.numbering_level.or(other.numbering_level);
        }
        self.is_hidden = self.is_hidden.or(other.is_hidden);
    }
}

/// The value of a switch: on where it is only named.
pub(super) fn is_on(value: Option<impl AsRef<str>>) -> bool {
    value.is_none_or(|it| !matches!(it.as_ref(), "0" | "false" | "off"))
}
