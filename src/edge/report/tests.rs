//! Diagnostics in, the whole report out.

use expect_test::expect;

use super::*;
use crate::check::Rules;
use crate::diagnostic::{Edit, Fix, Severity};
use crate::source::{Location, SourcePath, Span};

const TEXT: &str = "# Café\r\n- see [it](#ít)\n- two\n";

fn texts(path: &SourcePath) -> Option<&'static str> {
    path.as_str().ends_with(".md").then_some(TEXT)
}

fn refs(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    diagnostics.iter().collect()
}

/// One diagnostic with everything, one over two lines, one of a file without a text.
fn diagnostics() -> Vec<Diagnostic> {
    let file = SourcePath::new("content/café: 100%, ok.md");
    let place = |piece: &str| {
        let start = TEXT.find(piece).expect("is there");
        Location::new(&file, start..start + piece.len())
    };
    let make = |code, severity, location, message: &str| {
        Diagnostic::new(code, severity, location, message.to_owned())
    };
    let picture = Location::new(&SourcePath::new("static/a b.png"), 0..0);
    let mut everything =
        make("unknown-reference", Severity::Error, place("#ít"), "`#ít` leads\nto 0%")
            .label("not in the JSON")
            .help("did you mean `#it`?")
            .related(place("Café"), "the nearest")
            .related(picture.clone(), "a picture");
    let edit = |location, text: &str| Edit { location, text: text.to_owned() };
    let end = Location { file: file.clone(), span: Span::new(TEXT.len(), TEXT.len()) };
    everything.fix = Some(Box::new(Fix { edits: vec![edit(place("ít"), "it"), edit(end, "\n")] }));
    vec![
        everything,
        make("empty-block", Severity::Warning, place("it](#ít)\n- two"), "two lines"),
        make("unused-file", Severity::Advice, picture, "nobody shows it"),
    ]
}

