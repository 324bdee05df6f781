//! Names without what people decorate them with: numbers, emoji, emphasis, brackets, colons.

use crate::characters::{is_arrow, is_box_drawing, is_bullet, is_emoji, is_invisible};

/// The name without decorations: `### 1️⃣ **Key Partners**:` becomes `Key Partners`. Case and words
/// are unchanged; if everything is decoration, the result is empty.
///
/// A number counts as decoration only with a mark (`1.`, `2)`, `7.1`, `§7`, `(3)`, `一、`), so that
/// `24/7 support`, `3D printing` and `2026 goals` keep theirs.
pub fn plain(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let text = without_emoji_and_emphasis(text);
    let mut bare = text.as_str();
    // Decorations are inside each other (`【1. **Channels**:】`), so they are peeled off until none
    // is left; that also makes the result its own plain form.
    for _ in 0..MOST_LAYERS {
        let peeled = without_brackets(without_marks(without_numbering(bare)));
        if peeled.len() == bare.len() {
            break;
        }
        bare = peeled;
    }
    bare.to_owned()
}

/// Whether the text is words of ASCII letters with one blank between them, which have no
/// decorations.
fn is_plain(text: &str) -> bool {
    let is_word = |word: &[u8]| !word.is_empty() && word.iter().all(u8::is_ascii_alphabetic);
    text.as_bytes().split(|byte| *byte == b' ').all(is_word)
}

/// Nobody decorates a name with more layers, and a megabyte of `1. 1. 1.` must not take long.
const MOST_LAYERS: usize = 8;

/// Whether a character belongs to the one before it: it frames a digit, or spells a flag.
fn is_part_of_emoji(character: char) -> bool {
    matches!(character, '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

/// The text without emoji, keycaps, emphasis, escapes and invisible characters, and with single
/// spaces between its words.
fn without_emoji_and_emphasis(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before = ' ';
    let mut after_emoji = false;
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        let is_keycap = rest.strip_prefix('\u{fe0f}').unwrap_or(rest).starts_with('\u{20e3}');
        if is_keycap && character != '\u{fe0f}' || is_emoji(character) {
            after_emoji = true;
            push_space(&mut kept);
        } else if character == '\u{200d}' && after_emoji
            || is_invisible(character)
            || is_part_of_emoji(character)
        {
            // The joiner also shapes letters in some scripts, so it is dropped with emoji only.
        } else if character.is_whitespace() || character.is_control() {
            push_space(&mut kept);
        } else if !is_markup(before, character, next) {
            after_emoji = false;
            kept.push(character);
        }
        before = character;
    }
    kept.truncate(kept.trim_end().len());
    kept
}

/// Ends a word, unless nothing has been written since the last one.
fn push_space(kept: &mut String) {
    if !kept.is_empty() && !kept.ends_with(' ') {
        kept.push(' ');
    }
}

/// Whether a character between its neighbours is Markdown's, not the name's: `**bold**`, `_it_`,
/// `1\.`, but not the underscore in `snake_case`, nor the star in `4 * 4`.
fn is_markup(before: char, character: char, next: char) -> bool {
    match character {
        '`' => true,
        '\\' => next.is_ascii_punctuation(),
        '~' => before == '~' || next == '~',
        '*' | '_' => {
            let in_run = before == character || next == character;
            let between_words = before.is_whitespace() && next.is_whitespace();
            let in_word = before.is_alphanumeric() && next.is_alphanumeric();
            in_run || !between_words && !in_word
        }
        _ => false,
    }
}

/// The text after a number that it begins with.
fn without_numbering(text: &str) -> &str {
    bracketed_number(text)
        .or_else(|| section_number(text))
        .or_else(|| circled_number(text))
        .or_else(|| marked_number(text))
        .or_else(|| east_asian_number(text))
        .or_else(|| roman_number(text))
        .unwrap_or(text)
        .trim_start()
}

/// A number at the beginning of a text: `7.1`.
struct Number<'a> {
    /// The text after it.
    rest: &'a str,
    /// The number of its parts, which dots separate.
    parts: usize,
    /// The digits of its longest part.
    longest: usize,
    /// Whether it has a part that is zero, as versions have (`4.0`) and chapters do not.
    has_zero: bool,
}

