//! The name a file had on the person's device: shown to its owner, never used as a path.

/// Signs of a name that are kept.
pub const NAME_LENGTH: usize = 100;

/// A name fit to be shown: its last part, without what does not print or turns text around, never empty.
/// Where it is cut, the ending stays.
pub fn shown_name(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_hidden(*c)).collect();
    let plain = plain.trim().trim_matches('.').trim();
    if plain.is_empty() {
        return "document".to_owned();
    }
    let length = plain.chars().count();
    if length <= NAME_LENGTH {
        return plain.to_owned();
    }
    let ending: String = match plain.rsplit_once('.') {
        Some((_, ending)) if ending.chars().count() <= 8 => format!("….{ending}"),
        _ => "…".to_owned(),
    };
    let kept = NAME_LENGTH - ending.chars().count();
    plain.chars().take(kept).collect::<String>() + &ending
}

/// Control signs, and the marks that change the direction or the width of what stands around them: a name must
/// not read `gpj.exe` as `exe.jpg`.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_path() {
        assert_eq!(shown_name("../../etc/passwd.pdf"), "passwd.pdf");
        assert_eq!(shown_name(r"C:\Users\Анна\Паспорт.jpg"), "Паспорт.jpg");
        assert_eq!(shown_name("/tmp/"), "document");
        for nothing in ["", "..", " . ", "\u{0}\n", "\u{202e}"] {
            assert_eq!(shown_name(nothing), "document", "{nothing:?}");
        }
    }

    #[test]
    fn nothing_in_it_hides_or_turns_around() {
        assert_eq!(shown_name("a\r\nSet-Cookie: x.pdf"), "aSet-Cookie: x.pdf");
        assert_eq!(shown_name("счёт\u{202e}fdp.exe"), "счётfdp.exe");
        assert_eq!(shown_name("с\u{200b}кан.pdf"), "скан.pdf");
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let long = shown_name(&format!("{}.pdf", "я".repeat(300)));
        assert_eq!(long.chars().count(), NAME_LENGTH);
        assert!(long.ends_with("….pdf"));
        assert_eq!(shown_name(&"я".repeat(300)).chars().count(), NAME_LENGTH);
    }
}
