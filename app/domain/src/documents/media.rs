//! The two types of file that are taken.

use serde::{Deserialize, Serialize};

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    Pdf,
    Jpeg,
}

impl Media {
    /// As in `Content-Type` and in storage.
    pub const fn name(self) -> &'static str {
        match self {
            Media::Pdf => "application/pdf",
            Media::Jpeg => "image/jpeg",
        }
    }
    pub fn from_name(name: &str) -> Option<Media> {
        [Media::Pdf, Media::Jpeg].into_iter().find(|m| m.name() == name)
    }
    /// The ending of a file we hand out.
    pub const fn extension(self) -> &'static str {
        match self {
            Media::Pdf => "pdf",
            Media::Jpeg => "jpg",
        }
    }
    /// What the ending of a file's name says it is; `None` for a name without one, or with another.
    pub fn of_name(name: &str) -> Option<Media> {
        let (_, ending) = name.rsplit_once('.')?;
        let is = |wanted: &str| ending.eq_ignore_ascii_case(wanted);
        if is("pdf") {
            Some(Media::Pdf)
        } else if is("jpg") || is("jpeg") || is("jpe") || is("jfif") {
            Some(Media::Jpeg)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_says_what_a_name_claims() {
        assert_eq!(Media::of_name("Паспорт.PDF"), Some(Media::Pdf));
        assert_eq!(Media::of_name("scan.2.jpeg"), Some(Media::Jpeg));
        for other in ["scan", "scan.png", "scan.jpg.exe", "pdf", "a.pdf "] {
            assert_eq!(Media::of_name(other), None, "{other}");
        }
        assert_eq!(Media::from_name(Media::Jpeg.name()), Some(Media::Jpeg));
    }
}
