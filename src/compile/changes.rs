//! Which parts of a site may differ from those before.

use std::sync::Arc;

use super::{Compiled, Output};
use crate::view::url::SitePath;

/// The parts of a site that may differ from those of an earlier compilation.
pub struct Changes<'c> {
    before: &'c Compiled,
    now: &'c Compiled,
    /// Whether both were compiled with the same settings. If not, everything may differ.
    is_known: bool,
    /// Whether both were compiled from the same documents and one history.
    is_same: bool,
}

impl<'c> Changes<'c> {
    pub(super) fn between(before: &'c Compiled, now: &'c Compiled) -> Self {
        let is_known = Arc::ptr_eq(&before.settings, &now.settings);
        let (old, new) = (before.handbook(), now.handbook());
        let mut pairs = old.documents.iter().zip(new.documents.iter());
        let is_same = new.is_again_of(old) && pairs.all(|(old, new)| Arc::ptr_eq(old, new));
        Self { before, now, is_known, is_same }
    }

    /// Whether the content of a path may have changed. A page changes if its view does: a view is all
    /// that its template can see, so nothing can be forgotten. A file for programs is its own view. The
    /// content of a file of the handbook is unknown to the compilation.
    pub fn may_have(&self, path: &SitePath, output: &Output) -> bool {
        let is_same_site = Arc::ptr_eq(&self.before.site, &self.now.site);
        if !self.is_known || !is_same_site && self.before.site.get(path) != Some(output) {
            return true;
        }
        match output {
            Output::Page(_) | Output::Data(_) if self.is_same => false,
            Output::Page(key) | Output::Data(key) => {
                self.before.fingerprint(*key) != self.now.fingerprint(*key)
            }
            Output::File(_) => true,
            // One of them depends on the kinds of the canvases.
            Output::Asset(path) => self.before.asset(path) != self.now.asset(path),
        }
    }
}
