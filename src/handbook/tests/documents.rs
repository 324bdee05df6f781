//! References into other documents, files and the web.

use super::{check_handbook, read};
use expect_test::expect;

const BAR: (&str, &str) = (
    "content/retail/espresso-bar.md",
    "
    +++
    title = \"The Bar\"
    canvas = true
    +++
    ## Value Propositions
    - A consistent cup
",
);

#[test]
fn links_lead_to_documents_and_places_in_them() {
    check_handbook(
        &[
            BAR,
            (
                "content/retail/index.md",
                "# Retail\n\n[x](espresso-bar.md) [x](./espresso-bar) [x](../a.md)\n",
            ),
            ("content/retail/map.png", ""),
            (
                "content/a.md",
                "
                # A

                [x](retail/espresso-bar.md) [x](retail/espresso-bar.md#a-consistent-cup)
                [x](<retail/espresso-bar.md#A consistent cup>) [x](retail/espresso-bar.md?plain=1)
                [x](retail/) [x](retail) [x](a.md#a) ![x](retail/map.png) [x](/tags/index.html)
                [x](https://example.org) <mailto:a@example.org> [ref]

                [ref]: retail/espresso-bar.md
            ",
            ),
        ],
        expect![[r#"
            - value-propositions/a-consistent-cup
            a as a whole -> a as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar value-propositions/a-consistent-cup
            a as a whole -> espresso-bar value-propositions/a-consistent-cup
            a as a whole -> index as a whole
            a as a whole -> index as a whole
            index as a whole -> a as a whole
            index as a whole -> espresso-bar as a whole
            index as a whole -> espresso-bar as a whole
            ![x](retail/map.png) is content/retail/map.png
            [x](/tags/index.html) is Site
            [x](https://example.org) is External
            <mailto:a@example.org> is External
        "#]],
    );
}

#[test]
fn composed_and_decomposed_names_are_one() {
    let spellings = ["caf\u{e9}", "cafe\u{301}"];
    let targets = spellings.map(|stored| {
        spellings.map(|written| {
            let links =
                "[x](É.md) [x](É#É) [x](sub-É/) [x](sub-É/in-É.md) ![x](sub-É/É.png) [x](dir-É/)
                [[É]] [[sub-É]] [[É#É]] [x](#É) [[#É]]\n\n# Links\n\n## É\n";
            let links = links.replace('É', written);
            let named = |path: &str| path.replace('É', stored);
            let paths = ["content/É.md", "content/sub-É/README.md", "content/sub-É/É.png"];
            let [file, own, picture] = paths.map(named);
            let (inside, alone) = (named("content/sub-É/in-É.md"), named("content/dir-É/one.md"));
            let text = format!("# {stored}\n");
            let sources = [
                ("content/a.md", links.as_str()),
                (&file, &text),
                (&own, "# Own\n"),
                (&inside, "# Inside\n"),
                (&alone, "# Alone\n"),
                (&picture, ""),
            ];
            let (handbook, diagnostics) = read("", &sources);
            assert_eq!(diagnostics, [], "{stored:?} {written:?}");
            let links = handbook.entry(crate::handbook::DocumentIndex(0)).targets.iter();
            links.map(|target| format!("{target:?}")).collect::<Vec<_>>()
        })
    });
    assert_eq!(targets.as_flattened()[1..], targets.as_flattened()[..3]);
}

#[test]
fn wiki_links_find_documents_by_stem_then_by_title() {
    check_handbook(
        &[
            BAR,
            ("content/retail/index.md", "# Shops\n"),
            ("content/the-bar.md", "# Other\n"),
            (
                "content/a.md",
                "
                # A

                [[espresso-bar]] [[Espresso Bar]] [[espresso-bar.md]] [[retail/espresso-bar]]
                [[The bar]] [[Retail]] [[shops]] [[retail/index]] [[Espresso Bar#A consistent cup]]
                [[espresso-bar#a-consistent-cup|a cup]] [[A]]
            ",
            ),
        ],
        expect![[r#"
            - value-propositions/a-consistent-cup
            a as a whole -> a as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar as a whole
            a as a whole -> espresso-bar value-propositions/a-consistent-cup
            a as a whole -> espresso-bar value-propositions/a-consistent-cup
            a as a whole -> index as a whole
            a as a whole -> index as a whole
            a as a whole -> index as a whole
            a as a whole -> the-bar as a whole
        "#]],
    );
}

#[test]
fn a_name_that_two_documents_share_is_ambiguous() {
    check_handbook(
        &[
            ("content/bar.md", "# One\n"),
            ("content/retail/bar.md", "# Two\n"),
            ("content/old/retail/bar.md", "# Three\n"),
            ("content/a.md", "[[bar]] [[content/bar]] [[retail/bar]] [[old/retail/bar]]\n"),
        ],
        expect![[r#"
            a as a whole -> bar as a whole
            a as a whole -> bar as a whole
            a as a whole -> bar as a whole
            [[bar]] is Broken
            content/a.md
            1   | [[bar]] [[content/bar]] [[retail/bar]] [[old/retail/bar]]
                | ^^^^^^^ error[ambiguous-reference]: `[[bar]]` could be any of 3 places
                 help: write `[[content/bar]]`, `[[retail/bar]]` or `[[old/retail/bar]]`
            1   | [[bar]] [[content/bar]] [[retail/bar]] [[old/retail/bar]]
                | ^ `[[content/bar]]`
            1   | [[bar]] [[content/bar]] [[retail/bar]] [[old/retail/bar]]
                | ^ `[[retail/bar]]`
            1   | [[bar]] [[content/bar]] [[retail/bar]] [[old/retail/bar]]
                | ^ `[[old/retail/bar]]`
        "#]],
    );
}

#[test]
fn a_draft_is_no_place_to_lead_to() {
    check_handbook(
        &[
            ("content/draft.md", "+++\ntitle = \"Plans\"\ndraft = true\n+++\n"),
            ("content/a.md", "[x](draft.md) [x](draft.md#y) [[draft]] [[Plans]]\n"),
        ],
        expect![[r#"
            [x](draft.md) is Broken
            [x](draft.md#y) is Broken
            [[draft]] is Broken
            [[Plans]] is Broken
            content/a.md
            1   | [x](draft.md) [x](draft.md#y) [[draft]] [[Plans]]
                | ^^^^^^^^^^^^^ error[reference-to-draft]: "Plans" is a draft, so this would lead nowhere
                 help: build with `--drafts`, or remove `draft = true` there
            1   | [x](draft.md) [x](draft.md#y) [[draft]] [[Plans]]
                |               ^^^^^^^^^^^^^^^ error[reference-to-draft]: "Plans" is a draft, so this would lead nowhere
                 help: build with `--drafts`, or remove `draft = true` there
            1   | [x](draft.md) [x](draft.md#y) [[draft]] [[Plans]]
                |                               ^^^^^^^^^ error[reference-to-draft]: "Plans" is a draft, so this would lead nowhere
                 help: build with `--drafts`, or remove `draft = true` there
            1   | [x](draft.md) [x](draft.md#y) [[draft]] [[Plans]]
                |                                         ^^^^^^^^^ error[reference-to-draft]: "Plans" is a draft, so this would lead nowhere
                 help: build with `--drafts`, or remove `draft = true` there
        "#]],
    );
}

#[test]
fn what_does_not_exist_is_told_with_the_nearest() {
    check_handbook(
        &[
            BAR,
            ("content/a.md", "
                [x](retail/espreso-bar.md) [[Espreso bar]] [x](../../secret.md) [x](retail/map.png)
                [x](retail/espresso-bar.md#a-consistent-cap) [x](javascript:alert(1)) [[Nothing like it]]
            "),
        ],
        expect![[r#"
            - value-propositions/a-consistent-cup
            [x](retail/espreso-bar.md) is Broken
            [[Espreso bar]] is Broken
            [x](../../secret.md) is Broken
            [x](retail/map.png) is Broken
            [x](retail/espresso-bar.md#a-consistent-cap) is Broken
            [x](javascript:alert(1)) is Broken
            [[Nothing like it]] is Broken
            content/a.md
            1   | [x](retail/espreso-bar.md) [[Espreso bar]] [x](../../secret.md) [x](retail/map.png)
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `retail/espreso-bar.md` does not exist (leads nowhere)
                 help: did you mean `retail/espresso-bar.md`?
            1   | [x](retail/espreso-bar.md) [[Espreso bar]] [x](../../secret.md) [x](retail/map.png)
                |                            ^^^^^^^^^^^^^^^ error[unknown-reference]: `[[Espreso bar]]` does not exist (leads nowhere)
                 help: did you mean `[[espresso-bar]]`?
            1   | [x](retail/espreso-bar.md) [[Espreso bar]] [x](../../secret.md) [x](retail/map.png)
                |                                            ^^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `../../secret.md` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
            1   | [x](retail/espreso-bar.md) [[Espreso bar]] [x](../../secret.md) [x](retail/map.png)
                |                                                                 ^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `retail/map.png` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
            2   | [x](retail/espresso-bar.md#a-consistent-cap) [x](javascript:alert(1)) [[Nothing like it]]
                | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `#a-consistent-cap` in content/retail/espresso-bar.md does not exist (leads nowhere)
                 help: did you mean `#a-consistent-cup`?
            2   | [x](retail/espresso-bar.md#a-consistent-cap) [x](javascript:alert(1)) [[Nothing like it]]
                |                                              ^^^^^^^^^^^^^^^^^^^^^^^^ warning[unsafe-url]: `javascript:alert(1)` is not linked, only its text is shown
                 help: a link starts with `https:`, `http:`, `mailto:` or `tel:`, or is a path in the handbook
            2   | [x](retail/espresso-bar.md#a-consistent-cap) [x](javascript:alert(1)) [[Nothing like it]]
                |                                                                       ^^^^^^^^^^^^^^^^^^^ error[unknown-reference]: `[[Nothing like it]]` does not exist (leads nowhere)
                 help: a reference names a file, or behind `#` an element, a department, a block or a heading
        "#]],
    );
}
