//! From where somebody asks: the network address, and the family of their browser.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use quarterlight_domain::id::PersonId;
use quarterlight_domain::refusal::Refusal;
use quarterlight_domain::sign_in::event::SignInEvent;
use quarterlight_store::Happened;

use crate::app::App;
use crate::session;

/// One network address, or all that begin alike: `10.2.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl FromStr for Network {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let refusal = || {
            Refusal::because(format!(
                "“{text}” is no network address. Write one as 10.2.0.7, or many as 10.2.0.0/16."
            ))
        };
        let (address, bits) = match text.trim().split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| refusal())?)),
            None => (text.trim(), None),
        };
        let address: IpAddr = address.parse().map_err(|_| refusal())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        // Everybody’s word, or nearly, is nobody’s.
        if bits > most || bits < 8 { Err(refusal()) } else { Ok(Self { address, bits }) }
    }
}

impl Network {
    fn has(self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(one), IpAddr::V4(other)) => {
                let shift = 32_u32.saturating_sub(self.bits.into());
                one.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            (IpAddr::V6(one), IpAddr::V6(other)) => {
                let shift = 128_u32.saturating_sub(self.bits.into());
                one.to_bits().checked_shr(shift) == other.to_bits().checked_shr(shift)
            }
            _ => false,
        }
    }
}

/// From where somebody asks.
#[derive(Debug, Clone)]
pub struct From {
    /// The network address; of the sixth version, that of the house and not of the machine.
    pub network: String,
    /// The browser by its family, in a few words of ours: never what it says of itself.
    pub browser: String,
    /// The digest of the cookie by which the browser may be known.
    pub known: Option<Vec<u8>>,
    /// The digest of the cookie by which a half-done sign-in goes on.
    pub pending: Option<Vec<u8>>,
    /// The digest of the session that the browser has, whether it still holds or not.
    pub session: Option<Vec<u8>>,
}

impl From {
    /// What is noted where this happens to somebody's account at this moment.
    pub fn happened(&self, app: &App, event: SignInEvent, person: Option<PersonId>) -> Happened {
        Happened {
            event,
            at: app.now(),
            person,
            account: None,
            by: None,
            network: self.network.clone(),
            browser: self.browser.clone(),
            detail: String::new(),
        }
    }
}

impl FromRequestParts<App> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let agent = parts.headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        Ok(Self {
            network: network(client(peer, &parts.headers, &app.sign_in.trusted_proxies)),
            browser: family(agent.unwrap_or_default()),
            known: session::known_browser(app, &parts.headers),
            pending: session::pending(app, &parts.headers),
            session: session::present(app, &parts.headers),
        })
    }
}

/// Who asks: what the proxies that are trusted say, read from the nearest on. Anybody can write such a
/// header; of a peer that is no trusted proxy it is not read.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.has(address));
    let mut asks = peer.to_canonical();
    let lines = headers.get_all("x-forwarded-for").into_iter().filter_map(|it| it.to_str().ok());
    let said: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    for word in said.into_iter().rev() {
        if !is_trusted(asks) {
            break;
        }
        let Some(address) = address(word.trim()) else { break };
        asks = address.to_canonical();
    }
    asks
}

/// An address as proxies write it, perhaps with its port.
fn address(word: &str) -> Option<IpAddr> {
    let bare = word.trim_start_matches('[').split(']').next().unwrap_or_default();
    word.parse()
        .or_else(|_| bare.parse())
        .ok()
        .or_else(|| word.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

/// What is counted: one machine, or the part of a version 6 address that one customer has.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            format!("{}/64", Ipv6Addr::from_bits(address.to_bits() >> 64 << 64))
        }
    }
}

/// *Firefox on Windows*, as far as it can be told.
fn family(agent: &str) -> String {
    let first = |pairs: &[(&str, &'static str)]| {
        pairs.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("Firefox/", "Firefox"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Not known".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, said: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|it| it.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn the_word_of_a_proxy_is_taken_only_where_it_is_trusted() {
        assert_eq!(asked("192.0.2.1", &["203.0.113.9"], &[]), "192.0.2.1");
        assert_eq!(asked("10.0.0.1", &["203.0.113.9"], &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(asked("192.0.2.1", &["203.0.113.9"], &["10.0.0.0/8"]), "192.0.2.1");
    }

    #[test]
    fn what_a_client_wrote_itself_is_not_believed() {
        let said = ["198.51.100.1, 203.0.113.9, 10.0.0.2"];
        assert_eq!(asked("10.0.0.1", &said, &["10.0.0.0/8"]), "203.0.113.9");
        let said = ["198.51.100.1", "203.0.113.9:4711"];
        assert_eq!(asked("10.0.0.1", &said, &["10.0.0.0/8"]), "203.0.113.9");
        assert_eq!(asked("10.0.0.1", &["198.51.100.1, nonsense"], &["10.0.0.1"]), "10.0.0.1");
        assert_eq!(asked("::ffff:10.0.0.1", &["203.0.113.9"], &["10.0.0.1"]), "203.0.113.9");
        assert_eq!(asked("10.0.0.1", &["[2001:db8::9]:80"], &["10.0.0.1"]), "2001:db8::9");
    }

    #[test]
    fn a_network_is_written_as_people_write_it() {
        for wrong in ["", "10", "10.0.0.0/33", "0.0.0.0/0", "::/0", "proxy.example"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
        let six: Network = "2001:db8::/32".parse().unwrap();
        assert!(six.has("2001:db8::9".parse().unwrap()));
        assert!(!six.has("2001:db9::9".parse().unwrap()));
    }

    #[test]
    fn one_customer_of_version_6_is_counted_once() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::/64");
        assert_eq!(network("192.0.2.1".parse().unwrap()), "192.0.2.1");
    }

    #[test]
    fn a_browser_is_told_by_its_family_and_never_quoted() {
        let edge = "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0";
        assert_eq!(family(edge), "Edge on Windows");
        assert_eq!(family("Mozilla/5.0 (X11; Linux) Gecko Firefox/128.0"), "Firefox on Linux");
        assert_eq!(family("\u{1b}[31m<script>"), "Not known");
    }
}
