//! Which forms are judged while they are filled in, by the id of their `<form>`.

use domain::accounts::{self, LOGIN, REGISTER};
use domain::applications::{Step, check};
use domain::{Field, FieldErrors, Values};
use time::Date;

/// What is wrong with the answers on a day; relations between fields included.
pub type Check = fn(&Values, Date) -> FieldErrors;

/// A form's fields in their order, and its rules.
#[derive(Clone, Copy)]
pub struct Judged {
    pub fields: &'static [Field],
    pub check: Check,
}

pub const REHEARSAL: &str = "rehearsal";
pub const SIGN_UP: &str = "register";
pub const SIGN_IN: &str = "login-form";

/// What can be judged without knowing the person: everything but the choice of a box and consent.
const REHEARSED: &[Field] = &[
    Field::LastName,
    Field::FirstName,
    Field::MiddleName,
    Field::BirthDate,
    Field::PassportSeries,
    Field::PassportNumber,
    Field::PassportIssueDate,
    Field::PassportDepartmentCode,
    Field::PassportIssuer,
    Field::Snils,
    Field::Inn,
    Field::Phone,
    Field::Email,
    Field::RegistrationPostcode,
    Field::RegistrationAddress,
];

/// Refusals among the rehearsed fields; an empty form is judged as a whole, so that it says what will be needed.
pub fn rehearse(values: &Values, today: Date) -> FieldErrors {
    FieldErrors(check(values, today).0.into_iter().filter(|e| REHEARSED.contains(&e.field)).collect())
}

pub const fn rehearsal() -> Judged {
    Judged { fields: REHEARSED, check: rehearse }
}

pub fn sign_up() -> Judged {
    Judged { fields: REGISTER, check: |values, _| accounts::sign_up(values).err().unwrap_or_default() }
}

pub fn sign_in() -> Judged {
    Judged { fields: LOGIN, check: |values, _| accounts::login(values) }
}

/// The id of a step's form.
pub const fn step_id(step: Step) -> &'static str {
    match step {
        Step::Applicant => "step-applicant",
        Step::Passport => "step-passport",
        Step::Contacts => "step-contacts",
        Step::Mailbox => "step-mailbox",
        Step::Review => "step-review",
    }
}

/// What a step asks; review asks nothing that could be judged while it is typed.
pub fn step(step: Step) -> Judged {
    let check: Check = match step {
        Step::Applicant => |v, d| Step::Applicant.check(v, d),
        Step::Passport => |v, d| Step::Passport.check(v, d),
        Step::Contacts => |v, d| Step::Contacts.check(v, d),
        Step::Mailbox => |v, d| Step::Mailbox.check(v, d),
        Step::Review => |_, _| FieldErrors::default(),
    };
    Judged { fields: step.all_fields(), check }
}

/// The form with this id, as far as its page alone holds what its rules ask for: a mailbox is judged by who applies,
/// which another step knows.
pub fn of(id: &str) -> Option<Judged> {
    match id {
        REHEARSAL => Some(rehearsal()),
        SIGN_UP => Some(sign_up()),
        SIGN_IN => Some(sign_in()),
        _ => [Step::Applicant, Step::Passport, Step::Contacts].into_iter().find(|s| step_id(*s) == id).map(step),
    }
}
