//! Notices to browsers: encrypted for the one browser that can open them (RFC 8291), handed to its push service (RFC 8030)
//! with a proof of who we are (VAPID, RFC 8292). The address is one a browser has given, so it is guarded as a partner's
//! is ([`Outward`]), and its host has to be on the operator's list besides.

use super::outward::{Outward, is_private};
use super::{SendError, SettingsError, http};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use domain::clock::Timestamp;
use reqwest::{StatusCode, Url};
use std::time::Duration;
use web_push_native::p256::PublicKey;
use web_push_native::p256::ecdsa::signature::Signer;
use web_push_native::p256::ecdsa::{Signature, SigningKey};
use web_push_native::{Auth, WebPushBuilder};

/// The services of the browsers people have. A name with a dot before it stands for all below it.
pub const HOSTS: &[&str] =
    &["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"];
/// How long a service keeps a message for a device that is off.
pub const KEPT: Duration = Duration::from_secs(3 * 24 * 3600);
/// A proof is good for so long; services refuse more than a day (RFC 8292, 2).
const PROOF_SECONDS: i64 = 12 * 3600;
/// A service that has lost its way is asked again after this.
const AGAIN: Duration = Duration::from_secs(60);

#[derive(Clone, Debug)]
pub struct Settings {
    /// Where messages may go: [`HOSTS`] unless the operator says otherwise.
    pub hosts: Vec<String>,
    /// Also to a service on this machine, by plain HTTP.
    pub loopback: bool,
    /// Whom a service may write to about our messages: `mailto:…`.
    pub contact: String,
    /// The scalar of the VAPID key.
    pub seed: zeroize::Zeroizing<[u8; 32]>,
}

/// What became of a message that was not simply not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Taken,
    /// The browser is not told any more: it withdrew, or was reset (RFC 8030, 7.3).
    Gone,
}

/// Where a browser is reached, read.
pub struct Browser {
    url: Url,
    key: PublicKey,
    auth: Auth,
}

pub struct Push {
    outward: Outward,
    settings: Settings,
    key: SigningKey,
}

impl Push {
    pub fn new(settings: Settings) -> Result<Push, SettingsError> {
        let key = SigningKey::from_slice(&settings.seed[..]).map_err(|_| SettingsError("push key"))?;
        // The stand-in is named by its number: names are resolved under guard all the same.
        let outward = Outward::by_number("push", "Otdelenie-Push/1", settings.loopback)?;
        Ok(Push { outward, settings, key })
    }

    /// By what browsers and services know us: the uncompressed point, base64url.
    pub fn public_key(&self) -> String {
        B64.encode(self.key.verifying_key().to_encoded_point(false).as_bytes())
    }

    /// What a browser gave, if it is something we send to.
    pub fn browser(&self, endpoint: &str, p256dh: &str, auth: &str) -> Option<Browser> {
        let url = self.outward.address(endpoint).filter(|url| self.listed(url))?;
        let key = PublicKey::from_sec1_bytes(&bytes(p256dh)?).ok()?;
        let auth = bytes(auth).filter(|auth| auth.len() == 16)?;
        Some(Browser { url, key, auth: Auth::clone_from_slice(&auth) })
    }

    fn listed(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let ours = |name: &String| match name.strip_prefix('.') {
            Some(_) => host.ends_with(name.as_str()),
            None => host == name,
        };
        let here = self.settings.loopback && host.trim_matches(['[', ']']) == "127.0.0.1";
        here || (url.scheme() == "https" && self.settings.hosts.iter().any(ours))
    }

    /// Sends one message; `id` names it, so that a repeat replaces what still waits for the device.
    ///
    /// # Errors
    /// `Temporary`: later. `Permanent`: never to this browser.
    pub async fn send(&self, to: &Browser, id: &str, text: &[u8], now: Timestamp) -> Result<Sent, SendError> {
        let never = SendError::Permanent { provider_code: None };
        let uri = to.url.as_str().parse().map_err(|_| never)?;
        let message =
            WebPushBuilder::new(uri, to.key, to.auth).with_valid_duration(KEPT).build(text).map_err(|_| never)?;
        let (parts, body) = message.into_parts();
        let sent = self
            .outward
            .client
            .post(to.url.clone())
            .headers(parts.headers)
            .header("authorization", self.proof(&to.url, now))
            .header("urgency", "normal")
            .header("topic", topic(id))
            .body(body)
            .send()
            .await;
        let outcome = match sent {
            Ok(answer) => read(answer.status(), http::retry_after(&answer)),
            Err(error) if is_private(&error) => Err(never),
            Err(_) => Err(SendError::Temporary { provider_code: None, retry_after: AGAIN }),
        };
        let result = match &outcome {
            Ok(Sent::Taken) => "sent",
            Ok(Sent::Gone) => "gone",
            Err(_) => "failed",
        };
        metrics::counter!("push_total", "result" => result).increment(1);
        outcome
    }

