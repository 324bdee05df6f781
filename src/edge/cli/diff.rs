//! The command line of `canvasbook diff`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use crate::comparison::{Comparison, Level};

/// `canvasbook diff`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Diff {
    /// Two canvases, or up to two revisions as git writes them; without any, HEAD and what is on the disk.
    #[arg(value_name = "CANVAS|REV", num_args = 0..=2)]
    pub sides: Vec<String>,
    /// Between revisions, print what is below these files and folders only.
    #[arg(last = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// End with status 1 if anything differs.
    #[arg(long)]
    pub exit_code: bool,
    /// End with status 1 if a change is of this level or above (cosmetic, detail, commitment or promise) and no
    /// commit between the revisions says `Accepts: REASON` at the end of its message.
    #[arg(long, value_name = "LEVEL", value_parser = levels(), hide_possible_values = true)]
    pub fail_on: Option<Level>,
    /// With `--format markdown`: where the whole comparison is, an address or the name of a file.
    #[arg(long, value_name = "WHERE")]
    pub whole: Option<String>,
    /// With `--format markdown`: without HTML, for hosts that show none.
    #[arg(long)]
    pub plain: bool,
    /// Look into drafts as well.
    #[arg(long)]
    pub drafts: bool,
}

impl Diff {
    /// Whether the flags let the command succeed, given the comparison and whether somebody
    /// accepted it.
    pub fn is_well(&self, comparison: &Comparison, is_accepted: bool) -> bool {
        let is_reached = self.fail_on.is_some_and(|least| comparison.level() >= Some(least));
        (!is_reached || is_accepted) && (comparison.is_empty() || !self.exit_code)
    }
}

fn levels() -> impl TypedValueParser<Value = Level> {
    let ids = PossibleValuesParser::new(Level::ALL.map(Level::id));
    ids.try_map(|id| Level::from_id(&id).ok_or("is no level"))
}
