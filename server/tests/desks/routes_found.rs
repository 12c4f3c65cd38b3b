//! Everything the server answers, taken from what registers it: what a test does not know of, it cannot forget.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The endpoints of the server functions below a prefix, as the running program has them registered.
pub fn functions(prefix: &str) -> BTreeSet<String> {
    let below = |(path, _)| str::strip_prefix(path, prefix).map(str::to_owned);
    let found: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths().filter_map(below).collect();
    assert!(found.len() > 5, "functions below {prefix}: {found:?}");
    found
}

pub fn pages() -> BTreeSet<String> {
    app::page_patterns().map(str::to_owned).collect()
}

pub fn staff_pages() -> BTreeSet<String> {
    app::staff::pages().iter().map(|(pattern, _)| (*pattern).to_owned()).collect()
}

fn source(file: &str) -> String {
    std::fs::read_to_string(Path::new("src/http").join(file)).unwrap()
}

/// The arms of `Posted::read`: which paths take a form.
pub fn forms() -> BTreeSet<String> {
    let text = source("forms.rs");
    let (_, after) = text.split_once("fn read(").unwrap();
    let (read, _) = after.split_once("_ => return None").unwrap();
    let arms = read.lines().map(str::trim).filter(|line| line.starts_with('['));
    let found: BTreeSet<String> =
        arms.filter_map(|line| line.split_once(" =>")).map(|(arm, _)| arm.to_owned()).collect();
    assert!(found.len() > 5, "forms: {found:?}");
    found
}

/// The paths given to `.route(`, in every file of the door. axum does not tell the routes it has.
pub fn routes() -> BTreeSet<String> {
    let folder = PathBuf::from("src/http");
    let mut found = BTreeSet::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(path).unwrap();
            let (text, _) = text.split_once("#[cfg(test)]").unwrap_or((&text, ""));
            for (at, _) in text.match_indices(".route(") {
                let (path, _) = text[at + 7..].split_once(',').unwrap();
                found.insert(path.trim().trim_matches('"').to_owned());
            }
        }
    }
    assert!(found.len() > 5, "routes: {found:?}");
    found
}
