//! The keys of a kind's file, with their meanings, which reading, the JSON Schema and the manual
//! follow.

use super::rules::FORMS;
use crate::kind::ThemeColor;
use crate::node::key::{Key, Of, Shape};
use crate::terms::LEVELS;

/// The keys of the top level.
pub const KEYS: &[Key] = &[
    Key::new(Of::All, "title", Shape::Required)
        .means("What a canvas of this kind is called.", "title = \"Idea Board\""),
    Key::new(Of::All, "summary", Shape::Text).means(
        "What such a canvas is for, in a sentence.",
        "summary = \"An idea on one page, before it costs anything.\"",
    ),
    Key::new(Of::All, "summaries", Shape::ByLanguage).means(
        "The same in other languages, by tag.",
        "summaries.de = \"Eine Idee auf einer Seite, bevor sie etwas kostet.\"",
    ),
    Key::new(Of::All, "extends", Shape::Text).means(
        "The id of the kind that it starts from: what the file leaves out is as in that kind.",
        "extends = \"business-model\"",
    ),
    Key::new(Of::All, "drop", Shape::Texts)
        .means("Blocks of that kind which this one lacks.", "drop = [\"channels\"]"),
    Key::new(Of::All, "attribution", Shape::Table(ATTRIBUTION_KEYS)).means(
        "Whose form it is, and under which licence.",
        "attribution = { author = \"Strategy Office\" }",
    ),
    Key::new(Of::All, "detect", Shape::Table(DETECT_KEYS)).means(
        "When a document that does not name its kind is a canvas of this one.",
        "detect = { at_least = 3 }",
    ),
    Key::new(Of::All, "poster", Shape::Table(POSTER_KEYS)).means(
        "Where the blocks are on the poster.",
        "poster = { grid = [\"problem idea\", \"problem cost\"] }",
    ),
    Key::new(Of::All, "areas", Shape::Tables(AREA_KEYS)).means(
        "Parts of the poster that share a colour, by id; up to six.",
        "areas.why = { label = \"Why\", color = \"offer\" }",
    ),
    Key::new(Of::All, "blocks", Shape::List(BLOCK_KEYS)).means(
        "The blocks, in reading order.",
        "[[blocks]]\nid = \"problem\"\nlabel = \"Problem\"",
    ),
    Key::new(Of::All, "groups", Shape::List(GROUP_KEYS)).means(
        "Headings that are groups of a block even at the level of the blocks.",
        "[[groups]]\nid = \"early-adopters\"\nblock = \"people\"",
    ),
    Key::new(Of::All, "relations", Shape::List(RELATION_KEYS)).means(
        "What a reference between elements of two blocks means.",
        "[[relations]]\nfrom = \"idea\"\nverb = \"solves\"\ninverse = \"is solved by\"\nto = \"problem\"",
    ),
    Key::new(Of::All, "rules", Shape::List(RULE_KEYS)).means(
        "What a canvas of this kind is checked for besides.",
        "[[rules]]\ncode = \"idle-idea\"\nform = \"needs\"\nblock = \"idea\"\nof = [\"problem\"]\n\
         message = \"“{element}” solves nothing\"",
    ),
];

/// The keys of `[attribution]`.
pub(super) const ATTRIBUTION_KEYS: &[Key] = &[
    Key::new(Of::All, "author", Shape::Text)
        .means("Who made the form.", "author = \"Strategy Office\""),
    Key::new(Of::All, "url", Shape::Text)
        .means("The author's page.", "url = \"https://example.com/board\""),
    Key::new(Of::All, "license", Shape::Text)
        .means("The licence of the form.", "license = \"CC BY-SA 4.0\""),
    Key::new(Of::All, "license_url", Shape::Text).means(
        "The page of the licence.",
        "license_url = \"https://creativecommons.org/licenses/by-sa/4.0/\"",
    ),
    Key::new(Of::All, "changes", Shape::Text).means(
        "What is different from the author's form, which many licences ask to state; a sentence.",
        "changes = \"Channels are left out.\"",
    ),
];

