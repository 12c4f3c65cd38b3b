//! `server migrate`.

use super::{Outcome, answer, open};
use crate::config::Options;

pub async fn run(options: Options, json: bool) -> Outcome {
    let config = options.settle()?;
    let db = open::database(&config).await?;
    db.ready().await?;
    db.close().await;
    answer(json, &serde_json::json!({"migrated": true}), "the database is up to date");
    Ok(())
}
