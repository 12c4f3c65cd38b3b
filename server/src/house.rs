//! Everything one running server shares between its requests and jobs.

use crate::config::{Config, Operator};
use crate::demo::StandIns;
use crate::desks::passwords::Passwords;
use crate::http::site::Site;
use crate::http::{InHand, Reading};
use crate::integrations::Integrations;
use crate::news::NewsRoom;
use crate::reference::Reference;
use crate::storage::{DataKey, Db, Files, Vault};
use crate::uploads::child::Inspector;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_SECURITY_POLICY;
use domain::clock::Timestamp;
use std::sync::Arc;
use tower_http::set_header::SetResponseHeaderLayer;

/// Where «now» comes from: the system's clock, or a fixed one in tests.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// The system's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The house.
pub struct House {
    pub config: Config,
    /// Who runs the portal.
    pub operator: Operator,
    /// Of the consent as it is shown here.
    pub consent_hash: String,
    pub clock: Arc<dyn Clock>,
    pub db: Db,
    pub vault: Vault,
    pub files: Files,
    pub reference: Reference,
    pub integrations: Integrations,
    pub passwords: Passwords,
    pub inspector: Inspector,
    pub site: Site,
    pub news: NewsRoom,
    /// Requests that wait for their answer.
    pub in_hand: InHand,
    /// Requests by documents that are being read.
    pub reading: Reading,
    /// Seals what travels through a browser and back.
    pub parcel_key: DataKey,
    pub stand_ins: Option<StandIns>,
}

impl House {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The page and the JSON of what a demonstration would have sent.
    pub fn demo_routes(self: &Arc<Self>) -> Option<Router> {
        let stand_ins = self.stand_ins.as_ref()?;
        let policy = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        let house = self.clone();
        let now = Arc::new(move || house.now());
        let head = self.site.head.styles();
        let pages = crate::demo::routes(stand_ins, &head, now);
        Some(pages.layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy))))
    }

    /// Whether a request can be served; else the part that cannot be used.
    pub async fn ready(&self) -> Result<(), &'static str> {
        self.db.ready().await.map_err(|_| "database\n")?;
        self.files.ready().await.map_err(|_| "files\n")
    }

    /// Tells the open pages of an account, whichever server they hang on. Nobody may be listening; that is no error.
    pub fn tell(&self, account_id: &str, application_id: &str) {
        self.news.tell(account_id, application_id);
    }
}
