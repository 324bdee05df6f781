//! How similar two elements are that have neither an id nor a name in common.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use similar::{Algorithm, capture_diff_slices, diff_ratio};

use super::word_diff;

/// The share of common words, in the same order, from which two elements of a block count as one that was
/// rewritten. At a half, activities of a department that only share their object ("Roast the beans weekly",
/// "Buy the beans weekly") would be one.
pub const LEAST_LIKE: f32 = 0.6;

/// How many others each element is compared with at most: those that share most of its words.
pub const MOST_CANDIDATES: usize = 8;

/// How many words of an element are compared at most.
pub const MOST_WORDS_WEIGHED: usize = 64;

/// A word that more elements have than these does not distinguish them.
const MOST_WITH_A_WORD: usize = 32;

/// The words of an element that are compared.
#[derive(Debug)]
pub(super) struct Bag(Vec<String>);

impl Bag {
    /// The words of a text; case does not count.
    pub(super) fn of(text: &str) -> Self {
        let words = word_diff::split(text).into_iter().filter(|piece| word_diff::is_word(piece));
        Self(words.take(MOST_WORDS_WEIGHED).map(str::to_lowercase).collect())
    }
}

/// The share of the words of two elements that both have, in the same order: from 0 to 1.
fn likeness(a: &Bag, b: &Bag) -> f32 {
    let ops = capture_diff_slices(Algorithm::Myers, &a.0, &b.0);
    diff_ratio(&ops, a.0.len(), b.0.len())
}

/// For each element of the first list, the few of the second that it is compared with, the most similar
/// first.
fn candidates<'b>(
    before: &'b [Bag],
    after: &'b [Bag],
) -> impl Iterator<Item = (usize, Vec<usize>)> + 'b {
    let mut holders: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, bag) in after.iter().enumerate() {
        for word in &bag.0 {
            let holders = holders.entry(word).or_default();
            if holders.last() != Some(&at) && holders.len() <= MOST_WITH_A_WORD {
                holders.push(at);
            }
        }
    }
    before.iter().enumerate().map(move |(from, bag)| {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &bag.0 {
            let holders = holders.get(&**word).filter(|all| all.len() <= MOST_WITH_A_WORD);
            for holder in holders.into_iter().flatten() {
                *shared.entry(*holder).or_default() += 1;
            }
        }
        let mut shared: Vec<(usize, usize)> = shared.into_iter().collect();
        shared.sort_by_key(|(at, count)| (Reverse(*count), *at));
        (from, shared.into_iter().take(MOST_CANDIDATES).map(|(at, _)| at).collect())
    })
}

/// Pairs similar elements of two lists, the most similar first: indexes into both, each at most once. The cost
/// grows with the number of elements times [`MOST_CANDIDATES`].
pub(super) fn pairs(before: &[Bag], after: &[Bag]) -> Vec<(usize, usize)> {
    let mut alike: Vec<(f32, usize, usize)> = Vec::new();
    for (from, candidates) in candidates(before, after) {
        for to in candidates {
            let likeness = likeness(&before[from], &after[to]);
            if likeness >= LEAST_LIKE {
                alike.push((likeness, from, to));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut left, mut right) = (vec![true; before.len()], vec![true; after.len()]);
    alike.retain(|(_, from, to)| {
        let is_free = left[*from] && right[*to];
        if is_free {
            (left[*from], right[*to]) = (false, false);
        }
        is_free
    });
    alike.into_iter().map(|(_, from, to)| (from, to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: &[&str], after: &[&str], expected: &[(usize, usize)]) {
        let bags = |texts: &[&str]| texts.iter().map(|text| Bag::of(text)).collect::<Vec<_>>();
        assert_eq!(pairs(&bags(before), &bags(after)), expected);
    }

    #[test]
    fn three_words_of_five_are_enough_and_less_are_not() {
        // 2 · 3 of 5 + 5 words are 0.6.
        check(&["one two three four five"], &["one two three six seven"], &[(0, 0)]);
        check(&["one two three four five"], &["one two six seven eight"], &[]);
        // 2 · 3 of 5 + 6 words are 0.55.
        check(&["one two three four five"], &["one two three six seven eight"], &[]);
    }

    #[test]
    fn case_and_signs_do_not_count_and_order_does() {
        check(&["Roast — for cafés!"], &["roast for CAFÉS"], &[(0, 0)]);
        check(&["one two three"], &["three two one"], &[]);
    }

    #[test]
    fn the_most_alike_are_paired_first() {
        let before = ["bread from our own mill", "cake from our own mill"];
        let after = ["cake from our own oven", "cake from our own mill today"];
        check(&before, &after, &[(1, 1), (0, 0)]);
    }

    #[test]
    fn elements_without_words_are_like_nothing() {
        check(&["", "—"], &["", "—"], &[]);
    }

    #[test]
    fn each_is_compared_with_few_whatever_they_have_in_common() {
        // Each word is in thirty of them, so that any two of a group share it.
        let text = |at: usize| format!("a{} b{} c{}", at / 30, at % 34, (at * 7) % 35);
        let bags: Vec<Bag> = (0..1_000).map(|at| Bag::of(&text(at))).collect();
        let counts = candidates(&bags, &bags).map(|(_, candidates)| candidates.len());
        assert_eq!(counts.max(), Some(MOST_CANDIDATES));
    }

    #[test]
    fn words_that_all_have_pair_nothing() {
        let many: Vec<String> = (0..100).map(|_| "the same words".to_owned()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check(&["the same words again"], &many, &[]);
    }
}
