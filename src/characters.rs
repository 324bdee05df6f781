//! Kinds of characters that people write names with, for everything that reads or prints them.
//!
//! Blocks and ranges are those of [Unicode](https://www.unicode.org/charts/); which characters belong
//! to a kind is decided here and nowhere else.

/// Whether a character changes the reading direction of what follows, until another one ends that. In
/// a name it only hides what the name is.
pub fn overrides_direction(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is invisible: soft hyphens, blanks without width, marks of direction, the
/// byte-order mark, and those that only select a variant of the character before them. The joiners are
/// not among them, since they shape the letters of some scripts.
pub fn is_invisible(character: char) -> bool {
    overrides_direction(character)
        || matches!(
            character,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'
                ..='\u{fe0f}'
        )
}

/// Whether a character is a picture: of the blocks that Unicode fills with them. Characters that are
/// used as text (©, ™, arrows) are not among them.
pub fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{231a}' | '\u{231b}' | '\u{2328}' | '\u{23cf}' | '\u{23e9}'..='\u{23fa}'
        | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether a character is one that lines and boxes are drawn from.
pub fn is_box_drawing(character: char) -> bool {
    matches!(character, '\u{2500}'..='\u{259f}')
}

/// Whether a character is an arrow.
pub fn is_arrow(character: char) -> bool {
    matches!(character, '\u{2190}'..='\u{21ff}')
}

/// Whether a character is a dot that people put before the items of a list.
pub fn is_bullet(character: char) -> bool {
    matches!(character, '•' | '‣' | '·' | '・')
}

/// Whether a character is Han, kana or Hangul, which are written without blanks between words or closely.
pub fn is_east_asian(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is Han, of which there are too many for each to begin a list of its own.
pub fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{2e80}'..='\u{2fdf}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The characters of a text that are read aloud: no blanks and no punctuation, but signs such as `£` or `%`; in
/// lower case.
pub fn spoken(text: &str) -> impl Iterator<Item = char> {
    let is_silent = |c: &char| {
        c.is_whitespace()
            || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '¿' | '¡' | '…' | '(' | ')')
            || matches!(c, '\'' | '"' | '‘' | '’' | '“' | '”' | '„' | '«' | '»' | '-' | '–' | '—')
            || matches!(c, '、' | '。' | '，' | '：' | '；' | '「' | '」')
    };
    text.chars().filter(move |c| !is_silent(c)).flat_map(char::to_lowercase)
}
