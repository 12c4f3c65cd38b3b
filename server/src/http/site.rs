//! The built frontend: read once at start, its files served precompressed.

use super::guard::NOTHING;
use super::head::{Extras, Head};
use crate::house::House;
use crate::storage::ids;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::services::ServeFile;
use tower_http::set_header::{SetResponseHeader, SetResponseHeaderLayer};

/// The worker that makes photos ready, with its wasm.
const BENCH: &str = "/bench/";
const BENCH_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
/// The rules that come before the application, and the rooms that stand in its place. Trunk gives their files no hash;
/// they are served below one of ours.
const EARLY: &str = "/early/";
const ROOMS: &str = "/rooms/";
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
    pub head: Head,
    /// The head of the staff's page, where their target was built too.
    pub staff_head: Option<Head>,
    worker: String,
    files: Vec<File>,
}

/// A file of the build.
struct File {
    /// Below the folder of the build.
    file: PathBuf,
    /// The path it is served at.
    path: String,
}

type Served = SetResponseHeader<SetResponseHeader<ServeFile, HeaderValue>, HeaderValue>;

impl Site {
    pub fn read(folder: &Path) -> Result<Site, SiteError> {
        let mut files = Vec::new();
        collect(folder, folder, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let early = version(folder, &mut files, EARLY)?;
        let rooms = version(folder, &mut files, ROOMS)?;
        let snippet = |path: &&String| path.starts_with(ROOMS) && path.contains("/snippets/") && path.ends_with(".js");
        let rooms_modules = files.iter().map(|f| &f.path).filter(snippet).cloned().collect();
        let head = Head::read(&folder.join("index.html"), &Extras { early, rooms, rooms_modules })?;
        let staff = folder.join(STAFF_FOLDER).join("index.html");
        let staff_head = if staff.exists() { Some(Head::read(&staff, &Extras::default())?) } else { None };
        let template = std::fs::read_to_string(folder.join("sw.js")).unwrap_or_default();
        let paths: Vec<&str> = files.iter().map(|f| f.path.as_str()).collect();
        let worker = worker(&template, &paths, &head.as_built());
        Ok(Site { folder: folder.to_owned(), head, staff_head, worker, files })
    }

    /// Each file with its service: hashed ones may be kept for ever, most others for an hour.
    pub fn files(&self) -> impl Iterator<Item = (String, Served)> + '_ {
        self.files.iter().filter(|f| f.path != "/sw.js").map(|File { file, path }| {
            let bench = path.starts_with(BENCH);
            let cache = match path {
                // Not hashed, and of one build together: asked about each time.
                _ if bench => "no-cache",
                _ if is_hashed(path) => "public, max-age=31536000, immutable",
                _ => "public, max-age=3600",
            };
            // A worker obeys the policy of its own script.
            let policy = if bench { BENCH_POLICY } else { NOTHING };
            let file = ServeFile::new(self.folder.join(file)).precompressed_br();
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

/// Puts what lies in `part` below a hash of all of it; answers that folder.
fn version(folder: &Path, files: &mut [File], part: &str) -> Result<Option<String>, SiteError> {
    let mut hash = Sha256::new();
    let mut own: Vec<&mut File> = files.iter_mut().filter(|f| f.path.starts_with(part)).collect();
    for File { file, .. } in &own {
        let path = folder.join(file);
        hash.update(std::fs::read(&path).map_err(|e| SiteError::Read(path, e))?);
    }
    let served = format!("{part}{}/", short(hash));
    for File { path, .. } in &mut own {
        *path = path.replacen(part, &served, 1);
    }
    Ok((!own.is_empty()).then_some(served))
}

/// Eight bytes: a name, not a proof.
fn short(hash: Sha256) -> String {
    ids::hex(&hash.finalize()[..8])
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<(), SiteError> {
    let entries = std::fs::read_dir(folder).map_err(|e| SiteError::Read(folder.to_owned(), e))?;
    for entry in entries {
        let path = entry.map_err(|e| SiteError::Read(folder.to_owned(), e))?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let Some(name) = path.strip_prefix(root).ok().and_then(Path::to_str) else {
            continue;
        };
        if !name.ends_with("index.html") && !name.ends_with(".br") {
            files.push(File { file: name.into(), path: format!("/{name}") });
        }
    }
    Ok(())
}

/// Trunk's names, whose hashes begin without their zeros: `frontend-0123456789abcdef.js`, `…_bg.wasm`; snippets live in a folder with a hash.
fn is_hashed(path: &str) -> bool {
    path.starts_with("/snippets/")
        || path
            .split(['-', '_', '.', '/'])
            .any(|part| (11..=16).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The worker caches exactly what this build needs: a new build is a new worker.
fn worker(template: &str, paths: &[&str], head: &str) -> String {
    let assets: Vec<&str> = paths
        .iter()
        .copied()
        .filter(|p| !p.starts_with("/desk/"))
        .filter(|p| is_hashed(p) || p.ends_with(".woff2") || p.starts_with("/icons/favicon"))
        .collect();
    let list = serde_json::to_string(&assets).unwrap_or_else(|_| "[]".to_owned());
    let version = short(Sha256::new_with_prefix(format!("{list}{head}")));
    template
        .replace("/*ASSETS*/[]", &list)
        .replace("/*VERSION*/\"\"", &format!("\"{version}\""))
        .replace("/*FORM*/\"\"", &format!("\"{}\"", app::routes::REHEARSAL))
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
    fn the_worker_names_the_assets_and_changes_with_them() {
        let template = "const A = /*ASSETS*/[]; const V = /*VERSION*/\"\";";
        let one = worker(template, &["/a-0a1b2c3d4e5f6789.js", "/robots.txt", "/fonts/OFL.txt"], "");
        assert!(one.contains("[\"/a-0a1b2c3d4e5f6789.js\"]"), "{one}");
        let with_staff = ["/a-0a1b2c3d4e5f6789.js", "/desk/desk-0a1b2c3d4e5f6789.js"];
        assert_eq!(one, worker(template, &with_staff, ""), "citizens do not download the staff's pages");
        assert_ne!(one, worker(template, &["/a-ffffffffffffffff.js"], ""));
    }
}