/// The number that a text begins with. Three digits and five parts are more than any outline has.
fn number(text: &str) -> Option<Number<'_>> {
    const MOST_PARTS: usize = 5;
    let mut number = Number { rest: text, parts: 0, longest: 0, has_zero: false };
    loop {
        let behind = number.rest.trim_start_matches(is_digit);
        let part = &number.rest[..number.rest.len() - behind.len()];
        number.longest = number.longest.max(part.chars().count());
        number.has_zero |= part.chars().all(|digit| matches!(digit, '0' | '０'));
        number.rest = behind;
        number.parts += 1;
        let next_part = behind.strip_prefix(['.', '．']).filter(|next| next.starts_with(is_digit));
        match next_part {
            Some(next) if number.parts < MOST_PARTS => number.rest = next,
            _ => break,
        }
    }
    (1..=3).contains(&number.longest).then_some(number)
}

/// The decimal digits of the scripts that labels are known in.
fn is_digit(character: char) -> bool {
    matches!(character,
        '0'..='9' | '０'..='９' | '٠'..='٩' | '۰'..='۹' | '०'..='९' | '๐'..='๙')
}

/// `(3)`, `[3]`, `（三）`, `(a)`.
fn bracketed_number(text: &str) -> Option<&str> {
    let open = text.chars().next()?;
    let (_, close) = BRACKETS.iter().find(|(opening, _)| *opening == open)?;
    let inside = &text[open.len_utf8()..];
    let rest = number(inside)
        .map(|number| number.rest)
        .or_else(|| after_east_asian_digits(inside))
        .or_else(|| inside.strip_prefix(|letter: char| letter.is_ascii_lowercase()))?;
    rest.strip_prefix(*close)
}

