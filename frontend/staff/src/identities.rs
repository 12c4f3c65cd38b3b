//! Who somebody is when every way in is lost: requests with a clock of ten minutes, the account beside the scans, and a
//! decision in two presses.

use crate::confirm::Confirm;
use crate::drafts::Draft;
use crate::forms::{field, refusal, select, send};
use crate::frame;
use crate::queue::age;
use crate::session::Session;
use crate::table::table;
use app::error::AppError;
use app::routes;
use app::staff::api;
use app::staff::view::{IdentityFile, IdentityRow, IdentityScan};
use app::text::documents::about_file;
use app::text::staff::Desk;
use app::text::verification::{VerifyingWords, corrected, scan as scan_name};
use app::text::{codes, fields};
use app::ui::pieces::moment;
use app::visitor::lang;
use domain::Code;
use domain::accounts::CORRECT;
use domain::accounts::verification::REASONS;
use domain::documents::Media;
use domain::staff::Power;
use leptos::prelude::*;

/// What the page has in hand.
#[derive(Clone, Copy)]
struct Hand {
    session: Session,
    rows: RwSignal<Option<Vec<IdentityRow>>>,
    open: RwSignal<Option<IdentityFile>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
    confirm: Confirm,
}

/// A request: its id and its number.
type About = StoredValue<(String, String)>;

impl Hand {
    fn refresh(self) {
        leptos::task::spawn_local(async move {
            if let Some(rows) = self.session.keep(api::identities().await) {
                let _ = self.rows.try_set(Some(rows));
            }
        });
    }

    fn take(self, id: String) {
        send(self.busy, self.error, api::take_identity(id), move |file| {
            self.open.set(Some(file));
            app::browser::focus::soon("identity");
        });
    }

    /// Without a reason the identity is confirmed.
    fn decide(self, about: About, reason: Option<Code>, words: String) {
        let (id, number) = about.get_value();
        send(self.busy, self.error, api::decide_identity(id.clone(), reason, words), move |()| {
            self.session.decided(&id);
            self.session.said.set(format!("{}: {number}", VerifyingWords::of(crate::browser::lang()).done));
            self.open.set(None);
            self.refresh();
        });
    }
}

pub fn page() -> AnyView {
    let session = Session::here();
    if !session.me().is_some_and(|me| me.may(Power::Verify)) {
        return frame::closed();
    }
    let words = VerifyingWords::here();
    let hand = Hand {
        session,
        rows: RwSignal::new(None),
        open: RwSignal::new(None),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        confirm: Confirm::new(),
    };
    hand.refresh();
    // The page asks by itself when something changed, and keeps no session alive by it.
    Effect::new(move |before: Option<u32>| {
        let (count, _) = session.news.get();
        if before.is_some_and(|b| b != count) {
            leptos::task::spawn_local(async move {
                if let Ok(rows) = api::identities_live().await {
                    let _ = hand.rows.try_set(Some(rows));
                }
            });
        }
        count
    });
    view! {
        <h1>{words.title}</h1>
        <p class="hint">{words.lead}</p>
        {refusal(hand.error)}
        {move || match hand.open.get() {
            Some(file) => opened(hand, file),
            None => list(hand),
        }}
        {hand.confirm.view()}
    }
    .into_any()
}

fn list(hand: Hand) -> AnyView {
    let words = VerifyingWords::here();
    view! {
        {move || match hand.rows.get() {
            None => view! { <p role="status">{Desk::here().loading}</p> }.into_any(),
            Some(rows) if rows.is_empty() => {
                view! { <div class="empty"><h2>{words.empty}</h2><p>{words.empty_text}</p></div> }.into_any()
            }
            Some(rows) => waiting(hand, rows),
        }}
    }
    .into_any()
}

fn waiting(hand: Hand, rows: Vec<IdentityRow>) -> AnyView {
    let words = VerifyingWords::here();
    let rows = rows
        .into_iter()
        .map(|row| {
            let holder = match &row.holder {
                None => words.free.to_owned(),
                Some(holder) if holder.mine => words.mine.to_owned(),
                Some(holder) => holder.login.clone(),
            };
            let (id, number) = (row.id.clone(), row.number.clone());
            view! {
                <tr data-number=row.number.clone()>
                    <td data-label=words.number class="num">
                        {number.clone()}
                        {row.again.then(|| view! { " "<span class="badge wait">{words.again}</span> })}
                    </td>
                    <td data-label=words.left>{age(row.due_at, row.now)}</td>
                    <td data-label=words.holder>{holder}</td>
                    <td>
                        <button type="button" class="btn" data-act="take" on:click=move |_| hand.take(id.clone())>
                            {words.take}<span class="vh">": "{number}</span>
                        </button>
                    </td>
                </tr>
            }
        })
        .collect_view();
    table("dense stack", words.title, &[words.number, words.left, words.holder, ""], rows.into_any())
}

