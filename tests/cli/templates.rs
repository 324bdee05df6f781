//! Templates that have no end: whatever a theme contains, the program reports the place and ends.

use std::thread;
use std::time::Duration;

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook};
use crate::preview::{Preview, save};
use crate::watching::Watching;

/// A template that prints nothing and goes on for longer than anybody waits.
const ENDLESS: &str = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}\
     {% for c in range(end=100000) %}{% set d = c %}{% endfor %}{% endfor %}{% endfor %}\n";

const CONFIG: &str = "theme = \"ours\"\ntimeout = 2\n";

/// A sound handbook that was built, and then got a theme with these templates.
fn themed(templates: &[(&str, &str)]) -> Handbook {
    let handbook = Handbook::built().file("canvasbook.toml", CONFIG);
    for (name, text) in templates {
        handbook.write(&format!("themes/ours/templates/{name}"), text);
    }
    handbook
}

#[track_caller]
fn check(templates: &[(&str, &str)], stderr: Expect) {
    themed(templates).breaks(stderr);
}

/// Templates of which each includes the next; the last one includes a template that does not exist.
fn row(count: usize) -> Vec<(String, String)> {
    let include = |at: usize| format!("{{% include \"i{}.html\" %}}", at + 1);
    (0..count).map(|at| (format!("i{at}.html"), include(at))).collect()
}

