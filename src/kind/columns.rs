//! What the columns of a table of elements are called, in all languages at once.
//!
//! The facts stand in `data/columns.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::decoration::plain;
use super::fold::{fold, without_accents};
use super::labels::spellings;

/// What a word of a table means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The header of a column that numbers or names the rows.
    Id,
    /// The header of the lead department's column.
    Department,
    /// The header of the contributing departments' column.
    With,
    /// The header of the category's column.
    Category,
    /// The header of the owner's column.
    Owner,
    /// The header of the status's column.
    Status,
    /// The header of the names' column, which says no more than where the names are.
    Name,
    /// The header of a text that needs no name.
    Description,
    /// The start of a row of totals.
    Total,
}

/// What a header means; `None` if it is one of the author's own.
pub fn column(header: &str) -> Option<Column> {
    find(&plain(header)).filter(|column| *column != Column::Total)
}

/// Whether a row with this name holds totals: it begins with a word for them.
pub fn is_total(name: &str) -> bool {
    let folded = fold(&plain(name));
    let ends = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    ends.map(|end| &folded[..end]).any(|first| find(first) == Some(Column::Total))
}

fn find(text: &str) -> Option<Column> {
    /// A longer text is a sentence.
    const LONGEST: usize = 60;
    if text.len() > LONGEST {
        return None;
    }
    let folded = fold(text);
    WORDS.get(&folded).or_else(|| WORDS.get(&*without_accents(&folded))).copied()
}

/// What each word means, by its folded forms.
static WORDS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (language, columns) in data() {
        for (column, headers) in columns {
            let forms = headers.iter().flat_map(|header| spellings(header, &language));
            words.extend(forms.map(|form| (form, column)));
        }
    }
    words
});

fn data() -> BTreeMap<String, BTreeMap<Column, Vec<String>>> {
    toml::from_str(include_str!("../../data/columns.toml"))
        .expect("`columns_are_known_in_the_languages_of_the_labels` reads the embedded file")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::labels::languages;

    #[test]
    fn columns_are_known_in_the_languages_of_the_labels() {
        assert!(data().keys().map(String::as_str).eq(languages()));
    }

    #[test]
    fn no_word_means_two_columns_or_stands_twice() {
        let mut met: HashMap<String, (String, Column)> = HashMap::new();
        for (language, columns) in data() {
            for (column, headers) in columns {
                for header in headers {
                    let place = (language.clone(), column);
                    let before = met.insert(fold(&header), place.clone());
                    assert_eq!(before, None, "{header} of {place:?}");
                }
            }
        }
    }

    #[test]
    fn headers_are_known_as_people_write_them() {
        for (header, meaning) in [
            ("Department", Some(Column::Department)),
            ("**DEPT.**", Some(Column::Department)),
            ("Zuständig:", Some(Column::Owner)),
            ("categoria", Some(Column::Category)),
            ("担当者", Some(Column::Owner)),
            ("Key Partner", Some(Column::Name)),
            ("Beschreibung", Some(Column::Description)),
            ("Total", None),
            ("How often", None),
            ("", None),
        ] {
            assert_eq!(column(header), meaning, "{header}");
        }
    }

    #[test]
    fn rows_of_totals_begin_with_a_word_for_them() {
        for name in ["Total", "TOTAL:", "Total per month", "Summe", "合計", "Grand total (net)"] {
            assert!(is_total(name), "{name}");
        }
        for name in ["Totally new ovens", "Rent", ""] {
            assert!(!is_total(name), "{name}");
        }
    }
}
