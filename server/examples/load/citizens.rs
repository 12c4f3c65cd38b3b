//! Citizens at home in a house that many others live in: their pages and submissions, which must not feel the others.

use crate::drive::drive;
use crate::people::{Prepared, Ready};
use crate::rounds::{at_rest, drain, send};
use crate::{Outcome, http};
use app::routes;
use serde_json::{Map, Value, json};
use server::http::SESSION;
use server::storage::Db;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

#[derive(clap::Args)]
pub struct Plan {
    #[command(flatten)]
    prepared: Prepared,
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// For each page
    #[arg(long, default_value_t = 3.0)]
    seconds: f64,
}

/// A page of somebody signed in, by name.
type Page = (&'static str, fn(&Ready) -> String);

/// What somebody who has sent an application looks at.
const PAGES: &[Page] = &[
    ("home", |_| routes::HOME.into()),
    ("cabinet", |_| routes::CABINET.into()),
    ("applications", |_| routes::APPLICATIONS.into()),
    ("card", |citizen| routes::application(&citizen.id)),
    ("documents", |_| routes::DOCUMENTS.into()),
    ("notices", |_| routes::NOTICES.into()),
    ("journal", |_| routes::JOURNAL.into()),
    ("own data", |_| routes::DATA.into()),
    ("offices", |_| routes::OFFICES.into()),
];

/// They all send what they have, wait for the answers, and look at their pages.
pub async fn run(plan: Plan) -> Outcome<Value> {
    let (address, db) = (plan.prepared.address, Db::open(&plan.prepared.database_url).await?);
    let citizens: Arc<[Ready]> = plan.prepared.citizens()?.into();
    let drafts = Arc::new(Mutex::new(citizens.to_vec()));
    let mut acts = Map::new();
    let before = at_rest(&db).await?;
    let sent = send(address, plan.clients, citizens.len(), &drafts).await;
    acts.insert("submission".into(), sent.told());
    drain(&db, before).await?;
    let time = Duration::from_secs_f64(plan.seconds);
    for (name, path) in PAGES {
        let (citizens, turn) = (Arc::clone(&citizens), AtomicUsize::new(0));
        let next = move || {
            let citizen = &citizens[turn.fetch_add(1, Ordering::Relaxed) % citizens.len()];
            let cookie = format!("{SESSION}={}", citizen.token);
            Some((Arc::from(http::page(address, &path(citizen), &cookie)), Arc::from("")))
        };
        acts.insert((*name).to_owned(), drive(address, plan.clients, time, 200, Arc::new(next)).await.told());
    }
    Ok(json!({ "acts": acts }))
}
