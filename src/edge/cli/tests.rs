//! How command lines are read, and the messages about those that cannot be.

use expect_test::{Expect, expect};

use super::*;

fn read(line: &str) -> Result<Cli, clap::Error> {
    Cli::read(std::iter::once("canvasbook").chain(line.split_whitespace()))
}

#[track_caller]
fn check_message(line: &str, status: i32, expected: Expect) {
    let error = read(line).expect_err("is no command to run");
    assert_eq!(error.exit_code(), status);
    expected.assert_eq(&error.render().to_string());
}

#[test]
fn the_definition_is_sound() {
    Cli::command().debug_assert();
}

#[test]
fn global_flags_stand_before_and_after_the_command() {
    let before = read("--root a --output b --format json -q --color never check --strict");
    let after = read("check --strict --color never --quiet --format json --output b --root a");
    let cli = before.expect("is a command");
    assert_eq!(cli, after.expect("is a command"));
    assert_eq!(cli.globals.root, Some(PathBuf::from("a")));
    assert_eq!(cli.globals.output, Some(PathBuf::from("b")));
    assert_eq!((cli.format(), cli.globals.color), (Format::Json, ColorChoice::Never));
    assert_eq!(
        cli.command,
        Command::Check(Check {
            files: Vec::new(),
            stdin_filename: None,
            strict: true,
            drafts: false
        })
    );
    assert!(cli.globals.quiet);
}

#[test]
fn every_command_has_its_format() {
    let format = |line: &str| read(line).map(|cli| cli.format()).ok();
    assert_eq!(format("build --drafts --adopt"), Some(Format::Human));
    assert_eq!(format("check --format sarif"), Some(Format::Sarif));
    assert_eq!(format("check --format github"), Some(Format::Github));
    assert_eq!(format("export"), Some(Format::Json));
    assert_eq!(format("export --format json"), Some(Format::Json));
    assert_eq!(format("--format human export"), None);
}

