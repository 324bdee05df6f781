//! The pages of blocks that gather elements of one name.

use std::fmt::Write as _;

use expect_test::expect;

use super::{compiled, outline};

/// A canvas whose partners each perform an activity of their own; the last one shares it with a house.
fn canvas(title: &str, partners: &[&str]) -> String {
    let mut text =
        format!("+++\ntitle = \"{title}\"\n+++\n\n## Key Activities\n\n### Production\n\n");
    for number in 0..partners.len() {
        let _ = writeln!(text, "- **Work {number}** — for [[#Bread]]");
    }
    text.push_str(
        "\n## Value Propositions\n\n- **Bread**\n\n## Channels\n\n## Key Partners\n\n- **House**\n",
    );
    for (number, partner) in partners.iter().enumerate() {
        let _ = writeln!(text, "- **{partner}** — for [[#Work {number}]]");
    }
    text
}

#[test]
fn names_of_several_canvases_come_first_with_what_depends_on_each() {
    let (one, two) = (canvas("One", &["The mill", "Zed"]), canvas("Two", &["the Mill!"]));
    let [one, two] = [one, two].map(|text| text.replace("- **House**\n", ""));
    let compiled = compiled("", &[("one.md", &one), ("two.md", &two)]);
    expect![[r#"
        Building block: Key Partners
        Who helps us, and what do they do or provide that we should not do ourselves?
        3 Elements, 2 Canvases
        ##  {}
        - Elements | Canvas | Falls without it | Is weakened without it
        - The mill
        - The mill for Work 0 | One | Work 0 | Bread
        - the Mill! for Work 0 | Two | Work 0, Bread
        - In one canvas only
        - and 1 more
    "#]]
    .assert_eq(&outline(&compiled, "blocks/key-partners.html"));
}

#[test]
fn nothing_is_headed_where_no_name_is_in_two_canvases() {
    let one = canvas("One", &["Mill", "Bank"]).replace("- **House**\n", "- **Mill**\n");
    let two = canvas("Two", &["Press"]).replace("- **House**\n", "");
    let compiled = compiled("", &[("one.md", &one), ("two.md", &two)]);
    expect![[r#"
        Building block: Key Partners
        Who helps us, and what do they do or provide that we should not do ourselves?
        4 Elements, 2 Canvases
        ##  {}
        - Elements | Canvas | Falls without it | Is weakened without it
        - Bank for Work 1 | One | Work 1 | Bread
        - Mill | One
        - Mill for Work 0 | One | Work 0 | Bread
        - Press for Work 0 | Two | Work 0, Bread
    "#]]
    .assert_eq(&outline(&compiled, "blocks/key-partners.html"));
}

#[test]
fn a_name_that_fills_a_page_goes_on_with_its_head_on_the_next() {
    let texts: Vec<(String, String)> = (0..410)
        .map(|number| (format!("c{number:03}.md"), canvas(&format!("C {number:03}"), &["Mill"])))
        .collect();
    let documents: Vec<(&str, &str)> =
        texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let compiled = compiled("", &documents);
    for number in ["", "/2", "/3"] {
        let path = format!("blocks/key-partners{number}.html");
        let page = outline(&compiled, &path);
        let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("- ")).collect();
        assert!(rows[1].starts_with("- House") || rows[1].starts_with("- Mill"), "{page}");
        match number {
            "" => expect![[r#"
                - Elements | Canvas
                - House
                - House | C 000
                - House | C 001
                - House | C 002
                - and 397 more"#]]
            .assert_eq(&rows.join("\n")),
            "/2" => expect![[r#"
                - Elements | Canvas | Falls without it
                - House
                - House | C 400
                - House | C 401
                - House | C 402
                - and 398 more"#]]
            .assert_eq(&rows.join("\n")),
            _ => expect![[r#"
                - Elements | Canvas | Falls without it
                - Mill
                - Mill | C 390 | Work 0, Bread
                - Mill | C 391 | Work 0, Bread
                - Mill | C 392 | Work 0, Bread
                - and 17 more"#]]
            .assert_eq(&rows.join("\n")),
        }
    }
}
