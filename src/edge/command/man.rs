//! `canvasbook man`: the manual page, one for the whole program, since someone who looks for a flag
//! does not know yet which command has it.

use std::io;

use clap::builder::StyledStr;
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::Trouble;
use crate::edge::cli::{Cli, MORE};
use crate::edge::streams::Stream;

/// Prints the page.
pub(super) fn run() -> Result<bool, Trouble> {
    let mut page = Vec::new();
    render(&mut page)?;
    Stream::Results.write(|out| out.write_all(&page))?;
    Ok(true)
}

fn render(page: &mut Vec<u8>) -> io::Result<()> {
    let mut program = Cli::command().subcommand_value_name("command");
    program.build();
    let man = Man::new(program.clone()).manual("canvasbook manual");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    let mut commands = Roff::new();
    commands.control("SH", ["COMMANDS"]);
    for command in listed(&program) {
        describe(command, &mut commands);
    }
    commands.to_writer(page)?;
    man.render_options_section(page)?;
    let mut more = Roff::new();
    for (title, text) in MORE {
        more.control("SH", [title.to_uppercase().as_str()]);
        more.control("nf", []);
        for line in text.lines() {
            more.text([roman(line)]);
        }
        more.control("fi", []);
    }
    more.to_writer(page)
}

/// The subcommands of a command, except `help`, whose output is on this page.
fn listed(command: &Command) -> impl Iterator<Item = &Command> {
    let is_listed = |command: &&Command| !command.is_hide_set() && command.get_name() != "help";
    command.get_subcommands().filter(is_listed)
}

/// Describes a command with its own arguments; those of all commands have a section of their own. A
/// command that only has subcommands is described by these.
fn describe(command: &Command, page: &mut Roff) {
    if command.has_subcommands() {
        for command in listed(command) {
            describe(command, page);
        }
        return;
    }
    let own = |argument: &&Arg| {
        !argument.is_hide_set() && !argument.is_global_set() && argument.get_id() != "help"
    };
    let mut heading = command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned();
    for argument in command.get_positionals() {
        heading.push_str(&format!(" {argument}"));
    }
    page.control("SS", [heading.as_str()]);
    page.text([roman(told(command.get_about()))]);
    for argument in command.get_arguments().filter(own) {
        page.control("TP", []);
        page.text(name(argument));
        page.text([roman(told(argument.get_help()))]);
    }
}

/// `--title <TITLE>`, `PATH`.
fn name(argument: &Arg) -> Vec<Inline> {
    let mut name = Vec::new();
    if let Some(short) = argument.get_short() {
        name.extend([bold(format!("-{short}")), roman(", ")]);
    }
    if let Some(long) = argument.get_long() {
        name.push(bold(format!("--{long}")));
    }
    let takes_value = argument.get_action().takes_values();
    for value in argument.get_value_names().into_iter().flatten().filter(|_| takes_value) {
        name.extend([roman(if name.is_empty() { "" } else { " " }), italic(value.to_string())]);
    }
    name
}

fn told(help: Option<&StyledStr>) -> String {
    help.map(StyledStr::to_string).unwrap_or_default()
}
