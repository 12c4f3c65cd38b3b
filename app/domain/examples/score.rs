//! Answers JSON lines `{"kind":"snils","input":"…"}` with
//! `{"valid":true,"normalised":"…","code":null}`, one line each, for every kind of the vectors.

#[path = "../tests/support/mod.rs"]
#[expect(dead_code, reason = "shared with the tests")]
mod support;

use serde_json::{Value, json};
use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let directory = support::Directory::load();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let text = |key| asked.get(key).and_then(Value::as_str).unwrap_or_default();
        let answer = match support::read(text("kind"), text("input"), &directory) {
            Ok(normalised) => json!({"valid": true, "normalised": normalised, "code": null}),
            Err(code) => json!({"valid": false, "normalised": null, "code": code.to_string()}),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
