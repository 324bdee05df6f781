//! The sentences of canvases: plain, of about the length that people write, and put together of
//! parts that go with each other.

use super::random::Random;

/// The stages of a business, as canvasbook knows them.
pub const STAGES: [&str; 9] = [
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

/// What kinds of activities there are, as canvasbook knows them.
pub const CATEGORIES: [&str; 3] = ["production", "problem-solving", "platform"];

/// The first part of an owner.
pub const OWNERS: [&str; 6] = [
    "Managing Director",
    "Branch Manager",
    "Head of Operations",
    "Head of Sales",
    "Programme Lead",
    "Venture Lead",
];

/// The second part of an owner.
pub const PARTS_OF_THE_COUNTRY: [&str; 8] =
    ["North", "South", "East", "West", "Coast", "Highlands", "Capital", "Islands"];

/// What canvases are about.
pub const TAGS: [&str; 24] = [
    "wholesale",
    "retail",
    "subscription",
    "franchise",
    "export",
    "pilot",
    "rental",
    "repair",
    "catering",
    "delivery",
    "online",
    "seasonal",
    "regional",
    "organic",
    "training",
    "leasing",
    "events",
    "public sector",
    "tourism",
    "schools",
    "energy",
    "packaging",
    "data",
    "partnership",
];

const WHO: [&str; 12] = [
    "the branch",
    "the team",
    "the night shift",
    "our drivers",
    "the counter",
    "a few regulars",
    "both sites",
    "the first hire",
    "the planners",
    "the workshop",
    "the owner",
    "part-timers",
];

const DO: [&str; 16] = [
    "agreed on",
    "brought forward",
    "checked",
    "compared",
    "doubled",
    "explained",
    "measured",
    "paid for",
    "reduced",
    "reviewed",
    "signed for",
    "simplified",
    "standardised",
    "tested",
    "took over",
    "wrote down",
];

const WHAT: [&str; 18] = [
    "the cost of delivery",
    "the opening hours",
    "the usual orders",
    "all returns",
    "the price list",
    "six weeks of cover",
    "the waiting time",
    "the repeat customers",
    "the lease",
    "the maintenance plan",
    "the needs of a new site",
    "the handover",
    "the spare parts",
    "the complaints",
    "the margin",
    "the forecast",
    "the energy bill",
    "the routes of the week",
];

const WHEN: [&str; 12] = [
    "before the season",
    "every Monday",
    "twice a year",
    "within ten days",
    "since the pilot",
    "at the end of each month",
    "after the first winter",
    "in three of four regions",
    "without another hire",
    "from the second year on",
    "as the plan asks",
    "until the lease ends",
];

/// A sentence without its full stop and with a small letter first, as it follows a dash.
pub fn clause(random: &mut Random) -> String {
    let (who, verb, what) = (random.of(&WHO), random.of(&DO), random.of(&WHAT));
    if random.below(4) > 0 {
        return format!("{who} {verb} {what}");
    }
    format!("{who} {verb} {what} {}", random.of(&WHEN))
}

/// A whole sentence.
pub fn sentence(random: &mut Random) -> String {
    let clause = clause(random);
    let (first, rest) = clause.split_at(1);
    format!("{}{rest}.", first.to_uppercase())
}
