//! A new canvas: every block with its question, nothing answered.

use super::quoted;
use crate::config::Config;
use crate::handbook::KnownDepartments;
use crate::kind::Kind;
use crate::kind::activities::{TypicalActivity, typical_activities};
use crate::kind::labels;
use crate::node::Language;

/// Keys that a new canvas offers, each as a comment, since their values are up to the author.
const OFFERED: [(&str, &str); 5] = [
    ("summary", "\"One sentence: what it does, and for whom.\""),
    ("stage", "\"ideation\""),
    ("owner", "\"The role that answers for it\""),
    ("review_every", "\"6 months\""),
    ("tags", "[\"one word\", \"another\"]"),
];

/// The values that a new canvas is made of.
#[derive(Clone, Debug)]
pub struct Blank<'b> {
    /// Its title.
    pub title: &'b str,
    /// Its kind.
    pub kind: &'b Kind,
    /// The language of its headings: one of [`labels::languages`].
    pub language: &'static str,
    /// The `lang` of its front matter, if it differs from the handbook's.
    pub lang: Option<&'b str>,
    /// The departments that its Key Activities start with.
    pub departments: &'b [Suggested],
    /// The language of its front matter.
    pub language_of_keys: Language,
}

/// A department with its typical activities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// The department's title.
    pub title: String,
    /// Its typical activities; empty if none are known.
    pub activities: Vec<&'static TypicalActivity>,
}

/// A name of no department, which is not introduced either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownDepartment {
    /// The name.
    pub name: String,
    /// The names that are most similar, best first.
    pub nearest: Vec<String>,
}

/// The departments with these names, each once, in their order. A name is an id, a title or an
/// alias, of the configuration or built in; any other introduces a department.
///
/// # Errors
/// The first name that is similar to one of these, or that cannot be a heading.
pub fn suggested(config: &Config, names: &[String]) -> Result<Vec<Suggested>, UnknownDepartment> {
    let known = KnownDepartments::of(config);
    let mut ids: Vec<&str> = Vec::new();
    let mut suggested = Vec::new();
    for name in names.iter().filter(|name| !name.trim().is_empty()) {
        let Some(department) = known.find(name) else {
            let nearest: Vec<String> = known.nearest(name).into_iter().map(str::to_owned).collect();
            if !nearest.is_empty() || !is_plain(name) {
                return Err(UnknownDepartment { name: name.clone(), nearest });
            }
            let new = Suggested { title: name.trim().to_owned(), activities: Vec::new() };
            if !suggested.contains(&new) {
                suggested.push(new);
            }
            continue;
        };
        if ids.contains(&department.id.as_str()) {
            continue;
        }
        ids.push(&department.id);
        // A department of the configuration may be a built-in one with an id of its own.
        let is_same = |id: &str| known.find(id).is_some_and(|found| found.id == department.id);
        let typical = typical_activities().iter().filter(|of| is_same(&of.department));
        suggested.push(Suggested {
            title: department.title.clone(),
            activities: typical.flat_map(|of| &of.activities).collect(),
        });
    }
    Ok(suggested)
}

/// Whether a heading with this name is read as this name: other characters have a meaning in
/// Markdown.
fn is_plain(name: &str) -> bool {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '&' | '-' | '/' | '.' | '\'' | '’');
    name.chars().any(char::is_alphabetic) && name.chars().all(is_plain)
}

impl Blank<'_> {
    /// The text of the canvas.
    pub fn text(&self) -> String {
        let mut text = self.front_matter();
        for (index, block) in self.kind.indexes().zip(&self.kind.blocks) {
            let label = labels::label(self.kind, index, self.language);
            let (prompt, _) = block.prompt_in(self.language);
            text.push_str(&format!("\n## {label}\n"));
            if !prompt.is_empty() {
                text.push_str(&format!("\n{}", comment(prompt)));
            }
            if self.kind.departments_block() == Some(index) {
                text.extend(self.departments.iter().map(part));
            }
        }
        text
    }

    fn front_matter(&self) -> String {
        // A string of JSON is also one of YAML.
        let json = |text: &str| serde_json::Value::from(text).to_string();
        let (fence, is, quoted): (_, _, &dyn Fn(&str) -> String) = match self.language_of_keys {
            Language::Toml => ("+++", " =", &quoted),
            Language::Yaml => ("---", ":", &json),
        };
        let key = |key: &str, value: &str| format!("{key}{is} {value}\n");
        let mut text = format!("{fence}\n{}", key("title", &quoted(self.title)));
        text.push_str(&key("canvas", &quoted(&self.kind.id)));
        if let Some(lang) = self.lang {
            text.push_str(&key("lang", &quoted(lang)));
        }
        text.extend(OFFERED.iter().map(|(name, value)| format!("# {}", key(name, value))));
        text + fence + "\n"
    }
}

/// A department's heading and its typical activities, each in a comment of its own, so that a line
/// is adopted by removing its marks.
fn part(department: &Suggested) -> String {
    let title = department.title.replace(char::is_control, " ");
    let asks = format!("Which activities of {title} does the model depend on?");
    if department.activities.is_empty() {
        return format!("\n### {title}\n\n{}", comment(&asks));
    }
    let asks = format!("{asks} Take the marks off those, and delete the others.");
    let activities = department
        .activities
        .iter()
        .map(|activity| comment(&format!("- **{}** — {}.", activity.name, activity.text)));
    format!("\n### {title}\n\n{}{}", comment(&asks), activities.collect::<String>())
}

