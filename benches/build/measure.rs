//! What a process takes. It is run by a process in between that does nothing else: the system
//! reports the peak memory of a process's children only as the largest of all, and counts for each
//! child what its parent had when it started it.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// A program with its arguments.
pub type Line = Vec<String>;

/// What one run took.
pub struct Taken {
    /// From its start to its end.
    pub wall: Duration,
    /// Processor time and memory; `None` if the system does not report them.
    pub usage: Option<Usage>,
}

/// What a process used, with all its threads and its own children.
pub struct Usage {
    /// Processor time, its own and the system's for it.
    pub cpu: Duration,
    /// The most memory that was resident at once, in bytes.
    pub peak: u64,
}

/// Runs a command and gives what it took.
pub fn run(line: &[String]) -> Outcome<Taken> {
    let own = std::env::current_exe()?;
    let output = Command::new(own).arg("--measure").args(line).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("`{}` failed", line.join(" ")).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let figures: Vec<u64> = text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let usage = match figures[..] {
        [_, cpu, peak] => Some(Usage { cpu: Duration::from_nanos(cpu), peak }),
        _ => None,
    };
    let wall = figures.first().ok_or("nothing was measured")?;
    Ok(Taken { wall: Duration::from_nanos(*wall), usage })
}

/// The process in between: runs the command and prints nanoseconds of wall and processor time and
/// bytes of memory.
pub fn inside(line: &[String]) -> Outcome<()> {
    let (program, arguments) = line.split_first().ok_or("--measure wants a command")?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status()?;
    let wall = start.elapsed();
    if !status.success() {
        return Err(format!("it ended with {status}").into());
    }
    match usage()? {
        Some(Usage { cpu, peak }) => println!("{} {} {peak}", wall.as_nanos(), cpu.as_nanos()),
        None => println!("{}", wall.as_nanos()),
    }
    Ok(())
}

/// What the one child of this process used.
#[cfg(unix)]
fn usage() -> Outcome<Option<Usage>> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    // Apple's systems count bytes, the others blocks of 1,024.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    let cpu = Duration::from_micros(u64::try_from(cpu)?);
    Ok(Some(Usage { cpu, peak: u64::try_from(usage.max_rss())? * unit }))
}

/// Other systems have no call for this that is safe.
#[cfg(not(unix))]
fn usage() -> Outcome<Option<Usage>> {
    Ok(None)
}
