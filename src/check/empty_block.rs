//! `empty-block`: a block of a canvas that has no element.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Rule, Subject};
use crate::canvas::Block;
use crate::diagnostic::catalogue::Instead;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::kind::columns;
use crate::markdown;
use crate::source::Span;
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "empty-block",
    Levels::always(Severity::Advice),
    "A block that is written but has no element.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    let is_empty = |block: &&Block| canvas.elements.in_block(block.index).next().is_none();
    let empty: Vec<(&Block, Instead<'_>)> = canvas
        .blocks
        .iter()
        .filter(is_empty)
        .map(|block| (block, instead(subject, block)))
        .collect();
    let prompt = |block: &Block| &*canvas.kind.block_kind(block.index).prompt;
    // For a canvas that nobody filled, one finding is as useful as nine.
    if let [(first, _), _, ..] = &*empty
        && empty.len() == canvas.blocks.len()
    {
        let instead = empty.iter().map(|(_, instead)| *instead).min().unwrap_or(Instead::Nothing);
        let place = subject.place(subject.head());
        return diagnostics.push(catalogue::empty_canvas(place, instead, prompt(first)));
    }
    diagnostics.extend(empty.into_iter().map(|(block, instead)| {
        let place = subject.place(block.heading);
        catalogue::empty_block(place, canvas.label(block), instead, prompt(block))
    }));
}

/// What a block without elements contains instead.
fn instead<'s>(subject: &Subject<'s>, block: &Block) -> Instead<'s> {
    if let Some((title, level)) = ended_by(subject, block) {
        return Instead::Ended(title, level);
    }
    let document = &*subject.entry.document;
    let start = block.heading.end;
    let sections = subject.canvas.sections.iter().filter_map(|section| section.heading);
    let sections = sections.map(|heading| document.headings[heading as usize].span.start);
    let others = subject.canvas.blocks.iter().map(|other| other.heading.start);
    let next = sections.chain(others).filter(|other| *other >= start).min();
    let inside = Span { start, end: next.unwrap_or(document.body.end) };
    let events = markdown::events(&document.text, inside);
    let mut found = Instead::Nothing;
    let mut is_italic = false;
    let mut line = String::new();
    for (event, range) in events {
        if is_sum(&event, &mut line) {
            found = found.min(Instead::Sums);
        }
        let is_comment = document.text[range].trim_start().starts_with("<!--");
        let met = match event {
            Event::Start(Tag::CodeBlock(_)) => Instead::Code,
            Event::Start(Tag::Table(_)) => Instead::Head,
            Event::Start(Tag::Image { .. }) => Instead::Picture,
            Event::Start(Tag::BlockQuote(Some(_))) => Instead::Callout,
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) if is_comment => Instead::Comment,
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => Instead::Html,
            Event::Start(Tag::Heading { .. }) => Instead::Headings,
            Event::Start(Tag::Emphasis) => {
                is_italic = true;
                continue;
            }
            Event::End(TagEnd::Emphasis) => {
                is_italic = false;
                continue;
            }
            Event::Text(text) if is_italic && text.contains(char::is_alphanumeric) => Instead::Hint,
            Event::Text(text) if text.contains(['?', '？', '؟']) => Instead::Questions,
            Event::Text(text) if !text.contains(char::is_alphanumeric) => Instead::Signs,
            _ => continue,
        };
        found = found.min(met);
    }
    found
}

/// Whether an event ends a line that is a total or a forecast; `line` is the text of the line so
/// far.
fn is_sum(event: &Event<'_>, line: &mut String) -> bool {
    match event {
        Event::Start(Tag::Item | Tag::Paragraph | Tag::TableRow) => line.clear(),
        Event::Text(text) => line.push_str(text),
        Event::End(TagEnd::TableCell) => line.push_str(": "),
        Event::SoftBreak | Event::HardBreak => {
            let is_one = ends_sum(line);
            line.clear();
            return is_one;
        }
        Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::TableRow) => return ends_sum(line),
        _ => {}
    }
    false
}

fn ends_sum(line: &str) -> bool {
    let (name, text) = line.split_once([':', '：', '—', '–']).unwrap_or((line, ""));
    columns::is_sum(name.trim(), text.trim())
}

