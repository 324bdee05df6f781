//! A table of departments or categories with their activities by canvas, or by folder if the handbook has more
//! canvases than fit beside each other.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey, Place, Spot};
use crate::view::edition::Edition;
use crate::view::links::LinksHtml;
use crate::view::table::{self, Heading, Row, attribute};
use crate::view::url::SitePath;
use crate::view::words::Words;
use crate::view::{LanguageView, LinkView};

/// How many canvases or folders are beside each other. If there are more folders, those with most
/// activities are.
const MOST_COLUMNS: usize = 30;

/// How many shades show how much a department does.
const SHADES: usize = 4;

/// A column: the activities in a canvas, or in the canvases of a folder.
struct Column<'e> {
    heading: Heading<'e>,
    /// The canvas, if it is one.
    canvas: Option<DocumentIndex>,
}

/// The number of activities that a department leads, and of others to which it contributes.
#[derive(Clone, Copy, Default)]
struct Count {
    leads: usize,
    contributes: usize,
}

/// The columns, and the column in which each canvas is counted.
#[derive(Default)]
struct Columns<'e> {
    columns: Vec<Column<'e>>,
    of: HashMap<DocumentIndex, usize>,
    /// The number of folders without a column.
    more: usize,
}

/// The entry of a row.
#[derive(Clone, Copy)]
enum Of {
    Department(DepartmentIndex),
    Category(Category),
}

impl Of {
    /// The activities that it has, and those to which it only contributes.
    fn activities(self, edition: &Edition) -> [&[ElementKey]; 2] {
        match self {
            Self::Department(index) => {
                let department = edition.handbook.department(index);
                [&department.leads, &department.contributes]
            }
            Self::Category(category) => [edition.activities_of(category), &[]],
        }
    }

    /// The spot of its activities in a canvas.
    fn spot(self, edition: &Edition, canvas: DocumentIndex) -> Spot {
        let kind = edition.entry(canvas).document.canvas.as_ref().map(|canvas| &canvas.kind);
        match self {
            Self::Department(index) => Spot::Department(index),
            Self::Category(_) => {
                kind.and_then(|kind| kind.departments_block()).map_or(Spot::Document, Spot::Block)
            }
        }
    }
}

/// A table of departments, and its meaning or what it leaves out.
pub(super) fn departments(
    edition: &Edition,
    path: &SitePath,
    shown: &[DepartmentIndex],
) -> (String, String) {
    let words = &edition.words;
    let all: Vec<Of> = edition.departments().iter().map(|index| Of::Department(*index)).collect();
    let columns = columns(edition, path, &all);
    let shown: Vec<Of> = shown.iter().map(|index| Of::Department(*index)).collect();
    // The departments are sorted by the number of activities that they lead.
    let largest = edition.departments().first();
    let largest = largest.map_or(0, |index| edition.handbook.department(*index).leads.len());
    let row = |of: &Of| {
        let Of::Department(index) = *of else { return Row::default() };
        let department = edition.handbook.department(index);
        let owner = department.owner.as_deref().map(|owner| edition.owner(path, owner));
        let owner: LinksHtml = owner.into_iter().collect();
        let leads = department.leads.len();
        Row {
            title: department.title.as_str().into(),
            url: attribute(&path.link(edition.department_path(index), None)),
            cells: vec![
                owner.as_str().to_owned(),
                format!("{} {leads}", table::bar(leads, largest)),
                department.contributes.len().to_string(),
                department.canvases.to_string(),
            ],
            ..Row::default()
        }
    };
    let rows = shown.iter().map(|of| (*of, row(of))).collect();
    let mut note = String::new();
    if !columns.columns.is_empty() {
        words.get("load_note").clone_into(&mut note);
    }
    push_more(&mut note, &columns, words);
    let headings = ["department", "owner", "leads", "contributes_to", "in_canvases"];
    (table(edition, path, &headings, rows, columns), note)
}

/// A table of the categories by canvas or folder, and what it leaves out; empty if there is only one.
pub(super) fn categories(edition: &Edition, path: &SitePath) -> (String, String) {
    let all = Category::ALL.map(Of::Category);
    let columns = columns(edition, path, &all);
    let mut note = String::new();
    push_more(&mut note, &columns, &edition.words);
    if columns.columns.is_empty() {
        return (String::new(), note);
    }
    let row = |category: Category| Row {
        title: edition.words.category(category).into(),
        language: edition.words.foreign().map(LanguageView::of),
        url: attribute(&Edition::category(path, category, &edition.words).url),
        ..Row::default()
    };
    let rows = Category::ALL.map(|category| (Of::Category(category), row(category)));
    (table(edition, path, &["category"], rows.into(), columns), note)
}

