//! Random edits of a handbook: texts, front matter, names, folders, files, settings.

use std::fmt::Write as _;

use canvasbook::compile::Inputs;
use canvasbook::source::{Source, SourcePath};

use crate::numbers::Numbers;

impl Numbers {
    fn one<'c>(&mut self, of: &[&'c str]) -> &'c str {
        of[self.below(of.len())]
    }

    /// Whether a random event with a chance of one in `times` occurs.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }
}

/// The paths of documents that may exist.
pub const PATHS: [&str; 22] = [
    "content/404.md",
    "content/branches/a.md",
    "content/branches/b.md",
    "content/branches/c.md",
    "content/branches/d.md",
    "content/branches/e.md",
    "content/branches/f.md",
    "content/branches/g.md",
    "content/branches/h.md",
    "content/branches/i.md",
    "content/branches/README.md",
    "content/departments/production.md",
    "content/tags/index.md",
    "content/index.md",
    "content/bakery.md",
    "content/mill.md",
    "content/about.md",
    "content/retail/index.md",
    "content/retail/README.md",
    "content/retail/shop.md",
    "content/retail/mill.md",
    "content/retail/bar/oven.md",
];
/// Some titles are also the names of files, and two are equal as slugs.
const TITLES: [&str; 6] = ["Bakery", "mill", "The Mill", "Corner", "corner!", "Night Shop"];
const NAMES: [&str; 6] = ["Warm bread", "Flour", "warm-bread", "Neighbours", "Mill", "Night shift"];
const DEPARTMENTS: [&str; 6] =
    ["Production", "Prodution", "Sales", "Night Kitchen", "Nigth Kitchen", "Produktion"];
const OWNERS: [&str; 4] = ["Head Baker", "head baker", "Miller", "Head of Sales"];

/// A line of front matter.
fn setting(numbers: &mut Numbers) -> String {
    match numbers.below(17) {
        16 => {
            let key = numbers.one(&["based_on", "compare_with"]);
            format!(
                "{key} = \"{}\"",
                numbers.one(&["mill.md", "bakery.md", "about", "../mill", "a.md"])
            )
        }
        15 => {
            let path = numbers.one(&["mill.md", "bakery.md", "about", "../mill", "a.md"]);
            let lang = numbers.one(&["de", "fr", "ar"]);
            format!("lang = \"{lang}\"\ntranslation_of = \"{path}\"")
        }
        13 => format!("reviewed = 2026-{:02}-01", 1 + numbers.below(12)),
        // It is due on the newest day of all documents.
        14 => format!("reviewed = 2026-03-01\nreview_every = \"{} months\"", 1 + numbers.below(6)),
        12 => format!("canvas = {}", numbers.one(&["false", "\"lean\"", "\"board\"", "\"plan\""])),
        11 => {
            let (department, owner) = (numbers.one(&DEPARTMENTS), numbers.one(&OWNERS));
            format!("departments = {{ \"{department}\" = {{ owner = \"{owner}\" }} }}")
        }
        0 | 1 => format!("title = \"{}\"", numbers.one(&TITLES)),
        2 => format!("weight = {}", numbers.below(4)),
        3 => format!("lang = \"{}\"", numbers.one(&["de", "en", "ar"])),
        4 => format!("tags = [\"{}\", \"{}\"]", numbers.one(&NAMES), numbers.one(&OWNERS)),
        5 => format!("stage = \"{}\"", numbers.one(&["grow", "idea", "wind-down", "nonsense"])),
        6 => format!("owner = \"{}\"", numbers.one(&OWNERS)),
        7 => "draft = true".to_owned(),
        8 => format!("aliases = [\"old-{}.html\"]", numbers.below(3)),
        9 => format!("category = \"{}\"", numbers.one(&["production", "platform"])),
        _ => {
            let rules = ["missing-block", "empty-block", "no-such-rule", "repeated-element"];
            let (rule, name) = (numbers.one(&rules), numbers.one(&NAMES));
            let element = match numbers.once_in(2) {
                true => format!("element = \"{name}\", "),
                false => String::new(),
            };
            format!("waive = [{{ rule = \"{rule}\", {element}reason = \"known\" }}]")
        }
    }
}

