//! The poster of a kind as a table, with what happened to the elements of each block.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::Style;
use super::escaped::escaped;
use crate::comparison::Outcome;
use crate::kind::{BlockIndex, Kind};
use crate::view::comparison::{Drawn, DrawnBlock, DrawnEntry};
use crate::view::words::Words;

/// How many elements of a block are named; the list below has all.
const MOST_NAMED: usize = 8;

/// How many characters of a name are shown.
const LONGEST: usize = 60;

/// Draws a canvas. Without HTML its blocks are rows of a table of two columns.
pub(super) fn draw(drawn: &Drawn<'_>, words: &Words, style: Style) -> String {
    match style {
        Style::Plain => rows(drawn, words),
        Style::Html => table(drawn, words),
    }
}

/// The blocks in their places. No line of it is blank, since that would end the table.
fn table(drawn: &Drawn<'_>, words: &Words) -> String {
    let (cells, widths) = (&drawn.kind.poster.cells, &drawn.kind.poster.widths);
    let whole = widths.iter().sum::<u32>().max(1);
    let mut html = String::from("<table>\n");
    let mut seen: BTreeSet<BlockIndex> = BTreeSet::new();
    for (at, row) in cells.iter().enumerate() {
        html.push_str("<tr>\n");
        for (first, index) in row.iter().enumerate() {
            if !seen.insert(*index) {
                continue;
            }
            let columns = row[first..].iter().take_while(|other| *other == index).count();
            let rows = cells[at..].iter().take_while(|row| row[first] == *index).count();
            let width = widths[first..first + columns].iter().sum::<u32>() * 100 / whole;
            let _ = write!(html, "<td valign=\"top\" width=\"{width}%\"");
            for (name, span) in [("colspan", columns), ("rowspan", rows)] {
                if span > 1 {
                    let _ = write!(html, " {name}=\"{span}\"");
                }
            }
            html.push('>');
            cell(&mut html, &drawn.blocks[usize::from(index.0)], words);
            html.push_str("</td>\n");
        }
        html.push_str("</tr>\n");
    }
    for block in &drawn.others {
        let _ = write!(html, "<tr>\n<td valign=\"top\" colspan=\"{}\">", widths.len());
        cell(&mut html, block, words);
        html.push_str("</td>\n</tr>\n");
    }
    html.push_str("</table>\n");
    html
}

fn cell(html: &mut String, block: &DrawnBlock<'_>, words: &Words) {
    let _ = write!(html, "<b>{}</b>", escaped(block.label, LONGEST));
    let (named, more, same) = chosen(block);
    for entry in named {
        let name = escaped(&entry.name, LONGEST);
        let name = match entry.pair.outcome {
            Outcome::Added => format!("<ins>{name}</ins>"),
            Outcome::Removed => format!("<del>{name}</del>"),
            _ if entry.has_left => format!("<del>{name}</del>"),
            _ => name,
        };
        let _ = write!(html, "<br>{} {name}", entry.sign());
    }
    for (count, key) in [(more, "more_entries"), (same, "diff_same")] {
        if count > 0 {
            let counted = escaped(&words.counted(key, count), LONGEST);
            let _ = write!(html, "<br><sub>{counted}</sub>");
        }
    }
}

/// The elements of a block that are named, how many more changed, and how many did not.
fn chosen<'d>(block: &'d DrawnBlock<'d>) -> (Vec<&'d DrawnEntry<'d>>, usize, usize) {
    let changed = block.entries.iter().filter(|entry| entry.pair.outcome != Outcome::Same);
    let mut changed: Vec<&DrawnEntry<'_>> = changed.collect();
    let same = block.entries.len() - changed.len();
    let more = changed.len().saturating_sub(MOST_NAMED);
    changed.truncate(MOST_NAMED);
    (changed, more, same)
}

/// The blocks below each other, for hosts that show no HTML.
fn rows(drawn: &Drawn<'_>, words: &Words) -> String {
    let mut text = format!("| {} | {} |\n|---|---|\n", words.get("block"), words.get("elements"));
    for block in drawn.blocks.iter().chain(&drawn.others) {
        let (named, more, same) = chosen(block);
        let sign = |entry: &DrawnEntry<'_>| entry.sign().replace('+', "&#43;");
        let named =
            named.iter().map(|entry| format!("{} {}", sign(entry), escaped(&entry.name, LONGEST)));
        let counts = [(more, "more_entries"), (same, "diff_same")].into_iter();
        let counts = counts.filter(|(count, _)| *count > 0);
        let counts = counts.map(|(count, key)| escaped(&words.counted(key, count), LONGEST));
        let cells: Vec<String> = named.chain(counts).collect();
        let label = escaped(block.label, LONGEST);
        let _ = writeln!(text, "| {label} | {} |", cells.join("; "));
    }
    text
}

/// The author of a kind, on one line; empty if it names none.
pub(super) fn attribution(kind: &Kind, words: &Words, style: Style) -> String {
    let Some(attribution) = &kind.attribution else { return String::new() };
    let link = |title: &str, url: &str| {
        let title = escaped(title, LONGEST);
        let is_safe = |c: char| c.is_ascii_alphanumeric() || "-._~:/?=%".contains(c);
        match style {
            Style::Html if url.chars().all(is_safe) => format!("<a href=\"{url}\">{title}</a>"),
            _ => title,
        }
    };
    let text = escaped(words.get("attribution"), 200).replace("&#123;", "{").replace("&#125;", "}");
    text.replace("{kind}", &escaped(&kind.title, LONGEST))
        .replace("{author}", &link(&attribution.author, &attribution.url))
        .replace("{license}", &link(&attribution.license, &attribution.license_url))
}
