//! The commands of an operator, run as an operator runs them: the binary, its exit status, its JSON.
//!
//! On SQLite and on the PostgreSQL of `OTDELENIE_TEST_POSTGRES`; without it the latter is not tried, which CI refuses.
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "commands/starting.rs"]
mod starting;

use domain::{Field, Values};
use serde_json::Value;
use server::storage::accounts::{Level, NewAccount};
use server::storage::alarms::NewAlarm;
use server::storage::journal::NewEntry;
use server::storage::sessions::{NewSession, Stage};
use server::storage::staff::NewStaff;
use server::storage::{
    Db, Files, Purpose, Vault, accounts, alarms, applications, file_entries, ids, journal, persons, sessions, staff,
    staff_sessions,
};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqliteConnection};
use std::path::{Path, PathBuf};
use std::process::Command;

const OPERATOR: &[(&str, &str)] = &[
    ("OTDELENIE_OPERATOR_NAME", "ООО «Почтовик»"),
    ("OTDELENIE_OPERATOR_INN", "6124960452"),
    ("OTDELENIE_OPERATOR_OGRN", "1176104961856"),
    ("OTDELENIE_OPERATOR_ADDRESS", "344000, г. Ростов-на-Дону, ул. Почтовая, д. 1"),
    ("OTDELENIE_OPERATOR_EMAIL", "consent@post.example.ru"),
];

/// What a command left behind.
struct Ran {
    ok: bool,
    json: Value,
    said: String,
}

/// An installation: its data folder and its database.
struct Place {
    data: PathBuf,
    site: PathBuf,
    database: String,
}

impl Place {
    fn new(folder: &Path, name: &str, database: Option<String>) -> Place {
        let data = folder.join(name);
        let site = folder.join("site");
        std::fs::create_dir_all(&site).unwrap();
        std::fs::write(site.join("index.html"), "<html><head></head></html>").unwrap();
        let database = database.unwrap_or_else(|| format!("sqlite:{}", data.join("otdelenie.db").display()));
        Place { data, site, database }
    }

    fn run(&self, words: &[&str]) -> Ran {
        let done = Command::new(env!("CARGO_BIN_EXE_server"))
            .args(words)
            .arg("--json")
            .env("OTDELENIE_DATA_DIR", &self.data)
            .env("OTDELENIE_SITE_DIR", &self.site)
            .env("OTDELENIE_DATABASE_URL", &self.database)
            .envs(OPERATOR.iter().copied())
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        let json = serde_json::from_slice(&done.stdout).unwrap_or(Value::Null);
        Ran { ok: done.status.success(), json, said }
    }

    fn must(&self, words: &[&str]) -> Value {
        let ran = self.run(words);
        assert!(ran.ok, "{words:?}: {} {}", ran.json, ran.said);
        ran.json
    }

    fn must_fail(&self, words: &[&str], why: &str) -> Value {
        let ran = self.run(words);
        assert!(!ran.ok && ran.said.contains(why), "{words:?}: {}", ran.said);
        ran.json
    }

    fn keys(&self) -> PathBuf {
        self.data.join("keys/master.json")
    }

    fn files(&self) -> PathBuf {
        self.data.join("files")
    }

    async fn raw(&self, sql: &'static str) {
        if self.database.starts_with("postgres") {
            PgConnection::connect(&self.database).await.unwrap().execute(sql).await.unwrap();
        } else {
            SqliteConnection::connect(&self.database).await.unwrap().execute(sql).await.unwrap();
        }
    }

