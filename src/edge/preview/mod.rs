//! The live preview: serves a compiled site from memory and tells the tabs that show it what changed.
//!
//! Whoever compiles hands over a [`Published`]; requests and tabs look into the latest. Nothing of the
//! preview is ever written, and nothing of it is in what `build` writes.

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

/// How long the pages that are looked at may take before they are left for the next change. Less would
/// keep somebody who saves often from seeing large pages.
const LONG: Duration = Duration::from_secs(1);

/// How often it is looked from then on whether there is one.
const LOOK: Duration = Duration::from_millis(100);

/// What all requests share.
struct Shared {
    options: Options,
    states: watch::Sender<Arc<Published>>,
    tabs: Tabs,
}

/// How a preview behaves.
pub struct Options {
    /// Who is answered.
    pub hosts: Hosts,
    /// How places are opened from a tab; none where others can see the preview, since it is this
    /// machine that the editor opens on.
    pub editing: Option<EditorAccess>,
    /// Whether tabs go to what is being written.
    pub follow: bool,
}

/// Where somebody writes.
pub struct EditorAccess {
    /// The handbook's folder.
    pub root: PathBuf,
    /// The editor.
    pub editor: Editor,
}

/// A preview that is running; it ends when this is dropped.
pub struct Preview {
    shared: Arc<Shared>,
    runtime: Runtime,
}

/// What a new site did to the pages.
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
    /// A page that is being looked at cannot be made; the text says why.
    Failed(String),
    /// Such a page takes long, and something changed meanwhile.
    Outdated,
}

impl Preview {
    /// Starts to serve a site, with what is wrong with it.
    ///
    /// # Errors
    /// What the system says where it gives no threads.
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

    /// What is served now.
    pub fn state(&self) -> Arc<Published> {
        self.shared.states.borrow().clone()
    }

    /// Serves another site, made after `paths` of the handbook changed. A site with a page that is
    /// being looked at and cannot be made is not served; what is wrong with it is. Nor is one that is
    /// outdated before such a page is finished.
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
            // What was renamed before may be renamed again.
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

    /// Makes the pages that are being looked at. Returns what is wrong with the first that cannot be
    /// made.
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

    /// Goes on serving what is served, and says what is wrong.
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

/// Compares what tabs show, and which pages there are. To render every page of a large handbook
/// would take longer than anybody waits, and so may an old page that nobody was shown yet.
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
