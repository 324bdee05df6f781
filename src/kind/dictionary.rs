//! Names for the blocks of the classic canvases, in many languages: facts that any kind uses for the
//! blocks that it shares with them.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::labels::spellings;
use crate::language;

/// `data/labels.toml`.
#[derive(serde::Deserialize)]
pub(super) struct Dictionary {
    /// Abbreviations, each with the ids that it may mean.
    pub codes: BTreeMap<String, Vec<String>>,
    #[serde(flatten)]
    pub languages: BTreeMap<String, Language>,
}

/// The labels of one language: by id, the usual one first.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    pub names: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub everyday: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub short: BTreeMap<String, String>,
}

impl Language {
    /// The language that a tag means, if the dictionary has it.
    pub(super) fn of(tag: &str) -> Option<&'static Self> {
        let languages = &dictionary().languages;
        languages.get(language::find(tag, languages.keys().map(String::as_str))?)
    }
}

/// A form in which a name may be written.
pub(super) struct Spelling {
    /// Folded.
    pub text: String,
    /// Whether it is an everyday word as well.
    pub generic: bool,
}

/// The dictionary.
pub(super) fn dictionary() -> &'static Dictionary {
    static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
        toml::from_str(include_str!("../../data/labels.toml"))
            .expect("the embedded labels are read by a test")
    });
    &DICTIONARY
}

/// Every spelling of the names of an id in any language; empty for an unknown id.
pub(super) fn spellings_of(id: &str) -> &'static [Spelling] {
    static SPELLINGS: LazyLock<HashMap<&'static str, Vec<Spelling>>> = LazyLock::new(|| {
        let mut all: HashMap<&str, Vec<Spelling>> = HashMap::new();
        for (code, language) in &dictionary().languages {
            for (generic, labels) in [(false, &language.names), (true, &language.everyday)] {
                for (id, label) in
                    labels.iter().flat_map(|(id, of)| of.iter().map(move |l| (id, l)))
                {
                    let spelt = spellings(label, code).into_iter();
                    let spelt = spelt.map(|text| Spelling { text, generic });
                    all.entry(id.as_str()).or_default().extend(spelt);
                }
            }
        }
        all
    });
    SPELLINGS.get(id).map_or(&[], Vec::as_slice)
}

/// Whether the dictionary means a block of a kind by its id: a kind may give the same id to something
/// else.
pub(super) fn knows(id: &str, label: &str) -> bool {
    let own = spellings(label, "en");
    spellings_of(id).iter().any(|spelling| own.contains(&spelling.text))
}
