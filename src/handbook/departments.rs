//! Which departments exist, and which names mean the same one.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{Department, DepartmentIndex};
use crate::canvas::{Document, Part};
use crate::config::Config;
use crate::diagnostic::catalogue::name_flaw;
use crate::kind::departments::{BuiltIn, built_in, built_in_of, key};
use crate::language;
use crate::slug::{Distinct, nearest, slug, spelled_out};
use crate::source::Spanned;

/// With more departments than these, comparing each name with each would take long; no handbook has
/// them.
pub const MOST_COMPARED: usize = 500;

/// The departments of the configuration and of canvasbook itself, before any canvas is read.
pub struct KnownDepartments(Registry);

impl KnownDepartments {
    /// Gathers them from a configuration.
    pub fn of(config: &Config) -> Self {
        Self(Registry::gather(config, &[]))
    }

    /// The department that an id, a title or an alias means.
    pub fn find(&self, name: &str) -> Option<&Department> {
        self.0.find(name).map(|index| &self.0.departments[index.0 as usize])
    }

    /// The known names that are most similar to `name`.
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        self.0.nearest(name)
    }

    /// The departments, sorted by id.
    pub fn all(&self) -> &[Department] {
        self.0.departments()
    }
}

/// The departments of a handbook by all of their names.
#[derive(Debug, PartialEq)]
pub(super) struct Registry {
    departments: Vec<Department>,
    /// The departments by [`key`].
    by_key: HashMap<String, DepartmentIndex>,
    by_id: HashMap<String, DepartmentIndex>,
    /// The departments by name as written, so that the thousandth canvas costs only a look-up.
    by_name: HashMap<String, DepartmentIndex>,
    ids: Distinct,
}

impl Registry {
    /// Gathers the departments of the configuration, of canvasbook itself, and of the canvases in
    /// the order of their paths, those in the handbook's language first. A name means the first
    /// department that claims it.
    pub(super) fn gather(config: &Config, documents: &[Arc<Document>]) -> Self {
        let mut registry = Self {
            departments: Vec::new(),
            by_key: HashMap::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            ids: Distinct::default(),
        };
        registry.configured(config);
        let configured = registry.departments.len();
        registry.built_in();
        registry.departments.iter_mut().for_each(|department| department.is_expected = true);
        let mut names: Vec<BTreeSet<&str>> = Vec::new();
        // Pages of the handbook as a whole show the titles, so they are in its language if they can.
        let is_own = |document: &&Arc<Document>| {
            document
                .front
                .lang
                .as_ref()
                .is_none_or(|lang| language::is_same(lang, &config.language))
        };
        let (own, foreign): (Vec<_>, Vec<_>) = documents.iter().partition(is_own);
        let documents: Vec<_> = own.into_iter().chain(foreign).collect();
        for name in documents.iter().flat_map(|document| introduced(document)) {
            let at = registry.meet(name).0 as usize;
            names.resize_with(registry.departments.len(), BTreeSet::new);
            if names[at].is_empty() && at >= configured {
                name.clone_into(&mut registry.departments[at].title);
            }
            names[at].insert(name);
        }
        for part in documents.iter().flat_map(|document| department_parts(document)) {
            let means = part.attributes.get().department();
            if means.is_some_and(|name| registry.find(name.value).is_none()) {
                registry.meet(&part.title);
            }
        }
        for (department, names) in registry.departments.iter_mut().zip(names) {
            let others = names.into_iter().filter(|name| *name != department.title);
            department.also_called = others.map(str::to_owned).collect();
        }
        registry.sort()
    }

    /// Whether two texts of one document have equal parts as far as [`Registry::gather`] reads
    /// them.
    pub(super) fn declares_the_same(old: &Document, new: &Document) -> bool {
        let told = |part: &Part| {
            let means = part.attributes.get().department().map(|name| name.value.to_owned());
            (part.title.clone(), means)
        };
        let parts = |document| department_parts(document).map(told);
        let cells = |document| department_cells(document).map(|name| name.value);
        old.front.lang == new.front.lang && parts(old).eq(parts(new)) && cells(old).eq(cells(new))
    }

    /// Adds the departments of the configuration. Their ids and titles come before all aliases, and
    /// these before those of canvasbook itself, so that nobody loses a name of their own.
    fn configured(&mut self, config: &Config) {
        let mut known_names: Vec<(DepartmentIndex, &str)> = Vec::new();
        let mut aliases = Vec::new();
        for (id, department) in &config.departments {
            let department = &department.value;
            let names = [Some(id), department.title.as_ref()].into_iter().flatten();
            let names = names.chain(&department.aliases);
            let known: Vec<&BuiltIn> = names
                .filter_map(|name| built_in_of(&key(name)).or_else(|| with_id(name)))
                .collect();
            let title = department.title.clone().unwrap_or_else(|| {
                let same = known.iter().find(|known| known.id == *id);
                same.map_or_else(|| spelled_out(id), |known| known.title.clone())
            });
            let keys = [key(id), key(&title)];
            let index = self.add(slug(id), title, department.owner.clone(), keys);
            aliases.extend(department.aliases.iter().map(|alias| (index, key(alias))));
            for known in known {
                known_names.push((index, &known.id));
                known_names.extend(known.keys.iter().map(|key| (index, key.as_str())));
            }
        }
        for (index, key) in aliases {
            self.by_key.entry(key).or_insert(index);
        }
        for (index, key) in known_names {
            self.by_key.entry(key.to_owned()).or_insert(index);
        }
    }

