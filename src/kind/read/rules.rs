//! Reads the rules of a kind.

use super::{Known, checked_id};
use crate::diagnostic::catalogue::{self, Within};
use crate::kind::BlockIndex;
use crate::kind::rule::{RuleForm, RuleKind};
use crate::node::key::{Key, Of, Shape};
use crate::node::reader::Reader;
use crate::source::{Span, Spanned};
use crate::terms::{LEVELS, Levels, level};

pub(super) const RULE_KEYS: &[Key] = &[
    Key::new(Of::All, "code", Shape::Required),
    Key::new(Of::All, "form", Shape::OneOf(FORMS)),
    Key::new(Of::All, "block", Shape::Required),
    Key::new(Of::All, "of", Shape::Texts),
    Key::new(Of::All, "at_most", Shape::Integer),
    Key::new(Of::All, "level", Shape::Table(LEVEL_KEYS)),
    Key::new(Of::All, "message", Shape::Required),
];

const LEVEL_KEYS: &[Key] = &[
    Key::new(Of::All, "explore", Shape::OneOf(LEVELS)),
    Key::new(Of::All, "transfer", Shape::OneOf(LEVELS)),
    Key::new(Of::All, "exploit", Shape::OneOf(LEVELS)),
];

const FORMS: &[&str] = &["needs", "filled", "at-most"];

/// The form that a word stands for, before it is known what goes with it.
#[derive(Clone, Copy)]
enum Word {
    Needs,
    Filled,
    AtMost,
}

pub(super) fn rules(reader: &mut Reader<'_, '_>, known: Known<'_>) -> Vec<RuleKind> {
    let mut rules = Vec::new();
    reader.list("rules", |span, reader| rules.extend(rule(reader, span, known)));
    rules
}

fn rule(reader: &mut Reader<'_, '_>, span: Span, known: Known<'_>) -> Option<RuleKind> {
    let table = (span, "rules");
    let code = reader.required("code", table, "give the rule a short name of its own");
    let why = "say what the rule asks for: `needs`, `filled` or `at-most`";
    let word = reader.required("form", table, why).and_then(|_| form_word(reader));
    let block = known.named(reader, "block", table, "name the block that the rule is about");
    let form = word.and_then(|word| form(reader, table, word, known));
    let levels = levels(reader);
    let message = reader.required("message", table, "say what is wrong");
    let code = code.and_then(|code| checked_id(reader.report, code))?;
    let (block, form, message) = (block?, form?, message?);
    check_places(reader, &message, &form);
    let place = reader.report.at(code.span);
    let (code, message) = (code.value.into(), message.value);
    Some(RuleKind { code, place, block, form, levels, message })
}

fn form_word(reader: &mut Reader<'_, '_>) -> Option<Word> {
    reader.one_of("form", |word| match word {
        "needs" => Some(Word::Needs),
        "filled" => Some(Word::Filled),
        "at-most" => Some(Word::AtMost),
        _ => None,
    })
}

/// The form with what goes with it.
fn form(
    reader: &mut Reader<'_, '_>,
    (span, name): (Span, &str),
    word: Word,
    known: Known<'_>,
) -> Option<RuleForm> {
    match word {
        Word::Filled => Some(RuleForm::Filled),
        Word::Needs => {
            if reader.value("of").is_none() {
                let why = "name the blocks of which an element needs one";
                reader.report.push(catalogue::missing_key(reader.report.at(span), "of", name, why));
            }
            let blocks = blocks(reader, known);
            (!blocks.is_empty()).then_some(RuleForm::Needs(blocks))
        }
        Word::AtMost => {
            let Some((_, node)) = reader.value("at_most") else {
                let why = "say how many elements the block may have";
                let place = reader.report.at(span);
                reader.report.push(catalogue::missing_key(place, "at_most", name, why));
                return None;
            };
            let most = u32::try_from(reader.integer("at_most")?).ok();
            if most.is_none() {
                let place = reader.report.at(node.span);
                reader.report.push(catalogue::unusable_maximum(place));
            }
            most.map(RuleForm::AtMost)
        }
    }
}

/// The blocks of `of`. Says which of them the kind does not have.
fn blocks(reader: &mut Reader<'_, '_>, known: Known<'_>) -> Vec<BlockIndex> {
    let names = reader.texts("of", false);
    let mut blocks = Vec::new();
    for Spanned { value, span } in names {
        match known.find(&value) {
            Some(block) => blocks.push(block),
            None => {
                let place = reader.report.at(span);
                reader.report.push(catalogue::no_such_block(place, &value, &known.ids()));
            }
        }
    }
    blocks
}

/// The levels that are written, else [`Levels::BY_STAGE`].
fn levels(reader: &mut Reader<'_, '_>) -> Levels {
    let usual = Levels::BY_STAGE;
    let Some(table) = reader.table("level") else { return usual };
    let mut reader = Reader::new(reader.report, table, LEVEL_KEYS, Within::Table("level"));
    Levels {
        explore: reader.one_of("explore", level).unwrap_or(usual.explore),
        transfer: reader.one_of("transfer", level).unwrap_or(usual.transfer),
        exploit: reader.one_of("exploit", level).unwrap_or(usual.exploit),
    }
}

/// Says what a message has in braces that nothing is filled in for.
fn check_places(reader: &mut Reader<'_, '_>, message: &Spanned<String>, form: &RuleForm) {
    let places = message.value.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    for (place, _) in places.filter(|(place, _)| !form.places().contains(place)) {
        let at = reader.report.at(message.span);
        reader.report.push(catalogue::unknown_place(at, place, form.places()));
    }
}
