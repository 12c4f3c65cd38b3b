//! Sessions: a random token in a cookie, its hash in the database, a new one whenever rights change.

use super::{Owner, trouble};
use crate::http::Visit;
use crate::storage::sessions::Stage as SessionStage;
use crate::storage::{Tx, accounts, consents, ids, sessions};
use app::error::Refusal;
use app::text::Lang;
use domain::access::Level;
use domain::accounts::{IDLE_MINUTES, SESSION_HOURS};
use domain::{Code, Field};

const MINUTE: i64 = 60_000;
/// A sign-up or login in progress lives this long.
const ATTEMPT_MINUTES: i64 = 30;
/// A session's use is written down at most this often.
const TOUCH_MS: i64 = MINUTE;

impl Visit {
    /// Finds the session of a cookie, and the citizen when it is open.
    pub async fn recognise(&mut self, token: &str) {
        match self.look_up(token).await {
            Ok(()) => {}
            // A database in trouble must not log everybody out: the page says so itself.
            Err(refusal) => tracing::warn!(code = %refusal.code, "session not read"),
        }
    }

    async fn look_up(&mut self, token: &str) -> Result<(), Refusal> {
        let house = self.house.clone();
        let hash = ids::token_hash(token);
        let mut tx = house.db.read().await.map_err(trouble)?;
        let found = sessions::find(&mut tx, &hash, self.now.0, IDLE_MINUTES * MINUTE).await.map_err(trouble)?;
        let Some(session) = found else { return Ok(()) };
        if session.stage == SessionStage::Open
            && let Some(id) = &session.account_id
            && let Some(account) = accounts::find(&mut tx, &house.vault, id).await.map_err(trouble)?
            && account.blocked_ms.is_none()
        {
            let consent = consents::in_force(&mut tx, id, super::PURPOSES[0]).await.map_err(trouble)?;
            let name = |f| account.profile.get(f).to_owned();
            let initial = |f| account.profile.get(f).chars().next();
            self.citizen = Some(Owner {
                account_id: id.clone(),
                session_id: session.id.clone(),
                first_name: name(Field::FirstName),
                initials: [initial(Field::FirstName), initial(Field::LastName)].into_iter().flatten().collect(),
                level: level(account.level),
                consent: consent.is_some(),
            });
            self.lang = Lang::from_tag(&account.lang).unwrap_or(self.lang);
        }
        drop(tx);
        if self.now.0 - session.seen_ms > TOUCH_MS {
            let mut tx = house.db.write().await.map_err(trouble)?;
            sessions::touch(&mut tx, &session.id, self.now.0).await.map_err(trouble)?;
            tx.commit().await.map_err(trouble)?;
        }
        self.token_hash = Some(hash);
        self.session = Some(session);
        Ok(())
    }

    /// A new session in place of the one there is (fixation: the old token is dead from here on).
    pub(super) async fn start_session(
        &self,
        tx: &mut Tx,
        stage: SessionStage,
        account_id: Option<&str>,
        subject: Option<&str>,
    ) -> Result<String, Refusal> {
        if let Some(old) = &self.token_hash {
            sessions::revoke(tx, old, self.now.0).await.map_err(trouble)?;
        }
        let (token, id) = (ids::token(), ids::public_id());
        let minutes = if stage == SessionStage::Open { SESSION_HOURS * 60 } else { ATTEMPT_MINUTES };
        let new = sessions::NewSession {
            token_hash: ids::token_hash(&token),
            id: &id,
            account_id,
            stage,
            subject,
            created_ms: self.now.0,
            absolute_expires_ms: self.now.0 + minutes * MINUTE,
            label: &self.device,
        };
        sessions::create(tx, &new).await.map_err(trouble)?;
        self.set_cookie(crate::http::SESSION, &token, minutes * 60);
        Ok(id)
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
