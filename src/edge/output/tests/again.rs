//! A run that knows which files must be unchanged.

use super::*;

use std::sync::Mutex;

/// Writes a site in which only `changed` may differ from the last time. Returns which files were
/// produced, and what was done.
fn again(root: &TempDir, site: &Tree, looks: &mut Looks, changed: &[&str]) -> String {
    let output = root.path().join("public");
    let destination = Destination { root: root.path(), output: &output, adopt: false, typed: true };
    let paths: Vec<String> = site.keys().cloned().collect();
    let produced = Mutex::new(Vec::new());
    let produce = |index: usize| {
        let path = paths[index].clone();
        let text = site[&path].clone();
        produced.lock().unwrap().push(path);
        Ok::<_, Infallible>(Content::Text(text))
    };
    let is_same = |index: usize| !changed.contains(&&*paths[index]);
    let keep = Keep::Looks(looks, &is_same);
    let done = super::super::write(&destination, &paths, produce, keep, &Run::default());
    let Written { written, unchanged, removed, .. } = done.unwrap();
    let mut produced = produced.into_inner().unwrap();
    produced.sort();
    format!("{produced:?}, {written} written, {unchanged} unchanged, {removed} removed")
}

#[test]
fn what_is_the_same_is_not_produced() {
    let root = handbook();
    let mut site = tree(&[("a/b.html", "b"), ("c.html", "c"), ("d.html", "d")]);
    let mut looks = Looks::default();
    let first = again(&root, &site, &mut looks, &[]);
    assert_eq!(first, r#"["a/b.html", "c.html", "d.html"], 3 written, 0 unchanged, 0 removed"#);
    let same = again(&root, &site, &mut looks, &[]);
    assert_eq!(same, "[], 0 written, 3 unchanged, 0 removed");
    site.insert("c.html".into(), "see".into());
    let one = again(&root, &site, &mut looks, &["c.html"]);
    assert_eq!(one, r#"["c.html"], 1 written, 2 unchanged, 0 removed"#);
    site.remove("a/b.html");
    site.insert("e.html".into(), "e".into());
    let other = again(&root, &site, &mut looks, &[]);
    assert_eq!(other, r#"["e.html"], 1 written, 2 unchanged, 1 removed"#);
    assert_is(&root, &site);
}

#[test]
fn what_somebody_else_did_to_it_is_mended_all_the_same() {
    let root = handbook();
    let site = tree(&[("a/b.html", "b"), ("c.html", "c"), ("d.html", "d"), ("e.html", "e")]);
    let mut looks = Looks::default();
    again(&root, &site, &mut looks, &[]);
    let public = root.path().join("public");
    fs::write(public.join("c.html"), "changed").unwrap();
    fs::remove_file(public.join("d.html")).unwrap();
    fs::copy(public.join("e.html"), public.join("copy")).unwrap();
    fs::rename(public.join("copy"), public.join("e.html")).unwrap();
    let mended = again(&root, &site, &mut looks, &[]);
    assert_eq!(mended, r#"["c.html", "d.html", "e.html"], 2 written, 2 unchanged, 0 removed"#);
    assert_is(&root, &site);
    fs::rename(public.join("a"), root.path().join("moved")).unwrap();
    let again_there = again(&root, &site, &mut looks, &[]);
    assert_eq!(again_there, r#"["a/b.html"], 1 written, 3 unchanged, 0 removed"#);
    assert_is(&root, &site);
}
