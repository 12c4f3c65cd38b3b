//! What each verb of the staff answers to whom; `routes.rs` tries every one of them.

use domain::staff::Power;
use serde_json::{Value, json};

/// What a verb of the staff needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// The way in: its status for whoever has no session, and for whoever is in already.
    Entry(u16, u16),
    /// Any member of staff at the desk.
    Anybody,
    /// A power.
    Of(Power),
    /// A power, and that the file lies where the power reaches: 404 elsewhere.
    At(Power),
}

/// A verb of the staff's API; `body` gets a file out of reach.
pub type Verb = (&'static str, Needs, fn(&str) -> Value);

pub const VERBS: &[Verb] = &[
    ("login", Needs::Entry(422, 422), |_| json!({"login": "nobody", "password": "x"})),
    ("new_password", Needs::Entry(401, 401), |_| json!({"password": "", "again": ""})),
    ("enrolment", Needs::Entry(401, 401), |_| json!({})),
    ("enrol", Needs::Entry(401, 401), |_| json!({"code": "123456"})),
    ("code", Needs::Entry(401, 401), |_| json!({"code": "123456"})),
    ("me", Needs::Anybody, |_| json!({})),
    ("queue", Needs::Of(Power::Work), |_| json!({"filter": {}})),
    ("queue_live", Needs::Of(Power::Work), |_| json!({"filter": {}})),
    ("take_next", Needs::Of(Power::Work), |_| json!({"filter": {}, "except": []})),
    ("take", Needs::At(Power::Work), |id| json!({"id": id})),
    ("open", Needs::At(Power::Read), |id| json!({"id": id, "purpose": "complaint"})),
    ("release", Needs::At(Power::Work), |id| json!({"id": id})),
    ("reassign", Needs::At(Power::Distribute), |id| json!({"id": id, "to": "operator"})),
    ("preview", Needs::At(Power::Review), |id| json!({"id": id, "act": {"act": "approve"}})),
    ("act", Needs::At(Power::Review), |id| json!({"id": id, "version": 2, "act": {"act": "approve"}})),
    (
        "act",
        Needs::At(Power::Review),
        |id| json!({"id": id, "version": 2, "act": {"act": "refuse", "reasons": [{"code": "OTD-3102"}], "text": "Паспорт по реестру заменён."}}),
    ),
    (
        "act",
        Needs::At(Power::Work),
        |id| json!({"id": id, "version": 2, "act": {"act": "ask", "reason": "OTD-3153", "fields": ["snils"], "documents": [], "text": "Сверьте номер с карточкой.", "days": 7}}),
    ),
    (
        "preview_appeal",
        Needs::At(Power::Review),
        |id| json!({"id": id, "decision": {"verdict": "dismiss", "text": "Паспорт по реестру заменён."}}),
    ),
    (
        "decide_appeal",
        Needs::At(Power::Review),
        |id| json!({"id": id, "version": 1, "decision": {"verdict": "dismiss", "text": "Паспорт по реестру заменён."}}),
    ),
    ("search", Needs::Of(Power::Read), |_| json!({"query": "Вознесенская", "after": null})),
    ("identities", Needs::Of(Power::Verify), |_| json!({})),
    ("identities_live", Needs::Of(Power::Verify), |_| json!({})),
    ("open_on_the_phone", Needs::Of(Power::Enrol), |_| json!({"values": []})),
    ("open_at_the_counter", Needs::Of(Power::Admit), |_| json!({"values": []})),
    ("reset_access", Needs::Of(Power::Admit), |_| json!({"values": [], "reason": "lost", "seen": true})),
    ("confirm_reset", Needs::Of(Power::Admit), |_| json!({"values": [], "seen": true})),
    ("take_identity", Needs::At(Power::Verify), |id| json!({"id": id})),
    ("decide_identity", Needs::At(Power::Verify), |id| json!({"id": id, "reason": null, "words": ""})),
    ("board", Needs::Of(Power::Oversee), |_| json!({})),
    ("people", Needs::Of(Power::Administer), |_| json!({})),
    ("add", Needs::Of(Power::Administer), |_| json!({"login": "x", "role": "support", "scope": "everywhere"})),
    ("propose", Needs::Of(Power::Administer), |id| json!({"staff_id": id, "role": "support", "scope": "everywhere"})),
    ("confirm", Needs::Of(Power::Administer), |id| json!({"grant_id": id})),
    ("end", Needs::Of(Power::Administer), |id| json!({"grant_id": id})),
    ("identify", Needs::Of(Power::Administer), |id| json!({"staff_id": id, "snils": "112-233-445 95", "phone": ""})),
    ("disable", Needs::Of(Power::Administer), |_| json!({"login": "nobody", "disabled": true})),
    ("reset", Needs::Of(Power::Administer), |_| json!({"login": "nobody"})),
    ("partners", Needs::Of(Power::Administer), |_| json!({})),
    ("add_partner", Needs::Of(Power::Administer), |_| json!({"name": "", "url": "", "events": []})),
    ("switch_partner", Needs::Of(Power::Administer), |id| json!({"id": id, "on": false})),
    ("remove_partner", Needs::Of(Power::Administer), |id| json!({"id": id})),
    ("deliveries", Needs::Of(Power::Administer), |id| json!({"id": id, "after": null})),
    ("redeliver", Needs::Of(Power::Administer), |id| json!({"delivery": id})),
    ("audit", Needs::Of(Power::Audit), |_| json!({"login": "operator"})),
    // Last: it ends the session of whoever tries it.
    ("logout", Needs::Entry(200, 200), |_| json!({})),
];
