//! Diagnostics of files, paths and templates.

use super::Explained;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Location, SourcePath, Span};

/// The beginning of the names of the files that canvasbook writes next to the site's pages, such as
/// the list of them.
pub const OWN_NAMES: &str = ".canvasbook-";

/// Every code of this file with its severity and what it means.
pub(super) const CODES: &[Explained] = &[
    ("not-utf8", Severity::Error, "A text file holds bytes that are not UTF-8."),
    ("path-not-utf8", Severity::Error, "The name of a file or folder is not UTF-8."),
    ("unreadable-file", Severity::Error, "A file or folder cannot be read."),
    ("file-too-large", Severity::Error, "A text file is larger than canvasbook reads."),
    ("link-leaves-handbook", Severity::Warning, "A symbolic link leads out of the handbook."),
    ("link-to-hidden", Severity::Warning, "A symbolic link leads to a hidden file or folder."),
    ("link-cycle", Severity::Warning, "A symbolic link leads back to a folder that contains it."),
    ("too-many-links", Severity::Warning, "More symbolic links to folders than are followed."),
    ("folder-too-deep", Severity::Error, "Folders are nested deeper than is read."),
    ("colliding-paths", Severity::Error, "Two sources claim one path of the site."),
    ("unusable-path", Severity::Error, "A path that some systems cannot store."),
    ("unusable-output", Severity::Error, "The handbook's output folder is none to write to."),
    ("unknown-theme", Severity::Error, "The configuration names a theme that does not exist."),
    ("template-error", Severity::Error, "A template of the theme is wrong."),
    (
        "unreadable-history",
        Severity::Warning,
        "The git repository around the handbook cannot be read.",
    ),
    (
        "short-history",
        Severity::Advice,
        "The history in git begins after the day on which a canvas was reviewed.",
    ),
    ("no-content", Severity::Error, "The handbook has no folder of canvases and pages."),
];

/// A handbook without its folder of canvases and pages, which was never made, renamed or lost:
/// publishing it would empty the site.
pub fn no_content(folder: &str) -> Diagnostic {
    Diagnostic::new(
        "no-content",
        Severity::Error,
        whole(&SourcePath::new(folder)),
        format!("there is no folder `{folder}`"),
    )
    .label("canvases and pages belong here")
    .help("make it, or start a handbook with `canvasbook init`")
}

/// A text file whose bytes are not UTF-8. `span` covers the replacement character for the first
/// wrong byte, in the text that is shown instead.
pub fn not_utf8(file: &SourcePath, span: Span, byte: u8) -> Diagnostic {
    Diagnostic::new(
        "not-utf8",
        Severity::Error,
        Location::new(file, span),
        format!("this file is not UTF-8: the byte 0x{byte:02X} begins no character"),
    )
    .label("the first wrong byte")
    .help("save the file as UTF-8; editors offer it beside \"Save\", and `iconv -t UTF-8` converts")
}

/// A file or folder whose own name is not UTF-8; `shown` has replacement characters in it.
pub fn path_not_utf8(shown: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        "path-not-utf8",
        Severity::Error,
        whole(shown),
        format!("the name of `{shown}` is not UTF-8, so no page can have its address"),
    )
    .help("rename it; older archives and file servers leave such names behind")
}

/// A file or folder that cannot be read; `why` is the system's own reason.
pub fn unreadable_file(file: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::new(
        "unreadable-file",
        Severity::Error,
        whole(file),
        format!("`{file}` cannot be read: {why}"),
    )
    .help("mend its permissions or its target, or move it out of the handbook")
}

/// A repository around the handbook that cannot be read, with the reason.
pub fn unreadable_history(why: &str) -> Diagnostic {
    Diagnostic::new(
        "unreadable-history",
        Severity::Warning,
        whole(&SourcePath::new(".git")),
        format!("the history cannot be read: {why}"),
    )
    .help("mend the repository, or write `enabled = false` in `[history]` of canvasbook.toml")
}

