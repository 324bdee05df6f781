//! `--format sarif`: a SARIF 2.1.0 log, which code scanning services and editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{message_with_help, path_from, text_of};
use crate::check::Rules;
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::edge::places::{Places, Texts};
use crate::source::Location;

/// The characters that a relative URI does not encode: the unreserved ones and the slash. A colon
/// is not among them, because a first part with a colon would read as a scheme.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The log of one run. A service finds a file by its path in the repository: `folder` is the path
/// of the handbook's root in it, empty if the repository is the handbook.
pub fn sarif(
    diagnostics: &[&Diagnostic],
    rules: &Rules,
    texts: Texts<'_, '_>,
    folder: &str,
) -> String {
    let places = Places::new(diagnostics.iter().copied(), texts);
    let log = Log { places: &places, folder };
    let codes: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| &*diagnostic.code).collect();
    let indexes: BTreeMap<&str, usize> =
        codes.iter().enumerate().map(|(index, code)| (*code, index)).collect();
    let results: Vec<Value> = diagnostics
        .iter()
        .map(|diagnostic| log.result(diagnostic, indexes.get(&*diagnostic.code).copied()))
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": env!("CARGO_PKG_NAME"),
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": codes.into_iter().map(|code| described(code, rules)).collect::<Vec<Value>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results,
        }],
    });
    text_of(&log)
}

/// A code as a rule of SARIF, with its meaning as the description.
fn described(code: &str, rules: &Rules) -> Value {
    let meaning = rules.meaning(code).unwrap_or(code);
    json!({ "id": code, "shortDescription": { "text": meaning } })
}

/// Writes locations in the form of a log.
struct Log<'a, 'text> {
    places: &'a Places<'text>,
    folder: &'a str,
}

impl Log<'_, '_> {
    fn result(&self, diagnostic: &Diagnostic, rule: Option<usize>) -> Value {
        let mut result = json!({
            "ruleId": &*diagnostic.code,
            "ruleIndex": rule,
            "level": level(diagnostic.severity),
            "message": { "text": message_with_help(diagnostic) },
            "locations": [{ "physicalLocation": self.physical_location(&diagnostic.location) }],
        });
        if !diagnostic.related.is_empty() {
            let related = diagnostic.related.iter().map(|related| {
                json!({
                    "message": { "text": related.message },
                    "physicalLocation": self.physical_location(&related.location),
                })
            });
            result["relatedLocations"] = related.collect();
        }
        if let Some(fix) = diagnostic.fix.as_ref().and_then(|fix| self.fix(fix)) {
            result["fixes"] = json!([fix]);
        }
        result
    }

    /// A fix by files; `None` if it has no edits or edits a file whose text is not available,
    /// because a replacement needs a region.
    fn fix(&self, fix: &Fix) -> Option<Value> {
        let mut changes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for edit in &fix.edits {
            let replacement = json!({
                "deletedRegion": self.region(&edit.location)?,
                "insertedContent": { "text": edit.text },
            });
            changes.entry(edit.location.file.as_str()).or_default().push(replacement);
        }
        let changes: Vec<Value> = changes
            .into_iter()
            .map(|(file, replacements)| {
                json!({ "artifactLocation": self.artifact(file), "replacements": replacements })
            })
            .collect();
        (!changes.is_empty()).then(|| json!({ "artifactChanges": changes }))
    }

    fn physical_location(&self, location: &Location) -> Value {
        let mut place = json!({ "artifactLocation": self.artifact(location.file.as_str()) });
        if let Some(region) = self.region(location) {
            place["region"] = region;
        }
        place
    }

    fn artifact(&self, file: &str) -> Value {
        let path = path_from(self.folder, file);
        json!({ "uri": utf8_percent_encode(&path, ENCODED).to_string() })
    }

    /// A region of a text; `None` if the text is not available.
    fn region(&self, location: &Location) -> Option<Value> {
        let (start, end) = self.places.range(location)?;
        Some(json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        }))
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}
