//! Languages whose lines speak for themselves.

use super::{Painter, paint};

/// Paints a comparison.
pub fn diff(painter: &mut Painter, code: &str) {
    for line in code.split_inclusive('\n') {
        let class = match line.as_bytes().first() {
            Some(b'+') => "inserted",
            Some(b'-') => "deleted",
            Some(b'@') => "comment",
            _ => "",
        };
        painter.push(line, class);
    }
}

/// Paints Markdown with the front matter and the attributes that canvases have.
pub fn markdown(painter: &mut Painter, code: &str) {
    let (front, body) = front_matter(code);
    paint(painter, front, if front.starts_with('+') { "toml" } else { "yaml" });
    let (mut in_fence, mut in_comment) = (None, false);
    for line in body.split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t']);
        let fence = ["```", "~~~"].into_iter().find(|fence| text.starts_with(fence));
        if in_fence.is_some() || fence.is_some() {
            painter.push(line, "string");
            match in_fence {
                None => in_fence = fence,
                open if open == fence => in_fence = None,
                _ => {}
            }
        } else if in_comment || text.starts_with("<!--") {
            painter.push(line, "comment");
            in_comment = !line.contains("-->");
        } else if text.starts_with('#') && text.trim_start_matches('#').starts_with([' ', '\t']) {
            let attributes = text.find(" {").unwrap_or(text.len());
            let attributes = line.len() - text.len() + attributes;
            painter.push(&line[..attributes], "heading");
            inline(painter, &line[attributes..]);
        } else {
            let marker = line.len() - text.len() + marker(text);
            painter.push(&line[..marker], "keyword");
            inline(painter, &line[marker..]);
        }
    }
}

/// Splits off front matter with its fences; empty if there is none.
fn front_matter(code: &str) -> (&str, &str) {
    for fence in ["+++\n", "---\n"] {
        if let Some(inside) = code.strip_prefix(fence)
            && let Some(end) = inside.find(&format!("\n{fence}"))
        {
            return code.split_at(fence.len() + end + 1 + fence.len());
        }
    }
    ("", code)
}

/// The length of what makes a line an item of a list or a quotation.
fn marker(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let behind = &text[digits..];
    let is_marker = match digits {
        0 => behind.starts_with(['-', '*', '+', '>']),
        _ => behind.starts_with(['.', ')']),
    };
    let is_apart = behind.get(1..).is_some_and(|rest| rest.starts_with([' ', '\t']));
    if is_marker && is_apart { digits + 1 } else { 0 }
}

/// What stands in pairs within a line: opening, closing, class.
const PAIRS: [(&str, &str, &str); 5] = [
    ("**", "**", "strong"),
    ("`", "`", "string"),
    ("[[", "]]", "link"),
    ("[", "]", "link"),
    ("{", "}", "key"),
];

fn inline(painter: &mut Painter, line: &str) {
    // A closing mark that is not found from here will not be found further on: remembering it
    // keeps a line of opening marks from being searched again for each of them.
    let mut is_missing = [false; PAIRS.len()];
    let mut is_target_missing = false;
    let mut rest = line;
    'pieces: while let Some(start) = rest.find(['*', '`', '[', '{']) {
        painter.push(&rest[..start], "");
        rest = &rest[start..];
        for (pair, (opening, closing, class)) in PAIRS.into_iter().enumerate() {
            if !rest.starts_with(opening) || is_missing[pair] {
                continue;
            }
            let Some(end) = rest[opening.len()..].find(closing) else {
                is_missing[pair] = true;
                continue;
            };
            let mut length = opening.len() + end + closing.len();
            if closing == "]" && !is_target_missing && rest[length..].starts_with('(') {
                let target = rest[length..].find(')');
                is_target_missing = target.is_none();
                length += target.map_or(0, |at| at + 1);
            }
            painter.push(&rest[..length], class);
            rest = &rest[length..];
            continue 'pieces;
        }
        painter.push(&rest[..1], "");
        rest = &rest[1..];
    }
    painter.push(rest, "");
}
