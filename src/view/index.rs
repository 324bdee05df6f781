//! The indexes: all departments, blocks, categories, owners, stages, tags and kinds of canvas, each with its
//! numbers. Templates see them all as `index`.

mod load;

use serde::Serialize;

use super::edition::{
    About, At, Content, Edition, Filled, Index, NavigationEntry, NavigationTitle, PageKind,
    ROWS_PER_PAGE, paging, theme_file,
};
use super::layout::LayoutView;
use super::listed::Of;
use super::url::SitePath;
use super::{CategoryView, LanguageView, NumberView, PagingView};
use crate::terms::Stage;

/// The pages of all indexes.
pub const PAGE: PageKind = PageKind {
    id: "index",
    pages: |edition| {
        let pages = existing(edition).flat_map(|(list, index)| {
            let pages = At { list, ..At::default() }.numbered(index.pages(edition));
            pages.map(move |at| (index.path(at.number()), at))
        });
        pages.collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!(
            "templates/index.html",
            "The indexes of departments, categories, blocks, stages, owners, tags and kinds."
        ),
        view: |edition, at| Filled::new(view(edition, Index::ALL[at.list as usize], at.number())),
    },
    source: |_, _| None,
    navigation: |edition| {
        let entry = |(_, index): (u32, Index)| NavigationEntry {
            title: NavigationTitle::Word(index.id()),
            path: index.path(1),
            anchor: None,
            is_main: index.is_main(),
        };
        existing(edition).map(entry).collect()
    },
    is_visited: true,
};

/// The indexes that have entries in the handbook, with their positions among all.
fn existing(edition: &Edition) -> impl Iterator<Item = (u32, Index)> + '_ {
    (0..).zip(Index::ALL).filter(|(_, index)| index.exists(edition))
}

/// A page of an index.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct IndexView {
    /// `departments`, `categories`, `blocks`, `stages`, `owners`, `tags` or `kinds`.
    pub id: String,
    /// Its title: `Departments`.
    pub title: String,
    /// A sentence about it.
    pub lede: String,
    /// For departments: the entries as a table, with the activities of each in every canvas, or every
    /// folder. For categories: the number of activities of each there. Empty for others.
    pub table_html: String,
    /// The entries, except departments; in one group without a title, unless they fall into several.
    pub groups: Vec<IndexGroupView>,
    /// The meaning of its numbers, or what it leaves out; may be empty.
    pub note: String,
    /// Present if they fill more than one page.
    pub paging: Option<PagingView>,
}

/// Entries of an index that belong together.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct IndexGroupView {
    /// What they have in common; may be empty.
    pub title: String,
    /// The entries.
    pub rows: Vec<IndexRowView>,
}

/// An entry of an index.
#[derive(Clone, Debug, Default, PartialEq, Hash, Serialize)]
pub struct IndexRowView {
    /// Its title.
    pub title: String,
    /// Its page; absent if it would be empty.
    pub url: Option<String>,
    /// For a block: its area, which determines the colour.
    pub area: Option<String>,
    /// For a category: its badge.
    pub category: Option<CategoryView>,
    /// A sentence about it; may be empty.
    pub note: String,
    /// The language of the note, if it is not the page's.
    pub note_language: Option<LanguageView>,
    /// Its numbers.
    pub numbers: Vec<NumberView>,
}

/// A page of an index, from 1.
pub fn view(edition: &Edition, index: Index, number: usize) -> (LayoutView, IndexView) {
    let path = index.path(number);
    let start = (number.max(1) - 1) * ROWS_PER_PAGE;
    let shown = start..(start + ROWS_PER_PAGE).min(index.len(edition));
    let mut groups: Vec<IndexGroupView> = Vec::new();
    let (table_html, note) = match index {
        Index::Departments => {
            load::departments(edition, &path, &edition.departments()[shown.clone()])
        }
        Index::Categories => {
            let (table_html, more) = load::categories(edition, &path);
            let notes = [note(edition, index), more];
            (table_html, notes.join(" ").trim().to_owned())
        }
        _ => (String::new(), note(edition, index)),
    };
    let scenarios = edition.handbook.scenarios.count();
    let counts_work = matches!(index, Index::Departments | Index::Owners);
    let left_out = (counts_work && scenarios > 0)
        .then(|| edition.words.counted("scenarios_left_out", scenarios));
    let note = [note, left_out.unwrap_or_default()].join(" ").trim().to_owned();
    for at in shown.filter(|_| index != Index::Departments) {
        let title = group(edition, index, at);
        if groups.last().is_none_or(|group| group.title != title) {
            groups.push(IndexGroupView { title, rows: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row(edition, &path, index, at));
        }
    }
    let lede = edition.words.owned(&format!("{}_lede", index.id()));
    let view = IndexView {
        id: index.id().to_owned(),
        title: edition.words.owned(index.id()),
        lede: lede.clone(),
        table_html,
        groups,
        note,
        paging: paging(&path, number, index.pages(edition), |number| index.path(number)),
    };
    let about = About {
        title: view.title.clone(),
        description: lede,
        breadcrumbs: vec![Edition::home_crumb(&path, &edition.words)],
        section: Some(index.id()),
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), view)
}

/// The row of an entry of an index, by its number.
fn row(edition: &Edition, path: &SitePath, index: Index, at: usize) -> IndexRowView {
    let of = Of::new(index, at);
    let summary = of.summary(edition, path);
    let to = index.entry_path(of.id(edition), 1);
    IndexRowView {
        title: summary.title,
        url: of.has_page(edition).then(|| path.link(&to, None)),
        area: summary.area,
        category: summary.category,
        note: summary.sentence,
        note_language: summary.sentence_language,
        numbers: summary.numbers,
    }
}

/// What the entry with a number has in common with those next to it; empty if all are in one group.
fn group(edition: &Edition, index: Index, at: usize) -> String {
    match index {
        Index::Stages => edition.words.owned(Stage::ALL[at].portfolio()),
        Index::Blocks => {
            let blocks = &edition.handbook.lists.blocks;
            let kind = &blocks[at].kind;
            let is_one = blocks.iter().all(|block| block.kind == *kind);
            if is_one { String::new() } else { kind.title.clone() }
        }
        _ => String::new(),
    }
}

/// What an index leaves out.
fn note(edition: &Edition, index: Index) -> String {
    let without = edition.handbook.lists.uncategorised;
    if index == Index::Categories && without > 0 {
        edition.words.counted("without_category", without)
    } else {
        String::new()
    }
}
