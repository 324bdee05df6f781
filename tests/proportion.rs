//! Twice the input makes about twice the output, whichever part of it is doubled: no page, list or
//! message shows a whole list once per item of that list.

use std::sync::Arc;

use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::source::SourcePath;

/// A handbook from its paths below `content/` and its texts.
type Files = Vec<(String, String)>;

fn compiled(files: Files) -> Compiled {
    let mut inputs = Inputs::default();
    for (path, text) in files {
        inputs.documents.insert(SourcePath::new(format!("content/{path}")), Arc::from(text));
    }
    compile(&inputs, &mut Memo::default())
}

/// The number of bytes of a site.
fn site(files: Files) -> usize {
    let compiled = compiled(files);
    let wrong = compiled.diagnostics.errors().next();
    assert_eq!(wrong, None);
    let sizes = compiled.site.values().map(|output| match output {
        Output::Page(key) => compiled.render(*key).expect("the built-in theme renders").len(),
        Output::Data(data) => compiled.data(*data).len(),
        Output::File(_) | Output::Asset(_) => 0,
    });
    sizes.sum()
}

/// The number of bytes and locations of a handbook's diagnostics.
fn told(files: Files) -> usize {
    let compiled = compiled(files);
    assert_ne!(compiled.diagnostics.iter().count(), 0);
    let sizes = compiled.diagnostics.iter().map(|told| {
        let help = told.help.as_ref().map_or(0, |help| help.len());
        told.message.len() + help + 100 * (1 + told.related.len())
    });
    sizes.sum()
}

/// Asserts that twice the number of items makes at most 2.3 times the size.
#[track_caller]
fn grows_in_line(count: usize, measure: fn(Files) -> usize, files: impl Fn(usize) -> Files) {
    let (one, two) = (measure(files(count)), measure(files(2 * count)));
    assert!(two * 10 <= one * 23, "{count} make {one}, and {} make {two}", 2 * count);
}

fn one(text: String) -> Files {
    vec![("a.md".to_owned(), text)]
}

/// The texts for the numbers below `count`, joined.
fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

const REST: &str = "\n## Value Propositions\n\n- **Bread**\n\n## Channels\n\n- **Shop**\n";

#[test]
fn tags_of_a_canvas() {
    let tags = |n| each(n, |at| format!("\"tag {at}\", "));
    grows_in_line(100, site, |n| {
        one(format!("+++\ntags = [{}]\n+++\n\n## Key Activities\n\n- **Baking**\n{REST}", tags(n)))
    });
}

#[test]
fn departments_that_contribute_to_an_activity() {
    let headings = |n| each(n, |at| format!("### D{at}x\n\n- **Work**\n\n"));
    let with = |n| each(n, |at| format!("D{at}x, "));
    let canvas = |n, text: String| {
        format!(
            "## Key Activities\n\n- **Baking** {{with=\"{}\"}} {text}\n\n{}{REST}",
            with(n),
            headings(n)
        )
    };
    grows_in_line(100, site, |n| one(canvas(n, String::new())));
    // Everything that a list shows of the activity is on the page of each department.
    let links = |n| each(n, |at| format!(" [x](#c{at})"));
    let channels = |n| each(n, |at| format!("- **C** {{#c{at}}}\n"));
    grows_in_line(100, site, |n| one(canvas(n, format!("— {}", links(n))) + &channels(n)));
    grows_in_line(100, site, |n| one(canvas(n, format!("— {}", "long ".repeat(200 * n)))));
    let named = |n, name: String| canvas(n, String::new()).replace("Baking", &name);
    grows_in_line(100, site, |n| one(named(n, "long ".repeat(200 * n) + "name")));
}

#[test]
fn departments_owners_and_elements_of_a_canvas() {
    let departments =
        |n| each(n, |at| format!("### D{at}x\n\n- **Work** {{owner=\"O{at}x\"}}\n\n"));
    grows_in_line(100, site, |n| one(format!("## Key Activities\n\n{}{REST}", departments(n))));
    let foreign = |n| {
        one(format!("+++\nlang = \"fr\"\n+++\n\n## Key Activities\n\n{}{REST}", departments(n)))
    };
    grows_in_line(100, site, foreign);
    let elements = |n| each(n, |at| format!("- **E{at}x** — for [bread](#bread)\n"));
    grows_in_line(200, site, |n| one(format!("## Key Activities\n\n{}{REST}", elements(n))));
}

#[test]
fn links_of_an_element() {
    let links = |n| each(n, |at| format!(" [x](#c{at})"));
    let channels = |n| each(n, |at| format!("- **C** {{#c{at}}}\n"));
    grows_in_line(200, site, |n| {
        one(format!(
            "## Key Activities\n\n### Production\n\n- **Baking** — {}\n{REST}{}",
            links(n),
            channels(n)
        ))
    });
}

