//! Which findings are kept and which are shown.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;
use crate::check::tests::{self, Found};
use crate::diagnostic::catalogue;
use crate::source::Location;

/// The findings of documents.
fn find(sources: &[(&str, &str)]) -> Found {
    let sources: Vec<(&str, String)> =
        sources.iter().map(|(path, text)| (*path, (*text).to_owned())).collect();
    tests::find("", &sources)
}

const WAIVED: &str = "\
+++
[[waive]]
rule = \"missing-block\"
reason = \"Three are enough.\"

[[waive]]
rule = \"repeated-element\"
element = \"Shop\"
reason = \"There are two.\"
+++

# Bakery

## Channels

- **Shop** — [gone](#gone)
- **Shop**

## Key Partners

## Key Activities

### Production

- **Baking**
- **Baking**
";

/// Compares every finding of a document: its line, code, element and waiver.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let Found { findings, .. } = find(&[("content/a.md", text)]);
    let lines = crate::source::LineIndex::new(text);
    let mut out = String::new();
    for finding in findings.of(DocumentIndex(0)) {
        let line = lines.position(finding.diagnostic.location.span.start).line;
        let _ = write!(out, "{line} {}", finding.diagnostic.code);
        if let Some(element) = finding.element {
            let _ = write!(out, ", element {element}");
        }
        if let Some(waiver) = finding.waived {
            let _ = write!(out, ", waived by {waiver}");
        }
        out.push_str(if finding.rule.is_some() { ", a rule's\n" } else { "\n" });
    }
    expected.assert_eq(&out);
}

#[test]
fn a_finding_knows_its_element_and_its_waiver() {
    check(
        WAIVED,
        expect![[r#"
            16 unknown-reference, element 0
            12 missing-block, waived by 0, a rule's
            17 repeated-element, element 1, waived by 1, a rule's
            19 empty-block, a rule's
            21 activity-without-owner, a rule's
            25 idle-activity, element 2, a rule's
            26 idle-activity, element 3, a rule's
            26 repeated-element, element 3, a rule's
        "#]],
    );
}

#[test]
fn what_is_waived_is_neither_shown_nor_counted() {
    let Found { handbook, findings } = find(&[("content/a.md", WAIVED)]);
    let document = DocumentIndex(0);
    let baking = handbook.entry(document).document.canvas.as_ref().expect("it is a canvas");
    let last = u32::try_from(baking.elements.len() - 1).expect("it has few");
    let of_last = findings.of_element(ElementKey { document, element: last });
    let of_last: Vec<&str> = of_last.map(|finding| finding.diagnostic.code.as_str()).collect();
    assert_eq!(of_last, ["idle-activity", "repeated-element"]);
    let all = Diagnostics::new(findings, Vec::new());
    let shown: Vec<&str> = all.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    let expected = [
        "unknown-reference",
        "empty-block",
        "activity-without-owner",
        "idle-activity",
        "idle-activity",
        "repeated-element",
    ];
    assert_eq!(shown, expected);
    assert_eq!(all.counts(), Counts { errors: 1, warnings: 0, coherence: 3, advice: 2 });
    assert_eq!(
        all.errors().map(|error| error.code.as_str()).collect::<Vec<_>>(),
        ["unknown-reference"]
    );
    assert!(all.printed().eq(all.errors()));
}

#[test]
fn diagnostics_of_documents_and_others_are_merged_in_order() {
    let broken = "# Page\n\n[one](#one)\n\n[two](#two)\n";
    let other = broken.replace("Page", "Shop");
    let Found { findings, .. } = find(&[("content/b.md", broken), ("content/d.md", &other)]);
    let other = |file: &str, at: u32| {
        let place = Location::new(&SourcePath::new(file), at as usize..at as usize);
        catalogue::unknown_reference(place, "this", &[])
    };
    let others = [("content/d.md", 12), ("canvasbook.toml", 0), ("content/c.md", 3), ("z", 0)];
    let others = others.map(|(file, at)| other(file, at)).to_vec();
    let all = Diagnostics::new(findings, others).with(&[other("content/a.md", 9)]);
    let places = all.iter().map(|it| format!("{} {}", it.location.file, it.location.span.start));
    expect![[r#"
        canvasbook.toml 0
        content/a.md 9
        content/b.md 8
        content/b.md 21
        content/c.md 3
        content/d.md 8
        content/d.md 12
        content/d.md 21
        z 0"#]]
    .assert_eq(&places.collect::<Vec<_>>().join("\n"));
    let mut sorted: Vec<Diagnostic> = all.iter().cloned().collect();
    diagnostic::sort(&mut sorted);
    assert!(all.iter().eq(&sorted));
}

#[test]
fn what_a_build_prints_stays_the_same_when_lines_move() {
    let all = |text: &str| Diagnostics::new(find(&[("content/b.md", text)]).findings, Vec::new());
    let one = all("# Page\n\n[one](#one)\n");
    assert!(one.print_as(&one));
    assert!(all("# Page\n\nMore.\n\n[one](#one)\n").print_as(&one));
    assert!(!all("# Page\n\n[two](#two)\n").print_as(&one));
    assert!(!all("# Page\n").print_as(&one) && !one.print_as(&all("# Page\n")));
    // Advice is not printed, and so is not news.
    assert!(all(WAIVED).print_as(&all(&WAIVED.replace("- **Baking**\n", ""))));
    // Another sound document before this one moves it in the list.
    let more = find(&[("content/a.md", "# Page\n"), ("content/b.md", "# Page\n\n[one](#one)\n")]);
    assert!(Diagnostics::new(more.findings, Vec::new()).print_as(&one));
}

#[test]
fn only_what_was_touched_is_looked_at_again() {
    let Found { handbook, findings } = find(&[("content/a.md", WAIVED), ("content/b.md", WAIVED)]);
    let mut again = findings.clone();
    let nothing = |_| std::iter::empty();
    again.update(&handbook, &tests::rules(), Some(&BTreeSet::from([1])), nothing);
    assert!(Arc::ptr_eq(&again.of[0].all, &findings.of[0].all));
    assert!(again.of(DocumentIndex(1)).len() < findings.of(DocumentIndex(1)).len());
    // If the findings are equal, so is the list of them.
    let mut same = again.clone();
    same.update(&handbook, &tests::rules(), Some(&BTreeSet::from([1])), nothing);
    assert!(Arc::ptr_eq(&same.of, &again.of));
}
