//! What a file is, and how large a picture: from real beginnings of files, and from any bytes at all.
#![cfg(not(target_arch = "wasm32"))]

use foretoken::attach::{AttachError, Charset, Kind, SizeError, image_size};
use proptest::prelude::*;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0");
    bytes
}

/// A JPEG whose size comes after so many bytes of EXIF.
fn jpeg(width: u16, height: u16, exif: u16) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xE1".to_vec();
    bytes.extend((exif + 2).to_be_bytes());
    bytes.extend(vec![0; exif.into()]);
    bytes.extend(b"\xFF\xC0\x00\x11\x08");
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x03\x01\x22\x00");
    bytes
}

fn gif(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"GIF89a".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend(b"\0\0\0");
    bytes
}

fn bmp(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([0; 28]);
    bytes
}

/// A lossy WebP: the size is two 14-bit numbers after the frame's mark.
fn webp(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"RIFF\x20\0\0\0WEBPVP8 \x14\0\0\0\x30\x01\0\x9D\x01\x2A".to_vec();
    bytes.extend(width.to_le_bytes());
    bytes.extend(height.to_le_bytes());
    bytes.extend([0; 8]);
    bytes
}

fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut bytes = (content.len() as u32 + 8).to_be_bytes().to_vec();
    bytes.extend(name);
    bytes.extend(content);
    bytes
}

/// AVIF and HEIC: boxes in boxes, the size in the innermost.
fn heif(brand: &[u8; 4], width: u32, height: u32) -> Vec<u8> {
    let size = [0, width, height].map(u32::to_be_bytes).concat();
    let properties = boxed(b"iprp", &boxed(b"ipco", &boxed(b"ispe", &size)));
    let ftyp = boxed(
        b"ftyp",
        &[brand.as_slice(), b"\0\0\0\0mif1", brand].concat(),
    );
    let meta = boxed(b"meta", &[b"\0\0\0\0".as_slice(), &properties].concat());
    [ftyp, meta, boxed(b"mdat", &[0; 64])].concat()
}

#[test]
fn sizes_of_every_format() {
    for (name, bytes) in [
        ("png", png(1_024, 768)),
        ("jpeg", jpeg(1_024, 768, 20)),
        ("jpeg after long EXIF", jpeg(1_024, 768, 60_000)),
        ("gif", gif(1_024, 768)),
        ("bmp", bmp(1_024, 768)),
        ("webp", webp(1_024, 768)),
        ("avif", heif(b"avif", 1_024, 768)),
        ("heic", heif(b"heic", 1_024, 768)),
    ] {
        assert_eq!(Kind::of(&bytes, ""), Ok(Kind::Image), "{name}");
        assert_eq!(image_size(&bytes), Ok((1_024, 768)), "{name}");
    }
}

