//! Who says yes in a demonstration. Invented; the numbers are well-formed and belong to nobody we know of.

use domain::accounts::doors::Door;
use serde_json::{Value, json};

pub struct Person {
    /// In addresses and forms.
    pub id: &'static str,
    last_name: &'static str,
    first_name: &'static str,
    middle_name: &'static str,
    birth_date: &'static str,
    passport: (&'static str, &'static str),
    snils: &'static str,
    inn: &'static str,
    phone: &'static str,
    email: &'static str,
    /// Whether the provider has proved phone and e-mail.
    proved: bool,
}

pub const PEOPLE: &[Person] = &[
    Person {
        id: "vera",
        last_name: "Климова",
        first_name: "Вера",
        middle_name: "Олеговна",
        birth_date: "1994-03-21",
        passport: ("5014", "417203"),
        snils: "17090100123",
        inn: "540570123451",
        phone: "+79135550101",
        email: "vera.klimova@example.org",
        proved: true,
    },
    Person {
        id: "oleg",
        last_name: "Сафонов",
        first_name: "Олег",
        middle_name: "Игоревич",
        birth_date: "1988-11-02",
        passport: ("4509", "652418"),
        snils: "17090100224",
        inn: "770170123476",
        phone: "+79165550102",
        email: "oleg.safonov@example.org",
        proved: true,
    },
    Person {
        id: "zoya",
        last_name: "Беляева",
        first_name: "Зоя",
        middle_name: "Львовна",
        birth_date: "1979-07-30",
        passport: ("4024", "118846"),
        snils: "17090100325",
        inn: "781270123414",
        phone: "+79215550103",
        email: "zoya.belyaeva@example.org",
        proved: false,
    },
];

impl Person {
    pub fn find(id: &str) -> Option<&'static Person> {
        PEOPLE.iter().find(|person| person.id == id)
    }

    pub fn name(&self) -> String {
        format!("{} {} {}", self.last_name, self.first_name, self.middle_name)
    }

    /// For the page: what is special about them.
    pub const fn about(&self) -> &'static str {
        if self.proved {
            "телефон и почта проверены"
        } else {
            "телефон и почта не проверены"
        }
    }

    /// Each provider calls the same person by another name.
    pub(super) fn subject(&self, door: Door) -> String {
        format!("{}-{}", door.name(), self.id)
    }

    /// Passport, СНИЛС and ИНН are what Госуслуги knows beside a bank.
    pub(super) fn claims(&self, door: Door) -> Value {
        let mut claims = json!({
            "sub": self.subject(door),
            "family_name": self.last_name,
            "given_name": self.first_name,
            "middle_name": self.middle_name,
            "birthdate": self.birth_date,
            "phone_number": self.phone,
            "phone_number_verified": self.proved,
            "email": self.email,
            "email_verified": self.proved,
            "passport_series": self.passport.0,
            "passport_number": self.passport.1,
        });
        if door == Door::Gosuslugi {
            claims["snils"] = json!(self.snils);
            claims["inn"] = json!(self.inn);
        }
        claims
    }
}
