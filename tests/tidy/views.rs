//! What templates see: the view that each kind of page hands to its template, and the fields of every
//! view struct that it leads to, read from the sources with their documentation.

use std::collections::{BTreeMap, BTreeSet};

use canvasbook::compile::Output;
use canvasbook::view::edition::Content;
use canvasbook::view::pages::PageKey;
use syn::{Expr, Fields, GenericArgument, Item, Lit, PathArguments, Type};

use crate::examples::every_sort;
use crate::{files, read};

/// A struct as templates see it.
pub struct View {
    /// Its documentation; Markdown.
    pub doc: String,
    /// Its fields in the order written.
    pub fields: Vec<Field>,
}

/// A field of a view.
pub struct Field {
    /// Its name in templates.
    pub name: String,
    /// Its documentation; Markdown.
    pub doc: String,
    /// Its type.
    pub ty: Type,
    /// Its attributes for serde other than the one that leaves it out, which would change its name
    /// or type.
    pub told: Option<String>,
}

/// All serialisable types, by name.
#[derive(Default)]
pub struct Serialised {
    /// Structs with named fields.
    pub views: BTreeMap<String, View>,
    /// The types that wrappers without a form of their own are serialised as.
    pub transparent: BTreeMap<String, Type>,
    /// The words of enumerations.
    pub words: BTreeMap<String, Vec<String>>,
}

fn parse(path: &str) -> syn::File {
    syn::parse_file(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Reads every type that derives `Serialize`, except those that only edges print.
pub fn serialised() -> Serialised {
    let mut all = Serialised::default();
    let is_source = |path: &String| path.ends_with(".rs") && !path.starts_with("src/edge/");
    for path in files("src").into_iter().filter(is_source) {
        if !read(&path).contains("Serialize") {
            continue;
        }
        for item in parse(&path).items {
            match item {
                Item::Struct(item) if is_serialised(&item.attrs) => {
                    let name = item.ident.to_string();
                    match item.fields {
                        Fields::Named(fields) => {
                            let view = View {
                                doc: doc(&item.attrs),
                                fields: fields.named.into_iter().filter_map(field).collect(),
                            };
                            let twice = all.views.insert(name.clone(), view).is_some();
                            // Types of the export are not for templates.
                            let is_view = name.ends_with("View");
                            assert!(!(twice && is_view), "{path}: there is another `{name}`");
                        }
                        Fields::Unnamed(fields) => {
                            let inner = fields.unnamed.into_iter().next().expect("it has a field");
                            all.transparent.insert(name, inner.ty);
                        }
                        Fields::Unit => {}
                    }
                }
                Item::Enum(item) if is_serialised(&item.attrs) => {
                    let words = item.variants.iter().map(|v| kebab(&v.ident.to_string()));
                    all.words.insert(item.ident.to_string(), words.collect());
                }
                _ => {}
            }
        }
    }
    all
}

fn is_serialised(attributes: &[syn::Attribute]) -> bool {
    let derives = attributes.iter().filter(|attribute| attribute.path().is_ident("derive"));
    let derived = derives.filter_map(|derive| match &derive.meta {
        syn::Meta::List(list) => Some(list.tokens.to_string()),
        _ => None,
    });
    derived.into_iter().any(|names| names.contains("Serialize"))
}

/// A field, unless templates do not see it.
fn field(field: syn::Field) -> Option<Field> {
    let name = field.ident?.to_string();
    let told = field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde"));
    let told = told.filter_map(|attribute| match &attribute.meta {
        syn::Meta::List(list) => Some(list.tokens.to_string()),
        _ => None,
    });
    let told: Option<String> = told.into_iter().next();
    if matches!(told.as_deref(), Some("skip" | "skip_serializing")) {
        return None;
    }
    Some(Field { name, doc: doc(&field.attrs), ty: field.ty, told })
}

/// The documentation of an item in one line, links of rustdoc as mere names.
fn doc(attributes: &[syn::Attribute]) -> String {
    let docs = attributes.iter().filter(|attribute| attribute.path().is_ident("doc"));
    let lines = docs.filter_map(|doc| match &doc.meta {
        syn::Meta::NameValue(value) => match &value.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value().trim().to_owned()),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    let text = lines.collect::<Vec<String>>().join(" ");
    let mut plain = String::new();
    let mut rest = text.as_str();
    while let Some((before, link)) = rest.split_once("[`") {
        let (path, after) = link.split_once("`]").expect("a link of rustdoc ends");
        let name = path.rsplit("::").next().unwrap_or(path);
        plain.push_str(&format!("{before}`{name}`"));
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// `problem-solving` for `ProblemSolving`, as serde writes the words of this crate.
fn kebab(name: &str) -> String {
    let mut word = String::new();
    for character in name.chars() {
        if character.is_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.extend(character.to_lowercase());
    }
    word
}

/// For each template, its own variable with the struct of its value, as the kinds of page hand it
/// over.
pub fn given() -> Vec<(&'static str, String)> {
    let compiled = every_sort();
    let keys = compiled.site.values().filter_map(|output| match output {
        Output::Page(key) => Some(*key),
        _ => None,
    });
    // Kinds in the order of the table.
    let keys: BTreeSet<PageKey> = keys.collect();
    let mut given = Vec::new();
    for key in keys {
        let Content::Page { template, view } = key.kind().content else { continue };
        let shown = format!("{:?}", view(&compiled.edition, key.at).view);
        let name = shown.split([' ', '{']).next().unwrap_or_default().to_owned();
        // Two kinds of page may share a template, and then a view.
        if !given.contains(&(template.name(), name.clone())) {
            given.push((template.name(), name));
        }
    }
    given
}

/// The last name of a path: `Value` for `serde_json::Value`.
pub fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The types between the angle brackets.
pub fn inner_types(segment: &syn::PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    });
    types.collect()
}
