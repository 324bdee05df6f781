//! What cargo knows of the packages that canvasbook is made of.

use std::process::Command;

/// What `cargo metadata` prints of every package in the lock file, also those that only other systems
/// have; cargo fetches what is missing of them.
pub fn metadata() -> Vec<u8> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--locked", "--format-version", "1"]);
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let output = output.expect("cargo can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}
