//! Opens the browser.

#![expect(clippy::disallowed_methods, reason = "this is the edge that starts the browser")]

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// Opens an address or a file in the reader's browser.
///
/// # Errors
/// Why the program that does it could not be started.
pub fn open(address: &OsStr) -> io::Result<()> {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("cmd");
        // The empty word is the window's title, for which `start` would otherwise take the address.
        command.args(["/C", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // The process must be waited for, or it stays in the system's table after it has ended.
    thread::spawn(move || child.wait());
    Ok(())
}
