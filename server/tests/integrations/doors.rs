//! A provider of identities that lies in every way the standards name, and is believed in none of them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use domain::accounts::doors::Door;
use domain::{Field, Timestamp};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use ring::{digest, hmac};
use secrecy::SecretString;
use serde_json::{Value, json};
use server::integrations::doors::{Begun, Doors, Identity, Problem, Settings};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// 22.11.2026, noon in Moscow.
const NOON: i64 = 1_795_338_000;
const SECRET: &str = "what only the two of them know";

struct Key(EcdsaKeyPair);

impl Key {
    fn new() -> Key {
        let (random, alg) = (SystemRandom::new(), &ECDSA_P256_SHA256_FIXED_SIGNING);
        let document = EcdsaKeyPair::generate_pkcs8(alg, &random).unwrap();
        Key(EcdsaKeyPair::from_pkcs8(alg, document.as_ref(), &random).unwrap())
    }

    fn public(&self, kid: &str) -> Value {
        let (x, y) = self.0.public_key().as_ref()[1..].split_at(32);
        json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": B64.encode(x), "y": B64.encode(y)})
    }

    fn sign(&self, kid: &str, claims: &Value) -> String {
        let text = jws(&json!({"alg": "ES256", "kid": kid}), claims);
        let signature = self.0.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", B64.encode(signature.as_ref()))
    }
}

fn jws(header: &Value, claims: &Value) -> String {
    format!("{}.{}", B64.encode(header.to_string()), B64.encode(claims.to_string()))
}

/// What it says when asked.
#[derive(Clone, Default)]
struct Says {
    keys: Vec<Value>,
    token: Value,
    about: Value,
    /// Of the discovery, where it is none.
    status: Option<StatusCode>,
    /// Of the exchange of a code.
    exchange: StatusCode,
}

type Shared = (String, Arc<Mutex<Says>>);

/// A provider, and the portal's client of it.
struct Town {
    issuer: String,
    says: Arc<Mutex<Says>>,
    doors: Doors,
    key: Key,
}

impl Town {
    async fn open() -> Town {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let key = Key::new();
        let says = Arc::new(Mutex::new(Says { keys: vec![key.public("1")], ..Says::default() }));
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route(
                "/keys",
                get(|State((_, says)): State<Shared>| async move { Json(json!({"keys": says.lock().unwrap().keys})) }),
            )
            .route(
                "/token",
                post(|State((_, says)): State<Shared>| async move {
                    let says = says.lock().unwrap();
                    (says.exchange, Json(says.token.clone()))
                }),
            )
            .route(
                "/about",
                get(|State((_, says)): State<Shared>| async move { Json(says.lock().unwrap().about.clone()) }),
            )
            .with_state((issuer.clone(), says.clone()));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let doors = Doors::new(vec![settings(&issuer)]).unwrap();
        Town { issuer, says, doors, key }
    }

    async fn begin(&self) -> Begun {
        self.doors.find(Door::Bank).unwrap().begin().await.unwrap()
    }

    /// What an honest provider would sign for this attempt.
    fn claims(&self, begun: &Begun) -> Value {
        let hash = digest::digest(&digest::SHA256, b"access");
        json!({
            "iss": self.issuer, "sub": "person-1", "aud": "portal", "iat": NOON, "exp": NOON + 60,
            "nonce": begun.nonce, "at_hash": B64.encode(&hash.as_ref()[..16]),
        })
    }

    async fn finish(&self, begun: &Begun, token: String) -> Result<Identity, Problem> {
        self.says.lock().unwrap().token =
            json!({"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": token});
        if self.says.lock().unwrap().about.is_null() {
            self.says.lock().unwrap().about = json!({"sub": "person-1"});
        }
        let provider = self.doors.find(Door::Bank).unwrap();
        provider.finish("code", &begun.nonce, &begun.verifier, Timestamp(NOON * 1000)).await
    }

    /// An answer that differs from an honest one in these claims.
    async fn lies(&self, changes: Value) -> Option<Problem> {
        let begun = self.begin().await;
        let mut claims = self.claims(&begun);
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let token = self.key.sign("1", &claims);
        self.finish(&begun, token).await.err()
    }
}

fn settings(issuer: &str) -> Settings {
    Settings {
        door: Door::Bank,
        issuer: issuer.to_owned(),
        client_id: "portal".to_owned(),
        secret: Some(SecretString::from(SECRET.to_owned())),
        label: None,
        scopes: vec!["profile".to_owned(), "phone".to_owned()],
        back: "https://portal.example/login/door/bank/back".to_owned(),
    }
}

async fn discovery(State((issuer, says)): State<Shared>) -> Response {
    if let Some(status) = says.lock().unwrap().status {
        return (status, [("location", format!("{issuer}/elsewhere"))], "").into_response();
    }
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/ask"), "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/about"), "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
    }))
    .into_response()
}

#[tokio::test]
async fn an_honest_provider_is_believed_and_only_what_fits_is_kept() {
    let town = Town::open().await;
    let begun = town.begin().await;
    let (_, query) = begun.url.split_once('?').unwrap();
    for asked in ["response_type=code", "code_challenge_method=S256", "client_id=portal", "scope=openid+profile+phone"]
    {
        assert!(query.split('&').any(|part| part == asked), "{asked} in {query}");
    }
    assert!(query.contains(&format!("state={}", begun.state)) && query.contains(&format!("nonce={}", begun.nonce)));
    assert!(!query.contains(&begun.verifier), "the verifier stays here");
    town.says.lock().unwrap().about = json!({
        "sub": "person-1", "family_name": "Климова", "given_name": "Vera", "birthdate": "1994-03-21",
        "phone_number": "+79135550101", "phone_number_verified": true, "email": "vera@example.org",
        "passport_series": "5014", "passport_number": "417203", "snils": "17090100123",
    });
    let identity = town.finish(&begun, town.key.sign("1", &town.claims(&begun))).await.unwrap();
    assert_eq!(identity.subject, "person-1");
    assert_eq!(identity.told.get(Field::LastName), "Климова");
    assert_eq!(identity.told.get(Field::FirstName), "", "no Latin letters in a name");
    assert_eq!(identity.told.get(Field::BirthDate), "21.03.1994");
    assert_eq!(identity.told.get(Field::Snils), "170-901-001 23");
    assert!(identity.phone_proved && !identity.email_proved, "an e-mail nobody speaks for is not proved");
    assert_eq!(format!("{identity:?}"), "Identity(***)");
}

