//! The tools while they serve: how each is started, and what the system reports about its process.

use std::fmt;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use clap::ValueEnum;

use crate::Outcome;
use crate::generate::Dialect;
use crate::program::version;

/// The program of this package, built with the benchmark.
const CANVASBOOK: &str = env!("CARGO_BIN_EXE_canvasbook");

/// The tools that are measured.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tool {
    /// The program of this package
    Canvasbook,
    /// The program of this package while it writes the site again
    Watch,
    Hugo,
}

impl Tool {
    /// The dialect that it reads.
    pub fn dialect(self) -> Dialect {
        match self {
            Self::Canvasbook | Self::Watch => Dialect::Canvasbook,
            Self::Hugo => Dialect::Hugo,
        }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Canvasbook => "canvasbook",
            Self::Watch => "canvasbook watch",
            Self::Hugo => "Hugo",
        })
    }
}

/// Finds those tools that are installed, with their versions, and prints which are left out.
pub fn find(wanted: &[Tool], hugo: &Path) -> Vec<(Tool, String)> {
    let mut found = Vec::new();
    for tool in wanted {
        let version = match tool {
            Tool::Canvasbook | Tool::Watch => version(Path::new(CANVASBOOK), "--version"),
            Tool::Hugo => version(hugo, "version"),
        };
        match version {
            Ok(version) => found.push((*tool, version)),
            Err(reason) => eprintln!("{tool} is left out: {reason}"),
        }
    }
    found
}

/// A running tool; it ends when this value is dropped.
pub struct Server {
    child: Child,
    /// Where its pages are.
    pub pages: Pages,
}

/// Where pages are asked for.
#[derive(Clone)]
pub enum Pages {
    /// At a port of this machine.
    Port(u16),
    /// In a folder.
    Folder(PathBuf),
}

impl Server {
    /// Starts a tool on a site, at a free port, with its default settings.
    pub fn start(tool: Tool, hugo: &Path, site: &Path) -> Outcome<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut pages = Pages::Port(port);
        let mut command = match tool {
            Tool::Watch => {
                pages = Pages::Folder(site.join("public"));
                let mut command = Command::new(CANVASBOOK);
                command.args(["watch", "--root"]).arg(site);
                command
            }
            Tool::Canvasbook => {
                let mut command = Command::new(CANVASBOOK);
                command.args(["serve", "--port", &port.to_string(), "--root"]).arg(site);
                command
            }
            Tool::Hugo => {
                let mut command = Command::new(hugo);
                command.args(["server", "--noBuildLock", "--bind", "127.0.0.1", "--port"]);
                command.arg(port.to_string()).arg("--source").arg(site);
                command
            }
        };
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or("its output is piped")?;
        // It never waits for a reader.
        thread::spawn(|| io::copy(&mut { said }, &mut io::sink()));
        Ok(Self { child, pages })
    }

    /// How many bytes of memory it has now; `None` if the system does not report that.
    pub fn resident(&self) -> Option<u64> {
        self.memory("VmRSS:")
    }

    /// How many bytes of memory it had at most.
    pub fn peak(&self) -> Option<u64> {
        self.memory("VmHWM:")
    }

    fn memory(&self, name: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let value = status.lines().find_map(|line| line.strip_prefix(name))?;
        Some(value.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024)
    }

    /// The processor time that it has taken, with all its threads, in steps of 10 ms.
    pub fn processor_time(&self) -> Option<Duration> {
        /// Linux reports to programs in ticks of this length, whatever its own are.
        const TICK: Duration = Duration::from_millis(10);
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // After the name, which may contain anything, the 12th and 13th fields are the user's and the
        // system's time.
        let (_, fields) = stat.rsplit_once(')')?;
        let mut ticks = fields.split_whitespace().skip(11).map(|field| field.parse::<u32>().ok());
        Some(TICK * (ticks.next()?? + ticks.next()??))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