#[test]
fn a_component_that_comes_back_to_itself_through_includes() {
    let row = row(40);
    let mut templates: Vec<(&str, &str)> =
        row.iter().map(|(name, text)| (&**name, &**text)).collect();
    templates.extend([
        ("i40.html", "{{ <again/> }}"),
        ("again.html", "{% component again() %}{% include \"i0.html\" %}{% endcomponent again %}"),
        ("canvas.html", "<main>{{ <again/> }}</main>\n"),
    ]);
    check(
        &templates,
        expect![[r#"
        error[template-error]: Maximum render recursion depth for components exceeded
         --> themes/ours/templates/canvas.html:1:1
          |
        1 | <main>{{ <again/> }}</main>
          | ^ here
          |
          = help: remove the file from themes/ to fall back to the built-in template

        1 error in 1 file
    "#]],
    );
}

#[test]
fn templates_that_include_each_other_without_end() {
    check(
        &[
            ("canvas.html", "<main>\n{% include \"a.html\" %}\n</main>\n"),
            ("a.html", "{% include \"b.html\" %}\n"),
            ("b.html", "{% if false %}{% include \"a.html\" %}{% endif %}\n"),
        ],
        expect![[r#"
            error[template-error]: `b.html` leads back to itself: `b.html` → `a.html` → `b.html`
             --> themes/ours/templates/b.html:1:26
              |
            1 | {% if false %}{% include "a.html" %}{% endif %}
              |                          ^^^^^^^^ here
              |
              = help: correct the file; the built-in theme has none of this name

            1 error in 1 file
        "#]],
    );
}

#[test]
fn a_long_row_of_includes() {
    let row = row(200);
    let mut templates: Vec<(&str, &str)> =
        row.iter().map(|(name, text)| (&**name, &**text)).collect();
    templates.extend([("i200.html", "end"), ("canvas.html", "{% include \"i0.html\" %}")]);
    check(
        &templates,
        expect![[r#"
        error[template-error]: parents, blocks and includes can lead on to each other at most 50 times, and from here it is more
         --> themes/ours/templates/canvas.html:1:12
          |
        1 | {% include "i0.html" %}
          |            ^^^^^^^^^ here
          |
          = help: remove the file from themes/ to fall back to the built-in template

        1 error in 1 file
    "#]],
    );
}

#[test]
fn blocks_that_hold_each_other() {
    check(
        &[
            (
                "canvas.html",
                "{% extends \"base.html\" %}\n{% block inner %}\n{% block outer %}{{ super() }}{% endblock outer %}\n{% endblock inner %}\n",
            ),
            (
                "base.html",
                "{% block outer %}{% block inner %}{% endblock inner %}{% endblock outer %}",
            ),
        ],
        expect![[r#"
            error[template-error]: `inner` leads back to itself: `inner` → `outer` → `inner`
             --> themes/ours/templates/canvas.html:2:10
              |
            2 | {% block inner %}
              |          ^^^^^ here
              |
              = help: remove the file from themes/ to fall back to the built-in template

            1 error in 1 file
        "#]],
    );
}

#[test]
fn an_if_with_branches_without_end() {
    let text = format!("{{% if false %}}{}{{% endif %}}", "\n{% elif true %}a".repeat(20_000));
    check(
        &[("canvas.html", &text)],
        expect![[r#"
        error[template-error]: an `if` can have at most 200 `elif`
           --> themes/ours/templates/canvas.html:202:9
            |
        202 | {% elif true %}a
            |         ^^^^ here
            |
            = help: remove the file from themes/ to fall back to the built-in template

        1 error in 1 file
    "#]],
    );
}

#[test]
fn values_deep_inside_each_other() {
    let text = "{% set_global a = [1] %}{% for i in range(end=100000) %}{% set_global a = [a] %}{% endfor %}";
    let handbook = themed(&[("canvas.html", text)]).file("canvasbook.toml", "theme = \"ours\"\n");
    handbook.run("build --quiet").status(0).stderr_is("");
}

#[test]
fn loops_that_print_nothing() {
    check(
        &[("canvas.html", ENDLESS)],
        expect![[r#"
        error[template-error]: a page of this template was not finished after 2 s
         --> themes/ours/templates/canvas.html:1:1
          |
        1 | {% for a in range(end=100000) %}{% for b in range(end=100000) %}{% for c in range(end=100000…
          | ^ in this template or in one that it uses
          |
          = help: look for loops in loops; if the page needs longer, set `timeout` in canvasbook.toml to more seconds

        1 error in 1 file
    "#]],
    );
}

#[test]
fn one_file_is_given_up_as_a_site_is() {
    let handbook = themed(&[("canvas.html", ENDLESS)]);
    for part in ["", "content/bakery.md"] {
        let export = handbook.run(&format!("export --format html {part}"));
        let build = handbook.run("build --quiet").status(1);
        export.status(1).stdout_is("").stderr_is(build.messages());
    }
}

#[test]
fn a_page_that_grows_without_end() {
    let line = "x".repeat(1_000_000);
    let text = format!("{{% for a in range(end=100000) %}}{line}{{% endfor %}}");
    let handbook = themed(&[("canvas.html", &text)]).file("canvasbook.toml", "theme = \"ours\"\n");
    handbook.breaks(expect![[r#"
        error[template-error]: a page of this template is larger than 256 MiB
         --> themes/ours/templates/canvas.html:1:1
          |
        1 | {% for a in range(end=100000) %}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
          | ^ in this template or in one that it uses
          |
          = help: look for loops in loops, and for a list that belongs on several pages

        1 error in 1 file
    "#]]);
}

#[test]
fn a_build_that_was_given_up_leaves_nothing_behind() {
    let handbook = themed(&[("canvas.html", ENDLESS)]);
    let before = handbook.tree("public");
    handbook.run("build --quiet").status(1);
    assert!(handbook.tree("public") == before, "the site is as it was");
    handbook.remove("themes/ours/templates/canvas.html");
    handbook.run("build --quiet").status(0).stderr_is("");
}

#[test]
fn watch_goes_on_when_the_template_is_mended() {
    let handbook = themed(&[("own.html", "")]);
    let watching = Watching::start(&handbook, "watch");
    let template = "themes/ours/templates/canvas.html";
    for round in 0..2 {
        save(&handbook, template, format!("{ENDLESS}{round}"));
        assert_eq!(watching.build().did, "1 error, the site stays as it was");
        let messages = watching.messages();
        assert!(messages.contains("was not finished after 2 s"), "{messages}");
        save(&handbook, template, format!("<main>mended {round}</main>\n"));
        assert!(watching.build().did.contains(" written"), "the mended template counts");
        save(&handbook, "content/bakery.md", format!("{CANVAS}- **Bread {round}**\n"));
        assert!(watching.build().did.contains(" written"), "and so does every later change");
        watching.ends_equal_to_a_clean_build("public");
    }
}

const TEMPLATE: &str = "themes/ours/templates/canvas.html";

/// A page is given up only after a day.
const PATIENT: &str = "theme = \"ours\"\ntimeout = 86400\n";

#[test]
fn serve_does_not_wait_for_a_page_that_nobody_wants_any_more() {
    for flags in ["--port 0", "--port 0 --poll"] {
        let handbook = themed(&[("own.html", "")]).file("canvasbook.toml", PATIENT);
        let preview = Preview::start(&handbook, flags);
        let mut tab = preview.tab("/bakery.html", None);
        tab.news();
        save(&handbook, TEMPLATE, ENDLESS);
        // Time to begin rendering the page. A machine that is too slow for that has less to get
        // right.
        thread::sleep(Duration::from_secs(2));
        save(&handbook, TEMPLATE, "<main>mended</main>\n");
        preview.until("/bakery.html", 200, "mended");
        save(&handbook, "content/index.md", "# Another home\n");
        preview.until("/index.html", 200, "Another home");
    }
}

#[test]
fn tabs_and_requests_of_a_page_without_end_get_the_mended_one() {
    let handbook = themed(&[("canvas.html", ENDLESS)]).file("canvasbook.toml", PATIENT);
    let mut preview = Preview::start(&handbook, "--port 0");
    let mut tab = preview.tab("/bakery.html", None);
    thread::scope(|scope| {
        let asked = scope.spawn(|| preview.get("/bakery.html"));
        assert_eq!(preview.get("/index.html").status, 200, "other pages are made meanwhile");
        save(&handbook, TEMPLATE, "<main>mended</main>\n");
        let answer = asked.join().expect("it is answered");
        assert_eq!((answer.status, &*answer.as_built()), (200, "<main>mended</main>\n"));
    });
    assert!(tab.news()["errors"].as_array().is_some_and(Vec::is_empty));
    assert!(preview.child.try_wait().expect("can be asked").is_none(), "it still runs");
}

#[test]
fn serve_gives_a_page_up_that_is_looked_at() {
    let handbook = themed(&[("own.html", "")]);
    let mut preview = Preview::start(&handbook, "--port 0");
    let mut tab = preview.tab("/bakery.html", None);
    tab.news();
    save(&handbook, TEMPLATE, ENDLESS);
    let line = format!("{TEMPLATE}: a page cannot be made, the pages stay as they were ([TIME])");
    assert_eq!(preview.line(), line);
    preview.until("/bakery.html", 200, "Fresh bread");
    let errors = tab.news()["errors"].clone();
    assert_eq!(errors.as_array().map(Vec::len), Some(1), "{errors}");
    save(&handbook, TEMPLATE, "<main>mended</main>\n");
    preview.until("/bakery.html", 200, "mended");
    assert!(tab.news()["errors"].as_array().is_some_and(Vec::is_empty));
    let said = preview.messages();
    assert_eq!(errors[0], said.trim_end(), "tabs and the terminal are told the same");
    expect![[r#"
        error[template-error]: a page of this template was not finished after 2 s
         --> themes/ours/templates/canvas.html:1:1
          |
        1 | {% for a in range(end=100000) %}{% for b in range(end=100000) %}{% for c in range(end=100000…
          | ^ in this template or in one that it uses
          |
          = help: look for loops in loops; if the page needs longer, set `timeout` in canvasbook.toml to more seconds
    "#]].assert_eq(&said);
}

#[test]
fn serve_gives_a_page_up_that_is_asked_for() {
    let handbook = themed(&[("canvas.html", ENDLESS)]);
    let preview = Preview::start(&handbook, "--port 0");
    preview.until("/bakery.html", 500, "was not finished after 2 s");
    // Whichever page comes next belongs to the same site.
    preview.until("/index.html", 500, "themes/ours/templates/canvas.html");
    save(&handbook, TEMPLATE, "<main>mended</main>\n");
    preview.until("/bakery.html", 200, "mended");
    preview.until("/index.html", 200, "bakery.html");
}
