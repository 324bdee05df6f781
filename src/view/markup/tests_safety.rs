//! What authors cannot do: bring markup of their own into a page, or break it.

use expect_test::{Expect, expect};

use super::tests::{blocks, destinations, document};
use super::{Destination, Markup};
use crate::source::Span;
use crate::view::escape;

/// Everything that may be in the output: tags with their attributes.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "title", "class", "aria-hidden", "aria-label", "tabindex"]),
    ("blockquote", &["class"]),
    ("br", &[]),
    ("code", &["class"]),
    ("del", &[]),
    ("div", &["class", "tabindex"]),
    ("em", &[]),
    ("h1", &["id"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "title", "width", "height", "loading"]),
    ("input", &["type", "disabled", "checked"]),
    ("label", &[]),
    ("mark", &[]),
    ("li", &["class", "id"]),
    ("ol", &["class", "start"]),
    ("p", &["class"]),
    ("pre", &["tabindex"]),
    ("span", &["class"]),
    ("strong", &[]),
    ("sup", &["class", "id"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

/// Reads HTML strictly: every tag closed in turn, every attribute known and quoted, every URL with a
/// safe scheme, no id twice.
fn assert_safe(html: &str, source: &str) {
    let (mut open, mut ids) = (Vec::new(), Vec::new());
    let mut rest = html;
    while let Some(start) = rest.find(['<', '>']) {
        let tag = &rest[start..];
        assert!(tag.starts_with('<'), "a stray `>` in {html:?} of {source:?}");
        let end = tag.find('>').unwrap_or_else(|| panic!("no end in {html:?} of {source:?}"));
        let inside = &tag[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "in {html:?} of {source:?}");
        } else {
            let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
            let allowed = ALLOWED.iter().find(|(allowed, _)| *allowed == name);
            let (_, allowed) =
                allowed.unwrap_or_else(|| panic!("<{name}> in {html:?} of {source:?}"));
            for (name, value) in attributes_of(attributes) {
                assert!(allowed.contains(&name), "{inside:?} in {html:?} of {source:?}");
                if name == "href" || name == "src" {
                    assert!(escape::is_safe_url(value), "{inside:?} of {source:?}");
                    assert!(!value.contains(char::is_whitespace), "{inside:?} of {source:?}");
                }
                if name == "id" {
                    ids.push(value);
                }
            }
            if !["br", "hr", "img", "input"].contains(&name) {
                open.push(name);
            }
        }
        rest = &tag[end + 1..];
    }
    assert!(open.is_empty(), "{open:?} open in {html:?} of {source:?}");
    assert!(!html.contains('\0'), "a NUL in {html:?} of {source:?}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id twice in {html:?} of {source:?}");
}

/// The attributes of a tag; a value may contain anything but the quote that ends it.
fn attributes_of(text: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(value) => value.split_once('"').expect("a closing quote"),
            None => ("", behind),
        };
        attributes.push((name, value));
        assert!(behind.is_empty() || behind.starts_with(' '), "{text:?}");
        rest = behind.trim_start();
    }
    attributes
}

fn check(text: &str, expected: Expect) {
    let html = blocks(text);
    assert_safe(&html, text);
    expected.assert_eq(&html);
}

