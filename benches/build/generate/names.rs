//! The names of a canvas and of everything in it, which follow from its number alone.

use super::random::Random;
use super::slug;

/// The departments that canvases have, all of them built in.
pub const DEPARTMENTS: [&str; 12] = [
    "Research and Development",
    "Production",
    "Marketing",
    "Sales and Customer Service",
    "Procurement",
    "Inbound Logistics",
    "Outbound Logistics",
    "Technology",
    "Human Resources",
    "Finance",
    "Legal",
    "Quality",
];

/// How many departments a canvas has.
const DEPARTMENTS_OF_A_CANVAS: usize = 4;

const PLACES: [&str; 16] = [
    "Harbour",
    "Hillside",
    "Market",
    "Station",
    "Riverside",
    "Meadow",
    "Castle",
    "Garden",
    "Bridge",
    "Forest",
    "Island",
    "Lakeside",
    "Mill",
    "Orchard",
    "Park",
    "Valley",
];

const TRADES: [&str; 12] = [
    "Bakery",
    "Laundry",
    "Bicycle Shop",
    "Bookshop",
    "Brewery",
    "Cannery",
    "Dairy",
    "Florist",
    "Joinery",
    "Pharmacy",
    "Print Shop",
    "Roastery",
];

/// The first word of an element's name, which goes with any noun.
const QUALITIES: [&str; 20] = [
    "Annual", "Central", "Daily", "Early", "Flexible", "Joint", "Local", "Mobile", "Modern",
    "National", "Prepaid", "Quick", "Regional", "Reliable", "Seasonal", "Shared", "Simple",
    "Small", "Steady", "Weekly",
];

/// What an activity is about.
const OBJECTS: [&str; 18] = [
    "Account",
    "Batch",
    "Capacity",
    "Complaint",
    "Contract",
    "Cost",
    "Delivery",
    "Energy",
    "Order",
    "Packaging",
    "Price",
    "Recipe",
    "Return",
    "Route",
    "Sample",
    "Shift",
    "Stock",
    "Supplier",
];

/// What is done with it.
const WORK: [&str; 10] = [
    "analysis",
    "booking",
    "control",
    "costing",
    "forecasting",
    "inspection",
    "planning",
    "reporting",
    "review",
    "training",
];

/// The nine blocks, in the order in which a canvas has them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Block {
    KeyPartners,
    KeyActivities,
    KeyResources,
    ValuePropositions,
    CustomerRelationships,
    Channels,
    CustomerSegments,
    CostStructure,
    RevenueStreams,
}

impl Block {
    /// All blocks, in order.
    pub const ALL: [Self; 9] = [
        Self::KeyPartners,
        Self::KeyActivities,
        Self::KeyResources,
        Self::ValuePropositions,
        Self::CustomerRelationships,
        Self::Channels,
        Self::CustomerSegments,
        Self::CostStructure,
        Self::RevenueStreams,
    ];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::KeyPartners => "Key Partners",
            Self::KeyActivities => "Key Activities",
            Self::KeyResources => "Key Resources",
            Self::ValuePropositions => "Value Propositions",
            Self::CustomerRelationships => "Customer Relationships",
            Self::Channels => "Channels",
            Self::CustomerSegments => "Customer Segments",
            Self::CostStructure => "Cost Structure",
            Self::RevenueStreams => "Revenue Streams",
        }
    }

    /// The block that its elements refer to.
    pub fn serves(self) -> Self {
        match self {
            Self::KeyPartners | Self::KeyResources | Self::CostStructure => Self::KeyActivities,
            Self::KeyActivities | Self::Channels => Self::ValuePropositions,
            Self::ValuePropositions | Self::CustomerRelationships | Self::RevenueStreams => {
                Self::CustomerSegments
            }
            Self::CustomerSegments => Self::Channels,
        }
    }

    /// The second words of its elements' names. No word is in two blocks, and so no name is.
    fn nouns(self) -> &'static [&'static str] {
        match self {
            Self::KeyPartners => {
                &["carriers", "growers", "installers", "lenders", "makers", "schools"]
            }
            Self::KeyActivities => &WORK,
            Self::KeyResources => {
                &["brand", "fleet", "licence", "machines", "warehouse", "workshop"]
            }
            Self::ValuePropositions => {
                &["advice", "choice", "freshness", "guarantee", "repair", "service"]
            }
            Self::CustomerRelationships => {
                &["evenings", "hotline", "membership", "newsletter", "tours", "visits"]
            }
            Self::Channels => &["catalogue", "counter", "fair", "kiosk", "shop", "van"],
            Self::CustomerSegments => {
                &["cafés", "commuters", "families", "hotels", "offices", "pensioners"]
            }
            Self::CostStructure => &["fuel", "insurance", "materials", "rent", "repairs", "wages"],
            Self::RevenueStreams => {
                &["deposits", "fees", "hire", "orders", "refills", "subscriptions"]
            }
        }
    }
}

/// A department of a canvas.
#[derive(Clone)]
pub struct Department {
    pub title: &'static str,
    pub activities: Vec<String>,
}

/// The names of one canvas.
pub struct Names {
    /// The title, which no other canvas has.
    pub title: String,
    pub departments: Vec<Department>,
    /// For each block in the order of `Block::ALL`; empty for Key Activities.
    elements: Vec<Vec<String>>,
}

impl Names {
    /// The names of the canvas with this number.
    pub fn of(number: u32) -> Self {
        let mut random = Random::new(number, 0);
        let title = format!("{} {} {number:05}", random.of(&PLACES), random.of(&TRADES));
        let elements = Block::ALL.map(|block| match block {
            Block::KeyActivities => Vec::new(),
            _ => elements(block, &mut random),
        });
        let mut known = Vec::new();
        let departments = random.some(&DEPARTMENTS, DEPARTMENTS_OF_A_CANVAS);
        let departments = departments
            .into_iter()
            .map(|title| Department { title, activities: activities(&mut known, &mut random) })
            .collect();
        Self { title, departments, elements: elements.into() }
    }

    /// The name of the canvas's file, without `.md`.
    pub fn stem(&self) -> String {
        slug(&self.title)
    }

    /// The elements of a block that has no departments.
    pub fn elements(&self, block: Block) -> &[String] {
        let place = Block::ALL.iter().position(|other| *other == block);
        place.map_or(&[], |place| &self.elements[place])
    }

    /// The elements of a block, activities included.
    pub fn all(&self, block: Block) -> Vec<String> {
        if block != Block::KeyActivities {
            return self.elements(block).to_vec();
        }
        self.departments.iter().flat_map(|department| department.activities.clone()).collect()
    }
}

/// Three or four names for a block.
fn elements(block: Block, random: &mut Random) -> Vec<String> {
    let count = if random.below(2) == 0 { 3 } else { 4 };
    let nouns = random.some(block.nouns(), count);
    nouns.into_iter().map(|noun| format!("{} {noun}", random.of(&QUALITIES))).collect()
}

/// Three to six names for a department, none of which another department of the canvas has.
fn activities(known: &mut Vec<String>, random: &mut Random) -> Vec<String> {
    let mut activities = Vec::new();
    for _ in 0..3 + random.below(4) {
        let name = loop {
            let name = format!("{} {}", random.of(&OBJECTS), random.of(&WORK));
            if !known.contains(&name) {
                break name;
            }
        };
        known.push(name.clone());
        activities.push(name);
    }
    activities
}
