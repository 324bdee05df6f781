//! The contract with themes: the manual's list of template fields is written from the sources, and
//! its table of custom properties is that of the style sheet.

use std::collections::{BTreeSet, VecDeque};
use std::fs;

use canvasbook::theme::BUILT_IN;
use canvasbook::theme::about::{ABOUT, about};
use syn::Type;

use crate::views::{self, Field, Serialised};
use crate::{differences, none, read, root};

/// The page that is written.
const PAGE: &str = "content/manual/template-fields.md";

const HEAD: &str = "\
+++
title = \"Template fields\"
summary = \"Every template of the built-in theme, and every field that it can print.\"
canvas = false
weight = 90
+++

Templates print what canvasbook has worked out: texts, addresses, and answers to yes-or-no questions.
They never search or count. This page lists everything that they can print; it is written from the
source code of the program, so it is complete. [Themes](themes.md) says how a theme is made and what of
this stays stable.

All addresses are relative to the page that shows them. Texts are escaped when they are printed; a field
of type HTML is safe to print as it is, with `| safe`. A field that may be none is tested with
`{% if … %}` before its own fields are printed.

";

/// The type of a field in plain words; the views that it leads to are added to `next`.
fn said(field: &Field, all: &Serialised, next: &mut VecDeque<String>) -> String {
    let is_html = field.name == "html" || field.name.ends_with("_html");
    let words = type_in_words(&field.ty, all, next);
    if is_html && words == "text" { "HTML".to_owned() } else { words }
}

fn type_in_words(ty: &Type, all: &Serialised, next: &mut VecDeque<String>) -> String {
    let segment = views::last_segment(ty).expect("fields of views have plain types");
    let name = segment.ident.to_string();
    let mut inner = views::inner_types(segment)
        .into_iter()
        .map(|inner| type_in_words(inner, all, next))
        .collect::<Vec<String>>()
        .into_iter();
    let mut first = || inner.next().expect("it holds something");
    match name.as_str() {
        "String" => "text".to_owned(),
        "bool" => "yes or no".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" | "f32" | "f64" => "number".to_owned(),
        "Value" => "any value".to_owned(),
        "Option" => format!("{}, or none", first()),
        "Vec" => format!("list of {}", first()),
        "Box" | "Arc" => first(),
        "LinksHtml" => "HTML".to_owned(),
        _ => {
            if all.views.contains_key(&name) {
                next.push_back(name.clone());
                return linked(&name);
            }
            if let Some(inner) = all.transparent.get(&name) {
                return type_in_words(inner, all, next);
            }
            let words = all.words.get(&name);
            let words =
                words.unwrap_or_else(|| panic!("what templates see of `{name}` is unknown"));
            let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            quoted.join(", ")
        }
    }
}

fn linked(view: &str) -> String {
    format!("[{view}](#{})", view.to_lowercase())
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The page as the sources want it.
fn page() -> String {
    let (all, given) = (views::serialised(), views::given());
    let mut text = HEAD.to_owned();
    text.push_str("## Templates\n\n| template | is for | variables |\n|---|---|---|\n");
    let mut next = VecDeque::new();
    let everywhere: Vec<&str> = given.everywhere.iter().map(|(name, _)| name.as_str()).collect();
    for (path, _) in BUILT_IN {
        let Some(file) = path.strip_prefix("templates/") else { continue };
        let stem = file.trim_end_matches(".html");
        let own = given.own.iter().find(|(template, _)| template == stem);
        let variables = match own {
            Some((name, _)) => {
                let names = everywhere.iter().copied().chain([name.as_str(), "words"]);
                names.map(|name| format!("`{name}`")).collect::<Vec<String>>().join(", ")
            }
            None => "those of the page that uses it".to_owned(),
        };
        text.push_str(&format!("| `{file}` | {} | {variables} |\n", cell(about(path))));
    }
    for (template, _) in &given.own {
        let path = format!("templates/{template}.html");
        assert!(BUILT_IN.iter().any(|(known, _)| *known == path), "{path} does not exist");
    }
    text.push_str("\n| variable | holds |\n|---|---|\n");
    // Two kinds of page may share a template.
    let mut variables = BTreeSet::new();
    for (name, view) in given.everywhere.iter().chain(&given.own) {
        if !variables.insert(name) {
            continue;
        }
        text.push_str(&format!("| `{name}` | {} |\n", linked(view)));
        next.push_back(view.clone());
    }
    text.push_str("| `words` | the words of the interface, by key: [words](themes.md#words) |\n");

    let mut written = BTreeSet::new();
    while let Some(name) = next.pop_front() {
        if !written.insert(name.clone()) {
            continue;
        }
        let view = all.views.get(&name).unwrap_or_else(|| panic!("there is no struct `{name}`"));
        text.push_str(&format!("\n## {name}\n\n{}\n\n", view.doc));
        text.push_str("| field | type | holds |\n|---|---|---|\n");
        for field in &view.fields {
            assert!(!field.doc.is_empty(), "`{name}.{}` is not documented", field.name);
            let told = &field.told;
            assert!(told.is_none(), "`{name}.{}`: what is `{told:?}` to a template?", field.name);
            let ty = said(field, &all, &mut next);
            text.push_str(&format!("| `{}` | {ty} | {} |\n", field.name, cell(&field.doc)));
        }
    }
    text
}

#[test]
fn the_manual_lists_every_field_that_templates_see() {
    let expected = page();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(root().join(PAGE), &expected).expect("can be written");
    }
    let there = read(PAGE);
    let lines: BTreeSet<&str> = there.lines().collect();
    let wanted: BTreeSet<&str> = expected.lines().collect();
    let offenders = differences(&wanted, "is missing", &lines, "is out of date");
    let how = format!("{PAGE} is what the sources say (UPDATE_EXPECT=1 cargo test rewrites it)");
    none(&how, &offenders);
    assert_eq!(there, expected, "{how}");
}

