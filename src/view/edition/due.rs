//! The canvases with reviews, sorted once for all pages.

use super::Edition;
use crate::date::Date;
use crate::handbook::{DocumentIndex, Handbook};

/// A canvas that has to be reviewed regularly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The first day on which it, or an element of it, is due; `None` if it is unknown when it was
    /// reviewed last.
    pub day: Option<Date>,
    /// The canvas.
    pub document: DocumentIndex,
}

impl Due {
    /// Whether it has to be reviewed now.
    pub fn is_over(&self, handbook: &Handbook) -> bool {
        self.day.is_none_or(|day| handbook.is_over(day))
    }
}

impl Edition {
    /// The canvases with reviews, the most urgent first.
    pub(in crate::view) fn due(&self) -> &[Due] {
        self.due.get_or_init(|| {
            let due = self.handbook.lists.reviews.iter().map(|index| {
                let document = &self.handbook.entry(*index).document;
                Due { day: document.next_review(), document: *index }
            });
            let mut due: Vec<Due> = due.collect();
            due.sort_unstable();
            due.into()
        })
    }

    /// How many of them have to be reviewed now: these are the first.
    pub(in crate::view) fn overdue(&self) -> usize {
        self.due().partition_point(|due| due.is_over(&self.handbook))
    }
}
