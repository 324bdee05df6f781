//! Definitions of keys, which reading, the schema and the documentation follow.

/// The name, the values and the meaning of a key.
#[derive(Debug, PartialEq)]
pub struct Key {
    /// The name.
    pub name: &'static str,
    /// The documents that it is for.
    pub of: Of,
    /// The values that it takes.
    pub shape: Shape,
    /// Its purpose; a sentence.
    pub meaning: &'static str,
    /// The default; empty if there is none.
    pub default: &'static str,
    /// An example in TOML, which a test reads.
    pub example: &'static str,
}

impl Key {
    /// Makes a key without meaning, default and example.
    pub const fn new(of: Of, name: &'static str, shape: Shape) -> Self {
        Self { name, of, shape, meaning: "", default: "", example: "" }
    }

    /// Sets the meaning and an example.
    #[must_use]
    pub const fn means(self, meaning: &'static str, example: &'static str) -> Self {
        Self { meaning, example, ..self }
    }

    /// Sets the words for the default.
    #[must_use]
    pub const fn absent(self, default: &'static str) -> Self {
        Self { default, ..self }
    }
}

/// The documents that a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Canvases only; harmless elsewhere.
    Canvases,
    /// Canvases and ordinary pages; in the configuration the whole handbook, in the file of a kind
    /// the kind.
    All,
}

/// The values that a key takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// A string; a blank one counts as absent.
    Text,
    /// A string that must not be blank.
    Required,
    /// An integer.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A TOML date or a string in its form.
    Date,
    /// A string such as `6 months`.
    Interval,
    /// A BCP 47 language tag.
    Language,
    /// An array of strings.
    Texts,
    /// A string, or an array of strings.
    TextOrTexts,
    /// An array of numbers.
    Numbers,
    /// A table with a string for each language: its keys are BCP 47 tags.
    ByLanguage,
    /// A colour such as `#2465c9`, an array of one for light and one for dark, or one of these words.
    Colors(&'static [&'static str]),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// `true`, `false` or the id of a kind of canvas.
    Kind,
    /// A table of these keys.
    Table(&'static [Key]),
    /// A table with any keys, each a table of these keys.
    Tables(&'static [Key]),
    /// An array of tables of these keys.
    List(&'static [Key]),
    /// A table with a level for each rule.
    Levels,
    /// A table of anything.
    Free,
}

impl Shape {
    /// A description of the values, with an article.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::Required | Self::Interval | Self::Language | Self::OneOf(_) => {
                "a string"
            }
            Self::Integer => "an integer",
            Self::Boolean => "a boolean",
            Self::Date => "a date",
            Self::Texts => "an array of strings",
            Self::TextOrTexts => "a string or an array of strings",
            Self::Numbers => "an array of numbers",
            Self::Colors(_) => "a colour or an array of two",
            Self::Kind => "`true`, `false` or the id of a kind",
            Self::Table(_) | Self::Tables(_) | Self::Levels | Self::ByLanguage | Self::Free => {
                "a table"
            }
            Self::List(_) => "an array of tables",
        }
    }
}
