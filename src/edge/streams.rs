//! The two output streams, and whether they are coloured: results go to the standard output,
//! everything else to the standard error.

#![expect(
    clippy::disallowed_methods,
    reason = "an edge: reads what the environment wants of colours"
)]

use std::io::{self, BufWriter, IsTerminal, Write};

use super::cli::ColorChoice;
use super::harmless::harmless;

/// The width of a terminal that does not report it: one that fits most windows and logs.
const WIDTH: usize = 100;

/// An output stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The standard output, for results.
    Results,
    /// The standard error, for everything else.
    Messages,
}

impl Stream {
    /// Whether it is a terminal.
    pub fn is_terminal(self) -> bool {
        match self {
            Self::Results => io::stdout().is_terminal(),
            Self::Messages => io::stderr().is_terminal(),
        }
    }

    /// Whether output to it is coloured.
    pub fn is_coloured(self, choice: ColorChoice) -> bool {
        let environment = Environment {
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            clicolor_force: std::env::var_os("CLICOLOR_FORCE")
                .is_some_and(|value| !value.is_empty() && value != "0"),
            dumb: std::env::var_os("TERM").is_some_and(|value| value == "dumb"),
            terminal: self.is_terminal(),
        };
        environment.wants_colour(choice)
    }

    /// Its number of columns.
    pub fn width(self) -> usize {
        let size = match self {
            Self::Results => terminal_size::terminal_size_of(io::stdout()),
            Self::Messages => terminal_size::terminal_size_of(io::stderr()),
        };
        // A terminal that does not know its width reports 0.
        size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0).unwrap_or(WIDTH)
    }

    /// Writes to it and flushes. A reader that has gone away, as in `| head`, has seen what it
    /// wanted: that is not an error, and nothing more is written. The output must be harmless.
    pub fn write(self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let written = match self {
            Self::Results => through_buffer(io::stdout().lock(), write),
            Self::Messages => through_buffer(io::stderr().lock(), write),
        };
        forgive_a_reader_that_left(written)
    }

    /// Writes a line. Names or texts from a handbook in it are made harmless.
    pub fn line(self, text: &str) -> io::Result<()> {
        self.lines([text])
    }

    /// Writes lines, each as [`Stream::line`] does.
    pub fn lines(self, lines: impl IntoIterator<Item = impl AsRef<str>>) -> io::Result<()> {
        self.write(|out| {
            lines.into_iter().try_for_each(|line| writeln!(out, "{}", harmless(line.as_ref())))
        })
    }
}

fn through_buffer(
    stream: impl Write,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut buffer = BufWriter::new(stream);
    let written = write(&mut buffer).and_then(|()| buffer.flush());
    // The buffer would try again when it is dropped.
    let (_stream, _unwritten) = buffer.into_parts();
    written
}

fn forgive_a_reader_that_left(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// The environment, which decides on colours unless the command line does: <https://no-color.org>
/// and <https://bixense.com/clicolors>.
#[derive(Clone, Copy, Debug, Default)]
struct Environment {
    no_color: bool,
    clicolor_force: bool,
    dumb: bool,
    terminal: bool,
}

impl Environment {
    fn wants_colour(self, choice: ColorChoice) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if self.no_color => false,
            ColorChoice::Auto => self.clicolor_force || (self.terminal && !self.dumb),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_decides_before_the_environment_and_that_before_the_terminal() {
        let wants = |environment: Environment| environment.wants_colour(ColorChoice::Auto);
        let nothing = Environment::default();
        let terminal = Environment { terminal: true, ..nothing };
        assert!(wants(terminal));
        assert!(!wants(nothing), "not a terminal");
        assert!(!wants(Environment { dumb: true, ..terminal }));
        assert!(!wants(Environment { no_color: true, ..terminal }));
        assert!(wants(Environment { clicolor_force: true, ..nothing }));
        assert!(!wants(Environment { clicolor_force: true, no_color: true, ..nothing }));
        assert!(!terminal.wants_colour(ColorChoice::Never));
        assert!(Environment { no_color: true, ..nothing }.wants_colour(ColorChoice::Always));
    }

    /// A writer that accepts some bytes, then fails.
    struct Fails(usize, io::ErrorKind);

    impl Write for Fails {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 == 0 {
                return Err(self.1.into());
            }
            self.0 -= 1;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_left_is_no_error_but_a_full_disk_is() {
        let write = |kind| {
            let text = "x".repeat(100_000);
            let text = text.as_bytes();
            forgive_a_reader_that_left(through_buffer(Fails(1, kind), |out| {
                out.write_all(text)?;
                out.write_all(text)
            }))
        };
        assert!(write(io::ErrorKind::BrokenPipe).is_ok());
        assert!(write(io::ErrorKind::StorageFull).is_err());
    }
}
