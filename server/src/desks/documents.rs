//! The desk of documents: taking a file in, showing, ordering and removing what is there.

use super::appeals::removable;
use super::{mailbox_of, settle, state_of, trouble};
use crate::house::House;
use crate::http::Visit;
use crate::integrations::scanner::Scanned;
use crate::jobs::{self, Job};
use crate::storage::documents::{self as stored, NewDocument, State as Kept};
use crate::storage::{Purpose, Tx, applications, ids, litter, persons, uploads};
use app::desks::DocumentsDesk;
use app::documents::view::{Documents, OfApplication, Progress, Row, RowState};
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use async_trait::async_trait;
use domain::Code;
use domain::access::Opens;
use domain::applications::{MailboxKind, State, Status};
use domain::clock::Timestamp;
use domain::documents::{FILE_BYTES, Held, Kind, Media, check_size, missing, room_for, shown_name};
use domain::{Field, Values};
use sha2::{Digest, Sha256};

/// A file as it arrived.
pub struct Incoming {
    pub kind: Kind,
    /// What it was called on the device.
    pub name: String,
    pub content: Vec<u8>,
}

#[async_trait]
impl DocumentsDesk for Visit {
    async fn documents(&self, application: String) -> Result<Documents, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = applications::find_owned(&mut tx, &self.house.vault, &application, &owner.account_id)
            .await
            .map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        self.documents_of(&mut tx, &found).await
    }

    async fn my_documents(&self) -> Result<Vec<OfApplication>, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let all = stored::list_owned(&mut tx, &self.house.vault, &owner.account_id).await.map_err(trouble)?;
        let summaries = applications::list_owned(&mut tx, &owner.account_id).await.map_err(trouble)?;
        drop(tx);
        let of = |summary: applications::Summary| {
            let mut mine: Vec<_> = all.iter().filter(|d| d.application_id == summary.id).collect();
            mine.sort_by_key(|d| d.place);
            let rows: Vec<Row> = mine.into_iter().filter_map(|d| row(d, false)).collect();
            let status = Status::from_name(&summary.status);
            (!rows.is_empty()).then_some(OfApplication { id: summary.id, number: summary.number, status, rows })
        };
        Ok(summaries.into_iter().filter_map(of).collect())
    }

    async fn begin_upload(
        &self,
        application: String,
        kind: Kind,
        name: String,
        size: u64,
        fingerprint: String,
    ) -> Result<Progress, Refusal> {
        self.begin(application, kind, name, size, fingerprint).await
    }

    async fn upload_progress(&self, upload: String) -> Result<Progress, Refusal> {
        self.progress(&upload).await
    }

    async fn finish_upload(&self, upload: String, more: bool) -> Result<Next, Refusal> {
        self.finish(&upload, more).await
    }

    async fn cancel_upload(&self, upload: String) -> Result<(), Refusal> {
        self.cancel(&upload).await
    }
}

impl Visit {
    /// Documents as its author sees them.
    pub(super) async fn documents_of(
        &self,
        tx: &mut Tx,
        found: &applications::Application,
    ) -> Result<Documents, Refusal> {
        let summary = &found.summary;
        let state = state_of(summary);
        let all = stored::list_of_application(tx, &self.house.vault, &summary.id).await.map_err(trouble)?;
        let standing = self.standing(tx, summary).await?;
        let may_remove = removable(summary, &standing, self.now);
        let removable = |d: &stored::Document| d.state == Kept::Infected || may_remove(Timestamp(d.added_ms)).is_ok();
        let held = Held {
            files: u32::try_from(all.len()).unwrap_or(u32::MAX),
            bytes: all.iter().map(|d| d.size.unsigned_abs()).sum(),
        };
        let there: Vec<Kind> =
            all.iter().filter(|d| d.state != Kept::Infected).filter_map(|d| Kind::from_name(&d.kind)).collect();
        let may_add = self.may_add_to(tx, summary).await.is_ok();
        let evidence = matches!(state, State::Rejected(_)) && may_add;
        let mut absent = Vec::new();
        if may_add && !evidence {
            absent = mailbox(found).map(|m| missing(m, &there)).unwrap_or_default();
            let scanned = |k: &Kind| !all.iter().any(|d| d.state == Kept::Waiting && d.kind == k.name());
            let awaited = jobs::answered::awaited(tx, &self.house.vault, found).await.map_err(trouble)?;
            absent.extend(awaited.into_iter().filter(scanned));
            absent.extend(jobs::answered::owed(tx, &self.house.vault, summary).await.map_err(trouble)?);
            absent.sort_unstable();
            absent.dedup();
        }
        let left = match may_add {
            true => {
                uploads::unfinished(tx, &self.house.vault, &summary.id, &summary.account_id).await.map_err(trouble)?
            }
            false => Vec::new(),
        };
        let left = left.into_iter().filter(|u| u.received > 0 && u.mark.is_some());
        Ok(Documents {
            unfinished: left.map(|u| (u.name, u.received.unsigned_abs(), u.size.unsigned_abs())).collect(),
            application_id: summary.id.clone(),
            number: summary.number.clone(),
            until: state.until().or(standing.until(self.now)),
            may_add,
            has_room: room_for(held, FILE_BYTES).is_ok(),
            missing: absent,
            evidence,
            rows: all.iter().filter_map(|d| row(d, removable(d))).collect(),
        })
    }

