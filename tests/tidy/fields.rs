//! The contract with themes: the manual's list of template fields is written from the sources, and
//! its table of custom properties is that of the style sheet.

use std::collections::{BTreeSet, VecDeque};
use std::fs;

use canvasbook::theme::BUILT_IN;
use syn::Type;
use tera::{Kwargs, State, Tera, Value};

use crate::views::{self, Field, Serialised};
use crate::{differences, none, read, root};

/// The page of the manual with the list.
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

/// The type of a field in plain words; the views that it refers to are added to `next`.
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

/// The variables that every template has, with their meaning.
const EVERYWHERE: [(&str, &str); 2] = [
    ("layout", "[LayoutView](#layoutview)"),
    ("words", "the words of the interface, by key: [words](themes.md#words)"),
];

/// The page as it follows from the sources.
fn page() -> String {
    let (all, given) = (views::serialised(), views::given());
    let mut text = HEAD.to_owned();
    text.push_str("## Templates\n\n| template | is for | variables |\n|---|---|---|\n");
    let templates = BUILT_IN.iter().filter(|file| file.path.starts_with("templates/"));
    for file in templates {
        let own = given.iter().map(|(name, _)| *name).find(|name| *name == file.name());
        let variables = own.map(|own| ["layout", own, "words"].map(|name| format!("`{name}`")));
        let variables = variables
            .map_or_else(|| "those of the page that uses it".to_owned(), |names| names.join(", "));
        let (name, about) = (file.name(), cell(file.about));
        text.push_str(&format!("| `{name}.html` | {about} | {variables} |\n"));
    }
    text.push_str("\n| variable | holds |\n|---|---|\n");
    let [layout, words] = EVERYWHERE.map(|(name, holds)| format!("| `{name}` | {holds} |\n"));
    text.push_str(&layout);
    let mut next = VecDeque::from(["LayoutView".to_owned()]);
    for (name, view) in &given {
        text.push_str(&format!("| `{name}` | {} |\n", linked(view)));
        next.push_back(view.clone());
    }
    text.push_str(&words);

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

/// The templates of the built-in theme, and a further one.
fn templates(name: &str, text: &str) -> Tera {
    let files = BUILT_IN.iter().filter_map(|file| {
        let name = file.path.strip_prefix("templates/")?;
        Some((name, std::str::from_utf8(file.bytes).expect("templates are texts")))
    });
    let mut templates = Tera::default();
    templates.register_filter("safe", |value: Value, _: Kwargs, _: &State| value);
    let added = templates.add_raw_templates(files.chain([(name, text)]));
    added.expect("the built-in templates can be read");
    templates
}

/// The variables in the templates of pages that are not in the manual's list.
fn unlisted(templates: &Tera, pages: &[&str]) -> Vec<String> {
    let mut unlisted = Vec::new();
    for page in pages {
        let name = format!("{page}.html");
        let used = templates.get_template_variables(&name).expect("it is there");
        let used: BTreeSet<&str> = used.into_iter().collect();
        let is_listed =
            |used: &str| used == *page || EVERYWHERE.iter().any(|(name, _)| *name == used);
        let odd = used.into_iter().filter(|used| !is_listed(used));
        unlisted.extend(odd.map(|used| format!("{name}: {used}")));
    }
    unlisted
}

#[test]
fn templates_print_only_variables_that_are_listed() {
    let given = views::given();
    let mut pages: Vec<&str> = given.iter().map(|(name, _)| *name).collect();
    let odd =
        "{% extends \"layout.html\" %}{% block main %}{{ odd.x }}{{ told }}{% endblock main %}";
    let templates = templates("odd.html", odd);
    none("the manual's list of variables is complete", &unlisted(&templates, &pages));
    pages.push("odd");
    assert_eq!(unlisted(&templates, &pages), ["odd.html: told"], "what is not listed is found");
}

#[test]
fn every_file_of_the_built_in_theme_is_described() {
    let unfinished = BUILT_IN.iter().filter(|file| !file.about.ends_with('.'));
    let offenders: Vec<String> = unfinished.map(|file| file.path.to_owned()).collect();
    none("a sentence says what each file of the built-in theme is for", &offenders);
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
    let table = manual.split("| block | place |").nth(1).and_then(|rest| rest.split("\n\n").next());
    let rows = table.expect("the manual lists the blocks").lines();
    let listed = rows.filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
    let (no_row, no_block) = ("no row in content/manual/themes.md", "no block of layout.html");
    let mut offenders = differences(&there, no_row, &listed, no_block);
    // The addition is between existing lines.
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
