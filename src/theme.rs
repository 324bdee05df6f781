//! The theme: templates, interface words and assets; the built-in ones, overridden file by file.

mod chains;
mod colours;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use tera::{ErrorKind, Kwargs, State, Tera, Value};

use crate::compact;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::Kinds;
use crate::node::reader::SchemeColors;
use crate::source::{Returns, SourcePath, Span, with_line_feeds};
use crate::view::edition::{Content, ThemeFile, theme_file};
use crate::view::pages::PAGES;
use crate::view::words::{Speech, Vocabulary, Words};

pub(crate) use colours::{STYLE, both};

/// The style sheet of pages that look into canvases or compare them.
pub(crate) const ANALYSIS: &str = "assets/analysis.css";

/// The files of the built-in theme that are not the template of a kind of page. `tests/tidy.rs` checks
/// that no file of `themes/default/` is missing.
const OTHERS: &[ThemeFile] = &[
    theme_file!(
        "assets/analysis.css",
        "Styles of pages that look into canvases: gaps, coverage, threads."
    ),
    theme_file!(
        "assets/icon.svg",
        "The sign in the browser's tab, where the handbook has no logo."
    ),
    theme_file!(
        "assets/lists.js",
        "Sorts and filters the rows of lists and indexes; pages work without it."
    ),
    theme_file!(
        "assets/pages.css",
        "Styles of every page but a canvas: lists, written text, code."
    ),
    theme_file!(
        "assets/present.css",
        "Styles of a canvas that is presented; loaded with present.js."
    ),
    theme_file!(
        "assets/present.js",
        "Presents a canvas block by block; loaded when somebody wants to."
    ),
    theme_file!(
        "assets/script.js",
        "Keeps the chosen colour scheme and copies links of headings; pages work without it."
    ),
    theme_file!("assets/search.css", "Styles of what is searched for; loaded with search.js."),
    theme_file!("assets/search.js", "Searches the handbook; loaded when somebody wants to."),
    theme_file!(
        "assets/style.css",
        "Styles of every page: colours, type, the frame, the poster, print."
    ),
    theme_file!(
        "templates/components.html",
        "Small parts that several templates use: links, badges, lists."
    ),
    theme_file!(
        "templates/kinds.html",
        "The page of a kind of canvas: its empty form, then what list.html has."
    ),
    theme_file!(
        "templates/layout.html",
        "What every page has around its content: head, header, footer."
    ),
    theme_file!("templates/poster.html", "The poster of a canvas; canvas.html includes it."),
    theme_file!("words/de.toml", "The words that pages add to what authors write, in German."),
    theme_file!("words/en.toml", "The words that pages add to what authors write, in English."),
    theme_file!("words/es.toml", "The words that pages add to what authors write, in Spanish."),
    theme_file!("words/fr.toml", "The words that pages add to what authors write, in French."),
];

/// The built-in theme, sorted by path.
pub static BUILT_IN: LazyLock<Vec<ThemeFile>> = LazyLock::new(|| {
    let templates = PAGES.iter().filter_map(|kind| match kind.content {
        Content::Page { template, .. } => Some(template),
        Content::Data(_) => None,
    });
    let mut files: Vec<ThemeFile> = OTHERS.iter().copied().chain(templates).collect();
    files.sort_by_key(|file| file.path);
    // Two kinds of page may share a template.
    files.dedup_by_key(|file| file.path);
    files
});

/// The theme that exists without a folder of its own.
pub const BUILT_IN_THEME: &str = "default";

/// The files of a theme in the handbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ThemeFiles {
    /// The theme's name: a folder of `themes/`.
    pub name: String,
    /// The files by their path in that folder.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

/// A theme ready to render with.
#[derive(Debug)]
pub struct Theme {
    /// The compiled templates, by their path below `templates/`.
    pub(crate) templates: Tera,
    /// The interface words of all languages.
    pub words: Vocabulary,
    /// The interface words as templates see them.
    word_values: BTreeMap<Speech, Value>,
    /// The assets by their path in the theme: `assets/style.css`.
    pub assets: BTreeMap<String, Cow<'static, [u8]>>,
    /// The folder with the overriding files, and which templates are overridden.
    folder: String,
    /// The text of every template by its path in the theme.
    texts: BTreeMap<String, Arc<str>>,
    overridden: std::collections::BTreeSet<String>,
}

