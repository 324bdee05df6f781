//! The areas of kinds as classes, and the colours of those that have their own.

use std::fmt::Write as _;

use crate::colour::Rgb;
use crate::kind::{Area, AreaColor, BlockIndex, Kind, ThemeColor};
use crate::node::reader::SchemeColors;

/// The class that colours a block of a kind.
pub fn class(kind: &Kind, block: BlockIndex) -> String {
    match kind.area_of(block) {
        Some((_, area)) => class_of(kind, area),
        None => ThemeColor::Infrastructure.id().to_owned(),
    }
}

/// The class that has the colour of an area.
pub fn class_of(kind: &Kind, area: &Area) -> String {
    match area.color {
        AreaColor::Theme(color) => color.id().to_owned(),
        AreaColor::Own(_) => {
            let before = kind.areas.iter().take_while(|other| other.id != area.id).count();
            format!("area-{}-{}", kind.id, before + 1)
        }
    }
}

/// The declarations of the colours that areas of some kinds have of their own, to be appended to the theme's
/// style sheet. `both` returns the light and the dark form of a colour.
pub fn style(kinds: &[&Kind], both: impl Fn(&SchemeColors) -> [Rgb; 2]) -> String {
    let mut style = String::new();
    for kind in kinds {
        for area in &kind.areas {
            let AreaColor::Own(color) = &area.color else { continue };
            let [light, dark] = both(color);
            let class = class_of(kind, area);
            let _ = write!(style, ".{class}{{--area:light-dark({light},{dark})}}");
        }
    }
    style
}
