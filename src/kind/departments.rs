//! The names of departments: which of them are equal, and the built-in ones.
//!
//! The facts are in `data/departments.toml`. The configuration's aliases are not known here; the
//! handbook adds them.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::decoration::plain;
use super::fold::{fold, without_accents};
use crate::language;
use crate::slug::slug;

/// A department that needs no configuration.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// `research-and-development`.
    pub id: String,
    /// `Research and Development`.
    pub title: String,
    /// The ids of the departments that its name contains: Sales and Customer Service are one.
    pub parts: Vec<String>,
    /// The [`key`]s of its names in all languages, that of the title first, each once.
    pub keys: Vec<String>,
    /// Its names in each language, by tag.
    names: BTreeMap<String, Vec<String>>,
}

impl BuiltIn {
    /// Its names in a language, as people write them: `Vertrieb` in `de-AT`. Empty if they are unknown.
    pub fn names_in(&self, lang: &str) -> &[String] {
        let known = language::find(lang, self.names.keys().map(String::as_str));
        known.and_then(|tag| self.names.get(tag)).map_or(&[], Vec::as_slice)
    }
}

/// The key by which a department's names are compared across canvases: without decorations, in
/// lower case, `&` for "and" in any language, without initials in parentheses. `1. R & D` and `r+d`
/// have one key. Names that differ in accents do not, nor do aliases: see [`built_in_of`]. Empty if
/// the name has no letters.
pub fn key(name: &str) -> String {
    let name = plain(name);
    let name = without_initials(&name);
    // The slug would drop the sign, and `R&D` is not `RD`, nor `Sales & Marketing` `Sales Marketing`.
    slug(&fold(name).replace('&', "and"))
}

/// The built-in departments, in the order in which they are offered.
pub fn built_in() -> &'static [BuiltIn] {
    &BUILT_IN
}

/// The built-in department with a [`key`]; missing accents do not matter here.
pub fn built_in_of(key: &str) -> Option<&'static BuiltIn> {
    let at = BY_KEY.get(key).or_else(|| BY_KEY.get(&*without_accents(key)))?;
    built_in().get(*at)
}

static BUILT_IN: LazyLock<Vec<BuiltIn>> =
    LazyLock::new(|| data().departments.into_iter().map(built_in_from).collect());

/// The department of a key: an index into [`BUILT_IN`]. Keys are also included without accents.
static BY_KEY: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
    let keys =
        built_in().iter().enumerate().flat_map(|(at, of)| of.keys.iter().map(move |k| (at, k)));
    keys.flat_map(|(at, key)| [(key.clone(), at), (without_accents(key).into_owned(), at)])
        .collect()
});

/// `data/departments.toml`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DepartmentsFile {
    departments: Vec<DepartmentData>,
}

/// A department in the file, with its aliases by language.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DepartmentData {
    id: String,
    title: String,
    #[serde(default)]
    parts: Vec<String>,
    aliases: BTreeMap<String, Vec<String>>,
}

fn data() -> DepartmentsFile {
    toml::from_str(include_str!("../../data/departments.toml"))
        .expect("the embedded departments are read by a test")
}

fn built_in_from(data: DepartmentData) -> BuiltIn {
    let names = std::iter::once(&data.title).chain(data.aliases.values().flatten());
    let mut keys: Vec<String> = Vec::new();
    for key in names.map(|name| key(name)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    BuiltIn { id: data.id, title: data.title, parts: data.parts, keys, names: data.aliases }
}

/// The name without its own initials after it: `Research and Development (R&D)`. Other words in
/// parentheses distinguish departments: `Production (Lyon)`.
fn without_initials(name: &str) -> &str {
    let name_and_initials = || {
        let (name, inside) = name.strip_suffix([')', '）'])?.rsplit_once(['(', '（'])?;
        let folded = fold(name);
        let words = folded.split(' ').filter(|word| *word != "&");
        let initials: String = words.filter_map(|word| word.chars().next()).collect();
        let inside: String = fold(inside).chars().filter(|c| c.is_alphanumeric()).collect();
        (initials.chars().nth(1).is_some() && initials == inside).then_some(name.trim_end())
    };
    name_and_initials().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_department_meet() {
        for (name, expected) in [
            ("Research and Development", "research-and-development"),
            ("1. **Research & Development**:", "research-and-development"),
            ("RESEARCH + DEVELOPMENT", "research-and-development"),
            ("🔬 Research and Development (R&D)", "research-and-development"),
            ("Recherche et développement", "recherche-and-développement"),
            ("I+D", "i-and-d"),
            ("VENTAS Y SERVICIO", "ventas-and-servicio"),
            ("Human Resources (HR)", "human-resources"),
            ("Production (Lyon)", "production-lyon"),
            ("Production", "production"),
            ("Team A Support", "team-a-support"),
            ("24/7 support", "24-7-support"),
            ("연구 개발", "연구개발"),
            ("🎯", ""),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }

    #[test]
    fn built_in_departments_are_known_by_their_aliases() {
        for (name, id) in [
            ("R&D", "research-and-development"),
            ("r + d", "research-and-development"),
            ("F&E", "research-and-development"),
            ("FORSCHUNG UND ENTWICKLUNG", "research-and-development"),
            ("RECHERCHE ET DEVELOPPEMENT", "research-and-development"),
            ("Investigación y Desarrollo (I+D)", "research-and-development"),
            ("2. 研究開発", "research-and-development"),
            ("Fertigung", "production"),
            ("Sales & Customer Service", "sales-and-customer-service"),
            ("Vertrieb und Kundendienst", "sales-and-customer-service"),
            ("İNSAN KAYNAKLARI", "human-resources"),
            ("Ressources humaines (RH)", "human-resources"),
            ("IT", "information-technology"),
            ("Technology", "technology"),
            ("Vertrieb", "sales"),
            ("VENTES", "sales"),
            ("営業", "sales"),
            ("Customer Support", "customer-service"),
            ("Atención al cliente", "customer-service"),
            ("Logistik", "logistics"),
            ("Beschaffungslogistik", "inbound-logistics"),
            ("Operations", "operations"),
            ("Ingénierie", "engineering"),
        ] {
            assert_eq!(built_in_of(&key(name)).map(|of| &*of.id), Some(id), "{name}");
        }
        for name in ["Accounting", "Strategy", "Bakery", "🎯"] {
            assert_eq!(built_in_of(&key(name)), None, "{name}");
        }
    }

    #[test]
    fn the_departments_fit_together() {
        let mut owners: HashMap<String, &str> = HashMap::new();
        for of in built_in() {
            assert_eq!(of.id, slug(&of.title));
            for key in &of.keys {
                assert!(!key.is_empty(), "an alias of {} has no letters", of.id);
                for spelling in [key.clone(), without_accents(key).into_owned()] {
                    let owner = owners.insert(spelling, &of.id).unwrap_or(&of.id);
                    assert_eq!(owner, of.id, "{key} belongs to two departments");
                }
            }
        }
        for part in built_in().iter().flat_map(|of| &of.parts) {
            assert!(built_in().iter().any(|of| of.id == *part), "{part} is no department");
        }
        assert_eq!(built_in().len(), 18);
    }
}
