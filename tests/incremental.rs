//! What is compiled with the memo of the last time equals what is compiled from nothing, byte for
//! byte, whatever was edited: texts, front matter, names, folders, files, the configuration, the
//! theme, drafts. And the pages that [`Compiled::changes`] leaves out are equal to those before.
//!
//! The documents are small and made of a few names, so that titles and elements clash, references
//! break and mend, and departments come and go.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use expect_test::expect;

use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::source::SourcePath;

#[path = "tree/numbers.rs"]
mod numbers;
#[path = "incremental/script.rs"]
mod script;

use numbers::Numbers;
use script::{PATHS, document, edit};

/// How many edits a script makes. More find more: a thousand were tried with each change of what is
/// kept.
const EDITS: usize = 30;

/// Every path of the site with its content.
fn bytes(compiled: &Compiled) -> Vec<(String, String)> {
    let file = |(path, output): (_, &Output)| {
        let bytes = match output {
            Output::Page(key) => {
                compiled.render(*key).unwrap_or_else(|error| error.message.into_owned().into())
            }
            Output::Data(data) => compiled.data(*data),
            Output::File(file) => file.as_str().into(),
            Output::Asset(path) => compiled.asset(path).to_vec(),
        };
        (format!("{path}"), String::from_utf8_lossy(&bytes).into_owned())
    };
    compiled.site.iter().map(file).collect()
}

/// The diagnostics and the waivers, one per line.
fn lines(compiled: &Compiled) -> Vec<String> {
    let diagnostics = compiled.diagnostics.iter().map(|diagnostic| format!("{diagnostic:?}"));
    let documents = compiled.handbook().entries().map(|(index, _)| index);
    let findings = documents.flat_map(|index| compiled.edition.findings.of(index));
    diagnostics.chain(findings.map(|finding| format!("{finding:?}"))).collect()
}

/// The first line in which two texts differ, of both.
fn first_difference(old: &str, new: &str) -> String {
    let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    format!("line {}\n- {}\n+ {}", same + 1, line(old), line(new))
}

/// The result of the last compilation, and the content of its site.
type Last = Option<(Compiled, BTreeMap<String, String>)>;

/// Compares a compilation with a memo with a clean one, and the pages that cannot have changed with
/// those of the last one.
fn check(inputs: &Inputs, memo: &mut Memo, last: &mut Last, edits: &str) {
    let again = compile(inputs, memo);
    let clean = compile(inputs, &mut Memo::default());
    let (found, wanted) = (lines(&again), lines(&clean));
    let wrong = found.iter().zip(&wanted).find(|(found, wanted)| found != wanted);
    assert!(found == wanted, "{edits}\n{wrong:#?}");
    assert_eq!(again.site, clean.site, "{edits}");
    let found = bytes(&again);
    for (again, clean) in found.iter().zip(bytes(&clean)) {
        assert!(*again == clean, "{edits}\n{again:?}\n{clean:?}");
    }
    let found: BTreeMap<String, String> = found.into_iter().collect();
    if let Some((before, held)) = last {
        let changes = again.changes(before);
        let same = again.site.iter().filter(|(path, output)| !changes.may_have(path, output));
        for (path, _) in same {
            let path = path.as_str();
            let (now, before) = (&found[path], held.get(path).map_or("", String::as_str));
            assert!(now == before, "{edits}\n{path}: {}", first_difference(before, now));
        }
    }
    *last = Some((again, found));
}

fn check_script(seed: u64, edits: usize) {
    let numbers = &mut Numbers(seed);
    let mut inputs = Inputs::default();
    for path in PATHS {
        if !numbers.once_in(3) {
            inputs.documents.insert(SourcePath::new(path), Arc::from(document(numbers)));
        }
    }
    let (mut memo, mut last) = (Memo::default(), None);
    let mut told = Vec::new();
    for _ in 0..edits {
        // Mostly one edit at a time, but also as many as a checkout brings.
        for _ in 0..[1, 1, 1, 3, 40][numbers.below(5)] {
            told.push(edit(&mut inputs, numbers));
        }
        let edits = format!("seed {seed}:\n{}", told.join("\n"));
        check(&inputs, &mut memo, &mut last, &edits);
    }
}

#[test]
fn a_compile_with_a_memo_equals_a_clean_one() {
    for seed in 1..=3 {
        check_script(seed, EDITS);
    }
}

