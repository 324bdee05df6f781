//! The entries of lists: departments, categories, building blocks, stages, owners, tags and kinds. Their
//! properties, and what they list.

use std::borrow::Cow;

use super::areas;
use super::edition::{Edition, Index, on_page};
use super::table::ROWS_PER_PAGE;
use super::url::SitePath;
use super::{CategoryView, LanguageView, NumberView};
use crate::canvas::Category;
use crate::handbook::{DepartmentIndex, DocumentIndex, ElementKey, KindList};
use crate::kind::labels;
use crate::terms::Stage;

/// A category with more activities is counted by department and folder.
const MOST_OF_CATEGORY: usize = 200;

/// An entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Department(DepartmentIndex),
    Category(Category),
    /// An index into [`crate::handbook::Lists::blocks`].
    Block(usize),
    Stage(Stage),
    /// An index into [`crate::handbook::Lists::owners`].
    Owner(usize),
    /// An index into [`crate::handbook::Lists::tags`].
    Tag(usize),
    /// An index into [`crate::handbook::Lists::kinds`].
    Kind(usize),
}

impl Of {
    /// The entry of a list with a number of [`Index::entries`].
    pub fn new(index: Index, at: usize) -> Self {
        match index {
            Index::Departments => {
                Self::Department(DepartmentIndex(u32::try_from(at).unwrap_or(u32::MAX)))
            }
            Index::Categories => Self::Category(Category::ALL[at]),
            Index::Blocks => Self::Block(at),
            Index::Stages => Self::Stage(Stage::ALL[at]),
            Index::Owners => Self::Owner(at),
            Index::Tags => Self::Tag(at),
            Index::Kinds => Self::Kind(at),
        }
    }

    /// Its id, which is the name of its page.
    pub fn id(self, edition: &Edition) -> &str {
        let lists = &edition.handbook.lists;
        match self {
            Self::Department(index) => &edition.handbook.department(index).id,
            Self::Category(category) => category.id(),
            Self::Block(at) => &lists.blocks[at].name,
            Self::Stage(stage) => stage.id(),
            Self::Owner(at) => &lists.owners[at].id,
            Self::Tag(at) => &lists.tags[at].id,
            Self::Kind(at) => &lists.kinds[at].kind.id,
        }
    }

    /// Its title.
    pub fn title(self, edition: &Edition) -> Cow<'_, str> {
        let (words, lists) = (&edition.words, &edition.handbook.lists);
        match self {
            Self::Department(index) => Cow::Borrowed(&edition.handbook.department(index).title),
            Self::Category(category) => words.category(category).into(),
            Self::Block(at) => {
                let list = &lists.blocks[at];
                labels::label(&list.kind, list.index, &edition.handbook.config.language).into()
            }
            Self::Stage(stage) => words.stage(stage).into(),
            Self::Owner(at) => Cow::Borrowed(&lists.owners[at].title),
            Self::Tag(at) => Cow::Borrowed(&lists.tags[at].title),
            Self::Kind(at) => Cow::Borrowed(&lists.kinds[at].kind.title),
        }
    }

    /// Whether it has a page: all have one, except stages without canvases.
    pub fn has_page(self, edition: &Edition) -> bool {
        !matches!(self, Self::Stage(_)) || !self.listed(edition).documents.is_empty()
    }

    /// Whether its page has counts instead of a list: for a category with many activities, which the
    /// pages of departments list by category too.
    pub fn is_counted(self, edition: &Edition) -> bool {
        matches!(self, Self::Category(_)) && self.listed(edition).len() > MOST_OF_CATEGORY
    }

    /// How many pages it fills; at least one.
    pub fn pages(self, edition: &Edition) -> usize {
        if self.is_counted(edition) {
            return 1;
        }
        let listed = self.listed(edition);
        listed.len().max(listed.documents.len()).div_ceil(ROWS_PER_PAGE).max(1)
    }

    /// Its summary, for its index and its own page.
    pub fn summary(self, edition: &Edition, path: &SitePath) -> Summary {
        let words = &edition.words;
        let number = |key: &str, value: usize| NumberView { label: words.owned(key), value };
        let listed = self.listed(edition);
        let in_canvases = |canvases: usize| number("in_canvases", canvases);
        let word_language = || words.foreign().map(LanguageView::of);
        match self {
            Self::Department(index) => {
                let department = edition.handbook.department(index);
                let [leads, contributes] = listed.elements.map(<[ElementKey]>::len);
                let numbers = [
                    number("leads", leads),
                    number("contributes_to", contributes),
                    in_canvases(department.canvases),
                ];
                Summary::new(&department.title, numbers)
            }
            Self::Category(category) => {
                let canvases = listed.elements[0].chunk_by(|a, b| a.document == b.document);
                let numbers = [number("activities", listed.len()), in_canvases(canvases.count())];
                let key = format!("category_{}_covers", category.id().replace('-', "_"));
                Summary {
                    title_language: word_language(),
                    sentence: words.owned(&key),
                    sentence_language: word_language(),
                    category: Some(Edition::category(path, category, words)),
                    ..Summary::new(&words.category(category), numbers)
                }
            }
            Self::Block(at) => {
                let list = &edition.handbook.lists.blocks[at];
                let kind = list.kind.block_kind(list.index);
                let language = &edition.handbook.config.language;
                let (prompt, prompt_language) = kind.prompt_in(language);
                let numbers = [number("elements", listed.len()), in_canvases(list.canvases)];
                Summary {
                    area: Some(areas::class(&list.kind, list.index)),
                    sentence: prompt.to_owned(),
                    sentence_language: LanguageView::unless(prompt_language, language),
                    ..Summary::new(labels::label(&list.kind, list.index, language), numbers)
                }
            }
            Self::Stage(stage) => Summary {
                title_language: word_language(),
                sentence: words.owned(&format!("stage_{}_covers", stage.id())),
                sentence_language: word_language(),
                ..Summary::new(&words.stage(stage), [in_canvases(listed.documents.len())])
            },
            Self::Owner(at) => {
                let owner = &edition.handbook.lists.owners[at];
                let numbers = [
                    in_canvases(owner.canvases.len()),
                    number("departments", owner.departments.len()),
                    number("elements", listed.len()),
                ];
                Summary::new(&owner.title, numbers)
            }
            Self::Tag(at) => {
                let documents = listed.documents.iter();
                let canvases = documents.filter(|index| edition.is_canvas(**index)).count();
                let pages = number("pages", listed.documents.len() - canvases);
                let title = &edition.handbook.lists.tags[at].title;
                Summary::new(title, [in_canvases(canvases), pages])
            }
            Self::Kind(at) => Summary::of_kind(edition, &edition.handbook.lists.kinds[at]),
        }
    }

    /// Everything that it lists.
    pub fn listed(self, edition: &Edition) -> Listed<'_> {
        let lists = &edition.handbook.lists;
        let elements = |elements| Listed { elements: [elements, &[]], ..Listed::default() };
        let documents = |documents| Listed { documents, ..Listed::default() };
        match self {
            Self::Department(index) => {
                let department = edition.handbook.department(index);
                let elements = [&*department.leads, &*department.contributes];
                Listed { elements, ..Listed::default() }
            }
            Self::Category(category) => elements(edition.activities_of(category)),
            Self::Block(at) => {
                let list = &lists.blocks[at];
                elements(match list.gathers() {
                    true => &list.elements.gathered(&edition.handbook.documents).elements,
                    false => list.elements.in_order(),
                })
            }
            Self::Stage(stage) => documents(lists.stages.get(&stage).map_or(&[], Vec::as_slice)),
            Self::Owner(at) => {
                let owner = &lists.owners[at];
                Listed { documents: &owner.canvases, elements: [&owner.elements, &[]] }
            }
            Self::Tag(at) => documents(&lists.tags[at].documents),
            Self::Kind(at) => documents(&lists.kinds[at].canvases),
        }
    }
}

