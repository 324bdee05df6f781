//! Lines that look like the name of a part but are not.

/// A bold line longer than this is a sentence, not a sub-heading.
const LONGEST_BOLD_LABEL: usize = 80;
/// This number of words with a full stop is a sentence; fewer may end in an abbreviation
/// (`Acme Inc.`).
const SENTENCE_WORDS: usize = 4;

/// Titles that people write above remarks among the activities, and that no department has. In
/// lower case; a number may follow.
const REMARKS: [&str; 47] = [
    "note",
    "notes",
    "remark",
    "remarks",
    "comment",
    "comments",
    "example",
    "examples",
    "summary",
    "synthesis",
    "overview",
    "source",
    "sources",
    "total",
    "tbd",
    "todo",
    "to do",
    "other",
    "others",
    "misc",
    "miscellaneous",
    "hinweis",
    "hinweise",
    "anmerkung",
    "anmerkungen",
    "beispiel",
    "beispiele",
    "zusammenfassung",
    "sonstiges",
    "remarque",
    "remarques",
    "exemple",
    "exemples",
    "synthèse",
    "résumé",
    "autres",
    "nota",
    "notas",
    "ejemplo",
    "ejemplos",
    "resumen",
    "otros",
    "resumo",
    "注",
    "备注",
    "備考",
    "참고",
];

/// Whether a title is above a remark.
pub(super) fn is_remark(title: &str) -> bool {
    let bare = title.trim_end_matches(|c: char| !c.is_alphabetic());
    REMARKS.contains(&bare.to_lowercase().as_str())
}

/// Whether a bold line is a sentence and not a name.
pub(super) fn is_sentence(line: &str) -> bool {
    let line = line.trim().trim_end_matches(['"', '”', '»', '\'', '’', ')', '」']);
    let words = line.split_whitespace().count();
    line.chars().nth(LONGEST_BOLD_LABEL).is_some()
        || line.ends_with(['。', '！'])
        || (line.ends_with(['.', '!', '…']) && words >= SENTENCE_WORDS)
}
