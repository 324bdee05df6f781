//! Diagnostics of the content of canvases: attributes, ids, departments, references.

use super::Explained;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::slug::nearest;
use crate::source::{Location, SourcePath, Span};

/// The codes of this file: code, severity unless it is configured, meaning.
pub(super) const CODES: &[Explained] = &[
    ("too-much-markup", Severity::Error, "A document has more Markdown than canvasbook reads."),
    ("conflict-marker", Severity::Error, "A merge left two versions of a place."),
    ("malformed-attributes", Severity::Error, "A part of `{…}` is no id, class or `key=value`."),
    ("unknown-attribute", Severity::Error, "A key in `{…}` that canvasbook does not know."),
    ("unknown-category", Severity::Error, "A category that is none of the three."),
    ("unknown-department", Severity::Error, "`with` or `department` names no department."),
    ("repeated-id", Severity::Error, "Two places in one document have the same id."),
    ("unknown-reference", Severity::Error, "A reference leads to nothing."),
    ("ambiguous-reference", Severity::Error, "A reference fits several places equally well."),
    (
        "doubtful-translation",
        Severity::Error,
        "A document is a translation of another translation, or the second in its language.",
    ),
    ("reference-to-draft", Severity::Error, "A reference leads to a draft, which is not built."),
    ("self-reference", Severity::Warning, "An element refers to itself."),
    ("unsafe-url", Severity::Warning, "A URL with a scheme that is not allowed in a page."),
    ("unused-waiver", Severity::Warning, "A waiver that waives nothing."),
];

/// A document with more than `most` marks; `place` is where reading stops.
pub fn too_much_markup(place: Location, most: usize) -> Diagnostic {
    let message = format!("this document has more than {most} marks of Markdown");
    Diagnostic::new("too-much-markup", Severity::Error, place, message)
        .label("nothing is read from here on")
        .help("split it into several files, or put it into `static/`, where it is copied unread")
}

/// A conflict of git; `place` is the line that begins the two versions.
pub fn conflict_marker(place: Location) -> Diagnostic {
    let message = "a merge left two versions here";
    Diagnostic::new("conflict-marker", Severity::Error, place, message)
        .label("the first one begins here")
        .help("keep what is meant of the two, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`")
}

/// A part of an attribute list, at `place`, that is not an id, a class or a pair.
pub fn malformed_attributes(place: Location) -> Diagnostic {
    let message = "this is no attribute";
    Diagnostic::new("malformed-attributes", Severity::Error, place, message)
        .help("write `{#id .class key=value key=\"two words\"}`")
}

/// The value of `key` has blanks, or signs of another language, where it should be in quotation marks;
/// `bare` is the value without them.
pub fn unquoted_value(place: Location, key: &str, bare: &str) -> Diagnostic {
    let span = place.span;
    let message = format!("the value of `{key}` needs straight quotation marks");
    Diagnostic::new("malformed-attributes", Severity::Error, place, message)
        .help(format!("write `{key}=\"{bare}\"`"))
        .replace(span, format!("\"{bare}\""))
}

/// A list of departments that is separated by semicolons.
pub fn semicolons(place: Location, value: &str) -> Diagnostic {
    let span = place.span;
    let message = "departments are separated by commas";
    let mended = value.replace(';', ",");
    Diagnostic::new("malformed-attributes", Severity::Error, place, message)
        .help(format!("write `with=\"{mended}\"`"))
        .replace(span, mended)
}

/// An attribute list with the unknown `key`.
pub fn unknown_attribute(place: Location, key: &str, known: &[&str]) -> Diagnostic {
    let span = place.span;
    let message = format!("unknown attribute `{key}`");
    let diagnostic = Diagnostic::new("unknown-attribute", Severity::Error, place, message);
    match nearest(key, known.iter().copied()).first() {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).replace(span, *near),
        None => diagnostic.help(format!("known are {}", listed(known))),
    }
}

