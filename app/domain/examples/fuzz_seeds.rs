//! Writes the vectors as seeds of the fuzzing targets, into `fuzz/corpus/<target>/`.

#[expect(dead_code, reason = "shared with the tests")]
#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let corpus = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("fuzz/corpus");
    let mut seeds: Vec<(&str, String)> =
        support::vectors().into_iter().filter_map(|vector| Some((target(&vector.kind)?, vector.input))).collect();
    for person in support::applicants() {
        for (target, path) in
            [("address", "/registration_address/text"), ("names", "/birth_place"), ("names", "/passport/issued_by")]
        {
            let text = person.pointer(path).and_then(|text| text.as_str());
            seeds.extend(text.map(|text| (target, text.to_owned())));
        }
    }
    for (number, (target, text)) in seeds.into_iter().enumerate() {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("seed-{number:04}")), text)?;
    }
    Ok(())
}

fn target(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "snils" | "inn" | "ogrn" | "kpp" => "numbers",
        "name" => "names",
        "passport" | "dept_code" => "passport",
        "phone" | "email" => "contacts",
        "postal_index" => "address",
        "date" => "dates",
        "tracking" | "card" => "post",
        _ => return None,
    })
}
