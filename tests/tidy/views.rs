//! What templates see, read from the sources: which variables `src/render.rs` hands to each
//! template, and the fields of every view struct that they lead to, with their documentation.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{Expr, Fields, GenericArgument, Item, Lit, PathArguments, ReturnType, Type};

use crate::{files, read};

/// A struct as templates see it.
pub struct View {
    /// What it is; Markdown.
    pub doc: String,
    /// Its fields in the order written.
    pub fields: Vec<Field>,
}

/// A field of a view.
pub struct Field {
    /// What templates call it.
    pub name: String,
    /// What it holds; Markdown.
    pub doc: String,
    /// Its type.
    pub ty: Type,
    /// What serde is told about it beside leaving it out: then name or type would not be as written.
    pub told: Option<String>,
}

/// Everything that can be serialised, by its name.
#[derive(Default)]
pub struct Serialised {
    /// Structs with named fields.
    pub views: BTreeMap<String, View>,
    /// What stands for a type that adds nothing to the one in it.
    pub transparent: BTreeMap<String, Type>,
    /// The words of an enumeration.
    pub words: BTreeMap<String, Vec<String>>,
}

/// What a template gets: each variable with the struct behind it.
pub struct Given {
    /// The variables that every template has.
    pub everywhere: Vec<(String, String)>,
    /// By template, the variable of its own.
    pub own: Vec<(String, String)>,
}

fn parse(path: &str) -> syn::File {
    syn::parse_file(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Reads every type that derives `Serialize`, but for those that only edges print.
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
                            // Those of the export are none of a template's business.
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

/// Reads `src/render.rs`: each call `fill(…, "home", &view)` hands the template `home.html` what the
/// nearest call of a view's function before it gave.
pub fn given() -> Given {
    let given = given_by(&parse("src/render.rs"));
    assert!(!given.everywhere.is_empty(), "src/render.rs hands every template the frame");
    assert!(!given.own.is_empty(), "src/render.rs hands each template its view");
    given
}

fn given_by(file: &syn::File) -> Given {
    let mut calls =
        Calls { view: None, everywhere: Vec::new(), own: Vec::new(), types: Vec::new() };
    calls.visit_file(file);
    Given { everywhere: calls.everywhere, own: calls.own }
}

#[test]
fn a_variable_of_every_template_is_found_however_it_is_handed_over() {
    for (parameter, value) in [
        ("frame: LayoutView", "frame"),
        ("frame: &LayoutView", "frame.clone()"),
        ("frame: LayoutView", "&frame"),
        ("(frame, template): (LayoutView, &'static str)", "&frame"),
    ] {
        let source = format!("fn print({parameter}) {{ context.insert(\"layout\", {value}); }}");
        let given = given_by(&syn::parse_file(&source).expect("it is Rust"));
        let found = given.everywhere.iter().map(|(name, view)| (&**name, &**view));
        assert_eq!(found.collect::<Vec<_>>(), [("layout", "LayoutView")], "{source}");
    }
}

struct Calls {
    /// The struct that the last call of a view's function gives.
    view: Option<String>,
    everywhere: Vec<(String, String)>,
    own: Vec<(String, String)>,
    /// The parameters of the function that is looked at, with their types' names.
    types: Vec<(String, String)>,
}

impl<'s> Visit<'s> for Calls {
    fn visit_item_fn(&mut self, function: &'s syn::ItemFn) {
        let inputs = function.sig.inputs.iter().filter_map(|input| match input {
            syn::FnArg::Typed(typed) => Some(parameters(&typed.pat, &typed.ty)),
            syn::FnArg::Receiver(_) => None,
        });
        self.types = inputs.flatten().collect();
        visit::visit_item_fn(self, function);
    }

    fn visit_expr_call(&mut self, call: &'s syn::ExprCall) {
        let Expr::Path(path) = &*call.func else { return visit::visit_expr_call(self, call) };
        let names: Vec<String> = path.path.segments.iter().map(|s| s.ident.to_string()).collect();
        match names.as_slice() {
            [name] if name == "fill" => {
                let template = call.args.iter().find_map(text).expect("`fill` names a template");
                let view = self.view.take();
                let view = view.unwrap_or_else(|| panic!("no view is made for `{template}`"));
                self.own.push((template, view));
            }
            [.., module, function] => {
                if let Some(view) = view_of(module, function) {
                    self.view = Some(view);
                }
            }
            _ => {}
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'s syn::ExprMethodCall) {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        if let ("insert", [name, value]) = (call.method.to_string().as_str(), arguments.as_slice())
            && let Some(name) = text(name)
        {
            let value = variable(value).unwrap_or_else(|| panic!("what is handed over as {name}?"));
            let known = self.types.iter().find(|(parameter, _)| *parameter == value);
            let (_, view) = known.unwrap_or_else(|| panic!("`{value}` is no parameter"));
            self.everywhere.push((name, view.clone()));
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// The variable that an expression hands over, however it does: `layout` for `&layout`.
fn variable(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => Some(path.path.get_ident()?.to_string()),
        Expr::Reference(reference) => variable(&reference.expr),
        Expr::MethodCall(call) => variable(&call.receiver),
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The names that a parameter gives, each with the name of its type, references aside.
fn parameters(pattern: &syn::Pat, ty: &Type) -> Vec<(String, String)> {
    match (pattern, ty) {
        (pattern, Type::Reference(reference)) => parameters(pattern, &reference.elem),
        (syn::Pat::Tuple(names), Type::Tuple(types)) => {
            let pairs = names.elems.iter().zip(&types.elems);
            pairs.flat_map(|(pattern, ty)| parameters(pattern, ty)).collect()
        }
        (syn::Pat::Ident(name), ty) => {
            let named =
                |segment: &syn::PathSegment| (name.ident.to_string(), segment.ident.to_string());
            last_segment(ty).map(named).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// The view that a function of `src/view/` gives beside the frame; none for any other function.
fn view_of(module: &str, function: &str) -> Option<String> {
    let ends = [format!("/{module}.rs"), format!("/{module}/mod.rs")];
    let is_module = |path: &String| ends.iter().any(|end| path.ends_with(end));
    let path = files("src/view").into_iter().find(is_module)?;
    let found = parse(&path).items.into_iter().find_map(|item| match item {
        Item::Fn(item) if item.sig.ident == function => Some(item),
        _ => None,
    })?;
    let ReturnType::Type(_, returned) = found.sig.output else { return None };
    let mut names = Vec::new();
    view_names(&returned, &mut names);
    names.retain(|name| name != "LayoutView");
    assert!(names.len() <= 1, "{path}: `{function}` gives several views: {names:?}");
    names.pop()
}

/// The views in a type such as `Option<(LayoutView, PageView)>`.
fn view_names(ty: &Type, names: &mut Vec<String>) {
    match ty {
        Type::Tuple(tuple) => tuple.elems.iter().for_each(|inner| view_names(inner, names)),
        _ => {
            let Some(segment) = last_segment(ty) else { return };
            if segment.ident.to_string().ends_with("View") {
                names.push(segment.ident.to_string());
            }
            inner_types(segment).into_iter().for_each(|inner| view_names(inner, names));
        }
    }
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
