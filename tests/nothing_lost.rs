//! Every word of a source is on the site, in a comment, in front matter or under a finding.
//!
//! Canvases are put together at random from what people write, and from what they get wrong. No word occurs
//! twice in them, so that each is found wherever it is shown. `CANVASBOOK_CANVASES=<number>` checks more of
//! them; a failure names its number and shows the least that fails.

#![expect(clippy::disallowed_methods, reason = "it reads how many canvases to check")]

#[path = "tree/html.rs"]
mod html;
#[path = "tree/numbers.rs"]
mod numbers;

use std::collections::BTreeSet;
use std::env;

use canvasbook::canvas::Document;
use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::source::{Source, SourcePath};

use html::Piece;
use numbers::Numbers;

/// How many canvases the ordinary test checks.
const CANVASES: u64 = 150;

#[test]
fn every_word_is_shown_hidden_on_purpose_or_told() {
    let asked = env::var("CANVASBOOK_CANVASES").ok().and_then(|count| count.parse().ok());
    for number in 0..asked.unwrap_or(CANVASES) {
        let pieces = canvas(&mut Numbers(number));
        if lost(&pieces.concat()).is_empty() {
            continue;
        }
        let least = reduced(pieces).concat();
        let words = lost(&least);
        panic!("canvas {number} loses {words:?}:\n{least}\nread as {:?}", source(&least).1);
    }
}

/// The smallest subset of the pieces that still loses a word.
fn reduced(mut pieces: Vec<String>) -> Vec<String> {
    let mut at = 0;
    while at < pieces.len() {
        let piece = pieces.remove(at);
        if lost(&pieces.concat()).is_empty() {
            pieces.insert(at, piece);
            at += 1;
        }
    }
    pieces
}

/// What a canvas is compiled to, and the diagnostics of that, one per item.
fn source(text: &str) -> (Compiled, Vec<String>) {
    let mut inputs = Inputs::default();
    inputs.documents.insert(SourcePath::new("content/canvas.md"), text.into());
    inputs.documents.insert(SourcePath::new("content/index.md"), "# Plans\n".into());
    let path = SourcePath::new("canvasbook.toml");
    let text = "[references]\nunknown = \"warning\"\n".into();
    inputs.config = Some(Source { path, text });
    let compiled = compile(&inputs, &mut Memo::default());
    let told = compiled.diagnostics.iter().map(|it| format!("{}: {}", it.code, it.message));
    let told = told.collect();
    (compiled, told)
}

/// The words that are in the source and nowhere in the output.
fn lost(text: &str) -> Vec<String> {
    let (compiled, _) = source(text);
    let shown = shown(&compiled);
    let (_, entry) = compiled
        .edition
        .handbook
        .entries()
        .find(|(_, entry)| entry.document.path.as_str() == "content/canvas.md")
        .expect("the document is read");
    let mut lost = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let start = at + text[at..].find(word).expect("it is there");
        at = start + word.len();
        // `q12` is a word that the test wrote.
        let is_ours = word.strip_prefix('q').is_some_and(|digits| {
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        });
        if is_ours && !shown.contains(word) && !is_hidden(&entry.document, start) {
            let is_told = compiled.diagnostics.iter().any(|it| {
                it.location.file == entry.document.path && it.location.span.range().contains(&start)
            });
            if !is_told {
                lost.push(word.to_owned());
            }
        }
    }
    lost
}

/// The words on all pages: their texts, and the alternative texts of pictures.
fn shown(compiled: &Compiled) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    // A comment without blanks around it leaves two words in one.
    let mut add = |text: &str| {
        let pieces = text.split(|c: char| !c.is_alphanumeric()).flat_map(|word| word.split('q'));
        words.extend(pieces.map(|piece| format!("q{piece}")));
    };
    for output in compiled.site.values() {
        let Output::Page(key) = output else { continue };
        let page = compiled.render(*key).expect("the built-in theme renders every page");
        let page = String::from_utf8(page).expect("pages are text");
        for piece in html::pieces(&page).expect("pages are whole") {
            match piece {
                Piece::Text(text) => add(&text),
                Piece::Start(_, attributes) => {
                    let read =
                        attributes.iter().filter(|(name, _)| name == "alt" || name == "title");
                    read.for_each(|(_, value)| add(value));
                }
                Piece::End(_) => {}
            }
        }
    }
    words
}

