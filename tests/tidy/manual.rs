//! The manual documents what the code defines, no less and no more.

use std::collections::BTreeSet;
use std::path::Path;

use canvasbook::check::Rules;
use canvasbook::config;
use canvasbook::diagnostic::Severity;
use canvasbook::diagnostic::catalogue::codes;
use canvasbook::edge::cli::Cli;
use canvasbook::front_matter;
use canvasbook::kind;
use canvasbook::kind::activities::typical_activities;
use canvasbook::node::key::{Key, Shape};
use canvasbook::slug::slug;
use clap::CommandFactory;

use crate::{differences, files, none, read};

/// The targets of a Markdown text's inline links, code left out.
pub fn links(text: &str) -> Vec<&str> {
    let mut links = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        // Every second piece is between backticks.
        for piece in line.split('`').step_by(2) {
            let targets = piece.split("](").skip(1).filter_map(|rest| rest.split(')').next());
            links.extend(targets.map(|target| target.split(' ').next().unwrap_or(target)));
        }
    }
    links
}

/// Whether a text names something as code: alone, or at the start of a longer name.
fn names(text: &str, name: &str) -> bool {
    ["`", ".", " = "].iter().any(|end| text.contains(&format!("`{name}{end}")))
}

#[test]
fn every_diagnostic_is_explained_with_its_severity() {
    let manual = read("content/manual/diagnostics.md");
    let explained: BTreeSet<&str> =
        manual.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`')).collect();
    let rules = Rules::built_in();
    let rules = rules.iter().map(|(_, rule)| rule.code.as_str());
    let known: BTreeSet<&str> = codes().map(|(code, ..)| *code).chain(rules).collect();
    let mut offenders = differences(
        &known,
        "no heading in content/manual/diagnostics.md",
        &explained,
        "explained in content/manual/diagnostics.md, but no code of the catalogue",
    );
    for (code, severity, _) in codes() {
        let row = format!("| [`{code}`](#{code}) | ");
        let said = manual.lines().find_map(|line| line.strip_prefix(&row));
        match said.map(|said| said.split([' ', ';']).next().unwrap_or("")) {
            None => offenders.push(format!("{code}: no row in the table of codes")),
            Some(said) if said != severity.as_str() => {
                offenders
                    .push(format!("{code}: is {}, and the table says {said}", severity.as_str()));
            }
            Some(_) => {}
        }
    }
    none("the catalogue of diagnostics and the manual agree", &offenders);
}

#[test]
fn every_key_of_front_matter_is_explained() {
    let manual = read("content/manual/format.md");
    let keys = [front_matter::KEYS, front_matter::DEPARTMENT_KEYS, front_matter::WAIVER_KEYS];
    let unnamed = keys.into_iter().flatten().map(|key| key.name);
    let unnamed: Vec<String> =
        unnamed.filter(|name| !names(&manual, name)).map(str::to_owned).collect();
    none("content/manual/format.md names every key of front matter", &unnamed);
}

#[test]
fn every_key_of_the_configuration_is_explained() {
    let manual = read("content/manual/configuration.md");
    let of = |prefix: &'static str, keys: &'static [canvasbook::node::key::Key]| {
        keys.iter().map(move |key| format!("{prefix}{}", key.name))
    };
    let all = of("", config::KEYS)
        .chain(of("departments.<id>.", config::DEPARTMENT_KEYS))
        .chain(of("colors.", config::COLOR_KEYS))
        .chain(of("references.", config::REFERENCE_KEYS))
        .chain(of("history.", config::HISTORY_KEYS));
    let unnamed: Vec<String> = all.filter(|name| !names(&manual, name)).collect();
    none("content/manual/configuration.md names every key of the configuration", &unnamed);
}

#[test]
fn every_key_of_kinds_is_explained() {
    /// The keys of a table and of those in it.
    fn all(keys: &'static [Key]) -> Vec<&'static str> {
        let below = |key: &'static Key| match key.shape {
            Shape::Table(keys) | Shape::Tables(keys) | Shape::List(keys) => all(keys),
            _ => Vec::new(),
        };
        keys.iter().flat_map(|key| [vec![key.name], below(key)].concat()).collect()
    }
    let manual = read("content/manual/kinds.md");
    let keys = all(kind::KEYS).into_iter().map(str::to_owned);
    let unnamed: Vec<String> = keys.filter(|name| !manual.contains(&format!("`{name}"))).collect();
    none("content/manual/kinds.md names every key of the file of a kind", &unnamed);
}

