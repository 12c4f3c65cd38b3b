//! Pages: rendered whole, with everything they need, so that they are readable and usable as plain HTML.

use super::guard::refuse;
use super::head::Head;
use super::{Visit, pack, verification};
use crate::house::House;
use crate::storage::sessions::Stage;
use app::desks::Desks;
use app::document;
use app::pages::is_room;
use app::routes;
use app::ui::form::Replay;
use app::ui::frame::Demo;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Code, Field};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use memchr::memmem;
use std::sync::Arc;

/// Sent by browsers while their service worker starts (Service Workers, 2.7): ours keeps the built files.
const PRELOADED: &str = "service-worker-navigation-preload";

/// Any GET that is no file, no API and no machine route.
pub async fn page(State(house): State<Arc<House>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let visit = Visit::open(&house, &parts).await;
    let path = parts.uri.path().to_owned();
    if let Some(way) = elsewhere(&visit, &path, parts.uri.query()).await {
        return dressed(&visit, Redirect::to(&way).into_response());
    }
    let replay = visit.take_stash(&parts.headers, &path).or_else(|| visit.arrived_replay(&path));
    render(Arc::new(visit), Request::from_parts(parts, body), replay, None).await
}

/// Where a visitor has to be first: at login before the cabinet, on a step that is open before one that is not.
async fn elsewhere(visit: &Visit, path: &str, query: Option<&str>) -> Option<String> {
    if routes::needs_session(path) && visit.citizen.is_none() {
        return Some(routes::login_then(path));
    }
    if visit.citizen.is_some() && matches!(path, routes::LOGIN | routes::REGISTER) {
        return Some(routes::CABINET.to_owned());
    }
    if matches!(path, routes::REGISTER_PHONE | routes::LOGIN_CODE) && visit.session.is_none() {
        return Some(if path == routes::LOGIN_CODE { routes::LOGIN } else { routes::REGISTER }.to_owned());
    }
    // It shows the passport whole.
    if path == routes::DATA_CORRECT && visit.needs_proof() {
        return Some(routes::proof_then(path));
    }
    let stage = visit.stage();
    match path {
        routes::LOGIN_FIRST if stage != Some(Stage::PendingLogin) => return Some(routes::LOGIN.to_owned()),
        routes::LOGIN_CODE
            if visit.session.as_ref().is_some_and(|s| s.stage == Stage::PendingLogin && s.subject.is_some()) =>
        {
            return Some(routes::LOGIN_FIRST.to_owned());
        }
        routes::RECOVER_CODE if stage != Some(Stage::Recovering) => return Some(routes::RECOVER.to_owned()),
        routes::RECOVER_PASSWORD if stage != Some(Stage::Renewing) => return Some(routes::RECOVER.to_owned()),
        routes::IDENTITY_PHONE if stage != Some(Stage::Rephoning) => return Some(routes::IDENTITY.to_owned()),
        _ => {}
    }
    if path == routes::VERIFY {
        let receipt = query?.strip_prefix("receipt=")?;
        let plain: String = receipt.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
        return (!plain.is_empty()).then(|| routes::verify(&plain));
    }
    if path == routes::TRACKING {
        return asked_track(query?);
    }
    visit.open_step(path).await
}

/// The page of the number that was asked for. What no number has in it keeps its place there, as a sign that is no letter:
/// the page says so.
fn asked_track(query: &str) -> Option<String> {
    let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == Field::TrackNumber.id())?.1;
    let asked = asked.chars().filter(|c| !c.is_whitespace() && *c != '-').take(40);
    let plain: String = asked.map(|c| if c.is_ascii_alphanumeric() { c } else { '*' }).collect();
    (!plain.is_empty()).then(|| routes::tracking(&plain))
}

/// The user-free page of the installed app: the same wasm fills it when there is no connection.
pub async fn shell(State(house): State<Arc<House>>) -> Response {
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    let html = {
        let owner = Owner::new();
        owner.with(|| document(house.site.head.with_nonce(&nonce), true).to_html())
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy(&nonce)),
    ];
    (headers, html).into_response()
}

