//! A scenario: a canvas that starts as a copy of another one and says so.

use super::{quoted, rebase};
use crate::canvas::Document;
use crate::diagnostic::has_errors;
use crate::front_matter::{self, Written, WrittenKey};
use crate::handbook::relative;
use crate::node::Language;
use crate::source::{Source, SourcePath, Span};

/// Keys that a copy must not take over. Aliases belong to one page only. The other three say of the
/// canvas that somebody read, dated or numbered it, which nobody did with the scenario.
const LEFT_OUT: [&str; 4] = ["aliases", "date", "version", "reviewed"];

/// A scenario to be written.
#[derive(Clone, Copy, Debug)]
pub struct Scenario<'s> {
    /// The canvas that it starts from.
    pub base: &'s Document,
    /// Where the scenario will stand.
    pub path: &'s SourcePath,
    /// What it is called; else as the canvas, with a remark.
    pub title: Option<&'s str>,
}

impl Scenario<'_> {
    /// The text of the scenario: that of its base, which it names in `based_on`, with its own title
    /// and with links that lead where they led. None where the front matter of the base is written
    /// so that no line of it can be changed alone, such as a YAML mapping in braces.
    pub fn text(&self) -> Option<String> {
        let mut edits = self.front_matter()?;
        edits.extend(rebase::edits(self.base, self.path));
        edits.sort();
        let mut text = String::with_capacity(self.base.text.len() + 100);
        let mut at = 0;
        for (span, new) in &edits {
            text.push_str(self.base.text.get(at..span.start as usize)?);
            text.push_str(new);
            at = span.end as usize;
        }
        text.push_str(self.base.text.get(at..)?);
        self.holds(&text).then_some(text)
    }

    fn title(&self) -> String {
        let own = || format!("{} (scenario)", self.base.title);
        self.title.map_or_else(own, str::to_owned)
    }

    fn based_on(&self) -> String {
        relative(self.path.folder(), self.base.path.as_str())
    }

    /// True where a text says what the scenario must say: front matter can be written in so many
    /// ways that only reading it shows whether changing its lines was right.
    fn holds(&self, text: &str) -> bool {
        let mut diagnostics = Vec::new();
        let source = Source { path: self.path.clone(), text: text.into() };
        let (front, _) = front_matter::read(&source, &mut diagnostics);
        let based_on = front.based_on.as_ref().map(|path| path.value.as_str());
        // Warnings are the base's own: in YAML a key of another program is one.
        !has_errors(&diagnostics)
            && front.title.as_deref() == Some(self.title().trim())
            && based_on == Some(&*self.based_on())
            && front.aliases.is_empty()
            && front.reviewed.is_none()
    }

    fn front_matter(&self) -> Option<Vec<(Span, String)>> {
        let text = &*self.base.text;
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let (title, based_on) = (quoted(&self.title()), quoted(&self.based_on()));
        let Some(written) = front_matter::written(text) else {
            let start = self.base.body.start as usize;
            let head =
                format!("+++{end}title = {title}{end}based_on = {based_on}{end}+++{end}{end}");
            return Some(vec![(Span::new(start, start), head)]);
        };
        let mut edits = Vec::new();
        let mut missing = String::new();
        for (name, value) in [("title", title), ("based_on", based_on)] {
            match find(&written, name) {
                Some(key) => edits.push(replaced(&written, text, key, &value)),
                None => missing.push_str(&line(&written, text, name, &value, end)),
            }
        }
        // Below the title if it has one, else at the top: tables stand below all plain keys.
        let below = find(&written, "title").map(|title| lines_of(text, title).map(|s| s.end));
        let place = below.unwrap_or(Some(written.inside.start))?;
        edits.push((Span { start: place, end: place }, missing));
        if let Some(key) = find(&written, "compare_with") {
            let path = &self.base.front.compare_with.as_ref()?.value;
            let moved = rebase::path(self.base, self.path, path)?;
            edits.push(replaced(&written, text, key, &quoted(&moved)));
        }
        for key in LEFT_OUT.into_iter().filter_map(|name| find(&written, name)) {
            edits.push((lines_of(text, key)?, String::new()));
        }
        Some(edits)
    }
}

