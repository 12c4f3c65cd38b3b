//! QR codes as SVG, one path for all modules, so that no viewer shows seams between them.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder};

use crate::DocumentError;

/// ISO/IEC 18004: four modules of white on every side.
const QUIET: usize = 4;

/// `text` as a black-on-white SVG, level M (15 % of damage is repaired).
pub(crate) fn svg(text: &str) -> Result<String, DocumentError> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().map_err(|_| DocumentError::QrTooLong)?;
    let mut path = String::new();
    for y in 0..code.size {
        let row = &code[y];
        let mut x = 0;
        while x < code.size {
            let run = row[x..code.size].iter().take_while(|module| module.value()).count();
            if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    let side = code.size + 2 * QUIET;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" viewBox="0 0 {side} {side}"><rect width="{side}" height="{side}" fill="#fff"/><path fill="#000" d="{path}"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let text = "https://example.ru/verify/2026-7Q4K-93";
        let code = fast_qr::QRBuilder::new(text).ecl(fast_qr::ECL::M).build().expect("it fits");
        let dark = (0..code.size).flat_map(|y| code[y][..code.size].iter()).filter(|m| m.value()).count();
        let drawn: usize = svg(text)
            .expect("it fits")
            .split('h')
            .filter_map(|part| {
                part.split_once('v').and_then(|(run, rest)| rest.starts_with("1").then(|| run.parse::<usize>().ok())?)
            })
            .sum();
        assert_eq!(drawn, dark);
    }

    #[test]
    fn an_address_that_does_not_fit_is_refused() {
        assert_eq!(svg(&"x".repeat(4000)), Err(crate::DocumentError::QrTooLong));
    }
}
