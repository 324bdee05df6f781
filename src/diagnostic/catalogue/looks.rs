//! Diagnostics of the logo and the colours.

use super::Explained;
use crate::colour::Rgb;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Location, Span};

/// Every code of this module with its severity and meaning.
pub(super) const CODES: &[Explained] = &[
    ("unknown-logo", Severity::Error, "The configuration names a logo that does not exist."),
    (
        "weak-contrast",
        Severity::Warning,
        "A colour of the configuration or of a kind is hard to read.",
    ),
    (
        "similar-colors",
        Severity::Warning,
        "Two areas of a canvas have colours that are hard to tell apart.",
    ),
];

/// A logo that is not a file of the built site. `near` are the most similar pictures, the best
/// first.
pub fn unknown_logo(place: Location, logo: &str, near: &[&str]) -> Diagnostic {
    let message = format!("the logo `{logo}` does not exist");
    let span = place.span;
    let diagnostic =
        Diagnostic::new("unknown-logo", Severity::Error, place, message).label("no such file");
    match near {
        [] => diagnostic.help(format!("put the picture at `static/{logo}`")),
        [first, ..] => {
            let quoted: Vec<String> = near.iter().map(|path| format!("`{path}`")).collect();
            diagnostic
                .help(format!("did you mean {}?", quoted.join(" or ")))
                .replace(span, format!("\"{first}\""))
        }
    }
}

/// How badly a colour can be read, and where.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// `light` or `dark`.
    pub scheme: &'a str,
    /// The surface on which it is worst.
    pub surface: &'a str,
    /// The contrast there.
    pub contrast: f64,
    /// The contrast that text needs.
    pub needed: f64,
}

/// A colour that is hard to read; `title` is its key. `near` is the nearest of its hue that is not.
pub fn weak_contrast(
    place: Location,
    title: &str,
    reading: Reading<'_>,
    near: Option<Rgb>,
) -> Diagnostic {
    let Reading { scheme, surface, contrast, needed } = reading;
    // Rounded down, so that a value that just fails does not look as if it had passed.
    let contrast = (contrast * 100.0).floor() / 100.0;
    let message = format!(
        "`{title}` is hard to read in the {scheme} scheme: its contrast on {surface} is {contrast:.2}:1"
    );
    let span = place.span;
    let diagnostic = Diagnostic::new("weak-contrast", Severity::Warning, place, message)
        .label(format!("text needs {needed:.1}:1"));
    match near {
        Some(near) => diagnostic
            .help(format!("the nearest colour of the same hue that reads there is `{near}`"))
            .replace(span, format!("\"{near}\"")),
        None => diagnostic.help("choose a darker or lighter one"),
    }
}

/// A colour of an area that looks like another area's. `other_place` is where that one is set;
/// `None` if it is the theme's.
pub fn similar_colors(
    place: Location,
    title: &str,
    other: &str,
    scheme: &str,
    other_place: Option<Span>,
) -> Diagnostic {
    let message =
        format!("`{title}` looks nearly like the colour of `{other}` in the {scheme} scheme");
    let related = other_place.map(|span| Location { file: place.file.clone(), span });
    let diagnostic = Diagnostic::new("similar-colors", Severity::Warning, place, message)
        .label("hard to tell apart")
        .help("choose another hue, or make one of the two clearly darker than the other");
    match related {
        Some(related) => diagnostic.related(related, format!("`{other}` is set here")),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourcePath;

    #[test]
    fn every_constructor_has_its_code_severity_and_help_in_the_table() {
        let place = || Location::new(&SourcePath::new("canvasbook.toml"), 7..20);
        let reading =
            Reading { scheme: "light", surface: "`--ground`", contrast: 4.499, needed: 4.5 };
        let all = [
            unknown_logo(place(), "lgo.svg", &["logo.svg"]),
            weak_contrast(place(), "colors.accent", reading, Rgb::parse("#000")),
            similar_colors(place(), "colors.offer", "money", "dark", Some(Span::new(1, 2))),
        ];
        assert_eq!(all.len(), CODES.len());
        for (diagnostic, (code, severity, _)) in all.iter().zip(CODES) {
            assert_eq!((&*diagnostic.code, diagnostic.severity), (*code, *severity));
            assert!(diagnostic.help.is_some() && !diagnostic.message.ends_with('.'), "{code}");
        }
        assert!(all[1].message.ends_with("4.49:1"), "{}", all[1].message);
    }
}
