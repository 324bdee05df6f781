//! How templates lead to each other: which ones they extend and include, and which blocks they
//! contain. The engine follows such chains on the stack, when it reads templates and again when it
//! renders a page, and a stack overflow cannot be caught. So chains are measured before the engine
//! sees a template.

mod tags;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::source::Span;
use tags::{Tag, tags};

/// How long a chain may be: a page's parents, nested blocks and included templates. Elaborate
/// themes need a dozen. The engine allows 20 components inside each other, and each may begin such
/// a chain again; the threads of the edge have the stack for it.
const DEEPEST: usize = 50;

/// How many `elif` an `if` may have: the engine reads each of them inside the one before.
const BRANCHES: usize = 200;

/// How many templates a theme may have. The built-in theme has 10; the engine compares each with all
/// that it refers to.
const TEMPLATES: usize = 1_000;

/// How many blocks and includes the templates of a theme may have, with those of parents counted
/// for each template, since the engine copies them.
const PARTS: usize = 100_000;

/// An error in a template, and its place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flaw {
    /// The template's name.
    pub template: String,
    /// The place in its text.
    pub span: Span,
    /// The message.
    pub message: String,
}

/// The parts of a template that lead to others.
#[derive(Default)]
struct Template<'t> {
    extends: Option<Tag<'t>>,
    includes: Vec<Tag<'t>>,
    /// Each block, with the name of the one around it.
    blocks: Vec<(Tag<'t>, Option<Cow<'t, str>>)>,
    /// The first `elif` of an `if` that has too many.
    branch: Option<Tag<'t>>,
}

/// The templates by name.
type Templates<'t> = BTreeMap<&'t str, Template<'t>>;

/// A template and its parents, by name.
type Line<'c> = Vec<(&'c str, &'c Template<'c>)>;

/// The error of the first chain that is too long or is a cycle.
pub(super) fn flaw<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Option<Flaw> {
    let texts = texts.into_iter();
    let templates: Templates<'_> = texts.map(|(name, text)| (name, Template::read(text))).collect();
    measure(&templates).err()
}

fn measure(templates: &Templates<'_>) -> Result<(), Flaw> {
    if let Some((name, _)) = templates.iter().nth(TEMPLATES) {
        return Err(whole(name, format!("a theme can have at most {TEMPLATES} templates")));
    }
    let mut parts = 0;
    let mut lines = BTreeMap::new();
    let mut weights = BTreeMap::new();
    for (name, template) in templates {
        if let Some(branch) = &template.branch {
            return Err(at(name, branch, format!("an `if` can have at most {BRANCHES} `elif`")));
        }
        let line = line(templates, name)?;
        parts += line.iter().map(|(_, it)| it.blocks.len() + it.includes.len()).sum::<usize>();
        if parts > PARTS {
            let message = format!(
                "the templates of a theme can have at most {PARTS} blocks and includes, those of their parents counted for each"
            );
            return Err(whole(name, message));
        }
        weights.insert(*name, line.len() + blocks(&line)?);
        lines.insert(*name, line);
    }
    includes(&lines, &weights)
}

impl<'t> Template<'t> {
    fn read(text: &'t str) -> Self {
        let mut template = Self::default();
        let mut around: Vec<Cow<'t, str>> = Vec::new();
        let mut branches = vec![0];
        for tag in tags(text) {
            match tag.word {
                "extends" => template.extends = template.extends.or(Some(tag)),
                "include" => template.includes.push(tag),
                "block" => {
                    let name = tag.argument.clone();
                    template.blocks.push((tag, around.last().cloned()));
                    around.push(name);
                }
                "endblock" => drop(around.pop()),
                "if" => branches.push(0),
                "endif" => drop(branches.pop()),
                "elif" => {
                    let Some(count) = branches.last_mut() else { continue };
                    *count += 1;
                    if *count > BRANCHES {
                        template.branch = template.branch.or(Some(tag));
                    }
                }
                _ => {}
            }
        }
        template
    }
}

/// A template and its parents.
fn line<'c>(templates: &'c Templates<'_>, name: &'c str) -> Result<Line<'c>, Flaw> {
    let mut line = Vec::new();
    let mut names = vec![name];
    while let Some((name, template)) = names.last().and_then(|name| templates.get_key_value(name)) {
        line.push((*name, template));
        let Some(tag) = &template.extends else { break };
        let is_circle = names.contains(&&*tag.argument);
        names.push(&tag.argument);
        if is_circle || names.len() > DEEPEST {
            let (name, template) = line[0];
            return Err(at(name, template.extends.as_ref().unwrap_or(tag), chain(&names)));
        }
    }
    Ok(line)
}

