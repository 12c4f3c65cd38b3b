//! Applications in the archive, with everything that was said and found about them.

use super::{At, kind_of};
use crate::desks::trouble;
use crate::house::House;
use crate::storage::{Tx, acts, appeals, applications, checks, documents, file_entries, history};
use app::error::Refusal;
use domain::Values;
use domain::staff::Document;
use serde::Serialize;

#[derive(Serialize)]
pub struct Filed {
    pub(super) id: String,
    pub(super) number: Option<String>,
    pub(super) status: String,
    pub(super) saved_at: At,
    pub(super) submitted_at: Option<At>,
    pub(super) registration_number: Option<String>,
    pub(super) answers: Values,
    pub(super) moves: Vec<Moved>,
    pub(super) documents: Vec<Paper>,
    pub(super) files: Vec<Paper>,
    pub(super) checks: Vec<Check>,
    pub(super) said: Vec<Said>,
    pub(super) answers_before: Vec<Before>,
    pub(super) appeals: Vec<Appealed>,
}

#[derive(Serialize)]
pub struct Moved {
    pub(super) at: At,
    pub(super) status: String,
    pub(super) actor: String,
}

#[derive(Serialize)]
pub struct Paper {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) bytes: i64,
    pub(super) added_at: At,
}

/// What a registry found.
#[derive(Serialize)]
pub struct Check {
    pub(super) registry: String,
    pub(super) asked_at: At,
    pub(super) answered_at: Option<At>,
    pub(super) found: Option<serde_json::Value>,
}

/// What a clerk decided, in their words. Which member of staff it was is theirs.
#[derive(Serialize)]
pub struct Said {
    pub(super) at: At,
    pub(super) act: &'static str,
    pub(super) documents: Vec<Document>,
    pub(super) text: String,
}

/// The answers as they stood when something was asked about them.
#[derive(Serialize)]
pub struct Before {
    pub(super) at: Option<At>,
    pub(super) answers: Values,
}

#[derive(Serialize)]
pub struct Appealed {
    pub(super) filed_at: At,
    pub(super) status: &'static str,
    pub(super) grounds: String,
    pub(super) answer: Option<String>,
    pub(super) moves: Vec<Moved>,
}

pub(super) async fn gather(tx: &mut Tx, house: &House, account_id: &str) -> Result<Vec<Filed>, Refusal> {
    let vault = &house.vault;
    let papers = file_entries::list_owned(tx, account_id).await.map_err(trouble)?;
    let kept = documents::list_owned(tx, vault, account_id).await.map_err(trouble)?;
    let mut appealed = appeals::list_owned(tx, vault, account_id).await.map_err(trouble)?;
    let mut filed = Vec::new();
    for summary in applications::list_owned(tx, account_id).await.map_err(trouble)? {
        let id = summary.id.as_str();
        let found = applications::find_owned(tx, vault, id, account_id).await.map_err(trouble)?;
        let moves = history::list_owned(tx, id, account_id).await.map_err(trouble)?;
        let asked_at = |seq: i64| moves.iter().find(|m| m.seq == seq).map(|m| At(m.at_ms));
        let before = acts::all_answers_before(tx, vault, id, account_id).await.map_err(trouble)?;
        let before = before.into_iter().map(|(seq, answers)| Before { at: asked_at(seq), answers }).collect();
        let mut against = Vec::new();
        for appeal in appealed.extract_if(.., |a| a.application_id == id) {
            let moves = appeals::moves(tx, &appeal.id).await.map_err(trouble)?;
            against.push(Appealed {
                filed_at: At(appeal.filed_ms),
                status: appeal.stage.name(),
                grounds: appeal.grounds,
                answer: appeal.answer,
                moves: moves.into_iter().map(|m| moved(m.at_ms, m.stage.name(), &m.actor)).collect(),
            });
        }
        filed.push(Filed {
            answers: found.map(|f| f.answers).unwrap_or_default(),
            checks: checks::list(tx, id).await.map_err(trouble)?.into_iter().map(check).collect(),
            said: acts::list(tx, vault, id, account_id).await.map_err(trouble)?.into_iter().map(said).collect(),
            answers_before: before,
            appeals: against,
            moves: moves.into_iter().map(|m| moved(m.at_ms, &m.status, &m.actor)).collect(),
            documents: kept.iter().filter(|d| d.application_id == id).map(paper).collect(),
            files: papers.iter().filter(|f| f.application_id.as_deref() == Some(id)).map(file).collect(),
            number: summary.number,
            status: summary.status,
            saved_at: At(summary.saved_ms),
            submitted_at: summary.submitted_ms.map(At),
            registration_number: summary.registration_number,
            id: summary.id,
        });
    }
    Ok(filed)
}

/// Which member of staff it was is theirs; that it was staff is the citizen's.
fn moved(at_ms: i64, status: &str, actor: &str) -> Moved {
    Moved { at: At(at_ms), status: status.to_owned(), actor: kind_of(actor) }
}

fn check(c: checks::Check) -> Check {
    Check {
        registry: c.registry,
        asked_at: At(c.asked_ms),
        answered_at: c.answered_ms.map(At),
        found: c.outcome.and_then(|o| serde_json::from_str(&o).ok()),
    }
}

fn said(a: acts::Done) -> Said {
    Said { at: At(a.at_ms), act: a.act.name(), documents: a.documents, text: a.text }
}

fn paper(d: &documents::Document) -> Paper {
    Paper {
        kind: d.kind.clone(),
        name: d.name.clone(),
        media_type: d.media_type.clone(),
        bytes: d.size,
        added_at: At(d.added_ms),
    }
}

fn file(f: &file_entries::FileEntry) -> Paper {
    Paper {
        kind: f.kind.clone(),
        name: String::new(),
        media_type: f.media_type.clone(),
        bytes: f.size,
        added_at: At(f.created_ms),
    }
}
