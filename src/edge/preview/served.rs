//! What the preview serves: a compiled site as a closed map in which requests are looked up. No
//! part of a request ever becomes a path of the disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use percent_encoding::percent_decode_str;
use tokio::spawn;
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::time::timeout;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::origin::{Problem, SourcePosition};
use crate::compile::{Compiled, Inputs, Output};
use crate::diagnostic::Diagnostic;
use crate::edge::media;
use crate::edge::terminal::{self, Drawing};
use crate::edge::threads::{Left, TOO_MUCH_LEFT};
use crate::source::{Location, SourcePath};
use crate::view::not_found;
use crate::view::pages::PageKey;
use crate::view::url::SitePath;

/// The beginning of the addresses that only the preview has.
pub(super) const OWN: &str = "/_canvasbook/";

/// The width of an excerpt on a page.
const WIDTH: usize = 100;

/// A compiled site with its sources.
#[derive(Debug)]
pub struct Served {
    compiled: Arc<Compiled>,
    inputs: Arc<Inputs>,
    /// The real path of each file that is copied.
    files: Arc<BTreeMap<SourcePath, PathBuf>>,
    look: Assets,
    /// Pages that were or are being rendered: an open page is needed several times, for its version,
    /// by its tabs and to compare it with the next.
    made: Mutex<HashMap<Asked, Made>>,
    /// Permits to render pages, [`AT_ONCE`] at a time. It is closed when one of them is given up.
    places: Arc<Semaphore>,
    /// The error of the page that was given up.
    overdue: OnceLock<Problem>,
    /// Pages of this site and of earlier ones that may still be being rendered.
    left: Arc<Left>,
}

/// A page that can be rendered; `None` is the one for addresses without a page.
type Asked = Option<PageKey>;

/// A page that is rendered, or will be.
type Made = watch::Receiver<Option<Arc<Page>>>;

/// How many pages are rendered at the same time.
const AT_ONCE: usize = 2;

/// The files that all pages load: equal numbers mean equal bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub(super) struct Assets {
    #[serde(serialize_with = "hex")]
    styles: u64,
    #[serde(serialize_with = "hex")]
    scripts: u64,
}

