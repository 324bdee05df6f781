//! `repeated-element`: two elements of one place have the same name.

use std::collections::HashMap;

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::slug::slug;
use crate::source::Span;
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "repeated-element",
    Levels::always(Severity::Advice),
    "Two elements of one place have the same name.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let facts = &subject.entry.elements;
    // The first element of each id that a name has given; made where one is repeated.
    let mut first: Option<HashMap<&str, Span>> = None;
    for (element, repeated) in subject.canvas.elements.iter().zip(facts.iter()) {
        let has_own_id = element.attributes.id().is_some();
        let Some(name) = element.name.filter(|_| !has_own_id) else { continue };
        let Some(id) = without_number(repeated.id) else { continue };
        // A name may end in a number itself.
        if repeated.id.rsplit('/').next() == Some(&slug(name)) {
            continue;
        }
        let first = first.get_or_insert_with(|| {
            let elements = subject.canvas.elements.iter().zip(facts.iter());
            let named = elements.filter(|(element, _)| element.attributes.id().is_none());
            named.map(|(element, facts)| (facts.id, element.name_span)).collect()
        });
        if let Some(before) = first.get(id) {
            let (place, before) = (subject.place(element.name_span), subject.place(*before));
            diagnostics.push(catalogue::repeated_element(place, name, before));
        }
    }
}

/// An id without the number that makes it distinct; `None` if it has none.
fn without_number(id: &str) -> Option<&str> {
    let (head, number) = id.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(head)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    #[test]
    fn a_name_is_repeated_within_its_block_and_department() {
        let text = "\
## Channels

- **Shop**
- **Shop** {#corner}
- **Shop**
- **shop!**
- **Shop 2**

## Key Partners

- **Shop**
- **Mill** {#mill}
- **Mill**

## Key Activities

### Production

- **Baking**
- **Baking 2**

### Sales

- **Baking**
- **Baking**
";
        check(
            "repeated-element",
            text,
            expect![[r#"
            5   | - **Shop**
                |     ^^^^ advice[repeated-element]: a second element is named "Shop"
                 help: name them apart, or give one an id: `{#…}`
            3   | - **Shop**
                |     ^^^^ the first one
            6   | - **shop!**
                |     ^^^^^ advice[repeated-element]: a second element is named "shop!"
                 help: name them apart, or give one an id: `{#…}`
            3   | - **Shop**
                |     ^^^^ the first one
            25  | - **Baking**
                |     ^^^^^^ advice[repeated-element]: a second element is named "Baking"
                 help: name them apart, or give one an id: `{#…}`
            24  | - **Baking**
                |     ^^^^^^ the first one
        "#]],
        );
    }
}
