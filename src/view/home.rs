//! The home page: the handbook's own text, its canvases by stage, and all of them by folder. Templates
//! see it as `home`.

use serde::Serialize;

use super::edition::{
    About, At, CANVASES, Content, Edition, Filled, Index, NavigationEntry, NavigationTitle,
    PageKind, SectionIndex, on_page, paging, theme_file,
};
use super::layout::LayoutView;
use super::table::{self, MOST_SENTENCES, ROWS_PER_PAGE, SaysOfCanvases};
use super::url::SitePath;
use super::{
    BacklinksView, EntryView, LinkView, PagingView, analysis, changes, comparison, folder, gaps,
    page, reviews,
};
use crate::handbook::DocumentIndex;
use crate::terms::Stage;

/// The home page, and the further pages of its list of canvases.
pub const PAGE: PageKind = PageKind {
    id: "home",
    pages: |edition| {
        let pages = At::default().numbered(pages(edition));
        pages.map(|at| (edition.list_path(at.number()), at)).collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/home.html",
            "The home page, and further pages of its list of canvases."
        ),
        view: |edition, at| Filled::new(view(edition, at.number())),
    },
    source: |edition, at| {
        let document = edition.home_document().filter(|_| at.number() == 1);
        document.map(|index| edition.source(index))
    },
    navigation: |edition| {
        let entry = NavigationEntry {
            title: NavigationTitle::Word(CANVASES),
            path: edition.list_path(1),
            anchor: Some("_canvases"),
            is_main: true,
        };
        if edition.canvases().is_empty() { Vec::new() } else { vec![entry] }
    },
    is_visited: true,
};

/// The home page, or a further page of its list of canvases.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct HomeView {
    /// The handbook's title.
    pub title: String,
    /// One sentence; may be empty.
    pub summary: String,
    /// The text of `content/index.md`; empty on further pages.
    pub html: String,
    /// The canvases of this page by folder, in the order of the folders, as a table; empty if there
    /// are none.
    pub canvases_html: String,
    /// How many canvases the handbook has.
    pub canvas_count: usize,
    /// The link to the reviews, with the number of those that are overdue.
    pub reviews: Option<LinkView>,
    /// The link to the gaps, with their number.
    pub gaps: Option<LinkView>,
    /// The link to the canvases that are compared.
    pub comparisons: Option<LinkView>,
    /// The link to recent changes; absent without a history.
    pub changes: Option<LinkView>,
    /// The stages that any canvas is in, in their order; empty on further pages.
    pub board: Vec<BoardStageView>,
    /// The departments of the handbook, most activities first; capped.
    pub departments: Vec<EntryView>,
    /// How many departments are not listed.
    pub more_departments: usize,
    /// The link to the list of all departments, if any is listed.
    pub departments_url: Option<String>,
    /// The ordinary pages at the root of the handbook.
    pub pages: Vec<EntryView>,
    /// The references to the home page.
    pub backlinks: BacklinksView,
    /// Present if the canvases fill more than one page.
    pub paging: Option<PagingView>,
}

/// A stage with its canvases, as a column of the board.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BoardStageView {
    /// `Grow`.
    pub title: String,
    /// The stage's page.
    pub url: String,
    /// `explore`, `transfer` or `exploit`: the portfolio that it belongs to.
    pub portfolio: String,
    /// How many canvases are in it.
    pub count: usize,
    /// The first of them.
    pub canvases: Vec<BoardCanvasView>,
    /// How many are not listed.
    pub more: usize,
}

/// A canvas on the board.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BoardCanvasView {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Who is responsible for it; may be empty.
    pub owner: String,
    /// The number of its gaps, with a link to them; absent if there are none.
    pub gaps: Option<LinkView>,
    /// Whether a review of it, or of an element of it, is overdue.
    pub is_overdue: bool,
}

/// How many canvases of a stage the board names.
const MOST_OF_STAGE: usize = 8;
/// How many departments the home page names.
const MOST_DEPARTMENTS: usize = 12;
/// How many pages of the root the home page names.
const MOST_PAGES: usize = 40;

/// How many pages the list of canvases fills; at least one.
pub fn pages(edition: &Edition) -> usize {
    edition.canvases().len().div_ceil(ROWS_PER_PAGE).max(1)
}

