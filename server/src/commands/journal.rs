//! `server journal`: whether the journal is as it was written.

use super::{Outcome, answer, open};
use crate::config::Options;
use crate::storage::journal::{self, Broken};
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Act {
    /// Follow every chain of the journal and name each row that was altered, removed or put elsewhere
    Verify {
        #[command(flatten)]
        options: Options,
        /// Answer as JSON
        #[arg(long)]
        json: bool,
    },
}

pub async fn run(act: Act) -> Outcome {
    let Act::Verify { options, json } = act;
    let db = open::database(&options.settle()?).await?;
    let mut tx = db.read().await?;
    let found = journal::verify(&mut tx).await?;
    drop(tx);
    db.close().await;
    let mut words = format!("{} rows in {} chains", found.rows, found.chains);
    if found.unchained > 0 {
        words = format!("{words}, {} from before there were chains", found.unchained);
    }
    for broken in &found.broken {
        words.push('\n');
        words.push_str(&say(broken));
    }
    answer(json, &serde_json::to_value(&found)?, &words);
    if found.broken.is_empty() { Ok(()) } else { Err("the journal is not as it was written".into()) }
}

fn say(broken: &Broken) -> String {
    let of = |chain: &str| if chain.is_empty() { "no account".to_owned() } else { format!("account {chain}") };
    match broken {
        Broken::Altered { chain, seq } => format!("altered: row {seq} of {}", of(chain)),
        Broken::Missing { chain, seq } => format!("missing: row {seq} of {}", of(chain)),
        Broken::End { chain } => format!("cut off or added to: the rows of {}", of(chain)),
        Broken::Unchained { expected, found } => {
            format!("rows from before there were chains: {found} instead of {expected}")
        }
    }
}
