//! What people write in notes programs and on git hosts.

use expect_test::{Expect, expect};

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};

/// Compares the `<main>` of a page, whose file has this text and lies beside a picture, a plan and a
/// canvas, and then what `check` prints.
fn check_page(text: &str, expected: Expect) {
    let handbook = Handbook::new()
        .file(SETTINGS, NO_RULES)
        .file("content/bakery.md", CANVAS)
        .file("content/img/oven.png", "")
        .file("static/plan.pdf", "")
        .file("content/notes/page.md", text);
    let checked = handbook.run("check --format github");
    handbook.run("build --quiet");
    let site = handbook.tree("public").0;
    let page = site.get("notes/page.html").map_or("", |page| str::from_utf8(page).expect("UTF-8"));
    let text = page.split_once("<div class=\"prose\">").map_or("", |(_, text)| text);
    let text = text.split_once("</div>").map_or("", |(text, _)| text);
    expected.assert_eq(&format!("{}\n{}", text.trim(), checked.text()));
}

#[test]
fn pictures_are_embedded_and_documents_linked() {
    check_page(
        "# Notes\n\n![[oven.png|300]] ![[img/oven.png|The oven]] ![[oven.png|300x200]]\n\n\
         ![[bakery]] ![[bakery#Customer Segments|customers]] ![[plan.pdf]] [[plan.pdf]]\n",
        expect![[r#"
            <p><img src="../img/oven.png" alt="oven.png" width="300" loading="lazy"> <img src="../img/oven.png" alt="The oven" loading="lazy"> <img src="../img/oven.png" alt="oven.png" width="300" height="200" loading="lazy"></p>
            <p><a href="../bakery.html" class="embed">bakery</a> <a href="../bakery.html#customer-segments" class="embed">customers</a> <a href="../plan.pdf" class="embed">plan.pdf</a> <a href="../plan.pdf">plan.pdf</a></p>
            ::warning file=content/notes/page.md,line=5,endLine=5,col=1,endColumn=12,title=embedded-document::only pictures are embedded%0Ahelp: write a link, without `!`
            ::warning file=content/notes/page.md,line=5,endLine=5,col=13,endColumn=52,title=embedded-document::only pictures are embedded%0Ahelp: write a link, without `!`
            ::warning file=content/notes/page.md,line=5,endLine=5,col=53,endColumn=66,title=embedded-document::only pictures are embedded%0Ahelp: write a link, without `!`
        "#]],
    );
    check_page(
        "# Notes\n\n![[stove.png]]\n",
        expect![[r#"

        ::error file=content/notes/page.md,line=3,endLine=3,col=1,endColumn=15,title=unknown-reference::`[[stove.png]]` does not exist%0Ahelp: a reference names a file, or behind `#` an element, a department, a block or a heading
    "#]],
    );
}

#[test]
fn marks_and_bare_addresses_are_read() {
    check_page(
        "# Notes\n\nOur ==new== shop: https://example.org/shop_a?b=1&c=2. Write to office@example.org, \
         or `https://example.org`. See [[1]](https://example.org/one) and [[2]](../bakery.md#customer-segments).\n",
        expect![[r#"
            <p>Our <mark>new</mark> shop: <a href="https://example.org/shop_a?b=1&amp;c=2" class="external">https://example.org/shop_a?b=1&amp;c=2</a>. Write to <a href="mailto:office@example.org" class="external">office@example.org</a>, or <code>https://example.org</code>. See <a href="https://example.org/one" class="external">[1]</a> and <a href="../bakery.html#customer-segments">[2]</a>.</p>
        "#]],
    );
}

#[test]
fn anchors_of_git_hosts_lead_to_headings() {
    check_page(
        "# Guide\n\n[new](#whats-new) [l'offre](#loffre) [version](#v12) [second](#prices-1) [third](#prices-2)\n\
         [top](#guide) [gitlab](#a-b) [github](#a--b) [block](../bakery.md#customer-segments)\n\n\
         ## What's new\n\n## L'offre\n\n## v1.2\n\n## Prices\n\n## Prices\n\n## A & B\n",
        expect![[r##"
            <p><a href="#what-s-new">new</a> <a href="#l-offre">l'offre</a> <a href="#v1-2">version</a> <a href="#prices-2">second</a> <a href="#prices-2">third</a>
            <a href="page.html">top</a> <a href="#a-b">gitlab</a> <a href="#a-b">github</a> <a href="../bakery.html#customer-segments">block</a></p>
            <h2 id="what-s-new">What's new <a class="anchor" href="#what-s-new" aria-hidden="true" tabindex="-1">#</a></h2>
            <h2 id="l-offre">L'offre <a class="anchor" href="#l-offre" aria-hidden="true" tabindex="-1">#</a></h2>
            <h2 id="v1-2">v1.2 <a class="anchor" href="#v1-2" aria-hidden="true" tabindex="-1">#</a></h2>
            <h2 id="prices">Prices <a class="anchor" href="#prices" aria-hidden="true" tabindex="-1">#</a></h2>
            <h2 id="prices-2">Prices <a class="anchor" href="#prices-2" aria-hidden="true" tabindex="-1">#</a></h2>
            <h2 id="a-b">A &amp; B <a class="anchor" href="#a-b" aria-hidden="true" tabindex="-1">#</a></h2>
        "##]],
    );
}

#[test]
fn an_address_is_the_text_of_an_element() {
    let handbook = Handbook::new().file(
        "content/a.md",
        "+++\ncanvas = true\n+++\n## Channels\n- **Shop** — https://example.org/a - b, ==new==\n\
         - Web shop: www.example.org\n- https://example.org\n",
    );
    let export = handbook.run("export").json();
    let elements = &export["canvases"][0]["blocks"][0]["elements"];
    let said = |at: usize| format!("{} | {}", elements[at]["name"], elements[at]["text"]);
    expect![[r#"
        "Shop" | "https://example.org/a - b, new"
        "Web shop" | "www.example.org"
        "https://example.org" | null"#]]
    .assert_eq(&[said(0), said(1), said(2)].join("\n"));
}

#[test]
fn aliases_in_yaml_are_names() {
    let handbook = Handbook::new()
        .file(
            "content/a.md",
            "---\ntitle: A\naliases: [\"Corner: the shop?\", old/a.html]\n---\nText.\n",
        )
        .file("content/b.md", "# B\n\n[[Corner the shop]]\n");
    handbook.run("check").status(0).stderr_is("");
    handbook.run("build --quiet").status(0);
    let site = handbook.tree("public").0;
    let page = str::from_utf8(&site["b.html"]).expect("UTF-8");
    assert!(page.contains("<a href=\"a.html\">Corner the shop</a>"), "{page}");
    assert!(site.contains_key("old/a.html"));
}

#[test]
fn callouts_have_a_kind_and_a_word() {
    check_page(
        "+++\nlang = \"de\"\n+++\n# Notes\n\n> [!NOTE]\n> Read *this*.\n\n> [!tip]- With a title\n> and a body\n>\n> - list\n\n\
         > [!bug]\n\n> [!unknown] kind\n\n> Plain\n",
        expect![[r#"
            <blockquote class="callout info">
            <p class="kicker">Hinweis</p>
            <p>Read <em>this</em>.</p>
            </blockquote>
            <blockquote class="callout tip">
            <p class="kicker">Tipp</p>
            <p><strong>With a title</strong></p>
            <p>and a body</p>
            <ul>
            <li>list</li>
            </ul>
            </blockquote>
            <blockquote class="callout caution">
            <p class="kicker">Vorsicht</p>
            </blockquote>
            <blockquote>
            <p>[!unknown] kind</p>
            </blockquote>
            <blockquote>
            <p>Plain</p>
            </blockquote>
        "#]],
    );
}

#[test]
fn ids_at_the_end_of_paragraphs_and_items_lead_there_and_are_not_shown() {
    check_page(
        "# Notes\n\nIt opens *early*. ^early\n\n- One ^one\n- Two\n  1. Three ^three\n\n> Quoted\n\n^quoted\n\n\
         ```\ncode ^code\n```\n\n^fence\n\n## Ways ^ways\n\nA square: m ^2.\n\n\
         See [[page#^early]], [[page#^one|one]], [[#^three]], [x](#^quoted), [[#^table]], [[#^fence]], [[#^ways]].\n\n\
         | A |\n|---|\n| b |\n\n^table\n",
        expect![[r##"
            <p id="early">It opens <em>early</em>.</p>
            <ul>
            <li id="one">One</li>
            <li>Two
            <ol>
            <li id="three">Three</li>
            </ol>
            </li>
            </ul>
            <blockquote id="quoted">
            <p>Quoted</p>
            </blockquote>
            <pre id="fence" tabindex="0"><code>code ^code
            </code></pre>
            <h2 id="ways">Ways <a class="anchor" href="#ways" aria-hidden="true" tabindex="-1">#</a></h2>
            <p>A square: m ^2.</p>
            <p>See <a href="#early">page</a>, <a href="#one">one</a>, <a href="#three">three</a>, <a href="#quoted">x</a>, <a href="#table">table</a>, <a href="#fence">fence</a>, <a href="#ways">ways</a>.</p>
            <div id="table" class="table" tabindex="0"><table>
            <thead><tr><th>A</th></tr></thead>
            <tbody>
            <tr><td>b</td></tr>
            </tbody></table>
        "##]],
    );
}

#[test]
fn a_comment_leaves_the_words_around_it_apart() {
    check_page(
        "# Notes\n\none %%or%% two, three %%and more%%, four %%x%% %%y%%*five* %%z%%[six](page.md)\n",
        expect![[r#"
            <p>one two, three, four <em>five</em> <a href="page.html">six</a></p>
        "#]],
    );
    check_page(
        "# Notes\n\none %%c%%€5 three %%c%%$7 four %%c%%+8 e %%c%%![p](../img/oven.png) f %%c%%~~old~~ k %%c%%‘l’ \
         m %%c%%»n« o %%x%%%%y%%p\n\n\
         (a %%c%%) “e %%c%%” [f %%c%%](page.md) g %%c%%! h %%c%%’s %%x%%%%y%%: i %%c%%\n",
        expect![[r#"
            <p>one €5 three $7 four +8 e <img src="../img/oven.png" alt="p" loading="lazy"> f <del>old</del> k ‘l’ m »n« o p</p>
            <p>(a) “e” <a href="page.html">f</a> g! h’s: i</p>
        "#]],
    );
}
