//! The settings at the head of a document: TOML between `+++` lines or YAML between `---` lines.

mod edit;
mod fence;
mod keys;
pub(crate) mod names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, Within};
use crate::kind::{KindIndex, Kinds};
use crate::node::reader::{Reader, Report};
use crate::node::yaml::Yaml;
use crate::node::{self, Data, Language, Table};
use crate::source::{Location, Source, Span, Spanned};

pub use crate::date::{Date, ReviewInterval};
pub use crate::terms::{Category, Stage};
pub use edit::{Change, edits};
pub use keys::{DEPARTMENT_KEYS, KEYS, WAIVER_KEYS};

use names::Names;

/// The front matter of a document; keys that are not set have their default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// `title`.
    pub title: Option<String>,
    /// `summary`: one sentence.
    pub summary: Option<String>,
    /// `canvas`.
    pub canvas: CanvasChoice,
    /// `stage`.
    pub stage: Option<Stage>,
    /// `owner`: who is responsible for the canvas.
    pub owner: Option<String>,
    /// `category`: the default of its activities.
    pub category: Option<Category>,
    /// `date`.
    pub date: Option<Date>,
    /// `version`.
    pub version: Option<String>,
    /// `reviewed`.
    pub reviewed: Option<Date>,
    /// `review_every`.
    pub review_every: Option<Spanned<ReviewInterval>>,
    /// `[departments.<id>]`, by the key as written.
    pub departments: BTreeMap<String, Spanned<DepartmentFacts>>,
    /// `[[waive]]`.
    pub waive: Vec<Waiver>,
    /// `based_on`: another canvas's path.
    pub based_on: Option<Spanned<String>>,
    /// `compare_with`: another canvas's path.
    pub compare_with: Option<Spanned<String>>,
    /// `tags`.
    pub tags: Vec<String>,
    /// `lang`, a BCP 47 tag.
    pub lang: Option<String>,
    /// `translation_of`: the path of the document that this one is a translation of.
    pub translation_of: Option<Spanned<String>>,
    /// `weight`: the order of documents, before that of their titles.
    pub weight: i64,
    /// `draft`.
    pub draft: bool,
    /// `aliases`: old paths that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// The aliases that are further names: in YAML, values that do not look like a path.
    pub names: Vec<String>,
    /// `extra`: a free table for templates; an object.
    pub extra: Option<Box<serde_json::Value>>,
}

impl FrontMatter {
    /// The day from which the next review counts: that of the last review, else that of the canvas
    /// itself.
    pub fn last_review(&self) -> Option<Date> {
        self.reviewed.or(self.date)
    }
}

/// The value of `canvas`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum CanvasChoice {
    /// No value: the content decides whether the document is a canvas.
    #[default]
    Detect,
    /// It is a canvas of this kind.
    Kind(KindIndex),
    /// It is an ordinary page.
    Page,
}

/// The value of `[departments.<id>]` for one canvas.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentFacts {
    /// `owner`.
    pub owner: Option<String>,
    /// `title`, for this canvas only.
    pub title: Option<String>,
}

/// A finding that is known and accepted, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The rule's code.
    pub rule: Spanned<String>,
    /// The element that it is about, written like a reference; `None` for the whole canvas.
    pub element: Option<Spanned<String>>,
    /// The reason.
    pub reason: String,
    /// The whole table.
    pub span: Span,
}

