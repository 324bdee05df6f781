//! The command line: one definition for parsing, help, manual and completions.
//!
//! It defines what can be asked for, not how it is done.

mod build;
mod check;
mod diff;
mod export;
mod kind;
mod live;
mod start;
#[cfg(test)]
mod tests;
mod theme;
mod thread;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::builder::styling::{AnsiColor, Styles};
use clap::error::ErrorKind;
use clap::{ArgAction, Args, CommandFactory, Parser, Subcommand, ValueEnum, ValueHint};

use crate::date::{self, Date};

pub use build::Build;
pub use check::Check;
pub use diff::Diff;
pub use export::Export;
pub use kind::{CheckKind, Kind, KindCommand, NewKind};
pub use live::Serve;
pub use start::{Completions, Init, New, Schema, SchemaOf};
pub use theme::{Eject, Theme, ThemeCommand};
pub use thread::Thread;
pub use watch::Watch;

/// The colours of cargo's help, which people who install this way know.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::BrightGreen.on_default().bold())
    .usage(AnsiColor::BrightGreen.on_default().bold())
    .literal(AnsiColor::BrightCyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default())
    .error(AnsiColor::BrightRed.on_default().bold())
    .valid(AnsiColor::BrightCyan.on_default().bold())
    .invalid(AnsiColor::Yellow.on_default().bold());

/// The sections below the options: titles with their texts, whose lines are kept.
pub(super) const MORE: [(&str, &str); 3] = [
    (
        "Examples",
        "  canvasbook init plans                Start a handbook in plans/
  canvasbook kind list                 See which kinds of canvas there are
  canvasbook new retail/kiosk          Start a canvas in content/retail/kiosk.md
  canvasbook serve --open              See the site change while you write
  canvasbook build                     Write the site to public/
  canvasbook build --output /srv/book  Write it elsewhere
  canvasbook check --strict            Fail on warnings too
  canvasbook check --format github     Annotate a pull request on GitHub
  canvasbook thread bakery.md#bread    See what an element needs and what needs it
  canvasbook diff plan-a.md plan-b.md  See what one canvas says otherwise
  canvasbook diff main...HEAD          See what a branch does to the business
  canvasbook export > handbook.json    Hand the handbook to another program",
    ),
    (
        "Folders",
        "  The handbook is the nearest folder upwards with canvasbook.toml or content/.
  The site goes to the `output` of canvasbook.toml, else to public/, both in the
  handbook. What --root and --output name counts from the current folder.",
    ),
    (
        "Exit status",
        "  0  All is well
  1  Something is wrong in a file of the handbook
  2  Something is wrong with a flag, the output folder or the machine",
    ),
];

fn more() -> StyledStr {
    let header = STYLES.get_header();
    let sections = MORE.map(|(title, text)| format!("{header}{title}:{header:#}\n{text}"));
    StyledStr::from(sections.join("\n\n"))
}

/// Turns a folder of Markdown business model canvases into a checked, linked handbook.
#[derive(Clone, Debug, PartialEq, Eq, Parser)]
#[command(version, styles = STYLES, after_help = more())]
#[command(arg_required_else_help = true)]
pub struct Cli {
    /// The flags that every command takes.
    #[command(flatten)]
    pub globals: Globals,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Reads the day of `--today`.
fn day(text: &str) -> Result<Date, &'static str> {
    date::parse(text).ok_or("write a day such as 2026-09-30")
}

/// Flags that may come before and after the command.
#[derive(Clone, Debug, PartialEq, Eq, Args)]
#[command(next_help_heading = "Global options")]
pub struct Globals {
    /// Folder of the handbook.
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// Folder to write the site to, from the current folder.
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// Print as human, json, github or sarif; diff: human, json, markdown or html; export: json or html.
    #[arg(long, global = true, hide_possible_values = true)]
    pub format: Option<Format>,
    /// The day that reviews are due by, such as 2026-09-30.
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Print diagnostics and results only.
    #[arg(long, short, global = true, action = ArgAction::SetTrue)]
    pub quiet: bool,
    /// Use colours: auto, always or never.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub color: ColorChoice,
}

