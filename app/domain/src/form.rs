//! What every form is made of: named fields, what was typed into them, and what is wrong with it.
//!
//! Pages and the server hand each other [`Values`] (raw text, nothing lost) and get
//! [`FieldErrors`] back; the same check runs on both sides.

use crate::code::Code;
use serde::{Deserialize, Serialize};

macro_rules! fields {
    ($($name:ident = $id:literal,)*) => {
        /// A form control. Its [`id`](Field::id) is the HTML id and name, and never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Field { $(#[serde(rename = $id)] $name,)* }

        impl Field {
            /// All controls.
            pub const ALL: &'static [Field] = &[$(Field::$name,)*];
            /// The control's id and name.
            pub const fn id(self) -> &'static str {
                match self { $(Field::$name => $id,)* }
            }
            /// The control with this id.
            pub fn from_id(id: &str) -> Option<Field> {
                match id { $($id => Some(Field::$name),)* _ => None }
            }
        }
    };
}

impl Field {
    /// Typed anew each time: never shown again, never kept.
    pub const fn is_secret(self) -> bool {
        matches!(self, Field::Password | Field::PasswordAgain | Field::Code | Field::TotpCode | Field::BackupCode)
    }
}

fields! {
    ApplicantKind = "applicant_kind",
    LastName = "last_name",
    FirstName = "first_name",
    MiddleName = "middle_name",
    BirthDate = "birth_date",
    BirthPlace = "birth_place",
    PassportSeries = "passport_series",
    PassportNumber = "passport_number",
    PassportIssueDate = "passport_issue_date",
    PassportIssuer = "passport_issuer",
    PassportDepartmentCode = "passport_department_code",
    Snils = "snils",
    Inn = "inn",
    Phone = "phone",
    Email = "email",
    RegistrationPostcode = "registration_postcode",
    RegistrationAddress = "registration_address",
    ResidenceSame = "residence_same",
    ResidencePostcode = "residence_postcode",
    ResidenceAddress = "residence_address",
    MailboxKind = "mailbox_kind",
    OfficeIndex = "office_index",
    OrganisationName = "organisation_name",
    OrganisationInn = "organisation_inn",
    OrganisationKpp = "organisation_kpp",
    OrganisationOgrn = "organisation_ogrn",
    Consent = "consent",
    Password = "password",
    PasswordAgain = "password_again",
    Code = "code",
    TotpCode = "totp_code",
    BackupCode = "backup_code",
    AppName = "app_name",
    TrustDevice = "trust_device",
    Login = "login",
    TrackNumber = "track_number",
    CardNumber = "card_number",
    Purpose = "purpose",
    DocumentKind = "document_kind",
    Document = "document",
    Grounds = "grounds",
    MemberContact = "member_contact",
    MemberRole = "member_role",
    PassportScan = "passport_scan",
    InnScan = "inn_scan",
    LostFactors = "lost_factors",
    NewPhone = "new_phone",
    NewEmail = "new_email",
}

/// What was typed, by field, untouched. An absent field reads as empty.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(Vec<(Field, String)>);

/// Typed text is personal data: how much of it there is may be printed, never what it says.
impl core::fmt::Debug for Values {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Values({} fields)", self.0.len())
    }
}

impl Values {
    pub fn get(&self, field: Field) -> &str {
        self.0.iter().find(|(f, _)| *f == field).map_or("", |(_, v)| v)
    }

    pub fn set(&mut self, field: Field, value: impl Into<String>) {
        let value = value.into();
        match self.0.iter_mut().find(|(f, _)| *f == field) {
            Some((_, old)) => *old = value,
            None => self.0.push((field, value)),
        }
    }

    /// A checkbox: any value but an empty one is ticked.
    pub fn is_ticked(&self, field: Field) -> bool {
        !self.get(field).is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(f, v)| (*f, v.as_str()))
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, v)| v.trim().is_empty())
    }

    /// Takes over the given fields from `newer`, so that one step cannot overwrite another's answers.
    pub fn take(&mut self, newer: &Values, fields: &[Field]) {
        for field in fields {
            self.set(*field, newer.get(*field));
        }
    }

    /// Only the given fields.
    pub fn only(&self, fields: &[Field]) -> Values {
        Values(self.0.iter().filter(|(f, _)| fields.contains(f)).cloned().collect())
    }
}

impl FromIterator<(Field, String)> for Values {
    fn from_iter<I: IntoIterator<Item = (Field, String)>>(iter: I) -> Self {
        let mut values = Values::default();
        for (field, value) in iter {
            values.set(field, value);
        }
        values
    }
}

/// One thing wrong with one field. `detail` fills the `{}` of the message where it has one
/// (the town an index belongs to, a limit).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: Field,
    pub code: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl core::fmt::Debug for FieldError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.field.id(), self.code)
    }
}

impl FieldError {
    pub fn new(field: Field, code: Code) -> Self {
        FieldError { field, code, detail: None }
    }
    pub fn with(field: Field, code: Code, detail: impl Into<String>) -> Self {
        FieldError { field, code, detail: Some(detail.into()) }
    }
}

/// Everything wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldErrors(pub Vec<FieldError>);

impl FieldErrors {
    pub fn push(&mut self, field: Field, code: Code) {
        self.0.push(FieldError::new(field, code));
    }

    /// Keeps the value of a check, or notes its refusal for `field`.
    pub fn keep<T>(&mut self, field: Field, result: Result<T, Code>) -> Option<T> {
        result.map_err(|code| self.push(field, code)).ok()
    }

    /// Says which character does not belong, wherever one does not, and how many digits there are at most.
    pub fn naming(mut self, values: &Values) -> FieldErrors {
        for error in self.0.iter_mut().filter(|e| e.code == Code::WrongCharacter && e.detail.is_none()) {
            error.detail = crate::fields::wrong_character(error.field, values.get(error.field)).map(String::from);
        }
        for error in self.0.iter_mut().filter(|e| e.code == Code::TooLong && e.detail.is_none()) {
            error.detail = crate::fields::digits_of(error.field).map(str::to_owned);
        }
        self
    }

    pub fn of(&self, field: Field) -> Option<&FieldError> {
        self.0.iter().find(|e| e.field == field)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `Ok` when nothing stops the form; warnings do not.
    pub fn stop(self) -> Result<(), FieldErrors> {
        if self.0.iter().all(|e| e.code.is_warning()) { Ok(()) } else { Err(self) }
    }
}
