//! What each file of the built-in theme is for, in a line, for somebody who chooses one to change.

/// Every file of the built-in theme with a sentence. `tests/tidy.rs` checks that none is missing.
pub const ABOUT: &[(&str, &str)] = &[
    ("assets/icon.svg", "The sign in the browser's tab, where the handbook has no logo."),
    ("assets/pages.css", "Styles of every page but a canvas: lists, written text, code."),
    (
        "assets/script.js",
        "Keeps the chosen colour scheme and copies links of headings; pages work without it.",
    ),
    ("assets/style.css", "Styles of every page: colours, type, the frame, the poster, print."),
    ("templates/block.html", "The page of one building block, across all canvases."),
    ("templates/canvas.html", "The page of a canvas."),
    ("templates/category.html", "The page of one category, across all canvases."),
    ("templates/components.html", "Small parts that several templates use: links, badges, lists."),
    ("templates/department.html", "The page of one department, across all canvases."),
    ("templates/home.html", "The home page, and further pages of its list of canvases."),
    (
        "templates/index.html",
        "The indexes of departments, categories, blocks, stages, owners and tags.",
    ),
    ("templates/layout.html", "What every page has around its content: head, header, footer."),
    ("templates/not_found.html", "What a server shows where there is no page."),
    ("templates/owner.html", "The page of one owner: canvases, departments and activities."),
    ("templates/page.html", "An ordinary written page, and the page of a section."),
    ("templates/poster.html", "The poster of a canvas; canvas.html includes it."),
    ("templates/redirect.html", "A page at an old path that leads to the new one."),
    ("templates/stage.html", "The page of one stage: the canvases at it."),
    ("templates/tag.html", "The page of one tag: the canvases and pages that carry it."),
    ("words/de.toml", "The words that pages add to what authors write, in German."),
    ("words/en.toml", "The words that pages add to what authors write, in English."),
    ("words/es.toml", "The words that pages add to what authors write, in Spanish."),
    ("words/fr.toml", "The words that pages add to what authors write, in French."),
];

/// What a file of the built-in theme is for; empty for any other.
pub fn about(path: &str) -> &'static str {
    ABOUT.iter().find(|(known, _)| *known == path).map_or("", |(_, about)| about)
}
