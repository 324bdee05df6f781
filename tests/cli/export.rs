//! What `export` prints: the whole handbook for other programs.

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook};
use crate::reports::{doubtful, warned};

#[test]
fn export_prints_the_whole_handbook() {
    Handbook::new()
        .file(
            "canvasbook.toml",
            "[departments.production]\naliases = [\"Bakehouse\"]\nowner = \"Head Baker\"\n",
        )
        .file(
            "content/bakery.md",
            "+++\ntitle = \"Corner Bakery\"\nstage = \"grow\"\nowner = \"Owner\"\ntags = [\"bread\"]\n\
             reviewed = 2026-03-01\nreview_every = \"6 months\"\ncategory = \"production\"\n+++\n\n\
             ## Value Propositions\n\n- **Fresh bread** {#bread} — for [[#Neighbours]].\n\n\
             ## Customer Segments\n\n### On foot\n\n- **Neighbours**\n\n\
             ## Key Activities\n\nWhat must go well before six.\n\n\
             ### Bakehouse\n\n- **Baking** {with=\"procurement\"} — makes [bread](#bread).\n  \
             - two ovens\n\n### Procurement {category=problem-solving}\n\n\
             - **Flour buying** {owner=\"Buyer\" status=\"under review\"}\n",
        )
        .file("content/second.md", format!("See [[bakery#Baking]].\n\n{CANVAS}"))
        .run("export")
        .status(0)
        .stderr_is("")
        .stdout(expect![[r#"
            {
              "version": 1,
              "canvases": [
                {
                  "path": "content/bakery.md",
                  "url": "bakery.html",
                  "json": "bakery.json",
                  "kind": "business-model",
                  "title": "Corner Bakery",
                  "stage": "grow",
                  "owner": "Owner",
                  "category": "production",
                  "reviewed": "2026-03-01",
                  "review_every": "6 months",
                  "tags": [
                    "bread"
                  ],
                  "blocks": [
                    {
                      "id": "value-propositions",
                      "label": "Value Propositions",
                      "elements": [
                        {
                          "id": "bread",
                          "name": "Fresh bread",
                          "text": "for Neighbours.",
                          "span": {
                            "start": {
                              "line": 13,
                              "column": 1,
                              "offset": 176
                            },
                            "end": {
                              "line": 13,
                              "column": 50,
                              "offset": 227
                            }
                          }
                        }
                      ]
                    },
                    {
                      "id": "customer-segments",
                      "label": "Customer Segments",
                      "elements": [
                        {
                          "id": "customer-segments/neighbours",
                          "name": "Neighbours",
                          "group": "On foot",
                          "span": {
                            "start": {
                              "line": 19,
                              "column": 1,
                              "offset": 264
                            },
                            "end": {
                              "line": 19,
                              "column": 17,
                              "offset": 280
                            }
                          }
                        }
                      ]
                    },
                    {
                      "id": "key-activities",
                      "label": "Key Activities",
                      "lead": "What must go well before six.",
                      "elements": [
                        {
                          "id": "key-activities/production/baking",
                          "name": "Baking",
                          "text": "makes bread.",
                          "detail": "- two ovens",
                          "department": "production",
                          "contributing": [
                            "procurement"
                          ],
                          "category": "production",
                          "owner": "Head Baker",
                          "span": {
                            "start": {
                              "line": 27,
                              "column": 1,
                              "offset": 347
                            },
                            "end": {
                              "line": 28,
                              "column": 14,
                              "offset": 421
                            }
                          }
                        },
                        {
                          "id": "key-activities/procurement/flour-buying",
                          "name": "Flour buying",
                          "department": "procurement",
                          "category": "problem-solving",
                          "owner": "Buyer",
                          "status": "under review",
                          "span": {
                            "start": {
                              "line": 32,
                              "column": 1,
                              "offset": 467
                            },
                            "end": {
                              "line": 32,
                              "column": 57,
                              "offset": 523
                            }
                          }
                        }
                      ]
                    }
                  ],
                  "gaps": [
                    {
                      "rule": "review-overdue",
                      "level": "warning",
                      "message": "the review was due on 2026-09-01"
                    },
                    {
                      "rule": "undelivered-proposition",
                      "level": "warning",
                      "element": "bread",
                      "message": "no channel delivers “Fresh bread”"
                    },
                    {
                      "rule": "idle-activity",
                      "level": "warning",
                      "element": "key-activities/procurement/flour-buying",
                      "message": "“Flour buying” supports nothing"
                    }
                  ]
                },
                {
                  "path": "content/second.md",
                  "url": "second.html",
                  "json": "second.json",
                  "kind": "business-model",
                  "title": "Second",
                  "blocks": [
                    {
                      "id": "value-propositions",
                      "label": "Value Propositions",
                      "elements": [
                        {
                          "id": "value-propositions/fresh-bread",
                          "name": "Fresh bread",
                          "text": "for Neighbours.",
                          "span": {
                            "start": {
                              "line": 5,
                              "column": 1,
                              "offset": 47
                            },
                            "end": {
                              "line": 5,
                              "column": 41,
                              "offset": 89
                            }
                          }
                        }
                      ]
                    },
                    {
                      "id": "customer-segments",
                      "label": "Customer Segments",
                      "elements": [
                        {
                          "id": "customer-segments/neighbours",
                          "name": "Neighbours",
                          "span": {
                            "start": {
                              "line": 9,
                              "column": 1,
                              "offset": 113
                            },
                            "end": {
                              "line": 9,
                              "column": 17,
                              "offset": 129
                            }
                          }
                        }
                      ]
                    },
                    {
                      "id": "key-activities",
                      "label": "Key Activities",
                      "elements": [
                        {
                          "id": "key-activities/production/baking",
                          "name": "Baking",
                          "text": "makes fresh bread.",
                          "department": "production",
                          "owner": "Head Baker",
                          "span": {
                            "start": {
                              "line": 15,
                              "column": 1,
                              "offset": 166
                            },
                            "end": {
                              "line": 15,
                              "column": 50,
                              "offset": 217
                            }
                          }
                        }
                      ]
                    }
                  ],
                  "gaps": [
                    {
                      "rule": "undelivered-proposition",
                      "level": "advice",
                      "element": "value-propositions/fresh-bread",
                      "message": "no channel delivers “Fresh bread”"
                    }
                  ]
                }
              ],
              "departments": [
                {
                  "id": "procurement",
                  "title": "Procurement",
                  "url": "departments/procurement.html"
                },
                {
                  "id": "production",
                  "title": "Production",
                  "url": "departments/production.html",
                  "owner": "Head Baker"
                }
              ],
              "references": [
                {
                  "canvas": "content/bakery.md",
                  "from": "bread",
                  "to_canvas": "content/bakery.md",
                  "to": "customer-segments/neighbours"
                },
                {
                  "canvas": "content/bakery.md",
                  "from": "key-activities/production/baking",
                  "to_canvas": "content/bakery.md",
                  "to": "bread"
                },
                {
                  "canvas": "content/second.md",
                  "to_canvas": "content/bakery.md",
                  "to": "key-activities/production/baking"
                },
                {
                  "canvas": "content/second.md",
                  "from": "value-propositions/fresh-bread",
                  "to_canvas": "content/second.md",
                  "to": "customer-segments/neighbours"
                },
                {
                  "canvas": "content/second.md",
                  "from": "key-activities/production/baking",
                  "to_canvas": "content/second.md",
                  "to": "value-propositions/fresh-bread"
                }
              ],
              "relations": [
                {
                  "canvas": "content/bakery.md",
                  "from": "bread",
                  "verb": "serves",
                  "to": "customer-segments/neighbours"
                },
                {
                  "canvas": "content/bakery.md",
                  "from": "key-activities/production/baking",
                  "verb": "supports",
                  "to": "bread"
                },
                {
                  "canvas": "content/second.md",
                  "from": "value-propositions/fresh-bread",
                  "verb": "serves",
                  "to": "customer-segments/neighbours"
                },
                {
                  "canvas": "content/second.md",
                  "from": "key-activities/production/baking",
                  "verb": "supports",
                  "to": "value-propositions/fresh-bread"
                }
              ]
            }
        "#]]);
}

#[test]
fn a_group_of_the_export_names_those_around_it() {
    let handbook = Handbook::new().file(
        "content/bakery.md",
        "## Key Activities\n\n### Production\n\n- Baking\n\n#### Night shift\n\n- Kneading\n\n\
         ##### Ovens\n\n- Cleaning\n\n## Customer Segments\n\n### Hotels\n\n- All\n\n#### Gains\n\n- Early\n\n\
         ## Channels\n\n- Van\n",
    );
    let export = handbook.run("export").status(0).json();
    let blocks = export["canvases"][0]["blocks"].as_array().expect("a list");
    let elements = blocks.iter().flat_map(|block| block["elements"].as_array().expect("a list"));
    let groups: Vec<String> = elements
        .map(|element| {
            let said = ["name", "department", "group"].map(|key| element[key].as_str());
            said.map(|said| said.unwrap_or("-")).join(", ")
        })
        .collect();
    assert_eq!(
        groups,
        [
            "Baking, production, -",
            "Kneading, production, Night shift",
            "Cleaning, production, Night shift › Ovens",
            "All, -, Hotels",
            "Early, -, Hotels › Gains",
            "Van, -, -",
        ]
    );
}

#[test]
fn a_handbook_with_errors_is_not_exported() {
    doubtful().run("export").status(1).stdout_is("").stderr(expect![[r#"
        error[unknown-reference]: `#gon` does not exist
          --> content/bakery.md:17:41
           |
        17 | - **Shop** {#shop} — [the shop](#shop), [gone](#gon).
           |                                         ^^^^^^^^^^^^ leads nowhere
           |
           = help: a reference names a file, or behind `#` an element, a department, a block or a heading

        1 error in 1 file
    "#]]);
}

#[test]
fn warnings_do_not_disturb_the_export() {
    let run = warned().run("export").status(0).stderr_is("");
    assert_eq!(run.json()["canvases"][0]["path"], "content/bakery.md");
}
