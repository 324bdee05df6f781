//! Which day a command takes for today.

#![expect(
    clippy::disallowed_methods,
    reason = "an edge: reads the environment, and the machine's date"
)]

use crate::date::{self, Date};

/// The day that rules and pages take for today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Today {
    /// This day, because somebody named it.
    Fixed(Date),
    /// The machine's day in its time zone, which moves on while a preview runs.
    OfMachine,
    /// The newest day that the sources name, so that two builds of the same sources are equal.
    OfSources,
}

impl Today {
    /// The day of `SOURCE_DATE_EPOCH`, the seconds since 1970 that [reproducible builds] take instead of
    /// the clock; `None` if it is not set.
    ///
    /// # Errors
    /// What is wrong with its value.
    ///
    /// [reproducible builds]: https://reproducible-builds.org/specs/source-date-epoch/
    pub fn of_environment() -> Result<Option<Self>, String> {
        let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(None) };
        let value = value.to_string_lossy();
        let seconds = value.parse().ok();
        let day = seconds.and_then(date::of_timestamp);
        day.map(|day| Some(Self::Fixed(day))).ok_or_else(|| {
            format!("SOURCE_DATE_EPOCH must be seconds since 1970, to the year 9999 at most, but is `{value}`")
        })
    }

    /// The day; `None` if it depends on the sources.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Fixed(day) => Some(day),
            Self::OfMachine => Some(jiff::ZonedDateTime::now().date()),
            Self::OfSources => None,
        }
    }
}
