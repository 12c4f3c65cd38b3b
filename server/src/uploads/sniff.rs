//! The real type of a file: by its first bytes, never by what it is called.

use domain::Code;
use domain::documents::Media;

/// A header may not stand further in: some readers search for it, and what stands before it is another file.
const SEARCHED: usize = 1024;

/// PDF or JPG by content.
pub fn media(bytes: &[u8]) -> Result<Media, Code> {
    let start = &bytes[..bytes.len().min(SEARCHED)];
    if start.starts_with(b"%PDF-") {
        // What a browser that guesses would take for a page.
        return if looks_like_markup(start) { Err(Code::FileHidesMore) } else { Ok(Media::Pdf) };
    }
    if start.starts_with(&[0xff, 0xd8, 0xff]) {
        return Ok(Media::Jpeg);
    }
    if is_other_picture(start) {
        return Err(Code::PictureNotJpeg);
    }
    if contains(start, b"%PDF-") {
        return Err(Code::FileHidesMore);
    }
    Err(Code::WrongContentType)
}

/// Whether the name says the same; a name that says nothing is refused, for the person would not find the file again.
pub fn agrees_with_name(media: Media, name: &str) -> Result<(), Code> {
    match Media::of_name(name) {
        Some(claimed) if claimed == media => Ok(()),
        _ => Err(Code::FileNameDiffers),
    }
}

fn is_other_picture(start: &[u8]) -> bool {
    let heif = start.get(4..8) == Some(b"ftyp")
        && matches!(
            start.get(8..12),
            Some(b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" | b"avif")
        );
    let webp = start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP");
    let others: [&[u8]; 6] = [b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM"];
    heif || webp || others.iter().any(|magic| start.starts_with(magic))
}

fn looks_like_markup(start: &[u8]) -> bool {
    let lower = start.to_ascii_lowercase();
    [&b"<script"[..], b"<html", b"<!doctype", b"<svg", b"<body", b"<?php"].iter().any(|tag| contains(&lower, tag))
}

/// Whether `needle` stands anywhere in `hay`.
pub fn contains(hay: &[u8], needle: &[u8]) -> bool {
    find(hay, needle).is_some()
}

/// Where `needle` stands first.
pub fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = hay.get(from..)?.iter().position(|b| *b == first) {
        if hay[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Where `needle` stands last.
pub fn find_last(hay: &[u8], needle: &[u8]) -> Option<usize> {
    (0..=hay.len().checked_sub(needle.len())?).rev().find(|at| hay[*at..].starts_with(needle))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_a_file_is() {
        assert_eq!(media(b"%PDF-1.7\n..."), Ok(Media::Pdf));
        assert_eq!(media(&[0xff, 0xd8, 0xff, 0xe0]), Ok(Media::Jpeg));
        for (bytes, code) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], Code::PictureNotJpeg),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1", Code::PictureNotJpeg),
            (b"RIFF\0\0\0\0WEBPVP8 ", Code::PictureNotJpeg),
            (b"PK\x03\x04", Code::WrongContentType),
            (b"MZ\x90\0", Code::WrongContentType),
            (b"\x7fELF", Code::WrongContentType),
            (b"<html>", Code::WrongContentType),
            (b"x", Code::WrongContentType),
            (b"MZ\x90\0....%PDF-1.4", Code::FileHidesMore),
            (b"%PDF-1.4\n%<SCRIPT>alert(1)</SCRIPT>", Code::FileHidesMore),
        ] {
            assert_eq!(media(bytes), Err(code), "{bytes:?}");
        }
    }

    #[test]
    fn a_name_that_says_otherwise_is_refused() {
        assert_eq!(agrees_with_name(Media::Pdf, "Паспорт.pdf"), Ok(()));
        assert_eq!(agrees_with_name(Media::Jpeg, "IMG_0001.JPEG"), Ok(()));
        for (media, name) in [(Media::Pdf, "a.jpg"), (Media::Jpeg, "a.pdf"), (Media::Jpeg, "a.exe"), (Media::Pdf, "a")]
        {
            assert_eq!(agrees_with_name(media, name), Err(Code::FileNameDiffers), "{name}");
        }
    }

    #[test]
    fn pieces_are_found_from_both_ends() {
        assert_eq!(find(b"aabab", b"ab"), Some(1));
        assert_eq!(find_last(b"aabab", b"ab"), Some(3));
        assert_eq!((find(b"a", b"ab"), find_last(b"a", b"ab")), (None, None));
    }
}