/// Adds the number of folders that are left out.
fn push_more(note: &mut String, columns: &Columns<'_>, words: &Words) {
    if columns.more > 0 {
        let space = if note.is_empty() { "" } else { " " };
        let _ = write!(note, "{space}{}", words.counted("load_more", columns.more));
    }
}

/// Rows with the numbers for every column after their other cells.
fn table(
    edition: &Edition,
    path: &SitePath,
    headings: &[&str],
    rows: Vec<(Of, Row<'_>)>,
    columns: Columns<'_>,
) -> String {
    let words = &edition.words;
    let Columns { columns, of: places, .. } = columns;
    let counts: Vec<BTreeMap<usize, Count>> =
        rows.iter().map(|(of, _)| counts(edition, *of, &places)).collect();
    let most = counts.iter().flat_map(BTreeMap::values).map(|count| count.leads).max();
    let rows = rows.into_iter().zip(&counts).map(|((of, mut row), counts)| {
        row.cells.extend(columns.iter().enumerate().map(|(at, column)| {
            let count = counts.get(&at).copied().unwrap_or_default();
            let link = column.canvas.map(|document| {
                let spot = of.spot(edition, document);
                LinkView {
                    title: format!("{}, {}", row.title, column.heading.title),
                    url: Some(edition.url(path, Place { document, spot })),
                }
            });
            cell(count, most.unwrap_or(0), link)
        }));
        row
    });
    let rows = rows.collect();
    let headings = headings.iter().map(|key| Heading::from(words.get(key)));
    let headings: Vec<Heading<'_>> =
        headings.chain(columns.into_iter().map(|column| column.heading)).collect();
    table::tables("heat", &headings, &[rows], words).concat()
}

/// The canvases in which any of these has activities, without scenarios, else their folders; empty if there is
/// only one, since it would have everything.
fn columns<'e>(edition: &'e Edition, path: &SitePath, all: &[Of]) -> Columns<'e> {
    let mut activities: HashMap<DocumentIndex, usize> = HashMap::new();
    for [leads, contributes] in all.iter().map(|of| of.activities(edition)) {
        for key in leads {
            *activities.entry(key.document).or_default() += 1;
        }
        for key in contributes {
            activities.entry(key.document).or_default();
        }
    }
    let canvases = edition.canvases().iter().map(|(_, index)| *index);
    // A scenario does not count as further business.
    let is_counted = |index: &DocumentIndex| {
        activities.contains_key(index) && !edition.entry(*index).document.is_scenario()
    };
    let canvases: Vec<_> = canvases.filter(is_counted).collect();
    let columns = if canvases.len() > MOST_COLUMNS {
        by_folder(edition, path, &canvases, &activities)
    } else {
        by_canvas(edition, path, &canvases)
    };
    if columns.columns.len() > 1 { columns } else { Columns::default() }
}

fn by_canvas<'e>(edition: &'e Edition, path: &SitePath, canvases: &[DocumentIndex]) -> Columns<'e> {
    let language = &edition.handbook.config.language;
    let column = |index: &DocumentIndex| Column {
        heading: Heading {
            url: attribute(&path.link(edition.path(*index), None)),
            language: edition.foreign(*index, language),
            ..edition.entry(*index).document.title.as_str().into()
        },
        canvas: Some(*index),
    };
    Columns {
        columns: canvases.iter().map(column).collect(),
        of: canvases.iter().copied().zip(0..).collect(),
        more: 0,
    }
}

