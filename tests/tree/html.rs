//! Reads HTML as canvasbook writes it: strictly, so that whatever does not fit is an error.

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A start tag with its attributes, decoded, in their order. A value may be left out.
    Start(String, Vec<(String, String)>),
    /// An end tag.
    End(String),
    /// A text, decoded.
    Text(String),
}

/// Elements without an end tag.
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "wbr"];

/// Elements whose content is not HTML.
const RAW: [&str; 2] = ["script", "style"];

/// The pieces of an HTML text.
///
/// # Errors
/// If it cannot be read: a `<` or `&` that is not escaped, an attribute that occurs twice or has no
/// quotes, a tag that does not end.
pub fn pieces(html: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = html.trim_start_matches("<!doctype html>");
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            pieces.push(Piece::Text(decoded(&rest[..end])?));
            rest = &rest[end..];
            continue;
        };
        let wrong =
            |why: &str| Err(format!("{why}: <{}", tag.chars().take(60).collect::<String>()));
        let (tag, is_end) = tag.strip_prefix('/').map_or((tag, false), |tag| (tag, true));
        let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let (name, mut after) = tag.split_at(length);
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return wrong("no tag");
        }
        let mut attributes: Vec<(String, String)> = Vec::new();
        let closes_itself = loop {
            let blanks = after.trim_start();
            if let Some(end) = blanks.strip_prefix('>') {
                after = end;
                break false;
            }
            if let Some(end) = blanks.strip_prefix("/>") {
                after = end;
                break true;
            }
            let end = blanks.find(['=', '>', ' ', '\n', '/', '<', '"', '\'']);
            let Some(end) = end.filter(|end| *end > 0 && blanks.len() < after.len()) else {
                return wrong("no attribute");
            };
            let (attribute, mut next) = blanks.split_at(end);
            let mut value = String::new();
            if let Some(quoted) = next.strip_prefix('=') {
                let quoted = quoted.strip_prefix('"').and_then(|quoted| quoted.split_once('"'));
                let Some((text, end)) = quoted else { return wrong("no quotes") };
                (value, next) = (decoded(text)?, end);
            }
            if attributes.iter().any(|(other, _)| other == attribute) {
                return wrong("an attribute comes twice");
            }
            attributes.push((attribute.to_owned(), value));
            after = next;
        };
        if is_end {
            pieces.push(Piece::End(name.to_owned()));
        } else {
            pieces.push(Piece::Start(name.to_owned(), attributes));
        }
        // As in SVG.
        if closes_itself && !VOID.contains(&name) {
            pieces.push(Piece::End(name.to_owned()));
        }
        if !is_end && RAW.contains(&name) {
            let end = after.find(&format!("</{name}>")).ok_or("a script that does not end")?;
            pieces.push(Piece::Text(after[..end].to_owned()));
            after = &after[end..];
        }
        rest = after;
    }
    Ok(pieces)
}

/// Checks that each start tag has its end tag, in order.
///
/// # Errors
/// The first tag that has none, or an error of [`pieces`].
pub fn balanced(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    for piece in pieces(html)? {
        match piece {
            Piece::Start(name, _) if !VOID.contains(&name.as_str()) => open.push(name),
            Piece::End(name) if open.pop().as_ref() != Some(&name) => {
                return Err(format!("</{name}> closes nothing, within {open:?}"));
            }
            _ => {}
        }
    }
    open.pop().map_or(Ok(()), |name| Err(format!("<{name}> is not closed")))
}

/// A text without its character references.
fn decoded(text: &str) -> Result<String, String> {
    const NAMES: [(&str, &str); 6] =
        [("amp;", "&"), ("gt;", ">"), ("lt;", "<"), ("quot;", "\""), ("#x27;", "'"), ("#39;", "'")];
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let found = NAMES.iter().find_map(|(name, of)| Some((part.strip_prefix(name)?, of)));
        let (rest, of) = found.ok_or_else(|| format!("a bare `&`: {part:?}"))?;
        decoded.push_str(of);
        decoded.push_str(rest);
    }
    Ok(decoded)
}

#[test]
fn html_is_read_strictly() {
    let good = "<!doctype html><a b=\"&lt;>\" c>x &amp; y</a>\n<br><script>a < b</script>";
    assert_eq!(balanced(good), Ok(()));
    let start = Piece::Start("a".into(), vec![("b".into(), "<>".into()), ("c".into(), "".into())]);
    assert_eq!(pieces(good).expect("can be read")[..2], [start, Piece::Text("x & y".into())]);
    assert_eq!(balanced("<svg><path d=\"M0 0\"/><a><rect /></a></svg>"), Ok(()));
    for bad in [
        "<p>",
        "</p>",
        "<i><b></i></b>",
        "a < b",
        "a & b",
        "<a b='c'></a>",
        "<a b=\"c\" b></a>",
        "<a b=\"c\"d></a>",
        "<a",
        "<script>",
        "<SCRIPT></SCRIPT>",
        "<!-- -->",
    ] {
        assert!(balanced(bad).is_err(), "{bad}");
    }
}
