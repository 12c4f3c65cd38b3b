//! Support compares scans with an account (REC-3): takes a request, looks, confirms or refuses. Before anything opens the
//! account's journal has its row; of two who decide the database lets one through.

use super::look::Logins;
use crate::desks::{Document, refuse, trouble};
use crate::http::StaffVisit;
use crate::storage::{StorageError, Tx, Vault, accounts, journal, persons, verifications};
use app::error::Refusal;
use app::staff::desk::IdentitiesDesk;
use app::staff::view::{IdentityFile, IdentityRow, IdentityScan};
use async_trait::async_trait;
use domain::accounts::CORRECT;
use domain::accounts::verification::{Scan, comparable, refusal};
use domain::clock::Timestamp;
use domain::documents::{Kind, Media};
use domain::staff::{Hold, Verifying};
use domain::{Code, Values};

const SHOWN: i64 = 100;
/// Requests and scans one member of support opens in a day at most.
const OPENED_A_DAY: i64 = 1000;

#[async_trait]
impl IdentitiesDesk for StaffVisit {
    async fn identities(&self) -> Result<Vec<IdentityRow>, Refusal> {
        let verifying = self.present()?.member.verifying()?;
        let me = verifying.member();
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let waiting = verifications::waiting(&mut tx, SHOWN).await.map_err(trouble)?;
        let logins = Logins::all(&mut tx).await.map_err(trouble)?;
        Ok(waiting
            .into_iter()
            .map(|row| {
                let until = row.until_ms.unwrap_or_default();
                let hold = |holder| Hold { holder, taken: Timestamp(row.asked_ms), until: Timestamp(until) };
                let holder = row.holder.map(hold).filter(|h| h.in_force(self.now)).map(|h| logins.holder(&h, me));
                IdentityRow {
                    holder,
                    id: row.id,
                    number: row.number,
                    asked_at: Timestamp(row.asked_ms),
                    due_at: Timestamp(row.due_ms),
                    again: row.refused_by.is_some(),
                    now: self.now,
                }
            })
            .collect())
    }

