//! Relative links of a document that is copied to another place, changed so that their targets
//! stay.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::canvas::{Document, LinkTarget, url_target};
use crate::handbook::{join, relative};
use crate::markdown;
use crate::markdown::written::{self, OPENERS};
use crate::source::{SourcePath, Span};

/// Characters that would end a destination or mean something else in it. Letters of all scripts
/// stay readable.
const ODD: &AsciiSet =
    &CONTROLS.add(b' ').add(b'%').add(b'(').add(b')').add(b'<').add(b'>').add(b'?').add(b'#');

/// The destinations to change if `document` is copied to `to`, with their new texts, in order.
pub(super) fn edits(document: &Document, to: &SourcePath) -> Vec<(Span, String)> {
    let text = &*document.text;
    let links = document.links.iter().map(|link| (link.span.range(), link.target(), OPENERS[0]));
    let definitions = markdown::definitions(text, document.body).into_iter();
    let definitions =
        definitions.map(|(url, range)| (range, url_target(&url).into_owned(), OPENERS[1]));
    let mut edits: Vec<(Span, String)> = links
        .chain(definitions)
        .filter_map(|(range, target, opener)| {
            let LinkTarget::Path { path, .. } = &target else { return None };
            let written = &text[range.clone()];
            let (at, raw) = written::address(written, opener, &target)?;
            let moved = moved(document, to, path, raw)?;
            let start = range.start + at;
            (moved != raw).then(|| (Span::new(start, start + raw.len()), moved))
        })
        .collect();
    edits.sort();
    // A link in a link's text is found with both.
    edits.dedup();
    edits
}

/// A relative path of a key of front matter, in the form for `to`.
pub(super) fn path(document: &Document, to: &SourcePath, path: &str) -> Option<String> {
    join(document.path.folder(), path).map(|path| relative(to.folder(), &path))
}

/// A destination in the form for `to`; `None` if it leads out of the handbook already.
fn moved(document: &Document, to: &SourcePath, path: &str, raw: &str) -> Option<String> {
    let end = raw.find(['?', '#']).unwrap_or(raw.len());
    let (raw_path, rest) = raw.split_at(end);
    // A path to the document itself, with or without its extension, becomes one to the copy.
    let own = document.path.as_str();
    let led = join(document.path.folder(), path)?;
    if led == own || own.rsplit_once('.').is_some_and(|(own, _)| led == own) {
        return Some(format!("{}{rest}", encoded(to.file_name())));
    }
    if to.folder() == document.path.folder() {
        return None;
    }
    let joined = join(&encoded(document.path.folder()), raw_path)?;
    let slash = if raw_path.ends_with('/') && !joined.is_empty() { "/" } else { "" };
    Some(format!("{}{slash}{rest}", relative(&encoded(to.folder()), &joined)))
}

fn encoded(path: &str) -> String {
    // The encoder would encode every other script.
    let part = |c: char| match c.is_ascii() {
        true => utf8_percent_encode(c.encode_utf8(&mut [0; 4]), ODD).to_string(),
        false => c.to_string(),
    };
    path.chars().map(part).collect()
}
