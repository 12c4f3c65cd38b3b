//! Sessions of staff: a random token in a cookie that goes below `/staff` only, its hash in the database.

use super::Present;
use crate::desks::trouble;
use crate::http::StaffVisit;
use crate::storage::staff_sessions::{NewSession, Session, Stage};
use crate::storage::{Tx, ids, staff_grants, staff_sessions};
use app::error::Refusal;
use domain::Code;
use domain::clock::MINUTE;
use domain::staff::{IDLE_MINUTES, SESSION_HOURS, StaffMember};

/// From the password to the authenticator.
const ATTEMPT_MINUTES: i64 = 10;
/// A session's use is written down at most this often.
const TOUCH_MS: i64 = MINUTE;

impl StaffVisit {
    /// Finds the session of a cookie. `person`: a person asks, not a page by itself, so the session lives on.
    pub async fn recognise(&mut self, token: &str, person: bool) {
        if let Err(refusal) = self.look_up(token, person).await {
            tracing::warn!(code = %refusal.code, "staff session not read");
        }
    }

    async fn look_up(&mut self, token: &str, person: bool) -> Result<(), Refusal> {
        let hash = ids::token_hash(token);
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = staff_sessions::find(&mut tx, &hash, self.now.0, IDLE_MINUTES * MINUTE).await.map_err(trouble)?;
        let Some(session) = found else { return Ok(()) };
        if session.stage == Stage::Open {
            let grants = staff_grants::in_force(&mut tx, &session.staff_id).await.map_err(trouble)?;
            let member = StaffMember::recognised(session.staff_id.clone(), grants);
            self.present = Some(Present { login: session.login.clone(), member });
        }
        drop(tx);
        if person && self.now.0 - session.seen_ms > TOUCH_MS {
            let mut tx = self.house.db.write().await.map_err(trouble)?;
            staff_sessions::touch(&mut tx, &session.id, self.now.0).await.map_err(trouble)?;
            tx.commit().await.map_err(trouble)?;
        }
        self.token_hash = Some(hash);
        self.session = Some(session);
        Ok(())
    }

    /// A new session in place of the one there is: the old token is dead from here on.
    pub(super) async fn start_session(&self, tx: &mut Tx, stage: Stage, staff_id: &str) -> Result<(), Refusal> {
        self.end_token(tx).await?;
        let (token, id) = (ids::token(), ids::public_id());
        let minutes = if stage == Stage::Open { SESSION_HOURS * 60 } else { ATTEMPT_MINUTES };
        let new = NewSession {
            token_hash: ids::token_hash(&token),
            id: &id,
            staff_id,
            stage,
            created_ms: self.now.0,
            absolute_expires_ms: self.now.0 + minutes * MINUTE,
            label: &self.device,
        };
        staff_sessions::create(tx, &new).await.map_err(trouble)?;
        self.set_cookie(&token, minutes * 60);
        Ok(())
    }

    pub(super) async fn end_token(&self, tx: &mut Tx) -> Result<(), Refusal> {
        if let Some(old) = &self.token_hash {
            staff_sessions::revoke(tx, old, self.now.0).await.map_err(trouble)?;
        }
        Ok(())
    }

    /// The session that is past the password and awaits the authenticator.
    pub(super) fn attempt(&self) -> Result<&Session, Refusal> {
        self.session.as_ref().filter(|s| s.stage == Stage::Password).ok_or(Refusal::from(Code::NoSession))
    }
}