/// A `value` that is not a category.
pub fn unknown_category(place: Location, value: &str) -> Diagnostic {
    const KNOWN: [&str; 3] = ["production", "problem-solving", "platform"];
    let span = place.span;
    let message = format!("unknown category `{value}`");
    let diagnostic = Diagnostic::new("unknown-category", Severity::Error, place, message);
    match nearest(value, KNOWN).first() {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).replace(span, *near),
        None => diagnostic.help(format!("a category is one of {}", listed(&KNOWN))),
    }
}

/// A `value` that is not an interval between reviews.
pub fn malformed_review_interval(place: Location, value: &str) -> Diagnostic {
    let message = format!("`{value}` is no interval");
    Diagnostic::new("unknown-value", Severity::Error, place, message)
        .help("write a number and a unit: `90 days`, `6 months`, `1 year`")
}

/// A `name` that is not a department; `near` are the most similar ones.
pub fn unknown_department(place: Location, name: &str, near: &[&str]) -> Diagnostic {
    let message = format!("unknown department `{name}`");
    let diagnostic = Diagnostic::new("unknown-department", Severity::Error, place, message);
    if near.is_empty() {
        diagnostic.help(
            "a department is named by a sub-heading of Key Activities or in `canvasbook.toml`",
        )
    } else {
        diagnostic.help(format!("did you mean {}?", listed_or(near)))
    }
}

/// An explicit id at `place` that was given at `before` already.
pub fn repeated_id(place: Location, id: &str, before: Location) -> Diagnostic {
    let message = format!("the id `{id}` is given twice");
    Diagnostic::new("repeated-id", Severity::Error, place, message)
        .label("given again here")
        .help("an id is an address: give each place its own")
        .related(before, "first given here")
}

/// An explicit id at `place` that the page itself needs.
pub fn taken_id(place: Location, id: &str) -> Diagnostic {
    let message = format!("the id `{id}` is that of a department on this page");
    Diagnostic::new("repeated-id", Severity::Error, place, message)
        .label("given again here")
        .help("an id is an address: give each place its own")
}

/// A reference that leads nowhere; `near` are the most similar names.
pub fn unknown_reference(place: Location, what: &str, near: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        "unknown-reference",
        Severity::Error,
        place,
        format!("{what} does not exist"),
    )
    .label("leads nowhere");
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    if near.is_empty() {
        diagnostic.help(
            "a reference names a file, or behind `#` an element, a department, a block or a heading",
        )
    } else {
        diagnostic.help(format!("did you mean {}?", listed_or(&near)))
    }
}

/// A wiki name that begins with `/` and is not that of a document; `unknown` reports it.
pub fn wiki_name_of_site(unknown: Diagnostic) -> Diagnostic {
    unknown
        .help("`[[…]]` names documents and files; write `[tags](/tags/)` for a page that is made")
}

/// A path that begins with `/` and leads to no page, but would lead to a source if the top were
/// that of the repository. `instead` is the path to it from here, and its page; `span` is the place
/// of the path.
pub fn source_from_the_top(
    place: Location,
    written: &str,
    instead: (&str, &impl std::fmt::Display),
    span: Option<Span>,
) -> Diagnostic {
    let (source, page) = instead;
    let message = format!("`{written}` does not exist in the site");
    let diagnostic = Diagnostic::new("unknown-reference", Severity::Error, place, message)
        .label("leads nowhere")
        .help(format!("`/` is the top of the built site: write `{source}`, or `/{page}`"));
    match span {
        Some(span) => diagnostic.replace(span, source),
        None => diagnostic,
    }
}

/// How many of the places that something may mean are listed. More help nobody, and a handbook of a
/// thousand documents with one name would have a million of them.
pub const MOST_CANDIDATES: usize = 5;

