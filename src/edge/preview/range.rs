//! The part of a file that a request asks for.
//!
//! <https://www.rfc-editor.org/rfc/rfc9110#name-range>

use std::ops::Range;

/// The part of a file that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it.
    Whole,
    /// Some of its bytes, at least one.
    Part(Range<u64>),
    /// Bytes that it does not have.
    Beyond,
}

/// The part of a file of `size` bytes that the value of a `Range` header asks for. A value that
/// cannot be read, or that names several parts, may be ignored, and then the answer is the whole
/// file.
pub(super) fn asked(range: &str, size: u64) -> Asked {
    let Some((first, last)) = one(range) else { return Asked::Whole };
    let part = match (first, last) {
        (Some(first), last) => first..last.map_or(size, |last| last.saturating_add(1).min(size)),
        (None, Some(count)) => size.saturating_sub(count)..size,
        (None, None) => return Asked::Whole,
    };
    if part.is_empty() { Asked::Beyond } else { Asked::Part(part) }
}

/// The two numbers of a single part, if they are given. `None` if it is not one.
fn one(range: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, part) = range.split_once('=')?;
    let (first, last) = part.trim().split_once('-')?;
    let (first, last) = (number(first)?, number(last)?);
    let is_forwards = first.zip(last).is_none_or(|(first, last)| first <= last);
    (unit.eq_ignore_ascii_case("bytes") && is_forwards).then_some((first, last))
}

/// A number; `Some(None)` if it is empty, or beyond any file's size, and `None` if it is not a
/// number.
fn number(digits: &str) -> Option<Option<u64>> {
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_part_is_cut_to_what_there_is() {
        let part = |range: &str| match asked(range, 10) {
            Asked::Part(part) => part,
            other => panic!("{range}: {other:?}"),
        };
        assert_eq!(part("bytes=0-0"), 0..1);
        assert_eq!(part("bytes=2-5"), 2..6);
        assert_eq!(part("Bytes= 2-5 "), 2..6);
        assert_eq!(part("bytes=0-"), 0..10);
        assert_eq!(part("bytes=9-99999999999999999999999"), 9..10);
        assert_eq!(part("bytes=-3"), 7..10);
        assert_eq!(part("bytes=-30"), 0..10);
    }

    #[test]
    fn a_part_without_bytes_is_refused() {
        for range in ["bytes=10-", "bytes=10-20", "bytes=99999999999999999999999-", "bytes=-0"] {
            assert_eq!(asked(range, 10), Asked::Beyond, "{range}");
        }
        for range in ["bytes=0-", "bytes=0-0", "bytes=-1"] {
            assert_eq!(asked(range, 0), Asked::Beyond, "{range} of nothing");
        }
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        for range in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5",
            "bytes=5-2",
            "bytes=+1-2",
            "bytes=1-2,4-5",
            "bytes=a-b",
            "bytes=1--2",
            "lines=1-2",
            "bytes=１-2",
        ] {
            assert_eq!(asked(range, 10), Asked::Whole, "{range}");
        }
    }
}
