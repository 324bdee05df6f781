//! The colours of the configuration in the theme's style sheet.
//!
//! A strict Content-Security-Policy forbids styles in pages, and a page should load few files. So
//! the published `assets/style.css` ends with the custom properties that `[colors]` overrides. The
//! surfaces behind texts are read from the same style sheet, so that a theme with other surfaces is
//! checked against its own.

mod areas;

use std::collections::BTreeMap;

use super::BUILT_IN;
use crate::colour::Rgb;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, Reading};
use crate::node::reader::SchemeColors;
use crate::source::{Location, SourcePath, Span, Spanned};

pub(crate) use areas::both;
pub(super) use areas::check;

/// The style sheet that every page loads.
pub(crate) const STYLE: &str = "assets/style.css";

/// The contrast that WCAG 2 requires of text at level AA.
const READABLE: f64 = 4.5;

/// How much of an area's colour is mixed into the surface if its texts are on a tint: on the map of
/// a narrow page. A test compares it with the style sheet.
const TINT: f64 = 0.08;

/// Two areas whose colours differ less, in Oklab, can be distinguished only side by side. The closest
/// of the built-in colours differ by twice as much.
const TOLD_APART: f64 = 0.06;

/// A key of `[colors]` and the property that it changes.
struct Painted {
    key: &'static str,
    /// The custom property.
    token: &'static str,
    /// The custom properties that its texts are on.
    surfaces: &'static [&'static str],
    /// Whether it is the colour of an area: its texts are on a tint of their own as well, and it
    /// must differ from the others.
    is_area: bool,
}

const fn area(key: &'static str, token: &'static str) -> Painted {
    Painted { key, token, surfaces: &["--surface"], is_area: true }
}

/// Every key of `[colors]`.
const PAINTED: [Painted; 5] = [
    Painted {
        key: "accent",
        token: "--link",
        surfaces: &["--ground", "--surface", "--mark"],
        is_area: false,
    },
    area("infrastructure", "--infrastructure"),
    area("offer", "--offer"),
    area("customers", "--customers"),
    area("money", "--money"),
];

/// A colour in the light and in the dark scheme.
pub(crate) type Pair = [Rgb; 2];

const SCHEMES: [&str; 2] = ["light", "dark"];

/// The background of a text, and its name.
type Surface = (String, Pair);

/// The declarations to append to the theme's style sheet; empty if no colour is set. Reports
/// colours that are hard to read or to tell apart; `file` is the configuration.
pub(super) fn overriding(
    colors: &BTreeMap<&'static str, SchemeColors>,
    style: &str,
    file: &SourcePath,
    diagnostics: &mut Vec<Diagnostic>,
) -> String {
    let mut declarations = String::new();
    let mut shown: BTreeMap<&str, Pair> = BTreeMap::new();
    for painted in &PAINTED {
        let Some(color) = colors.get(painted.key) else {
            shown.extend(token(style, painted.token).map(|pair| (painted.key, pair)));
            continue;
        };
        let title = format!("colors.{}", painted.key);
        let [light, dark] = pair(painted, color, style, |written, reading, near| {
            let place = Location::new(file, written.span);
            diagnostics.push(catalogue::weak_contrast(place, &title, reading, near));
        });
        shown.insert(painted.key, [light, dark]);
        if !declarations.is_empty() {
            declarations.push(';');
        }
        declarations.push_str(&format!("{}:light-dark({light},{dark})", painted.token));
    }
    similar(colors, &shown, file, diagnostics);
    if declarations.is_empty() { declarations } else { format!(":root{{{declarations}}}") }
}

