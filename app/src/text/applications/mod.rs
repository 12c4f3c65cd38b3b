//! Wording of the application: statuses, stages, steps and mailboxes (STS-1…STS-5, MBX-1…MBX-6).
//!
//! One struct per language, so that a wording missing in either does not compile. Who knows the
//! state machine picks the field; nothing here depends on it.

mod en;
mod ru;
#[cfg(test)]
mod tests;

use super::Lang;

/// The wording in one language.
pub struct Applications {
    pub in_review: Status,
    pub needs_clarification: Status,
    pub awaiting_confirmation: Status,
    pub approved: Status,
    pub rejected: Status,
    pub expired: Status,
    pub withdrawn: Status,

    pub intake: Stage,
    pub document_check: Stage,
    pub agreement: Stage,
    pub issue: Stage,

    pub applicant: Step,
    pub passport: Step,
    pub contacts: Step,
    pub mailbox: Step,
    pub review: Step,

    pub ordinary: Mailbox,
    pub electronic: Mailbox,
    pub combined: Mailbox,
    pub corporate: Mailbox,
    pub criteria: Criteria,

    /// Who applies (REG-10).
    pub citizen: &'static str,
    pub organisation: &'static str,
}

/// What a status is called and what it asks of the person.
pub struct Status {
    pub name: &'static str,
    /// What has happened.
    pub meaning: &'static str,
    /// What happens next, or what to do.
    pub next: &'static str,
}

/// One of the four stages (STS-3).
pub struct Stage {
    pub name: &'static str,
    /// What is done in it.
    pub meaning: &'static str,
}

/// One of the five steps of the form.
pub struct Step {
    pub title: &'static str,
    /// What to have at hand.
    pub prepare: &'static str,
}

/// A kind of mailbox by the four criteria of choice (MBX-6).
pub struct Mailbox {
    pub name: &'static str,
    pub purpose: &'static str,
    pub access: &'static str,
    pub cost: &'static str,
    pub documents: &'static str,
}

/// The names of the criteria.
pub struct Criteria {
    pub purpose: &'static str,
    pub access: &'static str,
    pub cost: &'static str,
    pub documents: &'static str,
}

/// The wording in `lang`.
pub fn applications(lang: Lang) -> &'static Applications {
    match lang {
        Lang::Ru => &ru::RU,
        Lang::En => &en::EN,
    }
}

impl Applications {
    /// In the order of the contract's `data-status`: in_review, needs_clarification,
    /// awaiting_confirmation, approved, rejected, expired, withdrawn.
    pub fn statuses(&self) -> [&Status; 7] {
        [
            &self.in_review,
            &self.needs_clarification,
            &self.awaiting_confirmation,
            &self.approved,
            &self.rejected,
            &self.expired,
            &self.withdrawn,
        ]
    }

    /// In the order they are passed: intake, document_check, agreement, issue.
    pub fn stages(&self) -> [&Stage; 4] {
        [
            &self.intake,
            &self.document_check,
            &self.agreement,
            &self.issue,
        ]
    }

    /// In the order they are filled in: applicant, passport, contacts, mailbox, review.
    pub fn steps(&self) -> [&Step; 5] {
        [
            &self.applicant,
            &self.passport,
            &self.contacts,
            &self.mailbox,
            &self.review,
        ]
    }

    /// ordinary, electronic, combined, corporate.
    pub fn mailboxes(&self) -> [&Mailbox; 4] {
        [
            &self.ordinary,
            &self.electronic,
            &self.combined,
            &self.corporate,
        ]
    }
}