#[test]
fn a_compile_with_a_memo_equals_a_clean_one_with_other_edits() {
    for seed in 4..=6 {
        check_script(seed, EDITS);
    }
}

/// Compiles documents after each edit, each made on top of those before it.
fn check_edits(edits: &[(&str, &str)]) {
    let (mut inputs, mut memo, mut last) = (Inputs::default(), Memo::default(), None);
    for (at, (path, text)) in edits.iter().enumerate() {
        inputs.documents.insert(SourcePath::new(*path), Arc::from(*text));
        check(&inputs, &mut memo, &mut last, &format!("{:#?}", &edits[..=at]));
    }
}

#[test]
fn a_newer_day_in_one_document_makes_another_one_due() {
    let canvas = "## Channels\n\n- Shop\n\n## Cost Structure\n\n## Revenue Streams\n";
    let canvas = format!("+++\nreviewed = 2026-01-31\nreview_every = \"90 days\"\n+++\n\n{canvas}");
    check_edits(&[
        ("content/a.md", &canvas),
        ("content/b.md", "+++\nreviewed = 2026-05-01\n+++\n"),
        ("content/b.md", "+++\nreviewed = 2026-05-02\n+++\n"),
        ("content/b.md", "+++\nreviewed = 2026-05-01\n+++\n"),
    ]);
}

#[test]
fn a_title_that_another_document_takes_or_gives_up_changes_what_refers_to_it() {
    check_edits(&[
        ("content/a.md", "# Corner\n"),
        ("content/b.md", "# Other\n"),
        ("content/c.md", "See [[Corner]].\n"),
        ("content/b.md", "# Corner\n"),
        ("content/b.md", "# Other\n"),
        ("content/a.md", "# Another\n"),
        ("content/b.md", "# Corner\n"),
    ]);
}

#[test]
fn an_owner_or_a_tag_is_called_what_the_first_document_calls_it() {
    let canvas = |owner: &str, element: &str| {
        format!(
            "+++\nowner = \"{owner}\"\ntags = [\"{owner}\"]\n+++\n\n## Channels\n\n\
             - **Shop** {{owner=\"{element}\"}}\n\n## Cost Structure\n\n## Revenue Streams\n"
        )
    };
    let texts = [
        canvas("HEAD BAKER", "Miller"),
        canvas("Head Baker", "miller"),
        canvas("Miller", "head baker"),
        canvas("Head of Sales", "Head of Sales"),
    ];
    let mut edits = Vec::new();
    for (round, text) in texts.iter().enumerate() {
        edits.push((["content/a.md", "content/b.md"][round % 2], text.as_str()));
        edits.push((["content/c.md", "content/a.md"][round % 2], texts[(round + 1) % 4].as_str()));
    }
    check_edits(&edits);
}

/// Replaces the first occurrence of `old` in a document.
fn replace(inputs: &mut Inputs, path: &str, old: &str, new: &str) {
    let path = SourcePath::new(path);
    let text = inputs.documents[&path].replacen(old, new, 1);
    assert!(*text != *inputs.documents[&path], "{old} stands in {path}");
    inputs.documents.insert(path, text.into());
}

/// A canvas of a handbook whose lists fill several pages.
fn one_of_many(at: usize) -> String {
    let mut text = format!(
        "+++\ntitle = \"Shop {at:03}\"\nowner = \"Head Baker\"\nstage = \"grow\"\ntags = [\"Bread\"]\n+++\n\n\
         ## Channels\n\n## Value Propositions\n\n- **Warm bread** — each day.\n\n## Key Activities\n\n"
    );
    for (department, with) in [("Production", "sales"), ("Night Kitchen", "production")] {
        let _ = write!(text, "### {department} {{category=production}}\n\n");
        for activity in ["Bake", "Clean"] {
            let _ = writeln!(text, "- **{activity}** {{with={with} owner=\"Head Baker\"}} — it.");
        }
        text.push('\n');
    }
    text
}

