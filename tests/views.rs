//! The pages of lists, as text in and text out.

use std::fmt::Write as _;

use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::source::{Source, SourcePath};
use canvasbook::view::a_z::{self, AToZView};
use canvasbook::view::list::{self, ListGroupView, ListView};
use canvasbook::view::url::SitePath;
use expect_test::{Expect, expect};

#[path = "views/analysis.rs"]
mod analysis;
#[path = "views/gaps.rs"]
mod gaps;
#[path = "views/gathered.rs"]
mod gathered;
#[path = "views/reviews.rs"]
mod reviews;

fn compiled(config: &str, documents: &[(&str, &str)]) -> Compiled {
    let documents = documents.iter().map(|(path, text)| {
        let path = SourcePath::new(format!("content/{path}"));
        (path, (*text).into())
    });
    let inputs = Inputs {
        config: Some(Source::new("canvasbook.toml", config)),
        documents: documents.collect(),
        ..Inputs::default()
    };
    compile(&inputs, &mut Memo::default())
}

/// The page of an entry of a list as an outline.
fn outline(compiled: &Compiled, path: &str) -> String {
    let Some(Output::Page(key)) = compiled.site.get(&SitePath::new(path)) else {
        let paths: Vec<String> = compiled.site.keys().map(SitePath::to_string).collect();
        panic!("{path} is none of {paths:#?}");
    };
    let (layout, view) = list::view(&compiled.edition, key.at);
    let ListView { kicker, title, lede, owner, note, numbers, groups, paging, .. } = view;
    let mut text = format!("{kicker}: {title}\n");
    let numbers = numbers.iter().map(|number| format!("{} {}", number.value, number.label));
    let owner = owner.map(|owner| format!("Owner: {}", owner.title));
    let contents = layout.contents.iter().map(|entry| format!("#{}", entry.id));
    let paging = paging.map(|paging| format!("Page {} of {}", paging.number, paging.of));
    let lines = [
        lede,
        owner.unwrap_or_default(),
        note,
        numbers.collect::<Vec<_>>().join(", "),
        contents.collect::<Vec<_>>().join(" "),
        paging.unwrap_or_default(),
    ];
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "{line}");
    }
    groups.iter().for_each(|group| add_group(&mut text, group));
    text
}

fn add_group(text: &mut String, group: &ListGroupView) {
    let ListGroupView { id, title, departments, table_html, pages, .. } = group;
    let _ = writeln!(text, "## {title} {{{id}}}");
    let titles = departments.iter().map(|it| &it.title);
    for title in titles.chain(pages.iter().map(|it| &it.title)) {
        let _ = writeln!(text, "- {title}");
    }
    add_rows(text, table_html, 5);
}

/// Adds the first rows of a table.
fn add_rows(text: &mut String, table_html: &str, most: usize) {
    let rows: Vec<&str> = table_html.split("<tr>").skip(1).collect();
    for row in rows.iter().take(most) {
        let cells = row.split("</t").map(plain);
        let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
        let _ = writeln!(text, "- {}", cells.join(" | "));
    }
    if let Some(more) = rows.len().checked_sub(most).filter(|more| *more > 0) {
        let _ = writeln!(text, "- and {more} more");
    }
}

