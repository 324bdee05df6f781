//! What the preview outlives: clients that leave something undone, a system that lacks descriptors,
//! and files that change while they are sent.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpStream};
#[cfg(unix)]
use std::process::Command;
use std::thread;
use std::time::Duration;

#[cfg(unix)]
use crate::handbook::program;
use crate::handbook::{CANVAS, Handbook};
use crate::preview::{PATIENCE, Preview, handbook, save};

/// More bytes than a connection holds between its ends.
const LARGE: u64 = 64 * 1024 * 1024;

/// A preview of a handbook that may open `count` descriptors.
#[cfg(unix)]
fn with_descriptors(handbook: &Handbook, count: u32) -> Preview {
    let mut command = Command::new("sh");
    let line = format!("ulimit -n {count}; exec \"$0\" serve --port 0");
    command.args(["-c", &line]).arg(program()).current_dir(handbook.path(""));
    Preview::run(&mut command)
}

fn connect(preview: &Preview, to: impl Into<IpAddr>) -> Option<TcpStream> {
    let stream = TcpStream::connect((to.into(), preview.port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
    Some(stream)
}

/// A connection on which a text was sent.
fn sent(preview: &Preview, text: &str) -> TcpStream {
    let mut stream = connect(preview, Ipv4Addr::LOCALHOST).expect("it listens");
    stream.write_all(text.as_bytes()).expect("it reads");
    stream
}

/// Whether the other end closes a connection, ignoring what it sends before.
fn closes(mut stream: TcpStream) -> bool {
    match std::io::copy(&mut stream, &mut std::io::sink()) {
        Ok(_) => true,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

/// A handbook with a large file of zeros, which takes no room on the disk.
fn with_film() -> Handbook {
    let handbook = handbook().file("static/film.mp4", "");
    let film = std::fs::OpenOptions::new().write(true).open(handbook.path("static/film.mp4"));
    film.and_then(|film| film.set_len(LARGE)).expect("it can be set");
    handbook
}

fn ask_film(preview: &Preview) -> TcpStream {
    sent(preview, &format!("GET /film.mp4 HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", preview.port))
}

#[test]
#[cfg(unix)]
fn it_answers_again_when_descriptors_ran_out() {
    for count in [20, 64] {
        let handbook = handbook();
        let preview = with_descriptors(&handbook, count);
        let mut open = Vec::new();
        for address in [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)] {
            let streams = (0..90).map_while(|_| connect(&preview, address));
            open.extend(streams.map(|mut stream| {
                let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost");
                stream
            }));
        }
        // A file that is read meanwhile must not look as if it were gone.
        save(&handbook, "content/bakery.md", CANVAS.replace("Baking", "Baking at night"));
        thread::sleep(Duration::from_millis(300));
        drop(open);
        preview.until("/bakery.html", 200, "Baking at night");
        preview.until("/look.css", 200, "red");
        assert_eq!(preview.messages(), "", "with {count} descriptors");
    }
}

#[test]
#[cfg(unix)]
fn more_connections_than_there_may_be_wait_for_the_others() {
    let handbook = handbook();
    let preview = with_descriptors(&handbook, 40);
    let mut tabs: Vec<_> = (0..4).map(|_| preview.tab("/", None)).collect();
    tabs.iter_mut().for_each(|tab| drop(tab.news()));
    thread::scope(|scope| {
        let waits = scope.spawn(|| preview.get("/").status);
        thread::sleep(Duration::from_millis(300));
        assert!(!waits.is_finished(), "there are as many connections as there may be");
        drop(tabs);
        assert_eq!(waits.join().expect("it is answered"), 200);
    });
}

#[test]
fn who_does_not_finish_a_request_is_not_waited_for() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0");
    let host = format!("Host: localhost:{}\r\n", preview.port);
    let socket = format!(
        "GET /_canvasbook/socket HTTP/1.1\r\n{host}Origin: http://localhost:{}\r\n\
         Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
        preview.port
    );
    let key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    let unfinished = [
        String::new(),
        "G".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}"),
        // An answer, and nothing more is asked.
        format!("GET / HTTP/1.1\r\n{host}\r\n"),
        // A body that never comes.
        format!("GET / HTTP/1.1\r\n{host}Content-Length: 10\r\n\r\n"),
        format!("POST / HTTP/1.1\r\n{host}Content-Length: 10\r\n\r\n"),
        socket.clone(),
        // A tab that does not name the page that it shows.
        format!("{socket}{key}"),
        format!("{socket}{key}\u{1}"),
    ];
    let open = unfinished.map(|text| (sent(&preview, &text), text));
    for (stream, text) in open {
        assert!(closes(stream), "{text:?}");
    }
    assert_eq!(preview.get("/").status, 200);
}

#[test]
#[ignore = "waits as long as the preview does"]
fn who_does_not_read_is_not_waited_for() {
    let handbook = with_film();
    let preview = Preview::start(&handbook, "--port 0");
    let mut stream = ask_film(&preview);
    thread::sleep(Duration::from_secs(40));
    let mut got = Vec::new();
    let _ = stream.read_to_end(&mut got);
    assert!((got.len() as u64) < LARGE, "the connection was ended");
}

#[test]
fn parts_of_a_copied_file_are_sent() {
    let handbook = handbook().file("static/count.mp4", "0123456789");
    let preview = Preview::start(&handbook, "--port 0");
    let ask = |method: &str, more: &str| {
        let host = format!("Host: localhost:{}", preview.port);
        preview.ask(&format!("{method} /count.mp4 HTTP/1.1\n{host}{more}"))
    };
    for (range, status, says, body) in [
        ("\nRange: bytes=2-4", 206, "content-range: bytes 2-4/10\r\n", "234"),
        ("\nRange: bytes=7-", 206, "content-range: bytes 7-9/10\r\n", "789"),
        ("\nRange: bytes=-2", 206, "content-range: bytes 8-9/10\r\n", "89"),
        ("\nRange: bytes=10-", 416, "content-range: bytes */10\r\n", ""),
        ("\nRange: bytes=1-2,4-5", 200, "content-length: 10\r\n", "0123456789"),
        ("\nRange: bytes=2-4\nIf-Range: \"other\"", 200, "content-length: 10\r\n", "0123456789"),
        ("", 200, "content-length: 10\r\n", "0123456789"),
    ] {
        let answer = ask("GET", range);
        assert_eq!((answer.status, &*answer.text()), (status, body), "{range}");
        let head = answer.head + "\r\n";
        assert!(head.contains(says), "{range}: {head}");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
        for line in ["accept-ranges: bytes", "content-type: video/mp4", "cache-control: no-store"] {
            assert!(head.contains(&format!("{line}\r\n")), "{line} in {head}");
        }
    }
    let head = ask("HEAD", "\nRange: bytes=2-4");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert!(head.head.contains("content-length: 10\r\n"), "{}", head.head);
}

#[test]
fn the_rest_of_a_file_is_that_of_the_file_as_it_was() {
    let handbook = handbook().file("static/count.mp4", "0123456789");
    let preview = Preview::start(&handbook, "--port 0");
    let ask = |more: &str| {
        preview.ask(&format!("GET /count.mp4 HTTP/1.1\nHost: localhost:{}{more}", preview.port))
    };
    // A file has a tag once its clock has moved on.
    let tag =
        |head: &str| head.lines().find_map(|line| line.strip_prefix("etag: ").map(str::to_owned));
    let tag = loop {
        match tag(&ask("").head) {
            Some(tag) => break tag,
            None => thread::sleep(Duration::from_millis(20)),
        }
    };
    let rest = || ask(&format!("\nRange: bytes=5-\nIf-Range: {tag}"));
    assert_eq!((rest().status, &*rest().text()), (206, "56789"));
    save(&handbook, "static/count.mp4", "abcdefghij");
    assert_eq!((rest().status, &*rest().text()), (200, "abcdefghij"));
}

#[test]
#[cfg(target_os = "linux")]
fn large_files_are_never_held_and_heads_read_nothing() {
    let handbook = with_film();
    let preview = Preview::start(&handbook, "--port 0");
    let number = |file: &str, name: &str| {
        let path = format!("/proc/{}/{file}", preview.child.id());
        let text = std::fs::read_to_string(path).expect("it runs");
        let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("it has a line");
        let digits = line.trim().trim_end_matches(" kB");
        digits.parse::<u64>().expect("a number")
    };
    let read = || number("io", "rchar:");
    let before = read();
    let head = format!("HEAD /film.mp4 HTTP/1.1\nHost: localhost:{}", preview.port);
    for _ in 0..10 {
        assert!(preview.ask(&head).head.contains(&format!("content-length: {LARGE}")));
    }
    assert!(read() - before < LARGE / 10, "a head reads nothing");
    let before = number("status", "VmRSS:") * 1024;
    let slow: Vec<TcpStream> = (0..8).map(|_| ask_film(&preview)).collect();
    let mut whole = ask_film(&preview);
    let mut rest = LARGE;
    let mut piece = vec![0; 1024 * 1024];
    while rest > 0 {
        let count = whole.read(&mut piece).expect("it is sent");
        rest = rest.saturating_sub(count as u64);
    }
    let after = number("status", "VmRSS:") * 1024;
    assert!(after.saturating_sub(before) < LARGE / 2, "from {before} to {after} bytes");
    drop(slow);
}

#[test]
fn a_file_that_becomes_shorter_ends_the_connection() {
    let handbook = with_film();
    let preview = Preview::start(&handbook, "--port 0");
    let mut stream = ask_film(&preview);
    let mut first = [0; 12];
    stream.read_exact(&mut first).expect("it begins");
    assert_eq!(&first, b"HTTP/1.1 200");
    handbook.write("static/film.mp4", "short");
    assert!(closes(stream));
    preview.until("/film.mp4", 200, "short");
}

#[test]
#[cfg(unix)]
fn what_is_no_file_any_more_is_not_waited_for() {
    let handbook = handbook().file("static/a.bin", "a").file("static/b.bin", "b");
    let preview = Preview::start(&handbook, "--port 0");
    handbook.remove("static/a.bin");
    let made = Command::new("mkfifo").arg(handbook.path("static/a.bin")).status();
    assert!(made.expect("it can be started").success());
    handbook.remove("static/b.bin");
    std::fs::create_dir(handbook.path("static/b.bin")).expect("it can be made");
    for path in ["/a.bin", "/b.bin"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    assert_eq!(preview.get("/bakery.html").status, 200);
}
