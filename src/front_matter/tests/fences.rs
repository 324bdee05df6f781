//! Where front matter starts and ends.

use expect_test::expect;

use super::*;

#[test]
fn texts_without_front_matter_are_body() {
    for text in [
        "",
        "# Title\n",
        "# Title\n+++\n",
        "\n",
        "text\n\n+++\n+++\n",
        " +++\n+++\n",
        "++++\n++++\n",
        "---",
        "---\nA paragraph: with a colon behind two words.\n",
        "---\n\ntitle: far from the break\n",
        "---\nA paragraph.\n---\nMore.\n",
        "---\n- a list\n- of two\n---\nMore.\n",
        "---\n# A heading\n---\nMore.\n",
        "---\n\nSome *text: [here\n\n---\nMore.\n",
    ] {
        for text in [text.to_owned(), format!("\u{feff}{text}")] {
            let (front, body, diagnostics) = decoded(&text);
            assert_eq!(body.of(&text), text.trim_start_matches('\u{feff}'));
            assert_eq!((front, diagnostics), (FrontMatter::default(), Vec::new()), "{text}");
        }
    }
}

#[test]
fn blank_lines_before_a_fence_do_not_hide_it() {
    for text in ["\n+++\ntitle = \"A\"\n+++\nB\n", "\u{feff} \r\n\n---\ntitle: A\n---\nB\n"] {
        let (front, body, diagnostics) = decoded(text);
        assert_eq!((front.title.as_deref(), body.of(text)), (Some("A"), "B\n"), "{text:?}");
        assert!(diagnostics.is_empty(), "{text:?}");
    }
}

#[test]
fn fences_of_every_kind() {
    check(
        "+++\n+++\n",
        expect![[r#"
        body: ""
    "#]],
    );
    check(
        "+++ \t\n+++  ",
        expect![[r#"
        body: ""
    "#]],
    );
    check(
        "\u{feff}+++\r\ntitle = \"A\"\r\nx = 1\r\n+++\r\nBody.\r\n",
        expect![[r#"
            title: Some("A")
            body: "Body.\r\n"
            3   | x = 1
                | ^ error[unknown-key]: unknown front-matter key `x` (unknown key)
                 help: keys for templates of your own belong in `extra`
        "#]],
    );
    check(
        "+++\rtitle = \"A\"\rx = 1\r+++\rBody.\r",
        expect![[r#"
            title: Some("A")
            body: "Body.\r"
            3   | x = 1
                | ^ error[unknown-key]: unknown front-matter key `x` (unknown key)
                 help: keys for templates of your own belong in `extra`
        "#]],
    );
    check(
        "---\n---\nBody.\n",
        expect![[r#"
        body: "Body.\n"
    "#]],
    );
    check(
        "---\n  \n---\nBody.\n",
        expect![[r#"
        body: "Body.\n"
    "#]],
    );
    check(
        "\u{feff}---\r\ntitle: Ä\r\nowner: B\r\ntags: [ä, b]\r\nx: 1\r\n---\r\nBody.\r\n",
        expect![[r#"
            title: Some("Ä")
            owner: Some("B")
            tags: ["ä", "b"]
            body: "Body.\r\n"
            5   | x: 1
                | ^ warning[unknown-key]: unknown front-matter key `x` (unknown key)
                 help: keys for templates of your own belong in `extra`
        "#]],
    );
    check(
        "---\rtitle: A\rx: 1\r---\rBody.\r",
        expect![[r#"
            title: Some("A")
            body: "Body.\r"
            3   | x: 1
                | ^ warning[unknown-key]: unknown front-matter key `x` (unknown key)
                 help: keys for templates of your own belong in `extra`
        "#]],
    );
}

#[test]
fn front_matter_that_is_never_closed() {
    check(
        "+++\ntitle = \"A\"\n\n# Body\n",
        expect![[r#"
            body: "title = \"A\"\n\n# Body\n"
            1   | +++
                | ^^^ error[unclosed-front-matter]: the front matter is never closed (opened here)
                 help: end it with a line `+++`
        "#]],
    );
    check(
        "+++",
        expect![[r#"
            body: ""
            1   | +++
                | ^^^ error[unclosed-front-matter]: the front matter is never closed (opened here)
                 help: end it with a line `+++`
        "#]],
    );
    check(
        "---\ntitle: A\n\n# Body\n",
        expect![[r#"
            body: "title: A\n\n# Body\n"
            1   | ---
                | ^^^ error[unclosed-front-matter]: the front matter is never closed (opened here)
                 help: end it with a line `---`
        "#]],
    );
}

#[test]
fn lines_end_with_carriage_returns_as_with_line_feeds() {
    let texts = [
        "+++\ntitle = \"A\"\nsummary = '''\none\ntwo'''\ntags = [\n\"b\",\n]\n+++\nText\n",
        "---\ntitle: A\nsummary: >\n  one\n  two\ntags:\n- b\n---\nText\n",
        // Both the error, and that it is front matter at all, follow from the first line.
        "+++\ntitle = 1\nstage = \n+++\nText\n",
        "---\n# A comment\ntitle: [A\n---\nText\n",
        "---\n# A comment\ntitle = \"A\"\n---\nText\n",
    ];
    for text in texts {
        let returns = text.replace('\n', "\r");
        let (front, body, diagnostics) = decoded(text);
        assert_eq!(decoded(&returns), (front, body, diagnostics), "{text}");
    }
}