/// A history that begins after the day `reviewed` on which a canvas was reviewed.
pub fn short_history(canvas: &SourcePath, reviewed: Date) -> Diagnostic {
    Diagnostic::new(
        "short-history",
        Severity::Advice,
        whole(&SourcePath::new(".git")),
        format!("the history begins after the review of `{canvas}` on {reviewed}"),
    )
    .label("nobody knows what changed since")
    .help("fetch all of it with `git fetch --unshallow`, or let `[history]` begin earlier")
}

/// A text file above the cap.
pub fn file_too_large(file: &SourcePath, size: u64, cap: u64) -> Diagnostic {
    let mebibytes = |bytes: u64| bytes.div_ceil(1024 * 1024);
    Diagnostic::new(
        "file-too-large",
        Severity::Error,
        whole(file),
        format!(
            "`{file}` is too large: {} MiB, and canvasbook reads texts of up to {} MiB",
            mebibytes(size),
            mebibytes(cap)
        ),
    )
    .help("split it into several files, or put it into static/ where it is copied unread")
}

/// A symbolic link whose target is outside of the handbook's root.
pub fn link_leaves_handbook(file: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        "link-leaves-handbook",
        Severity::Warning,
        whole(file),
        format!("the symbolic link `{file}` leads out of the handbook and is not published"),
    )
    .help("copy what it leads to into the handbook, or remove the link")
}

/// A symbolic link whose target is hidden, so that it would publish what is never published.
pub fn link_to_hidden(file: &SourcePath) -> Diagnostic {
    Diagnostic::new(
        "link-to-hidden",
        Severity::Warning,
        whole(file),
        format!("the symbolic link `{file}` leads to a hidden file and is not published"),
    )
    .help("copy what it leads to into the handbook under a name without a leading dot")
}

/// A symbolic link that leads back to a folder that contains it.
pub fn link_cycle(file: &SourcePath, target: &str) -> Diagnostic {
    Diagnostic::new(
        "link-cycle",
        Severity::Warning,
        whole(file),
        format!("the symbolic link `{file}` leads back to `{target}` and is not followed"),
    )
    .help("remove the link, or let it lead to a folder that does not hold it")
}

/// The first link that was not followed because of the number of links before it.
pub fn too_many_links(file: &SourcePath, cap: usize) -> Diagnostic {
    Diagnostic::new(
        "too-many-links",
        Severity::Warning,
        whole(file),
        format!("`{file}` and further symbolic links to folders are not followed"),
    )
    .help(format!("at most {cap} are followed; links to folders that hold links multiply"))
}

/// An output folder from the configuration that must not be written to; `why` completes "because it
/// …".
pub fn refused_output(place: Location, folder: &str, why: &str) -> Diagnostic {
    let message = format!("nothing can be written to `{folder}`, because it {why}");
    Diagnostic::new("unusable-output", Severity::Error, place, message)
        .help("name or make a folder below the handbook's, or give another one with `--output`")
}

/// A folder that is too deep to be read.
pub fn folder_too_deep(folder: &SourcePath, most: usize) -> Diagnostic {
    Diagnostic::new(
        "folder-too-deep",
        Severity::Error,
        whole(folder),
        format!("this folder is inside of more than {most} others and is not read"),
    )
    .help("move what it holds further up")
}

/// The configuration names a theme that has no folder in `themes/`.
pub fn unknown_theme(place: Location, name: &str, near: &[&str]) -> Diagnostic {
    let message = format!("there is no theme `{name}`");
    let diagnostic = Diagnostic::new("unknown-theme", Severity::Error, place, message);
    match near.first() {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help(format!("make the folder `themes/{name}`, or write `default`")),
    }
}

/// A source that claims a path of the site that canvasbook needs for a page of its own.
pub fn reserved_path(place: Location, site_path: &str) -> Diagnostic {
    let message =
        format!("`{}` claims `{site_path}`, where canvasbook puts a page of its own", place.file);
    Diagnostic::new("colliding-paths", Severity::Error, place, message)
        .help("rename it, or move it to another folder")
}

