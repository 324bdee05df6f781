//! Renders a page's view with its template.

use std::io;

use tera::Context;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::theme::Theme;
use crate::view::edition::{Edition, Filled, ThemeFile};
use crate::view::not_found;

/// Most pages are smaller; growing the buffer from nothing would copy each of them several times.
const USUAL_PAGE: usize = 64 * 1024;

/// How many bytes a page may have: four times the largest text that is read, so that only a template
/// that prints without end reaches it, and few enough for each thread to have one in memory.
const LARGEST_PAGE: usize = 256 * 1024 * 1024;

/// Renders the page for addresses without one, for a site that is at `root` on its host.
///
/// # Errors
/// A diagnostic if its template fails.
pub(crate) fn lost(
    theme: &Theme,
    edition: &Edition,
    root: &str,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let filled = Filled::new(not_found::view(edition, root));
    page(theme, edition, not_found::TEMPLATE, &filled)
}

/// Renders a page with its template, or with the theme's own one for pages of its sort.
///
/// # Errors
/// A diagnostic if the template fails.
pub(crate) fn page(
    theme: &Theme,
    edition: &Edition,
    template: ThemeFile,
    filled: &Filled,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let Filled { layout, view, .. } = filled;
    let mut context = Context::new();
    context.insert_value("words", theme.words_value(edition.words_in(&layout.lang)));
    context.insert("layout", layout);
    context.insert_value(template.name(), view.value());
    let name = file_name(theme, template, filled);
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

/// The diagnostic for a page that is not rendered after `seconds` seconds.
pub(crate) fn overdue(
    theme: &Theme,
    template: ThemeFile,
    filled: &Filled,
    seconds: u64,
) -> Diagnostic {
    let name = file_name(theme, template, filled);
    catalogue::overdue_template(&theme.template_file(&name), seconds)
}

/// The diagnostic for the page for addresses without one, if it is not rendered after `seconds`
/// seconds.
pub(crate) fn overdue_lost(theme: &Theme, seconds: u64) -> Diagnostic {
    let name = format!("{}.html", not_found::TEMPLATE.name());
    catalogue::overdue_template(&theme.template_file(&name), seconds)
}

/// The template that a page is rendered with.
fn file_name(theme: &Theme, template: ThemeFile, filled: &Filled) -> String {
    let own = filled.variant.map(|variant| format!("{variant}.html"));
    let own = own.filter(|own| theme.templates.contains_template(own));
    own.unwrap_or_else(|| format!("{}.html", template.name()))
}

/// A page while it is rendered, up to [`LARGEST_PAGE`].
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
