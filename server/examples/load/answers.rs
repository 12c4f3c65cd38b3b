//! Answers of invented citizens, each with numbers of their own.

use domain::{Field, Values};

/// The answers of the n-th citizen: correct in every digit, so that the registries agree.
pub fn answers(n: u64) -> Values {
    let pairs = [
        (Field::ApplicantKind, "citizen".to_owned()),
        (Field::LastName, "Соколова".to_owned()),
        (Field::FirstName, "Анна".to_owned()),
        (Field::MiddleName, "Павловна".to_owned()),
        (Field::BirthDate, "21.03.2000".to_owned()),
        (Field::BirthPlace, "г. Новосибирск".to_owned()),
        // Of twenty issued after the twentieth birthday: a million numbers each.
        (Field::PassportSeries, format!("50{:02}", 20 + n / 900_000)),
        (Field::PassportNumber, format!("{:06}", 100_000 + n % 900_000)),
        (Field::PassportIssueDate, "25.04.2020".to_owned()),
        (Field::PassportDepartmentCode, "540-001".to_owned()),
        (Field::PassportIssuer, "ГУ МВД РОССИИ ПО НОВОСИБИРСКОЙ ОБЛ.".to_owned()),
        (Field::Snils, snils(n)),
        (Field::Inn, inn(n)),
        (Field::Phone, format!("+7913{n:07}")),
        (Field::Email, format!("citizen.{n}@example.org")),
        (Field::RegistrationPostcode, "630099".to_owned()),
        (Field::RegistrationAddress, format!("г. Новосибирск, ул. Советская, д. 5, кв. {}", n % 500 + 1)),
        (Field::ResidenceSame, "yes".to_owned()),
        (Field::MailboxKind, "electronic".to_owned()),
    ];
    pairs.into_iter().collect()
}

/// The sum of digit × weight.
fn weighted(digits: &str, weights: &[u64]) -> u64 {
    digits.bytes().zip(weights).map(|(digit, weight)| u64::from(digit - b'0') * weight).sum()
}

pub fn snils(n: u64) -> String {
    let digits = (2_000_000 + n).to_string();
    let digits = format!("{digits:0>9}");
    let control = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100;
    format!("{}-{}-{} {control:02}", &digits[..3], &digits[3..6], &digits[6..])
}

fn inn(n: u64) -> String {
    let ten = format!("540{n:07}");
    let eleven = format!("{ten}{}", weighted(&ten, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10);
    format!("{eleven}{}", weighted(&eleven, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10)
}
