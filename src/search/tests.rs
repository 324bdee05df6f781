//! What a browser reads from the index, text in and text out.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

use expect_test::{Expect, expect};

use super::{Builder, Index};

/// Reads a shard as `themes/default/assets/search.js` does.
struct Reader<'s>(Peekable<Chars<'s>>);

impl Reader<'_> {
    fn number(&mut self) -> u64 {
        let mut number = 0;
        loop {
            let digit = u64::from(u32::from(self.0.next().expect("a number ends")));
            if digit < 93 {
                return number * 57 + digit - 35;
            }
            number = number * 34 + digit - 92;
        }
    }

    fn units(&mut self, mut count: u64) -> String {
        let mut text = String::new();
        while count > 0 {
            let letter = self.0.next().expect("a term ends");
            count -= letter.len_utf16() as u64;
            text.push(letter);
        }
        text
    }

    fn sums(&mut self, count: u64, step: u64) -> Vec<u64> {
        let mut sum = 0;
        (0..count)
            .map(|_| {
                sum = sum - sum % step + self.number();
                sum
            })
            .collect()
    }
}

/// The terms of an index, one per line. The record of a name is followed by the rank of the word.
fn outline(index: &Index) -> String {
    let mut lines = String::new();
    for shard in &index.shards {
        let _ = writeln!(lines, "[{}]", shard.first);
        assert!(!shard.text.contains(['"', '\\', '\n']), "nothing has to be escaped");
        let mut reader = Reader(shard.text.chars().peekable());
        let mut term = String::new();
        while reader.0.peek().is_some() {
            let shared = reader.number();
            term = Reader(term.chars().peekable()).units(shared);
            let rest = reader.number();
            term += &reader.units(rest);
            let count = reader.number();
            let names = reader.sums(count >> 1, 16);
            let names: Vec<String> =
                names.iter().map(|name| format!("{}.{}", name >> 4, name % 16)).collect();
            let count_of_texts = reader.number();
            let texts = reader.sums(count_of_texts, 1);
            let count_of_ranges = reader.number();
            let ranges = reader.sums(2 * count_of_ranges, 1);
            let ranges: Vec<_> = ranges.chunks(2).map(|range| range[0]..range[1]).collect();
            let cut = if count % 2 == 1 { " cut" } else { "" };
            let _ = writeln!(lines, "{term} {} {texts:?} {ranges:?}{cut}", names.join(" "));
        }
    }
    lines
}

fn check(build: impl FnOnce(&mut Builder), shards: usize, expected: &Expect) {
    let mut builder = Builder::default();
    build(&mut builder);
    expected.assert_eq(&outline(&builder.finish(shards)));
}

#[test]
fn names_texts_and_places_are_told_apart() {
    check(
        |builder| {
            builder.filter(&(0..1), "dept", "R&D");
            builder.name(0, "R&D");
            builder.name(64, "Dark roast, dark");
            builder.text(64, "A roast for the night. Night!");
            builder.text(65, "roast");
            builder.place(&(64..70), "Night shift");
            builder.place(&(70..72), "Night shift");
            builder.place(&(90..92), "Night");
            builder.filter(&(64..70), "dept", "R & D");
        },
        1,
        &expect![[r#"
            [?dept:r-d]
            ?dept:r-d  [] []
            a  [64] []
            d 0.3 [] []
            dark 64.4 [] []
            dept:r-d  [] [0..1, 64..70]
            for  [64] []
            night  [64] [64..72, 90..92]
            r 0.2 [] []
            roast 64.5 [65] []
            shift  [] [64..72]
            the  [64] []
            ~ft~shi  [] []
            ~ht~nig  [] []
            ~k~dar  [] []
            ~st~roa  [] []
        "#]],
    );
}

#[test]
fn words_lead_from_their_ends_to_their_beginnings() {
    check(
        |builder| builder.name(7, "Röst 品質 den straße 2026 ab12"),
        1,
        &expect![[r#"
            [2026]
            2026 7.11 [] []
            ab12 7.11 [] []
            den 7.11 [] []
            roest 7.10 [] []
            rost 7.10 [] []
            strasse 7.11 [] []
            ~asse~str  [] []
            ~st~roe  [] []
            ~t~ros  [] []
            品質 7.11 [] []
            質 7.11 [] []
        "#]],
    );
}

#[test]
fn terms_are_in_the_order_of_a_browser() {
    check(
        |builder| builder.text(1, "z \u{ffe8} \u{1d7d8} \u{20000} é"),
        1,
        &expect![[r#"
        [0]
        0  [1] []
        e  [1] []
        z  [1] []
        𠀀  [1] []
    "#]],
    );
}

#[test]
fn what_very_many_records_have_is_cut() {
    let mut builder = Builder::default();
    for record in 0..5_000 {
        builder.name(record, "Same");
        builder.text(record, "words");
        builder.place(&(2 * record..2 * record + 1), "place");
        builder.filter(&(2 * record..2 * record + 1), "tag", "all");
    }
    let outline = outline(&builder.finish(1));
    let lengths: Vec<(&str, usize, bool)> = outline
        .lines()
        .filter_map(|line| Some((line.split_once(' ')?.0, line.len(), line.ends_with(" cut"))))
        .filter(|(term, ..)| !term.starts_with(['~', '?']))
        .collect();
    let cut: Vec<(&str, bool)> = lengths.iter().map(|(term, _, cut)| (*term, *cut)).collect();
    assert_eq!(cut, [("place", true), ("same", true), ("tag:all", false), ("words", true)]);
}

/// An index of records with four of a thousand words each.
fn of_records(records: u32, more: Option<u32>) -> Index {
    let mut builder = Builder::default();
    let word = |number: u32| format!("w{:03}", number.wrapping_mul(2_654_435_761) >> 20 & 0x3ff);
    for record in 0..records {
        for at in 0..4 {
            builder.text(record * 4, &word(record * 7 + at * 13));
        }
        if more == Some(record) {
            builder.text(record * 4 + 1, "new word");
        }
    }
    builder.finish(12)
}

#[test]
fn one_record_more_leaves_most_shards_as_they_were() {
    let before = of_records(20_000, None);
    for more in [0, 9_999, 19_999] {
        let after = of_records(20_000, Some(more));
        let pairs = before.shards.iter().zip(&after.shards);
        let changed = pairs.filter(|(before, after)| before != after).count();
        assert!((1..=3).contains(&changed), "{changed} of 12 shards changed");
    }
}

#[test]
fn shards_are_alike_in_size() {
    let sizes = of_records(20_000, None).shards.into_iter().map(|shard| shard.text.len());
    let sizes: Vec<usize> = sizes.collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    assert!(sizes.iter().all(|size| (mean / 2..mean * 2).contains(size)), "{sizes:?}");
}

#[test]
fn empty_shards_come_last() {
    let mut builder = Builder::default();
    for record in 0..1_000 {
        builder.text(record * 4, "branch");
    }
    builder.text(0, "alone zebra");
    let index = builder.finish(9);
    let is_full: Vec<bool> = index.shards.iter().map(|shard| !shard.text.is_empty()).collect();
    assert!(is_full.len() == 9 && is_full.is_sorted_by(|a, b| a >= b), "{is_full:?}");
    assert!(is_full[1] && !is_full[8], "{is_full:?}");
}

#[test]
fn an_empty_index_has_its_shards() {
    check(
        |_| {},
        2,
        &expect![[r#"
        [￿]
        [￿]
    "#]],
    );
}
