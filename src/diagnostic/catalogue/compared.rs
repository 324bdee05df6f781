//! Diagnostics of canvases that are to be compared.

use super::Explained;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Location;

/// Every code of this file with its severity and what it means.
pub(super) const CODES: &[Explained] = &[(
    "doubtful-comparison",
    Severity::Error,
    "A canvas is based on something, or to be compared with something, that it cannot be compared with.",
)];

fn doubtful(place: Location, message: String) -> Diagnostic {
    Diagnostic::new("doubtful-comparison", Severity::Error, place, message)
}

/// A canvas that names itself.
pub fn named_itself(place: Location, key: &str) -> Diagnostic {
    doubtful(place, format!("this canvas names itself in `{key}`"))
        .help(format!("name another canvas, or remove `{key}`"))
}

/// A canvas that names a page.
pub fn no_canvas_to_compare(place: Location, key: &str, title: &str) -> Diagnostic {
    doubtful(place, format!("\"{title}\" is no canvas"))
        .help(format!("name a canvas in `{key}`; a page has no building blocks"))
}

/// A canvas whose bases lead back to itself; `title` is that of its own base.
pub fn bases_in_a_circle(place: Location, title: &str) -> Diagnostic {
    doubtful(place, format!("\"{title}\" is based on this canvas in turn"))
        .help("remove `based_on` from the canvas that was there first")
}
