//! A script of random edits while the handbook is watched: at the end the output is what a clean
//! build writes, byte for byte.

use std::fs;
use std::io;
use std::thread;
use std::time::Duration;

use crate::handbook::Handbook;
use crate::numbers::Numbers;
use crate::watching::{QUIET, Watching};

const NAMES: [&str; 6] = ["oven", "mill", "shop", "van", "till", "dough"];

impl Numbers {
    fn name(&mut self) -> &'static str {
        NAMES[self.below(NAMES.len())]
    }

    /// A folder of the handbook, at most three levels deep, that need not exist.
    fn folder(&mut self) -> String {
        let mut folder = ["content", "content", "content", "static"][self.below(4)].to_owned();
        for _ in 0..self.below(4) {
            folder = format!("{folder}/{}", self.name());
        }
        folder
    }

    fn file(&mut self) -> String {
        let folder = self.folder();
        let extension = ["md", "md", "txt"][self.below(3)];
        // Never one name for a file and a folder.
        format!("{folder}/{}-page.{extension}", self.name())
    }
}

/// Makes one edit. Most edits may fail, e.g. because there is no such file; then nothing changes.
pub fn edit(handbook: &Handbook, numbers: &mut Numbers, step: usize) -> io::Result<()> {
    let file = numbers.file();
    let path = handbook.path(&file);
    match numbers.below(12) {
        0..=4 => handbook.write(&file, format!("# {}\n\nStep {step}.\n", numbers.name())),
        5 => fs::remove_file(path)?,
        6 => {
            let to = handbook.path(&numbers.file());
            if to.extension() == path.extension() {
                fs::rename(path, to)?;
            }
        }
        7 => fs::remove_dir_all(handbook.path(&numbers.folder()))?,
        8 => fs::rename(handbook.path(&numbers.folder()), handbook.path(&numbers.folder()))?,
        9 => handbook.write("canvasbook.toml", format!("title = \"{}\"\n", numbers.name())),
        10 => fs::write(path, "")?,
        _ => link_or_touch(handbook, numbers, &file)?,
    }
    Ok(())
}

#[cfg(unix)]
fn link_or_touch(handbook: &Handbook, numbers: &mut Numbers, file: &str) -> io::Result<()> {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    if numbers.below(2) == 0 {
        let mode = [0o644, 0o600, 0o664][numbers.below(3)];
        return fs::set_permissions(handbook.path(file), fs::Permissions::from_mode(mode));
    }
    handbook.write("aside/linked.md", format!("# Linked\n\n{}\n", numbers.name()));
    let link = handbook.path(&format!("content/{}-linked.md", numbers.name()));
    symlink(handbook.path("aside/linked.md"), link)
}

#[cfg(not(unix))]
fn link_or_touch(handbook: &Handbook, _: &mut Numbers, file: &str) -> io::Result<()> {
    fs::File::options()
        .write(true)
        .open(handbook.path(file))?
        .set_modified(std::time::SystemTime::now())
}

/// Makes edits, waiting now and then, and compares at the end and sometimes in between.
fn run(seed: u64, steps: usize, flags: &str) {
    let handbook = Handbook::new().file("content/index.md", "# Home\n");
    let watching = Watching::start(&handbook, flags);
    let mut numbers = Numbers(seed);
    for step in 0..steps {
        let _ = edit(&handbook, &mut numbers, step);
        if numbers.below(3) == 0 {
            thread::sleep(Duration::from_millis(numbers.below(120) as u64));
        }
        if step % 40 == 39 || step + 1 == steps {
            // There is something to build, whatever was removed.
            handbook.write("content/index.md", format!("# Home\n\nStep {step}.\n"));
            watching.ends_equal_to_a_clean_build("public");
        }
    }
    watching.builds(QUIET);
    watching.ends_equal_to_a_clean_build("public");
    assert_eq!(watching.builds(QUIET), [], "it comes to rest");
}

#[test]
fn any_edits_end_equal_to_a_clean_build() {
    for seed in [1, 2] {
        run(seed, 80, "watch");
    }
}

#[test]
fn any_edits_end_equal_to_a_clean_build_by_polling() {
    run(4, 40, "watch --poll");
}

#[test]
fn new_folders_are_built_however_fast_they_are_filled() {
    let handbook = Handbook::new().file("content/index.md", "# Home\n");
    let watching = Watching::start(&handbook, "watch");
    for n in 0..50 {
        handbook.write(&format!("content/{n}/a/b/page.md"), "# New\n");
        if n % 7 == 0 {
            thread::sleep(Duration::from_millis(30));
        }
    }
    watching.ends_equal_to_a_clean_build("public");
    assert!(handbook.path("public/49/a/b/page.html").exists());
}
