//! `canvasbook.toml`: every key has a default.

mod colors;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::date::Date;
use crate::diagnostic::catalogue::{self, Within};
use crate::diagnostic::{Diagnostic, Severity};
use crate::front_matter::names::Names;
use crate::node::key::{Key, Of, Shape};
use crate::node::reader::{Reader, Report, SchemeColors};
use crate::node::{self, Language};
use crate::source::{Location, Source, Spanned};
use crate::terms::{LEVELS, level};

/// The keys of the configuration, in the order in which they are documented.
pub const KEYS: &[Key] = &[
    Key::new(Of::All, "title", Shape::Text)
        .means("What the handbook is called.", "title = \"Harbour Coffee\"")
        .absent("Handbook"),
    Key::new(Of::All, "language", Shape::Language)
        .means("The language it is written in, as a BCP 47 tag.", "language = \"pt-BR\"")
        .absent("en"),
    Key::new(Of::All, "base_url", Shape::Text)
        .means(
            "Where the site will be; the site map needs it, and the error page in a sub-folder.",
            "base_url = \"https://example.com/handbook\"",
        )
        .absent("none"),
    Key::new(Of::All, "edit_url", Shape::Text)
        .means(
            "Where a page's source can be edited: an address with `{path}` for the file.",
            "edit_url = \"https://github.com/example/handbook/edit/main/{path}\"",
        )
        .absent("none"),
    Key::new(Of::All, "issue_url", Shape::Text)
        .means(
            "Where to ask about an element: an address with `{title}` for it and `{url}` for its page.",
            "issue_url = \"https://github.com/example/handbook/issues/new?title={title}\"",
        )
        .absent("none"),
    Key::new(Of::All, "publish_markdown", Shape::Boolean)
        .means(
            "Whether each document is published as Markdown too, beside its page.",
            "publish_markdown = true",
        )
        .absent("false"),
    Key::new(Of::All, "output", Shape::Required)
        .means("The folder that the site is written to.", "output = \"build/site\"")
        .absent("public"),
    Key::new(Of::All, "theme", Shape::Required)
        .means("The folder of `themes` whose files override the built-in ones.", "theme = \"ours\"")
        .absent("default"),
    Key::new(Of::All, "logo", Shape::Text)
        .means("The picture before the title and in browser tabs.", "logo = \"logo.svg\"")
        .absent("a sign of canvasbook's own"),
    Key::new(Of::All, "colors", Shape::Table(COLOR_KEYS)).means(
        "The colours of links and of the four areas of a canvas.",
        "[colors]\naccent = \"#0b5fa5\"",
    ),
    Key::new(Of::All, "departments", Shape::Tables(DEPARTMENT_KEYS)).means(
        "The departments that canvases name, by id.",
        "[departments.research-and-development]\naliases = [\"R&D\"]",
    ),
    Key::new(Of::All, "references", Shape::Table(REFERENCE_KEYS))
        .means("How references are checked.", "[references]\nunknown = \"warning\""),
    Key::new(Of::All, "history", Shape::Table(HISTORY_KEYS))
        .means("What is read of the history in git.", "[history]\nsince = 2025-01-01"),
    Key::new(Of::All, "csv_lists", Shape::Boolean)
        .means(
            "Writes each list as a table for spreadsheets beside its page as well.",
            "csv_lists = true",
        )
        .absent("false"),
    Key::new(Of::All, "search", Shape::Boolean)
        .means("Whether readers can search the site.", "search = false")
        .absent("true"),
    Key::new(Of::All, "timeout", Shape::Integer)
        .means(
            "How many seconds a page may take, before its template counts as one that never ends.",
            "timeout = 120",
        )
        .absent("30"),
    Key::new(Of::All, "rules", Shape::Levels)
        .means("How much each rule weighs, by its code.", "[rules]\nempty-block = \"off\"")
        .absent("each rule's own"),
];

