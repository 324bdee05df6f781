//! Departments that canvases introduce under a name that is nearly another one's.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::DepartmentIndex;
use super::departments::{MOST_COMPARED, Registry};
use crate::canvas::Document;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::departments::built_in;
use crate::slug::nearest;
use crate::source::Location;

/// Which documents introduce a department, and what is told of their names.
#[derive(Default)]
pub(super) struct Introduced {
    /// The first document that names each department that nobody expects.
    pub by: BTreeSet<u32>,
    /// What is told, with the document that it is about.
    pub told: Vec<(u32, Diagnostic)>,
}

/// Tells departments that canvases introduce with a name that is nearly that of another one.
pub(super) fn find(documents: &[Arc<Document>], registry: &Registry, language: &str) -> Introduced {
    let mut introduced = Introduced::default();
    let departments = registry.departments();
    if departments.len() > MOST_COMPARED {
        return introduced;
    }
    // Of two names that are alike, the one that comes later is told, once.
    let met = (0u32..).take(departments.len()).map(DepartmentIndex);
    let mut met: Vec<bool> = met.map(|index| registry.is_expected(index)).collect();
    for (index, document) in (0u32..).zip(documents) {
        let blocks = document.canvas.iter().flat_map(|canvas| &canvas.blocks);
        for part in blocks.flat_map(|block| &block.parts).filter(|part| part.department) {
            let Some(department) = registry.of_part(part) else { continue };
            if std::mem::replace(&mut met[department.0 as usize], true) {
                continue;
            }
            introduced.by.insert(index);
            let others = departments.iter().enumerate().zip(&met);
            let others = others.filter(|((at, _), met)| **met && *at != department.0 as usize);
            let titles = others.map(|((_, other), _)| other.title.as_str());
            let lang = document.front.lang.as_deref().unwrap_or(language);
            let names = built_in().iter().flat_map(|known| known.names_in(lang));
            let near = nearest(&part.title, titles.chain(names.map(String::as_str)));
            if let Some(near) = near.first().filter(|near| is_slip(&part.title, near)) {
                let place = Location::new(&document.path, part.span);
                let told = catalogue::department_nearly_known(place, &part.title, near);
                introduced.told.push((index, told));
            }
        }
    }
    introduced
}

/// Two names so alike that one is probably a slip: short names differ in one letter by nature.
fn is_slip(a: &str, b: &str) -> bool {
    const SHORTEST: usize = 5;
    const MOST_SLIPS: usize = 2;
    // `Plant 1` and `Plant 2`, `Team A` and `Team B` are told apart on purpose.
    let tells_apart = |word: &&str| {
        let is_letter = word.chars().all(char::is_alphanumeric) && word.chars().nth(1).is_none();
        is_letter || word.contains(char::is_numeric)
    };
    let marks = |name: &str| {
        let words = name.split_whitespace().filter(tells_apart);
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    a.chars().count().min(b.chars().count()) >= SHORTEST
        && marks(a) == marks(b)
        && strsim::osa_distance(&a.to_lowercase(), &b.to_lowercase()) <= MOST_SLIPS
}

#[cfg(test)]
mod tests {
    use super::is_slip;

    #[test]
    fn a_slip_is_told_from_a_number() {
        for (a, b, expected) in [
            ("Markting", "Marketing", true),
            ("Plant 1", "Plant 2", false),
            ("Team A", "Team B", false),
            ("Plant 1", "Plnat 1", true),
            ("Werk Süd", "Werk Nord", false),
            ("HR", "PR", false),
        ] {
            assert_eq!(is_slip(a, b), expected, "{a} {b}");
        }
    }
}