/// Reads the front matter of a source. The span is the body: the Markdown after it, or the whole
/// text if there is none, without a byte-order mark in either case.
pub fn read(
    source: &Source,
    kinds: &Kinds,
    diagnostics: &mut Vec<Diagnostic>,
) -> (FrontMatter, Span) {
    let text = &source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = Span::new(start, text.len());
    let Some(fenced) = fence::find(text, start) else { return (FrontMatter::default(), none) };
    let Some((inside, body)) = fenced.closed else {
        let location = Location::new(&source.path, fenced.opening);
        let fence = fenced.opening.of(text);
        diagnostics.push(catalogue::unclosed_front_matter(location, fence));
        return (FrontMatter::default(), Span { start: fenced.behind, end: none.end });
    };
    let lines = inside.of(text);
    let (root, errors) = match fenced.language {
        Language::Toml => {
            let parsed = node::toml::read(lines, inside.start as usize);
            let errors = match fence_in_text(lines) && !parsed.errors.is_empty() {
                true => {
                    let fence = Span::new(inside.end as usize, inside.end as usize + 3);
                    let why =
                        "this line ends the front matter, within a text; write `\\u002b++` there";
                    vec![node::SyntaxError::new(fence, why)]
                }
                false => parsed.errors,
            };
            (parsed.root, errors)
        }
        Language::Yaml => match node::yaml::read(lines, inside.start as usize) {
            Yaml::Mapping(root, errors) => (root, errors),
            Yaml::Nothing if lines.trim().is_empty() => (Table::default(), Vec::new()),
            Yaml::Malformed(error) if fence::begins_with_key(lines) => {
                (Table::default(), vec![error])
            }
            // A title that is lost silently is worse than an error.
            _ if fence::begins_with_toml(lines) => {
                let why = "`key = value` is TOML, which belongs between lines of `+++`";
                (Table::default(), vec![node::SyntaxError::new(fenced.opening, why)])
            }
            // Thematic breaks around a piece of Markdown.
            _ => return (FrontMatter::default(), none),
        },
    };
    let since = diagnostics.len();
    let mut report = Report { source, language: fenced.language, top: KEYS, diagnostics };
    let front = decode(&root, kinds, &mut report);
    let language = match fenced.language {
        Language::Toml => "TOML",
        Language::Yaml => "YAML",
    };
    report.syntax(&errors, since, |location, message| {
        catalogue::malformed_front_matter(location, language, message)
    });
    (front, body)
}

