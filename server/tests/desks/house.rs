//! A whole house with a clock that a test moves, and citizens who are already signed in.

use app::desks::ApplicationsDesk;
use axum::http::Request;
use domain::applications::{Review, Status, Step};
use domain::clock::Timestamp;
use domain::{Code, Field, Values};
use server::commands::open;
use server::config::Options;
use server::house::{self, Clock};
use server::http::{SESSION, Visit};
use server::jobs::{self, Job, run_pending, worker};
use server::storage::journal::{self, Entry};
use server::storage::sessions::{NewSession, Stage};
use server::storage::{Purpose, accounts, consents, ids, notices, persons, sessions};
use sqlx::{Connection, SqliteConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// 22.11.2026, noon in Moscow.
pub const NOON: i64 = 1_795_338_000_000;
pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;

struct TestClock(Arc<AtomicI64>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

pub struct House {
    pub house: Arc<house::House>,
    now: Arc<AtomicI64>,
    pub folder: tempfile::TempDir,
}

impl House {
    pub async fn open() -> House {
        House::with(Review::Automatic).await
    }

    pub async fn with(review: Review) -> House {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        std::fs::create_dir(&site).unwrap();
        std::fs::create_dir(site.join("desk")).unwrap();
        for page in ["index.html", "desk/index.html"] {
            std::fs::write(site.join(page), "<html><head></head><body></body></html>").unwrap();
        }
        std::fs::write(site.join("sw.js"), "// keeps nothing").unwrap();
        let options = Options {
            listen: Some(([127, 0, 0, 1], 0).into()),
            data_dir: Some(folder.path().to_owned()),
            site_dir: Some(site),
            public_url: Some("http://127.0.0.1".to_owned()),
            demo: Some(true),
            review: Some(review),
            ..Options::default()
        };
        let mut config = options.settle().unwrap();
        // A test is not the program that judges uploads.
        config.inspector = Some(env!("CARGO_BIN_EXE_server").into());
        let now = Arc::new(AtomicI64::new(NOON));
        let house = open::house(config, Box::new(TestClock(now.clone()))).await.unwrap();
        House { house, now, folder }
    }

    /// Moves the clock to `NOON + after_ms` and does what has become due.
    pub async fn at(&self, after_ms: i64) {
        self.now.store(NOON + after_ms, Ordering::SeqCst);
        self.work().await;
    }

    /// Does what is due now, and what follows from it.
    pub async fn work(&self) {
        run_pending(&self.house.db, self.house.now().0, &worker::handler(self.house.clone())).await.unwrap();
    }

    /// Deletes what has run out at `NOON + after_ms`.
    pub async fn purge_at(&self, after_ms: i64) {
        let mut tx = self.house.db.write().await.unwrap();
        jobs::enqueue_once(&mut tx, "purge", &Job::Purge, None).await.unwrap();
        tx.commit().await.unwrap();
        self.at(after_ms).await;
    }

    /// How many objects the store holds.
    pub fn objects(&self) -> usize {
        let folders = std::fs::read_dir(self.folder.path().join("files")).unwrap();
        folders.map(|f| f.unwrap().path()).filter(|p| p.is_dir()).map(|p| std::fs::read_dir(p).unwrap().count()).sum()
    }

    /// The first column of the first row.
    pub async fn text(&self, sql: &'static str) -> String {
        let url = format!("sqlite:{}", self.folder.path().join("otdelenie.db").display());
        let mut c = SqliteConnection::connect(&url).await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut c).await.unwrap()
    }

    /// How often a notice was queued, over all channels.
    pub async fn told(&self, template: &str) -> i64 {
        let url = format!("sqlite:{}", self.folder.path().join("otdelenie.db").display());
        let mut c = SqliteConnection::connect(&url).await.unwrap();
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM notices WHERE template = $1").bind(template);
        count.fetch_one(&mut c).await.unwrap()
    }

    /// The newest messages to anybody, newest first.
    pub async fn messages(&self) -> Vec<notices::Message> {
        let url = format!("sqlite:{}", self.folder.path().join("otdelenie.db").display());
        let mut c = SqliteConnection::connect(&url).await.unwrap();
        let ids = sqlx::query_scalar::<_, String>("SELECT id FROM notices ORDER BY queued_ms DESC, id DESC LIMIT 50");
        let ids = ids.fetch_all(&mut c).await.unwrap();
        let mut tx = self.house.db.read().await.unwrap();
        let mut messages = Vec::new();
        for id in ids {
            messages.push(notices::find(&mut tx, &self.house.vault, &id).await.unwrap().unwrap().message);
        }
        messages
    }

    /// A confirmed citizen.
    pub async fn citizen(&self, phone: &str) -> Citizen<'_> {
        let (id, session, token) = (ids::public_id(), ids::public_id(), ids::token());
        let house = &self.house;
        let mut profile = answers().only(&[
            Field::LastName,
            Field::FirstName,
            Field::PassportSeries,
            Field::PassportNumber,
            Field::Email,
        ]);
        profile.set(Field::Phone, phone);
        let mut tx = house.db.write().await.unwrap();
        persons::create(&mut tx, &house.vault, &id, NOON).await.unwrap();
        let account = accounts::NewAccount {
            id: &id,
            phone_index: Some(house.vault.blind_index(Purpose::Phone, phone)),
            email_index: None,
            password_hash: "$argon2id$test",
            profile: &profile,
            level: accounts::Level::Confirmed,
            phone_confirmed_ms: Some(NOON),
            email_confirmed_ms: Some(NOON),
            lang: "ru",
            created_ms: NOON,
        };
        accounts::create(&mut tx, &house.vault, &account).await.unwrap();
        for purpose in server::desks::PURPOSES {
            let consent = consents::NewConsent {
                account_id: &id,
                purpose,
                text_version: "test",
                text_hash: "test",
                given_ms: NOON,
            };
            consents::give(&mut tx, &consent).await.unwrap();
        }
        let new = NewSession {
            token_hash: ids::token_hash(&token),
            id: &session,
            account_id: Some(&id),
            stage: Stage::Open,
            subject: None,
            created_ms: NOON,
            // The clock of these tests jumps by days.
            absolute_expires_ms: NOON + 365 * DAY,
            label: "test",
            device_hash: None,
            proved_by: "",
        };
        sessions::create(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        Citizen { house: self, session, token }
    }
}

pub struct Citizen<'h> {
    house: &'h House,
    session: String,
    token: String,
}

