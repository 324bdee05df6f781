//! Which pages were renamed, so that a tab that shows one can follow.

use std::collections::BTreeMap;

use crate::canvas::Document;
use crate::compile::Compiled;
use crate::view::url::SitePath;

/// The pages that went away with the page that each became: the only new document with its text, or
/// else the only one with its title.
pub(super) fn between(old: &Compiled, new: &Compiled) -> BTreeMap<SitePath, SitePath> {
    // Nearly every change is one of a text, and a large handbook has many paths.
    if new.handbook().has_places_of(old.handbook()) {
        return BTreeMap::new();
    }
    let gone = only_in(old, new);
    let came = only_in(new, old);
    let mut moves = BTreeMap::new();
    for (from, document) in &gone {
        let text = |other: &Document| other.text == document.text;
        let title = |other: &Document| other.title == document.title;
        let to = only(&gone, text).and_then(|()| only_path(&came, text));
        let to = to.or_else(|| only(&gone, title).and_then(|()| only_path(&came, title)));
        if let Some(to) = to {
            moves.insert((*from).clone(), to.clone());
        }
    }
    moves
}

type Pages<'c> = Vec<(&'c SitePath, &'c Document)>;

/// The pages of documents in one site at whose path the other has nothing.
fn only_in<'c>(one: &'c Compiled, other: &Compiled) -> Pages<'c> {
    let pages = one.handbook().entries();
    let pages = pages.map(|(index, entry)| (one.edition.path(index), &*entry.document));
    pages.filter(|(path, _)| !other.site.contains_key(path)).collect()
}

/// The path of the one document that fits; none where several do.
fn only_path<'c>(pages: &Pages<'c>, fits: impl Fn(&Document) -> bool) -> Option<&'c SitePath> {
    let mut fitting = pages.iter().filter(|(_, document)| fits(document));
    let first = fitting.next()?.0;
    fitting.next().is_none().then_some(first)
}

fn only(pages: &Pages<'_>, fits: impl Fn(&Document) -> bool) -> Option<()> {
    only_path(pages, fits).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::{Inputs, Memo, compile};
    use crate::source::SourcePath;

    fn site(documents: &[(&str, &str)]) -> Compiled {
        let documents =
            documents.iter().map(|(path, text)| (SourcePath::new(*path), (*text).into())).collect();
        compile(&Inputs { documents, ..Inputs::default() }, &mut Memo::default())
    }

    #[track_caller]
    fn check(old: &[(&str, &str)], new: &[(&str, &str)], expected: &[(&str, &str)]) {
        let moves = between(&site(old), &site(new));
        let moves: Vec<_> = moves.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(moves, expected);
    }

    #[test]
    fn a_renamed_page_is_found_by_text_then_by_title() {
        let other = ("content/x.md", "# X\n");
        let (a, b) = ("content/a.md", "content/b/c.md");
        check(&[(a, "# A\n"), other], &[(b, "# A\n"), other], &[("a.html", "b/c.html")]);
        check(&[(a, "# A\n\n[x](x.md)")], &[(b, "# A\n\n[x](../x.md)")], &[("a.html", "b/c.html")]);
        check(&[(a, "# A\n"), other], &[other], &[]);
        check(&[(a, "# A\n")], &[(a, "# A\n"), (b, "# A\n")], &[]);
        check(&[(a, "# A\n")], &[("content/b.md", "# A\n"), (b, "# A\n")], &[]);
        check(&[(a, "# A\n"), ("content/b.md", "# A\n")], &[(b, "# A\n")], &[]);
    }
}
