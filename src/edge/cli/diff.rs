//! The command line of `canvasbook diff`.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::comparison::Level;

/// `canvasbook diff`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Diff {
    /// Two canvases: what the second one says otherwise is printed. Files need not be of the handbook.
    #[arg(value_name = "CANVAS", num_args = 2, required = true)]
    pub sides: Vec<String>,
    /// End with status 1 if anything differs.
    #[arg(long)]
    pub exit_code: bool,
    /// End with status 1 if a change is of this level or above: cosmetic, detail, commitment or promise.
    #[arg(long, value_name = "LEVEL", value_parser = levels(), hide_possible_values = true)]
    pub fail_on: Option<Level>,
    /// Look into drafts as well.
    #[arg(long)]
    pub drafts: bool,
}

fn levels() -> impl TypedValueParser<Value = Level> {
    let ids = PossibleValuesParser::new(Level::ALL.map(Level::id));
    ids.try_map(|id| Level::from_id(&id).ok_or("is no level"))
}
