//! One request's visitor: who asks, from where, in which language, and what the answer must set.

use crate::house::House;
use crate::storage::sessions::{Session, Stage as SessionStage};
use crate::storage::{Place, ids};
use app::error::Refusal;
use app::notices::view::Chosen;
use app::text::Lang;
use app::visitor::{Citizen, Visitor};
use axum::extract::ConnectInfo;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Code;
use domain::clock::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

/// The `__Host-` prefix binds the cookie to this host, over a safe connection, for all paths.
pub const SESSION: &str = "__Host-session";
pub(super) const LANG: &str = "lang";
const LARGE: &str = "large";
pub const NEXT: &str = "__Host-next";
/// What was typed into a form that found no session: sealed, for this browser, for half an hour.
pub const STASH: &str = "__Host-stash";

/// By what a browser is known to the accounts that were entered from it.
pub const DEVICE: &str = "__Host-device";
/// Codes that are shown once: sealed, from the post that made them to the page that shows them.
pub const ONCE: &str = "__Host-once";

/// Which request to verify an identity this browser made: sealed.
pub const VERIFICATION: &str = "__Host-identity";
/// Somebody on the way to a provider of identities: sealed, for ten minutes.
pub const DOOR: &str = "__Host-door";
/// What a provider said of somebody who has no account yet: sealed, for half an hour.
pub const TOLD: &str = "__Host-told";

/// The code of the post that is waited for: sealed, for ten minutes.
pub const POST: &str = "__Host-post";

/// A visit. All desks are implemented on it.
pub struct Visit {
    pub house: Arc<House>,
    pub session: Option<Session>,
    pub token_hash: Option<[u8; 32]>,
    /// The account of an open session.
    pub citizen: Option<crate::desks::Owner>,
    pub address: IpAddr,
    /// Kind of browser and device, for the list of devices.
    pub device: String,
    pub lang: Lang,
    pub large: bool,
    pub now: Timestamp,
    /// Where to go after the login in progress.
    pub next: Option<String>,
    /// Of the browser's own token.
    pub device_hash: Option<[u8; 32]>,
    /// What is to be shown once, still sealed.
    pub once: Option<String>,
    /// The request to verify an identity it follows, still sealed.
    pub verification: Option<String>,
    /// The attempt to link an account of the post, still sealed.
    pub post: Option<String>,
    /// What a provider said, still sealed.
    pub told: Option<String>,
    set_cookies: Mutex<Vec<String>>,
    /// Choices of notices that were refused just now.
    refused_choices: Mutex<Option<Chosen>>,
}

impl Visit {
    /// Opens a visit: one read of the session when there is a cookie, nothing otherwise.
    pub async fn open(house: &Arc<House>, parts: &Parts) -> Visit {
        let now = house.clock.now();
        let cookies = &parts.headers;
        let mut visit = Visit {
            house: house.clone(),
            session: None,
            token_hash: None,
            next: cookie(cookies, NEXT).and_then(app::routes::safe_next).map(str::to_owned),
            citizen: None,
            address: client_address(parts, house.config.trust_forwarded_for),
            device: device(&parts.headers),
            lang: cookie(cookies, LANG).and_then(Lang::from_tag).unwrap_or_else(|| accepted(&parts.headers)),
            large: cookie(cookies, LARGE).is_some(),
            now,
            device_hash: cookie(cookies, DEVICE).filter(|t| t.len() == ids::TOKEN_SIGNS).map(ids::token_hash),
            once: cookie(cookies, ONCE).map(str::to_owned),
            verification: cookie(cookies, VERIFICATION).map(str::to_owned),
            post: cookie(cookies, POST).map(str::to_owned),
            told: cookie(cookies, TOLD).map(str::to_owned),
            set_cookies: Mutex::new(Vec::new()),
            refused_choices: Mutex::new(None),
        };
        if let Some(token) = cookie(cookies, SESSION) {
            // What pages ask by themselves is nothing their person did.
            let used = !matches!(parts.uri.path(), app::routes::EVENTS | "/api/accounts/session");
            visit.recognise(token, used).await;
        }
        visit
    }

    pub fn visitor(&self) -> Visitor {
        Visitor {
            lang: self.lang,
            large: self.large,
            doors: if self.citizen.is_none() { self.door_buttons() } else { Vec::new() },
            told: self.door_told(),
            citizen: self.citizen.as_ref().map(|c| Citizen {
                id: c.account_id.clone(),
                first_name: c.first_name.clone(),
                initials: c.initials.clone(),
                level: c.level,
                consent: c.consent,
                has_email: c.has_email,
            }),
        }
    }

    pub fn stage(&self) -> Option<SessionStage> {
        self.session.as_ref().map(|s| s.stage)
    }

