//! No query of the desk reads a table from end to end, and none reads more than what waits: the databases' own plans, on
//! ten thousand applications. `OTDELENIE_PLANS_ROWS` asks for more of them.

use crate::fill::{self, NAMES, Plan, Seat};
use crate::house::{House, NOON};
use domain::clock::Timestamp;
use domain::staff::{Grant, Purpose, Reading, Role, Scope, StaffMember, last_name_key};
use serde_json::Value;
use server::storage::identities::Kind;
use server::storage::queue::{Filter, HoldFilter};
use server::storage::{
    Db, Purpose as Index, Tx, acts, assignments, board, cases, checks, documents, exports, identities, ids, queue,
    staff, staff_grants, staff_sessions,
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

const NOW: Timestamp = Timestamp(NOON);
/// Tables that stay small, by name and alias.
const SMALL: &[&str] = &["staff", "staff_grants", "staff_sessions", "webhooks", "journal_heads", "s", "m"];

/// Hears the plans that PostgreSQL's `auto_explain` tells its client.
#[derive(Clone, Default)]
struct Plans(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> Layer<S> for Plans {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::postgres::notice" {
            event.record(&mut Heard(self));
        }
    }
}

struct Heard<'a>(&'a Plans);

impl Visit for Heard<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }
    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        self.0.0.lock().unwrap().push(format!("{value:?}"));
    }
}

