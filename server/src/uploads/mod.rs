//! What is inside a file that somebody sends, judged by its content and in bounds.
//!
//! [`inspect`] is a pure function; a serving process never calls it itself but runs it in a [child](child) whose
//! memory and time the operating system limits: parsers of files from strangers may loop, swell or crash.

pub mod child;
mod jpeg;
mod pdf;
mod sniff;
#[cfg(test)]
pub(crate) mod tests;
mod unpack;

pub use sniff::agrees_with_name;

use domain::Code;
use domain::documents::{Media, check_size};

/// A file that may be kept.
#[derive(PartialEq, Eq)]
pub struct Inspected {
    pub media: Media,
    pub pages: u32,
    /// What to keep: a PDF as it came, a JPG without the camera's and the place's data.
    pub content: Vec<u8>,
}

/// Documents are personal: how much there is may be printed, never what.
impl std::fmt::Debug for Inspected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Inspected({:?}, {} pages, {} bytes)", self.media, self.pages, self.content.len())
    }
}

/// Judges a whole file. Takes seconds and hundreds of megabytes when it is made to.
pub fn inspect(bytes: &[u8]) -> Result<Inspected, Code> {
    check_size(bytes.len() as u64)?;
    match sniff::media(bytes)? {
        Media::Pdf => {
            let pages = pdf::pages(bytes)?;
            Ok(Inspected { media: Media::Pdf, pages, content: bytes.to_vec() })
        }
        Media::Jpeg => Ok(Inspected { media: Media::Jpeg, pages: 1, content: jpeg::cleaned(bytes)? }),
    }
}
