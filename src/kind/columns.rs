//! What the columns of a table of elements are called, in all languages at once.
//!
//! The facts are in `data/columns.toml`.

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
    /// What is counted by the number beside it: a year, a month.
    Period,
}

/// What a header means; `None` if it is one of the author's own.
pub fn column(header: &str) -> Option<Column> {
    find(&plain(header)).filter(|column| !matches!(column, Column::Total | Column::Period))
}

/// Whether a row with this name holds totals: it begins with a word for them.
pub fn is_total(name: &str) -> bool {
    begins_with_total(&fold(&plain(name)))
}

fn begins_with_total(folded: &str) -> bool {
    let ends = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    ends.map(|end| &folded[..end]).any(|first| find(first) == Some(Column::Total))
}

/// Whether an entry of a list about money sums up or looks ahead: it is called a total or after a period, and
/// begins with a figure.
pub fn is_sum(name: &str, text: &str) -> bool {
    /// A name of more words is that of something else: `Total Cost of Ownership consulting`.
    const MOST_WORDS: usize = 4;
    /// A currency or `about` may be before a figure.
    const FIGURE_WITHIN: usize = 10;
    let mut start = text.chars().take(FIGURE_WITHIN);
    let has_figure = start.any(char::is_numeric);
    match name.find(char::is_numeric) {
        // Without a separator, the figure is part of the name.
        Some(figure) if text.is_empty() => is_sum(&name[..figure], &name[figure..]),
        _ if !has_figure => false,
        _ => {
            let folded = fold(&plain(name));
            is_period(name) || folded.split(' ').count() <= MOST_WORDS && begins_with_total(&folded)
        }
    }
}

/// Whether a name is that of a period: `Year 1`, `Months 7-12`, `2027`, `Year 1 total`. What is in parentheses does
/// not count.
pub fn is_period(name: &str) -> bool {
    let name = name.split(['(', '（']).next().unwrap_or("");
    let is_year =
        |number: &str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    if !name.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let words: String = name.replace(|c: char| c.is_ascii_digit(), " ");
    let words = fold(words.trim_matches(|c: char| !c.is_alphanumeric()));
    if !words.contains(char::is_alphanumeric) {
        let mut numbers = name.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        return numbers.all(is_year);
    }
    let is_total = |word: &str| find(word) == Some(Column::Total);
    let period = words.rsplit_once(' ').filter(|(_, last)| is_total(last));
    find(period.map_or(&*words, |(period, _)| period)) == Some(Column::Period)
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
    #[test]
    fn periods_have_a_number_and_a_word_or_are_years() {
        for name in [
            "Year 1",
            "Months 7-12",
            "Year 1 total",
            "Année 2",
            "Jahr 1:",
            "6ヶ月後",
            "第1年",
            "2026",
            "2026/2027",
            "FY2027",
            "Q1 2027",
            "Year 2 (growth)",
            "Year 3+",
        ] {
            assert!(is_period(name), "{name}");
        }
        for name in
            ["Year", "3 workshops", "Plan 2027", "24/7 hotline", "100", "Year 1 licences", ""]
        {
            assert!(!is_period(name), "{name}");
        }
    }

    #[test]
    fn sums_are_totals_and_periods_with_a_figure() {
        for (name, text) in [
            ("Total", "12,000 €"),
            ("Total per month", "€17k–€37k"),
            ("Total 12,000 €", ""),
            ("Gesamtkosten", "rund 900 €"),
            ("Year 1", "EUR 50k (pilot)"),
        ] {
            assert!(is_sum(name, text), "{name}: {text}");
        }
        for (name, text) in [
            ("Total care plan", "all repairs of a year, 90 €"),
            ("Total Cost of Ownership consulting", "500 € an hour"),
            ("Year 1", "free of charge for all members, then 5 €"),
            ("Total", "mostly wages"),
            ("Rent", "12,000 €"),
            ("Totally new ovens", "900 €"),
            ("2 bakers", "4,000 €"),
        ] {
            assert!(!is_sum(name, text), "{name}: {text}");
        }
    }
}
