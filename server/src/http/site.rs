//! The built frontend: read once at start. Files are served precompressed; the page's head is cut out of
//! Trunk's `index.html`, so that hashed names and integrity stay Trunk's business.

use super::guard::NOTHING;
use crate::house::House;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::services::ServeFile;
use tower_http::set_header::{SetResponseHeader, SetResponseHeaderLayer};

/// What Trunk writes where a nonce belongs.
const TRUNK_NONCE: &str = "{{__TRUNK NONCE__}}";

/// The worker that makes photos ready, with its wasm.
const BENCH: &str = "/bench/";
const BENCH_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
/// Where the staff's target lies; its files are served under this path, and citizens' workers leave them alone.
const STAFF_FOLDER: &str = "desk";

#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    #[error("{0}: {1}")]
    Read(PathBuf, std::io::Error),
    #[error("{0} has no <head>: was it built by Trunk?")]
    NoHead(PathBuf),
}

/// The site as built.
pub struct Site {
    folder: PathBuf,
    head: String,
    /// The head of the staff's page, where their target was built too.
    staff_head: Option<String>,
    worker: String,
    paths: Vec<String>,
}

type Served = SetResponseHeader<SetResponseHeader<ServeFile, HeaderValue>, HeaderValue>;

impl Site {
    pub fn read(folder: &Path) -> Result<Site, SiteError> {
        let head = head_of(&folder.join("index.html"))?;
        let staff = folder.join(STAFF_FOLDER).join("index.html");
        let staff_head = if staff.exists() { Some(head_of(&staff)?) } else { None };
        let mut paths = Vec::new();
        collect(folder, folder, &mut paths)?;
        paths.sort();
        let template = std::fs::read_to_string(folder.join("sw.js")).unwrap_or_default();
        let worker = worker(&template, &paths, &head);
        Ok(Site { folder: folder.to_owned(), head, staff_head, worker, paths })
    }

    /// The head for one answer.
    pub fn head(&self, nonce: &str) -> String {
        self.head.replace(TRUNK_NONCE, nonce)
    }

    /// The head of the staff's page for one answer.
    pub fn staff_head(&self, nonce: &str) -> Option<String> {
        Some(self.staff_head.as_ref()?.replace(TRUNK_NONCE, nonce))
    }

    /// The links to style sheets and icons alone, for pages that run no script.
    pub fn style_head(&self) -> String {
        let is_style = |tag: &&str| {
            tag.starts_with("link") && ["stylesheet", "\"icon\"", "apple-touch"].iter().any(|kind| tag.contains(kind))
        };
        let tags = self.head.split('<').filter_map(|t| t.split_once('>').map(|(tag, _)| tag)).filter(is_style);
        tags.map(|tag| format!("<{tag}>")).collect::<String>().replace(TRUNK_NONCE, "")
    }

    /// Each file with its service: hashed ones may be kept for ever, most others for an hour.
    pub fn files(&self) -> impl Iterator<Item = (String, Served)> + '_ {
        self.paths.iter().filter(|p| *p != "/sw.js").map(|path| {
            let bench = path.starts_with(BENCH);
            let cache = match path {
                // Not hashed, and of one build together: asked about each time.
                _ if bench => "no-cache",
                _ if is_hashed(path) => "public, max-age=31536000, immutable",
                _ => "public, max-age=3600",
            };
            // A worker obeys the policy of its own script.
            let policy = if bench { BENCH_POLICY } else { NOTHING };
            let file = ServeFile::new(self.folder.join(path.trim_start_matches('/'))).precompressed_br();
            let service = ServiceBuilder::new()
                .layer(SetResponseHeaderLayer::overriding(header::CACHE_CONTROL, HeaderValue::from_static(cache)))
                .layer(SetResponseHeaderLayer::overriding(
                    header::CONTENT_SECURITY_POLICY,
                    HeaderValue::from_static(policy),
                ))
                .service(file);
            (path.clone(), service)
        })
    }
}

fn head_of(index: &Path) -> Result<String, SiteError> {
    let html = std::fs::read_to_string(index).map_err(|e| SiteError::Read(index.to_owned(), e))?;
    html.split_once("<head>")
        .and_then(|(_, rest)| rest.split_once("</head>"))
        .map(|(head, _)| without_idle_integrity(head))
        .ok_or_else(|| SiteError::NoHead(index.to_owned()))
}

