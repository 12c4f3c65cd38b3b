//! How large the streams of a PDF become when they are opened: counted, never kept.

use domain::Code;
use flate2::read::ZlibDecoder;
use lopdf::{DecompressError, Error, Object, Stream};
use std::io::Read;

/// One stream: a page scanned at 600 dpi in colour has 100 MB.
const STREAM: u64 = 128 * 1024 * 1024;
/// All streams of a file.
const FILE: u64 = 512 * 1024 * 1024;
/// Streams that are opened as a whole by the parser.
pub const PARSED: usize = 32 * 1024 * 1024;
/// Filters on one stream; honest ones have one, or two where the second makes text of bytes.
const FILTERS: usize = 2;

const TOO_LARGE: Code = Code::PdfUnpacksTooLarge;

/// Counts what a file's streams become.
#[derive(Default)]
pub struct Meter {
    total: u64,
}

impl Meter {
    /// Opens one stream and adds it up.
    pub fn add(&mut self, stream: &Stream) -> Result<(), Code> {
        let filters: Vec<Vec<u8>> = match stream.dict.get(b"Filter") {
            Ok(Object::Name(name)) => vec![name.clone()],
            Ok(Object::Array(all)) => all.iter().filter_map(|f| f.as_name().ok().map(<[u8]>::to_vec)).collect(),
            _ => Vec::new(),
        };
        let packs = |f: &Vec<u8>| {
            matches!(
                f.as_slice(),
                b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL" | b"BrotliDecode"
            )
        };
        // A bomb in a bomb: packed twice, a kilobyte becomes a gigabyte.
        if filters.len() > FILTERS || filters.iter().filter(|f| packs(f)).count() > 1 {
            return Err(TOO_LARGE);
        }
        let size = match filters.first().map(Vec::as_slice) {
            Some(b"FlateDecode" | b"Fl") => inflated(&stream.content)?,
            Some(name) if filters.iter().any(packs) || name == b"ASCII85Decode" => self.by_parser(stream)?,
            _ => stream.content.len() as u64,
        };
        self.total += size;
        if self.total > FILE { Err(TOO_LARGE) } else { Ok(()) }
    }

    /// What flate2 does not open, the parser does, in memory and with a limit.
    fn by_parser(&self, stream: &Stream) -> Result<u64, Code> {
        match stream.decompressed_content_with_limit(PARSED) {
            Ok(content) => Ok(content.len() as u64),
            Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => Err(TOO_LARGE),
            // Damaged, or of a kind the parser does not know: nothing swells here.
            Err(_) => Ok(stream.content.len() as u64),
        }
    }
}

/// The size of inflated data, up to the limit. Data that ends in the middle counts as far as it goes: viewers show it too.
fn inflated(content: &[u8]) -> Result<u64, Code> {
    let mut decoder = ZlibDecoder::new(content).take(STREAM + 1);
    let mut buffer = vec![0; 64 * 1024];
    let mut size = 0;
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        size += read as u64;
    }
    if size > STREAM { Err(TOO_LARGE) } else { Ok(size) }
}
