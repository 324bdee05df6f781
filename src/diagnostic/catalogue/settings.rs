//! Diagnostics of front matter and configuration.

use std::ops::RangeInclusive;

use super::Explained;
use crate::date;
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::source::{Location, Span};

/// Every code of this module with its severity and meaning.
pub(super) const CODES: &[Explained] = &[
    (
        "unknown-key",
        Severity::Error,
        "A key of the front matter, the configuration or a kind that canvasbook does not know; a warning in YAML.",
    ),
    ("wrong-type", Severity::Error, "A key has a value of another type than it takes."),
    ("unknown-value", Severity::Error, "A key that takes one of a few words has another."),
    ("unknown-rule", Severity::Error, "A rule that is set or waived does not exist."),
    ("invalid-value", Severity::Error, "A value has the right type and cannot be used."),
    ("unknown-branch", Severity::Warning, "The configuration names a branch that does not exist."),
    ("missing-key", Severity::Error, "A table lacks a key that it must have."),
    ("department-named-twice", Severity::Error, "Two departments have a name in common."),
    ("unclosed-front-matter", Severity::Error, "The line that ends the front matter is missing."),
    (
        "malformed-front-matter",
        Severity::Error,
        "The front matter breaks the rules of TOML or YAML.",
    ),
    ("malformed-configuration", Severity::Error, "The configuration breaks the rules of TOML."),
];

fn error(code: &'static str, location: Location, message: String) -> Diagnostic {
    Diagnostic::new(code, Severity::Error, location, message)
}

/// `` `a`, `b` and `c` ``.
fn listed(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., final_one] => format!("{} {last} {final_one}", first.join(", ")),
    }
}

/// "did you mean …", else a list of the choices, if it is short.
fn meant(nearest: &[&str], all: &[&str]) -> Option<String> {
    /// A longer list is no help; the configuration has as many keys.
    const MOST: usize = 20;
    if !nearest.is_empty() {
        Some(format!("did you mean {}?", listed(nearest, "or")))
    } else if all.is_empty() || all.len() > MOST {
        None
    } else {
        Some(format!("write {}", listed(all, "or")))
    }
}

/// The table that a key belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Within<'a> {
    /// At the top of the front matter.
    FrontMatter,
    /// At the top of the configuration.
    Configuration,
    /// At the top of the file of a kind.
    Kind,
    /// In a table of any of them.
    Table(&'a str),
}

/// A branch whose history is wanted and that is neither in the repository nor known from `origin`.
pub fn unknown_branch(location: Location, name: &str) -> Diagnostic {
    Diagnostic::new(
        "unknown-branch",
        Severity::Warning,
        location,
        format!("there is no branch `{name}`"),
    )
    .label("the history of what is checked out is shown instead")
    .help(format!("fetch it with `git fetch origin {name}`, or leave the key out"))
}

/// An unknown key. `nearest` are the known keys that are most similar to it, `all` all known ones.
pub fn unknown_key(
    location: Location,
    key: &str,
    within: Within<'_>,
    nearest: &[&str],
    all: &[&str],
) -> Diagnostic {
    let message = match within {
        Within::FrontMatter => format!("unknown front-matter key `{key}`"),
        Within::Configuration => format!("unknown configuration key `{key}`"),
        Within::Kind => format!("unknown key `{key}` of a kind"),
        Within::Table(table) => format!("unknown key `{key}` in `{table}`"),
    };
    let help = match (within, meant(nearest, all)) {
        (Within::FrontMatter, None) => {
            "keys for templates of your own belong in `extra`".to_owned()
        }
        (_, Some(help)) => help,
        (_, None) => "remove it".to_owned(),
    };
    error("unknown-key", location, message).label("unknown key").help(help)
}

/// A value of the wrong type. `expected` and `found` have their article; `entry` is whether it is
/// an entry of the key's array.
pub fn wrong_type(
    location: Location,
    key: &str,
    entry: bool,
    expected: &str,
    found: &str,
) -> Diagnostic {
    let of = if entry { "an entry of " } else { "" };
    let message = format!("{of}`{key}` must be {expected}, but is {found}");
    error("wrong-type", location, message).label(format!("expected {expected}"))
}

/// Adds the fix of writing `text` in the place of the value.
pub fn write_instead(diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let span = diagnostic.location.span;
    diagnostic.help(format!("write {text}")).replace(span, text)
}

/// Adds the fix for a table where an array of tables is expected.
pub fn write_list_head(diagnostic: Diagnostic, key: &str) -> Diagnostic {
    diagnostic.help(format!("write the table's head as `[[{key}]]`"))
}

/// Adds the fix for a string where a boolean is expected.
pub fn write_boolean(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help("write `true` or `false`")
}

