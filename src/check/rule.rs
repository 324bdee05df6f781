//! Rules as values: their codes, their levels, and how they find something.

use std::borrow::Cow;
use std::sync::Arc;

use super::{
    Subject, activity_without_department, activity_without_owner, block_nearly_known,
    department_nearly_known, empty_block, empty_section, forms, missing_block, nonstandard_label,
    overfull_block, overlapping_departments, owner_nearly_known, repeated_element, repeated_title,
    review_overdue, suspect_reference, unnamed_element,
};
use crate::config::{ALL, Config};
use crate::diagnostic::catalogue::{self, codes};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::handbook::{DocumentIndex, Handbook};
use crate::kind::{Kind, Kinds};
use crate::slug::nearest;
use crate::source::{Location, SourcePath};
use crate::terms::{Levels, Stage};

/// The rules in code, in the order in which the manual lists them.
const IN_CODE: [Rule; 16] = [
    unnamed_element::RULE,
    repeated_element::RULE,
    nonstandard_label::RULE,
    department_nearly_known::RULE,
    overlapping_departments::RULE,
    owner_nearly_known::RULE,
    repeated_title::RULE,
    block_nearly_known::RULE,
    empty_block::RULE,
    empty_section::RULE,
    missing_block::RULE,
    overfull_block::RULE,
    activity_without_department::RULE,
    activity_without_owner::RULE,
    review_overdue::RULE,
    suspect_reference::RULE,
];

/// A rule: the level of its findings can be configured, and a canvas can waive them with a reason.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its code.
    pub code: Code,
    /// The levels of its findings unless others are configured.
    pub levels: Levels,
    /// Its meaning; a sentence.
    pub meaning: Cow<'static, str>,
    /// Whether its findings depend on the day, so that a waiver waives nothing on some days.
    pub(super) is_by_day: bool,
    /// Whether it is about the business model fitting together, rather than about how its canvas is
    /// written. A build counts the findings of such a rule, and the site lists them.
    pub is_coherence: bool,
    form: Form,
}

/// How a rule finds something.
#[derive(Clone, Debug)]
enum Form {
    /// With code of its own, in canvases.
    Code(Check),
    /// With code of its own, in canvases and ordinary pages.
    AnyDocument(CheckDocument),
    /// By the file of a kind, in canvases of this kind: an index into [`Kind::rules`].
    Kind(Arc<Kind>, usize),
}

/// Adds the findings of a rule in a canvas. The caller sets the severities.
type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

/// Adds the findings of a rule in a document. The caller sets the severities.
type CheckDocument = fn(&Handbook, DocumentIndex, &mut Vec<Diagnostic>);

impl Rule {
    /// Makes a rule in code about how a document is written.
    pub(super) const fn of_any_document(
        code: &'static str,
        levels: Levels,
        meaning: &'static str,
        check: CheckDocument,
    ) -> Self {
        Self::new(code, levels, meaning, Form::AnyDocument(check))
    }

    /// Makes a rule in code about how a canvas is written.
    pub(super) const fn in_code(
        code: &'static str,
        levels: Levels,
        meaning: &'static str,
        check: Check,
    ) -> Self {
        Self::new(code, levels, meaning, Form::Code(check))
    }

    const fn new(code: &'static str, levels: Levels, meaning: &'static str, form: Form) -> Self {
        Self {
            code: Code::fixed(code),
            levels,
            meaning: Cow::Borrowed(meaning),
            is_by_day: false,
            is_coherence: false,
            form,
        }
    }

    /// Makes a rule in code about the business model fitting together.
    pub(super) const fn of_coherence(
        code: &'static str,
        meaning: &'static str,
        check: Check,
    ) -> Self {
        let mut rule = Self::new(code, Levels::BY_STAGE, meaning, Form::Code(check));
        rule.is_coherence = true;
        rule
    }

    /// Sets other levels.
    pub(super) const fn at_levels(mut self, levels: Levels) -> Self {
        self.levels = levels;
        self
    }

    /// Makes it a rule that finds something on some days only.
    pub(super) const fn by_day(mut self) -> Self {
        self.is_by_day = true;
        self
    }

    /// The kind that brings it; `None` if it is in code.
    #[cfg(test)]
    pub(super) fn kind(&self) -> Option<&Kind> {
        match &self.form {
            Form::Kind(kind, _) => Some(kind),
            _ => None,
        }
    }

