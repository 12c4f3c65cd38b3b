//! One provider: where people are sent, and what the code they bring back is worth.

use super::Settings;
use super::claims::{Extra, Identity, said};
use crate::integrations::breaker::{Breaker, Policy};
use crate::integrations::{SettingsError, http};
use chrono::{DateTime, Utc};
use domain::Field;
use domain::accounts::doors::Door;
use domain::clock::Timestamp;
use futures::future::BoxFuture;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AccessTokenHash, AsyncHttpClient, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use secrecy::ExposeSecret;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A person waits for each answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// Discovery and keys are asked for again after this long; after a key nobody knows at once.
const KEEP: Duration = Duration::from_secs(3600);
/// How far a provider's clock may go wrong, and how old an answer just asked for may be.
const SKEW_MS: i64 = 2 * 60_000;
const FRESH_MS: i64 = 10 * 60_000;

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Speaker = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody came through. Tells nothing of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// No answer, or none that can be read.
    #[error("the provider cannot be reached")]
    Down,
    /// It knows no such code: used before, too old, not ours.
    #[error("the code was not taken")]
    Code,
    /// Which part of the answer is not what it must be.
    #[error("the answer is not to be trusted: {0}")]
    Untrusted(&'static str),
}

/// Somebody on the way out. All three come back sealed in the browser's own cookie.
pub struct Begun {
    pub url: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Discovery and keys, and since when they are known.
type Kept = Option<(Instant, Arc<CoreProviderMetadata>)>;

pub struct Provider {
    settings: Settings,
    issuer: IssuerUrl,
    back: RedirectUrl,
    http: reqwest::Client,
    breaker: Breaker,
    kept: Mutex<Kept>,
}

impl Provider {
    pub(super) fn new(settings: Settings) -> Result<Provider, SettingsError> {
        let wrong = |_| SettingsError("doors");
        let (http, _) = http::client("doors", &settings.issuer, TIMEOUT)?;
        Ok(Provider {
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(wrong)?,
            back: RedirectUrl::new(settings.back.clone()).map_err(wrong)?,
            http,
            breaker: Breaker::new(Policy::default()),
            kept: Mutex::new(None),
            settings,
        })
    }

    pub fn door(&self) -> Door {
        self.settings.door
    }

    pub fn label(&self) -> Option<&str> {
        self.settings.label.as_deref()
    }

    /// Whose subjects these are: subjects are unique within an issuer only.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    pub fn is_up(&self) -> bool {
        self.breaker.is_closed()
    }

    /// Where to send somebody, and what must come back with them.
    ///
    /// # Errors
    /// `Down`.
    pub async fn begin(&self) -> Result<Begun, Problem> {
        let speaker = self.speaker(false).await?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut asked = speaker.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        for scope in &self.settings.scopes {
            asked = asked.add_scope(Scope::new(scope.clone()));
        }
        let (url, state, nonce) = asked.set_pkce_challenge(challenge).url();
        let (state, nonce) = (state.secret().clone(), nonce.secret().clone());
        Ok(Begun { url: url.into(), state, nonce, verifier: verifier.secret().clone() })
    }

