//! Gaps of the canvases, by rule, by canvas, by department and by owner. Templates see them as `gaps`.

pub mod csv;

use serde::Serialize;

use super::edition::{About, At, Content, Edition, Filled, PageKind, paging, theme_file};
use super::gap::{self, Gap};
use super::layout::LayoutView;
use super::links::LinksHtml;
use super::table::{self, Counted, Heading, MOST_SENTENCES, ROWS_PER_PAGE, Row, attribute};
use super::url::{self, SitePath};
use super::{LanguageView, LinkView, PagingView, analysis};
use crate::check::GapKey;
use crate::check::gaps::{self, By, Concern, Group};

/// The pages of gaps, if the handbook has a canvas.
pub const PAGE: PageKind = PageKind {
    id: "gaps",
    pages: |edition| {
        let pages = (0..).zip(By::ALL).flat_map(|(list, by)| {
            let pages = At { list, ..At::default() }.numbered(pages(edition, by));
            pages.map(move |at| (path(by, at.number()), at))
        });
        pages.collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/gaps.html",
            "What does not fit together in the canvases, by rule, canvas, department and owner."
        ),
        view: |edition, at| Filled::new(view(edition, By::ALL[at.list as usize], at.number())),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: true,
};

/// How many entries of each sort are counted beside the gaps.
const MOST_COUNTED: usize = 8;

/// The gaps of the canvases.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct GapsView {
    /// `Gaps`.
    pub title: String,
    /// A sentence on how many there are, or that there are none, and one on scenarios, which are left
    /// out.
    pub lede: String,
    /// The links to the gaps by rule, canvas, department and owner; the page itself has no URL. Empty
    /// without gaps.
    pub orders: Vec<LinkView>,
    /// The gaps of this page, as a table in groups; those by rule end with the waived ones and the reasons
    /// for that. May be empty.
    pub gaps_html: String,
    /// The entries with most gaps, as a table for each order with a link to the group; empty on further
    /// pages.
    pub counts: Vec<GapCountsView>,
    /// The address of the table for spreadsheets; absent if the configuration asks for none.
    pub csv_url: Option<String>,
    /// Present if they fill more than one page.
    pub paging: Option<PagingView>,
}

/// The entries with most gaps in one order.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct GapCountsView {
    /// The entries with their numbers, as a table.
    pub table_html: String,
    /// The link to the others; absent if there are none.
    pub more: Option<LinkView>,
}

/// How many pages an order fills. The one by rule also says that there are no gaps.
fn pages(edition: &Edition, by: By) -> usize {
    let counts = edition.findings.all_gaps();
    match by {
        By::Rule if edition.canvases().is_empty() => 0,
        By::Rule => (counts.open + counts.waived).div_ceil(ROWS_PER_PAGE).max(1),
        _ => counts.open.div_ceil(ROWS_PER_PAGE),
    }
}

fn path(by: By, number: usize) -> SitePath {
    let name = match by {
        By::Rule => "index",
        By::Canvas => "canvases",
        By::Department => "departments",
        By::Owner => "owners",
    };
    SitePath::numbered("gaps", name, number)
}

/// The link to the gaps, with their number, for other pages; `None` without a canvas.
pub(super) fn link(edition: &Edition, from: &SitePath, lang: &str) -> Option<LinkView> {
    let url = (!edition.canvases().is_empty()).then(|| from.link(&path(By::Rule, 1), None))?;
    let words = edition.words_in(lang);
    let title = match edition.findings.all_gaps().open {
        0 => words.owned("gaps"),
        open => words.counted("gaps_open", open),
    };
    Some(LinkView { title, url: Some(url) })
}

