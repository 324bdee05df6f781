//! Findings of rules: their messages, their levels, and how they are waived.

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};

/// The rules that find something in [`BAKERY`], and no others.
const RULES: &str = "\
[rules]
all = \"off\"
empty-block = \"advice\"
missing-block = \"advice\"
repeated-element = \"advice\"
";

/// Three blocks of nine, one of them empty.
const BAKERY: &str = "\
# Bakery

## Key Partners

## Key Activities

- Baking
- Baking

## Channels

- Shop {with=\"production}
";

#[test]
fn rules_advise_and_slips_that_hide_attributes_warn() {
    let handbook = Handbook::new().file(SETTINGS, RULES).file("content/bakery.md", BAKERY);
    handbook.run("check").status(0).stdout(expect![[r#"
        warning[unread-attributes]: these braces are shown as text
          --> content/bakery.md:12:8
           |
        12 | - Shop {with="production}
           |        ^^^^^^^^^^^^^^^^^^ not read as attributes
           |
           = help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line

        advice[missing-block]: this canvas has no Key Resources, no Value Propositions, no Customer Relationships, no Customer Segments, no Cost Structure and no Revenue Streams
         --> content/bakery.md:1:1
          |
        1 | # Bakery
          | ^^^^^^^^
          |
          = help: add a heading for each, or waive `missing-block` with the reason

        advice[empty-block]: Key Partners has no element
         --> content/bakery.md:3:1
          |
        3 | ## Key Partners
          | ^^^^^^^^^^^^^^^
          |
          = help: Who helps us, and what do they do or provide that we should not do ourselves?

        advice[repeated-element]: a second element is named "Baking"
         --> content/bakery.md:8:3
          |
        7 | - Baking
          |   ------ the first one
        8 | - Baking
          |   ^^^^^^
          |
          = help: name them apart, or give one an id: `{#…}`

        1 warning, 3 pieces of advice in 1 file
    "#]]);
}

#[test]
fn a_build_counts_advice_and_tells_warnings() {
    let handbook = Handbook::new().file(SETTINGS, RULES).file("content/bakery.md", BAKERY);
    handbook.run("build").status(0).stderr(expect![[r#"
        warning[unread-attributes]: these braces are shown as text
          --> content/bakery.md:12:8
           |
        12 | - Shop {with="production}
           |        ^^^^^^^^^^^^^^^^^^ not read as attributes
           |
           = help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line

        1 warning in 1 file
    "#]]).stdout(expect![[r#"
        Built N pages in public: N written, 0 unchanged, 0 removed ([TIME])
        3 pieces of advice: `canvasbook check` shows what
        Open public/index.html
    "#]]);
}

#[test]
fn levels_come_from_the_configuration() {
    let levels = format!("{NO_RULES}empty-block = \"error\"\n");
    let handbook = Handbook::new().file("content/bakery.md", BAKERY).file(SETTINGS, levels);
    handbook.run("check").status(1).stdout(expect![[r#"
        warning[unread-attributes]: these braces are shown as text
          --> content/bakery.md:12:8
           |
        12 | - Shop {with="production}
           |        ^^^^^^^^^^^^^^^^^^ not read as attributes
           |
           = help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line

        error[empty-block]: Key Partners has no element
         --> content/bakery.md:3:1
          |
        3 | ## Key Partners
          | ^^^^^^^^^^^^^^^
          |
          = help: Who helps us, and what do they do or provide that we should not do ourselves?

        1 error, 1 warning in 1 file
    "#]]);
}

#[test]
fn waivers_name_blocks_and_elements_and_are_told_where_they_waive_nothing() {
    let waivers = "\
+++
[[waive]]
rule = \"empty-block\"
element = \"#key-partners\"
reason = \"We bake alone.\"

[[waive]]
rule = \"repeated-element\"
element = \"#baking-2\"
reason = \"Once in the night, once at noon.\"

[[waive]]
rule = \"missing-block\"
reason = \"Three blocks are enough for a first talk.\"

[[waive]]
rule = \"unnamed-element\"
element = \"Baking\"
reason = \"It has a name by now.\"

[[waive]]
rule = \"empty-block\"
element = \"Kitchen\"
reason = \"There is none.\"
+++
";
    let settings = format!("{RULES}unnamed-element = \"advice\"\n");
    let handbook = Handbook::new()
        .file(SETTINGS, settings)
        .file("content/bakery.md", format!("{waivers}{BAKERY}"));
    handbook.run("check --quiet").status(0).stdout(expect![[r#"
        warning[unused-waiver]: this waiver of `unnamed-element` waives nothing
          --> content/bakery.md:17:8
           |
        17 | rule = "unnamed-element"
           |        ^^^^^^^^^^^^^^^^^
           |
           = help: what it waived is mended: remove the waiver

        warning[unused-waiver]: this waiver's element `Kitchen` does not exist
          --> content/bakery.md:23:11
           |
        23 | element = "Kitchen"
           |           ^^^^^^^^^
           |
           = help: name the element as a reference does: its id, or its name

        warning[unread-attributes]: these braces are shown as text
          --> content/bakery.md:37:8
           |
        37 | - Shop {with="production}
           |        ^^^^^^^^^^^^^^^^^^ not read as attributes
           |
           = help: write `{#id .class key=value key="two words"}`, directly behind the name or at the end of the first line

        3 warnings in 1 file
    "#]]);
}

#[test]
fn toml_between_the_fences_of_yaml_is_an_error() {
    let handbook = Handbook::new().file("content/a.md", "---\ntitle = \"Bakery\"\n---\n\nText.\n");
    handbook.run("check").status(1).stdout(expect![[r#"
        error[malformed-front-matter]: malformed YAML: `key = value` is TOML, which belongs between lines of `+++`
         --> content/a.md:1:1
          |
        1 | ---
          | ^^^

        1 error in 1 file
    "#]]);
}

#[test]
fn a_slip_in_a_blocks_label_is_told() {
    let canvas = "## Key Actvities\n\n- Baking\n\n## Channels\n\n- Shop\n\n## Key Partners\n\n- Mill\n\n\
                  ## Customer Segments\n\n- Street\n";
    let handbook = Handbook::new()
        .file(SETTINGS, format!("{NO_RULES}block-nearly-known = \"warning\"\n"))
        .file("content/a.md", canvas);
    handbook.run("check").status(0).stdout(expect![[r#"
        warning[block-nearly-known]: `Key Actvities` is no block of this canvas
         --> content/a.md:1:1
          |
        1 | ## Key Actvities
          | ^^^^^^^^^^^^^^^^ shown as a section of its own
          |
          = help: did you mean `Key Activities`?

        1 warning in 1 file
    "#]]);
}

#[test]
fn rules_look_at_drafts_where_these_are_built() {
    let long = "word ".repeat(60);
    let draft = format!(
        "+++\ndraft = true\n+++\n\n## Channels\n\n- {long}\n\n## Cost Structure\n\n## Revenue Streams\n"
    );
    let handbook = Handbook::new().file("content/draft.md", draft);
    let finds = |line: &str| handbook.run(line).status(0).text().contains("unnamed-element");
    assert!(!finds("check"));
    assert!(finds("check --drafts"));
    handbook.write(SETTINGS, "[rules]\nunnamed-element = \"off\"\n");
    assert!(!finds("check --drafts"));
}

#[test]
fn files_that_are_named_are_reported_and_decide_the_status() {
    let broken = format!("{BAKERY}\nSee [it](nowhere.md).\n");
    let handbook = Handbook::new()
        .file(SETTINGS, NO_RULES)
        .file("content/a/bakery.md", &broken)
        .file("content/b/mill.md", "# Mill\n\nSee [the bakery](../a/bakery.md).\n")
        .file("content/ab.md", "# Page\n");
    let codes = |line: &str, status: i32| {
        let found = handbook.run(&format!("check --format json {line}")).status(status).json();
        let found = found.as_array().expect("a list").iter();
        let codes: Vec<String> =
            found.map(|it| it["file"].as_str().unwrap_or("").to_owned()).collect();
        codes.join(" ")
    };
    let all = "content/a/bakery.md content/a/bakery.md";
    assert_eq!(codes("", 1), all);
    assert_eq!(codes("content/a", 1), all);
    assert_eq!(codes("./content/b/../a/bakery.md content/b", 1), all);
    assert_eq!(codes("content/b content/ab.md", 0), "");
    assert_eq!(codes("--strict canvasbook.toml", 0), "");
    handbook.run("check content/b").status(0).stdout(expect![[r"
        All is well: 0 canvases and 1 page
    "]]);
    handbook.run("check -q content/b").status(0).stdout(expect![""]);
    for outside in ["content/none.md", "..", "content/a/bakery.md/x"] {
        let told = handbook.run(&format!("check {outside}")).status(2);
        told.stderr_is(&format!("error: `{outside}` is no file of the handbook\n"));
    }
}

#[test]
fn a_document_is_checked_as_an_editor_has_it() {
    let handbook = Handbook::new()
        .file(SETTINGS, NO_RULES)
        .file("content/bakery.md", CANVAS)
        .file(
            "content/mill.md",
            "# Mill\n\nSee [bread](bakery.md#fresh-bread) and [it](nowhere.md).\n",
        )
        .file("buffer", CANVAS.replace("(#fresh-bread)", "(#fresh-bred)").replace('\n', "\r"))
        .file("latin", b"# Caf\xe9\n")
        .file("mill", "# Mill\n");
    let check = |line: &str, buffer: &str| {
        let text = std::fs::File::open(handbook.path(buffer)).expect("it was written");
        let line = format!("check --stdin-filename {line}");
        handbook.run_command(handbook.command(&line).stdin(text))
    };
    check("content/bakery.md", "buffer")
        .status(1)
        .stdout(expect![[r#"
        error[unknown-reference]: `#fresh-bred` does not exist
          --> content/bakery.md:13:22
           |
        13 | - **Baking** — makes [fresh bread](#fresh-bred).
           |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
           |
           = help: did you mean `#fresh-bread`?

        1 error in 1 file
    "#]])
        .stderr(expect![]);
    check("content/new/stall.md --quiet", "buffer").status(1).stdout(expect![[r#"
        error[unknown-reference]: `#fresh-bred` does not exist
          --> content/new/stall.md:13:22
           |
        13 | - **Baking** — makes [fresh bread](#fresh-bred).
           |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
           |
           = help: did you mean `#fresh-bread`?

        1 error in 1 file
    "#]]);
    // What is in the folder is neither read nor changed.
    handbook.write("content/bakery.md", b"\xff");
    check("./content/../content/bakery.md", "content/mill.md").status(1).stdout(expect![[r#"
        error[unknown-reference]: `#fresh-bread` does not exist
         --> content/bakery.md:3:5
          |
        3 | See [bread](bakery.md#fresh-bread) and [it](nowhere.md).
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads nowhere
          |
          = help: a reference names a file, or behind `#` an element, a department, a block or a heading

        error[unknown-reference]: `nowhere.md` does not exist
         --> content/bakery.md:3:40
          |
        3 | See [bread](bakery.md#fresh-bread) and [it](nowhere.md).
          |                                        ^^^^^^^^^^^^^^^^ leads nowhere
          |
          = help: did you mean `bakery.md`?

        2 errors in 1 file
    "#]]);
    assert_eq!(handbook.files("content").len(), 2);
    #[cfg(unix)]
    {
        let elsewhere = Handbook::new();
        std::os::unix::fs::symlink(handbook.path(""), elsewhere.path("link")).expect("it is new");
        let through = elsewhere.path("link/content/new/stall.md");
        check(&format!("{} --quiet", through.display()), "mill").status(0).stdout(expect![[""]]);
    }
    check("content/bakery.md", "latin").status(2).stderr(expect![[r#"
        error: the standard input is no UTF-8 text of at most 64 MiB
    "#]]);
    check("content/.hidden.md", "buffer").status(2).stderr(expect![[r#"
        error: `content/.hidden.md` is no Markdown file in `content/`
    "#]]);
    check("../bakery.md", "buffer").status(2).stderr(expect![[r#"
        error: `../bakery.md` is no Markdown file in `content/`
    "#]]);
    handbook.run("check content --stdin-filename content/bakery.md").status(2);
}

#[test]
fn help_says_what_a_command_does() {
    let handbook = Handbook::new();
    let asked = handbook.run("help check").status(0);
    let flag = handbook.run("check --help").status(0);
    assert!(asked.text().contains("canvasbook check") && asked.text() == flag.text());
    handbook.run("help").status(0);
    handbook.run("help chek").status(2);
}
