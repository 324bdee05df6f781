//! Files as editors save them, operation by operation: each save is one build.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::handbook::Handbook;
use crate::watching::{QUIET, Watching};

/// A save that takes longer was held up by the machine, not by the editor. Its steps may then
/// rightly be taken for separate changes, so it is tried once more.
const HELD_UP: Duration = Duration::from_millis(35);

/// How an editor puts a text into a file.
type Save = fn(&Path, &str);

const SAVES: [(&str, Save); 10] = [
    ("in place", in_place),
    ("Vim", vim),
    ("Vim that copies", vim_that_copies),
    ("VS Code", vs_code),
    ("a slow program", slow),
    ("Emacs", emacs),
    ("JetBrains", jetbrains),
    ("Helix", helix),
    ("sed -i", sed),
    ("write beside and rename", beside),
];

/// Ways in which Vim itself saves, by the settings that change them.
const VIM_SAVES: [(&str, Save); 4] = [
    ("Vim as it is", |path, text| real_vim("", path, text)),
    ("Vim, backupcopy=yes", |path, text| real_vim("backupcopy=yes", path, text)),
    ("Vim, backupcopy=no", |path, text| real_vim("backupcopy=no", path, text)),
    ("Vim, backup", |path, text| real_vim("backup", path, text)),
];

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("can be written");
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("can be renamed");
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("can be removed");
}

/// The path of a file with another name in the same folder; `{}` in `name` means the file's own
/// name.
fn other(path: &Path, name: &str) -> std::path::PathBuf {
    let own = path.file_name().expect("has one").to_str().expect("UTF-8");
    path.with_file_name(name.replace("{}", own))
}

fn in_place(path: &Path, text: &str) {
    write(path, text);
}

/// The swap file is there from the start of the editing; 4913 asks whether files can be made.
fn vim(path: &Path, text: &str) {
    let (swap, probe, backup) = (other(path, ".{}.swp"), other(path, "4913"), other(path, "{}~"));
    write(&swap, "b0VIM");
    write(&probe, "");
    remove(&probe);
    rename(path, &backup);
    write(path, text);
    remove(&backup);
    remove(&swap);
}

/// `:set backupcopy=yes`.
fn vim_that_copies(path: &Path, text: &str) {
    let backup = other(path, "{}~");
    fs::copy(path, &backup).expect("can be copied");
    write(path, text);
    remove(&backup);
}

fn vs_code(path: &Path, text: &str) {
    let mut file = fs::OpenOptions::new().write(true).truncate(true).open(path).expect("is there");
    std::thread::sleep(Duration::from_millis(2));
    file.write_all(text.as_bytes()).expect("can be written");
}

/// Half a save stays for a moment.
fn slow(path: &Path, text: &str) {
    let mut file = fs::OpenOptions::new().write(true).truncate(true).open(path).expect("is there");
    std::thread::sleep(Duration::from_millis(20));
    file.write_all(text.as_bytes()).expect("can be written");
}

/// Vim opens the file, with a swap file beside it, and replaces all lines. Without its own settings it
/// makes no backups in folders for temporary files, which is where tests are.
fn real_vim(setting: &str, path: &Path, text: &str) {
    let mut vim = Command::new("vim");
    vim.args(["-N", "-u", "NONE", "-i", "NONE", "-es", "-c", "set backupskip= swapfile"]);
    vim.args(["-c", &format!("set {setting}"), "-c", "%delete _"]);
    vim.args(["-c", "call setline(1, split($NEW_TEXT, '\\n', 1)[:-2])", "-c", "wq"]);
    let done = vim.arg(path).env("NEW_TEXT", text).stdin(Stdio::null()).output();
    let done = done.expect("Vim is installed");
    assert!(done.status.success(), "Vim ended with {}", done.status);
    assert_eq!(fs::read_to_string(path).expect("is there"), text, "Vim wrote it");
}

