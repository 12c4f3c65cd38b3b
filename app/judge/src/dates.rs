//! Help with typing dates.

use domain::Field;

/// A phone's number pad has no dot: a date typed in digits gets its dots as it grows.
pub fn with_dots(field: Field, value: &str) -> Option<String> {
    if !matches!(field, Field::BirthDate | Field::PassportIssueDate) {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match value.split_once('.') {
        None if value.len() > 2 && digits(value) => {
            let (day, rest) = value.split_at(2);
            Some(match rest.split_at_checked(2) {
                Some((month, year)) if !year.is_empty() => format!("{day}.{month}.{year}"),
                _ => format!("{day}.{rest}"),
            })
        }
        Some((day, rest)) if day.len() == 2 && rest.len() > 2 && digits(day) && digits(rest) => {
            let (month, year) = rest.split_at(2);
            Some(format!("{day}.{month}.{year}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::with_dots;
    use domain::Field;

    #[test]
    fn a_date_gets_its_dots_and_nothing_else_does() {
        let dotted = |value| with_dots(Field::BirthDate, value);
        assert_eq!(dotted("210"), Some("21.0".to_owned()));
        assert_eq!(dotted("21.031"), Some("21.03.1".to_owned()));
        assert_eq!(dotted("21031990"), Some("21.03.1990".to_owned()));
        for left_alone in ["", "2", "21", "21.0", "21.03", "21.03.1990", "1.1.2000", "21/03"] {
            assert_eq!(dotted(left_alone), None, "{left_alone:?}");
        }
        assert_eq!(with_dots(Field::Snils, "21031990"), None);
    }
}
