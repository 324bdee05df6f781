//! A scripted history with each kind of edit: what `diff` prints of it, what the pages of histories show, what
//! changed lately, and what the feeds contain.

use std::fmt::Write as _;

use expect_test::expect;

use crate::handbook::{Handbook, NO_RULES, SETTINGS};
use crate::printed_diff::{PrintedDiff, print_diff};
use crate::tags::words;

const ROASTERY: &str = "\
+++
title = \"Roastery\"
owner = \"Head of Coffee\"
stage = \"grow\"
+++

## Key Partners

- **Growers** — green coffee, for [[#Roasting]].

## Key Activities

### Production

- **Roasting** — forty batches a week, for [[#Fresh coffee]].
- **Packing** — by hand, for [[#Fresh coffee]].

### Marketing

- **Tastings** — on Fridays, for [[#Fresh coffee]].

## Value Propositions

- **Fresh coffee** — roasted within 3 days, for [[#Offices]].

## Channels

- **Van** — brings [[#Fresh coffee]].

## Customer Segments

- **Offices** — in town.

## Revenue Streams

- **Bags** — £9 each, from [[#Offices]] for [[#Fresh coffee]].
";

const BAR: &str = "\
+++
title = \"Bar\"
owner = \"Head of Bars\"
+++

## Key Partners

- **Our roastery** — brings [fresh coffee](roastery.md#fresh-coffee).

## Key Activities

### Service

- **Serving** — all day, for [[#A good cup]].

## Value Propositions

- **A good cup** — for [[#Guests]].

## Customer Segments

- **Guests** — from nearby.
";

/// An edit of a file: texts, each with the text that replaces it.
struct Edit {
    what: &'static str,
    file: &'static str,
    replaced: &'static [(&'static str, &'static str)],
}

const fn edit(
    what: &'static str,
    file: &'static str,
    replaced: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit { what, file, replaced }
}

const R: &str = "content/roastery.md";
const B: &str = "content/bar.md";

/// The edits that only change one file in place.
const EDITS: &[Edit] = &[
    edit(
        "add an activity",
        R,
        &[(
            "\n### Marketing",
            "- **Grading** — every lot, for [[#Fresh coffee]].\n\n### Marketing",
        )],
    ),
    edit("say more of an activity", R, &[("forty batches", "fifty batches")]),
    edit(
        "rename an activity",
        R,
        &[("**Tastings** — on Fridays", "**Tasting nights** — on Fridays")],
    ),
    edit("rename it and keep its address", R, &[("**Grading**", "**Cupping** {#grading}")]),
    edit(
        "move an activity to another department",
        R,
        &[
            ("- **Packing** — by hand, for [[#Fresh coffee]].\n", ""),
            (
                "### Marketing\n\n",
                "### Marketing\n\n- **Packing** — by hand, for [[#Fresh coffee]].\n",
            ),
        ],
    ),
    edit(
        "move an element to another block",
        R,
        &[
            ("- **Van** — brings [[#Fresh coffee]].\n", ""),
            (
                "## Channels\n",
                "## Key Resources\n\n- **Van** — brings [[#Fresh coffee]].\n\n## Channels\n",
            ),
        ],
    ),
    edit(
        "remove an activity",
        R,
        &[("- **Cupping** {#grading} — every lot, for [[#Fresh coffee]].\n", "")],
    ),
    edit("name who answers for it", R, &[("**Roasting**", "**Roasting** {owner=\"Roaster\"}")]),
    edit("hand it over", R, &[("owner=\"Roaster\"", "owner=\"Plant Lead\"")]),
    edit(
        "set a category",
        R,
        &[("owner=\"Plant Lead\"", "owner=\"Plant Lead\" category=production")],
    ),
    edit(
        "let another department help",
        R,
        &[("category=production", "category=production with=\"Quality\"")],
    ),
    edit("set a status", R, &[("with=\"Quality\"", "with=\"Quality\" status=\"planned\"")]),
    edit(
        "review it by itself",
        R,
        &[("status=\"planned\"", "status=\"planned\" review_every=\"90 days\"")],
    ),
    edit("give an id", R, &[("**Growers**", "**Growers** {#growers}")]),
    edit("give a class", R, &[("{#growers}", "{#growers .key}")]),
    edit(
        "refer to another canvas",
        R,
        &[("by hand, for", "by hand, as in [the bar](bar.md), for")],
    ),
    edit(
        "cut that reference",
        R,
        &[("by hand, as in [the bar](bar.md), for", "by hand, as in the bar, for")],
    ),
    edit("lower a promise", R, &[("within 3 days", "within 5 days")]),
    edit("promise something else", R, &[("roasted within 5 days", "roasted to order")]),
    edit("lower a price", R, &[("£9 each", "£8 each")]),
    edit(
        "win a segment",
        R,
        &[("- **Offices** — in town.\n", "- **Offices** — in town.\n- **Homes** — by post.\n")],
    ),
    edit("lose a segment", R, &[("- **Homes** — by post.\n", "")]),
    edit("take away the last support", B, &[("all day, for [[#A good cup]]", "all day")]),
    edit(
        "change capitals and a point only",
        B,
        &[("**Guests** — from nearby.", "**Guests** — From nearby")],
    ),
    edit("format only", B, &[("From nearby", "*From* nearby")]),
    edit(
        "change hands as a canvas",
        B,
        &[("owner = \"Head of Bars\"", "owner = \"Head of Retail\"")],
    ),
    edit("set a stage", B, &[("+++\n\n", "stage = \"sustain\"\n+++\n\n")]),
    edit("rename the canvas", B, &[("title = \"Bar\"", "title = \"Espresso Bar\"")]),
    edit("tag it", B, &[("stage = \"sustain\"", "stage = \"sustain\"\ntags = [\"retail\"]")]),
    edit("write an introduction", B, &[("## Key Partners", "Two counters.\n\n## Key Partners")]),
    edit(
        "write a lead",
        B,
        &[("## Customer Segments\n", "## Customer Segments\n\nWho comes in.\n")],
    ),
    edit(
        "write a section of its own",
        B,
        &[("## Key Partners", "## Notes\n\nLater.\n\n## Key Partners")],
    ),
    edit("add details", B, &[("all day.", "all day.\n  - from seven")]),
    edit(
        "refer to what another canvas sells",
        B,
        &[(
            "**Our roastery** — brings",
            "**Our roastery** — sells [bags](roastery.md#bags), brings",
        )],
    ),
    edit("rename that in the other canvas only", R, &[("**Bags**", "**Coffee by post**")]),
    edit("mend the reference", B, &[("roastery.md#bags", "roastery.md#coffee-by-post")]),
    edit("group segments", B, &[("Who comes in.\n", "Who comes in.\n\n### Mornings\n")]),
];

/// A handbook after all edits, with their subjects, the oldest first.
fn edited() -> (Handbook, Vec<String>) {
    let settings = format!("base_url = \"https://example.org\"\n{NO_RULES}");
    let handbook = Handbook::new().file(SETTINGS, settings).file(".gitignore", "/public/\n");
    let handbook = handbook.file(R, ROASTERY).file(B, BAR).repository();
    handbook.commit("2026-01-01", "Begin");
    let mut subjects = Vec::new();
    let mut texts =
        std::collections::BTreeMap::from([(R, ROASTERY.to_owned()), (B, BAR.to_owned())]);
    let mut day = 1;
    let mut commit = |handbook: &Handbook, subject: &str| {
        day += 1;
        let date = format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28);
        handbook.commit(&date, subject);
        subjects.push(subject.to_owned());
    };
    for Edit { what, file, replaced } in EDITS {
        let text = texts.get_mut(file).expect("it is one of the two");
        for (from, to) in *replaced {
            assert!(text.contains(from), "{what}: there is no {from:?}");
            *text = text.replacen(from, to, 1);
        }
        handbook.write(file, text.as_str());
        commit(&handbook, what);
    }
    // Edits that take more than one file.
    let activity = "- **Serving** — all day.\n  - from seven\n";
    handbook.write(B, texts[B].replacen(activity, "", 1));
    let moved = texts[R].replacen(
        "### Marketing\n\n",
        &format!("### Service\n\n{activity}\n### Marketing\n\n"),
        1,
    );
    handbook.write(R, moved.as_str());
    commit(&handbook, "move an activity to another canvas");
    handbook.git(&["mv", B, "content/espresso-bar.md"]);
    commit(&handbook, "rename the file");
    handbook.write("content/kiosk.md", BAR.replace("\"Bar\"", "\"Kiosk\""));
    commit(&handbook, "add a canvas");
    handbook.remove("content/kiosk.md");
    commit(&handbook, "remove it");
    (handbook, subjects)
}

/// The sections of a page under headings of the second level, each with its heading.
fn sections(html: &str) -> Vec<(String, String)> {
    let parts = html.split("<h2>").skip(1);
    let parts = parts.filter_map(|part| part.split_once("</h2>"));
    let parts = parts.map(|(subject, rest)| {
        let end = rest.find("\n<section id=").or_else(|| rest.find("</main>"));
        (subject.to_owned(), words(&rest[..end.unwrap_or(rest.len())].replace("</section>", "")))
    });
    parts.collect()
}

#[test]
fn each_kind_of_edit_is_told_alike_by_diff_pages_feeds_and_comments() {
    let (handbook, subjects) = edited();
    handbook.run("build --quiet").status(0).stderr_is("");
    let site = handbook.tree("public").0;
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let mut histories = sections(&page("roastery.history.html"));
    histories.extend(sections(&page("espresso-bar.history.html")));
    let mut lately = sections(&page("changes/index.html"));
    lately.extend(sections(&page("changes/index/2.html")));
    lately.extend(sections(&page("changes/index/3.html")));
    let feed = page("changes/feed.xml");
    let mut all = String::new();
    for (at, subject) in subjects.iter().enumerate() {
        let from = subjects.len() - at;
        let PrintedDiff { lines, names, concerned, elsewhere, comment } =
            print_diff(&handbook, from, from - 1);
        let _ = writeln!(all, "{subject}\n{lines}");
        let of = |sections: &[(String, String)]| -> Vec<String> {
            let found = sections.iter().filter(|(known, _)| known == subject);
            found.map(|(_, text)| text.clone()).collect()
        };
        let (history, lately) = (of(&histories), of(&lately));
        assert_eq!(lately.len(), 1, "{subject}");
        let entry =
            feed.split("<entry>").find(|it| it.contains(&format!("<title>{subject}</title>")));
        // A feed has the 40 newest.
        assert_eq!(entry.is_some(), from <= 40, "{subject}");
        let is_in_feed = |name: &str| entry.is_none_or(|entry| entry.contains(name));
        for name in concerned.iter().chain(&elsewhere) {
            assert!(comment.contains(&format!("<b>{name}</b>")), "{subject}: {name} in {comment}");
        }
        for name in concerned.iter().map(|name| format!("{name} ")) {
            assert!(history.iter().any(|text| text.contains(&name)), "{subject}: {name}");
            assert!(is_in_feed(&name), "{subject}: {name}");
        }
        for name in &names {
            let is_gone = subject == "add a canvas" || subject == "remove it";
            assert!(
                is_gone || history.iter().any(|text| text.contains(name)),
                "{subject}: {name} in {history:?}"
            );
            assert!(is_gone || lately[0].contains(name), "{subject}: {name} in {lately:?}");
            assert!(is_gone || is_in_feed(name), "{subject}: {name} in {entry:?}");
            assert!(comment.contains(&**name), "{subject}: {name} in {comment}");
        }
        let is_quiet = lines.is_empty();
        let says_so = history.iter().any(|text| text.contains("No content of the canvas changed."));
        assert!(!is_quiet || says_so, "{subject}: {history:?}");
    }
    // What breaks in a canvas that a commit did not touch follows from the whole handbook.
    for place in ["roastery.history.html", "changes/feed.xml"] {
        let scope = "Effects are shown for the documents that a commit touches";
        assert!(page(place).contains(scope), "{place}");
    }
    expect![[r#"
        add an activity
          addition · detail · Grading · whole

        say more of an activity
          modification · detail · Roasting · text

        rename an activity
          modification · detail · Tasting nights · name

        rename it and keep its address
          modification · detail · Cupping · name
          modification · cosmetic · Cupping · id

        move an activity to another department
          move · commitment · Packing · department

        move an element to another block
          move · commitment · Van · block
          falls: Van

        remove an activity
          removal · commitment · Cupping · whole
          weakened: Fresh coffee

        name who answers for it
          modification · detail · Roasting · owner

        hand it over
          modification · commitment · Roasting · owner

        set a category
          modification · detail · Roasting · category

        let another department help
          modification · detail · Roasting · with

        set a status
          modification · detail · Roasting · status

        review it by itself
          modification · detail · Roasting · review_every

        give an id
          modification · cosmetic · Growers · id

        give a class
          modification · cosmetic · Growers · class

        refer to another canvas
          modification · detail · Packing · text
          modification · detail · Packing · reference

        cut that reference
          modification · detail · Packing · reference

        lower a promise
          modification · promise · Fresh coffee · text

        promise something else
          modification · promise · Fresh coffee · text

        lower a price
          modification · promise · Bags · text

        win a segment
          addition · detail · Homes · whole

        lose a segment
          removal · promise · Homes · whole

        take away the last support
          modification · detail · Serving · text
          modification · detail · Serving · reference
          falls: A good cup
          falls: Guests

        change capitals and a point only
          modification · cosmetic · Guests · text

        format only

        change hands as a canvas
          modification · commitment · - · owner

        set a stage
          modification · detail · - · stage

        rename the canvas
          modification · detail · - · title

        tag it
          modification · cosmetic · - · tags

        write an introduction
          modification · detail · - · introduction

        write a lead
          modification · detail · - · lead

        write a section of its own
          modification · detail · - · introduction

        add details
          modification · detail · Serving · nested

        refer to what another canvas sells
          modification · detail · Our roastery · text
          modification · detail · Our roastery · reference

        rename that in the other canvas only
          modification · detail · Coffee by post · name
          breaks: Our roastery

        mend the reference
          modification · detail · Our roastery · reference
          modification · detail · Our roastery · reference

        group segments
          modification · detail · Guests · group

        move an activity to another canvas
          move · commitment · Serving · canvas

        rename the file
          move · detail · - · canvas

        add a canvas
          addition · detail · - · whole

        remove it
          removal · promise · - · whole

    "#]]
    .assert_eq(&all);
}