/// The keys of `[colors]`.
pub const COLOR_KEYS: &[Key] = &[
    Key::new(Of::All, "accent", Shape::Colors(&[]))
        .means("Links and what has the focus.", "accent = [\"#0b5fa5\", \"#86c5f5\"]")
        .absent("the theme's"),
    Key::new(Of::All, "infrastructure", Shape::Colors(&[]))
        .means("How it is made: partners, activities, resources.", "infrastructure = \"#2465c9\"")
        .absent("the theme's"),
    Key::new(Of::All, "offer", Shape::Colors(&[]))
        .means("What is offered.", "offer = \"#ad4a06\"")
        .absent("the theme's"),
    Key::new(Of::All, "customers", Shape::Colors(&[]))
        .means("Whom it serves: relationships, channels, segments.", "customers = \"#0c4a36\"")
        .absent("the theme's"),
    Key::new(Of::All, "money", Shape::Colors(&[]))
        .means("What it costs and earns.", "money = \"#8a2a78\"")
        .absent("the theme's"),
];

/// The extensions of pictures that every browser shows.
pub const LOGO_ENDINGS: &[&str] = &["svg", "png", "webp", "jpg", "jpeg", "gif", "ico"];

/// The keys of a department in the configuration.
pub const DEPARTMENT_KEYS: &[Key] = &[
    Key::new(Of::All, "title", Shape::Text)
        .means("What it is called.", "title = \"Research and Development\"")
        .absent("as the canvases write it"),
    Key::new(Of::All, "aliases", Shape::Texts)
        .means("Other names that canvases may use.", "aliases = [\"R&D\"]")
        .absent("none"),
    Key::new(Of::All, "owner", Shape::Text)
        .means("Who answers for its activities.", "owner = \"Head of Product\""),
];

/// The keys of `[references]`.
pub const REFERENCE_KEYS: &[Key] = &[Key::new(Of::All, "unknown", Shape::OneOf(SEVERITIES))
    .means("How a reference to something unknown counts.", "unknown = \"warning\"")
    .absent("error")];

/// The keys of `[history]`.
pub const HISTORY_KEYS: &[Key] = &[
    Key::new(Of::All, "enabled", Shape::Boolean)
        .means("Whether the history in git is read.", "enabled = false")
        .absent("true"),
    Key::new(Of::All, "since", Shape::Date)
        .means("The first day of which commits are read.", "since = 2025-01-01")
        .absent("the beginning"),
    Key::new(Of::All, "branch", Shape::Text)
        .means("The branch whose history is shown.", "branch = \"main\"")
        .absent("what is checked out"),
    Key::new(Of::All, "tags", Shape::Text)
        .means("Which tags name a state whose changes are shown; `*` is any text.", "tags = \"v*\"")
        .absent("\"*\""),
];

/// How many seconds a page may take. The largest pages of a handbook of 10,000 canvases take less than
/// one on a slow machine, and nobody should wait longer without a message.
const TIMEOUT: u64 = 30;

/// The values that it can be set to: up to a day.
const TIMEOUTS: RangeInclusive<u64> = 1..=86_400;

const SEVERITIES: &[&str] = &["error", "warning"];

