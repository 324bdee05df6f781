//! A scenario: a canvas that starts as a copy of another one and names it.

use super::rebase;
use crate::canvas::Document;
use crate::diagnostic::has_errors;
use crate::front_matter::{self, Change};
use crate::handbook::relative;
use crate::kind::Kinds;
use crate::source::{Source, SourcePath, Span, edited};

/// Keys that a copy must not take over. Aliases belong to one page only, and each language has one
/// translation. The others record that somebody read, dated or numbered the canvas, which nobody
/// did with the scenario.
const LEFT_OUT: [&str; 6] =
    ["aliases", "translation_of", "date", "version", "reviewed", "review_every"];

/// A scenario to be written.
#[derive(Clone, Copy, Debug)]
pub struct Scenario<'s> {
    /// The canvas that it starts from.
    pub base: &'s Document,
    /// All kinds of canvas.
    pub kinds: &'s Kinds,
    /// The path of the scenario.
    pub path: &'s SourcePath,
    /// Its title; `None` for that of the canvas, with a remark.
    pub title: Option<&'s str>,
}

impl Scenario<'_> {
    /// The text of the scenario: that of its base, which it names in `based_on`, with its own title
    /// and with links whose targets stay. `None` if the front matter of the base is written so that
    /// no line of it can be changed alone, such as a YAML mapping in braces.
    pub fn text(&self) -> Option<String> {
        let mut edits = self.front_matter()?;
        edits.extend(rebase::edits(self.base, self.path));
        let text = edited(&self.base.text, &mut edits);
        self.holds(&text).then_some(text)
    }

    fn title(&self) -> String {
        let own = || format!("{} (scenario)", self.base.title);
        self.title.map_or_else(own, str::to_owned)
    }

    fn based_on(&self) -> String {
        relative(self.path.folder(), self.base.path.as_str())
    }

    /// Whether a text contains what the scenario must contain: front matter can be written in so
    /// many ways that only reading it shows whether changing its lines was right.
    fn holds(&self, text: &str) -> bool {
        let mut diagnostics = Vec::new();
        let source = Source { path: self.path.clone(), text: text.into() };
        let (front, _) = front_matter::read(&source, self.kinds, &mut diagnostics);
        let based_on = front.based_on.as_ref().map(|path| path.value.as_str());
        // Warnings belong to the base: in YAML a key of another program is one.
        !has_errors(&diagnostics)
            && front.title.as_deref() == Some(self.title().trim())
            && based_on == Some(&*self.based_on())
            && front.aliases.is_empty()
            && front.reviewed.is_none()
    }

    fn front_matter(&self) -> Option<Vec<(Span, String)>> {
        let Document { text, body, front, .. } = self.base;
        let mut changes =
            vec![Change::Set("title", self.title()), Change::Set("based_on", self.based_on())];
        if let Some(path) = &front.compare_with {
            let moved = rebase::path(self.base, self.path, &path.value)?;
            changes.push(Change::Set("compare_with", moved));
        }
        changes.extend(LEFT_OUT.map(Change::Remove));
        front_matter::edits(text, body.start, &changes)
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::kind::tests::built_in;
    use crate::parse;

    /// The scenario at `path` of a canvas at `content/retail/bar.md`.
    fn text(base: &str, path: &str, title: Option<&str>) -> Option<String> {
        let (source, kinds) = (Source::new("content/retail/bar.md", base), &built_in());
        let base = parse::document(&source, kinds, &mut Vec::new());
        let path = SourcePath::new(path);
        Scenario { base: &base, kinds, path: &path, title }.text()
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
    fn tables_stay_below_the_keys_and_comments_with_theirs() {
        let base = "+++\n[departments.marketing] # ours\nowner = \"A\"\n\n# Said so.\n[[waive]]\nrule = \"empty-block\"\nreason = '''b\nc'''\n+++\n";
        check(
            base,
            "content/retail/bar-2.md",
            expect![[r#"
            +++
            title = "Bar (scenario)"
            based_on = "bar.md"
            [departments.marketing] # ours
            owner = "A"

            # Said so.
            [[waive]]
            rule = "empty-block"
            reason = '''b
            c'''
            +++
        "#]],
        );
        check(
            &base.replace('\n', "\r\n"),
            "content/retail/bar-2.md",
            expect![[r#"
            +++␍
            title = "Bar (scenario)"␍
            based_on = "bar.md"␍
            [departments.marketing] # ours␍
            owner = "A"␍
            ␍
            # Said so.␍
            [[waive]]␍
            rule = "empty-block"␍
            reason = '''b␍
            c'''␍
            +++␍
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
            let (source, kinds) = (Source::new("content/c.md", text), built_in());
            let copy = parse::document(&source, &kinds, &mut Vec::new());
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