    /// Sets a cookie that scripts cannot read and other sites cannot send along.
    pub fn set_cookie(&self, name: &str, value: &str, seconds: i64) {
        self.cookies().push(format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax"));
    }

    /// What only this server can read again, in a cookie that lives for `ms`.
    ///
    /// # Errors
    /// `Internal`.
    pub fn seal_cookie<T: Serialize>(&self, name: &str, place: Place<'_>, value: &T, ms: i64) -> Result<(), Refusal> {
        self.set_cookie(name, &self.sealed(place, value)?, ms / 1000);
        Ok(())
    }

    /// What goes into such a cookie.
    ///
    /// # Errors
    /// `Internal`.
    pub fn sealed<T: Serialize>(&self, place: Place<'_>, value: &T) -> Result<String, Refusal> {
        let json = serde_json::to_vec(value).map_err(|_| Code::Internal)?;
        let sealed = self.house.vault.seal(&self.house.parcel_key, place, &json).map_err(|_| Code::Internal)?;
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// What such a cookie says; `None` for none, and for one that is not ours.
    pub fn opened_cookie<T: DeserializeOwned>(&self, sealed: Option<&str>, place: Place<'_>) -> Option<T> {
        let sealed = URL_SAFE_NO_PAD.decode(sealed?).ok()?;
        let json = self.house.vault.open_sealed(&self.house.parcel_key, place, &sealed).ok()?;
        serde_json::from_slice(&json).ok()
    }

    pub fn remember_lang(&self, lang: Lang) {
        self.set_cookie(LANG, lang.tag(), 365 * 24 * 3600);
    }

    pub fn remember_large(&self, large: bool) {
        self.set_cookie(LARGE, "yes", if large { 365 * 24 * 3600 } else { 0 });
    }

    /// Puts the cookies of this visit on its answer.
    pub fn dress(&self, headers: &mut HeaderMap) {
        for cookie in self.cookies().drain(..) {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                headers.append(header::SET_COOKIE, value);
            }
        }
    }

    /// For the page that says why they were refused.
    pub fn keep_chosen(&self, chosen: Chosen) {
        *self.refused_choices.lock().unwrap_or_else(PoisonError::into_inner) = Some(chosen);
    }

    pub fn refused_choices(&self) -> Option<Chosen> {
        self.refused_choices.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn cookies(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.set_cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The value of a cookie, when it is there once.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

/// The address of the peer. A forwarded address is believed only when a proxy of ours stands before us:
/// then it is the last one of the list, which that proxy wrote itself.
pub(super) fn client_address(parts: &Parts, trust_forwarded_for: bool) -> IpAddr {
    let peer =
        parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |c| c.0.ip());
    if !trust_forwarded_for {
        return peer;
    }
    parts
        .headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.rsplit(',').next())
        .and_then(|v| v.trim().parse().ok())
        .unwrap_or(peer)
}

/// The first of our languages that the browser asks for; Russian when it asks for neither.
pub(super) fn accepted(headers: &HeaderMap) -> Lang {
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.split(',').filter_map(|l| l.trim().get(..2)).find_map(Lang::from_tag))
        .unwrap_or_default()
}

/// «Chrome, Android»: enough to recognise one's own device, too little to follow anybody.
pub(super) fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let pick =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    let browser = pick(&[
        ("YaBrowser", "Yandex"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = pick(&[
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Request;

    fn parts(headers: &[(&'static str, &'static str)]) -> Parts {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut parts = request.body(()).expect("headers").into_parts().0;
        parts.extensions.insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 1000))));
        parts
    }

    #[test]
    fn nobody_chooses_their_own_address() {
        let forged = parts(&[("x-forwarded-for", "198.51.100.1")]);
        assert_eq!(client_address(&forged, false), IpAddr::from([192, 0, 2, 7]));
        let behind = parts(&[("x-forwarded-for", "198.51.100.1, 203.0.113.9")]);
        assert_eq!(client_address(&behind, true), IpAddr::from([203, 0, 113, 9]));
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let jar = parts(&[("cookie", "a=1; __Host-session=abc; lang=en")]).headers;
        assert_eq!(cookie(&jar, SESSION), Some("abc"));
        assert_eq!(cookie(&jar, "session"), None);
    }

    #[test]
    fn russian_unless_english_is_asked_for_first() {
        assert_eq!(accepted(&parts(&[]).headers), Lang::Ru);
        assert_eq!(accepted(&parts(&[("accept-language", "en-GB,ru;q=0.5")]).headers), Lang::En);
        assert_eq!(accepted(&parts(&[("accept-language", "de,fr")]).headers), Lang::Ru);
        assert_eq!(accepted(&parts(&[("accept-language", "ё")]).headers), Lang::Ru);
    }
}