    /// A citizen with a session, a file and two rows of the journal: the citizen's id and the file's.
    async fn live_in(&self) -> (String, String) {
        let db = Db::open(&self.database).await.unwrap();
        let vault = Vault::open(&self.keys()).unwrap();
        let files = Files::open(&self.files().to_string_lossy()).unwrap();
        let (anna, file) = (ids::public_id(), ids::public_id());
        let mut tx = db.write().await.unwrap();
        persons::create(&mut tx, &vault, &anna, 1).await.unwrap();
        let profile: Values = [(Field::LastName, "Ветлугина".to_owned())].into_iter().collect();
        let account = NewAccount {
            id: &anna,
            phone_index: Some(vault.blind_index(Purpose::Phone, "+79161111111")),
            email_index: None,
            password_hash: "$argon2id$test",
            profile: &profile,
            level: Level::Confirmed,
            phone_confirmed_ms: Some(1),
            email_confirmed_ms: Some(1),
            lang: "ru",
            created_ms: 1,
        };
        accounts::create(&mut tx, &vault, &account).await.unwrap();
        let session = NewSession {
            token_hash: ids::random(),
            id: "s",
            account_id: Some(&anna),
            stage: Stage::Open,
            subject: None,
            created_ms: 1,
            absolute_expires_ms: i64::MAX,
            label: "",
            device_hash: None,
            proved_by: "",
        };
        sessions::create(&mut tx, &session).await.unwrap();
        let boss = NewStaff { id: "boss", login: "boss", password_hash: "$argon2id$test", created_ms: 1 };
        staff::create(&mut tx, &boss).await.unwrap();
        let session = staff_sessions::NewSession {
            token_hash: [5; 32],
            id: "b",
            staff_id: "boss",
            stage: staff_sessions::Stage::Open,
            created_ms: 1,
            absolute_expires_ms: i64::MAX,
            label: "",
        };
        staff_sessions::create(&mut tx, &session).await.unwrap();
        let alarm = NewAlarm {
            token_hash: [6; 32],
            account_id: &anna,
            act: "device_new",
            object: "",
            created_ms: 1,
            expires_ms: i64::MAX,
        };
        alarms::create(&mut tx, &alarm).await.unwrap();
        let key = persons::key(&mut tx, &vault, &anna).await.unwrap();
        let path = files.put(&vault, &key, &file, "Квитанция Ветлугиной".as_bytes()).await.unwrap();
        let application = ids::public_id();
        let draft = applications::NewDraft {
            id: &application,
            account_id: &anna,
            kind: "citizen",
            status: "draft",
            stage: "intake",
            answers: &profile,
            submit_key: "key",
            // A purge does not take it for one that was left.
            now_ms: i64::MAX / 2,
        };
        applications::create(&mut tx, &vault, &draft).await.unwrap();
        file_entries::promise(&mut tx, &file, &anna, &application, 1).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        assert!(file_entries::made(&mut tx, &file, &path, 1).await.unwrap());
        for act in ["login", "profile_read"] {
            let row = NewEntry { account_id: Some(&anna), at_ms: 1, actor: "citizen", act, object: "", detail: "" };
            journal::append(&mut tx, &row).await.unwrap();
        }
        tx.commit().await.unwrap();
        db.close().await;
        (anna, file)
    }

    /// What is there after a restore.
    async fn expect(&self, anna: &str, file: &str) {
        let db = Db::open(&self.database).await.unwrap();
        let vault = Vault::open(&self.keys()).unwrap();
        let mut tx = db.read().await.unwrap();
        let account = accounts::find(&mut tx, &vault, anna).await.unwrap().unwrap();
        assert_eq!(account.profile.get(Field::LastName), "Ветлугина");
        let key = persons::key(&mut tx, &vault, anna).await.unwrap();
        let files = Files::open(&self.files().to_string_lossy()).unwrap();
        let content = files.get(&vault, &key, file).await.unwrap().unwrap();
        assert_eq!(&content[..], "Квитанция Ветлугиной".as_bytes());
        assert!(sessions::list(&mut tx, anna, 2, i64::MAX / 2).await.unwrap().is_empty(), "nobody is signed in");
        let staff = staff_sessions::find(&mut tx, &[5; 32], 2, i64::MAX / 2).await.unwrap();
        assert!(staff.is_none(), "of the staff neither");
        assert!(alarms::find(&mut tx, &[6; 32], 2).await.unwrap().is_none(), "no link of then opens anything");
        drop(tx);
        db.close().await;
    }
}

/// Databases of our own on the PostgreSQL server.
struct Postgres(String, Vec<String>);

impl Postgres {
    fn server() -> Option<String> {
        let server = std::env::var("OTDELENIE_TEST_POSTGRES").ok();
        assert!(server.is_some() || std::env::var("CI").as_deref() != Ok("true"), "OTDELENIE_TEST_POSTGRES is not set");
        server
    }

    async fn admin(&self, sql: String) {
        let mut admin = PgConnection::connect(&self.0).await.unwrap();
        admin.execute(AssertSqlSafe(sql)).await.unwrap();
    }

    async fn make(&mut self) -> String {
        let name = format!("test_{}", ids::inner_id());
        self.admin(format!("CREATE DATABASE {name}")).await;
        self.1.push(name.clone());
        format!("{}/{name}", self.0.rsplit_once('/').unwrap().0)
    }

