//! The words that pages add to what authors write, by key, in every language that has them.

use std::collections::BTreeMap;

use super::RELATES_TO;
use crate::front_matter::Date;
use crate::kind::{Kinds, RelationKind};
use crate::language;
use crate::slug::capitalised;
use crate::source::{Returns, Span, with_line_feeds};
use crate::terms::{Category, Stage};

/// The language whose words replace those that another one lacks.
pub const FALLBACK: &str = "en";

/// Interface words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Words {
    words: BTreeMap<String, String>,
    /// The verbs of relations in the form that begins a line.
    #[serde(skip)]
    verbs: BTreeMap<String, String>,
    #[serde(skip)]
    speech: Speech,
}

/// The language that words are in, and their form on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speech {
    /// The language's tag.
    lang: String,
    /// Whether the page is in another language, which has no words.
    is_foreign: bool,
    /// Whether the page is written in the other direction.
    is_isolated: bool,
}

impl Words {
    /// Reads a file of words: TOML, one key per word.
    ///
    /// # Errors
    /// The place and the reason of the TOML parser, if the text is not a flat table of strings.
    pub fn parse(text: &str) -> Result<Self, (Span, String)> {
        toml::from_str(&with_line_feeds(text)).map_err(|error: toml::de::Error| {
            let (range, returns) = (error.span().unwrap_or_default(), Returns::of(text));
            let span = Span::new(returns.offset(range.start), returns.offset(range.end));
            (span, error.message().to_owned())
        })
    }

    /// The word with a key; the key itself if the language lacks it, so that a page never breaks.
    pub fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The word with a key; `None` if no language has one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// The word with a key as an owned text.
    pub fn owned(&self, key: &str) -> String {
        self.get(key).to_owned()
    }

    /// A day in words: `30 September 2026`.
    pub fn date(&self, date: Date) -> String {
        let month = self.owned(&format!("month_{}", date.month()));
        // In some languages the first day of a month is an ordinal, and the others are numbers.
        let format = if date.day() == 1 { "date_format_first" } else { "date_format" };
        self.get(format)
            .replace("{day}", &date.day().to_string())
            .replace("{month}", &month)
            .replace("{year}", &date.year().to_string())
    }

    /// The verb of a relation in the form that begins a line: `Is supported by`.
    pub fn verb<'w>(&'w self, verb: &'w str) -> &'w str {
        self.verbs.get(verb).map_or(verb, String::as_str)
    }

    /// A verb in the form that begins a line.
    fn beginning(&self, verb: &str) -> String {
        let key = format!("verb_{}", verb.replace(' ', "_"));
        let word = self.words.get(&key).map_or(verb, String::as_str);
        match word.strip_prefix(MARKS) {
            Some(bare) => self.isolated(&capitalised(bare.trim_end_matches(MARKS))),
            None => capitalised(word),
        }
    }

    /// A stage's name.
    pub fn stage(&self, stage: Stage) -> String {
        self.owned(&format!("stage_{}", stage.id()))
    }

    /// A phrase with who is responsible for something: `Owner: Head of Product`.
    pub fn owned_by(&self, owner: &str) -> String {
        self.get("owned_by").replace("{owner}", owner)
    }

    /// The threads that an element is on, in words: `on threads 1, 2 and 4`.
    pub fn on_threads(&self, threads: &[usize]) -> String {
        let texts: Vec<String> = threads.iter().map(usize::to_string).collect();
        match texts.as_slice() {
            [] => String::new(),
            [one] => self.get("on_thread").replace("{n}", one),
            [first @ .., last] => {
                let all = self.get("list_end").replace("{last}", last);
                self.get("on_threads").replace("{list}", &all.replace("{list}", &first.join(", ")))
            }
        }
    }

    /// A phrase with a number: the key's `_one` for 1, else its `_many`.
    pub fn counted(&self, key: &str, n: usize) -> String {
        let number = if n == 1 { "one" } else { "many" };
        self.get(&format!("{key}_{number}")).replace("{n}", &n.to_string())
    }

