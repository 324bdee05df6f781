//! Canvases of a business with many branches: the same ones for the same numbers, on every machine.
//!
//! A canvas has all nine blocks, four departments with three to six activities each, and about
//! fifty references, a few of them into other canvases; it is 6 to 8 KB. Its name and content
//! follow from its number alone, so that another one can refer to it before it is written.

#[path = "generate/names.rs"]
mod names;
#[path = "generate/prose.rs"]
mod prose;
#[path = "generate/random.rs"]
mod random;

use std::path::{Path, PathBuf};

use names::{Block, Names};
use random::Random;

/// How many canvases a folder has.
const IN_A_SECTION: u32 = 100;

/// Blocks whose elements nothing refers to; each has at least three.
const NEVER_MEANT: [Block; 4] =
    [Block::KeyPartners, Block::CustomerRelationships, Block::CostStructure, Block::RevenueStreams];

/// How many elements of a canvas nothing refers to, at least: so many can do without a name.
pub const MOST_FINDINGS: i64 = 3 * NEVER_MEANT.len() as i64;

/// Which element of each block has details below it.
const DETAILED: usize = 1;

/// The program that the canvases are written for. The words are the same; what only canvasbook reads
/// is left out for the others, or written in their form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// As the manual describes it: attributes, wiki links, all keys.
    Canvasbook,
    /// Hugo's keys, so that stage, owner and tags are taxonomies; plain links.
    Hugo,
    /// A title and no front matter; plain links.
    Mdbook,
}

impl Dialect {
    /// Where in the folder of a series the site of this dialect is.
    pub fn sources(self, series: &Path) -> PathBuf {
        series.join(match self {
            Self::Canvasbook => "canvasbook-site",
            Self::Hugo => "hugo-site",
            Self::Mdbook => "mdbook-site",
        })
    }
}

/// How large a handbook is.
#[derive(Clone, Copy)]
pub struct Size {
    /// How many canvases it has.
    pub canvases: u32,
    /// How many findings of rules each of them has, up to [`MOST_FINDINGS`].
    pub findings: u32,
}

/// The folder that a canvas is in.
pub fn section(number: u32) -> String {
    format!("region-{:03}", number / IN_A_SECTION)
}

/// What a canvas is called: its title and its file, without the folder and with `.md`.
pub fn title_and_file(number: u32) -> (String, String) {
    let names = Names::of(number);
    let file = format!("{}.md", names.stem());
    (names.title, file)
}

/// The text of one canvas of a handbook of a size.
pub fn canvas(number: u32, size: Size, dialect: Dialect) -> String {
    let mut text = Text {
        names: Names::of(number),
        random: Random::new(number, 1),
        dialect,
        number,
        canvases: size.canvases,
        unnamed: size.findings,
        more: Random::new(number, 2),
        out: String::with_capacity(8 * 1024),
    };
    text.front_matter();
    for block in Block::ALL {
        text.block(block);
    }
    text.out
}

/// A canvas while it is written.
struct Text {
    names: Names,
    /// Decides what is written; it is drawn alike in all dialects.
    random: Random,
    dialect: Dialect,
    number: u32,
    canvases: u32,
    /// How many elements are still to be written without a name.
    unnamed: u32,
    /// Decides the further words of elements without a name, so that everything else is the same
    /// however many there are.
    more: Random,
    out: String,
}

