//! A kind that was written from the manual alone (`tests/browser/kinds/kinds/vorhaben.toml`): three columns, a block
//! over both rows, areas with colours of their own, two relations, two rules and German labels. The browsers' checks
//! print the canvases of that handbook and look for barriers in them.

use std::fs;
use std::path::Path;

use expect_test::expect;

use crate::handbook::Handbook;

/// The handbook that has a canvas of each kind.
fn handbook() -> Handbook {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/kinds");
    let handbook = Handbook::new();
    for folder in ["", "kinds", "content"] {
        for entry in fs::read_dir(root.join(folder)).expect("is a folder") {
            let path = entry.expect("is there").path();
            if path.is_file() {
                let text = fs::read(&path).expect("can be read");
                let inside = path.strip_prefix(&root).expect("is inside");
                handbook.write(&inside.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    handbook
}

#[test]
fn its_rules_and_limits_find_what_is_missing() {
    let said =
        handbook().run("check content/van.md content/nacht.md --format json").status(0).json();
    let said = said.as_array().expect("is a list").iter();
    let said: Vec<String> = said.map(|it| format!("{}: {}", it["code"], it["message"])).collect();
    expect![[r#"
        "empty-block": "Occasion has no element"
        "missing-block": "this canvas has no Means and no Helpers"
        "ohne-helfende": "Helpers is empty: nobody helps"
        "grundlos": "“Open all night” answers no occasion"
        "empty-block": "Effect has no element"
        "grundlos": "“Van stop reading” answers no occasion"
        "overfull-block": "Effect has 3 entries, more than 2""#]]
    .assert_eq(&said.join("\n"));
}

#[test]
fn its_canvases_are_on_posters_block_pages_and_in_the_search() {
    let handbook = handbook();
    handbook.run("build").status(0);
    let site = handbook.tree("public").0;
    let text = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let all = |path: &str, wanted: &[&str]| {
        let page = text(path);
        for wanted in wanted {
            assert!(page.contains(wanted), "{wanted} in {path}: {page}");
        }
    };
    all(
        "lesecafe.html",
        &[
            "<section class=\"block area-vorhaben-1 is-anlass\">",
            "<li class=\"area-vorhaben-2\">Weg</li>",
            "Findet Antwort in <a",
            "Kommt von <a",
        ],
    );
    all("assets/style.css", &[".area-vorhaben-1{--area:light-dark(#9a3412,#fdba74)}"]);
    all("blocks/vorhaben.html", &[">Lesecafé</a>", ">Book van</a>", ">Open all night</a>"]);
    // Partners of one name are one.
    all("blocks/helfer.html", &["id=\"freundeskreis\">Freundeskreis</th>", "Wer packt mit an?"]);
    all(
        "kinds/vorhaben.html",
        &[
            "<td data-label=\"Bereich\">Grund</td><td data-label=\"Höchstens\">2</td>",
            "Was gibt den Anstoß?",
            "„…“ hat keinen Anlass",
            "Helfende ist leer: Niemand hilft",
            "<th scope=\"row\">Hat mehr Einträge, als hilfreich sind</th><td>Wirkung (2)</td>",
        ],
    );
    all("gaps/index.html", &["id=\"grundlos\">„…“ hat keinen Anlass · 2 Lücken</th>"]);
    let found = site.iter().filter(|(path, _)| path.starts_with("assets/search/"));
    let found: String = found.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    for wanted in ["Lesecafé", "Villages without a bus", "Vorhabenbogen"] {
        assert!(found.contains(wanted), "{wanted}");
    }
}
