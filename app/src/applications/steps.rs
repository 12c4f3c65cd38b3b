//! The questions of each step.

use super::places::{known_issuers, known_place, office_list};
use crate::routes;
use crate::text::FormWords;
use crate::text::filing::{self, Filing};
use crate::ui::field::{Choice, checkbox, choices, field, row};
use crate::ui::form::Form;
use crate::visitor::lang;
use domain::Field;
use domain::applications::{ApplicantKind, MailboxKind, Step};
use leptos::prelude::*;

/// The controls of a step; relations between controls that need no script are in the style sheet.
pub fn questions(form: Form, step: Step) -> AnyView {
    match step {
        Step::Applicant => applicant(form),
        Step::Passport => passport(form),
        Step::Contacts => contacts(form),
        Step::Mailbox => mailbox(form),
        Step::Review => ().into_any(),
    }
}

fn applicant(form: Form) -> AnyView {
    let words = Filing::here();
    let kinds = vec![
        Choice {
            value: ApplicantKind::Citizen.name(),
            label: words.kind_citizen,
            price: "",
            about: words.kind_citizen_about.to_owned(),
        },
        Choice {
            value: ApplicantKind::Organisation.name(),
            label: words.kind_organisation,
            price: "",
            about: words.kind_organisation_about.to_owned(),
        },
    ];
    view! {
        {choices(form, Field::ApplicantKind, words.kind_legend, kinds)}
        {field(form, Field::LastName)}
        {field(form, Field::FirstName)}
        {field(form, Field::MiddleName)}
        {row(vec![field(form, Field::BirthDate), field(form, Field::BirthPlace)])}
        <div class="only-organisation flow">
            <h2>{words.organisation}</h2>
            {field(form, Field::OrganisationName)}
            {row(vec![
                field(form, Field::OrganisationInn),
                field(form, Field::OrganisationKpp),
                field(form, Field::OrganisationOgrn),
            ])}
        </div>
    }
    .into_any()
}

fn passport(form: Form) -> AnyView {
    view! {
        {row(vec![
            field(form, Field::PassportSeries),
            field(form, Field::PassportNumber),
            field(form, Field::PassportIssueDate),
        ])}
        {field(form, Field::PassportDepartmentCode)}
        {field(form, Field::PassportIssuer)}
        {known_issuers(form)}
        {row(vec![field(form, Field::Snils), field(form, Field::Inn)])}
    }
    .into_any()
}

fn contacts(form: Form) -> AnyView {
    let words = Filing::here();
    known_place(form, Field::RegistrationPostcode);
    known_place(form, Field::ResidencePostcode);
    view! {
        {row(vec![field(form, Field::Phone), field(form, Field::Email)])}
        <h2>{words.registration}</h2>
        {field(form, Field::RegistrationPostcode)}
        {field(form, Field::RegistrationAddress)}
        <h2>{words.residence}</h2>
        {checkbox(form, Field::ResidenceSame, words.residence_same.into_any())}
        <div class="only-elsewhere flow">
            {field(form, Field::ResidencePostcode)}
            {field(form, Field::ResidenceAddress)}
        </div>
    }
    .into_any()
}

fn mailbox(form: Form) -> AnyView {
    let words = Filing::here();
    known_place(form, Field::OfficeIndex);
    let options = MailboxKind::ALL
        .iter()
        .map(|kind| {
            let (name, price, _) = filing::mailbox(lang(), *kind);
            (kind.name(), format!("{name} — {price}"))
        })
        .collect();
    let about = MailboxKind::ALL
        .iter()
        .map(|kind| {
            let (name, price, needs) = filing::mailbox(lang(), *kind);
            view! { <div><dt>{name}" · "{price}</dt><dd>{needs}</dd></div> }
        })
        .collect_view();
    view! {
        {crate::ui::field::select(form, Field::MailboxKind, FormWords::here().choose, options)}
        <details class="more"><summary>{words.choose_help}</summary><p>{words.choose_text}</p><dl class="facts">{about}</dl></details>
        <div class="only-office flow">
            {field(form, Field::OfficeIndex)}
            {office_list(form)}
            <p class="small">
                {words.office_why}" "<a href=routes::OFFICES target="_blank">{words.office_help}</a>
            </p>
        </div>
        {field(form, Field::Purpose)}
    }
    .into_any()
}
