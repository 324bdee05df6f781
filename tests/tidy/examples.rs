//! The examples of the manual do what the manual claims.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use canvasbook::check::{Diagnostics, Rules};
use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::date::Date;
use canvasbook::diagnostic::{Diagnostic, Severity};
use canvasbook::edge::report;
use canvasbook::edge::terminal::{self, Drawing};
use canvasbook::kind::Kinds;
use canvasbook::source::{Source, SourcePath};
use canvasbook::view::edition::PageKind;
use canvasbook::view::export::Export;
use canvasbook::view::pages::PAGES;
use canvasbook::{config, front_matter, parse};
use serde_json::Value;

use crate::{differences, files, history, none, read, root};

/// The path of the canvas of the five-minute start.
const KIOSK: &str = "content/retail/kiosk.md";

/// A fenced example.
struct Example {
    /// The heading above it, without marks.
    section: String,
    /// Its language.
    language: String,
    /// Its text.
    text: String,
    /// Its page and line, for messages.
    place: String,
}

/// The examples of a page of the manual.
fn examples(page: &str) -> Vec<Example> {
    let (mut found, mut section, mut open) = (Vec::new(), String::new(), None::<Example>);
    for (number, line) in read(page).lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(language)) => {
                open = Some(Example {
                    section: section.clone(),
                    language: language.to_owned(),
                    text: String::new(),
                    place: format!("{page}:{}", number + 1),
                });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(example), None) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, None) if line.starts_with('#') => {
                line.trim_start_matches('#').trim().clone_into(&mut section);
            }
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{page}: a fence is never closed");
    found
}

/// The pages of the manual.
fn pages() -> Vec<String> {
    files("content/manual").into_iter().filter(|path| path.ends_with(".md")).collect()
}

/// Examples of sound files: all except those of the page about diagnostics.
fn sound() -> impl Iterator<Item = Example> {
    let pages = pages().into_iter().filter(|page| !page.ends_with("/diagnostics.md"));
    pages.flat_map(|page| examples(&page))
}

/// A handbook of these documents.
fn handbook(documents: &[(&str, &str)]) -> Inputs {
    let documents = documents.iter().map(|(path, text)| (SourcePath::new(*path), (*text).into()));
    Inputs { documents: documents.collect(), ..Inputs::default() }
}

/// A handbook of one document, compiled.
fn compiled(text: &str) -> Compiled {
    compile(&handbook(&[(KIOSK, text)]), &mut Memo::default())
}

/// A piece of a canvas, completed to a canvas.
fn whole(piece: &str) -> String {
    if piece.starts_with("+++") {
        return piece.to_owned();
    }
    let above = match piece {
        _ if piece.starts_with("- ") => "## Key Activities\n\n### Production\n\n",
        _ if piece.starts_with("### ") => "## Key Activities\n\n",
        _ => "",
    };
    let below = "## Customer Relationships\n\n- **Named account manager**\n";
    format!("+++\ncanvas = true\n+++\n\n{above}{piece}\n{below}")
}

/// The messages of diagnostics, with the place of the example that they are about.
fn told(example: &Example, diagnostics: &[Diagnostic]) -> Vec<String> {
    let told = |one: &Diagnostic| format!("{}: {}: {}", example.place, one.code, one.message);
    diagnostics.iter().map(told).collect()
}

/// The canvas of the five-minute start.
fn kiosk() -> String {
    let found = examples("content/manual/index.md").into_iter();
    let mut found = found.filter(|example| example.text.starts_with("+++"));
    found.next().expect("the five-minute start shows a canvas").text
}

/// The kiosk with a slip, `wrong` in the place of the last `right`, and the errors that it causes.
fn slip(right: &str, wrong: &str) -> (String, Vec<Diagnostic>) {
    let text = kiosk();
    let at = text.rfind(right).expect("the kiosk says what the slip spoils");
    let text = format!("{}{wrong}{}", &text[..at], &text[at + right.len()..]);
    let diagnostics: Vec<Diagnostic> = compiled(&text).diagnostics.errors().cloned().collect();
    assert_eq!(diagnostics.len(), 1, "one slip is one error");
    (text, diagnostics)
}

