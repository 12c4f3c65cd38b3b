//! The five steps of the form, and which of them the answers have opened.

use super::answers::{ApplicantKind, MailboxKind, check};
use super::state::names;
use crate::form::{Field, FieldErrors, Values};
use serde::{Deserialize, Serialize};
use time::Date;

names! {
    /// A page of the form. Its name is the last part of the page's address.
    Step {
        Applicant = "applicant",
        Passport = "passport",
        Contacts = "contacts",
        Mailbox = "mailbox",
        Review = "review",
    }
}

impl Step {
    /// The fields the step asks for; those that do not concern the applicant are left out.
    pub fn fields(self, values: &Values) -> Vec<Field> {
        let organisation = ApplicantKind::of(values) == ApplicantKind::Organisation;
        let elsewhere = !values.is_ticked(Field::ResidenceSame);
        let office = MailboxKind::from_name(values.get(Field::MailboxKind)).is_none_or(MailboxKind::needs_office);
        self.all_fields()
            .iter()
            .copied()
            .filter(|f| match f {
                Field::OrganisationName | Field::OrganisationInn | Field::OrganisationKpp | Field::OrganisationOgrn => {
                    organisation
                }
                Field::ResidencePostcode | Field::ResidenceAddress => elsewhere,
                Field::OfficeIndex => office,
                _ => true,
            })
            .collect()
    }

    /// Every field the step can hold; what a save of the step may overwrite.
    pub const fn all_fields(self) -> &'static [Field] {
        match self {
            Step::Applicant => &[
                Field::ApplicantKind,
                Field::LastName,
                Field::FirstName,
                Field::MiddleName,
                Field::BirthDate,
                Field::BirthPlace,
                Field::OrganisationName,
                Field::OrganisationInn,
                Field::OrganisationKpp,
                Field::OrganisationOgrn,
            ],
            Step::Passport => &[
                Field::PassportSeries,
                Field::PassportNumber,
                Field::PassportIssueDate,
                Field::PassportDepartmentCode,
                Field::PassportIssuer,
                Field::Snils,
                Field::Inn,
            ],
            Step::Contacts => &[
                Field::Phone,
                Field::Email,
                Field::RegistrationPostcode,
                Field::RegistrationAddress,
                Field::ResidenceSame,
                Field::ResidencePostcode,
                Field::ResidenceAddress,
            ],
            Step::Mailbox => &[Field::MailboxKind, Field::OfficeIndex, Field::Purpose],
            Step::Review => &[Field::Consent],
        }
    }

    /// The step a field is asked on.
    pub fn of(field: Field) -> Option<Step> {
        Step::ALL.iter().copied().find(|s| s.all_fields().contains(&field))
    }

    /// Counted from 1, as people count.
    pub fn ordinal(self) -> u8 {
        1 + Step::ALL.iter().position(|s| *s == self).unwrap_or(0) as u8
    }

    pub fn next(self) -> Option<Step> {
        Step::ALL.get(usize::from(self.ordinal())).copied()
    }

    pub fn previous(self) -> Option<Step> {
        Step::ALL.get(usize::from(self.ordinal()).checked_sub(2)?).copied()
    }

    /// What is wrong with this step's answers, given all answers (relations cross steps).
    pub fn check(self, values: &Values, today: Date) -> FieldErrors {
        let mine = self.all_fields();
        FieldErrors(check(values, today).0.into_iter().filter(|e| mine.contains(&e.field)).collect())
    }

    /// The furthest step the answers open: the first one that still stops, or review.
    pub fn reachable(values: &Values, today: Date) -> Step {
        let errors = check(values, today);
        Step::ALL
            .iter()
            .copied()
            .find(|s| errors.0.iter().any(|e| !e.code.is_warning() && s.all_fields().contains(&e.field)))
            .unwrap_or(Step::Review)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_asked_for_only_where_a_box_stands_in_one() {
        let asked = |kind: &str| {
            let values: Values = [(Field::MailboxKind, kind.to_owned())].into_iter().collect();
            Step::Mailbox.fields(&values).contains(&Field::OfficeIndex)
        };
        assert!(asked("ordinary") && asked("combined") && asked("corporate"));
        assert!(!asked("electronic"));
        assert!(asked(""), "not chosen yet: the page shows what may be needed");
    }
}