/// Whether the text at an offset is not meant for readers: front matter, a comment, an attribute
/// list or another sign that the parser consumes.
fn is_hidden(document: &Document, at: usize) -> bool {
    let text = &*document.text;
    let is_attribute = document.hidden.iter().any(|hidden| hidden.range().contains(&at));
    let opened = text[..at].rfind("<!--");
    let is_comment = opened.is_some_and(|open| !text[open..at].contains("-->"));
    is_comment || is_attribute || at < document.body.start as usize
}

/// Puts the pieces of a canvas together.
fn canvas(numbers: &mut Numbers) -> Vec<String> {
    // Numbers that begin alike count as similar.
    for _ in 0..4 {
        numbers.below(2);
    }
    let mut writer = Writer { numbers, words: 0 };
    let mut pieces = Vec::new();
    if writer.one_in(6) {
        pieces.push("+++\ncanvas = \"lean\"\n+++\n".to_owned());
    } else if writer.one_in(2) {
        let title = writer.word();
        let title = if writer.one_in(2) { format!("title = \"{title}\"\n") } else { String::new() };
        pieces.push(format!("+++\ncanvas = true\n{title}+++\n"));
    }
    for _ in 0..4 + writer.numbers.below(16) {
        let piece = writer.piece();
        pieces.push(piece);
        if !writer.one_in(8) {
            pieces.push("\n".to_owned());
        }
    }
    if writer.one_in(6) {
        pieces
            .iter_mut()
            .for_each(|piece| *piece = piece.replace("\r\n", "\n").replace('\n', "\r\n"));
    }
    pieces
}

/// A writer of pieces of canvases, with words that are all different.
struct Writer<'n> {
    numbers: &'n mut Numbers,
    words: usize,
}