/// Two sources that claim one path of the site. The diagnostic is at the first.
pub fn colliding_paths(one: Location, other: Location, site_path: &str) -> Diagnostic {
    let message = format!("`{}` and `{}` both claim the path `{site_path}`", one.file, other.file);
    Diagnostic::new("colliding-paths", Severity::Error, one, message)
        .label("claims it")
        .related(other, "claims it too")
        .help(
            "rename one of them; names that differ only by case or accents' coding are one name on \
             many systems",
        )
}

/// A path of the site and the source that claims it; `None` is canvasbook itself.
pub type Claimed<'p> = (&'p str, Option<Location>);

/// A file of the site at a path that another one needs for a folder. `None` if canvasbook claims
/// both.
pub fn file_in_folders_place(file: Claimed<'_>, below: Claimed<'_>) -> Option<Diagnostic> {
    let message = format!(
        "`{}` is a file of the site, and `{}` needs a folder of that name",
        file.0, below.0
    );
    clash(message, (file.1, "claims the file"), (below.1, "needs the folder"))
}

/// Two paths of the site that spell one of their folders in different ways, which are one name on
/// many systems. `None` if canvasbook claims both.
pub fn folder_in_two_spellings(one: Claimed<'_>, other: Claimed<'_>) -> Option<Diagnostic> {
    let message = format!("`{}/` and `{}/` are one folder on many systems", one.0, other.0);
    clash(message, (one.1, "is in the one"), (other.1, "is in the other"))
}

