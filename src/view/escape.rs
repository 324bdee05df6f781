//! Texts of any origin, made safe for the three places in HTML that can contain one.

/// Appends `text` as the content of an element.
pub fn text(html: &mut String, text: &str) {
    escape(html, text, false);
}

/// Appends `text` as an attribute's value between double quotes.
pub fn attribute(html: &mut String, text: &str) {
    escape(html, text, true);
}

/// Appends `url` as the value of `href` or `src` between double quotes: characters that a URL
/// cannot contain are percent-encoded, and existing encodings stay.
pub fn url(html: &mut String, url: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let is_plain = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'#'..=b'%' | b'('..=b'/' | b':' | b';' | b'=' | b'?' | b'@')
            || matches!(byte, b'!' | b'_' | b'~')
    };
    // Most URLs need nothing. Without an early exit, the loop compares many bytes at once.
    if url.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        html.push_str(url);
        return;
    }
    for character in url.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '\'' => html.push_str("&#39;"),
            _ if u8::try_from(character).is_ok_and(is_plain) => html.push(character),
            _ => {
                for byte in character.encode_utf8(&mut [0; 4]).bytes() {
                    html.push('%');
                    html.push(HEX[usize::from(byte >> 4)].into());
                    html.push(HEX[usize::from(byte & 15)].into());
                }
            }
        }
    }
}

/// Whether the scheme of a URL may be in a page, or it has none. The parser has checked the URLs of
/// a document before; this is the last gate, in case of a mistake on the way.
pub fn is_safe_url(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return true };
    if scheme.contains(['/', '?', '#']) {
        return true;
    }
    ["https", "http", "mailto", "tel"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe))
}

fn escape(html: &mut String, text: &str, in_attribute: bool) {
    // Most texts have nothing to escape, and this compares many bytes at once, too.
    let special = |byte: u8| byte < 32 || matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'' | 127);
    if !text.bytes().fold(false, |found, byte| found | special(byte)) {
        html.push_str(text);
        return;
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if in_attribute => "&quot;",
            b'\'' if in_attribute => "&#39;",
            // Control characters are not allowed in HTML at all.
            0..=8 | 11 | 14..=31 | 127 => "\u{FFFD}",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(escaped);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(escape: fn(&mut String, &str), input: &str) -> String {
        let mut html = String::new();
        escape(&mut html, input);
        html
    }

    #[test]
    fn nothing_leaves_its_place() {
        assert_eq!(
            escaped(text, "a<b> & \"c\"\0\u{1b}é"),
            "a&lt;b&gt; &amp; \"c\"\u{FFFD}\u{FFFD}é"
        );
        assert_eq!(escaped(attribute, "\"'><&"), "&quot;&#39;&gt;&lt;&amp;");
        assert_eq!(escaped(url, "a b\"<é>'&%20#é"), "a%20b%22%3C%C3%A9%3E&#39;&amp;%20#%C3%A9");
    }

    #[test]
    fn only_known_schemes_pass() {
        for url in ["", "#a:b", "a.html", "../a/b.html?x=y:z", "HTTPS://x", "mailto:a@b", "//x/y:z"]
        {
            assert!(is_safe_url(url), "{url}");
        }
        for url in
            ["javascript:alert(1)", "JaVaScRiPt:x", " javascript:x", "data:text/html,x", ":x"]
        {
            assert!(!is_safe_url(url), "{url}");
        }
    }
}