/// Markup without its tags.
fn plain(html: &str) -> String {
    let texts = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    texts.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

const BAKERY: &str = "\
+++
title = \"Bakery\"
owner = \"Head Baker\"
stage = \"grow\"
tags = [\"Bread\"]
+++

## Key Activities

### Production

- **Baking** {category=production with=\"Sales\"} — for [warm bread](#warm-bread).
- **Cleaning** {owner=\"Head Baker\"}

### Sales

- **Selling** {category=platform}

## Channels

## Value Propositions

- **Warm bread** {owner=\"Head Baker\"} — each day.
";

const CAFE: &str = "\
+++
title = \"Café\"
stage = \"grow\"
+++

## Key Activities

### Baking and Roasting

- **Roasting** {category=production}

## Channels

## Value Propositions

- **Fresh coffee**
";

const CONFIG: &str = "\
[departments.production]
owner = \"Head Baker\"
aliases = [\"Baking and Roasting\"]
";

#[track_caller]
fn check(path: &str, expected: Expect) {
    let page = "+++\ntags = [\"bread\"]\n+++\n# How to bake\n";
    let documents = [("bakery.md", BAKERY), ("cafe.md", CAFE), ("how.md", page)];
    expected.assert_eq(&outline(&compiled(CONFIG, &documents), path));
}

#[test]
fn a_department_leads_by_category_and_contributes() {
    check(
        "departments/production.html",
        expect![[r#"
            Department: Production
            Owner: Head Baker
            Also called Baking and Roasting
            3 Leads, 0 Contributes to, 2 Canvases
            #production #no-category #_losses
            ## Production {production}
            - Activities | Canvas | For | With
            - Baking for warm bread. | Bakery | Warm bread | Sales
            - Roasting | Café
            ## Without a category {no-category}
            - Activities | Canvas | For | With
            - Cleaning | Bakery
            ## What depends on it {_losses}
            - Canvas | Falls without it
            - Bakery | Warm bread
        "#]],
    );
    check(
        "departments/sales.html",
        expect![[r#"
            Department: Sales
            1 Leads, 1 Contributes to, 1 Canvases
            #platform #_contributions
            ## Platform / Network {platform}
            - Activities | Canvas
            - Selling | Bakery
            ## Contributes to {_contributions}
            - Activities | Canvas | For | Department
            - Baking for warm bread. | Bakery | Warm bread | Production
        "#]],
    );
}

#[test]
fn a_category_and_a_block_list_elements_by_canvas() {
    check(
        "categories/production.html",
        expect![[r#"
            Category: Production
            Designing, making and delivering a product, usually in large numbers or at high quality. Most of what a manufacturer must do well is of this kind.
            2 Activities, 2 Canvases
            ##  {}
            - Activities | Canvas | For | Department | With
            - Baking for warm bread. | Bakery | Warm bread | Production | Sales
            - Roasting | Café | Production
        "#]],
    );
    check(
        "categories/problem-solving.html",
        expect![[r#"
            Category: Problem Solving
            Finding a new answer to one customer’s problem, again and again. It lives on shared knowledge and steady training, as in hospitals, consultancies and most other services.
            0 Activities, 0 Canvases
        "#]],
    );
    check(
        "blocks/value-propositions.html",
        expect![[r#"
            Building block: Value Propositions
            Which problem do we solve or which need do we meet, and why would somebody choose us?
            2 Elements, 2 Canvases
            ##  {}
            - Elements | Canvas | Owner
            - Warm bread each day. | Bakery | Head Baker
            - Fresh coffee | Café
        "#]],
    );
}

#[test]
fn a_stage_and_a_tag_list_documents() {
    check(
        "stages/grow.html",
        expect![[r#"
            Stage · Exploit: Grow
            A running business that is extended to more customers, places or products.
            2 Canvases
            ## Canvases {}
            - Canvas | Owner | Elements
            - Bakery | Head Baker | 4
            - Café | 2
        "#]],
    );
    check(
        "tags/bread.html",
        expect![[r#"
            Tag: Bread
            1 Canvases, 1 Pages
            ## Canvases {}
            - Canvas | Stage | Owner | Elements
            - Bakery | Grow | Head Baker | 4
            ## Pages {}
            - How to bake
        "#]],
    );
}

#[test]
fn an_owner_answers_for_departments_canvases_and_elements() {
    check(
        "owners/head-baker.html",
        expect![[r#"
            Owner: Head Baker
            1 Canvases, 1 Departments, 4 Elements
            #_departments #_canvases #_elements
            ## Departments {_departments}
            - Production
            ## Canvases {_canvases}
            - Canvas | Stage | Elements
            - Bakery | Grow | 4
            ## Answers for {_elements}
            - Elements | Canvas | For | Department | With
            - Baking for warm bread. | Bakery | Warm bread | Production | Sales
            - Cleaning | Bakery | Production
            - Warm bread each day. | Bakery
            - Roasting | Café | Production
        "#]],
    );
}

#[test]
fn what_a_department_leads_and_contributes_to_goes_on_from_page_to_page() {
    let mut text = "## Key Activities\n\n### Production\n\n".to_owned();
    for at in 0..300 {
        let _ = writeln!(text, "- **Baking {at}** {{with=\"Sales\"}}");
    }
    text.push_str("\n### Sales\n\n");
    for at in 0..300 {
        let _ = writeln!(text, "- **Selling {at}** {{category=platform with=\"Production\"}}");
    }
    text.push_str("\n## Channels\n\n## Value Propositions\n");
    let compiled = compiled("", &[("bakery.md", &text)]);
    let pages = ["departments/sales.html", "departments/sales/2.html"];
    let shown = pages.map(|path| outline(&compiled, path)).concat();
    expect![[r#"
        Department: Sales
        300 Leads, 300 Contributes to, 1 Canvases
        #platform #_contributions
        Page 1 of 2
        ## Platform / Network {platform}
        - Activities | Canvas | With
        - Selling 0 | Bakery | Production
        - Selling 1 | Bakery | Production
        - Selling 2 | Bakery | Production
        - Selling 3 | Bakery | Production
        - and 296 more
        ## Contributes to {_contributions}
        - Activities | Canvas | Department
        - Baking 0 | Bakery | Production
        - Baking 1 | Bakery | Production
        - Baking 2 | Bakery | Production
        - Baking 3 | Bakery | Production
        - and 96 more
        Department: Sales
        300 Leads, 300 Contributes to, 1 Canvases
        #_contributions
        Page 2 of 2
        ## Contributes to {_contributions}
        - Activities | Canvas | Department
        - Baking 100 | Bakery | Production
        - Baking 101 | Bakery | Production
        - Baking 102 | Bakery | Production
        - Baking 103 | Bakery | Production
        - and 196 more
    "#]]
    .assert_eq(&shown);
}

/// A page of the index of elements as an outline.
fn a_z(compiled: &Compiled, path: &str) -> String {
    let Some(Output::Page(key)) = compiled.site.get(&SitePath::new(path)) else {
        panic!("{path} is no page");
    };
    let (layout, view) = a_z::view(&compiled.edition, key.at);
    let AToZView { title, lede, initials, groups, paging } = view;
    let mut text = format!("{title}: {lede}\n");
    for initial in initials {
        let _ =
            writeln!(text, "{} ({}) {}", initial.title, initial.count.unwrap_or(0), initial.url);
    }
    for group in groups {
        let _ = writeln!(text, "## {} {{{}}}", group.title, group.id);
        let rows: Vec<&str> = group.rows_html.lines().collect();
        rows.iter().take(4).for_each(|row| text.push_str(&format!("- {}\n", plain(row))));
        if rows.len() > 4 {
            let _ = writeln!(text, "- … {}", plain(rows[rows.len() - 1]));
        }
    }
    let neighbours =
        [layout.previous, layout.next].map(|it| it.map_or_else(String::new, |it| it.title));
    let _ = writeln!(text, "{neighbours:?} {:?}", paging.map(|it| [it.number, it.of]));
    text
}

#[test]
fn elements_are_listed_by_the_first_letter_of_their_names() {
    let bakery = "\
+++
title = \"Bakery\"
+++

## Key Activities

### Production

- **Öfen heizen** — every night.
- **over-night dough**
- “Quick” rolls
- 24 hours a day
- A sentence that says what has to be done each morning, at some length, and that so is no name but a text.

## Channels

- **Ofen**
- **Йогурт**
- **配達**

## Value Propositions
";
    let german = bakery.replace("+++\n\n", "lang = \"de\"\n+++\n\n").replace("Öfen", "Ofen <b>");
    let compiled = compiled("", &[("a.md", bakery), ("b.md", &german)]);
    expect![[r#"
        A–Z: Every element of every canvas, by the first letter of its name.
        Digits and signs (2) #_0-9
        A (2) #_a
        O (6) #_o
        Q (2) #_q
        Й (2) #_%D0%B9
        漢 (2) #_%E6%BC%A2
        ## Digits and signs {_0-9}
        - 24 hours a day Bakery › Key Activities
        - 24 hours a day Bakery › Key Activities
        ## A {_a}
        - A sentence that says what has to be done each morning, at some length, and that … Bakery › Key Activities
        - A sentence that says what has to be done each morning, at some length, and that … Bakery › Key Activities
        ## O {_o}
        - Ofen Bakery › Channels
        - Ofen Bakery › Channels
        - Ofen &lt;b&gt; heizen Bakery › Key Activities
        - Öfen heizen Bakery › Key Activities
        - … over-night dough Bakery › Key Activities
        ## Q {_q}
        - “Quick” rolls Bakery › Key Activities
        - “Quick” rolls Bakery › Key Activities
        ## Й {_й}
        - Йогурт Bakery › Channels
        - Йогурт Bakery › Channels
        ## 漢 {_漢}
        - 配達 Bakery › Channels
        - 配達 Bakery › Channels
        ["", ""] None
    "#]].assert_eq(&a_z(&compiled, "a-z/index.html"));
}

#[test]
fn a_large_index_of_elements_has_pages_by_letter() {
    let items = |name: &str, count: usize| -> String {
        (0..count).map(|at| format!("- **{name} {at:03}**\n")).collect()
    };
    let text = format!(
        "## Channels\n\n{}\n## Key Partners\n\n{}\n## Cost Structure\n\n- **Milk**\n",
        items("Shop", 399),
        items("Šop", 3)
    );
    let compiled = compiled("", &[("a.md", &text)]);
    let pages = ["a-z/index.html", "a-z/m.html", "a-z/s.html", "a-z/s/2.html"];
    expect![[r#"
        A–Z: Every element of every canvas, by the first letter of its name.
        M (1) m.html
        S (402) s.html
        ["", ""] None

        M: 1 element
        ##  {}
        - Milk A › Cost Structure
        ["", "S"] None

        S: 402 elements
        ##  {}
        - Shop 000 A › Channels
        - Shop 001 A › Channels
        - Shop 002 A › Channels
        - Shop 003 A › Channels
        - … Šop 000 A › Key Partners
        ["M", ""] Some([1, 2])

        S: 402 elements
        ##  {}
        - Šop 001 A › Key Partners
        - Šop 002 A › Key Partners
        ["M", ""] Some([2, 2])
    "#]]
    .assert_eq(&pages.map(|path| a_z(&compiled, path)).join("\n"));
}

#[test]
fn a_handbook_without_elements_has_no_index_of_them() {
    let compiled = compiled("", &[("a.md", "# A page\n")]);
    assert!(!compiled.site.keys().any(|path| path.as_str().starts_with("a-z/")));
}