/// A row for each rule: what it finds, and its level in each portfolio.
fn table_of_rules() -> String {
    let mut table =
        "| rule | finds | explore | transfer | exploit |\n|---|---|---|---|---|\n".to_owned();
    for rule in Rules::built_in().by_code() {
        let (code, meaning) = (&rule.code, rule.meaning.trim_end_matches('.'));
        let levels = [rule.levels.explore, rule.levels.transfer, rule.levels.exploit];
        let levels = levels.map(|level| level.map_or("off", Severity::as_str)).join(" | ");
        table.push_str(&format!("| [`{code}`](#{code}) | {meaning} | {levels} |\n"));
    }
    table
}

/// Checks that a page of the manual has a table, which starts with `head`; `UPDATE_EXPECT` writes it.
fn check_table(page: &str, head: &str, table: &str) {
    let manual = read(page);
    let start = manual.find(head).expect("the page has such a table");
    let end = manual[start..].find("\n\n").map_or(manual.len(), |length| start + length + 1);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let whole = [&manual[..start], table, &manual[end..]].concat();
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(page), whole)
            .expect("the manual can be written");
        return;
    }
    let how = "UPDATE_EXPECT=1 cargo test --test tidy rewrites it";
    assert!(manual[start..end] == *table, "the table in {page} is old: {how}");
}

#[test]
fn the_table_of_rules_is_that_of_the_registry() {
    check_table("content/manual/diagnostics.md", "| rule | finds |", &table_of_rules());
}

#[test]
fn every_name_of_a_department_is_listed() {
    let data: toml::Table = read("data/departments.toml").parse().expect("the data is TOML");
    let mut table = "| department | language | names |\n|---|---|---|\n".to_owned();
    for department in data["departments"].as_array().expect("it is a list") {
        let title = department["title"].as_str().expect("each has a title");
        for (language, names) in department["aliases"].as_table().expect("each has aliases") {
            let names = names.as_array().into_iter().flatten().filter_map(toml::Value::as_str);
            let names: Vec<&str> = names.collect();
            table.push_str(&format!("| {title} | `{language}` | {} |\n", names.join("; ")));
        }
    }
    check_table("content/manual/department-names.md", "| department | language |", &table);
}

#[test]
fn every_page_of_the_manual_can_be_reached_from_its_first() {
    let folder = "content/manual/";
    let mut reached = BTreeSet::from(["index.md".to_owned()]);
    let mut open = vec!["index.md".to_owned()];
    while let Some(page) = open.pop() {
        let text = read(&format!("{folder}{page}"));
        let targets = links(&text).into_iter().filter_map(|target| target.split('#').next());
        for target in targets.filter(|target| target.ends_with(".md") && !target.contains('/')) {
            if reached.insert(target.to_owned()) {
                open.push(target.to_owned());
            }
        }
    }
    let pages = files(folder);
    let pages: BTreeSet<&str> = pages.iter().filter_map(|path| path.strip_prefix(folder)).collect();
    let reached: BTreeSet<&str> = reached.iter().map(String::as_str).collect();
    let offenders = differences(
        &pages,
        "no way leads there from content/manual/index.md",
        &reached,
        "named, but no page of the manual",
    );
    none("the manual is one book", &offenders);
}

