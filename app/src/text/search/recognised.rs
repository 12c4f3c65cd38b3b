//! A query that names one thing rather than a service: an index, a track number, an error code.

use domain::Code;

/// What the query is. The shape only: whether such an index or number exists is asked elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub enum Recognised {
    /// Six digits.
    Index(String),
    /// 14 digits, or two letters, nine digits and two letters in capitals; no spaces.
    Track(String),
    /// A code of ours, as `OTD-1402` or the bare number.
    ErrorCode(Code),
}

/// A track number says who gets what: only its kind may be printed.
impl core::fmt::Debug for Recognised {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Recognised::Index(_) => f.write_str("Index"),
            Recognised::Track(_) => f.write_str("Track"),
            Recognised::ErrorCode(code) => write!(f, "ErrorCode({code})"),
        }
    }
}

impl Recognised {
    /// The page that answers.
    pub fn href(&self) -> String {
        match self {
            Recognised::Index(index) => format!("/offices/{index}"),
            Recognised::Track(number) => format!("/tracking/{number}"),
            Recognised::ErrorCode(code) => format!("/help/errors/{code}"),
        }
    }
}

/// Reads the whole query as one thing; spaces and dashes do not matter (C7).
pub fn recognise(query: &str) -> Option<Recognised> {
    let bare: String = query
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}' | '№'))
        .take(40)
        .collect::<String>()
        .to_uppercase();
    error_code(&bare)
        .map(Recognised::ErrorCode)
        .or_else(|| index(&bare).map(Recognised::Index))
        .or_else(|| track(&bare).map(Recognised::Track))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `OTD1402`, the same with Cyrillic ОТД, or the bare number.
fn error_code(bare: &str) -> Option<Code> {
    let digits = ["OTD", "ОТД", "ОТD"].iter().find_map(|prefix| bare.strip_prefix(prefix)).unwrap_or(bare);
    (digits.len() == 4 && all_digits(digits)).then(|| digits.parse().ok()).flatten()
}

fn index(bare: &str) -> Option<String> {
    (bare.len() == 6 && all_digits(bare)).then(|| bare.to_owned())
}

/// By shape alone; the domain's `TrackNumber` may take this function's place.
fn track(bare: &str) -> Option<String> {
    let domestic = bare.len() == 14 && all_digits(bare);
    let international = bare.len() == 13
        && bare.is_ascii()
        && bare[..2].bytes().all(|b| b.is_ascii_uppercase())
        && all_digits(&bare[2..11])
        && bare[11..].bytes().all(|b| b.is_ascii_uppercase());
    (domestic || international).then(|| bare.to_owned())
}
