//! What a person, a screen reader and an archive find in an issued document.

#![expect(clippy::unwrap_used, reason = "a test may")]

mod pdf;

use documents::{
    DocumentError, Lang, Office, Receipt, Record, RegistrationCertificate, Section, receipt, record,
    registration_certificate,
};
use pdf::Pdf;
use time::macros::date;

fn sample() -> Receipt {
    Receipt {
        lang: Lang::Ru,
        number: "2026-7Q4K-93".to_owned(),
        service: "Регистрация в почтовой службе".to_owned(),
        submitted_at: "20.11.2026, 14:36 МСК".to_owned(),
        due_at: "22.11.2026, 14:36 МСК".to_owned(),
        applicant: "С. Анна П.".to_owned(),
        mailbox: "Комбинированный".to_owned(),
        office: Some(Office { index: "630099".to_owned(), name: "Новосибирск 99".to_owned() }),
        verify_url: "https://otdelenie.example/verify/2026-7Q4K-93".to_owned(),
        issued_on: date!(2026 - 11 - 20),
    }
}

#[test]
fn the_receipt_says_in_searchable_text_what_was_filed() {
    let text = Pdf::read(&receipt(&sample()).unwrap()).text();
    for said in [
        "Квитанция о подаче заявления",
        "2026-7Q4K-93",
        "Регистрация в почтовой службе",
        "20.11.2026, 14:36 МСК",
        "22.11.2026, 14:36 МСК",
        "С. Анна П.",
        "Комбинированный",
        "630099, Новосибирск 99",
        "https://otdelenie.example/verify/2026-7Q4K-93",
        "Страница 1 / 1",
    ] {
        assert!(text.contains(&squeeze(said)), "«{said}» is not in: {text}");
    }
}

#[test]
fn the_receipt_is_an_archive_document_that_can_be_read_aloud() {
    let pdf = Pdf::read(&receipt(&sample()).unwrap());
    for mark in ["/StructTreeRoot", "/ToUnicode", "/MarkInfo", "/Lang(ru", "/FontFile", "/OutputIntent", "/Alt"] {
        assert!(pdf.has(mark), "no {mark}");
    }
    for mark in
        ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1</pdfuaid:part>"]
    {
        assert!(pdf.has(mark), "no {mark}");
    }
    assert!(pdf.has("2026-11-20"), "the date of filing is in the metadata");
}

#[test]
fn a_record_says_all_its_rows_and_no_empty_heading() {
    let section = |title: &str, rows: &[(&str, &str)]| Section {
        title: title.to_owned(),
        rows: rows.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
    };
    let data = Record {
        lang: Lang::Ru,
        title: "Что мы о вас храним".to_owned(),
        lead: "На дату выдачи.".to_owned(),
        id: "22.11.2026".to_owned(),
        sections: vec![
            section("Профиль", &[("Фамилия", "#strong[Синицына]"), ("Почта", "anna@example.org")]),
            section("Ящики", &[]),
        ],
        issued_on: date!(2026 - 11 - 22),
    };
    let text = Pdf::read(&record(&data).unwrap()).text();
    for said in ["Что мы о вас храним", "Профиль", "#strong[Синицына]", "anna@example.org", "Страница 1 / 1"]
    {
        assert!(text.contains(&squeeze(said)), "«{said}» is not in: {text}");
    }
    assert!(!text.contains(&squeeze("Ящики")));
}

#[test]
fn an_english_speaker_gets_an_english_receipt() {
    let pdf = Pdf::read(&receipt(&Receipt { lang: Lang::En, ..sample() }).unwrap());
    assert!(pdf.has("/Lang(en"));
    assert!(pdf.text().contains(&squeeze("Receipt of application")));
}

#[test]
fn an_electronic_mailbox_names_no_office() {
    let text = Pdf::read(&receipt(&Receipt { office: None, ..sample() }).unwrap()).text();
    assert!(!text.contains(&squeeze("Отделение связи")));
}

#[test]
fn markup_typed_by_a_stranger_is_printed_not_run() {
    let hostile = r##"#panic("x") $1/0$ *b* _i_ ] [ } { \ @ref <tag> `raw` // /* */ = h #include "x" — «№ ₽»"##;
    let text = Pdf::read(&receipt(&Receipt { applicant: hostile.to_owned(), ..sample() }).unwrap()).text();
    assert!(text.contains(&squeeze(hostile)), "{text}");
}

#[test]
fn characters_without_a_glyph_and_invisible_ones_do_not_stop_a_receipt() {
    let hostile = "Анна\u{202e}漢字\u{200b}😀\0\n\u{1f1f7}\u{301}и\u{306}ѕ";
    let text = Pdf::read(&receipt(&Receipt { applicant: hostile.to_owned(), ..sample() }).unwrap()).text();
    assert!(text.contains("Анна???"), "{text}");
}

#[test]
fn every_naughty_string_gets_its_receipt() {
    let strings = [
        "",
        " ",
        "\u{feff}",
        "-",
        "+",
        "/ term: x",
        "1.",
        "~",
        "---",
        "...",
        "\"",
        "'",
        "\\u{41}",
        "%s",
        "{due}",
        "<!--",
    ];
    for value in strings {
        let data =
            Receipt { applicant: value.to_owned(), service: value.to_owned(), mailbox: value.to_owned(), ..sample() };
        assert!(receipt(&data).is_ok(), "{value:?}");
    }
    let long = "Щ".repeat(100_000);
    assert!(receipt(&Receipt { applicant: long, ..sample() }).unwrap().len() < 200_000);
}

#[test]
fn an_endless_address_is_refused_without_naming_anyone() {
    let error = receipt(&Receipt { verify_url: "x".repeat(5000), ..sample() }).unwrap_err();
    assert_eq!(error, DocumentError::QrTooLong);
}

#[test]
fn the_same_data_give_the_same_bytes() {
    assert_eq!(receipt(&sample()).unwrap(), receipt(&sample()).unwrap());
}

#[test]
fn debug_names_nobody() {
    assert_eq!(format!("{:?}", sample()), "Receipt(..)");
}

#[test]
fn the_certificate_carries_the_registration_number() {
    let data = RegistrationCertificate {
        lang: Lang::Ru,
        registration_number: "ПС-54-0004821".to_owned(),
        application_number: "2026-7Q4K-93".to_owned(),
        applicant: "С. Анна П.".to_owned(),
        mailbox: "Электронный".to_owned(),
        office: None,
        approved_at: "20.11.2026, 14:41 МСК".to_owned(),
        verify_url: "https://otdelenie.example/verify/2026-7Q4K-93".to_owned(),
        issued_on: date!(2026 - 11 - 20),
    };
    let pdf = Pdf::read(&registration_certificate(&data).unwrap());
    let text = pdf.text();
    assert!(text.contains(&squeeze("Свидетельство о регистрации")) && text.contains("ПС-54-0004821"), "{text}");
    assert!(pdf.has("<pdfuaid:part>1</pdfuaid:part>"));
    let english = Pdf::read(&registration_certificate(&RegistrationCertificate { lang: Lang::En, ..data }).unwrap());
    assert!(english.text().contains(&squeeze("Certificate of registration")));
}

/// Text of a PDF has no reliable spaces; both sides are compared without them.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
