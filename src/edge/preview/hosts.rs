//! Which names this server answers to.
//!
//! A page of any site can ask this machine, and with a name of its own that leads here (DNS
//! rebinding) it could read the answer. So the server answers only to names that nobody else can
//! have: this machine's own, and that of `--host`.

use std::net::IpAddr;

/// The port that a browser leaves out.
const USUAL_PORT: u16 = 80;

/// The names that are allowed in a request's `Host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts {
    /// The value of `--host`.
    named: Option<String>,
    port: u16,
}

impl Hosts {
    /// The names for a server at a port, and at `--host`.
    pub fn new(named: Option<&str>, port: u16) -> Self {
        Self { named: named.map(|name| bare(name).to_owned()), port }
    }

    /// Whether a request with this `Host` is meant for this server.
    pub fn allow(&self, host: &str) -> bool {
        let Some((name, port)) = parts(host) else { return false };
        port == self.port && self.allow_name(name)
    }

    /// Whether a page with this `Origin`, which asks for this `Host`, belongs to this server.
    pub fn are_one(&self, origin: &str, host: &str) -> bool {
        self.allow(host) && origin.strip_prefix("http://") == Some(host)
    }

    fn allow_name(&self, name: &str) -> bool {
        let address = bare(name).parse::<IpAddr>().ok();
        if name.eq_ignore_ascii_case("localhost") || address.is_some_and(|it| it.is_loopback()) {
            return true;
        }
        let Some(named) = &self.named else { return false };
        match (named.parse::<IpAddr>().ok(), address) {
            // Open to all networks: any address may be this machine's. An address, unlike a name,
            // cannot be made to lead elsewhere later.
            (Some(named), Some(_)) if named.is_unspecified() => true,
            (Some(named), Some(address)) => named == address,
            (None, None) => named.eq_ignore_ascii_case(name),
            _ => false,
        }
    }
}

/// An address without the brackets that IPv6 has in URLs.
pub(super) fn bare(name: &str) -> &str {
    name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name)
}

/// The name and the port of a `Host`; `None` if it is malformed.
fn parts(host: &str) -> Option<(&str, u16)> {
    let end = match host.strip_prefix('[') {
        Some(rest) => rest.find(']')? + 2,
        None => host.find(':').unwrap_or(host.len()),
    };
    let (name, port) = host.split_at(end);
    if port.is_empty() {
        return Some((name, USUAL_PORT));
    }
    let digits = port.strip_prefix(':').filter(|port| port.bytes().all(|b| b.is_ascii_digit()))?;
    Some((name, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(named: Option<&str>, allowed: &[&str], refused: &[&str]) {
        let hosts = Hosts::new(named, 8000);
        for host in allowed {
            assert!(hosts.allow(host), "{host}");
        }
        for host in refused {
            assert!(!hosts.allow(host), "{host}");
        }
    }

    #[test]
    fn only_names_of_this_machine_are_allowed() {
        check(
            None,
            &["localhost:8000", "LOCALHOST:8000", "127.0.0.1:8000", "127.1.2.3:8000", "[::1]:8000"],
            &[
                "",
                "localhost",
                "localhost:80",
                "localhost:8001",
                "localhost:+8000",
                "localhost:8000:8000",
                "localhost.:8000",
                "evil.example:8000",
                "localhost.evil.example:8000",
                "127.0.0.1.evil.example:8000",
                "2130706433:8000",
                "192.0.2.7:8000",
                "0.0.0.0:8000",
                "[::]:8000",
                "[::1:8000",
                "[::1]8000",
                "user@localhost:8000",
            ],
        );
        assert!(Hosts::new(None, 80).allow("localhost"));
    }

    #[test]
    fn a_host_that_was_named_is_allowed_too() {
        check(Some("studio.local"), &["Studio.local:8000", "localhost:8000"], &["local:8000"]);
        check(Some("192.0.2.7"), &["192.0.2.7:8000"], &["192.0.2.8:8000", "evil.example:8000"]);
        check(Some("[2001:db8::1]"), &["[2001:DB8:0::1]:8000"], &["[2001:db8::2]:8000"]);
        check(Some("0.0.0.0"), &["192.0.2.7:8000", "[2001:db8::1]:8000"], &["evil.example:8000"]);
    }

    #[test]
    fn an_origin_is_the_same_to_the_letter() {
        let hosts = Hosts::new(None, 8000);
        assert!(hosts.are_one("http://localhost:8000", "localhost:8000"));
        for origin in [
            "http://127.0.0.1:8000",
            "https://localhost:8000",
            "http://localhost:8001",
            "http://localhost:8000/",
            "http://evil.example",
            "null",
            "",
        ] {
            assert!(!hosts.are_one(origin, "localhost:8000"), "{origin}");
        }
        assert!(!hosts.are_one("http://evil.example:8000", "evil.example:8000"));
    }
}