/// The folders directly below the one that contains all the canvases.
fn by_folder<'e>(
    edition: &'e Edition,
    path: &SitePath,
    canvases: &[DocumentIndex],
    activities: &HashMap<DocumentIndex, usize>,
) -> Columns<'e> {
    let folder = |index: &DocumentIndex| edition.section_of(*index).folder.as_str();
    let mut shared = canvases.first().map_or("", folder);
    for other in canvases.iter().map(folder) {
        while !is_in(other, shared) {
            shared = shared.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    let below = |index: &DocumentIndex| {
        let whole = folder(index);
        let start = if shared.is_empty() { 0 } else { (shared.len() + 1).min(whole.len()) };
        let end = whole[start..].find('/').map_or(whole.len(), |end| start + end);
        &whole[..end]
    };
    let mut folders: Vec<(&str, usize)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for index in canvases {
        let at = *places.entry(below(index)).or_insert_with(|| {
            folders.push((below(index), 0));
            folders.len() - 1
        });
        folders[at].1 += activities[index];
    }
    let more = folders.len().saturating_sub(MOST_COLUMNS);
    let mut largest: Vec<usize> = (0..folders.len()).collect();
    largest.sort_by_key(|at| std::cmp::Reverse(folders[*at].1));
    largest.truncate(MOST_COLUMNS);
    largest.sort_unstable();
    let column = |at: &usize| {
        let section = edition.folder(folders[*at].0);
        let url = attribute(&path.link(&section.path, None));
        Column { heading: Heading { url, ..section.title.as_str().into() }, canvas: None }
    };
    let of = canvases.iter().filter_map(|index| {
        let at = largest.binary_search(&places[below(index)]).ok()?;
        Some((*index, at))
    });
    Columns { columns: largest.iter().map(column).collect(), of: of.collect(), more }
}

/// Whether a folder is another one or in it.
fn is_in(folder: &str, other: &str) -> bool {
    let rest = folder.strip_prefix(other);
    other.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The counts of an entry, by the number of the column.
fn counts(
    edition: &Edition,
    of: Of,
    places: &HashMap<DocumentIndex, usize>,
) -> BTreeMap<usize, Count> {
    let [leads, contributes] = of.activities(edition);
    let mut counts: BTreeMap<usize, Count> = BTreeMap::new();
    for at in leads.iter().filter_map(|key| places.get(&key.document)) {
        counts.entry(*at).or_default().leads += 1;
    }
    for at in contributes.iter().filter_map(|key| places.get(&key.document)) {
        counts.entry(*at).or_default().contributes += 1;
    }
    counts
}

/// The number of activities that a department leads in a column, shaded in relation to the largest one; if
/// it leads none, the number of those that it contributes to, with a plus. A link is named by the department
/// and the canvas as well, since many cells have the same number.
fn cell(Count { leads, contributes }: Count, most: usize, link: Option<LinkView>) -> String {
    let number = match (leads, contributes) {
        (0, 0) => return String::new(),
        (0, contributes) => format!("+{contributes}"),
        (leads, _) => leads.to_string(),
    };
    let shade = (leads * SHADES).div_ceil(most.max(1));
    match link {
        Some(LinkView { title, url: Some(url) }) => format!(
            "<a class=\"shade-{shade}\" href=\"{}\" aria-label=\"{}: {number}\">{number}</a>",
            attribute(&url),
            attribute(&title)
        ),
        _ => format!("<span class=\"shade-{shade}\">{number}</span>"),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::check::tests::find;
    use crate::view::edition::Index;
    use crate::view::words::Vocabulary;

    /// A canvas in which one department leads `leads` activities, and another one contributes to
    /// one.
    fn canvas(leads: usize) -> String {
        let activities: String = (1..leads).map(|n| format!("- **Task {n}**\n")).collect();
        format!(
            "# Plan {leads}\n\n## Key Activities\n\n### Baking\n\n- **Task 0** {{with=\"Sales & more\"}}\n{activities}
             \n## Channels\n\n- **Shop**\n\n## Customer Segments\n\n- **Neighbours**\n"
        )
    }

    fn edition(config: &str, canvases: &[(String, usize)]) -> Edition {
        let sources: Vec<_> =
            canvases.iter().map(|(path, leads)| (path.as_str(), canvas(*leads))).collect();
        let found = find(config, &sources);
        Edition::new(found.handbook, found.findings, &Vocabulary::default(), None, &[])
    }

    /// Compares the rows of the index of departments for canvases at these paths, with these
    /// numbers of activities.
    fn check(canvases: &[(String, usize)], expected: Expect) {
        let config = "[departments.sales]\ntitle = \"Sales & more\"\nowner = \"Founder\"\n";
        let edition = edition(config, canvases);
        let path = Index::Departments.path(1);
        let (mut html, note) = departments(&edition, &path, edition.departments());
        for (tag, text) in [("</td>", " |"), ("</th>", " |"), ("<td>", " "), ("href=", "")] {
            html = html.replace(tag, text);
        }
        let rows = html.lines().filter_map(|line| line.split_once("<tr>"));
        let rows: String = rows.map(|(_, row)| row.replace("</tr>", "\n")).collect();
        expected.assert_eq(&format!("{rows}{note}\n"));
    }

    fn at(path: &str, leads: usize) -> (String, usize) {
        (format!("content/{path}.md"), leads)
    }

    #[test]
    fn departments_stand_against_canvases() {
        check(
            &[at("a", 1), at("north/b", 4)],
            expect![[r#"
                <th scope="col">department |<th scope="col">owner |<th scope="col">leads |<th scope="col">contributes_to |<th scope="col">in_canvases |<th scope="col"><a "../a.html">Plan 1</a> |<th scope="col"><a "../north/b.html">Plan 4</a> |
                </thead><th scope="row"><a "baking.html">Baking</a> |  | <svg class="load" aria-hidden="true"><rect width="100%" height="9"></rect></svg> 5 | 0 | 2 | <a class="shade-1" "../a.html#key-activities/baking" aria-label="Baking, Plan 1: 1">1</a> | <a class="shade-4" "../north/b.html#key-activities/baking" aria-label="Baking, Plan 4: 4">4</a> |
                <th scope="row"><a "sales.html">Sales &amp; more</a> | <a "../owners/founder.html">Founder</a> | <svg class="load" aria-hidden="true"><rect width="0%" height="9"></rect></svg> 0 | 2 | 2 | <a class="shade-0" "../a.html#key-activities/sales" aria-label="Sales &amp; more, Plan 1: +1">+1</a> | <a class="shade-0" "../north/b.html#key-activities/sales" aria-label="Sales &amp; more, Plan 4: +1">+1</a> |
                load_note
            "#]],
        );
    }

    #[test]
    fn categories_are_counted_by_canvas() {
        let canvas = canvas(2).replace("**Task 1**", "**Task 1** {category=platform}");
        let category = |text: &str| format!("+++\ncategory = \"production\"\n+++\n{text}");
        let sources = [("content/a.md", category(&canvas)), ("content/b.md", canvas.clone())];
        let found = find("", &sources);
        let edition =
            Edition::new(found.handbook, found.findings, &Vocabulary::default(), None, &[]);
        let (html, note) = categories(&edition, &Index::Categories.path(1));
        let rows: Vec<&str> = html.lines().filter(|line| line.contains("row\"")).collect();
        assert!(rows[0].contains("href=\"../a.html#key-activities\""), "{html}");
        assert!(!rows[1].contains("#key-activities") && rows[2].contains("../b.html#"), "{html}");
        assert_eq!(note, "");
        assert_eq!(categories(&edition_of_one(), &Index::Categories.path(1)).0, "");
    }

    fn edition_of_one() -> Edition {
        edition("", &[at("a", 2)])
    }

    #[test]
    fn one_canvas_needs_no_columns() {
        check(
            &[at("a", 2)],
            expect![[r#"
                <th scope="col">department |<th scope="col">owner |<th scope="col">leads |<th scope="col">contributes_to |<th scope="col">in_canvases |
                </thead><th scope="row"><a "baking.html">Baking</a> |  | <svg class="load" aria-hidden="true"><rect width="100%" height="9"></rect></svg> 2 | 0 | 1 |
                <th scope="row"><a "sales.html">Sales &amp; more</a> | <a "../owners/founder.html">Founder</a> | <svg class="load" aria-hidden="true"><rect width="0%" height="9"></rect></svg> 0 | 1 | 1 |

            "#]],
        );
    }

    #[test]
    fn many_canvases_are_counted_by_the_folders_that_tell_them_apart() {
        let many = (0..MOST_COLUMNS).map(|n| at(&format!("plans/region-{}/plan-{n}", n % 2), 1));
        let mut canvases: Vec<_> = many.collect();
        canvases.push(at("plans/region-1/east/last", 9));
        check(
            &canvases,
            expect![[r#"
                <th scope="col">department |<th scope="col">owner |<th scope="col">leads |<th scope="col">contributes_to |<th scope="col">in_canvases |<th scope="col"><a "../plans/region-0/index.html">Region 0</a> |<th scope="col"><a "../plans/region-1/index.html">Region 1</a> |
                </thead><th scope="row"><a "baking.html">Baking</a> |  | <svg class="load" aria-hidden="true"><rect width="100%" height="9"></rect></svg> 39 | 0 | 31 | <span class="shade-3">15</span> | <span class="shade-4">24</span> |
                <th scope="row"><a "sales.html">Sales &amp; more</a> | <a "../owners/founder.html">Founder</a> | <svg class="load" aria-hidden="true"><rect width="0%" height="9"></rect></svg> 0 | 31 | 31 | <span class="shade-0">+15</span> | <span class="shade-0">+16</span> |
                load_note
            "#]],
        );
    }

    #[test]
    fn of_many_folders_those_with_the_most_activities_have_a_column() {
        let large = |n: usize| if n == 7 { 1 } else { 2 };
        let canvases: Vec<_> =
            (0..=MOST_COLUMNS).map(|n| at(&format!("folder-{n:02}/plan"), large(n))).collect();
        let edition = edition("", &canvases);
        let path = Index::Departments.path(1);
        let all: Vec<Of> = edition.departments().iter().map(|it| Of::Department(*it)).collect();
        let Columns { columns, more, .. } = columns(&edition, &path, &all);
        let titles: Vec<&str> = columns.iter().map(|column| column.heading.title).collect();
        assert_eq!((titles.len(), more), (MOST_COLUMNS, 1));
        assert!(!titles.contains(&"Folder 07"), "{titles:?}");
        assert!(titles.is_sorted(), "{titles:?}");
    }
}