fn link(numbers: &mut Numbers) -> String {
    let name = numbers.one(&NAMES);
    let slug = name.to_lowercase().replace(' ', "-");
    match numbers.below(9) {
        0 | 1 => format!("[it](#{slug})"),
        2 => format!("[[#{name}]]"),
        3 => format!("[[{}#{name}]]", numbers.one(&TITLES)),
        4 => format!("[[{}]]", numbers.one(&TITLES)),
        5 => format!("[there]({}#{slug})", numbers.one(&["mill.md", "../mill.md", "bakery.md"])),
        6 => format!("[up]({})", numbers.one(&["retail", "retail/", "../index.md", "plan.pdf"])),
        7 => format!("[page](/{})", numbers.one(&["mill.html", "retail/", "tags/flour.html"])),
        _ => format!("[[{}#{}]]", numbers.one(&["mill", "shop"]), numbers.one(&DEPARTMENTS)),
    }
}

/// A line of a body.
fn line(numbers: &mut Numbers) -> String {
    let name = numbers.one(&NAMES);
    match numbers.below(12) {
        0 => format!("# {}", numbers.one(&TITLES)),
        1 => format!("## {}", numbers.one(&["Key Activities", "Channels", "Chanels", "Notes"])),
        2 => format!("## {}", numbers.one(&["Value Propositions", "Customer Segments"])),
        3 => format!("### {}", numbers.one(&DEPARTMENTS)),
        4 => format!(
            "### {} {{category=production owner=\"{}\"}}",
            numbers.one(&DEPARTMENTS),
            numbers.one(&OWNERS)
        ),
        5 => format!("- **{name}** {{with=\"{}\"}} — {}", numbers.one(&DEPARTMENTS), link(numbers)),
        6 => format!("- **{name}** {{#{}}} — {}", numbers.one(&["flour", "own"]), link(numbers)),
        7 => format!("- **{name}** {{owner=\"{}\"}}", numbers.one(&OWNERS)),
        8 | 9 => format!("- **{name}** — {}", link(numbers)),
        10 => format!("\nSee {} and {}.\n", link(numbers), link(numbers)),
        _ => format!("- {} % of {}", numbers.below(100), link(numbers)),
    }
}

/// A document with anything in it.
pub fn document(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if !numbers.once_in(4) {
        let settings: Vec<String> = (0..numbers.below(4)).map(|_| setting(numbers)).collect();
        let _ = write!(text, "+++\n{}\n+++\n\n", settings.join("\n"));
    }
    if !numbers.once_in(4) {
        text.push_str("## Value Propositions\n\n- **Warm bread** — for [them](#neighbours).\n\n");
        text.push_str("## Customer Segments\n\n- **Neighbours** — on foot.\n\n");
        text.push_str("## Key Activities\n\n### Production\n\n- **Flour** — [it](#warm-bread)\n\n");
    }
    for _ in 0..numbers.below(8) {
        text.push_str(&line(numbers));
        text.push('\n');
    }
    text
}

/// The text with a line added, removed or changed.
fn edited(text: &str, numbers: &mut Numbers) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let at = numbers.below(lines.len() + 1);
    match numbers.below(4) {
        0 if at < lines.len() => drop(lines.remove(at)),
        1 if at < lines.len() => lines[at].push_str(" And more."),
        2 if at < lines.len() => {
            let is_setting = lines[at].contains(" = ");
            lines[at] = if is_setting { setting(numbers) } else { line(numbers) };
        }
        _ => lines.insert(at, line(numbers)),
    }
    lines.join("\n") + "\n"
}