    /// Adds its findings in an ordinary page.
    pub(super) fn check_page(
        &self,
        handbook: &Handbook,
        index: DocumentIndex,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if let Form::AnyDocument(check) = &self.form {
            check(handbook, index, diagnostics);
        }
    }

    /// Adds its findings in a canvas.
    pub(super) fn check(&self, subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
        match &self.form {
            Form::Code(check) => check(subject, diagnostics),
            Form::AnyDocument(check) => check(subject.handbook, subject.index, diagnostics),
            Form::Kind(kind, at) if Arc::ptr_eq(kind, &subject.canvas.kind) => {
                forms::check(subject, &kind.rules[*at], diagnostics);
            }
            Form::Kind(..) => {}
        }
    }

    /// The level of its findings in a canvas at a stage: the configured one, else its own. `None` if
    /// it is off.
    pub(super) fn level(&self, config: &Config, stage: Option<Stage>) -> Option<Severity> {
        config.level(&self.code).unwrap_or_else(|| self.levels.at(stage))
    }
}

/// The index of a rule in [`Rules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u16);

/// All rules: those in code, then those of kinds of canvas.
#[derive(Clone, Debug)]
pub struct Rules {
    all: Vec<Rule>,
}

impl Rules {
    /// The rules in code and those of the built-in kinds.
    pub fn built_in() -> Self {
        Self::of(&Kinds::built_in(), &mut Vec::new())
    }

    /// The rules in code and those of these kinds. Reports rules with a code that has another meaning.
    pub fn of(kinds: &Kinds, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut all = IN_CODE.to_vec();
        for (_, kind) in kinds.iter() {
            for (at, rule) in kind.rules.iter().enumerate() {
                let is_own = |code: &str| code == ALL || codes().any(|(known, ..)| *known == code);
                let is_in_code = IN_CODE.iter().any(|known| known.code == rule.code);
                let is_repeated = kind.rules[..at].iter().any(|known| known.code == rule.code);
                if is_own(&rule.code) || is_in_code || is_repeated {
                    diagnostics.push(catalogue::taken_code(rule.place.clone(), &rule.code));
                    continue;
                }
                all.push(Rule {
                    code: rule.code.clone(),
                    levels: rule.levels,
                    meaning: forms::meaning(kind, rule).into(),
                    is_by_day: false,
                    is_coherence: true,
                    form: Form::Kind(Arc::clone(kind), at),
                });
            }
        }
        Self { all }
    }

    /// Every rule with its index. Two kinds may have rules of one code.
    pub fn iter(&self) -> impl Iterator<Item = (RuleIndex, &Rule)> {
        (0u16..).map(RuleIndex).zip(&self.all)
    }

    /// Every code with the first rule that has it; a canvas obeys the one of its kind.
    pub fn by_code(&self) -> impl Iterator<Item = &Rule> {
        let is_first = |at: usize| self.all[..at].iter().all(|rule| rule.code != self.all[at].code);
        self.all.iter().enumerate().filter(move |(at, _)| is_first(*at)).map(|(_, rule)| rule)
    }

    /// The first rule with a code.
    pub fn find(&self, code: &str) -> Option<&Rule> {
        self.all.iter().find(|rule| rule.code == *code)
    }

    /// Reports that no rule has a code. `respell` makes the replacement from the most similar code.
    pub(super) fn unknown(
        &self,
        place: Location,
        code: &str,
        respell: impl Fn(&str) -> String,
    ) -> Diagnostic {
        let near = nearest(code, self.by_code().map(|rule| rule.code.as_str()));
        let span = place.span;
        let diagnostic = catalogue::unknown_rule(place, code, &near);
        match near.first() {
            Some(near) => diagnostic.replace(span, respell(near)),
            None => diagnostic,
        }
    }

    /// The meaning of a diagnostic's code, whether it is of a rule or not; a sentence.
    pub fn meaning(&self, code: &str) -> Option<&str> {
        let other = || codes().find(|(known, ..)| *known == code).map(|(_, _, meaning)| *meaning);
        self.find(code).map(|rule| &*rule.meaning).or_else(other)
    }

    /// Reports levels that are set for rules that do not exist.
    pub fn check_levels(
        &self,
        config: &Config,
        path: &SourcePath,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let is_unknown = |code: &str| code != ALL && self.find(code).is_none();
        let unknown = config.rules.iter().filter(|(code, _)| is_unknown(code));
        diagnostics.extend(unknown.map(|(code, level)| {
            self.unknown(Location::new(path, level.span), code, str::to_owned)
        }));
    }
}
