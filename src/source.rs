//! Source texts and places in them: the types with which every other layer refers to files.
//!
//! Nothing here reads a file: a [`Source`] is handed in by an edge.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::sync::Arc;

/// The path of a file of the handbook: relative to the handbook's root, `/` between the parts on
/// every system, no `.` or `..`. Example: `content/retail/espresso-bar.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a path that already is root-relative and `/`-separated.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the last `/`: `espresso-bar.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The file name without its extension: `espresso-bar`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// Whether it is a document that may be its folder's own page: `index.md`, or a README in any case,
    /// which is used if there is no index.
    pub fn may_be_own_page(&self) -> bool {
        let stem = self.stem();
        stem == "index" || stem.eq_ignore_ascii_case("readme")
    }

    /// The folder of the file, without a trailing `/`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Maps by path can be searched with a text.
impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A text file of the handbook, whole and as UTF-8, line endings as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: SourcePath,
    /// Its content.
    pub text: Arc<str>,
}

impl Source {
    /// A source from its path and text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { path: SourcePath::new(path), text: text.into() }
    }
}

/// A text with a line feed at the end of every line, whatever editor or system wrote it. Offsets into
/// it are not those of the file, so it is meant for publishing, not for parsing.
pub fn with_line_feeds<'text>(text: impl Into<Cow<'text, str>>) -> Cow<'text, str> {
    let text = text.into();
    if !text.contains('\r') {
        return text;
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// A text in which pieces are replaced with others; sorts the edits. A piece within one that begins before
/// it is left out, and of two that overlap both go.
pub fn edited(text: &str, edits: &mut [(Span, String)]) -> String {
    edits.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut edited = String::with_capacity(text.len());
    let mut behind = 0;
    for (Span { start, end }, new) in edits.iter() {
        if let Some(kept) = text.get(behind..*start as usize) {
            edited.push_str(kept);
            edited.push_str(new);
        }
        behind = behind.max(*end as usize);
    }
    edited.push_str(text.get(behind..).unwrap_or_default());
    edited
}

/// The places in order, with those that touch merged into one.
pub fn joined(mut places: Vec<Span>) -> Vec<Span> {
    places.sort();
    places.dedup_by(|next, last| {
        let is_one = next.start <= last.end;
        if is_one {
            last.end = last.end.max(next.end);
        }
        is_one
    });
    places
}

/// The piece of a text that `span` covers, without the parts in `places`, which are [`joined`].
pub fn without<'t>(text: &'t str, span: Span, places: &[Span]) -> Cow<'t, str> {
    let first = places.partition_point(|place| place.end <= span.start);
    let mut inside = places[first..].iter().take_while(|place| place.start < span.end).peekable();
    if inside.peek().is_none() {
        return Cow::Borrowed(span.of(text));
    }
    let (mut rest, mut from) = (String::new(), span.start);
    for place in inside {
        rest.push_str(Span { start: from, end: place.start.max(from) }.of(text));
        from = place.end.clamp(from, span.end);
    }
    Cow::Owned(rest + Span { start: from, end: span.end }.of(text))
}

/// Maps offsets into [`with_line_feeds`] of a text back to those into the text itself.
pub struct Returns(Vec<usize>);

impl Returns {
    /// The map for a text.
    pub fn of(text: &str) -> Self {
        let returns = text.match_indices("\r\n").enumerate();
        Self(returns.map(|(before, (at, _))| at - before).collect())
    }

    /// The offset into the text itself for an offset into the text with line feeds.
    pub fn offset(&self, offset: usize) -> usize {
        offset + self.0.partition_point(|at| *at < offset)
    }
}

/// A half-open range of byte offsets into one source's text. Files are capped far below 4 GiB at
/// the edge, so four bytes per offset are enough and halve what a parsed handbook weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The span as a range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The piece of `text` that the span covers; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Whether `other` lies inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span moved `by` bytes to the right.
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value and the place where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A span in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file.
    pub file: SourcePath,
    /// The place in its text.
    pub span: Span,
}

impl Location {
    /// The location of `span` in `file`.
    pub fn new(file: &SourcePath, span: impl Into<Span>) -> Self {
        Self { file: file.clone(), span: span.into() }
    }
}

/// A position as people count: line and column are 1-based, a column is a Unicode character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Position {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in Unicode characters.
    pub column: usize,
    /// 0-based offset in bytes.
    pub offset: usize,
}

