//! Requests to addresses that somebody else has given: a partner's, a browser's. Such an address must not open a way into
//! the network the server stands in (SSRF): names are resolved once, by us, and what resolves to anything private is not
//! connected to.

use super::SettingsError;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);
const LONGEST_ADDRESS: usize = 500;

/// A client that goes where the internet is.
pub(super) struct Outward {
    pub client: Client,
    /// Tests and demonstrations have their receivers on this machine.
    inner: bool,
}

impl Outward {
    /// `inner`: also to private addresses and by plain HTTP. `name` is for the error.
    pub fn new(name: &'static str, agent: &str, inner: bool) -> Result<Outward, SettingsError> {
        Outward::build(name, agent, inner, inner)
    }

    /// The same, but `inner` only for addresses given as numbers: no name leads to a private one.
    pub fn by_number(name: &'static str, agent: &str, inner: bool) -> Result<Outward, SettingsError> {
        Outward::build(name, agent, inner, false)
    }

    fn build(name: &'static str, agent: &str, inner: bool, names: bool) -> Result<Outward, SettingsError> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(redirect::Policy::none())
            // A proxy would resolve names by itself.
            .no_proxy()
            .dns_resolver(Arc::new(Guarded { inner: names }))
            .user_agent(agent)
            .build()
            .map_err(|_| SettingsError(name))?;
        Ok(Outward { client, inner })
    }

    /// The address, if it may be asked at all; what its name resolves to is looked at when it is.
    pub fn address(&self, address: &str) -> Option<Url> {
        let url = Url::parse(address).ok().filter(|_| address.len() <= LONGEST_ADDRESS)?;
        let scheme = url.scheme() == "https" || (self.inner && url.scheme() == "http");
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let host = url.host_str()?;
        // The parser has turned every spelling of a number (decimal, octal, mapped) into one of these two.
        let open = match host.trim_matches(['[', ']']).parse::<IpAddr>() {
            Ok(ip) => self.inner || is_public(ip),
            Err(_) => self.inner || host.contains('.'),
        };
        (scheme && plain && open).then_some(url)
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads into a private network")]
struct PrivateAddress;

pub(super) fn is_private(error: &reqwest::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.is::<PrivateAddress>() {
            return true;
        }
        cause = inner.source();
    }
    false
}

/// Resolves names, and refuses those that lead inside. The connection uses what is resolved here, so a name that answers
/// otherwise a moment later changes nothing.
struct Guarded {
    inner: bool,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let inner = self.inner;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if !inner && !found.iter().all(|a| is_public(a.ip())) {
                return Err(PrivateAddress.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the internet's (IANA special-purpose registries).
pub(crate) fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let benchmark = a == 198 && (b == 18 || b == 19);
    let relay = a == 192 && b == 88 && c == 99;
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || shared
        || protocol
        || benchmark
        || relay)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let s = ip.segments();
    // Addresses that carry one of version 4: mapped, NAT64, 6to4.
    let embedded = if s[..6] == [0, 0, 0, 0, 0, 0xffff] || s[..6] == [0x64, 0xff9b, 0, 0, 0, 0] {
        Some((s[6], s[7]))
    } else if s[0] == 0x2002 {
        Some((s[1], s[2]))
    } else {
        None
    };
    if let Some((high, low)) = embedded {
        return is_public_v4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)));
    }
    // Global unicast is 2000::/3; within it 2001::/23 (Teredo and others) and 2001:db8::/32 lead nowhere.
    (s[0] & 0xe000) == 0x2000
        && !(s[0] == 0x2001 && s[1] < 0x200)
        && !(s[0] == 0x2001 && s[1] == 0xdb8)
        && s[0] != 0x3fff
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name that only turns out to be this machine when it is resolved.
    #[tokio::test]
    async fn a_name_that_leads_inside_is_not_connected_to() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let guarded = Outward::new("test", "test", false).unwrap();
        let sent = guarded.client.post(format!("http://localhost:{port}/")).send().await;
        assert!(is_private(&sent.unwrap_err()));
        // A service on this machine is named by its number; a name of it opens nothing.
        let by_number = Outward::by_number("test", "test", true).unwrap();
        let sent = by_number.client.post(format!("http://localhost:{port}/")).send().await;
        assert!(is_private(&sent.unwrap_err()));
        assert!(by_number.address("http://127.0.0.1:9/").is_some());
        let connected = tokio::time::timeout(Duration::from_millis(200), listener.accept()).await;
        assert!(connected.is_err(), "somebody has connected");
    }

    #[test]
    fn only_the_internet_is_asked() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let outward = Outward::new("test", "test", false).unwrap();
        for open in [
            "https://partner.example/events",
            "https://8.8.8.8/x",
            "https://[2a00:1450::1]/",
            "https://p.example:8443/",
        ] {
            assert!(outward.address(open).is_some(), "{open}");
        }
        for closed in [
            "",
            "partner.example",
            "http://partner.example/",
            "ftp://partner.example/",
            "file:///etc/passwd",
            "https://user:secret@partner.example/",
            "https://partner.example/#a",
            "https://localhost/",
            "https://intranet/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://0177.0.0.1/",
            "https://10.1.2.3/",
            "https://172.16.0.1/",
            "https://192.168.1.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://224.0.0.1/",
            "https://255.255.255.255/",
            "https://198.18.0.1/",
            "https://192.0.0.170/",
            "https://[::1]/",
            "https://[::]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[::ffff:a00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https://[2002:7f00:1::]/",
            "https://[2001::1]/",
            "https://[2001:db8::1]/",
            "https://[fc00::1]/",
            "https://[fe80::1]/",
            "https://[ff02::1]/",
        ] {
            assert!(outward.address(closed).is_none(), "{closed}");
        }
        assert!(outward.address(&format!("https://partner.example/{}", "a".repeat(500))).is_none());
        assert!(Outward::new("test", "test", true).unwrap().address("http://127.0.0.1:9/").is_some());
    }
}
