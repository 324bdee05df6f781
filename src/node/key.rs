//! Definitions of keys: what reading, the schema and the documentation follow.

/// What a key is called, takes and means.
#[derive(Debug, PartialEq)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Which documents it is for.
    pub of: Of,
    /// What it takes.
    pub shape: Shape,
    /// What it is for; a sentence.
    pub meaning: &'static str,
    /// What counts where it is absent; empty where nothing does.
    pub default: &'static str,
    /// How it is written in TOML; a test reads it.
    pub example: &'static str,
}

impl Key {
    /// A key without meaning, default and example.
    pub const fn new(of: Of, name: &'static str, shape: Shape) -> Self {
        Self { name, of, shape, meaning: "", default: "", example: "" }
    }

    /// The same with its meaning and an example.
    #[must_use]
    pub const fn means(self, meaning: &'static str, example: &'static str) -> Self {
        Self { meaning, example, ..self }
    }

    /// The same with words for what counts where it is absent.
    #[must_use]
    pub const fn absent(self, default: &'static str) -> Self {
        Self { default, ..self }
    }
}

/// Which documents a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Canvases only; harmless elsewhere.
    Canvases,
    /// Canvases and ordinary pages; in the configuration the whole handbook, in the file of a kind
    /// the kind.
    All,
}

/// What a key takes.
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
    /// What it takes, with its article.
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