    /// The account's application, held until the commit.
    pub(super) async fn held_application(
        &self,
        tx: &mut Tx,
        application: &str,
        account_id: &str,
    ) -> Result<applications::Application, Refusal> {
        if !stored::hold(tx, application, account_id).await.map_err(trouble)? {
            return Err(Code::ApplicationNotFound.into());
        }
        let found = applications::find_owned(tx, &self.house.vault, application, account_id).await.map_err(trouble)?;
        Ok(found.ok_or(Code::ApplicationNotFound)?)
    }

    pub async fn remove_document(&self, application: &str, document: &str) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        let rubbish = [document.to_owned()];
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = self.held_application(&mut tx, application, &owner.account_id).await?;
            let entry = stored::find_owned(&mut tx, vault, document, &owner.account_id).await.map_err(trouble)?;
            let entry = entry.filter(|d| d.application_id == application).ok_or(Code::DocumentNotFound)?;
            // What the scanner stopped may always go.
            if entry.state != Kept::Infected {
                let standing = self.standing(&mut tx, &found.summary).await?;
                removable(&found.summary, &standing, self.now)(Timestamp(entry.added_ms))?;
            }
            stored::delete_owned(&mut tx, document, &owner.account_id).await.map_err(trouble)?;
            self.note(&mut tx, &owner.account_id, "document_removed", number(&found.summary)).await?;
            litter::enter(&mut tx, &rubbish, self.now.0).await.map_err(trouble)?;
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        litter::clear(&house.db, &house.files, &rubbish).await.map_err(trouble)?;
        Ok(Next::to(routes::documents(application)))
    }

    /// One place up or down in the order.
    pub async fn move_document(&self, application: &str, document: &str, up: bool) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = self.held_application(&mut tx, application, &owner.account_id).await?;
            self.may_add_to(&mut tx, &found.summary).await?;
            let mut all =
                stored::list_of_application(&mut tx, &self.house.vault, application).await.map_err(trouble)?;
            let at = all.iter().position(|d| d.id == document).ok_or(Code::DocumentNotFound)?;
            let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|n| *n < all.len()) };
            if let Some(other) = other {
                all.swap(at, other);
                for (place, entry) in (1..).zip(&all) {
                    if entry.place != place {
                        stored::set_place(&mut tx, &entry.id, place).await.map_err(trouble)?;
                    }
                }
            }
            Ok(())
        }
        .await;
        settle(tx, answer).await?;
        Ok(Next::to(routes::documents(application)))
    }

    /// Takes one file in: judged, scanned, sealed, entered. The same file a second time changes nothing.
    /// `more`: others follow, so an application that waits for documents waits on.
    pub async fn take_document(&self, application: &str, file: Incoming, more: bool) -> Result<(), Refusal> {
        let owner = self.owner(Opens::FillApplication)?;
        self.limit(&[("document/account", &owner.account_id, 15, 200)]).await?;
        check_size(file.content.len() as u64)?;
        let (house, vault) = (&self.house, &self.house.vault);
        let digest = digest(house, application, &file.content);
        let mut tx = house.db.read().await.map_err(trouble)?;
        let found = applications::find_owned(&mut tx, vault, application, &owner.account_id).await.map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        let held = held(&mut tx, application).await?;
        let known = stored::holds(&mut tx, application, &digest).await.map_err(trouble)?;
        let key = persons::key(&mut tx, vault, &owner.account_id).await.map_err(trouble)?;
        // Before any work on the file; again when it is entered.
        self.may_add_to(&mut tx, &found.summary).await?;
        drop(tx);
        if !known {
            room_for(held, file.content.len() as u64)?;
        }
        let name = shown_name(&file.name);
        let inspected = house.inspector.inspect(file.content).await?;
        crate::uploads::agrees_with_name(inspected.media, &name)?;
        let state = match &house.integrations.scanner {
            None => Kept::Kept,
            Some(scanner) => match scanner.scan(&inspected.content).await {
                Ok(Scanned::Clean) => Kept::Kept,
                Ok(Scanned::Infected) => {
                    self.note_infected(&owner.account_id, number(&found.summary)).await?;
                    return Err(Code::FileInfected.into());
                }
                Err(_) => Kept::Waiting,
            },
        };
        let id = ids::public_id();
        litter::expect(&house.db, &id, house.now().0).await.map_err(trouble)?;
        house.files.put(vault, &key, &id, &inspected.content).await.map_err(trouble)?;
        let new = NewDocument {
            id: &id,
            account_id: &owner.account_id,
            application_id: application,
            kind: file.kind.name(),
            name: &name,
            digest: &digest,
            media_type: inspected.media.name(),
            size: i64::try_from(inspected.content.len()).unwrap_or(i64::MAX),
            pages: i64::from(inspected.pages),
            state,
            added_ms: self.now.0,
        };
        // Of an entry that failed nobody knows whether it was kept; what is not named goes with the litter.
        if !self.enter(&new, more).await? {
            litter::clear(&house.db, &house.files, &[id]).await.map_err(trouble)?;
        }
        Ok(())
    }

    /// One transaction: the row, the journal, the job that asks the scanner again, the way back to review.
    async fn enter(&self, new: &NewDocument<'_>, more: bool) -> Result<bool, Refusal> {
        let house = &self.house;
        let mut tx = house.db.write().await.map_err(trouble)?;
        let answer = async {
            let found = self.held_application(&mut tx, new.application_id, new.account_id).await?;
            self.may_add_to(&mut tx, &found.summary).await?;
            room_for(held(&mut tx, new.application_id).await?, new.size.unsigned_abs())?;
            let entered = stored::create(&mut tx, &house.vault, new).await.map_err(trouble)?;
            if entered {
                if !litter::take_out(&mut tx, new.id, house.now().0).await.map_err(trouble)? {
                    return Err(Code::Unavailable.into());
                }
                self.note(&mut tx, new.account_id, "document_added", number(&found.summary)).await?;
            }
            if entered && new.state == Kept::Waiting {
                jobs::enqueue(&mut tx, &Job::ScanDocument { id: new.id.to_owned() }, None).await.map_err(trouble)?;
            }
            if !more {
                jobs::answered::documents(&mut tx, &house.vault, &found, self.now).await.map_err(trouble)?;
            }
            Ok(entered)
        }
        .await;
        let entered = settle(tx, answer).await?;
        house.tell(new.account_id, new.application_id);
        Ok(entered)
    }

    async fn note_infected(&self, account_id: &str, number: &str) -> Result<(), Refusal> {
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        self.note(&mut tx, account_id, "document_infected", number).await?;
        tx.commit().await.map_err(trouble)
    }
}

