//! Two builds of the same sources give the same bytes, wherever and however they run.

use std::fs;
use std::path::Path;

use crate::handbook::Handbook;
use crate::tree::{Tree, paths};

/// The files of the repository's own handbook, as the largest set of sources at hand.
fn sources() -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec!["canvasbook.toml".to_owned()];
    for folder in ["content", "kinds", "static"] {
        let below = paths(&root.join(folder)).into_iter();
        files.extend(below.map(|path| format!("{folder}/{path}")));
    }
    files
        .into_iter()
        .map(|path| (path.clone(), fs::read(root.join(path)).expect("it can be read")))
        .collect()
}

/// Copies the sources in the given order and builds; `below` is the folder that they are copied to.
fn build(sources: &[(String, Vec<u8>)], below: &str, environment: &[(&str, &str)]) -> Tree {
    let mut handbook = Handbook::new();
    for (path, bytes) in sources {
        handbook = handbook.file(path, bytes);
    }
    let mut command = handbook.command("build --quiet");
    command.current_dir(handbook.path(below)).envs(environment.iter().copied());
    handbook.run_command(&mut command).status(0).stderr_is("");
    handbook.tree("public")
}

#[test]
fn neither_place_nor_environment_nor_order_reaches_the_output() {
    let forwards = sources();
    let mut backwards = forwards.clone();
    backwards.reverse();
    let mut mixed: Vec<_> = forwards.iter().skip(1).step_by(2).cloned().collect();
    mixed.extend(forwards.iter().step_by(2).cloned());

    let one = build(&forwards, "", &[("TZ", "UTC"), ("LANG", "C"), ("RAYON_NUM_THREADS", "1")]);
    assert!(one.0.len() > 20, "the whole handbook is built");
    let other = build(
        &backwards,
        "content/manual",
        &[("TZ", "Asia/Kathmandu"), ("LANG", "tr_TR.UTF-8"), ("RAYON_NUM_THREADS", "7")],
    );
    assert_eq!(other.differences(&one), "");
    let third = build(&mixed, "content", &[("TZ", "America/St_Johns"), ("LC_ALL", "C")]);
    assert_eq!(third.differences(&one), "");
}

#[test]
fn a_rebuild_equals_a_clean_build() {
    let clean = |text: &str| {
        let handbook = Handbook::new()
            .file("content/a.md", text)
            .file("content/index.md", "# Home\n\nSee [a](a.md).\n");
        handbook.run("build --quiet").status(0);
        handbook
    };
    let canvas = "## Channels\n\n- Shop\n\n## Key Partners\n\n- Mill\n\n## Key Activities\n\n### Baking\n\n- Bread\n";
    for (before, after) in [(canvas, "# A page now\n"), ("# A page\n", canvas), (canvas, "")] {
        let handbook = clean(before);
        handbook.write("content/a.md", after);
        handbook.run("build --quiet").status(0);
        assert_eq!(handbook.tree("public").differences(&clean(after).tree("public")), "");
    }
}

#[test]
fn no_page_names_the_folder_it_was_built_in() {
    let handbook = Handbook::new();
    let folder = handbook.path("").to_str().expect("UTF-8").trim_end_matches('/').to_owned();
    let mut handbook = handbook;
    for (path, bytes) in sources() {
        handbook = handbook.file(&path, bytes);
    }
    handbook.run("build --quiet").status(0);
    for (path, bytes) in handbook.tree("public").0 {
        assert!(!String::from_utf8_lossy(&bytes).contains(&folder), "{path}");
    }
}
