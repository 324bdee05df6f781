//! Sends files that are copied, piece by piece and from wherever a request asks.

#![expect(clippy::disallowed_methods, reason = "this is the edge that reads files that are copied")]

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE, RANGE,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use tokio::task;

use super::handler::only;
use super::range::{Asked, asked};
use super::streaming;
use crate::edge::look::Look;
use crate::edge::regular_file;

/// Answers a request for a file.
///
/// # Errors
/// An error of the system, or that something else has taken the file's place.
pub(super) async fn answer(
    real: PathBuf,
    media: &'static str,
    request: Parts,
) -> io::Result<Response> {
    // A disk may be slow, or asleep.
    let (file, look) = task::spawn_blocking(move || open(&real)).await??;
    let (size, tag) = (look.size(), tag(&look));
    let is_read = request.method == Method::GET;
    let (status, part, range) = match wanted(&request.headers, size, tag.as_deref()) {
        Asked::Part(part) if is_read => {
            let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            (StatusCode::PARTIAL_CONTENT, part, Some(range))
        }
        Asked::Beyond if is_read => {
            (StatusCode::RANGE_NOT_SATISFIABLE, 0..0, Some(format!("bytes */{size}")))
        }
        _ => (StatusCode::OK, 0..size, None),
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(part.end - part.start));
    for (name, value) in [(CONTENT_RANGE, range), (ETAG, tag)] {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    if is_read && !part.is_empty() {
        *response.body_mut() = streaming::body(move |out| send(file, part, out));
    }
    Ok(response)
}

/// The part that a request asks for, of a file with this size and this tag. A request for a part of
/// the file as it was gets the whole of the present one.
fn wanted(headers: &HeaderMap, size: u64, tag: Option<&str>) -> Asked {
    let is_of_this = || tag.is_some_and(|tag| only(headers, &IF_RANGE) == Some(tag));
    match only(headers, &RANGE) {
        Some(range) if !headers.contains_key(IF_RANGE) || is_of_this() => asked(range, size),
        _ => Asked::Whole,
    }
}

/// Opens a file, unless something else has taken its place since it was found: `real` is a real
/// path, so a link at it leads elsewhere.
fn open(real: &Path) -> io::Result<(File, Look)> {
    if fs::canonicalize(real)? != real {
        return Err(io::Error::other("a link has taken its place"));
    }
    let file = regular_file::open(real)?;
    let look = Look::of(&file.metadata()?);
    Ok((file, look))
}

/// A name for the present content of the file, for clients that ask for the rest of it later.
/// `None` if it was written a moment ago, so that the next change might not show.
fn tag(look: &Look) -> Option<String> {
    let is_known = !look.is_young(SystemTime::now());
    is_known.then(|| format!("\"{:x}-{:x}\"", look.size(), look.last_change()))
}

/// Writes a part of a file. One that has become shorter meanwhile is an error: its length was
/// announced.
fn send(mut file: File, part: Range<u64>, out: &mut dyn Write) -> io::Result<()> {
    let length = part.end - part.start;
    file.seek(SeekFrom::Start(part.start))?;
    let sent = io::copy(&mut file.take(length), out)?;
    if sent < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
}