/// The lock file is a link that leads nowhere.
fn emacs(path: &Path, text: &str) {
    let (lock, auto_save, backup) = (other(path, ".#{}"), other(path, "#{}#"), other(path, "{}~"));
    #[cfg(unix)]
    std::os::unix::fs::symlink("somebody@somewhere.1:2", &lock).expect("can be linked");
    #[cfg(not(unix))]
    write(&lock, "");
    write(&auto_save, text);
    rename(path, &backup);
    write(path, text);
    remove(&auto_save);
    remove(&lock);
    remove(&backup);
}

fn jetbrains(path: &Path, text: &str) {
    let (new, old) = (other(path, "{}___jb_tmp___"), other(path, "{}___jb_old___"));
    write(&new, text);
    rename(path, &old);
    rename(&new, path);
    remove(&old);
}

fn helix(path: &Path, text: &str) {
    let backup = other(path, "{}.bck");
    rename(path, &backup);
    write(path, text);
    remove(&backup);
}

fn sed(path: &Path, text: &str) {
    let new = other(path, "sedq9KfBz");
    write(&new, text);
    rename(&new, path);
}

fn beside(path: &Path, text: &str) {
    let new = other(path, "{}.tmp.4711.1700000000");
    write(&new, text);
    rename(&new, path);
}

/// Saves a file in every way while it is watched; `page` must show what was written.
fn save_in_every_way(
    saves: &[(&str, Save)],
    held_up: Duration,
    path: &str,
    text: impl Fn(&str) -> String,
    page: &str,
) {
    let handbook = Handbook::new()
        .file("canvasbook.toml", "title = \"Bakeries\"\n")
        .file("content/index.md", "# Home\n\nWelcome.\n")
        .file("content/other.md", "# Other\n\nNothing.\n");
    let watching = Watching::start(&handbook, "watch");
    let paths = crate::tree::paths(&handbook.path("public"));
    for (name, save) in saves {
        let mut round = 0;
        loop {
            let marker = format!("{name} {round}");
            let began = Instant::now();
            save(&handbook.path(path), &text(&marker));
            let was_held_up = began.elapsed() > held_up;
            let mut builds = vec![watching.build()];
            while !builds.iter().any(|build| build.differs()) {
                builds.push(watching.build());
            }
            builds.extend(watching.builds(QUIET));
            let shown = fs::read_to_string(handbook.path("public").join(page)).expect("is there");
            if was_held_up && round < 20 {
                round += 1;
                continue;
            }
            assert!(shown.contains(&marker), "{name}: {builds:?}");
            let differing = builds.iter().filter(|build| build.differs()).count();
            assert_eq!(differing, 1, "{name}: {builds:?}");
            assert_eq!(builds[0].what, path, "{name}");
            break;
        }
        assert_eq!(crate::tree::paths(&handbook.path("public")), paths, "{name}");
    }
    assert_eq!(watching.messages(), "");
    watching.ends_equal_to_a_clean_build("public");
}

fn save_page(saves: &[(&str, Save)], held_up: Duration) {
    let text = |marker: &str| format!("# Home\n\n{marker}\n");
    save_in_every_way(saves, held_up, "content/index.md", text, "index.html");
}

fn save_configuration(saves: &[(&str, Save)], held_up: Duration) {
    let text = |marker: &str| format!("title = \"{marker}\"\n");
    save_in_every_way(saves, held_up, "canvasbook.toml", text, "other.html");
}

#[test]
fn each_save_of_a_page_is_one_build() {
    save_page(&SAVES, HELD_UP);
}

#[test]
fn each_save_of_the_configuration_is_one_build() {
    save_configuration(&SAVES, HELD_UP);
}

/// How long Vim runs does not show how long it saves.
#[test]
#[ignore = "needs Vim: .ci/run installs it"]
fn each_save_of_vim_itself_is_one_build() {
    save_page(&VIM_SAVES, Duration::MAX);
    save_configuration(&VIM_SAVES, Duration::MAX);
}