#[test]
fn a_picture_cut_short_asks_for_more() {
    let long = jpeg(1_024, 768, 60_000);
    assert_eq!(image_size(&long[..50_000]), Err(SizeError::More));
    assert_eq!(image_size(&png(1_024, 768)[..20]), Err(SizeError::More));
    let broken = [b"\xFF\xD8\xFF\xE1\0\x02".as_slice(), b"no marker"].concat();
    let never = |error| Err(SizeError::Never(error));
    assert_eq!(image_size(&broken), never(AttachError::ImageBroken));
    assert_eq!(image_size(&png(0, 768)), never(AttachError::ImageBroken));
    assert_eq!(
        image_size(&png(4_000_000_000, 1)),
        never(AttachError::ImageBroken)
    );
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

#[test]
fn texts_of_every_encoding() {
    let text = "Grüße an alle, and a line or two.\r\n";
    let latin: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
    for (bytes, charset) in [
        (text.as_bytes().to_vec(), Charset::Utf8),
        (marked(b"\xEF\xBB\xBF", text.into()), Charset::Utf8),
        (
            marked(b"\xFF\xFE", utf16(text, u16::to_le_bytes)),
            Charset::Utf16Le,
        ),
        (
            marked(b"\xFE\xFF", utf16(text, u16::to_be_bytes)),
            Charset::Utf16Be,
        ),
        (utf16(text, u16::to_le_bytes), Charset::Utf16Le),
        (utf16(text, u16::to_be_bytes), Charset::Utf16Be),
        // Whether it is UTF-8 is only known when all of it was read.
        (latin, Charset::Utf8),
        ("日本語".into(), Charset::Utf8),
        (b"x".to_vec(), Charset::Utf8),
        (
            b"BM is how a BMP begins, and this text".to_vec(),
            Charset::Utf8,
        ),
    ] {
        assert_eq!(Kind::of(&bytes, ""), Ok(Kind::Text(charset)), "{bytes:?}");
    }
}

#[test]
fn sound_and_pdf() {
    for head in [
        b"ID3\x04\0\0\0\0".as_slice(),
        b"\xFF\xFB\x90\x64\0\0",
        b"\xFF\xF1\x50\x80\0\0",
        b"fLaC\0\0\0\x22",
        b"OggS\0\x02\0\0",
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"FORM\0\0\0\0AIFFCOMM",
        b"\0\0\0\x20ftypM4A \0\0\0\0",
    ] {
        assert_eq!(Kind::of(head, ""), Ok(Kind::Audio), "{head:?}");
    }
    let webm = b"\x1A\x45\xDF\xA3\x01\0\0\0\0\0\0\x1F";
    assert_eq!(
        Kind::of(webm, "audio/webm"),
        Ok(Kind::Audio),
        "the browser knows"
    );
    assert_eq!(Kind::of(webm, "video/webm"), Err(AttachError::Foreign));
    assert_eq!(Kind::of(b"\n\n%PDF-1.4\n%\xE2\xE3", ""), Ok(Kind::Pdf));
}

#[test]
fn what_cannot_be_attached_says_why() {
    for (head, error, words) in [
        (b"".as_slice(), AttachError::Empty, "it is empty"),
        (
            b"PK\x03\x04\x14\0\x06\0",
            AttachError::Packed,
            "it is an Office document, an archive or the like",
        ),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
            AttachError::Packed,
            "save it as PDF",
        ),
        (
            b"\x7FELF\x02\x01\x01\0\0\0\0",
            AttachError::Foreign,
            "none of the kinds this page reads",
        ),
        (
            b"\xFF\xFE\0\0H\0\0\0",
            AttachError::Foreign,
            "none of the kinds",
        ),
        (
            b"\0\0\0\x20ftypisom\0\0\0\0",
            AttachError::Foreign,
            "none of the kinds",
        ),
        (
            b"\x01\x02\x03\x04\x05\x06\x07\x08",
            AttachError::Foreign,
            "none of the kinds",
        ),
    ] {
        assert_eq!(Kind::of(head, ""), Err(error.clone()), "{head:?}");
        assert!(error.to_string().contains(words), "{error}");
    }
    let large = AttachError::TooLarge { megabytes: 80 }.to_string();
    assert!(
        large.contains("a log rather than a prompt") && large.contains("Month page"),
        "{large}"
    );
}

proptest! {
    /// Whatever a file holds, the answer is an answer.
    #[test]
    fn any_bytes_are_answered(bytes in any::<Vec<u8>>(), start in 0..8_usize) {
        let starts = [
            png(9, 9), jpeg(9, 9, 9), gif(9, 9), bmp(9, 9), webp(9, 9), heif(b"heic", 9, 9), heif(b"mif1", 9, 9), vec![],
        ];
        let mut file = starts[start].clone();
        let cut = bytes.len() % (file.len() + 1);
        file.truncate(cut);
        file.extend(&bytes);
        let _ = Kind::of(&file, "");
        let _ = image_size(&file);
    }

    #[test]
    fn any_text_is_a_text(text in "[ -~äöü日本\\n]{1,400}") {
        prop_assert!(matches!(Kind::of(text.as_bytes(), ""), Ok(Kind::Text(Charset::Utf8) | Kind::Image)));
    }
}
