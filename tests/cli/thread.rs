//! What an element needs, and what would fall without it.

use expect_test::{Expect, expect};

use crate::handbook::Handbook;

const BAKERY: &str = "\
# Bakery

## Key Partners

- **Mill** {#mill} — brings [flour](#flour).
- **Landlord** {#landlord} — lets [the oven](#oven).

## Key Activities

### Production

- **Baking** {#baking} — makes [bread](#bread).
- **Tasting** {#tasting} — vouches for [bread](#bread) and [rolls](#rolls).

## Key Resources

- **Flour** {#flour} — for [baking](#baking).
- **Oven** {#oven} — for [baking](#baking).

## Value Propositions

- **Bread** {#bread} — for [households](#households).
- **Rolls** {#rolls} — for [households](#households).

## Channels

- **Stall** {#stall} — has [rolls](#rolls).

## Customer Segments

- **Households** {#households} — see also [Baking](#baking).

## Cost Structure

- **Energy** {#energy} — of [the oven](#oven) and of [baking](#baking).
- **Flour bill** {#flour-bill} — for [flour](#flour).

## Revenue Streams

- **Sales** {#sales} — paid by [households](#households) for [rolls](#rolls).
";

const KIOSK: &str = "\
# Kiosk

## Key Activities

### Sales

- **Selling** {#selling} — what [bakes](bakery.md#baking) the bakery, and its [rolls](bakery.md#rolls).

## Channels

- **Hatch** {#hatch}

## Key Partners

- **Bakery** {#bakery} — [bakes](bakery.md#baking).
";

fn handbook() -> Handbook {
    Handbook::new().file("content/bakery.md", BAKERY).file("content/kiosk.md", KIOSK)
}

#[track_caller]
fn check(element: &str, expected: Expect) {
    handbook().run(&format!("thread {element}")).status(0).stderr_is("").stdout(expected);
}

#[test]
fn what_has_no_supporter_left_in_a_block_falls_and_takes_others_with_it() {
    check(
        "content/bakery.md#mill",
        expect![[r#"
        Mill (Key Partners)

        Without it falls:
          Flour (Key Resources)

        Without it is weakened:
          Baking (Key Activities)

        Without it is no longer incurred:
          Flour bill (Cost Structure)
    "#]],
    );
    check(
        "bakery#tasting",
        expect![[r#"
        Tasting (Key Activities)

        Without it falls:
          Rolls (Value Propositions)
            Stall (Channels)
            Sales (Revenue Streams)

        Without it is weakened:
          Bread (Value Propositions)
          Households (Customer Segments)

        In other canvases this counts on it:
          Selling (content/kiosk.md)
    "#]],
    );
}

#[test]
fn what_keeps_a_supporter_in_each_block_is_weakened() {
    check(
        "bakery.md#baking",
        expect![[r#"
        Baking (Key Activities)

        It needs:
          Flour (Key Resources)
            Mill (Key Partners)
          Oven (Key Resources)
            Landlord (Key Partners)

        Without it is weakened:
          Bread (Value Propositions)

        Without it is incurred less:
          Energy (Cost Structure)

        In other canvases this counts on it:
          Selling (content/kiosk.md)
          Bakery (content/kiosk.md)
    "#]],
    );
    check(
        "bakery.md#Rolls",
        expect![[r#"
        Rolls (Value Propositions)

        It needs:
          Tasting (Key Activities)

        Without it falls:
          Stall (Channels)
          Sales (Revenue Streams)

        Without it is weakened:
          Households (Customer Segments)

        In other canvases this counts on it:
          Selling (content/kiosk.md)
    "#]],
    );
}

#[test]
fn both_directions_are_empty_for_what_hangs_together_with_nothing() {
    check(
        "kiosk#hatch",
        expect![[r#"
        Hatch (Channels)
        It needs nothing, and nothing depends on it.
    "#]],
    );
}

#[test]
fn programs_get_json() {
    handbook().run("thread bakery#flour --format json").status(0).stdout(expect![[r#"
        {
          "element": {
            "canvas": "content/bakery.md",
            "id": "flour",
            "name": "Flour"
          },
          "needs": [
            {
              "element": {
                "canvas": "content/bakery.md",
                "id": "mill",
                "name": "Mill"
              },
              "through": {
                "canvas": "content/bakery.md",
                "id": "flour",
                "name": "Flour"
              }
            }
          ],
          "falls": [],
          "weakened": [
            {
              "canvas": "content/bakery.md",
              "id": "baking",
              "name": "Baking"
            }
          ],
          "no_longer_incurred": [
            {
              "canvas": "content/bakery.md",
              "id": "flour-bill",
              "name": "Flour bill"
            }
          ],
          "incurred_less": [],
          "relies_on": []
        }
    "#]]);
}

#[test]
fn what_is_not_there_is_said_with_what_is_meant() {
    let twice = BAKERY.replace("- **Rolls** {#rolls}", "- **Flour** {#rolls}");
    let handbook = Handbook::new().file("content/bakery.md", &twice);
    let refused = |element: &str, expected: Expect| {
        handbook.run(&format!("thread {element}")).status(2).stdout_is("").stderr(expected);
    };
    refused(
        "bakery",
        expect![[r#"
        error: `bakery` names no element; write its id or its name behind `#`: `canvasbook thread "bakery.md#Bread"`
    "#]],
    );
    refused(
        "bakry#flour",
        expect![[r#"
        error: there is no canvas `bakry`; did you mean `bakery`?
    "#]],
    );
    refused(
        "bakery#flor",
        expect![[r#"
        error: content/bakery.md has no element `flor`; did you mean `Flour`?
    "#]],
    );
    refused(
        "bakery#Flour",
        expect![[r#"
        error: `Flour` is `flour` or `rolls`; write one of them
    "#]],
    );
    // An id takes precedence over names.
    handbook.run("thread bakery#flour").status(0).stderr_is("");
    refused(
        "nowhere#x",
        expect![[r#"
        error: there is no canvas `nowhere`
    "#]],
    );
    let broken = BAKERY.replace("(#flour)", "(#flower)");
    let handbook = Handbook::new().file("content/bakery.md", &broken);
    handbook.run("thread bakery#oven --format json").status(1).stdout_is("");
    handbook.run("thread bakery#oven --format sarif").status(2).stderr(expect![[r#"
        error: thread prints text and json only; leave out `--format`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]);
}
