//! Draws diagnostics for a person at a terminal, the way rustc does.
//!
//! [`Excerpt`](super::excerpt::Excerpt) cuts lines out of a source, and the annotation renderer
//! draws them. The renderer counts columns in its input, which may be only a part of a line; so it
//! gets placeholders for the locations, which are replaced with the true locations afterwards.

mod alike;

use std::collections::BTreeSet;

use annotate_snippets::renderer::{
    DEFAULT_ERROR_STYLE, DEFAULT_INFO_STYLE, DEFAULT_WARNING_STYLE, Style,
};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Patch, Renderer, Snippet};

use alike::Alike;

use super::excerpt::{Excerpt, LINES, Mark, columns_of};
use super::harmless::{harmless, one_line};
use super::places::{Places, Texts};
use crate::check::Rules;
use crate::diagnostic::{Diagnostic, Fix, Related, Severity};
use crate::source::{LineIndex, Location};

/// How many diagnostics are drawn unless all are asked for: more than anybody mends before looking
/// again, and few enough to scroll through.
pub const DRAWN: usize = 100;

/// How many related locations of one diagnostic are drawn: they illustrate, and the JSON has the
/// whole list.
const RELATED: usize = 4;

/// Longest message and label in characters. Both may quote what an author wrote, at any length.
const MESSAGE: usize = 400;
const LABEL: usize = 80;

/// The longest text that is shown as a suggested edit; a longer one is meant to be applied rather
/// than read.
const SUGGESTION: usize = 200;

/// The narrowest excerpt: below it the terminal wraps, which is better than showing nothing.
const NARROWEST: usize = 30;

/// How many columns are before a message in a note: `12345 = note: line 12345: `.
const NOTE: usize = 26;

/// The sign before the number of a location in the renderer's drawing, and with [`PLACE_END`] after
/// it. Neither occurs elsewhere, because every text is made harmless before.
const PLACE_START: char = '\u{e000}';
const PLACE_END: char = '\u{e001}';

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Whether to use colours.
    pub colour: bool,
    /// The terminal's columns.
    pub width: usize,
    /// How many diagnostics are drawn at most; [`DRAWN`] unless all are asked for.
    pub limit: usize,
}

/// Draws the diagnostics with a blank line between them and the [`summary`] at the end; empty if there
/// are none. Of the findings of one rule in one file only the first is drawn, with the line numbers of
/// the others. If there are more than the limit, the gravest are drawn.
pub fn draw(
    diagnostics: &[&Diagnostic],
    rules: &Rules,
    texts: Texts<'_, '_>,
    drawing: Drawing,
) -> String {
    let drawn = gravest(Alike::group(diagnostics, rules), drawing.limit);
    let shown = drawn.iter().flat_map(|alike| alike.others.iter().copied().chain([alike.first]));
    let places = Places::new(shown, texts);
    let mut drawings: Vec<String> = drawn
        .iter()
        .map(|alike| {
            let note = alike.note(&places, drawing.width.saturating_sub(NOTE).max(NARROWEST));
            draw_one(alike.first, note, &places, drawing)
        })
        .collect();
    let more = diagnostics.len() - drawn.iter().map(Alike::count).sum::<usize>();
    if more > 0 {
        drawings.push(format!("… and {more} more; `--format json` lists all"));
    }
    if !diagnostics.is_empty() {
        drawings.push(summary(diagnostics, drawing.colour));
    }
    drawings.into_iter().map(|drawing| drawing + "\n").collect::<Vec<_>>().join("\n")
}

/// Draws one diagnostic without anything around it.
pub fn draw_alone(diagnostic: &Diagnostic, texts: Texts<'_, '_>, drawing: Drawing) -> String {
    draw_one(diagnostic, None, &Places::new([diagnostic], texts), drawing)
}

