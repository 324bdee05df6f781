use expect_test::{Expect, expect};
use pulldown_cmark::{Event, LinkType, Tag};

use super::{Destination, Markup};
use std::sync::Arc;

use crate::canvas::{Document, Heading, Holder, LinkTarget, LinksBuilder};
use crate::front_matter::FrontMatter;
use crate::source::{SourcePath, Span};
use crate::{markdown, slug};

/// A document as the parser makes it, as far as markup needs it: `{#…}` is hidden, headings have
/// ids, links have targets.
pub fn document(text: &str) -> Document {
    let body = Span::new(0, text.len());
    let source: Arc<str> = text.into();
    let (mut links, mut headings) = (LinksBuilder::new(&source), Vec::<Heading>::new());
    for (event, range) in markdown::events(text, body) {
        let span = Span::from(range);
        match event {
            Event::Start(Tag::Link { link_type, ref dest_url, .. })
            | Event::Start(Tag::Image { link_type, ref dest_url, .. }) => {
                let image = matches!(event, Event::Start(Tag::Image { .. }));
                let holder = Holder::Document;
                match link_type {
                    LinkType::WikiLink { .. } => links.push_wiki(span, image, holder, dest_url),
                    LinkType::Email => {
                        links.push_url(span, image, holder, &format!("mailto:{dest_url}"));
                    }
                    _ => links.push_url(span, image, holder, dest_url),
                }
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let title = span.of(text).trim_start_matches('#');
                let (title, id) = title.split_once(" {#").unwrap_or((title, ""));
                let title = title.trim().to_owned();
                let id = if id.is_empty() { slug::slug(&title) } else { id.replace("}\n", "") };
                let number = headings.iter().filter(|heading| heading.id.starts_with(&id)).count();
                let id = if number == 0 { id } else { format!("{id}-{number}") };
                let heading = Heading { level: level as u8, title, id, explicit: false, span };
                headings.push(heading);
            }
            _ => {}
        }
    }
    let hidden = text.match_indices("{#").filter_map(|(start, _)| {
        let length = text[start..].find('}')? + 1;
        Some(Span::new(start, start + length))
    });
    Document {
        path: SourcePath::new("content/a.md"),
        text: source,
        front: FrontMatter::default(),
        body,
        title: "A".to_owned(),
        title_heading: None,
        headings,
        paragraphs: Box::default(),
        links: links.finish(),
        hidden: hidden.collect(),
        unused_footnotes: Box::default(),
        is_plain: false,
        canvas: None,
    }
}

/// Leads each link to its address, wiki links to `#name`; `missing.md` does not exist.
pub fn destinations(document: &Document) -> impl Fn(usize) -> Destination {
    |index| {
        let url = |url: &str, external| {
            let title = url.ends_with("tip.md").then(|| "A \"tip\"".to_owned());
            Destination::Url { url: url.to_owned(), title, external }
        };
        match &document.links.at(index).target() {
            LinkTarget::External(to) | LinkTarget::Unsafe(to) => url(to, true),
            LinkTarget::Path { path, .. } if **path == *"missing.md" => Destination::Text,
            LinkTarget::Path { path, .. } => url(path, false),
            LinkTarget::Wiki { name, .. } => {
                url(&format!("#{}", name.as_deref().unwrap_or("top")), false)
            }
            LinkTarget::Fragment(_) | LinkTarget::Site { .. } => Destination::Text,
        }
    }
}

/// The blocks of a whole text, then its footnotes.
pub fn blocks(text: &str) -> String {
    let document = document(text);
    let links = destinations(&document);
    let mut markup = Markup::new(&document);
    markup.blocks(document.body, &links) + &markup.footnotes("Back to reference", &links)
}

fn check_blocks(text: &str, expected: Expect) {
    expected.assert_eq(&blocks(text));
}

/// Compares the HTML of the part of a text between `‹` and `›`.
fn check_inline(marked: &str, expected: Expect) {
    let (text, span) = unmark(marked);
    let document = document(&text);
    expected.assert_eq(&Markup::new(&document).inline(span, &destinations(&document)));
}

