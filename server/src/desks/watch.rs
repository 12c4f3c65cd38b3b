//! Logins that stand out: what the rules of `domain::accounts::watch` are asked with, and what is done about it. Addresses
//! are kept as keyed hashes, and of a session the country alone.

use super::{seconds_up, trouble};
use crate::http::Visit;
use crate::reference::countries;
use crate::storage::{Tx, accounts, ids, journal, sessions, sightings};
use app::error::Refusal;
use domain::Code;
use domain::accounts::watch::{MANY_ACCOUNTS, MANY_ADDRESSES, Stay, Verdict, travel};

/// Logins looked at for journeys.
const LOOKED_AT: i64 = 20;

impl Visit {
    /// Counts a try of a name before anything is compared; the same for names that are nobody's. The machine itself
    /// (a proxy that is not declared, a test) is no address of anybody.
    pub(super) async fn watched(&self, name: &[u8; 32], known: bool) -> Result<Verdict, Refusal> {
        if self.address.is_loopback() {
            return Ok(Verdict::Calm);
        }
        let (address, name) = self.sighting(name);
        let window = MANY_ACCOUNTS.window_ms.max(MANY_ADDRESSES.window_ms);
        let most = MANY_ACCOUNTS.pause.max(MANY_ADDRESSES.pause);
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let seen = sightings::see(&mut tx, &address, &name, self.now.0, self.now.0 - window, most).await;
        let (names, addresses) = seen.map_err(trouble)?;
        let verdict = MANY_ACCOUNTS.judge(&names, self.now.0).max(MANY_ADDRESSES.judge(&addresses, self.now.0));
        // A try that is turned away does not prolong the pause.
        let turned_away = matches!(verdict, Verdict::Pause(..)) && !known;
        if !turned_away {
            tx.commit().await.map_err(trouble)?;
        }
        self.heed(verdict, known)
    }

    /// A try that was no guess is none of those counted.
    pub(super) async fn unwatch(&self, tx: &mut Tx, name: &[u8; 32]) -> Result<(), Refusal> {
        let (address, name) = self.sighting(name);
        sightings::forget(tx, &address, &name).await.map_err(trouble)
    }

    /// Under which address and name a try is counted.
    fn sighting(&self, name: &[u8; 32]) -> ([u8; 32], [u8; 32]) {
        let key = |scope: &str, what: &str| self.house.vault.throttle_key(scope, what);
        (key("watch/address", &self.address.to_string()), key("watch/name", &ids::hex(name)))
    }

    /// A pause turns away whoever is on no known device; the others prove themselves once more.
    pub(super) fn heed(&self, verdict: Verdict, known: bool) -> Result<Verdict, Refusal> {
        match verdict {
            Verdict::Pause(rule, until_ms) if !known => {
                tracing::warn!(rule = rule.name(), "logins are paused");
                let wait = seconds_up((until_ms - self.now.0).max(1000));
                Err(Refusal { retry_after: Some(wait), ..Code::LoginPaused.into() })
            }
            Verdict::Pause(rule, _) => Ok(Verdict::StepUp(rule)),
            other => Ok(other),
        }
    }

    /// The country this visit comes from.
    pub(super) fn country(&self) -> Option<&'static countries::Country> {
        countries::of(self.address)
    }

    /// Whether somebody who is elsewhere today could be here now.
    pub(super) async fn travelled(&self, tx: &mut Tx, account_id: &str) -> Result<Verdict, Refusal> {
        let Some(here) = self.country() else { return Ok(Verdict::Calm) };
        let mut logins = sessions::logins(tx, account_id, LOOKED_AT).await.map_err(trouble)?;
        logins.reverse();
        let stays: Vec<Stay<'_>> = logins
            .iter()
            .filter_map(|s| Some(Stay { place: s.country.as_deref()?, from_ms: s.created_ms, until_ms: s.seen_ms }))
            .collect();
        Ok(travel(&stays, here.code, self.now.0, countries::distance))
    }

    /// A login with the right password that stood out, whether it is asked for more, paused, or came in by a way that is
    /// asked for nothing: in the journal, with the rule.
    pub(super) async fn note_verdict(
        &self,
        tx: &mut Tx,
        account: &accounts::Account,
        verdict: Verdict,
    ) -> Result<(), Refusal> {
        let (Verdict::StepUp(rule) | Verdict::Pause(rule, _)) = verdict else { return Ok(()) };
        let row = journal::NewEntry {
            account_id: Some(&account.id),
            at_ms: self.now.0,
            actor: "system",
            act: "login_stood_out",
            object: "",
            detail: rule.name(),
        };
        journal::append(tx, &row).await.map_err(trouble)
    }
}