#[tokio::test]
async fn a_lie_in_any_claim_lets_nobody_in() {
    let town = Town::open().await;
    let refused = |part| Some(Problem::Untrusted(part));
    assert_eq!(town.lies(json!({})).await, None, "the truth passes");
    assert_eq!(town.lies(json!({"nonce": "another attempt's"})).await, refused("nonce"));
    assert_eq!(town.lies(json!({"nonce": null})).await, refused("nonce"));
    assert_eq!(town.lies(json!({"aud": "another portal"})).await, refused("audience"));
    assert_eq!(town.lies(json!({"aud": ["portal", "another portal"]})).await, refused("audience"));
    assert_eq!(town.lies(json!({"iss": "https://another.example"})).await, refused("issuer"));
    assert_eq!(town.lies(json!({"exp": NOON - 1})).await, refused("expired"));
    assert!(town.lies(json!({"iat": NOON - 3600})).await.is_some(), "kept for an hour");
    assert!(town.lies(json!({"iat": NOON + 3600})).await.is_some(), "of tomorrow");
    assert_eq!(town.lies(json!({"at_hash": B64.encode([0; 16])})).await, refused("at_hash"));
    // Somebody else's data in answer to our question.
    town.says.lock().unwrap().about = json!({"sub": "person-2", "family_name": "Сафонов"});
    assert_eq!(town.lies(json!({})).await, refused("userinfo"));
}

#[tokio::test]
async fn a_signature_counts_only_under_the_providers_own_key() {
    let town = Town::open().await;
    let begun = town.begin().await;
    let claims = town.claims(&begun);
    let stranger = Key::new();
    assert_eq!(town.finish(&begun, stranger.sign("1", &claims)).await.err(), Some(Problem::Untrusted("signature")));
    assert!(town.finish(&begun, stranger.sign("2", &claims)).await.is_err(), "a key nobody knows");
    let good = town.key.sign("1", &claims);
    let (head, signature) = good.rsplit_once('.').unwrap();
    let mut changed = claims.clone();
    changed["sub"] = json!("person-2");
    let forged = format!("{}.{signature}", jws(&json!({"alg": "ES256", "kid": "1"}), &changed));
    assert_eq!(town.finish(&begun, forged).await.err(), Some(Problem::Untrusted("signature")));
    for token in [
        format!("{}.", jws(&json!({"alg": "none"}), &claims)),
        format!("{head}."),
        // Our own secret as the key, which the provider's discovery even offers.
        {
            let text = jws(&json!({"alg": "HS256"}), &claims);
            let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
            format!("{text}.{}", B64.encode(hmac::sign(&key, text.as_bytes())))
        },
        "not a token".to_owned(),
    ] {
        assert!(town.finish(&begun, token.clone()).await.is_err(), "{token}");
    }
    assert!(town.finish(&begun, good).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_has_changed_its_keys_is_asked_for_them_once_more() {
    let town = Town::open().await;
    let begun = town.begin().await;
    let new = Key::new();
    town.says.lock().unwrap().keys = vec![new.public("2")];
    assert!(town.finish(&begun, new.sign("2", &town.claims(&begun))).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_is_silent_or_sends_elsewhere_is_down() {
    for status in [StatusCode::SERVICE_UNAVAILABLE, StatusCode::FOUND, StatusCode::NOT_FOUND] {
        let town = Town::open().await;
        town.says.lock().unwrap().status = Some(status);
        assert_eq!(town.doors.find(Door::Bank).unwrap().begin().await.err(), Some(Problem::Down), "{status}");
    }
    let nobody = crate::nobody().await;
    let doors = Doors::new(vec![settings(&format!("http://{nobody}"))]).unwrap();
    let bank = doors.find(Door::Bank).unwrap();
    for _ in 0..5 {
        assert_eq!(bank.begin().await.err(), Some(Problem::Down));
    }
    assert!(!bank.is_up(), "five failures open the breaker");
    assert!(Doors::new(vec![settings("http://bank.example")]).is_err(), "secrets never cross a network in the clear");
}

#[tokio::test]
async fn a_refused_code_is_told_from_a_silent_provider() {
    let town = Town::open().await;
    let begun = town.begin().await;
    let provider = town.doors.find(Door::Bank).unwrap();
    let answer = async |exchange, token| {
        {
            let mut says = town.says.lock().unwrap();
            (says.exchange, says.token) = (exchange, token);
        }
        provider.finish("code", &begun.nonce, &begun.verifier, Timestamp(NOON * 1000)).await.err()
    };
    let refused = json!({"error": "invalid_grant"});
    assert_eq!(answer(StatusCode::BAD_REQUEST, refused.clone()).await, Some(Problem::Code));
    assert_eq!(
        answer(StatusCode::OK, refused).await,
        Some(Problem::Down),
        "an error must come with status 400 to be one"
    );
    assert_eq!(answer(StatusCode::SERVICE_UNAVAILABLE, json!({})).await, Some(Problem::Down));
}