/// The answer to a request; all but a page with its media type.
#[derive(Debug)]
pub(super) enum Answer {
    /// A page.
    Page(Page),
    /// A file for programs.
    Data(&'static str, PageKey),
    /// A file of the theme, by its path in it.
    Asset(&'static str, String),
    /// A copy of this file.
    File(&'static str, PathBuf),
}

/// How many pages are kept as long as the site is the same: more than anybody has tabs of a
/// handbook, fewer than a crawler asks for.
const KEPT: usize = 256;

/// A page as `build` would write it, or with the one line that the preview adds.
#[derive(Debug)]
pub(super) struct Page {
    /// Its status.
    pub status: u16,
    /// Its bytes.
    pub html: Vec<u8>,
    /// Why it could not be rendered, if so.
    pub failure: Option<Problem>,
}

impl Page {
    /// Makes a page that was rendered, or one that says why it was not. The latter is not made by
    /// the theme, which may be what is broken.
    fn new(asked: Asked, made: Result<Vec<u8>, Problem>) -> Self {
        let problem = match made {
            Ok(html) => {
                let status = if asked.is_some() { 200 } else { 404 };
                return Self { status, html, failure: None };
            }
            Err(problem) => problem,
        };
        let drawn = problem.text.replace('&', "&amp;").replace('<', "&lt;");
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <title>This page cannot be made</title>\n</head>\n<body>\n\
             <h1>This page cannot be made</h1>\n<pre>{drawn}</pre>\n</body>\n</html>\n"
        );
        Self { status: 500, html: html.into_bytes(), failure: Some(problem) }
    }

    fn version(&self) -> u64 {
        xxh3_64(&self.html)
    }
}

impl Served {
    /// Makes a site that can be served. `left` contains the pages that earlier sites may still
    /// render.
    pub fn new(
        compiled: Compiled,
        inputs: Arc<Inputs>,
        files: Arc<BTreeMap<SourcePath, PathBuf>>,
        left: Arc<Left>,
    ) -> Self {
        let hash = |extension: &str| {
            let mut hash = Xxh3::new();
            for path in compiled.assets().filter(|path| path.ends_with(extension)) {
                // The handbook may have a file of its own at this path.
                if let Some(Output::Asset(path)) = compiled.site.get(&SitePath::new(path)) {
                    hash.update(path.as_bytes());
                    hash.update(compiled.asset(path));
                }
            }
            hash.digest()
        };
        let look = Assets { styles: hash(".css"), scripts: hash(".js") };
        Self {
            compiled: Arc::new(compiled),
            inputs,
            files,
            look,
            made: Mutex::default(),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            overdue: OnceLock::new(),
            left,
        }
    }

    /// The site.
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    pub(super) fn look(&self) -> Assets {
        self.look
    }

    /// The answer for the path of a URL, as it is in the URL; `number` is that of the state.
    pub(super) async fn get(self: &Arc<Self>, path: &str, number: u64) -> Answer {
        if let Some(place) = site_path(path) {
            let media = media::of(place.as_str());
            match self.compiled.site.get(&place) {
                Some(Output::Data(data)) => return Answer::Data(media, *data),
                Some(Output::Asset(asset)) => return Answer::Asset(media, asset.clone()),
                Some(Output::File(file)) => {
                    if let Some(real) = self.files.get(file) {
                        return Answer::File(media, real.clone());
                    }
                }
                Some(Output::Page(_)) | None => {}
            }
        }
        Answer::Page(self.whole(&*self.page(path).await, number))
    }

    /// The answer for an address that does not exist.
    pub(super) async fn nothing(self: &Arc<Self>, number: u64) -> Page {
        self.whole(&*self.make(None).await, number)
    }

    /// A hash of the bytes of the page at a path of a URL: another number means other bytes.
    pub(super) async fn version(self: &Arc<Self>, path: &str) -> u64 {
        self.page(path).await.version()
    }

    /// The version of a page, if it has been rendered.
    pub(super) fn known_version(&self, path: &str) -> Option<u64> {
        let made = self.made().get(&self.asked(path))?.clone();
        let page = made.borrow().clone();
        page.map(|page| page.version())
    }

    /// The error with which rendering the page at a path of a URL fails.
    pub(super) async fn failure(self: &Arc<Self>, path: &str) -> Option<Problem> {
        self.page(path).await.failure.clone()
    }

    /// A diagnostic of this site as people read it.
    pub(super) fn problem(&self, diagnostic: &Diagnostic) -> Problem {
        let texts = |file: &SourcePath| self.compiled.text(&self.inputs, file);
        let drawing = Drawing { colour: false, width: WIDTH, limit: 1 };
        let drawn = terminal::draw_alone(diagnostic, &texts, drawing);
        Problem::new(diagnostic, drawn, texts(&diagnostic.location.file))
    }

    /// Where the element with an anchor, on the page at a path of a URL, was written.
    pub(super) fn origin(&self, path: &str, anchor: &str) -> Option<SourcePosition> {
        let Output::Page(key) = self.compiled.site.get(&site_path(path)?)? else { return None };
        let source = (key.kind().source)(&self.compiled.edition, key.at)?;
        let mut entries = self.compiled.handbook().entries();
        let (index, entry) = entries.find(|(_, entry)| entry.document.path == source.file)?;
        let place =
            Location { file: source.file, span: self.compiled.edition.written(index, anchor) };
        Some(SourcePosition::new(&place, &entry.document.text))
    }

    /// The address of the first difference from an older site in the files that changed.
    pub(super) fn written(&self, old: &Served, paths: &BTreeSet<String>) -> Option<String> {
        let edition = &self.compiled.edition;
        let mut entries = self.compiled.handbook().entries();
        let (index, entry) =
            entries.find(|(_, entry)| paths.contains(entry.document.path.as_str()))?;
        let text = &entry.document.text;
        let before = old.inputs.documents.get(&entry.document.path);
        let before = before.map_or("", |text| text);
        let same = text.bytes().zip(before.bytes()).take_while(|(one, other)| one == other);
        let offset = u32::try_from(same.count()).unwrap_or(u32::MAX);
        let anchor = edition.anchor_at(index, offset);
        let link = SitePath::new("").link(edition.path(index), anchor.as_deref());
        Some(format!("/{link}"))
    }

    /// The page at a path of a URL.
    async fn page(self: &Arc<Self>, path: &str) -> Arc<Page> {
        self.make(self.asked(path)).await
    }

    fn asked(&self, path: &str) -> Asked {
        match self.compiled.site.get(&site_path(path)?)? {
            Output::Page(key) => Some(*key).filter(|key| key.kind().id != not_found::PAGE.id),
            _ => None,
        }
    }

    fn made(&self) -> MutexGuard<'_, HashMap<Asked, Made>> {
        // No holder of the lock can leave the map half changed.
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Renders a page, once, on a task of its own, since the request that asks first may be
    /// cancelled.
    async fn make(self: &Arc<Self>, asked: Asked) -> Arc<Page> {
        let mut page = {
            let mut made = self.made();
            match made.get(&asked) {
                Some(page) => page.clone(),
                None => {
                    let (sender, page) = watch::channel(None);
                    if made.len() < KEPT {
                        made.insert(asked, page.clone());
                    }
                    let served = Arc::clone(self);
                    spawn(async move {
                        let html = served.render(asked).await;
                        sender.send_replace(Some(Arc::new(Page::new(asked, html))));
                    });
                    page
                }
            }
        };
        let page = page.wait_for(Option::is_some).await;
        // If rendering panics all the same, only this request ends with it.
        page.ok().and_then(|page| page.clone()).expect("rendering a page does not panic")
    }

    /// Renders a page on a thread that can be left behind.
    async fn render(&self, asked: Asked) -> Result<Vec<u8>, Problem> {
        let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
            return Err(self.overdue.get().expect("places are closed after it is set").clone());
        };
        if self.left.is_too_much() {
            return Err(Problem { text: format!("error: {TOO_MUCH_LEFT}"), origin: None });
        }
        let (sender, receiver) = oneshot::channel();
        let compiled = Arc::clone(&self.compiled);
        let started = self.left.start(move || {
            let html = match asked {
                Some(key) => compiled.render(key),
                // Here the site is at the top of its host.
                None => compiled.render_lost("/"),
            };
            // Nobody receives it any more if it was given up.
            let _ = sender.send(html);
            drop(place);
        });
        if let Err(error) = started {
            let text = format!("error: cannot start a thread for this page: {error}");
            return Err(Problem { text, origin: None });
        }
        let seconds = self.compiled.handbook().config.timeout;
        match timeout(Duration::from_secs(seconds), receiver).await {
            Ok(html) => html
                .expect("rendering a page does not panic")
                .map_err(|diagnostic| self.problem(&diagnostic)),
            Err(_) => {
                let diagnostic = asked.and_then(|key| self.compiled.overdue(key, seconds));
                let diagnostic = diagnostic.unwrap_or_else(|| self.compiled.overdue_lost(seconds));
                let problem = self.overdue.get_or_init(|| self.problem(&diagnostic)).clone();
                // Its template would most likely hold up other pages too, and keeps a processor busy
                // already.
                self.places.close();
                Err(problem)
            }
        }
    }

    /// A page with the one line that the preview adds.
    fn whole(&self, page: &Page, number: u64) -> Page {
        let Assets { styles, scripts } = self.look;
        let line = format!(
            "<script type=\"module\" src=\"{OWN}preview.js\" data-state=\"{number}\" data-version=\"{:016x}\" data-styles=\"{styles:016x}\" \
             data-scripts=\"{scripts:016x}\"></script>\n",
            page.version()
        );
        let html = with_line(&page.html, line.as_bytes());
        Page { status: page.status, html, failure: None }
    }
}

/// Puts a line at the start of a page's head: before the page's own scripts, so that the preview's
/// sees the page before they change it.
fn with_line(html: &[u8], line: &[u8]) -> Vec<u8> {
    const HEAD: &[u8] = b"<head>\n";
    let head = html.windows(HEAD.len()).position(|bytes| bytes == HEAD);
    // A theme may leave the head to the browser.
    let at = head.map_or(html.len(), |at| at + HEAD.len());
    [&html[..at], line, &html[at..]].concat()
}

/// The path within the site that a URL's path means: `/` and `/folder/` are the folder's page.
pub(super) fn site_path(path: &str) -> Option<SitePath> {
    let decoded = percent_decode_str(path.strip_prefix('/')?).decode_utf8().ok()?;
    let is_folder = decoded.is_empty() || decoded.ends_with('/');
    Some(SitePath::new(&if is_folder { format!("{decoded}index.html") } else { decoded.into() }))
}

/// Writes a number as text, since scripts have no integers of this size.
pub(super) fn hex<S: serde::Serializer>(number: &u64, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&format_args!("{number:016x}"))
}

