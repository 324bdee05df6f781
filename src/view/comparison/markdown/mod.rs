//! A comparison as Markdown, made for a comment on a pull request or a merge request.
//!
//! 1. A sentence on how much differs, and whether it passes a gate.
//! 2. Each canvas on the poster of its kind ([`poster`]).
//! 3. The effects, the worst first, and whom to ask ([`impact`]).
//! 4. Each change, the gravest first, few of them open ([`changes`]).
//!
//! A host limits the number of bytes of a comment, so each part has a share of them ([`Comment::room`]). What does
//! not fit is counted, and the comment says where the whole comparison is. Hosts keep a handful of elements and
//! hardly any attribute, so only these are used.

mod changes;
mod escaped;
mod impact;
mod poster;

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::{Handbooks, counted, draw, title};
use crate::comparison::{Compared, Comparison, Level, Outcome};
use crate::view::words::Words;
use escaped::escaped;

/// How many bytes a comment has at most. GitHub takes 65,536 characters.
pub const MOST_BYTES: usize = 60_000;

/// The number of bytes reserved for the last line.
const LAST_LINE: usize = 3_000;

/// The number of bytes for the posters.
const POSTERS: usize = 22_000;

/// How many reasons for accepting changes are shown.
const MOST_REASONS: usize = 5;

/// How many characters of a sentence are shown.
const SENTENCE: usize = 300;

/// An invisible line by which a workflow finds the comment that it wrote before.
const MARKER: &str = "<!-- canvasbook diff -->";

/// The markup of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The elements that GitHub and GitLab keep.
    Html,
    /// No elements, for hosts that show none.
    Plain,
}

/// A reason to accept a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The commit with the reason, by the first digits of its id.
    pub commit: String,
    /// The reason.
    pub reason: String,
}

/// The parts of a comment besides the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'f> {
    /// Its markup.
    pub style: Style,
    /// The level from which on changes must be accepted.
    pub gate: Option<Level>,
    /// The reasons for accepting them.
    pub accepted: &'f [Accepted],
    /// The place of the whole comparison: an address, or the name of a file.
    pub whole: Option<&'f str>,
}

/// Writes a comparison as a comment.
pub fn write(
    handbooks: Handbooks<'_>,
    comparison: &Comparison,
    words: &Words,
    frame: Frame<'_>,
) -> String {
    let mut comment =
        Comment { handbooks, comparison, words, frame, text: String::new(), left_out: 0 };
    comment.head();
    if !comparison.is_empty() {
        comment.posters();
    }
    comment.impact();
    comment.changes();
    comment.last_line();
    comment.text
}

/// A comment while it is written.
struct Comment<'c> {
    handbooks: Handbooks<'c>,
    comparison: &'c Comparison,
    words: &'c Words,
    frame: Frame<'c>,
    text: String,
    /// How many things were left out for lack of room.
    left_out: usize,
}