/// Where each line of a text starts, to turn offsets into positions. A line ends with `\n`, `\r\n`
/// or a lone `\r`.
pub struct LineIndex<'text> {
    text: &'text str,
    starts: Vec<usize>,
    /// How many characters are before each multiple of [`STRIDE`], so that a column in a line of
    /// megabytes need not be counted from the start of that line for each diagnostic.
    characters: Vec<usize>,
}

/// Bytes between two counts of characters: small enough to count through at once, large enough that
/// the counts weigh nothing beside the text.
const STRIDE: usize = 4096;

impl<'text> LineIndex<'text> {
    /// Reads the text once.
    pub fn new(text: &'text str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        if bytes.contains(&b'\r') {
            for (at, byte) in bytes.iter().enumerate() {
                let is_return = *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
                if *byte == b'\n' || is_return {
                    starts.push(at + 1);
                }
            }
        } else {
            // Searching for one byte examines many at a time.
            starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        }
        let mut characters = vec![0];
        let mut before = 0;
        for stride in bytes.chunks(STRIDE) {
            before += characters_in(stride);
            characters.push(before);
        }
        Self { text, starts, characters }
    }

    /// The text that it indexes.
    pub fn text(&self) -> &'text str {
        self.text
    }

    /// The position of a byte offset. An offset after the end or inside of a character counts as
    /// the nearest one before it.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let column = if offset - start <= STRIDE {
            characters_in(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        Position { line, column: column + 1, offset }
    }

    /// The bytes of a 1-based line without its ending; empty for a line that does not exist.
    pub fn line(&self, line: usize) -> std::ops::Range<usize> {
        let Some(&start) = line.checked_sub(1).and_then(|at| self.starts.get(at)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(line).map_or(self.text.len(), |next| {
            let line = &self.text[start..*next];
            start + line.strip_suffix("\r\n").unwrap_or(&line[..line.len() - 1]).len()
        });
        start..end
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        self.characters[stride] + characters_in(&self.text.as_bytes()[stride * STRIDE..offset])
    }
}

/// How many characters start in the bytes of a text, wherever it was cut.
fn characters_in(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_of_every_ending_and_characters() {
        let index = LineIndex::new("a\r\nbé\rc\nd");
        let at = |offset| {
            let position = index.position(offset);
            (position.line, position.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(5), (2, 2), "inside é");
        assert_eq!(at(6), (2, 3));
        assert_eq!(at(7), (3, 1));
        assert_eq!(at(9), (4, 1));
        assert_eq!(at(99), (4, 2));
    }

    #[test]
    fn columns_of_a_line_of_many_strides_are_counted_in_characters() {
        let text = format!("é\n{}", "aé🙂".repeat(STRIDE));
        let index = LineIndex::new(&text);
        for step in [0, 1, 700, 2 * STRIDE / 7, STRIDE - 1, STRIDE] {
            let position = index.position(3 + 7 * u32::try_from(step).unwrap());
            assert_eq!((position.line, position.column), (2, 3 * step + 1));
        }
    }

    #[test]
    fn lines_are_cut_out_without_their_endings() {
        let index = LineIndex::new("a\r\n\rb\n");
        let line = |number| &index.text()[index.line(number)];
        assert_eq!([line(1), line(2), line(3), line(4)], ["a", "", "b", ""]);
        assert_eq!([line(0), line(9)], ["", ""]);
    }

    #[test]
    fn offsets_survive_that_lines_end_with_line_feeds() {
        let text = "\r\na\rb\r\n\r\né\r\n";
        let (feeds, returns) = (with_line_feeds(text), Returns::of(text));
        assert_eq!(feeds, "\na\nb\n\né\n");
        for (offset, character) in feeds.char_indices().filter(|(_, c)| *c != '\n') {
            let at = returns.offset(offset);
            assert!(text[at..].starts_with(character), "{offset} is not {at}");
        }
        assert_eq!(returns.offset(feeds.len()), text.len());
    }

    #[test]
    fn paths_know_their_parts() {
        let path = SourcePath::new("content/retail/espresso-bar.md");
        assert_eq!(path.file_name(), "espresso-bar.md");
        assert_eq!(path.stem(), "espresso-bar");
        assert_eq!(path.folder(), "content/retail");
        assert_eq!(SourcePath::new("canvasbook.toml").folder(), "");
    }
}