/// `§7`, `§ 7.1`.
fn section_number(text: &str) -> Option<&str> {
    let rest = number(text.strip_prefix('§')?.trim_start())?.rest;
    let rest = rest.trim_start_matches(['.', ')', ':', '：']);
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// `①`, `⑴`, `⒈`, `㈠`, `㊀`.
fn circled_number(text: &str) -> Option<&str> {
    text.strip_prefix(|character: char| {
        matches!(character,
            '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24fe}' | '\u{3220}'..='\u{3229}'
            | '\u{3280}'..='\u{3289}')
    })
}

/// `1.`, `1)`, `1：`, `1 -`, `7.1`.
fn marked_number(text: &str) -> Option<&str> {
    let number = number(text)?;
    let rest = number.rest;
    if let Some(behind) = rest.strip_prefix(['.', '．', ')', '）', '、', '：']) {
        let behind = behind.trim_start_matches(['.', ')', '）']);
        return (!behind.starts_with(is_digit)).then_some(behind);
    }
    if let Some(behind) = rest.strip_prefix(':') {
        return is_word_end(behind).then_some(behind);
    }
    // `1 - Channels` is numbered, `24-7` and `3 - 5 people` are not, and `2026 - a year` names one.
    let dash = ['-', '–', '—', '|', '·', '・'];
    if let Some(behind) = rest.trim_start().strip_prefix(dash) {
        let counts = number.longest <= 2 && is_word_end(behind);
        return (counts && !behind.trim_start().starts_with(is_digit)).then_some(behind);
    }
    // Chapters count from one and are followed by a name: neither `4.0 Industry` nor `3.5 mm jack`.
    let is_chapter = number.parts > 1 && number.longest <= 2 && !number.has_zero;
    let names = rest.trim_start().starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    (is_chapter && rest.starts_with(' ') && names).then_some(rest)
}

/// Whether a word ends where this text begins.
fn is_word_end(text: &str) -> bool {
    text.is_empty() || text.starts_with(' ')
}

/// `一、`, `十一．`.
fn east_asian_number(text: &str) -> Option<&str> {
    after_east_asian_digits(text)?.strip_prefix(['、', '.', '．', ':', '：'])
}

/// The text after one to three Chinese digits.
fn after_east_asian_digits(text: &str) -> Option<&str> {
    let rest =
        text.trim_start_matches(['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    (1..=3).contains(&text[..text.len() - rest.len()].chars().count()).then_some(rest)
}

/// `IV.`, `II)`; and `a)`, as nothing else has such a mark. A letter with a dot may be an initial.
fn roman_number(text: &str) -> Option<&str> {
    let letter = text.chars().next().filter(|letter| letter.is_alphabetic())?;
    if let Some(rest) = text[letter.len_utf8()..].strip_prefix([')', '）']) {
        return Some(rest);
    }
    let rest = text.trim_start_matches(['I', 'V', 'X']);
    let numeral = &text[..text.len() - rest.len()];
    let is_numeral = matches!(
        numeral.trim_start_matches('X'),
        "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX"
    );
    let behind = rest.strip_prefix(['.', ')'])?;
    (is_numeral && !numeral.is_empty() && numeral.len() <= 5 && begins_with_word(behind))
        .then_some(behind)
}

/// Whether a space and a word of more than an initial follow: `I. Partners`, not `I. T.`.
pub(super) fn begins_with_word(text: &str) -> bool {
    let Some(word) = text.strip_prefix(' ') else { return false };
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next() != Some('.')
}

/// Whether a word of such characters alone means nothing at the edge of a name.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '#' | '+'
            | '='
            | '~'
            | '|'
            | '｜'
            | '¦'
            | '>'
            | '›'
            | '»'
            | ':'
            | ';'
            | '.'
            | ','
            | '-'
            | '_'
            | '*'
            | '\u{2010}'..='\u{2015}' | '−'
    ) || is_leading_mark(character)
}

/// Whether such a character means nothing even directly before a name.
fn is_leading_mark(character: char) -> bool {
    matches!(character, ':' | '：' | '；' | '，' | '、' | '。' | '…')
        || is_bullet(character)
        || is_arrow(character)
        || is_box_drawing(character)
}

/// Whether such a character means nothing even directly after a name.
fn is_trailing_mark(character: char) -> bool {
    matches!(character, ';' | ',' | '—' | '–') || is_leading_mark(character)
}

/// The text without marks at its edges.
fn without_marks(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let marks = text.trim_start_matches(is_leading_mark);
        let word = marks.trim_start_matches(is_mark);
        let kept = if is_word_end(word) { word } else { marks }.trim_start();
        if kept.len() == text.len() {
            break;
        }
        text = kept;
    }
    loop {
        let marks = text.trim_end_matches(is_trailing_mark);
        let word = marks.trim_end_matches(is_mark);
        let kept = if word.is_empty() || word.ends_with(' ') { word } else { marks }.trim_end();
        if kept.len() == text.len() {
            return kept;
        }
        text = kept;
    }
}