/// One line that counts the diagnostics: `2 errors, 1 warning in 3 files`.
pub fn summary(diagnostics: &[&Diagnostic], colour: bool) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let counts = [
        (count(Severity::Error), "error", "errors", DEFAULT_ERROR_STYLE),
        (count(Severity::Warning), "warning", "warnings", DEFAULT_WARNING_STYLE),
        (count(Severity::Advice), "piece of advice", "pieces of advice", DEFAULT_INFO_STYLE),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(count, one, many, style)| {
            let style = if colour { style } else { Style::new() };
            format!("{style}{}{style:#}", counted(count, one, many))
        })
        .collect();
    let files: BTreeSet<_> = diagnostics.iter().map(|d| &d.location.file).collect();
    format!("{} in {}", counts.join(", "), counted(files.len(), "file", "files"))
}

/// `1 file`, `3 files`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// At most `limit` diagnostics, the gravest ones, in the order in which they were given, so that
/// advice in the first files does not push out an error in the last.
fn gravest(diagnostics: Vec<Alike<'_>>, limit: usize) -> Vec<Alike<'_>> {
    let mut chosen: Vec<(usize, Alike<'_>)> = diagnostics.into_iter().enumerate().collect();
    chosen.sort_by_key(|(_, alike)| std::cmp::Reverse(alike.first.severity));
    chosen.truncate(limit);
    chosen.sort_by_key(|(at, _)| *at);
    chosen.into_iter().map(|(_, alike)| alike).collect()
}

/// Draws a diagnostic. `note` is printed below its help.
fn draw_one(
    diagnostic: &Diagnostic,
    note: Option<String>,
    places: &Places<'_>,
    drawing: Drawing,
) -> String {
    let mut sketch = Sketch::new(places, diagnostic, drawing.width);
    let groups = sketch.groups(diagnostic, note);
    let renderer = if drawing.colour { Renderer::styled() } else { Renderer::plain() };
    // Excerpts have a width that fits; a label that runs over the edge is wrapped by the terminal,
    // whereas the renderer would cut the source below it.
    let renderer = renderer.term_width(usize::from(u16::MAX));
    if sketch.has_excerpt {
        return sketch.put_places_in(&renderer.render(&groups));
    }
    // Without line numbers the renderer starts below the title in the first column, where arrows
    // and titles would run into each other.
    let indented = |group| renderer.render(&[group]).replace('\n', "\n ");
    sketch.put_places_in(&groups.into_iter().map(indented).collect::<Vec<_>>().join("\n"))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Advice => Level::INFO.with_name(severity.as_str()),
    }
}

/// A diagnostic on its way to the renderer.
struct Sketch<'p, 'text> {
    places: &'p Places<'text>,
    /// How many columns an excerpt has beside the line numbers.
    room: usize,
    /// Whether a line of a source is shown.
    has_excerpt: bool,
    /// The locations that the placeholders are replaced with.
    stand_ins: Vec<String>,
}

impl<'p, 'text> Sketch<'p, 'text> {
    fn new(places: &'p Places<'text>, diagnostic: &Diagnostic, width: usize) -> Self {
        let related = diagnostic.related.iter().map(|related| &related.location);
        let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.location);
        let locations = std::iter::once(&diagnostic.location).chain(related).chain(edits);
        let last_lines = locations.filter_map(|location| Some(places.range(location)?.1.line));
        let last_line = last_lines.max();
        let digits = last_line.unwrap_or(1).ilog10() as usize + 1;
        // Beside the number are ` | ` and, for a mark over several lines, `| `.
        let room = width.saturating_sub(digits + 3 + 2).max(NARROWEST);
        Self { places, room, has_excerpt: last_line.is_some(), stand_ins: Vec::new() }
    }

    fn groups(&mut self, diagnostic: &Diagnostic, note: Option<String>) -> Vec<Group<'static>> {
        let title = level(diagnostic.severity)
            .primary_title(one_line(&diagnostic.message, MESSAGE))
            .id(diagnostic.code.to_string());
        let mut group = Group::with_title(title);
        let shown = &diagnostic.related[..diagnostic.related.len().min(RELATED)];
        let mut elsewhere: Vec<&Related> = shown.iter().collect();
        let mut notes = Vec::new();
        if let Some(index) = self.places.index(&diagnostic.location.file) {
            let (snippet, rest) = self.with_neighbours(diagnostic, index, elsewhere);
            group = group.element(snippet);
            elsewhere = rest;
        } else {
            group = group.element(Origin::path(self.stand_in(&diagnostic.location)));
            let label = one_line(&diagnostic.label, LABEL);
            notes.extend((!label.is_empty()).then(|| Level::NOTE.message(label)));
        }
        let help = diagnostic.help.as_ref().map(|help| one_line(help, MESSAGE));
        let suggestion =
            diagnostic.fix.as_ref().and_then(|fix| self.suggestion(fix, &diagnostic.location));
        if suggestion.is_none() {
            notes.extend(help.clone().map(|help| Level::HELP.message(help)));
        }
        notes.extend(note.map(|note| Level::NOTE.message(note)));
        if !notes.is_empty() && self.places.index(&diagnostic.location.file).is_none() {
            group = group.element(Padding);
        }
        let mut groups = vec![group.elements(notes)];
        groups.extend(elsewhere.into_iter().map(|related| self.note(related)));
        if diagnostic.related.len() > shown.len() {
            let more = diagnostic.related.len() - shown.len();
            let more = format!("and {}", counted(more, "more place", "more places"));
            groups.push(Group::with_title(Level::NOTE.secondary_title(more)));
        }
        groups.extend(suggestion.map(|suggestion| {
            let help = help.unwrap_or_else(|| "this would mend it".to_owned());
            Level::HELP.secondary_title(help).element(suggestion)
        }));
        groups
    }

    /// The excerpt of the diagnostic's own location, in which related locations close by are marked
    /// as well, and the related locations that could not be marked there.
    fn with_neighbours<'d>(
        &mut self,
        diagnostic: &'d Diagnostic,
        index: &LineIndex<'_>,
        related: Vec<&'d Related>,
    ) -> (Snippet<'static, annotate_snippets::Annotation<'static>>, Vec<&'d Related>) {
        let label = one_line(&diagnostic.label, LABEL);
        let own = Mark { span: diagnostic.location.span, label: &label };
        let (first, last) = (index.position(own.span.start), index.position(own.span.end));
        let mut lines = (first.line..=last.line).take(LINES).collect();
        let (near, far): (Vec<&Related>, Vec<&Related>) = related
            .into_iter()
            .partition(|related| self.is_neighbour(&diagnostic.location, related, &mut lines));
        let labels: Vec<String> =
            near.iter().map(|related| one_line(&related.message, LABEL)).collect();
        let neighbours = near
            .iter()
            .zip(&labels)
            .map(|(related, label)| Mark { span: related.location.span, label });
        let marks: Vec<Mark<'_>> = std::iter::once(own).chain(neighbours).collect();
        let excerpt = Excerpt::new(index, &marks, self.room);
        (self.snippet(&diagnostic.location, excerpt, &marks), far)
    }

    /// Whether a related location can be marked in the excerpt of the diagnostic's own: on a line
    /// that has no other mark, since one line is cut around one mark, and few lines apart.
    fn is_neighbour(&self, own: &Location, related: &Related, lines: &mut BTreeSet<usize>) -> bool {
        let (Some(ours), Some(theirs)) =
            (self.places.range(own), self.places.range(&related.location))
        else {
            return false;
        };
        let line = theirs.0.line;
        own.file == related.location.file
            && line == theirs.1.line
            && line.abs_diff(ours.0.line) < LINES
            && columns_of(&one_line(&related.message, LABEL)) <= self.room / 2
            && lines.insert(line)
    }

    /// A related location with an excerpt of its own.
    fn note(&mut self, related: &Related) -> Group<'static> {
        let title = Level::NOTE.secondary_title(one_line(&related.message, MESSAGE));
        match self.places.index(&related.location.file) {
            Some(index) => {
                let marks = [Mark { span: related.location.span, label: "" }];
                let excerpt = Excerpt::new(index, &marks, self.room);
                title.element(self.snippet(&related.location, excerpt, &marks))
            }
            None => title.element(Origin::path(self.stand_in(&related.location))),
        }
    }

    /// The excerpt with its marks, of which the first is the primary one.
    fn snippet(
        &mut self,
        location: &Location,
        excerpt: Excerpt,
        marks: &[Mark<'_>],
    ) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
        let annotations = excerpt.marks.iter().zip(marks).enumerate().map(|(at, (range, mark))| {
            let is_own = at == 0;
            let kind = if is_own { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!mark.label.is_empty()).then(|| mark.label.to_owned());
            kind.span(range.clone()).label(label)
        });
        Snippet::source(excerpt.text)
            .line_start(excerpt.first_line)
            .path(self.stand_in(location))
            .annotations(annotations)
    }

    /// The edits of a fix as changed lines; `None` if that would read badly. It takes short edits
    /// within lines of one file, of which nothing had to be cut away.
    fn suggestion(
        &mut self,
        fix: &Fix,
        own: &Location,
    ) -> Option<Snippet<'static, Patch<'static>>> {
        let first = fix.edits.first()?;
        let index = self.places.index(&first.location.file)?;
        let is_readable = fix.edits.len() <= LINES
            && fix.edits.iter().all(|edit| {
                edit.location.file == first.location.file && edit.text.len() <= SUGGESTION
            });
        let lines = fix.edits.iter().map(|edit| self.places.range_or_start(&edit.location));
        let first_line = lines.clone().map(|range| range.0.line).min()?;
        let last_line = lines.map(|range| range.1.line).max()?;
        if !is_readable || last_line - first_line >= LINES {
            return None;
        }
        let marks: Vec<Mark<'_>> =
            fix.edits.iter().map(|edit| Mark { span: edit.location.span, label: "" }).collect();
        let excerpt = Excerpt::new(index, &marks, self.room);
        let is_whole = marks.iter().zip(&excerpt.marks).all(|(mark, range)| {
            let replaced = mark.span.of(index.text());
            !replaced.contains(['\n', '\r']) && harmless(replaced) == excerpt.text[range.clone()]
        });
        if !is_whole {
            return None;
        }
        let patches = fix.edits.iter().zip(&excerpt.marks).map(|(edit, range)| {
            let lines: Vec<_> = edit.text.split('\n').map(without_return).map(harmless).collect();
            Patch::new(range.clone(), lines.join("\n"))
        });
        // The file need not be named again if it is the one that the excerpt above shows.
        let path = (first.location.file != own.file).then(|| self.stand_in(&first.location));
        let snippet = Snippet::source(excerpt.text).line_start(excerpt.first_line);
        Some(snippet.path(path).patches(patches))
    }

    fn stand_in(&mut self, location: &Location) -> String {
        let path = one_line(location.file.as_str(), MESSAGE);
        self.stand_ins.push(match self.places.range(location) {
            Some((start, _)) => format!("{path}:{}:{}", start.line, start.column),
            None => path,
        });
        format!("{PLACE_START}{}{PLACE_END}", self.stand_ins.len() - 1)
    }

    /// Replaces each placeholder, and the line and column that the renderer wrote after it.
    fn put_places_in(&self, drawing: &str) -> String {
        let mut pieces = drawing.split(PLACE_START);
        let mut whole = pieces.next().unwrap_or("").to_owned();
        for piece in pieces {
            let (number, rest) = piece.split_once(PLACE_END).unwrap_or(("", piece));
            let place = number.parse().ok().and_then(|number: usize| self.stand_ins.get(number));
            whole.push_str(place.map_or("", String::as_str));
            whole.push_str(
                rest.trim_start_matches(|digit: char| digit == ':' || digit.is_ascii_digit()),
            );
        }
        whole
    }
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests;
