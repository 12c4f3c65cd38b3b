//! Templates with `{name}` places. Values are put in as they are and never read again, so a value
//! that looks like a place stays what it is.

/// Russian, English.
pub(super) type Template = [&'static str; 2];

/// The channels a notice is written for.
pub(super) struct Files {
    pub id: &'static str,
    pub sms: Option<Template>,
    pub letter: Option<Template>,
    /// For a device: no words of a clerk, for it shows on a locked screen.
    pub push: Option<Template>,
}

/// `files!("folder", sms, letter, push)` embeds `templates/folder/{sms,letter,push}.{ru,en}.txt`. In a letter
/// the first line is the subject and an empty line follows.
macro_rules! files {
    (@one $folder:literal, $file:literal) => {
        Some([
            include_str!(concat!("templates/", $folder, "/", $file, ".ru.txt")).trim_ascii_end(),
            include_str!(concat!("templates/", $folder, "/", $file, ".en.txt")).trim_ascii_end(),
        ])
    };
    ($folder:literal, sms) => {
        Files { id: $folder, sms: files!(@one $folder, "sms"), letter: None, push: None }
    };
    ($folder:literal, letter) => {
        Files { id: $folder, sms: None, letter: files!(@one $folder, "letter"), push: None }
    };
    ($folder:literal, sms, letter) => {
        Files { id: $folder, sms: files!(@one $folder, "sms"), letter: files!(@one $folder, "letter"), push: None }
    };
    ($folder:literal, sms, letter, push) => {
        Files { push: files!(@one $folder, "push"), ..files!($folder, sms, letter) }
    };
}
pub(super) use files;

/// Puts the values into their places. A place without a value stays visible, and a test of every
/// notice fails on it.
pub(super) fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let place = after.split_once('}').and_then(|(name, tail)| {
            let (_, value) = values.iter().find(|(n, _)| *n == name)?;
            Some((value, tail))
        });
        match place {
            Some((value, tail)) => {
                text.push_str(value);
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn values_are_put_in_once_and_not_read_again() {
        let values = [("a", "{b}".to_owned()), ("b", "2".to_owned())];
        assert_eq!(fill("{a} и {b}; {c} {", &values), "{b} и 2; {c} {");
    }
}