/// A reference that fits `count` places; `candidates` are what to write instead for the first
/// [`MOST_CANDIDATES`] of them, with their places.
pub fn ambiguous_reference(
    place: Location,
    written: &str,
    count: usize,
    candidates: Vec<(String, Option<Location>)>,
) -> Diagnostic {
    let forms: Vec<&str> = candidates.iter().map(|(form, _)| form.as_str()).collect();
    let more = match count.saturating_sub(candidates.len()) {
        0 => String::new(),
        more => format!("; and {more} more"),
    };
    let help = format!("write {}{more}", listed_or(&forms));
    let message = format!("`{written}` could be any of {count} places");
    let mut diagnostic =
        Diagnostic::new("ambiguous-reference", Severity::Error, place, message).help(help);
    for (form, place) in candidates {
        if let Some(place) = place {
            diagnostic = diagnostic.related(place, format!("`{form}`"));
        }
    }
    diagnostic
}

/// A reference that leads to a draft.
pub fn reference_to_draft(place: Location, title: &str) -> Diagnostic {
    let message = format!("\"{title}\" is a draft, so this would lead nowhere");
    Diagnostic::new("reference-to-draft", Severity::Error, place, message)
        .help("build with `--drafts`, or remove `draft = true` there")
}

/// A translation of the document with this title, which is a translation itself; without a title, a
/// translation of itself.
pub fn not_an_original(place: Location, title: Option<&str>) -> Diagnostic {
    let message = match title {
        Some(title) => format!("\"{title}\" is a translation itself"),
        None => "this document is named as its own original".to_owned(),
    };
    Diagnostic::new("doubtful-translation", Severity::Error, place, message)
        .help("name the one document that all translations are made of, which names none")
}

/// A second translation into one language; `first` is the title of the other document in it.
pub fn repeated_translation(place: Location, language: &str, first: &str) -> Diagnostic {
    let message = format!("\"{first}\" is the translation into `{language}` already");
    Diagnostic::new("doubtful-translation", Severity::Error, place, message)
        .help("set `lang` to the language of this document, or remove `translation_of`")
}

/// A URL whose scheme is not allowed; it is shown as text.
pub fn unsafe_url(place: Location, url: &str) -> Diagnostic {
    let message = format!("`{url}` is not linked, only its text is shown");
    Diagnostic::new("unsafe-url", Severity::Warning, place, message).help(
        "a link starts with `https:`, `http:`, `mailto:` or `tel:`, or is a path in the handbook",
    )
}

/// An element that refers to itself.
pub fn self_reference(place: Location) -> Diagnostic {
    let message = "this element refers to itself";
    Diagnostic::new("self-reference", Severity::Warning, place, message)
        .help("refer to another element, or drop the link")
}

/// A block's label that is read as `meant`, though it may have another meaning.
pub fn nonstandard_label(place: Location, written: &str, meant: &str) -> Diagnostic {
    let message = format!("`{written}` is read as {meant}");
    Diagnostic::new("nonstandard-label", Severity::Warning, place, message)
        .help(format!("write `{meant}`, so that nobody takes it for another block"))
}

/// An element that is too long to be a name and has no separator.
pub fn unnamed_element(place: Location) -> Diagnostic {
    let message = "this element has no name";
    Diagnostic::new("unnamed-element", Severity::Advice, place, message)
        .help("start it with a short name in bold, then ` — ` and the text")
}

/// An element without a name that lists `count` entries; `list` is its paragraph as a list, if that is
/// equivalent.
pub fn enumerated_element(place: Location, count: usize, list: Option<String>) -> Diagnostic {
    let message = format!("this element has no name, and lists {count} entries");
    let span = place.span;
    let diagnostic = Diagnostic::new("unnamed-element", Severity::Advice, place, message)
        .help("make it a list, an entry a line: `- …`");
    match list {
        Some(list) => diagnostic.replace(span, list),
        None => diagnostic,
    }
}

/// An element that has the name of the one at `before` in the same place.
pub fn repeated_element(place: Location, name: &str, before: Location) -> Diagnostic {
    let message = format!("a second element is named \"{name}\"");
    Diagnostic::new("repeated-element", Severity::Advice, place, message)
        .help("name them apart, or give one an id: `{#…}`")
        .related(before, "the first one")
}

