//! Answers requests: who may ask, what they get, and under which headers.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts as _, Request};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::connections::Slot;
use super::served::{Answer, OWN, Page};
use super::{Published, Shared, files, tabs};
use crate::edge::descriptors;
use crate::edge::media::{self, HTML};

/// What the manual recommends for a published site, so that a page behaves here as it will there.
/// The preview's own style sheet, script and socket fit into it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// The files that the preview adds to a page. The first is loaded by the page, the others by it.
const CLIENT: [(&str, &str); 5] = [
    ("preview.js", include_str!("client/preview.js")),
    ("errors.js", include_str!("client/errors.js")),
    ("morph.js", include_str!("client/morph.js")),
    ("place.js", include_str!("client/place.js")),
    ("preview.css", include_str!("client/preview.css")),
];

/// The longest message that a tab has to send: the path of its page.
const LONGEST_MESSAGE: usize = 16 * 1024;

/// Answers a request on a connection that has this slot.
pub(super) async fn answer(shared: Arc<Shared>, slot: Slot, request: Request) -> Response {
    let mut response = match refused(&shared, &request) {
        Some(status) => plain(status),
        None => match request.uri().path().strip_prefix(OWN) {
            Some("socket") => socket(shared, slot, request).await,
            own => match own.and_then(|own| CLIENT.iter().find(|(name, _)| *name == own)) {
                Some((name, text)) => ([(CONTENT_TYPE, media::of(name))], *text).into_response(),
                None => latest(&shared, &request.into_parts().0).await,
            },
        },
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The answer of the latest state to a request. A slow page is not waited for any longer once there
/// is another state.
async fn latest(shared: &Shared, request: &Parts) -> Response {
    let mut states = shared.states.subscribe();
    loop {
        let state = Arc::clone(&states.borrow_and_update());
        tokio::select! {
            response = found(state, request.clone()) => return response,
            Ok(()) = states.changed() => {}
        }
    }
}

/// The answer of a state to a request.
async fn found(state: Arc<Published>, request: Parts) -> Response {
    match state.served.get(request.uri.path(), state.number).await {
        Answer::Page(it) => page(it),
        Answer::Asset(media, path) => {
            content(media, Body::from(Bytes::from_owner(Asset { state, path })))
        }
        Answer::Data(media, key) => content(media, Body::from(state.served.compiled().data(key))),
        Answer::File(media, real) => match files::answer(real, media, request).await {
            Ok(response) => response,
            Err(error) if descriptors::are_used_up(&error) => {
                plain(StatusCode::SERVICE_UNAVAILABLE)
            }
            Err(_) => page(state.served.nothing(state.number).await),
        },
    }
}

/// A file of the theme while it is sent, without a copy.
struct Asset {
    state: Arc<Published>,
    path: String,
}

impl AsRef<[u8]> for Asset {
    fn as_ref(&self) -> &[u8] {
        self.state.served.compiled().asset(&self.path)
    }
}

/// The status with which a request is refused; `None` if it is answered.
fn refused(shared: &Shared, request: &Request) -> Option<StatusCode> {
    let host = only(request.headers(), &HOST);
    // A request may name its host in its first line too, as for a proxy.
    let also = request.uri().authority().map(|authority| authority.as_str());
    let allowed = host.is_some_and(|host| shared.options.hosts.allow(host))
        && also.is_none_or(|host| shared.options.hosts.allow(host));
    if !allowed {
        return Some(StatusCode::FORBIDDEN);
    }
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    (!reads).then_some(StatusCode::METHOD_NOT_ALLOWED)
}

/// The connection of a tab. Browsers let any page connect anywhere, and leave it to the server to
/// check where the page comes from.
async fn socket(shared: Arc<Shared>, slot: Slot, request: Request) -> Response {
    let (host, origin) = (only(request.headers(), &HOST), only(request.headers(), &ORIGIN));
    let is_own =
        host.zip(origin).is_some_and(|(host, origin)| shared.options.hosts.are_one(origin, host));
    if !is_own {
        return plain(StatusCode::FORBIDDEN);
    }
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade
            .max_message_size(LONGEST_MESSAGE)
            .on_upgrade(move |socket| tabs::attend(socket, shared, slot)),
        Err(rejection) => rejection.into_response(),
    }
}

/// The value of a header that occurs once.
pub(super) fn only<'r>(headers: &'r HeaderMap, name: &HeaderName) -> Option<&'r str> {
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

fn page(page: Page) -> Response {
    let mut response = content(HTML, Body::from(page.html));
    *response.status_mut() =
        StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

fn content(media: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}
