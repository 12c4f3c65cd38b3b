//! The answers of an application: raw as typed, and parsed into what cannot be wrong.

use super::state::names;
use crate::code::Code;
use crate::fields::{
    Address, BirthPlace, DepartmentCode, Email, Inn, Kpp, Ogrn, OrganisationName, Passport, PassportIssuer,
    PassportNumber, PassportSeries, PersonName, Phone, Postcode, Snils, check_field, check_series, dates,
    passport_dates,
};
use crate::form::{Field, FieldError, FieldErrors, Values};
use crate::reference::PostalObject;
use serde::{Deserialize, Serialize};
use time::Date;

names! {
    /// Who applies (REG-10).
    ApplicantKind {
        Citizen = "citizen",
        Organisation = "organisation",
    }
}

names! {
    /// The mailbox asked for (MBX-2 … MBX-5).
    MailboxKind {
        Ordinary = "ordinary",
        Electronic = "electronic",
        Combined = "combined",
        Corporate = "corporate",
    }
}

impl ApplicantKind {
    /// What the answers say; a citizen until told otherwise.
    pub fn of(values: &Values) -> ApplicantKind {
        ApplicantKind::from_name(values.get(Field::ApplicantKind)).unwrap_or(ApplicantKind::Citizen)
    }
}

impl MailboxKind {
    /// A box of paper letters stands in an office, so one has to be chosen.
    pub const fn needs_office(self) -> bool {
        !matches!(self, MailboxKind::Electronic)
    }

    /// A physical box needs the address proved (MBX-2, MBX-4).
    pub const fn needs_address_proof(self) -> bool {
        matches!(self, MailboxKind::Ordinary | MailboxKind::Combined)
    }
}

/// An organisation on whose behalf a person applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    pub name: OrganisationName,
    pub inn: Inn,
    pub kpp: Kpp,
    pub ogrn: Ogrn,
}

/// A place to live: the index and the address as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub postcode: Postcode,
    pub address: Address,
}

/// Answers that passed every rule that needs no outside knowledge.
#[derive(Clone, PartialEq, Eq)]
pub struct Application {
    pub last_name: PersonName,
    pub first_name: PersonName,
    /// Absent in some passports.
    pub middle_name: Option<PersonName>,
    pub birth_date: Date,
    pub birth_place: BirthPlace,
    pub organisation: Option<Organisation>,
    pub passport: Passport,
    pub passport_issued: Date,
    pub passport_issuer: PassportIssuer,
    pub department_code: DepartmentCode,
    pub snils: Snils,
    /// Optional for a citizen (C3).
    pub inn: Option<Inn>,
    pub phone: Phone,
    pub email: Email,
    pub registration: Place,
    /// Where the person lives; the registration address when they are the same.
    pub residence: Place,
    pub mailbox: MailboxKind,
    pub office: Option<Postcode>,
}

/// Dates of a person say nothing of themselves, so the whole prints nothing.
impl std::fmt::Debug for Application {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Application({})", self.mailbox.name())
    }
}

/// Everything wrong with the answers, in the order of the form.
pub fn check(values: &Values, today: Date) -> FieldErrors {
    match parse(values, today) {
        Ok(_) => FieldErrors(relations(values, today)),
        Err(errors) => errors,
    }
}

/// Warnings and relations between fields that parse well each by itself.
fn relations(values: &Values, today: Date) -> Vec<FieldError> {
    let mut found = Vec::new();
    let born = dates::parse_date(values.get(Field::BirthDate)).ok();
    let issued = dates::parse_date(values.get(Field::PassportIssueDate)).ok();
    if let (Some(born), Some(issued)) = (born, issued) {
        found.extend(passport_dates::check_dates(born, issued, today).into_iter().map(|(f, c)| FieldError::new(f, c)));
    }
    if let (Ok(series), Some(issued)) = (PassportSeries::parse(values.get(Field::PassportSeries)), issued)
        && let Err(code) = check_series(&series, issued)
    {
        found.push(FieldError::new(Field::PassportSeries, code));
    }
    if ApplicantKind::of(values) == ApplicantKind::Organisation {
        let inn = Inn::parse_organisation(values.get(Field::OrganisationInn));
        let kpp = Kpp::parse(values.get(Field::OrganisationKpp));
        if let (Ok(inn), Ok(kpp)) = (inn, kpp)
            && let Err(code) = kpp.agrees(&inn)
        {
            found.push(FieldError::new(Field::OrganisationKpp, code));
        }
        let inn = Inn::parse_organisation(values.get(Field::OrganisationInn));
        let ogrn = Ogrn::parse_organisation(values.get(Field::OrganisationOgrn));
        if let (Ok(inn), Ok(ogrn)) = (inn, ogrn)
            && let Err(code) = ogrn.agrees(&inn)
        {
            found.push(FieldError::new(Field::OrganisationOgrn, code));
        }
    }
    found
}

