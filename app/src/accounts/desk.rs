//! What accounts are asked for.

use super::view::{CodeSent, Consent, Profile, SessionLeft};
use crate::error::Refusal;
use crate::ui::form::Next;
use async_trait::async_trait;
use domain::Values;

/// Sign-up, login and one's own account. Answers never tell whether somebody has an account.
#[async_trait]
pub trait AccountsDesk {
    /// REG-1: takes the form, sends the SMS code, leads to `/register/phone`.
    async fn register(&self, values: Values) -> Result<Next, Refusal>;
    /// REG-2: the code from the SMS. Opens the account at level «phone», signs in, sends the e-mail link.
    async fn confirm_phone(&self, values: Values) -> Result<Next, Refusal>;
    /// REG-3: the button on the page the e-mail links to.
    async fn confirm_email(&self, token: String) -> Result<Next, Refusal>;
    /// Sends the confirmation letter again (signed-in citizens at level «phone»).
    async fn resend_email(&self) -> Result<Next, Refusal>;
    /// AUTH-1, first half: login and password. Leads to `/login/code` whether or not they fit, or refuses
    /// with one answer for every reason.
    async fn login(&self, values: Values, next: Option<String>) -> Result<Next, Refusal>;
    /// AUTH-1, second half: the code from the SMS.
    async fn login_code(&self, values: Values) -> Result<Next, Refusal>;
    /// Sends the code of the attempt in progress (sign-up or login) again, at most once a minute.
    async fn resend_code(&self) -> Result<CodeSent, Refusal>;
    /// What the page asking for a code shows: a masked number and when another code may be asked for.
    async fn code_sent(&self) -> Result<CodeSent, Refusal>;
    async fn logout(&self) -> Result<Next, Refusal>;
    /// How long the session still lives, for the warning before its end; `None` when it has ended. The person last
    /// did something on the asking page `quiet` seconds ago, and that is what counts: 0 prolongs, asking alone does not.
    async fn session(&self, quiet: u32) -> Result<Option<SessionLeft>, Refusal>;

    async fn profile(&self) -> Result<Profile, Refusal>;
    /// Language and «версия для слабовидящих»: kept in a cookie, and in the profile when signed in.
    async fn settings(&self, lang: Option<String>, large: Option<bool>) -> Result<(), Refusal>;
    /// CON-2: every consent given, with the version and hash of its text.
    async fn consents(&self) -> Result<Vec<Consent>, Refusal>;
    /// CON-3: withdraw (services stop) or give again.
    async fn set_consent(&self, given: bool) -> Result<Next, Refusal>;
}