fn find<'w>(written: &'w Written, name: &str) -> Option<&'w WrittenKey> {
    written.keys.iter().find(|key| key.name == name)
}

/// The edit that gives a key another value. In YAML what stands between the two may belong to the old
/// value: the `>-` of a text in several lines.
fn replaced(written: &Written, text: &str, key: &WrittenKey, value: &str) -> (Span, String) {
    let old = trimmed(text, key.value);
    match written.language {
        Language::Toml => (old, value.to_owned()),
        Language::Yaml => (Span { start: key.key.end, end: old.end }, format!(": {value}")),
    }
}

/// A line for a key, as far to the right as the first key stands.
fn line(written: &Written, text: &str, name: &str, value: &str, end: &str) -> String {
    let first = written.keys.first().map_or("", |key| indent(text, key.key));
    match written.language {
        Language::Toml => format!("{first}{name} = {value}{end}"),
        Language::Yaml => format!("{first}{name}: {value}{end}"),
    }
}

/// The blanks before a key.
fn indent(text: &str, key: Span) -> &str {
    let line = &text[line_start(text, key)..key.start as usize];
    &line[..line.len() - line.trim_start().len()]
}

/// Where the line of a key starts.
fn line_start(text: &str, key: Span) -> usize {
    text[..key.start as usize].rfind('\n').map_or(0, |at| at + 1)
}

/// A value without the blank lines that YAML counts to it.
fn trimmed(text: &str, value: Span) -> Span {
    let start = value.start as usize;
    Span::new(start, start + value.of(text).trim_end().len())
}

