//! The areas of kinds as classes, and the colours of those that have one of their own.

use std::fmt::Write as _;

use crate::kind::{Area, AreaColor, BlockIndex, Kind, ThemeColor};
use crate::node::reader::SchemeColors;

/// The class that colours a block of a kind.
pub fn class(kind: &Kind, block: BlockIndex) -> String {
    match kind.area_of(block) {
        Some((_, Area { color: AreaColor::Theme(color), .. })) => color.id().to_owned(),
        Some((index, _)) => own_class(kind, usize::from(index.0)),
        None => ThemeColor::Infrastructure.id().to_owned(),
    }
}

/// The class of an area that has a colour of its own.
fn own_class(kind: &Kind, area: usize) -> String {
    format!("area-{}-{}", kind.id, area + 1)
}

/// The declarations of the colours that areas of some kinds have of their own, to be appended to the theme's
/// style sheet.
pub fn style<'k>(kinds: impl IntoIterator<Item = &'k Kind>) -> String {
    let mut style = String::new();
    for kind in kinds {
        for (at, area) in kind.areas.iter().enumerate() {
            let AreaColor::Own(SchemeColors { light, dark }) = &area.color else { continue };
            let (light, dark) = (light.value, dark.as_ref().unwrap_or(light).value);
            let class = own_class(kind, at);
            let _ = write!(style, ".{class}{{--area:light-dark({light},{dark})}}");
        }
    }
    style
}