/// A canvas with one filled block, and the findings of `empty-block` in it.
fn empty_blocks() -> (String, Vec<Diagnostic>) {
    let labels = ["Value Propositions", "Customer Segments", "Channels", "Revenue Streams"];
    let text =
        labels.map(|label| format!("## {label}\n\n")).concat() + "## Key Partners\n\n- Mill\n";
    let compiled = compiled(&text);
    let found = compiled.diagnostics.iter().filter(|it| it.code == "empty-block").cloned();
    (text, found.collect())
}

/// Whether a page contains this text in a fence.
fn shows(page: &str, text: &str) -> bool {
    examples(page).iter().any(|example| example.text.trim_end() == text.trim_end())
}

#[test]
fn whole_canvases_compile_without_a_warning() {
    let mut offenders = Vec::new();
    let mut count = 0;
    // The canvas on that page is of a kind that the page describes; another test builds it with that
    // kind.
    let is_elsewhere = |example: &Example| example.place.starts_with("content/manual/kinds.md");
    let canvases = sound().filter(|example| example.text.starts_with("+++\n"));
    for example in canvases.filter(|example| !is_elsewhere(example)) {
        count += 1;
        let compiled = compiled(&example.text);
        let grave = compiled.diagnostics.iter().filter(|it| it.severity > Severity::Advice);
        let diagnostics: Vec<Diagnostic> = grave.cloned().collect();
        offenders.extend(told(&example, &diagnostics));
    }
    assert!(count >= 2, "the manual shows whole canvases");
    none("a whole canvas in the manual compiles without errors and warnings", &offenders);
}

#[test]
fn pieces_of_canvases_can_be_read() {
    let mut offenders = Vec::new();
    for example in sound().filter(|example| example.language == "markdown") {
        let mut diagnostics = Vec::new();
        let source = Source::new(KIOSK, whole(&example.text));
        parse::document(&source, &Kinds::built_in(), &mut diagnostics);
        offenders.extend(told(&example, &diagnostics));
    }
    none("a piece of a canvas in the manual is read without a diagnostic", &offenders);
}

#[test]
fn settings_are_sound() {
    let pages = [("configuration", true), ("publishing", true), ("key-activities", true)];
    let pages = pages.into_iter().chain([("format", false), ("git", false)]);
    let mut offenders = Vec::new();
    for (page, is_configuration) in pages {
        let examples = examples(&format!("content/manual/{page}.md"));
        for example in examples.into_iter().filter(|example| example.language == "toml") {
            let mut diagnostics = Vec::new();
            if is_configuration {
                config::read(&Source::new("canvasbook.toml", &*example.text), &mut diagnostics);
            } else {
                let text = format!("+++\n{}+++\n", example.text);
                let source = Source::new(KIOSK, text);
                front_matter::read(&source, &Kinds::built_in(), &mut diagnostics);
            }
            offenders.extend(told(&example, &diagnostics));
        }
    }
    none("settings in the manual are read without a diagnostic", &offenders);
}

#[test]
fn yaml_and_json_can_be_read() {
    let mut offenders = Vec::new();
    for example in pages().iter().flat_map(|page| examples(page)) {
        let fault = match &*example.language {
            "yaml" => saphyr_parser::Parser::new_from_str(&example.text)
                .find_map(Result::err)
                .map(|error| error.to_string()),
            "json" => serde_json::from_str::<Value>(&example.text).err().map(|e| e.to_string()),
            _ => None,
        };
        offenders.extend(fault.map(|fault| format!("{}: {fault}", example.place)));
    }
    none("YAML and JSON in the manual follow the rules of their languages", &offenders);
}

#[test]
fn each_example_of_a_diagnostic_causes_it() {
    let mut offenders = Vec::new();
    let mut count = 0;
    for example in examples("content/manual/diagnostics.md") {
        let Some(code) = example.section.strip_prefix('`').and_then(|s| s.strip_suffix('`')) else {
            continue;
        };
        let codes = match &*example.language {
            "toml" => from_settings(code, &example.text),
            "markdown" => from_document(&example.text),
            "html" => from_template(&example.text),
            "text" if example.text.starts_with("content/") => from_paths(&example.text),
            // Printed output, or a command that makes such a file.
            _ => continue,
        };
        count += 1;
        if !codes.contains(code) {
            offenders.push(format!("{}: {code} is not among {codes:?}", example.place));
        }
    }
    assert!(count > 30, "most diagnostics have an example that can be tried: {count}");
    none("an example in content/manual/diagnostics.md causes what it stands below", &offenders);
}

