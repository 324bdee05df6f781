//! Where the server listens.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _};

use super::hosts::bare;

/// The port that is tried first: the one that people know from other tools.
const FIRST: u16 = 8000;

/// How many ports are tried before giving up: more than anybody serves at a time.
const TRIED: u16 = 100;

/// Listens on this machine only, or at the `host` that was named; at the port that was named or the
/// next free one. With port 0 the system chooses.
///
/// # Errors
/// A sentence that says what to do.
pub fn listen(host: Option<&str>, port: Option<u16>) -> Result<Vec<TcpListener>, String> {
    let first = port.unwrap_or(FIRST);
    let last = if port.is_some() { first } else { first + TRIED - 1 };
    for port in first..=last {
        match bind(host, port) {
            Ok(listeners) => return Ok(listeners),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => {
                let host = host.unwrap_or("this machine");
                return Err(format!("cannot listen at port {port} of {host}: {error}"));
            }
        }
    }
    Err(match port {
        Some(port) => format!(
            "port {port} is taken; name another one, or leave out `--port` for the next free one"
        ),
        None => format!("the ports {first} to {last} are all taken; `--port` names another one"),
    })
}

fn bind(host: Option<&str>, port: u16) -> io::Result<Vec<TcpListener>> {
    if let Some(host) = host {
        let addresses: Vec<SocketAddr> = (bare(host), port).to_socket_addrs()?.collect();
        return Ok(vec![TcpListener::bind(&*addresses)?]);
    }
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    // A browser may use either address for `localhost`, and must not meet somebody else at one.
    let port = listener.local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, port)) {
        Ok(other) => Ok(vec![listener, other]),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        // A machine without IPv6.
        Err(_) => Ok(vec![listener]),
    }
}

/// The address to open in a browser, with a `/` at the end.
pub fn url(host: Option<&str>, port: u16) -> String {
    match host.map(bare) {
        Some(host) if !matches!(host, "0.0.0.0" | "::") => {
            let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
            format!("http://{host}:{port}/")
        }
        _ => format!("http://localhost:{port}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_leads_to_a_browser_on_this_machine() {
        assert_eq!(url(None, 8000), "http://localhost:8000/");
        assert_eq!(url(Some("0.0.0.0"), 80), "http://localhost:80/");
        assert_eq!(url(Some("::1"), 8000), "http://[::1]:8000/");
        assert_eq!(url(Some("studio.local"), 8000), "http://studio.local:8000/");
    }
}
