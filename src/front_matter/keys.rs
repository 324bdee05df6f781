//! The keys of front matter: the one definition that reading, schema and documentation follow.

use crate::node::key::{Key, Of, Shape};

const STAGES: &[&str] = &[
    "ideation",
    "discovery",
    "validation",
    "acceleration",
    "transfer",
    "improve",
    "grow",
    "sustain",
    "retire",
];

const CATEGORIES: &[&str] = &["production", "problem-solving", "platform"];

use Of::{All, Canvases};

/// The keys of front matter, in the order in which they are documented.
pub const KEYS: &[Key] = &[
    Key::new(All, "title", Shape::Text)
        .means("What the page is called.", "title = \"Harbour Coffee Roasters\"")
        .absent("the first heading that is no block label, else the file name"),
    Key::new(All, "summary", Shape::Text).means(
        "One sentence: below the title, in lists, and what search engines show.",
        "summary = \"Small-batch roasting, sold by subscription.\"",
    ),
    Key::new(All, "canvas", Shape::Kind)
        .means(
            "The kind of canvas; `true` is `business-model`, `false` an ordinary page.",
            "canvas = \"lean\"",
        )
        .absent("detected by the blocks"),
    Key::new(Canvases, "stage", Shape::OneOf(STAGES))
        .means("Where the business model is in its life.", "stage = \"grow\"")
        .absent("none"),
    Key::new(Canvases, "owner", Shape::Text)
        .means("Who answers for the canvas.", "owner = \"Strategy Office\""),
    Key::new(Canvases, "category", Shape::OneOf(CATEGORIES)).means(
        "The category of its activities that have none of their own.",
        "category = \"production\"",
    ),
    Key::new(Canvases, "date", Shape::Date)
        .means("The day at the head of the canvas; only shown.", "date = 2026-09-30"),
    Key::new(Canvases, "version", Shape::Text)
        .means("The version at the head of the canvas; only shown.", "version = \"3\""),
    Key::new(Canvases, "reviewed", Shape::Date)
        .means("When the canvas was last looked through.", "reviewed = 2026-09-30"),
    Key::new(Canvases, "review_every", Shape::Interval)
        .means("How often it is to be looked through.", "review_every = \"6 months\""),
    Key::new(Canvases, "departments", Shape::Tables(DEPARTMENT_KEYS)).means(
        "What holds for a department in this canvas only.",
        "[departments.production]\nowner = \"Head Roaster\"",
    ),
    Key::new(Canvases, "waive", Shape::List(WAIVER_KEYS)).means(
        "Findings that are known and left, with the reason.",
        "[[waive]]\nrule = \"empty-block\"\nreason = \"We have no partners yet.\"",
    ),
    Key::new(Canvases, "based_on", Shape::Text)
        .means("The canvas that this one is a variant of.", "based_on = \"harbour-coffee.md\""),
    Key::new(Canvases, "compare_with", Shape::Text)
        .means("The canvas to compare this one with.", "compare_with = \"harbour-coffee.md\""),
    Key::new(All, "tags", Shape::Texts)
        .means("Words to find it by.", "tags = [\"subscription\", \"retail\"]")
        .absent("none"),
    Key::new(All, "lang", Shape::Language)
        .means("The language it is written in, as a BCP 47 tag.", "lang = \"pt-BR\"")
        .absent("the handbook's language"),
    Key::new(All, "translation_of", Shape::Text)
        .means(
            "The document that this one is a translation of.",
            "translation_of = \"../harbour-coffee.md\"",
        )
        .absent("none"),
    Key::new(All, "weight", Shape::Integer)
        .means("Orders pages from light to heavy, then the title does.", "weight = 10")
        .absent("0"),
    Key::new(All, "draft", Shape::Boolean)
        .means("Leaves it out unless drafts are asked for.", "draft = true")
        .absent("false"),
    Key::new(All, "aliases", Shape::Texts)
        .means(
            "Old paths that lead here; in YAML also names for `[[…]]`.",
            "aliases = [\"old/coffee.html\"]",
        )
        .absent("none"),
    Key::new(All, "extra", Shape::Free)
        .means("Anything for templates of your own.", "[extra]\ncolour = \"brown\""),
];

/// The keys of a department in front matter.
pub const DEPARTMENT_KEYS: &[Key] = &[
    Key::new(Canvases, "owner", Shape::Text)
        .means("Who answers for its activities in this canvas.", "owner = \"Head Roaster\"")
        .absent("the owner in the configuration"),
    Key::new(Canvases, "title", Shape::Text)
        .means("What it is called in this canvas.", "title = \"Roastery\"")
        .absent("the handbook's title of it"),
];

/// The keys of a waiver.
pub const WAIVER_KEYS: &[Key] = &[
    Key::new(Canvases, "rule", Shape::Required)
        .means("The code of the rule whose finding is left.", "rule = \"empty-block\""),
    Key::new(Canvases, "element", Shape::Text)
        .means(
            "The element it is about, as a reference names it.",
            "element = \"#roast-profiling\"",
        )
        .absent("the whole canvas"),
    Key::new(Canvases, "reason", Shape::Required)
        .means("Why it is left.", "reason = \"We have no partners yet.\""),
];
