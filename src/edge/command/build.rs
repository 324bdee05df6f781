//! `canvasbook build`: writes the site.

#![expect(clippy::disallowed_methods, reason = "a person who waits wants to know how long it took")]

use std::io;
use std::time::{Duration, Instant};

use super::Trouble;
use super::handbook::{Opened, open};
use crate::compile::Output;
use crate::diagnostic::catalogue::RULES;
use crate::diagnostic::{Diagnostic, Severity, has_errors};
use crate::edge::cli::{Build, Cli, Format};
use crate::edge::output::{self, Content, Destination, Failure, Written};
use crate::edge::streams::Stream;
use crate::edge::terminal::counted;

/// Builds the site; false where the handbook has errors.
pub(super) fn run(cli: &Cli, flags: &Build) -> Result<bool, Trouble> {
    let started = Instant::now();
    let opened = open(cli, flags.drafts)?;
    let destination =
        Destination { root: &opened.root, output: &opened.output, adopt: flags.adopt };
    // A folder that is refused is told before a page of warnings, not behind it.
    output::check(&destination)?;
    // Advice of rules is `check`'s to tell; a build counts it.
    let is_finding = |diagnostic: &Diagnostic| RULES.contains(&diagnostic.code);
    let (told, findings): (Vec<Diagnostic>, Vec<Diagnostic>) =
        opened.diagnostics.iter().cloned().partition(|diagnostic| {
            diagnostic.severity > Severity::Advice || !is_finding(diagnostic)
        });
    print(cli, &opened, &told)?;
    if has_errors(&told) {
        return Ok(false);
    }
    let written = match write(&opened, &destination) {
        Ok(written) => written,
        Err(Failure::Output(error)) => return Err(error.into()),
        Err(Failure::Produce { error, .. }) => {
            print(cli, &opened, &[*error])?;
            return Ok(false);
        }
    };
    if !cli.globals.quiet && cli.format() == Format::Human {
        let summary = summary(&opened, &written, findings.len(), started.elapsed());
        Stream::Results.print(&summary)?;
    }
    Ok(true)
}

/// For people beside the results, for programs as the result.
fn print(cli: &Cli, opened: &Opened, diagnostics: &[Diagnostic]) -> Result<(), Trouble> {
    match cli.format() {
        Format::Human if diagnostics.is_empty() => Ok(()),
        Format::Human => opened.print(cli, Stream::Messages, diagnostics),
        _ => opened.print(cli, Stream::Results, diagnostics),
    }
}

/// Writes every file of the site.
fn write(
    opened: &Opened,
    destination: &Destination<'_>,
) -> Result<Written, Failure<Box<Diagnostic>>> {
    let site = &opened.compiled.site;
    let paths: Vec<String> = site.keys().map(|path| path.as_str().to_owned()).collect();
    let outputs: Vec<&Output> = site.values().collect();
    output::write(destination, &paths, |index| match outputs[index] {
        Output::Page(key) => opened.compiled.render(*key).map(Content::Bytes),
        Output::Data(data) => {
            let write = |out: &mut dyn io::Write| opened.compiled.write_data(*data, out);
            Ok(Content::Streamed(Box::new(write)))
        }
        Output::Asset(path) => Ok(Content::Bytes(opened.compiled.asset(path).to_vec())),
        Output::File(file) => Ok(match opened.assets.get(file) {
            Some(real) => Content::CopyOf(real.clone()),
            None => Content::CopyOf(opened.root.join(file.as_str())),
        }),
    })
}

fn summary(opened: &Opened, written: &Written, findings: usize, took: Duration) -> String {
    let pages = opened.compiled.site.values().filter(|o| matches!(o, Output::Page(_))).count();
    let output = opened.output.strip_prefix(".").unwrap_or(&opened.output);
    let mut text = format!(
        "Built {} in {}: {} written, {} unchanged, {} removed ({})\n",
        counted(pages, "page", "pages"),
        output.display(),
        written.written,
        written.unchanged,
        written.removed,
        shown(took),
    );
    for path in &written.kept {
        text.push_str(&format!("Kept {path}: it is no longer part of the site, but was changed\n"));
    }
    if findings > 0 {
        let findings = counted(findings, "piece of advice", "pieces of advice");
        text.push_str(&format!(
            "{findings}: `canvasbook check` shows what
"
        ));
    }
    text.push_str(&format!("Open {}\n", output.join("index.html").display()));
    text
}

/// `35 ms`, `1.2 s`.
fn shown(took: Duration) -> String {
    if took.as_millis() < 1000 {
        format!("{} ms", took.as_millis())
    } else {
        format!("{:.1} s", took.as_secs_f64())
    }
}