fn required<T>(values: &Values, field: Field, parse: impl FnOnce(&str) -> Result<T, Code>) -> Result<T, Code> {
    let text = values.get(field);
    if text.trim().is_empty() { Err(Code::Empty) } else { parse(text) }
}

fn optional<T>(values: &Values, field: Field, parse: impl FnOnce(&str) -> Result<T, Code>) -> Result<Option<T>, Code> {
    let text = values.get(field);
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

fn choice<T>(found: Option<T>) -> Result<T, Code> {
    found.ok_or(Code::UnknownChoice)
}

/// Parses all answers, or says everything that is wrong with them.
pub fn parse(values: &Values, today: Date) -> Result<Application, FieldErrors> {
    let mut errors = FieldErrors::default();
    let e = &mut errors;

    let kind =
        e.keep(Field::ApplicantKind, optional(values, Field::ApplicantKind, |t| choice(ApplicantKind::from_name(t))));
    let kind = kind.flatten().unwrap_or(ApplicantKind::Citizen);
    let last_name = e.keep(Field::LastName, required(values, Field::LastName, PersonName::parse));
    let first_name = e.keep(Field::FirstName, required(values, Field::FirstName, PersonName::parse));
    let middle_name = e.keep(Field::MiddleName, optional(values, Field::MiddleName, PersonName::parse));
    let birth_date = e.keep(
        Field::BirthDate,
        required(values, Field::BirthDate, |t| {
            let born = dates::parse_date(t)?;
            passport_dates::check_birth(born, today).map(|()| born)
        }),
    );
    let birth_place = e.keep(Field::BirthPlace, required(values, Field::BirthPlace, BirthPlace::parse));
    let organisation = match kind {
        ApplicantKind::Citizen => Some(None),
        ApplicantKind::Organisation => parse_organisation(values, e).map(Some),
    };

    let series = e.keep(Field::PassportSeries, required(values, Field::PassportSeries, PassportSeries::parse));
    let number = e.keep(Field::PassportNumber, required(values, Field::PassportNumber, PassportNumber::parse));
    let passport_issued =
        e.keep(Field::PassportIssueDate, required(values, Field::PassportIssueDate, dates::parse_date));
    let department_code =
        e.keep(Field::PassportDepartmentCode, required(values, Field::PassportDepartmentCode, DepartmentCode::parse));
    let passport_issuer = e.keep(Field::PassportIssuer, required(values, Field::PassportIssuer, PassportIssuer::parse));
    let snils = e.keep(Field::Snils, required(values, Field::Snils, Snils::parse));
    let inn = e.keep(Field::Inn, optional(values, Field::Inn, Inn::parse_person));

    let phone = e.keep(Field::Phone, required(values, Field::Phone, Phone::parse));
    let email = e.keep(Field::Email, required(values, Field::Email, Email::parse));
    let registration = parse_place(values, e, Field::RegistrationPostcode, Field::RegistrationAddress);
    let residence = if values.is_ticked(Field::ResidenceSame) {
        registration.clone()
    } else {
        parse_place(values, e, Field::ResidencePostcode, Field::ResidenceAddress)
    };

    let mailbox = e.keep(Field::MailboxKind, parse_mailbox(values, kind));
    let office = match mailbox {
        Some(m) if m.needs_office() => {
            e.keep(Field::OfficeIndex, required(values, Field::OfficeIndex, Postcode::parse)).map(Some)
        }
        _ => Some(None),
    };
    e.keep(Field::Purpose, optional(values, Field::Purpose, |t| check_field(Field::Purpose, t)));

    let parsed = (|| {
        Some(Application {
            last_name: last_name?,
            first_name: first_name?,
            middle_name: middle_name?,
            birth_date: birth_date?,
            birth_place: birth_place?,
            organisation: organisation?,
            passport: Passport::new(&series?, &number?),
            passport_issued: passport_issued?,
            passport_issuer: passport_issuer?,
            department_code: department_code?,
            snils: snils?,
            inn: inn?,
            phone: phone?,
            email: email?,
            registration: registration?,
            residence: residence?,
            mailbox: mailbox?,
            office: office?,
        })
    })();
    errors.0.extend(relations(values, today));
    in_form_order(&mut errors);
    match parsed {
        Some(application) if errors.0.iter().all(|e| e.code.is_warning()) => Ok(application),
        _ => Err(errors.naming(values)),
    }
}

fn in_form_order(errors: &mut FieldErrors) {
    let place = |field| super::Step::ALL.iter().flat_map(|s| s.all_fields()).position(|f| *f == field);
    errors.0.sort_by_key(|e| place(e.field));
    errors.0.dedup_by_key(|e| e.field);
}

fn parse_organisation(values: &Values, e: &mut FieldErrors) -> Option<Organisation> {
    let name = e.keep(Field::OrganisationName, required(values, Field::OrganisationName, OrganisationName::parse));
    let inn = e.keep(Field::OrganisationInn, required(values, Field::OrganisationInn, Inn::parse_organisation));
    let kpp = e.keep(Field::OrganisationKpp, required(values, Field::OrganisationKpp, Kpp::parse));
    let ogrn = e.keep(Field::OrganisationOgrn, required(values, Field::OrganisationOgrn, Ogrn::parse_organisation));
    Some(Organisation { name: name?, inn: inn?, kpp: kpp?, ogrn: ogrn? })
}

fn parse_place(values: &Values, e: &mut FieldErrors, postcode: Field, address: Field) -> Option<Place> {
    let code = e.keep(postcode, required(values, postcode, Postcode::parse));
    let text = e.keep(address, required(values, address, Address::parse));
    Some(Place { postcode: code?, address: text? })
}

/// The kind of box must suit the kind of applicant, both ways (REG-10, MBX-5).
fn parse_mailbox(values: &Values, kind: ApplicantKind) -> Result<MailboxKind, Code> {
    let mailbox = required(values, Field::MailboxKind, |t| choice(MailboxKind::from_name(t)))?;
    match (kind, mailbox) {
        (ApplicantKind::Citizen, MailboxKind::Corporate) => Err(Code::MailboxForOrganisationsOnly),
        (ApplicantKind::Organisation, MailboxKind::Corporate) => Ok(mailbox),
        (ApplicantKind::Organisation, _) => Err(Code::WrongApplicantKind),
        (ApplicantKind::Citizen, _) => Ok(mailbox),
    }
}

/// What the postal directory has to say about the answers; `find` looks an index up, `covered` tells
/// whether the directory knows the index' region at all (for some regions it has no data: warn only).
pub fn check_places(
    values: &Values,
    fields: &[Field],
    find: impl Fn(&str) -> Option<PostalObject>,
    covered: impl Fn(&str) -> bool,
) -> Vec<FieldError> {
    let mut found = Vec::new();
    let pairs = [
        (Field::RegistrationPostcode, Field::RegistrationAddress),
        (Field::ResidencePostcode, Field::ResidenceAddress),
    ];
    for (postcode_field, address_field) in pairs {
        if !fields.contains(&postcode_field) {
            continue;
        }
        let Ok(postcode) = Postcode::parse(values.get(postcode_field)) else {
            continue;
        };
        match find(postcode.as_str()) {
            None if covered(postcode.as_str()) => found.push(FieldError::new(postcode_field, Code::PostcodeUnknown)),
            None => found.push(FieldError::new(postcode_field, Code::PostcodeRegionNotInDirectory)),
            Some(object) if !object.kind.valid_in_address() => {
                found.push(FieldError::new(postcode_field, Code::PostcodeNotAnAddress));
            }
            Some(object) => {
                if let Ok(address) = Address::parse(values.get(address_field))
                    && let Err((code, detail)) = address.agrees(&object)
                {
                    found.push(FieldError::with(postcode_field, code, detail));
                }
            }
        }
    }
    if fields.contains(&Field::OfficeIndex)
        && let Ok(office) = Postcode::parse(values.get(Field::OfficeIndex))
    {
        match find(office.as_str()) {
            None => found.push(FieldError::new(Field::OfficeIndex, Code::OfficeUnknown)),
            Some(o) if !o.kind.serves_visitors() => {
                found.push(FieldError::new(Field::OfficeIndex, Code::OfficeNotForVisits));
            }
            Some(_) => {}
        }
    }
    found
}