    fn built_in(&mut self) {
        for known in built_in() {
            if !self.by_key.contains_key(&known.id) {
                self.add(known.id.clone(), known.title.clone(), None, known.keys.iter().cloned());
            }
        }
    }

    fn add(
        &mut self,
        id: String,
        title: String,
        owner: Option<String>,
        keys: impl IntoIterator<Item = String>,
    ) -> DepartmentIndex {
        let index = DepartmentIndex(u32::try_from(self.departments.len()).unwrap_or(u32::MAX));
        for key in keys {
            self.by_key.entry(key).or_insert(index);
        }
        let id = self.ids.next(&page_id(&id));
        self.by_id.insert(id.clone(), index);
        self.departments.push(Department {
            id,
            title,
            also_called: Vec::new(),
            owner,
            is_expected: false,
            leads: Vec::new(),
            contributes: Vec::new(),
            canvases: 0,
        });
        index
    }

    /// The department of a heading; an unknown name makes a new one.
    fn meet(&mut self, name: &str) -> DepartmentIndex {
        if let Some(index) = self.by_name.get(name) {
            return *index;
        }
        let key = key(name);
        let index = match self.of_key(&key) {
            Some(index) => index,
            None => self.add(slug(name), name.to_owned(), None, [key]),
        };
        self.by_name.insert(name.to_owned(), index);
        index
    }

    /// The department of a key; in names that canvasbook knows, missing accents do not matter.
    fn of_key(&self, key: &str) -> Option<DepartmentIndex> {
        let known = || self.by_key.get(built_in_of(key)?.keys.first()?);
        self.by_key.get(key).or_else(known).copied()
    }

    /// Puts the departments into the order of their ids.
    fn sort(mut self) -> Self {
        let mut order: Vec<usize> = (0..self.departments.len()).collect();
        order.sort_by(|a, b| self.departments[*a].id.cmp(&self.departments[*b].id));
        let mut place = vec![DepartmentIndex(0); order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = DepartmentIndex(u32::try_from(new).unwrap_or(u32::MAX));
        }
        let moved = |map: HashMap<String, DepartmentIndex>| {
            map.into_iter().map(|(key, old)| (key, place[old.0 as usize])).collect()
        };
        self.by_key = moved(self.by_key);
        self.by_id = moved(self.by_id);
        self.by_name = moved(self.by_name);
        self.departments = order.into_iter().map(|at| self.departments[at].clone()).collect();
        self
    }

    /// The department with a name, an id or an alias.
    pub(super) fn find(&self, name: &str) -> Option<DepartmentIndex> {
        let known = self.by_id.get(name).or_else(|| self.by_name.get(name)).copied();
        known.or_else(|| self.of_key(&key(name))).or_else(|| self.by_id.get(&slug(name)).copied())
    }

    /// The id of a department.
    pub(super) fn id(&self, index: DepartmentIndex) -> &str {
        &self.departments[index.0 as usize].id
    }

    /// Whether it has every department that a document names.
    pub(super) fn knows_all_of(&self, document: &Document) -> bool {
        department_parts(document).all(|part| self.of_part(part).is_some())
            && department_cells(document).all(|name| self.find(name.value).is_some())
    }

    /// The departments gathered so far.
    pub(super) fn departments(&self) -> &[Department] {
        &self.departments
    }

    /// The department of a heading, which has been gathered.
    pub(super) fn of_part(&self, part: &Part) -> Option<DepartmentIndex> {
        let means = part.attributes.get().department();
        let means = means.and_then(|name| self.find(name.value));
        means.or_else(|| self.by_name.get(&part.title).copied())
    }

    /// The titles that are most similar to a name.
    pub(super) fn nearest(&self, name: &str) -> Vec<&str> {
        if self.departments.len() > MOST_COMPARED {
            return Vec::new();
        }
        let titles = self.departments.iter().map(|department| department.title.as_str());
        let near = nearest(name, titles);
        if !near.is_empty() {
            return near;
        }
        nearest(name, self.departments.iter().map(|department| department.id.as_str()))
    }
}

/// The parts of a document that name departments.
fn department_parts(document: &Document) -> impl Iterator<Item = &Part> {
    let blocks = document.canvas.iter().flat_map(|canvas| &canvas.blocks);
    blocks.flat_map(|block| &block.parts).filter(|part| part.department)
}

/// The names of departments in columns of a document's tables.
pub(super) fn department_cells(document: &Document) -> impl Iterator<Item = Spanned<&str>> {
    document.canvas.iter().flat_map(|canvas| canvas.elements.all_attributes().department_cells())
}

/// The names by which a document introduces departments. A heading with `department=` means the department
/// of that name, and introduces none.
fn introduced(document: &Document) -> impl Iterator<Item = &str> {
    let parts = department_parts(document);
    let headings = parts.filter(|part| part.attributes.get().department().is_none());
    let cells = department_cells(document).map(|name| name.value);
    headings.map(|part| part.title.as_str()).chain(cells)
}

/// The built-in department with an id.
fn with_id(id: &str) -> Option<&'static BuiltIn> {
    built_in().iter().find(|known| known.id == id)
}

/// An id that can be a page's file name on every system, and is not that of the index of
/// departments.
fn page_id(id: &str) -> String {
    /// Far below the limit of file systems, and longer than any department's name.
    const LONGEST: usize = 100;
    let mut end = id.len().min(LONGEST);
    while !id.is_char_boundary(end) {
        end -= 1;
    }
    let id = id[..end].trim_end_matches('-');
    let is_free = !id.is_empty() && id != "index" && name_flaw(id).is_none();
    if is_free {
        id.to_owned()
    } else {
        format!("department-{id}").trim_end_matches('-').to_owned()
    }
}
