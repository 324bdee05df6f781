//! Activities that departments typically have: suggestions for writers, never filled in automatically.
//!
//! The facts are in `data/typical-activities.toml`.

use std::sync::LazyLock;

/// The typical activities of one built-in department.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypicalActivities {
    /// The department: an id of [`super::departments::built_in`].
    #[serde(rename = "id")]
    pub department: String,
    /// Its activities, in the order in which they are offered.
    pub activities: Vec<TypicalActivity>,
}

/// An activity that a department may have.
#[derive(Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypicalActivity {
    /// `Market research`.
    pub name: String,
    /// What is done, as one sentence without its full stop; it follows the dash after the name.
    pub text: String,
}

/// The departments whose typical activities are known, in the order in which they are offered.
pub fn typical_activities() -> &'static [TypicalActivities] {
    &TYPICAL
}

static TYPICAL: LazyLock<Vec<TypicalActivities>> = LazyLock::new(|| {
    let data: ActivitiesFile = toml::from_str(include_str!("../../data/typical-activities.toml"))
        .expect("the embedded activities are read by a test");
    data.departments
});

/// `data/typical-activities.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ActivitiesFile {
    departments: Vec<TypicalActivities>,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::kind::departments::built_in;
    use crate::slug::slug;

    #[test]
    fn suggestions_are_of_departments_that_exist_and_can_stand_in_a_canvas() {
        let ids: Vec<&str> = built_in().iter().map(|known| &*known.id).collect();
        let mut order = Vec::new();
        for of in typical_activities() {
            let place = ids.iter().position(|id| *id == of.department);
            order.push(place.unwrap_or_else(|| panic!("{} is no department", of.department)));
            let mut names = BTreeSet::new();
            for TypicalActivity { name, text } in &of.activities {
                assert!(names.insert(slug(name)), "{name} occurs twice in {}", of.department);
                assert!(!text.ends_with('.') && !text.is_empty(), "{name}: {text}");
                // In a comment `--` would end it, and brackets would be a link.
                let odd = |text: &str| text.contains("--") || text.contains(['[', ']', '{', '<']);
                assert!(!odd(name) && !odd(text), "{name}: {text}");
            }
        }
        assert!(order.is_sorted(), "in the order of data/departments.toml");
        assert_eq!(order.len(), 9);
    }
}