#[test]
fn what_is_no_command_is_told() {
    check_message(
        "export --format sarif",
        2,
        expect![[r#"
            error: export prints json only; leave out `--format`

            Usage: canvasbook [OPTIONS] <COMMAND>

            For more information, try '--help'.
        "#]],
    );
    check_message(
        "check --strct",
        2,
        expect![[r#"
            error: unexpected argument '--strct' found

              tip: a similar argument exists: '--strict'

            Usage: canvasbook check --strict [FILE]...

            For more information, try '--help'.
        "#]],
    );
    check_message(
        "chek",
        2,
        expect![[r#"
            error: unrecognized subcommand 'chek'

              tip: some similar subcommands exist: 'schema', 'check'

            Usage: canvasbook [OPTIONS] <COMMAND>

            For more information, try '--help'.
        "#]],
    );
    check_message(
        "check --format xml",
        2,
        expect![[r#"
            error: invalid value 'xml' for '--format <FORMAT>'
              [possible values: human, json, github, sarif, html, markdown]

              tip: a similar value exists: 'html'

            For more information, try '--help'.
        "#]],
    );
    check_message(
        "--version",
        0,
        expect![[r#"
        canvasbook 0.1.0
    "#]],
    );
}

#[test]
fn help_is_short_and_whole() {
    check_message(
        "--help",
        0,
        expect![[r#"
            Turns a folder of Markdown business model canvases into a checked, linked handbook

            Usage: canvasbook [OPTIONS] <COMMAND>

            Commands:
              init         Start a handbook, with a canvas to look at
              new          Start a canvas, with all its blocks and what to ask for each
              serve        Show the site in a browser, and every change while you write
              build        Write the site
              watch        Write the site, and again whenever a file of the handbook changes
              check        Report what is wrong or doubtful, and write nothing
              export       Print the handbook as JSON for other programs, or as one HTML file
              thread       Print what an element needs, and what would fall without it
              diff         Print how one canvas differs from another one
              kind         See, start and check kinds of canvas
              theme        Change the look: copy files of the built-in theme
              schema       Print a JSON Schema of what canvasbook reads or writes
              completions  Print a script that lets a shell complete commands and flags
              man          Print the manual page
              help         Print this message or the help of the given subcommand(s)

            Options:
              -h, --help     Print help
              -V, --version  Print version

            Global options:
                  --root <DIR>       Folder of the handbook
                  --output <DIR>     Folder to write the site to, from the current folder
                  --format <FORMAT>  Print as human, json, github or sarif; diff: human, json, markdown or html; export: json or html
                  --today <DATE>     The day that reviews are due by, such as 2026-09-30
              -q, --quiet            Print diagnostics and results only
                  --color <WHEN>     Use colours: auto, always or never

            Examples:
              canvasbook init plans                Start a handbook in plans/
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
              canvasbook export > handbook.json    Hand the handbook to another program

            Folders:
              The handbook is the nearest folder upwards with canvasbook.toml or content/.
              The site goes to the `output` of canvasbook.toml, else to public/, both in the
              handbook. What --root and --output name counts from the current folder.

            Exit status:
              0  All is well
              1  Something is wrong in a file of the handbook
              2  Something is wrong with a flag, the output folder or the machine
        "#]],
    );
    let (asked, bare) = (read("--help"), read(""));
    let (asked, bare) = (asked.expect_err("is help"), bare.expect_err("is help"));
    assert_eq!(bare.exit_code(), 2, "a script that names no command has a fault");
    assert_eq!(asked.render().to_string(), bare.render().to_string());
    check_message(
        "build --help",
        0,
        expect![[r#"
            Write the site

            Usage: canvasbook build [OPTIONS]

            Options:
                  --drafts     Publish drafts as well
                  --adopt      Write into a folder with files of others, which stay
                  --rev <REV>  Build the handbook as it was at a commit, such as a tag, and leave its folder alone
                  --open       Open the site in the browser
              -h, --help       Print help

            Global options:
                  --root <DIR>       Folder of the handbook
                  --output <DIR>     Folder to write the site to, from the current folder
                  --format <FORMAT>  Print as human, json, github or sarif; diff: human, json, markdown or html; export: json or html
                  --today <DATE>     The day that reviews are due by, such as 2026-09-30
              -q, --quiet            Print diagnostics and results only
                  --color <WHEN>     Use colours: auto, always or never
        "#]],
    );
    check_message(
        "check -h",
        0,
        expect![[r#"
            Report what is wrong or doubtful, and write nothing

            Usage: canvasbook check [OPTIONS] [FILE]...

            Arguments:
              [FILE]...  Report these files and folders only; the whole handbook is read all the same

            Options:
                  --stdin-filename <FILE>  Read this document from standard input, as an editor has it, and report it only
                  --strict                 Fail on warnings too
                  --drafts                 Check drafts as well
              -h, --help                   Print help

            Global options:
                  --root <DIR>       Folder of the handbook
                  --output <DIR>     Folder to write the site to, from the current folder
                  --format <FORMAT>  Print as human, json, github or sarif; diff: human, json, markdown or html; export: json or html
                  --today <DATE>     The day that reviews are due by, such as 2026-09-30
              -q, --quiet            Print diagnostics and results only
                  --color <WHEN>     Use colours: auto, always or never
        "#]],
    );
    check_message(
        "export --help",
        0,
        expect![[r#"
            Print the handbook as JSON for other programs, or as one HTML file

            Usage: canvasbook export [OPTIONS] [PART]

            Arguments:
              [PART]  With `--format html`: a document, a folder of them or `department:ID` [default: everything]

            Options:
                  --drafts  Export drafts as well
              -h, --help    Print help

            Global options:
                  --root <DIR>       Folder of the handbook
                  --output <DIR>     Folder to write the site to, from the current folder
                  --format <FORMAT>  Print as human, json, github or sarif; diff: human, json, markdown or html; export: json or html
                  --today <DATE>     The day that reviews are due by, such as 2026-09-30
              -q, --quiet            Print diagnostics and results only
                  --color <WHEN>     Use colours: auto, always or never
        "#]],
    );
}