/// The heading that ends a block because it has the block's own level, if something is below it: its
/// title and that level.
fn ended_by<'s>(subject: &Subject<'s>, block: &Block) -> Option<(&'s str, u8)> {
    let (document, canvas) = (&*subject.entry.document, subject.canvas);
    let start = block.heading.start;
    let others = canvas.blocks.iter().map(|other| other.heading.start);
    let next = others.filter(|other| *other > start).min().unwrap_or(document.body.end);
    let mut within = canvas.sections.iter().filter(|section| {
        let is_within = (start..next).contains(&section.body.start);
        is_within && !section.body.of(&document.text).trim().is_empty()
    });
    let section = within.next()?;
    let heading = &document.headings[section.heading? as usize];
    let marks = block.heading.of(&document.text).bytes().take_while(|byte| *byte == b'#').count();
    (usize::from(heading.level) == marks && marks < 6).then_some((&section.title, heading.level))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn a_block_with_words_but_without_an_element_is_empty() {
        let text = "## Channels\n\n- Shop\n\n## Vertriebskanäle\n\n## Key Partners\n\nWho helps?\n\n\
                    ## Key Activities\n\n### Production\n";
        check(
            "empty-block",
            text,
            expect![[r#"
                7   | ## Key Partners
                    | ^^^^^^^^^^^^^^^ advice[empty-block]: Key Partners has no element (a question is no element)
                     help: write the answers as a list below it
                11  | ## Key Activities
                    | ^^^^^^^^^^^^^^^^^ advice[empty-block]: Key Activities has no element (a heading is no element)
                     help: write a list below it: `- **Name** — text`
            "#]],
        );
    }

    #[test]
    fn a_heading_of_its_own_level_that_ends_a_block_is_told() {
        let text = "## Key Partners\n\n- Mill\n\n## Value Proposition\n\n## For cafés\n\n- Fresh at six\n\n\
                    ## For households\n\n- Warm until nine\n\n## Channels\n\n## Notes\n\n# Annex\n\nText.\n\n\
                    ## Customer Segments\n";
        check(
            "empty-block",
            text,
            expect![[r#"
            5   | ## Value Proposition
                | ^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Value Proposition has no element
                 help: `For cafés` ends it, because it is a heading of the same level; write `### For cafés`
            15  | ## Channels
                | ^^^^^^^^^^^ advice[empty-block]: Channels has no element
                 help: Through which ways do customers learn of us, buy, and receive what they bought?
            23  | ## Customer Segments
                | ^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Customer Segments has no element
                 help: For whom do we create value, and who matters most?
        "#]],
        );
    }

    #[test]
    fn what_stands_in_a_block_without_an_element_is_said() {
        let text = "## Channels\n\n- Shop\n\n## Key Partners\n\n```\n- Mill\n```\n\n\
                    ## Key Resources\n\n![Oven](a.png)\n\n## Value Propositions\n\n_What do we promise?_\n\n\
                    ## Customer Segments\n\n- Who eats it?\n- Who pays?\n\n## Costs\n\n| Item | Sum |\n|---|---|\n\n\
                    ## Key Activities\n\n### Production\n\n### Sales\n\n\
                    ## Customer Relationships\n\n<!-- - Talk -->\n\n## Revenue Streams\n\n***\n\n- …\n";
        check(
            "empty-block",
            text,
            expect![[r#"
            5   | ## Key Partners
                | ^^^^^^^^^^^^^^^ advice[empty-block]: Key Partners has no element (code is no element)
                 help: write a list without the fences or the indentation around it
            11  | ## Key Resources
                | ^^^^^^^^^^^^^^^^ advice[empty-block]: Key Resources has no element (a picture is no element)
                 help: write in a list below it what it shows
            15  | ## Value Propositions
                | ^^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Value Propositions has no element (a text in italics is read as a hint of a template)
                 help: write what is meant without the signs around it
            19  | ## Customer Segments
                | ^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Customer Segments has no element (a question is no element)
                 help: write the answers as a list below it
            24  | ## Costs
                | ^^^^^^^^ advice[empty-block]: Costs has no element (a table without rows is no element)
                 help: write a row below its head for each element
            29  | ## Key Activities
                | ^^^^^^^^^^^^^^^^^ advice[empty-block]: Key Activities has no element (a heading is no element)
                 help: write a list below it: `- **Name** — text`
            35  | ## Customer Relationships
                | ^^^^^^^^^^^^^^^^^^^^^^^^^ advice[empty-block]: Customer Relationships has no element (a comment is no element, nor shown)
                 help: How do we win, keep and grow each customer segment?
            39  | ## Revenue Streams
                | ^^^^^^^^^^^^^^^^^^ advice[empty-block]: Revenue Streams has no element (signs without a word are no element)
                 help: What is each segment willing to pay for, how, and how much does it bring?
        "#]],
        );
    }

    #[test]
    fn totals_alone_are_said() {
        for said in [
            "- Total: 900 €\n- Year 1 — 1,200 €\n",
            "| What | Sum |\n|---|---|\n| **Total** | 900 € |\n",
            "**Total per month:** 900 €\n",
        ] {
            let text =
                format!("## Channels\n\n- Shop\n\n## Key Partners\n\n- Mill\n\n## Costs\n\n{said}");
            check(
                "empty-block",
                &text,
                expect![[r#"
                    9   | ## Costs
                        | ^^^^^^^^ advice[empty-block]: Costs has no element (a total is no element)
                         help: write in a list what it sums up
                "#]],
            );
        }
    }

    #[test]
    fn a_callout_alone_is_said() {
        check(
            "empty-block",
            "## Channels\n\n- Shop\n\n## Key Partners\n\n> [!note]\n> Mill\n\n## Costs\n\n- Rent\n",
            expect![[r#"
                5   | ## Key Partners
                    | ^^^^^^^^^^^^^^^ advice[empty-block]: Key Partners has no element (a callout is no element)
                     help: write a list below it: `- **Name** — text`
            "#]],
        );
    }

    #[test]
    fn a_canvas_without_any_element_is_one_finding() {
        check(
            "empty-block",
            "# Plan\n\n## Channels\n\n## Key Partners\n\n```\n- Mill\n```\n\n## Key Resources\n",
            expect![[r#"
                1   | # Plan
                    | ^^^^^^ advice[empty-block]: no block of this canvas has an element (code is no element)
                     help: write a list without the fences or the indentation around it
            "#]],
        );
        check(
            "empty-block",
            "## Channels\n\n## Key Partners\n\n## Costs\n",
            expect![[r#"
            1   | ## Channels
                | ^^^^^^^^^^^ advice[empty-block]: no block of this canvas has an element
                 help: Through which ways do customers learn of us, buy, and receive what they bought?
        "#]],
        );
    }
}
