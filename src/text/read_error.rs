//! Why bytes cannot be read as a draft: what they are instead, so that the writer knows what to do about it.

use std::borrow::Cow;
use std::fmt;

/// Bytes that no format reads, by what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadError {
    /// A PDF.
    Pdf,
    /// A document of Word 2007 or later, or of WPS in that format.
    Docx,
    /// A workbook or slides of the same family.
    Office,
    /// A file of the older binary formats: .doc, .wps, .xls, .et, .ppt, .dps.
    OldOffice,
    /// Rich text.
    Rtf,
    /// OFD, the fixed layout of Chinese official documents.
    Ofd,
    /// An archive, or a format that is one.
    Archive,
    /// A picture.
    Picture,
    /// Text in UTF-32, which nobody saves a draft in.
    Utf32,
    /// Text but for a few bytes, in a draft too short to make up for them: the line of the first, from 1.
    Broken(usize),
    /// A document of Word that is no sound archive or holds no sound XML.
    BrokenDocx,
    /// A document of Word that unpacks to more than any draft holds.
    HugeDocx,
    /// A document of Word that is locked by a password.
    Encrypted,
    /// An edit of what a file does not write as such.
    Unwritable,
    /// Anything else.
    Other,
}

impl ReadError {
    /// What bytes are that begin as no text does.
    pub(in crate::text) fn of_signature(bytes: &[u8]) -> Option<Self> {
        let holds = |name: &[u8]| memchr::memmem::find(&bytes[..bytes.len().min(1 << 16)], name).is_some();
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        match bytes {
            _ if start.starts_with(b"%PDF-") => Some(Self::Pdf),
            [b'P', b'K', 3, 4, ..] if holds(b"word/") => Some(Self::Docx),
            [b'P', b'K', 3, 4, ..] if holds(b"xl/") || holds(b"ppt/") => Some(Self::Office),
            [b'P', b'K', 3, 4, ..] if holds(b"OFD.xml") => Some(Self::Ofd),
            [b'P', b'K', 3, 4, ..]
            | [b'P', b'K', 5, 6, ..]
            | [0x1F, 0x8B, ..]
            | [b'R', b'a', b'r', b'!', ..] => Some(Self::Archive),
            // UTF-32 begins as UTF-16 does.
            [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some(Self::Utf32),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => {
                let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
                let is_encrypted = memchr::memmem::find(bytes, &name).is_some();
                Some(if is_encrypted { Self::Encrypted } else { Self::OldOffice })
            }
            [b'{', b'\\', b'r', b't', b'f', ..] => Some(Self::Rtf),
            [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
                Some(Self::Picture)
            }
            _ => None,
        }
    }

    /// What it is, in Chinese, without the remedy: that depends on what it was read for.
    #[must_use]
    pub fn what(self) -> Cow<'static, str> {
        let what = match self {
            Self::Pdf => "是 PDF",
            Self::Docx => "是 Word 文档",
            Self::Office => "是表格或演示文稿",
            Self::OldOffice => "是 Word、Excel 或 WPS 的旧格式文档",
            Self::Rtf => "是 RTF 文档",
            Self::Ofd => "是 OFD 版式文件",
            Self::Archive => "是压缩文件",
            Self::Picture => "是图片",
            Self::Utf32 => "是 UTF-32 编码的文本",
            Self::Other => "不是文本文件（既非 UTF-8，也非 GB18030 或 UTF-16）",
            Self::BrokenDocx => "是损坏的 Word 文档",
            Self::HugeDocx => "解开以后太大，不像一篇稿子",
            Self::Encrypted => "是加了密码的 Word 文档",
            Self::Unwritable => "改动的地方不是文档里直接写着的文字",
            Self::Broken(line) => return format!("第{line}行有无法识别的字节").into(),
        };
        what.into()
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let remedy = match self {
            Self::Pdf => "，不能直接检查，请复制其中的文字，另存为 .txt 或 .md 再查",
            Self::Docx => "，扩展名应当是 .docx，请改名再查",
            Self::OldOffice | Self::Rtf => "，请在 Word 或 WPS 里另存为 .docx 再查",
            Self::BrokenDocx => "，请在 Word 或 WPS 里打开，另存为一份新的 .docx 再查",
            Self::HugeDocx => "，请把文字另存为 .txt 再查",
            Self::Encrypted => "，请在 Word 或 WPS 里去掉密码，另存一份再查",
            Self::Unwritable => "，请在 Word 里改",
            Self::Office => "，请把文字另存为 .txt 或 .md 再查",
            Self::Ofd => "，请复制其中的文字，另存为 .txt 或 .md 再查",
            Self::Archive => "，请解压后再查",
            Self::Picture => "，不能检查",
            Self::Utf32 | Self::Other => "，请另存为 UTF-8 编码的 .txt 或 .md 再查",
            Self::Broken(_) => "，请对照原稿补上，用 UTF-8 编码另存再查",
        };
        write!(f, "{}{remedy}", self.what())
    }
}

impl std::error::Error for ReadError {}
