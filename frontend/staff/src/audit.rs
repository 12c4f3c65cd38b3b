//! What somebody of the staff did, and files to take along, for auditors.

use crate::forms::{field, refusal, send, submit};
use crate::frame;
use crate::session::Session;
use crate::table::table;
use app::error::AppError;
use app::staff::api;
use app::staff::view::AuditRow;
use app::text::staff::{Desk, HouseWords};
use app::ui::pieces::moment;
use domain::staff::Power;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;

/// `/staff/audit`: acts of one member of staff, the newest first.
pub fn page() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Audit)) {
        return frame::closed();
    }
    let words = HouseWords::here();
    let (login, rows) = (RwSignal::new(String::new()), RwSignal::new(None::<Vec<AuditRow>>));
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        send(busy, error, api::audit(login.get_untracked()), move |found| rows.set(Some(found)));
    };
    let table = move |all: Vec<AuditRow>| {
        let rows = all
            .into_iter()
            .map(|r| {
                view! {
                    <tr>
                        <td>{moment(r.at)}</td>
                        <td>{r.act}</td>
                        <td class="num">{r.object}" "{r.detail}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            {table("dense", words.audit, &[words.when, words.what, words.about], rows.into_any())}
        }
    };
    view! {
        <h1>{words.audit}</h1>
        {refusal(error)}
        <form class="row" method="post" on:submit=on_submit>
            {field("audited", Desk::here().login, "text", "off", login)}
            <div class="actions">{submit(words.show, busy)}</div>
        </form>
        <div aria-live="polite">{move || rows.get().map(table)}</div>
        {export()}
    }
    .into_any()
}

/// Files for auditors: plain links of a form, which the browser saves while they come.
fn export() -> AnyView {
    let words = HouseWords::here();
    let what =
        [("applications", words.export_applications), ("acts", words.export_acts), ("staff", words.export_staff)];
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let links = what
        .into_iter()
        .map(|(name, label)| {
            let link = move |ending: &'static str| {
                let href = move || format!("/staff/export/{name}.{ending}?from={}&to={}", from.get(), to.get());
                let file = format!("{name}.{ending}");
                view! { " "<a class="btn" rel="external" download=file href=href>{ending.to_uppercase()}<span class="vh">" "{label}</span></a> }
            };
            view! { <li>{label}{link("csv")}{link("json")}</li> }
        })
        .collect_view();
    view! {
        <section class="card flow" aria-labelledby="export">
            <h2 id="export">{words.export_title}</h2>
            <p class="hint">{words.export_lead}</p>
            <div class="row">
                {field("export_from", words.export_from, "date", "off", from)}
                {field("export_to", words.export_to, "date", "off", to)}
            </div>
            <ul class="plain flow" aria-label=words.export_what>{links}</ul>
        </section>
    }
    .into_any()
}
