//! Passkeys: added on the page of security, and a whole login by themselves, since one counts only when it has verified
//! its owner (AUTH-2, E14). The question each must answer works once, for five minutes.

use super::proofs::MINUTE;
use super::{refuse, totp, trouble};
use crate::http::Visit;
use crate::storage::codes::{NewCode, Verdict};
use crate::storage::passkeys::NewPasskey;
use crate::storage::{codes, ids, passkeys};
use crate::webauthn::{self, Key, Site};
use app::error::Refusal;
use app::routes;
use app::ui::form::Next;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use domain::access::Opens;
use domain::accounts::factors::{PASSKEYS, name};
use domain::{Code, Field};
use serde::{Deserialize, Serialize};

const ADD: &str = "passkey_add";
const LOGIN: &str = "passkey_login";
const QUESTION_MS: i64 = 5 * MINUTE;
/// ES256, EdDSA, RS256 (RFC 9053).
const ALGORITHMS: [i32; 3] = [-7, -8, -257];

/// What the browser is asked with.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    challenge: String,
    rp_id: String,
    rp_name: &'static str,
    timeout: i64,
    /// Of an addition.
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<User>,
    exclude: Vec<String>,
    algorithms: [i32; 3],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    name: String,
    display_name: String,
}

/// What the browser answers; bytes are base64url.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    #[serde(default)]
    name: String,
    #[serde(default)]
    id: String,
    challenge: String,
    client: String,
    spoken: String,
    #[serde(default)]
    signature: String,
    #[serde(default)]
    next: String,
}

fn bytes(text: &str) -> Result<Vec<u8>, Refusal> {
    B64.decode(text).map_err(|_| Code::BadRequest.into())
}

impl Visit {
    async fn question(
        &self,
        purpose: &'static str,
        user: Option<User>,
        exclude: Vec<String>,
    ) -> Result<Question, Refusal> {
        let challenge: [u8; 32] = ids::random();
        let challenge = B64.encode(challenge);
        let new = NewCode {
            subject: &self.subject_of(&challenge),
            purpose,
            hash: ids::token_hash(&challenge),
            tries: 1,
            sent_ms: self.now.0,
            expires_ms: self.now.0 + QUESTION_MS,
            gap_ms: 0,
        };
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        codes::issue(&mut tx, &new).await.map_err(trouble)?;
        tx.commit().await.map_err(trouble)?;
        let rp_id = self.house.config.host().to_owned();
        let rp_name = app::text::Frame::of(self.lang).brand;
        Ok(Question { challenge, rp_id, rp_name, timeout: QUESTION_MS, user, exclude, algorithms: ALGORITHMS })
    }

    /// Whose question it is: the account's that adds a passkey; anybody's that logs in.
    fn subject_of(&self, challenge: &str) -> String {
        let whose = self.citizen.as_ref().map_or("", |c| c.session_id.as_str());
        let digest = ids::token_hash(&format!("{whose}/{challenge}"));
        totp::base32(&digest)
    }

    /// Uses a question up, whatever its answer is worth.
    async fn answers(&self, purpose: &str, challenge: &str) -> Result<Vec<u8>, Refusal> {
        let (subject, hash) = (self.subject_of(challenge), ids::token_hash(challenge));
        match codes::check(&self.house.db, &subject, purpose, &hash, self.now.0).await.map_err(trouble)? {
            Verdict::Right { .. } => bytes(challenge),
            _ => Err(Code::PasskeyWrong.into()),
        }
    }

    fn site(&self) -> (String, String) {
        (self.house.config.public_origin(), self.house.config.host().to_owned())
    }

    pub async fn passkey_question(&self, adding: bool) -> Result<Question, Refusal> {
        self.limit(&[("passkey/address", &self.address.to_string(), 10, 60)]).await?;
        if !adding {
            return self.question(LOGIN, None, Vec::new()).await;
        }
        let owner = self.proved(Opens::Security)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let account = self.account(&mut tx, owner).await?;
        let have = passkeys::list(&mut tx, &self.house.vault, &owner.account_id).await.map_err(trouble)?;
        drop(tx);
        if have.len() >= PASSKEYS {
            return Err(Code::PasskeysFull.into());
        }
        let user = User {
            // Not the account's id: whoever finds the authenticator learns nothing from it.
            id: B64.encode(&ids::token_hash(&owner.account_id)[..16]),
            name: account.profile.get(Field::Phone).to_owned(),
            display_name: owner.first_name.clone(),
        };
        self.question(ADD, Some(user), have.iter().map(|k| B64.encode(&k.id)).collect()).await
    }

