//! Text in, text out: the decoded values, and the diagnostics with their places.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::colour::Rgb;
use crate::diagnostic::drawn::draw;

fn decoded(text: &str) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let config = read(&Source::new("canvasbook.toml", text), &mut diagnostics);
    (config, diagnostics)
}

/// Compares the decoded values and the diagnostics.
fn check(text: &str, expected: Expect) {
    let (config, diagnostics) = decoded(text);
    let default = Config::default();
    let mut said = String::new();
    macro_rules! fields {
        ($($field:ident)*) => {$(
            if config.$field != default.$field {
                let _ = writeln!(said, concat!(stringify!($field), ": {:?}"), config.$field);
            }
        )*};
    }
    fields!(title language base_url output theme unknown_references rules);
    if let Some(logo) = &config.logo {
        let _ = writeln!(said, "logo {} at `{}`", logo.value, logo.span.of(text));
    }
    for (key, SchemeColors { light, dark }) in &config.colors {
        let at =
            |spanned: &Spanned<Rgb>| format!("{} at `{}`", spanned.value, spanned.span.of(text));
        let dark = dark.as_ref().map_or_else(|| "none".to_owned(), at);
        let _ = writeln!(said, "{key}: light {}, dark {dark}", at(light));
    }
    for (id, department) in &config.departments {
        let DepartmentConfig { title, aliases, owner } = &department.value;
        let at = department.span.of(text);
        let _ = writeln!(said, "department {id}: {title:?} {aliases:?} {owner:?} at `{at}`");
    }
    expected.assert_eq(&(said + &draw(text, &diagnostics)));
}

#[test]
fn every_key_is_read_by_its_definition() {
    for key in KEYS {
        let (config, diagnostics) = decoded(key.example);
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", key.example);
        assert_ne!(config, Config::default(), "`{}` is not read", key.name);
        assert!(key.meaning.ends_with('.') && key.example.contains(key.name), "{}", key.name);
    }
    for key in DEPARTMENT_KEYS {
        let (config, diagnostics) = decoded(&format!("[departments.a]\n{}", key.example));
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", key.example);
        assert_ne!(config.departments["a"].value, DepartmentConfig::default(), "{}", key.name);
    }
    for key in COLOR_KEYS {
        let (config, diagnostics) = decoded(&format!("[colors]\n{}", key.example));
        assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", key.example);
        assert!(config.colors.contains_key(key.name), "{}", key.name);
    }
    assert_eq!(decoded("").0, Config::default());
    assert!(decoded("\u{feff}# nothing\r").1.is_empty());
}

