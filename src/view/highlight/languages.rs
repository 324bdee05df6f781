//! What languages are made of, as data.

/// What tells the parts of a language apart.
pub struct Language {
    /// The words that name it behind a fence.
    pub names: &'static [&'static str],
    /// What starts a comment that ends with its line.
    pub line_comments: &'static [&'static str],
    /// What starts and what ends a longer comment.
    pub block_comment: Option<(&'static str, &'static str)>,
    /// The kinds of strings, longer quotes first.
    pub quotes: &'static [Quote],
    /// The characters behind which a string may start, blanks left out and `\n` for the start of a
    /// line; empty where it may start anywhere.
    pub quotes_after: &'static str,
    /// What stands behind a key.
    pub key: Option<char>,
    /// What starts a key.
    pub sigils: &'static str,
    /// True where a word may hold dashes and dots.
    pub is_dashed: bool,
    /// True where a line that starts with `[` is a heading.
    pub has_headings: bool,
    /// True where keywords may be written in capitals.
    pub ignores_case: bool,
    /// Separated by blanks.
    pub keywords: &'static str,
    /// Separated by blanks.
    pub constants: &'static str,
}

/// A kind of string.
pub struct Quote {
    /// What starts and ends it.
    pub mark: &'static str,
    /// True where it may reach over several lines.
    pub is_long: bool,
    /// True where a backslash takes the next character's meaning away.
    pub has_escapes: bool,
}

const fn quote(mark: &'static str, is_long: bool, has_escapes: bool) -> Quote {
    Quote { mark, is_long, has_escapes }
}

const DOUBLE: Quote = quote("\"", false, true);
const SINGLE: Quote = quote("'", false, true);

const PLAIN: Language = Language {
    names: &[],
    line_comments: &[],
    block_comment: None,
    quotes: &[DOUBLE, SINGLE],
    quotes_after: "",
    key: None,
    sigils: "",
    is_dashed: false,
    has_headings: false,
    ignores_case: false,
    keywords: "",
    constants: "true false null",
};

const LANGUAGES: &[Language] = &[
    Language {
        names: &["toml"],
        line_comments: &["#"],
        quotes: &[
            quote("\"\"\"", true, true),
            quote("'''", true, false),
            DOUBLE,
            quote("'", false, false),
        ],
        key: Some('='),
        is_dashed: true,
        has_headings: true,
        constants: "true false inf nan",
        ..PLAIN
    },
    Language {
        names: &["json", "jsonc"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        quotes: &[DOUBLE],
        key: Some(':'),
        ..PLAIN
    },
    Language {
        names: &["yaml", "yml"],
        line_comments: &["#"],
        quotes: &[quote("\"", true, true), quote("'", true, false)],
        // An apostrophe in a text without quotes is no quote.
        quotes_after: "\n:-[{,",
        key: Some(':'),
        is_dashed: true,
        ..PLAIN
    },
    Language {
        names: &["sh", "bash", "shell", "zsh", "console"],
        line_comments: &["#"],
        quotes: &[quote("\"", true, true), quote("'", true, false)],
        sigils: "$-",
        is_dashed: true,
        keywords: "if then else elif fi for in do done while until case esac function export return",
        constants: "",
        ..PLAIN
    },
    Language {
        names: &["html", "xml", "svg"],
        block_comment: Some(("<!--", "-->")),
        quotes: &[quote("\"", true, false), quote("'", true, false)],
        quotes_after: "=",
        key: Some('='),
        sigils: "<",
        is_dashed: true,
        constants: "",
        ..PLAIN
    },
    Language {
        names: &["javascript", "js", "typescript", "ts"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        quotes: &[DOUBLE, SINGLE, quote("`", true, true)],
        keywords: "async await break case catch class const continue default delete do else export \
                   extends finally for from function if import in instanceof interface let new of \
                   return static super switch this throw try type typeof var void while yield",
        constants: "true false null undefined NaN",
        ..PLAIN
    },
    Language {
        names: &["python", "py"],
        line_comments: &["#"],
        quotes: &[quote("\"\"\"", true, true), quote("'''", true, true), DOUBLE, SINGLE],
        keywords: "and as assert async await break class continue def del elif else except finally \
                   for from global if import in is lambda nonlocal not or pass raise return try \
                   while with yield",
        constants: "True False None",
        ..PLAIN
    },
    Language {
        names: &["sql"],
        line_comments: &["--"],
        block_comment: Some(("/*", "*/")),
        quotes: &[quote("'", true, false), quote("\"", true, false)],
        ignores_case: true,
        keywords: "all alter and as asc between by case create cross delete desc distinct drop else \
                   end exists from full group having in inner insert into is join left like limit \
                   not offset on or order outer over partition right select set table then union \
                   update using values view when where with",
        ..PLAIN
    },
];

/// The language of a name in small letters.
pub fn find(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.contains(&name))
}
