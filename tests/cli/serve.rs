//! The preview as a browser meets it: what is served to whom, what it prints, and what becomes of
//! edits. No test asserts how fast anything is.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::handbook::{CANVAS, Handbook};
use crate::preview::{Answer, PATIENCE, Preview, handbook, save};

#[test]
fn pages_are_those_of_a_build_but_for_one_line() {
    let handbook = handbook().file("canvasbook.toml", "base_url = \"https://example.org\"\n");
    let preview = Preview::start(&handbook, "--port 0");
    assert_eq!(handbook.tree("public").0.len(), 0, "nothing is written");
    handbook.run("build --quiet").status(0);
    let built = handbook.tree("public");
    let mut pages = 0;
    for (path, bytes) in &built.0 {
        if path.starts_with('.') {
            continue;
        }
        let answer = preview.get(&format!("/{}", path.replace('é', "%C3%A9")));
        assert_eq!(answer.status, if path == "404.html" { 404 } else { 200 }, "{path}");
        if path.ends_with(".html") {
            pages += 1;
            assert!(answer.as_built().as_bytes() == bytes, "{path}");
            let bytes = String::from_utf8_lossy(bytes);
            assert!(!bytes.contains("_canvasbook"), "{path} has a trace of the preview");
        } else {
            assert!(answer.body == *bytes, "{path}");
        }
    }
    assert!(pages > 5, "there are pages");
    assert_eq!(preview.get("/").as_built(), preview.get("/index.html").as_built());
    assert_eq!(preview.get("/old/?a=b").as_built(), preview.get("/old/index.html").as_built());
}

#[test]
fn the_page_for_lost_readers_stands_at_the_top_wherever_the_site_will() {
    let handbook = handbook().file("canvasbook.toml", "base_url = \"https://example.org/a/b\"\n");
    let preview = Preview::start(&handbook, "--port 0");
    let lost = preview.get("/no/such/page.html");
    assert_eq!(lost.status, 404);
    assert!(lost.text().contains("href=\"/index.html\""), "{}", lost.text());
    assert!(!lost.text().contains("/a/b/"), "{}", lost.text());
}

#[test]
#[cfg(unix)]
fn nothing_is_served_that_is_not_in_the_map() {
    let handbook = handbook()
        .file(".secret", "secret")
        .file("content/.secret", "secret")
        .file("content/taken.txt", "a file");
    let outside = tempfile::NamedTempFile::new().expect("can be made");
    let link = |from: &str| {
        std::os::unix::fs::symlink(outside.path(), handbook.path(from)).expect("can be made");
    };
    let preview = Preview::start(&handbook, "--port 0");
    for path in [
        "/../canvasbook.toml",
        "/..%2fcontent%2fbakery.md",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5csecret",
        "/%5c.secret",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/index.html%00",
        "/%00",
        "/%ff",
        "/index.html::$DATA",
        "/bakery.md",
        "/content/bakery.md",
        "/.secret",
        "/.canvasbook-manifest",
        "/INDEX.html",
        "/index.html/",
        "/old",
        "/_canvasbook/",
        "/_canvasbook/../index.html",
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        assert!(answer.text().contains("There is no page here"), "{path}");
    }
    // A link takes the place of a file that is known.
    assert_eq!(preview.get("/taken.txt").text(), "a file");
    handbook.remove("content/taken.txt");
    link("content/taken.txt");
    assert_eq!(preview.get("/taken.txt").status, 404);
}

#[test]
fn only_this_machine_is_answered_and_only_readers() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0");
    let port = preview.port;
    let status = |head: String| preview.ask(&head).status;
    for host in ["localhost", "127.0.0.1", "[::1]", "LocalHost"] {
        assert_eq!(status(format!("GET / HTTP/1.1\nHost: {host}:{port}")), 200, "{host}");
    }
    for host in ["evil.example", "localhost.evil.example", "192.0.2.1", "0.0.0.0"] {
        assert_eq!(status(format!("GET / HTTP/1.1\nHost: {host}:{port}")), 403, "{host}");
    }
    assert_eq!(status("GET / HTTP/1.1\nHost: localhost".into()), 403, "another port");
    let twice = format!("GET / HTTP/1.1\nHost: localhost:{port}\nHost: evil.example");
    assert!([400, 403].contains(&status(twice)), "two hosts");
    let absolute = format!("GET http://evil.example/ HTTP/1.1\nHost: localhost:{port}");
    assert_eq!(status(absolute), 403, "another host in the first line");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CANVAS"] {
        let head = format!("{method} / HTTP/1.1\nHost: localhost:{port}\nContent-Length: 0");
        let answer = preview.ask(&head);
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.head.contains("allow: GET, HEAD"), "{}", answer.head);
    }
    let head = preview.ask(&format!("HEAD / HTTP/1.1\nHost: localhost:{port}"));
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn every_answer_has_the_headers() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0");
    let other = format!("GET / HTTP/1.1\nHost: evil.example:{}", preview.port);
    let paths = ["/", "/nothing", "/assets/style.css", "/old/plan.txt", "/_canvasbook/preview.js"];
    let answers = paths.map(|path| preview.get(path)).into_iter().chain([preview.ask(&other)]);
    for Answer { head, .. } in answers {
        for line in [
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "cross-origin-resource-policy: same-origin",
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; \
             img-src 'self' data:; connect-src 'self';",
        ] {
            assert!(head.contains(line), "{line} in {head}");
        }
        assert!(!head.contains("access-control"), "{head}");
    }
    let plan = preview.get("/old/plan.txt").head;
    assert!(plan.contains("content-type: text/plain; charset=utf-8"), "{plan}");
}