impl Text {
    fn add(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes what is above the blocks.
    fn front_matter(&mut self) {
        let title = self.names.title.clone();
        let summary = prose::sentence(&mut self.random);
        let stage = self.random.of(&prose::STAGES);
        let owner = format!(
            "{} {}",
            self.random.of(&prose::OWNERS),
            self.random.of(&prose::PARTS_OF_THE_COUNTRY)
        );
        let tags = self.random.some(&prose::TAGS, 3).into_iter().map(|tag| format!("\"{tag}\""));
        let tags = tags.collect::<Vec<_>>().join(", ");
        let text = match self.dialect {
            Dialect::Canvasbook => format!(
                "+++\ntitle = \"{title}\"\nsummary = \"{summary}\"\nstage = \"{stage}\"\n\
                 owner = \"{owner}\"\ntags = [{tags}]\n+++\n"
            ),
            Dialect::Hugo => format!(
                "+++\ntitle = \"{title}\"\ndescription = \"{summary}\"\nstages = [\"{stage}\"]\n\
                 owners = [\"{owner}\"]\ntags = [{tags}]\n+++\n"
            ),
            Dialect::Mdbook => format!("# {title}\n\n{summary}\n\n{stage}, {owner}\n"),
        };
        self.add(&text);
    }

    /// Writes a heading, a few words, and the block's elements.
    fn block(&mut self, block: Block) {
        let lead = prose::sentence(&mut self.random);
        self.add(&format!("\n## {}\n\n{lead}\n\n", block.label()));
        if block == Block::KeyActivities {
            return self.departments();
        }
        for (place, name) in self.names.elements(block).to_vec().iter().enumerate() {
            let mut clause = prose::clause(&mut self.random);
            if block == Block::CostStructure {
                clause = format!("{} % of cost; {clause}", self.random.below(60) + 3);
            }
            let reference = self.reference(block, place);
            match self.unnamed.checked_sub(1).filter(|_| NEVER_MEANT.contains(&block)) {
                Some(left) => {
                    self.unnamed = left;
                    // Long enough not to be taken for a name.
                    let more = [(); 2].map(|()| prose::sentence(&mut self.more)).join(" ");
                    self.add(&format!("- {more} It is {clause}, for {reference}.\n"));
                }
                None => self.add(&format!("- **{name}** — {clause}, for {reference}.\n")),
            }
            if place == DETAILED {
                let (one, other) =
                    (prose::sentence(&mut self.random), prose::sentence(&mut self.random));
                self.add(&format!("  - {one}\n  - {other}\n"));
            }
        }
    }

    /// Writes Key Activities: a heading for each department, and its activities below it.
    fn departments(&mut self) {
        for department in self.names.departments.clone() {
            let category = self.random.of(&prose::CATEGORIES);
            let category = self.attribute("category", category);
            let gap = if self.out.ends_with("\n\n") { "" } else { "\n" };
            self.add(&format!("{gap}### {}{category}\n\n", department.title));
            for activity in &department.activities {
                let with = *self.random.of(&names::DEPARTMENTS);
                let with = if with == department.title {
                    String::new()
                } else {
                    self.attribute("with", with)
                };
                let clause = prose::clause(&mut self.random);
                let reference = self.inside(Block::ValuePropositions);
                self.add(&format!("- **{activity}**{with} — {clause}, for {reference}.\n"));
            }
        }
    }

    /// An attribute with the blank before it, or nothing in a dialect without attributes.
    fn attribute(&self, key: &str, value: &str) -> String {
        match self.dialect {
            Dialect::Canvasbook => format!(" {{{key}=\"{value}\"}}"),
            Dialect::Hugo | Dialect::Mdbook => String::new(),
        }
    }

    /// What an element of a block refers to: mostly an element of the block that it serves. The
    /// first partner, resource, channel and customer relationship refer to another canvas.
    fn reference(&mut self, block: Block, place: usize) -> String {
        match (block, place) {
            (Block::KeyPartners, 0) => self.outside(Block::ValuePropositions, false),
            (Block::KeyResources, 0) => self.outside(Block::Channels, false),
            (Block::Channels, 0) => self.outside(Block::KeyResources, true),
            (Block::CustomerRelationships, 0) => self.outside(Block::KeyActivities, false),
            _ => self.inside(block.serves()),
        }
    }

    /// A reference to an element of this canvas, by a link or by its name.
    fn inside(&mut self, block: Block) -> String {
        let name = self.random.of(&self.names.all(block)).clone();
        let id = slug(&name);
        let by_name = self.random.below(2) == 0;
        if by_name && self.dialect == Dialect::Canvasbook {
            format!("[[#{name}]]")
        } else {
            format!("[{}](#{id})", name.to_lowercase())
        }
    }

    /// A reference to an element of another canvas: of the same region or of any other.
    fn outside(&mut self, block: Block, by_name: bool) -> String {
        let number = self.another();
        let names = Names::of(number);
        let stem = names.stem();
        let name = self.random.of(&names.all(block)).clone();
        if by_name && self.dialect == Dialect::Canvasbook {
            return format!("[[{stem}#{name}]]");
        }
        let folder = section(number);
        let before =
            if folder == section(self.number) { String::new() } else { format!("../{folder}/") };
        format!("[{}]({before}{stem}.md#{})", names.title, slug(&name))
    }

    /// The number of another canvas.
    fn another(&mut self) -> u32 {
        (self.number + 1 + self.random.below(self.canvases - 1)) % self.canvases
    }
}

/// The address of a name. The names here are of plain words.
fn slug(name: &str) -> String {
    name.to_lowercase().replace(' ', "-")
}
