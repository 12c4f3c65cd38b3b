//! Tables as files (RFC 4180, with semicolons: spreadsheets in Russia part columns by them, for commas are in numbers).

/// Tells spreadsheets that the file is UTF-8; stands before the first line.
pub const MARK: &str = "\u{feff}";

/// A line with its end.
pub fn line<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(";") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula (OWASP, «CSV injection»), and whose order nothing turns round.
fn cell(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).filter(|c| !turns(*c)).collect();
    let plain = plain.trim();
    let guarded = match plain.chars().next() {
        Some('=' | '+' | '-' | '@') => format!("'{plain}"),
        _ => plain.to_owned(),
    };
    if guarded.contains([';', '"', ',']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (typed, sent) in [
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("\t=1+1", "'=1+1"),
            ("\r\n@SUM(A1)", "'@SUM(A1)"),
            ("+7", "'+7"),
            ("-1", "'-1"),
            ("a;b", "\"a;b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("line\r\nbreak", "line  break"),
            ("exe\u{202e}fdp", "exefdp"),
            ("обычное", "обычное"),
        ] {
            assert_eq!(cell(typed), sent, "{typed:?}");
        }
        assert_eq!(line(["Вход", "=1", ""]), "Вход;'=1;\r\n");
    }
}
