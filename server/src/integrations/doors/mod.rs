//! Providers of identities by OpenID Connect: bank ID and Госуслуги (REG-12, E11).
//!
//! Authorisation code with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636, RFC 9700). What a provider says
//! is believed only after its signature, issuer, audience, nonce and term were checked against the house's clock.

mod claims;
mod provider;

pub use claims::Identity;
pub use provider::{Begun, Problem, Provider};

use super::SettingsError;
use domain::accounts::doors::Door;
use secrecy::SecretString;

/// One provider, as the operator has agreed with it.
#[derive(Clone, Debug)]
pub struct Settings {
    pub door: Door,
    /// Where its discovery document is found: `{issuer}/.well-known/openid-configuration`.
    pub issuer: String,
    pub client_id: String,
    /// Absent: a public client, which PKCE alone protects.
    pub secret: Option<SecretString>,
    /// What the button says after «Войти через», if not the kind's own name.
    pub label: Option<String>,
    /// Beside `openid`.
    pub scopes: Vec<String>,
    /// Our address that it sends people back to.
    pub back: String,
}

/// All doors there are.
pub struct Doors(Vec<Provider>);

impl Doors {
    /// # Errors
    /// An address that is none, or not `https` outside this machine.
    pub fn new(settings: Vec<Settings>) -> Result<Doors, SettingsError> {
        settings.into_iter().map(Provider::new).collect::<Result<_, _>>().map(Doors)
    }

    pub fn find(&self, door: Door) -> Option<&Provider> {
        self.0.iter().find(|provider| provider.door() == door)
    }

    /// Those that are configured, in the order of the settings.
    pub fn all(&self) -> &[Provider] {
        &self.0
    }
}