/// What an application holds, against which the limits are counted.
pub(super) async fn held(tx: &mut Tx, application: &str) -> Result<Held, Refusal> {
    let (files, bytes) = stored::held(tx, application).await.map_err(trouble)?;
    Ok(Held { files: u32::try_from(files).unwrap_or(u32::MAX), bytes: bytes.unsigned_abs() })
}

/// A keyed hash of the content, of one application: who reads the table learns nothing, not even whether two people sent
/// the same.
pub(super) fn digest(house: &House, application: &str, content: &[u8]) -> [u8; 32] {
    mark(house, application, &ids::hex(&Sha256::digest(content)))
}

/// The same of a content known by its SHA-256 in small hex digits.
pub(super) fn mark(house: &House, application: &str, hash: &str) -> [u8; 32] {
    house.vault.blind_index(Purpose::Document, &format!("{application}/{hash}"))
}

pub(super) fn number(summary: &applications::Summary) -> &str {
    summary.number.as_deref().unwrap_or_default()
}

/// The mailbox asked for; of a draft, as far as it is filled in.
fn mailbox(found: &applications::Application) -> Option<MailboxKind> {
    let draft = |answers: &Values| MailboxKind::from_name(answers.get(Field::MailboxKind));
    mailbox_of(&found.summary).or_else(|| draft(&found.answers))
}

fn row(d: &stored::Document, removable: bool) -> Option<Row> {
    Some(Row {
        id: d.id.clone(),
        kind: Kind::from_name(&d.kind)?,
        name: d.name.clone(),
        media: Media::from_name(&d.media_type)?,
        size: d.size.unsigned_abs(),
        pages: u32::try_from(d.pages).unwrap_or(1),
        added_at: Timestamp(d.added_ms),
        state: match d.state {
            Kept::Waiting => RowState::Checking,
            Kept::Kept => RowState::Kept,
            Kept::Infected => RowState::Infected,
        },
        removable,
    })
}
