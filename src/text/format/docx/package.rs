//! The package of a Word document (ECMA-376 part 2): a ZIP archive of parts, and the relationships between
//! them. What it unpacks to is bounded: a few kilobytes can stand for gigabytes.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use quick_xml::XmlVersion;
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::text::read_error::ReadError;

/// Bytes that a part may have unpacked. A novel of a million characters has some 30 MB of XML.
const MAX_PART: u64 = 128 << 20;

/// Parts that a package may have.
const MAX_PARTS: usize = 20_000;

/// Relationships of the kind are known by the end of their type, which has another beginning in the strict
/// variant of the format.
const OFFICE_DOCUMENT: &str = "/officeDocument";

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The name of the part that holds the body.
    pub(super) main: String,
}

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) kind: String,
    /// The name of the part, from the root.
    pub(super) target: String,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::BrokenDocx)?;
        if archive.len() > MAX_PARTS {
            return Err(ReadError::HugeDocx);
        }
        let mut package = Self { archive, main: String::new() };
        let roots = package.relationships("")?;
        let main = roots.into_iter().find(|it| it.kind.ends_with(OFFICE_DOCUMENT));
        package.main = main.ok_or(ReadError::BrokenDocx)?.target;
        Ok(package)
    }

    /// The text of a part; none where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|_| ReadError::BrokenDocx)?;
        let mut bytes = Vec::new();
        file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| ReadError::BrokenDocx)?;
        if bytes.len() as u64 > MAX_PART {
            return Err(ReadError::HugeDocx);
        }
        String::from_utf8(bytes).map(Some).map_err(|_| ReadError::BrokenDocx)
    }

    /// The relationships of a part; of the package itself where the name is empty.
    pub(super) fn relationships(&mut self, part: &str) -> Result<Vec<Relationship>, ReadError> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let Some(xml) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for_each_event(&xml, |_, event| {
            if let Event::Start(tag) = &event
                && tag.local_name().as_ref() == "Relationship"
            {
                let mut own: BTreeMap<String, String> = attributes(tag);
                let mut take = |name: &str| own.remove(name).unwrap_or_default();
                let (id, kind, target, mode) = (take("Id"), take("Type"), take("Target"), take("TargetMode"));
                if mode != "External" {
                    found.push(Relationship { id, kind, target: resolve(folder, &target) });
                }
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The package with some parts replaced or added; all others are byte for byte as they were.
    pub(super) fn with(&mut self, changed: &BTreeMap<String, String>) -> Result<Vec<u8>, ReadError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let mut left = changed.clone();
        let build = || -> zip::result::ZipResult<()> {
            for index in 0..self.archive.len() {
                let name = self.archive.name_for_index(index).transpose()?.unwrap_or_default().into_owned();
                let Some(text) = left.remove(&name) else {
                    out.raw_copy_file(self.archive.by_index_raw(index)?)?;
                    continue;
                };
                let old = self.archive.by_index_raw(index)?;
                let mut options = SimpleFileOptions::default().compression_method(old.compression());
                if let Some(time) = old.last_modified() {
                    options = options.last_modified_time(time);
                }
                drop(old);
                out.start_file(name, options)?;
                out.write_all(text.as_bytes())?;
            }
            for (name, text) in left {
                out.start_file(name, SimpleFileOptions::default())?;
                out.write_all(text.as_bytes())?;
            }
            Ok(())
        };
        build().map_err(|_| ReadError::BrokenDocx)?;
        Ok(out.finish().map_err(|_| ReadError::BrokenDocx)?.into_inner())
    }
}

/// The name of the part that a target means, seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(absolute) => return absolute.to_owned(),
        None => folder.split('/').filter(|it| !it.is_empty()).collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The attributes of an element by their local names.
pub(super) fn attributes(tag: &quick_xml::events::BytesStart<'_>) -> BTreeMap<String, String> {
    let mut all = tag.attributes();
    let own = |it: quick_xml::events::attributes::Attribute<'_>| {
        let value = it.normalized_value(XmlVersion::Explicit1_0).ok()?.into_owned();
        Some((it.key.local_name().as_ref().to_owned(), value))
    };
    all.with_checks(false).flatten().filter_map(own).collect()
}

/// Hands on the events of an XML text, each with the byte at which it begins. No entity of a document's own
/// is resolved, so that none can grow or reach outside.
pub(super) fn for_each_event<'x>(
    xml: &'x str,
    mut visit: impl FnMut(&mut Place<'_, 'x>, Event<'x>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let mut reader = NsReader::from_str(xml);
    // So that an empty element is a start and an end, like any other.
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|_| ReadError::BrokenDocx)?;
        let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match &event {
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err(ReadError::BrokenDocx),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(ReadError::HugeDocx);
        }
        visit(&mut Place { reader: &reader, range: start..end }, event)?;
    }
}

/// Elements within elements: tables in tables, boxes in boxes. Word itself stops long before.
const MAX_DEPTH: usize = 2_000;

/// Where an event stands.
pub(super) struct Place<'r, 'x> {
    reader: &'r NsReader<&'x [u8]>,
    /// Its bytes in the text.
    pub(super) range: std::ops::Range<usize>,
}

impl Place<'_, '_> {
    /// Is an element one of WordprocessingML?
    pub(super) fn is_word(&self, name: quick_xml::name::QName<'_>) -> bool {
        const WORD: [&str; 2] = [
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ];
        match self.reader.resolver().resolve_element(name).0 {
            ResolveResult::Bound(namespace) => WORD.contains(&namespace.as_ref()),
            _ => false,
        }
    }
}
