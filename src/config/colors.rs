//! `[colors]`: the colours of a handbook.

use std::collections::BTreeMap;

use super::COLOR_KEYS;
use crate::diagnostic::catalogue::Within;
use crate::node::reader::{Reader, SchemeColors};

/// The colours that are set, by key.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> BTreeMap<&'static str, SchemeColors> {
    let Some(table) = reader.table("colors") else { return BTreeMap::new() };
    let mut reader = Reader::new(reader.report, table, COLOR_KEYS, Within::Table("colors"));
    let colors = COLOR_KEYS.iter().filter_map(|key| Some((key.name, reader.colors(key.name)?)));
    colors.collect()
}
