//! What stays private: files that programs leave behind, and comments in every form and place. Each
//! holds a word that nothing that is written may hold.

use crate::handbook::{CANVAS, Handbook, NO_RULES, SETTINGS};

/// What is planted.
const SECRET: &[u8] = b"zzsecret";

/// The files of a site that hold the secret, in their names or their bytes.
fn leaks(handbook: &Handbook) -> Vec<String> {
    let site = handbook.tree("public").0.into_iter();
    let is_leak = |(path, bytes): &(String, Vec<u8>)| {
        let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|window| window == SECRET);
        holds(path.as_bytes()) || holds(bytes)
    };
    site.filter(is_leak).map(|(path, _)| path).collect()
}

#[test]
fn what_programs_leave_behind_is_not_published() {
    let handbook = Handbook::new().file(SETTINGS, NO_RULES).file("content/bakery.md", CANVAS);
    for folder in ["content", "content/retail", "static", "static/img"] {
        for name in [
            "bakery.md.bak",
            "bakery.md.orig",
            "bakery.md.rej",
            "bakery.md~",
            "~$plan.docx",
            ".~lock.plan.odt#",
            "#bakery.md#",
            "desktop.ini",
            "Thumbs.db",
            ".DS_Store",
            ".bakery.md.swp",
            "plan.tmp",
            "plan.pdf.crdownload",
            "4913",
            "__MACOSX/._plan.pdf",
        ] {
            handbook.write(&format!("{folder}/{name}"), SECRET);
        }
    }
    handbook.write("content/plan.pdf", "%PDF\n");
    handbook.run("build --quiet").status(0).stderr_is("");
    assert_eq!(leaks(&handbook), [""; 0]);
    let site = handbook.tree("public").0;
    assert!(site.contains_key("plan.pdf") && !site.contains_key("desktop.ini"));
    assert!(!handbook.path("public/retail").exists(), "a folder of nothing else is no section");
}
