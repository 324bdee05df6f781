//! Calendar days, and intervals between reviews.

use std::fmt;

use jiff::Span;
pub use jiff::civil::Date;

/// A day of the calendar, in the years 0 to 9999; `None` if there is no such day.
pub fn day(year: u16, month: u8, day: u8) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year <= 9999)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads `2026-09-30`; `None` for any other form and for days that do not exist.
pub fn parse(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text)?;
    self::day(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The day of a number of seconds since 1970 in Greenwich; `None` outside of the years 0 to 9999.
pub fn of_timestamp(seconds: i64) -> Option<Date> {
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    let day = jiff::tz::TimeZone::UTC.to_datetime(moment).date();
    (0..=9999).contains(&day.year()).then_some(day)
}

/// A number of seconds since 1970 as feeds write a moment: `2026-09-30T14:00:00Z`. A moment outside of the years 0
/// to 9999 becomes the beginning of 1970.
pub fn moment(seconds: i64) -> String {
    let known = of_timestamp(seconds).and_then(|_| jiff::Timestamp::from_second(seconds).ok());
    known.unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// The seconds since 1970 at which a day begins in Greenwich.
pub fn timestamp(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from((day - epoch).get_days()) * 24 * 60 * 60
}

/// Why a text in the form of a day, such as `2026-02-30`, is not a day. `None` if it has another
/// form, or is a day.
pub fn why_not(text: &str) -> Option<String> {
    let (year, month, day) = parts(text)?;
    let first = u8::try_from(month).ok().and_then(|month| self::day(year, month, 1));
    match first.map(Date::days_in_month) {
        None => Some(format!("there is no month {month:02}: months go from 01 to 12")),
        Some(days) if day == 0 || i32::from(day) > i32::from(days) => {
            Some(format!("{year:04}-{month:02} has {days} days"))
        }
        Some(_) => None,
    }
}

/// The numbers of a text in the form `2026-09-30`.
fn parts(text: &str) -> Option<(u16, u16, u16)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u16, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0'))
        })
    };
    Some((number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?))
}

/// The time from one review to the next: `"90 days"`, `"6 months"`, `"1 year"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewInterval {
    /// The number of units, at least 1.
    pub count: u16,
    /// The unit.
    pub unit: ReviewUnit,
}

/// The unit of a [`ReviewInterval`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewUnit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Calendar months.
    Months,
    /// Calendar years.
    Years,
}

impl ReviewInterval {
    /// Reads `90 days`, `1 week`, `6 months`, `1 year`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count = count.parse().ok().filter(|count| *count > 0)?;
        let unit = match unit.trim() {
            "day" | "days" => ReviewUnit::Days,
            "week" | "weeks" => ReviewUnit::Weeks,
            "month" | "months" => ReviewUnit::Months,
            "year" | "years" => ReviewUnit::Years,
            _ => return None,
        };
        Some(Self { count, unit })
    }

    /// The day that follows `day` after this interval. A day that the month does not have becomes the
    /// last day of the month: a month after 31 January is 28 or 29 February.
    pub fn after(self, day: Date) -> Date {
        let count = i64::from(self.count);
        let span = match self.unit {
            ReviewUnit::Days => Span::new().days(count),
            ReviewUnit::Weeks => Span::new().weeks(count),
            ReviewUnit::Months => Span::new().months(count),
            // There are no more years to count.
            ReviewUnit::Years => Span::new().years(count.min(9999)),
        };
        day.saturating_add(span)
    }
}

impl fmt::Display for ReviewInterval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            ReviewUnit::Days => "day",
            ReviewUnit::Weeks => "week",
            ReviewUnit::Months => "month",
            ReviewUnit::Years => "year",
        };
        let plural = if self.count == 1 { "" } else { "s" };
        write!(formatter, "{} {unit}{plural}", self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_read() {
        for day in ["2026-09-30", "2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31"] {
            assert_eq!(parse(day).map(|date| date.to_string()).as_deref(), Some(day));
        }
        for text in [
            "2026-02-29",
            "1900-02-29",
            "2026-09-31",
            "2026-13-01",
            "2026-00-10",
            "2026-01-00",
            "2026-1-1",
            "20260101",
            "2026-01-01 ",
            "+026-01-01",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_review_comes_round_by_the_calendar() {
        let after = |from, every| {
            let day = parse(from).expect("is a day");
            ReviewInterval::parse(every).expect("says how often").after(day).to_string()
        };
        assert_eq!(after("2026-09-30", "90 days"), "2026-12-29");
        assert_eq!(after("2026-09-30", "2 weeks"), "2026-10-14");
        assert_eq!(after("2026-08-31", "6 months"), "2027-02-28");
        assert_eq!(after("2024-02-29", "1 year"), "2025-02-28");
        assert_eq!(after("2026-09-30", "65535 years"), "9999-12-31");
    }

    #[test]
    fn days_are_in_the_order_of_time() {
        assert!(parse("2026-09-30") < parse("2026-10-01"));
    }

    #[test]
    fn intervals_are_a_number_and_a_unit() {
        let read = |text| ReviewInterval::parse(text).map(|interval| interval.to_string());
        assert_eq!(read("1 year").as_deref(), Some("1 year"));
        assert_eq!(read(" 6  months ").as_deref(), Some("6 months"));
        for text in ["", "year", "0 days", "-1 days", "70000 days", "6 moons", "six months"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