/// Two claims that cannot both be published; the diagnostic is at the first one that a source
/// makes.
fn clash(
    message: String,
    one: (Option<Location>, &'static str),
    other: (Option<Location>, &'static str),
) -> Option<Diagnostic> {
    let claims = [one, other].into_iter();
    let mut of_sources = claims.filter_map(|(place, does)| Some((place?, does)));
    let (place, does) = of_sources.next()?;
    let diagnostic =
        Diagnostic::new("colliding-paths", Severity::Error, place, message).label(does);
    Some(match of_sources.next() {
        Some((place, does)) => {
            diagnostic.related(place, does).help("rename one of them, or move it to another folder")
        }
        None => diagnostic.help("rename it: the other one is canvasbook's own"),
    })
}

/// A part of a path that some systems cannot store; `flaw` comes from [`name_flaw`].
pub fn unusable_path(place: Location, part: &str, flaw: &str) -> Diagnostic {
    let message = format!("`{}` cannot be published everywhere: {flaw}", part.escape_debug());
    Diagnostic::new("unusable-path", Severity::Error, place, message)
        .help("rename it, so that the handbook can be checked out and served on every system")
}

/// A path with a name that is reserved for files that canvasbook writes next to the site's pages.
pub fn kept_name(place: Location, part: &str) -> Diagnostic {
    let message = format!(
        "`{}` cannot be published: canvasbook keeps names that begin with `{OWN_NAMES}` for itself",
        part.escape_debug()
    );
    Diagnostic::new("unusable-path", Severity::Error, place, message).help("choose another name")
}

/// A template that cannot be read or rendered; `fields` are those that exist where it failed.
/// `has_fallback` is whether a file of the built-in theme takes its place when it is removed.
pub fn template_error(
    file: &SourcePath,
    span: Span,
    message: &str,
    fields: &[&str],
    has_fallback: bool,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        "template-error",
        Severity::Error,
        Location::new(file, span),
        message.to_owned(),
    )
    .label("here");
    if fields.is_empty() {
        return diagnostic.help(if has_fallback {
            "remove the file from themes/ to fall back to the built-in template"
        } else {
            "correct the file; the built-in theme has none of this name"
        });
    }
    diagnostic.help(format!("the fields here are `{}`", fields.join("`, `")))
}

/// A template with a page that is not rendered after `seconds` seconds.
pub fn overdue_template(file: &SourcePath, seconds: u64) -> Diagnostic {
    Diagnostic::new(
        "template-error",
        Severity::Error,
        Location::new(file, Span::default()),
        format!("a page of this template was not finished after {seconds} s"),
    )
    .label("in this template or in one that it uses")
    .help("look for loops in loops; if the page needs longer, set `timeout` in canvasbook.toml to more seconds")
}

/// A template with a page that is larger than `limit` bytes.
pub fn page_too_large(file: &SourcePath, limit: usize) -> Diagnostic {
    Diagnostic::new(
        "template-error",
        Severity::Error,
        Location::new(file, Span::default()),
        format!("a page of this template is larger than {} MiB", limit / (1024 * 1024)),
    )
    .label("in this template or in one that it uses")
    .help("look for loops in loops, and for a list that belongs on several pages")
}

/// Why a part of a path cannot be stored on some system, if it cannot.
///
/// Windows reserves its device names, with any extension, and drops dots and spaces at the end of a
/// name, so that two names become one. A handbook is refused on every system alike: otherwise it
/// would build for its author and break for a colleague.
pub fn name_flaw(part: &str) -> Option<&'static str> {
    /// The limit of ext4, APFS and NTFS; the strictest unit among them is the byte.
    const LONGEST: usize = 255;
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    const LONGEST_DEVICE: usize = "conout$".len();
    if part.is_empty() {
        return Some("it is empty");
    }
    if part.len() > LONGEST {
        return Some("it is longer than 255 bytes");
    }
    if part.ends_with(['.', ' ']) {
        return Some("it ends with a dot or a space");
    }
    if part.contains(|character: char| character.is_control() || "<>:\"|?*\\/".contains(character))
    {
        return Some("it holds a character that Windows refuses");
    }
    let stem = part.split('.').next().unwrap_or(part).trim_end();
    if stem.len() > LONGEST_DEVICE {
        return None;
    }
    let stem = stem.to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let port = numbered.is_some_and(|number| {
        let mut digits = number.chars();
        matches!(digits.next(), Some('1'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    });
    (port || DEVICES.contains(&stem.as_str())).then_some("it is a device's name on Windows")
}

/// The location of a diagnostic about a file rather than a text in it.
fn whole(file: &SourcePath) -> Location {
    Location::new(file, Span::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_store_are_flawed_everywhere() {
        for flawed in [
            "con",
            "CON.md",
            "aux .tar.gz",
            "Com1.html",
            "lpt².txt",
            "a.",
            "a ",
            "",
            "a:b",
            "a\nb",
            "a\\b",
            &"é".repeat(128),
        ] {
            assert!(name_flaw(flawed).is_some(), "{flawed:?}");
        }
        for fine in ["console.md", "com10.md", "com.md", ".htaccess", "a b.md", "é", "lpt", "con-1"]
        {
            assert_eq!(name_flaw(fine), None, "{fine:?}");
        }
    }

    #[test]
    fn every_constructor_has_its_code_severity_and_help_in_the_table() {
        let (a, b) = (SourcePath::new("content/a.md"), SourcePath::new("content/A.md"));
        let all = [
            not_utf8(&a, Span::new(3, 6), 0xE9),
            path_not_utf8(&a),
            unreadable_file(&a, "Permission denied"),
            file_too_large(&a, 70 << 20, 64 << 20),
            link_leaves_handbook(&a),
            link_to_hidden(&a),
            link_cycle(&a, "content"),
            too_many_links(&a, 4),
            folder_too_deep(&a, 64),
            colliding_paths(whole(&a), whole(&b), "a.html"),
            unusable_path(whole(&a), "con", "it is a device's name on Windows"),
            refused_output(whole(&a), "public", "is no folder"),
            unknown_theme(Location::new(&a, 0..1), "our", &["ours"]),
            template_error(
                &a,
                Span::new(0, 1),
                "unknown field `titel`",
                &["title", "summary"],
                true,
            ),
            unreadable_history("the configuration is broken"),
            short_history(&a, Date::constant(2026, 1, 31)),
            no_content("content"),
        ];
        assert_eq!(all.len(), CODES.len());
        for (diagnostic, (code, severity, meaning)) in all.iter().zip(CODES) {
            assert_eq!((&*diagnostic.code, diagnostic.severity), (*code, *severity));
            assert!(diagnostic.help.is_some() && !meaning.is_empty(), "{code}");
            assert!(!diagnostic.message.ends_with('.'), "{code}");
        }
        assert_eq!(all[9].related[0].location.file, b);
    }
}
