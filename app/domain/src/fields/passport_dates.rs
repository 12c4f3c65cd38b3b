//! When a passport may be issued and how long it holds: Положение о паспорте гражданина
//! Российской Федерации (постановление Правительства РФ от 23.12.2023 № 2267).
//!
//! It is issued from 14 years, replaced at 20 and at 45, and the old one holds until it is
//! replaced but no more than 90 days after that birthday. Conscripts may keep theirs to the end
//! of their service; nothing on the form tells who is one, so they too are asked to replace it.

use super::passport_series::PassportSeries;
use crate::code::Code;
use crate::form::Field;
use time::{Date, Duration, Month};

/// Days an outgrown passport still holds.
const GRACE_DAYS: i64 = 90;
/// How many years a blank is kept before it is filled in, by observation.
const BLANK_KEPT_YEARS: i32 = 3;
/// Nobody alive is older.
const OLDEST_YEARS: i32 = 120;

/// Compares the birth date, the issue date and today's date; nothing wrong, empty list.
///
/// Codes for the birth date: `BirthDateInFuture`, `YoungerThan14`, `BirthDateTooEarly`. For the
/// issue date: `PassportIssuedInFuture`, `PassportIssuedTooEarly` (the passport was introduced on
/// 01.10.1997 by постановление Правительства РФ от 08.07.1997 № 828), `PassportIssuedBefore14`,
/// `PassportExpiredAt20`, `PassportExpiredAt45`. At most one for each field.
pub fn check_dates(birth: Date, issued: Date, today: Date) -> Vec<(Field, Code)> {
    let mut found = Vec::new();
    if let Err(code) = check_birth(birth, today) {
        found.push((Field::BirthDate, code));
    }
    if let Err(code) = check_issued(birth, issued, today) {
        found.push((Field::PassportIssueDate, code));
    }
    found
}

/// The birth date of somebody who holds a passport today.
///
/// # Errors
/// `BirthDateInFuture`, `YoungerThan14`, `BirthDateTooEarly`.
pub fn check_birth(birth: Date, today: Date) -> Result<(), Code> {
    if birth > today {
        Err(Code::BirthDateInFuture)
    } else if birthday(birth, 14) > today {
        Err(Code::YoungerThan14)
    } else if birthday(birth, OLDEST_YEARS) < today {
        Err(Code::BirthDateTooEarly)
    } else {
        Ok(())
    }
}

fn check_issued(birth: Date, issued: Date, today: Date) -> Result<(), Code> {
    if issued > today {
        return Err(Code::PassportIssuedInFuture);
    }
    if (issued.year(), u8::from(issued.month())) < (1997, 10) {
        return Err(Code::PassportIssuedTooEarly);
    }
    // A birth date that is wrong itself says nothing about the passport.
    if check_birth(birth, today).is_err() {
        return Ok(());
    }
    if issued < birthday(birth, 14) {
        return Err(Code::PassportIssuedBefore14);
    }
    for (years, code) in [(20, Code::PassportExpiredAt20), (45, Code::PassportExpiredAt45)] {
        let birthday = birthday(birth, years);
        if issued < birthday && today - birthday > Duration::days(GRACE_DAYS) {
            return Err(code);
        }
    }
    Ok(())
}

/// Compares the year of the blank, which the series ends in, with the year it was issued in:
/// neither later nor more than three years earlier. Observed practice, not law, hence a warning.
///
/// # Errors
/// `PassportSeriesAndDate`.
pub fn check_series(series: &PassportSeries, issued: Date) -> Result<(), Code> {
    if (0..=BLANK_KEPT_YEARS).contains(&(issued.year() - series.blank_year())) {
        Ok(())
    } else {
        Err(Code::PassportSeriesAndDate)
    }
}

/// The birthday `years` later. Born on 29 February, the last day of February counts
/// (Гражданский кодекс РФ, статья 192, пункт 3).
pub fn birthday(birth: Date, years: i32) -> Date {
    let year = birth.year() + years;
    Date::from_calendar_date(year, birth.month(), birth.day())
        .or_else(|_| Date::from_calendar_date(year, Month::February, 28))
        .unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::dates::parse_date;

    fn on(text: &str) -> Date {
        parse_date(text).unwrap()
    }

    /// The refusal of the issue date of somebody born on 10.05.2000.
    fn issued(issued: &str, today: &str) -> Option<Code> {
        match check_dates(on("10.05.2000"), on(issued), on(today)).as_slice() {
            [] => None,
            [(Field::PassportIssueDate, code)] => Some(*code),
            other => panic!("unexpected: {other:?}"),
        }
    }

    #[test]
    fn a_passport_is_issued_from_fourteen() {
        assert_eq!(issued("09.05.2014", "01.06.2016"), Some(Code::PassportIssuedBefore14));
        assert_eq!(issued("10.05.2014", "01.06.2016"), None);
        assert_eq!(issued("02.06.2016", "01.06.2016"), Some(Code::PassportIssuedInFuture));
    }

    #[test]
    fn a_teenagers_passport_holds_ninety_days_past_twenty() {
        assert_eq!(issued("01.06.2014", "10.05.2020"), None);
        assert_eq!(issued("01.06.2014", "08.08.2020"), None);
        assert_eq!(issued("01.06.2014", "09.08.2020"), Some(Code::PassportExpiredAt20));
        assert_eq!(issued("10.05.2020", "09.08.2020"), None);
        assert_eq!(issued("10.05.2020", "08.08.2045"), None);
        assert_eq!(issued("10.05.2020", "09.08.2045"), Some(Code::PassportExpiredAt45));
        assert_eq!(issued("11.05.2045", "09.08.2080"), None);
    }

    #[test]
    fn a_citizen_is_fourteen_and_alive() {
        let birth = |birth, today| check_birth(on(birth), on(today));
        assert_eq!(birth("02.01.2026", "01.01.2026"), Err(Code::BirthDateInFuture));
        assert_eq!(birth("02.01.2012", "01.01.2026"), Err(Code::YoungerThan14));
        assert_eq!(birth("01.01.2012", "01.01.2026"), Ok(()));
        assert_eq!(birth("29.02.2012", "28.02.2026"), Ok(()));
        assert_eq!(birth("31.12.1905", "01.01.2026"), Err(Code::BirthDateTooEarly));
    }

    #[test]
    fn the_passport_is_younger_than_october_1997() {
        let found = |issued| check_dates(on("01.01.1960"), on(issued), on("01.01.2026"));
        assert_eq!(found("30.09.1997"), [(Field::PassportIssueDate, Code::PassportIssuedTooEarly)]);
        assert_eq!(found("01.10.1997"), [(Field::PassportIssueDate, Code::PassportExpiredAt45)]);
    }

    #[test]
    fn both_dates_can_be_wrong() {
        assert_eq!(
            check_dates(on("01.01.2030"), on("01.01.2031"), on("01.01.2026")),
            [(Field::BirthDate, Code::BirthDateInFuture), (Field::PassportIssueDate, Code::PassportIssuedInFuture)]
        );
    }

    #[test]
    fn a_blank_waits_up_to_three_years() {
        let series = PassportSeries::parse("4598").unwrap();
        for (issued, expected) in [
            ("31.12.1997", Err(Code::PassportSeriesAndDate)),
            ("01.02.1998", Ok(())),
            ("31.12.2001", Ok(())),
            ("01.01.2002", Err(Code::PassportSeriesAndDate)),
        ] {
            assert_eq!(check_series(&series, on(issued)), expected, "{issued}");
        }
        assert!(Code::PassportSeriesAndDate.is_warning());
    }
}
