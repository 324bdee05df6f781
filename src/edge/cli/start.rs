//! The commands that start something, and those that print what comes with canvasbook.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use clap_complete::Shell;

/// `canvasbook init`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Init {
    /// Folder of the new handbook; by default the current one.
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: Option<PathBuf>,
    /// Overwrite files that are there.
    #[arg(long)]
    pub force: bool,
}

/// `canvasbook new`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct New {
    /// Where the canvas will be, in content/ or from the current folder.
    #[arg(value_name = "PATH", value_hint = ValueHint::FilePath)]
    pub path: PathBuf,
    /// Title of the canvas; by default its file's name.
    #[arg(long)]
    pub title: Option<String>,
    /// Kind of canvas, such as lean; by default business-model.
    #[arg(long, value_name = "ID")]
    pub kind: Option<String>,
    /// Write the headings in this language; by default the handbook's.
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Start with these departments and suggest their typical activities.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub department: Vec<String>,
    /// Write the front matter as YAML, as Obsidian does, instead of TOML.
    #[arg(long)]
    pub yaml: bool,
    /// Start as a scenario, a copy of this canvas.
    #[arg(long, value_name = "CANVAS", value_hint = ValueHint::FilePath)]
    #[arg(conflicts_with_all = ["kind", "lang", "department", "yaml"])]
    pub from: Option<PathBuf>,
    /// Overwrite the file if it is there.
    #[arg(long)]
    pub force: bool,
}

/// `canvasbook schema`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Schema {
    /// Of what: config, front-matter, kind, handbook, canvas or export.
    #[arg(value_name = "OF", hide_possible_values = true)]
    pub of: SchemaOf,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// `canvasbook.toml`.
    Config,
    /// The front matter of canvases and pages.
    FrontMatter,
    /// The file of a kind of canvas.
    Kind,
    /// `handbook.json` of a site.
    Handbook,
    /// The file beside the page of a canvas.
    Canvas,
    /// What `canvasbook export` prints.
    Export,
}

/// `canvasbook completions`.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
pub struct Completions {
    /// The shell: bash, elvish, fish, powershell or zsh.
    #[arg(hide_possible_values = true)]
    pub shell: Shell,
}
