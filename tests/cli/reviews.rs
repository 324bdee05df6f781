//! Which day a command takes for today, seen by what is due.

use expect_test::expect;

use crate::handbook::{CANVAS, Handbook, Run, SETTINGS};

/// Runs a command in a handbook of two canvases, of which one is due on 30 July 2026 and the other long after
/// this test was written, with `epoch`, in seconds since 1970, as the environment's time.
fn run(line: &str, epoch: Option<&str>) -> Run {
    let canvas = |reviewed: &str, every: &str| {
        format!("+++\nreviewed = {reviewed}\nreview_every = \"{every}\"\n+++\n\n{CANVAS}")
    };
    let handbook = Handbook::new()
        .file(SETTINGS, "[rules]\nall = \"off\"\nreview-overdue = \"error\"\n")
        .file("content/new.md", canvas("2026-07-31", "500 years"))
        .file("content/old.md", canvas("2026-01-30", "6 months"));
    let mut command = handbook.command(&format!("{line} --format github --quiet"));
    match epoch {
        Some(epoch) => command.env("SOURCE_DATE_EPOCH", epoch),
        None => command.env_remove("SOURCE_DATE_EPOCH"),
    };
    handbook.run_command(&mut command)
}

#[test]
fn a_build_takes_the_newest_day_of_the_sources() {
    // The older canvas was due on the day before the newer one was reviewed.
    run("build", None).status(1).stdout(expect![[r#"
        ::error file=content/old.md,line=3,endLine=3,col=16,endColumn=26,title=review-overdue::the review was due on 2026-07-30%0Ahelp: look it through, then set `reviewed` in the front matter to the day on which you did
    "#]]);
}

#[test]
fn a_check_takes_the_days_of_the_machine() {
    run("check", None).status(1).stdout(expect![[r#"
        ::error file=content/old.md,line=3,endLine=3,col=16,endColumn=26,title=review-overdue::the review was due on 2026-07-30%0Ahelp: look it through, then set `reviewed` in the front matter to the day on which you did
    "#]]);
}

#[test]
fn the_environment_says_which_day_it_is_and_a_flag_overrules_it() {
    // The last second of 30 July 2026, and the first of the day after.
    run("check", Some("1785455999")).status(0).stdout(expect![[""]]);
    run("build", Some("1785456000")).status(1).stdout(expect![[r#"
        ::error file=content/old.md,line=3,endLine=3,col=16,endColumn=26,title=review-overdue::the review was due on 2026-07-30%0Ahelp: look it through, then set `reviewed` in the front matter to the day on which you did
    "#]]);
    run("check --today 2526-08-01", Some("0")).status(1).stdout(expect![[r#"
        ::error file=content/new.md,line=3,endLine=3,col=16,endColumn=27,title=review-overdue::the review was due on 2526-07-31%0Ahelp: look it through, then set `reviewed` in the front matter to the day on which you did
        ::error file=content/old.md,line=3,endLine=3,col=16,endColumn=26,title=review-overdue::the review was due on 2026-07-30%0Ahelp: look it through, then set `reviewed` in the front matter to the day on which you did
    "#]]);
    run("build --today 2026-07-30", None).status(0).stdout(expect![[""]]);
}

#[test]
fn what_is_no_day_is_refused() {
    run("check", Some("soon")).status(2).stderr(expect![[r#"
        error: SOURCE_DATE_EPOCH must be seconds since 1970, to the year 9999 at most, but is `soon`
    "#]]);
    run("check", Some("999999999999")).status(2).stderr(expect![[r#"
        error: SOURCE_DATE_EPOCH must be seconds since 1970, to the year 9999 at most, but is `999999999999`
    "#]]);
    run("check --today 2026-02-30", None).status(2).stderr(expect![[r#"
        error: invalid value '2026-02-30' for '--today <DATE>': write a day such as 2026-09-30

        For more information, try '--help'.
    "#]]);
    let handbook = Handbook::new();
    handbook.run("new plan --today 2026-02-28").status(2).stderr(expect![[r#"
        error: new looks at no review; leave out `--today`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]);
    handbook.run("init plans --today 2026-02-28").status(2).stderr(expect![[r#"
        error: init looks at no review; leave out `--today`

        Usage: canvasbook [OPTIONS] <COMMAND>

        For more information, try '--help'.
    "#]]);
}