/// Adds the location of the earlier value.
pub fn stands_twice(diagnostic: Diagnostic, earlier: Location) -> Diagnostic {
    diagnostic.related(earlier, "first here")
}

/// A word that is not among those that a key takes.
pub fn unknown_value(
    location: Location,
    key: &str,
    value: &str,
    nearest: &[&str],
    all: &[&str],
) -> Diagnostic {
    let message = format!("unknown value `{value}` for `{key}`");
    let mut diagnostic = error("unknown-value", location, message).label("unknown value");
    diagnostic.help = meant(nearest, all).map(Into::into);
    diagnostic
}

/// A rule that does not exist.
pub fn unknown_rule(location: Location, rule: &str, nearest: &[&str]) -> Diagnostic {
    let help = meant(nearest, &[]).unwrap_or_else(|| {
        "write the code of a rule, as `canvasbook check` prints it: `empty-block`".to_owned()
    });
    error("unknown-rule", location, format!("unknown rule `{rule}`"))
        .label("unknown rule")
        .help(help)
}

/// A required key that is missing or blank.
pub fn missing_key(location: Location, key: &str, table: &str, why: &'static str) -> Diagnostic {
    error("missing-key", location, format!("`{table}` lacks `{key}`"))
        .label(format!("`{key}` is missing"))
        .help(why)
}

fn invalid(location: Location, message: String, label: &'static str) -> Diagnostic {
    error("invalid-value", location, message).label(label)
}

/// A string that should be a day.
pub fn not_a_date(location: Location, key: &str, text: &str) -> Diagnostic {
    let diagnostic =
        invalid(location, format!("`{key}` must be a day, but `{text}` is none"), "not a day");
    match date::why_not(text) {
        Some(why) => diagnostic.help(why),
        None => diagnostic.help("write year, month and day, such as 2026-09-30"),
    }
}

/// A time without a day, where a day is needed.
pub fn time_without_date(location: Location, key: &str) -> Diagnostic {
    invalid(location, format!("`{key}` must be a day, but is a time"), "no day")
        .help("write year, month and day, such as 2026-09-30")
}

/// A string that should be an interval.
pub fn not_an_interval(location: Location, key: &str, text: &str) -> Diagnostic {
    let message = format!("`{key}` must say how often, but `{text}` does not");
    invalid(location, message, "not an interval")
        .help("write a number and days, weeks, months or years, such as `6 months`")
}

/// A string that should be a language tag; `meant` is the tag that was probably meant.
pub fn not_a_language(
    location: Location,
    key: &str,
    text: &str,
    meant: Option<&str>,
) -> Diagnostic {
    let message = format!("`{key}` must be a language tag, but `{text}` is none");
    let diagnostic = invalid(location, message, "not a language tag");
    match meant {
        Some(tag) => diagnostic.help(format!("write `{tag}`")),
        None => diagnostic.help("write the code of a language, such as `en` or `pt-BR`"),
    }
}

/// A key of the top level that is written below the head of a table, on a line of its own.
pub struct BelowTable {
    /// Where the first table begins.
    pub head: Span,
    /// The line with the key.
    pub line: Span,
    /// The text of the line.
    pub text: String,
}

/// A key of the top level that is written in `table`.
pub fn key_below_table(
    location: Location,
    key: &str,
    table: &str,
    place: BelowTable,
) -> Diagnostic {
    let at = |span| Location { file: location.file.clone(), span };
    let edits = vec![
        Edit { location: at(place.head), text: place.text },
        Edit { location: at(place.line), text: String::new() },
    ];
    let message = format!("`{key}` is read as a key of `{table}`");
    let diagnostic =
        error("unknown-key", location, message).label("written below the head of a table").help(
            "write it above the first line in square brackets: what is below belongs to the table",
        );
    Diagnostic { fix: Some(Box::new(Fix { edits })), ..diagnostic }
}

/// More waivers than a canvas may have; the first that is not read is at `location`.
pub fn too_many_waivers(location: Location, most: usize) -> Diagnostic {
    let message = format!("this canvas has more than {most} waivers");
    invalid(location, message, "not read from here on")
        .help("turn the rule off in `canvasbook.toml`, or waive it once for the whole canvas")
}

/// A string that would be on many pages and is too long for that.
pub fn text_too_long(location: Location, key: &str, most: usize) -> Diagnostic {
    invalid(location, format!("`{key}` is longer than {most} bytes"), "too long")
        .help("shorten it; what readers need in full belongs in the text of the page")
}

/// An old path that cannot be a path of this site; `why` completes "because it …".
pub fn alias_outside_site(location: Location, alias: &str, why: &str) -> Diagnostic {
    let message = format!("the alias `{alias}` is no path of this site, because it {why}");
    invalid(location, message, "not a path of this site")
        .help("write the old path from the site's root on, such as `old/name.html`")
}