/// How deep the blocks of a template are nested, including inherited ones. A block counts once for
/// each template that writes it, since `super()` leads from one to the next.
fn blocks(line: &[(&str, &Template<'_>)]) -> Result<usize, Flaw> {
    let all =
        || line.iter().flat_map(|(name, it)| it.blocks.iter().map(move |block| (*name, block)));
    let mut weights: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, (tag, _)) in all() {
        *weights.entry(&tag.argument).or_default() += 1;
    }
    let held = all().filter_map(|(_, (tag, around))| Some((around.as_deref()?, &*tag.argument)));
    let held: Vec<(&str, &str)> = held.collect();
    depth(&weights, &held).map_err(|names| {
        let is_last = |(_, (tag, _)): &(_, &(Tag<'_>, _))| Some(&&*tag.argument) == names.last();
        match all().find(is_last) {
            Some((name, (tag, _))) => at(name, tag, chain(&names)),
            None => whole(line[0].0, chain(&names)),
        }
    })
}

/// Follows the templates that templates include; `weights` is the depth of each without that.
fn includes(lines: &BTreeMap<&str, Line<'_>>, weights: &BTreeMap<&str, usize>) -> Result<(), Flaw> {
    let tags = |name: &str| {
        let line = lines.get(name).into_iter().flatten();
        line.flat_map(|(name, template)| template.includes.iter().map(move |tag| (*name, tag)))
    };
    let edges = lines.keys().flat_map(|name| tags(name).map(|(_, tag)| (*name, &*tag.argument)));
    let edges: Vec<(&str, &str)> = edges.collect();
    let deepest = depth(weights, &edges);
    deepest.map(drop).map_err(|names| {
        let first = tags(names[0]).find(|(_, tag)| Some(&&*tag.argument) == names.get(1));
        match first {
            Some((name, tag)) => at(name, tag, chain(&names)),
            None => {
                let (name, template) = lines[names[0]][0];
                let tag = template.extends.as_ref();
                tag.map_or_else(|| whole(name, chain(&names)), |tag| at(name, tag, chain(&names)))
            }
        }
    })
}

/// The greatest sum of weights along edges.
///
/// # Errors
/// The names along edges whose weights together exceed [`DEEPEST`].
fn depth<'n>(
    weights: &BTreeMap<&'n str, usize>,
    edges: &[(&'n str, &'n str)],
) -> Result<usize, Vec<&'n str>> {
    let mut depths = weights.clone();
    let mut next: BTreeMap<&str, &str> = BTreeMap::new();
    loop {
        if let Some((name, _)) = depths.iter().find(|(_, depth)| **depth > DEEPEST) {
            let leads = |name: &&'n str| next.get(name).copied();
            return Err(std::iter::successors(Some(*name), leads).take(DEEPEST + 1).collect());
        }
        let mut is_done = true;
        for (from, to) in edges {
            // The engine reports templates that do not exist.
            let (Some(own), Some(behind)) = (weights.get(from), depths.get(to)) else { continue };
            let depth = own + behind;
            if depths.get(from).is_some_and(|known| *known < depth) {
                depths.insert(from, depth);
                next.insert(from, to);
                is_done = false;
            }
        }
        if is_done {
            return Ok(depths.into_values().max().unwrap_or(0));
        }
    }
}

/// The message for names of which each leads to the next.
fn chain(names: &[&str]) -> String {
    let circles = names.iter().enumerate().filter_map(|(start, name)| {
        let length = names[start + 1..].iter().position(|other| other == name)?;
        Some(&names[start..=start + 1 + length])
    });
    match circles.min_by_key(|circle| circle.len()) {
        Some(circle) => format!("`{}` leads back to itself: `{}`", circle[0], circle.join("` → `")),
        None => format!(
            "parents, blocks and includes can lead on to each other at most {DEEPEST} times, and from here it is more"
        ),
    }
}

fn at(template: &str, tag: &Tag<'_>, message: String) -> Flaw {
    Flaw { template: template.to_owned(), span: tag.span, message }
}

/// A flaw of a template as a whole.
fn whole(template: &str, message: String) -> Flaw {
    Flaw { template: template.to_owned(), span: Span::default(), message }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    #[track_caller]
    fn check(templates: &[(&str, &str)], expected: Expect) {
        let shown = flaw(templates.iter().copied()).map_or_else(String::new, |flaw| {
            let (_, text) =
                templates.iter().find(|(name, _)| *name == flaw.template).expect("it is one");
            format!("{} [{}] {}", flaw.template, &text[flaw.span.range()], flaw.message)
        });
        expected.assert_eq(&shown);
    }

    /// `count` templates, each of which leads to the next.
    fn row(count: usize, tag: impl Fn(usize) -> String) -> Vec<(String, String)> {
        let last = (format!("t{count:03}"), "{% block a %}end{% endblock a %}".to_owned());
        (0..count).map(|at| (format!("t{at:03}"), tag(at + 1))).chain([last]).collect()
    }

    #[track_caller]
    fn check_row(count: usize, tag: impl Fn(usize) -> String, expected: Expect) {
        let row = row(count, tag);
        let row: Vec<(&str, &str)> = row.iter().map(|(name, text)| (&**name, &**text)).collect();
        check(&row, expected);
    }

    #[test]
    fn circles() {
        check(
            &[("a", "{% include 'a' %}")],
            expect!["a ['a'] `a` leads back to itself: `a` → `a`"],
        );
        check(
            &[("a", "{% include 'b' %}"), ("b", "{% include 'c' %}"), ("c", "{% include 'b' %}")],
            expect!["c ['b'] `c` leads back to itself: `c` → `b` → `c`"],
        );
        check(
            &[("a", "{% extends 'b' %}"), ("b", "{% extends 'b' %}")],
            expect!["a ['b'] `b` leads back to itself: `b` → `b`"],
        );
        check(
            &[
                ("a", "{% extends 'b' %}{% block x %}{% include 'a' %}{% endblock %}"),
                ("b", "{% block x %}{% endblock %}"),
            ],
            expect!["a ['a'] `a` leads back to itself: `a` → `a`"],
        );
        check(
            &[
                (
                    "a",
                    "{% extends 'b' %}{% block y %}{% block x %}{{ super() }}{% endblock %}{% endblock %}",
                ),
                ("b", "{% block x %}{% block y %}{% endblock %}{% endblock %}"),
            ],
            expect!["a [x] `x` leads back to itself: `x` → `y` → `x`"],
        );
    }

    #[test]
    fn long_chains() {
        let include = |at: usize| format!("{{% include 't{at:03}' %}}");
        check_row(DEEPEST - 2, include, expect![[""]]);
        check_row(
            DEEPEST - 1,
            include,
            expect![
                "t000 ['t001'] parents, blocks and includes can lead on to each other at most 50 times, and from here it is more"
            ],
        );
        let extends = |at: usize| format!("{{% extends 't{at:03}' %}}");
        check_row(DEEPEST - 2, extends, expect![[""]]);
        check_row(
            DEEPEST - 1,
            extends,
            expect![
                "t000 ['t001'] parents, blocks and includes can lead on to each other at most 50 times, and from here it is more"
            ],
        );
        let again = |at: usize| {
            format!("{{% extends 't{at:03}' %}}{{% block a %}}{{{{ super() }}}}{{% endblock a %}}")
        };
        check_row(DEEPEST / 2 - 1, again, expect![[""]]);
        check_row(
            DEEPEST / 2,
            again,
            expect![
                "t000 ['t001'] parents, blocks and includes can lead on to each other at most 50 times, and from here it is more"
            ],
        );
        check_row(5_000, include, expect!["t1818 [] a theme can have at most 1000 templates"]);
    }

    #[test]
    fn many_branches() {
        let text = |count| format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(count));
        check(&[("a", &text(BRANCHES).repeat(2))], expect![[""]]);
        check(&[("a", &text(BRANCHES + 1))], expect!["a [b] an `if` can have at most 200 `elif`"]);
    }

    #[test]
    fn many_templates() {
        let include = |at: usize| format!("{{% include 't{}' %}}", at / 20);
        check_row(TEMPLATES, include, expect!["t999 [] a theme can have at most 1000 templates"]);
        let blocks: String =
            (0..2_000).map(|at| format!("{{% block b{at} %}}{{% endblock %}}")).collect();
        let mut all: Vec<(String, &str)> =
            (0..60).map(|at| (format!("t{at}"), "{% extends 'a' %}")).collect();
        all.push(("a".to_owned(), &blocks));
        let all: Vec<(&str, &str)> = all.iter().map(|(name, text)| (&**name, *text)).collect();
        check(
            &all,
            expect![
                "t53 [] the templates of a theme can have at most 100000 blocks and includes, those of their parents counted for each"
            ],
        );
    }
}
