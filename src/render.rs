//! A page's view through its template.

use tera::Context;

use crate::diagnostic::Diagnostic;
use crate::theme::Theme;
use crate::view::edition::Edition;
use crate::view::layout::LayoutView;
use crate::view::pages::PageKey;
use crate::view::{canvas, category, department, home, page, redirect};

/// Pages are seldom smaller; growing the buffer from nothing would copy each of them several times.
const USUAL_PAGE: usize = 48 * 1024;

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
    let template = match key {
        PageKey::Home(number) => {
            let (layout, view) = home::view(edition, number);
            fill(&mut context, &layout, "home", &view)
        }
        PageKey::Document(index) => match canvas::view(edition, index) {
            Some((layout, view)) => fill(&mut context, &layout, "canvas", &view),
            None => {
                let (layout, view) = page::view(edition, index);
                fill(&mut context, &layout, "page", &view)
            }
        },
        PageKey::Redirect(index, alias) => {
            let (layout, view) = redirect::view(edition, index, alias);
            fill(&mut context, &layout, "redirect", &view)
        }
        PageKey::Departments(number) => {
            let (layout, view) = department::index_view(edition, number);
            fill(&mut context, &layout, "departments", &view)
        }
        PageKey::Department(index, number) => {
            let (layout, view) = department::view(edition, index, number);
            fill(&mut context, &layout, "department", &view)
        }
        PageKey::Categories => {
            let (layout, view) = category::index_view(edition);
            fill(&mut context, &layout, "categories", &view)
        }
        PageKey::Category(category, number) => {
            let (layout, view) = category::view(edition, category, number);
            fill(&mut context, &layout, "category", &view)
        }
    };
    context.insert_value("words", theme.words_value.clone());
    let mut bytes = Vec::with_capacity(USUAL_PAGE);
    match theme.templates.render_to(&format!("{template}.html"), &context, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Box::new(theme.diagnostic(&error, &format!("{template}.html")))),
    }
}

/// Hands a view to the template of its name.
fn fill<V: serde::Serialize>(
    context: &mut Context,
    layout: &LayoutView,
    name: &'static str,
    view: &V,
) -> &'static str {
    context.insert("layout", layout);
    context.insert(name, view);
    name
}
