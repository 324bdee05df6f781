//! Every diagnostic that canvasbook can give: the constructors own code, wording and help.

mod compared;
mod empty;
mod files;
mod format;
mod kinds;
mod looks;
mod settings;
mod unread;

pub use compared::*;
pub use empty::*;
pub use files::*;
pub use format::*;
pub use kinds::*;
pub use looks::*;
pub use settings::*;
pub use unread::*;

use super::Severity;

/// A code, its severity unless another one is set, and its meaning in one sentence.
pub type Explained = (&'static str, Severity, &'static str);

/// Every code that a diagnostic can have, except those of rules, which are in
/// [`crate::check::Rules`].
pub fn codes() -> impl Iterator<Item = &'static Explained> {
    let all = [
        settings::CODES,
        format::CODES,
        compared::CODES,
        unread::CODES,
        files::CODES,
        looks::CODES,
        kinds::CODES,
    ];
    all.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_kebab_case_and_explained() {
        let mut seen = std::collections::BTreeSet::new();
        for (code, _, meaning) in codes() {
            assert!(seen.insert(code), "`{code}` occurs twice");
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(code.chars().all(kebab), "`{code}` is not kebab-case");
            assert!(meaning.ends_with('.'), "`{code}` is explained by a sentence");
        }
    }
}
