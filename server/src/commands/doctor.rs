//! `server doctor`: whether this installation could serve.

use super::{Outcome, answer, open};
use crate::config::Options;
use crate::http::site::Site;
use crate::reference::Reference;
use crate::storage::{Db, Files, Vault, persons};
use std::error::Error;
use std::fmt::Display;

pub async fn run(options: Options, json: bool) -> Outcome {
    let config = options.settle()?;
    let mut report = Report::default();
    let mut keys = open::vault(&config);
    match open::database(&config).await {
        Ok(db) => {
            report.add("database", db.ready().await.map(|()| "usable, durable, migrated".to_owned()));
            keys = match keys {
                Ok(vault) => fitting(&db, vault).await,
                missing => missing,
            };
            db.close().await;
        }
        Err(error) => report.add("database", Err::<String, _>(error)),
    }
    report.add("keys", keys.and_then(|v| Ok(format!("active key {}", v.active_key()?))));
    match Files::open(&config.files_url) {
        Ok(files) => report.add("files", files.ready().await.map(|()| "writable".to_owned())),
        Err(error) => report.add("files", Err::<String, _>(error)),
    }
    report.add("operator", config.operator.as_ref().map(|o| o.name.clone()));
    report.add("site", Site::read(&config.site_dir).map(|s| format!("{} files", s.files().count())));
    report.add("reference", Reference::load().map(|r| format!("{} postal objects", r.count())));
    let value = serde_json::json!(
        report
            .rows
            .iter()
            .map(|(part, ok, words)| { serde_json::json!({"part": part, "ok": ok, "words": words}) })
            .collect::<Vec<_>>()
    );
    let words = report
        .rows
        .iter()
        .map(|(part, ok, words)| format!("{} {part}: {words}", if *ok { "ok  " } else { "FAIL" }))
        .collect::<Vec<_>>()
        .join("\n");
    answer(json, &value, &words);
    if report.rows.iter().all(|(_, ok, _)| *ok) { Ok(()) } else { Err("something is not in order".into()) }
}

/// The vault, if it opens what lies in the database.
async fn fitting(db: &Db, vault: Vault) -> Result<Vault, Box<dyn Error + Send + Sync>> {
    match persons::locked(&mut db.read().await?, &vault).await?.as_slice() {
        [] => Ok(vault),
        ids => Err(format!("people's data need the master keys {}, which are not here", ids.join(", ")).into()),
    }
}

#[derive(Default)]
struct Report {
    rows: Vec<(&'static str, bool, String)>,
}

impl Report {
    fn add<E: Display>(&mut self, part: &'static str, found: Result<String, E>) {
        self.rows.push(match found {
            Ok(words) => (part, true, words),
            Err(error) => (part, false, error.to_string()),
        });
    }
}
