//! The logo and the colours of the configuration, on pages and in messages.

use std::fs;

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook};

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 30\"/>";

/// The text of a built file.
fn built(handbook: &Handbook, path: &str) -> String {
    fs::read_to_string(handbook.path("public").join(path)).expect("it is built")
}

/// The lines of a page that contain one of the words.
fn lines(page: &str, words: &[&str]) -> String {
    let has_one = |line: &&str| words.iter().any(|word| line.contains(word));
    page.lines().filter(has_one).map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_logo_stands_before_the_title_and_in_the_tab() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "logo = \"/brand/logo.svg\"\n")
        .file("static/brand/logo.svg", LOGO)
        .file("content/bakery.md", CANVAS);
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    let parts = ["rel=\"icon\"", "class=\"brand\"", "icon.svg"];
    expect![[r#"
        <link rel="icon" href="brand/logo.svg">
        <a class="brand" href="index.html"><img src="brand/logo.svg" alt="" width="90" height="30">Handbook</a>
    "#]].assert_eq(&lines(&built(&handbook, "bakery.html"), &parts));
    expect![[r#"
        <link rel="icon" href="../brand/logo.svg">
        <a class="brand" href="../index.html"><img src="../brand/logo.svg" alt="" width="90" height="30">Handbook</a>
    "#]].assert_eq(&lines(&built(&handbook, "departments/index.html"), &parts));
    assert_eq!(built(&handbook, "brand/logo.svg"), LOGO);
}

#[test]
fn a_logo_of_unknown_size_is_shown_all_the_same() {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "logo = \"logo.png\"\n")
        .file("static/logo.png", b"\x89PNG, but not really")
        .file("content/bakery.md", CANVAS);
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    expect![[r#"
        <a class="brand" href="index.html"><img src="logo.png" alt="">Handbook</a>
    "#]]
    .assert_eq(&lines(&built(&handbook, "bakery.html"), &["class=\"brand\""]));
}

#[test]
fn a_logo_that_does_not_exist() {
    Handbook::built()
        .file("static/brand/logo.svg", LOGO)
        .file("static/brand/logo.txt", "no picture\n")
        .file("canvasbook.toml", "title = \"Bread\"\nlogo = \"brand/lgo.svg\"\n")
        .breaks(expect![[r#"
            error[unknown-logo]: the logo `brand/lgo.svg` does not exist
             --> canvasbook.toml:2:8
              |
            2 | logo = "brand/lgo.svg"
              |        ^^^^^^^^^^^^^^^ no such file
              |
            help: did you mean `brand/logo.svg`?
              |
            2 | logo = "brand/logo.svg"
              |                +

            1 error in 1 file
        "#]]);
    Handbook::built()
        .file("static/logo.svg", LOGO)
        .file("canvasbook.toml", "logo = \"static/logo.svg\"\n")
        .breaks(expect![[r#"
            error[unknown-logo]: the logo `static/logo.svg` does not exist
             --> canvasbook.toml:1:8
              |
            1 | logo = "static/logo.svg"
              |        ^^^^^^^^^^^^^^^^^ no such file
              |
            help: did you mean `logo.svg`?
              |
            1 - logo = "static/logo.svg"
            1 + logo = "logo.svg"
              |

            1 error in 1 file
        "#]]);
    Handbook::built().file("canvasbook.toml", "logo = \"logo.svg\"\n").breaks(expect![[r#"
        error[unknown-logo]: the logo `logo.svg` does not exist
         --> canvasbook.toml:1:8
          |
        1 | logo = "logo.svg"
          |        ^^^^^^^^^^ no such file
          |
          = help: put the picture at `static/logo.svg`

        1 error in 1 file
    "#]]);
}

#[test]
fn a_logo_that_is_no_picture() {
    Handbook::built()
        .file("static/logo.pdf", "%PDF")
        .file("canvasbook.toml", "logo = \"logo.pdf\"\n")
        .breaks(expect![[r#"
            error[invalid-value]: `logo.pdf` cannot be the logo
             --> canvasbook.toml:1:8
              |
            1 | logo = "logo.pdf"
              |        ^^^^^^^^^^ not a picture
              |
              = help: name a file of `static/` that ends with `.svg`, `.png`, `.webp`, `.jpg`, `.jpeg`, `.gif` or `.ico`

            1 error in 1 file
        "#]]);
}

#[test]
fn colours_are_written_into_the_style_sheet() {
    let handbook = Handbook::built();
    let plain = built(&handbook, "assets/style.css");
    let page = built(&handbook, "bakery.html");
    handbook.write(
        "canvasbook.toml",
        "[colors]\naccent = [\"#0b5fa5\", \"#86C5F5\"]\noffer = \"#a40\"\n",
    );
    handbook.run("build --quiet").status(0).stdout_is("").stderr_is("");
    let painted = built(&handbook, "assets/style.css");
    let colours = ":root{--link:light-dark(#0b5fa5,#86c5f5);--offer:light-dark(#aa4400,#d86e3a)}";
    assert_eq!(painted.matches(colours).count(), 1);
    assert_eq!(painted.replace(colours, ""), plain, "the rest is as it was");
    assert_eq!(built(&handbook, "bakery.html"), page, "no page holds a colour");
    let before = handbook.files("public");
    handbook.run("build --quiet").status(0);
    assert!(handbook.files("public") == before, "a second build gives the same bytes");
    handbook.remove("canvasbook.toml");
    handbook.run("build --quiet").status(0);
    assert_eq!(built(&handbook, "assets/style.css"), plain);
}

#[test]
fn colours_are_written_into_the_style_sheet_of_a_theme_and_are_checked_against_it() {
    let handbook = Handbook::new()
        .file("content/bakery.md", CANVAS)
        .file("themes/dim/assets/style.css", ":root { --ground: #ddd; --surface: #ccc; }\n")
        .file("canvasbook.toml", "theme = \"dim\"\n[colors]\naccent = \"#0b5fa5\"\n");
    handbook.run("build --quiet").status(0).stdout_is("").stderr(expect![[r##"
        warning[weak-contrast]: `colors.accent` is hard to read in the light scheme: its contrast on `--surface` is 4.09:1
         --> canvasbook.toml:3:10
          |
        3 | accent = "#0b5fa5"
          |          ^^^^^^^^^ text needs 4.5:1
          |
        help: the nearest colour of the same hue that reads there is `#00589e`
          |
        3 - accent = "#0b5fa5"
        3 + accent = "#00589e"
          |

        1 warning in 1 file
    "##]]);
    expect![":root{--ground:#ddd;--surface:#ccc}:root{--link:light-dark(#0b5fa5,#00589e)}@layer poster{.kind-business-model-1{--columns:0.95fr 1.85fr 1.15fr 1.15fr 0.95fr}}"]
        .assert_eq(&built(&handbook, "assets/style.css"));
}

#[test]
fn weak_contrast_is_told_and_built() {
    let handbook = Handbook::new().file("content/bakery.md", CANVAS).file(
        "canvasbook.toml",
        "[colors]\naccent = \"#f5a623\"\ncustomers = [\"#0c4a36\", \"#0c4a36\"]\n",
    );
    handbook.run("build --quiet").status(0).stdout_is("").stderr(expect![[r##"
        warning[weak-contrast]: `colors.accent` is hard to read in the light scheme: its contrast on `--mark` is 1.79:1
         --> canvasbook.toml:2:10
          |
        2 | accent = "#f5a623"
          |          ^^^^^^^^^ text needs 4.5:1
          |
        help: the nearest colour of the same hue that reads there is `#986300`
          |
        2 - accent = "#f5a623"
        2 + accent = "#986300"
          |

        warning[weak-contrast]: `colors.customers` is hard to read in the dark scheme: its contrast on `--surface` tinted with it is 1.57:1
         --> canvasbook.toml:3:25
          |
        3 | customers = ["#0c4a36", "#0c4a36"]
          |                         ^^^^^^^^^ text needs 4.5:1
          |
        help: the nearest colour of the same hue that reads there is `#609981`
          |
        3 - customers = ["#0c4a36", "#0c4a36"]
        3 + customers = ["#0c4a36", "#609981"]
          |

        2 warnings in 1 file
    "##]]);
    handbook.run("check --strict --quiet").status(1);
}

#[test]
fn colours_that_are_none() {
    Handbook::built()
        .file("canvasbook.toml", "[colors]\naccent = \"blue\"\nmoney = \"8a2a78\"\n")
        .breaks(expect![[r##"
            error[invalid-value]: `colors.accent` must be a colour, but `blue` is none
             --> canvasbook.toml:2:10
              |
            2 | accent = "blue"
              |          ^^^^^^ not a colour
              |
              = help: write `#` and three or six hexadecimal digits, such as `#2465c9`

            error[invalid-value]: `colors.money` must be a colour, but `8a2a78` is none
             --> canvasbook.toml:3:9
              |
            3 | money = "8a2a78"
              |         ^^^^^^^^ not a colour
              |
            help: write `#` and three or six hexadecimal digits, such as `#2465c9`
              |
            3 | money = "#8a2a78"
              |          +

            2 errors in 1 file
        "##]]);
}

#[test]
fn pages_that_compare_have_the_styles_of_kinds_without_canvases() {
    let handbook = Handbook::new().file("content/bakery.md", CANVAS);
    let has_styles = |kind: &str| {
        handbook.run("build --quiet");
        let rule = format!(".kind-{kind}-1");
        ["style", "analysis"]
            .map(|sheet| built(&handbook, &format!("assets/{sheet}.css")).contains(&rule))
    };
    assert_eq!((has_styles("business-model"), has_styles("swot")), ([true, false], [false, true]));
    handbook.write(
        "content/outlook.md",
        "## Strengths\n\n- **Ovens**\n\n## Weaknesses\n\n## Threats\n",
    );
    assert_eq!((has_styles("business-model"), has_styles("swot")), ([true, false], [true, false]));
    // A canvas that is gone is still drawn where states are compared.
    handbook.remove("content/bakery.md");
    assert_eq!((has_styles("business-model"), has_styles("swot")), ([false, true], [true, false]));
}
