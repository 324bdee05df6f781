//! Renders pages on threads that can be left behind, so that a template without end keeps nobody from
//! mending it.

#![expect(clippy::disallowed_methods, reason = "a page may only take so long")]

use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::ThreadPool;

/// How often to check whether a page takes too long.
const LOOK: Duration = Duration::from_millis(100);

/// The page that each thread of a pool renders, and since when.
pub(super) struct Clocks<P>(Vec<Mutex<Option<(P, Instant)>>>);

impl<P: Copy + Ord> Clocks<P> {
    pub(super) fn new(pool: &ThreadPool) -> Self {
        Self((0..pool.current_num_threads()).map(|_| Mutex::default()).collect())
    }

    /// Renders a page on one of the threads.
    pub(super) fn timed<T>(&self, page: P, render: impl FnOnce() -> T) -> T {
        let clock = rayon::current_thread_index().and_then(|thread| self.0.get(thread));
        let set = |to| {
            if let Some(clock) = clock {
                *clock.lock().unwrap_or_else(PoisonError::into_inner) = to;
            }
        };
        set(Some((page, Instant::now())));
        let rendered = render();
        set(None);
        rendered
    }

    /// The first page that takes as long as the limit.
    pub(super) fn overdue(&self, limit: Duration) -> Option<P> {
        let running = self.0.iter().filter_map(|clock| {
            let page = *clock.lock().unwrap_or_else(PoisonError::into_inner);
            page.filter(|(_, since)| since.elapsed() >= limit)
        });
        running.map(|(page, _)| page).min()
    }
}

/// Does work on the threads of a pool and waits for it, until `give_up` returns a reason to stop
/// waiting.
pub(super) fn wait<J, T, W>(
    pool: &ThreadPool,
    job: &Arc<J>,
    work: impl FnOnce(&J) -> T + Send + 'static,
    mut give_up: impl FnMut() -> Option<W>,
) -> Result<T, W>
where
    J: Send + Sync + 'static,
    T: Send + 'static,
{
    let (sender, receiver) = mpsc::channel();
    let job = Arc::clone(job);
    pool.spawn(move || {
        let done = panic::catch_unwind(AssertUnwindSafe(|| work(&job)));
        drop(job);
        // Nobody receives it any more if the work was given up.
        let _ = sender.send(done);
    });
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(Ok(done)) => return Ok(done),
            Ok(Err(panic)) => panic::resume_unwind(panic),
            Err(RecvTimeoutError::Disconnected) => {
                // The thread sends after `catch_unwind`, so it cannot end without having sent.
                unreachable!("the work sends its result or its panic")
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some(why) = give_up() {
                    return Err(why);
                }
            }
        }
    }
}
