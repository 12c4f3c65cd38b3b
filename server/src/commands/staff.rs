//! `server staff`: accounts of the people who work here.

use super::{Outcome, answer, open};
use crate::config::Options;
use crate::desks::passwords::Passwords;
use crate::house::{Clock, SystemClock};
use crate::storage::{ids, staff};
use clap::{Subcommand, ValueEnum};

#[derive(Clone, Copy, ValueEnum)]
pub enum Role {
    Operator,
    Reviewer,
    Support,
    Auditor,
    Administrator,
}

impl Role {
    const fn name(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Reviewer => "reviewer",
            Role::Support => "support",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }
}

#[derive(Subcommand)]
pub enum Act {
    /// Add an account; its first password is printed once
    Add {
        login: String,
        #[arg(long, value_enum)]
        role: Role,
        #[command(flatten)]
        options: Options,
        #[arg(long)]
        json: bool,
    },
    /// Disable an account
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
        Act::Add { login, role, options, json } => {
            let db = open::database(&options.settle()?).await?;
            let password = format!("{}-{}-Aa1!", ids::spoken(6), ids::spoken(6));
            let hash = Passwords::new(1).hash(password.clone()).await.map_err(|r| r.code.to_string())?;
            let id = ids::public_id();
            let new =
                staff::NewStaff { id: &id, login: &login, password_hash: &hash, role: role.name(), created_ms: now };
            let mut tx = db.write().await?;
            staff::create(&mut tx, &new).await?;
            tx.commit().await?;
            db.close().await;
            answer(
                json,
                &serde_json::json!({"login": login, "password": password}),
                &format!("{login}: first password {password}"),
            );
            Ok(())
        }
        Act::Disable { login, options, json } => {
            let db = open::database(&options.settle()?).await?;
            let mut tx = db.write().await?;
            let found = staff::set_disabled(&mut tx, &login, Some(now)).await?;
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
            drop(tx);
            db.close().await;
            let rows: Vec<_> = all
                .iter()
                .map(|s| serde_json::json!({"login": s.login, "role": s.role, "disabled": s.disabled_ms.is_some()}))
                .collect();
            let words: Vec<_> = all.iter().map(|s| format!("{} {}", s.login, s.role)).collect();
            answer(json, &serde_json::json!(rows), &words.join("\n"));
            Ok(())
        }
    }
}
