//! Rust code in which everything but code is blank, so that braces and names can be searched for.
//! This is not a parser: it knows only what occurs in this repository.

/// A source file in which comments and the insides of literals are blanks.
pub struct Code {
    /// The source with the same length and the same lines.
    pub blanked: String,
    /// Each line of comment with its number, from 0.
    pub comments: Vec<(usize, String)>,
    /// For each line, whether it lies wholly inside a literal.
    is_data: Vec<bool>,
}

/// A function with a body.
pub struct Function {
    /// The line it starts on, from 1.
    pub line: usize,
    /// Its name.
    pub name: String,
    /// How many lines it has, without those inside of literals, which are data.
    pub lines: usize,
}

/// The kinds of piece that a source is made of.
enum Piece {
    Code,
    Comment,
    Literal,
}

impl Code {
    /// Blanks the comments and literals of a source.
    pub fn new(source: &str) -> Self {
        let mut blanked = String::with_capacity(source.len());
        let mut comments = Vec::new();
        let mut is_data = vec![false; source.lines().count() + 1];
        let mut rest = source;
        while !rest.is_empty() {
            let before = blanked.chars().next_back();
            let (piece, length) = next_piece(rest, before);
            let (text, after) = rest.split_at(length);
            match piece {
                Piece::Code => blanked.push_str(text),
                Piece::Comment | Piece::Literal => {
                    let first = blanked.matches('\n').count();
                    let breaks = text.matches('\n').count();
                    if matches!(piece, Piece::Comment) {
                        let lines = text.lines().enumerate();
                        comments.extend(lines.map(|(at, line)| (first + at, line.to_owned())));
                    } else if breaks > 1 {
                        is_data[first + 1..first + breaks].fill(true);
                    }
                    blanked.extend(text.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
                }
            }
            rest = after;
        }
        Self { blanked, comments, is_data }
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.blanked.lines().count()
    }

    /// The line of an offset, from 0.
    pub fn line(&self, offset: usize) -> usize {
        self.blanked[..offset].matches('\n').count()
    }

    /// Every function with a body.
    pub fn functions(&self) -> Vec<Function> {
        let mut functions = Vec::new();
        for (start, word) in words(&self.blanked) {
            if word != "fn" {
                continue;
            }
            let rest = &self.blanked[start + 2..];
            // `fn(` is a type.
            let name: String = rest
                .trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            let Some(body) = rest.find(['{', ';']).filter(|at| rest[*at..].starts_with('{')) else {
                continue;
            };
            if name.is_empty() {
                continue;
            }
            let (first, last) = (self.line(start), self.line(self.closing(start + 2 + body)));
            let lines = (first..=last).filter(|line| !self.is_data[*line]).count();
            functions.push(Function { line: first + 1, name, lines });
        }
        functions
    }

    /// The offset of the brace that closes the one at `open`.
    pub fn closing(&self, open: usize) -> usize {
        let mut depth = 0;
        for (at, character) in self.blanked[open..].char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return open + at;
            }
        }
        self.blanked.len()
    }
}

/// The words of a blanked source with their offsets.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        let length = text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
        at = start + length;
        Some((start, &text[start..at]))
    })
}

/// The kind and the length of the piece that `rest` starts with. `before` is the character before
/// it.
fn next_piece(rest: &str, before: Option<char>) -> (Piece, usize) {
    let one = rest.chars().next().map_or(0, char::len_utf8);
    if rest.starts_with("//") {
        return (Piece::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Piece::Comment, rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    if rest.starts_with('"') {
        return (Piece::Literal, quoted(rest, '"'));
    }
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !in_word && let Some(length) = raw(rest) {
        return (Piece::Literal, length);
    }
    // A quotation mark begins a character or a lifetime; a character ends two characters on, or
    // starts with a backslash.
    if rest.starts_with("'\\") {
        return (Piece::Literal, quoted(rest, '\''));
    }
    if let Some(inside) = rest.strip_prefix('\'') {
        let mut characters = inside.chars();
        let length = characters.next().map_or(0, char::len_utf8);
        if characters.next() == Some('\'') {
            return (Piece::Literal, length + 2);
        }
    }
    (Piece::Code, one)
}

/// The length of the literal that starts `rest`, up to the next `mark` that is not escaped.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == mark => return at + mark.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// The length of the raw literal that starts `rest`, if one does.
fn raw(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = inside.len() - inside.trim_start_matches('#').len();
    let inside = inside[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let start = rest.len() - inside.len();
    Some(inside.find(&end).map_or(rest.len(), |at| start + at + end.len()))
}

#[test]
fn code_is_told_from_what_only_looks_like_it() {
    let source =
        "fn a<'x>() { // {\n  \"}\n{\n\n\"; r#\"}\"#; '}'; '\\'' }\n/* fn b() {} */ fn c();\n";
    let code = Code::new(source);
    assert_eq!(code.lines(), source.lines().count());
    let functions = code.functions();
    assert_eq!(functions.len(), 1);
    assert_eq!((functions[0].line, functions[0].name.as_str(), functions[0].lines), (1, "a", 3));
}
