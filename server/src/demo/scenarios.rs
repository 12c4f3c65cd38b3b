//! Records the stand-in registers hold from the start, so that every answer of a registry can be
//! seen. The numbers are well-formed (control digits included) and belong to nobody we know of;
//! use them with any name. The list is shown at `/demo/registries`.

use crate::integrations::registries::wire::Reason;
use std::time::Duration;

/// What the register says about a number, whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Differs(Reason, &'static [&'static str]),
    Unknown,
    /// No answer for so long after the first question; then as any other number.
    Down(Duration),
}

/// A number of one register and what is told about it.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// `passport` (series and number), `snils` or `inn`; digits only.
    pub register: &'static str,
    pub number: &'static str,
    pub outcome: Outcome,
    /// For the page: what the register holds and what the product does with it.
    pub words: &'static str,
}

pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        register: "passport",
        number: "4510900101",
        outcome: Outcome::Differs(Reason::Invalid, &["series", "number"]),
        words: "Паспорт недействителен. Заявка отклоняется, OTD-3102.",
    },
    Scenario {
        register: "passport",
        number: "4510900102",
        outcome: Outcome::Differs(Reason::DataDiffer, &["issue_date", "department_code"]),
        words: "В реестре другие дата выдачи и код подразделения. Требуется уточнение, OTD-3101.",
    },
    Scenario {
        register: "passport",
        number: "4510900103",
        outcome: Outcome::Differs(Reason::AnotherHolder, &["last_name", "first_name", "birth_date"]),
        words: "Паспорт выдан другому человеку. Требуется уточнение, OTD-3101.",
    },
    Scenario {
        register: "passport",
        number: "4510900104",
        outcome: Outcome::Down(Duration::from_secs(20)),
        words: "Реестр паспортов не отвечает 20 секунд после первого вопроса, потом данные сходятся. Проверка задерживается, отказа нет.",
    },
    Scenario {
        register: "passport",
        number: "4510900105",
        outcome: Outcome::Unknown,
        words: "Такого паспорта в реестре нет.",
    },
    Scenario {
        register: "snils",
        number: "15090010106",
        outcome: Outcome::Differs(Reason::AnotherHolder, &["snils"]),
        words: "СНИЛС записан на другого человека. Требуется уточнение, OTD-3103.",
    },
    Scenario {
        register: "snils",
        number: "15090010207",
        outcome: Outcome::Unknown,
        words: "Такого СНИЛС в реестре нет.",
    },
    Scenario {
        register: "inn",
        number: "770900101037",
        outcome: Outcome::Differs(Reason::AnotherHolder, &["inn"]),
        words: "ИНН принадлежит другому человеку. Требуется уточнение, OTD-3104.",
    },
    Scenario {
        register: "inn",
        number: "7709001014",
        outcome: Outcome::Differs(Reason::DataDiffer, &["kpp", "ogrn"]),
        words: "У организации с этим ИНН другие КПП и ОГРН. Требуется уточнение, OTD-3104.",
    },
];