/// A page of the list of canvases, from 1; the first one is the home page, unless a canvas is.
pub fn view(edition: &Edition, number: usize) -> (LayoutView, HomeView) {
    let path = edition.list_path(number);
    let is_home = path.as_str() == "index.html";
    let document = edition.home_document().filter(|_| is_home);
    let text = document.map(|index| page::text(edition, &path, index)).unwrap_or_default();
    let shown = on_page(edition.canvases(), number, ROWS_PER_PAGE);
    let lang =
        document.map_or(&edition.handbook.config.language[..], |index| edition.language(index));
    let front = document.map(|index| &edition.entry(index).document.front);
    let title = if is_home { edition.title().to_owned() } else { edition.words.owned("canvases") };
    let mut home = HomeView {
        title: title.clone(),
        summary: front.and_then(|front| front.summary.clone()).unwrap_or_default(),
        html: text.html,
        canvases_html: String::new(),
        canvas_count: edition.canvases().len(),
        reviews: None,
        gaps: None,
        comparisons: None,
        changes: None,
        board: Vec::new(),
        departments: Vec::new(),
        more_departments: 0,
        departments_url: None,
        pages: Vec::new(),
        backlinks: document
            .map_or_else(BacklinksView::default, |index| page::backlinks(edition, &path, index)),
        paging: paging(&path, number, pages(edition), |number| edition.list_path(number)),
    };
    // If the home page is a canvas, the first page of the list replaces it in this as well.
    if number <= 1 {
        home.board = board(edition, &path, lang);
        home.reviews = reviews::link(edition, &path, lang);
        home.gaps = gaps::link(edition, &path, lang);
        home.comparisons = comparison::index::link(edition, &path, lang);
        home.changes = changes::link(edition, &path, lang);
        (home.departments, home.more_departments) = departments(edition, &path);
        home.departments_url =
            (!home.departments.is_empty()).then(|| path.link(&Index::Departments.path(1), None));
        home.pages = root_pages(edition, &path, lang);
    }
    let is_on_board = !home.board.is_empty() && home.board.iter().all(|stage| stage.more == 0);
    // A canvas without a stage is not on the board.
    let is_said = |index: DocumentIndex| {
        let front = &edition.entry(index).document.front;
        front.stage.is_some() || front.owner.is_none()
    };
    let owner = is_on_board && edition.canvases().iter().all(|(_, index)| is_said(*index));
    let says = SaysOfCanvases { stage: is_on_board, owner, ..SaysOfCanvases::default() };
    home.canvases_html = by_folder(edition, &path, lang, shown, says);
    let about = About {
        title,
        description: home.summary.clone(),
        is_draft: front.is_some_and(|front| front.draft),
        lang: front.and_then(|front| front.lang.clone()),
        breadcrumbs: if is_home {
            Vec::new()
        } else {
            vec![Edition::home_crumb(&path, &edition.words)]
        },
        section: Some(CANVASES),
        translations: document.map(|index| edition.translations(index)).unwrap_or_default(),
        markdown_url: document.and_then(|index| edition.markdown_url(index)),
        ..About::default()
    };
    (edition.layout(&path, about, text.contents), home)
}

/// Canvases in the order of the list, by section, as a table.
fn by_folder(
    edition: &Edition,
    path: &SitePath,
    lang: &str,
    listed: &[(SectionIndex, DocumentIndex)],
    says: SaysOfCanvases,
) -> String {
    let has_sentences = edition.canvases().len() <= MOST_SENTENCES;
    let canvases: Vec<DocumentIndex> = listed.iter().map(|(_, index)| *index).collect();
    let mut rest = &canvases[..];
    let folder = |listed: &[(SectionIndex, DocumentIndex)]| {
        let section = edition.section(listed[0].0);
        let url = Some(path.link(&section.path, None));
        let link = LinkView { title: section.title.clone(), url };
        let (canvases, behind) = rest.split_at(listed.len());
        rest = behind;
        ((!section.folder.is_empty()).then_some(link), canvases)
    };
    let groups: Vec<_> = listed.chunk_by(|a, b| a.0 == b.0).map(folder).collect();
    table::canvases(edition, path, &groups, says, has_sentences, lang)
}

/// The stages that any canvas is in.
fn board(edition: &Edition, path: &SitePath, lang: &str) -> Vec<BoardStageView> {
    let words = edition.words_in(lang);
    let canvas = |index: &DocumentIndex| {
        let document = &edition.entry(*index).document;
        let open = edition.findings.gaps(*index).open;
        let gaps_url = || path.link(&analysis::path(edition, *index), Some("_gaps"));
        BoardCanvasView {
            title: document.title.clone(),
            url: path.link(edition.path(*index), None),
            owner: document.front.owner.clone().unwrap_or_default(),
            gaps: (open > 0).then(|| LinkView {
                title: words.counted("gaps_open", open),
                url: Some(gaps_url()),
            }),
            is_overdue: reviews::is_due(&edition.handbook, *index),
        }
    };
    let stages = edition.handbook.lists.stages.iter();
    let stages = stages.filter(|(_, canvases)| !canvases.is_empty());
    let column = |(stage, canvases): (&Stage, &Vec<DocumentIndex>)| BoardStageView {
        title: words.stage(*stage),
        url: path.link(&Edition::stage_path(*stage), None),
        portfolio: stage.portfolio().to_owned(),
        count: canvases.len(),
        canvases: canvases.iter().take(MOST_OF_STAGE).map(canvas).collect(),
        more: canvases.len().saturating_sub(MOST_OF_STAGE),
    };
    stages.map(column).collect()
}

/// The departments with most activities, and the number of the others.
fn departments(edition: &Edition, path: &SitePath) -> (Vec<EntryView>, usize) {
    let listed = edition.departments();
    let more = listed.len().saturating_sub(MOST_DEPARTMENTS);
    let entries = listed.iter().take(MOST_DEPARTMENTS).map(|index| {
        let department = edition.handbook.department(*index);
        EntryView {
            title: department.title.clone(),
            url: path.link(edition.department_path(*index), None),
            note: department.owner.clone().unwrap_or_default(),
            count: Some(department.leads.len()),
            language: None,
        }
    });
    (entries.collect(), more)
}

/// The ordinary pages of the root, then its sections.
fn root_pages(edition: &Edition, path: &SitePath, lang: &str) -> Vec<EntryView> {
    let root = edition.section(SectionIndex(0));
    let pages = root.documents.iter().filter(|index| !edition.is_canvas(**index));
    let pages = pages.map(|index| folder::entry(edition, path, *index, lang));
    pages.chain(folder::subsections(edition, path, root, lang)).take(MOST_PAGES).collect()
}