/// The pairs that may enclose a name.
const BRACKETS: [(char, char); 20] = [
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
    ('［', '］'),
    ('{', '}'),
    ('【', '】'),
    ('〔', '〕'),
    ('〖', '〗'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('<', '>'),
    ('“', '”'),
    ('„', '“'),
    ('«', '»'),
    ('‘', '’'),
    ('‹', '›'),
    ('"', '"'),
    ('\'', '\''),
];

/// The text within brackets, if one pair encloses the whole text.
fn without_brackets(text: &str) -> &str {
    let Some(first) = text.chars().next() else { return text };
    BRACKETS
        .iter()
        .filter(|(open, _)| *open == first)
        .find_map(|(open, close)| {
            let inside = text.strip_prefix(*open)?.strip_suffix(*close)?;
            (!inside.contains([*open, *close])).then_some(inside.trim())
        })
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn decorations_are_dropped() {
        for (written, shown) in [
            ("1. Key Partners", "Key Partners"),
            ("1) Key Partners", "Key Partners"),
            ("1.) Key Partners", "Key Partners"),
            ("**1\\. Key Partners**", "Key Partners"),
            ("01. Key Partners", "Key Partners"),
            ("1.Key Partners", "Key Partners"),
            ("1️⃣ **PARTENAIRES CLÉS** (Key Partners)", "PARTENAIRES CLÉS (Key Partners)"),
            ("🔟 Key Metrics", "Key Metrics"),
            ("1⃣ Channels", "Channels"),
            ("一、重要合作", "重要合作"),
            ("十一．重要合作", "重要合作"),
            ("（三）渠道通路", "渠道通路"),
            ("① 渠道通路", "渠道通路"),
            ("１．顧客セグメント", "顧客セグメント"),
            ("1、渠道通路", "渠道通路"),
            ("1：渠道通路", "渠道通路"),
            ("۱. شرکای کلیدی", "شرکای کلیدی"),
            ("7.1 Production", "Production"),
            ("7.1.2. Production", "Production"),
            ("§7 Production", "Production"),
            ("§ 7.1: Production", "Production"),
            ("(3) Production", "Production"),
            ("[3] Production", "Production"),
            ("a) Production", "Production"),
            ("IV. Production", "Production"),
            ("1 - Production", "Production"),
            ("2 | Production", "Production"),
            ("3: Production", "Production"),
            ("- Production -", "Production"),
            ("== Production ==", "Production"),
            ("• Production", "Production"),
            ("→ Production", "Production"),
            ("Production:", "Production"),
            ("**Production:**", "Production"),
            ("**Production** :", "Production"),
            ("価値提案：", "価値提案"),
            ("【渠道通路】", "渠道通路"),
            ("【1】渠道通路", "渠道通路"),
            ("「1. **価値提案**：」", "価値提案"),
            ("“Production”", "Production"),
            ("*Production*", "Production"),
            ("__Production__", "Production"),
            ("~~Production~~", "Production"),
            ("🧑‍🔬 Research and 🔬 Development 👩🏽‍💻", "Research and Development"),
            ("🏴󠁧󠁢󠁳󠁣󠁴󠁿 Scotland ❤️", "Scotland"),
            ("■ Production ▶", "Production"),
            ("  Two\u{a0}\u{3000}words\t", "Two words"),
            ("\u{202e}Production\u{feff}", "Production"),
        ] {
            assert_eq!(plain(written), shown, "{written}");
        }
    }

    #[test]
    fn what_means_something_stays() {
        for name in [
            "24/7 support",
            "3D printing",
            "2026 goals",
            "2026 – a year of growth",
            "5G network",
            "4.0 Industry",
            "3.5 mm connectors",
            "1.000 customers",
            "3 - 5 employees",
            "80/20 rule",
            "1:1 coaching",
            "360° feedback",
            "50% discount",
            "14:00 stand-up",
            "24-7",
            ".NET development",
            "C++ and C#",
            "snake_case_name",
            "4 * 4",
            "R. & D.",
            "I. T. services",
            "J. Smith",
            "M. Dupont",
            "Q&A",
            "(Re)insurance",
            "A (b) c (d)",
            "Who helps us?",
            "Acme™ ©",
            "Production → Sales",
            "一般管理",
            "三菱",
            "فعالیت‌های کلیدی",
        ] {
            assert_eq!(plain(name), name, "{name}");
        }
    }

    #[test]
    fn only_decoration_leaves_nothing() {
        for text in ["", "  ", "1.", "**2.**", "🎯", "—", "---", "(3)", "1️⃣", "::", "【】"]
        {
            assert_eq!(plain(text), "", "{text}");
        }
    }

    #[test]
    fn long_rows_of_decorations_do_not_take_long() {
        for unit in ["1. ", "(1) ", "([{", "- ", "🎯", "**", "\\", "§1 ", "「", "1.1.", ": "] {
            let text = unit.repeat(100_000);
            let shown = plain(&text);
            assert!(shown.len() <= text.len());
        }
    }

    #[test]
    fn what_is_plain_stays_plain() {
        for text in ["1. 2. Foo", "【1. (2) «Foo:»】", "- 1. - Foo -", "1. 7.1 Foo", "a) (b) Foo"]
        {
            let once = plain(text);
            assert_eq!(once, "Foo", "{text}");
            assert_eq!(plain(&once), once, "{text}");
        }
    }
}
