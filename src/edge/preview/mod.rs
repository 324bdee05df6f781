//! The live preview: serves a compiled site from memory and tells the tabs that show it what changed.
//!
//! The main thread compiles and hands over a [`Published`]; requests and tabs read the latest. The
//! preview writes nothing to the disk, and `build` writes nothing of the preview.

pub mod address;
pub mod browser;
mod connections;
pub mod editor;
mod files;
mod handler;
pub mod hosts;
mod moves;
mod origin;
mod range;
mod served;
mod streaming;
mod tabs;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::TcpListener;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::compile::Output;
use crate::edge::threads::STACK;
use crate::source::SourcePath;
use crate::view::edition::file_path;
use crate::view::url::SitePath;
use editor::Editor;
use hosts::Hosts;
pub use origin::{Problem, SourcePosition};
pub use served::{Published, Served};
use tabs::Tabs;

/// How many threads answer requests. Pages are rendered and files are read on threads of their own.
const THREADS: usize = 2;

/// How long open pages may take to render before a next change interrupts them. Less would keep
/// somebody who saves often from seeing large pages.
const LONG: Duration = Duration::from_secs(1);

/// How often to check from then on whether there is a next change.
const LOOK: Duration = Duration::from_millis(100);

/// The values that all requests share.
struct Shared {
    options: Options,
    states: watch::Sender<Arc<Published>>,
    tabs: Tabs,
}

/// How a preview behaves.
pub struct Options {
    /// The hosts that it answers to.
    pub hosts: Hosts,
    /// How places are opened from a tab; `None` if others can see the preview, since the editor
    /// opens on this machine.
    pub editing: Option<EditorAccess>,
    /// Whether tabs follow what is being written.
    pub follow: bool,
}

/// What an editor needs to open a source.
pub struct EditorAccess {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The editor.
    pub editor: Editor,
}

/// A running preview; it ends when this is dropped.
pub struct Preview {
    shared: Arc<Shared>,
    runtime: Runtime,
}

/// The effect of a new site on the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// How many pages are shown in tabs.
    pub open: usize,
    /// How many of these changed.
    pub changed: usize,
    /// How many pages are new.
    pub added: usize,
    /// How many pages went away.
    pub removed: usize,
}

/// Why a new site is not served.
#[derive(Debug)]
pub enum Unserved {
    /// An open page cannot be rendered; the text says why.
    Failed(String),
    /// An open page takes long, and something changed meanwhile.
    Outdated,
}

impl Preview {
    /// Starts to serve a site, with its errors.
    ///
    /// # Errors
    /// An error of the system if it grants no threads.
    pub fn start(
        listeners: Vec<TcpListener>,
        options: Options,
        served: Served,
        errors: Vec<Problem>,
    ) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_stack_size(STACK)
            .enable_all()
            .build()?;
        let state = Published {
            served: Arc::new(served),
            errors: errors.into(),
            number: 0,
            touched: BTreeMap::new(),
            moved: BTreeMap::new(),
            written: None,
        };
        let (states, _) = watch::channel(Arc::new(state));
        let shared = Arc::new(Shared { options, states, tabs: Tabs::default() });
        let slots = connections::slots();
        for listener in listeners {
            listener.set_nonblocking(true)?;
            // A listener belongs to the runtime in which it is made.
            let inside = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener)?;
            drop(inside);
            let (shared, slots) = (Arc::clone(&shared), Arc::clone(&slots));
            runtime.spawn(connections::accept(listener, shared, slots));
        }
        Ok(Self { shared, runtime })
    }

    /// The present state.
    pub fn state(&self) -> Arc<Published> {
        self.shared.states.borrow().clone()
    }

    /// Serves another site, made after `paths` of the handbook changed. It is not served if an open
    /// page cannot be rendered, though its errors are, nor if it is outdated before such a page is
    /// finished.
    ///
    /// # Errors
    /// Why it is not served.
    pub fn publish(
        &self,
        served: Served,
        paths: &[PathBuf],
        is_outdated: impl FnMut() -> bool,
    ) -> Result<Effect, Unserved> {
        let old = self.state();
        let open = self.shared.tabs.open();
        let served = Arc::new(served);
        if let Some(problem) = self.prepare(&served, &open, is_outdated)? {
            self.keep(vec![problem.clone()]);
            return Err(Unserved::Failed(problem.text));
        }
        let number = old.number + 1;
        let moves = moves::between(old.served.compiled(), served.compiled());
        let site = &served.compiled().site;
        let mut moved = old.moved.clone();
        for to in moved.values_mut() {
            // A page that was renamed before may be renamed again.
            if let Some(next) = moves.get(to) {
                to.clone_from(next);
            }
        }
        moved.extend(moves);
        moved.retain(|from, to| !site.contains_key(from) && site.contains_key(to));
        let paths: BTreeSet<String> =
            paths.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        let mut touched = old.touched.clone();
        for file in paths.iter().map(|path| SourcePath::new(path.as_str())) {
            let path = file_path(&file);
            if site.get(&path) == Some(&Output::File(file)) {
                touched.insert(path, number);
            }
        }
        let assets = served.compiled().assets();
        let is_other =
            |path: &str| old.served.compiled().asset(path) != served.compiled().asset(path);
        let other = assets.filter(|path| is_other(path)).map(SitePath::new);
        touched.extend(other.map(|path| (path, number)));
        let follow = self.shared.options.follow;
        let written = follow.then(|| served.written(&old.served, &paths)).flatten();
        let new = Published { served, errors: Arc::default(), number, touched, moved, written };
        let new = Arc::new(new);
        self.shared.states.send_replace(Arc::clone(&new));
        Ok(effect(&old.served, &new.served, &open))
    }

    /// Renders the open pages. Returns the error of the first one that cannot be rendered.
    fn prepare(
        &self,
        served: &Arc<Served>,
        open: &[String],
        mut is_outdated: impl FnMut() -> bool,
    ) -> Result<Option<Problem>, Unserved> {
        let mut failure = pin!(async {
            for path in open {
                let failure = served.failure(path).await;
                if failure.is_some() {
                    return failure;
                }
            }
            None
        });
        let mut patience = LONG;
        loop {
            let made = async { timeout(patience, failure.as_mut()).await };
            match self.runtime.block_on(made) {
                Ok(failure) => return Ok(failure),
                Err(_) if is_outdated() => return Err(Unserved::Outdated),
                Err(_) => patience = LOOK,
            }
        }
    }

    /// Keeps serving the present site, and shows these errors.
    pub fn keep(&self, errors: Vec<Problem>) {
        let old = self.state();
        let new = Published {
            errors: errors.into(),
            number: old.number + 1,
            written: None,
            ..(*old).clone()
        };
        self.shared.states.send_replace(Arc::new(new));
    }
}

/// Compares the open pages of two sites, and the lists of their pages. Rendering every page of a
/// large handbook would take longer than anybody waits, and so may an old page that nobody has seen
/// yet.
fn effect(old: &Served, new: &Served, open: &[String]) -> Effect {
    let pages = |one: &Served, other: &Served| {
        if Arc::ptr_eq(&one.compiled().site, &other.compiled().site) {
            return 0;
        }
        let pages = one.compiled().site.iter();
        let pages = pages.filter(|(_, output)| matches!(output, Output::Page(_)));
        pages.filter(|(path, _)| !other.compiled().site.contains_key(*path)).count()
    };
    Effect {
        open: open.len(),
        changed: open
            .iter()
            .filter(|path| old.known_version(path) != new.known_version(path))
            .count(),
        added: pages(new, old),
        removed: pages(old, new),
    }
}