/// Renders the page of the request's path for its visitor.
pub async fn render(
    visit: Arc<Visit>,
    request: Request,
    replay: Option<Replay>,
    status: Option<StatusCode>,
) -> Response {
    let house = visit.house.clone();
    // Small scripts that are no part of the wasm.
    let script = match request.uri().path() {
        routes::LOGIN | routes::LOGIN_CODE | routes::SECURITY => Some("/passkeys.js"),
        routes::REGISTER | routes::LOGIN_FIRST | routes::RECOVER_PASSWORD | routes::SECURITY_PASSWORD => {
            Some("/strength.js")
        }
        path if path.starts_with(&routes::activation("")) => Some("/strength.js"),
        routes::NOTICES => Some("/push.js"),
        path if verification::follows(&visit, path).await => Some("/follow.js"),
        _ => None,
    };
    let context = {
        let (visit, house) = (visit.clone(), house.clone());
        move || {
            provide_context::<Arc<dyn Desks>>(visit.clone());
            provide_context(visit.visitor());
            provide_context(Demo(house.config.demo));
            if let Some(replay) = replay.clone() {
                provide_context(replay);
            }
            if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<leptos_axum::ResponseOptions>()) {
                response.insert_header(header::CONTENT_SECURITY_POLICY, policy(&nonce.to_string()));
            }
        }
    };
    let path = request.uri().path();
    let head: fn(&Head, &str) -> String = match path {
        _ if is_room(path) => Head::rooms_with_nonce,
        // With this header a service worker is at work, which has the styles.
        // Whoever is past the login has been here before.
        _ if routes::has_early_rules(path)
            && !routes::needs_session(path)
            && !request.headers().contains_key(PRELOADED) =>
        {
            Head::first_with_nonce
        }
        _ if routes::has_early_rules(path) => Head::early_with_nonce,
        _ => Head::with_nonce,
    };
    // The sign-up of who came through a provider shows what it told, without any session.
    let personal = visit.session.is_some() || visit.told.is_some();
    let packs = pack::welcome(request.headers(), personal);
    let shell = move || {
        let nonce = use_nonce().map(|n| n.to_string()).unwrap_or_default();
        let mut head = head(&house.site.head, &nonce);
        if let Some(script) = script {
            head.push_str(&format!(r#"<script src="{script}" nonce="{nonce}" defer></script>"#));
        }
        document(head, false)
    };
    let rendering = leptos_axum::render_app_async_with_context(context, shell)(request);
    let mut response = valid(rendering.await, packs).await;
    if let Some(status) = status {
        *response.status_mut() = status;
    }
    dressed(&visit, response)
}

/// The page as one piece, in order: the framework's data scripts stand after `</html>` and its markers are
/// no comments, which browsers forgive and checkers do not.
async fn valid(response: Response, packs: bool) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return refuse(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal);
    };
    let Ok(html) = std::str::from_utf8(&bytes) else { return Response::from_parts(parts, Body::from(bytes)) };
    let html = in_order(html);
    let packed = if packs { pack::gzip(html.as_bytes(), &mut parts.headers) } else { None };
    Response::from_parts(parts, packed.map_or_else(|| Body::from(html), Body::from))
}

fn in_order(html: &str) -> String {
    const END: (&str, &str) = ("</body>", "</html>");
    let html = with_comments(html);
    // Between the two ends, and after them, stand markers that hydration does not look for there.
    let parts = memmem::rfind(html.as_bytes(), END.0.as_bytes())
        .and_then(|at| Some((&html[..at], html[at + END.0.len()..].split_once(END.1)?)));
    match parts {
        Some((page, (markers, scripts))) => [page, scripts, END.0, markers, END.1].concat(),
        None => html,
    }
}

/// `str::replace`, which searches byte by byte, took a twentieth of a page's time here.
fn with_comments(html: &str) -> String {
    const MARKER: &str = "<!>";
    let mut valid = String::with_capacity(html.len() + html.len() / 8);
    let mut told = 0;
    for at in memmem::find_iter(html.as_bytes(), MARKER) {
        valid.push_str(&html[told..at]);
        valid.push_str("<!---->");
        told = at + MARKER.len();
    }
    valid.push_str(&html[told..]);
    valid
}

pub fn dressed(visit: &Visit, mut response: Response<Body>) -> Response {
    visit.dress(response.headers_mut());
    let vary = HeaderValue::from_static("Cookie, Accept-Language, Accept-Encoding, Service-Worker-Navigation-Preload");
    response.headers_mut().entry(header::VARY).or_insert(vary);
    response
}

/// The strict policy: only scripts with this answer's nonce, and what they load; no inline styles at all.
pub(super) fn policy(nonce: &str) -> HeaderValue {
    let text = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Tells caches and the device to forget everything of a person who leaves.
pub const CLEAR: (HeaderName, &str) = (HeaderName::from_static("clear-site-data"), "\"cache\", \"storage\"");

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn the_scripts_of_a_page_stand_in_its_body() {
        let sent = "<body><p>a<!></p></body><!><!></html><!><script>1</script>";
        let valid = "<body><p>a<!----></p><!----><script>1</script></body><!----><!----></html>";
        assert_eq!(in_order(sent), valid);
        assert_eq!(in_order("<body></body></html><script>1</script>"), "<body><script>1</script></body></html>");
        assert_eq!(in_order("<p>no page</p>"), "<p>no page</p>");
    }
}
