//! The frame around the content of every page. Templates see it as `layout`.

use serde::Serialize;

use super::{LanguageView, LinkView};

/// The frame of a page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct LayoutView {
    /// The language of the page's own text, as a BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The language of the interface words, if there are none in the page's language.
    pub words_lang: Option<String>,
    /// Whether the page's source is a draft, which is published only on request.
    pub is_draft: bool,
    /// The page's title; the document's title is `title · handbook`.
    pub title: String,
    /// One sentence for search engines; may be empty.
    pub description: String,
    /// The handbook's title.
    pub handbook: String,
    /// The handbook's logo, if the configuration names one.
    pub logo: Option<LogoView>,
    /// The address of the home page.
    pub home: String,
    /// Whether this is the home page.
    pub is_home: bool,
    /// The path from this page to the site's root: empty or `../`, `../../` …; put it before a path
    /// of an asset: `{{ layout.root }}assets/style.css`.
    pub root: String,
    /// Whether the handbook can be searched; the page for that is `search.html` at the site's root.
    pub has_search: bool,
    /// The page's address with the base URL, if the handbook has one.
    pub canonical: Option<String>,
    /// For a canvas: the address of its JSON.
    pub data_url: Option<String>,
    /// The address of the page's document as Markdown, if the configuration publishes it.
    pub markdown_url: Option<String>,
    /// The page in all its languages, including itself; empty if there is only one.
    pub translations: Vec<TranslationView>,
    /// Whether the page needs `assets/pages.css`: every page but a canvas whose texts are plain, with
    /// headings, paragraphs, lists, emphasis and links only.
    pub needs_pages_css: bool,
    /// The handbook's main navigation; the same few entries on every page.
    pub navigation: Vec<NavigationView>,
    /// The indexes of the handbook that the main navigation leaves out, behind a button of it: blocks, owners,
    /// tags …
    pub indexes: Vec<NavigationView>,
    /// The address where this page's source can be edited, if it has one of its own and the
    /// configuration names a pattern.
    pub edit_url: Option<String>,
    /// The path from the home page to this one, without this one; empty on the home page.
    pub breadcrumbs: Vec<LinkView>,
    /// The headings of this page.
    pub contents: Vec<ContentsView>,
    /// The pages of its folder, including this one, for an ordinary page in a small folder, which shows them
    /// beside its text; empty for any other.
    pub siblings: Vec<NavigationView>,
    /// The previous page in its folder.
    pub previous: Option<LinkView>,
    /// The next page in its folder.
    pub next: Option<LinkView>,
}

impl LayoutView {
    /// Makes the links of a page at the site's root start at `root` instead, which ends with `/`.
    /// Such a page belongs to no address, so it has no canonical one.
    pub(super) fn start_at(&mut self, root: &str) {
        root.clone_into(&mut self.root);
        self.canonical = None;
        let navigation = self.navigation.iter_mut().chain(&mut self.indexes);
        let logo = self.logo.as_mut().map(|logo| &mut logo.url);
        let urls = navigation.map(|entry| &mut entry.url).chain([&mut self.home]).chain(logo);
        for url in urls {
            url.insert_str(0, root);
        }
    }
}

/// A translation of the page.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TranslationView {
    /// Its title: `Auf Deutsch`, in the language itself; the title of its page if there are no
    /// words in it.
    pub title: String,
    /// Its language.
    pub language: LanguageView,
    /// Its address.
    pub url: String,
    /// Its whole address if the handbook has a base URL, else as `url`: for the head of the page.
    pub address: String,
    /// Whether it is the page itself.
    pub is_current: bool,
}

/// The handbook's logo.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LogoView {
    /// The picture.
    pub url: String,
    /// Its width; with the height it tells the browser the proportion. Absent if unknown.
    pub width: Option<usize>,
    /// Its height. Absent if unknown.
    pub height: Option<usize>,
}

/// An entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NavigationView {
    /// Its text.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Whether this page belongs to the entry.
    pub current: bool,
    /// The title's language, if it is not the page's.
    pub language: Option<LanguageView>,
}

/// An entry of a page's contents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContentsView {
    /// Its text.
    pub title: String,
    /// The anchor, without `#`.
    pub id: String,
    /// 2 for an entry, 3 for one below it.
    pub level: u8,
}
