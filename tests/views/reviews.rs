//! The page of reviews, and their calendar.

use std::fmt::Write as _;

use canvasbook::compile::{Compiled, Output};
use canvasbook::view::reviews::{self, ReviewsView};
use canvasbook::view::url::SitePath;
use expect_test::expect;

use super::{BAKERY, add_rows, compiled};

/// Canvases by path, with the lines of their front matter.
fn reviewed(canvases: &[(&str, &str)]) -> Compiled {
    let canvases = canvases.iter().map(|(path, front)| {
        let blocks = "## Channels\n\n- **Shop** {review_every=\"2 weeks\"}\n\n## Key Partners\n\n## Key Resources\n";
        (*path, format!("+++\n{front}\n+++\n\n{blocks}"))
    });
    let canvases: Vec<(&str, String)> = canvases.collect();
    let plain = ("plain.md", BAKERY.to_owned());
    let documents = canvases.iter().chain([&plain]).map(|(path, text)| (*path, text.as_str()));
    compiled(
        "title = \"Plans; all, of them\"\nbase_url = \"https://example.org/b\"\n",
        &documents.collect::<Vec<_>>(),
    )
}

const REVIEWED: [(&str, &str); 5] = [
    (
        "late.md",
        "title = \"Late\"\nowner = \"Head Baker\"\nreviewed = 2026-06-30\nreview_every = \"1 month\"",
    ),
    (
        "old.md",
        "title = \"Old, but \\\\ gold; the second-hand shop of the whole region around the Österåker\"\nowner = \"Head Baker\"\nreviewed = 2026-01-31\nreview_every = \"6 months\"",
    ),
    (
        "new.md",
        "title = \"New\"\nowner = \"Head Baker\"\nreviewed = 2026-09-30\nreview_every = \"1 year\"",
    ),
    ("soon.md", "title = \"Soon\"\ndate = 2026-09-20\nreview_every = \"2 weeks\""),
    ("never.md", "title = \"Never\"\nreview_every = \"1 year\""),
];

#[test]
fn reviews_are_listed_by_urgency_with_elements_that_are_due_first() {
    let compiled = reviewed(&REVIEWED);
    let path = SitePath::new("reviews/index.html");
    let Some(Output::Page(key)) = compiled.site.get(&path) else { panic!("there is no page") };
    let (_, view) = reviews::view(&compiled.edition, key.at.number());
    let ReviewsView { title, lede, owners_html, canvases_html, calendar_url, paging } = view;
    let mut text = format!("{title}: {lede}\n");
    add_rows(&mut text, &owners_html, 9);
    add_rows(&mut text, &canvases_html, 9);
    let _ = writeln!(text, "{calendar_url} {paging:?}");
    expect![[r#"
        Reviews: 3 canvases are to be reviewed by now.
        - Owner | Overdue
        - Head Baker | 2
        - Nobody | 1
        - Canvas | Due | Elements | Reviewed | Owner
        - Overdue
        - Never
        - Old, but \ gold; the second-hand shop of the whole region around the Österåker | 14 February 2026 | Shop | 31 January 2026 | Head Baker
        - Late | 14 July 2026 | Shop | 30 June 2026 | Head Baker
        - To come
        - Soon | 4 October 2026 | 20 September 2026
        - New | 14 October 2026 | Shop | 30 September 2026 | Head Baker
        reviews.ics None
    "#]].assert_eq(&text);
    let home = compiled.render(match compiled.site.get(&SitePath::new("index.html")) {
        Some(Output::Page(key)) => *key,
        other => panic!("{other:?} is no page"),
    });
    let home = String::from_utf8(home.expect("has a template")).expect("is UTF-8");
    let link = home.lines().find(|line| line.contains("reviews/")).map(str::to_owned);
    expect![[r#"<p class="more"><a href="reviews/index.html">3 reviews are overdue</a> · <a href="gaps/index.html">11 gaps</a></p>"#]]
        .assert_eq(&link.unwrap_or_default());
}

#[test]
fn reviews_are_a_calendar() {
    let compiled = reviewed(&REVIEWED);
    let path = SitePath::new("reviews/reviews.ics");
    let Some(Output::Data(key)) = compiled.site.get(&path) else { panic!("there is no file") };
    let calendar = String::from_utf8(compiled.data(*key)).expect("is UTF-8");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    expect![[r#"
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//canvasbook//reviews//EN
        X-WR-CALNAME:Plans\; all\, of them
        BEGIN:VEVENT
        UID:https://example.org/b/old.html
        DTSTAMP:20260131T000000Z
        DTSTART;VALUE=DATE:20260214
        SUMMARY:Review: Old\, but \\ gold\; the second-hand shop of the whole regio
         n around the Österåker
        DESCRIPTION:Overdue\nOwner: Head Baker
        URL:https://example.org/b/old.html
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        UID:https://example.org/b/late.html
        DTSTAMP:20260630T000000Z
        DTSTART;VALUE=DATE:20260714
        SUMMARY:Review: Late
        DESCRIPTION:Overdue\nOwner: Head Baker
        URL:https://example.org/b/late.html
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        UID:https://example.org/b/soon.html
        DTSTAMP:20260920T000000Z
        DTSTART;VALUE=DATE:20261004
        SUMMARY:Review: Soon
        URL:https://example.org/b/soon.html
        TRANSP:TRANSPARENT
        END:VEVENT
        BEGIN:VEVENT
        UID:https://example.org/b/new.html
        DTSTAMP:20260930T000000Z
        DTSTART;VALUE=DATE:20261014
        SUMMARY:Review: New
        DESCRIPTION:Owner: Head Baker
        URL:https://example.org/b/new.html
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR
    "#]]
    .assert_eq(&calendar.replace("\r\n", "\n"));
}

#[test]
fn without_an_interval_there_are_no_reviews() {
    let compiled = reviewed(&[]);
    let pages = compiled.site.keys().filter(|path| path.as_str().contains("review"));
    assert_eq!(pages.count(), 0);
}
