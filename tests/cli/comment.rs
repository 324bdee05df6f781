//! A comparison as a comment on a pull request or a merge request.

use std::fmt::Write as _;

use expect_test::expect;
use pulldown_cmark::{Options, Parser};
use serde_json::Value;

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};
use crate::html::{self, Piece};

/// What hosts keep of a comment, as they publish it.
const HOSTS: [&str; 2] = [include_str!("hosts/github.json"), include_str!("hosts/gitlab.json")];

const BAKERY: &str = "\
+++
title = \"Bakery\"
owner = \"Head of Bread\"
+++

## Key Partners

- **Mill** {#mill} — brings flour for [baking](#baking).

## Key Activities

### Production

- **Baking** {#baking} — makes [bread](#bread) by 6.
- **Cleaning**

## Value Propositions

- **Bread** {#bread} — warm until 10, for [all](#households).

## Customer Segments

- **Households** {#households}

## Revenue Streams

- **Loaves** — £3 for [bread](#bread).
";

const KIOSK: &str = "\
+++
owner = \"Head of Kiosks\"
+++

## Key Partners

- **Millers** — [mill](bakery.md#mill).

## Key Activities

- **Selling**

## Channels

- **Hatch**
";

/// A repository in which the bakery loses its mill and charges more.
fn handbook(settings: &str, message: &str) -> Handbook {
    let handbook = Handbook::new().file(SETTINGS, format!("{settings}{NO_RULES}")).repository();
    handbook.write("content/bakery.md", BAKERY);
    handbook.write("content/kiosk.md", KIOSK);
    handbook.commit("2026-01-02", "Begin\n\nAccepts: what was before");
    handbook.git(&["tag", "v1"]);
    let changed = BAKERY
        .replace("- **Mill** {#mill} — brings flour for [baking](#baking).\n", "")
        .replace("**Bread** {#bread} — warm until 10", "**Late bread** {#bread} — warm until 9")
        .replace("£3", "£4")
        .replace("- **Cleaning**", "- **Icing** — of cakes.\n- **Cleaning** — at night.");
    handbook.write("content/bakery.md", changed);
    handbook.commit("2026-02-03", message);
    handbook
}

/// The pieces of HTML that a host makes of Markdown, before it decides which to keep.
fn shown(markdown: &str) -> Vec<Piece> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, options));
    // Hosts return the marker to programs, and take it out of what they show.
    let html = html.replace("<!-- canvasbook diff -->", "");
    html::pieces(&named(&html)).expect("it is HTML")
}

/// HTML in which the only entities are the four with names.
fn named(html: &str) -> String {
    let mut parts = html.split("&#");
    let mut named = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').expect("an entity ends");
        let number = number.parse().ok().and_then(char::from_u32).expect("it is a character");
        match number {
            '&' => named.push_str("&amp;"),
            '<' => named.push_str("&lt;"),
            '>' => named.push_str("&gt;"),
            '"' => named.push_str("&quot;"),
            other => named.push(other),
        }
        named.push_str(rest);
    }
    named
}

/// The tags and attributes that a host would take out of a comment.
fn taken_out(markdown: &str, host: &str) -> Vec<String> {
    let host: Value = serde_json::from_str(host).expect("it is JSON");
    let holds = |list: &Value, name: &str| {
        list.as_array().is_some_and(|list| list.iter().any(|it| it == name))
    };
    let mut taken = Vec::new();
    for piece in shown(markdown) {
        let Piece::Start(name, attributes) = piece else { continue };
        if !holds(&host["elements"], &name) {
            taken.push(format!("<{name}>"));
        }
        for (key, value) in attributes {
            let all = &host["attributes"];
            let scheme = value.split_once(':').map_or("", |(scheme, _)| scheme);
            if !holds(&all["*"], &key) && !holds(&all[&*name], &key) {
                taken.push(format!("<{name} {key}>"));
            }
            if key == "href" && !holds(&host["schemes"], scheme) {
                taken.push(format!("<{name} {key}={value}>"));
            }
        }
    }
    taken
}

/// The text of a comment as a host shows it.
fn text_of(markdown: &str) -> String {
    let text = shown(markdown).into_iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(text),
        _ => None,
    });
    text.collect()
}

