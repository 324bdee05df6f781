//! A reader of pages, from a folder or over one connection that is kept: with just enough HTTP.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Outcome;
use crate::server::Pages;

/// The time after which a server that has not answered has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client that asks for pages.
pub struct Client {
    pages: Pages,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    /// A client that connects when it is asked for the first page.
    pub fn new(pages: Pages) -> Self {
        Self { pages, connection: None }
    }

    /// Returns a page; `None` if it does not exist or nobody listens yet.
    pub fn get(&mut self, page: &str) -> Outcome<Option<Vec<u8>>> {
        let port = match &self.pages {
            Pages::Port(port) => *port,
            Pages::Folder(folder) => return Ok(fs::read(folder.join(&page[1..])).ok()),
        };
        let Some(connection) = self.connect(port)? else { return Ok(None) };
        match ask(connection, port, page) {
            Ok((200, body)) => Ok(Some(body)),
            Ok(_) => Ok(None),
            // The server may end a connection between two questions.
            Err(_) => {
                self.connection = None;
                Ok(None)
            }
        }
    }

    /// Whether a page contains a text.
    pub fn shows(&mut self, page: &str, text: &str) -> Outcome<bool> {
        let body = self.get(page)?;
        Ok(body.is_some_and(|body| String::from_utf8_lossy(&body).contains(text)))
    }

    fn connect(&mut self, port: u16) -> Outcome<Option<&mut BufReader<TcpStream>>> {
        if self.connection.is_none() {
            let stream = match TcpStream::connect(("127.0.0.1", port)) {
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => return Ok(None),
                stream => stream?,
            };
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.connection = Some(BufReader::new(stream));
        }
        Ok(self.connection.as_mut())
    }
}

/// Asks once, and returns the status and the body.
fn ask(connection: &mut BufReader<TcpStream>, port: u16, page: &str) -> Outcome<(u16, Vec<u8>)> {
    let question = format!("GET {page} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
    connection.get_mut().write_all(question.as_bytes())?;
    let status = line(connection)?;
    let status = status.split(' ').nth(1).ok_or("an answer has no status")?.parse()?;
    let (mut length, mut is_chunked) = (0, false);
    loop {
        let header = line(connection)?.to_ascii_lowercase();
        match header.split_once(':') {
            Some(("content-length", value)) => length = value.trim().parse()?,
            Some(("transfer-encoding", value)) => is_chunked = value.trim() == "chunked",
            Some(_) => {}
            None if header.is_empty() => break,
            None => return Err(format!("`{header}` is no header").into()),
        }
    }
    let mut body = Vec::new();
    if !is_chunked {
        take(connection, length, &mut body)?;
        return Ok((status, body));
    }
    loop {
        let length = u64::from_str_radix(&line(connection)?, 16)?;
        take(connection, length, &mut body)?;
        line(connection)?;
        if length == 0 {
            return Ok((status, body));
        }
    }
}

/// Reads `length` bytes.
fn take(connection: &mut BufReader<TcpStream>, length: u64, body: &mut Vec<u8>) -> Outcome<()> {
    if connection.take(length).read_to_end(body)? as u64 == length {
        return Ok(());
    }
    Err("an answer ends early".into())
}

/// Reads a line without its end.
fn line(connection: &mut BufReader<TcpStream>) -> Outcome<String> {
    let mut line = String::new();
    if connection.read_line(&mut line)? == 0 {
        return Err("the connection was ended".into());
    }
    Ok(line.trim_end().to_owned())
}
