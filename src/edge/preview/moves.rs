//! Which pages were renamed, so that a tab that shows one can follow.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use crate::canvas::Document;
use crate::compile::Compiled;
use crate::view::url::SitePath;

/// The pages that went away, each with the page that replaced it: the only new document with its
/// text, or else the only one with its title.
pub(super) fn between(old: &Compiled, new: &Compiled) -> BTreeMap<SitePath, SitePath> {
    // Nearly every change is one of a text, and a large handbook has many paths.
    if new.handbook().is_again_of(old.handbook()) {
        return BTreeMap::new();
    }
    let gone = only_in(old, new);
    let came = only_in(new, old);
    let text = |document: &Document| Arc::clone(&document.text);
    let (texts_gone, texts_came) = (Only::of(&gone, text), Only::of(&came, text));
    let title = |document: &Document| document.title.clone();
    let (titles_gone, titles_came) = (Only::of(&gone, title), Only::of(&came, title));
    let mut moves = BTreeMap::new();
    for (from, document) in &gone {
        let (text, title) = (text(document), title(document));
        let to = texts_gone.get(&text).and_then(|_| texts_came.get(&text));
        let to = to.or_else(|| titles_gone.get(&title).and_then(|_| titles_came.get(&title)));
        if let Some(to) = to {
            moves.insert((*from).clone(), to.clone());
        }
    }
    moves
}

type Pages<'c> = Vec<(&'c SitePath, &'c Document)>;

/// The pages of documents in `one` whose path the other site does not have.
fn only_in<'c>(one: &'c Compiled, other: &Compiled) -> Pages<'c> {
    let pages = one.handbook().entries();
    let pages = pages.map(|(index, entry)| (one.edition.path(index), &*entry.document));
    pages.filter(|(path, _)| !other.site.contains_key(path)).collect()
}

/// Pages by their content; `None` if several have it.
struct Only<'c, K>(HashMap<K, Option<&'c SitePath>>);

impl<'c, K: Eq + Hash> Only<'c, K> {
    fn of(pages: &Pages<'c>, says: impl Fn(&Document) -> K) -> Self {
        let mut only = HashMap::new();
        for (path, document) in pages {
            only.entry(says(document)).and_modify(|one| *one = None).or_insert(Some(*path));
        }
        Self(only)
    }

    fn get(&self, says: &K) -> Option<&'c SitePath> {
        self.0.get(says).copied().flatten()
    }
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
