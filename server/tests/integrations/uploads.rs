//! Files judged in a process of their own, with the operating system's limits around it.

use domain::Code;
use domain::documents::Media;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder};
use server::uploads::child::Inspector;
use std::time::{Duration, Instant};

fn inspector() -> Inspector {
    Inspector::with(env!("CARGO_BIN_EXE_server").into(), 2)
}

/// One colour: small on disk, whatever its size.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let pixels = vec![128; (width * height) as usize];
    JpegEncoder::new_with_quality(&mut bytes, 50).write_image(&pixels, width, height, ExtendedColorType::L8).unwrap();
    bytes
}

#[tokio::test]
async fn a_photo_comes_back_cleaned_and_a_refusal_with_its_code() {
    let inspector = inspector();
    let found = inspector.inspect(photo(640, 480)).await.unwrap();
    assert_eq!((found.media, found.pages), (Media::Jpeg, 1));
    image::load_from_memory(&found.content).unwrap();
    assert_eq!(inspector.inspect(b"%PDF-1.7\n%%EOF".to_vec()).await, Err(Code::PdfBroken));
    assert_eq!(inspector.inspect(b"MZ".to_vec()).await, Err(Code::WrongContentType));
}

#[tokio::test]
async fn the_largest_picture_allowed_fits_into_the_limits() {
    let started = Instant::now();
    let found = inspector().inspect(photo(8000, 5000)).await.unwrap();
    assert_eq!(found.media, Media::Jpeg);
    assert!(started.elapsed() < Duration::from_secs(15));
}

#[tokio::test]
async fn many_at_once_wait_for_their_turn() {
    let inspector = inspector();
    let all = futures::future::join_all((0..12).map(|_| inspector.inspect(photo(320, 200)))).await;
    assert!(all.iter().all(Result::is_ok));
}

#[tokio::test]
async fn a_child_that_dies_takes_nothing_along() {
    for broken in ["/bin/false", "/bin/true"] {
        let inspector = Inspector::with(broken.into(), 1);
        assert_eq!(inspector.inspect(b"%PDF-1.7".to_vec()).await, Err(Code::PdfUnpacksTooLarge), "{broken}");
        assert_eq!(inspector.inspect(photo(8, 8)).await, Err(Code::PictureBroken), "{broken}");
    }
    let nobody = Inspector::with("/nowhere/server".into(), 1);
    assert_eq!(nobody.inspect(photo(8, 8)).await, Err(Code::Unavailable));
}

#[tokio::test]
async fn a_child_that_cannot_begin_is_no_fault_of_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("server");
    // Written by another process: of a file that this one had open for writing, a fork elsewhere may keep a copy, and then
    // nobody can start it.
    let write = "printf '#!/bin/sh\nexit 70\n' > \"$0\" && chmod +x \"$0\"";
    assert!(std::process::Command::new("sh").args(["-c", write]).arg(&program).status().unwrap().success());
    let inspector = Inspector::with(program, 1);
    assert_eq!(inspector.inspect(photo(8, 8)).await, Err(Code::Unavailable));
    assert_eq!(inspector.inspect(b"%PDF-1.7".to_vec()).await, Err(Code::Unavailable));
}