/// The keys of `[detect]`.
pub(super) const DETECT_KEYS: &[Key] = &[Key::new(Of::All, "at_least", Shape::Integer)
    .means("How many of its blocks at one level make a canvas.", "at_least = 4")
    .absent("3")];

/// The keys of `[poster]`.
pub(super) const POSTER_KEYS: &[Key] = &[
    Key::new(Of::All, "grid", Shape::Texts).means(
        "The rows from top to bottom, each with a block's id for every column.",
        "grid = [\"problem idea\", \"problem cost\"]",
    ),
    Key::new(Of::All, "columns", Shape::Numbers)
        .means("How wide each column is, relative to the others.", "columns = [1, 1.5]")
        .absent("all are equal"),
    Key::new(Of::All, "narrow", Shape::Texts)
        .means(
            "The order of the blocks on a phone; those that are left out follow.",
            "narrow = [\"problem\", \"idea\"]",
        )
        .absent("the order of the blocks"),
    Key::new(Of::All, "axes", Shape::Table(AXES_KEYS)).means(
        "What the columns and rows of a matrix mean.",
        "axes = { x = [\"Helpful\", \"Harmful\"] }",
    ),
];

/// The keys of `[poster.axes]`.
pub(super) const AXES_KEYS: &[Key] = &[
    X,
    Y,
    Key::new(Of::All, "translations", Shape::Tables(AXIS_KEYS)).means(
        "The same in other languages, by tag.",
        "translations.de = { x = [\"Hilfreich\", \"Hinderlich\"] }",
    ),
];

/// The keys of the axes in one language.
const AXIS_KEYS: &[Key] = &[X, Y];

const X: Key = Key::new(Of::All, "x", Shape::Texts)
    .means("What the columns mean, from left to right.", "x = [\"Helpful\", \"Harmful\"]");

const Y: Key = Key::new(Of::All, "y", Shape::Texts)
    .means("What the rows mean, from top to bottom.", "y = [\"Internal\", \"External\"]");

/// The keys of an area.
pub(super) const AREA_KEYS: &[Key] = &[
    Key::new(Of::All, "label", Shape::Text).means("What the legend calls it.", "label = \"Why\""),
    Key::new(Of::All, "labels", Shape::ByLanguage)
        .means("The label in other languages, by tag.", "labels.de = \"Warum\""),
    Key::new(Of::All, "color", Shape::Colors(ThemeColor::IDS)).means(
        "A colour of the theme, a colour of its own, or one for light and one for dark.",
        "color = \"offer\"",
    ),
];

/// The keys of a block.
pub(super) const BLOCK_KEYS: &[Key] = &[
    Key::new(Of::All, "id", Shape::Required).means(
        "Its name in the grid, in references and in addresses: small letters, digits and hyphens.",
        "id = \"problem\"",
    ),
    Key::new(Of::All, "was", Shape::TextOrTexts).means(
        "An id that it had before, or has in the kind that this one starts from; or several.",
        "was = \"pain\"",
    ),
    Key::new(Of::All, "label", Shape::Text)
        .means("What it is called, and what its heading says.", "label = \"Problem\""),
    Key::new(Of::All, "labels", Shape::ByLanguage)
        .means("The label in other languages, by tag.", "labels.de = \"Problem\""),
    Key::new(Of::All, "aliases", Shape::Texts)
        .means("Other headings that mean it, in any language.", "aliases = [\"Pain\"]"),
    Key::new(Of::All, "everyday", Shape::Texts).means(
        "Headings that mean it only where others make the canvas: words of every day.",
        "everyday = [\"Problems\"]",
    ),
    Key::new(Of::All, "short", Shape::Text)
        .means("One or two words for narrow places.", "short = \"Problem\"")
        .absent("the label"),
    Key::new(Of::All, "prompt", Shape::Text)
        .means("What to ask to fill it.", "prompt = \"What hurts, and whom?\""),
    Key::new(Of::All, "prompts", Shape::ByLanguage).means(
        "The question in other languages, by tag.",
        "prompts.de = \"Was schmerzt, und wen?\"",
    ),
    Key::new(Of::All, "area", Shape::Text).means("The id of its area.", "area = \"why\""),
    Key::new(Of::All, "role", Shape::OneOf(ROLES))
        .means("What it does beyond its name.", "role = \"offer\"")
        .absent("none"),
    Key::new(Of::All, "gather", Shape::Boolean)
        .means(
            "Whether elements of one name in several canvases are one thing, such as a partner.",
            "gather = true",
        )
        .absent("false"),
    Key::new(Of::All, "at_most", Shape::Integer)
        .means("How many elements it should have at the most.", "at_most = 5"),
];

