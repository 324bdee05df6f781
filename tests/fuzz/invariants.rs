//! The invariants that hold for all sources.

use std::collections::BTreeMap;

use canvasbook::canvas::{Canvas, Document};
use canvasbook::compile::{Compiled, Inputs, Memo, Output, compile};
use canvasbook::diagnostic::Diagnostic;
use canvasbook::edge::report;
use canvasbook::edge::terminal::{self, Drawing};
use canvasbook::source::{Location, SourcePath, Span};

use crate::html::{self, Piece};
use crate::links;
use crate::tree::Tree;

/// Checks what is compiled from `inputs`, both with the memo of `before` and without one. With
/// `is_ours` no template belongs to the handbook, so that pages are known to be whole.
///
/// # Errors
/// The first that does not hold.
pub fn check(before: &Inputs, inputs: &Inputs, is_ours: bool) -> Result<(), String> {
    let clean = compile(inputs, &mut Memo::default());
    places(inputs, &clean)?;
    for (_, entry) in clean.edition.handbook.entries() {
        spans(&entry.document)?;
    }
    reports(inputs, &clean)?;
    let files = files(&clean);
    let mut memo = Memo::default();
    drop(compile(before, &mut memo));
    let again = compile(inputs, &mut memo);
    if !again.diagnostics.iter().eq(clean.diagnostics.iter()) {
        return Err("with a memo there are other diagnostics".to_owned());
    }
    if files != self::files(&again) {
        return Err("with a memo there are other bytes".to_owned());
    }
    for (path, bytes) in &files {
        let text = || std::str::from_utf8(bytes).map_err(|error| format!("{path}: {error}"));
        if path.ends_with(".html") && is_ours {
            page(text()?).map_err(|why| format!("{path}: {why}"))?;
        }
        if path.ends_with(".json") && !bytes.is_empty() {
            serde_json::from_slice::<serde_json::Value>(bytes)
                .map_err(|error| format!("{path}: {error}"))?;
        }
    }
    // Below a base URL the page for lost readers begins its links differently.
    let is_at_top = clean.edition.handbook.config.base_url.is_none();
    let is_built = clean.diagnostics.errors().next().is_none();
    let flaws = match is_ours && is_at_top && is_built {
        true => links::flaws(&Tree(files), "/"),
        false => String::new(),
    };
    if flaws.is_empty() { Ok(()) } else { Err(flaws) }
}

/// The generated files of a site.
fn files(compiled: &Compiled) -> BTreeMap<String, Vec<u8>> {
    let file = |(path, output): (_, &Output)| {
        let bytes = match output {
            Output::Page(key) => match compiled.render(*key) {
                Ok(bytes) => bytes,
                Err(error) => format!("{error:?}").into_bytes(),
            },
            Output::Data(data) => compiled.data(*data),
            Output::Asset(path) => compiled.asset(path).to_vec(),
            Output::File(_) => Vec::new(),
        };
        (format!("{path}"), bytes)
    };
    compiled.site.iter().map(file).collect()
}

/// Checks that every location of a diagnostic is within its file.
fn places(inputs: &Inputs, compiled: &Compiled) -> Result<(), String> {
    let check = |diagnostic: &Diagnostic, Location { file, span }: &Location| {
        let is_there = match compiled.text(inputs, file) {
            Some(text) => text.get(span.range()).is_some(),
            None => *span == Span::default(),
        };
        let code = &diagnostic.code;
        if is_there { Ok(()) } else { Err(format!("{code}: there is no {span:?} in {file}")) }
    };
    for diagnostic in compiled.diagnostics.iter() {
        check(diagnostic, &diagnostic.location)?;
        for related in &diagnostic.related {
            check(diagnostic, &related.location)?;
        }
        for edit in diagnostic.fix.iter().flat_map(|fix| &fix.edits) {
            check(diagnostic, &edit.location)?;
        }
    }
    Ok(())
}

