//! Who uses a corporate mailbox besides its owner: invited, accepted, gone. Races are decided by the unique indexes.

use super::mailboxes::Mailbox;
use super::{open, seal};
use crate::storage::sql::{all, exec, one};
use crate::storage::{Place, Result, StorageError, Tx, Vault, ids};
use domain::mailboxes::Role;

pub struct NewMember<'a> {
    pub mailbox_id: &'a str,
    /// Blind index of the contact, under its own purpose: that of the account it may belong to.
    pub contact_index: &'a [u8],
    pub contact: &'a str,
    pub role: Role,
    /// The owner's account.
    pub invited_by: &'a str,
    pub invited_ms: i64,
    pub until_ms: i64,
}

/// A member or an invitation, as the owner sees it.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    pub id: String,
    pub contact: String,
    pub role: Role,
    pub invited_ms: i64,
    pub until_ms: i64,
    pub account_id: Option<String>,
    pub accepted_ms: Option<i64>,
}

/// A contact is somebody's.
impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Member({}, {})", self.id, self.role.name())
    }
}

/// An invitation to whom it is meant for.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Invitation {
    pub id: String,
    pub mailbox_id: String,
    /// The mailbox' owner.
    pub owner_id: String,
    pub registration_number: String,
    pub role: String,
    pub until_ms: i64,
}

#[derive(sqlx_macros::FromRow)]
struct Row {
    id: String,
    contact: Vec<u8>,
    role: String,
    invited_by: String,
    invited_ms: i64,
    until_ms: i64,
    account_id: Option<String>,
    accepted_ms: Option<i64>,
}

const fn contact_of(id: &str) -> Place<'_> {
    Place::new("mailbox_members", "contact", id)
}

fn role(name: &str, row: &str) -> Result<Role> {
    Role::from_name(name).ok_or_else(|| StorageError::bad("mailbox_members", "role", row))
}

impl Row {
    async fn read(self, tx: &mut Tx, vault: &Vault) -> Result<Member> {
        Ok(Member {
            contact: open(tx, vault, &self.invited_by, contact_of(&self.id), &self.contact).await?,
            role: role(&self.role, &self.id)?,
            id: self.id,
            invited_ms: self.invited_ms,
            until_ms: self.until_ms,
            account_id: self.account_id,
            accepted_ms: self.accepted_ms,
        })
    }
}

/// Invites. `false`: this contact is invited or a member already; of two at once one comes through.
pub async fn invite(tx: &mut Tx, vault: &Vault, new: &NewMember<'_>) -> Result<bool> {
    // What ran out makes room.
    exec!(
        tx,
        "UPDATE mailbox_members SET ended_ms = $3
         WHERE mailbox_id = $1 AND contact_index = $2 AND ended_ms IS NULL AND account_id IS NULL AND until_ms < $3",
        new.mailbox_id,
        new.contact_index,
        new.invited_ms
    )?;
    let id = ids::public_id();
    let contact = seal(tx, vault, new.invited_by, contact_of(&id), &new.contact).await?;
    let done = exec!(
        tx,
        "INSERT INTO mailbox_members (id, mailbox_id, contact_index, contact, role, invited_by, invited_ms, until_ms)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
        &id,
        new.mailbox_id,
        new.contact_index,
        &contact,
        new.role.name(),
        new.invited_by,
        new.invited_ms,
        new.until_ms
    )?;
    Ok(done == 1)
}

/// Members and invitations in force. Check first who asks.
pub async fn list(tx: &mut Tx, vault: &Vault, mailbox_id: &str, now_ms: i64) -> Result<Vec<Member>> {
    let rows = all!(
        tx,
        Row,
        "SELECT id, contact, role, invited_by, invited_ms, until_ms, account_id, accepted_ms FROM mailbox_members
         WHERE mailbox_id = $1 AND ended_ms IS NULL AND (account_id IS NOT NULL OR until_ms >= $2)
         ORDER BY invited_ms, id",
        mailbox_id,
        now_ms
    )?;
    let mut members = Vec::with_capacity(rows.len());
    for row in rows {
        members.push(row.read(tx, vault).await?);
    }
    Ok(members)
}

/// Invitations in force to the phone or the e-mail of the account.
pub async fn invitations(tx: &mut Tx, account_id: &str, now_ms: i64) -> Result<Vec<Invitation>> {
    all!(
        tx,
        Invitation,
        "SELECT m.id, m.mailbox_id, b.account_id AS owner_id, b.registration_number, m.role, m.until_ms
         FROM accounts a JOIN mailbox_members m ON m.contact_index IN (a.phone_index, a.email_index)
           JOIN mailboxes b ON b.id = m.mailbox_id
         WHERE a.id = $1 AND a.level = 'confirmed' AND b.account_id <> a.id
           AND m.ended_ms IS NULL AND m.account_id IS NULL AND m.until_ms >= $2
         ORDER BY m.invited_ms, m.id",
        account_id,
        now_ms
    )
}

