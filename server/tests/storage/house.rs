//! A fresh house per test: database, keys, files, and the people in it.

use domain::staff::Place;
use domain::{Field, Values};
use server::storage::accounts::{Level, NewAccount};
use server::storage::applications::{NewDraft, Submission, Submitted};
use server::storage::{Db, Files, Purpose, Vault, accounts, applications, ids, persons};
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

/// 22.11.2026, noon in Moscow.
pub const NOON: i64 = 1_795_338_000_000;
pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// A place no directory knows.
pub const NOWHERE: Place = Place { region: None, office_index: None };

pub struct House {
    pub db: Db,
    pub vault: Vault,
    pub files: Files,
    pub url: String,
    pub folder: tempfile::TempDir,
    /// The PostgreSQL server and the database on it that is ours.
    postgres: Option<(String, String)>,
}

impl House {
    pub async fn sqlite() -> House {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("otdelenie.db").display());
        House::furnish(folder, url, None).await
    }

    /// `None`: there is no PostgreSQL here, which only a developer's machine may say.
    pub async fn postgres() -> Option<House> {
        let Ok(server) = std::env::var("OTDELENIE_TEST_POSTGRES") else {
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "OTDELENIE_TEST_POSTGRES is not set");
            eprintln!("OTDELENIE_TEST_POSTGRES is not set: this test ran on SQLite only");
            return None;
        };
        let name = format!("test_{}", ids::inner_id());
        let mut admin = PgConnection::connect(&server).await.unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        let url = format!("{address}/{name}");
        Some(House::furnish(tempfile::tempdir().unwrap(), url, Some((server, name))).await)
    }

    async fn furnish(folder: tempfile::TempDir, url: String, postgres: Option<(String, String)>) -> House {
        let db = Db::open(&url).await.unwrap();
        db.migrate().await.unwrap();
        House {
            vault: Vault::open_or_create(&folder.path().join("keys/master.json")).unwrap(),
            files: Files::open(folder.path().join("files").to_str().unwrap()).unwrap(),
            db,
            url,
            folder,
            postgres,
        }
    }

    /// Takes the house down; a failed test leaves its database to be looked at.
    pub async fn leave(self) {
        self.db.close().await;
        if let Some((server, name)) = self.postgres {
            let mut admin = PgConnection::connect(&server).await.unwrap();
            let drop = format!("DROP DATABASE {name} WITH (FORCE)");
            sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut admin).await.unwrap();
        }
    }

    /// One statement past all our code, as somebody with the database in hands would run it.
    pub async fn raw(&self, sql: &'static str) -> Result<(), sqlx::Error> {
        if self.postgres.is_some() {
            PgConnection::connect(&self.url).await?.execute(sql).await.map(drop)
        } else {
            SqliteConnection::connect(&self.url).await?.execute(sql).await.map(drop)
        }
    }

    /// When the next job is due.
    pub async fn next_due(&self) -> i64 {
        self.number("SELECT MIN(due_ms) FROM jobs WHERE failed_ms IS NULL").await
    }

    /// The one number a query past all our code answers.
    pub async fn number(&self, sql: &'static str) -> i64 {
        if self.postgres.is_some() {
            let mut c = PgConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut c).await.unwrap()
        } else {
            let mut c = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&mut c).await.unwrap()
        }
    }

    /// Everything that somebody with the disk in hands sees: rows, logs, files; bytes also as hex digits.
    pub async fn everything_stored(&self) -> String {
        let mut seen = Vec::new();
        if self.postgres.is_some() {
            let mut c = PgConnection::connect(&self.url).await.unwrap();
            let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
            for table in sqlx::query_scalar::<_, String>(tables).fetch_all(&mut c).await.unwrap() {
                let rows = format!("SELECT t::text FROM {table} t");
                for row in sqlx::query_scalar::<_, String>(sqlx::AssertSqlSafe(rows)).fetch_all(&mut c).await.unwrap() {
                    seen.extend(row.into_bytes());
                }
            }
        }
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    seen.extend(std::fs::read(path).unwrap());
                }
            }
        }
        String::from_utf8_lossy(&seen).into_owned()
    }

    /// A citizen with an account: their id.
    pub async fn citizen(&self, phone: &str) -> String {
        let id = ids::public_id();
        let mut tx = self.db.write().await.unwrap();
        persons::create(&mut tx, &self.vault, &id, NOON).await.unwrap();
        let account = NewAccount {
            id: &id,
            phone_index: Some(self.vault.blind_index(Purpose::Phone, phone)),
            email_index: None,
            password_hash: "$argon2id$test",
            profile: &answers(&[(Field::LastName, "Иванова"), (Field::Phone, phone)]),
            level: Level::Phone,
            phone_confirmed_ms: Some(NOON),
            email_confirmed_ms: None,
            lang: "ru",
            created_ms: NOON,
        };
        accounts::create(&mut tx, &self.vault, &account).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// The citizen's draft: id and submit key.
    pub async fn draft(&self, citizen: &str) -> (String, String) {
        let (id, key) = (ids::public_id(), ids::token());
        let mut tx = self.db.write().await.unwrap();
        let draft = NewDraft {
            id: &id,
            account_id: citizen,
            kind: "person",
            status: "draft",
            stage: "intake",
            answers: &answers(&[(Field::Snils, "112-233-445 95")]),
            submit_key: &key,
            now_ms: NOON,
        };
        applications::create(&mut tx, &self.vault, &draft).await.unwrap();
        tx.commit().await.unwrap();
        (id, key)
    }

    /// A submitted application of the citizen: its id and version.
    pub async fn application(&self, citizen: &str) -> (String, i64) {
        let (id, key) = self.draft(citizen).await;
        let mut tx = self.db.write().await.unwrap();
        let (number, given) = (ids::spoken(10), Values::default());
        let submission = submission(&id, citizen, &key, &number, &given);
        let submitted = applications::submit(&mut tx, &self.vault, &submission).await.unwrap();
        let Submitted::Now { version, .. } = submitted else { panic!("not submitted") };
        tx.commit().await.unwrap();
        (id, version)
    }
}

pub fn submission<'a>(
    id: &'a str,
    citizen: &'a str,
    key: &'a str,
    number: &'a str,
    answers: &'a Values,
) -> Submission<'a> {
    Submission {
        id,
        account_id: citizen,
        submit_key: key,
        number,
        kind: "physical",
        status: "in_review",
        stage: "document_check",
        place: &NOWHERE,
        answers,
        now_ms: NOON + MINUTE,
        due_ms: Some(NOON + 30 * DAY),
    }
}

pub fn answers(fields: &[(Field, &str)]) -> Values {
    fields.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// Runs `n` at once.
pub async fn join<F: Future>(n: usize, task: impl Fn(usize) -> F) -> Vec<F::Output> {
    futures::future::join_all((0..n).map(task)).await
}

/// Runs each `async fn name(house: &House)` on both databases.
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let house = $crate::house::House::sqlite().await;
                super::$name(&house).await;
                house.leave().await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                if let Some(house) = $crate::house::House::postgres().await {
                    super::$name(&house).await;
                    house.leave().await;
                }
            })*
        }
    };
}