/// A page of the gaps in an order, from 1.
pub fn view(edition: &Edition, by: By, number: usize) -> (LayoutView, GapsView) {
    let (words, path) = (&edition.words, path(by, number));
    let counts = edition.findings.all_gaps();
    let is_first = number == 1 && counts.open > 0;
    let view = GapsView {
        title: words.owned("gaps"),
        lede: lede(edition, counts.open),
        orders: if counts.open > 0 { orders(edition, &path, by) } else { Vec::new() },
        gaps_html: groups_html(edition, &path, by, number),
        counts: if is_first { counted(edition, &path) } else { Vec::new() },
        csv_url: csv::link(edition, &path),
        paging: paging(&path, number, pages(edition, by), |number| self::path(by, number)),
    };
    let about = About {
        title: view.title.clone(),
        description: view.lede.clone(),
        breadcrumbs: vec![Edition::home_crumb(&path, words)],
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// A sentence on how many gaps there are, and which canvases are left out.
fn lede(edition: &Edition, open: usize) -> String {
    let words = &edition.words;
    let gaps = match open {
        0 => words.owned("gaps_none"),
        open => words.counted("gaps_lede", open),
    };
    match edition.handbook.scenarios.count() {
        0 => gaps,
        scenarios => format!("{gaps} {}", words.counted("scenarios_left_out", scenarios)),
    }
}

/// The word for the criterion of an order.
fn word(by: By) -> &'static str {
    match by {
        By::Rule => "missing",
        By::Canvas => "canvas",
        By::Department => "department",
        By::Owner => "owner",
    }
}

fn orders(edition: &Edition, path: &SitePath, current: By) -> Vec<LinkView> {
    let order = |by: By| LinkView {
        title: edition.words.owned(word(by)),
        url: (by != current).then(|| path.link(&self::path(by, 1), None)),
    };
    By::ALL.map(order).into()
}

/// The heading of a group, with its anchor.
fn title_and_id(edition: &Edition, by: By, of: &Concern) -> (String, String) {
    let (words, handbook) = (&edition.words, &edition.handbook);
    match of {
        Concern::Rule(code) => (gap::heading(edition, code).0, code.to_string()),
        Concern::Canvas(index) => {
            let path = edition.path(*index).as_str();
            let id = path.strip_suffix(".html").unwrap_or(path);
            // An id has no blank.
            (edition.entry(*index).document.title.clone(), url::encoded(id))
        }
        Concern::Department(index) => {
            let department = handbook.department(*index);
            (department.title.clone(), department.id.clone())
        }
        Concern::Owner(at) => {
            let owner = &handbook.lists.owners[*at];
            (owner.title.clone(), owner.id.clone())
        }
        Concern::Nobody if by == By::Department => {
            (words.owned("no_department"), "_nobody".to_owned())
        }
        Concern::Nobody => (words.owned("nobody"), "_nobody".to_owned()),
        Concern::Waived => (words.owned("waived"), "_waived".to_owned()),
    }
}

/// The page about what the gaps of a group have in common.
fn own_page(edition: &Edition, of: &Concern) -> Option<SitePath> {
    match of {
        Concern::Canvas(index) => Some(analysis::path(edition, *index)),
        Concern::Department(index) => {
            edition.has_page(*index).then(|| edition.department_path(*index).clone())
        }
        Concern::Owner(at) => Some(edition.owner_path(*at)),
        Concern::Rule(_) | Concern::Nobody | Concern::Waived => None,
    }
}

/// Groups with those of their gaps that are on a page, from 1.
fn shown(groups: &[Group], number: usize) -> impl Iterator<Item = (&Group, &[GapKey])> {
    let start = (number.max(1) - 1) * ROWS_PER_PAGE;
    let first = groups.partition_point(|group| group.start + group.gaps.len() <= start);
    let parts = groups[first..].iter().map(move |group| {
        let clamp = |at: usize| at.saturating_sub(group.start).min(group.gaps.len());
        (group, &group.gaps[clamp(start)..clamp(start + ROWS_PER_PAGE)])
    });
    parts.take_while(|(_, gaps)| !gaps.is_empty())
}

fn groups_html(edition: &Edition, path: &SitePath, by: By, number: usize) -> String {
    let words = &edition.words;
    let mut rows = Vec::new();
    for (group, gaps) in shown(edition.gaps(by), number) {
        let (title, id) = title_and_id(edition, by, &group.of);
        let own_page = own_page(edition, &group.of);
        let is_word = matches!(group.of, Concern::Nobody | Concern::Waived);
        rows.push(Row {
            title: title.into(),
            url: own_page.map_or_else(String::new, |page| attribute(&path.link(&page, None))),
            sentence: format!("· {}", words.counted("gaps_open", group.gaps.len())).into(),
            language: match &group.of {
                Concern::Canvas(index) => {
                    edition.foreign(*index, &edition.handbook.config.language)
                }
                Concern::Rule(code) => gap::heading(edition, code).1,
                _ => words.foreign().filter(|_| is_word).map(LanguageView::of),
            },
            id: attribute(&id),
            ..Row::default()
        });
        rows.extend(gaps.iter().map(|key| row(edition, path, by, &group.of, *key)));
    }
    let headings = ["element", "missing", "canvas", "department", "owner", "level", "reason"];
    let headings = headings.map(|key| Heading {
        is_repeated: matches!(key, "department" | "owner"),
        ..words.get(key).into()
    });
    if rows.is_empty() {
        String::new()
    } else {
        table::tables("list", &headings, &[rows], words).concat()
    }
}

/// A gap, without what is in the heading of its group.
fn row<'e>(edition: &'e Edition, path: &SitePath, by: By, of: &Concern, key: GapKey) -> Row<'e> {
    let words = &edition.words;
    let entry = edition.entry(key.document);
    let found = &edition.findings.of(key.document)[key.finding as usize];
    let gap = Gap::new(edition, path, words, key);
    let language = edition.foreign(key.document, &edition.handbook.config.language);
    // In a long list each gap already links to its canvas, and as many links again would be a third of the page.
    let is_linked = edition.findings.all_gaps().open <= MOST_SENTENCES;
    let links = |link: Option<LinkView>| {
        let link = link.map(|link| LinkView { url: link.url.filter(|_| is_linked), ..link });
        link.into_iter().collect::<LinksHtml>().as_str().to_owned()
    };
    let canvas = (by != By::Canvas).then(|| LinkView {
        title: entry.document.title.clone(),
        url: Some(path.link(edition.path(key.document), None)),
    });
    let department = gaps::department(entry, found).filter(|_| by != By::Department);
    let owner = gaps::owner(entry, found).filter(|_| by != By::Owner);
    let language_of = |html: String| super::in_language(language.as_ref(), html);
    // Waived gaps are grouped as such, so the missing thing is named with the reason.
    let (missing, reason) = match (by, of) {
        (_, Concern::Waived) => {
            let reason = language_of(attribute(gap.reason));
            (String::new(), format!("{}: {reason}", gap.phrase_html))
        }
        (By::Rule, _) => (String::new(), String::new()),
        _ => (gap.phrase_html, String::new()),
    };
    Row {
        title: gap.title.into(),
        url: gap.url,
        cells: vec![
            missing,
            language_of(links(canvas)),
            links(department.map(|index| edition.department(path, index))),
            links(owner.map(|owner| edition.owner(path, owner))),
            attribute(gap.level),
            reason,
        ],
        language,
        ..Row::default()
    }
}