/// Browsers ignore `integrity` on a preloaded wasm and warn about it on every page.
fn without_idle_integrity(head: &str) -> String {
    let tag = |tag: &str| {
        let idle = tag.starts_with("link rel=\"preload\"") && tag.contains("as=\"fetch\"");
        match (idle, tag.find(" integrity=\"")) {
            (true, Some(at)) => {
                let end = tag[at + 12..].find('"').map_or(tag.len(), |i| at + 13 + i);
                format!("{}{}", &tag[..at], &tag[end..])
            }
            _ => tag.to_owned(),
        }
    };
    head.split('<').map(tag).collect::<Vec<_>>().join("<")
}

fn collect(root: &Path, folder: &Path, paths: &mut Vec<String>) -> Result<(), SiteError> {
    let entries = std::fs::read_dir(folder).map_err(|e| SiteError::Read(folder.to_owned(), e))?;
    for entry in entries {
        let path = entry.map_err(|e| SiteError::Read(folder.to_owned(), e))?.path();
        if path.is_dir() {
            collect(root, &path, paths)?;
            continue;
        }
        let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) else {
            continue;
        };
        if !name.ends_with("index.html") && !name.ends_with(".br") {
            paths.push(format!("/{name}"));
        }
    }
    Ok(())
}

/// Trunk's names: `frontend-0123456789abcdef.js`, `…_bg.wasm`; snippets live in a folder with a hash.
fn is_hashed(path: &str) -> bool {
    path.starts_with("/snippets/")
        || path
            .split(['-', '_', '.', '/'])
            .any(|part| (14..=16).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The worker caches exactly what this build needs: a new build is a new worker.
fn worker(template: &str, paths: &[String], head: &str) -> String {
    let assets: Vec<&String> = paths
        .iter()
        .filter(|p| !p.starts_with("/desk/"))
        .filter(|p| is_hashed(p) || p.starts_with("/fonts/") || p.starts_with("/icons/favicon"))
        .collect();
    let list = serde_json::to_string(&assets).unwrap_or_else(|_| "[]".to_owned());
    let version: String = Sha256::digest(format!("{list}{head}")).iter().take(8).map(|b| format!("{b:02x}")).collect();
    template.replace("/*ASSETS*/[]", &list).replace("/*VERSION*/\"\"", &format!("\"{version}\""))
}

pub async fn service_worker(State(house): State<Arc<House>>) -> Response {
    if house.site.worker.is_empty() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // Checked anew each time, or an update would be a day late.
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'self'"),
    ];
    (headers, house.site.worker.clone()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_told_from_stable_ones() {
        for hashed in ["/frontend-0a1b2c3d4e5f6789.js", "/frontend-0a1b2c3d4e5f6789_bg.wasm", "/snippets/app-1/x.js"] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for stable in ["/sw.js", "/icons/icon-192.png", "/fonts/golos-1.woff2", "/manifest.webmanifest"] {
            assert!(!is_hashed(stable), "{stable}");
        }
    }

    #[test]
    fn integrity_goes_where_it_is_ignored_and_stays_where_it_protects() {
        let head = r#"<link rel="preload" href="/a.wasm" integrity="sha384-x" as="fetch"><link rel="stylesheet" href="/a.css" integrity="sha384-y"/>"#;
        let kept = r#"<link rel="preload" href="/a.wasm" as="fetch"><link rel="stylesheet" href="/a.css" integrity="sha384-y"/>"#;
        assert_eq!(without_idle_integrity(head), kept);
    }

    #[test]
    fn the_worker_names_the_assets_and_changes_with_them() {
        let template = "const A = /*ASSETS*/[]; const V = /*VERSION*/\"\";";
        let one = worker(template, &["/a-0a1b2c3d4e5f6789.js".into(), "/robots.txt".into()], "");
        assert!(one.contains("[\"/a-0a1b2c3d4e5f6789.js\"]"), "{one}");
        let with_staff = ["/a-0a1b2c3d4e5f6789.js".into(), "/desk/desk-0a1b2c3d4e5f6789.js".into()];
        assert_eq!(one, worker(template, &with_staff, ""), "citizens do not download the staff's pages");
        assert_ne!(one, worker(template, &["/a-ffffffffffffffff.js".into()], ""));
    }
}