/// The keys of a group.
pub(super) const GROUP_KEYS: &[Key] = &[
    Key::new(Of::All, "id", Shape::Required)
        .means("Its name: the heading in small letters, with hyphens.", "id = \"early-adopters\""),
    Key::new(Of::All, "block", Shape::Required)
        .means("The block that it belongs to.", "block = \"people\""),
];

/// The keys of a relation.
pub(super) const RELATION_KEYS: &[Key] = &[
    Key::new(Of::All, "from", Shape::Required)
        .means("The block that the verb belongs to.", "from = \"idea\""),
    Key::new(Of::All, "verb", Shape::Required)
        .means("What `from` does to `to`.", "verb = \"solves\""),
    Key::new(Of::All, "verbs", Shape::ByLanguage)
        .means("The verb in other languages, by tag.", "verbs.de = \"löst\""),
    Key::new(Of::All, "inverse", Shape::Required)
        .means("The same as seen from `to`.", "inverse = \"is solved by\""),
    Key::new(Of::All, "inverses", Shape::ByLanguage)
        .means("The inverse in other languages, by tag.", "inverses.de = \"wird gelöst von\""),
    Key::new(Of::All, "to", Shape::Required)
        .means("The block that the verb leads to.", "to = \"problem\""),
    Key::new(Of::All, "supplies", Shape::OneOf(ENDS))
        .means("The end that depends on the other, along which threads run.", "supplies = \"to\""),
];

/// The keys of a rule.
pub(super) const RULE_KEYS: &[Key] = &[
    Key::new(Of::All, "code", Shape::Required).means(
        "Its name in messages, in `[rules]` of the configuration and in waivers.",
        "code = \"idle-idea\"",
    ),
    Key::new(Of::All, "form", Shape::OneOf(FORMS)).means("What it asks for.", "form = \"needs\""),
    Key::new(Of::All, "block", Shape::Required)
        .means("The block that it is about.", "block = \"idea\""),
    Key::new(Of::All, "of", Shape::Texts).means(
        "With `needs`: an element needs a relation to an element of one of these blocks.",
        "of = [\"problem\"]",
    ),
    Key::new(Of::All, "at_most", Shape::Integer)
        .means("With `at-most`: how many elements the block may have.", "at_most = 3"),
    Key::new(Of::All, "level", Shape::Table(LEVEL_KEYS)).means(
        "How much its findings weigh, by the stage of the canvas.",
        "level = { explore = \"off\" }",
    ),
    Key::new(Of::All, "message", Shape::Required).means(
        "What is wrong. `{element}`, `{block}`, `{count}` and `{most}` are filled in.",
        "message = \"“{element}” solves nothing\"",
    ),
    Key::new(Of::All, "messages", Shape::ByLanguage).means(
        "The message in other languages, by tag, for pages.",
        "messages.de = \"„{element}“ löst nichts\"",
    ),
];

/// The keys of a rule's level.
pub(super) const LEVEL_KEYS: &[Key] = &[
    Key::new(Of::All, "explore", Shape::OneOf(LEVELS))
        .means("While exploring, and without a stage.", "explore = \"advice\"")
        .absent("advice"),
    Key::new(Of::All, "transfer", Shape::OneOf(LEVELS))
        .means("At the stage between the two.", "transfer = \"warning\"")
        .absent("warning"),
    Key::new(Of::All, "exploit", Shape::OneOf(LEVELS))
        .means("While exploiting.", "exploit = \"warning\"")
        .absent("warning"),
];

const ROLES: &[&str] = &["offer", "audience", "activities", "money", "none"];
const ENDS: &[&str] = &["to", "from"];
