//! Search: the page that shows results, and the index as scripts. Templates see the page as `search`.
//!
//! ```text
//! Edition ── numbers ──► Numbers: which record has which number
//!         ── index ────► crate::search::Index: terms → numbers, made when somebody asks for a shard
//!         ── records ──► number → name, excerpt, place and address, made shard by shard
//! ```
//!
//! The number of files follows from the size of the handbook, so that a save need not make the index to know
//! the site. They are scripts, not JSON, so that search works from a disk too.

mod index;
mod records;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::LinkView;
use super::edition::{About, At, Content, Edition, Filled, Index as List, PageKind, theme_file};
use super::layout::LayoutView;
use super::url::SitePath;
use super::words::Words;
use crate::search::{Index, Numbers, fold};

/// The page of results.
pub const PAGE: PageKind = PageKind {
    id: "search",
    pages: |edition| {
        let page = edition.has_search().then(|| (SitePath::new(PATH), At::default()));
        page.into_iter().collect()
    },
    is_of_documents: false,
    content: Content::Page {
        template: theme_file!("templates/search.html", "The page of what was searched for."),
        view: |edition, _| Filled::new(view(edition)),
    },
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// The file that a browser reads first: the words of the interface, and the first term of each
/// shard.
pub const ROOT: PageKind = PageKind {
    id: "search-root",
    pages: |edition| files(edition, "root", 1),
    content: Content::Data(|edition, _| script("root", &Root::of(edition))),
    ..PAGE
};

/// The shards of the index.
pub const TERMS: PageKind = PageKind {
    id: "search-terms",
    pages: |edition| files(edition, "terms", shards(edition)),
    content: Content::Data(|edition, at| {
        let shard = index(edition).shards.get(at.item as usize);
        script(&format!("terms-{}", at.item), &shard.map_or("", |shard| &shard.text))
    }),
    ..PAGE
};

/// The visible parts of records, [`records::IN_A_FILE`] numbers to a file.
pub const RECORDS: PageKind = PageKind {
    id: "search-records",
    pages: |edition| {
        files(edition, "records", numbers(edition).end().div_ceil(records::IN_A_FILE) as usize)
    },
    content: Content::Data(|edition, at| {
        script(&format!("records-{}", at.item), &records::groups(edition, at.item))
    }),
    ..PAGE
};

/// The path of the page.
const PATH: &str = "search.html";

/// The bytes of sources for each shard of terms of a small handbook.
const BYTES_PER_SHARD: u64 = 32 * 1024;

/// The page of results.
#[derive(Clone, Debug, PartialEq, Hash, Serialize)]
pub struct SearchView {
    /// The link to the list of all elements, for readers without script; absent if there is none.
    pub a_z: Option<LinkView>,
}

/// The page. Its content is made by its script.
pub fn view(edition: &Edition) -> (LayoutView, SearchView) {
    let path = SitePath::new(PATH);
    let about = About {
        title: edition.words.owned("search"),
        breadcrumbs: vec![Edition::home_crumb(&path, &edition.words)],
        ..About::default()
    };
    (edition.layout(&path, about, Vec::new()), SearchView { a_z: super::a_z::link(edition, &path) })
}

/// The paths of the files of one sort, if there is search.
fn files(edition: &Edition, name: &str, count: usize) -> Vec<(SitePath, At)> {
    let count = if edition.has_search() { u32::try_from(count).unwrap_or(u32::MAX) } else { 0 };
    let path = |number| match name {
        "root" => SitePath::new("assets/search/root.js"),
        _ => SitePath::new(&format!("assets/search/{name}-{number}.js")),
    };
    (0..count).map(|number| (path(number), At::item(number))).collect()
}

/// All files of the index, one after the other, as a script.
pub fn files_in_a_row(edition: &Edition) -> String {
    let mut text = String::new();
    for kind in [ROOT, TERMS, RECORDS] {
        for (_, at) in (kind.pages)(edition) {
            if let Content::Data(bytes) = kind.content {
                text.push_str(&String::from_utf8_lossy(&bytes(edition, at)));
            }
        }
    }
    text
}

/// A value as a script that hands it to the search.
fn script(name: &str, value: &impl Serialize) -> Vec<u8> {
    // Keys are texts, and memory takes every byte, so this cannot fail.
    let json = serde_json::to_string(value).unwrap_or_default();
    format!("canvasbook[\"{name}\"]={json}\n").into_bytes()
}

/// The entries of a list that have pages.
fn entries(edition: &Edition, list: List) -> Vec<u32> {
    if list.exists(edition) { list.entries(edition) } else { Vec::new() }
}

/// The number of shards of terms, so that each has about 20 KB. The longer a text, the fewer of its words are
/// new, so their number grows as the power of three quarters.
fn shards(edition: &Edition) -> usize {
    let sizes = edition.search().sizes(&edition.handbook).iter();
    let bytes: u64 = sizes.map(|size| u64::from(size.bytes)).sum();
    let shards = (bytes / BYTES_PER_SHARD).saturating_pow(3).isqrt().isqrt();
    usize::try_from(shards.max(1)).unwrap_or(usize::MAX)
}

/// The number of each record.
fn numbers(edition: &Edition) -> &Numbers {
    edition.search().numbers.get_or_init(|| {
        let lists = List::ALL.map(|list| entries(edition, list).len());
        Numbers::new(lists, edition.search().sizes(&edition.handbook))
    })
}

/// The index, which is made when it is first needed.
fn index(edition: &Edition) -> &Index {
    edition.search().index.get_or_init(|| index::index(edition, shards(edition)))
}

/// The content of the file that a browser reads first.
#[derive(Serialize)]
struct Root<'e> {
    /// The keys of filters.
    filters: [&'static str; 7],
    /// The data with which a browser folds a text; see [`fold`].
    #[serde(flatten)]
    folding: fold::Folding,
    /// Words of the interface in each language that a page of the handbook has.
    words: BTreeMap<&'e str, BTreeMap<&'e str, &'e str>>,
    /// The first term of each shard.
    shards: Vec<&'e str>,
}

impl<'e> Root<'e> {
    /// The words that the script shows, without `search_` before them.
    const WORDS: [&'static str; 6] = [
        "search_placeholder",
        "search_none",
        "search_one",
        "search_many",
        "search_more",
        "search_failed",
    ];

    fn of(edition: &'e Edition) -> Self {
        let own = edition.handbook.config.language.as_str();
        let documents = edition.handbook.entries().map(|(index, _)| edition.language(index));
        let languages: BTreeSet<&str> = documents.chain([own]).collect();
        let words = |words: &'e Words| {
            let each = Self::WORDS.iter().map(|key| (&key["search_".len()..], words.get(key)));
            each.chain([("search", words.get("search"))]).collect()
        };
        let words = languages.into_iter().map(|lang| (lang, words(edition.words_in(lang))));
        let shards = index(edition).shards.iter().map(|shard| &*shard.first);
        Self {
            filters: index::FILTERS,
            folding: fold::Folding::default(),
            words: words.collect(),
            shards: shards.collect(),
        }
    }
}
