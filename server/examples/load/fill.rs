//! Applications by the million, in the real tables and really sealed: people, what they sent, what became of it, and the
//! clerks who work on it. Rows go past the program's queries (PostgreSQL: COPY), for those would take hours.

use crate::answers::answers;
use crate::invented::{Dice, last_name, places};
pub use crate::invented::{NAMES, number};
use crate::sink::{Cell, Sink};
use domain::Field;
use domain::applications::{Finding, Registry};
use domain::staff::last_name_key;
use server::storage::{DataKey, Place, Purpose, Vault, ids};
use std::error::Error;

pub type Filling<T> = Result<T, Box<dyn Error + Send + Sync>>;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How much of what.
pub struct Plan {
    pub applications: u64,
    pub clerks: u64,
    /// The newest moment there is.
    pub now_ms: i64,
}

impl Plan {
    /// What waits for a clerk: two of a hundred of a year, that is a week's arrears, and enough to measure with.
    fn waits(&self, n: u64) -> bool {
        n < (self.applications / 50).max(self.applications.min(1000))
    }
}

/// A clerk at the desk.
pub struct Seat {
    pub id: String,
    pub token: String,
}

/// Fills a migrated, empty database; whoever serves it must have the same keys.
pub async fn fill(url: &str, vault: &Vault, plan: &Plan) -> Filling<Vec<Seat>> {
    let places = places()?;
    let mut sink = Sink::open(url).await?;
    let seats = clerks(&mut sink, plan, &places).await?;
    let mut dice = Dice(7);
    for n in 0..plan.applications {
        one(&mut sink, vault, plan, &seats, &places[dice.lean(places.len())], &mut dice, n)?;
        sink.pour(false).await?;
    }
    sink.close().await?;
    Ok(seats)
}

async fn clerks(sink: &mut Sink, plan: &Plan, places: &[(String, String)]) -> Filling<Vec<Seat>> {
    let mut dice = Dice(3);
    let mut seats = Vec::new();
    let created = plan.now_ms - 400 * DAY;
    for n in 0..plan.clerks {
        let (id, token) = (ids::public_id(), ids::token());
        // Every eighth sees the whole country, the others a region.
        let region = &places[dice.lean(places.len())].1;
        let scope = if n % 8 == 0 { "everywhere".to_owned() } else { format!("region:{region}") };
        let login = format!("load.clerk.{n}");
        sink.row(
            "staff",
            "id, login, password_hash, created_ms, password_set_ms",
            &[Cell::text(&id), Cell::text(&login), Cell::text("none"), created.into(), created.into()],
        );
        sink.row(
            "staff_grants",
            "id, staff_id, role, scope, proposed_by, proposed_ms, confirmed_by, confirmed_ms",
            &[
                Cell::text(&ids::public_id()),
                Cell::text(&id),
                Cell::text("reviewer"),
                Cell::text(&scope),
                Cell::text("console"),
                created.into(),
                Cell::text("installation"),
                created.into(),
            ],
        );
        sink.row(
            "staff_sessions",
            "token_hash, id, staff_id, stage, created_ms, seen_ms, absolute_expires_ms, label",
            &[
                Cell::bytes(&ids::token_hash(&token)),
                Cell::text(&ids::public_id()),
                Cell::text(&id),
                Cell::text("open"),
                plan.now_ms.into(),
                // Nobody idles while they are measured.
                (plan.now_ms + HOUR).into(),
                (plan.now_ms + DAY).into(),
                Cell::text("load"),
            ],
        );
        seats.push(Seat { id, token });
    }
    sink.pour(true).await?;
    Ok(seats)
}

/// What became of an application.
struct End {
    status: &'static str,
    stage: &'static str,
    reasons: &'static str,
    by_clerk: bool,
}

fn end(plan: &Plan, dice: &mut Dice, n: u64) -> End {
    const NONE: &str = "[]";
    const ASKED: &str = r#"[{"code":"OTD-3153","field":"snils"}]"#;
    const REFUSED: &str = r#"[{"code":"OTD-3102","field":null}]"#;
    let end = |status, stage, reasons, by_clerk| End { status, stage, reasons, by_clerk };
    if plan.waits(n) {
        return end("in_review", "document_check", NONE, false);
    }
    match dice.below(100) {
        0..=77 => end("approved", "issue", NONE, false),
        78..=87 => end("approved", "issue", NONE, true),
        88..=93 => end("rejected", "agreement", REFUSED, true),
        94..=95 => end("needs_clarification", "document_check", ASKED, true),
        96 => end("awaiting_confirmation", "document_check", ASKED, true),
        97 => end("expired", "document_check", ASKED, true),
        _ => end("withdrawn", "document_check", NONE, false),
    }
}

