//! Diagnostics of parts that no reader of the site will see, or will see as source.

use super::Explained;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Location, Span};

/// The codes of this file: code, severity unless it is configured, meaning.
pub(super) const CODES: &[Explained] = &[
    ("never-closed", Severity::Warning, "Something is opened and never closed."),
    ("unread-attributes", Severity::Warning, "Braces that look like attributes are shown as text."),
    (
        "not-a-link",
        Severity::Warning,
        "What looks like a link is shown as text, or the definition of one nowhere.",
    ),
    ("unmatched-footnote", Severity::Warning, "A footnote without its mark, or a mark without it."),
    ("embedded-document", Severity::Warning, "`![[…]]` of a document is shown as a link to it."),
    ("surplus-cells", Severity::Warning, "A row has more cells than its table has columns."),
    (
        "list-as-code",
        Severity::Warning,
        "A list is read as code, because it is indented or between fences.",
    ),
    (
        "list-beside-number",
        Severity::Advice,
        "A list is indented too little to belong to a number.",
    ),
    ("html-as-text", Severity::Warning, "HTML is shown as text."),
    ("unread-heading", Severity::Advice, "A heading that no page shows."),
    ("doubtful-group", Severity::Advice, "A group that may be meant as an entry of its block."),
    ("unread-canvas", Severity::Advice, "A page has the labels of a canvas and no block."),
];

fn warning(code: &'static str, place: Location, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, Severity::Warning, place, message.into())
}

/// A comment that hides what follows it: the rest of its line, or of the document. `end` is where it
/// may be meant to end.
pub fn comment_never_closed(place: Location, is_line: bool, end: Option<usize>) -> Diagnostic {
    let label = if is_line { "hides the rest of the line" } else { "hides everything below" };
    let diagnostic = warning("never-closed", place, "this comment is never closed")
        .label(label)
        .help("end it with `-->`");
    match end {
        Some(end) => diagnostic.replace(Span::new(end, end), " -->"),
        None => diagnostic,
    }
}

/// A `%%` that hides what follows it: the rest of its paragraph, or of the document.
pub fn percent_comment_never_closed(place: Location, is_paragraph: bool) -> Diagnostic {
    let label = match is_paragraph {
        true => "hides the rest of the paragraph",
        false => "hides everything below",
    };
    warning("never-closed", place, "this comment is never closed")
        .label(label)
        .help("end it with `%%`; write `\\%%` where percent signs are meant")
}

/// A comment within a paragraph, which is shown as text.
pub fn comment_shown(place: Location) -> Diagnostic {
    warning("never-closed", place, "this comment is never closed")
        .label("shown as text")
        .help("end it with `-->`")
}

/// A block of code that reaches to the end of what contains it; `fence` is the line that would end
/// it.
pub fn code_never_closed(place: Location, fence: &str) -> Diagnostic {
    warning("never-closed", place, "this block of code is never closed")
        .label("what follows is shown as code")
        .help(format!("end it with a line \"{fence}\""))
}

/// `[[` without `]]`.
pub fn link_never_closed(place: Location) -> Diagnostic {
    warning("never-closed", place, "this link is never closed")
        .label("shown as text")
        .help("end it with `]]`")
}

/// `**` that begins a text and has no counterpart.
pub fn bold_never_closed(place: Location) -> Diagnostic {
    warning("never-closed", place, "this `**` is never closed")
        .label("shown as text")
        .help("put `**` directly behind the last word that is to be bold")
}

/// Braces that look like an attribute list where none is read, or with a slip.
pub fn unread_attributes(place: Location) -> Diagnostic {
    warning("unread-attributes", place, "these braces are shown as text")
        .label("not read as attributes")
        .help("write `{#id .class key=value key=\"two words\"}`, directly behind the name or at the end of the first line")
}

/// Braces that begin like an attribute list and do not end.
pub fn braces_never_closed(place: Location) -> Diagnostic {
    let end = Span { start: place.span.end, end: place.span.end };
    warning("never-closed", place, "these braces are never closed")
        .label("shown as text")
        .help("end them with `}`")
        .replace(end, "}")
}