/// A mailbox the account uses as a member, or used.
#[derive(Debug, Clone, PartialEq, Eq, sqlx_macros::FromRow)]
pub struct Membership {
    pub registration_number: String,
    pub role: String,
    pub invited_ms: i64,
    pub accepted_ms: Option<i64>,
    pub ended_ms: Option<i64>,
}

/// Memberships of the account, ended ones too.
pub async fn memberships(tx: &mut Tx, account_id: &str) -> Result<Vec<Membership>> {
    all!(
        tx,
        Membership,
        "SELECT b.registration_number, m.role, m.invited_ms, m.accepted_ms, m.ended_ms
         FROM mailbox_members m JOIN mailboxes b ON b.id = m.mailbox_id
         WHERE m.account_id = $1 ORDER BY m.invited_ms, m.id",
        account_id
    )
}

/// Whom the account has invited, ended or not: the mailbox' number, the member, when it ended.
pub async fn invited_by(tx: &mut Tx, vault: &Vault, account_id: &str) -> Result<Vec<(String, Member, Option<i64>)>> {
    #[derive(sqlx_macros::FromRow)]
    struct Sent {
        registration_number: String,
        ended_ms: Option<i64>,
        #[sqlx(flatten)]
        row: Row,
    }
    let rows = all!(
        tx,
        Sent,
        "SELECT b.registration_number, m.ended_ms, m.id, m.contact, m.role, m.invited_by, m.invited_ms, m.until_ms,
           m.account_id, m.accepted_ms
         FROM mailbox_members m JOIN mailboxes b ON b.id = m.mailbox_id
         WHERE m.invited_by = $1 ORDER BY m.invited_ms, m.id",
        account_id
    )?;
    let mut sent = Vec::with_capacity(rows.len());
    for Sent { registration_number, ended_ms, row } in rows {
        sent.push((registration_number, row.read(tx, vault).await?, ended_ms));
    }
    Ok(sent)
}

/// Accepts an invitation that is the account's: whether it was in force. `Conflict("mailbox_members.account_id")`: the
/// account is a member already, by another contact.
pub async fn accept(tx: &mut Tx, id: &str, account_id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE mailbox_members SET account_id = $2, accepted_ms = $3
         WHERE id = $1 AND account_id IS NULL AND ended_ms IS NULL AND until_ms >= $3
           AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2 AND a.level = 'confirmed'
             AND mailbox_members.contact_index IN (a.phone_index, a.email_index))
           AND NOT EXISTS (SELECT 1 FROM mailboxes b WHERE b.id = mailbox_members.mailbox_id AND b.account_id = $2)",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Turns an invitation down that is the account's.
pub async fn decline(tx: &mut Tx, id: &str, account_id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE mailbox_members SET ended_ms = $3 WHERE id = $1 AND account_id IS NULL AND ended_ms IS NULL
           AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2
             AND mailbox_members.contact_index IN (a.phone_index, a.email_index))",
        id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Ends a membership or an invitation of the mailbox: whether there was one, and whose.
pub async fn end(tx: &mut Tx, mailbox_id: &str, id: &str, now_ms: i64) -> Result<Option<Option<String>>> {
    let row = one!(
        tx,
        (Option<String>,),
        "UPDATE mailbox_members SET ended_ms = $3 WHERE mailbox_id = $1 AND id = $2 AND ended_ms IS NULL RETURNING account_id",
        mailbox_id,
        id,
        now_ms
    )?;
    Ok(row.map(|(account,)| account))
}

/// Ends one's own membership.
pub async fn leave(tx: &mut Tx, mailbox_id: &str, account_id: &str, now_ms: i64) -> Result<bool> {
    let done = exec!(
        tx,
        "UPDATE mailbox_members SET ended_ms = $3 WHERE mailbox_id = $1 AND account_id = $2 AND ended_ms IS NULL",
        mailbox_id,
        account_id,
        now_ms
    )?;
    Ok(done == 1)
}

/// Makes a member who has accepted the owner: the new owner's account. `None`: no such member, or not the owner's to
/// give any more; of two at once one comes through. The others are the new owner's from here on, contacts and all: they
/// stay when whoever invited them is erased.
pub async fn hand_over(
    tx: &mut Tx,
    vault: &Vault,
    mailbox_id: &str,
    from: &str,
    member: &str,
    now_ms: i64,
) -> Result<Option<String>> {
    let row = one!(
        tx,
        (String,),
        "UPDATE mailboxes SET account_id =
           (SELECT m.account_id FROM mailbox_members m WHERE m.id = $3 AND m.mailbox_id = $1 AND m.ended_ms IS NULL)
         WHERE id = $1 AND account_id = $2
           AND EXISTS (SELECT 1 FROM mailbox_members m
             WHERE m.id = $3 AND m.mailbox_id = $1 AND m.ended_ms IS NULL AND m.account_id IS NOT NULL)
         RETURNING account_id",
        mailbox_id,
        from,
        member
    )?;
    let Some((account,)) = row else { return Ok(None) };
    end(tx, mailbox_id, member, now_ms).await?;
    pass_on(tx, vault, mailbox_id, &account).await?;
    Ok(Some(account))
}