impl Citizen<'_> {
    /// What their account says and holds now, signed in or not.
    pub async fn account(&self) -> accounts::Account {
        let house = &self.house.house;
        let mut tx = house.db.read().await.unwrap();
        let id = sessions::account_of(&mut tx, &ids::token_hash(&self.token)).await.unwrap().unwrap();
        accounts::find(&mut tx, &house.vault, &id).await.unwrap().unwrap()
    }

    /// Their profile says something else from now on.
    pub async fn rewrite(&self, change: impl FnOnce(&mut Values)) {
        let mut account = self.account().await;
        change(&mut account.profile);
        let house = &self.house.house;
        let mut tx = house.db.write().await.unwrap();
        accounts::set_profile(&mut tx, &house.vault, &account.id, &account.profile).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// The acts of their journal, newest first, signed in or not.
    pub async fn acts(&self) -> Vec<String> {
        let id = self.account().await.id;
        let mut tx = self.house.house.db.read().await.unwrap();
        journal::list_owned(&mut tx, &id, 1000).await.unwrap().into_iter().map(|r| r.act).collect()
    }

    /// As a browser sends it.
    pub fn cookie(&self) -> String {
        format!("{SESSION}={}", self.token)
    }

    /// A request as it comes, whenever that is.
    pub async fn request(&self, path: &str) -> Visit {
        let request = Request::builder().uri(path).header("cookie", self.cookie());
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Visit::open(&self.house.house, &parts).await
    }

    /// A new request of theirs.
    pub async fn visit(&self) -> Visit {
        // The test's clock jumps by days; they have just logged in again.
        let mut tx = self.house.house.db.write().await.unwrap();
        sessions::touch(&mut tx, &self.session, self.house.house.now().0).await.unwrap();
        tx.commit().await.unwrap();
        self.request("/").await
    }

    /// They type their password once more.
    pub async fn prove(&self) {
        let mut tx = self.house.house.db.write().await.unwrap();
        sessions::prove(&mut tx, &self.session, self.house.house.now().0).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// A submitted application with these answers changed: its id.
    pub async fn apply(&self, changes: &[(Field, &str)]) -> String {
        let visit = self.visit().await;
        let to = visit.create(None).await.unwrap().to;
        let id = to.split('/').nth(2).unwrap().to_owned();
        let mut answers = answers();
        for (field, value) in changes {
            answers.set(*field, *value);
        }
        for step in Step::ALL.iter().filter(|s| **s != Step::Review) {
            visit.save_step(id.clone(), *step, answers.only(step.all_fields())).await.unwrap();
        }
        self.submit(&id).await;
        id
    }

    pub async fn submit(&self, id: &str) {
        let visit = self.visit().await;
        let key = visit.edit(id.to_owned()).await.unwrap().submit_key;
        let consent = [(Field::Consent, "yes".to_owned())].into_iter().collect();
        visit.submit(id.to_owned(), key, consent).await.unwrap();
    }

    /// Whether they can still open their application.
    pub async fn can_read(&self, id: &str) -> bool {
        self.visit().await.card(id.to_owned()).await.is_ok()
    }

    /// Their journal, newest first.
    pub async fn journal(&self) -> Vec<Entry> {
        let owner = self.visit().await.citizen.unwrap().account_id;
        let mut tx = self.house.house.db.read().await.unwrap();
        journal::list_owned(&mut tx, &owner, 1000).await.unwrap()
    }

    pub async fn status(&self, id: &str) -> Status {
        self.visit().await.card(id.to_owned()).await.unwrap().status
    }
}

/// The code of a refusal.
pub fn code<T>(answer: Result<T, app::error::Refusal>) -> Option<Code> {
    answer.err().map(|refusal| refusal.code)
}

/// What a form was filled in with.
pub fn typed(pairs: &[(Field, &str)]) -> Values {
    pairs.iter().map(|(field, value)| (*field, (*value).to_owned())).collect()
}

/// The code in the newest message to a phone or an e-mail.
pub async fn code_to(house: &House, to: &str) -> String {
    let text = house.messages().await.into_iter().find(|m| m.to == to).unwrap().text;
    let digits: String = text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    assert_eq!(digits.len(), 6, "{text}");
    digits
}

/// Good answers of an invented person.
pub fn answers() -> Values {
    typed(&[
        (Field::ApplicantKind, "citizen"),
        (Field::LastName, "Кузьмина"),
        (Field::FirstName, "Татьяна"),
        (Field::BirthDate, "15.01.2000"),
        (Field::BirthPlace, "г. Новосибирск"),
        (Field::PassportSeries, "5020"),
        (Field::PassportNumber, "654321"),
        (Field::PassportIssueDate, "20.02.2020"),
        (Field::PassportDepartmentCode, "540-001"),
        (Field::PassportIssuer, "ГУ МВД РОССИИ ПО НОВОСИБИРСКОЙ ОБЛ."),
        (Field::Snils, "112-233-445 95"),
        (Field::Phone, "+79137654321"),
        (Field::Email, "citizen@example.org"),
        (Field::RegistrationPostcode, "630099"),
        (Field::RegistrationAddress, "г. Новосибирск, ул. Советская, д. 5, кв. 7"),
        (Field::ResidenceSame, "yes"),
        (Field::MailboxKind, "electronic"),
    ])
}
