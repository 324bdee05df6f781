//! A checkout with Windows line ends, or with lone carriage returns, gives the same bytes as one with
//! line feeds.

use serde_json::Value;

use crate::handbook::Handbook;
use crate::tree::Tree;

/// Every construct whose text may reach over a line end.
const FILES: &[(&str, &str)] = &[
    (
        "canvasbook.toml",
        "title = \"\"\"\nThe\nBakeries\"\"\"\ntheme = \"own\"\nbase_url = \"https://example.org\"\n\n\
         [colors]\naccent = \"#2465c9\"\n\n[departments.quality]\ntitle = '''Quality\nand Care'''\n\
         aliases = [\n  \"QC\", # a comment\n  \"Checks\",\n]\n",
    ),
    (
        "content/bakery.md",
        "+++\ntitle = \"\"\"\nBakery\nat the Mill\"\"\"\nsummary = '''\nWarm bread,\n\nevery day.'''\n\
         owner = \"\"\"Head \\\n  Baker\"\"\"\ntags = [\"bread\", \"\"\"two\nlines\"\"\"]\naliases = [\"old/bakery.md\"]\n\n\
         [extra]\nnote = \"\"\"\none\ntwo\"\"\"\nlist = ['''a\nb''']\n\n\
         [[waive]]\nrule = \"missing-block\"\nreason = \"\"\"It is\nsmall.\"\"\"\n+++\n\n\
         Some *emphasis over\nlines* and a hard  \nbreak, and another\\\nhere[^note].\n\n\
         <!-- a comment\nover lines -->\n\n\
         ```toml\n# code\nkey = '''\nover lines'''\n\n[table]\n```\n\n    indented\n\n    code\n\n\
         ~~~js\n/* a comment\n   over lines */\nlet text = `a\nb`;\n~~~\n\n\
         <div title=\"a\nb\">\nraw &amp; html\n<!-- in\nit -->\n</div>\n\nText with <span\nclass=\"x\">inline\nhtml</span> and `code\nover lines`, \
         [a link\nover lines](#fresh-bread \"a title\nover lines\"), ![a\npicture](pixel.png).\n\n\
         | a | b |\n|---|:-:|\n| *c* | d\\|e |\n| `f` |\n\n\
         > A quotation\nthat goes on\n>\n> - in a list\n>   with *more*\n\n\
         Setext\nheading\n=======\n\n1. one\n\n   ```\n   code\n   ```\n2. two\n- [ ] open\n- [x] done\n\n***\n\n\
         ## Key Activities\n\nThe lead\nof the block.\n\n### Production {category=production}\n\n\
         - **Baking\n  bread** {#baking} — with `flour\n  and water`, so that [bread\n  is warm](#fresh-bread).\n\n  \
         A paragraph\n  of detail.\n\n  ```sh\n  bake \\\n    --warm\n  ```\n  - nested\n    item\n\
         - **Tasting** {with=\"Quality and Care\"}\n  goes on\n  here\n\n\
         ### Quality and Care\n\nA lead\nhere.\n\n#### A group\n\n- Checking: what is\n  baked\n\n\
         ## Value Propositions\n\n- **Fresh bread** — warm\n  and *dark*\n\n## Cost Structure\n\n| Name | What |\n|---|---|\n| Flour | much |\n| Wood | little |\n\n\
         ## Customer Segments\n\nNeighbours\nEarly commuters\n\n## Channels\n\n> The shop\n> at the corner\n\n\
         ## A Section\n\nSee [[#Fresh bread|the\nbread]] and [the page][page].\n\n[page]: notes.md\n  \"A\n  title\"\n\n\
         [^note]: A note\n    over lines\n\n    and paragraphs.\n",
    ),
    (
        "content/notes.md",
        "---\ntitle: >\n  Folded\n  title\nsummary: |\n  A literal\n\n  block\ntags:\n  - plain\n    goes on\n  - \"quoted\n    goes on\"\n\
         extra:\n  kept: |+\n    a\n    b\n\n  other: 'a\n\n    b'\n---\n\n# Notes {#notes}\n\nText.\n\n## After\n\n```\nnever closed\n\nat all\n",
    ),
    (
        "content/lean.md",
        "**Problem**\n\n- Queues\n\n**Solution**\n\n- Ordering\n  ahead\n\n**Channels**\n\nThe shop.\n\nThe web.\n",
    ),
    ("content/empty.md", "\n\n"),
    (
        "themes/own/templates/not_found.html",
        "{% extends \"layout.html\" %}\n{% block main -%}\n<pre>\n  lost\n</pre>\n{# a comment\nover lines #}\n{{ \"a\nb\" }}\n{%- endblock main %}\n",
    ),
    (
        "themes/own/words/en.toml",
        "moved = \"\"\"It has\nmoved\"\"\"\nback_to_reference = '''\nBack\nto'''\n",
    ),
    (
        "themes/own/assets/pages.css",
        "/* a comment\nover lines */\n.prose {\n  content: \"a\\\nb\";\n}\n",
    ),
    ("themes/own/assets/script.js", "// a comment\nlet text = `a\nb`;\n"),
    (
        "themes/own/assets/icon.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\">\n<text>a\nb</text>\n</svg>\n",
    ),
];

