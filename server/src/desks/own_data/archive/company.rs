//! With whom somebody shares mailboxes: whom they invited, where they are a member, where they are invited.

use super::At;
use crate::desks::trouble;
use crate::house::House;
use crate::storage::{Tx, members};
use app::error::Refusal;
use domain::clock::Timestamp;
use serde::Serialize;

#[derive(Serialize)]
pub struct Company {
    pub(super) members: Vec<Member>,
    pub(super) memberships: Vec<Membership>,
    pub(super) invitations: Vec<Invitation>,
}

/// Whom the person invited to a mailbox of theirs.
#[derive(Serialize)]
pub struct Member {
    pub(super) mailbox: String,
    pub(super) contact: String,
    pub(super) role: &'static str,
    pub(super) invited_at: At,
    pub(super) accepted_at: Option<At>,
    pub(super) ended_at: Option<At>,
}

/// A mailbox of somebody else that the person uses, or used.
#[derive(Serialize)]
pub struct Membership {
    pub(super) mailbox: String,
    pub(super) role: String,
    pub(super) invited_at: At,
    pub(super) accepted_at: Option<At>,
    pub(super) ended_at: Option<At>,
}

/// An invitation to the person's phone or e-mail that is still open.
#[derive(Serialize)]
pub struct Invitation {
    pub(super) mailbox: String,
    pub(super) role: String,
    pub(super) until: At,
}

pub(super) async fn gather(tx: &mut Tx, house: &House, account_id: &str, now: Timestamp) -> Result<Company, Refusal> {
    let invited = members::invited_by(tx, &house.vault, account_id).await.map_err(trouble)?;
    let mine = members::memberships(tx, account_id).await.map_err(trouble)?;
    let open = members::invitations(tx, account_id, now.0).await.map_err(trouble)?;
    let member = |(mailbox, m, ended): (String, members::Member, Option<i64>)| Member {
        mailbox,
        contact: m.contact,
        role: m.role.name(),
        invited_at: At(m.invited_ms),
        accepted_at: m.accepted_ms.map(At),
        ended_at: ended.map(At),
    };
    let membership = |m: members::Membership| Membership {
        mailbox: m.registration_number,
        role: m.role,
        invited_at: At(m.invited_ms),
        accepted_at: m.accepted_ms.map(At),
        ended_at: m.ended_ms.map(At),
    };
    let invitation =
        |i: members::Invitation| Invitation { mailbox: i.registration_number, role: i.role, until: At(i.until_ms) };
    Ok(Company {
        members: invited.into_iter().map(member).collect(),
        memberships: mine.into_iter().map(membership).collect(),
        invitations: open.into_iter().map(invitation).collect(),
    })
}