#[test]
fn a_socket_is_only_for_pages_of_the_preview() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0");
    let port = preview.port;
    let status = |host: &str, origin: &str| {
        let head = format!(
            "GET /_canvasbook/socket HTTP/1.1\nHost: {host}\n{origin}Upgrade: websocket\n\
             Sec-WebSocket-Version: 13\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
        );
        // A connection that is taken over stays open, so no header closes it.
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("it can be set");
        let head = format!("{head}\nConnection: Upgrade\n\n").replace('\n', "\r\n");
        stream.write_all(head.as_bytes()).expect("it reads");
        let mut status = [0; 12];
        stream.read_exact(&mut status).expect("it answers");
        String::from_utf8_lossy(&status[9..]).into_owned()
    };
    let own = format!("localhost:{port}");
    assert_eq!(status(&own, &format!("Origin: http://localhost:{port}\n")), "101");
    for origin in [
        String::new(),
        "Origin: null\n".to_owned(),
        "Origin: http://evil.example\n".to_owned(),
        "Origin: http://localhost\n".to_owned(),
        format!("Origin: https://localhost:{port}\n"),
        format!("Origin: http://127.0.0.1:{port}\n"),
        format!("Origin: http://localhost:{port}.evil.example\n"),
    ] {
        assert_eq!(status(&own, &origin), "403", "{origin}");
    }
    let evil = format!("evil.example:{port}");
    assert_eq!(status(&evil, &format!("Origin: http://{evil}\n")), "403");
}

#[test]
fn an_error_leaves_the_last_good_page_until_it_is_mended() {
    let handbook = handbook();
    let mut preview = Preview::start(&handbook, "--port 0");
    for round in 0..3 {
        save(&handbook, "content/bakery.md", format!("{CANVAS}\n[lost](#nowhere-{round})\n"));
        assert_eq!(
            preview.line(),
            "content/bakery.md: 1 error, the pages stay as they were ([TIME])"
        );
        preview.until("/bakery.html", 200, "Fresh bread");
        let better = CANVAS.replace("Baking", &format!("Baking in round {round}"));
        save(&handbook, "content/bakery.md", better);
        assert_eq!(preview.line(), "content/bakery.md: no page is open ([TIME])");
        preview.until("/bakery.html", 200, &format!("Baking in round {round}"));
    }
    let said = preview.messages();
    assert_eq!(said.matches("error[unknown-reference]").count(), 3, "{said}");
    assert!(said.contains("--> content/bakery.md:15:1"), "{said}");
}

#[test]
fn pages_come_and_go_with_their_files() {
    let handbook = handbook();
    let mut preview = Preview::start(&handbook, "--port 0");
    handbook.remove("content/old/café.md");
    let line = preview.line();
    assert!(line.starts_with("content/old/café.md: no page is open, "), "{line}");
    assert!(line.contains("removed"), "{line}");
    preview.until("/old/caf%C3%A9.html", 404, "There is no page here");
    save(&handbook, "content/new.md", "# New\n");
    preview.until("/new.html", 200, "<h1>New</h1>");
    save(&handbook, "static/look.css", "p { color: blue; }\n");
    preview.until("/look.css", 200, "blue");
    // A handbook that cannot be read at all for a moment.
    save(&handbook, "canvasbook.toml", "title = \n");
    let _ = preview.line();
    save(&handbook, "canvasbook.toml", "title = \"Mended\"\n");
    preview.until("/index.html", 200, "Mended");
    assert_eq!(handbook.tree("public").0.len(), 0, "nothing is written");
}

