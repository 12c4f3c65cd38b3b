//! The card of an application: everything its author follows it by (STS-4).

use super::applications::{mailbox_of, state_of};
use super::{offices::place, trouble};
use crate::http::Visit;
use crate::jobs;
use crate::storage::{acts, applications, assignments, checks, file_entries, history};
use app::applications::view::{Card, HistoryRow, Message};
use app::error::Refusal;
use app::text::{Lang, standing};
use domain::applications::{MailboxKind, PROMISE_HOURS, Reason, Registry, Stage, Status, promised};
use domain::clock::{HOUR, Timestamp};
use domain::fields::Postcode;
use domain::{Code, Field};

impl Visit {
    pub(super) async fn card_of(&self, id: String) -> Result<Card, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found =
            applications::find_owned(&mut tx, &self.house.vault, &id, &owner.account_id).await.map_err(trouble)?;
        let found = found.ok_or(Code::ApplicationNotFound)?;
        let rows = history::list_owned(&mut tx, &id, &owner.account_id).await.map_err(trouble)?;
        let asked = checks::list(&mut tx, &id).await.map_err(trouble)?;
        let receipt = file_entries::find_of_application(&mut tx, &id, "receipt").await.map_err(trouble)?;
        let documents = self.documents_of(&mut tx, &found).await?;
        let summary = found.summary;
        let hold = assignments::find(&mut tx, &id).await.map_err(trouble)?;
        let said = acts::last(&mut tx, &self.house.vault, &id, &owner.account_id).await.map_err(trouble)?;
        let standing = self.standing(&mut tx, &summary).await?;
        drop(tx);
        let state = state_of(&summary);
        let (Some(number), Some(status), Some(stage)) = (summary.number.clone(), state.status(), state.stage()) else {
            return Err(Code::ApplicationNotFound.into());
        };
        let submitted_at = rows.first().map_or(summary.saved_ms, |r| r.at_ms);
        let office = Postcode::parse(found.answers.get(Field::OfficeIndex)).ok();
        let office = office.and_then(|i| self.house.reference.postcode(i.as_str()));
        let waiting = asked.iter().filter(|c| c.outcome.is_none()).filter_map(|c| Registry::from_name(&c.registry));
        let due = Timestamp(promised_from(&rows).unwrap_or(submitted_at) + PROMISE_HOURS * HOUR);
        let mailbox = mailbox_of(&summary).unwrap_or(MailboxKind::Electronic);
        Ok(Card {
            number,
            status,
            stage,
            submitted_at: Timestamp(submitted_at),
            due_at: promised(due, self.now),
            said: match status {
                Status::InReview if due < self.now => standing::missed(self.lang, due),
                _ => standing::closed(self.lang, status).to_owned(),
            },
            until: state.until(),
            reasons: state.reasons().to_vec(),
            remedies: match status {
                Status::Rejected => remedies(self.lang, state.reasons()),
                _ => Vec::new(),
            },
            appeal_until: standing.until(self.now),
            appeal: standing.filed,
            history: rows.iter().filter_map(history_row).collect(),
            office: office.filter(|_| mailbox.needs_office()).map(|o| format!("{}, {}", o.index, place(&o))),
            mailbox,
            registration_number: summary.registration_number,
            receipt: receipt.map(|f| f.id),
            documents,
            taken_at: hold.filter(|h| h.in_force(self.now)).map(|h| h.taken),
            // Only while what it says is how it stands.
            message: said
                .filter(|said| rows.last().is_some_and(|row| row.seq == said.seq))
                .map(|said| Message { text: said.text, documents: said.documents }),
            waiting_for: if status == Status::InReview { waiting.collect() } else { Vec::new() },
            id,
        })
    }
}

/// What mends each of the reasons, as the help about codes has it.
pub(super) fn remedies(lang: Lang, reasons: &[Reason]) -> Vec<String> {
    reasons.iter().map(|r| app::text::help::help(lang, r.code).remedy.into_owned()).collect()
}

/// The moment the promised term counts from: submission, or the last time the author answered a question.
fn promised_from(rows: &[history::Entry]) -> Option<i64> {
    let in_review = |r: &&history::Entry| r.status == Status::InReview.name();
    let asked = rows.iter().rposition(|r| !in_review(&r));
    let answered = asked.map_or(0, |n| n + 1);
    rows.get(answered..)?.iter().find(in_review).map(|r| r.at_ms)
}

fn history_row(entry: &history::Entry) -> Option<HistoryRow> {
    Some(HistoryRow {
        at: Timestamp(entry.at_ms),
        status: Status::from_name(&entry.status)?,
        stage: Stage::from_name(&entry.stage)?,
        reasons: jobs::moves::reasons(&entry.reasons),
    })
}
