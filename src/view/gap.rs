//! A gap of a canvas on a page: its place and what is missing, in the words of the page.

use std::borrow::Cow;

use super::LanguageView;
use super::edition::Edition;
use super::escape;
use super::in_language;
use super::table::attribute;
use super::url::SitePath;
use super::words::Words;
use crate::check::{Finding, GapKey, Said, said_by_kind};
use crate::diagnostic::{Code, Severity};
use crate::handbook::{DocumentIndex, Handbook, Place, Spot};
use crate::kind::{Kind, RuleForm, RuleKind, labels};
use crate::language;
use crate::slug::capitalised;

/// A gap on a page.
pub(super) struct Gap<'e> {
    /// The title of its subject: an element, a block or the canvas.
    pub title: String,
    /// The address of that, as an attribute's value.
    pub url: String,
    /// What is missing, as markup.
    pub phrase_html: String,
    /// Its level, unless that is advice.
    pub level: &'e str,
    /// The reason of its waiver; empty without one.
    pub reason: &'e str,
}

impl<'e> Gap<'e> {
    /// A gap for a page in the language of `words`.
    pub fn new(edition: &'e Edition, path: &SitePath, words: &'e Words, key: GapKey) -> Self {
        let GapKey { document, finding } = key;
        let found = &edition.findings.of(document)[finding as usize];
        let place = match found.element {
            Some(element) => Place { document, spot: Spot::Element(element) },
            None => edition.place_at(document, found.diagnostic.location.span.start),
        };
        let entry = edition.entry(document);
        let mut title = edition.spot_title(place);
        if title.is_empty() {
            title.clone_from(&entry.document.title);
        }
        let waiver = found.waived.map(|waived| &entry.document.front.waive[waived as usize]);
        Self {
            title,
            url: attribute(&edition.url(path, place)),
            phrase_html: phrase_html(edition, words, document, found),
            level: match found.diagnostic.severity {
                Severity::Advice => "",
                Severity::Warning => words.get("level_warning"),
                Severity::Error => words.get("level_error"),
            },
            reason: waiver.map_or("", |waiver| &waiver.reason),
        }
    }
}

/// The words of a page for a finding: those of its rule, if its kind has them in that language, else those
/// of the theme. `None` if neither has any.
pub(super) fn said<'w>(
    handbook: &Handbook,
    words: &'w Words,
    (document, element): (DocumentIndex, Option<u32>),
    code: &Code,
) -> Option<Cow<'w, str>> {
    match said_by_kind(handbook, document, code, element, words.language()) {
        Some(Said::Translated(message)) => Some(message.into()),
        Some(Said::InEnglish) => None,
        None => phrase(words, code).map(Cow::Borrowed),
    }
}

/// The words of the theme for the findings of a rule; `None` for a rule of a handbook.
pub(super) fn phrase<'w>(words: &'w Words, code: &Code) -> Option<&'w str> {
    words.find(&format!("gap_{}", code.replace('-', "_")))
}

fn phrase_html(
    edition: &Edition,
    words: &Words,
    document: DocumentIndex,
    found: &Finding,
) -> String {
    let code = &found.diagnostic.code;
    let known = said(&edition.handbook, words, (document, found.element), code);
    let mut html = String::new();
    escape::text(&mut html, known.as_deref().unwrap_or(&found.diagnostic.message));
    let foreign = words.foreign().filter(|_| known.is_some()).map(LanguageView::of);
    in_language(foreign.as_ref(), html)
}

/// The heading of the gaps of a rule, and its language if it is not the page's.
pub(super) fn heading(edition: &Edition, code: &Code) -> (String, Option<LanguageView>) {
    let (words, kinds) = (&edition.words, &edition.handbook.kinds);
    let of_kind = |kind: &Kind| {
        let rule = kind.rules.iter().find(|rule| rule.code == *code)?;
        Some(of_rule(words, kind, rule, &edition.handbook.config.language))
    };
    kinds.iter().find_map(|(_, kind)| of_kind(kind)).unwrap_or_else(|| {
        let known = phrase(words, code);
        let foreign = known.and(words.foreign()).map(LanguageView::of);
        (known.unwrap_or(code).to_owned(), foreign)
    })
}

/// The words for the findings of a kind's rule, without a particular element, and their language if it is not
/// the page's.
pub(super) fn of_rule(
    words: &Words,
    kind: &Kind,
    rule: &RuleKind,
    language: &str,
) -> (String, Option<LanguageView>) {
    let (message, lang) = language::text_in(&rule.message, &rule.messages, language);
    let is_own = kind.file.as_ref() == Some(&rule.place.file);
    let is_translated = lang != "en";
    // The theme has words for the rules that came with canvasbook.
    let phrase = phrase(words, &rule.code);
    if let Some(phrase) = phrase.filter(|_| !is_own && !is_translated) {
        return (phrase.to_owned(), words.foreign().map(LanguageView::of));
    }
    let label = labels::label(kind, rule.block, language);
    let most = match rule.form {
        RuleForm::AtMost(most) => most.to_string(),
        _ => String::new(),
    };
    let filled = message.replace("{element}", "…").replace("{count}", "…");
    let filled = filled.replace("{block}", label).replace("{most}", &most);
    (capitalised(&filled), LanguageView::unless(lang, language))
}
