//! The program as people meet it: a folder, a command line, and exactly what is printed.
//!
//! A test builds a small handbook in a folder of its own, runs the program there and compares
//! both streams and the exit status. `UPDATE_EXPECT=1 cargo test --test cli` rewrites the
//! expectations; read the difference before you commit it.

#![expect(clippy::disallowed_methods, reason = "it starts the program and looks at what it wrote")]

#[path = "cli/bad_kinds.rs"]
mod bad_kinds;
#[path = "cli/bad_settings.rs"]
mod bad_settings;
#[path = "cli/bad_sources.rs"]
mod bad_sources;
#[path = "cli/bad_theme.rs"]
mod bad_theme;
#[path = "cli/comment.rs"]
mod comment;
#[path = "cli/data.rs"]
mod data;
#[path = "cli/diff_findings.rs"]
mod diff_findings;
#[path = "cli/diff_html.rs"]
mod diff_html;
#[path = "cli/edits.rs"]
mod edits;
#[path = "cli/escapes.rs"]
mod escapes;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/feeds.rs"]
mod feeds;
#[path = "cli/findings.rs"]
mod findings;
#[path = "cli/handbook.rs"]
mod handbook;
#[path = "cli/kind_commands.rs"]
mod kind_commands;
#[path = "cli/kinds.rs"]
mod kinds;
#[path = "cli/line_ends.rs"]
mod line_ends;
#[path = "cli/harmless.rs"]
mod harmless;
#[path = "cli/history.rs"]
mod history;
#[path = "tree/html.rs"]
mod html;
#[path = "tree/links.rs"]
mod links;
#[path = "cli/lists.rs"]
mod lists;
#[path = "cli/looks.rs"]
mod looks;
#[path = "cli/markdown.rs"]
mod markdown;
#[path = "cli/names.rs"]
mod names;
#[path = "cli/new_canvas.rs"]
mod new_canvas;
#[path = "cli/notes.rs"]
mod notes;
#[path = "tree/numbers.rs"]
mod numbers;
#[path = "cli/odd_histories.rs"]
mod odd_histories;
#[path = "cli/output.rs"]
mod output;
#[path = "cli/own_kind.rs"]
mod own_kind;
#[path = "cli/pages.rs"]
mod pages;
#[path = "cli/preview.rs"]
mod preview;
#[path = "cli/preview_survives.rs"]
mod preview_survives;
#[path = "cli/printed.rs"]
mod printed;
#[path = "cli/private.rs"]
mod private;
#[path = "cli/questions.rs"]
mod questions;
#[path = "cli/refused.rs"]
mod refused;
#[path = "cli/reports.rs"]
mod reports;
#[path = "cli/renamed_blocks.rs"]
mod renamed_blocks;
#[path = "cli/repository.rs"]
mod repository;
#[path = "cli/reviews.rs"]
mod reviews;
#[path = "cli/same_bytes.rs"]
mod same_bytes;
#[path = "cli/scenarios.rs"]
mod scenarios;
#[path = "cli/revisions.rs"]
mod revisions;
#[path = "cli/serve.rs"]
mod serve;
#[path = "cli/serve_edits.rs"]
mod serve_edits;
#[path = "cli/states.rs"]
mod states;
#[path = "cli/suspects.rs"]
mod suspects;
#[path = "cli/tags.rs"]
mod tags;
#[path = "cli/templates.rs"]
mod templates;
#[path = "cli/theme.rs"]
mod theme;
#[path = "cli/diff.rs"]
mod diff;
#[path = "cli/thread.rs"]
mod thread;
#[cfg(unix)]
#[path = "cli/single_file.rs"]
mod single_file;
#[path = "cli/special_files.rs"]
mod special_files;
#[path = "cli/start.rs"]
mod start;
#[path = "cli/printed_diff.rs"]
mod printed_diff;
#[path = "cli/watch.rs"]
mod watch;
#[path = "cli/watch_large.rs"]
mod watch_large;
#[path = "cli/watch_links.rs"]
mod watch_links;
#[path = "cli/watch_saves.rs"]
mod watch_saves;
#[path = "cli/watch_script.rs"]
mod watch_script;
#[path = "cli/watching.rs"]
mod watching;
#[path = "tree/tree.rs"]
mod tree;
#[cfg(unix)]
#[path = "cli/workflows.rs"]
mod workflows;