/// An attribute for activities that is written elsewhere.
pub fn attribute_of_activities(place: Location, key: &str) -> Diagnostic {
    warning("unread-attributes", place, format!("`{key}` counts for activities only"))
        .label("in no list of departments or categories")
        .help("remove it, or write it behind what is done: an activity, or the heading of a department")
}

/// An attribute of a heading that takes an id only.
pub fn attribute_of_heading(place: Location, key: &str) -> Diagnostic {
    warning("unread-attributes", place, format!("`{key}` is not read of this heading"))
        .label("not read")
        .help("write it behind the elements that it is for")
}

/// An id after something that has one in braces.
pub fn second_id(place: Location) -> Diagnostic {
    warning("unread-attributes", place, "the braces before this id give another one")
        .label("leads nowhere")
        .help("keep the one that references use")
}

/// Attributes of the heading that is the title of its page.
pub fn attributes_of_title(place: Location) -> Diagnostic {
    warning("unread-attributes", place, "the title of a page takes no attributes")
        .label("not read")
        .help("remove them; a link to the file leads to its title")
}

/// Blanks in the address of a link; `address` is its place, `written` its text.
pub fn blanks_in_address(place: Location, address: Span, written: &str) -> Diagnostic {
    warning("not-a-link", place, "this is no link, because its address has blanks")
        .label("shown as text")
        .help(format!("write `(<{written}>)`, or `%20` for each blank"))
        .replace(address, format!("<{written}>"))
}

/// The title of a link in curly quotation marks; `title` is its place with them.
pub fn curly_title(place: Location, title: Span, mended: &str) -> Diagnostic {
    warning("not-a-link", place, "this is no link, because its title is in curly quotation marks")
        .label("shown as text")
        .help(format!("write {mended}"))
        .replace(title, mended)
}

/// A blank between the text of a link and its address, at `gap`.
pub fn blank_before_address(place: Location, gap: Span) -> Diagnostic {
    warning("not-a-link", place, "this is no link, because there is a blank before its address")
        .label("shown as text")
        .help("write `](` without a blank")
        .replace(gap, "")
}

/// A link that names a definition that does not exist.
pub fn undefined_link(place: Location, name: &str) -> Diagnostic {
    warning("not-a-link", place, format!("this is no link, because `{name}` is defined nowhere"))
        .label("shown as text")
        .help(format!(
            "write the address in parentheses, or define it in a line `[{name}]: address`"
        ))
}

/// The definition of a link that nothing refers to by its name.
pub fn unused_definition(place: Location, name: &str) -> Diagnostic {
    let start = Span { start: place.span.start, end: place.span.start };
    warning("not-a-link", place, "this defines a link, and nothing refers to it")
        .label("shown nowhere")
        .help(format!("write `[text][{name}]` where the link belongs, or `\\[` if this is text"))
        .replace(start, "\\")
}

/// `![[…]]` of something that is not a picture.
pub fn embedded_document(place: Location) -> Diagnostic {
    let mark = Span { start: place.span.start, end: place.span.start + 1 };
    warning("embedded-document", place, "only pictures are embedded")
        .label("shown as a link")
        .help("write a link, without `!`")
        .replace(mark, "")
}

/// A footnote that nothing refers to.
pub fn unused_footnote(place: Location, name: &str) -> Diagnostic {
    warning("unmatched-footnote", place, "nothing refers to this footnote")
        .label("shown nowhere")
        .help(format!("write `[^{name}]` where it belongs, or remove it"))
}

/// A footnote whose mark, at `mark`, is only in a label.
pub fn footnote_of_label(place: Location, name: &str, mark: Location) -> Diagnostic {
    warning(
        "unmatched-footnote",
        place,
        "only a heading or the head of a table has the mark of this footnote, and pages show their words alone",
    )
    .label("shown nowhere")
    .help(format!("write `[^{name}]` in the text below"))
    .related(mark, "the mark")
}

/// A footnote whose name another one has already.
pub fn repeated_footnote(place: Location, name: &str, before: Location) -> Diagnostic {
    warning("unmatched-footnote", place, format!("a second footnote is called `{name}`"))
        .label("shown nowhere")
        .help("give it a name of its own")
        .related(before, "the first one")
}

