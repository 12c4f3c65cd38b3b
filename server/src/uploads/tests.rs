//! Honest files are taken, and each attack gets the refusal that names it.

use super::inspect;
use domain::Code;
use domain::documents::Media;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use std::io::Write;

/// A photo with some detail in it.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let pixels: Vec<u8> = (0..width * height).flat_map(|i| [(i % 251) as u8, (i / width % 256) as u8, 90]).collect();
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 80).write_image(&pixels, width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// Puts a segment right behind the start of a picture.
fn with_segment(picture: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&picture[..2], &[0xff, marker], &length, body, &picture[2..]].concat()
}

/// A document of so many pages; `change` may add what it likes.
fn paper(pages: u32, change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let kids: Vec<Object> = (0..pages)
        .map(|n| {
            let text = Content { operations: vec![Operation::new("Tj", vec![Object::string_literal(format!("{n}"))])] };
            let content = document.add_object(Stream::new(dictionary! {}, text.encode().unwrap()));
            document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content }).into()
        })
        .collect();
    let count = i64::from(pages);
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    change(&mut document);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn with_catalog(change: impl FnOnce(&mut Dictionary, &mut Document)) -> Vec<u8> {
    paper(1, |document| {
        let mut catalog = document.catalog().unwrap().clone();
        change(&mut catalog, document);
        *document.catalog_mut().unwrap() = catalog;
    })
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn with_stream(filters: &[&str], content: Vec<u8>) -> Vec<u8> {
    let filters: Vec<Object> = filters.iter().map(|f| Object::Name(f.as_bytes().to_vec())).collect();
    paper(1, |document| {
        document.add_object(Stream::new(dictionary! { "Filter" => filters }, content).with_compression(false));
    })
}

#[track_caller]
fn refused(bytes: &[u8], code: Code) {
    assert_eq!(inspect(bytes).map(|found| found.pages), Err(code));
}

#[test]
fn an_honest_photo_and_an_honest_scan_are_taken() {
    let found = inspect(&photo(320, 200)).unwrap();
    assert_eq!((found.media, found.pages), (Media::Jpeg, 1));
    image::load_from_memory(&found.content).unwrap();
    let scan = paper(3, |_| {});
    let found = inspect(&scan).unwrap();
    assert_eq!((found.media, found.pages), (Media::Pdf, 3));
    assert!(found.content == scan, "a PDF is kept as it came");
}

#[test]
fn a_link_and_an_opening_place_are_no_attack() {
    let bytes = with_catalog(|catalog, document| {
        let link =
            document.add_object(dictionary! { "S" => "URI", "URI" => Object::string_literal("https://post.example") });
        catalog.set("OpenAction", vec![link.into(), "Fit".into()]);
    });
    assert_eq!(inspect(&bytes).unwrap().pages, 1);
}

#[test]
fn nothing_and_too_much_are_refused_before_anything_is_read() {
    refused(&[], Code::FileEmpty);
    let mut large = photo(64, 64);
    large.resize(5 * 1024 * 1024 + 1, 0);
    refused(&large, Code::TooLarge);
}

#[test]
fn a_photo_loses_place_camera_and_comments_and_stays_upright() {
    // One directory: the orientation, the camera's maker, a pointer to the place.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x03\0".to_vec();
    exif.extend(b"\x0f\x01\x02\0\x0b\0\0\0\x32\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x25\x88\x04\0\x01\0\0\0\x40\0\0\0\0\0\0\0");
    exif.extend(b"SecretMaker GPS 55.7558 37.6173");
    let mut picture = with_segment(&photo(64, 48), 0xe1, &exif);
    picture = with_segment(&picture, 0xfe, b"SecretComment");
    picture = with_segment(&picture, 0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>SecretXmp</x>");
    picture = with_segment(&picture, 0xed, b"Photoshop 3.0\0SecretCity");
    let clean = inspect(&picture).unwrap().content;
    for gone in [&b"Secret"[..], b"GPS", b"37.6"] {
        assert!(!super::sniff::contains(&clean, gone));
    }
    let mut decoder =
        image::ImageReader::with_format(std::io::Cursor::new(&clean), image::ImageFormat::Jpeg).into_decoder().unwrap();
    let orientation = image::ImageDecoder::orientation(&mut decoder).unwrap();
    assert_eq!(orientation, image::metadata::Orientation::Rotate90);
    // What was cleaned once is clean.
    assert!(inspect(&clean).unwrap().content == clean);
}

#[test]
fn whatever_follows_a_picture_is_refused_unless_phones_put_it_there() {
    let picture = photo(64, 48);
    refused(&[&picture[..], b"PK\x03\x04 an archive PK\x05\x06"].concat(), Code::FileHidesMore);
    refused(&[&picture[..], b"<script>alert(1)</script>"].concat(), Code::FileHidesMore);
    refused(&[&picture[..], &paper(1, |_| {})].concat(), Code::FileHidesMore);
    refused(&[&picture[..], &picture[..]].concat(), Code::FileHidesMore);
    let announced = with_segment(&picture, 0xe2, b"MPF\0...");
    let clean = inspect(&[&announced[..], &picture[..]].concat()).unwrap().content;
    assert!(clean.len() <= picture.len(), "the second picture is left behind");
    assert!(inspect(&[&picture[..], &[0; 100]].concat()).unwrap().content.len() <= picture.len());
}

#[test]
fn what_hides_inside_a_picture_does_not_come_along() {
    let hidden = with_segment(&photo(64, 48), 0xe5, b"<?php system($_GET[0]); ?> %PDF-1.4 PK\x05\x06");
    let clean = inspect(&hidden).unwrap().content;
    assert!(!super::sniff::contains(&clean, b"php") && !super::sniff::contains(&clean, b"%PDF"));
}

#[test]
fn a_pixel_bomb_is_refused_by_its_size_on_paper() {
    let mut bomb = photo(64, 48);
    let frame = super::sniff::find(&bomb, &[0xff, 0xc0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    refused(&bomb, Code::PictureTooManyPixels);
    bomb[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    refused(&bomb, Code::PictureTooManyPixels);
}

#[test]
fn a_damaged_picture_is_refused() {
    let picture = photo(200, 200);
    refused(&picture[..picture.len() / 2], Code::PictureBroken);
    refused(&picture[..200], Code::PictureBroken);
    refused(&[0xff, 0xd8, 0xff], Code::PictureBroken);
    let scan = super::sniff::find(&picture, &[0xff, 0xda]).unwrap();
    let scans = picture[scan..picture.len() - 2].repeat(80);
    refused(&[&picture[..scan], &scans, &[0xff, 0xd9]].concat(), Code::PictureBroken);
}

#[test]
fn a_paper_that_acts_is_refused() {
    let action = |kind: &'static str| {
        with_catalog(move |catalog, document| {
            let act = document.add_object(dictionary! { "S" => kind, "F" => Object::string_literal("calc.exe") });
            catalog.set("OpenAction", act);
        })
    };
    for kind in ["JavaScript", "Launch", "GoToE", "SubmitForm", "ImportData", "Rendition", "Movie", "Sound", "GoToR"] {
        refused(&action(kind), Code::PdfActive);
    }
    for key in ["JS", "AA", "XFA", "EF", "RichMedia"] {
        refused(&with_catalog(|catalog, _| catalog.set(key, dictionary! { "x" => 1 })), Code::PdfActive);
    }
}

#[test]
fn a_paper_with_files_inside_is_refused() {
    let bytes = with_catalog(|catalog, document| {
        let file = document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"MZ".to_vec()));
        let spec = document.add_object(dictionary! { "Type" => "Filespec", "EF" => dictionary! { "F" => file } });
        let names = dictionary! { "Names" => vec![Object::string_literal("a.exe"), spec.into()] };
        catalog.set("Names", dictionary! { "EmbeddedFiles" => names });
    });
    refused(&bytes, Code::PdfActive);
}

#[test]
fn a_name_in_disguise_is_still_that_name() {
    let plain = with_catalog(|catalog, _| catalog.set("OpenAction", dictionary! { "S" => "JavaXcript" }));
    let at = super::sniff::find(&plain, b"JavaXcript").unwrap();
    let disguised = [&plain[..at], b"J#61va#53cript", &plain[at + 10..]].concat();
    refused(&disguised, Code::PdfActive);
}

/// A document put together by hand: one page, and this object behind it.
fn by_hand(object: &[u8]) -> Vec<u8> {
    let bodies: [&[u8]; 4] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R >>",
        object,
    ];
    let mut bytes = b"%PDF-1.5\n".to_vec();
    let mut table = "xref\n0 5\n0000000000 65535 f \n".to_owned();
    for (n, body) in (1..).zip(bodies) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend([format!("{n} 0 obj\n").as_bytes(), body, b"\nendobj\n"].concat());
    }
    let start = bytes.len();
    let trailer = format!("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    bytes.extend([table.as_bytes(), trailer.as_bytes()].concat());
    bytes
}

#[test]
fn an_action_in_a_packed_object_is_found() {
    let stream = |packed: &[u8]| {
        let head = format!("<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {} >>\nstream\n", packed.len());
        by_hand(&[head.as_bytes(), packed, b"\nendstream"].concat())
    };
    assert_eq!(inspect(&stream(&zlib(b"7 0 << /S /URI /URI (a) >>"))).unwrap().pages, 1);
    refused(&stream(&zlib(b"7 0 << /S /JavaScript /JS (app.alert) >>")), Code::PdfActive);
}

#[test]
fn a_protected_paper_has_its_own_way_out() {
    let bytes = paper(1, |document| {
        let lock = document.add_object(dictionary! { "Filter" => "Standard", "V" => 1, "R" => 2 });
        document.trailer.set("Encrypt", lock);
    });
    refused(&bytes, Code::PdfEncrypted);
}

#[test]
fn a_paper_with_something_before_or_behind_is_refused() {
    let scan = paper(1, |_| {});
    refused(&[b"MZ\x90\0", &scan[..]].concat(), Code::FileHidesMore);
    refused(&[&scan[..], b"PK\x03\x04..."].concat(), Code::FileHidesMore);
    refused(&[&scan[..], &photo(32, 32)].concat(), Code::FileHidesMore);
    assert!(inspect(&[&scan[..], b"\r\n\0\0"].concat()).is_ok(), "padding is no attack");
    let archive = b"PK\x01\x02 directory PK\x05\x06\0\0".to_vec();
    refused(&with_stream(&[], archive), Code::FileHidesMore);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let thirty = vec![0; 30 * 1024 * 1024];
    refused(&with_stream(&["FlateDecode"], zlib(&vec![0; 130 * 1024 * 1024])), Code::PdfUnpacksTooLarge);
    refused(&with_stream(&["FlateDecode", "FlateDecode"], zlib(&zlib(&thirty))), Code::PdfUnpacksTooLarge);
    refused(&with_stream(&["ASCIIHexDecode"; 9], b"00>".to_vec()), Code::PdfUnpacksTooLarge);
    // Many that are each just small enough.
    let one = zlib(&vec![0; 120 * 1024 * 1024]);
    let many = paper(1, |document| {
        for _ in 0..6 {
            let dict = dictionary! { "Filter" => "FlateDecode" };
            document.add_object(Stream::new(dict, one.clone()).with_compression(false));
        }
    });
    refused(&many, Code::PdfUnpacksTooLarge);
}

#[test]
fn pages_are_counted_and_loops_end() {
    assert_eq!(inspect(&paper(30, |_| {})).unwrap().pages, 30);
    refused(&paper(31, |_| {}), Code::PdfTooManyPages);
    refused(&paper(0, |_| {}), Code::PdfBroken);
    let looped = paper(1, |document| {
        let tree = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
        document.get_object_mut(tree).unwrap().as_dict_mut().unwrap().set("Kids", vec![Object::Reference(tree); 8]);
    });
    refused(&looped, Code::PdfBroken);
    refused(b"%PDF-1.7\nnothing\n%%EOF", Code::PdfBroken);
    refused(b"%PDF-1.7\n", Code::PdfBroken);
}