    async fn leave(&self) {
        for name in &self.1 {
            self.admin(format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Everything in a folder, as one text, with the names.
fn all_of(folder: &Path) -> String {
    let mut seen = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        seen.push_str(&path.to_string_lossy());
        if path.is_dir() {
            seen.push_str(&all_of(&path));
        } else {
            seen.push_str(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        }
    }
    seen
}

/// The day an operator hopes never to see: everything is lost but the backup and the keys.
async fn a_backup_becomes_the_installation_again(folder: &Path, here: Place, there: Place) {
    here.must(&["keys", "init"]);
    here.must(&["migrate"]);
    let (anna, file) = here.live_in().await;
    here.must(&["doctor"]);
    let backup = folder.join("backup");
    let said = here.must(&["backup", text(&backup)]);
    assert_eq!((&said["files"], &said["master_keys"]), (&1.into(), &serde_json::json!(["k1"])));
    here.must_fail(&["backup", text(&backup)], "is not empty");

    let seen = all_of(&backup);
    let secret = std::fs::read_to_string(here.keys()).unwrap();
    for key in secret.split('"').filter(|part| part.len() > 40) {
        assert!(!seen.contains(key), "a key is in the backup");
    }
    assert!(!seen.contains("master.json") && !seen.contains("Ветлугин"), "sealed, and without what opens it");

    let said = there.must(&["restore", text(&backup)]);
    assert_eq!(said["keys_lacking"], serde_json::json!(["k1"]));
    there.must_fail(&["doctor"], "not in order");
    // Another installation's key of the same name opens nothing, and that is said.
    there.must(&["keys", "init"]);
    let report = there.must_fail(&["doctor"], "not in order");
    assert!(report.to_string().contains("master keys k1"), "{report}");
    std::fs::copy(here.keys(), there.keys()).unwrap();
    there.must(&["doctor"]);
    there.expect(&anna, &file).await;
    let journal = there.must(&["journal", "verify"]);
    assert_eq!((&journal["rows"], &journal["broken"]), (&2.into(), &serde_json::json!([])));
    there.must_fail(&["restore", text(&backup)], "already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_sqlite_becomes_the_installation_again() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name| Place::new(folder.path(), name, None);
    a_backup_becomes_the_installation_again(folder.path(), place("here"), place("there")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_postgres_becomes_the_installation_again() {
    let Some(server) = Postgres::server() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut postgres = Postgres(server, Vec::new());
    let (one, two) = (postgres.make().await, postgres.make().await);
    let place = |name, url| Place::new(folder.path(), name, Some(url));
    a_backup_becomes_the_installation_again(folder.path(), place("here", one), place("there", two)).await;
    postgres.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_not_whole_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let here = Place::new(folder.path(), "here", None);
    let backup = folder.path().join("backup");
    here.must_fail(&["backup", text(&backup)], "there is no database");
    here.must(&["keys", "init"]);
    here.must(&["migrate"]);
    let (_, file) = here.live_in().await;
    let backup = folder.path().join("second");
    here.must(&["backup", text(&backup)]);
    let there = Place::new(folder.path(), "there", None);
    there.must_fail(&["restore", text(folder.path())], "backup.json");

    let sealed = backup.join("files").join(&file[..2]).join(&file);
    let content = std::fs::read(&sealed).unwrap();
    std::fs::remove_file(&sealed).unwrap();
    there.must_fail(&["restore", text(&backup)], "the backup had 1 files");
    std::fs::write(&sealed, content).unwrap();

    let database = backup.join("database.sqlite");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, &bytes).unwrap();
    there.must_fail(&["restore", text(&backup)], "damaged or changed");
    assert!(!there.data.join("otdelenie.db").exists(), "nothing was begun");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_journal_somebody_touched_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let here = Place::new(folder.path(), "here", None);
    here.must(&["keys", "init"]);
    here.must(&["migrate"]);
    let (anna, _) = here.live_in().await;
    assert_eq!(here.must(&["journal", "verify"])["rows"], 2);
    here.raw("DROP TRIGGER journal_no_update; UPDATE journal SET act = 'logout' WHERE seq = 1").await;
    let found = here.must_fail(&["journal", "verify"], "not as it was written");
    assert_eq!(found["broken"], serde_json::json!([{"what": "altered", "chain": anna, "seq": 1}]));
}

#[tokio::test(flavor = "multi_thread")]
async fn purging_says_what_went() {
    let folder = tempfile::tempdir().unwrap();
    let here = Place::new(folder.path(), "here", None);
    here.must(&["keys", "init"]);
    here.must(&["migrate"]);
    here.live_in().await;
    here.raw("UPDATE sessions SET absolute_expires_ms = 1").await;
    assert_eq!(here.must(&["purge"])["sessions"], 1);
    assert_eq!(here.must(&["purge"])["sessions"], 0);
}

#[test]
fn every_command_explains_itself() {
    for words in [
        &["backup", "--help"][..],
        &["restore", "--help"],
        &["purge", "--help"],
        &["journal", "verify", "--help"],
        &["doctor", "--help"],
    ] {
        let done = Command::new(env!("CARGO_BIN_EXE_server")).args(words).output().unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success() && said.contains("Usage:") && said.contains("--json"), "{words:?}");
    }
}
