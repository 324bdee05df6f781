//! The tabs that show the site: each has one connection, names the page that it shows, and is
//! notified when that changes.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::ws::{Message, WebSocket};
use tokio::time::timeout;

use super::connections::{SILENT, Slot};
use super::origin::{Problem, SourcePosition};
use super::served::{Assets, OWN, hex, site_path};
use super::{Published, Shared};
use crate::edge::streams::Stream;
use crate::view::url::encoded;

/// The paths of the pages that tabs show, as they are in their addresses.
#[derive(Default)]
pub(super) struct Tabs {
    open: Mutex<BTreeMap<u64, String>>,
}

impl Tabs {
    /// The pages that are open, each once.
    pub(super) fn open(&self) -> Vec<String> {
        let mut open: Vec<String> = self.lock().values().cloned().collect();
        open.sort();
        open.dedup();
        open
    }

    fn enter(&self, path: String) -> Entered<'_> {
        let mut open = self.lock();
        let id = open.last_key_value().map_or(0, |(id, _)| id + 1);
        open.insert(id, path);
        Entered { tabs: self, id }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, String>> {
        // No holder of the lock can leave the map half changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A tab that counts as open until this is dropped.
struct Entered<'t> {
    tabs: &'t Tabs,
    id: u64,
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        self.tabs.lock().remove(&self.id);
    }
}

/// A message to a tab.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
struct News {
    /// The number of the state, which a tab sends when it comes back.
    state: u64,
    /// The version of its page.
    #[serde(serialize_with = "hex")]
    version: u64,
    #[serde(flatten)]
    look: Assets,
    /// Where its page is now, if it was renamed.
    moved: Option<String>,
    /// Files that changed since the last message.
    files: Vec<String>,
    /// The errors of the handbook.
    #[serde(serialize_with = "texts")]
    errors: Arc<[Problem]>,
    /// The address of what was just written, for tabs that follow.
    written: Option<String>,
    /// Whether it can ask for an editor.
    can_edit: bool,
}

fn texts<S: serde::Serializer>(problems: &Arc<[Problem]>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(problems.iter().map(|problem| &problem.text))
}

impl News {
    async fn new(state: &Published, path: &str, seen: u64, can_edit: bool) -> Self {
        let url = |path: &str| format!("/{}", encoded(path));
        let moved = site_path(path).and_then(|path| state.moved.get(&path));
        let touched = state.touched.iter().filter(|(_, number)| **number > seen);
        Self {
            state: state.number,
            version: state.served.version(path).await,
            look: state.served.look(),
            moved: moved.map(|path| url(path.as_str())),
            files: touched.map(|(path, _)| url(path.as_str())).collect(),
            errors: Arc::clone(&state.errors),
            written: state.written.clone().filter(|_| state.number > seen),
            can_edit,
        }
    }
}

/// Opens the editor as a tab requests: `place ANCHOR` of its page, or `error NUMBER` of the errors in
/// the last message, from 0.
fn edit(shared: &Shared, state: &Published, path: &str, wish: &str) {
    let Some(access) = &shared.options.editing else { return };
    let origin = match wish.split_once(' ') {
        Some(("place", anchor)) => state.served.origin(path, anchor),
        Some(("error", number)) => {
            let problem = number.parse().ok().and_then(|at: usize| state.errors.get(at));
            problem.and_then(|problem| problem.origin.clone())
        }
        _ => None,
    };
    let Some(SourcePosition { file, line, column }) = origin else { return };
    if let Err(error) = access.editor.open(&access.root.join(file.as_str()), line, column) {
        // If even that cannot be printed there is nobody left to inform.
        let _ = Stream::Messages.line(&format!("note: the editor could not be opened: {error}"));
    }
}

/// Talks with a tab until it goes away; the slot of the connection is taken as long.
pub(super) async fn attend(mut socket: WebSocket, shared: Arc<Shared>, _slot: Slot) {
    let mut states = shared.states.subscribe();
    let Ok(Some(Ok(Message::Text(path)))) = timeout(SILENT, socket.recv()).await else { return };
    let (path, since) = path.as_str().split_once('\n').unwrap_or((path.as_str(), ""));
    let path = path.to_owned();
    if !path.starts_with('/') || path.starts_with(OWN) {
        return;
    }
    let _entered = shared.tabs.enter(path.clone());
    // A tab sends the state that it knows. It has to hear what changed since then, because it was
    // asleep or because something changed while it was loading.
    let latest = states.borrow().number;
    let mut seen = since.parse().map_or(latest, |since: u64| since.min(latest));
    let mut told = None;
    loop {
        let state = Arc::clone(&states.borrow_and_update());
        let mut news = pin!(News::new(&state, &path, seen, shared.options.editing.is_some()));
        let mut is_told = false;
        loop {
            tokio::select! {
                news = &mut news, if !is_told => {
                    is_told = true;
                    seen = state.number;
                    let before = told.take().map(|told| News { state: news.state, ..told });
                    if before.as_ref() != Some(&news) {
                        let Ok(text) = serde_json::to_string(&news) else { return };
                        if socket.send(Message::Text(text.into())).await.is_err() {
                            return;
                        }
                    }
                    told = Some(News { files: Vec::new(), written: None, ..news });
                }
                changed = states.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                message = socket.recv() => match message {
                    None | Some(Err(_) | Ok(Message::Close(_))) => return,
                    Some(Ok(Message::Text(wish))) => edit(&shared, &state, &path, wish.as_str()),
                    Some(Ok(_)) => {}
                },
            }
        }
    }
}
