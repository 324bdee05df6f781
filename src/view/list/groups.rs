//! The groups on the pages of each list, below their heads.

use std::collections::BTreeMap;

use super::{ListGroupView, kind, losses};
use crate::canvas::Category;
use crate::handbook::{BlockList, DocumentIndex, ElementKey, Gathered};
use crate::kind::Role;
use crate::slug::slug;
use crate::view::edition::{Edition, Index};
use crate::view::folder;
use crate::view::listed::{Listed, Of};
use crate::view::table::{self, Counted, MOST_SENTENCES, ROWS_PER_PAGE, Row, Says, SaysOfCanvases};
use crate::view::url::SitePath;

/// How many departments or folders a page counts activities of.
const MOST_COUNTED: usize = 200;

/// The values that the groups of a page are made of.
pub(super) struct Groups<'e> {
    pub edition: &'e Edition,
    pub path: &'e SitePath,
    /// Everything that the entry lists.
    pub all: Listed<'e>,
    /// The part of it on this page.
    pub shown: Listed<'e>,
    /// The page's number, from 1.
    pub number: usize,
}

impl Groups<'_> {
    /// The groups of an entry that list anything.
    pub fn of(&self, of: Of) -> Vec<ListGroupView> {
        let all = self.shown.elements[0];
        let mut groups = match of {
            Of::Department(_) => self.of_department(),
            Of::Category(category) if of.is_counted(self.edition) => self.counts(category),
            Of::Category(_) => {
                let tables = self.elements("activities", &[all], &Says::default());
                tables
                    .into_iter()
                    .map(|table_html| ListGroupView { table_html, ..group("", "") })
                    .collect()
            }
            Of::Block(at) => vec![self.of_block(at)],
            Of::Stage(_) => vec![ListGroupView {
                is_unseen: true,
                table_html: self
                    .canvases(SaysOfCanvases { stage: true, ..SaysOfCanvases::default() }),
                ..group(self.word("canvases"), "")
            }],
            Of::Owner(at) => self.of_owner(at),
            Of::Tag(_) => self.of_tag(),
            Of::Kind(at) => self.of_kind(at),
        };
        groups.retain(ListGroupView::has_any);
        groups
    }

    fn word<'w>(&'w self, key: &'w str) -> &'w str {
        self.edition.words.get(key)
    }

    /// Whether the rows of the list have sentences: equal on all of its pages.
    fn has_sentences(&self) -> bool {
        self.all.len() + self.all.documents.len() <= MOST_SENTENCES
    }

    /// Lists of elements as tables; the key of a word heads their first column.
    fn elements(&self, name: &str, lists: &[&[ElementKey]], says: &Says<'_>) -> Vec<String> {
        let name = self.word(name);
        table::elements(self.edition, self.path, lists, says, name, self.has_sentences())
    }

    fn canvases(&self, says: SaysOfCanvases) -> String {
        let canvases = self.shown.documents.iter().copied();
        let canvases: Vec<DocumentIndex> =
            canvases.filter(|index| self.edition.is_canvas(*index)).collect();
        let lang = &self.edition.handbook.config.language;
        table::canvases(
            self.edition,
            self.path,
            &[(None, &canvases)],
            SaysOfCanvases { is_sortable: true, ..says },
            self.has_sentences(),
            lang,
        )
    }

    /// The activities that a department leads, sorted by category, then those that it contributes
    /// to.
    fn of_department(&self) -> Vec<ListGroupView> {
        let says = Says { department: true, ..Says::default() };
        let lists: Vec<&[ElementKey]> = self.shown.elements[0]
            .chunk_by(|a, b| category(self.edition, *a) == category(self.edition, *b))
            .collect();
        let tables = self.elements("activities", &lists, &says);
        let led = |(keys, table_html): (&&[ElementKey], String)| {
            let of = keys.first().and_then(|key| category(self.edition, *key));
            let badge = of.map(|of| Edition::category(self.path, of, &self.edition.words));
            let title = badge.as_ref().map_or(self.word("no_category"), |badge| &badge.title);
            let group = group(title, of.map_or("no-category", Category::id));
            ListGroupView { table_html, category: badge, ..group }
        };
        let mut groups: Vec<ListGroupView> = lists.iter().zip(tables).map(led).collect();
        let says = Says { contributes: true, ..Says::default() };
        groups.push(ListGroupView {
            table_html: self.elements("activities", &[self.shown.elements[1]], &says).concat(),
            ..group(self.word("contributes_to"), "_contributions")
        });
        groups.push(self.losses());
        groups
    }

    /// What would fall or be weakened without the elements that the entry leads or is responsible
    /// for, on its first page.
    fn losses(&self) -> ListGroupView {
        let lost = self.all.elements[0].iter().filter(|_| self.number == 1);
        ListGroupView {
            is_folded: true,
            table_html: losses::table(self.edition, self.path, lost),
            ..group(self.word("depends_on_it"), "_losses")
        }
    }

    /// The elements of a block. The relations of other elements than activities are on each canvas;
    /// here they are compared.
    fn of_block(&self, at: usize) -> ListGroupView {
        let list = &self.edition.handbook.lists.blocks[at];
        if list.gathers() {
            return ListGroupView { table_html: self.gathered(list), ..group("", "") };
        }
        let is_of_activities = list.kind.block_kind(list.index).role == Some(Role::Activities);
        let says = Says { relations: !is_of_activities, ..Says::default() };
        let name = if is_of_activities { "activities" } else { "elements" };
        ListGroupView {
            table_html: self.elements(name, &[self.shown.elements[0]], &says).concat(),
            ..group("", "")
        }
    }

    /// The elements of a block that gathers equal names: first names of several canvases, each with a head,
    /// then those that are in one canvas only.
    fn gathered(&self, list: &BlockList) -> String {
        let edition = self.edition;
        let Gathered { elements, starts } = list.elements.gathered(&edition.handbook.documents);
        let start = (self.number - 1) * ROWS_PER_PAGE;
        let end = elements.len().min(start + ROWS_PER_PAGE);
        let first = starts.partition_point(|at| *at <= start).saturating_sub(1);
        let names = starts[first..].windows(2).take_while(|name| name[0] < end);
        let mut sections = Vec::new();
        for name in names.filter(|name| name[1] > start) {
            let key = elements[name[0]];
            let title = Edition::element_title(&edition.entry(key.document).document, key.element);
            let head = Row {
                id: table::attribute(&slug(&title)),
                title,
                language: edition.foreign(key.document, &edition.handbook.config.language),
                ..Row::default()
            };
            sections.push((Some(head), &elements[name[0].max(start)..name[1].min(end)]));
        }
        let alone = starts.last().copied().unwrap_or(0);
        if alone < end {
            let title = self.word("in_one_canvas").into();
            let head = (alone > 0).then(|| Row { title, ..Row::default() });
            sections.push((head, &elements[alone.max(start)..end]));
        }
        table::gathered(edition, self.path, sections, self.has_sentences())
    }

    fn of_owner(&self, at: usize) -> Vec<ListGroupView> {
        let owner = &self.edition.handbook.lists.owners[at];
        let departments = owner.departments.iter().filter(|_| self.number == 1);
        let departments = departments.map(|index| self.edition.department(self.path, *index));
        let says = Says { owner: &owner.id, ..Says::default() };
        vec![
            ListGroupView {
                departments: departments.collect(),
                ..group(self.word("departments"), "_departments")
            },
            ListGroupView {
                table_html: self
                    .canvases(SaysOfCanvases { owner: true, ..SaysOfCanvases::default() }),
                ..group(self.word("canvases"), "_canvases")
            },
            ListGroupView {
                table_html: self.elements("elements", &[self.shown.elements[0]], &says).concat(),
                ..group(self.word("answers_for"), "_elements")
            },
            self.losses(),
        ]
    }

    /// The blocks of a kind, the meanings of links in it and its rules, then its canvases.
    fn of_kind(&self, at: usize) -> Vec<ListGroupView> {
        let kind = &self.edition.handbook.lists.kinds[at].kind;
        let mut groups =
            if self.number == 1 { kind::groups(self.edition, self.path, kind) } else { Vec::new() };
        groups.push(ListGroupView {
            table_html: self.canvases(SaysOfCanvases::default()),
            ..group(self.word("canvases"), "_canvases")
        });
        groups
    }

    fn of_tag(&self) -> Vec<ListGroupView> {
        let pages = self.shown.documents.iter().filter(|index| !self.edition.is_canvas(**index));
        let lang = &self.edition.handbook.config.language;
        let page = |index: &DocumentIndex| folder::entry(self.edition, self.path, *index, lang);
        vec![
            ListGroupView {
                table_html: self.canvases(SaysOfCanvases::default()),
                ..group(self.word("canvases"), "")
            },
            ListGroupView { pages: pages.map(page).collect(), ..group(self.word("pages"), "") },
        ]
    }

    /// The number of activities of a category in each department and each folder. The pages of the
    /// departments have the activities themselves.
    fn counts(&self, of: Category) -> Vec<ListGroupView> {
        let (edition, handbook) = (self.edition, &self.edition.handbook);
        let mut departments = Vec::new();
        for index in edition.departments() {
            let leads = &handbook.department(*index).leads;
            let is_of = |key: &&ElementKey| category(edition, **key) == Some(of);
            let Some(first) = leads.iter().position(|key| is_of(&key)) else { continue };
            let count = leads[first..].iter().take_while(is_of).count();
            let id = &handbook.department(*index).id;
            let page = Index::Departments.entry_path(id, first / ROWS_PER_PAGE + 1);
            departments.push(Counted {
                title: &handbook.department(*index).title,
                url: self.path.link(&page, Some(of.id())),
                count,
            });
        }
        let led: usize = departments.iter().map(|counted| counted.count).sum();
        let mut folders = BTreeMap::new();
        for key in self.all.elements[0] {
            let folder = edition.section_of(key.document).folder.split('/').next();
            *folders.entry(folder.unwrap_or_default()).or_insert(0) += 1;
        }
        let mut folders: Vec<Counted<'_>> = folders
            .into_iter()
            .map(|(folder, count)| {
                let section = edition.folder(folder);
                Counted { title: &section.title, url: self.path.link(&section.path, None), count }
            })
            .collect();
        for counts in [&mut departments, &mut folders] {
            counts.sort_by_key(|counted| std::cmp::Reverse(counted.count));
            counts.truncate(MOST_COUNTED);
        }
        if let Some(count) = self.all.len().checked_sub(led).filter(|count| *count > 0) {
            departments.push(Counted {
                title: self.word("no_department"),
                url: String::new(),
                count,
            });
        }
        let table = |heading: &str, entries: &[Counted<'_>]| {
            let headings = [self.word(heading), self.word("activities")];
            table::counts(headings, entries, &edition.words)
        };
        vec![
            ListGroupView {
                table_html: table("department", &departments),
                ..group(self.word("departments"), "_departments")
            },
            ListGroupView {
                table_html: table("folder", &folders),
                ..group(self.word("folders"), "_folders")
            },
        ]
    }
}

/// The category of an activity.
fn category(edition: &Edition, key: ElementKey) -> Option<Category> {
    edition.handbook.element(key).and_then(|(_, _, facts)| facts.category)
}

/// A group without content.
fn group(title: &str, id: &str) -> ListGroupView {
    ListGroupView { title: title.to_owned(), id: id.to_owned(), ..ListGroupView::default() }
}
