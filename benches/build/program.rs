//! Whether a program exists and can be measured.

use std::io::Read;
use std::path::Path;
use std::process::Command;

/// The first line of a program's output about its version, or why it cannot be measured.
pub fn version(program: &Path, argument: &str) -> Result<String, String> {
    let shown = program.display();
    let output = Command::new(program)
        .arg(argument)
        .output()
        .map_err(|error| format!("`{shown}` cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{shown} {argument}` failed"));
    }
    if is_script(program) {
        return Err(format!(
            "`{shown}` is a script that starts the program; name the program itself"
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Whether a program is a script: the time of its interpreter would be measured as well.
fn is_script(program: &Path) -> bool {
    let places = std::env::var_os("PATH").unwrap_or_default();
    // A name with a folder is not searched for anywhere else.
    let alone = program.components().count() == 1;
    let found = std::env::split_paths(&places)
        .filter(|_| alone)
        .map(|place| place.join(program))
        .find(|path| path.is_file());
    let start = std::fs::File::open(found.as_deref().unwrap_or(program)).and_then(|mut file| {
        let mut start = [0; 2];
        file.read_exact(&mut start)?;
        Ok(start)
    });
    start.is_ok_and(|start| start == *b"#!")
}