/// Kinds of canvas, sound ones and malformed ones: one extends another, and one has everyday words
/// as labels.
fn kinds(numbers: &mut Numbers) -> Vec<Source> {
    let mut kinds = Vec::new();
    if !numbers.once_in(3) {
        let color = numbers.one(&["\"money\"", "\"#a0522d\"", "\"none\""]);
        let at_least = 1 + numbers.below(3);
        let text = format!(
            "title = \"Board\"\ndetect.at_least = {at_least}\n\
             poster.grid = [\"channels notes\"]\n\
             [areas.all]\nlabel = \"All\"\ncolor = {color}\n\
             [[blocks]]\nid = \"channels\"\nlabel = \"Channels\"\nrole = \"offer\"\narea = \"all\"\n\
             [[blocks]]\nid = \"notes\"\nlabel = \"Notes\"\nat_most = 1\n\
             [[rules]]\ncode = \"idle-note\"\nform = \"needs\"\nblock = \"notes\"\n\
             of = [\"channels\"]\nmessage = \"“{{element}}” is idle\"\n"
        );
        kinds.push(Source::new("kinds/board.toml", text));
    }
    if !numbers.once_in(3) {
        let base = numbers.one(&["business-model", "business-model", "board", "plan"]);
        let block = numbers.one(&["channels", "key-activities"]);
        let text = format!(
            "title = \"Plan\"\nextends = \"{base}\"\n\
             [[blocks]]\nid = \"ways\"\nwas = \"{block}\"\nlabel = \"Chanels\"\n"
        );
        kinds.push(Source::new("kinds/plan.toml", text));
    }
    kinds
}

/// Makes one edit and returns a description of it.
pub fn edit(inputs: &mut Inputs, numbers: &mut Numbers) -> String {
    let path = SourcePath::new(numbers.one(&PATHS));
    let text = inputs.documents.get(&path).cloned();
    match (numbers.below(26), text) {
        (0, Some(text)) => {
            inputs.documents.remove(&path);
            let to = SourcePath::new(numbers.one(&PATHS));
            let told = format!("{path} becomes {to}");
            inputs.documents.insert(to, text);
            told
        }
        (1, Some(_)) => {
            inputs.documents.remove(&path);
            format!("{path} goes")
        }
        (2, _) => {
            let title = numbers.one(&["Handbook", "Bread for all"]);
            let mut text =
                format!("title = \"{title}\"\nlanguage = \"{}\"\n", numbers.one(&["en", "de"]));
            if numbers.once_in(2) {
                text.push_str("[rules]\nmissing-block = \"off\"\nempty-block = \"error\"\n");
            }
            if numbers.once_in(2) {
                let owner = numbers.one(&OWNERS);
                let _ = writeln!(text, "[departments.night-kitchen]\nowner = \"{owner}\"");
            }
            inputs.config = Some(Source::new("canvasbook.toml", text));
            "the configuration changes".to_owned()
        }
        (3, _) => {
            let template =
                "<!doctype html>\n<html>\n<head>\n<title>{{ layout.title }}</title>\n</head>\n";
            let bytes = format!("{template}<p>{}</p>\n", numbers.below(9)).into_bytes();
            let name = numbers.one(&["templates/tag.html", "assets/style.css"]);
            inputs.theme.files.insert(name.to_owned(), bytes.into());
            format!("the theme's {name} changes")
        }
        (4, _) => {
            inputs.drafts = !inputs.drafts;
            "drafts come or go".to_owned()
        }
        (5, _) => {
            let files = ["content/plan.pdf", "content/retail/plan.pdf", "static/mill.html"];
            inputs.files =
                files.into_iter().filter(|_| numbers.once_in(2)).map(SourcePath::new).collect();
            "files come or go".to_owned()
        }
        (24 | 25, _) => {
            inputs.kinds = kinds(numbers);
            "kinds of canvas change".to_owned()
        }
        (6..=19, Some(text)) => {
            inputs.documents.insert(path.clone(), edited(&text, numbers).into());
            format!("{path} is edited")
        }
        _ => {
            inputs.documents.insert(path.clone(), document(numbers).into());
            format!("{path} is written")
        }
    }
}
