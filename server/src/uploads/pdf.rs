//! A PDF: only pages, nothing that acts, nothing inside that is another file (ISO 32000-1).

use super::sniff::{contains, find_last};
use super::unpack::{Meter, PARSED};
use domain::Code;
use domain::documents::PAGES_PER_FILE;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object};

/// Names that have no business in a scanned document, as keys or as values. Looked for in the raw bytes too, for a
/// viewer that repairs a damaged file may find what the parser did not.
const ACTIVE: &[&[u8]] = &[
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"RichMediaExecute",
    b"ImportData",
    b"SubmitForm",
    b"GoToE",
    b"FileAttachment",
    b"Rendition",
];
/// Too short to be looked for in raw bytes, where they stand by chance.
const ACTIVE_KEYS: &[&[u8]] = &[b"JS", b"XFA", b"EF", b"AA"];
/// Kinds of annotations and actions that play or start something.
const ACTIVE_KINDS: &[&[u8]] = &[b"Movie", b"Sound", b"Screen", b"3D", b"GoToR"];
/// Nested arrays and dictionaries.
const DEPTH: u32 = 100;

/// How many pages it has.
pub fn pages(bytes: &[u8]) -> Result<u32, Code> {
    nothing_behind(bytes)?;
    names_in(bytes)?;
    let options = LoadOptions::with_max_decompressed_size(PARSED);
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => Code::PdfUnpacksTooLarge,
        Error::InvalidPassword | Error::Decryption(_) | Error::AlreadyEncrypted => Code::PdfEncrypted,
        _ => Code::PdfBroken,
    })?;
    if document.was_encrypted() || document.trailer.has(b"Encrypt") {
        return Err(Code::PdfEncrypted);
    }
    quiet(&document.trailer, DEPTH)?;
    let mut meter = Meter::default();
    for object in document.objects.values() {
        quiet_object(object, DEPTH)?;
        if let Object::Stream(stream) = object {
            meter.add(stream)?;
        }
    }
    let most = usize::try_from(PAGES_PER_FILE).unwrap_or(usize::MAX);
    match document.page_iter().take(most + 1).count() {
        0 => Err(Code::PdfBroken),
        pages if pages > most => Err(Code::PdfTooManyPages),
        pages => u32::try_from(pages).map_err(|_| Code::PdfTooManyPages),
    }
}

/// No archive and no other file behind the end, and none that reaches over it.
fn nothing_behind(bytes: &[u8]) -> Result<(), Code> {
    let end = find_last(bytes, b"%%EOF").ok_or(Code::PdfBroken)?;
    let rest = &bytes[end + 5..];
    if !rest.iter().all(|b| b.is_ascii_whitespace() || *b == 0) {
        return Err(Code::FileHidesMore);
    }
    // An archive's directory is found from the end of the file, wherever the archive itself stands.
    if contains(bytes, b"PK\x05\x06") && contains(bytes, b"PK\x01\x02") {
        return Err(Code::FileHidesMore);
    }
    Ok(())
}

/// Every name in the raw bytes, read as a viewer reads it: `/J#61vaScript` is `/JavaScript`.
fn names_in(bytes: &[u8]) -> Result<(), Code> {
    let mut from = 0;
    while let Some(slash) = bytes[from..].iter().position(|b| *b == b'/') {
        from += slash + 1;
        let name = name_at(&bytes[from..]);
        if name == b"Encrypt" {
            return Err(Code::PdfEncrypted);
        }
        if ACTIVE.contains(&name.as_slice()) {
            return Err(Code::PdfActive);
        }
    }
    Ok(())
}

/// The name that begins here, up to the longest one we look for.
fn name_at(bytes: &[u8]) -> Vec<u8> {
    let mut name = Vec::new();
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if name.len() > 20
            || first.is_ascii_whitespace()
            || matches!(first, 0 | b'/' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'%')
        {
            break;
        }
        let hex = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
        rest = match (first, tail) {
            (b'#', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                name.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                after
            }
            _ => {
                name.push(*first);
                tail
            }
        };
    }
    name
}

fn quiet_object(object: &Object, depth: u32) -> Result<(), Code> {
    let depth = depth.checked_sub(1).ok_or(Code::PdfBroken)?;
    match object {
        Object::Name(name) if ACTIVE.contains(&name.as_slice()) => Err(Code::PdfActive),
        Object::Array(all) => all.iter().try_for_each(|o| quiet_object(o, depth)),
        Object::Dictionary(dictionary) => quiet(dictionary, depth),
        Object::Stream(stream) => quiet(&stream.dict, depth),
        _ => Ok(()),
    }
}

fn quiet(dictionary: &Dictionary, depth: u32) -> Result<(), Code> {
    for (key, value) in dictionary.iter() {
        let key = key.as_slice();
        let kind = matches!(key, b"S" | b"Subtype")
            && matches!(value, Object::Name(n) if ACTIVE_KINDS.contains(&n.as_slice()));
        if kind || ACTIVE.contains(&key) || ACTIVE_KEYS.contains(&key) {
            return Err(Code::PdfActive);
        }
        quiet_object(value, depth)?;
    }
    Ok(())
}