/// Whether front matter ends within a text of several lines, because that has a line like a closing
/// fence.
fn fence_in_text(lines: &str) -> bool {
    [r#"""""#, "'''"].iter().any(|quotes| lines.matches(quotes).count() % 2 == 1)
}

fn decode(root: &Table<'_>, kinds: &Kinds, report: &mut Report<'_>) -> FrontMatter {
    let mut reader = Reader::new(report, root, KEYS, Within::FrontMatter);
    let (aliases, names) = aliases(&mut reader);
    FrontMatter {
        title: reader.text("title"),
        summary: reader.text("summary"),
        canvas: canvas(&mut reader, kinds),
        stage: reader.one_of("stage", Stage::from_id),
        owner: reader.text("owner"),
        category: reader.one_of("category", Category::from_id),
        date: reader.date("date"),
        version: reader.text("version"),
        reviewed: reader.date("reviewed"),
        review_every: reader.interval("review_every"),
        departments: departments(&mut reader),
        waive: waivers(&mut reader),
        based_on: reader.spanned("based_on"),
        compare_with: reader.spanned("compare_with"),
        tags: reader.texts("tags", true).into_iter().map(|tag| tag.value).collect(),
        lang: reader.language("lang"),
        translation_of: reader.spanned("translation_of"),
        weight: reader.integer("weight").unwrap_or(0),
        draft: reader.boolean("draft").unwrap_or(false),
        aliases,
        names,
        extra: reader.table("extra").map(|extra| {
            let text = &reader.report.source.text;
            Box::new(extra.to_json(text))
        }),
    }
}

fn canvas(reader: &mut Reader<'_, '_>, kinds: &Kinds) -> CanvasChoice {
    let Some((shape, node)) = reader.value("canvas") else { return CanvasChoice::Detect };
    match node.data {
        Data::Boolean(false) => CanvasChoice::Page,
        Data::Boolean(true) => CanvasChoice::Kind(kinds.default_kind()),
        _ => {
            // The errors in its file are reported there.
            if matches!(&node.data, Data::String(id) if kinds.is_unusable(id.trim())) {
                return CanvasChoice::Detect;
            }
            let ids: Vec<&str> = kinds.ids().collect();
            let kind = reader.word("canvas", shape, node, &ids, |id| kinds.find(id));
            kind.map_or(CanvasChoice::Detect, CanvasChoice::Kind)
        }
    }
}

fn departments(reader: &mut Reader<'_, '_>) -> BTreeMap<String, Spanned<DepartmentFacts>> {
    let mut departments = BTreeMap::new();
    let mut names = Names::default();
    reader.tables("departments", |id, span, reader| {
        let title = reader.spanned("title");
        names.add(id, id, span);
        if let Some(title) = &title {
            names.add(id, &title.value, title.span);
        }
        let owner = reader.text("owner");
        let value = DepartmentFacts { owner, title: title.map(|title| title.value) };
        departments.insert(id.to_owned(), Spanned { value, span });
    });
    names.check(reader.report);
    departments
}

/// How many waivers a canvas may have: each is searched for among all its elements. Whoever wants more
/// does not want the rule.
const MOST_WAIVERS: usize = 200;

fn waivers(reader: &mut Reader<'_, '_>) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    reader.list("waive", |span, reader| {
        let which = "name the rule whose finding is left";
        let rule = reader.required("rule", (span, "waive"), which);
        let why = "say why the finding is left, so that others can agree";
        let reason = reader.required("reason", (span, "waive"), why);
        let element = reader.spanned("element");
        if let (Some(rule), Some(reason)) = (rule, reason) {
            waivers.push(Waiver { rule, element, reason: reason.value, span });
        }
    });
    if let Some(first) = waivers.get(MOST_WAIVERS) {
        let location = reader.report.at(first.span);
        reader.report.push(catalogue::too_many_waivers(location, MOST_WAIVERS));
        waivers.truncate(MOST_WAIVERS);
    }
    waivers
}

/// The aliases that are old paths, and those that are names, as notes in Obsidian have them.
fn aliases(reader: &mut Reader<'_, '_>) -> (Vec<Spanned<String>>, Vec<String>) {
    let aliases = reader.texts("aliases", false);
    let is_path = |alias: &Spanned<String>| {
        let endings = [".html", ".htm", ".md"];
        alias.value.contains('/') || endings.iter().any(|ending| alias.value.ends_with(ending))
    };
    let may_be_names = reader.report.language == Language::Yaml;
    let (mut aliases, names): (Vec<_>, Vec<_>) =
        aliases.into_iter().partition(|alias| !may_be_names || is_path(alias));
    aliases.retain_mut(|alias| match within_site(&alias.value) {
        Ok(path) => {
            alias.value = path.to_owned();
            true
        }
        Err(why) => {
            let location = reader.report.at(alias.span);
            reader.report.push(catalogue::alias_outside_site(location, &alias.value, why));
            false
        }
    });
    (aliases, names.into_iter().map(|name| name.value).collect())
}

/// An alias without its leading slash, or why it is not a path of this site.
fn within_site(alias: &str) -> Result<&str, &'static str> {
    let path = alias.strip_prefix('/').unwrap_or(alias);
    let scheme = path.split_once(':').filter(|(scheme, rest)| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        !rest.starts_with(' ') && scheme.chars().all(fits)
    });
    if scheme.is_some() {
        return Err("starts with a scheme");
    }
    if path.contains(['?', '#', '\\']) || path.contains(char::is_control) {
        return Err("holds one of `?`, `#`, `\\` or a control character");
    }
    for part in path.strip_suffix('/').unwrap_or(path).split('/') {
        match part.trim() {
            ".." => return Err("leaves the site by `..`"),
            "" | "." => return Err("has a part that is empty or `.`"),
            _ => {}
        }
    }
    Ok(path)
}
