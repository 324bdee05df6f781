//! The published JSON Schemas are those that the code derives, and what the program reads and writes
//! fits them. `UPDATE_EXPECT=1 cargo test --test schemas` rewrites the published ones.

#![expect(clippy::disallowed_methods, reason = "it reads the repository's own files")]

#[path = "schemas/fit.rs"]
mod fit;
#[path = "tree/tree.rs"]
mod tree;

use std::fs;
use std::path::Path;

use canvasbook::check::Rules;
use canvasbook::compile::Output;
use canvasbook::edge::session::Session;
use canvasbook::edge::today::Today;
use canvasbook::kind::Kinds;
use canvasbook::source::Source;
use canvasbook::view::export::Export;
use canvasbook::{node, schema};
use fit::misfits;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).expect("it can be read")
}

/// TOML as JSON, with dates as strings.
fn json(toml: &str) -> Value {
    let read = node::toml::read(toml, 0);
    assert_eq!(read.errors, []);
    read.root.to_json(toml)
}

#[test]
fn the_published_schemas_are_those_of_the_code() {
    for (name, schema) in [
        ("canvasbook.json", schema::configuration(&Rules::built_in())),
        ("front-matter.json", schema::front_matter(&Kinds::built_in())),
        ("kind.json", schema::kind(&Kinds::built_in())),
    ] {
        let path = root().join("static/schemas").join(name);
        let derived = serde_json::to_string_pretty(&schema).expect("is JSON") + "\n";
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, &derived).expect("can be written");
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert!(published == derived, "static/schemas/{name} is old: UPDATE_EXPECT=1 rewrites it");
    }
}

#[test]
fn configurations_fit_their_schema() {
    let schema = schema::configuration(&Rules::built_in());
    let paths = ["canvasbook.toml", "data/starter/canvasbook.toml"];
    for path in paths.into_iter().chain(["tests/golden/group/source/canvasbook.toml"]) {
        assert_eq!(misfits(&schema, &json(&read(path)), path), [""; 0]);
    }
}

#[test]
fn kinds_fit_their_schema() {
    let schema = schema::kind(&Kinds::built_in());
    for (path, bytes) in tree::Tree::read(&root().join("data/kinds")).0 {
        let text = String::from_utf8(bytes).expect("is UTF-8");
        assert_eq!(misfits(&schema, &json(&text), &path), [""; 0]);
    }
    let starter = "data/starter/kind.toml";
    assert_eq!(misfits(&schema, &json(&read(starter)), starter), [""; 0]);
}

#[test]
fn front_matters_fit_their_schema() {
    let own = tree::Tree::read(&root().join("kinds")).0.into_iter();
    let own = own.map(|(name, text)| {
        Source::new(format!("kinds/{name}"), String::from_utf8(text).expect("is a text"))
    });
    let kinds = Kinds::read(&own.collect::<Vec<_>>(), &mut Vec::new());
    let schema = schema::front_matter(&kinds);
    let mut checked = 0;
    for (path, bytes) in tree::Tree::read(&root().join("content")).0 {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let Some((front, _)) =
            text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"))
        else {
            continue;
        };
        assert_eq!(misfits(&schema, &json(front), &path), [""; 0]);
        checked += 1;
    }
    assert!(checked > 10, "the example handbook has front matters");
}

#[test]
fn what_is_written_fits_its_schema() {
    let [handbook, canvas, export] = [schema::HANDBOOK, schema::CANVAS, schema::EXPORT]
        .map(|text| -> Value { serde_json::from_str(text).expect("a schema is JSON") });
    let (mut canvases, mut folders) = (0, vec![root().to_owned()]);
    for golden in fs::read_dir(root().join("tests/golden")).expect("can be read") {
        folders.push(golden.expect("can be read").path().join("source"));
    }
    for folder in folders {
        let name = folder.display().to_string();
        let today = Today::OfSources;
        let opened = Session::new(folder, None, false, today).open(None);
        let compiled = opened.expect("it is a handbook").compiled;
        for (path, output) in compiled.site.iter() {
            let Output::Data(key) = output else { continue };
            let schema = match key.kind().id {
                "handbook.json" => &handbook,
                "canvas.json" => &canvas,
                _ => continue,
            };
            canvases += usize::from(key.kind().id == "canvas.json");
            let data = serde_json::from_slice(&compiled.data(*key)).expect("is JSON");
            assert_eq!(misfits(schema, &data, &format!("{name}: {path}")), [""; 0]);
        }
        let exported = serde_json::to_value(Export::of(&compiled.edition)).expect("is data");
        assert_eq!(misfits(&export, &exported, &name), [""; 0]);
    }
    assert!(canvases > 20, "the handbooks have canvases");
}

#[test]
fn what_does_not_fit_is_told_with_its_place() {
    let settings = json(
        "titel = \"A\"\noutput = \" \"\nlanguage = 1\n[rules]\nempty-block = \"loud\"\n\
         [departments.a]\nowner = [\"B\"]\naliases = [1]\n",
    );
    let mut told = misfits(&schema::configuration(&Rules::built_in()), &settings, "");
    told.sort();
    assert_eq!(
        told,
        [
            "/departments/a/aliases/0: is no string",
            "/departments/a/owner: is no string",
            "/language: is no string",
            "/output: is blank",
            "/rules/empty-block: is none of the words",
            "/titel: is no key",
        ]
    );
    let front = json("weight = \"1\"\ncanvas = \"leen\"\n[[waive]]\nrule = \"empty-block\"\n");
    let mut told = misfits(&schema::front_matter(&Kinds::built_in()), &front, "");
    told.sort();
    assert_eq!(
        told,
        ["/canvas: is none of the words", "/waive/0/reason: is missing", "/weight: is no integer"]
    );
    let canvas: Value = serde_json::from_str(schema::CANVAS).expect("a schema is JSON");
    let written =
        json("version = 2\n[canvas]\nstage = \"young\"\nweight = \"1\"\nblocks = [{ idea = 1 }]\n");
    let mut told = misfits(&canvas, &written, "");
    told.sort();
    assert_eq!(
        told,
        [
            "/canvas/blocks/0/id: is missing",
            "/canvas/blocks/0/idea: has no schema",
            "/canvas/blocks/0/label: is missing",
            "/canvas/json: is missing",
            "/canvas/kind: is missing",
            "/canvas/path: is missing",
            "/canvas/stage: fits no choice",
            "/canvas/title: is missing",
            "/canvas/url: is missing",
            "/canvas/weight: is no integer",
            "/version: is not 1",
        ]
    );
}
