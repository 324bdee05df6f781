//! Where files are opened to be read.

use crate::code::Code;

/// The module that opens files without waiting for a pipe.
const MODULE: &str = "src/edge/regular_file.rs";

/// Calls that open a file in another way.
const OTHERS: [&str; 4] = ["File::open(", "fs::read(", "fs::read_to_string(", "OpenOptions"];

/// The places in a source that open files themselves. Tests may.
pub fn elsewhere(path: &str, code: &Code) -> Vec<String> {
    if path == MODULE || path.contains("/tests") {
        return Vec::new();
    }
    let tests = code.blanked.find("#[cfg(test)]\nmod tests {").unwrap_or(code.blanked.len());
    let found = OTHERS.iter().flat_map(|other| code.blanked[..tests].match_indices(other));
    found.map(|(at, other)| format!("{path}:{}: `{other}`", code.line(at) + 1)).collect()
}

#[test]
fn a_file_that_is_opened_elsewhere_is_found() {
    let code = Code::new(
        "// File::open(here) is spoken of.\nfn a() { fs::read(path) }\n\
         #[cfg(test)]\nmod tests { fn b() { fs::read(path) } }\n",
    );
    assert_eq!(elsewhere("src/edge/disk.rs", &code), ["src/edge/disk.rs:2: `fs::read(`"]);
    assert!(elsewhere(MODULE, &code).is_empty());
}
