//! Pages packed for the line: a fifth of their bytes, which a slow phone sees as a tenth of a second.
//!
//! Packing tells by its length how often a page repeats itself. Who can make a person's browser ask for a page with words
//! of their choice, and can watch the length, could guess secrets on it (BREACH, CVE-2013-3587). So a page of somebody
//! signed in, or filled in with what a provider of identities told, is packed only when the browser vouches that no other site asked for it.

use axum::http::{HeaderMap, HeaderValue, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Below this the saved bytes are not worth the head's.
const WORTH: usize = 1024;

/// Whether this answer may be packed at all.
pub fn welcome(request: &HeaderMap, personal: bool) -> bool {
    let gzip = request.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(takes_gzip);
    let asked_by_us = request.get("sec-fetch-site").is_some_and(|v| v == "same-origin" || v == "none");
    gzip && (!personal || asked_by_us)
}

/// `gzip` or `*` among the encodings, and not refused by `q=0` (RFC 9110, 12.5.3).
fn takes_gzip(accepted: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let refused = matches!(weight.trim().strip_prefix("q=").map(str::parse::<f32>), Some(Ok(0.0)));
        matches!(name.trim(), "gzip" | "*") && !refused
    })
}

/// The packed page; `None` where packing would not pay.
pub fn gzip(page: &[u8], headers: &mut HeaderMap) -> Option<Vec<u8>> {
    if page.len() < WORTH {
        return None;
    }
    // The fourth of nine levels: higher ones take twice the time for a few per cent.
    let mut packer = GzEncoder::new(Vec::with_capacity(page.len() / 3), Compression::new(4));
    packer.write_all(page).ok()?;
    let packed = packer.finish().ok()?;
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.remove(header::CONTENT_LENGTH);
    Some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (n.parse().expect("a name"), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_visitor_gets_it_packed_where_the_browser_takes_it() {
        assert!(welcome(&request(&[("accept-encoding", "deflate, gzip;q=0.8, br")]), false));
        assert!(welcome(&request(&[("accept-encoding", "*")]), false));
        assert!(!welcome(&request(&[("accept-encoding", "gzip;q=0, br")]), false));
        assert!(!welcome(&request(&[]), false));
    }

    #[test]
    fn another_site_sees_no_packed_page_of_a_citizen() {
        let from = |site| request(&[("accept-encoding", "gzip"), ("sec-fetch-site", site)]);
        assert!(welcome(&from("same-origin"), true) && welcome(&from("none"), true));
        assert!(!welcome(&from("cross-site"), true) && !welcome(&from("same-site"), true));
        assert!(!welcome(&request(&[("accept-encoding", "gzip")]), true), "an old browser vouches for nothing");
    }

    #[test]
    fn what_was_packed_unpacks() {
        use std::io::Read;
        let page = "почта ".repeat(1000);
        let mut headers = HeaderMap::new();
        let packed = gzip(page.as_bytes(), &mut headers).expect("worth it");
        assert!(packed.len() * 5 < page.len());
        let mut unpacked = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut unpacked).expect("gzip");
        assert_eq!(unpacked, page);
        assert_eq!(headers[header::CONTENT_ENCODING], "gzip");
        assert!(gzip(b"short", &mut headers).is_none());
    }
}