#[test]
fn lists_of_several_pages_are_other_ones_where_what_they_list_is() {
    let many: Vec<(String, String)> = (0..70)
        .map(|at| (format!("content/{}/shop-{at:03}.md", at / 40), one_of_many(at)))
        .chain([("content/1/index.md".to_owned(), "# By the river\n".to_owned())])
        .collect();
    let mut inputs = Inputs::default();
    for (path, text) in &many {
        inputs.documents.insert(SourcePath::new(path.as_str()), Arc::from(text.as_str()));
    }
    let (mut memo, mut last) = (Memo::default(), None);
    check(&inputs, &mut memo, &mut last, "all are written");
    for (at, old, new) in [
        (3, "each day", "each night"),
        (70, "river", "harbour"),
        (66, "Shop 066", "Bakery 066"),
        (69, "- **Bake**", "- **Bake rolls** — more.\n- **Bake**"),
        (0, "### Production", "### Sales"),
        (64, "\"Bread\"", "\"Bread\", \"Rolls\""),
        (1, "\"Bread\"", "\"bread!\""),
        (0, "\"Bread\"", "\"BREAD\""),
        (60, "\"grow\"", "\"sustain\""),
        (61, "\"Head Baker\"\nstage", "\"Miller\"\nstage"),
        (68, "category=production", "category=platform"),
        (40, "title =", "weight = -1\ntitle ="),
        (62, "## Channels\n", "## Channels\n\n- **Van** — see [[shop-063#production]].\n"),
    ] {
        replace(&mut inputs, &many[at].0, old, new);
        check(&inputs, &mut memo, &mut last, &format!("{at}: {old} becomes {new}"));
    }
}

