//! The words that pages add to what authors write, by key.

use std::collections::BTreeMap;

use crate::front_matter::Date;
use crate::slug::capitalised;
use crate::source::Span;
use crate::terms::{Category, Stage};

/// Interface words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, String>);

impl Words {
    /// Reads a file of words: TOML, one key a word.
    ///
    /// # Errors
    /// Where and why, by the TOML parser, where the text is no flat table of strings.
    pub fn parse(text: &str) -> Result<Self, (Span, String)> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            (error.span().map_or_else(Span::default, Span::from), error.message().to_owned())
        })
    }

    /// The word of a key; the key itself where the language lacks it, so that a page never breaks.
    pub fn get<'w>(&'w self, key: &'w str) -> &'w str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The word of a key as an owned text.
    pub fn owned(&self, key: &str) -> String {
        self.get(key).to_owned()
    }

    /// A day in words: `30 September 2026`.
    pub fn date(&self, date: Date) -> String {
        let month = self.owned(&format!("month_{}", date.month));
        self.get("date_format")
            .replace("{day}", &date.day.to_string())
            .replace("{month}", &month)
            .replace("{year}", &date.year.to_string())
    }

    /// The verb of a relation, as a page begins a line with it: `Is supported by`.
    pub fn verb(&self, verb: &str) -> String {
        let key = format!("verb_{}", verb.replace(' ', "_"));
        let word = self.0.get(&key).map_or(verb, String::as_str);
        capitalised(word)
    }

    /// A stage's name.
    pub fn stage(&self, stage: Stage) -> String {
        self.owned(&format!("stage_{}", stage.id()))
    }

    /// Who answers for something: `Owner: Head of Product`.
    pub fn owned_by(&self, owner: &str) -> String {
        self.get("owned_by").replace("{owner}", owner)
    }

    /// A phrase with a number: the key's `_one` for 1, else its `_many`.
    pub fn counted(&self, key: &str, n: usize) -> String {
        let number = if n == 1 { "one" } else { "many" };
        self.get(&format!("{key}_{number}")).replace("{n}", &n.to_string())
    }

    /// A category's name.
    pub fn category(&self, category: Category) -> String {
        self.owned(&format!("category_{}", category.id().replace('-', "_")))
    }
}

impl Words {
    /// Lets the words of `other` stand before these.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }
}
