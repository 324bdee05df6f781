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

/// Every use of a module that stands below the file's own.
pub fn downward(path: &str, code: &Code, order: &[String]) -> Vec<String> {
    let parts: Vec<&str> = path.trim_end_matches(".rs").split('/').skip(1).collect();
    let Some(own) = parts.first().and_then(|own| order.iter().position(|module| module == own))
    else {
        // lib.rs and main.rs are in no layer.
        return Vec::new();
    };
    let depth = parts.len() - usize::from(parts.last() == Some(&"mod"));
    let mut offenders = Vec::new();
    for (at, used) in used(code, depth) {
        let Some(place) = order.iter().position(|module| *module == used) else { continue };
        if place > own {
            let line = code.line(at) + 1;
            offenders.push(format!("{path}:{line}: `{}` uses `{used}`", order[own]));
        }
    }
    offenders
}

/// The names at the top of the crate that a file speaks of, with the offsets: behind `crate::`, or
/// behind as many `super::` as lead there from a file that is `depth` modules deep.
fn used(code: &Code, depth: usize) -> Vec<(usize, String)> {
    let text = &code.blanked;
    let inner = inner_modules(code);
    let mut used = Vec::new();
    for (start, word) in words(text) {
        let depth_here =
            depth + inner.iter().filter(|(from, to)| (*from..*to).contains(&start)).count();
        let behind = match word {
            "crate" => text[start..].strip_prefix("crate::"),
            "super" => text[start..].strip_prefix(&"super::".repeat(depth_here)),
            _ => None,
        };
        if let Some(behind) = behind {
            let at = text.len() - behind.len();
            used.extend(first_names(behind).into_iter().map(|name| (at, name)));
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

/// The first name of a path, or of each path in braces: `a` and `b` for `{a::x, b}`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| words(text).next().map(|(_, word)| word.to_owned());
    let Some(group) = path.strip_prefix('{') else { return name(path).into_iter().collect() };
    let mut names = Vec::new();
    let mut depth = 0;
    let mut start = 0;
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.extend(name(&group[start..at]));
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
    let check = |path: &str, source: &str| downward(path, &Code::new(source), &order).len();
    assert_eq!(check("src/middle.rs", "use crate::low; use crate::middle::a; // crate::high"), 0);
    assert_eq!(check("src/middle.rs", "use crate::high::{a, b};"), 1);
    assert_eq!(check("src/middle.rs", "use crate::{\n low::{high, x},\n high::y,\n};"), 1);
    assert_eq!(check("src/low/part.rs", "fn a() { crate::middle::b(); crate::high::c() }"), 2);
    assert_eq!(check("src/low/part.rs", "use super::high; use super::super::high;"), 1);
    assert_eq!(check("src/low/mod.rs", "use super::high; mod t { use super::high; }"), 1);
    assert_eq!(check("src/low.rs", "mod t { use super::super::high; }"), 1);
}