#[test]
fn every_file_of_the_built_in_theme_is_described() {
    let files: BTreeSet<&str> = BUILT_IN.iter().map(|(path, _)| *path).collect();
    let described: BTreeSet<&str> = ABOUT.iter().map(|(path, _)| *path).collect();
    let mut offenders = differences(
        &files,
        "has no line in src/theme/about.rs",
        &described,
        "in src/theme/about.rs, but no file of the theme",
    );
    let unfinished = ABOUT.iter().filter(|(_, about)| !about.ends_with('.'));
    offenders
        .extend(unfinished.map(|(path, _)| format!("{path}: a sentence ends with a full stop")));
    none("src/theme/about.rs says what each file of the built-in theme is for", &offenders);
}

/// The custom properties that a style sheet's first rule for `:root` defines.
fn tokens(style: &str) -> BTreeSet<&str> {
    let (_, rule) = style.split_once(":root {").expect("the style sheet defines its tokens");
    let (rule, _) = rule.split_once('}').expect("a rule ends");
    let names = rule.split(';').filter_map(|declaration| declaration.trim().split_once(':'));
    names.map(|(name, _)| name).filter(|name| name.starts_with("--")).collect()
}

#[test]
fn the_manual_and_the_style_sheet_name_the_same_custom_properties() {
    let (style, manual) =
        (read("themes/default/assets/style.css"), read("content/manual/themes.md"));
    let rows = manual.lines().filter(|line| line.starts_with("| `--"));
    // A row may name several: `--space-1` … `--space-8` each in backticks.
    let named: BTreeSet<&str> = rows
        .flat_map(|row| row.split('|').nth(1).unwrap_or("").split('`').skip(1).step_by(2))
        .collect();
    let defined = tokens(&style);
    assert!(defined.len() > 10, "the tokens are found: {defined:?}");
    let offenders = differences(
        &defined,
        "no row in content/manual/themes.md",
        &named,
        "in content/manual/themes.md, but not in :root of style.css",
    );
    none("the custom properties of the theme are documented", &offenders);
}

#[test]
fn the_manual_shows_the_frame_as_it_is() {
    let frame = read("themes/default/templates/layout.html");
    let manual = read("content/manual/themes.md");
    let blocks =
        frame.split("{%").filter_map(|tag| tag.trim_start_matches('-').strip_prefix(" block "));
    let there: BTreeSet<&str> = blocks.filter_map(|name| name.split(' ').next()).collect();
    let table =
        manual.split("| block | stands |").nth(1).and_then(|rest| rest.split("\n\n").next());
    let rows = table.expect("the manual lists the blocks").lines();
    let listed = rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
    let (no_row, no_block) = ("no row in content/manual/themes.md", "no block of layout.html");
    let mut offenders = differences(&there, no_row, &listed, no_block);
    // What is added stands between lines that are there.
    for (added, beside) in [("<span>Internal", &[-1, 1][..]), ("assets/house.css", &[-1])] {
        let lines: Vec<&str> = manual.lines().collect();
        let is_added = |line: &&str| line.starts_with('<') && line.contains(added);
        let at = lines.iter().position(is_added).expect("the manual shows the line");
        let lines = beside.iter().map(|by| lines[at.saturating_add_signed(*by)]);
        let odd = lines.filter(|line| !frame.lines().any(|there| there == *line));
        offenders.extend(odd.map(|line| format!("no line of layout.html: {line}")));
    }
    none("the manual shows the frame of all pages as it is", &offenders);
}
