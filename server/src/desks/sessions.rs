//! Sessions: a random token in a cookie, its hash in the database, a new one whenever rights change.

use super::{Owner, refuse, trouble};
use crate::http::Visit;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Tx, accounts, ids, sessions};
use app::accounts::view::SessionLeft;
use app::error::Refusal;
use app::text::Lang;
use domain::access::Level;
use domain::accounts::WARNING_SECONDS;
use domain::clock::MINUTE;
use domain::{Code, Field};

/// A sign-up or login in progress lives this long.
const ATTEMPT_MINUTES: i64 = 30;
/// A session's use is written down so many times in the time it may be idle: once a minute in a quarter of an hour.
const TOUCHES: i64 = 15;

impl Visit {
    /// Finds the session of a cookie, and the citizen when it is open. `used`: somebody does something, which prolongs it.
    pub async fn recognise(&mut self, token: &str, used: bool) {
        match self.look_up(token, used).await {
            Ok(()) => {}
            // A database in trouble must not log everybody out: the page says so itself.
            Err(refusal) => tracing::warn!(code = %refusal.code, "session not read"),
        }
    }

    async fn look_up(&mut self, token: &str, used: bool) -> Result<(), Refusal> {
        let house = self.house.clone();
        let hash = ids::token_hash(token);
        // Of an ended session too: what was typed in it is its owner's.
        self.token_hash = Some(hash);
        let (purpose, idle_ms) = (super::PURPOSES[0], house.config.session_idle_ms);
        let mut tx = house.db.glance().await.map_err(trouble)?;
        let found =
            sessions::find(&mut tx, &house.vault, &hash, purpose, self.now.0, idle_ms).await.map_err(trouble)?;
        drop(tx);
        let Some((session, account)) = found else { return Ok(()) };
        if let (Some(id), Some(account)) = (&session.account_id, account) {
            let name = |f| account.profile.get(f).to_owned();
            let initial = |f| account.profile.get(f).chars().next();
            self.citizen = Some(Owner {
                account_id: id.clone(),
                session_id: session.id.clone(),
                first_name: name(Field::FirstName),
                initials: [initial(Field::FirstName), initial(Field::LastName)].into_iter().flatten().collect(),
                level: level(account.level),
                consent: account.consent,
                has_email: !account.profile.get(Field::Email).is_empty(),
            });
            self.lang = Lang::from_tag(&account.lang).unwrap_or(self.lang);
        }
        if used && self.now.0 - session.seen_ms > idle_ms / TOUCHES {
            self.touch(&session.id, self.now.0).await?;
        }
        self.session = Some(session);
        Ok(())
    }