/// Texts that `check` reports, on one line and over several.
const WRONG: &[(&str, &str)] = &[
    (
        "canvasbook.toml",
        "title = \"\"\"\nThe\nBakeries\"\"\"\n\ntitel = '''\nx\n'''\nlanguage = \"no language\"\n",
    ),
    (
        "content/bakery.md",
        "+++\ntitle = \"\"\"a\nb\"\"\"\nstage = \"\"\"\ngrowing\nup\"\"\"\nunknown = 1\n+++\n\n\
         ## Key Activities\n\n- **Baking\n  bread** {#a b=c} — see [that\n  thing](#no-such)\n- **Two** {#a}\n\n\
         ```\ncode\n```\n\n## Channels\n\n- Shop\n\n## Value Proposition\n\n## Key Partners\n\n- [x](javascript:alert)\n",
    ),
    ("content/yaml.md", "---\ntitle: |\n  a\n  b\nkey: [\n---\n\n# X\n"),
    (
        "content/other.md",
        "+++\ntitle = \"a\nb\"\nsummary = 'a\nb'\nweight = \ntags = [\n\"a\n+++\n\n# Y\n",
    ),
];

/// A handbook whose text files end their lines with `end`.
fn with_line_ends(files: &[(&str, &str)], end: &str) -> Handbook {
    let mut handbook = Handbook::new().file("content/pixel.png", "\x01\r\n\r\x02");
    for (path, text) in files {
        handbook = handbook.file(path, text.replace('\n', end));
    }
    handbook
}

/// A value without the offsets in bytes, which differ where a line end takes two of them.
fn without_offsets(mut value: Value) -> String {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.remove("offset");
                fields.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    strip(&mut value);
    serde_json::to_string_pretty(&value).expect("it was JSON")
}

/// Asserts that two texts are equal; shows the first line that is not.
#[track_caller]
fn same(text: &str, expected: &str, end: &str) {
    let mut lines = text.split('\n').zip(expected.split('\n'));
    assert_eq!(lines.find(|(line, expected)| line != expected), None, "{end:?}");
    assert_eq!(text.len(), expected.len(), "{end:?}");
}

/// The site, and the export without offsets.
fn built(end: &str) -> (Tree, String) {
    let handbook = with_line_ends(FILES, end);
    handbook.run("build --quiet").status(0);
    let exported = handbook.run("export").status(0).json();
    (handbook.tree("public"), without_offsets(exported))
}

#[test]
fn every_kind_of_line_end_gives_the_same_site() {
    let (site, data) = built("\n");
    let page = String::from_utf8_lossy(&site.0["bakery.html"]);
    for piece in [
        "over lines</code>",
        "raw &amp;amp; html",
        "two\n",
        "A note\nover lines",
        "title=\"A\ntitle\"",
    ] {
        assert!(page.contains(piece), "`{piece}` is in {page}");
    }
    for end in ["\r\n", "\r"] {
        let (other_site, other_data) = built(end);
        assert_eq!(other_site.differences(&site), "", "{end:?}");
        same(&other_data, &data, end);
    }
}

#[test]
fn every_kind_of_line_end_is_told_the_same() {
    let said = |end: &str| {
        let handbook = with_line_ends(WRONG, end);
        let printed = handbook.run("check").status(1);
        let json = handbook.run("check --format json").status(1).json();
        format!("{}{}{}", printed.messages(), printed.text(), without_offsets(json))
    };
    let expected = said("\n");
    assert!(expected.contains("unknown-reference"), "{expected}");
    for end in ["\r\n", "\r"] {
        same(&said(end), &expected, end);
    }
}

/// What follows a fence, a comment or a block of HTML was lost.
#[test]
fn a_lone_carriage_return_ends_a_line() {
    let text = "# Home\r\r```\rcode\r```\r\r## After\r\r[x](#after)\r\r<!-- c -->\r\r## Below\r";
    let handbook = Handbook::new().file("content/a.md", text);
    handbook.run("check").status(0);
    handbook.run("build --quiet").status(0);
    let tree = handbook.tree("public");
    let page = String::from_utf8_lossy(&tree.0["a.html"]);
    for piece in ["<code>code\n</code>", "<h2 id=\"after\">", "<h2 id=\"below\">"] {
        assert!(page.contains(piece), "`{piece}` is in {page}");
    }
}

/// Offsets are those of the file, so that an editor marks the right place.
#[test]
fn offsets_count_the_bytes_of_the_file() {
    for end in ["\r\n", "\r"] {
        let text = ["# Home", "", "```", "code", "```", "", "[x](#no-such)", ""].join(end);
        let handbook = Handbook::new().file("content/a.md", &text);
        let found = handbook.run("check --format json").status(1).json();
        let start = &found[0]["start"];
        assert_eq!(start["offset"].as_u64(), text.find("[x]").map(|at| at as u64), "{end:?}");
        assert_eq!((start["line"].as_u64(), start["column"].as_u64()), (Some(7), Some(1)));
    }
}