/// Checks that every span of a document is within its text and cuts no character.
fn spans(document: &Document) -> Result<(), String> {
    let mut all = vec![document.body];
    all.extend(document.title_heading);
    all.extend(document.headings.iter().map(|heading| heading.span));
    all.extend(document.links.iter().map(|link| link.span));
    all.extend(&document.hidden);
    if let Some(Canvas { introduction, blocks, elements, sections, .. }) = &document.canvas {
        all.push(*introduction);
        for block in blocks {
            all.push(block.heading);
            all.extend(block.lead.iter().chain(&block.rest));
            for part in &block.parts {
                all.push(part.span);
                all.extend(&part.lead);
            }
        }
        for element in elements.iter() {
            all.extend([element.span, element.name_span, element.text_span]);
            all.extend(element.detail);
        }
        all.extend(sections.iter().map(|section| section.body));
    }
    match all.into_iter().find(|span| document.text.get(span.range()).is_none()) {
        Some(span) => Err(format!("there is no {span:?} in {}", document.path)),
        None => Ok(()),
    }
}

/// Checks that diagnostics can be drawn, and are valid where programs read them.
fn reports(inputs: &Inputs, compiled: &Compiled) -> Result<(), String> {
    let texts = |file: &SourcePath| compiled.text(inputs, file);
    let found: Vec<&Diagnostic> = compiled.diagnostics.iter().collect();
    for width in [20, 100] {
        let drawing = Drawing { colour: width == 20, width, limit: 50 };
        let drawn = terminal::draw(&found, compiled.rules(), &texts, drawing);
        let is_plain = |c: char| !c.is_control() || matches!(c, '\n' | '\t' | '\u{1b}');
        if !drawn.chars().all(is_plain) {
            return Err("a control character reaches the terminal".to_owned());
        }
    }
    report::github(&found, &texts, "");
    for json in [report::json(&found, &texts), report::sarif(&found, compiled.rules(), &texts, "")]
    {
        serde_json::from_str::<serde_json::Value>(&json).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Checks that a page is whole, and runs nothing except the theme's own script.
fn page(text: &str) -> Result<(), String> {
    html::balanced(text)?;
    let mut is_script = false;
    for piece in html::pieces(text)? {
        match piece {
            Piece::Start(name, attributes) => {
                is_script = name == "script";
                // The one form of the theme asks the site itself. A colon in a folder begins no scheme.
                let own = |(attribute, value): &(String, String)| match attribute.as_str() {
                    "class" => value == "search",
                    "action" => {
                        let folder = value.strip_suffix("search.html");
                        let scheme = value.split_once(':').map(|(scheme, _)| scheme);
                        folder.is_some_and(|folder| !folder.contains('?'))
                            && !value.starts_with("//")
                            && scheme.is_none_or(|scheme| scheme.contains('/'))
                    }
                    _ => false,
                };
                let is_search = name == "form" && attributes.iter().all(own);
                let is_bad = matches!(
                    name.as_str(),
                    "style" | "iframe" | "object" | "embed" | "form" | "base"
                );
                if is_bad && !is_search {
                    return Err(format!("<{name}>"));
                }
                for (attribute, value) in attributes {
                    let scheme = value.split_once(':').map(|(scheme, _)| scheme);
                    let leads = matches!(attribute.as_str(), "href" | "src");
                    let is_safe = scheme.is_none_or(|scheme| {
                        matches!(scheme, "http" | "https" | "mailto" | "tel")
                            || scheme.contains(['/', '#', '?'])
                    });
                    if attribute.starts_with("on") || attribute == "style" || (leads && !is_safe) {
                        return Err(format!("<{name} {attribute}={value:?}>"));
                    }
                }
            }
            Piece::Text(text) if is_script && !text.is_empty() => {
                return Err(format!("a script says {text:?}"));
            }
            _ => is_script = false,
        }
    }
    Ok(())
}

#[test]
fn what_runs_in_a_page_is_found() {
    let good = "<p>a <a href=\"b.html#c:d\">b</a> <script src=\"s.js\" defer></script></p>";
    assert_eq!(page(good), Ok(()));
    for folder in ["", "../", "/:plans/"] {
        let form = format!("<form class=\"search\" action=\"{folder}search.html\"></form>");
        assert_eq!(page(&form), Ok(()));
    }
    for bad in [
        "<p>",
        "<form class=\"search\" action=\"//a.example/search.html\"></form>",
        "<form class=\"search\" action=\"https://a.example/search.html\"></form>",
        "<p onclick=\"a()\"></p>",
        "<p style=\"color:red\"></p>",
        "<style>p{}</style>",
        "<script>a()</script>",
        "<a href=\"javascript:a()\"></a>",
        "<img src=\"data:image/svg+xml,\">",
        "<iframe src=\"a.html\"></iframe>",
    ] {
        assert!(page(bad).is_err(), "{bad}");
    }
}
