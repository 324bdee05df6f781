//! Which findings a change brings and mends, and whom a change concerns.

use expect_test::expect;

use crate::handbook::{Handbook, SETTINGS};

/// The rules that these tests are about.
const RULES: &str = "\
[rules]
all = \"off\"
idle-activity = \"advice\"
unsupported-proposition = \"warning\"
empty-block = \"advice\"
review-overdue = \"warning\"
";

const BAKERY: &str = "\
+++
title = \"Bakery\"
owner = \"Head of Bread\"
reviewed = 2026-01-01
review_every = \"1 year\"
+++

## Key Activities

### Production

- **Baking** {with=\"Sales\"} — makes [bread](#bread).
- **Cleaning** — every evening.
- **Counting** — once a year.

## Value Propositions

- **Bread** {#bread}
- **Cake** {#cake}

## Channels
";

/// Another canvas, which nobody touches and whose review becomes due on 1 June 2026.
const MILL: &str = "\
+++
title = \"Mill\"
reviewed = 2026-01-01
review_every = \"5 months\"
+++

## Key Activities

- **Milling** — makes [flour](#flour).

## Value Propositions

- **Flour** {#flour}

## Channels

- **Cart**
";

fn handbook() -> Handbook {
    let handbook = Handbook::new().file(SETTINGS, RULES).repository();
    handbook.write("content/bakery.md", BAKERY);
    handbook.write("content/mill.md", MILL);
    handbook.write("content/gone.md", BAKERY.replace("Bakery", "Gone"));
    handbook.commit("2026-01-02", "Begin");
    handbook.git(&["tag", "v1"]);
    let waiver = "review_every = \"1 year\"\n\n[[waive]]\nrule = \"idle-activity\"\n\
                  element = \"Counting\"\nreason = \"The auditor asks for it.\"\n";
    let changed = BAKERY
        .replace("reviewed = 2026-01-01", "reviewed = 2026-07-01")
        .replace("review_every = \"1 year\"\n", waiver)
        .replace("- **Cleaning** — every", "- **Cleaning the oven** {#cleaning} — every")
        .replace("- **Counting**", "- **Icing** — makes [cakes](#cake).\n- **Counting**")
        .replace("makes [bread](#bread)", "makes rolls")
        .replace("## Channels\n", "## Channels\n\n- **Stall**\n");
    handbook.write("content/bakery.md", changed);
    handbook.remove("content/gone.md");
    handbook.commit("2026-07-02", "Ice cakes");
    handbook
}

#[test]
fn findings_of_one_side_are_new_mended_or_waived() {
    let handbook = handbook();
    // Without a day in the environment, the day of the later state counts for both sides: nothing else becomes
    // due.
    let mut command = handbook.command("diff v1 HEAD");
    let run = handbook.run_command(command.env_remove("SOURCE_DATE_EPOCH")).status(0).stderr_is("");
    let (_, said) = run.text().split_once("What the changes do").expect("they do something");
    expect![[r#"

          Bread (content/bakery.md) has no support left, without Baking

        New findings
          Bread (content/bakery.md): Nothing makes it possible
          Baking (content/bakery.md): Supports nothing

        Left on purpose
          Counting (content/bakery.md): Supports nothing (The auditor asks for it.)

        Mended findings
          Cake (content/bakery.md): Nothing makes it possible
          content/bakery.md: Channels has no element

        Whom they concern
          Head of Bread
          Departments: Production, Sales
    "#]]
    .assert_eq(said);
    let here = handbook.run("diff v1 HEAD --today 2026-12-01 -- content/bakery.md").status(0);
    assert!(!here.text().contains("mill.md"), "{}", here.text());
    let later = handbook.run("diff HEAD --today 2027-12-01 --exit-code").status(0);
    assert!(!later.text().contains("overdue"), "what becomes due by itself is not the change's");
}

#[test]
fn programs_are_told_findings_owners_and_departments() {
    let json = handbook().run("diff v1 HEAD --format json").status(0).text().to_owned();
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    expect![[r#"
        [
          {
            "canvas": "content/bakery.md",
            "code": "unsupported-proposition",
            "element": {
              "id": "bread",
              "name": "Bread"
            },
            "finding": "new",
            "message": "no activity supports “Bread”",
            "owners": [
              "Head of Bread"
            ],
            "reason": null,
            "severity": "warning"
          },
          {
            "canvas": "content/bakery.md",
            "code": "idle-activity",
            "element": {
              "id": "key-activities/production/baking",
              "name": "Baking"
            },
            "finding": "new",
            "message": "“Baking” supports nothing",
            "owners": [
              "Head of Bread"
            ],
            "reason": null,
            "severity": "advice"
          },
          {
            "canvas": "content/bakery.md",
            "code": "idle-activity",
            "element": {
              "id": "key-activities/production/counting",
              "name": "Counting"
            },
            "finding": "waived",
            "message": "“Counting” supports nothing",
            "owners": [
              "Head of Bread"
            ],
            "reason": "The auditor asks for it.",
            "severity": "advice"
          },
          {
            "canvas": "content/bakery.md",
            "code": "unsupported-proposition",
            "element": {
              "id": "cake",
              "name": "Cake"
            },
            "finding": "mended",
            "message": "no activity supports “Cake”",
            "owners": [
              "Head of Bread"
            ],
            "reason": null,
            "severity": "warning"
          },
          {
            "canvas": "content/bakery.md",
            "code": "empty-block",
            "element": null,
            "finding": "mended",
            "message": "Channels has no element",
            "owners": [
              "Head of Bread"
            ],
            "reason": null,
            "severity": "advice"
          }
        ]
    "#]]
    .assert_eq(&format!("{:#}\n", json["findings"]));
    let of = |list: &str, name: &str| {
        let all = json[list].as_array().expect("a list");
        let found = all.iter().find(|it| it["element"]["name"] == name).expect(name);
        format!("{} {}", found["owners"], found["departments"])
    };
    expect![[r#"["Head of Bread"] ["production","sales"]"#]].assert_eq(&of("changes", "Baking"));
    expect![[r#"["Head of Bread"] ["production","sales"]"#]].assert_eq(&of("impact", "Bread"));
}
