//! The handbook's logo: which file of the site it is, and how large its picture is.
//!
//! Only the first bytes of the picture are handed in. With its size a page reserves the right space
//! before the picture has loaded, so that nothing moves.

use crate::config::LOGO_ENDINGS;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::slug::nearest;
use crate::source::{Location, SourcePath, Spanned};
use crate::view::edition::{Logo, file_path};
use crate::view::url::SitePath;

/// The file of the handbook that a logo, as the configuration writes it, is a copy of.
pub(crate) fn source<'f>(
    logo: &Spanned<String>,
    files: impl IntoIterator<Item = &'f SourcePath>,
) -> Option<&'f SourcePath> {
    let path = SitePath::new(&logo.value);
    files.into_iter().find(|file| file_path(file) == path)
}

/// The logo that the configuration, which is `config`, names. One that is not among `files` is
/// reported.
pub(crate) fn find(
    logo: &Spanned<String>,
    config: &SourcePath,
    files: &[SourcePath],
    head: &[u8],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Logo> {
    let path = SitePath::new(&logo.value);
    if source(logo, files).is_some() {
        return Some(Logo { path, size: size(head) });
    }
    let files: Vec<SitePath> = files.iter().map(file_path).collect();
    let pictures: Vec<&str> = files.iter().map(SitePath::as_str).filter(is_picture).collect();
    // `static/logo.svg` is the path of the picture, but not its path in the site.
    let below = path.as_str().strip_prefix("static/");
    let near = match below.filter(|below| pictures.contains(below)) {
        Some(below) => vec![below],
        None => nearest(path.as_str(), pictures.iter().copied()),
    };
    let place = Location::new(config, logo.span);
    diagnostics.push(catalogue::unknown_logo(place, path.as_str(), &near));
    None
}

fn is_picture(path: &&str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    LOGO_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The width and height of a picture; `None` if they cannot be read.
fn size(head: &[u8]) -> Option<[usize; 2]> {
    if let Ok(size) = imagesize::blob_size(head) {
        return Some([size.width, size.height]).filter(|size| !size.contains(&0));
    }
    svg_size(&String::from_utf8_lossy(head))
}

/// The width and height of an SVG, by its `viewBox`, else by its own width and height. Only their
/// proportion counts, so both are enlarged to make fractions whole.
fn svg_size(text: &str) -> Option<[usize; 2]> {
    let tag = &text[text.find("<svg")? + "<svg".len()..];
    let tag = &tag[..tag.find('>')?];
    let view_box = attribute(tag, "viewBox").and_then(|value| {
        let is_between = |c: char| c.is_ascii_whitespace() || c == ',';
        let mut numbers = value.split(is_between).filter(|n| !n.is_empty()).skip(2);
        Some([length(numbers.next()?)?, length(numbers.next()?)?])
    });
    let [width, height] = match view_box {
        Some(size) => size,
        None => [length(attribute(tag, "width")?)?, length(attribute(tag, "height")?)?],
    };
    let factor = if width.fract() == 0.0 && height.fract() == 0.0 { 1.0 } else { 100.0 };
    Some([whole(width * factor)?, whole(height * factor)?])
}

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let starts = tag.match_indices(name);
    starts.filter(|(at, _)| tag[..*at].ends_with(|c: char| c.is_ascii_whitespace())).find_map(
        |(at, _)| {
            let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
            let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            rest[1..].split(quote).next()
        },
    )
}

/// A length in pixels, the only unit whose proportion can be compared without a page.
fn length(text: &str) -> Option<f64> {
    let text = text.trim();
    text.strip_suffix("px").unwrap_or(text).parse().ok()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is checked")]
fn whole(value: f64) -> Option<usize> {
    /// No screen is larger, so more is a slip or a joke.
    const LARGEST: f64 = 1e6;
    let value = value.round();
    (1.0..=LARGEST).contains(&value).then_some(value as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_say_how_large_they_are() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\x50\x08\x06\0\0\0";
        assert_eq!(size(png), Some([320, 80]));
        assert_eq!(size(b"GIF89a\x0a\0\x14\0\0\0\0"), Some([10, 20]));
        assert_eq!(size(b"GIF89a\0\0\x14\0\0\0\0"), None);
        assert_eq!(size(b"\x89PNG\r\n\x1a\n"), None, "the rest is missing");
        assert_eq!(size(b""), None);
        assert_eq!(size(b"\xff\xfe\x00"), None);
    }

    #[test]
    fn vector_pictures_have_proportions() {
        for (svg, expected) in [
            ("<?xml version='1.0'?>\n<svg viewBox=\"0 0 120 32\" width=\"5cm\">", Some([120, 32])),
            ("<svg\n  viewBox='-1,-1, 24.5 10' >", Some([2450, 1000])),
            ("<svg stroke-width=\"2\" width=\"64px\" height=\"16\"/>", Some([64, 16])),
            ("<svg width=\"100%\" height=\"16\">", None),
            ("<svg viewBox=\"0 0 0 32\">", None),
            ("<svg viewBox=\"0 0 32\">", None),
            ("<svg viewBox=\"0 0 nan 1\">", None),
            ("<svg viewBox=\"0 0 1e99 1\">", None),
            ("<svg viewBox", None),
            ("<html>", None),
        ] {
            assert_eq!(size(svg.as_bytes()), expected, "{svg}");
        }
    }
}
