//! Blocks of a kind that got another id: what knew them by a former one leads to them still.

use expect_test::expect;

use crate::bad_kinds::check;
use crate::handbook::Handbook;
use crate::kinds::{BOARD, IDEA};

#[test]
fn a_block_that_was_renamed_is_found_by_its_former_ids() {
    let renamed = BOARD
        .replace("problem", "pain-point")
        .replace("label = \"Problem\"", "label = \"Problem\"\nwas = [\"problem\", \"trouble\"]");
    let notes = "See [what hurts](oven.md#trouble), above all [bread](oven.md#problem/cold-bread) and \
                 [[oven#Problem/Cold bread]].\n";
    let handbook = Handbook::new()
        .file("content/oven.md", format!("{IDEA}\n## Notes {{#trouble}}\n"))
        .file("content/notes.md", notes)
        .file("kinds/idea-board.toml", &renamed);
    let check = handbook.run("check --strict");
    check.status(0).stdout_is("All is well: 1 canvas and 1 page\n");
    handbook.run("build").status(0);
    let page = |path: &str| {
        let page = std::fs::read_to_string(handbook.path(path)).expect("is there");
        page.split_once("<main").expect("has a main part").1.to_owned()
    };
    let notes = page("public/notes.html");
    assert!(notes.contains("href=\"oven.html#pain-point/cold-bread\">bread"), "{notes}");
    // Addresses that were kept lead there, unless they mean something else by now.
    let oven = page("public/oven.html");
    assert!(oven.contains("<h2 id=\"pain-point\"><span id=\"problem\"></span>Problem"), "{oven}");
    assert!(oven.contains("<span id=\"trouble/cold-bread\"></span><b>Cold bread"), "{oven}");
    assert_eq!(oven.matches("id=\"trouble\"").count(), 1, "{oven}");
    handbook.write("kinds/idea-board.toml", renamed.replace(", \"trouble\"", ""));
    handbook.write("content/oven.md", IDEA);
    let check = handbook.run("check").status(1);
    assert!(
        check.text().contains("`#trouble` in content/oven.md does not exist"),
        "{}",
        check.text()
    );
}

#[test]
fn former_ids_of_the_base_last() {
    // Of the mission model, whose beneficiaries were customer segments.
    let kind = "title = \"Plan\"\nextends = \"mission-model\"\nattribution.changes = \"Citizens.\"\n\
                [[blocks]]\nid = \"citizens\"\nwas = \"beneficiaries\"\nlabel = \"Citizens\"\n";
    let canvas = "+++\ncanvas = \"plan\"\n+++\n\n## Citizens\n\n- **Families**\n- **Clubs** — of \
                  [them](#customer-segments/families), [all](#beneficiaries/families).\n";
    let handbook = Handbook::new()
        .file("kinds/plan.toml", kind)
        .file("content/plan.md", canvas)
        .file("canvasbook.toml", "[rules]\nall = \"off\"\n");
    handbook.run("check --strict").status(0);
}

#[test]
fn a_former_id_that_means_something_else() {
    check(
        "label = \"Idea\"",
        "label = \"Idea\"\nwas = [\"thought\", \"idea\", \"problem\", \"thought\", \"A thought\"]",
        expect![[r#"
            error[malformed-kind]: `idea` is an id of this block already
              --> kinds/idea-board.toml:18:19
               |
            18 | was = ["thought", "idea", "problem", "thought", "A thought"]
               |                   ^^^^^^
               |
               = help: write the id that it had before, or leave out `was`

            error[malformed-kind]: `problem` is an id of another block
              --> kinds/idea-board.toml:18:27
               |
            11 | id = "problem"
               |      --------- of this one
            ...
            18 | was = ["thought", "idea", "problem", "thought", "A thought"]
               |                           ^^^^^^^^^
               |
               = help: a reference by it could mean both: leave it out of `was`

            error[malformed-kind]: `thought` is an id of this block already
              --> kinds/idea-board.toml:18:38
               |
            18 | was = ["thought", "idea", "problem", "thought", "A thought"]
               |                                      ^^^^^^^^^
               |
               = help: write the id that it had before, or leave out `was`

            error[malformed-kind]: `A thought` cannot be an id
              --> kinds/idea-board.toml:18:49
               |
            18 | was = ["thought", "idea", "problem", "thought", "A thought"]
               |                                                 ^^^^^^^^^^^
               |
               = help: write small letters, digits and hyphens, such as `a-thought`

            4 errors in 1 file
        "#]],
    );
    check(
        "label = \"Idea\"",
        "label = \"Idea\"\nwas = 3",
        expect![[r#"
        error[wrong-type]: `blocks.was` must be a string or an array of strings, but is an integer
          --> kinds/idea-board.toml:18:7
           |
        18 | was = 3
           |       ^ expected a string or an array of strings

        1 error in 1 file
    "#]],
    );
}