fn codes(diagnostics: &Diagnostics) -> BTreeSet<String> {
    diagnostics.iter().map(|diagnostic| diagnostic.code.to_string()).collect()
}

/// The codes that settings cause: in front matter if that has such keys, else in the configuration.
fn from_settings(code: &str, text: &str) -> BTreeSet<String> {
    let document = whole("").replace("canvas = true\n", text);
    let found = codes(&compiled(&document).diagnostics);
    let is_foreign = !found.contains(code) && found.contains("unknown-key");
    if !is_foreign && code != "malformed-configuration" {
        return found;
    }
    let mut inputs = handbook(&[(KIOSK, &kiosk())]);
    inputs.config = Some(Source::new("canvasbook.toml", text));
    codes(&compile(&inputs, &mut Memo::default()).diagnostics)
}

/// The codes that a piece of a canvas causes, beside a draft that it may refer to.
fn from_document(piece: &str) -> BTreeSet<String> {
    let draft = "+++\ntitle = \"The second roastery\"\ndraft = true\n+++\n";
    let text = whole(piece);
    let mut inputs = handbook(&[("content/a.md", &text), ("content/second-roastery.md", draft)]);
    inputs.today = Some(Date::constant(2026, 11, 15));
    codes(&compile(&inputs, &mut Memo::default()).diagnostics)
}

/// The codes that files at these paths cause.
fn from_paths(paths: &str) -> BTreeSet<String> {
    let documents: Vec<(&str, &str)> = paths.lines().map(|path| (path, "# Page\n")).collect();
    codes(&compile(&handbook(&documents), &mut Memo::default()).diagnostics)
}

/// The codes that a template for canvases causes once a canvas is rendered with it.
fn from_template(text: &str) -> BTreeSet<String> {
    let mut inputs = handbook(&[(KIOSK, &kiosk())]);
    "default".clone_into(&mut inputs.theme.name);
    let template: Arc<[u8]> = text.as_bytes().into();
    inputs.theme.files = BTreeMap::from([("templates/canvas.html".to_owned(), template)]);
    let compiled = compile(&inputs, &mut Memo::default());
    let pages = compiled.site.values().filter_map(|output| match output {
        Output::Page(key) => compiled.render(*key).err(),
        _ => None,
    });
    pages.map(|diagnostic| diagnostic.code.to_string()).collect()
}

#[test]
fn what_check_prints_is_what_the_manual_shows() {
    let mut offenders = Vec::new();
    let mut hold = |page: &str, text: &str| {
        let page = format!("content/manual/{page}.md");
        if !shows(&page, text) {
            offenders.push(format!("{page} does not show:\n{text}"));
        }
    };
    let drawn = |(text, diagnostics): &(String, Vec<Diagnostic>)| {
        let drawing = Drawing { colour: false, width: 100, limit: 1 };
        let drawn = terminal::draw(
            &diagnostics.iter().collect::<Vec<_>>(),
            &Rules::built_in(),
            &|_| Some(text),
            drawing,
        );
        drawn.rsplit_once("\n\n").map_or(drawn.clone(), |(message, _)| message.to_owned())
    };
    let reference = slip("#commuters", "#comuters");
    hold("index", &drawn(&reference));
    hold("diagnostics", &drawn(&reference));
    hold("publishing", &report::github(&[&reference.1[0]], &|_| Some(&reference.0), ""));
    let category = slip("category=production", "category=productoin");
    hold("commands", &drawn(&category));
    hold("commands", &drawn(&empty_blocks()));
    hold("commands", &report::json(&[&category.1[0]], &|_| Some(&category.0)));
    none("the manual shows what the program prints, to the letter", &offenders);
}

