//! Reads the rules of a kind.

use super::blocks::{Blocks, maximum};
use super::keys::LEVEL_KEYS;
use super::{Base, by_tag, checked_id, nearest_block};
use crate::diagnostic::catalogue::{self, Within};
use crate::kind::BlockIndex;
use crate::kind::rule::{RuleForm, RuleKind};
use crate::node::reader::Reader;
use crate::source::{Span, Spanned};
use crate::terms::{Levels, level};

/// The words for the forms.
pub(super) const FORMS: &[&str] = &["needs", "filled", "at-most"];

/// The form that a word means, before its details are read.
#[derive(Clone, Copy)]
enum Word {
    Needs,
    Filled,
    AtMost,
}

/// Reads the rules. A rule with the code of one of the base replaces that.
pub(super) fn rules(
    reader: &mut Reader<'_, '_>,
    blocks: &Blocks,
    base: Option<Base<'_>>,
) -> Vec<RuleKind> {
    let mut rules: Vec<RuleKind> = inherited(blocks, base);
    let inherited = rules.len();
    reader.list("rules", |span, reader| {
        let Some(rule) = rule(reader, span, blocks) else { return };
        match rules[..inherited].iter_mut().find(|known| known.code == rule.code) {
            Some(known) => *known = rule,
            None => rules.push(rule),
        }
    });
    rules
}

/// The rules of the base about blocks that still exist.
fn inherited(blocks: &Blocks, base: Option<Base<'_>>) -> Vec<RuleKind> {
    let of_base = base.iter().flat_map(|base| &base.kind.rules);
    let left = of_base.filter_map(|rule| {
        let block = blocks.of_base(rule.block)?;
        let form = match &rule.form {
            RuleForm::Needs(of) => {
                let of: Vec<BlockIndex> = of.iter().filter_map(|of| blocks.of_base(*of)).collect();
                RuleForm::Needs(Some(of).filter(|of| !of.is_empty())?)
            }
            form => form.clone(),
        };
        Some(RuleKind { block, form, ..rule.clone() })
    });
    left.collect()
}

fn rule(reader: &mut Reader<'_, '_>, span: Span, known: &Blocks) -> Option<RuleKind> {
    let table = (span, "rules");
    let code = reader.required("code", table, "give the rule a short name of its own");
    let why = "say what the rule asks for: `needs`, `filled` or `at-most`";
    let word = reader.required("form", table, why).and_then(|_| form_word(reader));
    let block = known.named(reader, "block", table, "name the block that the rule is about");
    let form = word.and_then(|word| form(reader, table, word, known));
    let levels = levels(reader);
    let message = reader.required("message", table, "say what is wrong");
    let others = reader.by_language("messages");
    let code = code.and_then(|code| checked_id(reader.report, code))?;
    let (block, form, message) = (block?, form?, message?);
    for message in others.iter().map(|(_, message)| message).chain([&message]) {
        check_places(reader, message, &form);
    }
    let place = reader.report.at(code.span);
    let (code, message, messages) = (code.value.into(), message.value, by_tag(others));
    Some(RuleKind { code, place, block, form, levels, message, messages })
}

fn form_word(reader: &mut Reader<'_, '_>) -> Option<Word> {
    reader.one_of("form", |word| match word {
        "needs" => Some(Word::Needs),
        "filled" => Some(Word::Filled),
        "at-most" => Some(Word::AtMost),
        _ => None,
    })
}

/// The form with its details.
fn form(
    reader: &mut Reader<'_, '_>,
    (span, name): (Span, &str),
    word: Word,
    known: &Blocks,
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
            if reader.value("at_most").is_none() {
                let why = "say how many elements the block may have";
                let place = reader.report.at(span);
                reader.report.push(catalogue::missing_key(place, "at_most", name, why));
            }
            maximum(reader, "at_most").map(RuleForm::AtMost)
        }
    }
}

/// The blocks in `of`. Reports those that the kind does not have.
fn blocks(reader: &mut Reader<'_, '_>, known: &Blocks) -> Vec<BlockIndex> {
    let mut blocks = Vec::new();
    for name in reader.texts("of", false) {
        match known.find(&name.value) {
            Some(block) => blocks.push(block),
            None => nearest_block(reader, &name, &known.ids()),
        }
    }
    blocks
}

/// The levels in the file, else [`Levels::BY_STAGE`].
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

/// Reports placeholders in a message that nothing is filled in for.
fn check_places(reader: &mut Reader<'_, '_>, message: &Spanned<String>, form: &RuleForm) {
    let places = message.value.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    for (place, _) in places.filter(|(place, _)| !form.places().contains(place)) {
        let at = reader.report.at(message.span);
        reader.report.push(catalogue::unknown_place(at, place, form.places()));
    }
}