    async fn touch(&self, id: &str, at_ms: i64) -> Result<(), Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        sessions::touch(&mut tx, id, at_ms).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)
    }

    /// How long the open session lives, its person having done something `quiet` seconds ago.
    pub(super) async fn session_left(&self, quiet: u32) -> Result<Option<SessionLeft>, Refusal> {
        let Some(session) = self.session.as_ref().filter(|_| self.citizen.is_some()) else { return Ok(None) };
        let idle_ms = self.house.config.session_idle_ms;
        let seen = self.now.0 - i64::from(quiet) * 1000;
        if seen > session.seen_ms {
            self.touch(&session.id, seen).await?;
        }
        let idle_end = seen.max(session.seen_ms) + idle_ms;
        let end = idle_end.min(session.absolute_expires_ms);
        let seconds = |ms: i64| u32::try_from(ms / 1000).unwrap_or_default();
        Ok(Some(SessionLeft {
            left: seconds(end - self.now.0),
            warn: seconds((WARNING_SECONDS * 1000).min(idle_ms / 2)),
            last: end < idle_end,
        }))
    }

    /// A new session in place of the one there is (fixation: the old token is dead from here on).
    pub(super) async fn start_session(
        &self,
        tx: &mut Tx,
        stage: SessionStage,
        account_id: Option<&str>,
        subject: Option<&str>,
    ) -> Result<String, Refusal> {
        self.start_session_on(tx, stage, account_id, subject, None, "").await
    }

    /// The same on a known device, proved by something.
    pub(super) async fn start_session_on(
        &self,
        tx: &mut Tx,
        stage: SessionStage,
        account_id: Option<&str>,
        subject: Option<&str>,
        device_hash: Option<[u8; 32]>,
        proved_by: &str,
    ) -> Result<String, Refusal> {
        if let Some(old) = &self.token_hash {
            sessions::revoke(tx, old, self.now.0).await.map_err(trouble)?;
        }
        let (token, id) = (ids::token(), ids::public_id());
        let open = stage == SessionStage::Open;
        let lives_ms = if open { self.house.config.session_ms } else { ATTEMPT_MINUTES * MINUTE };
        let new = sessions::NewSession {
            token_hash: ids::token_hash(&token),
            id: &id,
            account_id,
            stage,
            subject,
            created_ms: self.now.0,
            absolute_expires_ms: self.now.0 + lives_ms,
            label: &self.device,
            device_hash,
            proved_by,
        };
        sessions::create(tx, &new).await.map_err(trouble)?;
        self.set_cookie(crate::http::SESSION, &token, lives_ms / 1000);
        Ok(id)
    }

    /// The act of who is in this session: its transaction, and the account, held and read anew. First in each act that changes
    /// more than one table of the account, so that no two of them wait for each other. Whoever was put out since this request
    /// began changes nothing any more.
    pub(super) async fn holding(&self) -> Result<(Tx, accounts::Account), Refusal> {
        let session = self.session.as_ref().ok_or(Code::NoSession)?;
        let id = session.account_id.as_deref().ok_or(Code::NoSession)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let held = accounts::hold(&mut tx, id).await.map_err(trouble)?
            && sessions::is_live(&mut tx, &session.id).await.map_err(trouble)?;
        let account = match held {
            true => accounts::find(&mut tx, &self.house.vault, id).await.map_err(trouble)?,
            false => None,
        };
        match account {
            Some(account) => Ok((tx, account)),
            None => Err(refuse(tx, Code::NoSession).await),
        }
    }

    /// The account of a login or a recovery in progress, held and read anew, and its session used up: first in whatever the
    /// attempt leads to. `None`: what ended all sessions of the account has ended this attempt too, or of two posts at once
    /// the other has it.
    pub(super) async fn alone(&self, tx: &mut Tx, account_id: &str) -> Result<Option<accounts::Account>, Refusal> {
        let token = self.token_hash.as_ref().ok_or(Code::NoSession)?;
        let held = accounts::hold(tx, account_id).await.map_err(trouble)?;
        if !held || !sessions::revoke(tx, token, self.now.0).await.map_err(trouble)? {
            return Ok(None);
        }
        accounts::find(tx, &self.house.vault, account_id).await.map_err(trouble)
    }

    /// The account that is about to be entered, held and read anew: what was compared may have changed since. `None`: nobody
    /// is let in.
    pub(super) async fn entered_now(
        &self,
        tx: &mut Tx,
        account_id: &str,
    ) -> Result<Option<accounts::Account>, Refusal> {
        if !accounts::hold(tx, account_id).await.map_err(trouble)? {
            return Ok(None);
        }
        let account = accounts::find(tx, &self.house.vault, account_id).await.map_err(trouble)?;
        Ok(account.filter(|account| account.frozen_ms.is_none()))
    }

    /// The account a name stands for, held and read anew: first in what is begun for whoever names it. A closed one is its
    /// owner's to open, a blocked one nobody's.
    pub(super) async fn named_now(&self, tx: &mut Tx, index: &[u8; 32]) -> Result<Option<accounts::Account>, Refusal> {
        let Some(found) = accounts::credentials(tx, index).await.map_err(trouble)? else { return Ok(None) };
        if !accounts::hold(tx, &found.id).await.map_err(trouble)? {
            return Ok(None);
        }
        // While it was waited for, a new phone or a reset at a counter may have made the name nobody's.
        let still = accounts::credentials(tx, index).await.map_err(trouble)?.is_some_and(|now| now.id == found.id);
        match still {
            true => accounts::find(tx, &self.house.vault, &found.id).await.map_err(trouble),
            false => Ok(None),
        }
    }

    pub(super) async fn end_session(&self, tx: &mut Tx) -> Result<(), Refusal> {
        if let Some(hash) = &self.token_hash {
            sessions::revoke(tx, hash, self.now.0).await.map_err(trouble)?;
        }
        self.set_cookie(crate::http::SESSION, "", 0);
        Ok(())
    }

    /// The session of an attempt in progress.
    pub(super) fn attempt(&self, stage: SessionStage) -> Result<&crate::storage::sessions::Session, Refusal> {
        self.session.as_ref().filter(|s| s.stage == stage).ok_or(Refusal::from(Code::NoSession))
    }
}

fn level(stored: accounts::Level) -> Level {
    Level::from_name(stored.as_str()).unwrap_or(Level::Created)
}