#[test]
fn unsafe_urls_are_text() {
    check(
        "[a](javascript:alert(1)) [b](data:text/html,x) [c](VBScript:x) ![d](javascript:x)\n",
        expect![[r#"
            <p>a b c d</p>
        "#]],
    );
    check(
        "[a](JaVaScRiPt&colon;alert) [b](java&#10;script:x) [c](&#x1;javascript:x) [d](%6Aavascript:x)\n",
        expect![[r#"
            <p>a b c d</p>
        "#]],
    );
    check(
        "<javascript:alert(1)> <data:x> [a]\n\n[a]: javascript:x 'y'\n",
        expect![[r#"
        <p>javascript:alert(1) data:x a</p>
    "#]],
    );
    check(
        "[[javascript:alert(1)]] [[javascript:x|y]] ![[data:x]]\n",
        expect![[r##"
            <p><a href="#top">javascript:alert(1)</a> <a href="#top">y</a> <a href="#top" class="embed">data:x</a></p>
        "##]],
    );
}

#[test]
fn html_stays_text() {
    check(
        "<img src=x onerror=alert(1)> a <svg/onload=x> <script>b</script>\n",
        expect![[r#"
        <p>&lt;img src=x onerror=alert(1)&gt; a &lt;svg/onload=x&gt; &lt;script&gt;b&lt;/script&gt;</p>
    "#]],
    );
    check(
        "<script>\nalert(1)\n</script>\n\n<!-- --><b>\n\n<?php x ?>\n\n<![CDATA[<i>]]>\n",
        expect![[r#"
            <p>&lt;script&gt;
            alert(1)
            &lt;/script&gt;</p>
            <p>&lt;b&gt;</p>
            <p>&lt;?php x ?&gt;</p>
            <p>&lt;![CDATA[&lt;i&gt;]]&gt;</p>
        "#]],
    );
    check(
        "a <!-- <b> --> <!--> <i> --> <!---> <u>\n",
        expect![[r#"
        <p>a   &lt;i&gt; --&gt;  &lt;u&gt;</p>
    "#]],
    );
    check(
        "&lt;b&gt; \\<b> `<b>` &#60;i&#62;\n",
        expect![[r#"
        <p>&lt;b&gt; &lt;b&gt; <code>&lt;b&gt;</code> &lt;i&gt;</p>
    "#]],
    );
}

#[test]
fn no_value_leaves_its_attribute() {
    check(
        "[a](b.md '\"><b onclick=\"x') ![\"><b>](c.png \"&quot;><i>\") [d](<e\" f='g'>)\n",
        expect![[r#"
            <p><a href="b.md" title="&quot;&gt;&lt;b onclick=&quot;x">a</a> <img src="c.png" alt="&quot;&gt;&lt;b&gt;" title="&quot;&gt;&lt;i&gt;" loading="lazy"> <a href="e%22%20f=&#39;g&#39;">d</a></p>
        "#]],
    );
    check(
        "```a\"onclick=\"x<b> c\nd\n```\n\n~~~ \"><b>\n~~~\n",
        expect![[r#"
        <pre tabindex="0"><code class="language-a&quot;onclick=&quot;x&lt;b&gt;">d
        </code></pre>
        <pre tabindex="0"><code class="language-&quot;&gt;&lt;b&gt;"></code></pre>
    "#]],
    );
    check(
        "[[a\"><b>#c\"<i>]] [[a|<b>\"]] ![[\"<b>]]\n",
        expect![[r##"
            <p><a href="#c%22%3Ci%3E">c"&lt;i&gt;</a> <a href="#top">&lt;b&gt;"</a> <a href="#top" class="embed">"&lt;b&gt;</a></p>
        "##]],
    );
    check(
        "a[^\"><b>]\n\n[^\"><b>]: c\n\n# <b>\"' {#x\"y}\n",
        expect![[r##"
        <p>a<sup class="footnote" id="_fn-1-1"><a href="#_fn-1">1</a></sup></p>
        <h1 id="x&quot;y">&lt;b&gt;"' <a class="anchor" href="#x%22y" aria-hidden="true" tabindex="-1">#</a></h1>
        <ol class="footnotes">
        <li id="_fn-1"><p>c <a class="back" href="#_fn-1-1" aria-label="Back to reference 1">↩</a></p>
        </li>
        </ol>
    "##]],
    );
}

#[test]
fn an_unsafe_destination_is_refused_at_the_last_gate() {
    let document = document("[a](b) ![c](d)\n");
    let url = "javascript:alert(1)".to_owned();
    let unsafe_links = |_| Destination::Url { url: url.clone(), title: None, external: false };
    let html = Markup::new(&document).blocks(document.body, &unsafe_links);
    assert_eq!(html, "<p>a c</p>\n");
}

/// A small generator of numbers, so that the same texts are tried on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("less than a usize")
    }
}

const PIECES: &[&str] = &[
    "a",
    "b ",
    " ",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "> ",
    "# ",
    "## ",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```toml\n",
    "[",
    "]",
    "(",
    ")",
    "](c.md)",
    "](javascript:x)",
    "![",
    "[[",
    "]]",
    "|",
    "| a | b |\n|:-|-|\n",
    "[^1]",
    "\n[^1]: ",
    "[x] ",
    "- [ ] ",
    "<!--",
    "-->",
    "<b>",
    "</b>",
    "<div>\n",
    "<http://a.b>",
    "&amp;",
    "&lt;",
    "\\",
    "{#x}",
    "{#",
    "}",
    "\"",
    "'",
    "<",
    ">",
    "é",
    "日本",
    "\t",
    "    ",
    "\r\n",
    "---\n",
    "===\n",
    "\0",
    "\u{1}",
    "[r]",
    "\n[r]: d.md \"t\"\n",
    ":",
    "#",
];

#[test]
fn any_text_and_any_part_of_it_is_balanced_and_safe() {
    let mut dice = Dice(42);
    for _ in 0..3_000 {
        let length = 1 + dice.roll(40);
        let text: String = (0..length).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
        let document = document(&text);
        let links = destinations(&document);
        let whole = blocks(&text);
        assert_safe(&whole, &text);
        for _ in 0..4 {
            let mut at = || dice.roll(text.len() + 1);
            let (a, b) = (at(), at());
            let span = Span::new(a.min(b), a.max(b));
            let mut markup = Markup::new(&document);
            assert_safe(&markup.inline(span, &links), &text);
            let mut part = markup.blocks_shifted(span, 3, &links);
            part += &markup.footnotes("Back", &links);
            assert_safe(&part, &text);
            markup.plain_text(span);
        }
    }
}

/// Ordinary Markdown must come out like from pulldown-cmark's own writer.
#[test]
fn ordinary_markdown_is_written_as_everywhere() {
    let pieces = [
        "a",
        "b ",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "7) ",
        "> ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "[c](d.md)",
        "![e](f.png \"g\")",
        "&amp;",
        "\\",
        "é",
        "    ",
        "---\n",
        "\\\n",
        "  \n",
        "\t",
    ];
    let mut dice = Dice(7);
    for _ in 0..3_000 {
        let length = 1 + dice.roll(30);
        let text: String = (0..length).map(|_| pieces[dice.roll(pieces.len())]).collect();
        let mut expected = String::new();
        let events = crate::markdown::events(&text, Span::new(0, text.len()));
        pulldown_cmark::html::push_html(&mut expected, events.into_iter().map(|(event, _)| event));
        let expected = expected.replace(" />", ">");
        let html = blocks(&text).replace(" tabindex=\"0\"", "").replace(" loading=\"lazy\"", "");
        // A rule under a text makes a heading, which has an anchor here; the word after a fence
        // ends at a tab here.
        if !expected.contains("<h2>") && !expected.contains("language-") {
            assert_eq!(html, expected, "{text:?}");
        }
    }
}

#[test]
fn no_depth_is_too_deep() {
    for piece in ["> ", "- ", "*", "**a ", "[", "![", "[[", "~~", "`", "<!--", "(", "a](b) [", "| "]
    {
        let text = piece.repeat(20_000);
        let document = document(&text);
        let links = destinations(&document);
        let mut markup = Markup::new(&document);
        let html = markup.blocks(document.body, &links);
        assert!(html.len() < text.len() * 20, "{piece:?} grew to {}", html.len());
        markup.inline(Span::new(10_000, 30_000), &links);
    }
}