#[test]
fn what_an_edit_does_not_touch_is_known_to_be_the_same() {
    let mut inputs = Inputs::default();
    for (path, text) in [
        ("content/index.md", "# Handbook\n".to_owned()),
        ("content/a/one.md", one_of_many(1).replace("each day", "see [two](../b/two.md)")),
        ("content/a/beside.md", one_of_many(4)),
        ("content/b/two.md", one_of_many(2)),
        ("content/b/three.md", one_of_many(3)),
        ("content/c/page.md", "# A page\n".to_owned()),
    ] {
        inputs.documents.insert(SourcePath::new(path), text.into());
    }
    let mut memo = Memo::default();
    let mut changed = |inputs: &Inputs, before: &Compiled| {
        let now = compile(inputs, &mut memo);
        let changes = now.changes(before);
        let differ = now.site.iter().filter(|(path, output)| changes.may_have(path, output));
        let paths: Vec<String> = differ.map(|(path, _)| path.to_string()).collect();
        (now, paths.join("\n"))
    };
    let (first, _) = changed(&inputs, &compile(&inputs, &mut Memo::default()));
    let (same, nothing) = changed(&inputs, &first);
    expect![[""]].assert_eq(&nothing);
    replace(&mut inputs, "content/b/two.md", "each day", "each night");
    let (_, paths) = changed(&inputs, &same);
    expect![[r#"
        assets/search/records-2.js
        assets/search/terms-0.js
        b/two.html
        b/two.json
        blocks/value-propositions.html"#]]
    .assert_eq(&paths);
}

#[test]
fn a_page_is_another_one_where_what_it_says_of_others_is() {
    let one = one_of_many(1).replace("each day", "see [two](../b/two.md#warm-bread) and [[plan]]");
    let one = one.replacen("**Bake**", "**Knead**", 1);
    let two = one_of_many(2).replace("each day", "see [[plan]]") + "### Sales\n";
    let mut inputs = Inputs::default();
    for (path, text) in [
        ("content/about.md", "# About\n\nSee [it](a/one.md#knead)."),
        ("content/a/index.md", "# Bakeries\n"),
        ("content/a/one.md", &one),
        ("content/a/three.md", &one_of_many(3)),
        ("content/a/deep/page.md", "# Deep\n"),
        ("content/a/deep/own/index.md", "+++\nsummary = \"Small\"\n+++\n# Deepest\n"),
        ("content/b/two.md", &two),
        ("content/b/plan.md", "# Plan\n\nAsk [[one#Production]].\n"),
        ("content/b/old.md", "+++\naliases = [\"before\"]\n+++\n# Old\n"),
    ] {
        inputs.documents.insert(SourcePath::new(path), Arc::from(text));
    }
    let (mut memo, mut last) = (Memo::default(), None);
    check(&inputs, &mut memo, &mut last, "all are written");
    for (path, old, new) in [
        // The document that refers is shown by its title and its element.
        ("content/a/one.md", "Shop 001", "Corner"),
        ("content/a/one.md", "**Warm bread**", "**Bread**"),
        // The target of a link has another id.
        ("content/a/one.md", "### Production", "### Sales"),
        ("content/a/one.md", "### Sales", "### Production"),
        // A department lists who refers to it.
        ("content/b/plan.md", "# Plan", "# A plan"),
        // Crumbs, sections and cards.
        ("content/a/index.md", "# Bakeries", "# All bakeries"),
        ("content/a/deep/own/index.md", "Small", "Large"),
        ("content/a/three.md", "title =", "summary = \"By the river\"\ntitle ="),
        // Neighbours.
        ("content/b/two.md", "title =", "weight = 9\ntitle ="),
        ("content/b/old.md", "# Old", "# New"),
        // A department that only a heading names has a page once there is something to list.
        ("content/a/three.md", "with=sales", "with=production"),
        ("content/a/one.md", "with=sales", "with=production"),
        ("content/b/two.md", "with=sales", "with=production"),
        ("content/a/one.md", "with=sales", "with=production"),
        ("content/a/three.md", "with=sales", "with=production"),
        ("content/b/two.md", "with=sales", "with=production"),
        ("content/a/three.md", "with=production", "with=sales"),
        // Parts that all pages have.
        ("content/about.md", "# About", "# About us"),
        ("content/a/one.md", "title =", "lang = \"de\"\ntitle ="),
        ("content/a/one.md", "see [two](../b/two.md#warm-bread)", "see"),
    ] {
        replace(&mut inputs, path, old, new);
        check(&inputs, &mut memo, &mut last, &format!("{old} becomes {new}"));
    }
}

#[test]
fn a_list_is_another_one_where_a_document_becomes_or_is_no_longer_a_canvas() {
    let canvas = |kind: &str| {
        format!("+++\ncanvas = {kind}\n+++\n\n## Channels\n\n- **Shop**\n\n## Key Partners\n")
    };
    let mut inputs = Inputs::default();
    for at in 0..121 {
        let path = SourcePath::new(format!("content/shops/{at:03}.md"));
        inputs.documents.insert(path, canvas("\"lean\"").into());
    }
    let costs = "+++\ncanvas = \"business-model\"\n+++\n\n## Cost Structure\n\n- **Flour**\n";
    inputs.documents.insert(SourcePath::new("content/costs.md"), costs.into());
    let (mut memo, mut last) = (Memo::default(), None);
    check(&inputs, &mut memo, &mut last, "all are written");
    for (path, text) in [
        ("content/shops/120.md", canvas("false")),
        ("content/shops/119.md", canvas("false")),
        ("content/shops/120.md", canvas("\"lean\"")),
        // The first kind that has a block decides what question introduces it.
        ("content/costs.md", costs.replace("business-model", "lean")),
        ("content/costs.md", costs.to_owned()),
    ] {
        inputs.documents.insert(SourcePath::new(path), text.as_str().into());
        check(&inputs, &mut memo, &mut last, &format!("{path} becomes {text}"));
    }
}

#[test]
fn the_index_of_elements_follows_names_texts_and_numbers() {
    // Just as many elements as the index shows on its own page.
    let items: String = (0..398).map(|at| format!("- **Shop {at:03}**\n")).collect();
    check_edits(&[
        (
            "content/a.md",
            &format!("## Channels\n\n{items}\n## Key Partners\n\n## Customer Segments\n"),
        ),
        ("content/b.md", "+++\ncanvas = true\n+++\n## Channels\n\n- **Shop 010**\n- **Web**\n"),
        // In another order below the letter, below another letter, and without a name.
        ("content/b.md", "+++\ncanvas = true\n+++\n## Channels\n\n- **Shop 900**\n- **Web**\n"),
        ("content/b.md", "+++\ncanvas = true\n+++\n## Channels\n\n- **A shop**\n- **Web**\n"),
        (
            "content/b.md",
            "+++\ncanvas = true\n+++\n## Channels\n\n- **A shop**\n- **Web**\n- **Zoo**\n",
        ),
        (
            "content/b.md",
            "+++\ncanvas = true\n+++\n## Channels\n\n- **A shop**\n- **Shop 9**\n- **Zoo**\n",
        ),
        ("content/b.md", "+++\ncanvas = true\n+++\n## Channels\n\n- **A shop**\n- **Shop 9**\n"),
        (
            "content/b.md",
            "+++\ncanvas = true\ntitle = \"B\"\n+++\n## Key Partners\n\n- **A shop**\n- **Shop 9**\n",
        ),
        (
            "content/b.md",
            "+++\ncanvas = true\ntitle = \"Bee\"\n+++\n## Key Partners\n\n- **A shop**\n- **Shop 9**\n",
        ),
    ]);
}