/// The configuration; keys that are not set have their default.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// `title` of the handbook; default `Handbook`.
    pub title: String,
    /// `language`, a BCP 47 tag; default `en`.
    pub language: String,
    /// `base_url`: where the site will be, without the trailing `/`; absent by default.
    pub base_url: Option<String>,
    /// `edit_url`: where a page's source can be edited, with `{path}` for the file's path from the
    /// root; `None` by default.
    pub edit_url: Option<String>,
    /// `issue_url`: where to ask about an element, with `{title}` for its title and `{url}` for its
    /// address; absent by default.
    pub issue_url: Option<String>,
    /// `publish_markdown`: whether each document is published as Markdown beside its page; default no.
    pub publish_markdown: bool,
    /// `output`: the folder the site is written to, relative to the root; default `public`.
    pub output: String,
    /// `theme`: a folder of `themes/`; default `default`.
    pub theme: String,
    /// `logo`: a file of the built site, without a `/` at its start.
    pub logo: Option<Spanned<String>>,
    /// `[colors]`, by key.
    pub colors: BTreeMap<&'static str, SchemeColors>,
    /// `[departments.<id>]`, in the order of their ids.
    pub departments: BTreeMap<String, Spanned<DepartmentConfig>>,
    /// `[references] unknown`: how an unknown reference counts; default error.
    pub unknown_references: Severity,
    /// `[history]`.
    pub history: HistoryConfig,
    /// `csv_lists`: whether each list is a table for spreadsheets as well.
    pub csv_lists: bool,
    /// `search`: whether readers can search; default true.
    pub search: bool,
    /// `timeout`: how many seconds a page may take; default 30.
    pub timeout: u64,
    /// `[rules]`: the level of each rule that is set, with the place of its code; `None` is off. [`ALL`]
    /// is for rules that are not named. Which rules exist is not known here.
    pub rules: BTreeMap<String, Spanned<Option<Severity>>>,
}

/// `[departments.<id>]` of the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentConfig {
    /// `title`; default: the id with spaces and capitals.
    pub title: Option<String>,
    /// `aliases`: other names.
    pub aliases: Vec<String>,
    /// `owner`.
    pub owner: Option<String>,
}

/// `[history]` of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryConfig {
    /// `enabled`: whether the history in git is read; default true.
    pub is_enabled: bool,
    /// `since`: the first day of which commits are read.
    pub since: Option<Date>,
    /// `branch`: the branch whose history is shown; default: the one that is checked out.
    pub branch: Option<Spanned<String>>,
    /// `tags`: the names of tags that count, with `*` for any text; all by default.
    pub tags: Option<String>,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self { is_enabled: true, since: None, branch: None, tags: None }
    }
}

/// The key of `[rules]` that sets the level of every rule that is not named.
pub const ALL: &str = "all";

impl Config {
    /// The level that is set for a rule: `Some(None)` is off, and `None` means that none is set.
    pub fn level(&self, rule: &str) -> Option<Option<Severity>> {
        self.rules.get(rule).or_else(|| self.rules.get(ALL)).map(|level| level.value)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Handbook".to_owned(),
            language: "en".to_owned(),
            base_url: None,
            edit_url: None,
            issue_url: None,
            publish_markdown: false,
            output: "public".to_owned(),
            theme: "default".to_owned(),
            logo: None,
            colors: BTreeMap::new(),
            departments: BTreeMap::new(),
            unknown_references: Severity::Error,
            history: HistoryConfig::default(),
            csv_lists: false,
            search: true,
            timeout: TIMEOUT,
            rules: BTreeMap::new(),
        }
    }
}

/// Reads the configuration. Values that cannot be used are reported and replaced by their default.
pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let start = source.text.len() - text.len();
    let parsed = node::toml::read(text, start);
    let since = diagnostics.len();
    let mut report = Report { source, language: Language::Toml, top: KEYS, diagnostics };
    let mut reader = Reader::new(&mut report, &parsed.root, KEYS, Within::Configuration);
    let default = Config::default();
    let base_url = reader.checked("base_url", base_url, catalogue::not_a_base_url);
    let config = Config {
        title: reader.text("title").unwrap_or(default.title),
        language: reader.language("language").unwrap_or(default.language),
        issue_url: issue_url(&mut reader, base_url.is_some()),
        base_url,
        edit_url: reader.checked("edit_url", edit_url, catalogue::not_an_edit_url),
        publish_markdown: reader.boolean("publish_markdown").unwrap_or(default.publish_markdown),
        output: reader
            .checked("output", output, catalogue::unusable_output)
            .unwrap_or(default.output),
        theme: reader
            .checked("theme", theme_name, catalogue::unusable_theme)
            .unwrap_or(default.theme),
        logo: logo(&mut reader),
        colors: colors::read(&mut reader),
        departments: departments(&mut reader),
        unknown_references: unknown_references(&mut reader).unwrap_or(default.unknown_references),
        history: history(&mut reader),
        csv_lists: reader.boolean("csv_lists").unwrap_or(default.csv_lists),
        search: reader.boolean("search").unwrap_or(default.search),
        timeout: timeout(&mut reader).unwrap_or(default.timeout),
        rules: rules(&mut reader),
    };
    report.syntax(&parsed.errors, since, |location, message| {
        catalogue::malformed_configuration(location, message)
    });
    config
}