impl Comment<'_> {
    /// A word or a sentence of the interface, which a theme may have written.
    fn word(&self, key: &str) -> String {
        escaped(self.words.get(key), SENTENCE)
    }

    fn counted(&self, key: &str, n: usize) -> String {
        escaped(&self.words.counted(key, n), SENTENCE)
    }

    fn is_plain(&self) -> bool {
        self.frame.style == Style::Plain
    }

    /// A text that is emphasised.
    fn bold(&self, text: &str) -> String {
        if self.is_plain() { text.to_owned() } else { format!("<b>{text}</b>") }
    }

    /// The subject of a text, next to it.
    fn aside(&self, text: &str) -> String {
        match text.is_empty() {
            true => String::new(),
            false if self.is_plain() => format!(" ({text})"),
            false => format!(" <sub>{text}</sub>"),
        }
    }

    /// A sign at the beginning of a line, where `+` alone would begin a list.
    fn sign(&self, sign: &str) -> String {
        let sign = sign.replace('+', "&#43;");
        if self.is_plain() { sign } else { format!("<kbd>{sign}</kbd>") }
    }

    /// How many bytes are left for a part with this share.
    fn room(&self, share: usize) -> usize {
        share.min((MOST_BYTES - LAST_LINE).saturating_sub(self.text.len()))
    }

    /// Writes as many items as there is room for: some of them open, the others folded.
    fn list(&mut self, items: Vec<String>, open: usize, room: usize) {
        /// The number of bytes of the markup that folds the items.
        const FOLD: usize = 400;
        let mut room = room.saturating_sub(FOLD);
        let all = items.len();
        let mut fits = |item: &String| {
            let is_fit = item.len() + 3 <= room;
            room -= if is_fit { item.len() + 3 } else { 0 };
            is_fit
        };
        let items: Vec<String> = items.into_iter().filter(|item| fits(item)).collect();
        self.left_out += all - items.len();
        let (open, folded) = items.split_at(open.min(items.len()));
        for item in open {
            let _ = writeln!(self.text, "- {item}");
        }
        if folded.is_empty() {
            self.text.push('\n');
            return;
        }
        let more = self.counted("more_entries", folded.len());
        if !self.is_plain() {
            let _ = write!(self.text, "\n<details><summary>{more}</summary>\n\n");
        }
        for item in folded {
            let _ = writeln!(self.text, "- {item}");
        }
        self.text.push_str(if self.is_plain() { "\n" } else { "\n</details>\n\n" });
    }

    /// The subject of the comment, how much differs, and whether that passes.
    fn head(&mut self) {
        let (words, comparison) = (self.words, self.comparison);
        if !self.is_plain() {
            let _ = write!(self.text, "{MARKER}\n\n");
        }
        let heading = match &comparison.canvases[..] {
            [one] => self.title(one),
            _ => self.word("diff_changes"),
        };
        let _ = write!(self.text, "## {heading}\n\n");
        let level = comparison.level();
        let Some(level) = level else {
            let _ = write!(self.text, "{}\n\n", self.word("diff_none"));
            return;
        };
        let counts = counted(&comparison.canvases, words).join(", ");
        let canvases = words.counted("comment_canvases", comparison.canvases.len());
        let canvases = escaped(&canvases.replace("{list}", &counts), SENTENCE);
        let highest = words.get("comment_level");
        let highest = highest.replace("{level}", words.get(&format!("level_{level}")));
        let _ = write!(self.text, "{canvases} {}\n\n", escaped(&highest, SENTENCE));
        self.gate(level);
    }

    /// Whether a level passes the gate.
    fn gate(&mut self, level: Level) {
        let Frame { gate, accepted, .. } = self.frame;
        let is_reached = gate.is_some_and(|gate| level >= gate);
        if is_reached && accepted.is_empty() {
            let closed = self.bold(&self.word("comment_closed"));
            let _ = write!(self.text, "{closed}\n\n");
        }
        if gate.is_some() && !is_reached || accepted.is_empty() {
            return;
        }
        let _ = write!(self.text, "{}\n\n", self.bold(&self.word("comment_accepted")));
        for Accepted { commit, reason } in accepted.iter().take(MOST_REASONS) {
            let (reason, commit) = (escaped(reason, SENTENCE), escaped(commit, 40));
            let _ = writeln!(self.text, "- {}{}", self.bold(&reason), self.aside(&commit));
        }
        if let Some(more) = accepted.len().checked_sub(MOST_REASONS).filter(|more| *more > 0) {
            let _ = writeln!(self.text, "- {}", self.counted("more_entries", more));
        }
        self.text.push('\n');
    }

    /// The title of a canvas, with the other one if they differ.
    fn title(&self, compared: &Compared) -> String {
        let titles = self.handbooks.entries(compared);
        let titles = titles.map(|entry| entry.map(|entry| entry.document.title.clone()));
        escaped(&title(titles, self.words), 120)
    }

    /// The canvases on their posters: the one with the gravest change open, the others folded.
    fn posters(&mut self) {
        let (words, style) = (self.words, self.frame.style);
        let comparison = self.comparison;
        let mut canvases: Vec<&Compared> = comparison.canvases.iter().collect();
        let level = |compared: &&Compared| {
            comparison.changes_of(compared).iter().map(|change| change.level).max()
        };
        canvases.sort_by_key(|compared| Reverse(level(compared)));
        let mut room = self.room(POSTERS);
        let mut attributions: Vec<String> = Vec::new();
        let start = self.text.len();
        for (at, compared) in canvases.into_iter().enumerate() {
            let Some(drawn) = draw(self.handbooks, compared) else { continue };
            // Changes outside of blocks are all in the list below.
            if compared.pairs.iter().all(|pair| pair.outcome == Outcome::Same) {
                continue;
            }
            let title = self.title(compared);
            let counts = escaped(&counted([compared], words).join(", "), SENTENCE);
            let drawing = poster::draw(&drawn, words, style);
            let poster = match at {
                0 if comparison.canvases.len() == 1 => format!("{drawing}\n"),
                0 => format!("{}: {counts}\n\n{drawing}\n", self.bold(&title)),
                _ if self.is_plain() => format!("{title}: {counts}\n\n{drawing}\n"),
                _ => format!(
                    "<details><summary><b>{title}</b>: {counts}</summary>\n\n{drawing}\n</details>\n\n"
                ),
            };
            if poster.len() > room {
                self.left_out += 1;
                continue;
            }
            room -= poster.len();
            self.text.push_str(&poster);
            let attribution = poster::attribution(drawn.kind, words, style);
            if !attribution.is_empty() && !attributions.contains(&attribution) {
                attributions.push(attribution);
            }
        }
        if self.text.len() == start {
            return;
        }
        let signs = [("+", "added"), ("−", "removed"), ("~", "changed"), ("→", "moved")];
        let signs = signs.map(|(sign, outcome)| {
            format!("{} {}", self.sign(sign), self.word(&format!("outcome_{outcome}")))
        });
        let legend = [signs.join(" · ")].into_iter().chain(attributions);
        let legend: Vec<String> = legend.take(4).collect();
        let legend = legend.join(" · ");
        let _ = match style {
            Style::Html => write!(self.text, "<sub>{legend}</sub>\n\n"),
            Style::Plain => write!(self.text, "{legend}\n\n"),
        };
    }

    /// How much was left out, and where the whole comparison is.
    fn last_line(&mut self) {
        if self.left_out > 0 {
            let _ = write!(self.text, "{}\n\n", self.counted("comment_left_out", self.left_out));
        }
        if let Some(whole) = self.frame.whole {
            let shown = escaped(whole, 200);
            let is_plain_url = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#=&%+,;@".contains(c);
            let is_address = whole.starts_with("https://") || whole.starts_with("http://");
            let link = match self.frame.style {
                Style::Html
                    if is_address && whole.len() <= 1_000 && whole.chars().all(is_plain_url) =>
                {
                    let url = whole.replace('&', "&amp;");
                    format!("<a href=\"{url}\">{shown}</a>")
                }
                _ => shown,
            };
            let text = self.word("comment_whole").replace("&#123;whole&#125;", &link);
            let _ = write!(self.text, "{text}\n\n");
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
    }
}