#[test]
fn the_export_holds_what_the_manual_shows_of_it() {
    let shown = examples("content/manual/commands.md").into_iter();
    let mut shown = shown
        .filter(|example| example.section == "`canvasbook export`" && example.language == "json");
    let shown = shown.next().expect("the manual shows an export").text;
    let shown: Value = serde_json::from_str(&shown).expect("it is JSON");
    let exported =
        serde_json::to_value(Export::of(&compiled(&kiosk()).edition)).expect("it is data");
    assert!(holds(&exported, &shown), "the export of the kiosk has other values:\n{exported:#}");
}

#[test]
fn the_list_of_reviews_is_the_example_handbooks() {
    let mut offenders = Vec::new();
    let mut count = 0;
    for example in examples("content/manual/git.md") {
        for line in example.text.lines() {
            let [reviewed, review_every, path] = line.split('\t').collect::<Vec<_>>()[..] else {
                continue;
            };
            count += 1;
            let text = read(path).replace('"', "");
            let says = |key: &str, value: &str| text.contains(&format!("\n{key} = {value}\n"));
            if !says("reviewed", reviewed) || !says("review_every", review_every) {
                offenders.push(line.to_owned());
            }
        }
    }
    assert!(count > 0, "the manual shows a list of reviews");
    none("the list of reviews in content/manual/git.md says what the canvases say", &offenders);
}

/// Whether `all` contains everything in `shown`; it may contain more.
fn holds(all: &Value, shown: &Value) -> bool {
    match (all, shown) {
        (Value::Object(all), Value::Object(shown)) => {
            shown.iter().all(|(key, value)| all.get(key).is_some_and(|all| holds(all, value)))
        }
        (Value::Array(all), Value::Array(shown)) => {
            shown.iter().all(|value| all.iter().any(|all| holds(all, value)))
        }
        _ => all == shown,
    }
}

#[test]
fn the_policy_is_the_one_that_pages_are_tested_under() {
    let server = read("tests/browser/server.js");
    let policy = server.split('"').find(|text| text.starts_with("default-src"));
    let policy = policy.expect("the browser's tests serve pages under a policy");
    let manual = read("content/manual/publishing.md");
    let with_policy = manual.lines().filter(|line| line.contains("default-src"));
    let (with, without): (Vec<&str>, Vec<&str>) =
        with_policy.partition(|line| line.contains(policy));
    assert!(with.len() >= 4 && without.is_empty(), "`{policy}` is not in: {without:#?}");
}

/// The form of the path of a page or file, as the manual writes it.
fn kind_of_place(path: &str) -> String {
    match path.rsplit_once('/') {
        None => path.to_owned(),
        Some(("retail", "index.html")) => "<folder>/index.html".to_owned(),
        Some(("retail", name)) => {
            let (_, ending) = name.split_once('.').unwrap_or_default();
            format!("<folder>/<name>.{ending}")
        }
        Some((_, "index.html")) => path.to_owned(),
        Some((_, name)) if name.ends_with(".ics") || name.ends_with(".xml") => path.to_owned(),
        Some(("gaps", _)) => path.to_owned(),
        Some((folder, _)) if folder.starts_with("comparisons/") => {
            let folder: Vec<&str> = folder.split('/').take(2).collect();
            format!("{}/<canvas>.html", folder.join("/"))
        }
        Some(("assets/search", _)) => path.replace("-1.js", "-0.js").replace("-2.js", "-0.js"),
        Some((folder, name)) if name.ends_with(".csv") => format!("{folder}/<id>.csv"),
        Some((folder, _)) => format!("{folder}/<id>.html"),
    }
}