/// The state of the preview from one change to the next.
#[derive(Clone, Debug)]
pub struct Published {
    /// The site that is served: the last one without errors, if there ever was one.
    pub served: Arc<Served>,
    /// The present errors, in the order in which they are shown.
    pub errors: Arc<[Problem]>,
    /// The number of the state, which counts up.
    pub(super) number: u64,
    /// Files that are copied, with the number of the state in which they changed last.
    pub(super) touched: BTreeMap<SitePath, u64>,
    /// The present paths of pages that were renamed.
    pub(super) moved: BTreeMap<SitePath, SitePath>,
    /// The address of what was just written, if tabs follow it.
    pub(super) written: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_stands_first_in_the_head() {
        let with = |html: &str| {
            String::from_utf8(with_line(html.as_bytes(), b"LINE\n")).expect("it is a text")
        };
        assert_eq!(with("<html>\n<head>\n<meta>"), "<html>\n<head>\nLINE\n<meta>");
        assert_eq!(with("<p>no head"), "<p>no headLINE\n");
    }

    #[test]
    fn a_path_is_decoded_once_and_nothing_more() {
        let path = |path: &str| site_path(path).map(|path| path.as_str().to_owned());
        assert_eq!(path("/").as_deref(), Some("index.html"));
        assert_eq!(path("/a/").as_deref(), Some("a/index.html"));
        assert_eq!(path("/caf%C3%A9.html").as_deref(), Some("café.html"));
        assert_eq!(path("/%252e%252e").as_deref(), Some("%2e%2e"));
        assert_eq!(path("/..%2fa").as_deref(), Some("../a"));
        assert_eq!(path("/%ff"), None);
        assert_eq!(path("*"), None);
    }
}
