//! A comparison as one file for a browser.

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};
use crate::html::{self, Piece};
use crate::single_file::flaws;

/// A bakery, its scenario, and a state `v1` of both, after which the mill came and the bakery began to sell
/// warm bread.
fn handbook(settings: &str) -> Handbook {
    let handbook = Handbook::new().file(SETTINGS, format!("{settings}{NO_RULES}")).repository();
    handbook.write("content/bakery.md", CANVAS);
    handbook.write("content/gone.md", CANVAS.replace("Baking", "Frying"));
    let scenario = CANVAS.replace("- **Baking**", "- **Toasting** — sells.\n- **Baking**");
    handbook
        .write("content/bakery-b.md", format!("+++\nbased_on = \"bakery.md\"\n+++\n\n{scenario}"));
    handbook.commit("2026-01-02", "Begin");
    handbook.git(&["tag", "v1"]);
    handbook.write("content/bakery.md", CANVAS.replace("makes [fresh", "sells [warm"));
    handbook
        .write("content/mill.md", CANVAS.replace("bread", "flour").replace("Baking", "Milling"));
    handbook.remove("content/gone.md");
    handbook.commit("2026-02-03", "Sell warm bread");
    handbook
}

/// The addresses that the links of a file lead to, except those within it and those of the licences of
/// kinds.
fn addresses(text: &str) -> Vec<String> {
    let pieces = html::pieces(text).expect("it is HTML").into_iter();
    let links = pieces.filter_map(|piece| match piece {
        Piece::Start(name, attributes) if name == "a" => Some(attributes),
        _ => None,
    });
    let addresses = links.flatten().filter(|(name, _)| name == "href").map(|(_, value)| value);
    let is_elsewhere = |address: &String| address.starts_with("https://example.org");
    let mut addresses: Vec<String> = addresses.filter(is_elsewhere).collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

#[test]
fn two_canvases_and_two_states_are_one_file_each_that_needs_nothing_beside_it() {
    let handbook = handbook("");
    for arguments in ["bakery bakery-b", "v1 HEAD", "v1", "HEAD", "HEAD v1 -- content/mill.md"] {
        let file = handbook.run(&format!("diff --format html {arguments}")).status(0).stderr_is("");
        assert_eq!(flaws(file.text()), [""; 0], "{arguments}");
        let policy = "content=\"default-src 'none'; style-src 'sha256-";
        assert!(file.text().contains(policy), "{arguments}");
    }
    assert!(!handbook.path("public").exists(), "nothing is written");
    let file = handbook.run("diff v1 HEAD --format html");
    for said in ["<code>v1 HEAD</code>", "<h2>Bakery</h2>", "<h2>Gone</h2>", "<h2>Mill</h2>"] {
        assert!(file.text().contains(said), "{said} in {}", file.text());
    }
    let one = handbook.run("diff --format html HEAD v1 -- content/bakery.md");
    assert!(one.text().contains("<h1>Bakery</h1>") && one.text().contains("<del>sells"));
    let same = handbook.run("diff HEAD --format html --exit-code").status(0);
    assert!(same.text().contains("Nothing differs."));
    handbook.run("diff v1 --format html --exit-code").status(1);
}

#[test]
fn links_lead_to_pages_that_both_states_have_if_it_is_known_where() {
    let handbook = handbook("base_url = \"https://example.org/plans\"\n");
    let all = |arguments: &str| {
        let file = handbook.run(&format!("diff {arguments} --format html")).status(0);
        assert_eq!(flaws(file.text()), [""; 0], "{arguments}");
        let addresses = addresses(file.text()).into_iter();
        let pages = addresses.filter(|it| it.contains("bakery") || it.contains("gone"));
        pages.chain(file.text().contains("plans/mill.html").then(|| "mill".to_owned())).collect()
    };
    let pages: Vec<String> = all("v1 HEAD");
    expect![[r#"
        [
            "https://example.org/plans/bakery.html#customer-segments/neighbours",
            "https://example.org/plans/bakery.html#key-activities/production/baking",
            "https://example.org/plans/bakery.html#value-propositions/fresh-bread",
        ]
    "#]]
    .assert_debug_eq(&pages);
    let pages: Vec<String> = all("bakery bakery-b");
    assert!(pages.contains(&"https://example.org/plans/bakery-b.html".to_owned()), "{pages:?}");
}

#[test]
fn a_template_that_fails_is_no_comparison() {
    let handbook = handbook("");
    handbook.write("themes/default/templates/comparison.html", "{{ comparison.nothing }}");
    let run = handbook.run("diff v1 --format html").status(2).stdout_is("");
    assert!(run.messages().contains("template-error"), "{}", run.messages());
    let said = "error: the comparison cannot be printed, because a template of the theme fails\n";
    assert!(run.messages().ends_with(said), "{}", run.messages());
}
