//! Calendar days, and how often something comes round.

use std::fmt;

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// 0 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to the month's last.
    pub day: u8,
}

impl Date {
    /// The day, where the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists = year <= 9999 && day >= 1 && day <= Self::days_in(year, month);
        exists.then_some(Self { year, month, day })
    }

    /// How many days a month has; 0 where there is no such month.
    pub fn days_in(year: u16, month: u8) -> u8 {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        }
    }

    /// Why a text in the form of a day is none: `2026-02-30`.
    pub fn why_not(text: &str) -> Option<String> {
        let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        if parts.next().is_some() || text.len() != 10 {
            return None;
        }
        let days = u8::try_from(month).map_or(0, |month| Self::days_in(year, month));
        match days {
            0 => Some(format!("there is no month {month:02}: months go from 01 to 12")),
            days if day == 0 || day > u16::from(days) => {
                Some(format!("{year:04}-{month:02} has {days} days"))
            }
            _ => None,
        }
    }

    /// Reads `2026-09-30`; none for any other form and for days that do not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0u16, |number, digit| {
                digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0'))
            })
        };
        let small = |digits| number(digits).and_then(|number| u8::try_from(number).ok());
        Self::new(number(&[y1, y2, y3, y4])?, small(&[m1, m2])?, small(&[d1, d2])?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How often something is looked at again: `"90 days"`, `"6 months"`, `"1 year"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewInterval {
    /// How many, at least 1.
    pub count: u16,
    /// Of what.
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
    /// Reads `90 days`, `1 week`, `6 months`, `1 year`; none for anything else.
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
            assert_eq!(Date::parse(day).map(|date| date.to_string()).as_deref(), Some(day));
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
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_stand_in_the_order_of_time() {
        assert!(Date::parse("2026-09-30") < Date::parse("2026-10-01"));
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