    async fn take_identity(&self, id: String) -> Result<IdentityFile, Refusal> {
        let verifying = self.present()?.member.verifying()?;
        self.limit(&[("staff/identity", verifying.member(), 24 * 60, OPENED_A_DAY)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        let taken = take(&mut tx, vault, &verifying, &id, self.now).await.map_err(trouble)?;
        if let Err(code) = taken {
            return Err(refuse(tx, code).await);
        }
        tx.commit().await.map_err(trouble)?;
        let found = self.looked(&verifying, &id, "identity_read", None).await?;
        let mut tx = house.db.read().await.map_err(trouble)?;
        let scans = verifications::scans(&mut tx, &id).await.map_err(trouble)?;
        let held = match &found.account_id {
            Some(account) => accounts::find(&mut tx, vault, account).await.map_err(trouble)?,
            None => None,
        };
        let corrected = match &held {
            Some(account) => journal::last_correction(&mut tx, &account.id).await.map_err(trouble)?,
            None => None,
        };
        drop(tx);
        house.tell(&id, &id);
        Ok(IdentityFile {
            account: held.is_some(),
            comparable: held.as_ref().is_some_and(|a| comparable(&a.profile).is_ok()),
            corrected_days: corrected.map(|at| self.now.portal_day() - Timestamp(at).portal_day()),
            held: held.map_or_else(Values::default, |a| a.profile.only(CORRECT)),
            // Scans that there is nothing to compare with are nobody's to look at.
            scans: scans.into_iter().filter(|_| found.account_id.is_some()).filter_map(shown).collect(),
            objection: found.objection,
            asked_at: Timestamp(found.asked_ms),
            due_at: Timestamp(found.due_ms),
            until: Timestamp(found.until_ms.unwrap_or_default()),
            number: found.number,
            id: found.id,
        })
    }

    async fn decide_identity(&self, id: String, reason: Option<Code>, words: String) -> Result<(), Refusal> {
        let present = self.present()?;
        let verifying = present.member.verifying()?;
        let words = match reason {
            Some(code) => refusal(code, &words)?,
            None => String::new(),
        };
        let vault = &self.house.vault;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let Some(found) = verifications::find(&mut tx, vault, &id).await.map_err(trouble)? else {
            return Err(refuse(tx, Code::VerificationGone).await);
        };
        if let (None, Some(account)) = (reason, &found.account_id)
            && let Some(account) = accounts::find(&mut tx, vault, account).await.map_err(trouble)?
            && let Err(code) = comparable(&account.profile)
        {
            return Err(refuse(tx, code).await);
        }
        let refused = reason.map(|code| (code.number(), words.as_str()));
        if !verifications::decide(&mut tx, vault, &verifying, &id, refused, self.now).await.map_err(trouble)? {
            let over = found.state != verifications::State::Waiting;
            return Err(refuse(tx, if over { Code::VerificationDecided } else { Code::NotTaken }).await);
        }
        let detail = reason.map(|code| code.to_string()).unwrap_or_default();
        let row = journal::NewEntry {
            account_id: found.account_id.as_deref(),
            at_ms: self.now.0,
            actor: &present.actor(),
            act: if reason.is_some() { "identity_refused" } else { "identity_confirmed" },
            object: &found.number,
            detail: &detail,
        };
        journal::append(&mut tx, &row).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        self.house.tell(&id, &id);
        Ok(())
    }
}

/// A request taken into one's own hands, or why not.
async fn take(
    tx: &mut Tx,
    vault: &Vault,
    verifying: &Verifying,
    id: &str,
    now: Timestamp,
) -> Result<Result<(), Code>, StorageError> {
    let Some(found) = verifications::find(tx, vault, id).await? else { return Ok(Err(Code::VerificationGone)) };
    if found.state != verifications::State::Waiting {
        return Ok(Err(Code::VerificationDecided));
    }
    if found.refused_by.as_deref() == Some(verifying.member()) {
        return Ok(Err(Code::OwnRefusal));
    }
    if let Some(account) = &found.account_id
        && verifications::own(tx, account, verifying.member()).await?
    {
        return Ok(Err(Code::OwnApplication));
    }
    let held = verifications::hold(tx, verifying, id, now).await?;
    Ok(if held { Ok(()) } else { Err(Code::HeldByAnother) })
}

impl StaffVisit {
    /// The journal's row, committed; then the request may be read.
    async fn looked(
        &self,
        verifying: &Verifying,
        id: &str,
        act: &str,
        document: Option<(Kind, String)>,
    ) -> Result<verifications::Verification, Refusal> {
        let (db, vault) = (&self.house.db, &self.house.vault);
        let found = verifications::look(db, vault, verifying, id, act, document, self.now).await.map_err(trouble)?;
        Ok(found.ok_or(Code::NotTaken)?)
    }

    /// A scan, to whoever holds its request.
    pub async fn identity_scan(&self, id: &str) -> Result<Document, Refusal> {
        let verifying = self.present()?.member.verifying()?;
        self.limit(&[("staff/identity", verifying.member(), 24 * 60, OPENED_A_DAY)]).await?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.read().await.map_err(trouble)?;
        let scan = verifications::scan(&mut tx, id).await.map_err(trouble)?.ok_or(Code::DocumentNotFound)?;
        drop(tx);
        let document = Kind::from_name(&scan.kind).map(|kind| (kind, id.to_owned()));
        let found = self.looked(&verifying, &scan.verification_id, "identity_scan_opened", document).await?;
        if found.account_id.is_none() {
            return Err(Code::DocumentNotFound.into());
        }
        let mut tx = house.db.read().await.map_err(trouble)?;
        let key = persons::key(&mut tx, vault, &found.id).await.map_err(trouble)?;
        drop(tx);
        let content = house.files.get(vault, &key, id).await.map_err(trouble)?.ok_or(Code::Unavailable)?;
        let ending = Media::from_name(&scan.media_type).map_or("bin", Media::extension);
        let name = format!("{}.{ending}", scan.kind);
        Ok(Document { name, media_type: scan.media_type, content: content.to_vec() })
    }
}

fn shown(scan: verifications::Scan) -> Option<IdentityScan> {
    Some(IdentityScan {
        kind: Scan::from_name(&scan.kind)?,
        media: Media::from_name(&scan.media_type)?,
        size: scan.size,
        pages: scan.pages,
        id: scan.id,
    })
}
