//! The next reviews as a calendar that programs for calendars subscribe to (iCalendar, RFC 5545).

use crate::date::Date;
use crate::view::edition::{At, Content, Due, Edition, PageKind};
use crate::view::url::SitePath;

/// The calendar, if there are reviews.
pub const FILE: PageKind = PageKind {
    id: "reviews.ics",
    pages: |edition| {
        let has_any = !edition.handbook.lists.reviews.is_empty();
        has_any.then(|| (path(), At::default())).into_iter().collect()
    },
    is_of_documents: false,
    content: Content::Data(|edition, _| calendar(edition).into_bytes()),
    source: |_, _| None,
    navigation: |_| Vec::new(),
    is_visited: false,
};

/// How many reviews it has, the most urgent first: programs read all of it again and again.
const MOST_REVIEWS: usize = 1_000;

/// The longest line in bytes, without its end. Source: RFC 5545, 3.1.
const LONGEST_LINE: usize = 75;

/// The path of the calendar.
pub(super) fn path() -> SitePath {
    SitePath::new("reviews/reviews.ics")
}

/// An event of one day for each canvas that was reviewed.
fn calendar(edition: &Edition) -> String {
    let mut calendar = Calendar(String::new());
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//canvasbook//reviews//EN");
    calendar.line("X-WR-CALNAME", &escaped(edition.title()));
    let due = edition.due();
    let dated = due.iter().filter_map(|due| Some((due, due.day?)));
    for (due, day) in dated.take(MOST_REVIEWS) {
        calendar.event(edition, due, day);
    }
    calendar.line("END", "VCALENDAR");
    calendar.0
}

/// A calendar while it is written.
struct Calendar(String);

impl Calendar {
    fn event(&mut self, edition: &Edition, due: &Due, day: Date) {
        let document = &edition.entry(due.document).document;
        let (front, page) = (&document.front, edition.path(due.document));
        let words = &edition.words;
        let compact = |date: Date| date.to_string().replace('-', "");
        self.line("BEGIN", "VEVENT");
        // The event is the same when its day moves, and differs from that of a page with this name in
        // another handbook.
        let base = edition.handbook.config.base_url.as_deref();
        let address = base.map(|base| page.below(base));
        let id = address.clone().unwrap_or_else(|| format!("{page}@{}", edition.title()));
        self.line("UID", &escaped(&id));
        // It has been like this since the last review. The time of the build would make each build of
        // the same sources different.
        let stamp = compact(front.last_review().unwrap_or(day));
        self.line("DTSTAMP", &format!("{stamp}T000000Z"));
        self.line("DTSTART;VALUE=DATE", &compact(day));
        let title = words.get("review_of").replace("{title}", &document.title);
        self.line("SUMMARY", &escaped(&title));
        let overdue = due.is_over(&edition.handbook).then(|| words.owned("overdue"));
        let owner = front.owner.as_deref().map(|owner| words.owned_by(owner));
        let about: Vec<String> = overdue.into_iter().chain(owner).collect();
        if !about.is_empty() {
            self.line("DESCRIPTION", &escaped(&about.join("\n")));
        }
        if let Some(address) = address {
            self.line("URL", &address);
        }
        // Nobody is busy with it for a whole day.
        self.line("TRANSP", "TRANSPARENT");
        self.line("END", "VEVENT");
    }

    /// Writes a line, in pieces of the longest possible length.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in name.chars().chain([':']).chain(value.chars()) {
            if length + character.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            '\n' => value.push_str("\\n"),
            control if control.is_control() => {}
            other => value.push(other),
        }
    }
    value
}
