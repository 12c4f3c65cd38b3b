//! Asks the virus scanner about a document that came while it was down.

use super::{JobError, answered};
use crate::house::House;
use crate::integrations::scanner::Scanned;
use crate::storage::documents::{self, State};
use crate::storage::{applications, journal, litter, persons};
use std::time::Duration;

const ASK_AGAIN: Duration = Duration::from_secs(10);

pub async fn run(house: &House, id: &str) -> Result<(), JobError> {
    let vault = &house.vault;
    let mut tx = house.db.read().await?;
    let Some(document) = documents::find(&mut tx, vault, id).await?.filter(|d| d.state == State::Waiting) else {
        return Ok(());
    };
    let key = persons::key(&mut tx, vault, &document.account_id).await?;
    drop(tx);
    let said = match &house.integrations.scanner {
        // Switched off meanwhile by whoever answers for it.
        None => Scanned::Clean,
        Some(scanner) => {
            let Some(content) = house.files.get(vault, &key, id).await? else {
                return Ok(());
            };
            scanner.scan(&content).await.map_err(|_| JobError::again_in(ASK_AGAIN))?
        }
    };
    let now = house.now();
    let state = if said == Scanned::Clean { State::Kept } else { State::Infected };
    let mut tx = house.db.write().await?;
    if !documents::hold(&mut tx, &document.application_id, &document.account_id).await?
        || !documents::settle(&mut tx, id, state).await?
    {
        return Ok(tx.commit().await?);
    }
    let rubbish = [id.to_owned()];
    if state == State::Infected {
        litter::enter(&mut tx, &rubbish, now.0).await?;
        let row = journal::NewEntry {
            account_id: Some(&document.account_id),
            at_ms: now.0,
            actor: "system",
            act: "document_infected",
            object: "",
            detail: "",
        };
        journal::append(&mut tx, &row).await?;
    } else if let Some(found) = applications::find(&mut tx, vault, &document.application_id).await? {
        answered::documents(&mut tx, vault, &found, now).await?;
    }
    tx.commit().await?;
    if state == State::Infected {
        litter::clear(&house.db, &house.files, &rubbish).await?;
    }
    house.tell(&document.account_id, &document.application_id);
    Ok(())
}
