//! The `canvasbook` program; everything is in the library.

use std::process::ExitCode;

/// A build makes millions of short-lived texts on all threads; with the system's allocator a third
/// of its time was spent on allocating.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::disallowed_methods, reason = "the arguments come from the environment")]
fn main() -> ExitCode {
    canvasbook::edge::command::run(std::env::args_os())
}