/// The location of the value of one of the configuration's outermost keys.
pub fn place(source: &Source, key: &str) -> Option<Location> {
    let parsed = node::toml::read(&source.text, 0);
    let value = parsed.root.get(key)?;
    Some(Location { file: source.path.clone(), span: value.span })
}

fn departments(reader: &mut Reader<'_, '_>) -> BTreeMap<String, Spanned<DepartmentConfig>> {
    let mut departments = BTreeMap::new();
    let mut names = Names::default();
    reader.tables("departments", |id, span, reader| {
        let title = reader.spanned("title");
        let aliases = reader.texts("aliases", false);
        names.add(id, id, span);
        for name in title.iter().chain(&aliases) {
            names.add(id, &name.value, name.span);
        }
        let value = DepartmentConfig {
            title: title.map(|title| title.value),
            aliases: aliases.into_iter().map(|alias| alias.value).collect(),
            owner: reader.text("owner"),
        };
        departments.insert(id.to_owned(), Spanned { value, span });
    });
    names.check(reader.report);
    departments
}

fn unknown_references(reader: &mut Reader<'_, '_>) -> Option<Severity> {
    let table = reader.table("references")?;
    let within = Within::Table("references");
    let mut reader = Reader::new(reader.report, table, REFERENCE_KEYS, within);
    reader.one_of("unknown", |word| match word {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        _ => None,
    })
}

fn history(reader: &mut Reader<'_, '_>) -> HistoryConfig {
    let default = HistoryConfig::default();
    let Some(table) = reader.table("history") else { return default };
    let mut reader = Reader::new(reader.report, table, HISTORY_KEYS, Within::Table("history"));
    HistoryConfig {
        is_enabled: reader.boolean("enabled").unwrap_or(default.is_enabled),
        since: reader.date("since"),
        branch: reader.spanned("branch"),
        tags: reader.text("tags"),
    }
}

fn timeout(reader: &mut Reader<'_, '_>) -> Option<u64> {
    let seconds = reader.spanned_integer("timeout")?;
    let timeout = u64::try_from(seconds.value).ok().filter(|timeout| TIMEOUTS.contains(timeout));
    if timeout.is_none() {
        let at = reader.report.at(seconds.span);
        reader.report.push(catalogue::unusable_timeout(at, seconds.value, &TIMEOUTS));
    }
    timeout
}

fn rules(reader: &mut Reader<'_, '_>) -> BTreeMap<String, Spanned<Option<Severity>>> {
    let mut rules = BTreeMap::new();
    let Some(table) = reader.table("rules") else { return rules };
    for entry in &table.entries {
        let title = format!("rules.{}", entry.key);
        let level = reader.word(&title, Shape::OneOf(LEVELS), &entry.value, LEVELS, level);
        if let Some(level) = level {
            let level = Spanned { value: level, span: entry.key_span };
            rules.insert(entry.key.clone().into_owned(), level);
        }
    }
    rules
}

/// A base URL without its last slash, or why it is not one.
fn base_url(url: &str) -> Result<String, &'static str> {
    let odd = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'' | '<' | '>' | '\\' | '`')
    };
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let host = rest.split('/').next().unwrap_or("");
    if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        Err("starts with neither `https://` nor `http://`")
    } else if host.is_empty() || host.contains('@') {
        Err("has no host's name behind `://`")
    } else if url.contains(['?', '#']) {
        Err("has a query or a fragment")
    } else if url.contains(odd) {
        Err("holds a blank, a quote or another character that no URL has")
    } else if rest.split('/').any(|part| part == "..") {
        Err("has `..` in it")
    } else if rest.trim_end_matches('/').contains("//") {
        // An address that begins with two slashes names a host, not a folder.
        Err("has a folder without a name, `//`")
    } else {
        Ok(url.trim_end_matches('/').to_owned())
    }
}