/// The whole lines of a key and its value; none where something else stands on them.
fn lines_of(text: &str, key: &WrittenKey) -> Option<Span> {
    let start = line_start(text, key.key);
    let value_end = trimmed(text, key.value).end as usize;
    let rest = &text[value_end..];
    let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let (before, behind) = (&text[start..key.key.start as usize], rest[..length].trim());
    let is_alone = before.trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
    is_alone.then(|| Span::new(start, value_end + length))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::parse;

    /// The scenario that a canvas at `content/retail/bar.md` gives at `path`.
    fn text(base: &str, path: &str, title: Option<&str>) -> Option<String> {
        let base = parse::document(&Source::new("content/retail/bar.md", base), &mut Vec::new());
        let path = SourcePath::new(path);
        Scenario { base: &base, path: &path, title }.text()
    }

    #[track_caller]
    fn check(base: &str, path: &str, expected: Expect) {
        // Neither would survive in an expectation, or be seen there.
        let text = text(base, path, None).expect("can be copied");
        let text = text.replace('\r', "␍").replace('\u{feff}', "[mark]");
        expected.assert_eq(&text);
    }

    #[test]
    fn front_matter_keeps_what_holds_for_the_copy_and_loses_the_rest() {
        let base = "\
+++
# The bars, as they are.
title = \"Bars\" # on the sign
date = 2026-08-31
version = \"2.0\"
reviewed = 2026-08-31
review_every = \"6 months\"
aliases = [
    \"bars.html\", # until 2024
    \"cafes.html\",
]
compare_with = \"../roastery.md\"
tags = [\"retail\"]

[departments.marketing]
owner = \"Brand Manager\"
+++

## Channels
";
        check(
            base,
            "content/scenarios/2027/bar.md",
            expect![[r#"
            +++
            # The bars, as they are.
            title = "Bars (scenario)" # on the sign
            based_on = "../../retail/bar.md"
            review_every = "6 months"
            compare_with = "../../roastery.md"
            tags = ["retail"]

            [departments.marketing]
            owner = "Brand Manager"
            +++

            ## Channels
        "#]],
        );
    }

    #[test]
    fn front_matter_of_yaml_stays_yaml() {
        let base = "---\ntitle: >-\n  Bars\n  by the sea\ntags:\n- a\n- b\naliases:\n- old.html\n\n\
                    based_on: x.md\n---\ntext\n";
        check(
            base,
            "content/retail/bar-2.md",
            expect![[r#"
            ---
            title: "Bars by the sea (scenario)"
            tags:
            - a
            - b

            based_on: "bar.md"
            ---
            text
        "#]],
        );
        check(
            "---\n  owner: Head\n---\n",
            "content/retail/bar-2.md",
            expect![[r#"
            ---
              title: "Bar (scenario)"
              based_on: "bar.md"
              owner: Head
            ---
        "#]],
        );
    }

    #[test]
    fn without_front_matter_it_gets_some() {
        check(
            "\u{feff}# Bars\r\n\r\ntext\r\n",
            "content/bar-2.md",
            expect![[r#"
                [mark]+++␍
                title = "Bars (scenario)"␍
                based_on = "retail/bar.md"␍
                +++␍
                ␍
                # Bars␍
                ␍
                text␍
            "#]],
        );
        check(
            "+++\n+++\n",
            "content/bar-2.md",
            expect![[r#"
            +++
            title = "Bar (scenario)"
            based_on = "retail/bar.md"
            +++
        "#]],
        );
    }

    #[test]
    fn what_cannot_be_changed_line_by_line_is_not_copied() {
        assert_eq!(text("---\n{title: A, aliases: [b]}\n---\n", "content/c.md", None), None);
    }

    #[test]
    fn a_title_of_any_letters_is_taken() {
        let title = "What if \"we\" \\ close?";
        for base in ["+++\ntitle = 'A'\n+++\n", "---\ntitle: A\n---\n", "text"] {
            let text = text(base, "content/c.md", Some(title)).expect("can be copied");
            let copy = parse::document(&Source::new("content/c.md", text), &mut Vec::new());
            assert_eq!(copy.title, title);
        }
    }

    #[test]
    fn links_lead_where_they_led() {
        let base = "\
[a](../roastery.md#b) [c](menu.md \"Menu\") ![d](<a picture.png>) [[Roastery]] [e](#f)
[g](bar.md#h) [h](bar#h) [i](./) [j](https://example.org/k.md) [l](/m.html) [n](n%20o.md?p#q)
[![r](s.png)](t.md) [u] [v][u] [w](../../../gone.md) [x](caf\u{e9}.md) `[y](z.md)`

[u]: menu.md \"Menu\"
";
        check(
            base,
            "content/scenarios/2027/bar.md",
            expect![[r#"
                +++
                title = "Bar (scenario)"
                based_on = "../../retail/bar.md"
                +++

                [a](../../roastery.md#b) [c](../../retail/menu.md "Menu") ![d](<../../retail/a picture.png>) [[Roastery]] [e](#f)
                [g](bar.md#h) [h](bar.md#h) [i](../../retail/) [j](https://example.org/k.md) [l](/m.html) [n](../../retail/n%20o.md?p#q)
                [![r](../../retail/s.png)](../../retail/t.md) [u] [v][u] [w](../../../gone.md) [x](../../retail/café.md) `[y](z.md)`

                [u]: ../../retail/menu.md "Menu"
            "#]],
        );
        check(
            base,
            "content/retail/bar-2.md",
            expect![[r#"
                +++
                title = "Bar (scenario)"
                based_on = "bar.md"
                +++

                [a](../roastery.md#b) [c](menu.md "Menu") ![d](<a picture.png>) [[Roastery]] [e](#f)
                [g](bar-2.md#h) [h](bar-2.md#h) [i](./) [j](https://example.org/k.md) [l](/m.html) [n](n%20o.md?p#q)
                [![r](s.png)](t.md) [u] [v][u] [w](../../../gone.md) [x](café.md) `[y](z.md)`

                [u]: menu.md "Menu"
            "#]],
        );
    }
}