    /// Who came back with this code.
    ///
    /// # Errors
    /// Why it is nobody.
    pub async fn finish(&self, code: &str, nonce: &str, verifier: &str, now: Timestamp) -> Result<Identity, Problem> {
        let mut speaker = self.speaker(false).await?;
        let answer = speaker
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|_| Problem::Down)?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(self)
            .await
            .map_err(|error| match error {
                openidconnect::RequestTokenError::ServerResponse(_) => Problem::Code,
                _ => Problem::Down,
            })?;
        let token = answer.id_token().ok_or(Problem::Untrusted("no id token"))?;
        // A key that is not known: the provider may have changed its keys since.
        if let Ok(alg) = token.signing_alg()
            && asymmetric(alg)
            && token.signing_key(&verifier_of(&speaker, now)).is_err()
        {
            speaker = self.speaker(true).await?;
        }
        let expected = Nonce::new(nonce.to_owned());
        let trusted = verifier_of(&speaker, now);
        let claims = token.claims(&trusted, &expected).map_err(untrusted)?;
        if let Some(hash) = claims.access_token_hash() {
            let alg = token.signing_alg().map_err(|_| Problem::Untrusted("algorithm"))?;
            let key = token.signing_key(&trusted).map_err(|_| Problem::Untrusted("key"))?;
            let actual = AccessTokenHash::from_token(answer.access_token(), alg, key);
            if actual.map_err(|_| Problem::Untrusted("at_hash"))? != *hash {
                return Err(Problem::Untrusted("at_hash"));
            }
        }
        let (own, subject) = (said!(claims), claims.subject().clone());
        let Ok(asking) = speaker.user_info(answer.access_token().clone(), Some(subject.clone())) else {
            return Ok(Identity::of(subject.as_str(), vec![own]));
        };
        let more: UserInfoClaims<Extra, CoreGenderClaim> =
            asking.request_async(self).await.map_err(|error| match error {
                // Somebody else's data in answer to our question.
                openidconnect::UserInfoError::ClaimsVerification(_) => Problem::Untrusted("userinfo"),
                _ => Problem::Down,
            })?;
        Ok(Identity::of(subject.as_str(), vec![own, said!(&more)]))
    }

    /// A client of what discovery says; kept, so that a login costs no more than the exchange itself.
    async fn speaker(&self, anew: bool) -> Result<Speaker, Problem> {
        let known = || self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let fresh = known().filter(|(since, _)| !anew && since.elapsed() < KEEP);
        let metadata = match fresh {
            Some((_, metadata)) => metadata,
            None => {
                let found = CoreProviderMetadata::discover_async(self.issuer.clone(), self).await;
                match (found, known()) {
                    (Ok(found), _) => {
                        let found = Arc::new(found);
                        let kept = Some((Instant::now(), found.clone()));
                        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = kept;
                        found
                    }
                    // Keys an hour old are better than no login.
                    (Err(_), Some((_, old))) if !anew => old,
                    (Err(_), _) => return Err(Problem::Down),
                }
            }
        };
        let secret = self.settings.secret.as_ref().map(|s| ClientSecret::new(s.expose_secret().to_owned()));
        let id = ClientId::new(self.settings.client_id.clone());
        Ok(Client::from_provider_metadata((*metadata).clone(), id, secret).set_redirect_uri(self.back.clone()))
    }

    async fn attempt(&self, request: HttpRequest) -> Option<HttpResponse> {
        let request = reqwest::Request::try_from(request).ok()?;
        if !http::is_safe(request.url()) {
            return None;
        }
        let answer = self.http.execute(request).await.ok()?;
        let mut made = ::http::Response::builder().status(answer.status());
        for (name, value) in answer.headers() {
            made = made.header(name, value);
        }
        made.body(http::body(answer).await?).ok()
    }
}

impl<'c> AsyncHttpClient<'c> for Provider {
    type Error = Problem;
    type Future = BoxFuture<'c, Result<HttpResponse, Problem>>;

    /// One request. A redirect is no answer, and nothing leaves for an address in the clear.
    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            if self.breaker.admit(Instant::now()).is_err() {
                return Err(Problem::Down);
            }
            let answer = self.attempt(request).await;
            // A refusal is an answer too.
            match &answer {
                Some(answer) if !answer.status().is_server_error() => self.breaker.succeeded(),
                _ => {
                    if self.breaker.failed(Instant::now()) {
                        tracing::error!(door = self.door().name(), "the provider is held to be down");
                    }
                }
            }
            answer.ok_or(Problem::Down)
        })
    }
}

/// Signatures that only the provider can make: never none, and never our own secret as the key.
const fn asymmetric(alg: &CoreJwsSigningAlgorithm) -> bool {
    matches!(
        alg,
        CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256
            | CoreJwsSigningAlgorithm::RsaSsaPssSha256
            | CoreJwsSigningAlgorithm::EcdsaP256Sha256
            | CoreJwsSigningAlgorithm::EcdsaP384Sha384
            | CoreJwsSigningAlgorithm::EdDsa
    )
}

fn verifier_of(speaker: &Speaker, now: Timestamp) -> openidconnect::IdTokenVerifier<'_, CoreJsonWebKey> {
    let at = move |ms: i64| DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
    speaker
        .id_token_verifier()
        .set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            CoreJwsSigningAlgorithm::EdDsa,
        ])
        .set_time_fn(move || at(now.0))
        .set_issue_time_verifier_fn(move |issued| {
            let fits = issued <= at(now.0 + SKEW_MS) && issued >= at(now.0 - FRESH_MS);
            if fits { Ok(()) } else { Err("issued at another time".to_owned()) }
        })
}

fn untrusted(error: openidconnect::ClaimsVerificationError) -> Problem {
    use openidconnect::ClaimsVerificationError::*;
    Problem::Untrusted(match error {
        Expired(_) => "expired",
        InvalidAudience(_) => "audience",
        InvalidIssuer(_) => "issuer",
        InvalidNonce(_) => "nonce",
        InvalidSubject(_) => "subject",
        SignatureVerification(_) => "signature",
        _ => "claims",
    })
}
