//! What comes with the program and needs no handbook: schemas, completions and the manual page.

use std::process::Command;

use canvasbook::edge::cli::Cli;
use clap::CommandFactory;
use expect_test::expect;

use crate::handbook::Handbook;

/// Every flag and every command, including those of subcommands.
fn names() -> Vec<String> {
    let mut program = Cli::command();
    program.build();
    let (mut names, mut open) = (Vec::new(), vec![&program]);
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands());
        names.push(command.get_name().to_owned());
        let flags = command.get_arguments().filter_map(|argument| argument.get_long());
        names.extend(flags.map(|flag| format!("--{flag}")));
    }
    names
}

#[test]
fn schemas_are_printed_as_they_are_published() {
    let folder = Handbook::new();
    for (of, file) in [
        ("config", "canvasbook.json"),
        ("front-matter", "front-matter.json"),
        ("handbook", "handbook.json"),
        ("canvas", "canvas.json"),
        ("export", "export.json"),
    ] {
        let path = format!("{}/static/schemas/{file}", env!("CARGO_MANIFEST_DIR"));
        let published = std::fs::read_to_string(path).expect("it can be read");
        folder.run(&format!("schema {of}")).status(0).stderr_is("").stdout_is(&published);
    }
    folder.run("schema confg").status(2).stderr(expect![[r#"
        error: invalid value 'confg' for '<OF>'
          [possible values: config, front-matter, kind, handbook, canvas, export]

          tip: a similar value exists: 'config'

        For more information, try '--help'.
    "#]]);
}

#[test]
fn the_manual_page_has_every_command_and_flag() {
    let run = Handbook::new().run("man").status(0).stderr_is("");
    // Hyphens are escaped, so that they can be copied from a page.
    let page = run.text().replace("\\-", "-");
    assert!(page.contains(".TH canvasbook 1"));
    for name in names() {
        assert!(page.contains(&name), "{name} is missing");
    }
    let start = page.find(".SS \"canvasbook check [FILE]...\"").expect("is there");
    let end = page.find(".SS \"canvasbook export").expect("is there");
    expect![[r#"
        .SS "canvasbook check [FILE]..."
        Report what is wrong or doubtful, and write nothing
        .TP
        \fIFILE\fR
        Report these files and folders only; the whole handbook is read all the same
        .TP
        \fB--stdin-filename\fR \fIFILE\fR
        Read this document from standard input, as an editor has it, and report it only
        .TP
        \fB--strict\fR
        Fail on warnings too
        .TP
        \fB--drafts\fR
        Check drafts as well
    "#]]
    .assert_eq(&page[start..end]);
    let start = page.find(".SS \"canvasbook theme").expect("is there");
    let end = page.find(".SS \"canvasbook schema").expect("is there");
    expect![[r#"
        .SS "canvasbook theme eject [FILE]..."
        Copy files of the built-in theme into the handbook to change them; without a file, list them
        .TP
        \fIFILE\fR
        Files to copy, such as templates/canvas.html
        .TP
        \fB--all\fR
        Copy all files
        .TP
        \fB--name\fR \fINAME\fR
        Theme to copy into: themes/NAME/ [default: the configured one, else ours]
        .TP
        \fB--force\fR
        Overwrite files that were changed
    "#]]
    .assert_eq(&page[start..end]);
}

#[test]
fn completions_have_every_command_and_flag() {
    let folder = Handbook::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = folder.run(&format!("completions {shell}")).status(0).stderr_is("");
        for name in names() {
            // fish names flags without their hyphens.
            let name = if shell == "fish" { name.trim_start_matches('-') } else { &name };
            assert!(run.text().contains(name), "{shell}: {name} is missing");
        }
    }
    folder.run("completions tcsh").status(2).stderr(expect![[r#"
        error: invalid value 'tcsh' for '<SHELL>'
          [possible values: bash, elvish, fish, powershell, zsh]

          tip: a similar value exists: 'zsh'

        For more information, try '--help'.
    "#]]);
}

#[test]
fn bash_completes_with_the_script() {
    let folder = Handbook::new();
    let script = folder.run("completions bash").status(0).text().to_owned();
    let asked = "COMP_WORDS=(canvasbook new --de); COMP_CWORD=2\n\
                 _canvasbook canvasbook --de new\necho \"${COMPREPLY[@]}\"\n";
    let bash = Command::new("bash").arg("-c").arg(format!("set -e\n{script}\n{asked}")).output();
    // Not every machine that builds canvasbook has bash.
    let Ok(output) = bash else { return };
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "--department\n");
}
