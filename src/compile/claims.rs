//! Who claims which path of the site: what cannot be published on every system is reported here, so that
//! whatever compiles without errors can be written anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::catalogue::{self, OWN_NAMES, name_flaw};
use crate::source::Location;
use crate::view::url::{SitePath, folded};

use super::site::{Output, Site};

/// How long a whole path may be, in bytes. macOS refuses paths of 1,024, and the path of the output
/// takes some of them.
const LONGEST_PATH: usize = 800;

/// The claims on the paths of a site.
pub(super) struct Claims<'c> {
    site: Site,
    /// The first claim on each path, by the path's [`key`].
    first: BTreeMap<String, Claim>,
    /// The paths whose last part was reported already: a folder is not reported for each file in it.
    flawed: BTreeSet<String>,
    /// The keys of folders of which a clash was reported already.
    clashing: BTreeSet<String>,
    diagnostics: &'c mut Vec<Diagnostic>,
}

/// A claim on a path of the site.
struct Claim {
    path: SitePath,
    /// The source that makes it; `None` for canvasbook itself.
    by: Option<Location>,
}

impl<'c> Claims<'c> {
    /// Makes a list without claims.
    pub fn new(diagnostics: &'c mut Vec<Diagnostic>) -> Self {
        Self {
            site: Site::new(),
            first: BTreeMap::new(),
            flawed: BTreeSet::new(),
            clashing: BTreeSet::new(),
            diagnostics,
        }
    }

    /// Adds a claim, unless its path is claimed already.
    pub fn claim(&mut self, path: SitePath, by: Option<Location>, output: Output) {
        // A file for programs is named after a page, for which this was reported.
        let is_data = matches!(output, Output::Data(_));
        if let Some(by) = by.as_ref().filter(|_| !is_data) {
            self.check_names(&path, by);
        }
        let key = key(&path);
        let Some(first) = self.first.get(&key) else {
            self.first.insert(key, Claim { path: path.clone(), by });
            self.site.insert(path, output);
            return;
        };
        let is_first_data = matches!(self.site.get(&first.path), Some(Output::Data(_)));
        let diagnostic = match (by, first.by.clone()) {
            (Some(_), Some(_)) if is_data && is_first_data => return,
            (Some(by), Some(first)) => catalogue::colliding_paths(by, first, path.as_str()),
            (Some(by), None) | (None, Some(by)) => catalogue::reserved_path(by, path.as_str()),
            (None, None) => return,
        };
        self.diagnostics.push(diagnostic);
        if let Some((folder, _)) = key.rsplit_once(SEPARATOR) {
            self.clashing.insert(folder.to_owned());
        }
    }

    /// Reports the parts of a path that some system cannot store.
    fn check_names(&mut self, path: &SitePath, by: &Location) {
        let path = path.as_str();
        let mut end = 0;
        for part in path.split('/') {
            end += part.len();
            let is_own = end == part.len() && folded(part).starts_with(OWN_NAMES);
            let flaw = name_flaw(part);
            if (is_own || flaw.is_some()) && self.flawed.insert(path[..end].to_owned()) {
                self.diagnostics.push(match flaw {
                    Some(flaw) => catalogue::unusable_path(by.clone(), part, flaw),
                    None => catalogue::kept_name(by.clone(), part),
                });
            }
            end += 1;
        }
        if path.len() > LONGEST_PATH {
            let name = path.rsplit('/').next().unwrap_or(path);
            let flaw = format!("its path is longer than {LONGEST_PATH} bytes");
            self.diagnostics.push(catalogue::unusable_path(by.clone(), name, &flaw));
        }
    }

    /// The site, after checking that its files and folders do not exclude each other.
    pub fn finish(mut self) -> Site {
        let claims = std::mem::take(&mut self.first);
        // Everything below a path follows it in the order of the keys, and so do all paths of a
        // folder, so that it is enough to compare neighbours.
        for ((one_key, one), (other_key, other)) in claims.iter().zip(claims.iter().skip(1)) {
            let below = other_key.strip_prefix(one_key.as_str());
            if below.is_some_and(|below| below.starts_with(SEPARATOR)) {
                let clash = catalogue::file_in_folders_place(one.claimed(), other.claimed());
                self.diagnostics.extend(clash);
            } else if let Some((folder, lengths)) = folder_in_two_spellings(one, other)
                && self.clashing.insert(folder)
            {
                let [one, other] = [(one, lengths[0]), (other, lengths[1])]
                    .map(|(claim, length)| (&claim.path.as_str()[..length], claim.by.clone()));
                self.diagnostics.extend(catalogue::folder_in_two_spellings(one, other));
            }
        }
        self.site
    }
}

impl Claim {
    fn claimed(&self) -> catalogue::Claimed<'_> {
        (self.path.as_str(), self.by.clone())
    }
}

/// The first folder of both paths that is one on many systems and is spelled in two ways: its key, and
/// the length of its path within each path.
fn folder_in_two_spellings(one: &Claim, other: &Claim) -> Option<(String, [usize; 2])> {
    let (one, other) = (one.path.as_str(), other.path.as_str());
    let mut starts = [0, 0];
    for (end_of_one, end_of_other) in iter::zip(folder_ends(one), folder_ends(other)) {
        let parts = [&one[starts[0]..end_of_one], &other[starts[1]..end_of_other]];
        if parts[0] != parts[1] {
            let is_clash = folded(parts[0]) == folded(parts[1]);
            let key = || key(&SitePath::new(&one[..end_of_one]));
            return is_clash.then(|| (key(), [end_of_one, end_of_other]));
        }
        starts = [end_of_one + 1, end_of_other + 1];
    }
    None
}

/// The offset at which the path of each folder ends, the outermost first.
fn folder_ends(path: &str) -> impl Iterator<Item = usize> {
    path.match_indices('/').map(|(end, _)| end)
}

/// The replacement of `/` in keys, which sorts before every character of a name.
const SEPARATOR: char = '\0';

/// A path in the form in which it is compared; in the order of these keys, everything below a path
/// follows it.
fn key(path: &SitePath) -> String {
    path.folded().replace('/', "\0")
}
