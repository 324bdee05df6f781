//! Names that front matter and configuration share: those of departments and of rules.

use std::collections::BTreeMap;

use crate::diagnostic::catalogue::{self, RULES};
use crate::node::reader::Report;
use crate::slug::{nearest, slug};
use crate::source::Span;

/// The ids, titles and aliases of all departments of a source.
#[derive(Default)]
pub(crate) struct Names {
    names: Vec<Name>,
}

struct Name {
    department: String,
    name: String,
    span: Span,
}

impl Names {
    /// Remembers that a department, by its key, has a name.
    pub(crate) fn add(&mut self, department: &str, name: &str, span: Span) {
        self.names.push(Name { department: department.to_owned(), name: name.to_owned(), span });
    }

    /// Says which names two departments share, and which name nothing.
    pub(crate) fn check(&self, report: &mut Report<'_>) {
        let mut owners: BTreeMap<String, &Name> = BTreeMap::new();
        for name in &self.names {
            let slug = slug(&name.name);
            if slug.is_empty() {
                let location = report.at(name.span);
                report.push(catalogue::nameless_department(location, &name.name));
                continue;
            }
            let owner = *owners.entry(slug).or_insert(name);
            if owner.department != name.department {
                report.push(catalogue::department_named_twice(
                    report.at(name.span),
                    &name.name,
                    &name.department,
                    report.at(owner.span),
                    &owner.department,
                ));
            }
        }
    }
}

/// How a rule's code is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As a bare key.
    Key,
    /// As a string.
    Value,
}

/// True where a rule exists; else says that it does not.
pub(crate) fn check_rule(
    rule: &str,
    span: Span,
    spelling: Spelling,
    report: &mut Report<'_>,
) -> bool {
    if RULES.contains(&rule) {
        return true;
    }
    let nearest = nearest(rule, RULES.iter().copied());
    let mut diagnostic = catalogue::unknown_rule(report.at(span), rule, &nearest);
    diagnostic = match (spelling, nearest.first()) {
        (Spelling::Key, Some(rule)) => diagnostic.replace(span, *rule),
        _ => report.mended(diagnostic, span, &nearest),
    };
    report.push(diagnostic);
    false
}
