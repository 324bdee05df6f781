//! Comments in values that are not Markdown: titles, summaries, the tooltips of links.

use std::borrow::Cow;

/// The marks that begin and end a comment: Obsidian's form first, then HTML's.
pub const PAIRS: [(&str, &str); 2] = [("%%", "%%"), ("<!--", "-->")];

/// A value without the comments in it. A comment that is never closed hides everything after it.
pub fn without_comments<'t>(value: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let value = value.into();
    if !PAIRS.iter().any(|(open, _)| value.contains(open)) {
        return value;
    }
    let (mut shown, mut rest) = (String::with_capacity(value.len()), &*value);
    loop {
        let opens = PAIRS.iter().filter_map(|(open, close)| Some((rest.find(open)?, open, close)));
        let Some((start, open, close)) = opens.min() else { break };
        shown.push_str(rest[..start].trim_end());
        let inside = &rest[start + open.len()..];
        rest = inside.find(close).map_or("", |end| &inside[end + close.len()..]);
        if shown.is_empty() {
            rest = rest.trim_start();
        }
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn values_lose_their_comments() {
        for (value, shown) in [
            ("46 % of cost", "46 % of cost"),
            ("Bakery %%old%%", "Bakery"),
            ("%%old%% Bakery", "Bakery"),
            ("Corner %%x%% Bakery <!-- %% -->", "Corner Bakery"),
            ("<!-- a %%--> b %% -->", "b"),
            ("a %%b", "a"),
            ("a <!-- b", "a"),
        ] {
            assert_eq!(without_comments(value), shown, "{value}");
        }
    }
}
