//! `unnamed-element`: an element that is too long to be a name and has no separator.

use super::{Rule, Subject};
use crate::canvas::Element;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "unnamed-element",
    Levels::always(Severity::Advice),
    "A long element without a name.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let elements = subject.canvas.elements.iter().filter(|element| element.name.is_none());
    diagnostics.extend(elements.map(|element| {
        let place = subject.place(element.text_span);
        match entries(&element.text.get()) {
            Some(count) => {
                let list = list(&subject.entry.document.text, element);
                catalogue::enumerated_element(place, count, list)
            }
            None => catalogue::unnamed_element(place),
        }
    }));
}

/// The number of entries that a text lists, if it does nothing else: `the shop; the van; the web shop`, or words
/// between commas.
fn entries(text: &str) -> Option<usize> {
    const SEMICOLONS: &[char] = &[';', '；'];
    const COMMAS: &[char] = &[',', '，', '、', '،'];
    let is_list = |marks: &[char], least: usize, longest: usize, most_words: usize| {
        let parts = text.split(marks).map(str::trim);
        let count = parts.clone().count();
        let is_short = |part: &str| {
            let words = part.split_whitespace().count();
            words > 0 && words <= most_words && part.chars().nth(longest).is_none()
        };
        (count >= least && parts.clone().all(is_short)).then_some(count)
    };
    let has_sentence = [". ", "! ", "? ", "。"].iter().any(|end| text.contains(end));
    if has_sentence {
        return None;
    }
    if text.contains(SEMICOLONS) {
        return is_list(SEMICOLONS, 3, 80, usize::MAX);
    }
    // Sentences have commas, so only many short parts are a list.
    is_list(COMMAS, 5, 30, 4)
}

/// The paragraph of an element as a list, if that is equivalent.
fn list(document: &str, element: Element<'_>) -> Option<String> {
    /// Signs of markup that may contain a semicolon that separates nothing.
    const MARKS: &[char] = &['`', '[', ']', '<', '>', '&', '{', '\\', '(', ')'];
    /// Words before the last entry.
    const JOINING: [&str; 9] = ["and", "or", "und", "oder", "y", "o", "e", "et", "ou"];
    let text = element.text_span.of(document);
    let before = &document[..element.text_span.start as usize];
    let behind = &document[element.text_span.end as usize..];
    let is_alone =
        before.ends_with("\n\n") && (behind.trim().is_empty() || behind.starts_with("\n\n"));
    let parts = text.trim_end_matches('.').split(';');
    let parts: Vec<String> =
        parts.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let last = parts.last().and_then(|last| last.split(' ').next());
    let is_joined = last.is_some_and(|first| JOINING.contains(&first));
    let is_exact = is_alone && parts.len() > 1 && !is_joined && !text.contains(MARKS);
    (is_exact && element.detail.is_empty()).then(|| format!("- {}", parts.join("\n- ")))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn long_elements_without_a_separator_have_no_name() {
        let long = "Everything that somebody at the counter has to say about the bread of the day";
        let text = format!(
            "## Channels\n\n- **Shop**\n- {long}, and more\n\n## Key Partners\n\n\
             - Mill: {long}\n\n## Key Activities\n"
        );
        check(
            "unnamed-element",
            &text,
            expect![[r#"
            4   | - Everything that somebody at the counter has to say about the bread of the day, and more
                |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name
                 help: start it with a short name in bold, then ` — ` and the text
        "#]],
        );
    }

    #[test]
    fn paragraphs_that_list_are_to_be_lists() {
        let text = "## Channels\n\nThe shop at the harbour; the van on market days; the web shop, day and night; the\nphone.\n\n\
             ## Key Partners\n\nMills of the region (two of them); farmers within an hour; and a baker who helps us out in summer\n\n\
             ## Key Resources\n\n- Ovens, mixers, proofing rooms, two vans, a cold store, recipes, starters and the name\n\n\
             ## Cost Structure\n\nWages, which are most of it, rise each year, as do rents; flour does not, so far as we know\n\n\
             ## Revenue Streams\n\nBread, which most people pay in cash, rolls, as far as cafés order them, cakes, and on Sundays pies\n";
        check(
            "unnamed-element",
            text,
            expect![[r#"
                3   | The shop at the harbour; the van on market days; the web shop, day and night; the
                    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name, and lists 4 entries
                     help: make it a list, an entry a line: `- …`
                     fix: "The shop at the harbour; the van on market days; the web shop, day and night; the\nphone." -> "- The shop at the harbour\n- the van on market days\n- the web shop, day and night\n- the phone"
                8   | Mills of the region (two of them); farmers within an hour; and a baker who helps us out in summer
                    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name, and lists 3 entries
                     help: make it a list, an entry a line: `- …`
                12  | - Ovens, mixers, proofing rooms, two vans, a cold store, recipes, starters and the name
                    |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name, and lists 7 entries
                     help: make it a list, an entry a line: `- …`
                16  | Wages, which are most of it, rise each year, as do rents; flour does not, so far as we know
                    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name
                     help: start it with a short name in bold, then ` — ` and the text
                20  | Bread, which most people pay in cash, rolls, as far as cafés order them, cakes, and on Sundays pies
                    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ advice[unnamed-element]: this element has no name
                     help: start it with a short name in bold, then ` — ` and the text
            "#]],
        );
    }
}
