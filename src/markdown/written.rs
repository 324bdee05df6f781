//! Where the source of a link or of a definition says its address, for whoever writes another one there.

use crate::canvas::{LinkTarget, url_target};

/// What stands before the address of a link, and of a definition.
pub const OPENERS: [&str; 2] = ["](", "]:"];

/// The address within a link or definition as written, with its offset: what stands behind the last
/// `opener` and means `target`. `None` if it is written in another way, such as by name.
pub fn address<'w>(
    written: &'w str,
    opener: &str,
    target: &LinkTarget<'_>,
) -> Option<(usize, &'w str)> {
    written.rmatch_indices(opener).find_map(|(at, _)| {
        let rest = &written[at + opener.len()..];
        let start = rest.len() - rest.trim_start().len();
        let rest = &rest[start..];
        let at = at + opener.len() + start;
        let (at, raw) = match rest.strip_prefix('<') {
            Some(inside) => (at + 1, inside.split('>').next()?),
            None => {
                let raw = rest.split(char::is_whitespace).next()?;
                let is_last = raw.len() == rest.len() && opener == OPENERS[0];
                (at, if is_last { raw.strip_suffix(')')? } else { raw })
            }
        };
        (url_target(raw) == *target).then_some((at, raw))
    })
}
