//! A page's view through its template.

use std::io;

use tera::Context;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::theme::Theme;
use crate::view::edition::Edition;
use crate::view::layout::LayoutView;
use crate::view::pages::PageKey;
use crate::view::{
    block, canvas, category, department, home, index, not_found, owner, page, redirect, stage, tag,
};

/// Most pages are smaller; growing the buffer from nothing would copy each of them several times.
const USUAL_PAGE: usize = 64 * 1024;

/// How many bytes a page may have: four times the largest text that is read, so that only a template
/// that prints without end gets there, and few enough for each thread to hold one.
const LARGEST_PAGE: usize = 256 * 1024 * 1024;

/// Renders a page.
///
/// # Errors
/// A diagnostic where its template fails.
pub(crate) fn page(
    theme: &Theme,
    edition: &Edition,
    key: PageKey,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let (context, filled) = filled(edition, key);
    print(theme, edition, context, filled)
}

/// What is wrong with a page that is not rendered after so many seconds.
pub(crate) fn overdue(theme: &Theme, edition: &Edition, key: PageKey, seconds: u64) -> Diagnostic {
    let (_, (_, template)) = filled(edition, key);
    catalogue::overdue_template(&theme.template_file(&file_name(template)), seconds)
}

/// The view of a page, its frame and the name of its template.
fn filled(edition: &Edition, key: PageKey) -> (Context, (LayoutView, &'static str)) {
    let mut context = Context::new();
    let (layout, template) = match key {
        PageKey::Home(number) => {
            let (layout, view) = home::view(edition, number);
            fill(&mut context, layout, "home", &view)
        }
        PageKey::Document(index) => match canvas::view(edition, index) {
            Some((layout, view)) => fill(&mut context, layout, "canvas", &view),
            None => {
                let (layout, view) = page::view(edition, index);
                fill(&mut context, layout, "page", &view)
            }
        },
        PageKey::Redirect(index, alias) => {
            let (layout, view) = redirect::view(edition, index, alias);
            fill(&mut context, layout, "redirect", &view)
        }
        PageKey::Section(index) => {
            let (layout, view) = page::section_view(edition, index);
            fill(&mut context, layout, "page", &view)
        }
        PageKey::Index(index, number) => {
            let (layout, view) = index::view(edition, index, number);
            fill(&mut context, layout, "index", &view)
        }
        PageKey::Department(index, number) => {
            let (layout, view) = department::view(edition, index, number);
            fill(&mut context, layout, "department", &view)
        }
        PageKey::Category(category, number) => {
            let (layout, view) = category::view(edition, category, number);
            fill(&mut context, layout, "category", &view)
        }
        PageKey::Block(at, number) => {
            let (layout, view) = block::view(edition, at, number);
            fill(&mut context, layout, "block", &view)
        }
        PageKey::Stage(stage, number) => {
            let (layout, view) = stage::view(edition, stage, number);
            fill(&mut context, layout, "stage", &view)
        }
        PageKey::Owner(at, number) => {
            let (layout, view) = owner::view(edition, at, number);
            fill(&mut context, layout, "owner", &view)
        }
        PageKey::Tag(at, number) => {
            let (layout, view) = tag::view(edition, at, number);
            fill(&mut context, layout, "tag", &view)
        }
        PageKey::NotFound => {
            let (layout, view) = not_found::view(edition, &not_found::root(edition));
            fill(&mut context, layout, "not_found", &view)
        }
    };
    (context, (layout, template))
}

/// Renders the page for addresses without one, for a site that stands at `root` on its host.
///
/// # Errors
/// A diagnostic where its template fails.
pub(crate) fn lost(
    theme: &Theme,
    edition: &Edition,
    root: &str,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut context = Context::new();
    let (layout, view) = not_found::view(edition, root);
    let filled = fill(&mut context, layout, "not_found", &view);
    print(theme, edition, context, filled)
}

/// Prints a view that was handed to a template.
fn print(
    theme: &Theme,
    edition: &Edition,
    mut context: Context,
    (layout, template): (LayoutView, &'static str),
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let words = theme.words_value(edition.words_in(&layout.lang));
    context.insert_value("words", words);
    context.insert("layout", &layout);
    let name = file_name(template);
    let mut page = Page { bytes: Vec::with_capacity(USUAL_PAGE), is_full: false };
    match theme.templates.render_to(&name, &context, &mut page) {
        Ok(()) => Ok(page.bytes),
        Err(_) if page.is_full => {
            let file = theme.template_file(&name);
            Err(Box::new(catalogue::page_too_large(&file, LARGEST_PAGE)))
        }
        Err(error) => Err(Box::new(theme.diagnostic(&error, &name))),
    }
}

fn file_name(template: &str) -> String {
    format!("{template}.html")
}

/// A page that is being printed, up to [`LARGEST_PAGE`].
struct Page {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > LARGEST_PAGE - self.bytes.len() {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hands a view to the template of its name.
fn fill<V: serde::Serialize>(
    context: &mut Context,
    layout: LayoutView,
    name: &'static str,
    view: &V,
) -> (LayoutView, &'static str) {
    context.insert(name, view);
    (layout, name)
}
