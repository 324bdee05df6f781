//! Accepts connections and answers on them. Whatever a client leaves undone, and whatever the system
//! lacks for a moment, the next one is answered once connections close.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tokio_io_timeout::TimeoutStream;

use super::{Shared, handler};
use crate::edge::descriptors;

/// How long a client may take for the head of a request, and keep a connection open without one.
pub(super) const SILENT: Duration = Duration::from_secs(5);

/// How long an answer waits for a client that reads nothing. A browser that pauses a film asks
/// again later, from where it stopped.
const UNREAD: Duration = Duration::from_secs(30);

/// How long nothing is accepted after accepting failed: open connections may close meanwhile.
const PAUSE: Duration = Duration::from_millis(50);

/// The most connections at a time, each of which may hold a thread that reads: more than anybody has
/// tabs open.
const MOST: usize = 256;

/// The fewest connections that are useful: a page asks for several files at once, and keeps one
/// connection.
const FEWEST: usize = 4;

/// The descriptors of a connection: its own, and that of the file that it sends.
const DESCRIPTORS: usize = 2;

/// One of the connections that may be open, until all copies of it are dropped.
#[derive(Clone)]
pub(super) struct Slot {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// The connections that may be open at a time. If the system grants few descriptors, most of them
/// are left to whoever reads the handbook.
pub(super) fn slots() -> Arc<Semaphore> {
    let most = descriptors::spare().map_or(MOST, |spare| spare / DESCRIPTORS);
    Arc::new(Semaphore::new(most.clamp(FEWEST, MOST)))
}

/// Accepts connections as long as the runtime lives. If no more may be open, the next ones wait
/// until others close.
pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>, slots: Arc<Semaphore>) {
    loop {
        let stream = next(&listener).await;
        let Ok(permit) = Arc::clone(&slots).acquire_owned().await else { return };
        let slot = Slot { _permit: Arc::new(permit) };
        tokio::spawn(serve(stream, Arc::clone(&shared), slot));
    }
}

/// The next connection. A lack of descriptors, or a client that left at once, is no reason to stop.
async fn next(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// Answers the requests of a connection until it closes.
async fn serve(stream: TcpStream, shared: Arc<Shared>, slot: Slot) {
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(UNREAD));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (shared, slot) = (Arc::clone(&shared), slot.clone());
        async move { Ok::<_, Infallible>(handler::answer(shared, slot, request.map(Body::new)).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(SILENT)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
        .with_upgrades();
    // Errors of a connection are for its client to notice.
    let _ = connection.await;
}