impl Writer<'_> {
    fn one_in(&mut self, count: usize) -> bool {
        self.numbers.below(count) == 0
    }

    fn of<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[self.numbers.below(texts.len())]
    }

    fn word(&mut self) -> String {
        self.words += 1;
        format!("q{}", self.words)
    }

    /// A few words, one of which is in some markup.
    fn words(&mut self) -> String {
        let mut text = self.word();
        for _ in 0..self.numbers.below(4) {
            let form = self.of(&[
                " q",
                " q",
                " q",
                " **q**",
                " *q*",
                " — q",
                ": q",
                " `q`",
                " {#q}",
                " {owner=\"q\"}",
                " {with=production}",
                " [q](a.md)",
                " [q](a b.md)",
                " [q][q]",
                " [[q]]",
                " [[q",
                " ![q](a.png)",
                "[^1] q",
                " <!-- q -->",
                " <b>q</b>",
                "<br>q",
                " ~~q~~",
                "\n  q",
                " **q",
                " | q",
                " (q)",
                " q?",
                " {q",
                " <!-- q",
                "\\\nq",
                " &amp; q",
                " [q]",
                " \"q\"",
                " ^q",
                " ==q==",
                " %%q%%",
                " %%q",
                " ![[q]]",
                " ![[q#q|q]]",
                " ![[q.png|300]]",
                " [[q|q]](a.md)",
                " https://a.org/q",
                " #q",
                " owner:: q",
                " (q:: q)",
                " q—q",
                " -- q",
                "——q",
                " → q",
                " 🎯 q",
                "\\. q",
                "\u{a0}q",
                "\u{a0}— q",
                " \u{200f}q",
                "&nbsp;q",
                "[^q]",
                " <q@a.org>",
                " [q](a.md \"q\")",
            ]);
            text += &self.filled(form);
        }
        text
    }

    /// A form with a word in the place of each `q`.
    fn filled(&mut self, form: &str) -> String {
        let mut text = String::new();
        for character in form.chars() {
            match character {
                'q' => text += &self.word(),
                character => text.push(character),
            }
        }
        text
    }

    fn piece(&mut self) -> String {
        match self.numbers.below(24) {
            0..7 => self.heading(),
            7..11 => self.list(),
            11 => self.table(),
            12..14 => self.words() + "\n",
            14 => format!("**{}**\n", self.word()),
            15..19 => self.rare_form(),
            _ => {
                let form = self.of(&[
                    "<!-- q\n\nq -->\n",
                    "<!-- q\n",
                    "```\nq\n```\n",
                    "```\nq\n",
                    "    q\n",
                    "\t- q\n\t- q\n",
                    "> q\n",
                    "> q\n> - q\n",
                    "[^1]: q\n",
                    "[^2]: q\n",
                    "***\n",
                    "*q q*\n",
                    "q?\n",
                    "**q?**\n",
                    "<p>q</p>\n",
                    "<div>\nq\n\nq</div>\n",
                    "q\n===\n",
                    "q\n---\n",
                    "![q](a.png)\n",
                    "• q\n• q\n",
                    "**q:** q\n",
                    "**q** q\n**q** q\n",
                    "[a]: a.md\n",
                    "│ q │\n",
                    "| q |\n",
                    "# 1.\n",
                    "- \n",
                    "***q***\n",
                    "- [ ] q\n- [x] q\n",
                    "^q\n",
                    "1) q\n2) q\n",
                ]);
                self.filled(form)
            }
        }
    }

    /// A form that people write less often.
    fn rare_form(&mut self) -> String {
        let form = self.of(&[
            "- *Existing alternatives:* q, q\n- q\n",
            "- **Early adopters:**\n  - q\n  - q\n- q\n",
            "**High-level concept:** q, q\n",
            "*Early adopters* {#q}: q\n\n- q\n",
            "Existing alternatives: q\nq: q\n",
            "### Segment 1: q\n\n- q\n",
            "### Segment #2 – **q** {#q} — q\n\nq\n",
            "#### Partner B: q\n\n#### q\n\n- q\n",
            "**Channel 1: q**\nq\n**Channel 2: q**\n",
            "### Primary segment (q): q\n\n**q:**\n\n- q\n\n### Secondary segment: q\n",
            "### Main partner: q\n\n- q\n",
            "- Total: 900 q\n- **Year 1**: 900 q\n",
            "**Total per month:** 900 q\n\n- q\n",
            "| q | q |\n|---|---|\n| Total | 900 q |\n| Year 1 | 900 q |\n",
            "q, q, q and q.\n",
            "q; q; q\n",
            "### Production\n\n| Name | Owner | With | q |\n|---|---|---|---|\n| q | q | Sales | q |\n| | q | | q |\n",
            "| **q** | q |\n|---|---|\n| **q** | q |\n| **q** | q<br>q |\n",
            "| | q |\n|---|---|\n| 1 | q |\n| 2 | **q** — q |\n",
            "> [!note] q\n> q\n",
            "> [!tip]- q\n> - q\n> - q\n",
            "> [!important]\n> q\n",
            "> [!q] q\n> q\n",
            "![[q.png]]\n",
            "![[q]]\n",
            "- ![[q#q]]\n- ![[q.png|q]]\n",
            "q\n: q\n",
            "**q**\n: q\n\n: q\n",
            "Channels\n========\n",
            "Key Activities\n---\n",
            "q q\n===\n\nq\n---\n",
            "### q\n\n- q\n  - q\n    - q\n  - q\n",
            "**q**\n- q\n   - q\n      1. q\n",
            "##Channels\n",
            "###q\n",
            "##\u{a0}Key Partners\n",
            "-\u{a0}q\n-\u{a0}q\n",
            "## شرائح العملاء\n\n- **q** — q\n",
            "## القنوات: q\n\n- q، q\n",
            "## Channels\r\n\r\n- q\r\n  q\r\n\r\nq\r\nq\r\n",
            "1. q\n   1.1 q\n   1.2 q\n2. q\n",
            "- q\n  Owner: q\n  - Owner: q\n",
            "- [ ] **q** ^q\n\n^q\n",
            "+ q\n+ q\n",
            "%%\nq\n%%\n",
            "%%\nq\n",
            "[q]: a.md\n",
            "[^q]: q\n    q\n\n    - q\n",
            "<details>\n<summary>q</summary>\n\n- q\n\n</details>\n",
            "- q<br>q\n",
            "✅ **q** q\n✅ q\n",
            "q\\\nq  \nq\n",
            "--- q ---\n",
            "*q*: q\n\n*q*\n",
            "$$\nq\n$$\n",
            "- - q\n  - q\n",
            "* * *\nq\n",
            "1. # q\n2. > q\n3. ```\n   q\n",
            "---\nq: q\n---\n",
            "- q\n### q\n- q\n",
            "Key Activities: q\n",
            "- Key Activities: q\n",
        ]);
        self.filled(form)
    }

    fn heading(&mut self) -> String {
        let level = self.of(&[
            "# ", "## ", "## ", "## ", "## ", "### ", "### ", "### ", "#### ", "##", "##\u{a0}",
            "  ## ",
        ]);
        let label = self.of(&[
            "Channels",
            "Key Activities",
            "Key Activities",
            "Customer Segments",
            "Value Propositions",
            "Kanäle",
            "Key Partners",
            "Costs",
            "Partners",
            "Production",
            "R&D",
            "Problem",
            "Early Adopters",
            "**Channels**",
            "1. Channels",
            "Channels:",
            "CS",
            "",
            "Segment 3:",
            "Primary partner:",
            "القنوات",
            "🎯 Channels",
            "1\\. Channels",
            "Channels & Distribution",
            "Existing alternatives",
        ]);
        let words = if label.is_empty() || self.one_in(5) { self.words() } else { String::new() };
        let behind =
            self.of(&["", "", "", " {#q}", " {category=production}", " ^q", " (q)", " – q", " ##"]);
        let behind = self.filled(behind);
        let words = words.replace('\n', " ");
        format!("{level}{label} {words}{behind}\n").replace("  ", " ")
    }

    fn list(&mut self) -> String {
        let indent = self.of(&["", "", "", "", "\t", "    ", "  "]);
        let mark = self.of(&["- ", "- ", "* ", "1. ", "+ "]);
        let mut list = String::new();
        for _ in 0..1 + self.numbers.below(4) {
            let name = self.of(&["", "**q** — ", "**q**: ", "**q** {#q} — ", "q: ", "[ ] ", "q? "]);
            let name = self.filled(name);
            let words = self.words();
            list += &format!("{indent}{mark}{name}{words}\n");
            if self.one_in(4) {
                let form = self.of(&[
                    "  - q\n",
                    "  q\n",
                    "\n  q\n",
                    "    - q {#q}\n",
                    "\n      q\n",
                    "  > q\n",
                    "  ```\n  q\n  ```\n",
                    "  | q | q |\n  |---|---|\n  | q | q | q |\n",
                    "  ## q\n",
                    "  <!-- q -->\n",
                ]);
                let form = self.filled(form);
                list.extend(form.lines().map(|line| format!("{indent}{line}\n")));
            }
        }
        list
    }

    /// The form of a row.
    fn row(&mut self, cells: usize) -> String {
        let mut row = String::new();
        for _ in 0..cells {
            row += self.of(&[
                "| q ",
                "| q ",
                "| q ",
                "| q[^1] ",
                "| [^1] ",
                "| **q**: q ",
                "| q {#q} ",
                "| 1 ",
                "| ",
            ]);
        }
        row + "|\n"
    }

    fn table(&mut self) -> String {
        let columns = 1 + self.numbers.below(3);
        let mut rows = vec![self.row(columns), "|---".repeat(columns) + "|\n"];
        if self.one_in(3) {
            let heads = ["| Name ", "| Status ", "| With ", "| Description "];
            rows[0] = heads[..columns].concat() + "|\n";
        }
        for _ in 0..self.numbers.below(4) {
            let cells = 1 + self.numbers.below(4);
            rows.push(self.row(cells));
        }
        if self.one_in(4) {
            rows.push("| Total | q |\n".to_owned());
        }
        self.filled(&rows.concat())
    }
}
