//! One request of staff. A citizen's cookie is not even read here.

use crate::desks::staff::Present;
use crate::house::House;
use crate::http::cookie;
use crate::http::visit::{LANG, accepted, client_address, device};
use crate::storage::staff_sessions::Session;
use app::text::Lang;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::clock::Timestamp;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// `__Host-` would ask for `Path=/`; this one goes below `/staff` only, and never from another site.
const COOKIE: &str = "__Secure-staff";

pub struct StaffVisit {
    pub house: Arc<House>,
    pub session: Option<Session>,
    pub token_hash: Option<[u8; 32]>,
    /// Past both halves of the login.
    pub present: Option<Present>,
    pub address: IpAddr,
    pub device: String,
    pub lang: Lang,
    pub now: Timestamp,
    set_cookies: Mutex<Vec<String>>,
}

impl StaffVisit {
    /// `person`: somebody did something, so the session lives on.
    pub async fn open(house: &Arc<House>, parts: &Parts, person: bool) -> StaffVisit {
        let mut visit = StaffVisit {
            house: house.clone(),
            session: None,
            token_hash: None,
            present: None,
            address: client_address(parts, house.config.trust_forwarded_for),
            device: device(&parts.headers),
            lang: cookie(&parts.headers, LANG).and_then(Lang::from_tag).unwrap_or_else(|| accepted(&parts.headers)),
            now: house.clock.now(),
            set_cookies: Mutex::new(Vec::new()),
        };
        if let Some(token) = cookie(&parts.headers, COOKIE) {
            visit.recognise(token, person).await;
        }
        visit
    }

    pub fn set_cookie(&self, value: &str, seconds: i64) {
        self.cookies()
            .push(format!("{COOKIE}={value}; Path=/staff; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"));
    }

    /// Puts the cookies of this visit on its answer.
    pub fn dress(&self, headers: &mut HeaderMap) {
        for cookie in self.cookies().drain(..) {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                headers.append(header::SET_COOKIE, value);
            }
        }
    }

    fn cookies(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        self.set_cookies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
