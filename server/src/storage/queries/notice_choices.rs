//! How somebody wants to be told. No row: everything, by every channel, at any hour.

use super::accounts::profile_of;
use super::{from_text, open, to_text};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Result, Tx, Vault};
use domain::notices::{Choices, Quiet};
use domain::{Field, Values};

pub async fn find(tx: &mut Tx, account_id: &str) -> Result<Choices> {
    let row = one!(
        tx,
        (String, Option<i64>, Option<i64>),
        "SELECT switched_off, quiet_from, quiet_to FROM notice_choices WHERE account_id = $1",
        account_id
    )?;
    row.map_or(Ok(Choices::default()), |(off, from, to)| read(account_id, &off, from, to))
}

fn read(account_id: &str, off: &str, from: Option<i64>, to: Option<i64>) -> Result<Choices> {
    let off: Vec<String> = from_text("notice_choices", "switched_off", account_id, off)?;
    let hour = |h: Option<i64>| h.and_then(|h| u8::try_from(h).ok());
    let quiet = hour(from).zip(hour(to)).and_then(|(from, to)| Quiet::new(from, to).ok());
    Ok(Choices::stored(&off, quiet))
}

/// Whom a notice reaches, and how.
pub struct Addressee {
    /// Proved by their owner; else empty.
    pub phone: String,
    pub email: String,
    pub choices: Choices,
    /// The browsers that show notices, by their ids in [`push`](super::push).
    pub devices: Vec<String>,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    profile: Vec<u8>,
    phone_proved: bool,
    email_proved: bool,
    switched_off: Option<String>,
    quiet_from: Option<i64>,
    quiet_to: Option<i64>,
    device: Option<String>,
}

/// In one statement: it stands in every act a citizen is told of.
pub async fn addressee(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Option<Addressee>> {
    let mut rows = all!(
        tx,
        Row,
        "SELECT a.profile, (a.phone_confirmed_ms IS NOT NULL) AS phone_proved, (a.email_confirmed_ms IS NOT NULL) AS email_proved,
           c.switched_off, c.quiet_from, c.quiet_to, d.id AS device
         FROM accounts a LEFT JOIN notice_choices c ON c.account_id = a.id
         LEFT JOIN push_subscriptions d ON d.account_id = a.id
         WHERE a.id = $1 ORDER BY d.created_ms, d.place",
        account_id
    )?;
    let devices = rows.iter_mut().filter_map(|row| row.device.take()).collect();
    let Some(row) = rows.pop() else { return Ok(None) };
    // Nothing is what erasure leaves.
    let profile: Values = match row.profile.as_slice() {
        [] => Values::default(),
        sealed => open(tx, vault, account_id, profile_of(account_id), sealed).await?,
    };
    let proved = |yes: bool, field| if yes { profile.get(field).to_owned() } else { String::new() };
    Ok(Some(Addressee {
        phone: proved(row.phone_proved, Field::Phone),
        email: proved(row.email_proved, Field::Email),
        choices: match row.switched_off {
            Some(off) => read(account_id, &off, row.quiet_from, row.quiet_to)?,
            None => Choices::default(),
        },
        devices,
    }))
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
