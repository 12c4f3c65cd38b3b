//! The desk of mailboxes: one's own, and who else uses a corporate one (MBX-5).

use super::{Owner, offices::place, refuse, trouble};
use crate::http::Visit;
use crate::integrations::notices::Notice;
use crate::jobs::notify::{self, To};
use crate::storage::accounts::Account;
use crate::storage::mailboxes::{self, Mailbox as Stored};
use crate::storage::{Purpose, Tx, ids, members};
use app::desks::MailboxesDesk;
use app::error::Refusal;
use app::mailboxes::view::{InvitationRow, Mailbox, MailboxRow, MemberRow, Mine};
use app::routes;
use app::text::mailboxes::role as role_words;
use app::ui::form::Next;
use async_trait::async_trait;
use domain::access::Opens;
use domain::applications::MailboxKind;
use domain::clock::Timestamp;
use domain::fields::Phone;
use domain::mailboxes::{Contact, MEMBERS, Role, may_invite, until};
use domain::{Code, Field, Values};

/// Invitations one phone or e-mail gets in a day, from all mailboxes.
const INVITED_A_DAY: i64 = 5;

#[async_trait]
impl MailboxesDesk for Visit {
    async fn mailboxes(&self) -> Result<Mine, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let all = members::list_for(&mut tx, &owner.account_id).await.map_err(trouble)?;
        let invited = members::invitations(&mut tx, &owner.account_id, self.now.0).await.map_err(trouble)?;
        Ok(Mine {
            mailboxes: all.into_iter().map(|(mailbox, role)| self.mailbox_row(mailbox, role)).collect(),
            invitations: invited
                .into_iter()
                .filter_map(|i| {
                    let role = Role::from_name(&i.role)?;
                    Some(InvitationRow { id: i.id, number: i.registration_number, role, until: Timestamp(i.until_ms) })
                })
                .collect(),
        })
    }

    async fn mailbox(&self, id: String) -> Result<Mailbox, Refusal> {
        let owner = self.signed_in()?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let (mailbox, role) = self.used(&mut tx, &id, &owner.account_id).await?;
        let all = match role.manages() {
            true => members::list(&mut tx, &self.house.vault, &id, self.now.0).await.map_err(trouble)?,
            false => Vec::new(),
        };
        Ok(Mailbox {
            row: self.mailbox_row(mailbox, role),
            room: all.len() < MEMBERS,
            members: all
                .into_iter()
                .map(|m| MemberRow {
                    id: m.id,
                    contact: shown(&m.contact),
                    role: m.role,
                    accepted_at: m.accepted_ms.map(Timestamp),
                    until: Timestamp(m.until_ms),
                })
                .collect(),
        })
    }

    async fn invite(&self, mailbox: String, values: Values) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Letters)?.clone();
        self.limit(&[("invite/account", &owner.account_id, 60, 30)]).await?;
        let on = |field| move |code| Refusal::on(field, code);
        let contact = Contact::parse(values.get(Field::MemberContact)).map_err(on(Field::MemberContact))?;
        let role = Role::given(values.get(Field::MemberRole)).map_err(on(Field::MemberRole))?;
        let (house, vault) = (&self.house, &self.house.vault);
        let mut tx = house.db.read().await.map_err(trouble)?;
        self.managed(&mut tx, &mailbox, &owner).await?;
        drop(tx);
        // Whoever is invited, removed and invited again gets no more messages than this.
        self.limit(&[("invite/contact", contact.as_str(), 24 * 60, INVITED_A_DAY)]).await?;
        let (mut tx, found, account) = self.managing(&mailbox).await?;
        let there = members::list(&mut tx, vault, &mailbox, self.now.0).await.map_err(trouble)?;
        if let Err(code) = may_invite(kind_of(&found), there.len()) {
            return Err(refuse(tx, code).await);
        }
        let index = self.index_of(&contact);
        let own = self.contacts(&account.profile);
        let until = until(self.now);
        let new = members::NewMember {
            mailbox_id: &mailbox,
            contact_index: &index,
            contact: contact.as_str(),
            role,
            invited_by: &owner.account_id,
            invited_ms: self.now.0,
            until_ms: until.0,
        };
        // The owner is in it already.
        if own.contains(&index) || !members::invite(&mut tx, vault, &new).await.map_err(trouble)? {
            return Err(refuse(tx, Refusal::on(Field::MemberContact, Code::MemberExists)).await);
        }
        self.note(&mut tx, &owner.account_id, "mailbox_invited", &found.registration_number).await?;
        let notice = Notice::MailboxInvitation {
            number: found.registration_number.clone(),
            role: role_words(self.lang, role).to_owned(),
            deadline: notify::civil(until),
            link: house.config.link(routes::MAILBOXES),
        };
        let to = match &contact {
            Contact::Phone(phone) => To::Phone(phone.as_str()),
            Contact::Email(email) => To::Email(email.as_str()),
        };
        let occasion = format!("invited/{}", ids::inner_id());
        notify::queue(&mut tx, house, &owner.account_id, None, &notice, to, self.lang, &occasion)
            .await
            .map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::mailbox(&mailbox)))
    }

    async fn answer_invitation(&self, invitation: String, accepted: bool) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Letters)?.clone();
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let mine = members::invitations(&mut tx, &owner.account_id, self.now.0).await.map_err(trouble)?;
        let Some(found) = mine.into_iter().find(|i| i.id == invitation) else {
            return Err(refuse(tx, Code::InvitationGone).await);
        };
        let (act, done) = match accepted {
            true => ("mailbox_joined", members::accept(&mut tx, &invitation, &owner.account_id, self.now.0).await),
            false => ("mailbox_declined", members::decline(&mut tx, &invitation, &owner.account_id, self.now.0).await),
        };
        match done {
            Ok(true) => {}
            Ok(false) => return Err(refuse(tx, Code::InvitationGone).await),
            Err(error) if error.is_conflict("mailbox_members.account_id") => {
                return Err(refuse(tx, Code::MemberExists).await);
            }
            Err(error) => return Err(trouble(error)),
        }
        // Both read it: who came, and whose mailbox it is.
        self.note(&mut tx, &owner.account_id, act, &found.registration_number).await?;
        self.note_other(&mut tx, &found.owner_id, act, &found.registration_number).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(if accepted { routes::mailbox(&found.mailbox_id) } else { routes::MAILBOXES.to_owned() }))
    }

    async fn remove_member(&self, mailbox: String, member: String) -> Result<Next, Refusal> {
        let owner = self.owner(Opens::Letters)?.clone();
        let (mut tx, found, _) = self.managing(&mailbox).await?;
        let Some(whose) = members::end(&mut tx, &mailbox, &member, self.now.0).await.map_err(trouble)? else {
            return Err(refuse(tx, Code::InvitationGone).await);
        };
        self.note(&mut tx, &owner.account_id, "mailbox_removed", &found.registration_number).await?;
        if let Some(account) = whose {
            self.note_other(&mut tx, &account, "mailbox_removed", &found.registration_number).await?;
        }
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::mailbox(&mailbox)))
    }

    async fn leave_mailbox(&self, mailbox: String) -> Result<Next, Refusal> {
        let owner = self.signed_in()?.clone();
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let (found, role) = match self.used(&mut tx, &mailbox, &owner.account_id).await {
            Ok(used) => used,
            Err(refusal) => return Err(refuse(tx, refusal).await),
        };
        if role.manages() {
            return Err(refuse(tx, Code::OwnerStays).await);
        }
        members::leave(&mut tx, &mailbox, &owner.account_id, self.now.0).await.map_err(trouble)?;
        self.note(&mut tx, &owner.account_id, "mailbox_left", &found.registration_number).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::MAILBOXES))
    }

    async fn hand_over(&self, mailbox: String, member: String) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Letters)?.clone();
        let vault = &self.house.vault;
        let (mut tx, found, account) = self.managing(&mailbox).await?;
        let to = members::hand_over(&mut tx, vault, &mailbox, &owner.account_id, &member, self.now.0).await;
        let Some(to) = to.map_err(trouble)? else {
            return Err(refuse(tx, Code::OwnerStays).await);
        };
        // Whoever gave it away goes on using it, until the new owner thinks otherwise.
        if let Ok(phone) = Phone::parse(account.profile.get(Field::Phone)) {
            let index = vault.blind_index(Purpose::Phone, phone.as_str());
            let new = members::NewMember {
                mailbox_id: &mailbox,
                contact_index: &index,
                contact: phone.as_str(),
                role: Role::Sender,
                invited_by: &owner.account_id,
                invited_ms: self.now.0,
                until_ms: self.now.0,
            };
            members::stay(&mut tx, vault, &new).await.map_err(trouble)?;
        }
        self.note(&mut tx, &owner.account_id, "mailbox_handed_over", &found.registration_number).await?;
        // What «Это не я» needs: which one, and from whom to take it back.
        self.alarm(&mut tx, &account, "mailbox_handed_over", &format!("{mailbox}/{to}")).await?;
        self.note_other(&mut tx, &to, "mailbox_handed_over", &found.registration_number).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::mailbox(&mailbox)))
    }
}

