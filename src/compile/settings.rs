//! The configuration, the kinds of canvas and the theme, read together.

use std::sync::Arc;

use super::Inputs;
use crate::check::Rules;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::kind::Kinds;
use crate::logo;
use crate::slug::nearest;
use crate::source::{Location, Source, SourcePath, Span};
use crate::theme::{self, BUILT_IN_THEME, Theme, ThemeFiles};
use crate::view::edition::Logo;

/// The configuration, the kinds and the theme, ready for use, with their sources.
#[derive(Debug)]
pub(super) struct Settings {
    pub config: Arc<Config>,
    pub kinds: Arc<Kinds>,
    pub rules: Rules,
    pub theme: Theme,
    pub logo: Option<Logo>,
    /// The diagnostics of all of them.
    pub diagnostics: Vec<Diagnostic>,
    source: Option<Source>,
    kind_sources: Vec<Source>,
    unread_kinds: Vec<SourcePath>,
    /// The diagnostics of the kinds.
    of_kinds: Vec<Diagnostic>,
    theme_files: ThemeFiles,
    themes: Vec<String>,
    files: Vec<SourcePath>,
    logo_head: Vec<u8>,
}

impl Settings {
    /// Reads the settings of the inputs. The kinds are those of `before` if they did not change, so
    /// that documents that were read with them can be used again.
    pub(super) fn read(inputs: &Inputs, before: Option<&Self>) -> Self {
        let (kinds, of_kinds) = match before.filter(|before| before.has_kinds_of(inputs)) {
            Some(before) => (Arc::clone(&before.kinds), before.of_kinds.clone()),
            None => {
                let mut diagnostics = Vec::new();
                let Inputs { kinds, unread_kinds, .. } = inputs;
                let kinds = Kinds::read_beside(unread_kinds, kinds, &mut diagnostics);
                (Arc::new(kinds), diagnostics)
            }
        };
        let mut diagnostics = of_kinds.clone();
        let config = match &inputs.config {
            Some(source) => config::read(source, &mut diagnostics),
            None => Config::default(),
        };
        let rules = Rules::of(&kinds, &mut diagnostics);
        if let Some(Source { path, .. }) = &inputs.config {
            rules.check_levels(&config, path, &mut diagnostics);
        }
        unknown_theme(inputs, &config, &mut diagnostics);
        let mut theme = theme::load(&inputs.theme, &mut diagnostics);
        let mut logo = None;
        if let Some(Source { path, .. }) = &inputs.config {
            theme.paint(&config.colors, path, &mut diagnostics);
            logo = config.logo.as_ref().and_then(|logo| {
                logo::find(logo, path, &inputs.files, &inputs.logo_head, &mut diagnostics)
            });
        }
        theme.check_areas(&kinds, &config.colors, &mut diagnostics);
        Self {
            config: Arc::new(config),
            kinds,
            rules,
            theme,
            logo,
            diagnostics,
            source: inputs.config.clone(),
            kind_sources: inputs.kinds.clone(),
            unread_kinds: inputs.unread_kinds.clone(),
            of_kinds,
            theme_files: inputs.theme.clone(),
            themes: inputs.themes.clone(),
            files: inputs.files.clone(),
            logo_head: inputs.logo_head.clone(),
        }
    }

    fn has_kinds_of(&self, inputs: &Inputs) -> bool {
        self.kind_sources == inputs.kinds && self.unread_kinds == inputs.unread_kinds
    }

    /// Whether these settings are those of the inputs.
    pub(super) fn are_of(&self, inputs: &Inputs) -> bool {
        self.source == inputs.config
            && self.has_kinds_of(inputs)
            && self.theme_files == inputs.theme
            && self.themes == inputs.themes
            && self.files == inputs.files
            && self.logo_head == inputs.logo_head
    }
}

/// Reports a theme that does not exist.
fn unknown_theme(inputs: &Inputs, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(source), name) = (&inputs.config, &config.theme) else { return };
    if name != BUILT_IN_THEME && !inputs.themes.contains(name) {
        let place = config::place(source, "theme");
        let place = place.unwrap_or_else(|| Location::new(&source.path, Span::default()));
        let names = inputs.themes.iter().map(String::as_str).chain([BUILT_IN_THEME]);
        diagnostics.push(catalogue::unknown_theme(place, name, &nearest(name, names)));
    }
}
