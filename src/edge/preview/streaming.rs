//! Bodies that are written while they are sent, so that none of them is ever in memory as a whole.

use std::io::{self, BufWriter, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::Frame;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task;

/// How many bytes are handed over at a time.
const PIECE: usize = 64 * 1024;

/// How many pieces may wait for a client, per connection.
const WAITING: usize = 2;

/// A body that `write` makes on a thread of its own. If it fails, or the client goes away, the
/// connection ends.
pub(super) fn body(write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static) -> Body {
    let (sender, receiver) = channel(WAITING);
    task::spawn_blocking(move || {
        let mut out = BufWriter::with_capacity(PIECE, Pieces(sender));
        let written = write(&mut out).and_then(|()| out.flush());
        // The rest of a body that failed is not needed.
        let (Pieces(sender), _rest) = out.into_parts();
        if let Err(error) = written {
            let _ = sender.blocking_send(Err(error));
        }
    });
    Body::new(Sent(receiver))
}

/// A writer that hands pieces over as fast as they are taken.
struct Pieces(Sender<io::Result<Bytes>>);

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The receiving end of [`Pieces`].
struct Sent(Receiver<io::Result<Bytes>>);

impl hyper::body::Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let next = self.0.poll_recv(context);
        next.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
