//! A page on its way into the file: ids, links and pictures.
//!
//! Ids and links are written by templates, which may be anybody's, as much as by views. So the page is
//! read after it was rendered, tag by tag like in a browser, and only tags that need it are changed.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use percent_encoding::percent_decode_str;

use super::{File, Piece};
use crate::canvas::{LinkTarget, url_target};
use crate::compile::Output;
use crate::handbook::join;
use crate::view::edition::site_file;
use crate::view::escape;
use crate::view::url::{SitePath, push_fragment};

/// The attributes whose values are ids of the page, separated by blanks.
const NAMES_IDS: [&str; 10] = [
    "aria-controls",
    "aria-describedby",
    "aria-details",
    "aria-labelledby",
    "aria-owns",
    "for",
    "headers",
    "id",
    "list",
    "popovertarget",
];

/// The content of a page, as a part of the file.
pub(super) struct Shown {
    pub pieces: Pieces,
    /// The theme's files that it loads, in order.
    pub styles: Vec<SitePath>,
    /// The scripts that it loads, in order, each with its attributes as written.
    pub scripts: Vec<(SitePath, String)>,
}

/// Pieces of the file, in order.
#[derive(Default)]
pub(super) struct Pieces(pub Vec<Piece>);

impl Pieces {
    pub(super) fn push(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    pub(super) fn append(&mut self, pieces: Self) {
        for piece in pieces.0 {
            match piece {
                Piece::Text(text) => self.push(&text),
                other => self.0.push(other),
            }
        }
    }
}

/// The tags of a page and the text between them, each with its source.
pub(super) fn tokens(html: &str) -> Vec<(Token<usize>, &str)> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter).map(|Ok(token)| token);
    let mut behind = 0;
    let mut written = Vec::new();
    for token in tokens {
        let end = match &token {
            Token::StartTag(tag) => tag.span.end,
            Token::EndTag(tag) => tag.span.end,
            Token::String(text) => text.span.end,
            Token::Comment(text) => text.span.end,
            Token::Doctype(doctype) => doctype.span.end,
            Token::Error(_) => continue,
        };
        let end = end.max(behind);
        written.push((token, html.get(behind..end).unwrap_or_default()));
        behind = end;
    }
    written
}

/// The value of an attribute.
pub(super) fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

/// The attributes of a script's tag that it may read after it was written into the file.
fn script_attributes(tag: &StartTag<usize>) -> String {
    let mut attributes = Pieces::default();
    for (key, value) in tag.attributes.iter().filter(|(key, _)| key.starts_with(b"data-")) {
        let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(&value.value));
        push(&mut attributes, &key, &value);
    }
    let text = attributes.0.into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::File(_) | Piece::Asset(_) => String::new(),
    });
    text.collect()
}

/// The content of a page, its `<main>`, as a part of the file.
pub(super) fn shown(file: &File<'_>, path: &SitePath, html: &str) -> Shown {
    let mut shown = Shown { pieces: Pieces::default(), styles: Vec::new(), scripts: Vec::new() };
    let (mut lang, mut dir) = (None, None);
    let mut is_shown = false;
    for (token, written) in tokens(html) {
        match &token {
            Token::StartTag(tag) => match &**tag.name {
                b"html" => (lang, dir) = (attribute(tag, "lang"), attribute(tag, "dir")),
                b"main" => {
                    is_shown = true;
                    // Themes style elements by their classes.
                    let class = attribute(tag, "class").unwrap_or_default();
                    let class = format!("part {class}");
                    // A page without a direction of its own must not inherit that of the file.
                    let dir = dir.take().unwrap_or_else(|| "ltr".to_owned());
                    let mut html = String::from("<div id=\"");
                    escape::attribute(&mut html, path.as_str());
                    let given = [Some(("class", class)), Some(("dir", dir))];
                    let lang = lang.take().map(|lang| ("lang", lang));
                    for (name, value) in given.into_iter().chain([lang]).flatten() {
                        html.push_str(&format!("\" {name}=\""));
                        escape::attribute(&mut html, &value);
                    }
                    html.push_str("\">");
                    shown.pieces.push(&html);
                }
                _ if is_shown => tag_of_page(file, (path, true), tag, written, &mut shown.pieces),
                _ => {
                    let of_theme = |url: Option<String>| site_path(path, &url?);
                    match &**tag.name {
                        b"link" if attribute(tag, "rel").as_deref() == Some("stylesheet") => {
                            shown.styles.extend(of_theme(attribute(tag, "href")));
                        }
                        b"script" => {
                            let path = of_theme(attribute(tag, "src"));
                            shown.scripts.extend(path.map(|path| (path, script_attributes(tag))));
                        }
                        _ => {}
                    }
                }
            },
            Token::EndTag(tag) if &**tag.name == b"main" => {
                shown.pieces.push("</div>\n");
                is_shown = false;
            }
            _ if is_shown => shown.pieces.push(written),
            _ => {}
        }
    }
    shown
}

