//! A theme that is wrong is reported like any other source: file, line, column and what would be
//! right.

use expect_test::{Expect, expect};

use crate::handbook::Handbook;

const CONFIG: &str = "theme = \"ours\"\n";

/// Builds a sound handbook, then again with a theme that has one template.
#[track_caller]
fn check(template: &str, text: impl AsRef<[u8]>, stderr: Expect) {
    Handbook::built()
        .file("canvasbook.toml", CONFIG)
        .file(&format!("themes/ours/templates/{template}"), text)
        .breaks(stderr);
}

#[test]
fn unknown_theme() {
    Handbook::built()
        .file("canvasbook.toml", "title = \"Bread\"\ntheme = \"our\"\n")
        .file("themes/ours/words/en.toml", "")
        .breaks(expect![[r#"
            error[unknown-theme]: there is no theme `our`
             --> canvasbook.toml:2:9
              |
            2 | theme = "our"
              |         ^^^^^
              |
              = help: did you mean `ours`?

            1 error in 1 file
        "#]]);
}

#[test]
fn a_template_with_a_syntax_error() {
    check(
        "page.html",
        "<h1>{{ page.title }}</h1>\n{% if page.title %}\n",
        expect![[r#"
        error[template-error]: Unexpected end of input
         --> themes/ours/templates/page.html:2:20
          |
        2 | {% if page.title %}
          |                    ^ here
          |
          = help: remove the file from themes/ to fall back to the built-in template

        1 error in 1 file
    "#]],
    );
}

#[test]
fn unknown_arguments_are_named_in_one_order() {
    check(
        "canvas.html",
        "{{ <link f={1} c={1} a={1} e={1} b={1} d={1} item={canvas} /> }}\n",
        expect![[r#"
            error[template-error]: Unknown argument(s) `a`, `b`, `c`, `d`, `e`, `f` in component call. Possible argument(s) are: `item`
             --> themes/ours/templates/canvas.html:1:4
              |
            1 | {{ <link f={1} c={1} a={1} e={1} b={1} d={1} item={canvas} /> }}
              |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ here
              |
              = help: remove the file from themes/ to fall back to the built-in template

            1 error in 1 file
        "#]],
    );
}

#[test]
fn a_template_with_an_unknown_filter() {
    check(
        "canvas.html",
        "<h1>{{ canvas.title | uper }}</h1>\n",
        expect![[r#"
            error[template-error]: Unknown filter `uper`
             --> themes/ours/templates/canvas.html:1:23
              |
            1 | <h1>{{ canvas.title | uper }}</h1>
              |                       ^ here
              |
              = help: remove the file from themes/ to fall back to the built-in template

            1 error in 1 file
        "#]],
    );
}

#[test]
fn a_misspelt_field() {
    check(
        "canvas.html",
        "<main>\n<h1>{{ canvas.titel }}</h1>\n</main>\n",
        expect![[r#"
            error[template-error]: Field `titel` is not defined
             --> themes/ours/templates/canvas.html:2:15
              |
            2 | <h1>{{ canvas.titel }}</h1>
              |               ^^^^^ here
              |
              = help: the fields here are `analysis_url`, `areas`, `attribution`, `backlinks`, `below_poster`, `blocks`, `contributors`, `density`, `departments`, `departments_former`, `departments_id`, `departments_lead_html`, `departments_rest_html`, `entries`, `extra`, `facts`, `footnotes_html`, `gaps`, `introduction_html`, `kind`, `more_entries`, `poster`, `poster_class`, `sections`, `summary`, `threads`, `title`,…

            1 error in 1 file
        "#]],
    );
}

#[test]
fn a_misspelt_variable() {
    check(
        "canvas.html",
        "<h1>{{ canvs.title }}</h1>\n",
        expect![[r#"
        error[template-error]: Variable `canvs` is not defined
         --> themes/ours/templates/canvas.html:1:8
          |
        1 | <h1>{{ canvs.title }}</h1>
          |        ^^^^^ here
          |
          = help: the fields here are `canvas`, `layout`, `words`

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_template_that_extends_nothing() {
    check(
        "canvas.html",
        "{% extends \"base.html\" %}\n",
        expect![[r#"
        error[template-error]: Template 'canvas.html' is inheriting from 'base.html', which doesn't exist or isn't loaded
         --> themes/ours/templates/canvas.html:1:1
          |
        1 | {% extends "base.html" %}
          | ^ here
          |
          = help: remove the file from themes/ to fall back to the built-in template

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_template_that_includes_nothing() {
    check(
        "canvas.html",
        "<main>\n{% include \"postr.html\" %}\n</main>\n",
        expect![[r#"
            error[template-error]: Unknown template `postr.html`
             --> themes/ours/templates/canvas.html:2:12
              |
            2 | {% include "postr.html" %}
              |            ^ here
              |
              = help: remove the file from themes/ to fall back to the built-in template

            1 error in 1 file
        "#]],
    );
}

#[test]
fn a_template_that_is_not_utf8() {
    check(
        "canvas.html",
        b"<h1>Caf\xe9</h1>\n",
        expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xE9 begins no character
         --> themes/ours/templates/canvas.html:1:8
          |
        1 | <h1>Caf�</h1>
          |        ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
    "#]],
    );
}

#[test]
fn words_that_are_no_toml() {
    Handbook::built()
        .file("canvasbook.toml", CONFIG)
        .file("themes/ours/words/en.toml", "menu = \"Menu\nbreak")
        .breaks(expect![[r#"
            error[template-error]: key with no value, expected `=`
             --> themes/ours/words/en.toml:2:6
              |
            2 | break
              |      ^ here
              |
              = help: remove the file from themes/ to fall back to the built-in template

            1 error in 1 file
        "#]]);
}

#[test]
fn a_theme_of_one_file_is_a_theme() {
    let handbook = Handbook::built()
        .file("canvasbook.toml", CONFIG)
        .file("themes/ours/words/en.toml", "menu = \"Contents\"\n")
        .file("themes/ours/README.md", "Notes are not published.\n");
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    let page = &handbook.tree("public").0["bakery.html"];
    assert!(String::from_utf8_lossy(page).contains(">Contents</button>"));
    assert!(!handbook.path("public/README.md").exists());
}

#[test]
fn a_theme_may_bring_a_language() {
    let handbook = Handbook::built()
        .file("canvasbook.toml", "theme = \"ours\"\nlanguage = \"it-CH\"\n")
        .file("themes/ours/words/it.toml", "menu = \"Indice\"\nhome = \"Inizio\"\n")
        .file("themes/ours/words/it-CH.toml", "home = \"Pagina iniziale\"\n")
        .file("themes/ours/words/de.toml", "menu = \"Inhalt\"\n")
        .file("content/hof.md", "---\nlang: de\n---\n\n# Der Hof\n");
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    let site = handbook.tree("public");
    let shows = |page: &str, texts: &[&str]| {
        let page = String::from_utf8_lossy(&site.0[page]);
        let missing: Vec<&&str> = texts.iter().filter(|text| !page.contains(**text)).collect();
        assert!(missing.is_empty(), "the page lacks {missing:?}");
    };
    shows("bakery.html", &["<html lang=\"it-CH\"", ">Indice</", ">Pagina iniziale</", ">Auto</"]);
    shows("hof.html", &["<html lang=\"de\"", ">Inhalt</", ">Startseite</"]);
}

#[test]
fn words_of_another_language_that_are_no_toml() {
    Handbook::built()
        .file("canvasbook.toml", CONFIG)
        .file("themes/ours/words/de.toml", "menu = 1\n")
        .breaks(expect![[r#"
            error[template-error]: invalid type: integer `1`, expected a string
             --> themes/ours/words/de.toml:1:8
              |
            1 | menu = 1
              |        ^ here
              |
              = help: remove the file from themes/ to fall back to the built-in template

            1 error in 1 file
        "#]]);
}
