//! Answers requests: who may ask, what they get, and under which headers.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::served::{Answer, OWN};
use super::{Shared, media, tabs};

/// What the manual recommends for a published site, so that a page behaves here as it will there.
/// The preview's own style sheet, script and socket fit into it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What the preview adds to a page. The first is asked for by the page, the others by it.
const CLIENT: [(&str, &str); 5] = [
    ("preview.js", include_str!("client/preview.js")),
    ("errors.js", include_str!("client/errors.js")),
    ("morph.js", include_str!("client/morph.js")),
    ("place.js", include_str!("client/place.js")),
    ("preview.css", include_str!("client/preview.css")),
];

/// The longest message that a tab has to send: the path of its page.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// Answers a request.
pub(super) async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let mut response = match refused(&shared, &request) {
        Some(status) => plain(status),
        None => match request.uri().path().strip_prefix(OWN) {
            Some("socket") => socket(shared, request).await,
            own => match own.and_then(|own| CLIENT.iter().find(|(name, _)| *name == own)) {
                Some((name, text)) => ([(CONTENT_TYPE, media::of(name))], *text).into_response(),
                None => {
                    let state = Arc::clone(&shared.states.borrow());
                    page(state.served.get(request.uri().path(), state.number))
                }
            },
        },
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why a request is not answered.
fn refused(shared: &Shared, request: &Request) -> Option<StatusCode> {
    let host = only(request.headers(), &HOST);
    // A request may name its host in its first line too, as for a proxy.
    let also = request.uri().authority().map(|authority| authority.as_str());
    let allowed = host.is_some_and(|host| shared.manner.hosts.allow(host))
        && also.is_none_or(|host| shared.manner.hosts.allow(host));
    if !allowed {
        return Some(StatusCode::FORBIDDEN);
    }
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    (!reads).then_some(StatusCode::METHOD_NOT_ALLOWED)
}

/// The connection of a tab. Browsers let any page connect anywhere, and leave it to the server to
/// look where the page is from.
async fn socket(shared: Arc<Shared>, request: Request) -> Response {
    let (host, origin) = (only(request.headers(), &HOST), only(request.headers(), &ORIGIN));
    let is_own =
        host.zip(origin).is_some_and(|(host, origin)| shared.manner.hosts.are_one(origin, host));
    if !is_own {
        return plain(StatusCode::FORBIDDEN);
    }
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade
            .max_message_size(LONGEST_MESSAGE)
            .on_upgrade(move |socket| tabs::attend(socket, shared)),
        Err(rejection) => rejection.into_response(),
    }
}

/// The value of a header that stands there once.
fn only<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Option<&'r str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

fn plain(status: StatusCode) -> Response {
    let text = format!("{status}\n");
    let mut response = (status, text).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn page(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(answer.media));
    response
}