/// Assembles a theme. Errors in templates or words are added to `diagnostics`, and the built-in
/// file is used instead.
pub fn load(files: &ThemeFiles, diagnostics: &mut Vec<Diagnostic>) -> Theme {
    let mut theme = Theme {
        templates: engine(),
        words: Vocabulary::default(),
        word_values: BTreeMap::new(),
        assets: BTreeMap::new(),
        folder: format!("themes/{}", files.name),
        texts: BTreeMap::new(),
        overridden: files.files.keys().cloned().collect(),
    };
    let built_in = BUILT_IN.iter().map(|file| (file.path.to_owned(), Cow::Borrowed(file.bytes)));
    let own = files.files.iter().map(|(path, bytes)| (path.clone(), Cow::Owned(bytes.to_vec())));
    let mut all: BTreeMap<String, Cow<'static, [u8]>> = built_in.collect();
    all.extend(own);
    for (path, bytes) in all {
        match path.split('/').next() {
            Some("templates" | "words") => match std::str::from_utf8(&bytes) {
                Ok(text) => {
                    theme.texts.insert(path, text.into());
                }
                Err(error) => {
                    let file = SourcePath::new(format!("{}/{path}", theme.folder));
                    let at = error.valid_up_to();
                    let place = Span::new(at, at);
                    diagnostics.push(catalogue::not_utf8(&file, place, bytes[at]));
                }
            },
            Some("assets") => {
                let bytes = match std::str::from_utf8(&bytes) {
                    Ok(text) if path.ends_with(".css") => {
                        Cow::Owned(compact::css(&with_line_feeds(text)).into_bytes())
                    }
                    Ok(text) if path.ends_with(".js") => {
                        let text = with_line_feeds(text);
                        Cow::Owned(compact::js(&text).into_owned().into_bytes())
                    }
                    Ok(text) if is_text(&path) && text.contains('\r') => {
                        Cow::Owned(with_line_feeds(text).into_owned().into_bytes())
                    }
                    _ => bytes,
                };
                theme.assets.insert(path, bytes);
            }
            // A theme's own notes and licence are not published.
            _ => {}
        }
    }
    theme.read_words(diagnostics);
    theme.read_templates(diagnostics);
    theme
}

impl Theme {
    /// Puts the colours of the configuration, which is `file`, before those of the style sheet.
    pub(crate) fn paint(
        &mut self,
        colors: &BTreeMap<&'static str, SchemeColors>,
        file: &SourcePath,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let Some(style) = self.assets.get_mut(STYLE) else { return };
        let Ok(text) = std::str::from_utf8(style) else { return };
        let overriding = colours::overriding(colors, text, file, diagnostics);
        style.to_mut().extend(overriding.bytes());
    }

    /// Says which colours that the handbook's kinds have of their own are hard to read or to tell apart.
    pub(crate) fn check_areas(
        &self,
        kinds: &Kinds,
        colors: &BTreeMap<&'static str, SchemeColors>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let style = self.assets.get(STYLE).map_or(&[][..], |style| style);
        colours::check(kinds, colors, &String::from_utf8_lossy(style), diagnostics);
    }

    fn read_words(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let mut languages: BTreeMap<String, Words> = BTreeMap::new();
        for ThemeFile { path, bytes, .. } in BUILT_IN.iter() {
            let text = std::str::from_utf8(bytes).ok();
            let words = text.and_then(|text| Words::parse(text).ok());
            if let (Some(lang), Some(words)) = (language_of(path), words) {
                languages.insert(lang.to_ascii_lowercase(), words);
            }
        }
        for (path, text) in self.texts.iter().filter(|(path, _)| self.overridden.contains(*path)) {
            let Some(lang) = language_of(path) else { continue };
            match Words::parse(text) {
                Ok(own) => languages.entry(lang.to_ascii_lowercase()).or_default().extend(own),
                Err((span, message)) => {
                    diagnostics.push(self.error(path, span, &message, &[]));
                }
            }
        }
        self.words = Vocabulary::new(&languages);
        let values = self.words.all();
        self.word_values = values
            .map(|words| (words.speech().clone(), Value::from_serializable(&words)))
            .collect();
    }

    /// Words as templates see them.
    pub(crate) fn words_value(&self, words: &Words) -> Value {
        self.word_values.get(words.speech()).cloned().unwrap_or_else(Value::none)
    }

