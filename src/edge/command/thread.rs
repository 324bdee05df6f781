//! `canvasbook thread`: what an element needs, and what would fall without it.

use serde::Serialize;

use super::Trouble;
use super::export::wrong;
use super::handbook::open;
use super::new::place;
use crate::canvas::Canvas;
use crate::diagnostic::Diagnostic;
use crate::edge::cli::{self, Cli, Format};
use crate::edge::harmless::write_json;
use crate::edge::session::Opened;
use crate::edge::streams::Stream;
use crate::handbook::{DocumentIndex, ElementKey, Entry, Handbook, Loss, Neighbours, Step, needs};
use crate::slug::{nearest, slug};

/// Prints the thread of an element. Returns `false` if the handbook has errors.
pub(super) fn run(cli: &Cli, flags: &cli::Thread) -> Result<bool, Trouble> {
    let opened = open(cli, flags.drafts)?;
    let errors: Vec<&Diagnostic> = opened.diagnostics.errors().collect();
    if !errors.is_empty() {
        return wrong(cli, &opened, &errors);
    }
    let found = Found::find(&opened, &flags.element)?;
    match cli.format() {
        Format::Json => Stream::Results.write(|out| write_json(&found.printed(), out))?,
        _ => Stream::Results.lines(found.lines())?,
    }
    Ok(true)
}

/// The element that was asked for, with its thread.
struct Found<'h> {
    handbook: &'h Handbook,
    key: ElementKey,
    canvas: &'h Canvas,
    needs: Vec<Step>,
    loss: Loss,
}

/// The form of the JSON.
#[derive(Serialize)]
struct Printed<'h> {
    element: ElementPrinted<'h>,
    needs: Vec<NeedPrinted<'h>>,
    falls: Vec<ElementPrinted<'h>>,
    weakened: Vec<ElementPrinted<'h>>,
    no_longer_incurred: Vec<ElementPrinted<'h>>,
    incurred_less: Vec<ElementPrinted<'h>>,
    relies_on: Vec<ElementPrinted<'h>>,
}

#[derive(Serialize)]
struct NeedPrinted<'h> {
    element: ElementPrinted<'h>,
    through: ElementPrinted<'h>,
}

#[derive(Serialize)]
struct ElementPrinted<'h> {
    canvas: &'h str,
    id: &'h str,
    name: String,
}

impl<'h> Found<'h> {
    /// Finds the element that `CANVAS#ELEMENT` names.
    fn find(opened: &'h Opened, written: &str) -> Result<Self, Trouble> {
        let handbook = opened.compiled.handbook();
        let refuse = |why: String| Err(Trouble::Refused(why));
        let Some((name, element)) = written.split_once('#') else {
            let why = "names no element; write its id or its name behind `#`";
            return refuse(format!("`{written}` {why}: `canvasbook thread \"bakery.md#Bread\"`"));
        };
        let (document, entry, canvas) = canvas(opened, handbook, name)?;
        let exact = (0..).zip(entry.elements.iter()).find(|(_, facts)| facts.id == element);
        let called = exact.map_or_else(|| entry.elements_called(element), |(exact, _)| vec![exact]);
        let element = match called[..] {
            [one] => one,
            [] => {
                let ids = entry.elements.iter().map(|facts| facts.id);
                let near = nearest(element, ids.chain(names(canvas)));
                let path = &entry.document.path;
                return refuse(format!("{path} has no element `{element}`{}", meant(&near)));
            }
            ref several => {
                let ids = several.iter().map(|element| entry.elements.at(*element).id);
                let ids: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
                return refuse(format!("`{element}` is {}; write one of them", ids.join(" or ")));
            }
        };
        let neighbours = Neighbours::new(entry);
        Ok(Self {
            handbook,
            key: ElementKey { document, element },
            canvas,
            needs: needs(canvas, &neighbours, element),
            loss: Loss::of(handbook, document, canvas, &neighbours, &[element]),
        })
    }