fn opened(hand: Hand, file: IdentityFile) -> AnyView {
    let words = VerifyingWords::here();
    let about = StoredValue::new((file.id.clone(), file.number.clone()));
    let held = CORRECT
        .iter()
        .filter(|f| !file.held.get(**f).is_empty())
        .map(|f| {
            let shown = domain::fields::format_field(*f, file.held.get(*f));
            let value = shown.unwrap_or_else(|| file.held.get(*f).to_owned());
            view! { <div><dt>{fields::label(lang(), *f)}</dt><dd data-field=f.id()>{value}</dd></div> }
        })
        .collect_view();
    let note = |text: String| view! { <div class="notice wait"><p>{text}</p></div> };
    let nothing = match (file.account, file.comparable) {
        (false, _) => Some(note(words.no_account.to_owned())),
        (true, false) => Some(note(words.nothing_held.to_owned())),
        (true, true) => None,
    };
    let changed = file.corrected_days.map(|days| note(corrected(lang(), days)));
    let account = file.account.then(|| view! { <dl class="facts">{held}</dl> });
    let objection = (!file.objection.is_empty()).then(|| {
        view! { <section class="card flow tight"><h3>{words.objection}</h3><p class="prose">{file.objection.clone()}</p></section> }
    });
    let scans = file.scans.iter().map(scan).collect_view();
    let confirm = file.comparable.then(|| {
        view! {
            <div>
                <button
                    type="button"
                    class="btn primary"
                    data-act="confirm"
                    aria-busy=move || hand.busy.get().then_some("true")
                    on:click=move |_| hand.decide(about, None, String::new())
                >
                    {words.confirm}
                </button>
                <p class="hint">{words.confirm_hint}</p>
            </div>
        }
    });
    view! {
        <section class="card flow" id="identity" tabindex="-1" aria-labelledby="identity-title">
            <h2 id="identity-title">{words.number}" "<span class="num">{file.number.clone()}</span></h2>
            <p class="small">{moment(file.asked_at)}</p>
            <h3>{words.held}</h3>
            {nothing}
            {changed}
            {account}
            {objection}
            <h3>{words.scans}</h3>
            <ul class="plain scans">{scans}</ul>
            {confirm}
            {refuse(hand, about)}
            <p><button type="button" class="btn link" on:click=move |_| hand.open.set(None)>{words.back}</button></p>
        </section>
    }
    .into_any()
}

fn refuse(hand: Hand, about: About) -> AnyView {
    let words = VerifyingWords::here();
    let (id, number) = about.get_value();
    let drafts = hand.session.drafts;
    let draft = drafts.of(&id).unwrap_or_else(|| Draft::new(Code::IdentityDiffers));
    let (chosen, said) = (RwSignal::new(draft.reason), RwSignal::new(draft.judged));
    // Kept until it is sent.
    Effect::new(move |before: Option<()>| {
        let draft = Draft { reason: chosen.get(), judged: said.get(), ..Draft::new(Code::IdentityDiffers) };
        if before.is_some() {
            drafts.keep(&id, draft);
        }
    });
    let reasons = REASONS.iter().map(|c| (c.to_string(), codes::message(lang(), *c).to_owned())).collect();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reason = chosen.get_untracked().parse().unwrap_or(Code::IdentityDiffers);
        let decide = move || hand.decide(about, Some(reason), said.get_untracked());
        hand.confirm.ask(
            words.refuse_title,
            number.clone(),
            Desk::of(crate::browser::lang()).confirm_lead,
            words.refuse,
            decide,
        );
    };
    view! {
        <form class="form flow" method="post" on:submit=on_submit>
            {select("reason", words.reason, reasons, chosen)}
            {field("words", words.words, "text", "off", said)}
            <div class="actions">
                <button
                    type="submit"
                    class="btn danger"
                    data-act="refuse"
                    aria-busy=move || hand.busy.get().then_some("true")
                >
                    {words.refuse}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Each scan opens by itself, when the clerk asks for it: each look is a row in the citizen's journal.
fn scan(scan: &IdentityScan) -> AnyView {
    let words = VerifyingWords::here();
    let name = scan_name(lang(), scan.kind);
    let pdf = scan.media == Media::Pdf;
    let about = about_file(lang(), pdf, u32::try_from(scan.pages).unwrap_or(1), scan.size.unsigned_abs());
    let source = routes::staff_scan(&scan.id);
    let act = if pdf {
        view! {
            <a class="btn quiet" data-act="save" href=source rel="external" download="">
                {words.save}<span class="vh">": "{name}</span>
            </a>
        }
        .into_any()
    } else {
        let (open, failed) = (RwSignal::new(false), RwSignal::new(false));
        let turn = move |_| {
            failed.set(false);
            open.update(|o| *o = !*o);
        };
        let source = StoredValue::new(source);
        view! {
            <button type="button" class="btn quiet" data-act="look" aria-expanded=move || open.get().to_string() on:click=turn>
                {move || if open.get() { words.hide } else { words.look }}<span class="vh">": "{name}</span>
            </button>
            {move || {
                open.get().then(|| match failed.get() {
                    true => view! { <p class="notice wait" role="status">{words.look_failed}</p> }.into_any(),
                    false => {
                        view! { <img class="scan" src=source.get_value() alt=name on:error=move |_| failed.set(true)/> }
                            .into_any()
                    }
                })
            }}
        }
        .into_any()
    };
    view! { <li data-scan=scan.kind.name()><div><b>{name}</b><br/><span class="small">{about}</span></div>{act}</li> }
        .into_any()
}
