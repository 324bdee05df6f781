//! Threads with a stack that suffices to descend through templates and their values, and work on them
//! that may be given up.

#![expect(clippy::disallowed_methods, reason = "work that nobody waits for has a beginning")]

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use std::{io, panic, thread};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How much stack a thread has: several times the needs of the longest chain of templates, which is
/// 20 components inside each other with 50 templates and blocks in each (`theme::chains`). The
/// system gives the memory only as far as a stack grows.
pub const STACK: usize = 256 * 1024 * 1024;

/// How much work may go on although nobody waits for it any more. Rust cannot end a thread, and each
/// takes a processor from the person who mends the template.
const LEFT: usize = 8;

/// The message when there is more.
pub const TOO_MUCH_LEFT: &str = "pages that canvasbook gave up are still being made; when the template is mended, end canvasbook and start it again";

/// Works on a thread with a deep stack, and waits for it; works on the current thread if the system
/// grants none.
pub fn deep<T: Send>(work: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| {
        let worker = builder().spawn_scoped(scope, &work);
        match worker.map(thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}

fn builder() -> thread::Builder {
    thread::Builder::new().stack_size(STACK)
}

/// As many threads with deep stacks as the machine has use for. They end with the value, except for
/// those that are busy.
///
/// # Errors
/// An error of the system if it grants no threads.
pub fn pool() -> io::Result<ThreadPool> {
    ThreadPoolBuilder::new().stack_size(STACK).build().map_err(io::Error::other)
}

/// Work that goes on although nobody may wait for it any more: the time of its start, and a value that
/// nobody else holds once the work is done.
#[derive(Debug, Default)]
pub struct Left(Mutex<Vec<(Instant, Weak<dyn Any + Send + Sync>)>>);

impl Left {
    /// Adds work, represented by the value that it holds.
    pub fn add<T: Send + Sync + 'static>(&self, since: Instant, held: &Arc<T>) {
        let held: Weak<T> = Arc::downgrade(held);
        self.lock().push((since, held));
    }

    /// Starts work on a thread of its own with a deep stack, which nobody has to wait for.
    ///
    /// # Errors
    /// An error of the system if it grants no thread.
    pub fn start(&self, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let held = Arc::new(());
        self.add(Instant::now(), &held);
        builder().spawn(move || {
            work();
            drop(held);
        })?;
        Ok(())
    }

    /// Whether there is so much of it that no more should be begun. Work that began a moment ago
    /// does not count, since somebody most likely waits for it.
    pub fn is_too_much(&self) -> bool {
        const MOMENT: Duration = Duration::from_secs(1);
        let mut left = self.lock();
        left.retain(|(_, held)| held.strong_count() > 0);
        left.iter().filter(|(since, _)| since.elapsed() >= MOMENT).count() >= LEFT
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Instant, Weak<dyn Any + Send + Sync>)>> {
        // No holder of the lock can leave the list half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
