//! The people of a demonstration: a citizen to log in as, and the staff.

use super::Outcome;
use crate::demo::people::{Clerk, PASSWORD, STAFF};
use crate::house::House;
use crate::storage::{Purpose, Tx, accounts, consents, ids, persons, staff, staff_grants};
use domain::staff::{Grant, Scope};
use domain::{Field, Values};
use std::net::SocketAddr;

const PHONE: &str = "+79990000001";
const EMAIL: &str = "demo@example.org";

/// Adds them once.
pub async fn settle(house: &House) -> Outcome {
    let now = house.now().0;
    let phone_index = house.vault.blind_index(Purpose::Phone, PHONE);
    let mut tx = house.db.read().await?;
    let there = accounts::phone_taken(&mut tx, &phone_index).await?;
    drop(tx);
    if there {
        return Ok(());
    }
    let hash = house.passwords.hash(PASSWORD.to_owned()).await.map_err(|r| r.code.to_string())?;
    let id = ids::public_id();
    let profile: Values = [
        (Field::LastName, "Соколова"),
        (Field::FirstName, "Анна"),
        (Field::MiddleName, "Павловна"),
        (Field::PassportSeries, "4519"),
        (Field::PassportNumber, "123456"),
        (Field::Phone, PHONE),
        (Field::Email, EMAIL),
    ]
    .into_iter()
    .map(|(f, v)| (f, v.to_owned()))
    .collect();
    let mut tx = house.db.write().await?;
    persons::create(&mut tx, &house.vault, &id, now).await?;
    let account = accounts::NewAccount {
        id: &id,
        phone_index: Some(phone_index),
        email_index: Some(house.vault.blind_index(Purpose::Email, EMAIL)),
        password_hash: &hash,
        profile: &profile,
        level: accounts::Level::Confirmed,
        phone_confirmed_ms: Some(now),
        email_confirmed_ms: Some(now),
        lang: "ru",
        created_ms: now,
    };
    accounts::create(&mut tx, &house.vault, &account).await?;
    for purpose in crate::desks::PURPOSES {
        let consent = consents::NewConsent {
            account_id: &id,
            purpose,
            text_version: app::text::consent::VERSION,
            text_hash: &house.consent_hash,
            given_ms: now,
        };
        consents::give(&mut tx, &consent).await?;
    }
    for clerk in STAFF {
        settle_staff(house, &mut tx, clerk, &hash, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Past the enrolment: their secrets are shown at `/demo/staff`.
async fn settle_staff(house: &House, tx: &mut Tx, clerk: &Clerk, hash: &str, now: i64) -> Outcome {
    let id = ids::public_id();
    let new = staff::NewStaff { id: &id, login: clerk.login, password_hash: hash, created_ms: now };
    staff::create(tx, &new).await?;
    staff::set_password(tx, &id, hash, now).await?;
    staff::set_secret(tx, &house.vault, &id, clerk.secret, now).await?;
    staff::confirm_secret(tx, &id, now).await?;
    let grant = Grant { role: clerk.role, scope: Scope::Everywhere };
    let proposal = staff_grants::propose(tx, &id, &grant, staff_grants::CONSOLE, now).await?;
    staff_grants::confirm(tx, &proposal, staff_grants::INSTALLATION, now).await?;
    Ok(())
}

/// Where to go and who to be.
pub fn greet(house: &House, address: SocketAddr) {
    eprintln!(
        "\n  «Отделение» (demonstration) is open at {}\n  listening on {address}\n\n  citizen   {PHONE}  {PASSWORD}\n  staff     clerk, clerk2, admin, admin2 …  {PASSWORD}  {}/staff, codes at {}/demo/staff\n  letters and SMS   {}/demo/outbox\n  registries        {}/demo/registries\n",
        house.config.public_url,
        house.config.public_url,
        house.config.public_url,
        house.config.public_url,
        house.config.public_url
    );
}
