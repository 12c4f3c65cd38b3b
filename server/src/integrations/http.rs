//! What every HTTP client of an outside system has in common.

use super::SettingsError;
use rand::Rng;
use reqwest::{Client, Response, Url, header::RETRY_AFTER, redirect};
use std::time::Duration;

/// No provider of ours answers with more; a longer body is a fault of theirs, not our memory's.
const LARGEST_BODY: usize = 64 * 1024;

/// A client for one provider at `base`. Redirects are not followed: they would carry a token or
/// personal data elsewhere. `name` is for the error.
pub(super) fn client(name: &'static str, base: &str, timeout: Duration) -> Result<(Client, Url), SettingsError> {
    let base = Url::parse(base).map_err(|_| SettingsError(name))?;
    let loopback = is_loopback(&base).ok_or(SettingsError(name))?;
    let mut builder = Client::builder().timeout(timeout).redirect(redirect::Policy::none());
    if loopback {
        // A proxy named by the environment cannot reach what listens on this machine only.
        builder = builder.no_proxy();
    } else if base.scheme() != "https" {
        // Personal data and our token never cross a network in the clear.
        return Err(SettingsError(name));
    }
    let client = builder.build().map_err(|_| SettingsError(name))?;
    Ok((client, base))
}

/// Whether the host is this machine; `None` without one.
fn is_loopback(url: &Url) -> Option<bool> {
    let host = url.host_str()?;
    let ip = host.trim_matches(['[', ']']).parse();
    Some(host == "localhost" || ip.is_ok_and(|ip: std::net::IpAddr| ip.is_loopback()))
}

/// Whether secrets and personal data may go to this address: encrypted, or not leaving this machine.
pub(super) fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || is_loopback(url) == Some(true)
}

/// The whole body, or `None` when it breaks off, is too long or takes too long.
pub(super) async fn body(mut response: Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > LARGEST_BODY {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// `Retry-After` in seconds, kept within sense (the HTTP-date form is not used by our providers).
pub(super) fn retry_after(response: &Response) -> Option<Duration> {
    let seconds = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds = seconds.trim().parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds.clamp(1, 3600)))
}

/// The pause before repeat number `attempt` (from 1): doubled each time, and anywhere between half
/// and the whole of it, so that workers that failed together do not come back together.
pub(super) fn pause(first: Duration, attempt: u32) -> Duration {
    let whole = first * 2u32.pow(attempt.saturating_sub(1).min(6));
    whole.mul_f64(rand::rng().random_range(0.5..=1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_differ() {
        let first = Duration::from_millis(100);
        for _ in 0..50 {
            let (one, two) = (pause(first, 1), pause(first, 2));
            assert!((50..=100).contains(&one.as_millis()));
            assert!((100..=200).contains(&two.as_millis()));
        }
        assert_ne!(pause(first, 3), pause(first, 3));
    }

    #[test]
    fn a_plain_address_outside_this_machine_is_refused() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let seconds = Duration::from_secs(1);
        assert!(client("registries", "http://registry.example/", seconds).is_err());
        assert!(client("registries", "not an address", seconds).is_err());
        assert!(client("registries", "http://127.0.0.1:1/", seconds).is_ok());
        assert!(client("registries", "http://[::1]:1/", seconds).is_ok());
    }
}