/// A handbook that has a page of every kind.
pub fn every_sort() -> Compiled {
    let said = "owner = \"Retail Manager\"\ntags = [\"coffee\"]\naliases = [\"stand\"]\n\
                reviewed = 2026-09-30\nreview_every = \"6 months\"\nstage =";
    let kiosk = kiosk().replacen("stage =", said, 1);
    let scenario = kiosk.replacen("stage =", "based_on = \"kiosk.md\"\nstage =", 1);
    let beside = kiosk.replacen("stage =", "compare_with = \"kiosk.md\"\nstage =", 1);
    let without_alias = |text: String| text.replace("aliases = [\"stand\"]\n", "");
    let mut inputs = handbook(&[
        (KIOSK, &kiosk),
        ("content/retail/plan.md", &without_alias(scenario)),
        ("content/retail/twin.md", &without_alias(beside)),
        ("content/retail/rules.md", "# Rules\n"),
    ]);
    let base = "base_url = \"https://example.org\"
publish_markdown = true
csv_lists = true
";
    inputs.config = Some(Source::new("canvasbook.toml", base));
    inputs.history = Some(Arc::new(history::of(&inputs.documents, 3)));
    let compiled = compile(&inputs, &mut Memo::default());
    let made: BTreeSet<&str> =
        compiled.site.values().filter_map(kind).map(|kind| kind.id).collect();
    let missing: Vec<&str> =
        PAGES.iter().map(|kind| kind.id).filter(|kind| !made.contains(kind)).collect();
    assert!(missing.is_empty(), "let this handbook have a page of each kind: {missing:?}");
    compiled
}

/// The kind of a page or of a file for programs; `None` for anything else.
fn kind(output: &Output) -> Option<&'static PageKind> {
    match output {
        Output::Page(key) | Output::Data(key) => Some(key.kind()),
        Output::File(_) | Output::Asset(_) => None,
    }
}

#[test]
fn every_sort_of_page_is_explained() {
    let compiled = every_sort();
    // Redirects are wherever authors want them.
    let is_place = |output: &Output| kind(output).is_some_and(|kind| kind.id != "redirect");
    let made = compiled.site.iter().filter(|(_, output)| is_place(output));
    let made: BTreeSet<String> = made.map(|(path, _)| kind_of_place(path.as_str())).collect();
    // A path has a cell of a table to itself; numbers of further pages are left out.
    let manual = read("content/manual/pages.md");
    let cells =
        manual.lines().filter(|line| line.starts_with("| ")).flat_map(|row| row.split(" | "));
    let cells = cells.filter_map(|cell| cell.trim_matches([' ', '|']).strip_prefix('`'));
    let places = cells.filter_map(|cell| cell.strip_suffix('`'));
    let explained: BTreeSet<&str> = places.filter(|place| !place.ends_with("/2.html")).collect();
    let offenders = differences(
        &made.iter().map(String::as_str).collect(),
        "made, but not in a table of content/manual/pages.md",
        &explained,
        "in content/manual/pages.md, but not made",
    );
    none("the manual explains every sort of page", &offenders);
}

/// The pages that the tests in a browser open: the first of each kind and list of the example handbook.
const OPENED: &str = "tests/browser/pages.json";

#[test]
fn the_browser_opens_a_page_of_every_kind() {
    let mut inputs = handbook(&[]);
    inputs.config = Some(Source::new("canvasbook.toml", read("canvasbook.toml").as_str()));
    let (documents, files): (Vec<String>, Vec<String>) =
        ["content", "static"].into_iter().flat_map(files).partition(|path| path.ends_with(".md"));
    inputs.files = files.into_iter().map(SourcePath::new).collect();
    let kinds = crate::files("kinds").into_iter();
    inputs.kinds = kinds.map(|path| Source::new(path.as_str(), read(&path))).collect();
    inputs.documents =
        documents.iter().map(|path| (SourcePath::new(path.as_str()), read(path).into())).collect();
    let compiled = compile(&inputs, &mut Memo::default());
    let mut first = BTreeMap::new();
    for (path, output) in compiled.site.iter() {
        // Pages that are not for visitors have checks of their own.
        if let Output::Page(key) = output
            && key.kind().is_visited
        {
            first.entry((key.kind().id, key.at.list)).or_insert(path.as_str());
        }
    }
    let mut pages: Vec<&str> = first.into_values().collect();
    pages.sort_unstable();
    let expected = serde_json::to_string_pretty(&pages).expect("paths are JSON") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(root().join(OPENED), &expected).expect("can be written");
    }
    assert_eq!(read(OPENED), expected, "UPDATE_EXPECT=1 cargo test rewrites {OPENED}");
}
