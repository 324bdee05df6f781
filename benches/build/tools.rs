//! The tools that are measured: whether they are installed, and how each makes a whole build.

use std::fmt;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::Outcome;
use crate::generate::Dialect;
use crate::measure::Line;
use crate::program::version;

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// The program of this package
    Canvasbook,
    /// Reading the sources and writing as many files, nothing else
    Floor,
    Hugo,
    Mdbook,
}

impl Tool {
    /// The dialect of the site that it reads, if it needs one of its own.
    fn dialect(self) -> Dialect {
        match self {
            Self::Canvasbook | Self::Floor => Dialect::Canvasbook,
            Self::Hugo => Dialect::Hugo,
            Self::Mdbook => Dialect::Mdbook,
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Canvasbook => "canvasbook",
            Self::Floor => "floor",
            Self::Hugo => "Hugo",
            Self::Mdbook => "mdBook",
        })
    }
}

/// The tools that can be measured here.
pub struct Programs {
    found: Vec<Found>,
}

/// A tool and its version.
struct Found {
    tool: Tool,
    program: String,
    version: String,
}

impl Programs {
    /// Looks for each of the tools that are wanted, and prints which are left out and why.
    pub fn find(wanted: &[Tool], hugo: &Path, mdbook: &Path) -> Outcome<Self> {
        let mut found: Vec<Found> = Vec::new();
        for &tool in wanted {
            if found.iter().any(|found| found.tool == tool) {
                continue;
            }
            let (program, argument) = match tool {
                Tool::Canvasbook => (CANVASBOOK.into(), Some("--version")),
                Tool::Floor => (std::env::current_exe()?, None),
                Tool::Hugo => (hugo.to_owned(), Some("version")),
                Tool::Mdbook => (mdbook.to_owned(), Some("--version")),
            };
            match argument.map_or(Ok(String::new()), |argument| version(&program, argument)) {
                Ok(version) => {
                    let program = program.display().to_string();
                    found.push(Found { tool, program, version });
                }
                Err(reason) => eprintln!("{tool} is left out: {reason}"),
            }
        }
        Ok(Self { found })
    }

    /// The tools that were found, in the order in which they were wanted.
    pub fn tools(&self) -> impl Iterator<Item = Tool> {
        self.found.iter().map(|found| found.tool)
    }

    /// The version of each program.
    pub fn versions(&self) -> impl Iterator<Item = &str> {
        self.found.iter().map(|found| found.version.as_str()).filter(|text| !text.is_empty())
    }

    /// The sites to generate. canvasbook's is always needed: the floor writes what canvasbook
    /// writes.
    pub fn dialects(&self) -> Vec<Dialect> {
        let mut dialects = vec![Dialect::Canvasbook];
        for tool in self.tools() {
            if !dialects.contains(&tool.dialect()) {
                dialects.push(tool.dialect());
            }
        }
        dialects
    }

    /// The command that builds the site of a series into an output folder that does not exist yet.
    pub fn command(&self, tool: Tool, series: &Path, output: &Path) -> Line {
        let sources = tool.dialect().sources(series);
        let [sources, output, list] =
            [sources, output.to_owned(), list(series)].map(|path| path.display().to_string());
        let program = self.found.iter().find(|found| found.tool == tool);
        let program = program.map_or(CANVASBOOK, |found| found.program.as_str());
        let line: &[&str] = match tool {
            Tool::Canvasbook => {
                &[program, "build", "--quiet", "--root", &sources, "--output", &output]
            }
            Tool::Floor => &[program, "--floor", &sources, &list, &output],
            Tool::Hugo => &[
                program,
                "--quiet",
                "--noBuildLock",
                "--source",
                &sources,
                "--destination",
                &output,
            ],
            Tool::Mdbook => &[program, "build", &sources, "--dest-dir", &output],
        };
        line.iter().map(|part| (*part).to_owned()).collect()
    }
}

/// The program of this package, built with the benchmark.
const CANVASBOOK: &str = env!("CARGO_BIN_EXE_canvasbook");

/// The folder that a tool writes to in a round, a new one each time. Deleting and making a folder
/// again makes each next run slower on ext4, and replacing a file costs nearly twice a fresh one.
pub fn output(series: &Path, tool: Tool, round: u32) -> PathBuf {
    series.join(format!("{tool}-{round:03}"))
}

/// The list of the files that the floor writes.
pub fn list(series: &Path) -> PathBuf {
    series.join("files.txt")
}
