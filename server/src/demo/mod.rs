//! The demonstration's outside world: real servers on loopback that speak the providers' own
//! protocols, started by `--demo` and by nothing else. The product talks to them through the same
//! clients as in production; what it would have sent is shown at `/demo/outbox`.

mod address;
mod clamd;
pub mod doors;
mod faults;
pub mod outbox;
mod pages;
pub mod people;
pub mod postal;
pub mod push;
mod registers;
mod registries;
pub mod scenarios;
mod sms;
mod smtp;
pub mod switches;

pub use address::PostalLookup;
pub use outbox::Outbox;
pub use pages::{Now, routes};
pub use switches::Switches;

use crate::integrations::{
    Settings, doors as real_doors, mail, postal as real_postal, push as real_push, registries as real_registries,
    sms as real_sms,
};
use domain::accounts::doors::Door;
use secrecy::SecretString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
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
    pub doors: Arc<doors::Doors>,
    /// What the post's accounts are opened by.
    pub post_keys: postal::Keys,
    doors_at: SocketAddr,
    postal_at: SocketAddr,
    secret: String,
    _servers: JoinSet<()>,
}

impl StandIns {
    /// Starts all of them on free ports of this machine. `lookup` finds a postal object by its
    /// index, for the address base; `public` is where people see the portal, `now` the house's clock.
    pub async fn start(lookup: PostalLookup, public: &str, now: pages::Now) -> io::Result<StandIns> {
        let (outbox, switches) = (Outbox::default(), Switches::default());
        // Other programs on this machine can reach the ports; they do not know this.
        let secret = Uuid::new_v4().to_string();
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listeners = (bind().await?, bind().await?, bind().await?, bind().await?, bind().await?);
        let doors_listener = bind().await?;
        let doors_at = doors_listener.local_addr()?;
        let postal_listener = bind().await?;
        let postal_at = postal_listener.local_addr()?;
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

        let doors = Arc::new(doors::Doors::new(doors_at, public, secret.clone(), switches.clone(), now)?);
        servers.spawn(serve(doors_listener, doors::app(doors.clone())));
        let post_keys = postal::Keys::default();
        let app = postal::app(secret.clone(), switches.clone(), outbox.clone(), post_keys.clone());
        servers.spawn(serve(postal_listener, app));

        Ok(StandIns {
            doors,
            post_keys,
            doors_at,
            postal_at,
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
            postal: real_postal::Settings {
                url: format!("http://{}/", self.postal_at),
                token: SecretString::from(self.secret.clone()),
                timeout: real_postal::Settings::TIMEOUT,
            },
            doors: Door::ALL.iter().rev().map(|door| self.door(*door)).collect(),
        }
    }

    fn door(&self, door: Door) -> real_doors::Settings {
        real_doors::Settings {
            door,
            issuer: format!("http://{}/{}", self.doors_at, door.name()),
            client_id: doors::CLIENT.to_owned(),
            secret: Some(SecretString::from(self.secret.clone())),
            label: None,
            scopes: ["profile", "email", "phone"].map(str::to_owned).to_vec(),
            back: self.doors.back(door),
        }
    }
}

async fn serve(listener: TcpListener, app: axum::Router) {
    if let Err(error) = axum::serve(listener, app).await {
        tracing::error!(%error, "a stand-in stopped");
    }
}
