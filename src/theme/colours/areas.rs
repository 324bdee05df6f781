//! The colours that areas of kinds have of their own: whether they can be read and distinguished, as those of the
//! configuration.

use std::collections::BTreeMap;

use super::{Painted, Pair, alike, area, pair, token};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue;
use crate::kind::{Area, AreaColor, Kind, Kinds, ThemeColor};
use crate::node::reader::SchemeColors;
use crate::source::Location;

/// The colours of areas, whichever they are: their texts are on the same surfaces.
const AREA: Painted = area("", "");

/// The colour of an area in the light and in the dark scheme: as it is written, and where nothing is written for
/// the dark the nearest that reads there.
pub(crate) fn both(color: &SchemeColors, style: &str) -> Pair {
    pair(&AREA, color, style, |_, _, _| {})
}

/// Says which colours that the handbook's kinds have of their own are hard to read or to distinguish from others of the
/// kind. `colors` are those of the configuration, `style` is the style sheet of the theme.
pub(crate) fn check(
    kinds: &Kinds,
    colors: &BTreeMap<&'static str, SchemeColors>,
    style: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (_, kind) in kinds.iter() {
        let Some(file) = &kind.file else { continue };
        let base = kind.extends.as_deref().and_then(|id| kinds.find(id));
        let base = base.map(|base| &**kinds.get(base));
        for (at, area) in kind.areas.iter().enumerate() {
            let Some(color) = written(area, base) else { continue };
            let title = format!("areas.{}.color", area.id);
            let mine = pair(&AREA, color, style, |written, reading, near| {
                let place = Location::new(file, written.span);
                diagnostics.push(catalogue::weak_contrast(place, &title, reading, near));
            });
            // Said at the later of two that the file writes, else at the one that it writes.
            let others =
                kind.areas.iter().enumerate().filter(|(other, it)| {
                    *other < at || *other > at && written(it, base).is_none()
                });
            for (_, other) in others {
                let theirs = match &other.color {
                    AreaColor::Own(color) => Some(both(color, style)),
                    AreaColor::Theme(color) => of_theme(*color, colors, style),
                };
                let found = theirs.and_then(|theirs| alike(color, mine, theirs));
                let Some((scheme, span)) = found else { continue };
                let place = Location::new(file, span);
                let first = written(other, base).map(|other| other.light.span);
                let said = catalogue::similar_colors(place, &title, &other.id, scheme, first);
                diagnostics.push(said);
            }
        }
    }
}

/// The colour of its own that the file of a kind writes for an area; `None` if it writes none, or that is the
/// colour of the kind which it starts from.
fn written<'a>(area: &'a Area, base: Option<&Kind>) -> Option<&'a SchemeColors> {
    let AreaColor::Own(color) = &area.color else { return None };
    let before = base.and_then(|base| base.areas.iter().find(|before| before.id == area.id));
    before.is_none_or(|before| before.color != area.color).then_some(color)
}

/// A colour of the theme, as the configuration has it, else as the style sheet does.
fn of_theme(
    color: ThemeColor,
    colors: &BTreeMap<&'static str, SchemeColors>,
    style: &str,
) -> Option<Pair> {
    match colors.get(color.id()) {
        Some(own) => Some(both(own, style)),
        None => token(style, &format!("--{}", color.id())),
    }
}
