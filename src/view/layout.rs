//! What every page has around its own content. Templates see it as `layout`.

use serde::Serialize;

use super::{LanguageView, LinkView};

/// The frame of a page.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct LayoutView {
    /// The language of the page's own text, as a BCP 47 tag.
    pub lang: String,
    /// `ltr` or `rtl`.
    pub dir: String,
    /// The language of the interface words, where there are none in the page's language.
    pub words_lang: Option<String>,
    /// Whether the page's source is a draft, which is published only if somebody asks for drafts.
    pub is_draft: bool,
    /// The page's title; the document's title is `title · handbook`.
    pub title: String,
    /// One sentence for search engines; may be empty.
    pub description: String,
    /// The handbook's title.
    pub handbook: String,
    /// The handbook's logo, where the configuration names one.
    pub logo: Option<LogoView>,
    /// Leads to the home page.
    pub home: String,
    /// True on the home page itself.
    pub is_home: bool,
    /// Leads from this page to the site's root: empty or `../`, `../../` …; put it before a path of
    /// an asset: `{{ layout.root }}assets/style.css`.
    pub root: String,
    /// Whether the handbook can be searched; the page for that is `search.html` at the site's root.
    pub has_search: bool,
    /// The page's address with the base URL, where the handbook has one.
    pub canonical: Option<String>,
    /// For a canvas leads to what it says as JSON.
    pub data_url: Option<String>,
    /// Leads to the page's document as Markdown, where the configuration publishes it.
    pub markdown_url: Option<String>,
    /// The page in all its languages, itself among them; empty where there is only one.
    pub translations: Vec<TranslationView>,
    /// Whether the page needs `assets/pages.css`: every page but a canvas whose texts are plain, with
    /// headings, paragraphs, lists, emphasis and links only.
    pub needs_pages_css: bool,
    /// The handbook's main navigation; the same few entries on every page.
    pub navigation: Vec<NavigationView>,
    /// The indexes of the handbook that the main navigation leaves out, behind a button of it: blocks, owners,
    /// tags …
    pub indexes: Vec<NavigationView>,
    /// Where this page's source can be edited, for a page with a source of its own in a handbook
    /// whose configuration says where.
    pub edit_url: Option<String>,
    /// The way from the home page to this one, without this one; empty on the home page.
    pub breadcrumbs: Vec<LinkView>,
    /// The headings of this page.
    pub contents: Vec<ContentsView>,
    /// The pages of its folder with this one among them, for an ordinary page in a small folder, beside which
    /// they are; empty for any other.
    pub siblings: Vec<NavigationView>,
    /// The page before this one in its folder.
    pub previous: Option<LinkView>,
    /// The page behind this one in its folder.
    pub next: Option<LinkView>,
}

impl LayoutView {
    /// Lets the links of a page at the site's root start at `root` instead, which ends with `/`. Such
    /// a page belongs to no address, so it has no canonical one.
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

/// A page that says the same in some language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TranslationView {
    /// `Auf Deutsch`: in the language itself; its page's title if there are no words in it.
    pub title: String,
    /// Its language.
    pub language: LanguageView,
    /// Leads to it.
    pub url: String,
    /// Its whole address where the handbook has a base URL, else as `url`: for the head of the page.
    pub address: String,
    /// Whether it is the page itself.
    pub is_current: bool,
}

/// The handbook's logo.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LogoView {
    /// The picture.
    pub url: String,
    /// How wide it is; with the height it tells the browser the proportion. Absent where unknown.
    pub width: Option<usize>,
    /// How high it is. Absent where unknown.
    pub height: Option<usize>,
}

/// An entry of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NavigationView {
    /// What is shown.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Whether this page belongs to that entry.
    pub current: bool,
    /// The title's language, where it is not the page's.
    pub language: Option<LanguageView>,
}

/// An entry of a page's contents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ContentsView {
    /// What is shown.
    pub title: String,
    /// The anchor, without `#`.
    pub id: String,
    /// 2 for an entry, 3 for one below it.
    pub level: u8,
}