/// A colour in the light and in the dark scheme: as it is written, and where nothing is written for the dark the
/// nearest that reads there. Calls `weak` with each that is hard to read, and the nearest that is not.
fn pair(
    painted: &Painted,
    color: &SchemeColors,
    style: &str,
    mut weak: impl FnMut(&Spanned<Rgb>, Reading<'_>, Option<Rgb>),
) -> Pair {
    let surfaces = surfaces(painted, style);
    let mut pair = [color.light.value; 2];
    let written = [Some(&color.light), color.dark.as_ref()];
    for (scheme, written) in written.into_iter().enumerate() {
        let worst = |colour: Rgb| worst(painted, colour, &surfaces, scheme);
        let reads = |colour: Rgb| worst(colour).is_none_or(|(_, contrast)| contrast >= READABLE);
        let Some(written) = written else {
            pair[scheme] = pair[0].nearest(reads).unwrap_or(pair[0]);
            continue;
        };
        pair[scheme] = written.value;
        if let Some((surface, contrast)) = worst(written.value).filter(|(_, c)| *c < READABLE) {
            let (scheme, surface) = (SCHEMES[scheme], surface.as_str());
            let reading = Reading { scheme, surface, contrast, needed: READABLE };
            weak(written, reading, written.value.nearest(reads));
        }
    }
    pair
}

/// Reports areas that look nearly alike. The theme's own colours are the theme's business.
fn similar(
    colors: &BTreeMap<&'static str, SchemeColors>,
    shown: &BTreeMap<&str, Pair>,
    file: &SourcePath,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let areas: Vec<&str> = PAINTED.iter().filter(|p| p.is_area).map(|p| p.key).collect();
    let pairs = areas.iter().enumerate().flat_map(|(at, one)| {
        // Reported at the later of two that are set, else at the one that is.
        areas[..at].iter().map(move |other| (*one, *other))
    });
    for (one, other) in pairs {
        let (key, other) = if colors.contains_key(one) { (one, other) } else { (other, one) };
        let (Some(color), Some(mine), Some(theirs)) =
            (colors.get(key), shown.get(key), shown.get(other))
        else {
            continue;
        };
        if let Some((scheme, span)) = alike(color, *mine, *theirs) {
            let other_place = colors.get(other).map(|other| other.light.span);
            diagnostics.push(catalogue::similar_colors(
                Location::new(file, span),
                &format!("colors.{key}"),
                other,
                scheme,
                other_place,
            ));
        }
    }
}

/// The first scheme in which the pair of a colour is hard to distinguish from another pair, and where its
/// colour for that is written; `None` if they differ enough in both.
fn alike(color: &SchemeColors, mine: Pair, theirs: Pair) -> Option<(&'static str, Span)> {
    let scheme = (0..2).find(|at| mine[*at].difference(theirs[*at]) < TOLD_APART)?;
    let dark = color.dark.as_ref().filter(|_| scheme == 1);
    Some((SCHEMES[scheme], dark.unwrap_or(&color.light).span))
}

/// The surfaces behind the texts of a colour in the theme's style sheet, except those that are not
/// written in digits. If there are none, those of the built-in theme.
fn surfaces(painted: &Painted, style: &str) -> Vec<Surface> {
    let read = |style: &str| -> Vec<Surface> {
        let surface = |name: &&str| Some((format!("`{name}`"), token(style, name)?));
        painted.surfaces.iter().filter_map(surface).collect()
    };
    let own = read(style);
    if own.is_empty() { read(built_in_style()) } else { own }
}

/// The surface on which a colour is hardest to read, and its contrast there.
fn worst(
    painted: &Painted,
    colour: Rgb,
    surfaces: &[Surface],
    scheme: usize,
) -> Option<(String, f64)> {
    let mut readings: Vec<(String, f64)> = Vec::new();
    for (name, pair) in surfaces {
        readings.push((name.clone(), colour.contrast(pair[scheme])));
        if painted.is_area {
            let tint = colour.over(TINT, pair[scheme]);
            readings.push((format!("{name} tinted with it"), colour.contrast(tint)));
        }
    }
    readings.into_iter().min_by(|one, other| one.1.total_cmp(&other.1))
}

/// The first value of a custom property: `#abc`, or `light-dark(#abc, #abc)`.
fn token(style: &str, name: &str) -> Option<Pair> {
    let declared = format!("{name}:");
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let (at, _) =
        style.match_indices(&declared).find(|(at, _)| !style[..*at].ends_with(is_name))?;
    let value = style[at + declared.len()..].split([';', '}']).next()?.trim();
    let inner = value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')'));
    match inner.and_then(|inner| inner.split_once(',')) {
        Some((light, dark)) => Some([Rgb::parse(light.trim())?, Rgb::parse(dark.trim())?]),
        None => Rgb::parse(value).map(|both| [both; 2]),
    }
}