/// The documents and elements that an entry lists; both continue from page to page side by side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Listed<'e> {
    pub documents: &'e [DocumentIndex],
    /// The elements, one list after the other.
    pub elements: [&'e [ElementKey]; 2],
}

impl Listed<'_> {
    /// The number of elements.
    pub fn len(&self) -> usize {
        self.elements.iter().map(|elements| elements.len()).sum()
    }

    /// The part on one of its pages, from 1.
    pub fn on_page(&self, number: usize) -> Self {
        let start = (number - 1) * ROWS_PER_PAGE;
        let mut before = 0;
        let elements = self.elements.map(|elements| {
            let clamp = |at: usize| at.saturating_sub(before).min(elements.len());
            let shown = &elements[clamp(start)..clamp(start + ROWS_PER_PAGE)];
            before += elements.len();
            shown
        });
        Self { documents: on_page(self.documents, number, ROWS_PER_PAGE), elements }
    }
}

/// The summary of an entry of a list, for its index and its own page.
#[derive(Default)]
pub(super) struct Summary {
    pub title: String,
    /// The language of the title, if it is not the page's.
    pub title_language: Option<LanguageView>,
    /// For a block: its area.
    pub area: Option<String>,
    /// For a category: its badge.
    pub category: Option<CategoryView>,
    /// A sentence about it; may be empty.
    pub sentence: String,
    /// The language of the sentence, if it is not the page's.
    pub sentence_language: Option<LanguageView>,
    /// Its numbers in the whole handbook.
    pub numbers: Vec<NumberView>,
}

impl Summary {
    fn of_kind(edition: &Edition, list: &KindList) -> Self {
        let language = &edition.handbook.config.language;
        let (sentence, sentence_language) = list.kind.summary_in(language);
        let numbers = [("blocks", list.kind.blocks.len()), ("in_canvases", list.canvases.len())];
        let numbers = numbers.map(|(key, value)| {
            let label = edition.words.owned(key);
            NumberView { label, value }
        });
        Self {
            sentence: sentence.to_owned(),
            sentence_language: LanguageView::unless(sentence_language, language),
            ..Self::new(&list.kind.title, numbers)
        }
    }

    fn new(title: &str, numbers: impl Into<Vec<NumberView>>) -> Self {
        Self { title: title.to_owned(), numbers: numbers.into(), ..Self::default() }
    }
}
