//! Hints and looks at given times, without a clock: which differences are acted on, and when.

use super::*;

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

type Found = BTreeMap<SourcePath, Difference>;

fn found(differences: &[(&str, Difference)]) -> Found {
    differences.iter().map(|(path, difference)| (SourcePath::new(*path), *difference)).collect()
}

/// Plays hints, each at a time in milliseconds at one path, on a disk that is described by `disk`:
/// a function from a time, and that of the last action, to the differences. Returns the times of
/// the actions.
fn play(
    hints: &[(u64, &str)],
    disk: impl Fn(Duration, Option<Duration>) -> Found,
) -> Vec<Duration> {
    play_looks(hints, disk).1
}

/// Like [`play`], but also returns the times of the looks at everything.
fn play_looks(
    hints: &[(u64, &str)],
    disk: impl Fn(Duration, Option<Duration>) -> Found,
) -> (Vec<Duration>, Vec<Duration>) {
    let mut settle = Settle::default();
    let mut hints = hints.iter().map(|(at, path)| (ms(*at), *path)).peekable();
    let (mut whole, mut acted) = (Vec::new(), Vec::new());
    loop {
        let due = settle.due();
        if let Some((at, path)) = hints.next_if(|(at, _)| due.is_none_or(|due| *at <= due)) {
            // An empty path means a hint without one.
            settle.hint(at, (!path.is_empty()).then_some(Path::new(path)));
            continue;
        }
        let Some(now) = due else { return (whole, acted) };
        let everywhere = settle.places().is_none();
        whole.extend(everywhere.then_some(now));
        if settle.looked(now, &disk(now, acted.last().copied()), everywhere) {
            settle.forget();
            acted.push(now);
        }
    }
}

/// A disk on which one file changes at given times.
fn changing(times: &[u64]) -> impl Fn(Duration, Option<Duration>) -> Found {
    let times: Vec<Duration> = times.iter().map(|at| ms(*at)).collect();
    move |now, acted| {
        let is_new = |at: &Duration| *at <= now && acted.is_none_or(|acted| *at > acted);
        if times.iter().any(is_new) { found(&[("a.md", Difference::Changed)]) } else { found(&[]) }
    }
}

#[test]
fn one_save_is_acted_on_almost_at_once() {
    assert_eq!(play(&[(100, "a.md"), (101, "a.md")], changing(&[100, 101])), [ms(103)]);
    let apart = play(&[(100, "a.md"), (200, "a.md")], changing(&[100, 200]));
    assert_eq!(apart, [ms(103), ms(203)]);
}

#[test]
fn what_follows_is_gathered_until_it_is_quiet() {
    let times = [100, 110, 125, 140];
    let hints = times.map(|at| (at, "a.md"));
    assert_eq!(play(&hints, changing(&times)), [ms(103), ms(165)]);
}

#[test]
fn one_who_saves_without_end_sees_something_all_the_same() {
    let times: Vec<u64> = (0..60).map(|n| 100 + n * 10).collect();
    let hints: Vec<(u64, &str)> = times.iter().map(|at| (*at, "a.md")).collect();
    // From 110 and 360 on for 250 ms each, then until it is quiet after 690.
    assert_eq!(play(&hints, changing(&times)), [ms(103), ms(360), ms(620), ms(715)]);
}

#[test]
fn hints_without_a_difference_are_forgotten() {
    assert_eq!(play(&[(100, "x"), (110, "x"), (500, "x")], changing(&[])), []);
}

#[test]
fn a_checkout_is_waited_for() {
    let names: Vec<String> = (0..5000).map(|n| format!("{n}.md")).collect();
    let hints: Vec<(u64, &str)> =
        names.iter().enumerate().map(|(n, name)| (100 + n as u64 / 4, name.as_str())).collect();
    let disk = |now: Duration, acted: Option<Duration>| {
        let is_new = |(n, _): &(usize, &String)| {
            let at = ms(100 + *n as u64 / 4);
            at <= now && acted.is_none_or(|acted| at > acted)
        };
        let new = names.iter().enumerate().filter(is_new);
        new.map(|(_, name)| (SourcePath::new(name.as_str()), Difference::Changed)).collect()
    };
    // The first files are found at once, the others when the last was written at 1349.
    assert_eq!(play(&hints, disk), [ms(103), ms(1449)]);
}

#[test]
fn a_slow_checkout_is_built_every_few_seconds() {
    let times: Vec<u64> = (0..700).map(|n| 100 + n * 10).collect();
    let names: Vec<String> = (0..700).map(|n| format!("{n}.md")).collect();
    let hints: Vec<(u64, &str)> = times.iter().copied().zip(names.iter().map(|n| &**n)).collect();
    // At 360 about 20 files had changed, at 620 more than fifty: from 370 on it waits for 5 s.
    let expected = [ms(103), ms(360), ms(5370), ms(7090 + 100)];
    assert_eq!(play(&hints, changing(&times)), expected);
}

