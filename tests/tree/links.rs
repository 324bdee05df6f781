//! Whether every link of a site leads somewhere, every id occurs once on its page, and every page can be
//! reached.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::tree::Tree;

/// The ids and the addresses in a page.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    ids: Vec<String>,
    /// Whether only old links lead here.
    is_redirect: bool,
}

/// What is wrong with the links and ids of a site, one per line; empty if nothing is. Links of the
/// page for lost readers start at `root`; those of any other page are relative.
pub fn flaws(site: &Tree, root: &str) -> String {
    let pages: BTreeMap<&str, Page> = site
        .0
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path.as_str(), read(&String::from_utf8_lossy(bytes))))
        .collect();
    let mut told = String::new();
    let mut ways: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, page) in &pages {
        let mut seen = BTreeSet::new();
        for id in &page.ids {
            if !seen.insert(id) {
                told.push_str(&format!("{path}: the id {id:?} occurs twice\n"));
            }
            if id.is_empty() || id.contains(|c: char| c.is_ascii_whitespace()) {
                told.push_str(&format!("{path}: {id:?} is no id\n"));
            }
        }
        let is_outside = |link: &str| link.starts_with("http") || link.starts_with("mailto:");
        for link in page.links.iter().filter(|link| !is_outside(link)) {
            let (to, fragment) =
                link.split_once('#').map_or((&**link, None), |(to, f)| (to, Some(f)));
            let to = match to {
                "" => (*path).to_owned(),
                to => match to.strip_prefix(root).filter(|_| *path == "404.html") {
                    Some(to) => decoded(to),
                    None => joined(path, &decoded(to)),
                },
            };
            let has_anchor = |page: &Page| {
                fragment.is_none_or(|f| page.ids.iter().any(|id| id == f || *id == decoded(f)))
            };
            if !site.0.contains_key(&to) || !pages.get(to.as_str()).is_none_or(has_anchor) {
                told.push_str(&format!("{path}: {link} leads nowhere\n"));
            }
            ways.entry(path).or_default().push(to);
        }
    }
    let mut reached = BTreeSet::from(["index.html"]);
    let mut open = vec!["index.html"];
    while let Some(page) = open.pop() {
        let next = ways.get(page).into_iter().flatten().map(String::as_str);
        open.extend(next.filter(|to| reached.insert(to)));
    }
    let is_meant = |page: &Page, path: &str| path != "404.html" && !page.is_redirect;
    for (path, _) in pages.iter().filter(|(path, page)| is_meant(page, path)) {
        if !reached.contains(path) {
            told.push_str(&format!("{path}: nothing leads here\n"));
        }
    }
    told
}

fn decoded(link: &str) -> String {
    percent_decode_str(link).decode_utf8_lossy().into_owned()
}

/// The path that a relative path leads to from a page.
fn joined(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            // A path above the root leads nowhere, so the page is reported.
            ".." if parts.pop().is_some() => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The attributes of every tag; a text holds no `<`, and an attribute's value may hold a `>`.
fn read(html: &str) -> Page {
    let mut page = Page { is_redirect: html.contains("http-equiv=\"refresh\""), ..Page::default() };
    for tag in html.split('<').skip(1).filter(|tag| tag.starts_with(|c: char| c.is_alphabetic())) {
        let mut rest = tag;
        while let Some((before, value)) = rest.split_once("=\"") {
            if before.contains('>') {
                break;
            }
            let (value, behind) = value.split_once('"').unwrap_or((value, ""));
            let value = value.replace("&quot;", "\"").replace("&#x27;", "'").replace("&lt;", "<");
            let value = value.replace("&gt;", ">").replace("&amp;", "&");
            match before.rsplit(' ').next() {
                Some("href" | "src" | "action") => page.links.push(value),
                Some("id") => page.ids.push(value),
                _ => {}
            }
            rest = behind;
        }
    }
    page
}

#[test]
fn links_and_ids_are_looked_up() {
    let page = |html: &str| html.as_bytes().to_vec();
    let site = Tree(BTreeMap::from([
        ("404.html".to_owned(), page("<a href=\"/book/a/b.html\">")),
        (
            "a/b.html".to_owned(),
            page("<p title=\"x>\" id=\"é\"><a href=\"../c%20d.html#x\">&lt; id=\""),
        ),
        ("a/x.png".to_owned(), Vec::new()),
        ("index.html".to_owned(), page("<a href=\"a/b.html\">")),
        ("old.html".to_owned(), page("<meta http-equiv=\"refresh\">")),
        (
            "c d.html".to_owned(),
            page("<b id=\"x\"><img src=\"a/x.png\"><a href=\"a/b.html#%C3%A9\">"),
        ),
    ]));
    assert_eq!(flaws(&site, "/book/"), "");
    assert_eq!(flaws(&site, "/"), "404.html: /book/a/b.html leads nowhere\n");
    let bad =
        "<i id=\"x\"></i><i id=\"x\"></i><i id=\"y z\"></i><a href=\"#no\"></a><a href=\"../e\">";
    let site = Tree(BTreeMap::from([("e".to_owned(), page("")), ("f.html".to_owned(), page(bad))]));
    assert_eq!(
        flaws(&site, "/"),
        "f.html: the id \"x\" occurs twice\nf.html: \"y z\" is no id\nf.html: #no leads nowhere\n\
         f.html: ../e leads nowhere\nf.html: nothing leads here\n"
    );
}
