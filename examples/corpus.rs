//! Prints how the Markdown below a folder is read: `cargo run --example corpus -- FOLDER`.
//!
//! For each file its kind, and for each block its label, its elements and its departments or
//! groups, to compare with what a person sees in the file. `--full` prints every element.
#![expect(clippy::disallowed_methods, reason = "a tool of its own: it reads what it is given")]

use std::error::Error;
use std::path::{Path, PathBuf};

use canvasbook::canvas::{Canvas, Document, Element};
use canvasbook::kind::Kinds;
use canvasbook::parse;
use canvasbook::source::Source;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: corpus FOLDER [--full]")?);
    let full = arguments.next().is_some();
    let kinds = Kinds::built_in();
    let mut paths = Vec::new();
    gather(&folder, &mut paths)?;
    paths.sort();
    for path in paths {
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
        let mut diagnostics = Vec::new();
        let document = parse::document(&Source::new(name, text), &kinds, &mut diagnostics);
        print(&document, full);
        for diagnostic in diagnostics {
            let place = diagnostic.location.span.of(&document.text);
            println!("    {}: {:?}", diagnostic.code, shortened(place));
        }
    }
    Ok(())
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            gather(&path, paths)?;
        } else if matches!(extension, Some("md" | "html" | "canvas")) {
            paths.push(path);
        }
    }
    Ok(())
}

fn print(document: &Document, full: bool) {
    let Some(canvas) = &document.canvas else {
        println!("{}: page, \"{}\"", document.path, document.title);
        return;
    };
    let (kind, blocks) = (&canvas.kind.id, canvas.blocks.len());
    println!("{}: {kind}, {blocks} blocks, \"{}\"", document.path, document.title);
    for block in &canvas.blocks {
        let elements: Vec<Element<'_>> =
            canvas.elements.iter().filter(|element| element.block == block.index).collect();
        let named = elements.iter().filter(|element| element.name.is_some()).count();
        let id = &canvas.kind.block_kind(block.index).id;
        let (count, lead, rest) = (elements.len(), block.lead.len(), block.rest.len());
        println!("  {id:<22} {count:>3} elements, {named:>3} named, {lead} lead, {rest} rest");
        print_elements(&elements, None, full);
        for (part, written) in (0u32..).zip(&block.parts) {
            let what = if written.department { "department" } else { "group" };
            let of_part = elements.iter().filter(|element| element.part == Some(part)).count();
            let title = shortened(&written.title);
            println!("    {what} {title:?}: {of_part} elements, {} lead", written.lead.len());
            print_elements(&elements, Some(part), full);
        }
    }
    print_sections(canvas);
}

fn print_elements(elements: &[Element<'_>], part: Option<u32>, full: bool) {
    for element in elements.iter().filter(|element| full && element.part == part) {
        let name = element.name.unwrap_or("(no name)");
        let text = shortened(&element.text.get());
        println!("      - {name} | {text} | {} detail", element.detail.len());
    }
}

fn print_sections(canvas: &Canvas) {
    let titles: Vec<String> =
        canvas.sections.iter().map(|section| shortened(&section.title)).collect();
    if !titles.is_empty() {
        println!("  sections: {}", titles.join(" · "));
    }
}

/// The first words of a text, on one line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