/// A disk on which one file differs in a given way between two times.
fn between(
    from: u64,
    to: u64,
    difference: Difference,
    then: &'static [(&'static str, Difference)],
) -> impl Fn(Duration, Option<Duration>) -> Found {
    move |now, acted| {
        if now < ms(from) || acted.is_some() {
            found(&[])
        } else if now < ms(to) {
            found(&[("a.md", difference)])
        } else {
            found(then)
        }
    }
}

#[test]
fn half_a_save_is_not_believed() {
    for difference in [Difference::Emptied, Difference::Vanished] {
        let whole: &[_] = &[("a.md", Difference::Changed)];
        let acted = play(&[(100, "a.md"), (120, "a.md")], between(100, 120, difference, whole));
        assert_eq!(acted, [ms(145)], "{difference:?}: it was written at 120 and quiet 25 later");
    }
    let temporary = between(100, 110, Difference::Appeared, &[]);
    assert_eq!(play(&[(100, "sedXyz"), (110, "sedXyz")], temporary), []);
}

#[test]
fn what_stays_empty_missing_or_new_is_believed() {
    for difference in [Difference::Emptied, Difference::Vanished, Difference::Appeared] {
        let acted = play(&[(100, "a.md")], between(100, 9000, difference, &[]));
        assert_eq!(acted, [ms(153)], "{difference:?}");
    }
}

#[test]
fn a_file_that_comes_and_goes_holds_up_others_for_some_time_only() {
    let hints: Vec<(u64, &str)> = (0..800).map(|n| (100 + n * 10, "x")).collect();
    let looks = std::cell::Cell::new(0);
    let disk = |_, acted: Option<Duration>| {
        // The difference is never the same twice.
        looks.set(looks.get() + 1);
        let flicker = [("x", Difference::Emptied), ("x", Difference::Appeared)][looks.get() % 2];
        if acted.is_some() {
            return found(&[]);
        }
        found(&[flicker, ("a.md", Difference::Changed)])
    };
    assert_eq!(play(&hints, disk).first(), Some(&ms(100 + 5000)));
}

#[test]
fn everything_is_looked_at_once_nobody_writes() {
    let save = play_looks(&[(100, "a.md"), (400, "a.md")], changing(&[100, 400]));
    assert_eq!(save, (vec![ms(1900)], vec![ms(103), ms(403)]));
    let nothing = play_looks(&[(100, "x")], changing(&[]));
    assert_eq!(nothing, (vec![ms(1600)], vec![]));
    let hints: Vec<(u64, &str)> = (0..30).map(|n| (1000 + n * 1000, "a.md")).collect();
    let times: Vec<u64> = hints.iter().map(|(at, _)| *at).collect();
    let (whole, acted) = play_looks(&hints, changing(&times));
    assert_eq!(acted.len(), 30, "every save is acted on");
    assert_eq!(whole, [ms(1003 + 20_000), ms(31_500)], "also while somebody never pauses");
}

#[test]
fn what_no_hint_pointed_at_is_found_and_looked_at_twice() {
    for difference in [Difference::Changed, Difference::Vanished] {
        // The hint is at one file, the change at another.
        let disk = |now: Duration, acted: Option<Duration>| {
            let is_found = now >= ms(1000) && acted.is_none();
            if is_found { found(&[("b.md", difference)]) } else { found(&[]) }
        };
        let again = if difference == Difference::Changed { 1625 } else { 1650 };
        let expected = (vec![ms(1600), ms(again)], vec![ms(again)]);
        assert_eq!(play_looks(&[(100, "a.md")], disk), expected, "{difference:?}");
    }
}

#[test]
fn where_hints_say_too_little_everything_is_looked_at_until_it_settles() {
    let lost = play_looks(&[(100, "")], changing(&[100]));
    assert_eq!(lost, (vec![ms(103)], vec![ms(103)]), "and it is enough");
    let vanished = between(100, 9000, Difference::Vanished, &[]);
    let lost = play_looks(&[(100, "a.md"), (101, "")], vanished);
    assert_eq!(lost, (vec![ms(103), ms(153)], vec![ms(153)]));
    let names: Vec<String> = (0..=MANY).map(|n| format!("{n}.md")).collect();
    let many: Vec<(u64, &str)> = names.iter().map(|name| (100, name.as_str())).collect();
    assert_eq!(play_looks(&many, changing(&[100])), (vec![ms(200)], vec![ms(200)]));
}
