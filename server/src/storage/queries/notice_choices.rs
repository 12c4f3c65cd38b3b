//! How somebody wants to be told. No row: everything, by every channel, at any hour.

use super::{from_text, to_text};
use crate::storage::sql::{exec, one};
use crate::storage::{Result, Tx};
use domain::notices::{Choices, Quiet};

pub async fn find(tx: &mut Tx, account_id: &str) -> Result<Choices> {
    let row = one!(
        tx,
        (String, Option<i64>, Option<i64>),
        "SELECT switched_off, quiet_from, quiet_to FROM notice_choices WHERE account_id = $1",
        account_id
    )?;
    let Some((off, from, to)) = row else { return Ok(Choices::default()) };
    let off: Vec<String> = from_text("notice_choices", "switched_off", account_id, &off)?;
    let hour = |h: Option<i64>| h.and_then(|h| u8::try_from(h).ok());
    let quiet = hour(from).zip(hour(to)).and_then(|(from, to)| Quiet::new(from, to).ok());
    Ok(Choices::stored(&off, quiet))
}

pub async fn set(tx: &mut Tx, account_id: &str, choices: &Choices, now_ms: i64) -> Result<()> {
    let off = to_text("notice_choices", "switched_off", account_id, &choices.off())?;
    exec!(
        tx,
        "INSERT INTO notice_choices (account_id, switched_off, quiet_from, quiet_to, changed_ms) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (account_id) DO UPDATE SET switched_off = excluded.switched_off, quiet_from = excluded.quiet_from,
           quiet_to = excluded.quiet_to, changed_ms = excluded.changed_ms",
        account_id,
        &off,
        choices.quiet.map(|q| i64::from(q.from)),
        choices.quiet.map(|q| i64::from(q.to)),
        now_ms
    )?;
    Ok(())
}