    fn read_templates(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let templates = || {
            let texts = self.texts.iter();
            texts.filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, &**text)))
        };
        if let Some(flaw) = chains::flaw(templates()) {
            let path = format!("templates/{}", flaw.template);
            diagnostics.push(self.error(&path, flaw.span, &flaw.message, &[]));
            return;
        }
        let templates = templates().map(|(name, text)| (name, with_line_feeds(text)));
        let result = self.templates.add_raw_templates(templates);
        if let Err(error) = result {
            match error.kind() {
                ErrorKind::Msg(reports) => diagnostics.extend(self.reported(reports)),
                _ => diagnostics.push(self.diagnostic(&error, "layout.html")),
            }
            self.templates = engine();
        }
    }

    /// The diagnostics in a report of the engine about several templates. It is one text of drawn
    /// reports, of which only the message and the place are needed:
    ///
    /// ```text
    /// error: Unknown filter `uper`
    ///  --> canvas.html:1:23
    /// ```
    fn reported(&self, reports: &str) -> Vec<Diagnostic> {
        let lines: Vec<&str> = reports.lines().collect();
        let told = lines.windows(2).filter_map(|pair| {
            let message = pair[0].strip_prefix("error: ")?;
            let (place, column) = pair[1].trim_start().strip_prefix("--> ")?.rsplit_once(':')?;
            let (name, line) = place.rsplit_once(':')?;
            let path = format!("templates/{name}");
            let text = self.texts.get(&path)?;
            let before = text.split_inclusive('\n').take(line.parse::<usize>().ok()? - 1);
            let start = before.map(str::len).sum::<usize>();
            let columns = text[start..].chars().take(column.parse::<usize>().ok()? - 1);
            let at = start + columns.map(char::len_utf8).sum::<usize>();
            Some(self.error(&path, Span::new(at, at), message, &[]))
        });
        let told: Vec<Diagnostic> = told.collect();
        if told.is_empty() {
            return vec![self.error("templates/layout.html", Span::default(), reports, &[])];
        }
        told
    }

    /// The handbook's own file at a theme's path; `None` if it is one of the built-in theme.
    pub(crate) fn own_file(&self, path: &str) -> Option<SourcePath> {
        self.overridden.contains(path).then(|| self.file(path))
    }

    /// The file that a theme's path means to the user.
    fn file(&self, path: &str) -> SourcePath {
        let folder =
            if self.overridden.contains(path) { self.folder.as_str() } else { "themes/default" };
        SourcePath::new(format!("{folder}/{path}"))
    }

    /// The file of a template: `canvas.html`.
    pub(crate) fn template_file(&self, name: &str) -> SourcePath {
        self.file(&format!("templates/{name}"))
    }

    /// The text of a template or of a file of words, by the file that diagnostics name. A file of
    /// the handbook that could not be read has none, although the built-in one takes its place.
    pub fn text(&self, file: &SourcePath) -> Option<&str> {
        let path = file.as_str();
        let own = path.strip_prefix(self.folder.as_str());
        let own = own.filter(|own| self.overridden.contains(own.trim_start_matches('/')));
        let path = own.or_else(|| path.strip_prefix("themes/default"))?;
        self.texts.get(path.trim_start_matches('/')).map(|text| &**text)
    }

    /// The diagnostic for an error of the template engine; `template` is that of the page, in case
    /// the error names none.
    pub(crate) fn diagnostic(&self, error: &tera::Error, template: &str) -> Diagnostic {
        let (name, span, message) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                let text = self.texts.get(&format!("templates/{}", report.filename()));
                let returns = Returns::of(text.map_or("", |text| text));
                let span = Span::new(returns.offset(range.start), returns.offset(range.end));
                (report.filename(), span, in_order(report.message()))
            }
            ErrorKind::MissingParent { current, .. } => {
                (current.as_str(), Span::default(), error.to_string())
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                (tpl.as_str(), Span::default(), error.to_string())
            }
            _ => (template, Span::default(), error.to_string()),
        };
        let name = if name.is_empty() { template } else { name };
        // The engine lists the existing names after the sentence about the missing one.
        let (message, available) = message.split_once(" Available ").unwrap_or((&message, ""));
        let available = available.split_once(": ").map_or("", |(_, names)| names);
        let fields: Vec<&str> = available.split(", ").filter(|name| !name.is_empty()).collect();
        self.error(&format!("templates/{name}"), span, message.trim_end_matches('.'), &fields)
    }

    /// The diagnostic for the file at a theme's path; `fields` are those that exist where it failed.
    fn error(&self, path: &str, span: Span, message: &str, fields: &[&str]) -> Diagnostic {
        let has_fallback = BUILT_IN.iter().any(|file| file.path == path);
        catalogue::template_error(&self.file(path), span, message, fields, has_fallback)
    }
}

/// The engine's sentence on unknown arguments with these sorted: it names them in the order of a hash, so
/// that two builds would differ.
fn in_order(message: &str) -> String {
    let list = message.strip_prefix("Unknown argument(s) ");
    let Some((list, rest)) = list.and_then(|list| list.split_once(" in component call")) else {
        return message.to_owned();
    };
    let mut names: Vec<&str> = list.split(", ").collect();
    names.sort_unstable();
    format!("Unknown argument(s) {} in component call{rest}", names.join(", "))
}

/// Whether a file of a theme is a text, which must be UTF-8: pictures and fonts are bytes.
pub fn is_text(path: &str) -> bool {
    const TEXTS: [&str; 9] = ["html", "xml", "txt", "css", "js", "json", "svg", "ics", "toml"];
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| TEXTS.iter().any(|text| text.eq_ignore_ascii_case(extension)))
}

/// A template engine without templates.
fn engine() -> Tera {
    let mut engine = Tera::default();
    // The engine's own filter copies the text, and most of a page goes through it.
    engine.register_filter("safe", |value: Value, _: Kwargs, _: &State| value.mark_safe());
    engine
}

/// The language of a file of words: `words/de-AT.toml`.
fn language_of(path: &str) -> Option<&str> {
    path.strip_prefix("words/")?.strip_suffix(".toml")
}