    pub async fn add_passkey(&self, answer: Answer) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let name = name(&answer.name).map_err(|code| Refusal::on(Field::AppName, code))?;
        let challenge = self.answers(ADD, &answer.challenge).await?;
        let (origin, id) = self.site();
        let site = Site { origin: &origin, id: &id };
        let made = webauthn::made(&bytes(&answer.client)?, &bytes(&answer.spoken)?, &challenge, &site)
            .map_err(|wrong| self.wrong(wrong))?;
        let new = NewPasskey {
            id: &made.id,
            account_id: &owner.account_id,
            name: &name,
            public_key: made.key.bytes(),
            counter: made.counter,
            now_ms: self.now.0,
        };
        let (mut tx, account) = self.holding().await?;
        if !passkeys::create(&mut tx, &self.house.vault, &new).await.map_err(trouble)? {
            return Err(refuse(tx, Code::PasskeysFull).await);
        }
        self.end_others(&mut tx, owner).await?;
        self.changed(&mut tx, &account, "passkey_added", &B64.encode(&made.id)).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::reload(routes::SECURITY))
    }

    pub async fn remove_passkey(&self, id: &str) -> Result<Next, Refusal> {
        let owner = self.proved(Opens::Security)?;
        let key = bytes(id)?;
        let (mut tx, account) = self.holding().await?;
        if !passkeys::remove(&mut tx, &owner.account_id, &key, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::FactorGone).await);
        }
        self.end_others(&mut tx, owner).await?;
        self.changed(&mut tx, &account, "passkey_removed", id).await?;
        tx.commit().await.map_err(trouble)?;
        Ok(Next::to(routes::SECURITY))
    }

    /// A whole login: what one has, and what it asked of its owner. Every reason to refuse is one answer.
    pub async fn passkey_login(&self, answer: Answer) -> Result<Next, Refusal> {
        self.limit(&[("passkey/address", &self.address.to_string(), 10, 60)]).await?;
        let challenge = self.answers(LOGIN, &answer.challenge).await?;
        let id = bytes(&answer.id)?;
        let mut tx = self.house.db.read().await.map_err(trouble)?;
        let found = passkeys::find(&mut tx, &id).await.map_err(trouble)?.ok_or(Code::PasskeyWrong)?;
        drop(tx);
        let key = Key::parse(&found.public_key).ok_or(Code::Internal)?;
        let (origin, host) = self.site();
        let site = Site { origin: &origin, id: &host };
        let counter = u32::try_from(found.counter).unwrap_or(u32::MAX);
        let (client, spoken) = (bytes(&answer.client)?, bytes(&answer.spoken)?);
        let counter = webauthn::used(&client, &spoken, &bytes(&answer.signature)?, &key, counter, &challenge, &site)
            .map_err(|wrong| self.wrong(wrong))?;
        let mut tx = self.house.db.write().await.map_err(trouble)?;
        let Some(account) = self.entered_now(&mut tx, &found.account_id).await? else {
            return Err(refuse(tx, Code::PasskeyWrong).await);
        };
        if !passkeys::used(&mut tx, &id, counter, self.now.0).await.map_err(trouble)? {
            return Err(refuse(tx, Code::PasskeyWrong).await);
        }
        self.let_in(&mut tx, &account, "passkey", false).await?;
        tx.commit().await.map_err(trouble)?;
        self.set_cookie(crate::http::NEXT, "", 0);
        let next = routes::safe_next(&answer.next).map(str::to_owned).or_else(|| self.next.clone());
        Ok(Next::reload(next.unwrap_or_else(|| routes::CABINET.to_owned())))
    }

    fn wrong(&self, wrong: webauthn::Wrong) -> Refusal {
        tracing::info!(%wrong, "a passkey was not taken");
        Code::PasskeyWrong.into()
    }
}