fn rows() -> u64 {
    std::env::var("OTDELENIE_PLANS_ROWS").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

async fn filled(house: &House) -> Vec<Seat> {
    let plan = Plan { applications: rows(), clerks: 16, now_ms: NOON };
    fill::fill(&house.url, &house.vault, &plan).await.unwrap()
}

fn reading(id: &str, scope: &Scope) -> Reading {
    let grant = Grant { role: Role::Reviewer, scope: scope.clone() };
    StaffMember::recognised(id.to_owned(), vec![grant]).reading().unwrap()
}

/// Everything the desk asks the database, in every place.
async fn work(db: &Db, house: &House, seats: &[Seat]) {
    let me = &seats[1];
    let mut tx = db.read().await.unwrap();
    let one = queue::list(&mut tx, &[Scope::Everywhere], &Filter::default(), 50, NOW).await.unwrap().pop().unwrap();
    let (region, office) = (one.region.clone().unwrap(), one.office_index.clone().unwrap());
    for scope in [Scope::Everywhere, Scope::Region(region), Scope::Office(office)] {
        lists(&mut tx, house, me, &scope, &one).await;
    }
    file(&mut tx, house, &one.id).await;
    staff::list(&mut tx).await.unwrap();
    staff::find_by_login(&mut tx, "load.clerk.1").await.unwrap();
    staff_grants::in_force(&mut tx, &me.id).await.unwrap();
    staff_sessions::find(&mut tx, &ids::token_hash(&me.token), NOON, 0).await.unwrap();
    exports::of_member(&mut tx, &me.id, 200).await.unwrap();
    drop(tx);

    let reading = reading(&me.id, &Scope::Everywhere);
    cases::open(db, &house.vault, &reading, &one.id, Purpose::Review, NOW).await.unwrap().unwrap();
    let member = StaffMember::recognised(me.id.clone(), vec![Grant { role: Role::Reviewer, scope: Scope::Everywhere }]);
    let (working, distributing) = (member.working().unwrap(), member.distributing().unwrap());
    let mut tx = db.write().await.unwrap();
    assignments::reassign(&mut tx, &distributing, &one.id, &me.id, NOW).await.unwrap();
    assignments::take(&mut tx, &working, &one.id, NOW).await.unwrap();
    assignments::release(&mut tx, &working, &one.id, NOW).await.unwrap();
    assignments::end(&mut tx, &one.id).await.unwrap();
    tx.commit().await.unwrap();
}

async fn lists(tx: &mut Tx, house: &House, me: &Seat, scope: &Scope, one: &queue::Waiting) {
    let any = Filter::default;
    let filters = [
        any(),
        Filter { kind: "ordinary".into(), ..any() },
        Filter { due_before_ms: Some(NOON), ..any() },
        Filter { after: Some((one.due_ms, one.id.clone())), ..any() },
        Filter { hold: HoldFilter::OpenTo(me.id.clone()), ..any() },
        Filter { hold: HoldFilter::By(me.id.clone()), ..any() },
        Filter { hold: HoldFilter::Returned(me.id.clone()), ..any() },
        Filter { hold: HoldFilter::Fresh(me.id.clone()), ..any() },
        Filter { hold: HoldFilter::LetGo(me.id.clone()), ..any() },
    ];
    for filter in filters {
        queue::list(tx, std::slice::from_ref(scope), &filter, 51, NOW).await.unwrap();
    }
    queue::offices(tx, scope).await.unwrap();
    board::waiting(tx, scope, NOW).await.unwrap();
    board::appeals(tx, scope, NOW).await.unwrap();
    board::held(tx, scope, NOW).await.unwrap();
    board::acts(tx, scope, NOW.plus_days(-1)).await.unwrap();
    board::days(tx, scope, NOW.plus_days(-7)).await.unwrap();
    let reading = reading(&me.id, scope);
    let name = house.vault.blind_index(Index::LastName, &last_name_key(NAMES[0]));
    for after in [None, Some((NOON - 86_400_000, "m"))] {
        cases::by_identity(tx, reading.scopes(), Kind::LastName, &name, after, 51).await.unwrap();
    }
    cases::by_identity(tx, reading.scopes(), Kind::Snils, &[7; 32], None, 51).await.unwrap();
    cases::by_number(tx, reading.scopes(), &fill::number(3)).await.unwrap();
    let span = exports::Span { from_ms: NOON - 20 * 86_400_000, to_ms: NOON - 18 * 86_400_000 };
    exports::applications(tx, scope, span, (NOON - 20 * 86_400_000, "m"), 100).await.unwrap();
    exports::acts(tx, scope, span, (NOON - 20 * 86_400_000, "m", 3), 100).await.unwrap();
    exports::staff(tx, span, (NOON - 20 * 86_400_000, "m"), 100).await.unwrap();
}

async fn file(tx: &mut Tx, house: &House, id: &str) {
    let case = cases::find(tx, id).await.unwrap().unwrap();
    checks::list(tx, id).await.unwrap();
    assignments::find(tx, id).await.unwrap();
    acts::last(tx, &house.vault, id, &case.account_id).await.unwrap();
    acts::answers_before(tx, &house.vault, id, &case.account_id).await.unwrap();
    documents::list_of_application(tx, &house.vault, id).await.unwrap();
    identities::others(tx, id).await.unwrap();
}

/// What is wrong with a node of a plan and those below it. `little`: tables of so few rows that reading all is right.
fn look(node: &Value, little: &[String], wrong: &mut Vec<String>) {
    let text = |name: &str| node[name].as_str().unwrap_or_default();
    let number = |name: &str| node[name].as_f64().unwrap_or(0.0);
    let (kind, table) = (text("Node Type"), text("Relation Name"));
    let read = (number("Actual Rows") + number("Rows Removed by Filter")) * number("Actual Loops").max(1.0);
    if kind == "Seq Scan" && !SMALL.contains(&table) && !little.iter().any(|t| t == table) {
        wrong.push(format!("Seq Scan on {table}"));
    }
    // What waits is a fiftieth of a million, and at least a thousand.
    if read > (rows() as f64 / 50.0).max(1000.0) * 1.1 {
        wrong.push(format!("{kind} {table} {} reads {read} rows", text("Index Name")));
    }
    for below in node["Plans"].as_array().into_iter().flatten() {
        look(below, little, wrong);
    }
}

/// The texts of all that the desk asks, PostgreSQL's plans for them having been looked at.
async fn on_postgres(house: &House, plans: &Plans) -> BTreeSet<String> {
    let seats = filled(house).await;
    // Only a new connection loads it.
    house
        .raw(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_preload_libraries = ''auto_explain''', current_database());
             EXECUTE format('ALTER DATABASE %I SET auto_explain.log_min_duration = 0', current_database());
             EXECUTE format('ALTER DATABASE %I SET auto_explain.log_level = notice', current_database());
             EXECUTE format('ALTER DATABASE %I SET auto_explain.log_analyze = on', current_database());
             EXECUTE format('ALTER DATABASE %I SET auto_explain.log_format = json', current_database()); END $$",
        )
        .await
        .unwrap();
    let db = Db::open(&house.url).await.unwrap();
    plans.0.lock().unwrap().clear();
    work(&db, house, &seats).await;
    db.close().await;
    let mut c = PgConnection::connect(&house.url).await.unwrap();
    let little = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND reltuples < 1000";
    let little: Vec<String> = sqlx::query_scalar(little).fetch_all(&mut c).await.unwrap();
    c.close().await.unwrap();
    let (mut texts, mut wrong) = (BTreeSet::new(), Vec::new());
    for heard in plans.0.lock().unwrap().drain(..) {
        let Some((_, json)) = heard.split_once("plan:\n") else { continue };
        let plan: Value = serde_json::from_str(json).unwrap();
        let text = plan["Query Text"].as_str().unwrap().to_owned();
        let mut found = Vec::new();
        look(&plan["Plan"], &little, &mut found);
        if !found.is_empty() {
            wrong.push(format!("{found:?}\n  {text}"));
        }
        texts.insert(text);
    }
    assert!(texts.len() > 40, "{} plans were heard", texts.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    texts
}

/// SQLite's plan for a text: a `SCAN` reads a table, or an index, from end to end.
async fn on_sqlite(c: &mut SqliteConnection, text: &str) -> Vec<String> {
    let explain =
        sqlx::query_as::<_, (i64, i64, i64, String)>(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {text}")));
    let steps = explain.fetch_all(c).await.unwrap();
    steps
        .into_iter()
        .map(|(.., step)| step)
        .filter(|step| {
            let table = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next());
            // The indexes of what waits hold nothing else.
            table.is_some_and(|table| !SMALL.contains(&table))
                && !step.contains("applications_queue")
                && !step.contains("appeals_queue")
                && !step.contains("CONSTANT")
        })
        .collect()
}

#[tokio::test]
async fn every_query_of_the_desk_goes_by_an_index() {
    let Some(house) = House::postgres().await else { return };
    let plans = Plans::default();
    let listening = tracing::subscriber::set_default(tracing_subscriber::registry().with(plans.clone()));
    let texts = on_postgres(&house, &plans).await;
    drop(listening);
    house.leave().await;

    let house = House::sqlite().await;
    filled(&house).await;
    let mut c = SqliteConnection::connect(&house.url).await.unwrap();
    let mut wrong = Vec::new();
    // What is written together at a commit is written otherwise here, and only inserts.
    for text in texts.iter().filter(|t| !t.starts_with("WITH d0") && !t.contains("pg_")) {
        let scans = on_sqlite(&mut c, text).await;
        if !scans.is_empty() {
            wrong.push(format!("{scans:?}\n  {text}"));
        }
    }
    c.close().await.unwrap();
    house.leave().await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
