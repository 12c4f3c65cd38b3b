//! What every request passes: the origin check, the security headers, a trace line without personal data.

use crate::house::House;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Code;
use std::any::Any;
use std::sync::Arc;
use std::time::Instant;

/// The policy of what is no page: it runs and loads nothing.
pub const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

/// A state-changing request must come from a page of ours: `Sec-Fetch-Site` where the browser sends it,
/// else the whole `Origin` compared (never its end). Server functions have no defence of their own.
pub async fn origin(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !comes_from_us(request.headers(), &house.config.public_origin()) {
        tracing::warn!(path = shape(request.uri().path()), "refused a request of foreign origin");
        return refuse(StatusCode::FORBIDDEN, Code::ForeignOrigin);
    }
    next.run(request).await
}

fn comes_from_us(headers: &HeaderMap, ours: &str) -> bool {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        Some(b"same-origin") => return true,
        Some(_) => return false,
        None => {}
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.as_bytes() == ours.as_bytes(),
        // Neither header: not a browser, so no cookie rides along against its owner's will.
        None => true,
    }
}

/// Headers that every answer carries.
pub async fn headers(State(house): State<Arc<House>>, request: Request, next: Next) -> Response {
    // RFC 9112, 3.2: exactly one Host in HTTP/1.1; two are how requests are smuggled.
    if request.version() == Version::HTTP_11 && request.headers().get_all(header::HOST).iter().count() != 1 {
        return refuse(StatusCode::BAD_REQUEST, Code::BadRequest);
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()",
        ),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    // Pages bring a policy with their own nonce; anything else runs nothing.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if house.config.public_url.starts_with("https://") {
        headers
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(HeaderValue::from_static("max-age=63072000; includeSubDomains"));
    }
    response
}

/// One line a request: method, the shape of the path, status and time. Ids and queries are left out.
pub async fn trace(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let path = shape(request.uri().path());
    let response = next.run(request).await;
    let micros = started.elapsed().as_micros();
    metrics::histogram!("http_request_seconds", "method" => method.to_string(), "status" => response.status().as_u16().to_string())
        .record(started.elapsed().as_secs_f64());
    tracing::info!(%method, path, status = response.status().as_u16(), micros, "served");
    response
}

/// A path with everything that may identify something replaced: tokens, ids, numbers, what people typed.
fn shape(path: &str) -> String {
    let known =
        |part: &str| part.len() <= 20 && part.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '_' | '-' | '.'));
    path.split('/').map(|part| if known(part) { part } else { "*" }).collect::<Vec<_>>().join("/")
}

/// A panic is our fault; its text may hold anything, so it is neither shown nor logged.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a request ended in a panic");
    refuse(StatusCode::INTERNAL_SERVER_ERROR, Code::Internal)
}

/// The API's error form for refusals made before any page or desk is reached.
pub fn refuse(status: StatusCode, code: Code) -> Response {
    let body = serde_json::json!({
        "code": code.to_string(),
        "message": app::text::codes::message(app::text::Lang::Ru, code),
        "fields": [],
    });
    (status, [(header::CONTENT_TYPE, "application/json")], Body::from(body.to_string())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://post.example";

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_anything() {
        assert!(comes_from_us(&headers(&[("sec-fetch-site", "same-origin")]), OURS));
        assert!(comes_from_us(&headers(&[("origin", "https://post.example")]), OURS));
        for foreign in [
            &[("sec-fetch-site", "cross-site")][..],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "none")],
            &[("origin", "https://evil.post.example")],
            &[("origin", "https://post.example.evil.com")],
            &[("origin", "http://post.example")],
            &[("origin", "https://post.example:8443")],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site"), ("origin", "https://post.example")],
        ] {
            assert!(!comes_from_us(&headers(foreign), OURS), "{foreign:?}");
        }
    }

    #[test]
    fn the_log_holds_the_shape_of_a_path_only() {
        assert_eq!(shape("/register/email/9f8A7c6b5d4e3f2a1b0c"), "/register/email/*");
        assert_eq!(shape("/applications/01HZXK/edit/passport"), "/applications/*/edit/passport");
        assert_eq!(shape("/verify/2026-AAAA-AAAA"), "/verify/*");
        assert_eq!(shape("/login/code"), "/login/code");
    }
}
