//! `repeated-element`: two elements of one place have equal names.

use std::collections::HashMap;

use super::{Rule, Subject};
use crate::canvas::Element;
use crate::diagnostic::{Diagnostic, Severity, catalogue};
use crate::slug::slug;
use crate::terms::Levels;

pub(super) const RULE: Rule = Rule::in_code(
    "repeated-element",
    Levels::always(Severity::Advice),
    "Two elements of one place have the same name.",
    check,
);

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let canvas = subject.canvas;
    let elements = || canvas.elements.iter().zip(subject.entry.elements.iter());
    // A name may end in a number itself.
    let is_numbered = |id: &str, name: &str| {
        ends_in_number(id) && id.rsplit('/').next().is_some_and(|last| last != slug(name))
    };
    let is_any = elements().any(|(element, facts)| {
        element.attributes.id().is_none()
            && element.name.is_some_and(|name| is_numbered(facts.id, name))
    });
    if !is_any {
        return;
    }
    let is_group = |element: &Element<'_>, part: &u32| {
        let block = canvas.blocks.iter().find(|block| block.index == element.block);
        block.is_some_and(|block| !block.parts[*part as usize].department)
    };
    // The first element of each name in a block, a department and a group.
    let mut first = HashMap::new();
    for (element, facts) in elements().filter(|(element, _)| element.attributes.id().is_none()) {
        let Some(name) = element.name else { continue };
        let group = element.part.filter(|part| is_group(&element, part));
        let place = (element.block, facts.department, group, slug(name));
        let before = *first.entry(place).or_insert(element.name_span);
        if before != element.name_span {
            let (place, before) = (subject.place(element.name_span), subject.place(before));
            diagnostics.push(catalogue::repeated_element(place, name, before));
        }
    }
}

/// Whether an id may have a number that makes it distinct.
fn ends_in_number(id: &str) -> bool {
    let number = id.rsplit_once('-').map_or("", |(_, number)| number);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
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

## Customer Segments

### Cafés

- **Size**
- **Needs**

### Offices

- **Size**
- **Needs**
- **Needs**
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
            38  | - **Needs**
                |     ^^^^^ advice[repeated-element]: a second element is named "Needs"
                 help: name them apart, or give one an id: `{#…}`
            37  | - **Needs**
                |     ^^^^^ the first one
        "#]],
        );
    }
}
