//! `canvasbook serve` running beside a test, asked over plain connections. The process is ended, by its id,
//! when the value is dropped, whatever becomes of the test.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::handbook::{CANVAS, Handbook};

/// How long a slow and busy machine may take to notice an edit.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A running preview; it ends with the test.
pub struct Preview {
    pub child: Child,
    lines: BufReader<ChildStdout>,
    pub port: u16,
}

/// The response to a request.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Preview {
    /// Starts `serve` with more flags, and reads where it serves.
    pub fn start(handbook: &Handbook, flags: &str) -> Self {
        Self::run(&mut handbook.command(&format!("serve {flags}")))
    }

    pub fn run(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be started");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        lines.read_line(&mut line).expect("it says where");
        let port = line.trim_end().trim_end_matches('/').rsplit(':').next();
        let port = port.and_then(|port| port.parse().ok());
        let port = port.unwrap_or_else(|| panic!("no address in {line:?}"));
        Self { child, lines, port }
    }

    /// The next line that it prints.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("it goes on");
        match line.rsplit_once(" (") {
            Some((said, _)) => format!("{said} ([TIME])"),
            None => line,
        }
    }

    /// Sends lines as they are, followed by a header that closes the connection.
    pub fn ask(&self, head: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
        let request = format!("{}\r\nConnection: close\r\n\r\n", head.replace('\n', "\r\n"));
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it answers");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head ends");
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head is a text");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let mut body = bytes[end + 4..].to_vec();
        if head.contains("transfer-encoding: chunked") {
            body = joined(&body);
        }
        Answer { status: status.expect("a status"), head, body }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\nHost: localhost:{}", self.port))
    }

    /// Asks again and again until a page contains a text.
    #[track_caller]
    pub fn until(&self, path: &str, status: u16, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.get(path);
            if answer.status == status && answer.text().contains(text) {
                return;
            }
            assert!(Instant::now() < end, "no {text:?} in {} {}", answer.status, answer.text());
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// The connection of a tab that shows `path` and knows the site as of the state `since`.
    pub fn tab(&self, path: &str, since: Option<u64>) -> Tab {
        let host = format!("localhost:{}", self.port);
        let head = format!(
            "GET /_canvasbook/socket HTTP/1.1\nHost: {host}\nOrigin: http://{host}\nUpgrade: websocket\n\
             Connection: Upgrade\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\n\n"
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
        stream.write_all(head.replace('\n', "\r\n").as_bytes()).expect("it reads");
        let mut end = [0; 4];
        while end != *b"\r\n\r\n" {
            end.rotate_left(1);
            stream.read_exact(&mut end[3..]).expect("it answers");
        }
        let first = match since {
            Some(since) => format!("{path}\n{since}"),
            None => path.to_owned(),
        };
        // One short text, masked with zeros.
        let length = u8::try_from(first.len()).expect("a test's path is short");
        let frame = [&[0x81, 0x80 | length, 0, 0, 0, 0], first.as_bytes()].concat();
        stream.write_all(&frame).expect("it reads");
        Tab { stream }
    }

    /// Ends the preview and returns what it printed on the standard error.
    pub fn messages(mut self) -> String {
        self.child.kill().expect("it runs");
        let mut said = String::new();
        let mut stream = self.child.stderr.take().expect("it is piped");
        stream.read_to_string(&mut said).expect("it is a text");
        said
    }
}

/// A chunked body without the lengths of its chunks.
fn joined(mut chunked: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = chunked.windows(2).position(|two| two == b"\r\n").expect("a piece has a length");
        let length = std::str::from_utf8(&chunked[..end]).expect("a length is a text");
        let length = usize::from_str_radix(length, 16).expect("a length is a number");
        let piece = &chunked[end + 2..];
        if length == 0 {
            return body;
        }
        body.extend(&piece[..length]);
        chunked = &piece[length + 2..];
    }
}

/// A tab without a browser.
pub struct Tab {
    stream: TcpStream,
}

impl Tab {
    /// The next message to the tab.
    pub fn news(&mut self) -> serde_json::Value {
        let mut bytes = |count: usize| {
            let mut bytes = vec![0; count];
            self.stream.read_exact(&mut bytes).expect("it tells");
            bytes
        };
        let length = match bytes(2)[1] {
            126 => bytes(2).iter().fold(0, |length, byte| length << 8 | usize::from(*byte)),
            length => usize::from(length),
        };
        serde_json::from_slice(&bytes(length)).expect("it is JSON")
    }

    /// Reads messages until one names a file, and returns the number of that state.
    pub fn told_of(&mut self, file: &str) -> u64 {
        loop {
            let news = self.news();
            if news["files"].as_array().is_some_and(|files| files.iter().any(|it| it == file)) {
                return news["state"].as_u64().expect("states are numbered");
            }
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The page without the line that only the preview adds.
    pub fn as_built(&self) -> String {
        let text = self.text();
        let (own, rest): (Vec<&str>, Vec<&str>) =
            text.split_inclusive('\n').partition(|line| line.contains("/_canvasbook/"));
        assert_eq!(own.len(), 1, "one line is added: {own:?}");
        rest.concat()
    }
}

/// Saves a file as careful editors do: no reader ever meets half of it.
pub fn save(handbook: &Handbook, path: &str, text: impl AsRef<[u8]>) {
    handbook.write(".saved", text);
    std::fs::rename(handbook.path(".saved"), handbook.path(path)).expect("can be renamed");
}

pub fn handbook() -> Handbook {
    Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("content/old/café.md", "+++\naliases = [\"bar\"]\n+++\n# Café\n\nText.\n")
        .file("content/old/plan.txt", "A plan.\n")
        .file("static/look.css", "p { color: red }\n")
}
