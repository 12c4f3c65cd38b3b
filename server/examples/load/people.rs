//! Citizens with drafts, written through the server's own storage: signing up by HTTP would measure Argon2.

use crate::Outcome;
use crate::answers::answers;
use domain::Field;
use server::house::{Clock, SystemClock};
use server::storage::{Db, Purpose, Tx, Vault, accounts, applications, consents, ids, persons, sessions};
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// So many in one transaction.
const TOGETHER: u64 = 200;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// One citizen's way to submit.
#[derive(Clone)]
pub struct Ready {
    pub token: String,
    pub id: String,
    pub submit_key: String,
}

impl Ready {
    fn read(line: &str) -> Option<Ready> {
        let mut parts = line.split(' ').map(str::to_owned);
        Some(Ready { token: parts.next()?, id: parts.next()?, submit_key: parts.next()? })
    }
}

/// A server whose database holds what [`prepare`] made.
#[derive(clap::Args)]
pub struct Prepared {
    #[arg(long)]
    pub address: SocketAddr,
    /// The server's database: looked at, never written
    #[arg(long)]
    pub database_url: String,
    /// What `prepare` wrote
    #[arg(long)]
    drafts: PathBuf,
}

impl Prepared {
    /// # Errors
    /// The file does not open, or nobody is in it.
    pub fn citizens(&self) -> Outcome<Vec<Ready>> {
        let text = std::fs::read_to_string(&self.drafts)?;
        let citizens: Vec<Ready> = text.lines().filter_map(Ready::read).collect();
        if citizens.is_empty() { Err("nobody has a draft".into()) } else { Ok(citizens) }
    }
}

/// Adds `count` citizens, none of whom shares a number with another, and writes a line for each into `out`.
/// They are numbered from `first` on: a database that is filled already has others.
pub async fn prepare(database_url: &str, data_dir: &Path, first: u64, count: u64, out: &Path) -> Outcome<()> {
    let db = Db::open(database_url).await?;
    db.migrate().await?;
    let vault = Vault::open_or_create(&data_dir.join("keys/master.json"))?;
    let mut lines = String::new();
    let mut n = 0;
    while n < count {
        let mut tx = db.write().await?;
        for _ in 0..TOGETHER.min(count - n) {
            let ready = add(&mut tx, &vault, first + n).await?;
            writeln!(lines, "{} {} {}", ready.token, ready.id, ready.submit_key)?;
            n += 1;
        }
        tx.commit().await?;
    }
    db.close().await;
    std::fs::write(out, lines)?;
    Ok(())
}

async fn add(tx: &mut Tx, vault: &Vault, n: u64) -> Outcome<Ready> {
    let now = SystemClock.now().0;
    let answers = answers(n);
    let (account, id, submit_key, token) = (ids::public_id(), ids::public_id(), ids::token(), ids::token());
    persons::create(tx, vault, &account, now).await?;
    let profile = answers.only(&[Field::LastName, Field::FirstName, Field::MiddleName, Field::Phone, Field::Email]);
    let new = accounts::NewAccount {
        id: &account,
        phone_index: Some(vault.blind_index(Purpose::Phone, answers.get(Field::Phone))),
        email_index: Some(vault.blind_index(Purpose::Email, answers.get(Field::Email))),
        // Nobody logs in with it.
        password_hash: "none",
        profile: &profile,
        level: accounts::Level::Confirmed,
        phone_confirmed_ms: Some(now),
        email_confirmed_ms: Some(now),
        lang: "ru",
        created_ms: now,
    };
    accounts::create(tx, vault, &new).await?;
    for purpose in server::desks::PURPOSES {
        let consent = consents::NewConsent {
            account_id: &account,
            purpose,
            text_version: app::text::consent::VERSION,
            text_hash: "none: the load is nobody's consent",
            given_ms: now,
        };
        consents::give(tx, &consent).await?;
    }
    let session = sessions::NewSession {
        token_hash: ids::token_hash(&token),
        id: &ids::public_id(),
        account_id: Some(&account),
        stage: sessions::Stage::Open,
        subject: None,
        // As if the review page had been opened just before the submission, whenever in this hour that is:
        // the first request of a minute also writes down that the session was used.
        created_ms: now + HOUR_MS,
        absolute_expires_ms: now + DAY_MS,
        label: "load",
        device_hash: None,
        proved_by: "",
    };
    sessions::create(tx, &session).await?;
    let draft = applications::NewDraft {
        id: &id,
        account_id: &account,
        kind: "",
        status: "draft",
        stage: "draft",
        answers: &answers,
        submit_key: &submit_key,
        now_ms: now,
    };
    applications::create(tx, vault, &draft).await?;
    Ok(Ready { token, id, submit_key })
}
