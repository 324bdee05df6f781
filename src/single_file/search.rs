//! Searching a whole handbook in its file: the theme's script, with the index before it.

use super::{File, frame};
use crate::compact;
use crate::view::search;
use crate::view::url::SitePath;

/// The script that tells the theme's script where it finds things in the file.
const WAYS: &str = include_str!("search.js");
/// The theme's script.
const SCRIPT: &str = "assets/search.js";
/// The styles of its results.
const STYLES: &str = "assets/search.css";

/// The style sheet of the search, if the file can be searched.
pub(super) fn styles(file: &File<'_>) -> Option<SitePath> {
    file.has_search.then(|| SitePath::new(STYLES))
}

/// The script that searches, if the file can be searched.
pub(super) fn script(file: &File<'_>) -> Option<String> {
    let script = SitePath::new(SCRIPT);
    if !file.has_search || file.asset(&script).is_none() {
        return None;
    }
    let mut text = compact::js(WAYS).into_owned();
    // Names and texts are in strings, where a needless backslash changes nothing.
    text.push_str(&search::files_in_a_row(&file.compiled.edition).replace("<!--", "<\\!--"));
    // This would end the element that contains it.
    let mut text = text.replace("</", "<\\/");
    text.push_str(&frame::text(file, &script));
    Some(text)
}
