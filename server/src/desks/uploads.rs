//! Files in parts: announced, sent piece by piece, gone on with after a cut, and taken in when whole.

use super::documents::{Incoming, digest, held, mark};
use super::{refuse, trouble};
use crate::http::Visit;
use crate::storage::{ids, litter, persons, uploads};
use app::documents::view::Progress;
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use domain::Code;
use domain::access::Opens;
use domain::documents::{Kind, check_size, room_for, shown_name};

/// Uploads one person may have under way.
const AT_ONCE: i64 = 10;

impl Visit {
    pub(super) async fn begin(
        &self,
        application: String,
        kind: Kind,
        name: String,
        size: u64,
        fingerprint: String,
    ) -> Result<Progress, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        self.limit(&[("upload/account", &owner.account_id, 15, 200)]).await?;
        check_size(size)?;
        let vault = &self.house.vault;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let allowed = match self.held_application(&mut tx, &application, &owner.account_id).await {
            Ok(found) => self.may_add_to(&mut tx, &found.summary).await,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = allowed {
            return Err(refuse(tx, refusal).await);
        }
        let mark = self.mark_of(&application, &fingerprint);
        let id = ids::public_id();
        let new = uploads::NewUpload {
            id: &id,
            account_id: &owner.account_id,
            application_id: &application,
            kind: kind.name(),
            name: &shown_name(&name),
            size: i64::try_from(size).unwrap_or(i64::MAX),
            mark: mark.as_ref().map(|mark| &mark[..]),
            now_ms: self.now.0,
        };
        // Begun before, and left: what arrived then is there.
        if let Some((id, received)) = uploads::resume(&mut tx, vault, &new).await.map_err(trouble)? {
            tx.commit().await.map_err(trouble)?;
            return Ok(Progress { id, received: received.unsigned_abs() });
        }
        let room = room_for(held(&mut tx, &application).await?, size).map_err(Refusal::from);
        let under_way = uploads::count(&mut tx, &owner.account_id).await.map_err(trouble)?;
        let free = if under_way < AT_ONCE { Ok(()) } else { Err(Refusal::too_many(60)) };
        if let Err(refusal) = room.and(free) {
            return Err(refuse(tx, refusal).await);
        }
        uploads::begin(&mut tx, vault, &new).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        Ok(Progress { id, received: 0 })
    }

    /// By what this file is known again for this application; `None`: its device told nothing to know it by.
    fn mark_of(&self, application: &str, fingerprint: &str) -> Option<[u8; 32]> {
        let is_one = fingerprint.len() == 64 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
        is_one.then(|| mark(&self.house, application, &fingerprint.to_ascii_lowercase()))
    }

    pub(super) async fn progress(&self, id: &str) -> Result<Progress, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let upload = uploads::find_owned(&mut tx, &self.house.vault, id, &owner.account_id).await.map_err(trouble)?;
        let upload = upload.ok_or(Code::UploadGone)?;
        Ok(Progress { received: upload.received.unsigned_abs(), id: upload.id })
    }

    /// Puts one part away, sealed. It must begin where the last one ended; a repeat of a part that did arrive is
    /// refused, and the answer to `progress` says where to go on.
    pub async fn add_part(&self, id: &str, offset: u64, part: &[u8]) -> Result<Progress, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.read().await.map_err(trouble)?;
        let upload = uploads::find_owned(&mut tx, vault, id, &owner.account_id).await.map_err(trouble)?;
        let upload = upload.ok_or(Code::UploadGone)?;
        let key = persons::key(&mut tx, vault, &owner.account_id).await.map_err(trouble)?;
        drop(tx);
        let (offset, length) =
            (i64::try_from(offset).unwrap_or(i64::MAX), i64::try_from(part.len()).unwrap_or(i64::MAX));
        let fits = length > 0 && upload.received == offset && offset + length <= upload.size;
        if !fits {
            return Err(Code::UploadOutOfStep.into());
        }
        let part_id = ids::public_id();
        litter::expect(&house.db, &part_id, house.now().0).await.map_err(trouble)?;
        house.files.put(vault, &key, &part_id, part).await.map_err(trouble)?;
        let mut tx = house.db.write().await.map_err(trouble)?;
        let added = uploads::add_part(&mut tx, id, offset, length, &part_id, self.now.0).await.map_err(trouble)?;
        if !added {
            // Another page of the same person was faster.
            tx.roll_back().await.map_err(trouble)?;
            litter::clear(&house.db, &house.files, &[part_id]).await.map_err(trouble)?;
            return Err(Code::UploadOutOfStep.into());
        }
        if !litter::take_out(&mut tx, &part_id, house.now().0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::Unavailable).await);
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Progress { id: upload.id, received: (offset + length).unsigned_abs() })
    }

    pub(super) async fn finish(&self, id: &str, more: bool) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.read().await.map_err(trouble)?;
        let upload = uploads::find_owned(&mut tx, vault, id, &owner.account_id).await.map_err(trouble)?;
        let upload = upload.ok_or(Code::UploadGone)?;
        if upload.received < upload.size {
            return Err(Code::UploadOutOfStep.into());
        }
        let parts = uploads::parts(&mut tx, id).await.map_err(trouble)?;
        let key = persons::key(&mut tx, vault, &owner.account_id).await.map_err(trouble)?;
        drop(tx);
        let mut content = Vec::with_capacity(usize::try_from(upload.size).unwrap_or(0));
        for part in &parts {
            let piece = house.files.get(vault, &key, part).await.map_err(trouble)?;
            content.extend_from_slice(&piece.ok_or(Code::UploadGone)?);
        }
        // What was announced is what has come: parts of two files are none.
        if upload.mark.is_some_and(|mark| mark != digest(house, &upload.application_id, &content)) {
            self.end_upload(id, &owner.account_id).await?;
            return Err(Code::UploadGone.into());
        }
        let kind = Kind::from_name(&upload.kind).ok_or(Code::UnknownChoice)?;
        let taken =
            self.take_document(&upload.application_id, Incoming { kind, name: upload.name, content }, more).await;
        // A file that is judged is judged for good; one that could not be is kept for another try.
        if !matches!(&taken, Err(refusal) if matches!(refusal.code, Code::Unavailable | Code::TooManyRequests)) {
            self.end_upload(id, &owner.account_id).await?;
        }
        taken?;
        Ok(Next::to(routes::documents(&upload.application_id)))
    }

    pub(super) async fn cancel(&self, id: &str) -> Result<(), Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        self.end_upload(id, &owner.account_id).await
    }

    async fn end_upload(&self, id: &str, account_id: &str) -> Result<(), Refusal> {
        let house = &self.house;
        let mut tx = house.db.write().await.map_err(trouble)?;
        let parts = uploads::end(&mut tx, id, account_id).await.map_err(trouble)?.unwrap_or_default();
        litter::enter(&mut tx, &parts, self.now.0).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        litter::clear(&house.db, &house.files, &parts).await.map_err(trouble)
    }
}