    /// A category's name.
    pub fn category(&self, category: Category) -> String {
        self.owned(&category_key(category))
    }

    /// The letter that distinguishes a category without colour.
    pub fn category_letter(&self, category: Category) -> String {
        self.owned(&format!("{}_letter", category_key(category)))
    }

    /// Replaces words with those in `other`.
    pub fn extend(&mut self, other: Self) {
        self.words.extend(other.words);
    }

    /// The language of the words, if the page that shows them is in another one.
    pub fn foreign(&self) -> Option<&str> {
        self.speech.is_foreign.then_some(self.speech.lang.as_str())
    }

    /// The language of the words.
    pub fn language(&self) -> &str {
        &self.speech.lang
    }

    /// The properties that distinguish these words from those of other pages.
    pub fn speech(&self) -> &Speech {
        &self.speech
    }

    /// A text between the marks that keep the direction of these words, if it differs from the
    /// page's.
    fn isolated(&self, text: &str) -> String {
        let start = match language::direction(&self.speech.lang) {
            "rtl" => '\u{2067}',
            _ => '\u{2066}',
        };
        format!("{start}{text}\u{2069}")
    }

    /// These words in their form on a page in a language.
    fn on_page(&self, lang: &str) -> Self {
        let mut words = self.clone();
        words.speech.is_isolated =
            language::direction(&self.speech.lang) != language::direction(lang);
        words.speech.is_foreign =
            words.speech.is_isolated || !language::is_same(&self.speech.lang, lang);
        if words.speech.is_isolated {
            for word in words.words.values_mut() {
                *word = self.isolated(word);
            }
        }
        words
    }
}

/// The characters that isolate a text in the other direction. Words are in attributes too, where
/// markup is impossible.
const MARKS: [char; 3] = ['\u{2066}', '\u{2067}', '\u{2069}'];

fn category_key(category: Category) -> String {
    format!("category_{}", category.id().replace('-', "_"))
}

/// The interface words of all languages that have any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary(BTreeMap<String, Words>);

impl Vocabulary {
    /// Puts the words of each language, by its tag, over those that replace missing ones: of `de-AT`
    /// over `de`, of every language over [`FALLBACK`].
    pub fn new(own: &BTreeMap<String, Words>) -> Self {
        let of = |tag: &str| own.iter().find(|(own, _)| own.eq_ignore_ascii_case(tag));
        let layered = own.keys().map(|lang| {
            let mut tags = language::candidates(lang);
            tags.push(FALLBACK.to_owned());
            let layers = tags.iter().rev().filter_map(|tag| of(tag));
            let words = layers.flat_map(|(_, words)| words.words.clone()).collect();
            let speech = Speech { lang: lang.clone(), ..Speech::default() };
            (lang.clone(), Words { words, speech, ..Words::default() })
        });
        Self(layered.collect())
    }

    /// The words for a page in a language: its own, else those of the handbook's language, else
    /// English ones. They include the verbs of `kinds`.
    pub fn on_page(&self, lang: &str, handbook: &str, kinds: &Kinds) -> Words {
        let tags = self.0.keys().map(String::as_str);
        let found = [lang, handbook, FALLBACK]
            .iter()
            .find_map(|tag| self.0.get(language::find(tag, tags.clone())?));
        let mut words = found.map_or_else(Words::default, |words| words.on_page(lang));
        // Each canvas has them many times.
        let mut verbs = BTreeMap::from([(RELATES_TO.to_owned(), words.beginning(RELATES_TO))]);
        let relations = kinds.iter().flat_map(|(_, kind)| &kind.relations);
        let pairs = relations.flat_map(|relation| {
            let RelationKind { verb, verbs, inverse, inverses, .. } = relation;
            [(verb, verbs), (inverse, inverses)]
        });
        let pairs: Vec<(&String, &BTreeMap<String, String>)> = pairs.collect();
        // The words of a kind for a verb come before those that others share.
        for (verb, own) in &pairs {
            if let Some(tag) = language::find(lang, own.keys().map(String::as_str)) {
                verbs.entry((*verb).clone()).or_insert_with(|| capitalised(&own[tag]));
            }
        }
        for (verb, _) in pairs {
            verbs.entry(verb.clone()).or_insert_with(|| words.beginning(verb));
        }
        words.verbs = verbs;
        words
    }

