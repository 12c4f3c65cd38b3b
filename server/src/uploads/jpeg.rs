//! A JPG, walked marker by marker and put together again from what a picture needs (ISO/IEC 10918-1, annex B).
//!
//! Camera, place and time, previews, comments and whatever else rides along are left behind, whether or not the
//! device already took them away; only the orientation stays, or the picture would lie on its side.

use domain::Code;
use domain::documents::{PIXELS, SIDE};
use image::codecs::jpeg::JpegDecoder;
use image::{DynamicImage, ImageDecoder, Limits};
use std::io::Cursor;

const BROKEN: Code = Code::PictureBroken;
/// Passes over a progressive picture. Encoders make ten; each costs the reader a whole pass.
const SCANS: u32 = 64;
/// A colour profile is at most some hundred kilobytes.
const PROFILE: usize = 1024 * 1024;

/// The picture without anything beside it; decoded once, so that it is known to be one.
pub fn cleaned(bytes: &[u8]) -> Result<Vec<u8>, Code> {
    let walked = walk(bytes)?;
    let mut clean = vec![0xff, 0xd8];
    let (jfif, rest) = walked.segments.split_at(usize::from(walked.starts_with_jfif));
    clean.extend(jfif.iter().flat_map(|s| s.iter()));
    clean.extend(orientation_segment(walked.orientation));
    clean.extend(rest.iter().flat_map(|s| s.iter()));
    clean.extend([0xff, 0xd9]);
    decode(&clean)?;
    Ok(clean)
}

#[derive(Default)]
struct Walked<'a> {
    /// Whole segments to keep, marker included; a scan with its data is one.
    segments: Vec<&'a [u8]>,
    starts_with_jfif: bool,
    /// As in EXIF, 1 to 8; 0 when nothing was said.
    orientation: u8,
    /// More pictures were announced behind the first, as phones do.
    announced_more: bool,
    framed: bool,
    scans: u32,
    profile: usize,
}

fn walk(bytes: &[u8]) -> Result<Walked<'_>, Code> {
    let mut walked = Walked::default();
    let mut at = 2;
    loop {
        let (marker, start) = next_marker(bytes, at)?;
        if marker == 0xd9 {
            after_the_end(bytes.get(start + 2..).unwrap_or_default(), walked.announced_more)?;
            return if walked.framed && walked.scans > 0 { Ok(walked) } else { Err(BROKEN) };
        }
        let length = bytes.get(start + 2..start + 4).ok_or(BROKEN)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let end = start + 2 + length;
        let body = bytes.get(start + 4..end).ok_or(BROKEN)?;
        at = end;
        let whole = &bytes[start..end];
        match marker {
            0xc0..=0xc2 => {
                if std::mem::replace(&mut walked.framed, true) {
                    return Err(BROKEN);
                }
                frame(body)?;
                walked.segments.push(whole);
            }
            // Tables for decoding, restart intervals.
            0xc4 | 0xdb | 0xdd => walked.segments.push(whole),
            0xda => {
                walked.scans += 1;
                if walked.scans > SCANS || !walked.framed {
                    return Err(BROKEN);
                }
                at = end_of_scan(bytes, end)?;
                walked.segments.push(&bytes[start..at]);
            }
            0xe0 if body.starts_with(b"JFIF\0") && walked.segments.is_empty() => {
                walked.starts_with_jfif = true;
                walked.segments.push(whole);
            }
            0xe1 if body.starts_with(b"Exif\0\0") => {
                walked.orientation = orientation(&body[6..]).unwrap_or(walked.orientation);
            }
            0xe2 if body.starts_with(b"ICC_PROFILE\0") => {
                walked.profile += body.len();
                if walked.profile > PROFILE {
                    return Err(BROKEN);
                }
                walked.segments.push(whole);
            }
            0xe2 if body.starts_with(b"MPF\0") => walked.announced_more = true,
            // Says how the colours are stored; without it some pictures turn green.
            0xee if body.starts_with(b"Adobe") => walked.segments.push(whole),
            // Other applications' data and comments.
            0xe0..=0xef | 0xfe => {}
            // Lossless, hierarchical and arithmetic frames, reserved markers: nothing that shows a photo writes them.
            _ => return Err(BROKEN),
        }
    }
}

/// The marker that must stand here, and where its last `FF` is; more `FF` may fill the gap.
fn next_marker(bytes: &[u8], at: usize) -> Result<(u8, usize), Code> {
    let fill = bytes.get(at..).ok_or(BROKEN)?.iter().take_while(|b| **b == 0xff).count();
    match bytes.get(at + fill) {
        Some(marker) if fill > 0 => Ok((*marker, at + fill - 1)),
        _ => Err(BROKEN),
    }
}

/// Where the data of a scan ends: at the first marker that does not belong to it.
fn end_of_scan(bytes: &[u8], from: usize) -> Result<usize, Code> {
    let mut at = from;
    loop {
        at += bytes.get(at..).ok_or(BROKEN)?.iter().position(|b| *b == 0xff).ok_or(BROKEN)?;
        match bytes.get(at + 1).ok_or(BROKEN)? {
            // A stuffed byte, or the restart of a stretch.
            0x00 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => return Ok(at),
        }
    }
}

/// Size and components, before anything is decoded.
fn frame(body: &[u8]) -> Result<(), Code> {
    let [precision, h1, h2, w1, w2, components, ..] = *body else {
        return Err(BROKEN);
    };
    let (height, width) = (u16::from_be_bytes([h1, h2]), u16::from_be_bytes([w1, w2]));
    if precision != 8 || height == 0 || width == 0 || !matches!(components, 1 | 3 | 4) {
        return Err(BROKEN);
    }
    let (height, width) = (u32::from(height), u32::from(width));
    if height > SIDE || width > SIDE || u64::from(height) * u64::from(width) > PIXELS {
        return Err(Code::PictureTooManyPixels);
    }
    Ok(())
}

/// Nothing may follow the picture but zeros, and what phones append: the pictures they announced, or their trailer.
fn after_the_end(rest: &[u8], announced_more: bool) -> Result<(), Code> {
    let phone = (announced_more && rest.starts_with(&[0xff, 0xd8, 0xff])) || rest.ends_with(b"SEFT");
    if phone || rest.iter().all(|b| *b == 0) { Ok(()) } else { Err(Code::FileHidesMore) }
}

/// The orientation in EXIF: tag 0x0112 of the first directory, in either byte order.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let big = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) })
    };
    let four: [u8; 4] = tiff.get(4..8)?.try_into().ok()?;
    let first = usize::try_from(if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }).ok()?;
    let entries = usize::from(short(first)?);
    let entry = (0..entries).map(|n| first + 2 + 12 * n).find(|at| short(*at) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok().filter(|o| (1..=8).contains(o))
}

/// EXIF that says nothing but the orientation; nothing at all when the picture stands upright.
fn orientation_segment(orientation: u8) -> Vec<u8> {
    if orientation <= 1 {
        return Vec::new();
    }
    let mut segment = vec![0xff, 0xe1, 0x00, 0x22];
    segment.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend([orientation, 0, 0, 0, 0, 0, 0]);
    segment
}

fn decode(clean: &[u8]) -> Result<(), Code> {
    let mut decoder = JpegDecoder::new(Cursor::new(clean)).map_err(|_| BROKEN)?;
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE), Some(SIDE));
    limits.max_alloc = Some(PIXELS * 4);
    decoder.set_limits(limits).map_err(|_| Code::PictureTooManyPixels)?;
    DynamicImage::from_decoder(decoder).map(drop).map_err(|_| BROKEN)
}