/// A base URL that is not valid; `why` completes "because it …".
pub fn not_a_base_url(location: Location, url: &str, why: &str) -> Diagnostic {
    let message = format!("`{url}` cannot be the base URL, because it {why}");
    invalid(location, message, "not a base URL")
        .help("write where the site will be, such as `https://example.com/handbook`")
}

/// A pattern of addresses that leads to no source; `why` completes "because it …".
pub fn not_an_edit_url(location: Location, pattern: &str, why: &str) -> Diagnostic {
    let message = format!("`{pattern}` cannot lead to a page's source, because it {why}");
    invalid(location, message, "not an address with `{path}`")
        .help("write an address such as `https://github.com/example/handbook/edit/main/{path}`")
}

/// A pattern of addresses at which nobody can ask about an element; `why` completes "because it …".
pub fn not_an_issue_url(location: Location, pattern: &str, why: &str) -> Diagnostic {
    let message = format!("`{pattern}` cannot lead to a question, because it {why}");
    invalid(location, message, "not an address of questions").help(
        "write an address such as `https://github.com/example/handbook/issues/new?title={title}`, or `mailto:office@example.com?subject={title}`",
    )
}

/// An output folder that cannot be one; `why` completes "because it …".
pub fn unusable_output(location: Location, folder: &str, why: &str) -> Diagnostic {
    let message = format!("`{folder}` cannot be the output folder, because it {why}");
    invalid(location, message, "not an output folder")
        .help("write a folder of its own below the handbook's, such as `public`")
}

/// A theme that is not a plain folder name; `why` completes "because it …".
pub fn unusable_theme(location: Location, theme: &str, why: &str) -> Diagnostic {
    let message = format!("`{theme}` cannot be the theme, because it {why}");
    invalid(location, message, "not a theme's name")
        .help("write the name of a folder in `themes`, such as `default`")
}

/// A time for pages that is out of range.
pub fn unusable_timeout(
    location: Location,
    seconds: i64,
    allowed: &RangeInclusive<u64>,
) -> Diagnostic {
    let message = format!("`{seconds}` cannot be the time that a page may take");
    invalid(location, message, "not a number of seconds that can be waited").help(format!(
        "write a number from {} to {}",
        allowed.start(),
        allowed.end()
    ))
}

/// A logo that is outside of the site, or that no browser shows as a picture; `why` labels it.
pub fn unusable_logo(
    location: Location,
    logo: &str,
    why: &'static str,
    endings: &[&str],
) -> Diagnostic {
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    let endings: Vec<&str> = endings.iter().map(String::as_str).collect();
    invalid(location, format!("`{logo}` cannot be the logo"), why)
        .help(format!("name a file of `static/` that ends with {}", listed(&endings, "or")))
}

/// A string that should be a colour, or one of `words`, of which `near` are the most similar.
pub fn not_a_colour(
    location: Location,
    key: &str,
    text: &str,
    near: &[&str],
    words: &[&str],
) -> Diagnostic {
    let digits = "write `#` and three or six hexadecimal digits, such as `#2465c9`";
    let help = match words {
        _ if !near.is_empty() => format!("did you mean {}?", listed(near, "or")),
        [] => digits.to_owned(),
        words => format!("{digits}, or one of {}", listed(words, "and")),
    };
    invalid(location, format!("`{key}` must be a colour, but `{text}` is none"), "not a colour")
        .help(help)
}

/// A department's id, title or alias whose slug is empty.
pub fn nameless_department(location: Location, name: &str) -> Diagnostic {
    invalid(location, format!("`{name}` cannot name a department"), "no letter and no digit")
        .help("a name needs at least one letter or digit")
}

/// Two departments that share an id, a title or an alias.
pub fn department_named_twice(
    location: Location,
    name: &str,
    department: &str,
    earlier: Location,
    earlier_department: &str,
) -> Diagnostic {
    let message = format!("`{name}` names both `{earlier_department}` and `{department}`");
    error("department-named-twice", location, message)
        .label("here again")
        .help("names are compared without case and punctuation; give each name to one department")
        .related(earlier, format!("already names `{earlier_department}` here"))
}

/// Front matter that is opened and not closed.
pub fn unclosed_front_matter(location: Location, fence: &str) -> Diagnostic {
    error("unclosed-front-matter", location, "the front matter is never closed".to_owned())
        .label("opened here")
        .help(format!("end it with a line `{fence}`"))
}

/// Front matter that breaks the rules of its language.
pub fn malformed_front_matter(location: Location, language: &str, message: &str) -> Diagnostic {
    error("malformed-front-matter", location, format!("malformed {language}: {message}"))
}

/// A configuration that breaks the rules of TOML.
pub fn malformed_configuration(location: Location, message: &str) -> Diagnostic {
    error("malformed-configuration", location, format!("malformed TOML: {message}"))
}