fn unmark(marked: &str) -> (String, Span) {
    let start = marked.find('‹').unwrap();
    let end = marked.find('›').unwrap() - '‹'.len_utf8();
    (marked.replace(['‹', '›'], ""), Span::new(start, end))
}

#[test]
fn a_name_and_its_text_are_cut_from_an_item() {
    check_inline("- ‹**A**› — b [c](d.md)\n", expect!["<strong>A</strong>"]);
    check_inline("- **‹A›** — b [c](d.md)\n", expect!["A"]);
    check_inline(
        "- **A** — ‹b [c](d.md)\n  e *f*›\n  - g\n",
        expect![[r#"
            b <a href="d.md">c</a>
            e <em>f</em>"#]],
    );
    check_inline("- ‹Roast & grind›: every day\n", expect!["Roast &amp; grind"]);
    check_inline(
        "- Roast &amp; grind: ‹x &lt; y \\* z `w`›\n",
        expect!["x &lt; y * z <code>w</code>"],
    );
    check_inline(
        "- A\n\n  ‹b\n  c›\n",
        expect![[r#"
        b
        c"#]],
    );
    check_inline("a [[‹›", expect![[""]]);
}

#[test]
fn attributes_are_not_shown() {
    check_inline("- ‹**A** {#a with=\"p_q, r_s\"} — b›\n", expect!["<strong>A</strong> — b"]);
    check_inline(
        "- ‹**A** — b {#a owner=\"[x](y)\"}\n  c›\n",
        expect![[r#"
        <strong>A</strong> — b
        c"#]],
    );
    check_inline("‹A {#a &amp; `b`} *c*›\n", expect!["A <em>c</em>"]);
    check_blocks(
        "## A {#b}\n\ntext {#c}\n",
        expect![[r##"
        <h2 id="b">A <a class="anchor" href="#b" aria-hidden="true" tabindex="-1">#</a></h2>
        <p>text</p>
    "##]],
    );
}

#[test]
fn a_cut_link_leads_on_and_cut_emphasis_is_dropped() {
    check_inline("- ‹**A**: b›\n", expect!["<strong>A</strong>: b"]);
    check_inline("- **‹A›: b**\n", expect!["A"]);
    check_inline("- **A: ‹b *c* d› e** f\n", expect!["b <em>c</em> d"]);
    check_inline("- [‹A›: b](c.md)\n", expect![[r#"<a href="c.md">A</a>"#]]);
    check_inline("- ~~[**A**: ‹b](c.md) d›~~\n", expect![[r#"<del><a href="c.md">b</a> d</del>"#]]);
}

#[test]
fn wiki_links_show_a_name() {
    check_inline(
        "‹[[Canvas#Name]] [[#Name]] [[Canvas]] [[C|*t* x]] ![[a.png]] ![[a.png|alt]]›\n",
        expect![[
            r##"<a href="#Name">Name</a> <a href="#Name">Name</a> <a href="#top">Canvas</a> <a href="#top"><em>t</em> x</a> <img src="#top" alt="a.png" loading="lazy"> <img src="#top" alt="alt" loading="lazy">"##
        ]],
    );
}

#[test]
fn links_say_where_they_lead() {
    check_blocks(
        "[a](tip.md) [b](c.md \"T & \\\"u\\\"\") [d](missing.md \"t\") <https://e.f?a&b> <a@b.c> [](g.md)\n",
        expect![[r#"
            <p><a href="tip.md" title="A &quot;tip&quot;">a</a> <a href="c.md" title="T &amp; &quot;u&quot;">b</a> d <a href="https://e.f?a&amp;b" class="external">https://e.f?a&amp;b</a> <a href="mailto:a@b.c" class="external">a@b.c</a> <a href="g.md">g.md</a></p>
        "#]],
    );
    check_blocks(
        "[a <https://b.c> d](e.md) [f[^1]](g.md) [h][i]\n\n[^1]: x\n\n[i]: https://j.k \"T\"\n",
        expect![[r##"
            <p><a href="e.md">a https://b.c d</a> [f<sup class="footnote" id="_fn-1-1"><a href="#_fn-1">1</a></sup>](g.md) <a href="https://j.k" title="T" class="external">h</a></p>
            <ol class="footnotes">
            <li id="_fn-1"><p>x <a class="back" href="#_fn-1-1" aria-label="Back to reference 1">↩</a></p>
            </li>
            </ol>
        "##]],
    );
    check_blocks(
        "![a *b* `c` [d](e)](f.png \"T\") ![](missing.md) ![g](missing.md) [![h](i.png)](j.md)\n",
        expect![[r#"
            <p><img src="f.png" alt="a b c d" title="T" loading="lazy">  g <a href="j.md"><img src="i.png" alt="h" loading="lazy"></a></p>
        "#]],
    );
}

#[test]
fn headings_have_anchors_once() {
    let document = document("# T\n\n## A & *b*\n\n##\n\nText\n====\n\n###### Café\n");
    let document = Document { title_heading: Some(Span::new(0, 4)), ..document };
    let mut markup = Markup::new(&document);
    let links = destinations(&document);
    let html = markup.blocks_shifted(document.body, 1, &links);
    expect![[r##"
        <h3 id="a-b">A &amp; <em>b</em> <a class="anchor" href="#a-b" aria-hidden="true" tabindex="-1">#</a></h3>
        <h2 id="text">Text <a class="anchor" href="#text" aria-hidden="true" tabindex="-1">#</a></h2>
        <h6 id="café">Café <a class="anchor" href="#caf%C3%A9" aria-hidden="true" tabindex="-1">#</a></h6>
    "##]].assert_eq(&html);
    assert!(!markup.blocks(document.body, &links).contains("id="));
    assert_eq!(markup.inline(Span::new(0, 4), &links), "T");
}

#[test]
fn tables_scroll_and_align_by_class() {
    check_blocks(
        "| a | b |  | d |\n|:--|--:|:-:|---|\n| *1* | 2 | [[x]] | \n\nb\n",
        expect![[r##"
            <div class="table" tabindex="0"><table>
            <thead><tr><th class="left">a</th><th class="right">b</th><td class="center"></td><th>d</th></tr></thead>
            <tbody>
            <tr><td class="left"><em>1</em></td><td class="right">2</td><td class="center"><a href="#top">x</a></td><td></td></tr>
            </tbody></table></div>
            <p>b</p>
        "##]],
    );
}

#[test]
fn tasks_are_named_by_their_text() {
    check_blocks(
        "- [x] a *b*\n  - [ ] c\n- [ ] d\n- e\n",
        expect![[r#"
        <ul>
        <li class="task"><label><input type="checkbox" disabled checked> a <em>b</em></label>
        <ul>
        <li class="task"><label><input type="checkbox" disabled> c</label></li>
        </ul>
        </li>
        <li class="task"><label><input type="checkbox" disabled> d</label></li>
        <li>e</li>
        </ul>
    "#]],
    );
    check_blocks(
        "1. [x] a\n\n   b\n2. [ ] c\n",
        expect![[r#"
        <ol>
        <li class="task">
        <p><label><input type="checkbox" disabled checked> a</label></p>
        <p>b</p>
        </li>
        <li class="task">
        <p><label><input type="checkbox" disabled> c</label></p>
        </li>
        </ol>
    "#]],
    );
    check_inline("- ‹[x] a›\n", expect!["a"]);
}

#[test]
fn footnotes_are_numbered_by_their_first_reference() {
    check_blocks(
        "a[^z] b[^A] c[^Z] d[^none]\n\n[^a]: One[^c] more[^a].\n\n[^b]: never\n[^z]: - list\n[^c]: ```\n    code\n    ```\n",
        expect![[r##"
            <p>a<sup class="footnote" id="_fn-1-1"><a href="#_fn-1">1</a></sup> b<sup class="footnote" id="_fn-2-1"><a href="#_fn-2">2</a></sup> c<sup class="footnote" id="_fn-1-2"><a href="#_fn-1">1</a></sup> d[^none]</p>
            <ol class="footnotes">
            <li id="_fn-1"><ul>
            <li>list</li>
            </ul>
             <a class="back" href="#_fn-1-1" aria-label="Back to reference 1">↩</a> <a class="back" href="#_fn-1-2" aria-label="Back to reference 1-2">↩</a></li>
            <li id="_fn-2"><p>One<sup class="footnote" id="_fn-3-1"><a href="#_fn-3">3</a></sup> more<sup class="footnote" id="_fn-2-2"><a href="#_fn-2">2</a></sup>. <a class="back" href="#_fn-2-1" aria-label="Back to reference 2">↩</a> <a class="back" href="#_fn-2-2" aria-label="Back to reference 2-2">↩</a></p>
            </li>
            <li id="_fn-3"><pre tabindex="0"><code>code
            </code></pre>
             <a class="back" href="#_fn-3-1" aria-label="Back to reference 3">↩</a></li>
            </ol>
        "##]],
    );
}

#[test]
fn code_is_coloured_if_its_language_is_known() {
    check_blocks(
        "```toml title=x\na = 1 # <b>\n```\n\n~~~ Cobol\n<b>\n~~~\n\n    plain\n\n```\n```\n",
        expect![[r#"
            <pre tabindex="0"><code class="language-toml"><span class="hl-key">a</span> = <span class="hl-constant">1</span> <span class="hl-comment"># &lt;b&gt;</span>
            </code></pre>
            <pre tabindex="0"><code class="language-Cobol">&lt;b&gt;
            </code></pre>
            <pre tabindex="0"><code>plain
            </code></pre>
            <pre tabindex="0"><code></code></pre>
        "#]],
    );
}

#[test]
fn raw_html_is_text_and_comments_are_nothing() {
    check_blocks(
        "<div>\na <b>c</b>\n</div>\n\nd <i>e</i> <!-- f\ng --> h\n\n<!-- i\n\nj --> k\nl\n\n<p><!--> m <!-- n\no\n",
        expect![[r#"
            <p>&lt;div&gt;
            a &lt;b&gt;c&lt;/b&gt;
            &lt;/div&gt;</p>
            <p>d &lt;i&gt;e&lt;/i&gt;  h</p>
            <p>k</p>
            <p>l</p>
            <p>&lt;p&gt; m</p>
        "#]],
    );
    check_inline(
        "‹a <!-- b --><br/> c›\n",
        expect![[r#"
        a <br>
         c"#]],
    );
}

#[test]
fn parts_of_blocks_become_whole() {
    let parts = |marked| {
        let (text, span) = unmark(marked);
        let document = document(&text);
        Markup::new(&document).blocks(span, &destinations(&document))
    };
    expect![[r#"
        <ul>
        <li>b</li>
        <li>c</li>
        </ul>
    "#]]
    .assert_eq(&parts("- a\n‹- b\n- c\n›- d\n"));
    expect![[r#"
        <p>b</p>
        <ul>
        <li>c</li>
        </ul>
    "#]]
    .assert_eq(&parts("- a\n\n  ‹b\n\n  - c›\n- d\n"));
    expect![[r#"
        <p>c <em>d</em></p>
        <ul>
        <li>e</li>
        </ul>
    "#]]
    .assert_eq(&parts("- a\n  ```\n  b\n  ```\n  ‹c *d*\n  - e›\n"));
    expect![[r#"
        <ul>
        <li>b</li>
        <li>c</li>
        </ul>
        <p>d</p>
    "#]]
    .assert_eq(&parts("a\n\n‹- b\n- c\n\nd›\n\ne\n"));
    expect![[r#"
        <p>b</p>
    "#]]
    .assert_eq(&parts("> a\n>\n> ‹b› c\n"));
    expect![[r#"
        <ul>
        <li class="task"><label><input type="checkbox" disabled checked> a</label></li>
        </ul>
    "#]]
    .assert_eq(&parts("‹- [x] a› b\n"));
    expect![[""]].assert_eq(&parts("a‹›"));
}

#[test]
fn plain_text_is_what_is_read() {
    let text = "## A & b {#c}\n\n**d** `e` [f](g) [[h#i]] ![j](k)\nl<br><!-- m -->[^n] \\* &lt;\n\n- [x] o\n\n| p | q |\n|---|---|\n\n<!-- r -->\n\n[^n]: s\n";
    let document = document(text);
    let plain = Markup::new(&document).plain_text(document.body);
    expect!["A & b d e f i j l * < o p q"].assert_eq(&plain);
}