/// A heading that names no block, but is similar to the label of one that the canvas lacks.
pub fn block_nearly_known(place: Location, written: &str, label: &str) -> Diagnostic {
    let message = format!("`{written}` is no block of this canvas");
    Diagnostic::new("block-nearly-known", Severity::Warning, place, message)
        .label("shown as a section of its own")
        .help(format!("did you mean `{label}`?"))
}

/// A heading with the label of the block `block`, which the canvas lacks, and another level than its blocks; `mended`
/// has their level.
pub fn block_of_another_level(place: Location, block: &str, mended: &str) -> Diagnostic {
    let message = format!("this heading may be meant as the block {block}");
    Diagnostic::new("block-nearly-known", Severity::Warning, place, message)
        .label("of another level than the blocks")
        .help(format!("write `{mended}` if it is; else waive `block-nearly-known` with the reason"))
}

/// A heading of a canvas that names no block and has nothing below it.
pub fn empty_section(place: Location) -> Diagnostic {
    let message = "this heading names no block and has nothing below it";
    Diagnostic::new("empty-section", Severity::Advice, place, message)
        .label("shown nowhere")
        .help("write something below it, or remove it")
}

/// A canvas that lacks the blocks `labels`; `prompt` asks for what could be in the first. `others`
/// are headings among the blocks that name none.
pub fn missing_block(
    place: Location,
    labels: &[&str],
    prompt: &str,
    others: &[&str],
) -> Diagnostic {
    let message = match labels {
        [] => String::new(),
        [one] => format!("this canvas has no {one}"),
        [first @ .., last] => format!("this canvas has no {} and no {last}", first.join(", no ")),
    };
    let diagnostic = Diagnostic::new("missing-block", Severity::Advice, place, message);
    let shown = &others[..others.len().min(MOST_CANDIDATES)];
    match labels.len() {
        _ if !shown.is_empty() => {
            let verb = if shown.len() == 1 { "names" } else { "name" };
            let names = listed(shown);
            diagnostic.help(format!(
                "{names} {verb} no block known to canvasbook; where one is meant, write its label"
            ))
        }
        1 => diagnostic.help(prompt.to_owned()),
        _ => diagnostic.help("add a heading for each, or waive `missing-block` with the reason"),
    }
}

/// An activity that no department leads, though departments lead others of the canvas.
pub fn activity_without_department(place: Location) -> Diagnostic {
    let message = "no department leads this activity";
    Diagnostic::new("activity-without-department", Severity::Advice, place, message)
        .help("write it below the heading of the department that leads it")
}

/// Activities of which no department leads any; `label` is the block's.
pub fn activities_without_departments(place: Location, label: &str) -> Diagnostic {
    let message = format!("{label} names no department");
    Diagnostic::new("activity-without-department", Severity::Advice, place, message)
        .help("write each activity below a heading with the name of the department that leads it")
}

/// A canvas, or an element of it, that was to be reviewed by `due`; it was reviewed on `last`.
pub fn overdue_review(place: Location, last: Date, due: Date) -> Diagnostic {
    let message = format!("the review was due on {due}");
    Diagnostic::new("review-overdue", Severity::Advice, place, message)
        .label(format!("counted from {last}"))
        .help(
            "look it through, then set `reviewed` in the front matter to the day on which you did",
        )
}

/// A reference of a canvas to an element of another one, `name`, that has changed since the day `reviewed`.
pub fn suspect_reference(
    place: Location,
    name: &str,
    reviewed: Date,
    target: Location,
) -> Diagnostic {
    let message = format!("`{name}` has changed since the review of {reviewed}");
    Diagnostic::new("suspect-reference", Severity::Advice, place, message)
        .label("refers to it".to_owned())
        .related(target, "this is its present text")
        .help(
            "look whether what refers to it still holds, then set `reviewed` in the front matter to the day on which you did",
        )
}

/// A canvas with a review interval, but without `reviewed` and `date`.
pub fn never_reviewed(place: Location) -> Diagnostic {
    let message = "it is unknown when this canvas was reviewed last";
    Diagnostic::new("review-overdue", Severity::Advice, place, message)
        .help("look it through, then add `reviewed` with the day to the front matter")
}