#[test]
fn a_whole_configuration() {
    check(
        r#"
title = "Harbour Coffee"
language = "de-CH"
base_url = "https://example.com/handbook/"
output = "./build//site/"
theme = "ours"

[departments.research-and-development]
title = "Research and Development"
aliases = ["R&D", "Recherche et développement"]
owner = "Head of Product"

[references]
unknown = "warning"

[rules]
empty-block = "off"
missing-block = "error"
"#,
        expect![[r#"
            title: "Harbour Coffee"
            language: "de-CH"
            base_url: Some("https://example.com/handbook")
            output: "build/site"
            theme: "ours"
            unknown_references: Warning
            rules: {"empty-block": Spanned { value: None, span: Span { start: 322, end: 333 } }, "missing-block": Spanned { value: Some(Error), span: Span { start: 342, end: 355 } }}
            department research-and-development: Some("Research and Development") ["R&D", "Recherche et développement"] Some("Head of Product") at `research-and-development`
        "#]],
    );
}

#[test]
fn unknown_keys_everywhere() {
    check(
        r#"
titel = "A"
plugins = []
departments.sales.alias = ["Vertrieb"]
references.unkown = "error"
rules.empty-blocks = "off"
rules.plugins = "off"
"#,
        expect![[r#"
            rules: {"empty-blocks": Spanned { value: None, span: Span { start: 99, end: 111 } }, "plugins": Spanned { value: None, span: Span { start: 126, end: 133 } }}
            department sales: None [] None at `sales`
            2   | titel = "A"
                | ^^^^^ error[unknown-key]: unknown configuration key `titel` (unknown key)
                 help: did you mean `title`?
                 fix: "titel" -> "title"
            3   | plugins = []
                | ^^^^^^^ error[unknown-key]: unknown configuration key `plugins` (unknown key)
                 help: write `title`, `language`, `base_url`, `edit_url`, `issue_url`, `publish_markdown`, `output`, `theme`, `logo`, `colors`, `departments`, `references`, `history`, `csv_lists`, `search`, `timeout` or `rules`
            4   | departments.sales.alias = ["Vertrieb"]
                |                   ^^^^^ error[unknown-key]: unknown key `alias` in `departments.sales` (unknown key)
                 help: did you mean `aliases`?
                 fix: "alias" -> "aliases"
            5   | references.unkown = "error"
                |            ^^^^^^ error[unknown-key]: unknown key `unkown` in `references` (unknown key)
                 help: did you mean `unknown`?
                 fix: "unkown" -> "unknown"
        "#]],
    );
}

#[test]
fn wrong_types_and_unknown_words() {
    check(
        r#"
title = 1
rules.empty-block = "of"
rules.missing-block = false
references.unknown = "advice"
departments.sales = "Sales"
language = "en_GB"
"#,
        expect![[r#"
            2   | title = 1
                |         ^ error[wrong-type]: `title` must be a string, but is an integer (expected a string)
                 help: write "1"
                 fix: "1" -> "\"1\""
            3   | rules.empty-block = "of"
                |                     ^^^^ error[unknown-value]: unknown value `of` for `rules.empty-block` (unknown value)
                 help: did you mean `off`?
                 fix: "\"of\"" -> "\"off\""
            4   | rules.missing-block = false
                |                       ^^^^^ error[wrong-type]: `rules.missing-block` must be a string, but is a boolean (expected a string)
            5   | references.unknown = "advice"
                |                      ^^^^^^^^ error[unknown-value]: unknown value `advice` for `references.unknown` (unknown value)
                 help: write `error` or `warning`
            6   | departments.sales = "Sales"
                |                     ^^^^^^^ error[wrong-type]: `departments.sales` must be a table, but is a string (expected a table)
            7   | language = "en_GB"
                |            ^^^^^^^ error[invalid-value]: `language` must be a language tag, but `en_GB` is none (not a language tag)
                 help: write `en-GB`
                 fix: "\"en_GB\"" -> "\"en-GB\""
        "#]],
    );
    check(
        "rules = []\nreferences = 1\ndepartments = [1]\nlanguage = 1",
        expect![[r#"
            1   | rules = []
                |         ^^ error[wrong-type]: `rules` must be a table, but is an array (expected a table)
            2   | references = 1
                |              ^ error[wrong-type]: `references` must be a table, but is an integer (expected a table)
            3   | departments = [1]
                |               ^^^ error[wrong-type]: `departments` must be a table, but is an array (expected a table)
            4   | language = 1
                |            ^ error[wrong-type]: `language` must be a string, but is an integer (expected a string)
        "#]],
    );
}

#[test]
fn base_urls() {
    for (url, read) in [
        ("http://localhost:8000", Some("http://localhost:8000")),
        ("https://example.com//", Some("https://example.com")),
        ("https://münchen.example/a%20b", Some("https://münchen.example/a%20b")),
        ("example.com", None),
        ("ftp://example.com", None),
        ("https://", None),
        ("https:///path", None),
        ("https://user@example.com", None),
        ("https://example.com/?a", None),
        ("https://example.com/#a", None),
        ("https://example.com/a b", None),
        ("https://example.com/../a", None),
        ("https://example.com//host.example/a", None),
        ("https://example.com/a//b", None),
        ("javascript:alert(1)//://", None),
    ] {
        let (config, diagnostics) = decoded(&format!("base_url = {url:?}"));
        assert_eq!(config.base_url.as_deref(), read, "{url}");
        assert_eq!(diagnostics.is_empty(), read.is_some(), "{url}");
    }
    check(
        "base_url = \"example.com\"",
        expect![[r#"
        1   | base_url = "example.com"
            |            ^^^^^^^^^^^^^ error[invalid-value]: `example.com` cannot be the base URL, because it starts with neither `https://` nor `http://` (not a base URL)
             help: write where the site will be, such as `https://example.com/handbook`
    "#]],
    );
}

#[test]
fn issue_urls() {
    let base = "base_url = \"https://example.org\"\n";
    for (settings, pattern, is_read) in [
        ("", "https://git.example/new?title={title}", true),
        (base, "mailto:office@example.org?subject={title}&body={url}", true),
        (base, "MAILTO:office@example.org?body={url}", true),
        ("", "https://git.example/new?title={title}&body={url}", false),
        (base, "https://git.example/new", false),
        (base, "javascript:alert({title})", false),
        (base, "https://git.example/new?title={title} x", false),
    ] {
        let (config, diagnostics) = decoded(&format!("{settings}issue_url = {pattern:?}"));
        assert_eq!(config.issue_url.as_deref(), is_read.then_some(pattern));
        assert_eq!(diagnostics.is_empty(), is_read, "{pattern}");
    }
    check(
        "issue_url = \"https://git.example/new?body={url}\"",
        expect![[r#"
        1   | issue_url = "https://git.example/new?body={url}"
            |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[invalid-value]: `https://git.example/new?body={url}` cannot lead to a question, because it has `{url}`, and there is no `base_url` that an address could begin with (not an address of questions)
             help: write an address such as `https://github.com/example/handbook/issues/new?title={title}`, or `mailto:office@example.com?subject={title}`
    "#]],
    );
}

#[test]
fn edit_urls() {
    for (pattern, read) in [
        ("https://git.example/edit/{path}", true),
        ("http://localhost/{path}?edit", true),
        ("https://git.example/edit/", false),
        ("git.example/{path}", false),
        ("javascript:{path}", false),
        ("https://git.example/a b/{path}", false),
    ] {
        let (config, diagnostics) = decoded(&format!("edit_url = {pattern:?}"));
        assert_eq!(config.edit_url.as_deref(), read.then_some(pattern));
        assert_eq!(diagnostics.is_empty(), read, "{pattern}");
    }
    check(
        "edit_url = \"https://git.example/edit/\"",
        expect![[r#"
        1   | edit_url = "https://git.example/edit/"
            |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[invalid-value]: `https://git.example/edit/` cannot lead to a page's source, because it has no `{path}`, the placeholder of the file (not an address with `{path}`)
             help: write an address such as `https://github.com/example/handbook/edit/main/{path}`
    "#]],
    );
}

#[test]
fn output_folders() {
    for (folder, read) in [
        ("public", Some("public")),
        ("build/./site/", Some("build/site")),
        ("contents", Some("contents")),
        ("", None),
        (".", None),
        ("./", None),
        ("/", None),
        ("/srv/site", None),
        ("..", None),
        ("a/../..", None),
        ("content", None),
        ("Content/a", None),
        ("./static", None),
        ("themes/default", None),
        (".git", None),
        ("C:/site", None),
        ("..\\site", None),
    ] {
        let (config, diagnostics) = decoded(&format!("output = {folder:?}"));
        assert_eq!(config.output, read.unwrap_or("public"), "{folder}");
        assert_eq!(diagnostics.is_empty(), read.is_some(), "{folder}");
    }
    check(
        "output = \"content/site\"",
        expect![[r#"
            1   | output = "content/site"
                |          ^^^^^^^^^^^^^^ error[invalid-value]: `content/site` cannot be the output folder, because it holds sources (not an output folder)
                 help: write a folder of its own below the handbook's, such as `public`
        "#]],
    );
    check(
        "output = \"../site\"",
        expect![[r#"
            1   | output = "../site"
                |          ^^^^^^^^^ error[invalid-value]: `../site` cannot be the output folder, because it leaves the handbook's folder by `..` (not an output folder)
                 help: write a folder of its own below the handbook's, such as `public`
        "#]],
    );
}

#[test]
fn themes() {
    for theme in ["", ".", "..", "a/b", "a\\b", ".hidden", "C:"] {
        let (config, diagnostics) = decoded(&format!("theme = '{theme}'"));
        assert_eq!((config.theme.as_str(), diagnostics.len()), ("default", 1), "{theme}");
    }
    check(
        "theme = \"themes/ours\"",
        expect![[r#"
            1   | theme = "themes/ours"
                |         ^^^^^^^^^^^^^ error[invalid-value]: `themes/ours` cannot be the theme, because it holds `/`, `\`, `:` or a control character (not a theme's name)
                 help: write the name of a folder in `themes`, such as `default`
        "#]],
    );
}

#[test]
fn logos() {
    for (logo, read) in [
        ("logo.svg", Some("logo.svg")),
        ("/brand/Logo.PNG", Some("brand/Logo.PNG")),
        ("", None),
        ("logo", None),
        ("logo.pdf", None),
        ("../logo.svg", None),
    ] {
        let (config, _) = decoded(&format!("logo = {logo:?}"));
        assert_eq!(config.logo.map(|logo| logo.value).as_deref(), read, "{logo}");
    }
    check(
        "logo = \"logo.pdf\"",
        expect![[r#"
        1   | logo = "logo.pdf"
            |        ^^^^^^^^^^ error[invalid-value]: `logo.pdf` cannot be the logo (not a picture)
             help: name a file of `static/` that ends with `.svg`, `.png`, `.webp`, `.jpg`, `.jpeg`, `.gif` or `.ico`
    "#]],
    );
    check(
        "logo = \"https://example.org/logo.svg\"",
        expect![[r#"
        1   | logo = "https://example.org/logo.svg"
            |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[invalid-value]: `https://example.org/logo.svg` cannot be the logo (not a file of the site)
             help: name a file of `static/` that ends with `.svg`, `.png`, `.webp`, `.jpg`, `.jpeg`, `.gif` or `.ico`
    "#]],
    );
}

#[test]
fn colours() {
    check(
        "[colors]\naccent = \"#06C\"\noffer = [\"#ad4a06\", '#f0934f']\nmoney = []\n",
        expect![[r##"
        accent: light #0066cc at `"#06C"`, dark none
        offer: light #ad4a06 at `"#ad4a06"`, dark #f0934f at `'#f0934f'`
        4   | money = []
            |         ^^ error[wrong-type]: `colors.money` must be a colour or an array of two, but is an array of another length (expected a colour or an array of two)
    "##]],
    );
    check(
        r##"
colors.accent = "red"
colors.infrastructure = "2465c9"
colors.offer = ["#fff", 1]
colors.customers = ["#fff"]
colors.money = 0x8a2a78
colors.acent = "#fff"
"##,
        expect![[r##"
            2   | colors.accent = "red"
                |                 ^^^^^ error[invalid-value]: `colors.accent` must be a colour, but `red` is none (not a colour)
                 help: write `#` and three or six hexadecimal digits, such as `#2465c9`
            3   | colors.infrastructure = "2465c9"
                |                         ^^^^^^^^ error[invalid-value]: `colors.infrastructure` must be a colour, but `2465c9` is none (not a colour)
                 help: write `#` and three or six hexadecimal digits, such as `#2465c9`
                 fix: "\"2465c9\"" -> "\"#2465c9\""
            4   | colors.offer = ["#fff", 1]
                |                         ^ error[wrong-type]: an entry of `colors.offer` must be a colour, but is an integer (expected a colour)
            5   | colors.customers = ["#fff"]
                |                    ^^^^^^^^ error[wrong-type]: `colors.customers` must be a colour or an array of two, but is an array of another length (expected a colour or an array of two)
            6   | colors.money = 0x8a2a78
                |                ^^^^^^^^ error[wrong-type]: `colors.money` must be a colour or an array of two, but is an integer (expected a colour or an array of two)
            7   | colors.acent = "#fff"
                |        ^^^^^ error[unknown-key]: unknown key `acent` in `colors` (unknown key)
                 help: did you mean `accent`?
        "##]],
    );
    check(
        "colors = \"#fff\"",
        expect![[r##"
        1   | colors = "#fff"
            |          ^^^^^^ error[wrong-type]: `colors` must be a table, but is a string (expected a table)
    "##]],
    );
}

#[test]
fn departments_share_no_name() {
    check(
        r#"
[departments.sales]
title = "Sales"
aliases = ["Vertrieb", "SALES"]

[departments.marketing]
aliases = ["vertrieb", "🎯"]
"#,
        expect![[r#"
            department marketing: None ["vertrieb", "🎯"] None at `marketing`
            department sales: Some("Sales") ["Vertrieb", "SALES"] None at `sales`
            7   | aliases = ["vertrieb", "🎯"]
                |            ^^^^^^^^^^ error[department-named-twice]: `vertrieb` names both `sales` and `marketing` (here again)
                 help: names are compared without case and punctuation; give each name to one department
            4   | aliases = ["Vertrieb", "SALES"]
                |            ^^^^^^^^^^ already names `sales` here
            7   | aliases = ["vertrieb", "🎯"]
                |                        ^^^ error[invalid-value]: `🎯` cannot name a department (no letter and no digit)
                 help: a name needs at least one letter or digit
        "#]],
    );
}

#[test]
fn malformed_toml() {
    check(
        "title = A\noutput = \n[departments\n",
        expect![[r#"
            title: "A"
            1   | title = A
                |         ^ error[malformed-configuration]: malformed TOML: a string must be quoted
                 help: write "A"
                 fix: "A" -> "\"A\""
            2   | output = 
                |          ^ error[malformed-configuration]: malformed TOML: a value is missing
            3   | [departments
                |             ^ error[malformed-configuration]: malformed TOML: unclosed table, expected `]`
        "#]],
    );
    check(
        "a\u{0} = 1\r\ntitle = 'B'\r\n",
        expect![[r#"
            title: "B"
            1   | a· = 1
                |  ^ error[malformed-configuration]: malformed TOML: invalid unquoted key, expected letters, numbers, `-`, `_`
        "#]],
    );
    check(
        "title = 'A'\ntitle = 'B'",
        expect![[r#"
            title: "A"
            2   | title = 'B'
                | ^^^^^ error[malformed-configuration]: malformed TOML: duplicate key
        "#]],
    );
}