    /// «vapid t=…, k=…»: that this service may take messages from us now.
    fn proof(&self, url: &Url, now: Timestamp) -> String {
        let head = B64.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let claims = serde_json::json!({
            "aud": url.origin().ascii_serialization(),
            "exp": now.0.div_euclid(1000) + PROOF_SECONDS,
            "sub": self.settings.contact,
        });
        let said = format!("{head}.{}", B64.encode(claims.to_string()));
        let signature: Signature = self.key.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", B64.encode(signature.to_bytes()), self.public_key())
    }
}

/// Browsers write base64url, some with padding.
fn bytes(text: &str) -> Option<Vec<u8>> {
    B64.decode(text.trim_end_matches('=')).ok().filter(|bytes| bytes.len() <= 65)
}

/// At most 32 signs of base64url (RFC 8030, 5.4).
fn topic(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).take(32).collect()
}

fn read(status: StatusCode, after: Option<Duration>) -> Result<Sent, SendError> {
    let provider_code = Some(status.as_u16());
    match status.as_u16() {
        200..300 => Ok(Sent::Taken),
        404 | 410 => Ok(Sent::Gone),
        408 | 429 | 500.. => Err(SendError::Temporary { provider_code, retry_after: after.unwrap_or(AGAIN) }),
        _ => Err(SendError::Permanent { provider_code }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8291's own browser (appendix A).
    const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    fn push(loopback: bool) -> Push {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let hosts = HOSTS.iter().map(|h| (*h).to_owned()).collect();
        let seed = zeroize::Zeroizing::new([7; 32]);
        Push::new(Settings { hosts, loopback, contact: "mailto:post@example.org".into(), seed }).unwrap()
    }

    #[test]
    fn only_the_services_on_the_list_are_told() {
        let strict = push(false);
        for open in [
            "https://fcm.googleapis.com/fcm/send/a:b",
            "https://updates.push.services.mozilla.com/wpush/v2/x",
            "https://web.push.apple.com/x",
            "https://db5p.notify.windows.com/w/?token=x",
        ] {
            assert!(strict.browser(open, KEY, AUTH).is_some(), "{open}");
        }
        for closed in [
            "https://evil.example/send",
            "https://fcm.googleapis.com.evil.example/",
            "https://evilpush.apple.com.example/",
            "https://notpush.services.mozilla.com.example/",
            "http://fcm.googleapis.com/fcm/send/x",
            "https://fcm.googleapis.com@10.0.0.1/",
            "https://user:x@fcm.googleapis.com/",
            "https://127.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "http://127.0.0.1:9/",
            "https://localhost/",
            "file:///etc/passwd",
            "",
        ] {
            assert!(strict.browser(closed, KEY, AUTH).is_none(), "{closed}");
        }
        let demo = push(true);
        assert!(demo.browser("http://127.0.0.1:9/x", KEY, AUTH).is_some());
        for closed in
            ["http://10.0.0.1/x", "http://169.254.169.254/", "http://localhost:9/", "http://fcm.googleapis.com/"]
        {
            assert!(demo.browser(closed, KEY, AUTH).is_none(), "a demonstration reaches no further: {closed}");
        }
    }

    #[test]
    fn keys_that_are_none_are_refused() {
        let (push, to) = (push(false), "https://fcm.googleapis.com/x");
        for (key, auth) in [("", AUTH), ("AAAA", AUTH), (KEY, ""), (KEY, "AAAA"), ("не base64", AUTH)] {
            assert!(push.browser(to, key, auth).is_none());
        }
        let off_the_curve = B64.encode([&[4u8][..], &[1; 64]].concat());
        assert!(push.browser(to, &off_the_curve, AUTH).is_none());
        assert!(push.browser(to, &format!("{KEY}=="), AUTH).is_some(), "padding");
    }

    #[test]
    fn answers_say_whether_to_try_again() {
        let of = |code| read(StatusCode::from_u16(code).unwrap(), None);
        assert_eq!(of(201), Ok(Sent::Taken));
        assert_eq!((of(404), of(410)), (Ok(Sent::Gone), Ok(Sent::Gone)));
        for later in [408, 429, 500, 503] {
            assert!(matches!(of(later), Err(SendError::Temporary { .. })), "{later}");
        }
        for never in [400, 401, 403, 413] {
            assert!(matches!(of(never), Err(SendError::Permanent { .. })), "{never}");
        }
        assert_eq!(topic("0192f0c4-aa10-7000-8000-000000000000").len(), 32);
    }
}
