//! A canvas in; out, for each element of the offer, its thread, and for each other element its
//! neighbours.

use std::fmt::Write as _;

use std::sync::Arc;

use super::{read, read_with};
use crate::handbook::{DocumentIndex, Loss, Neighbours, Thread, needs};
use crate::kind::Kinds;
use crate::source::Source;
use expect_test::{Expect, expect};

#[track_caller]
fn check_threads(text: &str, expected: Expect) {
    let (handbook, diagnostics) = read("", &[("content/a.md", text)]);
    assert_eq!(diagnostics, []);
    let entry = handbook.entry(DocumentIndex(0));
    let canvas = entry.document.canvas.as_ref().expect("it is a canvas");
    let neighbours = Neighbours::new(entry);
    let name = |element: u32| canvas.elements.at(element).name.expect("it has a name");
    let names = |elements: &[u32]| {
        let names: Vec<&str> = elements.iter().map(|element| name(*element)).collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    };
    let mut out = String::new();
    for element in 0..canvas.elements.len() as u32 {
        let _ = writeln!(out, "{}", name(element));
        for neighbour in neighbours.of(element) {
            let verb = neighbour.verb(&canvas.kind).unwrap_or("relates to");
            let needed = if neighbour.is_needed(&canvas.kind) { ", which it needs" } else { "" };
            let _ = writeln!(out, "  {verb} {}{needed}", name(neighbour.element));
        }
        if Some(canvas.elements.block(element)) == canvas.kind.offer_block() {
            let thread = Thread::of(canvas, &neighbours, element);
            let _ = writeln!(out, "  thread needs: {}", names(&thread.needs));
            let _ = writeln!(out, "  thread has: {}", names(&thread.others));
        }
    }
    expected.assert_eq(&out);
}

#[test]
fn an_element_sees_its_relations_from_its_own_end_whoever_wrote_them() {
    check_threads(
        "
            ## Key Resources
            - **Ovens**
            ## Key Activities
            - **Bake** — with the [ovens](#ovens).
            ## Value Propositions
            - **Bread** — [somebody](#bake) has to.
            ## Cost Structure
            - **Gas** — for the [bread](#bread).
        ",
        expect![[r#"
            Ovens
              enables Bake
            Bake
              is enabled by Ovens, which it needs
              supports Bread
            Bread
              is supported by Bake, which it needs
              relates to Gas
              thread needs: Ovens, Bake
              thread has: Gas
            Gas
              relates to Bread
        "#]],
    );
}

#[test]
fn a_thread_goes_on_through_what_is_needed_and_ends_at_what_is_not() {
    check_threads(
        "
            ## Key Partners
            - **Mill** — [the ovens](#ovens), [cake](#cake)
            ## Key Resources
            - **Ovens** — [bake](#bake)
            ## Key Activities
            - **Bake** — [bread](#bread), [the shop](#shop), [cake](#cake)
            - **Sweep** — [the shop](#shop)
            ## Value Propositions
            - **Bread** — [cake](#cake), [families](#families)
            - **Cake**
            - **Air**
            ## Channels
            - **Shop** — [bread](#bread)
            ## Customer Segments
            - **Families**
            ## Revenue Streams
            - **Sales** — [bread](#bread)
        ",
        expect![[r#"
            Mill
              provides Ovens
              relates to Cake
            Ovens
              is provided by Mill, which it needs
              enables Bake
            Bake
              is enabled by Ovens, which it needs
              supports Bread
              supports Cake
              runs Shop
            Sweep
              runs Shop
            Bread
              is supported by Bake, which it needs
              relates to Cake
              serves Families
              is delivered by Shop
              earns Sales
              thread needs: Mill, Ovens, Bake
              thread has: Shop, Families, Sales
            Cake
              relates to Mill
              is supported by Bake, which it needs
              relates to Bread
              thread needs: Mill, Ovens, Bake
              thread has: nothing
            Air
              thread needs: nothing
              thread has: nothing
            Shop
              is run by Bake, which it needs
              is run by Sweep, which it needs
              delivers Bread, which it needs
            Families
              is served by Bread, which it needs
            Sales
              is paid for Bread, which it needs
        "#]],
    );
}

/// Two blocks whose elements depend on each other.
const CIRCLE: &str = "\
title = \"Circle\"
[poster]
grid = [\"hen egg field\"]
[[blocks]]
id = \"hen\"
label = \"Hens\"
[[blocks]]
id = \"egg\"
label = \"Eggs\"
[[blocks]]
id = \"field\"
label = \"Fields\"
[[relations]]
from = \"hen\"
verb = \"lays\"
inverse = \"is laid by\"
to = \"egg\"
supplies = \"to\"
[[relations]]
from = \"egg\"
verb = \"sows\"
inverse = \"is sown by\"
to = \"field\"
supplies = \"to\"
[[relations]]
from = \"field\"
verb = \"feeds\"
inverse = \"is fed by\"
to = \"hen\"
supplies = \"to\"
";

#[test]
fn a_circle_ends_and_each_of_it_falls_once() {
    let kinds = Kinds::read(&[Source::new("kinds/circle.toml", CIRCLE)], &mut Vec::new());
    let text = "
        # Farm
        ## Hens
        - **Hen** — lays [one](#egg) and [two](#second).
        ## Eggs
        - **Egg** — on [the field](#field).
        - **Second** — is [kept](#store).
        ## Fields
        - **Field** — feeds [the hen](#hen).
        - **Store**
    ";
    let (handbook, diagnostics) = read_with(Arc::new(kinds), "", &[("content/a.md", text)]);
    assert_eq!(diagnostics, []);
    let document = DocumentIndex(0);
    let entry = handbook.entry(document);
    let canvas = entry.document.canvas.as_ref().expect("it is a canvas");
    let neighbours = Neighbours::new(entry);
    let name = |element: u32| canvas.elements.at(element).name.expect("it has a name");
    let mut out = String::new();
    for element in 0..canvas.elements.len() as u32 {
        let steps = needs(canvas, &neighbours, element);
        let needed: Vec<&str> = steps.iter().map(|step| name(step.element)).collect();
        let loss = Loss::of(&handbook, document, canvas, &neighbours, &[element]);
        let falls: Vec<&str> = loss.falls.iter().map(|step| name(step.element)).collect();
        assert_eq!(loss.weakened, [0; 0]);
        let (needed, falls) = (needed.join(", "), falls.join(", "));
        let _ = writeln!(out, "{} needs {needed}; without it fall {falls}", name(element));
    }
    expect![[r#"
        Hen needs Field, Egg; without it fall Egg, Second, Field, Store
        Egg needs Hen, Field; without it fall Field, Hen, Second, Store
        Second needs Hen, Field, Egg; without it fall Store
        Field needs Egg, Hen; without it fall Hen, Egg, Second, Store
        Store needs Second, Hen, Field, Egg; without it fall 
    "#]]
    .assert_eq(&out);
}