/// The mark of a footnote that does not exist.
pub fn missing_footnote(place: Location, name: &str) -> Diagnostic {
    warning("unmatched-footnote", place, format!("the footnote `{name}` does not exist"))
        .label("shown as text")
        .help(format!("write it as a paragraph that begins with `[^{name}]:`"))
}

/// The cells of a row for which the table has no column.
pub fn surplus_cells(place: Location) -> Diagnostic {
    warning("surplus-cells", place, "this row has more cells than the table has columns")
        .label("not shown")
        .help("add columns to the head of the table, or write `\\|` for a bar within a cell")
}

/// A list that is indented so far that it is code; `mended` is the list at the margin.
pub fn list_as_code(place: Location, mended: &str) -> Diagnostic {
    let span = place.span;
    warning("list-as-code", place, "this list is read as code, because it is indented")
        .label("shown as it is written")
        .help("begin its lines at the margin")
        .replace(span, mended)
}

/// A list between fences; `mended` is the list without them.
pub fn fenced_list(place: Location, mended: &str) -> Diagnostic {
    let span = place.span;
    warning("list-as-code", place, "this list is read as code, because it is between fences")
        .label("shown as it is written")
        .help("remove the two fences, or write a language behind the first if it is code")
        .replace(span, mended)
}

/// A list that is indented below a number, yet too little to belong to it.
pub fn list_beside_number(place: Location) -> Diagnostic {
    let message = "this is an entry of its own, not a detail of the number above it";
    Diagnostic::new("list-beside-number", Severity::Advice, place, message.to_owned())
        .label("indented too little")
        .help("indent it as far as the text behind the number: by three blanks below `1. `")
}

/// The first HTML of a document.
pub fn html_as_text(place: Location) -> Diagnostic {
    warning("html-as-text", place, "HTML is shown as text")
        .label("readers see these signs")
        .help("write it in Markdown; only comments and `<br>` are read")
}

/// A group `title` that has the word of its block's entries, `word`, before a separator, and `name` after it, but does
/// not count.
pub fn doubtful_group(place: Location, title: &str, word: &str, name: &str) -> Diagnostic {
    let message = format!("`{title}` is read as a group, and what is below as its entries");
    Diagnostic::new("doubtful-group", Severity::Advice, place, message).help(format!(
        "if it is an entry itself, number it, `{word} 1: {name}`; if it is a group, leave out the colon"
    ))
}

/// A page that names the blocks `labels` in a form that is not read; `place` is the first.
pub fn unread_canvas(place: Location, labels: &[&str], shape: &str) -> Diagnostic {
    let (last, first) = labels.split_last().unwrap_or((&"", &[]));
    let message = format!(
        "this looks like a canvas, but its labels are written {shape}: {} and {last}",
        first.join(", ")
    );
    let example = labels.first().unwrap_or(&"");
    Diagnostic::new("unread-canvas", Severity::Advice, place, message)
        .label("no block is read")
        .help(format!("make each label a heading, such as `## {example}`; or write `canvas = false` in the front matter"))
}

/// A heading without a blank that continues the list item above it; `count` is the number of its
/// marks.
pub fn heading_as_text(place: Location, count: usize) -> Diagnostic {
    let mended = format!("{} ", "#".repeat(count));
    let span = place.span;
    Diagnostic::new(
        "unread-heading",
        Severity::Advice,
        place,
        "this heading is a line of the item above it".to_owned(),
    )
    .label("shown as text")
    .help("write a blank behind its marks, or an empty line above it")
    .replace(span, mended)
}

/// A bold line between two items of a list that continues the first of them.
pub fn label_as_text(place: Location) -> Diagnostic {
    let start = Span { start: place.span.start, end: place.span.start };
    let message = "this label is a line of the item above it";
    Diagnostic::new("unread-heading", Severity::Advice, place, message)
        .label("shown as text")
        .help("put an empty line above it")
        .replace(start, "\n")
}

/// A second heading of a block, with other words than the first one at `before`.
pub fn second_heading(place: Location, label: &str, before: Location) -> Diagnostic {
    let message = format!("this block is called {label} already");
    Diagnostic::new("unread-heading", Severity::Advice, place, message)
        .label("shown nowhere")
        .help("what is below joins the block; write its words into the first heading, or make it a sub-heading")
        .related(before, "the first one")
}