/// A line that does not appear on a page. Two hyphens would end it.
fn comment(text: &str) -> String {
    format!("<!-- {} -->\n", text.replace("--", "- -"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::kind::labels::languages;
    use crate::kind::tests::built_in;
    use crate::parse;
    use crate::source::Source;
    use crate::starter::tests::resolved;

    /// The text of a blank business model.
    fn blank(departments: &[Suggested]) -> String {
        let kinds = built_in();
        let kind = kinds.get(kinds.default_kind());
        Blank {
            title: "Kiosk",
            kind,
            language: "en",
            lang: None,
            departments,
            language_of_keys: Language::Toml,
        }
        .text()
    }

    #[test]
    fn every_kind_in_every_language_is_read_as_what_it_is() {
        let kinds = built_in();
        for (_, kind) in kinds.iter() {
            for (at, language) in languages().enumerate() {
                let (title, lang, departments) = ("A \"new\": 'kiosk' # 1", Some(language), &[]);
                let both = [Language::Toml, Language::Yaml];
                let language_of_keys = both[at % 2];
                let text =
                    Blank { title, kind, language, lang, departments, language_of_keys }.text();
                let mut diagnostics = Vec::new();
                let source = Source::new("content/kiosk.md", text.as_str());
                let document = parse::document(&source, &kinds, &mut diagnostics);
                assert_eq!(diagnostics, [], "{} {language}:\n{text}", kind.id);
                assert_eq!(document.title, title);
                let canvas = document.canvas.expect("is a canvas");
                assert_eq!(canvas.kind.id, kind.id);
                let blocks: Vec<_> = canvas.blocks.iter().map(|block| block.index).collect();
                assert_eq!(
                    blocks,
                    Vec::from_iter(kind.indexes()),
                    "{} {language}:\n{text}",
                    kind.id
                );
                assert!(canvas.elements.is_empty() && canvas.sections.is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn offered_keys_are_sound_where_they_are_taken_in() {
        let text = blank(&[]);
        let all = OFFERED.iter().fold(text, |text, (key, value)| {
            let line = format!("{key} = {value}");
            text.replace(&format!("# {line}"), &line)
        });
        assert_eq!(all.lines().filter(|line| line.starts_with("# ")).count(), 0);
        let mut diagnostics = Vec::new();
        let source = Source::new("content/kiosk.md", all);
        let document = parse::document(&source, &built_in(), &mut diagnostics);
        assert_eq!(diagnostics, []);
        assert_eq!(document.front.tags.len(), 2);
    }

    #[test]
    fn suggestions_become_activities_where_their_marks_are_taken_off() {
        let names = ["marketing".to_owned(), "Legal".to_owned()];
        let departments = suggested(&Config::default(), &names).expect("are known");
        let text = blank(&departments);
        let marked = |line: &str| line.starts_with("<!-- - **");
        let count = text.lines().filter(|line| marked(line)).count();
        // Every second one, so that there are comments between the activities.
        let mut taken = 0;
        let mut lines = Vec::new();
        for line in text.lines() {
            taken += usize::from(marked(line));
            let bare = line.trim_start_matches("<!-- ").trim_end_matches(" -->");
            lines.push(if marked(line) && taken % 2 == 1 { bare } else { line });
        }
        let source = Source::new("content/kiosk.md", lines.join("\n"));
        let idle = "[rules]\nactivity-without-owner = \"off\"\nidle-activity = \"off\"\n";
        let (handbook, diagnostics) = resolved(idle, &[source]);
        let codes: Vec<&str> = diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, ["empty-block"; 8]);
        let marketing = handbook.departments.iter().find(|d| d.id == "marketing");
        assert_eq!(marketing.map(|department| department.leads.len()), Some(count.div_ceil(2)));
    }

    #[test]
    fn a_department_is_suggested_once_by_whatever_name_it_is_called() {
        let config = "[departments.brand]\ntitle = \"Brand\"\naliases = [\"Marketing\"]\n\
                      [departments.field-service]\ntitle = \"Field Service -- North\"\n";
        let config = crate::config::read(&Source::new("canvasbook.toml", config), &mut Vec::new());
        let names = ["MARKETING", "brand", " R&D", "", "field-service"].map(str::to_owned);
        let departments = suggested(&config, &names).expect("are known");
        let sizes: Vec<(&str, usize)> =
            departments.iter().map(|d| (d.title.as_str(), d.activities.len())).collect();
        assert_eq!(
            sizes,
            [("Brand", 6), ("Research and Development", 5), ("Field Service -- North", 0)]
        );
        expect![[r#"

            ### Field Service -- North

            <!-- Which activities of Field Service - - North does the model depend on? -->
        "#]]
        .assert_eq(&part(&departments[2]));
        let slip = "Reserch and Development";
        let unknown = suggested(&config, &[slip.to_owned()]).expect_err("is nearly one");
        assert_eq!(unknown.nearest, ["Research and Development"]);
        let new = suggested(&config, &["Greenhouse".to_owned(), " Greenhouse".to_owned()]);
        let new: Vec<String> = new.expect("is new").into_iter().map(|it| it.title).collect();
        assert_eq!(new, ["Greenhouse"]);
        for name in ["Greenhouse {#a}", "A\n## B", "<b>", "7"] {
            assert!(suggested(&config, &[name.to_owned()]).is_err(), "{name}");
        }
    }
}
