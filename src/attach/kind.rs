use imagesize::{ImageType, image_type};

use super::AttachError;

/// What a file is.
///
/// ```
/// use foretoken::attach::{Charset, Kind};
/// assert_eq!(Kind::of(b"%PDF-1.7\n", ""), Ok(Kind::Pdf));
/// assert_eq!(Kind::of(b"RIFF\x24\0\0\0WAVEfmt ", ""), Ok(Kind::Audio));
/// assert_eq!(Kind::of(b"\xFF\xFEH\0i\0", ""), Ok(Kind::Text(Charset::Utf16Le)));
/// assert!(Kind::of(b"\x7FELF\x02\x01\x01\0\0\0", "").is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Image,
    Audio,
    Pdf,
    Text(Charset),
}

/// How the letters of a text are written as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8; where the rest of the file is not, what [`Charset::FALLBACK`] says.
    Utf8,
    Utf16Le,
    Utf16Be,
    Windows1252,
}

impl Charset {
    /// Every file can be read as this one, rightly or not: the user is told.
    pub const FALLBACK: Charset = Charset::Windows1252;

    /// The name a browser's decoder knows it by.
    pub const fn label(self) -> &'static str {
        match self {
            Charset::Utf8 => "utf-8",
            Charset::Utf16Le => "utf-16le",
            Charset::Utf16Be => "utf-16be",
            Charset::Windows1252 => "windows-1252",
        }
    }

    /// What a reader is told, where there is something to tell.
    pub const fn remark(self) -> Option<&'static str> {
        match self {
            Charset::Utf8 => None,
            Charset::Utf16Le => Some("read as UTF-16, little end first"),
            Charset::Utf16Be => Some("read as UTF-16, big end first"),
            Charset::Windows1252 => Some(
                "not valid UTF-8, so read as Windows-1252 (Latin): look whether its letters are right",
            ),
        }
    }
}

impl Kind {
    /// What a file is, from its first bytes; what the browser takes it for settles only what they leave open.
    pub fn of(head: &[u8], mime: &str) -> Result<Kind, AttachError> {
        if head.is_empty() {
            return Err(AttachError::Empty);
        }
        if is_image(head) {
            return Ok(Kind::Image);
        }
        // A PDF may begin with a few bytes of something else.
        let beginning = &head[..head.len().min(1_024)];
        if beginning.windows(5).any(|bytes| bytes == b"%PDF-") {
            return Ok(Kind::Pdf);
        }
        if is_audio(head) {
            return Ok(Kind::Audio);
        }
        if let Some(charset) = charset(head) {
            return Ok(Kind::Text(charset));
        }
        if mime.starts_with("audio/") {
            return Ok(Kind::Audio);
        }
        Err(
            if head.starts_with(b"PK\x03\x04") || head.starts_with(b"\xD0\xCF\x11\xE0") {
                AttachError::Packed
            } else {
                AttachError::Foreign
            },
        )
    }
}

/// The crate asks for two letters of a BMP, and takes every box of MPEG for a picture: a text may begin with BM, and a
/// film is none.
fn is_image(head: &[u8]) -> bool {
    match image_type(head) {
        Ok(ImageType::Bmp) => head.get(15..18) == Some(&[0; 3]),
        Ok(ImageType::Heif(_)) => head
            .get(8..12)
            .is_some_and(|brand| PICTURE_BRANDS.iter().any(|known| brand == *known)),
        found => found.is_ok(),
    }
}

const PICTURE_BRANDS: [&[u8; 4]; 11] = [
    b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"mif2",
    b"miaf",
];

fn is_audio(head: &[u8]) -> bool {
    let at =
        |from: usize, bytes: &[u8]| head.get(from..).is_some_and(|rest| rest.starts_with(bytes));
    let starts = |bytes: &[u8]| at(0, bytes);
    let named = starts(b"ID3") || starts(b"fLaC") || starts(b"OggS") || starts(b"#!AMR");
    let boxed = (starts(b"RIFF") && at(8, b"WAVE"))
        || (starts(b"FORM") && (at(8, b"AIFF") || at(8, b"AIFC")))
        || (at(4, b"ftyp") && (at(8, b"M4A") || at(8, b"M4B")));
    // A frame of MPEG layer III, or of AAC.
    let framed =
        matches!(head, [0xFF, second, ..] if second & 0xE6 == 0xE2 || second & 0xF6 == 0xF0);
    named || boxed || framed
}

fn charset(head: &[u8]) -> Option<Charset> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => None, // UTF-32, which no browser reads
        [0xFF, 0xFE, ..] => Some(Charset::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Charset::Utf16Be),
        [0xEF, 0xBB, 0xBF, ..] => Some(Charset::Utf8),
        _ if head.contains(&0) => unmarked_utf16(head),
        _ => looks_like_text(head).then_some(Charset::Utf8),
    }
}

/// UTF-16 without its mark: in most scripts one byte of each letter, blank or full stop is 0, always the same of the
/// two, and never both.
fn unmarked_utf16(head: &[u8]) -> Option<Charset> {
    let (pairs, _) = head.as_chunks::<2>();
    let (mut little, mut big) = (0, 0);
    for pair in pairs {
        match pair {
            [0, 0] => return None,
            [letter, 0] if is_common(*letter) => little += 1,
            [0, letter] if is_common(*letter) => big += 1,
            _ => {}
        }
    }
    match (little * 5 >= pairs.len(), big * 5 >= pairs.len()) {
        (true, false) => Some(Charset::Utf16Le),
        (false, true) => Some(Charset::Utf16Be),
        _ => None,
    }
}

fn is_common(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')
}

/// A text has next to no control characters.
fn looks_like_text(head: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 1..=8 | 0x0E..=0x1A | 0x1C..=0x1F);
    head.iter().filter(control).count() * 200 <= head.len()
}