/// An activity called `name` that nobody is responsible for, and that the department `leader`
/// leads.
pub fn activity_without_owner(place: Location, name: &str, leader: Option<&str>) -> Diagnostic {
    let message = format!("nobody answers for “{name}”");
    let of_department = leader.map(|leader| format!(", or give {leader} an owner"));
    let help = format!(
        "write `{{owner=\"…\"}}` behind its name{}",
        of_department.as_deref().unwrap_or_default()
    );
    Diagnostic::new("activity-without-owner", Severity::Advice, place, message).help(help)
}

/// Activities that nobody is responsible for; `label` is the block's.
pub fn activities_without_owners(place: Location, label: &str) -> Diagnostic {
    let message = format!("nobody answers for any of {label}");
    Diagnostic::new("activity-without-owner", Severity::Advice, place, message).help(
        "name the owner of each department: `owner` in `[departments.…]` of the front matter or the configuration",
    )
}

/// A waiver that waives no finding.
pub fn unused_waiver(place: Location, rule: &str) -> Diagnostic {
    let message = format!("this waiver of `{rule}` waives nothing");
    Diagnostic::new("unused-waiver", Severity::Warning, place, message)
        .help("what it waived is mended: remove the waiver")
}

/// A waiver that names an element that does not exist.
pub fn waiver_without_element(place: Location, element: &str) -> Diagnostic {
    let message = format!("this waiver's element `{element}` does not exist");
    Diagnostic::new("unused-waiver", Severity::Warning, place, message)
        .help("name the element as a reference does: its id, or its name")
}

/// A department's name that is similar to that of another.
pub fn department_nearly_known(place: Location, written: &str, known: &str) -> Diagnostic {
    let message = format!("the department \"{written}\" is nearly \"{known}\"");
    Diagnostic::new("department-nearly-known", Severity::Warning, place, message)
        .help(format!("write \"{known}\", or add \"{written}\" to `aliases` in `canvasbook.toml`"))
}

/// Departments whose names contain those of others. `joins` are the ids of those that contain others,
/// each with the aliases that it would get.
pub fn overlapping_departments(
    place: Location,
    part: &str,
    whole: &str,
    joins: &[(&str, Vec<&str>)],
) -> Diagnostic {
    let message = format!("\"{part}\" and \"{whole}\" are two departments of this handbook");
    let line = |(id, aliases): &(&str, Vec<&str>)| {
        let aliases: Vec<String> = aliases.iter().map(|alias| format!("\"{alias}\"")).collect();
        format!("`aliases = [{}]` below `[departments.{id}]`", aliases.join(", "))
    };
    let lines: Vec<String> = joins.iter().map(line).collect();
    Diagnostic::new("overlapping-departments", Severity::Advice, place, message).help(format!(
        "to join them, write {} in `canvasbook.toml`; to keep them apart, give each a table there",
        lines.join(" and ")
    ))
}

/// `a`, `b` and `c`, each as code.
fn listed(names: &[&str]) -> String {
    joined(names, "and")
}

/// `a`, `b` or `c`, each as code.
fn listed_or(names: &[&str]) -> String {
    joined(names, "or")
}

fn joined(names: &[&str], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
            format!("{} {word} `{last}`", first.join(", "))
        }
    }
}

/// The title of a document that is that of an earlier one in its folder.
pub fn repeated_title(place: Location, title: &str, other: &SourcePath) -> Diagnostic {
    let message = format!("{other} has the title \"{title}\" too");
    Diagnostic::new("repeated-title", Severity::Advice, place, message)
        .help("give one of them another title, since lists show both in one place")
}

/// An owner's name that differs from another's by a letter.
pub fn owner_nearly_known(place: Location, owner: &str, other: &str) -> Diagnostic {
    let message = format!("\"{owner}\" is nearly \"{other}\"");
    Diagnostic::new("owner-nearly-known", Severity::Advice, place, message)
        .label("an owner of its own")
        .help(format!(
            "write `{other}` if they are one, so that one page lists what they answer for"
        ))
}
