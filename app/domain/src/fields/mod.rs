//! Every field of every form: what may be typed, how it is stored, how it is shown.
//!
//! All types have one shape: `parse(&str) -> Result<Self, Code>`, `as_str()` for storage,
//! `Display` for people, serde as the stored text, and a `Debug` that tells nothing. To add a
//! field: one file here with its type and tests, one line in [`check_field`] and, when people see
//! it grouped, one in [`format_field`].

mod birth_place;
mod card_number;
pub mod dates;
mod department_code;
mod email;
mod inn;
mod kpp;
mod ogrn;
mod organisation_name;
mod passport;
pub mod passport_dates;
mod passport_issuer;
mod passport_number;
mod passport_series;
pub mod password;
mod person_name;
mod phone;
mod postcode;
mod prose;
mod snils;
mod track_number;
pub(crate) mod typed;

pub use birth_place::BirthPlace;
pub use card_number::{CardNumber, CardSystem};
pub use department_code::DepartmentCode;
pub use email::Email;
pub use inn::Inn;
pub use kpp::Kpp;
pub use ogrn::Ogrn;
pub use organisation_name::OrganisationName;
pub use passport::Passport;
pub use passport_dates::check_dates;
pub use passport_issuer::PassportIssuer;
pub use passport_number::PassportNumber;
pub use passport_series::PassportSeries;
pub use person_name::PersonName;
pub use phone::Phone;
pub use postcode::Postcode;
pub use snils::Snils;
pub use track_number::{TrackKind, TrackNumber};
