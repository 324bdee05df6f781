//! Front matter and configuration that are wrong: reported like every bad source, see
//! `bad_sources`.

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};

/// Builds a sound handbook, adds a canvas below some front matter and builds again.
#[track_caller]
fn check_front_matter(front_matter: &str, stderr: Expect) {
    Handbook::built().file("content/b.md", format!("{front_matter}\n{CANVAS}")).breaks(stderr);
}

#[test]
fn unknown_front_matter_key() {
    check_front_matter(
        "+++\nowner = \"Baker\"\nsumary = \"Bread\"\n+++",
        expect![[r#"
        error[unknown-key]: unknown front-matter key `sumary`
         --> content/b.md:3:1
          |
        3 | sumary = "Bread"
          | ^^^^^^ unknown key
          |
        help: did you mean `summary`?
          |
        3 | summary = "Bread"
          |    +

        1 error in 1 file
    "#]],
    );
}

#[test]
fn wrong_type() {
    check_front_matter(
        "+++\ntags = \"bread\"\nweight = \"heavy\"\n+++",
        expect![[r#"
        error[wrong-type]: `tags` must be an array of strings, but is a string
         --> content/b.md:2:8
          |
        2 | tags = "bread"
          |        ^^^^^^^ expected an array of strings
          |
        help: write ["bread"]
          |
        2 - tags = "bread"
        2 + tags = ["bread"]
          |

        error[wrong-type]: `weight` must be an integer, but is a string
         --> content/b.md:3:10
          |
        3 | weight = "heavy"
          |          ^^^^^^^ expected an integer

        2 errors in 1 file
    "#]],
    );
}

#[test]
fn front_matter_that_is_no_toml() {
    check_front_matter(
        "+++\ntitle = Bakery\n+++",
        expect![[r#"
        error[malformed-front-matter]: malformed TOML: a string must be quoted
         --> content/b.md:2:9
          |
        2 | title = Bakery
          |         ^^^^^^
          |
        help: write "Bakery"
          |
        2 - title = Bakery
        2 + title = "Bakery"
          |

        1 error in 1 file
    "#]],
    );
}

#[test]
fn unclosed_front_matter() {
    check_front_matter(
        "+++\ntitle = \"Bakery\"\n",
        expect![[r#"
        error[unclosed-front-matter]: the front matter is never closed
         --> content/b.md:1:1
          |
        1 | +++
          | ^^^ opened here
          |
          = help: end it with a line `+++`

        1 error in 1 file
    "#]],
    );
}

#[test]
fn a_configuration_that_is_not_utf8() {
    Handbook::built().file("canvasbook.toml", b"title = \"Caf\xe9\"\n").breaks(expect![[r#"
        error[not-utf8]: this file is not UTF-8: the byte 0xE9 begins no character
         --> canvasbook.toml:1:13
          |
        1 | title = "Caf�"
          |             ^ the first wrong byte
          |
          = help: save the file as UTF-8; editors offer it beside "Save", and `iconv -t UTF-8` converts

        1 error in 1 file
    "#]]);
}

#[test]
fn unknown_configuration_keys() {
    Handbook::built()
        .file(
            "canvasbook.toml",
            "titel = \"Bread\"\n\n[references]\nunknwon = \"warning\"\n\n[rules]\nempty-blok = \"off\"\n",
        )
        .breaks(expect![[r#"
            error[unknown-key]: unknown configuration key `titel`
             --> canvasbook.toml:1:1
              |
            1 | titel = "Bread"
              | ^^^^^ unknown key
              |
            help: did you mean `title`?
              |
            1 - titel = "Bread"
            1 + title = "Bread"
              |

            error[unknown-key]: unknown key `unknwon` in `references`
             --> canvasbook.toml:4:1
              |
            4 | unknwon = "warning"
              | ^^^^^^^ unknown key
              |
            help: did you mean `unknown`?
              |
            4 - unknwon = "warning"
            4 + unknown = "warning"
              |

            error[unknown-rule]: unknown rule `empty-blok`
             --> canvasbook.toml:7:1
              |
            7 | empty-blok = "off"
              | ^^^^^^^^^^ unknown rule
              |
            help: did you mean `empty-block`?
              |
            7 | empty-block = "off"
              |          +

            3 errors in 1 file
        "#]]);
}

#[test]
fn a_configuration_that_is_no_toml() {
    Handbook::built()
        .file("canvasbook.toml", "[departments.production\nowner = \"Baker\"\n")
        .breaks(expect![[r#"
            error[malformed-configuration]: malformed TOML: unclosed table, expected `]`
             --> canvasbook.toml:1:24
              |
            1 | [departments.production
              |                        ^

            error[unknown-key]: unknown configuration key `owner`
             --> canvasbook.toml:2:1
              |
            2 | owner = "Baker"
              | ^^^^^ unknown key
              |
              = help: write `title`, `language`, `base_url`, `edit_url`, `issue_url`, `publish_markdown`, `output`, `theme`, `logo`, `colors`, `departments`, `references`, `history`, `csv_lists`, `search`, `timeout` or `rules`

            2 errors in 1 file
        "#]]);
}

#[test]
fn one_name_for_two_departments() {
    Handbook::built()
        .file(
            "canvasbook.toml",
            "[departments.production]\naliases = [\"Kitchen\"]\n\n\
             [departments.quality]\naliases = [\"kitchen\"]\n",
        )
        .breaks(expect![[r#"
            error[department-named-twice]: `kitchen` names both `production` and `quality`
             --> canvasbook.toml:5:12
              |
            2 | aliases = ["Kitchen"]
              |            --------- already names `production` here
            ...
            5 | aliases = ["kitchen"]
              |            ^^^^^^^^^ here again
              |
              = help: names are compared without case and punctuation; give each name to one department

            1 error in 1 file
        "#]]);
}
