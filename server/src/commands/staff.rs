//! `server staff`: accounts of the people who work here.

use super::{Outcome, answer, open};
use crate::config::Options;
use crate::desks::passwords::Passwords;
use crate::desks::staff::first_password;
use crate::house::{Clock, SystemClock};
use crate::storage::{ids, staff, staff_grants, staff_sessions};
use clap::Subcommand;
use domain::staff::{Grant, Role, Scope, parse_login};

fn role(name: &str) -> Result<Role, String> {
    let names: Vec<_> = Role::ALL.iter().map(|r| r.name()).collect();
    Role::from_name(name).ok_or_else(|| names.join(", "))
}

fn scope(name: &str) -> Result<Scope, &'static str> {
    Scope::from_name(name).ok_or("everywhere, region:77 or office:101000")
}

#[derive(Subcommand)]
pub enum Act {
    /// Add an account, or propose a right for one; a new account's first password is printed once. The very first
    /// administrator is in force at once; every other right waits for an administrator to confirm it
    Add {
        login: String,
        #[arg(long, value_parser = role)]
        role: Role,
        /// How far the right reaches: everywhere, region:77, office:101000
        #[arg(long, value_parser = scope, default_value = "everywhere")]
        scope: Scope,
        #[command(flatten)]
        options: Options,
        #[arg(long)]
        json: bool,
    },
    /// Disable an account and end its sessions
    Disable {
        login: String,
        #[command(flatten)]
        options: Options,
        #[arg(long)]
        json: bool,
    },
    /// List accounts
    List {
        #[command(flatten)]
        options: Options,
        #[arg(long)]
        json: bool,
    },
}

pub async fn run(act: Act) -> Outcome {
    let now = SystemClock.now().0;
    match act {
        Act::Add { login, role, scope, options, json } => add(&login, Grant { role, scope }, options, json, now).await,
        Act::Disable { login, options, json } => {
            let db = open::database(&options.settle()?).await?;
            let mut tx = db.write().await?;
            let found = staff::set_disabled(&mut tx, &login, Some(now)).await?;
            if let Some(member) = staff::find_by_login(&mut tx, &login).await? {
                staff_sessions::revoke_all(&mut tx, &member.id, now).await?;
            }
            tx.commit().await?;
            db.close().await;
            if !found {
                return Err(format!("no such login: {login}").into());
            }
            answer(json, &serde_json::json!({"login": login, "disabled": true}), &format!("{login} is disabled"));
            Ok(())
        }
        Act::List { options, json } => {
            let db = open::database(&options.settle()?).await?;
            let mut tx = db.read().await?;
            let all = staff::list(&mut tx).await?;
            let grants = staff_grants::list(&mut tx).await?;
            drop(tx);
            db.close().await;
            let of = |id: &str, in_force: bool| -> Vec<String> {
                let mine = grants.iter().filter(|g| g.staff_id == id && g.confirmed_by.is_some() == in_force);
                mine.map(|g| format!("{} {}", g.grant.role.name(), g.grant.scope.name())).collect()
            };
            let rows: Vec<_> = all
                .iter()
                .map(|s| {
                    serde_json::json!({
                        "login": s.login, "grants": of(&s.id, true), "proposed": of(&s.id, false),
                        "disabled": s.disabled_ms.is_some(), "authenticator": s.totp_confirmed_ms.is_some(),
                    })
                })
                .collect();
            let line = |s: &staff::Staff| {
                let disabled = if s.disabled_ms.is_some() { " (disabled)" } else { "" };
                let proposed = of(&s.id, false);
                let waits =
                    if proposed.is_empty() { String::new() } else { format!("; waits: {}", proposed.join(", ")) };
                format!("{}{disabled}: {}{waits}", s.login, of(&s.id, true).join(", "))
            };
            let words: Vec<_> = all.iter().map(line).collect();
            answer(json, &serde_json::json!(rows), &words.join("\n"));
            Ok(())
        }
    }
}

async fn add(login: &str, grant: Grant, options: Options, json: bool, now: i64) -> Outcome {
    let login =
        parse_login(login).map_err(|_| "a login has 3 to 32 small Latin letters, digits, . - _, a letter first")?;
    let db = open::database(&options.settle()?).await?;
    let password = first_password();
    let hash = Passwords::new(1).hash(password.clone()).await.map_err(|r| r.code.to_string())?;
    let mut tx = db.write().await?;
    let (id, new) = match staff::find_by_login(&mut tx, &login).await? {
        Some(found) => (found.id, false),
        None => {
            let id = ids::public_id();
            let new = staff::NewStaff { id: &id, login: &login, password_hash: &hash, created_ms: now };
            staff::create(&mut tx, &new).await?;
            (id, true)
        }
    };
    let first = grant.role == Role::Administrator && !staff_grants::has_administrator(&mut tx).await?;
    let proposal = staff_grants::propose(&mut tx, &id, &grant, staff_grants::CONSOLE, now).await?;
    if first {
        staff_grants::confirm(&mut tx, &proposal, staff_grants::INSTALLATION, now).await?;
    }
    tx.commit().await?;
    db.close().await;
    let waits = if first { "" } else { "; the right waits for an administrator to confirm it" };
    let secret = new.then_some(&password);
    let words = match secret {
        Some(password) => format!("{login}: first password {password}{waits}"),
        None => format!("{login}{waits}"),
    };
    answer(json, &serde_json::json!({"login": login, "password": secret, "in_force": first}), &words);
    Ok(())
}
