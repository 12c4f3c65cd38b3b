//! The clients of the outside systems against their stand-ins, over loopback.
#![expect(clippy::unwrap_used, reason = "a test may")]

#[path = "integrations/doors.rs"]
mod doors;
#[path = "integrations/mail.rs"]
mod mail;
#[path = "integrations/pages.rs"]
mod pages;
#[path = "integrations/push.rs"]
mod push;
#[path = "integrations/registries.rs"]
mod registries;
#[path = "integrations/scanner.rs"]
mod scanner;
#[path = "integrations/sms.rs"]
mod sms;
#[path = "integrations/uploads.rs"]
mod uploads;

use domain::reference::{PostalKind, PostalObject};
use server::demo::StandIns;
use server::integrations::breaker::Policy;
use server::integrations::registries::gateway::Timing;
use server::integrations::{Integrations, Settings};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// A town with a directory of one index.
async fn stand_ins() -> StandIns {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let lookup = |index: &str| {
        (index == "101000").then(|| PostalObject {
            index: index.into(),
            name: "Москва".into(),
            kind: PostalKind::Office,
            region_code: "77".into(),
            region: "г. Москва".into(),
            area: String::new(),
            town: String::new(),
        })
    };
    let now = || domain::Timestamp(1_795_338_000_000);
    StandIns::start(Arc::new(lookup), "http://portal.example", Arc::new(now)).await.unwrap()
}

/// As in production, but less patient, so that tests are quick.
fn hasty(stand_ins: &StandIns) -> Settings {
    let mut settings = stand_ins.settings();
    settings.registries.timing = Timing {
        timeout: Duration::from_millis(800),
        repeats: 2,
        pause: Duration::from_millis(5),
        breaker: Policy { failures: 5, open_for: Duration::from_millis(1500) },
    };
    settings.sms.timeout = Duration::from_millis(800);
    settings.mail.timeout = Duration::from_millis(800);
    settings
}

fn connect(settings: Settings) -> Integrations {
    Integrations::connect(settings).unwrap()
}

/// An address where nobody listens.
async fn nobody() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap()
}

/// A server that takes connections and never says a word.
async fn silent() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    address
}