/// The entries with most gaps in each order.
fn counted(edition: &Edition, path: &SitePath) -> Vec<GapCountsView> {
    let words = &edition.words;
    // If each has one, the headings of the groups show that already.
    let orders = By::ALL.into_iter().filter(|by| {
        matches!(edition.gaps(*by), [first, second, ..] if second.of != Concern::Waived && first.gaps.len() > 1)
    });
    let counts = orders.map(|by| {
        let groups = edition.gaps(by).iter().filter(|group| group.of != Concern::Waived);
        let titles: Vec<(&Group, (String, String))> = groups
            .clone()
            .take(MOST_COUNTED)
            .map(|it| (it, title_and_id(edition, by, &it.of)))
            .collect();
        let entries = titles.iter().map(|(group, (title, id))| {
            let page = self::path(by, group.start / ROWS_PER_PAGE + 1);
            Counted { title, url: path.link(&page, Some(id)), count: group.gaps.len() }
        });
        let entries: Vec<Counted<'_>> = entries.collect();
        let more = groups.count().saturating_sub(MOST_COUNTED);
        GapCountsView {
            table_html: table::counts([words.get(word(by)), words.get("gaps")], &entries, words),
            more: (more > 0).then(|| LinkView {
                title: words.counted("more_entries", more),
                url: Some(path.link(&self::path(by, 1), None)),
            }),
        }
    });
    counts.collect()
}