    fn printed(&self) -> Printed<'h> {
        let here = |element: &u32| self.element(self.here(*element));
        let all = |elements: &[u32]| elements.iter().map(here).collect();
        let step = |step: &Step| NeedPrinted {
            element: here(&step.element),
            through: here(&step.through),
        };
        Printed {
            element: self.element(self.key),
            needs: self.needs.iter().map(step).collect(),
            falls: self.loss.falls.iter().map(|step| here(&step.element)).collect(),
            weakened: all(&self.loss.weakened),
            no_longer_incurred: all(&self.loss.no_longer_incurred),
            incurred_less: all(&self.loss.incurred_less),
            relies_on: self.loss.relies_on.iter().map(|key| self.element(*key)).collect(),
        }
    }

    fn here(&self, element: u32) -> ElementKey {
        ElementKey { element, ..self.key }
    }

    fn element(&self, key: ElementKey) -> ElementPrinted<'h> {
        let entry = self.handbook.entry(key.document);
        ElementPrinted {
            canvas: entry.document.path.as_str(),
            id: entry.elements.at(key.element).id,
            name: self.title(key),
        }
    }

    fn title(&self, key: ElementKey) -> String {
        let canvas = self.handbook.entry(key.document).document.canvas.as_ref();
        canvas.map(|canvas| canvas.elements.title(key.element).into_owned()).unwrap_or_default()
    }

    /// The lines for people: a tree in each direction, then what the element costs and who else
    /// counts on it.
    fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.line(self.key.element, 0)];
        let mut section = |title: &str, below: Vec<String>| {
            if !below.is_empty() {
                lines.extend([String::new(), title.to_owned()]);
                lines.extend(below);
            }
        };
        let list =
            |elements: &[u32]| elements.iter().map(|element| self.line(*element, 1)).collect();
        let Loss { falls, weakened, no_longer_incurred, incurred_less, relies_on } = &self.loss;
        let elsewhere = relies_on.iter().map(|key| {
            let path = &self.handbook.entry(key.document).document.path;
            format!("  {} ({path})", self.title(*key))
        });
        section("It needs:", self.tree(&self.needs));
        section("Without it falls:", self.tree(falls));
        section("Without it is weakened:", list(weakened));
        section("Without it is no longer incurred:", list(no_longer_incurred));
        section("Without it is incurred less:", list(incurred_less));
        section("In other canvases this counts on it:", elsewhere.collect());
        if lines.len() == 1 {
            lines.push("It needs nothing, and nothing depends on it.".to_owned());
        }
        lines
    }

    /// The lines of a tree, in which each element is below the one through which it was reached.
    fn tree(&self, steps: &[Step]) -> Vec<String> {
        let mut below = vec![Vec::new(); self.canvas.elements.len()];
        // The last step is taken first.
        for step in steps.iter().rev() {
            below[step.through as usize].push(step.element);
        }
        let mut lines = Vec::with_capacity(steps.len());
        let mut open: Vec<(u32, usize)> = vec![(self.key.element, 0)];
        while let Some((element, depth)) = open.pop() {
            if depth > 0 {
                lines.push(self.line(element, depth));
            }
            open.extend(below[element as usize].iter().map(|next| (*next, depth + 1)));
        }
        lines
    }

    fn line(&self, element: u32, depth: usize) -> String {
        let block = self.canvas.elements.block(element);
        let label = self.canvas.label_of(block);
        format!("{}{} ({label})", "  ".repeat(depth), self.title(self.here(element)))
    }
}

/// The canvas that a user means: by its path, else by its title or the name of its file.
pub(super) fn canvas<'h>(
    opened: &Opened,
    handbook: &'h Handbook,
    name: &str,
) -> Result<(DocumentIndex, &'h Entry, &'h Canvas), Trouble> {
    let path = place(name.as_ref(), &opened.read.root).ok();
    let wanted = slug(name);
    let by_path =
        handbook.canvases().find(|(_, entry, _)| Some(&entry.document.path) == path.as_ref());
    let is_called = |entry: &Entry| {
        let document = &entry.document;
        slug(&document.title) == wanted || slug(document.path.stem()) == wanted
    };
    let mut called = handbook.canvases().filter(|(_, entry, _)| is_called(entry));
    if let Some(found) = by_path.or_else(|| called.next().filter(|_| called.next().is_none())) {
        return Ok(found);
    }
    let paths = handbook.canvases().map(|(_, entry, _)| entry.document.path.as_str());
    let known = paths.chain(handbook.canvases().map(|(_, entry, _)| entry.document.path.stem()));
    let near = nearest(name, known);
    Err(Trouble::Refused(format!("there is no canvas `{name}`{}", meant(&near))))
}

fn names(canvas: &Canvas) -> impl Iterator<Item = &str> {
    canvas.elements.iter().filter_map(|element| element.name)
}

fn meant(near: &[&str]) -> String {
    near.first().map(|near| format!("; did you mean `{near}`?")).unwrap_or_default()
}
