//! Threads with a stack for everything that follows templates and their values down, and work on them
//! that may be given up.

#![expect(clippy::disallowed_methods, reason = "work that nobody waits for has a beginning")]

use std::any::Any;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use std::{io, panic, thread};

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How much stack a thread has: several times what the longest chain of templates takes, which is 20
/// components inside each other with 50 templates and blocks in each (`theme::chains`). The system
/// gives the memory only as far as a stack grows.
pub const STACK: usize = 256 * 1024 * 1024;

/// How much work may go on although nobody waits for it any more. Rust cannot end a thread, and each
/// takes a processor from whoever mends the template.
const LEFT: usize = 8;

/// What to do when it is more.
pub const TOO_MUCH_LEFT: &str = "pages that canvasbook gave up are still being made; when the template is mended, end canvasbook and start it again";

/// Works on a thread with a deep stack, and waits for it; here and now if the system gives no
/// thread.
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
/// those that are at work.
///
/// # Errors
/// What the system says if it gives no threads.
pub fn pool() -> io::Result<ThreadPool> {
    ThreadPoolBuilder::new().stack_size(STACK).build().map_err(io::Error::other)
}

/// Work that goes on although nobody may wait for it: since when, and something that it holds until it
/// is done and nobody else does.
#[derive(Debug, Default)]
pub struct Left(Mutex<Vec<(Instant, Weak<dyn Any + Send + Sync>)>>);

impl Left {
    /// Adds work by what it holds.
    pub fn add<T: Send + Sync + 'static>(&self, since: Instant, held: &Arc<T>) {
        let held: Weak<T> = Arc::downgrade(held);
        self.lock().push((since, held));
    }

    /// Starts work on a thread of its own with a deep stack, which nobody has to wait for.
    ///
    /// # Errors
    /// What the system says if it gives no thread.
    pub fn start(&self, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let held = Arc::new(());
        self.add(Instant::now(), &held);
        builder().spawn(move || {
            work();
            drop(held);
        })?;
        Ok(())
    }

    /// Whether it is so much that no more should be begun. Nothing counts that began a moment ago,
    /// since it is most likely waited for.
    pub fn is_too_much(&self) -> bool {
        const MOMENT: Duration = Duration::from_secs(1);
        let mut left = self.lock();
        left.retain(|(_, held)| held.strong_count() > 0);
        left.iter().filter(|(since, _)| since.elapsed() >= MOMENT).count() >= LEFT
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(Instant, Weak<dyn Any + Send + Sync>)>> {
        // Nothing that holds it can leave it half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
