//! The headers of the columns of a table of elements, in all languages at once.
//!
//! The facts are in `data/columns.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::decoration::plain;
use super::fold::{fold, without_accents};
use super::labels::spellings;

/// The meaning of a word in a table.
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
    /// The header of the names' column, if it only marks where the names are.
    Name,
    /// The header of a text that needs no name.
    Description,
    /// A row of totals.
    Total,
    /// What a total is of, besides the headers of columns: fixed, monthly.
    OfTotal,
    /// The period that a number beside it counts: a year, a month.
    Period,
    /// A word that orders entries like a number does: primary, secondary.
    Rank,
}

/// The meaning of a header; `None` if it is one of the author's own.
pub fn column(header: &str) -> Option<Column> {
    let is_header = |column: &Column| {
        !matches!(column, Column::Total | Column::OfTotal | Column::Period | Column::Rank)
    };
    find(&plain(header)).filter(is_header)
}

/// Whether a word orders entries like a number does.
pub fn is_rank(word: &str) -> bool {
    find(word) == Some(Column::Rank)
}

/// Whether a label is that of a total: a word for one, alone or with what is summed up and for which time, as in
/// `Total costs per month`. `Total addressable market` is not one.
pub fn is_total(label: &str) -> bool {
    let label = label.split(['(', '（']).find(|part| part.contains(char::is_alphanumeric));
    let folded = fold(&plain(label.unwrap_or("")));
    let ends = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    ends.map(|end| folded.split_at(end))
        .any(|(first, rest)| find(first) == Some(Column::Total) && qualifies(rest.trim_start()))
}

/// Whether the text after a word for totals only names what is summed up and for which time.
fn qualifies(rest: &str) -> bool {
    /// A longer word is not one of those between others, as in `per month`.
    const LONGEST_BETWEEN: usize = 3;
    let says = |text: &str| {
        matches!(find(text), Some(Column::Name | Column::Total | Column::OfTotal | Column::Period))
            || text.chars().all(char::is_numeric)
    };
    let mut words = rest.rsplit(' ');
    let is_between = |word: &str| word.chars().nth(LONGEST_BETWEEN).is_none();
    rest.is_empty()
        || says(rest)
        || words.next().is_some_and(says) && words.all(|word| says(word) || is_between(word))
}

/// Whether an entry of a list about money sums up or looks ahead: its name is that of a total or a period,
/// and its text begins with a figure.
pub fn is_sum(name: &str, text: &str) -> bool {
    /// A currency or `about` may be before a figure.
    const FIGURE_WITHIN: usize = 10;
    let mut start = text.chars().take(FIGURE_WITHIN);
    let has_figure = start.any(char::is_numeric);
    match name.find(char::is_numeric) {
        // Without a separator, the figure is part of the name.
        Some(figure) if text.is_empty() => is_sum(&name[..figure], &name[figure..]),
        _ => has_figure && (is_period(name) || is_total(name)),
    }
}

/// Whether a name is that of a period: `Year 1`, `Months 7-12`, `2027`, `Year 1 total`. Text in parentheses does
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

/// The meaning of each word, by its folded forms.
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
            ("Sales", None),
            ("Primary", None),
            ("How often", None),
            ("", None),
        ] {
            assert_eq!(column(header), meaning, "{header}");
        }
    }

    #[test]
    fn totals_are_called_so_and_nothing_else() {
        for name in [
            "Total",
            "TOTAL:",
            "**Total**",
            "Total 2027",
            "Total per month",
            "Total monthly",
            "Total costs per year",
            "Total Fixe Mensuel",
            "TOTAL COSTOS FIJOS",
            "Summe",
            "Gesamtkosten pro Jahr",
            "合計",
            "Grand total (net)",
            "(Total)",
        ] {
            assert!(is_total(name), "{name}");
        }
        for name in [
            "Totally new ovens",
            "Total addressable market",
            "Total care plan",
            "Total rewards",
            "Sum of all fears",
            "Rent",
            "",
        ] {
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
            ("Total addressable market", "100M+ users"),
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