impl Visit {
    /// A mailbox the account may use.
    async fn used(&self, tx: &mut Tx, id: &str, account_id: &str) -> Result<(Stored, Role), Refusal> {
        let found = members::find_for(tx, id, account_id).await.map_err(trouble)?;
        Ok(found.ok_or(Code::MailboxNotFound)?)
    }

    /// A corporate mailbox of which the account is the owner; a member learns no more than a stranger.
    async fn managed(&self, tx: &mut Tx, id: &str, owner: &Owner) -> Result<Stored, Refusal> {
        let (mailbox, role) = self.used(tx, id, &owner.account_id).await?;
        match role.manages() && kind_of(&mailbox) == MailboxKind::Corporate {
            true => Ok(mailbox),
            false => Err(Code::MailboxNotFound.into()),
        }
    }

    /// An act of a mailbox' owner upon its members: the account and the mailbox are held.
    async fn managing(&self, id: &str) -> Result<(Tx, Stored, Account), Refusal> {
        let owner = self.owner(Opens::Letters)?;
        let (mut tx, account) = self.holding().await?;
        let theirs = mailboxes::hold(&mut tx, id, &account.id).await.map_err(trouble)?;
        match self.managed(&mut tx, id, owner).await {
            Ok(found) if theirs => Ok((tx, found, account)),
            Ok(_) => Err(refuse(tx, Code::MailboxNotFound).await),
            Err(refusal) => Err(refuse(tx, refusal).await),
        }
    }

