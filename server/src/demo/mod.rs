//! The demonstration's outside world: real servers on loopback that speak the providers' own
//! protocols, started by `--demo` and by nothing else. The product talks to them through the same
//! clients as in production; what it would have sent is shown at `/demo/outbox`.

mod address;
mod clamd;
mod faults;
pub mod outbox;
mod pages;
pub mod people;
pub mod push;
mod registers;
mod registries;
pub mod scenarios;
mod sms;
mod smtp;
pub mod switches;

pub use address::PostalLookup;
pub use outbox::Outbox;
pub use pages::routes;
pub use switches::Switches;

use crate::integrations::{Settings, mail, push as real_push, registries as real_registries, sms as real_sms};
use secrecy::SecretString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use uuid::Uuid;

/// The running stand-ins. Dropping this stops them.
pub struct StandIns {
    pub outbox: Outbox,
    pub switches: Switches,
    pub registries: SocketAddr,
    pub sms: SocketAddr,
    pub smtp: SocketAddr,
    pub clamd: SocketAddr,
    /// The browsers of the demonstration's push service.
    pub browsers: push::Browsers,
    secret: String,
    _servers: JoinSet<()>,
}

impl StandIns {
    /// Starts all of them on free ports of this machine. `lookup` finds a postal object by its
    /// index, for the address base.
    pub async fn start(lookup: PostalLookup) -> io::Result<StandIns> {
        let (outbox, switches) = (Outbox::default(), Switches::default());
        // Other programs on this machine can reach the ports; they do not know this.
        let secret = Uuid::new_v4().to_string();
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listeners = (bind().await?, bind().await?, bind().await?, bind().await?, bind().await?);
        let addresses = (listeners.0.local_addr()?, listeners.1.local_addr()?, listeners.2.local_addr()?);
        let clamd = listeners.3.local_addr()?;
        let browsers = push::Browsers::new(format!("http://{}", listeners.4.local_addr()?));

        let mut servers = JoinSet::new();
        let app = registries::app(secret.clone(), switches.clone(), lookup);
        servers.spawn(serve(listeners.0, app));
        let app = sms::app(secret.clone(), switches.clone(), outbox.clone());
        servers.spawn(serve(listeners.1, app));
        let server = smtp::Server::new(outbox.clone(), switches.clone());
        servers.spawn(server.run(listeners.2));
        servers.spawn(clamd::run(listeners.3, switches.clone()));
        let app = push::app(browsers.clone(), switches.clone(), outbox.clone());
        servers.spawn(serve(listeners.4, app));

        Ok(StandIns {
            outbox,
            switches,
            registries: addresses.0,
            sms: addresses.1,
            smtp: addresses.2,
            clamd,
            browsers,
            secret,
            _servers: servers,
        })
    }

    /// What the clients need to reach the stand-ins: hand it to `Integrations::connect`.
    pub fn settings(&self) -> Settings {
        Settings {
            registries: real_registries::gateway::Settings {
                url: format!("http://{}/", self.registries),
                token: SecretString::from(self.secret.clone()),
                timing: real_registries::gateway::Timing::default(),
            },
            sms: real_sms::sms_ru::Settings {
                url: format!("http://{}/", self.sms),
                api_id: SecretString::from(self.secret.clone()),
                from: None,
                timeout: real_sms::sms_ru::Settings::TIMEOUT,
            },
            mail: mail::smtp::Settings {
                url: SecretString::from(format!("smtp://{}", self.smtp)),
                from: "Отделение <noreply@otdelenie.example>".to_owned(),
                timeout: mail::smtp::Settings::TIMEOUT,
            },
            clamav: Some(self.clamd.to_string()),
            partners_inner: true,
            push: real_push::Settings {
                // A browser of somebody who looks at the demonstration is reached by its own service.
                hosts: real_push::HOSTS.iter().map(|host| (*host).to_owned()).collect(),
                loopback: true,
                contact: "mailto:noreply@otdelenie.example".to_owned(),
                seed: zeroize::Zeroizing::new([1; 32]),
            },
        }
    }
}

async fn serve(listener: TcpListener, app: axum::Router) {
    if let Err(error) = axum::serve(listener, app).await {
        tracing::error!(%error, "a stand-in stopped");
    }
}