fn built_in_style() -> &'static str {
    let file = BUILT_IN.iter().find(|file| file.path == STYLE);
    file.and_then(|file| std::str::from_utf8(file.bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{self, COLOR_KEYS};
    use crate::diagnostic::drawn::draw;
    use crate::source::Source;
    use expect_test::{Expect, expect};

    /// Compares the appended declarations for a configuration, and the diagnostics.
    #[track_caller]
    fn check(style: &str, text: &str, expected: Expect) {
        let source = Source::new("canvasbook.toml", text);
        let mut diagnostics = Vec::new();
        let config = config::read(&source, &mut diagnostics);
        let css = overriding(&config.colors, style, &source.path, &mut diagnostics);
        let css = if css.is_empty() { "nothing appended" } else { &css };
        expected.assert_eq(&format!("{css}\n{}", draw(text, &diagnostics)));
    }

    #[test]
    fn every_key_has_a_token_of_the_built_in_style_sheet() {
        let keys: Vec<&str> = COLOR_KEYS.iter().map(|key| key.name).collect();
        assert_eq!(PAINTED.map(|painted| painted.key).as_slice(), keys);
        for painted in &PAINTED {
            for name in painted.surfaces.iter().chain([&painted.token]) {
                assert!(token(built_in_style(), name).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn the_tint_is_that_of_the_style_sheet() {
        let tint = format!("color-mix(in srgb, var(--area) {:.0}%, var(--surface))", TINT * 100.0);
        let text_on_it = format!("background: {tint}; color: var(--area)");
        assert!(built_in_style().contains(&text_on_it), "{text_on_it}");
    }

    #[test]
    fn the_built_in_colours_would_pass() {
        for (painted, pair) in
            PAINTED.iter().map(|painted| (painted, token(built_in_style(), painted.token)))
        {
            for (scheme, colour) in pair.expect("it is there").into_iter().enumerate() {
                let surfaces = surfaces(painted, built_in_style());
                let (surface, contrast) =
                    worst(painted, colour, &surfaces, scheme).expect("there are surfaces");
                assert!(contrast >= READABLE, "{}: {contrast} on {surface}", painted.key);
            }
        }
        let area = |at: usize| token(built_in_style(), PAINTED[at].token).expect("it is there");
        for (one, other) in [(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)] {
            for scheme in 0..2 {
                let difference = area(one)[scheme].difference(area(other)[scheme]);
                assert!(difference >= 2.0 * TOLD_APART, "{one} {other}: {difference}");
            }
        }
    }

    #[test]
    fn tokens_are_found_in_plain_and_in_compact_sheets() {
        let light_and_dark =
            |css: &str| token(css, "--surface").map(|pair| pair.map(|c| c.to_string()));
        let both = Some(["#ffffff".to_owned(), "#1b1e23".to_owned()]);
        assert_eq!(light_and_dark(":root { --surface: light-dark(#fff, #1b1e23); }"), both);
        assert_eq!(
            light_and_dark(":root{--card--surface:#000;--surface:light-dark(#fff,#1b1e23)}"),
            both
        );
        let same = Some(["#112233".to_owned(), "#112233".to_owned()]);
        assert_eq!(light_and_dark(":root{--surface:#123}b{--surface:#fff}"), same);
        assert_eq!(light_and_dark(":root{--surface:oklch(1 0 0)}"), None);
        assert_eq!(light_and_dark("a{color:var(--surface)}"), None);
    }

    #[test]
    fn nothing_is_appended_where_nothing_is_set() {
        check(
            built_in_style(),
            "title = \"A\"",
            expect![[r#"
                nothing appended
            "#]],
        );
    }

    #[test]
    fn one_colour_gets_a_dark_one_and_two_are_taken_as_they_are() {
        check(
            built_in_style(),
            "[colors]\naccent = \"#06c\"\nmoney = [\"#7a1f6b\", \"#F2C2EA\"]\n",
            expect![[r#"
                :root{--link:light-dark(#0066cc,#60a4fe);--money:light-dark(#7a1f6b,#f2c2ea)}
            "#]],
        );
    }

    #[test]
    fn weak_colours_are_told_with_the_nearest_that_reads() {
        check(
            built_in_style(),
            "[colors]\naccent = \"#fc0\"\noffer = [\"#ad4a06\", '#5a2a08']\n",
            expect![[r##"
                :root{--link:light-dark(#ffcc00,#ffcc00);--offer:light-dark(#ad4a06,#5a2a08)}
                2   | accent = "#fc0"
                    |          ^^^^^^ warning[weak-contrast]: `colors.accent` is hard to read in the light scheme: its contrast on `--mark` is 1.34:1 (text needs 4.5:1)
                     help: the nearest colour of the same hue that reads there is `#876b03`
                     fix: "\"#fc0\"" -> "\"#876b03\""
                3   | offer = ["#ad4a06", '#5a2a08']
                    |                     ^^^^^^^^^ warning[weak-contrast]: `colors.offer` is hard to read in the dark scheme: its contrast on `--surface` tinted with it is 1.38:1 (text needs 4.5:1)
                     help: the nearest colour of the same hue that reads there is `#b88060`
                     fix: "'#5a2a08'" -> "\"#b88060\""
            "##]],
        );
    }

    #[test]
    fn a_theme_is_checked_against_its_own_surfaces() {
        let dark = ":root{--ground:#101010;--surface:#181818;--mark:hsl(0 0% 20%)}";
        check(
            dark,
            "[colors]\naccent = \"#9cf\"\nmoney = \"#246\"\n",
            expect![[r##"
                :root{--link:light-dark(#99ccff,#99ccff);--money:light-dark(#224466,#668bb1)}
                3   | money = "#246"
                    |         ^^^^^^ warning[weak-contrast]: `colors.money` is hard to read in the light scheme: its contrast on `--surface` tinted with it is 1.70:1 (text needs 4.5:1)
                     help: the nearest colour of the same hue that reads there is `#668bb1`
                     fix: "\"#246\"" -> "\"#668bb1\""
            "##]],
        );
    }

    #[test]
    fn areas_that_look_alike_are_told() {
        check(
            built_in_style(),
            "[colors]\noffer = [\"#8a2a70\", \"#ffd0a0\"]\nmoney = \"#8a2a78\"\ncustomers = \"#2465c0\"\n",
            expect![[r##"
                :root{--offer:light-dark(#8a2a70,#ffd0a0);--customers:light-dark(#2465c0,#4b8deb);--money:light-dark(#8a2a78,#cd69b7)}
                4   | customers = "#2465c0"
                    |             ^^^^^^^^^ warning[similar-colors]: `colors.customers` looks nearly like the colour of `infrastructure` in the light scheme (hard to tell apart)
                     help: choose another hue, or make one of the two clearly darker than the other
                3   | money = "#8a2a78"
                    |         ^^^^^^^^^ warning[similar-colors]: `colors.money` looks nearly like the colour of `offer` in the light scheme (hard to tell apart)
                     help: choose another hue, or make one of the two clearly darker than the other
                2   | offer = ["#8a2a70", "#ffd0a0"]
                    |          ^^^^^^^^^ `offer` is set here
            "##]],
        );
    }
}