/// A command.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Start a handbook, with a canvas to look at.
    Init(Init),
    /// Start a canvas, with all its blocks and what to ask for each.
    New(New),
    /// Show the site in a browser, and every change while you write.
    Serve(Serve),
    /// Write the site.
    Build(Build),
    /// Write the site, and again whenever a file of the handbook changes.
    Watch(Watch),
    /// Report what is wrong or doubtful, and write nothing.
    Check(Check),
    /// Print the handbook as JSON for other programs, or as one HTML file.
    Export(Export),
    /// Print what an element needs, and what would fall without it.
    Thread(Thread),
    /// Print how one canvas differs from another one.
    Diff(Diff),
    /// See, start and check kinds of canvas.
    Kind(Kind),
    /// Change the look: copy files of the built-in theme.
    Theme(Theme),
    /// Print a JSON Schema of what canvasbook reads or writes.
    Schema(Schema),
    /// Print a script that lets a shell complete commands and flags.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// How diagnostics and results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Excerpts for a person at a terminal.
    Human,
    /// JSON for programs.
    Json,
    /// Workflow commands that GitHub shows as annotations.
    Github,
    /// A SARIF log for code scanning services.
    Sarif,
    /// One file that opens anywhere, of `export` and `diff`.
    Html,
    /// Markdown for messages and requests, of `diff`.
    Markdown,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// At a terminal, unless NO_COLOR is set or TERM is dumb; everywhere if CLICOLOR_FORCE is set.
    Auto,
    /// In any case.
    Always,
    /// In no case.
    Never,
}

impl Cli {
    /// Reads a command line, the program's own name first. The error may be a text that the user
    /// asked for, such as `--help`; [`clap::Error::print`] and [`clap::Error::exit_code`] do the
    /// right thing with either.
    pub fn read(
        arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    ) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        match cli.senseless_flag() {
            Some(message) => Err(Self::command().error(ErrorKind::InvalidValue, message)),
            None => Ok(cli),
        }
    }

    /// What is wrong with a flag of all commands that makes no sense for this one; `None` if
    /// nothing is.
    fn senseless_flag(&self) -> Option<String> {
        let is_html = self.format() == Format::Html;
        let is_markdown = self.format() == Format::Markdown;
        let (name, prints) = match &self.command {
            Command::Export(Export { part: Some(_), .. }) if !is_html => {
                return Some(
                    "json is of the whole handbook; add `--format html`, or leave out the part"
                        .into(),
                );
            }
            Command::Diff(Diff { whole, plain, .. })
                if !is_markdown && (whole.is_some() || *plain) =>
            {
                return Some("--whole and --plain go with `--format markdown`".into());
            }
            Command::Export(_) if is_html => return None,
            Command::Diff(_) if is_html || is_markdown => ("diff", ""),
            _ if is_html => {
                return Some("only export and diff print html; leave out `--format`".into());
            }
            _ if is_markdown => {
                return Some("only diff prints markdown; leave out `--format`".into());
            }
            Command::Build(_) | Command::Check(_) => return None,
            Command::Kind(Kind { command: KindCommand::Check(_) }) => ("kind check", ""),
            Command::Kind(Kind { command: KindCommand::List }) => ("kind list", "text and json"),
            Command::Kind(_) => ("kind new", "text"),
            Command::Watch(_) => ("watch", "text"),
            Command::Serve(_) => ("serve", "text"),
            Command::Export(_) => ("export", "json"),
            Command::Thread(_) => ("thread", "text and json"),
            Command::Diff(_) => ("diff", "text, json, markdown and html"),
            Command::Schema(_) => ("schema", "json"),
            Command::Init(_) => ("init", "text"),
            Command::New(_) => ("new", "text"),
            Command::Theme(_) => ("theme", "text"),
            Command::Completions(_) => ("completions", "a script"),
            Command::Man => ("man", "a manual page"),
        };
        let is_own = match (&self.command, self.format()) {
            (Command::Thread(_) | Command::Diff(_), Format::Json) => true,
            (Command::Kind(Kind { command: KindCommand::List }), Format::Json) => true,
            (Command::Kind(Kind { command: KindCommand::Check(_) }), _) => true,
            (Command::Diff(_), Format::Markdown | Format::Html) => true,
            (_, format) => format == self.own_format(),
        };
        if !is_own {
            return Some(format!("{name} prints {prints} only; leave out `--format`"));
        }
        let Globals { root, output, today, .. } = &self.globals;
        match self.command {
            Command::Watch(_) | Command::Export(_) => None,
            _ if output.is_some() => Some(format!("{name} writes no site; leave out `--output`")),
            Command::Serve(_) | Command::Diff(_) => None,
            _ if today.is_some() => Some(format!("{name} looks at no review; leave out `--today`")),
            Command::New(_) | Command::Theme(_) | Command::Thread(_) => None,
            Command::Kind(_) | Command::Schema(_) => None,
            _ if root.is_none() => None,
            Command::Init(_) => Some(
                "init takes the folder as it is: `canvasbook init DIR`, without `--root`".into(),
            ),
            _ => Some(format!("{name} reads no handbook; leave out `--root`")),
        }
    }

    /// The format that was asked for, else the default of the command.
    pub fn format(&self) -> Format {
        self.globals.format.unwrap_or(self.own_format())
    }

    fn own_format(&self) -> Format {
        match self.command {
            Command::Export(_) | Command::Schema(_) => Format::Json,
            _ => Format::Human,
        }
    }
}