/// A pattern of addresses, or why it is not one.
fn edit_url(pattern: &str) -> Result<String, &'static str> {
    let (scheme, _) = pattern.split_once("://").unwrap_or(("", pattern));
    if !["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        Err("starts with neither `https://` nor `http://`")
    } else if !pattern.contains("{path}") {
        Err("has no `{path}`, the placeholder of the file")
    } else if pattern.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Err("holds a blank")
    } else {
        Ok(pattern.to_owned())
    }
}

/// The address for asking about an element. The placeholder of the element's address needs a base
/// URL.
fn issue_url(reader: &mut Reader<'_, '_>, has_base_url: bool) -> Option<String> {
    let fits = |pattern: &str| {
        let is_known = |scheme: &&str| {
            pattern.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        if !["https://", "http://", "mailto:"].iter().any(is_known) {
            Err("starts with none of `https://`, `http://` and `mailto:`")
        } else if !pattern.contains("{title}") && !pattern.contains("{url}") {
            Err("has neither `{title}` nor `{url}`, so that every question would be the same")
        } else if pattern.contains(|c: char| c.is_whitespace() || c.is_control()) {
            Err("holds a blank")
        } else if pattern.contains("{url}") && !has_base_url {
            Err("has `{url}`, and there is no `base_url` that an address could begin with")
        } else {
            Ok(pattern.to_owned())
        }
    };
    reader.checked("issue_url", fits, catalogue::not_an_issue_url)
}

/// An output folder in its simplest form, or why it is not one.
fn output(folder: &str) -> Result<String, &'static str> {
    // Files in these folders are sources; a build must never remove them.
    const SOURCES: [&str; 5] = ["content", "static", "themes", "kinds", ".git"];
    // Some disks do not distinguish upper case from lower case.
    let is_source = |part: &str| SOURCES.iter().any(|source| part.eq_ignore_ascii_case(source));
    let parts: Vec<&str> =
        folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if folder.starts_with('/') {
        Err("starts at the root of the disk")
    } else if folder.contains(['\\', ':']) || folder.contains(char::is_control) {
        Err("holds `\\`, `:` or a control character")
    } else if parts.contains(&"..") {
        Err("leaves the handbook's folder by `..`")
    } else if parts.is_empty() {
        Err("is the handbook's folder itself")
    } else if is_source(parts[0]) {
        Err("holds sources")
    } else {
        Ok(parts.join("/"))
    }
}

/// The logo as a path of the built site, if it is one and browsers show files with its extension.
fn logo(reader: &mut Reader<'_, '_>) -> Option<Spanned<String>> {
    let logo = reader.spanned("logo")?;
    let path = logo.value.trim_start_matches('/');
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let why = if path.contains("://") || path.split('/').any(|part| part == "..") {
        "not a file of the site"
    } else if !LOGO_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
        "not a picture"
    } else {
        return Some(Spanned { value: path.to_owned(), span: logo.span });
    };
    let at = reader.report.at(logo.span);
    reader.report.push(catalogue::unusable_logo(at, &logo.value, why, LOGO_ENDINGS));
    None
}

/// The name of a theme's folder.
///
/// # Errors
/// Why it cannot be one; completes "because it …".
pub fn theme_name(name: &str) -> Result<String, &'static str> {
    if name.is_empty() {
        Err("is empty")
    } else if name.starts_with('.') {
        Err("starts with a dot")
    } else if name.contains(['/', '\\', ':']) || name.contains(char::is_control) {
        Err("holds `/`, `\\`, `:` or a control character")
    } else {
        Ok(name.to_owned())
    }
}
