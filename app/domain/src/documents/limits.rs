//! What fits: one file, and all files of one application.

use crate::code::Code;

/// The largest file, in bytes (DOC-1).
pub const FILE_BYTES: u64 = 5 * 1024 * 1024;
/// Files of one application. A passport with all its pages, and room for the rest.
pub const FILES: u32 = 20;
/// Bytes of all files of one application.
pub const TOTAL_BYTES: u64 = 50 * 1024 * 1024;
/// Pages of one PDF.
pub const PAGES_PER_FILE: u32 = 30;
/// Files sent by one form; the page with wasm sends them one by one.
pub const FILES_AT_ONCE: u32 = 6;
/// Pixels of one picture: an A4 page at 600 dpi has 35 million.
pub const PIXELS: u64 = 40_000_000;
/// Pixels of one side of a picture.
pub const SIDE: u32 = 12_000;

/// What an application holds already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    pub files: u32,
    pub bytes: u64,
}

/// Whether one file is of a size we take.
pub const fn check_size(bytes: u64) -> Result<(), Code> {
    match bytes {
        0 => Err(Code::FileEmpty),
        1..=FILE_BYTES => Ok(()),
        _ => Err(Code::TooLarge),
    }
}

/// Whether a file of `bytes` still fits beside what is held.
pub const fn room_for(held: Held, bytes: u64) -> Result<(), Code> {
    if held.files >= FILES || held.bytes.saturating_add(bytes) > TOTAL_BYTES {
        return Err(Code::DocumentsFull);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_megabytes_fit_and_one_byte_more_does_not() {
        assert_eq!(check_size(0), Err(Code::FileEmpty));
        assert_eq!(check_size(1), Ok(()));
        assert_eq!(check_size(5_242_880), Ok(()));
        assert_eq!(check_size(5_242_881), Err(Code::TooLarge));
    }

    #[test]
    fn an_application_holds_so_many_files_and_bytes() {
        let held = |files, bytes| Held { files, bytes };
        assert_eq!(room_for(held(19, 0), 1), Ok(()));
        assert_eq!(room_for(held(20, 0), 1), Err(Code::DocumentsFull));
        assert_eq!(room_for(held(1, TOTAL_BYTES - 5), 5), Ok(()));
        assert_eq!(room_for(held(1, TOTAL_BYTES - 5), 6), Err(Code::DocumentsFull));
        assert_eq!(room_for(held(1, u64::MAX), u64::MAX), Err(Code::DocumentsFull));
    }
}
