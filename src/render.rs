//! A page's view through its template.

use tera::Context;

use crate::diagnostic::Diagnostic;
use crate::theme::Theme;
use crate::view::edition::Edition;
use crate::view::layout::LayoutView;
use crate::view::pages::PageKey;
use crate::view::{
    block, canvas, category, department, home, index, not_found, owner, page, redirect, stage, tag,
};

/// Most pages are smaller; growing the buffer from nothing would copy each of them several times.
const USUAL_PAGE: usize = 64 * 1024;

/// Renders a page.
///
/// # Errors
/// A diagnostic where its template fails.
pub(crate) fn page(
    theme: &Theme,
    edition: &Edition,
    key: PageKey,
) -> Result<Vec<u8>, Box<Diagnostic>> {
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
    print(theme, edition, context, (layout, template))
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
    let mut bytes = Vec::with_capacity(USUAL_PAGE);
    match theme.templates.render_to(&format!("{template}.html"), &context, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Box::new(theme.diagnostic(&error, &format!("{template}.html")))),
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