/// The tags of a comment, in order.
fn tags(markdown: &str) -> Vec<String> {
    let tags = shown(markdown).into_iter().filter_map(|piece| match piece {
        Piece::Start(name, _) => Some(name),
        _ => None,
    });
    tags.collect()
}

#[test]
fn a_comment_says_what_breaks_and_whom_to_ask() {
    let handbook = handbook("", "Charge more");
    let words = "diff v1 HEAD --format markdown --fail-on promise --whole comparison.html";
    handbook.run(words).status(1).stderr_is("").stdout(expect![[r#"
        <!-- canvasbook diff -->

        ## Bakery

        1 canvas changes; elements: 1 added, 1 gone, 3 changed, 2 the same. Gravest level: Promise.

        <b>A change this grave has to be accepted: by a line “Accepts: reason” at the end of a commit’s message.</b>

        <table>
        <tr>
        <td valign="top" width="15%" rowspan="2"><b>Key Partners</b><br>− <del>Mill</del></td>
        <td valign="top" width="30%"><b>Key Activities</b><br>+ <ins>Icing</ins><br>~ Cleaning<br><sub>1 the same</sub></td>
        <td valign="top" width="19%" colspan="2" rowspan="2"><b>Value Propositions</b><br>~ Late bread</td>
        <td valign="top" width="19%"><b>Customer Relationships</b></td>
        <td valign="top" width="15%" rowspan="2"><b>Customer Segments</b><br><sub>1 the same</sub></td>
        </tr>
        <tr>
        <td valign="top" width="30%"><b>Key Resources</b></td>
        <td valign="top" width="19%"><b>Channels</b></td>
        </tr>
        <tr>
        <td valign="top" width="50%" colspan="3"><b>Cost Structure</b></td>
        <td valign="top" width="50%" colspan="3"><b>Revenue Streams</b><br>~ Loaves</td>
        </tr>
        </table>

        <sub><kbd>&#43;</kbd> added · <kbd>−</kbd> gone · <kbd>~</kbd> changed · <kbd>→</kbd> moved · Business Model Canvas by <a href="https://www.strategyzer.com/library/the-business-model-canvas">Strategyzer</a>, <a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a></sub>

        ### What the changes do

        <b>Loses its last support (4)</b>

        - <b>Late bread</b> <sub>Value Propositions · Head of Bread</sub> has no support left, without Baking
        - <b>Households</b> <sub>Customer Segments · Head of Bread</sub> has no support left, without Late bread
        - <b>Loaves</b> <sub>Revenue Streams · Head of Bread</sub> has no support left, without Late bread
        - <b>Baking</b> <sub>Key Activities · Head of Bread</sub> has no support left, without Mill

        <b>Promises that go or change (2)</b>

        - <kbd>~</kbd> <b>Late bread</b> <sub>Value Propositions · Head of Bread</sub>: Name: <del>Bread</del><ins>Late bread</ins>; Text: warm until <del>10</del><ins>9</ins>, for all.
        - <kbd>~</kbd> <b>Loaves</b> <sub>Revenue Streams · Head of Bread</sub>: Text: £<del>3</del><ins>4</ins> for bread.

        <b>Refers to what is gone (1)</b>

        - <b>Millers</b> <sub>Kiosk · Key Partners · Head of Kiosks</sub> refers to what is gone: Mill

        <b>New findings (1)</b>

        - <b>Millers</b> &#96;&#35;&#8203;mill&#96; in content/bakery.md does not exist <sub>unknown-reference · Kiosk</sub>

        ### Whom they concern

        - Owners: <b>Head of Bread</b> (10), <b>Head of Kiosks</b> (1)
        - Departments: <b>Production</b> (7)

        ### Changes

        - <kbd>~</kbd> <b>Late bread</b> <sub>Value Propositions · Promise</sub>: Name: <del>Bread</del><ins>Late bread</ins>; Text: warm until <del>10</del><ins>9</ins>, for all.
        - <kbd>~</kbd> <b>Loaves</b> <sub>Revenue Streams · Promise</sub>: Text: £<del>3</del><ins>4</ins> for bread.
        - <kbd>−</kbd> <b>Mill</b> <sub>Key Partners · Commitment</sub>: <del>brings flour for baking.</del>
        - <kbd>&#43;</kbd> <b>Icing</b> <sub>Key Activities · Detail</sub>: <ins>of cakes.</ins>
        - <kbd>~</kbd> <b>Cleaning</b> <sub>Key Activities · Detail</sub>: Text: <ins>at night.</ins>

        The whole comparison: comparison.html
    "#]]);
    let plain = handbook.run("diff v1 HEAD --format markdown --plain").status(0).stderr_is("");
    expect![[r#"
        ## Bakery

        1 canvas changes; elements: 1 added, 1 gone, 3 changed, 2 the same. Gravest level: Promise.

        | Building block | Elements |
        |---|---|
        | Key Partners | − Mill |
        | Key Activities | &#43; Icing; ~ Cleaning; 1 the same |
        | Key Resources |  |
        | Value Propositions | ~ Late bread |
        | Customer Relationships |  |
        | Channels |  |
        | Customer Segments | 1 the same |
        | Cost Structure |  |
        | Revenue Streams | ~ Loaves |

        &#43; added · − gone · ~ changed · → moved · Business Model Canvas by Strategyzer, CC BY-SA 3.0

        ### What the changes do

        Loses its last support (4)

        - Late bread (Value Propositions · Head of Bread) has no support left, without Baking
        - Households (Customer Segments · Head of Bread) has no support left, without Late bread
        - Loaves (Revenue Streams · Head of Bread) has no support left, without Late bread
        - Baking (Key Activities · Head of Bread) has no support left, without Mill

        Promises that go or change (2)

        - ~ Late bread (Value Propositions · Head of Bread): Name: &#91;-Bread-&#93;&#123;+Late bread+&#125;; Text: warm until &#91;-10-&#93;&#123;+9+&#125;, for all.
        - ~ Loaves (Revenue Streams · Head of Bread): Text: £&#91;-3-&#93;&#123;+4+&#125; for bread.

        Refers to what is gone (1)

        - Millers (Kiosk · Key Partners · Head of Kiosks) refers to what is gone: Mill

        New findings (1)

        - Millers &#96;&#35;&#8203;mill&#96; in content/bakery.md does not exist (unknown-reference · Kiosk)

        ### Whom they concern

        - Owners: Head of Bread (10), Head of Kiosks (1)
        - Departments: Production (7)

        ### Changes

        - ~ Late bread (Value Propositions · Promise): Name: &#91;-Bread-&#93;&#123;+Late bread+&#125;; Text: warm until &#91;-10-&#93;&#123;+9+&#125;, for all.
        - ~ Loaves (Revenue Streams · Promise): Text: £&#91;-3-&#93;&#123;+4+&#125; for bread.
        - − Mill (Key Partners · Commitment): &#91;-brings flour for baking.-&#93;
        - &#43; Icing (Key Activities · Detail): &#123;+of cakes.+&#125;
        - ~ Cleaning (Key Activities · Detail): Text: &#123;+at night.+&#125;
    "#]].assert_eq(plain.text());
    let same = handbook.run("diff HEAD --format markdown --fail-on cosmetic").status(0);
    expect![[r#"
        <!-- canvasbook diff -->

        ## Changes

        Nothing differs.
    "#]]
    .assert_eq(same.text());
    handbook.run("diff v1 --whole x.html").status(2);
}

#[test]
fn a_commit_of_the_range_accepts_what_it_does() {
    let message = "Charge more\n\nThe mill closed.\n\naccepts:  no other mill\n  is near @all\n";
    let handbook = handbook("", message);
    let run = handbook.run("diff v1 HEAD --format markdown --fail-on promise").status(0);
    let (_, rest) = run.text().split_once("Gravest").expect("there is a level");
    let (rest, _) = rest.split_once("<table>").expect("there is a poster");
    let commit = &handbook.git(&["rev-parse", "--short=10", "HEAD"])[..10];
    expect![[r#"
         level: Promise.

        <b>Accepted:</b>

        - <b>no other mill is near &#64;&#8203;all</b> <sub>COMMIT</sub>

    "#]]
    .assert_eq(&rest.replace(commit, "COMMIT"));
    handbook.run("diff v1 HEAD --exit-code --fail-on promise").status(1);
    // The words in the message of the first commit belong to another range, and none of them
    // accepts what goes back.
    handbook.run("diff HEAD v1 --fail-on detail").status(1);
    handbook.write("content/bakery.md", BAKERY.replace("£3", "£5"));
    handbook.run("diff HEAD --fail-on promise").status(1);
    handbook.run("diff v1 --fail-on promise").status(0);
}

/// Names that would be markup, references or commands if they were not escaped.
const HOSTILE: [&str; 12] = [
    "</b></td></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`code` **bold** _em_ ~~gone~~ [link](javascript:alert(1)) ![x](y)",
    "@all and @octocat, head@example.org",
    "fixes #1, GH-2, a/b#3, !4, &5, %6, ~7, $8, ^alert#9, *iteration:10",
    "https://github.com/a/b/issues/1 www.example.org",
    ":tada: {+ added +} [- cut -] %{project_path} $`a`$",
    "| a | b | &lt;b&gt; &amp; \\| \\",
    "/close",
    "<!-- --> <details> <summary>",
    "\u{202e}turned\u{7}",
    "[[_TOC_]] [^1] - + 1. # >",
];

#[test]
fn hosts_keep_a_comment_as_it_is_whatever_a_canvas_says() {
    let list = |from: usize| {
        let mut list = String::new();
        for (at, name) in HOSTILE.iter().enumerate() {
            // Unescaped: in a code span Markdown shows them as they are written.
            let _ = writeln!(list, "- **`` {name} ``** {{#h{from}-{at}}} — `` {name} ``");
        }
        list
    };
    let handbook = Handbook::new().file(SETTINGS, NO_RULES).repository();
    let canvas = |title: &str, names: &str| {
        format!(
            "+++\ntitle = '{title}'\nowner = '@owner #1'\n+++\n\n{CANVAS}\n## Channels\n\n{names}"
        )
    };
    handbook.write("content/a.md", canvas("<b>A</b> @a", &list(1)));
    handbook.commit("2026-01-02", "Begin");
    handbook.write("content/a.md", canvas("<i>A</i> #1", &list(2)));
    handbook.commit("2026-01-03", "Change\n\nAccepts: <b>why</b> @all #1");
    let run = handbook.run("diff HEAD~1 HEAD --format markdown").status(0);
    for host in HOSTS {
        assert_eq!(taken_out(run.text(), host), [""; 0]);
    }
    let known = [
        "a", "b", "br", "del", "details", "h2", "h3", "ins", "kbd", "li", "p", "sub", "summary",
        "table", "tbody", "td", "tr", "ul",
    ];
    let tags = tags(run.text());
    let strange: Vec<&String> = tags.iter().filter(|tag| !known.contains(&&***tag)).collect();
    assert!(strange.is_empty(), "{strange:?}");
    let plain = handbook.run("diff HEAD~1 HEAD --format markdown --plain").status(0);
    assert!(!plain.text().contains('<'), "{}", plain.text());
    for text in [text_of(run.text()), text_of(plain.text())] {
        let broken = text.replace('\u{200b}', "\u{b7}");
        assert!(
            broken.contains("\u{b7}all and @\u{b7}octocat, head@\u{b7}example.org"),
            "{broken}"
        );
        assert!(broken.contains("<img src=x onerror=alert(1)>"), "{broken}");
        // What hosts look for in a text: a sign followed by a word.
        for (sign, rest) in
            [("@", "al"), ("#", "1"), ("!", "4"), ("~", "7"), ("$", "8"), ("%", "6")]
        {
            assert!(!text.contains(&format!("{sign}{rest}")), "{sign}{rest} in {text}");
        }
        for address in ["https://github", "www.example", "GH-2", ":tada", "{+", "[-", "%{"] {
            let is_own = text_of(plain.text()) == text && ["{+", "[-"].contains(&address);
            assert!(is_own || !text.contains(address), "{address} in {text}");
        }
        assert!(text.lines().all(|line| !line.starts_with('/')), "a command of GitLab");
    }
}

#[test]
fn a_comment_of_500_changes_fits() {
    let handbook = Handbook::new().file(SETTINGS, NO_RULES).repository();
    let canvas = |number: usize, is_after: bool| {
        let mut text =
            format!("+++\ntitle = \"Bakery number {number}\"\nowner = \"Head of {number}\"\n+++\n");
        for (block, sign) in [
            ("Key Partners", 'p'),
            ("Key Activities", 'a'),
            ("Value Propositions", 'v'),
            ("Customer Segments", 's'),
            ("Revenue Streams", 'r'),
        ] {
            let _ = write!(text, "\n## {block}\n\n");
            for at in 0..10 {
                let gone = is_after && at % 3 == 0 && matches!(sign, 'p' | 'a');
                let needs = match sign {
                    'p' => format!("for [it](#a-{at})"),
                    'a' => format!("for [it](#v-{at})"),
                    'v' => format!("for [them](#s-{at})"),
                    'r' => format!("for [it](#v-{at}) from [them](#s-{at})"),
                    _ => String::new(),
                };
                let price = if is_after { at + 1 } else { at };
                if !gone {
                    let _ = writeln!(
                        text,
                        "- **Entry {sign} {at} of a name that is long & <wide> as @names are** {{#{sign}-{at}}} — \
                         {price} of £{price} with `words` that are many, {needs}, and with others that are more."
                    );
                }
            }
        }
        text
    };
    for is_after in [false, true] {
        for number in 0..12 {
            handbook.write(&format!("content/{number}.md"), canvas(number, is_after));
        }
        handbook.commit("2026-01-02", "Change");
    }
    let all = handbook.run("diff HEAD~1 HEAD --format json").status(0).text().to_owned();
    let all: Value = serde_json::from_str(&all).expect("it is JSON");
    let count = all["changes"].as_array().map_or(0, Vec::len);
    assert!(count >= 500, "{count} changes");
    for style in ["", "--plain"] {
        let words = format!("diff HEAD~1 HEAD --format markdown --whole comparison.html {style}");
        let run = handbook.run(&words).status(0);
        assert!(run.text().len() <= 60_000, "{} bytes", run.text().len());
        assert!(run.text().len() >= 30_000, "{} bytes say little", run.text().len());
        assert!(run.text().contains("entries are left out here."), "what is left out is counted");
        assert!(run.text().ends_with("The whole comparison: comparison.html\n"));
        for needed in ["Loses its last support", "Promises that go", "Owners:", "### Changes"] {
            assert!(run.text().contains(needed), "{needed}");
        }
        for host in HOSTS {
            assert_eq!(taken_out(run.text(), host), [""; 0]);
        }
    }
}

#[test]
fn what_failed_never_reads_as_no_change() {
    let handbook = handbook("", "Charge more");
    for arguments in ["v9", "v9 HEAD", "v1 v9", "v9...HEAD", "v1 HEAD -- content/none.md"] {
        for format in ["human", "json", "markdown", "html"] {
            let words = format!("diff --format {format} --fail-on promise {arguments}");
            let run = handbook.run(&words).status(2).stdout_is("");
            assert!(run.messages().starts_with("error: "), "{}", run.messages());
        }
    }
    // Both states have the same error, and they differ only after it.
    let broken = |day: &str| BAKERY.replace("owner =", &format!("reviewed = \"{day}\"\nowner ="));
    handbook.write("content/bakery.md", broken("soon"));
    handbook.commit("2026-03-04", "Break");
    handbook.write("content/bakery.md", broken("never"));
    let run = handbook.run("diff HEAD --format markdown").status(2).stdout_is("");
    assert!(
        run.messages().ends_with("cannot be compared, because it cannot be read whole\n"),
        "{}",
        run.messages()
    );
    handbook.write("content/bakery.md", [0xff]);
    handbook.run("diff HEAD --format json").status(2).stdout_is("");
}
