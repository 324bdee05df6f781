//! Which module uses which: the order of `src/lib.rs` is the order of the layers.

use crate::code::{Code, words};

/// The modules of the library in the order in which `src/lib.rs` lists them.
pub fn order(library: &Code) -> Vec<String> {
    let mut words = words(&library.blanked).map(|(_, word)| word);
    let mut order = Vec::new();
    while let Some(word) = words.next() {
        if word == "mod" {
            order.extend(words.next().map(str::to_owned));
        }
    }
    order
}

/// Every use of a module that is listed below the file's own. `order` lists the modules of `folder`,
/// which is given by its path from the top of the crate and empty for the crate itself.
pub fn downward(path: &str, code: &Code, folder: &[&str], order: &[String]) -> Vec<String> {
    let mut own: Vec<&str> = path.trim_end_matches(".rs").split('/').skip(1).collect();
    own.pop_if(|last| *last == "mod");
    let place = |names: &[&str]| {
        let name = names.strip_prefix(folder)?.first()?;
        order.iter().position(|module| module == name)
    };
    // The file that lists the modules is above none of them.
    let Some(own_place) = place(&own) else { return Vec::new() };
    let mut offenders = Vec::new();
    for (at, used) in used(code, &own, folder.len() + 1) {
        let names: Vec<&str> = used.iter().map(String::as_str).collect();
        if let Some(used) = place(&names).filter(|used| *used > own_place) {
            let line = code.line(at) + 1;
            offenders.push(format!("{path}:{line}: `{}` uses `{}`", order[own_place], order[used]));
        }
    }
    offenders
}

/// The paths that a file uses, with their offsets: the first `names` names of each path that starts
/// with `crate` or `super`, from the top of the crate. `own` is the path of the file's module.
fn used(code: &Code, own: &[&str], names: usize) -> Vec<(usize, Vec<String>)> {
    let text = &code.blanked;
    let inner = inner_modules(code);
    let mut used = Vec::new();
    for (start, word) in words(text) {
        let mut behind = &text[start..];
        let base = match word {
            "crate" => {
                behind = behind.strip_prefix("crate::").unwrap_or_default();
                0
            }
            "super" if !text[..start].ends_with("super::") => {
                let depth = inner.iter().filter(|(from, to)| (*from..*to).contains(&start)).count();
                let mut base = own.len() + depth;
                while let Some(rest) = behind.strip_prefix("super::") {
                    behind = rest;
                    base = base.saturating_sub(1);
                }
                base
            }
            _ => continue,
        };
        // A path within a module of the file itself leads to nothing that is listed.
        let Some(base) = own.get(..base) else { continue };
        let at = text.len() - behind.len();
        for names in first_names(behind, names.saturating_sub(base.len())) {
            let base = base.iter().map(|name| (*name).to_owned());
            used.push((at, base.chain(names).collect()));
        }
    }
    used
}

/// Where the bodies of `mod name { … }` begin and end.
fn inner_modules(code: &Code) -> Vec<(usize, usize)> {
    let text = &code.blanked;
    let modules = words(text).filter(|(_, word)| *word == "mod");
    modules
        .filter_map(|(start, _)| {
            let end = start + text[start..].find(['{', ';'])?;
            text[end..].starts_with('{').then(|| (end, code.closing(end)))
        })
        .collect()
}

/// The first `most` names of a path, or of each path in braces: `a`, `x` and `b` for `{a::x, b}`.
fn first_names(path: &str, most: usize) -> Vec<Vec<String>> {
    if most == 0 {
        return vec![Vec::new()];
    }
    let path = path.trim_start();
    let Some(group) = path.strip_prefix('{') else {
        let Some((0, name)) = words(path).next() else { return Vec::new() };
        let rest = path[name.len()..].strip_prefix("::");
        let tails = rest.map_or_else(|| vec![Vec::new()], |rest| first_names(rest, most - 1));
        let with_name = |tail: Vec<String>| [name.to_owned()].into_iter().chain(tail).collect();
        return tails.into_iter().map(with_name).collect();
    };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.extend(first_names(&group[start..at], most));
                start = at + 1;
                if character == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn downward_uses_are_found_however_they_are_written() {
    let order = ["low", "middle", "high"].map(str::to_owned);
    let check = |path: &str, source: &str| downward(path, &Code::new(source), &[], &order).len();
    assert_eq!(check("src/middle.rs", "use crate::low; use crate::middle::a; // crate::high"), 0);
    assert_eq!(check("src/middle.rs", "use crate::high::{a, b};"), 1);
    assert_eq!(check("src/middle.rs", "use crate::{\n low::{high, x},\n high::y,\n};"), 1);
    assert_eq!(check("src/low/part.rs", "fn a() { crate::middle::b(); crate::high::c() }"), 2);
    assert_eq!(check("src/low/part.rs", "use super::high; use super::super::high;"), 1);
    assert_eq!(check("src/low/mod.rs", "use super::high; mod t { use super::high; }"), 1);
    assert_eq!(check("src/low.rs", "mod t { use super::super::high; }"), 1);
}

#[test]
fn downward_uses_inside_a_folder_are_found_too() {
    let order = ["low", "middle", "high"].map(str::to_owned);
    let check =
        |path: &str, source: &str| downward(path, &Code::new(source), &["view"], &order).len();
    assert_eq!(
        check("src/view/middle.rs", "use super::low; use super::middle; use crate::high;"),
        0
    );
    assert_eq!(check("src/view/middle.rs", "use super::high;"), 1);
    assert_eq!(check("src/view/middle.rs", "use super::{Text, high::{a, b}, low::high};"), 1);
    assert_eq!(
        check("src/view/middle.rs", "fn a() { crate::view::high::b(); super::low::c() }"),
        1
    );
    assert_eq!(check("src/view/middle.rs", "use crate::{kind::high, view::{low, high}};"), 1);
    assert_eq!(
        check("src/view/low/part.rs", "use super::high; use super::super::{high, Text};"),
        1
    );
    assert_eq!(
        check("src/view/low/mod.rs", "mod t { use super::high; use super::super::high; }"),
        1
    );
    assert_eq!(check("src/view/mod.rs", "mod t { use super::high; } use high::a;"), 0);
    assert_eq!(check("src/render.rs", "use crate::view::{high, low};"), 0);
}