#[test]
fn headings_aliases_and_strings_of_a_page() {
    grows_in_line(200, site, |n| {
        one(each(n, |at| format!("## Heading {at}\n\n[x](#heading-{at})\n\n")))
    });
    let aliases = |n| each(n, |at| format!("\"old/{at}\", "));
    grows_in_line(100, site, |n| one(format!("+++\naliases = [{}]\n+++\n", aliases(n))));
    let named =
        |n| format!("+++\ntitle = \"{}\"\naliases = [{}]\n+++\n", "long ".repeat(100), aliases(n));
    grows_in_line(100, site, |n| one(named(n)));
}

#[test]
fn references_to_one_place() {
    grows_in_line(100, site, |n| {
        let links = (0..n).map(|at| (format!("p{at}.md"), "[[a#Bread]] [[a]]\n".to_owned()));
        links.chain(one(format!("## Key Activities\n\n- **Baking**\n{REST}"))).collect()
    });
}

#[test]
fn references_that_fit_many_places() {
    // Ambiguous by the names of files and of folders, with and without a folder before it, by title, and
    // within one document.
    let documents = |n, path: fn(usize) -> String, link: &str| -> Files {
        (0..n).map(|at| (path(at), format!("# Same\n\n{link}\n"))).collect()
    };
    grows_in_line(200, told, |n| documents(n, |at| format!("f{at}/notes.md"), "[[notes]]"));
    grows_in_line(200, told, |n| documents(n, |at| format!("f{at}/g/notes.md"), "[[g/notes]]"));
    grows_in_line(200, told, |n| documents(n, |at| format!("f{at}/g/index.md"), "[[g]]"));
    grows_in_line(200, told, |n| documents(n, |at| format!("p{at}.md"), "[[Same]]"));
    let links = |n| each(n, |_| "- [x](#shop) [[#Shop]] [y](#channels/shop)\n".to_owned());
    grows_in_line(200, told, |n| {
        one(format!(
            "+++\ncanvas = true\n+++\n\n## Channels\n\n{}{}",
            "- **Shop**\n".repeat(n),
            links(n)
        ))
    });
}

#[test]
fn everything_that_is_told_often() {
    grows_in_line(200, told, |n| one("## A {#same}\n\n".repeat(n)));
    grows_in_line(200, told, |n| {
        one(each(n, |at| format!("[x](#no-such-{at})\n\n## Head {at}\n\n")))
    });
    grows_in_line(100, told, |n| {
        (0..2 * n)
            .map(|at| {
                (format!("{}{}.md", if at % 2 == 0 { "a" } else { "A" }, at / 2), String::new())
            })
            .collect()
    });
    grows_in_line(100, told, |n| {
        (0..n)
            .map(|at| (format!("p{at}.md"), "+++\naliases = [\"same\"]\n+++\n".to_owned()))
            .collect()
    });
    let waiver = "[[waive]]\nrule = \"empty-block\"\nelement = \"x\"\nreason = \"y\"\n";
    grows_in_line(90, told, |n| {
        one(format!("+++\n{}+++\n\n## Key Activities\n{REST}", waiver.repeat(n)))
    });
    grows_in_line(100, told, |n| {
        one(format!("+++\nunknown = 1\n{}+++\n", each(n, |at| format!("key-{at} = 1\n"))))
    });
    grows_in_line(100, told, |n| {
        one(format!(
            "## Key Activities\n\n{}{REST}",
            each(n, |at| format!("- **A{at}** {{with=\"no such {at}\"}}\n"))
        ))
    });
}

#[test]
fn candidates_that_are_not_listed_are_counted() {
    let files = (0..9).map(|at| (format!("f{at}/notes.md"), "[[notes]]\n".to_owned())).collect();
    let compiled = compiled(files);
    let told = compiled.diagnostics.iter().next().expect("it is told");
    assert_eq!(told.message, "`[[notes]]` could be any of 9 places");
    let help = told.help.as_deref().expect("it says what to write");
    assert!(help.ends_with("or `[[f4/notes]]`; and 4 more"), "{help}");
    assert_eq!(told.related.len(), 5);
}

#[test]
fn what_a_list_leaves_out_is_counted() {
    let with = each(11, |at| format!("Team {at},"));
    let others = each(11, |at| format!("### Team {at}\n\n- **Work {at}**\n\n"));
    let compiled = compiled(one(format!(
        "## Key Activities\n\n### Bakery\n\n- **Baking** {{with=\"{}\"}}\n\n{others}{REST}",
        with.trim_end_matches(',')
    )));
    let page = |path: &str| {
        let Some(Output::Page(key)) =
            compiled.site.get(&canvasbook::view::url::SitePath::new(path))
        else {
            panic!("{path} is no page");
        };
        String::from_utf8(compiled.render(*key).expect("it renders")).expect("UTF-8")
    };
    assert!(page("blocks/key-activities.html").contains("Team 7, +3</td>"));
    assert!(page("a.html").contains(">Team 10</a>"), "the canvas's own page shows all");
}