fn one(
    sink: &mut Sink,
    vault: &Vault,
    plan: &Plan,
    seats: &[Seat],
    (office, region): &(String, String),
    dice: &mut Dice,
    n: u64,
) -> Filling<()> {
    let end = end(plan, dice, n);
    let waits = plan.waits(n);
    // What waits came in the last three days, so that a third of it is late; the rest over a year.
    let submitted = plan.now_ms
        - if waits { dice.below(72 * 3600) as i64 * 1000 } else { 3 * DAY + dice.below(362 * 86_400) as i64 * 1000 };
    let decided = submitted + HOUR + dice.below(40 * 3600) as i64 * 1000;
    let (account, id) = (ids::public_id(), ids::public_id());
    let number = number(n);
    let mut values = answers(n);
    values.set(Field::LastName, last_name(n));
    values.set(Field::RegistrationPostcode, office.clone());
    let key = DataKey::generate();
    let (master, wrapped) = vault.wrap(&account, &key)?;
    let sealed = vault.seal(&key, Place::new("applications", "answers", &id), &serde_json::to_vec(&values)?)?;
    let profile = values.only(&[Field::LastName, Field::FirstName, Field::MiddleName, Field::Phone, Field::Email]);
    let profile = vault.seal(&key, Place::new("accounts", "profile", &account), &serde_json::to_vec(&profile)?)?;
    let phone = vault.blind_index(Purpose::Phone, values.get(Field::Phone));
    let (submitted_ms, decided_ms): (Cell, Cell) = (submitted.into(), decided.into());
    let (application, person) = (Cell::text(&id), Cell::text(&account));
    sink.row(
        "persons",
        "id, wrapped_key, master_key, created_ms",
        &[person.clone(), Cell::bytes(&wrapped), Cell::text(&master), submitted_ms.clone()],
    );
    sink.row(
        "accounts",
        "id, phone_index, email_index, password_hash, profile, level, phone_confirmed_ms, email_confirmed_ms, lang, created_ms",
        &[
            person.clone(),
            Cell::bytes(&phone),
            Cell::bytes(&vault.blind_index(Purpose::Email, values.get(Field::Email))),
            Cell::text("none"),
            Cell::bytes(&profile),
            Cell::text("confirmed"),
            submitted_ms.clone(),
            submitted_ms.clone(),
            Cell::text("ru"),
            submitted_ms.clone(),
        ],
    );
    let referred = if waits || end.by_clerk { submitted_ms.clone() } else { Cell::Null };
    let registration = if end.status == "approved" { Cell::text(&format!("R{n:012}")) } else { Cell::Null };
    sink.row(
        "applications",
        "id, account_id, number, kind, status, stage, answers, version, submit_key, created_ms, saved_ms, submitted_ms, due_ms, \
         registration_number, reasons, office_index, region, referred_ms",
        &[
            application.clone(),
            person.clone(),
            Cell::text(&number),
            Cell::text(["electronic", "ordinary", "combined"][dice.below(3) as usize]),
            Cell::text(end.status),
            Cell::text(end.stage),
            Cell::bytes(&sealed),
            3.into(),
            Cell::text(&ids::token()),
            submitted_ms.clone(),
            submitted_ms.clone(),
            submitted_ms.clone(),
            (submitted + 48 * HOUR).into(),
            registration,
            Cell::text(end.reasons),
            Cell::text(office),
            Cell::text(region),
            referred,
        ],
    );
    let clerk = &seats[dice.below(seats.len() as u64) as usize];
    let by = if end.by_clerk { format!("staff:{}", clerk.id) } else { "system".to_owned() };
    let moves =
        [(2, &submitted_ms, "citizen", "in_review", "intake"), (3, &decided_ms, by.as_str(), end.status, end.stage)];
    for (seq, at, actor, status, stage) in moves {
        sink.row(
            "history",
            "application_id, seq, at_ms, actor, status, stage, reasons",
            &[
                application.clone(),
                seq.into(),
                at.clone(),
                Cell::text(actor),
                Cell::text(status),
                Cell::text(stage),
                Cell::text(if seq == 3 { end.reasons } else { "[]" }),
            ],
        );
    }
    let indexes = [
        (
            "passport",
            vault.blind_index(
                Purpose::Passport,
                &format!("{} {}", values.get(Field::PassportSeries), values.get(Field::PassportNumber)),
            ),
        ),
        ("snils", vault.blind_index(Purpose::Snils, &values.get(Field::Snils).replace(['-', ' '], ""))),
        ("phone", phone),
        ("last_name", vault.blind_index(Purpose::LastName, &last_name_key(values.get(Field::LastName)))),
        ("inn", vault.blind_index(Purpose::Inn, values.get(Field::Inn))),
    ];
    for (kind, index) in indexes {
        sink.row(
            "identities",
            "application_id, kind, idx, active, at_ms, region, office_index",
            &[
                application.clone(),
                Cell::text(kind),
                Cell::bytes(&index),
                Cell::Bool(end.status == "approved" && !["phone", "last_name"].contains(&kind)),
                submitted_ms.clone(),
                Cell::text(region),
                Cell::text(office),
            ],
        );
    }
    let finding =
        serde_json::to_string(&if waits { Finding::Unknown { fields: Vec::new() } } else { Finding::Agrees })?;
    for registry in [Registry::Passport, Registry::Snils, Registry::Address] {
        sink.row(
            "checks",
            "application_id, registry, outcome, asked_ms, answered_ms",
            &[
                application.clone(),
                Cell::text(registry.name()),
                Cell::text(&finding),
                submitted_ms.clone(),
                submitted_ms.clone(),
            ],
        );
    }
    for (at, actor, act) in
        [(&submitted_ms, "citizen", "application_submitted"), (&decided_ms, by.as_str(), "application_decided")]
    {
        sink.row(
            "journal",
            "id, account_id, at_ms, actor, act, object, detail",
            &[
                Cell::text(&ids::inner_id()),
                person.clone(),
                at.clone(),
                Cell::text(actor),
                Cell::text(act),
                Cell::text(&number),
                Cell::text(end.status),
            ],
        );
    }
    if end.by_clerk {
        let act = match end.status {
            "approved" => "approve",
            "rejected" => "refuse",
            _ => "ask",
        };
        let text = vault.seal(&key, Place::new("acts", "text", &format!("{id}/3")), b"\"\"")?;
        sink.row(
            "acts",
            "application_id, seq, staff_id, act, documents, text, at_ms, region, office_index",
            &[
                application.clone(),
                3.into(),
                Cell::text(&clerk.id),
                Cell::text(act),
                Cell::text("[]"),
                Cell::bytes(&text),
                decided_ms,
                Cell::text(region),
                Cell::text(office),
            ],
        );
    }
    if end.by_clerk && matches!(end.status, "needs_clarification" | "awaiting_confirmation" | "expired") {
        let place = format!("{id}/3");
        let before =
            vault.seal(&key, Place::new("answers_before", "answers", &place), &serde_json::to_vec(&values)?)?;
        sink.row(
            "answers_before",
            "application_id, seq, answers",
            &[application.clone(), 3.into(), Cell::bytes(&before)],
        );
    }
    if dice.below(3) == 0 {
        let document = ids::public_id();
        let name = vault.seal(&key, Place::new("documents", "name", &document), b"\"a.pdf\"")?;
        sink.row(
            "documents",
            "id, account_id, application_id, kind, place, name, digest, media_type, size, pages, state, added_ms",
            &[
                Cell::text(&document),
                person,
                application.clone(),
                Cell::text("other"),
                1.into(),
                Cell::bytes(&name),
                Cell::bytes(&ids::random::<32>()),
                Cell::text("application/pdf"),
                200_000.into(),
                1.into(),
                Cell::text("kept"),
                submitted_ms.clone(),
            ],
        );
    }
    // Answers come back to who asked; one of twenty that wait is such an answer.
    if matches!(end.status, "needs_clarification" | "awaiting_confirmation") || (waits && n.is_multiple_of(20)) {
        sink.row(
            "assignments",
            "application_id, holder, taken_ms, until_ms",
            &[application, Cell::text(&clerk.id), submitted_ms.clone(), submitted_ms],
        );
    }
    Ok(())
}