/// Who is in a mailbox is from here on this owner's: contacts are sealed under the key of whoever may read them.
async fn pass_on(tx: &mut Tx, vault: &Vault, mailbox_id: &str, owner: &str) -> Result<()> {
    let others = all!(
        tx,
        (String, String, Vec<u8>),
        "SELECT id, invited_by, contact FROM mailbox_members WHERE mailbox_id = $1 AND ended_ms IS NULL AND invited_by <> $2",
        mailbox_id,
        owner
    )?;
    for (id, invited_by, sealed) in others {
        let contact: String = open(tx, vault, &invited_by, contact_of(&id), &sealed).await?;
        let sealed = seal(tx, vault, owner, contact_of(&id), &contact).await?;
        exec!(tx, "UPDATE mailbox_members SET invited_by = $2, contact = $3 WHERE id = $1", &id, owner, &sealed)?;
    }
    Ok(())
}

/// Takes a mailbox back from whom it was handed to, with nobody in it who was not there before `since_ms`: its number.
/// `None`: it is no longer theirs to give back.
pub async fn take_back(
    tx: &mut Tx,
    vault: &Vault,
    mailbox_id: &str,
    (from, to): (&str, &str),
    since_ms: i64,
    now_ms: i64,
) -> Result<Option<String>> {
    let row = one!(
        tx,
        (String,),
        "UPDATE mailboxes SET account_id = $3 WHERE id = $1 AND account_id = $2 RETURNING registration_number",
        mailbox_id,
        from,
        to
    )?;
    let Some((number,)) = row else { return Ok(None) };
    // Its owner, who stayed as a member, is one of them.
    exec!(
        tx,
        "UPDATE mailbox_members SET ended_ms = $3 WHERE mailbox_id = $1 AND invited_ms >= $2 AND ended_ms IS NULL",
        mailbox_id,
        since_ms,
        now_ms
    )?;
    pass_on(tx, vault, mailbox_id, to).await?;
    Ok(Some(number))
}

/// Who was the owner stays as a member, by the phone of their account.
pub async fn stay(tx: &mut Tx, vault: &Vault, new: &NewMember<'_>) -> Result<()> {
    if !invite(tx, vault, new).await? {
        return Ok(());
    }
    exec!(
        tx,
        "UPDATE mailbox_members SET account_id = $3, accepted_ms = $4
         WHERE mailbox_id = $1 AND contact_index = $2 AND ended_ms IS NULL AND account_id IS NULL",
        new.mailbox_id,
        new.contact_index,
        new.invited_by,
        new.invited_ms
    )
    .map(drop)
}

/// The mailbox with what the account may do in it. Another's is as absent as one that never was.
pub async fn find_for(tx: &mut Tx, mailbox_id: &str, account_id: &str) -> Result<Option<(Mailbox, Role)>> {
    Ok(list_for(tx, account_id).await?.into_iter().find(|(m, _)| m.id == mailbox_id))
}

/// All mailboxes the account may use, newest first.
pub async fn list_for(tx: &mut Tx, account_id: &str) -> Result<Vec<(Mailbox, Role)>> {
    #[derive(sqlx_macros::FromRow)]
    struct Used {
        #[sqlx(flatten)]
        mailbox: Mailbox,
        role: String,
    }
    let rows = all!(
        tx,
        Used,
        "SELECT b.id, b.application_id, b.kind, b.office_index, b.registration_number, b.opened_ms, 'owner' AS role
         FROM mailboxes b WHERE b.account_id = $1
         UNION ALL SELECT b.id, b.application_id, b.kind, b.office_index, b.registration_number, b.opened_ms, m.role
         FROM mailbox_members m JOIN mailboxes b ON b.id = m.mailbox_id
         WHERE m.account_id = $1 AND m.ended_ms IS NULL
         ORDER BY 6 DESC, 1",
        account_id
    )?;
    rows.into_iter().map(|u| Ok((u.mailbox.clone(), role(&u.role, &u.mailbox.id)?))).collect()
}

/// Deletes what ended, or ran out unanswered, before `before_ms`: how many. The contact may be of somebody who never came
/// here.
pub async fn purge(tx: &mut Tx, before_ms: i64) -> Result<u64> {
    exec!(
        tx,
        "DELETE FROM mailbox_members WHERE ended_ms <= $1
           OR (account_id IS NULL AND ended_ms IS NULL AND until_ms <= $1)",
        before_ms
    )
}