/// Writes a tag of a page; `is_own` is whether it belongs to the content rather than the frame.
pub(super) fn tag_of_page(
    file: &File<'_>,
    (path, is_own): (&SitePath, bool),
    tag: &StartTag<usize>,
    written: &str,
    pieces: &mut Pieces,
) {
    let name = String::from_utf8_lossy(&tag.name);
    let is_script = name == "script" || name == "form";
    let needs = |attribute: &str| {
        matches!(attribute, "href" | "src" | "srcset" | "loading")
            || is_own && NAMES_IDS.contains(&attribute)
            || !is_own && file.has_several() && attribute == "aria-current"
    };
    let names = || tag.attributes.keys().map(|name| String::from_utf8_lossy(name));
    if !is_script && !names().any(|name| needs(&name)) {
        return pieces.push(written);
    }
    pieces.push(&format!("<{name}"));
    let url = attribute(tag, "href").map(|url| lead(file, path, is_own, &url));
    let leads_nowhere = url == Some(None);
    for (key, value) in &tag.attributes {
        let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(&value.value));
        match &*key {
            "href" => match &url {
                Some(Some(url)) => push(pieces, "href", url),
                _ => push(pieces, "title", file.words.get("not_in_file")),
            },
            "src" => data(file, path, ("src", &value), pieces),
            // A picture that is not loaded when a page is printed would be missing on paper.
            "srcset" | "loading" => {}
            // No form leads out of the file.
            "action" => {}
            // They describe a link, which this is no longer.
            "title" | "aria-label" | "rel" if leads_nowhere => {}
            "aria-current" if needs("aria-current") => {}
            key if is_own && NAMES_IDS.contains(&key) => {
                let ids = value.split_whitespace().map(|id| id_in_file(path, id));
                push(pieces, key, &ids.collect::<Vec<_>>().join(" "));
            }
            key => push(pieces, key, &value),
        }
    }
    pieces.push(if tag.self_closing { "/>" } else { ">" });
}

pub(super) fn push(pieces: &mut Pieces, name: &str, value: &str) {
    let mut html = format!(" {name}=\"");
    escape::attribute(&mut html, value);
    html.push('"');
    pieces.push(&html);
}

/// The id in the file for an id of a page. No path of a page has a colon.
pub(super) fn id_in_file(path: &SitePath, id: &str) -> String {
    format!("{}:{id}", path.as_str())
}

/// The link to a page in the file, or to an id in it.
pub(super) fn in_file(path: &SitePath, fragment: Option<&str>) -> String {
    let mut url = String::new();
    push_fragment(&mut url, path.as_str());
    if let Some(fragment) = fragment {
        url.push(':');
        url.push_str(fragment);
    }
    url
}

/// The target of a page's link in the file, or on the web; `None` if it has none.
fn lead(file: &File<'_>, path: &SitePath, is_own: bool, url: &str) -> Option<String> {
    let (address, fragment) = match url.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (url, None),
    };
    // The ids of the frame occur once, and are not changed.
    if address.is_empty() && !is_own && fragment.is_some_and(|id| file.frame_ids.contains(id)) {
        return Some(url.to_owned());
    }
    let to = match address {
        "" => path.clone(),
        address => match url_target(address) {
            LinkTarget::External(_) | LinkTarget::Unsafe(_) => return Some(url.to_owned()),
            _ => site_path(path, address)?,
        },
    };
    if file.held.contains(&to) {
        return Some(in_file(&to, fragment));
    }
    let base = file.compiled.handbook().config.base_url.as_deref()?;
    let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
    Some(to.below(base) + &fragment)
}

/// The path of the site that a relative URL leads to.
pub(super) fn site_path(from: &SitePath, url: &str) -> Option<SitePath> {
    let path = url.split(['#', '?']).next().unwrap_or(url);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let joined = join(from.folder(), &path)?;
    let slash = if path.ends_with('/') && !joined.is_empty() { "/" } else { "" };
    Some(SitePath::new(&site_file(&format!("{joined}{slash}"))))
}

/// Writes the attribute that refers to a picture with the picture itself. A picture from elsewhere is not
/// in the file, so that a browser shows its alternative text.
pub(super) fn data(
    file: &File<'_>,
    path: &SitePath,
    (name, url): (&str, &str),
    pieces: &mut Pieces,
) {
    let is_elsewhere = matches!(url_target(url), LinkTarget::External(_) | LinkTarget::Unsafe(_));
    if is_elsewhere {
        if url.starts_with("data:") {
            push(pieces, name, url);
        }
        return;
    }
    let Some(path) = site_path(path, url) else { return };
    let piece = match file.compiled.site.get(&path) {
        Some(Output::File(source)) => Piece::File(source.clone()),
        Some(Output::Asset(asset)) => Piece::Asset(asset.clone()),
        _ => return,
    };
    pieces.push(&format!(" {name}=\""));
    pieces.0.push(piece);
    pieces.push("\"");
}
