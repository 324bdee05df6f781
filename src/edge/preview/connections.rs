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

/// So long a client may take for the head of a request, and keep a connection open without one.
pub(super) const SILENT: Duration = Duration::from_secs(5);

/// So long an answer waits for a client that reads nothing. A browser that pauses a film asks again
/// later, from where it stopped.
const UNREAD: Duration = Duration::from_secs(30);

/// So long nothing is accepted after that failed: connections that are open may close meanwhile.
const PAUSE: Duration = Duration::from_millis(50);

/// The most connections at a time, each of which may hold a thread that reads: more than anybody has
/// tabs of a handbook.
const MOST: usize = 256;

/// The fewest that are of any use: a page asks for several files at once, and keeps one connection.
const FEWEST: usize = 4;

/// A connection holds a descriptor of its own, and one of the file that it sends.
const DESCRIPTORS: usize = 2;

/// A connection among those that may be open, until all copies of it are dropped.
#[derive(Clone)]
pub(super) struct Slot {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// The connections that may be open at a time. Where the system grants few descriptors, most of them
/// are left to whoever reads the handbook.
pub(super) fn slots() -> Arc<Semaphore> {
    let most = descriptors::spare().map_or(MOST, |spare| spare / DESCRIPTORS);
    Arc::new(Semaphore::new(most.clamp(FEWEST, MOST)))
}

/// Accepts connections as long as the runtime lives. Where as many are open as may be, the next ones
/// wait until others close.
pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>, slots: Arc<Semaphore>) {
    loop {
        let stream = next(&listener).await;
        let Ok(permit) = Arc::clone(&slots).acquire_owned().await else { return };
        let slot = Slot { _permit: Arc::new(permit) };
        tokio::spawn(serve(stream, Arc::clone(&shared), slot));
    }
}

/// The next connection. That there are no descriptors left, or that a client was gone at once, is no
/// reason to stop.
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
    // What goes wrong with a connection is its client's to notice.
    let _ = connection.await;
}
