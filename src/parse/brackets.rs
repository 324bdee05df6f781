//! Brackets and quotation marks, within which a name is not split from its text.

/// Names do not open more; and looking through so few takes no time, however many a text has.
const DEEPEST: usize = 8;

/// The open brackets at a place of a text that is read character by character.
#[derive(Default)]
pub(super) struct Brackets {
    /// The opening characters, outermost first, each with its place; the first `depth` count.
    open: [(usize, char); DEEPEST],
    depth: usize,
}

impl Brackets {
    /// Whether a bracket is open, which may turn out never to be closed.
    pub(super) fn any_open(&self) -> bool {
        self.depth > 0
    }

    /// Reads the character at a place, which is between two others. Returns the start of the pair
    /// that it closes, if it closes one.
    pub(super) fn read(
        &mut self,
        at: usize,
        before: char,
        character: char,
        behind: char,
    ) -> Option<usize> {
        // Within a word it is an apostrophe.
        let is_apostrophe =
            character == '’' && before.is_alphanumeric() && behind.is_alphanumeric();
        let open = &self.open[..self.depth];
        let closed = open.iter().rposition(|(_, open)| is_pair(*open, character));
        if let Some(depth) = closed.filter(|_| !is_apostrophe) {
            // A bracket that was opened within and is not closed was none.
            self.depth = depth;
            return Some(self.open[depth].0);
        }
        let opens = match character {
            // After a number it is an inch, at the end of a word it closes.
            '"' => !before.is_ascii_alphanumeric() && !behind.is_whitespace(),
            '”' | '‘' => !before.is_alphanumeric() && !behind.is_whitespace(),
            other => is_opening(other),
        };
        if opens && self.depth < DEEPEST {
            self.open[self.depth] = (at, character);
            self.depth += 1;
        }
        None
    }
}

/// Whether a character may be a bracket or a quotation mark.
pub(super) fn is_bracket(character: char) -> bool {
    matches!(character,
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | '«' | '»' | '‘'..='‟' | '‹' | '›' | '〈'..='】'
        | '〔'..='〛' | '（' | '）' | '［' | '］' | '｛' | '｝' | '｢' | '｣')
}

fn is_opening(character: char) -> bool {
    matches!(
        character,
        '(' | '['
            | '{'
            | '«'
            | '»'
            | '‚'
            | '“'
            | '„'
            | '‹'
            | '›'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '（'
            | '［'
            | '｛'
            | '｢'
    )
}

/// Whether one character closes what another opens. Languages write their quotation marks in different
/// ways: “English”, „deutsch“, „polski”, ”svenska”, «français», »dansk«.
fn is_pair(open: char, close: char) -> bool {
    match open {
        '(' | '（' => matches!(close, ')' | '）'),
        '[' | '［' => matches!(close, ']' | '］'),
        '{' | '｛' => matches!(close, '}' | '｝'),
        '"' => close == '"',
        '„' => matches!(close, '“' | '”' | '"'),
        '“' | '”' => close == '”',
        '‚' => matches!(close, '‘' | '’'),
        '‘' => close == '’',
        '«' => close == '»',
        '»' => matches!(close, '«' | '»'),
        '‹' => close == '›',
        '›' => matches!(close, '‹' | '›'),
        '〈' => close == '〉',
        '《' => close == '》',
        '「' => close == '」',
        '『' => close == '』',
        '【' => close == '】',
        '〔' => close == '〕',
        '〖' => close == '〗',
        '｢' => close == '｣',
        _ => false,
    }
}
