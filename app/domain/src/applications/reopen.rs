//! What a clarification opens: the fields it names, and nothing that was found to be right (E3).

use super::state::Reason;
use super::step::Step;
use crate::form::Field;

/// Answers that are one thing: whoever corrects one may have to correct the others.
const TOGETHER: &[&[Field]] = &[
    &[
        Field::PassportSeries,
        Field::PassportNumber,
        Field::PassportIssueDate,
        Field::PassportDepartmentCode,
        Field::PassportIssuer,
    ],
    &[Field::RegistrationPostcode, Field::RegistrationAddress],
    &[Field::ResidenceSame, Field::ResidencePostcode, Field::ResidenceAddress],
    &[Field::OrganisationName, Field::OrganisationInn, Field::OrganisationKpp, Field::OrganisationOgrn],
    &[Field::MailboxKind, Field::OfficeIndex],
];

/// The answers that stay as they are while these reasons are answered. A question that names no field leaves all open.
pub fn locked(reasons: &[Reason]) -> Vec<Field> {
    let named: Vec<Field> = reasons.iter().flat_map(|r| r.fields.iter().copied()).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let open = |field: &Field| {
        named.contains(field)
            || TOGETHER.iter().any(|group| group.contains(field) && named.iter().any(|n| group.contains(n)))
    };
    let asked = Step::ALL.iter().filter(|step| **step != Step::Review).flat_map(|step| step.all_fields());
    asked.copied().filter(|field| !open(field)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;

    fn asked(fields: &[Field]) -> Vec<Field> {
        locked(&[Reason::new(Code::RegistrySnilsMismatch, fields)])
    }

    #[test]
    fn only_what_is_named_opens() {
        let locked = asked(&[Field::Snils]);
        assert!(!locked.contains(&Field::Snils));
        assert!(locked.contains(&Field::LastName) && locked.contains(&Field::PassportNumber));
        assert!(!locked.contains(&Field::Consent), "consent is given anew each time");
    }

    #[test]
    fn a_passport_is_one_thing() {
        let locked = asked(&[Field::PassportIssueDate]);
        assert!(!locked.contains(&Field::PassportSeries) && !locked.contains(&Field::PassportIssuer));
        assert!(locked.contains(&Field::Snils));
    }

    #[test]
    fn a_question_without_fields_locks_nothing() {
        assert!(asked(&[]).is_empty());
        assert!(locked(&[]).is_empty());
    }
}
