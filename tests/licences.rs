//! Holds every dependency, on every system, to `deny.toml`: which licences are allowed, and which
//! sources.
//!
//! cargo knows both; no other tool is needed.

#![expect(
    clippy::disallowed_methods,
    reason = "it asks cargo and reads the repository's own files"
)]

#[path = "tree/packages.rs"]
mod packages;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use spdx::{Expression, ParseMode};

/// The only place that dependencies come from.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What `cargo metadata` prints, as far as the tests need it.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// `None` for canvasbook itself.
    source: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
}

/// The packages of the lock file. The first is canvasbook.
fn packages() -> Vec<Package> {
    let metadata: Metadata = serde_json::from_slice(&packages::metadata()).expect("it is JSON");
    let mut packages = metadata.packages;
    packages.sort_by_key(|package| package.source.is_some());
    packages
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The policy of `deny.toml`.
fn deny() -> toml::Table {
    let text = fs::read_to_string(root().join("deny.toml")).expect("it is there");
    text.parse().expect("it is TOML")
}

/// The licences that the policy allows.
fn allowed(deny: &toml::Table) -> BTreeSet<String> {
    let allowed = deny["licenses"]["allow"].as_array().expect("it is a list");
    allowed.iter().map(|id| id.as_str().expect("it is a text").to_owned()).collect()
}

/// Whether a licence expression can be met with these licences. An exception to a licence does not
/// help.
fn is_met(expression: &str, allowed: &BTreeSet<String>) -> bool {
    // Older packages write `MIT/Apache-2.0`.
    let expression = Expression::parse_mode(expression, ParseMode::LAX);
    expression.is_ok_and(|expression| {
        expression.evaluate(|asked| {
            let id = asked.license.id().map(|id| id.name);
            asked.addition.is_none() && id.is_some_and(|id| allowed.contains(id))
        })
    })
}

#[test]
fn licences_are_those_that_are_allowed_and_each_of_these_is_needed() {
    let allowed = allowed(&deny());
    let packages = packages();
    assert!(packages.len() > 50, "cargo lists all: {}", packages.len());
    let refused_with = |allowed: &BTreeSet<String>| -> Vec<String> {
        let licence = |package: &Package| package.license.clone().unwrap_or_default();
        let refused = packages.iter().filter(|package| !is_met(&licence(package), allowed));
        refused
            .map(|package| format!("{} {}: {}", package.name, package.version, licence(package)))
            .collect()
    };
    assert_eq!(refused_with(&allowed), [""; 0], "see [licenses] in deny.toml");
    for licence in &allowed {
        let mut fewer = allowed.clone();
        fewer.remove(licence);
        assert!(
            !refused_with(&fewer).is_empty(),
            "nothing needs {licence}, which deny.toml allows"
        );
    }
}

#[test]
fn every_dependency_comes_from_crates_io_in_a_version() {
    let deny = deny();
    for key in ["unknown-registry", "unknown-git"] {
        assert_eq!(deny["sources"][key].as_str(), Some("deny"), "{key}");
    }
    assert_eq!(deny["bans"]["wildcards"].as_str(), Some("deny"));
    let packages = packages();
    let (own, others) = packages.split_first().expect("there is one");
    assert_eq!((own.name.as_str(), &own.source), ("canvasbook", &None));
    let strange: Vec<&str> = others
        .iter()
        .filter(|package| package.source.as_deref() != Some(CRATES_IO))
        .map(|package| package.name.as_str())
        .collect();
    assert_eq!(strange, [""; 0], "these do not come from crates.io");
    let any = own.dependencies.iter().filter(|dependency| dependency.req == "*");
    let any: Vec<&str> = any.map(|dependency| dependency.name.as_str()).collect();
    assert_eq!(any, [""; 0], "these are asked for in any version");
}

#[test]
fn an_expression_is_met_by_allowed_licences_only() {
    let allowed = ["MIT", "Apache-2.0"].map(str::to_owned).into();
    for met in ["MIT", "MIT OR GPL-3.0-only", "MIT/GPL-3.0", "MIT AND (GPL-2.0-only OR Apache-2.0)"]
    {
        assert!(is_met(met, &allowed), "{met}");
    }
    for not_met in
        ["", "GPL-3.0-only", "MIT AND GPL-3.0-only", "Apache-2.0 WITH LLVM-exception", "mine"]
    {
        assert!(!is_met(not_met, &allowed), "{not_met}");
    }
}
