use expect_test::{Expect, expect};

use super::code;

/// Compares the spans of a text in a language, as `class(text)`.
fn check(language: &str, text: &str, expected: Expect) {
    let mut html = String::new();
    code(&mut html, text, language);
    expected.assert_eq(
        &html.replace("<span class=\"hl-", "⟨").replace("\">", " ").replace("</span>", "⟩"),
    );
}

#[test]
fn toml_has_keys_headings_and_values() {
    check(
        "toml",
        "# All\n[departments.r-and-d] # x\nowner = \"A # \\\" b\"\ndate = 2026-09-30\na.b = [true, 1.5]\n",
        expect![[r#"
            ⟨comment # All⟩
            ⟨heading [departments.r-and-d]⟩ ⟨comment # x⟩
            ⟨key owner⟩ = ⟨string "A # \" b"⟩
            ⟨key date⟩ = ⟨constant 2026-09-30⟩
            ⟨key a.b⟩ = [⟨constant true⟩, ⟨constant 1.5⟩]
        "#]],
    );
}

#[test]
fn markdown_shows_canvases() {
    check(
        "markdown",
        "+++\ntitle = \"A\"\n+++\n\n## Key Activities {#ka}\n\n- **Roast** {#r with=\"p\"} — for [[#Home]] and [x](y.md)\n  1. `a`\n<!-- b\nc -->\n```sh\n# no heading\n```\n> #tag\n",
        expect![[r#"
            +++
            ⟨key title⟩ = ⟨string "A"⟩
            +++

            ⟨heading ## Key Activities⟩ ⟨key {#ka}⟩

            ⟨keyword -⟩ ⟨strong **Roast**⟩ ⟨key {#r with="p"}⟩ — for ⟨link [[#Home]]⟩ and ⟨link [x](y.md)⟩
            ⟨keyword   1.⟩ ⟨string `a`⟩
            ⟨comment &lt;!-- b
            c --&gt;
            ⟩⟨string ```sh
            # no heading
            ```
            ⟩⟨keyword &gt;⟩ #tag
        "#]],
    );
}

#[test]
fn json_yaml_and_commands_are_known() {
    check(
        "json",
        "{\"a\": [\"b\", 1.5e3, null]}",
        expect![[r#"{⟨key "a"⟩: [⟨string "b"⟩, ⟨constant 1.5e3⟩, ⟨constant null⟩]}"#]],
    );
    check(
        "yaml",
        "# c\nkey: don't # d\n- name: \"a: b\"\n  at: 12:30\n",
        expect![[r#"
        ⟨comment # c⟩
        ⟨key key⟩: don't ⟨comment # d⟩
        - ⟨key name⟩: ⟨string "a: b"⟩
          ⟨key at⟩: ⟨constant 12:30⟩
    "#]],
    );
    check(
        "sh",
        "$ canvasbook build --output \"$DIR\" # all\nfor f in *.md; do echo $#; done",
        expect![[r#"
            ⟨key $⟩ canvasbook build ⟨key --output⟩ ⟨string "$DIR"⟩ ⟨comment # all⟩
            for f in *.md; do echo ⟨key $⟩#; done"#]],
    );
}

#[test]
fn other_languages_and_long_code_stay_plain() {
    check("js", "const a = 1; // b", expect![["const a = 1; // b"]]);
    check("cobol", "<a> & \"b\"", expect![[r#"&lt;a&gt; &amp; "b""#]]);
    check("", "# a", expect!["# a"]);
    let long = "# a\n".repeat(20_000);
    let mut html = String::new();
    code(&mut html, &long, "sh");
    assert_eq!(html, long);
}

/// Texts that are made to be slow or to cut characters in two: it ends, and nothing is lost or
/// added.
#[test]
fn every_text_comes_out_whole() {
    let units = [
        "\"", "'", "\"\\", "\\", "`", "*", "**", "[", "[[", "](", "[a](", "{", "#", "# ", "<!--",
        "-->", "-", "/*", "//", "$", "<", "é", "1-", "1:", "a=", " ", "\t", "\n", "\r\n", "+++\n",
        "'''", "日",
    ];
    let mut inputs: Vec<String> = units.iter().map(|unit| unit.repeat(8_000)).collect();
    for a in units {
        inputs.extend(units.iter().map(|b| format!("{a}{b}{a}{a}{b}x{b}")));
    }
    let languages = ["toml", "json", "yaml", "sh", "md"];
    for input in &inputs {
        for language in languages {
            let mut html = String::new();
            code(&mut html, input, language);
            let mut text = String::new();
            for piece in html.split('<') {
                text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
            }
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            assert!(text == *input, "{language}: {:?}", &input[..input.len().min(40)]);
        }
    }
}