    /// The words of every language in each form that they may have on a page.
    pub fn all(&self) -> impl Iterator<Item = Words> + '_ {
        self.0.values().flat_map(|words| {
            let lang = &words.speech.lang;
            // One page of the same language, and one of each direction in another.
            [lang, "und", "und-Arab"].map(|page| words.on_page(page))
        })
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::kind::tests::built_in;

    /// Words of English, German, Austrian German and Arabic.
    fn vocabulary() -> Vocabulary {
        let files = [
            ("en", "menu = \"Menu\"\nhome = \"Home\"\ntags = \"Tags\"\nverb_solves = \"solves\""),
            ("de", "menu = \"Menü\"\nhome = \"Start\""),
            ("de-AT", "menu = \"Speisekarte\""),
            ("ar", "menu = \"قائمة\""),
        ];
        let parsed = files
            .map(|(lang, text)| (lang.to_owned(), Words::parse(text).expect("a table of strings")));
        Vocabulary::new(&parsed.into())
    }

    #[test]
    fn missing_words_come_from_the_next_language() {
        let kinds = built_in();
        let mut said = String::new();
        for (page, handbook) in [
            ("de-at", "en"),
            ("de-CH", "en"),
            ("it", "de"),
            ("it", "nl"),
            ("fa", "en"),
            ("ar-EG", "en"),
            ("it", "ar"),
        ] {
            let words = vocabulary().on_page(page, handbook, &kinds);
            let shown = ["menu", "home", "tags"].map(|key| words.get(key).escape_unicode_marks());
            let foreign = words.foreign().unwrap_or("-");
            said.push_str(&format!("{page} in {handbook}: {} ({foreign})\n", shown.join(", ")));
        }
        expect![[r#"
            de-at in en: Speisekarte, Start, Tags (-)
            de-CH in en: Menü, Start, Tags (-)
            it in de: Menü, Start, Tags (de)
            it in nl: Menu, Home, Tags (en)
            fa in en: <ltr>Menu</>, <ltr>Home</>, <ltr>Tags</> (en)
            ar-EG in en: قائمة, Home, Tags (-)
            it in ar: <rtl>قائمة</>, <rtl>Home</>, <rtl>Tags</> (ar)
        "#]]
        .assert_eq(&said);
    }

    /// Shows the characters that isolate a text.
    trait Marks {
        fn escape_unicode_marks(&self) -> String;
    }

    impl Marks for str {
        fn escape_unicode_marks(&self) -> String {
            self.replace('\u{2066}', "<ltr>")
                .replace('\u{2067}', "<rtl>")
                .replace('\u{2069}', "</>")
        }
    }

    #[test]
    fn a_verb_begins_a_line_on_every_page() {
        let kinds = built_in();
        let words = |page: &str| vocabulary().on_page(page, "en", &kinds);
        let verb = |page: &str, verb: &str| words(page).verb(verb).to_owned();
        assert_eq!(verb("en", "solves"), "Solves");
        assert_eq!(verb("fa", "solves"), "\u{2066}Solves\u{2069}");
        assert_eq!(verb("en", "is supported by"), "Is supported by");
    }

    #[test]
    fn every_page_has_words_among_all() {
        let kinds = built_in();
        let all: Vec<Speech> = vocabulary().all().map(|words| words.speech).collect();
        for page in ["en", "de", "fa", "ar", "it", "de-CH"] {
            for handbook in ["en", "ar", "de"] {
                let words = vocabulary().on_page(page, handbook, &kinds);
                assert!(all.contains(words.speech()), "{page} in {handbook}");
            }
        }
    }
}