    fn index_of(&self, contact: &Contact) -> [u8; 32] {
        let purpose = match contact {
            Contact::Phone(_) => Purpose::Phone,
            Contact::Email(_) => Purpose::Email,
        };
        self.house.vault.blind_index(purpose, contact.as_str())
    }

    /// Blind indexes of the account's own phone and e-mail.
    fn contacts(&self, profile: &Values) -> Vec<[u8; 32]> {
        let all = [Field::Phone, Field::Email].map(|f| Contact::parse(profile.get(f)).map(|c| self.index_of(&c)));
        all.into_iter().flatten().collect()
    }

    fn mailbox_row(&self, mailbox: Stored, role: Role) -> MailboxRow {
        let office = mailbox.office_index.as_deref().and_then(|i| self.house.reference.postcode(i));
        MailboxRow {
            kind: kind_of(&mailbox),
            role,
            opened_at: Timestamp(mailbox.opened_ms),
            office: office.map(|o| format!("{}, {}", o.index, place(&o))),
            id: mailbox.id,
            number: mailbox.registration_number,
        }
    }
}

fn kind_of(mailbox: &Stored) -> MailboxKind {
    MailboxKind::from_name(&mailbox.kind).unwrap_or(MailboxKind::Electronic)
}

/// A phone in groups, an address as it is.
fn shown(contact: &str) -> String {
    domain::fields::format_field(Field::MemberContact, contact).unwrap_or_else(|| contact.to_owned())
}
