//! Clerks at work on a desk with a history: what each of their acts takes, as they wait for it.

use crate::Outcome;
use crate::answers::snils;
use crate::drive::Run;
use crate::fill::{self, NAMES};
use crate::http::{Connection, staff_call};
use serde_json::{Value, json};
use server::house::{Clock, SystemClock};
use server::storage::{Db, Vault};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

#[derive(clap::Args)]
pub struct Filling {
    #[arg(long)]
    database_url: String,
    #[arg(long)]
    data_dir: PathBuf,
    #[arg(long)]
    applications: u64,
    #[arg(long, default_value_t = 64)]
    clerks: u64,
    #[arg(long)]
    out: PathBuf,
}

pub async fn fill(plan: Filling) -> Outcome<Value> {
    let started = Instant::now();
    let db = Db::open(&plan.database_url).await?;
    db.migrate().await?;
    db.close().await;
    let vault = Vault::open_or_create(&plan.data_dir.join("keys/master.json"))?;
    let now_ms = SystemClock.now().0;
    let size = fill::Plan { applications: plan.applications, clerks: plan.clerks, now_ms };
    let mut lines = String::new();
    for seat in fill::fill(&plan.database_url, &vault, &size).await? {
        writeln!(lines, "{}", seat.token)?;
    }
    std::fs::write(&plan.out, lines)?;
    Ok(json!({ "seconds": started.elapsed().as_secs_f64() }))
}

#[derive(clap::Args)]
pub struct Plan {
    #[arg(long)]
    address: SocketAddr,
    /// What `fill` wrote
    #[arg(long)]
    clerks: PathBuf,
    /// How many applications there are
    #[arg(long)]
    applications: u64,
    #[arg(long, default_value_t = 20.0)]
    seconds: f64,
    /// Between an answer and the next act of the same clerk, on average
    #[arg(long, default_value_t = 1000)]
    pause_ms: u64,
}

pub async fn run(plan: Plan) -> Outcome<Value> {
    let text = std::fs::read_to_string(&plan.clerks)?;
    let time = Duration::from_secs_f64(plan.seconds);
    let mut tasks = JoinSet::new();
    for (n, line) in text.lines().enumerate() {
        let token = line.to_owned();
        let clerk = Clerk {
            address: plan.address,
            token,
            connection: None,
            applications: plan.applications,
            pause: Duration::from_millis(plan.pause_ms),
            turn: n as u64 * 7919,
            seen: BTreeMap::new(),
        };
        tasks.spawn(clerk.work(time));
    }
    let mut all: BTreeMap<&'static str, Run> = BTreeMap::new();
    while let Some(done) = tasks.join_next().await {
        for (act, run) in done? {
            all.entry(act).or_default().join(run);
        }
    }
    let acts: serde_json::Map<String, Value> = all
        .into_iter()
        .map(|(act, mut run)| {
            run.seconds = plan.seconds;
            (act.to_owned(), run.told())
        })
        .collect();
    Ok(json!({ "acts": acts }))
}

struct Clerk {
    address: SocketAddr,
    token: String,
    connection: Option<Connection>,
    applications: u64,
    pause: Duration,
    turn: u64,
    seen: BTreeMap<&'static str, Run>,
}

impl Clerk {
    /// A day of work in seconds: the queue, a file, the letter, the decision, a search, somebody on the phone.
    async fn work(mut self, time: Duration) -> BTreeMap<&'static str, Run> {
        let started = Instant::now();
        // Not all at the same moment.
        tokio::time::sleep(self.pause * (self.turn % 16) as u32 / 16).await;
        while started.elapsed() < time {
            self.turn += 1;
            self.ask("queue", "queue", json!({ "filter": {} })).await;
            let file = self.ask("take", "take_next", json!({ "filter": {}, "except": [] })).await;
            if let Some((id, version)) = file.as_ref().and_then(|f| Some((f["id"].as_str()?, f["version"].as_i64()?))) {
                let act = match self.turn % 10 {
                    0 | 1 => json!({ "act": "ask", "reason": "OTD-3153", "fields": ["snils"], "documents": [],
                        "text": "Сверьте номер с карточкой.", "days": 7 }),
                    2 => {
                        json!({ "act": "refuse", "reasons": [{ "code": "OTD-3102" }], "text": "Паспорт по реестру заменён." })
                    }
                    _ => json!({ "act": "approve" }),
                };
                self.ask("preview", "preview", json!({ "id": id, "act": act })).await;
                self.ask("decide", "act", json!({ "id": id, "version": version, "act": act })).await;
            }
            let n = self.turn * 104_729 % self.applications;
            let name = NAMES[(self.turn % NAMES.len() as u64) as usize];
            let found = self.ask("search, common name", "search", json!({ "query": name })).await;
            self.ask("search, СНИЛС", "search", json!({ "query": snils(n) })).await;
            self.ask("search, number", "search", json!({ "query": fill::number(n) })).await;
            if let Some(id) = found.as_ref().and_then(|f| f["rows"][0]["id"].as_str()) {
                self.ask("open", "open", json!({ "id": id, "purpose": "citizen_asked" })).await;
            }
            if self.turn.is_multiple_of(3) {
                self.ask("board", "board", json!({})).await;
            }
        }
        self.seen
    }

    async fn ask(&mut self, act: &'static str, verb: &str, body: Value) -> Option<Value> {
        let request = staff_call(self.address, verb, &self.token, &body.to_string());
        let sent = Instant::now();
        let answer = self.answer(&request).await;
        let millis = sent.elapsed().as_secs_f64() * 1000.0;
        let run = self.seen.entry(act).or_default();
        match &answer {
            Some(_) => run.millis.push(millis),
            None => run.failures += 1,
        }
        // Between half of the pause and one and a half.
        self.turn += 1;
        let share = self.turn * 2_654_435_761 % 1000;
        self.turn -= 1;
        tokio::time::sleep(self.pause / 2 + self.pause * u32::try_from(share).unwrap_or(0) / 1000).await;
        answer
    }

    async fn answer(&mut self, request: &[u8]) -> Option<Value> {
        if self.connection.is_none() {
            self.connection = Connection::open(self.address).await.ok();
        }
        let (status, body) = match self.connection.as_mut()?.ask(request).await {
            Ok(answer) => answer,
            Err(_) => {
                self.connection = None;
                return None;
            }
        };
        // 409: a colleague was quicker. That is an answer too.
        (status == 200 || status == 409).then(|| serde_json::from_slice(body).unwrap_or_default())
    }
}
