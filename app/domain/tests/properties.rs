//! What holds for any input at all.
#![cfg(not(target_arch = "wasm32"))]

use domain::Field;
use domain::fields::{
    Address, Inn, Kpp, Ogrn, Passport, Phone, Snils, TrackNumber, check_field, dates, format_field, password,
};
use proptest::prelude::*;

/// Text near enough to the fields to get past their first line.
fn plausible() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 ()+.\u{a0}\u{2011}\u{2212}-]{0,24}",
        "[А-ЯЁа-яё0-9 .,'/-]{0,60}",
        "[A-Za-z0-9@._ -]{0,30}",
        "[0-3][0-9][.][01][0-9][.](19|20)[0-9]{2}",
        "(г|ул|д|кв|обл|респ)[.] ?[А-Яа-я]{1,9}(, (ул|д|кв)[.] ?[0-9А-Яа-я]{1,6}){0,4}",
    ]
}

/// Completes a number with the one check digit among ten that fits.
fn completed<T>(prefix: &str, suffix: &str, parse: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
    let mut fitting: Vec<T> = (0..10).filter_map(|digit| parse(&format!("{prefix}{digit}{suffix}"))).collect();
    let count = fitting.len();
    fitting.pop().map(|one| (one, count))
}

proptest! {
    #[test]
    fn nothing_panics_and_normalising_twice_changes_nothing(text in plausible()) {
        for field in Field::ALL.iter().copied() {
            let stored = check_field(field, &text);
            let shown = format_field(field, &text);
            prop_assert_eq!(stored.is_ok(), shown.is_some());
            if let (Ok(stored), Some(shown)) = (stored, shown) {
                // Dates are stored in another form than they are typed in.
                if !matches!(field, Field::BirthDate | Field::PassportIssueDate) {
                    prop_assert_eq!(check_field(field, &stored), Ok(stored.clone()));
                }
                prop_assert_eq!(check_field(field, &shown), Ok(stored));
            }
        }
        let _ = (Inn::parse(&text), Passport::parse(&text), password::check(&text));
    }

    #[test]
    fn what_surrounds_a_value_never_matters(text in plausible(), before in "[ \t\r\n\u{a0}]{0,3}", after in "[ \t\r\n\u{a0}]{0,3}") {
        let pasted = format!("{before}{text}{after}");
        for field in Field::ALL.iter().copied() {
            let taken_as_it_stands = [Field::Password, Field::PasswordAgain, Field::Consent, Field::ResidenceSame, Field::TrustDevice, Field::LostFactors];
            if !taken_as_it_stands.contains(&field) {
                prop_assert_eq!(check_field(field, &pasted), check_field(field, &text), "{}", field.id());
            }
        }
    }

    #[test]
    fn dates_round_trip(day in 2_415_021i32..2_488_069) {
        let date = time::Date::from_julian_day(day).unwrap();
        prop_assert_eq!(dates::parse_date(&dates::format_date(date)), Ok(date));
    }

    #[test]
    fn phones_round_trip(number in "9[0-9]{9}") {
        let phone = Phone::parse(&number).unwrap();
        prop_assert_eq!(Phone::parse(&phone.to_string()), Ok(phone.clone()));
        prop_assert_eq!(Phone::parse(phone.as_str()), Ok(phone.clone()));
        prop_assert!(!phone.masked().contains(&number[3..8]));
    }

    #[test]
    fn one_pair_of_control_digits_fits_a_snils(serial in 1_001_999u32..1_000_000_000) {
        let fitting: Vec<Snils> = (0..100)
            .filter_map(|control| Snils::parse(&format!("{serial:09}{control:02}")).ok())
            .collect();
        prop_assert_eq!(fitting.len(), 1);
        prop_assert_eq!(Snils::parse(&fitting[0].to_string()), Ok(fitting[0].clone()));
    }

    #[test]
    fn one_check_digit_fits_the_rest(nine in "[1-9][0-9]{8}", s10 in "[CELMRUVZ][A-Z][0-9]{8}", ogrn in "[15][0-9]{11}", item in "[0-9]{13}") {
        let (inn, count) = completed(&nine, "", |n| Inn::parse_organisation(n).ok()).unwrap();
        prop_assert_eq!((Inn::parse(&inn.to_string()), count), (Ok(inn), 1));
        let (ogrn, count) = completed(&ogrn, "", |n| Ogrn::parse(n).ok()).unwrap();
        prop_assert_eq!((Ogrn::parse(&ogrn.to_string()), count), (Ok(ogrn), 1));
        let (track, count) = completed(&s10, "RU", |n| TrackNumber::parse(n).ok()).unwrap();
        prop_assert_eq!((TrackNumber::parse(&track.to_string()), count), (Ok(track), 1));
        let (track, count) = completed(&item, "", |n| TrackNumber::parse(n).ok()).unwrap();
        prop_assert_eq!((TrackNumber::parse(&track.to_string()), count), (Ok(track), 1));
    }

    #[test]
    fn stored_text_survives_serde(kpp in "[0-9]{4}[0-9A-Z]{2}[0-9]{3}") {
        let kpp = Kpp::parse(&kpp).unwrap();
        let json = serde_json::to_string(&kpp).unwrap();
        prop_assert_eq!(serde_json::from_str::<Kpp>(&json).unwrap(), kpp);
    }

    #[test]
    fn nothing_personal_reaches_a_debug_line(number in "9[0-9]{9}", house in 1u16..999) {
        let shown = format!("{:?}", (Phone::parse(&number), Address::parse(&format!("г. Самара, ул. Мира, д. {house}"))));
        prop_assert_eq!(shown, "(Ok(Phone(***)), Ok(Address(***)))");
    }
}