#[test]
fn every_command_and_flag_is_explained() {
    let manual = read("content/manual/commands.md");
    let mut program = Cli::command();
    program.build();
    let mut flags = BTreeSet::new();
    let mut offenders = Vec::new();
    let (mut open, mut commands) = (vec![&program], Vec::new());
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands());
        commands.push(command);
    }
    for command in &commands {
        flags.extend(command.get_arguments().filter_map(|flag| flag.get_long()));
        for flag in command.get_arguments().filter(|flag| flag.get_action().takes_values()) {
            let words = flag.get_possible_values();
            let words = words.iter().map(|word| word.get_name());
            let unnamed = words.filter(|word| !manual.contains(&format!("{word}`")));
            offenders.extend(unnamed.map(|word| format!("{word}: a word that a flag takes")));
        }
    }
    // A command that only has subcommands is explained by these, and `help` by what it prints.
    let is_explained = |command: &&&clap::Command| {
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
        !command.has_subcommands() && !name.split(' ').any(|word| word == "help")
    };
    for command in commands.iter().filter(is_explained) {
        let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
        let heading = format!("## `{name}`");
        if !manual.lines().any(|line| line == heading) {
            offenders.push(format!("{heading}: no such heading"));
        }
    }
    let written: BTreeSet<&str> = manual
        .split(|c: char| !(c.is_ascii_lowercase() || c == '-'))
        .filter_map(|word| word.strip_prefix("--").filter(|flag| !flag.is_empty()))
        .filter(|flag| flag.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect();
    offenders.extend(differences(
        &flags,
        "a flag that content/manual/commands.md does not name",
        &written,
        "named in content/manual/commands.md, but no flag",
    ));
    none("the command line and the manual agree", &offenders);
}

#[test]
fn typical_activities_are_those_that_new_suggests() {
    let manual = read("content/manual/typical-activities.md");
    let mut department = String::new();
    let mut listed = BTreeSet::new();
    for line in manual.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            department = slug(heading);
        }
        let first = line.strip_prefix("| ").and_then(|row| row.split(" | ").next());
        let first = first.filter(|name| *name != "activity");
        listed.extend(first.map(|name| format!("{department}: {name}")));
    }
    let suggested = typical_activities().iter().flat_map(|of| {
        of.activities.iter().map(|activity| format!("{}: {}", of.department, activity.name))
    });
    let suggested: BTreeSet<String> = suggested.collect();
    let offenders = differences(
        &listed.iter().map(String::as_str).collect(),
        "not in data/typical-activities.toml",
        &suggested.iter().map(String::as_str).collect(),
        "not in content/manual/typical-activities.md",
    );
    none("the manual lists the activities that `new` suggests", &offenders);
}

#[test]
fn links_are_found_outside_of_code() {
    assert_eq!(links("[a](b.md) `[c](d)` [e](f#g \"h\")\n```\n[i](j)\n```\n"), ["b.md", "f#g"]);
}

/// The blocks of code of a language in the manual, each with the name of its page.
fn blocks(language: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for page in files("content/manual/") {
        let mut inside = false;
        for line in read(&page).lines() {
            match line {
                _ if line == format!("```{language}") => {
                    inside = true;
                    blocks.push((page.clone(), String::new()));
                }
                "```" => inside = false,
                _ if inside => blocks.last_mut().expect("one began").1 += &format!("{line}\n"),
                _ => {}
            }
        }
    }
    blocks
}

#[test]
fn workflow_files_are_yaml_and_ask_for_flags_that_exist() {
    let blocks = blocks("yaml");
    assert!(blocks.len() > 5, "{} blocks", blocks.len());
    for (page, block) in &blocks {
        let events = saphyr_parser::Parser::new_from_str(block);
        let error = events.into_iter().find_map(Result::err);
        assert!(error.is_none(), "{page}: {error:?} in\n{block}");
        for line in block.lines().filter(|line| line.contains("canvasbook diff")) {
            let words = line.split_whitespace().skip_while(|word| *word != "canvasbook");
            let words: Vec<&str> = words.take_while(|word| !matches!(*word, ">" | "||")).collect();
            if words.len() > 1 && words[1] == "diff" && !line.contains("startswith") {
                let read = Cli::read(words.iter().map(|it| it.trim_matches('"')));
                assert!(read.is_ok(), "{page}: {line}: {:?}", read.err());
            }
        }
    }
}
