//! What the directory adds while one types: the town of an index, who issued a passport, offices near by.

use crate::error::AppError;
use crate::offices::api;
use crate::offices::view::IndexAnswer;
use crate::text::codes;
use crate::ui::form::{Form, Shown, refusal};
use crate::visitor::lang;
use domain::applications::check_places;
use domain::{Field, FieldError, Values};
use leptos::prelude::*;

/// Names the town and region of an index once it is typed, or says that they contradict the address.
pub fn known_place(form: Form, field: Field) {
    let ask = move |form: Form, index: &str| {
        let index = index.to_owned();
        leptos::task::spawn_local(async move {
            let Ok(found) = api::postcode(index).await else { return };
            let errors = against(&form.values(), field, &found);
            form.shown(field).set(match (errors.first(), found.place) {
                (Some(error), _) if error.code.is_warning() => Shown::Note(codes::beside(lang(), error)),
                (Some(error), _) => Shown::Bad(codes::beside(lang(), error)),
                (None, Some(place)) => Shown::Note(place.words),
                (None, None) => Shown::Quiet,
            });
        });
    };
    form.when_settled(field, ask);
    // The address may be what was mended.
    let address = match field {
        Field::RegistrationPostcode => Field::RegistrationAddress,
        Field::ResidencePostcode => Field::ResidenceAddress,
        _ => return,
    };
    form.when_settled(address, move |form, _| {
        let index = form.values().get(field).to_owned();
        if domain::fields::check_field(field, &index).is_ok() {
            ask(form, &index);
        }
    });
}

/// What the directory has against this index and its address, as the refusal of the form; nothing where it cannot be asked.
pub async fn contradicted(values: &Values, field: Field) -> Option<AppError> {
    let found = api::postcode(values.get(field).to_owned()).await.ok()?;
    refusal(&against(values, field, &found), &[field])
}

fn against(values: &Values, field: Field, found: &IndexAnswer) -> Vec<FieldError> {
    let object = found.place.as_ref().map(|p| p.object.clone());
    check_places(values, &[field], |_| object.clone(), |_| found.covered)
}

/// Suggests «кем выдан» by the department code; fills it in when it is still empty.
pub fn known_issuers(form: Form) -> AnyView {
    let names = RwSignal::new(Vec::<String>::new());
    form.when_settled(Field::PassportDepartmentCode, move |form, code| {
        let code = domain::fields::check_field(Field::PassportDepartmentCode, code).unwrap_or_default();
        leptos::task::spawn_local(async move {
            let Ok(units) = api::issuing_units(code).await else {
                return;
            };
            if let Some(first) = units.0.first()
                && form.values().get(Field::PassportIssuer).trim().is_empty()
            {
                form.set(Field::PassportIssuer, first);
                form.shown(Field::PassportIssuer).set(Shown::Good);
                form.typed.update(|n| *n += 1);
            }
            names.set(units.0);
        });
    });
    view! {
        <datalist id="passport_issuer-list">
            {move || names.with(|all| all.iter().map(|n| view! { <option value=n.clone()></option> }).collect_view())}
        </datalist>
    }
    .into_any()
}

/// Offices of the town one lives in, to choose from while typing.
pub fn office_list(form: Form) -> AnyView {
    let offices = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        let values = form.values();
        let home =
            if values.is_ticked(Field::ResidenceSame) { Field::RegistrationPostcode } else { Field::ResidencePostcode };
        let index = values.get(home).to_owned();
        if index.is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(found) = api::find_offices(index).await {
                offices.set(found);
            }
        });
    });
    view! {
        <datalist id="office_index-list">
            {move || {
                offices.with(|all| {
                    all.iter()
                        .map(|o| view! { <option value=o.index.clone()>{o.name.clone()}", "{o.place.clone()}</option> })
                        .collect_view()
                })
            }}
        </datalist>
    }
    .into_any()
}
