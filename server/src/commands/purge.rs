//! `server purge`: deletes what has run out now, instead of at the job's next turn.

use super::{Outcome, answer, open};
use crate::config::Options;
use crate::house::{Clock, SystemClock};
use crate::jobs::purge;
use crate::storage::Files;
use std::collections::BTreeMap;

pub async fn run(options: Options, json: bool) -> Outcome {
    let config = options.settle()?;
    let db = open::database(&config).await?;
    let (vault, files) = (open::vault(&config)?, Files::open(&config.files_url)?);
    let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
    loop {
        let purged = purge::pass(&db, &vault, &files, SystemClock.now()).await?;
        for (kept, rows) in &purged.rows {
            *sums.entry(kept.id()).or_default() += rows;
        }
        if !purged.more {
            break;
        }
    }
    db.close().await;
    let words: Vec<String> = sums.iter().filter(|(_, n)| **n > 0).map(|(kept, n)| format!("{kept}: {n}")).collect();
    let words = if words.is_empty() { "nothing has run out".to_owned() } else { words.join("\n") };
    answer(json, &serde_json::to_value(&sums)?, &words);
    Ok(())
}