#[test]
fn a_handbook_with_errors_is_served_from_the_start() {
    let handbook = Handbook::new()
        .file("content/bakery.md", format!("{CANVAS}\n[lost](#nowhere)\n"))
        .file("canvasbook.toml", "theme = \"ours\"\n")
        .file("themes/ours/templates/page.html", "{{ nothing.here }}\n");
    let preview = Preview::start(&handbook, "--port 0");
    assert_eq!(preview.get("/bakery.html").status, 200);
    save(&handbook, "content/bakery.md", CANVAS);
    save(&handbook, "content/page.md", "# A page\n");
    preview.until("/page.html", 500, "This page cannot be made");
    let failed = preview.get("/page.html").text();
    assert!(failed.contains("themes/ours/templates/page.html:1:4"), "{failed}");
    handbook.remove("themes/ours/templates/page.html");
    preview.until("/page.html", 200, "<h1>A page</h1>");
}

#[test]
fn a_port_that_was_named_must_be_free_and_another_one_is_found() {
    let handbook = handbook();
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let port = taken.local_addr().expect("it has one").port();
    handbook
        .run(&format!("serve --port {port}"))
        .status(2)
        .stdout_is("")
        .stderr_is(&format!(
            "error: port {port} is taken; name another one, or leave out `--port` for the next free one\n"
        ));
    let (one, other) = (Preview::start(&handbook, ""), Preview::start(&handbook, ""));
    assert!(one.port >= 8000 && other.port >= 8000 && one.port != other.port);
    assert_eq!(one.get("/").status, 200);
}

/// On Linux every address that starts with 127 belongs to this machine, so one of them can
/// represent an address at which others reach it.
#[test]
#[cfg(target_os = "linux")]
fn nobody_else_reaches_it_unless_a_host_says_so() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0");
    assert!(TcpStream::connect(("127.0.0.2", preview.port)).is_err(), "it listens elsewhere");
    let preview = Preview::start(&handbook, "--port 0 --host 127.0.0.2");
    let mut stream = TcpStream::connect(("127.0.0.2", preview.port)).expect("it listens");
    let head =
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.2:{}\r\nConnection: close\r\n\r\n", preview.port);
    stream.write_all(head.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[test]
fn a_host_says_what_it_opens() {
    let handbook = handbook();
    let preview = Preview::start(&handbook, "--port 0 --host 0.0.0.0");
    let port = preview.port;
    let status = |host: &str| preview.ask(&format!("GET / HTTP/1.1\nHost: {host}:{port}")).status;
    assert_eq!((status("localhost"), status("192.0.2.1"), status("evil.example")), (200, 200, 403));
    let said = preview.messages();
    assert!(said.starts_with("note: every machine that reaches this one"), "{said}");
    let preview = Preview::start(&handbook, "--port 0 --host 127.0.0.1");
    assert_eq!(preview.messages(), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_browser_is_handed_the_address_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt;

    let handbook = handbook().file("bin/xdg-open", "#!/bin/sh\nprintf '%s|' \"$@\" > ../opened\n");
    let program = handbook.path("bin/xdg-open");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).expect("can be set");
    let bin = handbook.path("bin");
    let mut command = handbook.command("serve --port 0 --open --root ..");
    let preview = Preview::run(command.current_dir(&bin).env("PATH", &bin));
    let opened = handbook.path("opened");
    let end = Instant::now() + PATIENCE;
    let wanted = format!("http://localhost:{}/|", preview.port);
    while std::fs::read_to_string(&opened).ok().as_ref() != Some(&wanted) {
        assert!(Instant::now() < end, "the browser is not opened");
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(preview.messages(), "");

    let mut command = handbook.command("build --open --quiet --root ..");
    command.current_dir(&bin).env("PATH", &bin).status().expect("the program can be started");
    let page = std::fs::canonicalize(handbook.path("public/index.html")).expect("is there");
    let wanted = format!("{}|", page.display());
    while std::fs::read_to_string(&opened).ok().as_ref() != Some(&wanted) {
        assert!(Instant::now() < end, "the browser is not opened");
        thread::sleep(Duration::from_millis(20));
    }

    let nowhere = handbook.path("nowhere");
    let mut preview = Preview::run(handbook.command("serve --port 0 --open").env("PATH", nowhere));
    let stream = preview.child.stderr.as_mut().expect("it is piped");
    let mut said = String::new();
    BufReader::new(stream).read_line(&mut said).expect("it is a text");
    assert!(said.starts_with("note: the browser could not be opened: "), "{said}");
    assert_eq!(preview.get("/").status, 200);
}
