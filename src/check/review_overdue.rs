//! `review-overdue`: a canvas, or an element of it, that was to be looked through again by now.

use super::{Rule, Subject};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::source::Spanned;

pub(super) const RULE: Rule =
    Rule::of_coherence(CODE, "A canvas or an element that was to be reviewed by now.", check)
        .by_day();

/// Its code.
pub(super) const CODE: &str = "review-overdue";

fn check(subject: &Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let front = &subject.entry.document.front;
    let mut reviews = subject.entry.document.reviews();
    let Some(last) = front.last_review() else {
        // One finding: only one line is missing.
        let first = reviews.next().map(|(_, every)| subject.place(every.span));
        diagnostics.extend(first.map(catalogue::never_reviewed));
        return;
    };
    for (_, Spanned { value: every, span }) in reviews {
        let due = every.after(last);
        if subject.handbook.is_over(due) {
            diagnostics.push(catalogue::overdue_review(subject.place(span), last, due));
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::check::tests::check;

    const CODE: &str = super::CODE;
    const BLOCKS: &str =
        "## Key Partners\n\n- Mill\n\n## Channels\n\n- Shop\n\n## Key Activities\n\n### Baking\n\n";

    #[test]
    fn a_review_is_overdue_once_its_day_is_over() {
        let canvas = |reviewed: &str| {
            format!(
                "+++\nreviewed = {reviewed}\nreview_every = \"6 months\"\n+++\n\n{BLOCKS}- Bread\n"
            )
        };
        check(
            CODE,
            &canvas("2026-03-31"),
            expect![[r#"
                3   | review_every = "6 months"
                    |                ^^^^^^^^^^ advice[review-overdue]: the review was due on 2026-09-30 (counted from 2026-03-31)
                     help: look it through, then set `reviewed` in the front matter to the day on which you did
            "#]],
        );
        check(CODE, &canvas("2026-05-15"), expect![[""]]);
        check(
            CODE,
            &canvas("2026-05-14"),
            expect![[r#"
                3   | review_every = "6 months"
                    |                ^^^^^^^^^^ advice[review-overdue]: the review was due on 2026-11-14 (counted from 2026-05-14)
                     help: look it through, then set `reviewed` in the front matter to the day on which you did
            "#]],
        );
    }

    #[test]
    fn an_element_may_be_looked_at_more_often_than_its_canvas() {
        check(
            CODE,
            &format!(
                "+++\ndate = 2026-10-01\nreview_every = \"1 year\"\n+++\n\n{BLOCKS}\
                 - **Bread** {{review_every=\"2 weeks\"}} — daily\n- **Rolls** {{review_every=\"2 months\"}}\n"
            ),
            expect![[r#"
                18  | - **Bread** {review_every="2 weeks"} — daily
                    |                            ^^^^^^^ advice[review-overdue]: the review was due on 2026-10-15 (counted from 2026-10-01)
                     help: look it through, then set `reviewed` in the front matter to the day on which you did
            "#]],
        );
    }

    #[test]
    fn a_review_that_comes_round_counts_from_a_day() {
        check(
            CODE,
            &format!("+++\nreview_every = \"1 year\"\n+++\n\n{BLOCKS}- Bread\n"),
            expect![[r#"
                2   | review_every = "1 year"
                    |                ^^^^^^^^ advice[review-overdue]: it is unknown when this canvas was reviewed last
                     help: look it through, then add `reviewed` with the day to the front matter
            "#]],
        );
        check(CODE, &format!("{BLOCKS}- Bread\n"), expect![[""]]);
    }
}
