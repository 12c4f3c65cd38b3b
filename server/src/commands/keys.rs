//! `server keys`: master keys that wrap every person's data key.

use super::{Outcome, answer, open};
use crate::config::Options;
use crate::storage::{Vault, persons};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Act {
    /// Make the first master key
    Init {
        #[command(flatten)]
        options: Options,
        #[arg(long)]
        json: bool,
    },
    /// Make a new master key, wrap every data key anew, and retire the old one; may run while serving
    Rotate {
        #[command(flatten)]
        options: Options,
        #[arg(long)]
        json: bool,
    },
}

const BATCH: i64 = 200;

pub async fn run(act: Act) -> Outcome {
    match act {
        Act::Init { options, json } => {
            let config = options.settle()?;
            let vault = Vault::open_or_create(&config.key_file())?;
            answer(json, &serde_json::json!({"key": vault.active_key()?}), "keep a copy of the key file elsewhere");
            Ok(())
        }
        Act::Rotate { options, json } => {
            let config = options.settle()?;
            let db = open::database(&config).await?;
            let vault = open::vault(&config)?;
            let old = vault.active_key()?;
            let new = vault.rotate()?;
            let mut wrapped = 0;
            loop {
                let mut tx = db.write().await?;
                let done = persons::rewrap(&mut tx, &vault, BATCH).await?;
                tx.commit().await?;
                if done == 0 {
                    break;
                }
                wrapped += done;
            }
            let mut tx = db.read().await?;
            if persons::wrapped_by(&mut tx, &old).await? == 0 {
                vault.retire(&old)?;
            }
            drop(tx);
            db.close().await;
            answer(
                json,
                &serde_json::json!({"key": new, "wrapped": wrapped}),
                &format!("{wrapped} data keys wrapped by {new}"),
            );
            Ok(())
        }
    }
}
