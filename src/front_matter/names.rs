//! Names of departments, which front matter and configuration share.

use std::collections::BTreeMap;

use crate::diagnostic::catalogue;
use crate::node::reader::Report;
use crate::slug::slug;
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
    /// Adds a name of the department with a key.
    pub(crate) fn add(&mut self, department: &str, name: &str, span: Span) {
        self.names.push(Name { department: department.to_owned(), name: name.to_owned(), span });
    }

    /// Reports names that two departments share, and names whose slug is empty.
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