#[test]
fn json_is_an_array_of_diagnostics() {
    expect![[r#"
        [
          {
            "code": "unknown-reference",
            "severity": "error",
            "message": "`#ít` leads\nto 0%",
            "help": "did you mean `#it`?",
            "file": "content/café: 100%, ok.md",
            "start": {
              "line": 2,
              "column": 12,
              "offset": 20
            },
            "end": {
              "line": 2,
              "column": 15,
              "offset": 24
            },
            "related": [
              {
                "message": "the nearest",
                "file": "content/café: 100%, ok.md",
                "start": {
                  "line": 1,
                  "column": 3,
                  "offset": 2
                },
                "end": {
                  "line": 1,
                  "column": 7,
                  "offset": 7
                }
              },
              {
                "message": "a picture",
                "file": "static/a b.png",
                "start": {
                  "line": 1,
                  "column": 1,
                  "offset": 0
                },
                "end": {
                  "line": 1,
                  "column": 1,
                  "offset": 0
                }
              }
            ],
            "fix": {
              "edits": [
                {
                  "file": "content/café: 100%, ok.md",
                  "start": {
                    "line": 2,
                    "column": 13,
                    "offset": 21
                  },
                  "end": {
                    "line": 2,
                    "column": 15,
                    "offset": 24
                  },
                  "text": "it"
                },
                {
                  "file": "content/café: 100%, ok.md",
                  "start": {
                    "line": 4,
                    "column": 1,
                    "offset": 32
                  },
                  "end": {
                    "line": 4,
                    "column": 1,
                    "offset": 32
                  },
                  "text": "\n"
                }
              ]
            }
          },
          {
            "code": "empty-block",
            "severity": "warning",
            "message": "two lines",
            "help": null,
            "file": "content/café: 100%, ok.md",
            "start": {
              "line": 2,
              "column": 8,
              "offset": 16
            },
            "end": {
              "line": 3,
              "column": 6,
              "offset": 31
            },
            "related": [],
            "fix": null
          },
          {
            "code": "unused-file",
            "severity": "advice",
            "message": "nobody shows it",
            "help": null,
            "file": "static/a b.png",
            "start": {
              "line": 1,
              "column": 1,
              "offset": 0
            },
            "end": {
              "line": 1,
              "column": 1,
              "offset": 0
            },
            "related": [],
            "fix": null
          }
        ]
    "#]]
    .assert_eq(&json(&refs(&diagnostics()), &texts));
    expect![[r#"
        []
    "#]]
    .assert_eq(&json(&[], &texts));
}

#[test]
fn github_gets_one_escaped_command_a_line() {
    expect![[r#"
        ::error file=content/café%3A 100%25%2C ok.md,line=2,endLine=2,col=12,endColumn=15,title=unknown-reference::`#ít` leads%0Ato 0%25%0Ahelp: did you mean `#it`?%0Acontent/café: 100%25, ok.md:1:3: the nearest%0Astatic/a b.png: a picture
        ::warning file=content/café%3A 100%25%2C ok.md,line=2,endLine=3,title=empty-block::two lines
        ::notice file=static/a b.png,title=unused-file::nobody shows it
    "#]].assert_eq(&github(&refs(&diagnostics()), &texts, ""));
    expect![[r#"
        ::notice file=docs/book/static/a b.png,title=unused-file::nobody shows it
    "#]]
    .assert_eq(&github(&refs(&diagnostics()[2..]), &texts, "docs/book/"));
    expect![[""]].assert_eq(&github(&[], &texts, ""));
}

#[test]
fn sarif_is_a_log_of_one_run() {
    expect![[r#"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "newlineSequences": [
                "\r\n",
                "\n",
                "\r"
              ],
              "results": [
                {
                  "fixes": [
                    {
                      "artifactChanges": [
                        {
                          "artifactLocation": {
                            "uri": "content/caf%C3%A9%3A%20100%25%2C%20ok.md"
                          },
                          "replacements": [
                            {
                              "deletedRegion": {
                                "endColumn": 15,
                                "endLine": 2,
                                "startColumn": 13,
                                "startLine": 2
                              },
                              "insertedContent": {
                                "text": "it"
                              }
                            },
                            {
                              "deletedRegion": {
                                "endColumn": 1,
                                "endLine": 4,
                                "startColumn": 1,
                                "startLine": 4
                              },
                              "insertedContent": {
                                "text": "\n"
                              }
                            }
                          ]
                        }
                      ]
                    }
                  ],
                  "level": "error",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "content/caf%C3%A9%3A%20100%25%2C%20ok.md"
                        },
                        "region": {
                          "endColumn": 15,
                          "endLine": 2,
                          "startColumn": 12,
                          "startLine": 2
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "`#ít` leads\nto 0%\nhelp: did you mean `#it`?"
                  },
                  "relatedLocations": [
                    {
                      "message": {
                        "text": "the nearest"
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "content/caf%C3%A9%3A%20100%25%2C%20ok.md"
                        },
                        "region": {
                          "endColumn": 7,
                          "endLine": 1,
                          "startColumn": 3,
                          "startLine": 1
                        }
                      }
                    },
                    {
                      "message": {
                        "text": "a picture"
                      },
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "static/a%20b.png"
                        }
                      }
                    }
                  ],
                  "ruleId": "unknown-reference",
                  "ruleIndex": 1
                },
                {
                  "level": "warning",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "content/caf%C3%A9%3A%20100%25%2C%20ok.md"
                        },
                        "region": {
                          "endColumn": 6,
                          "endLine": 3,
                          "startColumn": 8,
                          "startLine": 2
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "two lines"
                  },
                  "ruleId": "empty-block",
                  "ruleIndex": 0
                },
                {
                  "level": "note",
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "static/a%20b.png"
                        }
                      }
                    }
                  ],
                  "message": {
                    "text": "nobody shows it"
                  },
                  "ruleId": "unused-file",
                  "ruleIndex": 2
                }
              ],
              "tool": {
                "driver": {
                  "name": "canvasbook",
                  "rules": [
                    {
                      "id": "empty-block",
                      "shortDescription": {
                        "text": "A block that is written but has no element."
                      }
                    },
                    {
                      "id": "unknown-reference",
                      "shortDescription": {
                        "text": "A reference leads to nothing."
                      }
                    },
                    {
                      "id": "unused-file",
                      "shortDescription": {
                        "text": "unused-file"
                      }
                    }
                  ],
                  "semanticVersion": "0.1.0"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
    "#]].assert_eq(&sarif(&refs(&diagnostics()), &Rules::built_in(), &texts, ""));
    expect![[r#"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "runs": [
            {
              "columnKind": "unicodeCodePoints",
              "newlineSequences": [
                "\r\n",
                "\n",
                "\r"
              ],
              "results": [],
              "tool": {
                "driver": {
                  "name": "canvasbook",
                  "rules": [],
                  "semanticVersion": "0.1.0"
                }
              }
            }
          ],
          "version": "2.1.0"
        }
    "#]].assert_eq(&sarif(&[], &Rules::built_in(), &texts, ""));
    let log = sarif(&refs(&diagnostics()[2..]), &Rules::built_in(), &texts, "docs");
    assert!(log.contains(r#""uri": "docs/static/a%20b.png""#), "{log}");
}
