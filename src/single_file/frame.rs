//! The frame of the file: that of its first page, with styles, scripts, contents and all parts in it.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use html5gum::{StartTag, Token};
use sha2::{Digest as _, Sha256};

use super::rewrite::{self, Pieces, Shown, attribute, push, tag_of_page, tokens};
use super::{File, Page, Piece, search};
use crate::compact;
use crate::view::escape;
use crate::view::url::SitePath;
use crate::view::{canvas, home, page};

/// The styles of the file besides those of the theme.
const STYLES: &str = include_str!("file.css");

/// The ids of a page outside of its content.
pub(super) fn ids(html: &str) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut is_around = true;
    for (token, _) in tokens(html) {
        match token {
            Token::StartTag(tag) => {
                let id = attribute(&tag, "id").filter(|_| is_around);
                ids.extend(id);
                is_around &= &**tag.name != b"main";
            }
            Token::EndTag(tag) if &**tag.name == b"main" => is_around = true,
            _ => {}
        }
    }
    ids
}

/// The whole file, with the frame of its first page, which is at `path`.
pub(super) fn write(
    file: &File<'_>,
    path: &SitePath,
    pages: &[Page],
    first: &str,
    parts: Vec<Shown>,
) -> Vec<Piece> {
    let mut frame = Frame {
        file,
        path,
        styles: texts(
            file,
            parts.iter().flat_map(|part| &part.styles).chain(&search::styles(file)),
        ),
        scripts: scripts(file, &parts),
        has_styles: false,
        pieces: Pieces::default(),
    };
    frame.styles.push_str(&compact::css(STYLES));
    let mut parts = Some(parts);
    let mut is_around = true;
    // A form leads to a page of the site, e.g. that of the search.
    let mut is_form = false;
    for (token, written) in tokens(first) {
        match &token {
            Token::StartTag(tag)
                if &**tag.name == b"form" && !(file.has_search && searches(tag)) =>
            {
                is_form = true;
            }
            Token::EndTag(tag) if &**tag.name == b"form" => is_form = false,
            _ if is_form => {}
            Token::StartTag(tag) if &**tag.name == b"main" => {
                let class = if file.has_several() { "several" } else { "alone" };
                frame.pieces.push(&format!("<main id=\"_main\" class=\"{class}\">\n"));
                frame.contents(pages);
                for part in parts.take().into_iter().flatten() {
                    frame.pieces.append(part.pieces);
                }
                is_around = false;
            }
            Token::EndTag(tag) if &**tag.name == b"main" => {
                frame.pieces.push(written);
                is_around = true;
            }
            _ if !is_around => {}
            Token::StartTag(tag) => frame.tag(tag, written),
            Token::EndTag(tag) => frame.end_tag(&tag.name, written),
            _ => frame.pieces.push(written),
        }
    }
    frame.pieces.0
}

/// The texts of files of the theme, one after the other, each once.
fn texts<'p>(file: &File<'_>, paths: impl Iterator<Item = &'p SitePath>) -> String {
    let mut seen = BTreeSet::new();
    let mut all = String::new();
    for path in paths.filter(|path| seen.insert(*path)) {
        all.push_str(&text(file, path));
        all.push('\n');
    }
    all
}

/// The text of a file of the theme, as the content of an element.
pub(super) fn text(file: &File<'_>, path: &SitePath) -> String {
    let text = String::from_utf8_lossy(file.asset(path).unwrap_or_default());
    // Neither styles nor scripts need it, and it would end the element that contains them.
    text.replace("</", "<\\/")
}

/// Whether a form opens the search.
fn searches(form: &StartTag<usize>) -> bool {
    attribute(form, "class")
        .is_some_and(|class| class.split_whitespace().any(|name| name == "search"))
}

/// The scripts that all parts load, and that of the search. Scripts that only some pages load would act on
/// the others too.
fn scripts(file: &File<'_>, parts: &[Shown]) -> Vec<(String, String)> {
    let [first, others @ ..] = parts else { return Vec::new() };
    let is_everywhere = |(path, _): &&(SitePath, String)| {
        others.iter().all(|part| part.scripts.iter().any(|(other, _)| other == path))
    };
    let scripts = first.scripts.iter().filter(is_everywhere);
    let scripts = scripts.map(|(path, attributes)| (text(file, path), attributes.clone()));
    scripts.chain(search::script(file).map(|script| (script, String::new()))).collect()
}

/// The frame while it is written.
struct Frame<'f> {
    file: &'f File<'f>,
    path: &'f SitePath,
    styles: String,
    /// The text of each script, with its attributes.
    scripts: Vec<(String, String)>,
    has_styles: bool,
    pieces: Pieces,
}

impl Frame<'_> {
    fn tag(&mut self, tag: &StartTag<usize>, written: &str) {
        match &**tag.name {
            b"link" => {
                if attribute(tag, "rel").as_deref() == Some("icon") {
                    self.icon(tag);
                }
            }
            // Its script is at the end of the file.
            b"script" => {}
            _ => tag_of_page(self.file, (self.path, false), tag, written, &mut self.pieces),
        }
    }

    fn end_tag(&mut self, name: &[u8], written: &str) {
        match name {
            b"script" => return,
            b"head" => self.head(),
            b"body" => {
                for (script, attributes) in &self.scripts {
                    self.pieces.push(&format!("<script{attributes}>{script}</script>\n"));
                }
            }
            _ => {}
        }
        self.pieces.push(written);
    }

    fn icon(&mut self, tag: &StartTag<usize>) {
        let Some(url) = attribute(tag, "href") else { return };
        self.pieces.push("<link rel=\"icon\"");
        rewrite::data(self.file, self.path, ("href", &url), &mut self.pieces);
        self.pieces.push(">");
    }

    /// Writes the styles, and the policy, which permits only scripts and styles that are in the file.
    fn head(&mut self) {
        if std::mem::replace(&mut self.has_styles, true) {
            return;
        }
        let hash =
            |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
        let styles = hash(&self.styles);
        let scripts: Vec<String> = self.scripts.iter().map(|(script, _)| hash(script)).collect();
        let scripts = if scripts.is_empty() { "'none'".to_owned() } else { scripts.join(" ") };
        let policy = format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src {styles}; script-src {scripts}; img-src data:; \
             base-uri 'none'; form-action 'none'\">\n"
        );
        self.pieces.push(&policy);
        let styles = format!("<style>{}</style>\n", self.styles);
        self.pieces.push(&styles);
    }

    /// Writes the contents of a file with several pages: those of documents, and the first page of
    /// each list.
    fn contents(&mut self, pages: &[Page]) {
        if !self.file.has_several() {
            return;
        }
        let words = self.file.words;
        let groups = [("canvases", canvas::PAGE.id), ("pages", page::PAGE.id)];
        let mut listed: [Vec<&Page>; 3] = Default::default();
        for page in pages {
            let id = page.key.kind().id;
            let is_first = page.path.as_str().ends_with("index.html");
            match groups.iter().position(|(_, of)| *of == id) {
                Some(group) => listed[group].push(page),
                None if id == page::SECTION.id => listed[1].push(page),
                None if is_first && id != home::PAGE.id => listed[2].push(page),
                None => {}
            }
        }
        let mut html =
            String::from("<nav class=\"held\" aria-labelledby=\"_held\">\n<h2 id=\"_held\">");
        escape::text(&mut html, words.get("held"));
        html.push_str("</h2>\n");
        for (group, pages) in ["canvases", "pages", "indexes"].into_iter().zip(listed) {
            if pages.is_empty() {
                continue;
            }
            html.push_str("<h3>");
            escape::text(&mut html, words.get(group));
            html.push_str("</h3>\n<ul>\n");
            for page in pages {
                html.push_str("<li><a");
                self.pieces.push(&std::mem::take(&mut html));
                let url = rewrite::in_file(&page.path, None);
                push(&mut self.pieces, "href", &url);
                html.push('>');
                escape::text(&mut html, &self.file.compiled.title(page.key));
                html.push_str("</a></li>\n");
            }
            html.push_str("</ul>\n");
        }
        html.push_str("</nav>\n");
        self.pieces.push(&html);
    }
}
